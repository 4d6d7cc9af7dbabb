/*
**  queue_redo_test - entries that were answered without a flush of the queue database
*/
#include "queue_system.h"
#include "rms_support.h"

#include <queue_redo.h>
#include <shim_control.h>

#include <cppunit/extensions/HelperMacros.h>

using std::string;

class QueueRedoTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(QueueRedoTest);
    CPPUNIT_TEST(test_entry_comes_back_when_the_host_lost_it);
    CPPUNIT_TEST(test_entry_that_is_there_is_not_doubled);
    CPPUNIT_TEST(test_job_that_was_done_is_not_run_again);
    CPPUNIT_TEST(test_refused_request_is_not_entered_later);
    CPPUNIT_TEST(test_killed_processes_need_nothing_of_it);
    CPPUNIT_TEST(test_state_that_is_told_is_the_one_after_the_start);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<QueueSystem> system_;

    void setUp()
    {
        shim::pretend_boot("");
        system_.reset(new QueueSystem);
        system_->start();
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), system_->make("Q1"));
    }
    void tearDown()
    {
        shim_clear_faults();
        system_.reset();
        shim::pretend_boot("");
    }

    void test_entry_comes_back_when_the_host_lost_it()
    {
        string before = database();
        enter_in_child("Q1");
        power_fails(before);
        CPPUNIT_ASSERT_EQUAL(size_t(1), shim::queue_redo_read().size());
        system_->start();
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries().size());
        CPPUNIT_ASSERT_EQUAL(string("SYS$SYSDEVICE:[SPOOL]OK.TXT;1"), entries()[0].file);
        CPPUNIT_ASSERT_EQUAL(string("holding"), shim::entry_status_text(entries()[0].status));
        CPPUNIT_ASSERT(shim::queue_redo_read().empty());
        system_->end("NODEA", SIGKILL);
        system_->start();
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries().size());
    }
    void test_entry_that_is_there_is_not_doubled()
    {
        enter_in_child("Q1");
        power_fails("");
        CPPUNIT_ASSERT_EQUAL(size_t(1), shim::queue_redo_read().size());
        system_->start();
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries().size());
    }
    void test_job_that_was_done_is_not_run_again()
    {
        string before = database();
        enter_in_child("Q1");
        unlink((system_->path() + "/SPOOL/OK.TXT;1").c_str()); /* its job has ended */
        power_fails(before);
        system_->start();
        CPPUNIT_ASSERT(entries().empty());
        CPPUNIT_ASSERT(shim::queue_redo_read().empty());
    }
    void test_refused_request_is_not_entered_later()
    {
        enter_in_child("NOQUEUE", 2);
        power_fails("");
        CPPUNIT_ASSERT_EQUAL(size_t(1), shim::queue_redo_read().size());
        system_->start();
        CPPUNIT_ASSERT(entries().empty());
        CPPUNIT_ASSERT(shim::queue_redo_read().empty());
    }
    void test_killed_processes_need_nothing_of_it()
    {
        enter_in_child("Q1");
        system_->end("NODEA", SIGKILL);
        CPPUNIT_ASSERT_EQUAL(1u, shim::process_recover());
        CPPUNIT_ASSERT(shim::queue_redo_read().empty());
        system_->start();
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries().size());
    }

    void test_state_that_is_told_is_the_one_after_the_start()
    {
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "idle"));
        pid_t child = fork();
        if (child == 0) {
            open_journal();
            JobList list;
            list.text(SJC$_QUEUE, "Q1").text(SJC$_FILE_SPECIFICATION, system_->file("WAIT.TXT"));
            list.text(SJC$_PARAMETER_1, "wait");
            void *state = list.output(SJC$_JOB_STATUS_OUTPUT, 255);
            bool good = (list.send(SJC$_ENTER_FILE) & 1) &&
                        list.output_text(state).find("started on Q1") != string::npos;
            _exit(good ? 0 : 2);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CPPUNIT_ASSERT_EQUAL(0, status);
    }

private:
    /* A file that is flushed opens this process's. */
    static void open_journal()
    {
        RmsFile file("SYS$SYSDEVICE:[SPOOL]FLUSHED.DAT");
        if (!(file.create(FAB$M_PUT) & 1) || !(file.put("x") & 1) ||
            !(sys$flush(&file.b->rab) & 1) || !shim::process_journal_if_open())
            _exit(1);
    }
    /* A process with a journal; it is killed with its answer. */
    void enter_in_child(const string &queue, int expected = 0)
    {
        pid_t child = fork();
        if (child == 0) {
            open_journal();
            unsigned entry =
                system_->enter(queue, "ok", 0, [](JobList &l) { l.flag(SJC$_HOLD); });
            if (entry)
                kill(getpid(), SIGKILL);
            _exit(2);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CPPUNIT_ASSERT_EQUAL(expected, WIFSIGNALED(status) ? 0 : WEXITSTATUS(status));
    }
    string shim_file(const string &name) const { return system_->path() + "/.shim/" + name; }
    string database() const
    {
        string all;
        for (const char *name : {"queue.db", "queue.db-wal"}) {
            std::ifstream in(shim_file(name), std::ios::binary);
            string text((std::istreambuf_iterator<char>(in)), {});
            all += std::to_string(text.size()) + " " + text;
        }
        return all;
    }
    /* Everything is killed; the database is again what it was before, unless that is empty. */
    void power_fails(const string &before)
    {
        system_->end("NODEA", SIGKILL);
        size_t at = 0;
        for (const char *name : {"queue.db", "queue.db-wal"}) {
            if (before.empty())
                break;
            size_t space = before.find(' ', at);
            size_t size = static_cast<size_t>(std::stoul(before.substr(at, space - at)));
            std::ofstream(shim_file(name), std::ios::binary) << before.substr(space + 1, size);
            at = space + 1 + size;
        }
        shim::pretend_boot("another boot");
        CPPUNIT_ASSERT_EQUAL(1u, shim::process_recover());
        shim::pretend_boot("");
    }
    static std::vector<shim::EntryShown> entries()
    {
        std::vector<shim::EntryShown> all;
        shim::show_entries("Q1", &all);
        return all;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(QueueRedoTest);
