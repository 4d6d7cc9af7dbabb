/*
**  queue_connection_test - many threads over one socket: everybody gets its own answer
*/
#include "queue_system.h"

#include <queue_connection.h>
#include <quidef.h>

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <thread>

using namespace shim;

class QueueConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(QueueConnectionTest);
    CPPUNIT_TEST(test_threads_get_their_own_answers);
    CPPUNIT_TEST(test_requests_that_nobody_waits_for);
    CPPUNIT_TEST(test_lost_controller_ends_every_wait);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<QueueSystem> system_;

    void setUp()
    {
        system_.reset(new QueueSystem);
        system_->start();
        for (int i = 0; i < 8; ++i)
            CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), system_->make(name(i)));
    }
    void tearDown() { system_.reset(); }

    void test_threads_get_their_own_answers()
    {
        std::atomic<int> right(0);
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&right, i] {
                for (int n = 0; n < 50; ++n)
                    right += answers_with(name(i)) ? 1 : 0;
            });
        for (std::thread &one : threads)
            one.join();
        CPPUNIT_ASSERT_EQUAL(8 * 50, right.load());
    }
    void test_requests_that_nobody_waits_for()
    {
        std::atomic<int> called(0), right(0);
        for (int n = 0; n < 100; ++n) {
            QueueDone done = [&called, &right, n](const QueueAnswer &answer) {
                right += answer.items.find(name(n % 8)) != std::string::npos ? 1 : 0;
                ++called;
            };
            CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_NORMAL),
                                 queue_send(QUEUE_GETQUI, QUI$_DISPLAY_QUEUE, query(n % 8), done));
            if (n % 10 == 0) /* somebody waits and reads in between */
                CPPUNIT_ASSERT(answers_with(name(3)));
        }
        CPPUNIT_ASSERT(QueueSystem::until([&called] { return called == 100; }));
        CPPUNIT_ASSERT_EQUAL(100, right.load());
    }
    void test_lost_controller_ends_every_wait()
    {
        unsigned entry = system_->enter("Q0", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(entry, "executing"));
        std::atomic<int> lost(0);
        std::vector<std::thread> threads;
        for (int i = 0; i < 5; ++i)
            threads.emplace_back([&lost, entry] {
                JobList list;
                list.number(SJC$_ENTRY_NUMBER, entry);
                lost += list.send(SJC$_SYNCHRONIZE_JOB) == JBC$_JOBQUEDIS ? 1 : 0;
            });
        usleep(200000); /* nobody can see that they wait */
        system_->end("NODEA", SIGKILL);
        for (std::thread &one : threads)
            one.join();
        CPPUNIT_ASSERT_EQUAL(5, lost.load());
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->queue_state("Q0"));
        system_->start();
        CPPUNIT_ASSERT(!system_->queue_state("Q0").empty());
    }

private:
    static std::string name(int i) { return "Q" + std::to_string(i); }
    static std::string query(int i)
    {
        WireWriter body;
        QueueQuery query;
        query.name = name(i);
        queue_caller().write(&body);
        query.write(&body);
        return body.data();
    }
    static bool answers_with(const std::string &queue)
    {
        std::vector<QueueShown> queues;
        show_queues(queue, &queues);
        return queues.size() == 1 && queues[0].name == queue;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(QueueConnectionTest);
