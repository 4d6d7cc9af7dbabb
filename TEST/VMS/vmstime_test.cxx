#include "VMS/logical.h"
#include "VMS/vmstime.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <set>
#include <time.h>

using namespace mail;

class VmstimeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VmstimeTest);
    CPPUNIT_TEST(test_text_and_parse_agree);
    CPPUNIT_TEST(test_unix_times_go_both_ways);
    CPPUNIT_TEST(test_zone_shifts_local_time);
    CPPUNIT_TEST(test_clock_moves);
    CPPUNIT_TEST(test_deltas);
    CPPUNIT_TEST(test_bad_texts_are_refused);
    CPPUNIT_TEST(test_stamps_are_never_the_same);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;

public:
    void setUp() { root_.reset(new ScratchRoot); }
    void tearDown() { root_.reset(); }

    void test_text_and_parse_agree()
    {
        VmsTime time = 0;
        CPPUNIT_ASSERT(vmstime_parse(" 5-APR-2003 01:02:03.45", &time));
        CPPUNIT_ASSERT_EQUAL(std::string(" 5-APR-2003 01:02:03.45"), vmstime_text(time));
        CPPUNIT_ASSERT_EQUAL(std::string("03040501020345"), vmstime_stamp_of(time));
        VmsTimeFields fields;
        CPPUNIT_ASSERT(vmstime_fields(time, &fields));
        CPPUNIT_ASSERT_EQUAL(2003, fields.year);
        CPPUNIT_ASSERT_EQUAL(4, fields.month);
        CPPUNIT_ASSERT_EQUAL(45, fields.hundredth);
    }
    void test_unix_times_go_both_ways()
    {
        VmsTime time = 0;
        CPPUNIT_ASSERT(vmstime_parse("1-JAN-1970 00:00:00.00", &time));
        CPPUNIT_ASSERT(vmstime_to_unix(time) == 0);
        CPPUNIT_ASSERT(vmstime_from_unix(0) == time);
        CPPUNIT_ASSERT(vmstime_to_unix(time - 1) == -1);
        CPPUNIT_ASSERT(vmstime_to_unix(vmstime_from_unix(1700000000)) == 1700000000);
        boost::int64_t difference = vmstime_unix_now() - static_cast<boost::int64_t>(::time(0));
        CPPUNIT_ASSERT(difference >= -2 && difference <= 2);
    }
    void test_zone_shifts_local_time()
    {
        std::vector<std::string> west(1, "-18000");
        CPPUNIT_ASSERT(
            logical_define("SYS$TIMEZONE_DIFFERENTIAL", west, LOGICAL_PROCESS, LOGICAL_USER).ok());
        CPPUNIT_ASSERT_EQUAL(-18000, static_cast<int>(vmstime_zone_seconds()));
        CPPUNIT_ASSERT_EQUAL(std::string("31-DEC-1969 19:00:00.00"),
                             vmstime_text(vmstime_from_unix(0)));
        CPPUNIT_ASSERT(vmstime_to_unix(vmstime_from_unix(12345)) == 12345);
        logical_deassign("SYS$TIMEZONE_DIFFERENTIAL", LOGICAL_PROCESS, LOGICAL_USER);
    }
    void test_clock_moves()
    {
        VmsTime before = vmstime_now();
        ScratchRoot::move_clock(3 * 86400);
        VmsTime after = vmstime_now();
        CPPUNIT_ASSERT(after - before >=
                       static_cast<VmsTime>(3 * 86400) * VMSTIME_UNITS_PER_SECOND);
        CPPUNIT_ASSERT(vmstime_after(60) - vmstime_now() <= 60u * VMSTIME_UNITS_PER_SECOND);
    }
    void test_deltas()
    {
        struct Row {
            const char *text;
            boost::uint32_t seconds;
        };
        static const Row row_table[] = {
            {"0 00:30:00", 1800}, {"00:30:00", 1800},     {"0 00:30", 1800},
            {"3 00:00:00.00", 259200}, {"0 00:00:00", 0}, {"0 00:00:01.00", 1},
        };
        for (size_t i = 0; i < sizeof row_table / sizeof row_table[0]; ++i) {
            boost::uint64_t units = 99;
            CPPUNIT_ASSERT_MESSAGE(row_table[i].text,
                                   vmstime_parse_delta(row_table[i].text, &units));
            CPPUNIT_ASSERT(units == static_cast<boost::uint64_t>(row_table[i].seconds) *
                                        VMSTIME_UNITS_PER_SECOND);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("0 00:30:00.00"), vmstime_delta_text(1800));
        CPPUNIT_ASSERT_EQUAL(std::string("3 00:00:00.00"), vmstime_delta_text(259200));
        CPPUNIT_ASSERT_EQUAL(std::string("0 00:00:00.00"), vmstime_delta_text(0));
    }
    void test_bad_texts_are_refused()
    {
        VmsTime time = 7;
        boost::uint64_t units = 7;
        CPPUNIT_ASSERT(!vmstime_parse("40-JAN-2003", &time));
        CPPUNIT_ASSERT(!vmstime_parse("", &time));
        CPPUNIT_ASSERT(!vmstime_parse("0 00:30:00", &time));
        CPPUNIT_ASSERT(!vmstime_parse_delta("5-APR-2003", &units));
        CPPUNIT_ASSERT(!vmstime_parse_delta("soon", &units));
        CPPUNIT_ASSERT(!vmstime_parse_delta("", &units));
        CPPUNIT_ASSERT(time == 7 && units == 7);
    }
    void test_stamps_are_never_the_same()
    {
        std::set<std::string> stamps;
        for (int i = 0; i < 1000; ++i)
            stamps.insert(vmstime_stamp());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1000), stamps.size());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(14), stamps.begin()->size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VmstimeTest);
