/*
**  counters_test - numbers add up, also from many threads
*/
#include <cppunit/extensions/HelperMacros.h>
#include <pthread.h>
#include "MTA/counters.h"

using namespace mail;

class CountersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CountersTest);
    CPPUNIT_TEST(test_counters_count_and_clear);
    CPPUNIT_TEST(test_every_counter_has_help);
    CPPUNIT_TEST(test_threads_lose_nothing);
    CPPUNIT_TEST_SUITE_END();

    static void *add_thousand(void *)
    {
        for (int i = 0; i < 1000; ++i)
            counter_add(COUNT_SESSIONS, 1);
        return 0;
    }

public:
    void setUp() { counters_clear(); }
    void tearDown() { counters_clear(); }

    void test_counters_count_and_clear()
    {
        counter_add(COUNT_MESSAGES_IN, 2);
        counter_add(COUNT_MESSAGES_IN, 0xFFFFFFFFu);
        CPPUNIT_ASSERT(counter_read(COUNT_MESSAGES_IN) == 0x100000001u);
        CPPUNIT_ASSERT(counter_read(COUNT_SESSIONS) == 0);
        counters_clear();
        CPPUNIT_ASSERT(counter_read(COUNT_MESSAGES_IN) == 0);
    }

    void test_every_counter_has_help()
    {
        for (int i = 0; i < COUNT_OF_COUNTERS; ++i)
            CPPUNIT_ASSERT(counter_help(static_cast<CounterId>(i))[0] != 0);
        CPPUNIT_ASSERT_EQUAL(std::string("messages accepted"),
                             std::string(counter_help(COUNT_MESSAGES_IN)));
    }

    void test_threads_lose_nothing()
    {
        enum { THREADS = 8 };
        pthread_t threads[THREADS];
        for (int i = 0; i < THREADS; ++i)
            CPPUNIT_ASSERT_EQUAL(0, pthread_create(&threads[i], 0, add_thousand, 0));
        for (int i = 0; i < THREADS; ++i)
            pthread_join(threads[i], 0);
        CPPUNIT_ASSERT(counter_read(COUNT_SESSIONS) == THREADS * 1000);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CountersTest);
