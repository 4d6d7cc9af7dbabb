/*
**  datetime_test - CORE/datetime.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/datetime.h"

using namespace mail;

class DatetimeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DatetimeTest);
    CPPUNIT_TEST(test_unix_seconds_round_trip);
    CPPUNIT_TEST(test_parse_reads_rfc_5322_and_obsolete_forms);
    CPPUNIT_TEST(test_parse_refuses_table);
    CPPUNIT_TEST(test_print_forms);
    CPPUNIT_TEST(test_vms_forms_round_trip);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_unix_seconds_round_trip()
    {
        static const boost::int64_t table[] = { 0, 951782400, 951868799, 1795250000, -1, -86400 };
        for (size_t i = 0; i < 6; ++i) {
            DateTime t;
            CPPUNIT_ASSERT(datetime_from_unix(table[i], 330, &t));
            CPPUNIT_ASSERT(datetime_is_valid(t));
            CPPUNIT_ASSERT_EQUAL(table[i], datetime_to_unix(t));
        }
        for (boost::int64_t day = -719162; day < 2932896; day += 1277) {
            DateTime t;
            CPPUNIT_ASSERT(datetime_from_unix(day * 86400 + 5, 0, &t));
            CPPUNIT_ASSERT_EQUAL(day * 86400 + 5, datetime_to_unix(t));
        }
        DateTime t;
        CPPUNIT_ASSERT(datetime_from_unix(951782400, 0, &t)); // 29-Feb-2000
        CPPUNIT_ASSERT(t.year == 2000 && t.month == 2 && t.day == 29 && t.hour == 0);
        CPPUNIT_ASSERT_EQUAL(2, datetime_weekday(t));
        CPPUNIT_ASSERT(!datetime_from_unix(boost::int64_t(1) << 62, 0, &t));
        CPPUNIT_ASSERT(!datetime_from_unix(-(boost::int64_t(1) << 62), 0, &t));
        CPPUNIT_ASSERT(!datetime_from_unix(boost::int64_t(2932897) * 86400, 0, &t));
    }
    void test_parse_reads_rfc_5322_and_obsolete_forms()
    {
        static const struct {
            const char *text;
            boost::int64_t seconds;
            bool known;
        } table[] = { { "Fri, 21 Nov 1997 09:55:06 -0600", 880127706, true },
                      { "21 Nov 97 09:55:06 CST", 880127706, true },
                      { "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 (x (y) \\) z)", 880127706,
                        true },
                      { "Mon, 5 Dec 2016 15:50:41 -0600 (CST)", 1480974641, true },
                      { "1 Jan 1970 00:00 GMT", 0, true },
                      { "01 jan 100 00:00 GMT", 946684800, true },
                      { "Thu, 01 Jan 1970 00:00:00 -0000", 0, false },
                      { "Thu, 01 Jan 1970 00:00:00 A", 0, false },
                      { "Thu, 01 Jan 1970 00:00:00", 0, false },
                      { "Thu,\r\n 01 Jan 1970 05:30:00 +0530", 0, true },
                      { "Thursday, 01 Jan 1970 00:00:60 UT", 60, true } };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            DateTime t;
            CPPUNIT_ASSERT_MESSAGE(table[i].text, datetime_parse(table[i].text, &t));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].text, table[i].seconds, datetime_to_unix(t));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].text, table[i].known, t.zone_known);
        }
    }
    void test_parse_refuses_table()
    {
        static const char *const table[] = { "", "Mon", "Mon, 32 Jan 2000 00:00 GMT",
                                             "29 Feb 2001 00:00 GMT", "1 Foo 2000 00:00 GMT",
                                             "1 Jan 2000 24:00 GMT", "1 Jan 2000 00:60 GMT",
                                             "1 Jan 2000 0000 GMT", "1 Jan 20001 00:00 GMT",
                                             "1 Jan 2000 00:00 +01", "1 Jan 2000 00:00 +0160",
                                             "1 Jan 2000 00:00 GMT x", "2000-01-01 00:00:00",
                                             "1 Jan 2 00:00 GMT", "001 Jan 2000 00:00 GMT" };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            DateTime t;
            CPPUNIT_ASSERT_MESSAGE(table[i], !datetime_parse(table[i], &t));
        }
    }
    void test_print_forms()
    {
        DateTime t;
        CPPUNIT_ASSERT(datetime_from_unix(1480974641, -360, &t));
        t.hundredths = 7;
        CPPUNIT_ASSERT_EQUAL(std::string("Mon, 5 Dec 2016 15:50:41 -0600 (CST)"),
                             datetime_print(t, "CST"));
        CPPUNIT_ASSERT_EQUAL(std::string("Mon, 5 Dec 2016 15:50:41 -0600"), datetime_print(t, 0));
        CPPUNIT_ASSERT_EQUAL(std::string(" 5-DEC-2016 15:50:41.07"), datetime_print_vms(t));
        CPPUNIT_ASSERT_EQUAL(std::string("16120515504107"), datetime_print_stamp(t));
        CPPUNIT_ASSERT_EQUAL(std::string("2016-12-05 15:50:41"), datetime_print_iso(t));
        t.zone_known = false;
        t.zone_minutes = 0;
        CPPUNIT_ASSERT_EQUAL(std::string("Mon, 5 Dec 2016 15:50:41 -0000"), datetime_print(t, ""));
    }
    void test_vms_forms_round_trip()
    {
        DateTime t;
        CPPUNIT_ASSERT(datetime_parse_vms("21-NOV-2026 08:30:47.12", &t));
        CPPUNIT_ASSERT_EQUAL(std::string("21-NOV-2026 08:30:47.12"), datetime_print_vms(t));
        CPPUNIT_ASSERT(datetime_parse_vms(" 1-jan-2026", &t));
        CPPUNIT_ASSERT_EQUAL(std::string(" 1-JAN-2026"), datetime_print_vms_date(t));
        CPPUNIT_ASSERT(datetime_parse_vms("1-JAN-2026 10:20", &t) && t.minute == 20);
        CPPUNIT_ASSERT(datetime_parse_vms("1-JAN-2026:10:20:30.5", &t) && t.hundredths == 50);
        CPPUNIT_ASSERT(!datetime_parse_vms("31-FEB-2026", &t));
        CPPUNIT_ASSERT(!datetime_parse_vms("1-JAN-26", &t));
        CPPUNIT_ASSERT(!datetime_parse_vms("1-JAN-2026 x", &t));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DatetimeTest);
