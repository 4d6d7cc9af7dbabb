#include "VMS/net.h"
#include "VMS/thread.h"

#include <cppunit/extensions/HelperMacros.h>
#include <stdexcept>
#include <string>

using namespace mail;

static std::string failure;

static void note_failure(const char *text)
{
    failure = text;
}

class ThreadTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ThreadTest);
    CPPUNIT_TEST(test_routine_runs_and_is_joined);
    CPPUNIT_TEST(test_exceptions_end_at_the_barrier);
    CPPUNIT_TEST(test_wait_ends_in_time);
    CPPUNIT_TEST(test_signal_wakes);
    CPPUNIT_TEST(test_counter_counts_all_threads);
    CPPUNIT_TEST_SUITE_END();

    struct Shared {
        Mutex mutex;
        Condition changed;
        bool set;
        Counter count;
        Shared() : set(false) {}
    };
    static void set_it(void *argument)
    {
        Shared *shared = static_cast<Shared *>(argument);
        MutexGuard guard(shared->mutex);
        shared->set = true;
        shared->changed.broadcast();
    }
    static void throw_known(void *) { throw std::runtime_error("known"); }
    static void throw_unknown(void *) { throw 7; }
    static void count(void *argument)
    {
        for (int i = 0; i < 1000; ++i)
            static_cast<Shared *>(argument)->count.add(1);
    }

public:
    void test_routine_runs_and_is_joined()
    {
        Shared shared;
        Thread thread;
        CPPUNIT_ASSERT(thread.start(set_it, &shared).ok());
        CPPUNIT_ASSERT(!thread.start(set_it, &shared).ok());
        thread.join();
        CPPUNIT_ASSERT(shared.set);
        CPPUNIT_ASSERT(!thread.started());
        CPPUNIT_ASSERT(thread.start(set_it, &shared, 256 * 1024).ok());
    }
    void test_exceptions_end_at_the_barrier()
    {
        Thread thread;
        thread_set_failure_routine(note_failure);
        CPPUNIT_ASSERT(thread.start(throw_known, 0).ok());
        thread.join();
        CPPUNIT_ASSERT_EQUAL(std::string("known"), failure);
        CPPUNIT_ASSERT(thread.start(throw_unknown, 0).ok());
        thread.join();
        CPPUNIT_ASSERT_EQUAL(std::string("unknown exception"), failure);
        thread_set_failure_routine(0);
    }
    void test_wait_ends_in_time()
    {
        Shared shared;
        MutexGuard guard(shared.mutex);
        boost::uint64_t before = net_milliseconds();
        CPPUNIT_ASSERT(!shared.changed.wait_for(shared.mutex, 30));
        CPPUNIT_ASSERT(net_milliseconds() - before >= 28);
    }
    void test_signal_wakes()
    {
        Shared shared;
        Thread thread;
        MutexGuard guard(shared.mutex);
        CPPUNIT_ASSERT(thread.start(set_it, &shared).ok());
        while (!shared.set)
            CPPUNIT_ASSERT(shared.changed.wait_for(shared.mutex, 10000));
        thread.join();
    }
    void test_counter_counts_all_threads()
    {
        Shared shared;
        Thread threads[4];
        for (int i = 0; i < 4; ++i)
            CPPUNIT_ASSERT(threads[i].start(count, &shared).ok());
        for (int i = 0; i < 4; ++i)
            threads[i].join();
        CPPUNIT_ASSERT_EQUAL(4000u, static_cast<unsigned>(shared.count.value()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ThreadTest);
