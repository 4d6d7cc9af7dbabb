/*
**  vtime_test - $BINTIM, $ASCTIM, $NUMTIM and the LIB$ arithmetic (spec 7.3, Appendix E 35)
*/
#include "system_support.h"

#include <lib$routines.h>
#include <libdef.h>

#include <cppunit/extensions/HelperMacros.h>

class VtimeTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(VtimeTest);
    CPPUNIT_TEST(test_unix_epoch_has_documented_value);
    CPPUNIT_TEST(test_bintim_table);
    CPPUNIT_TEST(test_bintim_refuses_table);
    CPPUNIT_TEST(test_bintim_missing_fields_are_now);
    CPPUNIT_TEST(test_asctim_lengths_and_truncation);
    CPPUNIT_TEST(test_numtim_of_delta_has_no_date);
    CPPUNIT_TEST(test_every_day_of_a_century_round_trips);
    CPPUNIT_TEST(test_arithmetic_keeps_kinds_apart);
    CPPUNIT_TEST(test_day_and_day_of_week);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

    static std::string ascii(const struct _generic_64 &time, char flag = 0)
    {
        LowText out(30);
        unsigned short length = 0;
        struct _generic_64 copy = time;
        CPPUNIT_ASSERT_EQUAL(1, sys$asctim(&length, out, &copy, flag));
        return out.text(length);
    }
    static struct _generic_64 binary(const char *text)
    {
        LowText in((std::string(text)));
        struct _generic_64 time;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(text, 1, sys$bintim(in, &time));
        return time;
    }

public:
    void tearDown() { root_.reset(); }
    void setUp() { root_.reset(new ShimRoot); }
    void test_unix_epoch_has_documented_value()
    {
        CPPUNIT_ASSERT_EQUAL(static_cast<int64_t>(0x007C95674BEB4000LL),
                             quad_of(binary("1-JAN-1970 00:00:00.00")));
        CPPUNIT_ASSERT_EQUAL(static_cast<int64_t>(0), quad_of(binary("17-NOV-1858 00:00:00.00")));
    }
    void test_bintim_table()
    {
        static const struct {
            const char *in, *out;
        } table[] = {
            {"16-APR-2003 01:02:03.45", "16-APR-2003 01:02:03.45"},
            {"  2-APR-2003 1:2:3", " 2-APR-2003 01:02:03."},
            {"29-FEB-2000 23:59:59.99  ", "29-FEB-2000 23:59:59.99"},
            {"31-DEC-9999 00:00:00.00", "31-DEC-9999 00:00:00.00"},
            {"0 00:30:00", "   0 00:30:00.00"},
            {"9999 23:59:59.99", "9999 23:59:59.99"},
            {"5 ", "   5 00:00:00.00"},
            {"12 :30", "  12 00:30:00.00"},
            {"0 ::.1", "   0 00:00:00.10"},
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].out),
                                 ascii(binary(table[i].in)).substr(0, strlen(table[i].out)));
        CPPUNIT_ASSERT_EQUAL(static_cast<int64_t>(-18000000000LL), quad_of(binary("0 00:30:00")));
    }
    void test_bintim_refuses_table()
    {
        static const char *const table[] = {
            "",
            "12:30",
            "TODAY",
            "29-FEB-2001 00:00",
            "31-APR-2003 0",
            "0-JAN-2003",
            "1-jan-2003",
            "1-JAN-1858",
            "1-XXX-2003",
            "1-JAN-2003 24:00",
            "1-JAN-2003 1:60",
            "1-JAN-2003 1:1:60",
            "10000 00:00",
            "1 24:00",
            "1-JAN-2003:01:00",
            "1-JAN-2003 1:2:3.456",
            "1-JAN-2003 1:2 X",
            "+1-00",
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            LowText in((std::string(table[i])));
            struct _generic_64 time;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i], static_cast<int>(SS$_IVTIME),
                                         sys$bintim(in, &time));
        }
    }
    void test_bintim_missing_fields_are_now()
    {
        unsigned short now[7], then[7];
        struct _generic_64 time;
        sys$gettim(&time);
        sys$numtim(now, &time);
        time = binary("-- :30");
        sys$numtim(then, &time);
        for (int i = 0; i < 4; i++)
            CPPUNIT_ASSERT_EQUAL(now[i], then[i]);
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned short>(30), then[4]);
        time = binary("1-JAN 10:20:30.40");
        sys$numtim(then, &time);
        CPPUNIT_ASSERT_EQUAL(now[0], then[0]);
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned short>(40), then[6]);
    }
    void test_asctim_lengths_and_truncation()
    {
        struct _generic_64 time = binary("6-APR-2003 01:02:03.45");
        CPPUNIT_ASSERT_EQUAL(std::string(" 6-APR-2003 01:02:03.45"), ascii(time));
        CPPUNIT_ASSERT_EQUAL(std::string("01:02:03.45"), ascii(time, 1));
        LowText out(static_cast<size_t>(11));
        unsigned short length = 0;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BUFFEROVF), sys$asctim(&length, out, &time, 0));
        CPPUNIT_ASSERT_EQUAL(std::string(" 6-APR-2003"), out.text(length));
    }
    void test_numtim_of_delta_has_no_date()
    {
        unsigned short v[7];
        struct _generic_64 time = binary("3 04:05:06.07");
        CPPUNIT_ASSERT_EQUAL(1, sys$numtim(v, &time));
        const unsigned short expected[7] = {0, 0, 3, 4, 5, 6, 7};
        CPPUNIT_ASSERT_EQUAL(0, memcmp(v, expected, sizeof v));
    }
    void test_every_day_of_a_century_round_trips()
    {
        int64_t time = quad_of(binary("1-JAN-1990 12:34:56.78"));
        for (int day = 0; day < 36525; day++, time += 864000000000LL) {
            struct _generic_64 in, out;
            unsigned short v[7];
            memcpy(&in, &time, sizeof time);
            sys$numtim(v, &in);
            CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_NORMAL), lib$cvt_vectim(v, &out));
            CPPUNIT_ASSERT_EQUAL(time, quad_of(out));
        }
    }
    void test_arithmetic_keeps_kinds_apart()
    {
        struct _generic_64 noon = binary("1-JAN-2000 12:00:00.00"), hour = binary("0 01:00"), out;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_NORMAL), lib$add_times(&noon, &hour, &out));
        CPPUNIT_ASSERT_EQUAL(std::string(" 1-JAN-2000 13:00"), ascii(out).substr(0, 17));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_ONEDELTIM), lib$add_times(&noon, &noon, &out));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_NORMAL), lib$sub_times(&noon, &hour, &out));
        CPPUNIT_ASSERT_EQUAL(std::string(" 1-JAN-2000 11:00"), ascii(out).substr(0, 17));
        struct _generic_64 later = binary("3-JAN-2000 12:30:00.00");
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_NORMAL), lib$sub_times(&later, &noon, &out));
        CPPUNIT_ASSERT_EQUAL(std::string("   2 00:30:00.00"), ascii(out));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_NEGTIM), lib$sub_times(&noon, &later, &out));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_INVARGORD), lib$sub_times(&hour, &noon, &out));
        int times = 3;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_NORMAL), lib$mult_delta_time(&times, &hour));
        CPPUNIT_ASSERT_EQUAL(std::string("   0 03:00:00.00"), ascii(hour));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_DELTIMREQ), lib$mult_delta_time(&times, &noon));
    }
    void test_day_and_day_of_week()
    {
        struct _generic_64 time = binary("16-APR-2003 01:02:03.45");
        int days = 0, day_time = 0;
        unsigned day = 0;
        lib$day(&days, &time, &day_time);
        CPPUNIT_ASSERT_EQUAL(52745, days); /* modified Julian date */
        CPPUNIT_ASSERT_EQUAL(372345, day_time);
        lib$day_of_week(&time, &day);
        CPPUNIT_ASSERT_EQUAL(3u, day);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(VtimeTest);
