/*
**  retry_test - HP 18.2 /INTERVAL, spec 3.2: 30 minutes, 60 minutes, 3 days
*/
#include "retry.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

class RetryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RetryTest);
    CPPUNIT_TEST(test_default_intervals);
    CPPUNIT_TEST(test_last_attempt_is_at_the_maximum);
    CPPUNIT_TEST(test_gives_up_after_the_maximum);
    CPPUNIT_TEST(test_settings_are_obeyed);
    CPPUNIT_TEST_SUITE_END();

    static const boost::uint32_t minute = 60, hour = 3600, day = 86400;

public:
    void test_default_intervals()
    {
        Settings settings;
        RetryPlan first = retry_plan(settings, 1000, 1010, 1);
        CPPUNIT_ASSERT(!first.give_up);
        CPPUNIT_ASSERT(first.next == 1010 + 30 * minute);
        RetryPlan second = retry_plan(settings, 1000, 5000, 2);
        CPPUNIT_ASSERT(second.next == 5000 + 60 * minute);
        CPPUNIT_ASSERT(retry_plan(settings, 1000, 9000, 50).next == 9000 + 60 * minute);
    }

    void test_last_attempt_is_at_the_maximum()
    {
        Settings settings;
        boost::uint64_t created = 1000, end = created + 3 * day;
        RetryPlan plan = retry_plan(settings, created, end - 10 * minute, 70);
        CPPUNIT_ASSERT(!plan.give_up);
        CPPUNIT_ASSERT(plan.next == end);
    }

    void test_gives_up_after_the_maximum()
    {
        Settings settings;
        CPPUNIT_ASSERT(!retry_plan(settings, 1000, 1000 + 3 * day - 1, 70).give_up);
        CPPUNIT_ASSERT(retry_plan(settings, 1000, 1000 + 3 * day, 70).give_up);
    }

    void test_settings_are_obeyed()
    {
        Settings settings;
        const char *reason = 0;
        CPPUNIT_ASSERT(settings.set(P_INITIAL_INTERVAL, "0 00:10:00.00", ORIGIN_TEST, "", &reason));
        CPPUNIT_ASSERT(settings.set(P_RETRY_INTERVAL, "0 00:20:00.00", ORIGIN_TEST, "", &reason));
        CPPUNIT_ASSERT(settings.set(P_MAXIMUM_INTERVAL, "0 01:00:00.00", ORIGIN_TEST, "", &reason));
        CPPUNIT_ASSERT(retry_plan(settings, 0, 0, 1).next == 10 * minute);
        CPPUNIT_ASSERT(retry_plan(settings, 0, 10 * minute, 2).next == 30 * minute);
        CPPUNIT_ASSERT(retry_plan(settings, 0, hour, 3).give_up);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RetryTest);
