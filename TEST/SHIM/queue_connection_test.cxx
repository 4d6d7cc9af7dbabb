/*
**  queue_connection_test - many threads over one socket: everybody gets its own answer
*/
#include "queue_system.h"

#include <queue_connection.h>
#include <quidef.h>
#include <smbdef.h>

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <thread>

using namespace shim;

class QueueConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(QueueConnectionTest);
    CPPUNIT_TEST(test_threads_get_their_own_answers);
    CPPUNIT_TEST(test_requests_that_nobody_waits_for);
    CPPUNIT_TEST(test_lost_controller_ends_every_wait);
    CPPUNIT_TEST(test_entry_runs_when_its_client_has_it_on_disk);
    CPPUNIT_TEST(test_entry_that_its_client_could_not_write);
    CPPUNIT_TEST(test_entry_of_a_client_that_died_meanwhile);
    CPPUNIT_TEST(test_entry_deleted_before_it_is_on_disk);
    CPPUNIT_TEST(test_answers_go_on_while_one_client_writes);
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

    void test_entry_runs_when_its_client_has_it_on_disk()
    {
        std::string while_logging;
        CPPUNIT_ASSERT_EQUAL(uint32_t(JBC$_NORMAL), enter("ok", [&] {
            while_logging = only_entry().second;
            return true;
        }));
        CPPUNIT_ASSERT_EQUAL(std::string("open"), while_logging);
        CPPUNIT_ASSERT(system_->until([&] { return started() == 1; }));
    }
    void test_entry_that_its_client_could_not_write()
    {
        CPPUNIT_ASSERT_EQUAL(uint32_t(JBC$_NORMAL), enter("ok", [] { return false; }));
        CPPUNIT_ASSERT(system_->until([&] { return started() == 1; }));
        CPPUNIT_ASSERT_EQUAL(uint32_t(JBC$_NOSUCHQUE), enter("ok", [] { return false; }, "NONE"));
    }
    void test_entry_of_a_client_that_died_meanwhile()
    {
        pid_t child = fork();
        if (child == 0) {
            enter("ok", [] {
                QueueSystem::until([] { return only_entry().second == "open"; });
                return kill(getpid(), SIGKILL) == 0;
            });
            _exit(1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CPPUNIT_ASSERT(WIFSIGNALED(status));
        CPPUNIT_ASSERT(system_->until([&] { return started() == 1; }));
    }
    void test_entry_deleted_before_it_is_on_disk()
    {
        CPPUNIT_ASSERT_EQUAL(uint32_t(JBC$_NORMAL), enter("gone", [] {
            return (delete_entry(only_entry().first) & 1) != 0;
        }));
        CPPUNIT_ASSERT_EQUAL(0u, only_entry().first);
        CPPUNIT_ASSERT(system_->enter("Q0", "ok") != 0);
        CPPUNIT_ASSERT(system_->until([&] { return started("34=ok") == 1; }));
        CPPUNIT_ASSERT_EQUAL(size_t(0), started("34=gone"));
    }
    /* Who writes reads no answers, and nobody may wait for it to do so. */
    void test_answers_go_on_while_one_client_writes()
    {
        std::atomic<int> right(0);
        enter("ok", [&] {
            std::vector<std::thread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&right, i] {
                    for (int n = 0; n < 50; ++n)
                        right += answers_with(name(i)) ? 1 : 0;
                });
            for (std::thread &one : threads)
                one.join();
            return true;
        });
        CPPUNIT_ASSERT_EQUAL(4 * 50, right.load());
    }

private:
    /* ENTER_FILE, and meanwhile `log`. */
    uint32_t enter(const std::string &task, const std::function<bool()> &log,
                   const std::string &queue = "Q0")
    {
        WireWriter body;
        std::string items;
        QueueAnswer answer;
        queue_caller().write(&body);
        add_item(&items, SJC$_QUEUE, queue);
        add_item(&items, SJC$_FILE_SPECIFICATION, system_->file(task + ".TXT"));
        add_item(&items, SJC$_PARAMETER_1, task);
        body.raw(items);
        uint32_t status = queue_ask_logging(SJC$_ENTER_FILE, body.data(), log, &answer);
        return status & 1 ? answer.status : status;
    }
    size_t started(const std::string &part = "")
    {
        return system_->logged(SMBMSG$K_START_TASK, part);
    }
    /* Number and state, 0 when there is none. */
    static std::pair<uint32_t, std::string> only_entry()
    {
        std::vector<EntryShown> entries;
        show_entries("Q0", &entries);
        if (entries.size() != 1)
            return std::make_pair(0u, std::string());
        return std::make_pair(entries[0].number, entry_status_text(entries[0].status));
    }
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
