/*
**  job_queue_test - $SNDJBC against a real job controller and symbiont
**
**  spec/vms-api.md 2.1 and Appendix E 5-8, 11-14; crashes of controller and symbiont; two nodes.
*/
#include "queue_system.h"

#include <prvdef.h>
#include <quidef.h>
#include <shim_control.h>
#include <smbdef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <thread>

class JobQueueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JobQueueTest);
    CPPUNIT_TEST(test_no_controller_is_device_offline);
    CPPUNIT_TEST(test_entered_file_is_executed_and_gone);
    CPPUNIT_TEST(test_refusals_table);
    CPPUNIT_TEST(test_open_job_rules);
    CPPUNIT_TEST(test_error_is_retained_or_removed_never_retried);
    CPPUNIT_TEST(test_after_time_hold_and_release);
    CPPUNIT_TEST(test_priority_then_order);
    CPPUNIT_TEST(test_alter_job_rules);
    CPPUNIT_TEST(test_delete_and_requeue_executing_job);
    CPPUNIT_TEST(test_stop_next_and_reset);
    CPPUNIT_TEST(test_delete_file_follows_rename);
    CPPUNIT_TEST(test_generic_queue_uses_all_targets);
    CPPUNIT_TEST(test_synchronize_gets_completion);
    CPPUNIT_TEST(test_privileges);
    CPPUNIT_TEST(test_killed_controller_loses_nothing);
    CPPUNIT_TEST(test_killed_symbiont_stops_its_queue);
    CPPUNIT_TEST(test_autostart_queue_restarts);
    CPPUNIT_TEST(test_two_nodes_and_takeover);
    CPPUNIT_TEST(test_clean_shutdown_and_start);
    CPPUNIT_TEST(test_many_threads);
    CPPUNIT_TEST(test_accounting_record);
    CPPUNIT_TEST_SUITE_END();

    QueueSystem *system_;

public:
    void setUp() { system_ = new QueueSystem; }
    void tearDown()
    {
        shim_set_privileges(~0ULL);
        delete system_;
    }

    void test_no_controller_is_device_offline()
    {
        unsigned status;
        system_->enter("Q", "ok", &status);
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_DEVOFFLINE), status);
    }

    void test_entered_file_is_executed_and_gone()
    {
        system_->start();
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), system_->make("Q1"));
        JobList list;
        list.text(SJC$_QUEUE, "q1").text(SJC$_FILE_SPECIFICATION, system_->file("A.TXT"));
        list.text(SJC$_PARAMETER_1, "ok").text(SJC$_PARAMETER_8, "last").text(SJC$_NOTE, "note");
        list.text(SJC$_JOB_NAME, "MINE");
        unsigned *entry = static_cast<unsigned *>(list.output(SJC$_ENTRY_NUMBER_OUTPUT, 4));
        void *text = list.output(SJC$_JOB_STATUS_OUTPUT, 255);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), list.send(SJC$_ENTER_FILE));
        CPPUNIT_ASSERT(*entry != 0);
        std::string status = list.output_text(text), number = std::to_string(*entry);
        std::string expected = "Job MINE (queue Q1, entry " + number + ") ";
        CPPUNIT_ASSERT_EQUAL(expected, status.substr(0, expected.size()));
        CPPUNIT_ASSERT(system_->entry_becomes(*entry, ""));
        std::string line = system_->line_of(SMBMSG$K_START_TASK, "34=ok");
        for (const char *part : {" 25=MINE", " 32=note", " 41=last", " 44=Q1", " 12=Q1",
                                 " 56=SYSTEM", " 21=#28", " 53=#8",
                                 "22=SYS$SYSDEVICE:[SPOOL]A.TXT;1", " end"})
            CPPUNIT_ASSERT_MESSAGE(line + "?" + part, line.find(part) != std::string::npos);
        CPPUNIT_ASSERT(line.find(" 11=" + number + " ") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->violations());
    }

    void test_refusals_table()
    {
        system_->start();
        system_->make("Q1");
        unsigned status;
        system_->enter("NONE", "ok", &status);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOSUCHQUE), status);
        system_->enter("Q1", "ok", &status, [](JobList &l) { l.number(999, 1); });
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_INVITMCOD), status);
        system_->enter("Q1", "ok", &status, [](JobList &l) { l.number(SJC$_PRIORITY, 256); });
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_INVPARVAL), status);
        system_->enter("Q1", "ok", &status, [](JobList &l) { l.text(SJC$_AFTER_TIME, "x"); });
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_INVPARLEN), status);
        JobList none;
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_MISREQPAR), none.send(SJC$_DELETE_JOB));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_INVFUNCOD), none.send(99));
        JobList unknown;
        unknown.number(SJC$_ENTRY_NUMBER, 4711);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOSUCHENT), unknown.send(SJC$_DELETE_JOB));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_QUENOTSTOP), shim::delete_queue("Q1"));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_STARTED), shim::start_queue("Q1"));
    }

    void test_open_job_rules()
    {
        system_->start();
        system_->make("Q1");
        JobList empty, create, file, queue;
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOOPENJOB), empty.send(SJC$_CLOSE_JOB));
        create.text(SJC$_QUEUE, "Q1").text(SJC$_PARAMETER_1, "ok");
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), create.send(SJC$_CREATE_JOB));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_EMPTYJOB), empty.send(SJC$_CLOSE_JOB));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), create.send(SJC$_CREATE_JOB));
        file.text(SJC$_FILE_SPECIFICATION, system_->file("B.TXT")).number(SJC$_FILE_COPIES, 2);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), file.send(SJC$_ADD_FILE));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), file.send(SJC$_ADD_FILE));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), empty.send(SJC$_CLOSE_JOB));
        CPPUNIT_ASSERT(system_->until([&] { return system_->logged(SMBMSG$K_START_TASK) == 4; }));
        CPPUNIT_ASSERT_EQUAL(size_t(1), system_->logged(SMBMSG$K_START_TASK, "51=1024 "));
        CPPUNIT_ASSERT_EQUAL(size_t(1), system_->logged(SMBMSG$K_START_TASK, "51=2048 "));
    }

    void test_error_is_retained_or_removed_never_retried()
    {
        system_->start();
        system_->make("Q1");
        system_->make("Q2", true);
        unsigned gone = system_->enter("Q1", "error"), kept = system_->enter("Q2", "error");
        CPPUNIT_ASSERT(system_->entry_becomes(gone, ""));
        CPPUNIT_ASSERT(system_->entry_becomes(kept, "retained"));
        shim::EntryShown shown;
        shim::show_entry(kept, &shown);
        CPPUNIT_ASSERT_EQUAL(44u, shown.condition);
        CPPUNIT_ASSERT_EQUAL(size_t(2), system_->logged(SMBMSG$K_START_TASK));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::delete_entry(kept));
    }

    void test_after_time_hold_and_release()
    {
        system_->start();
        system_->make("Q1");
        const unsigned long long HOUR = 36000000000ULL;
        unsigned timed = system_->enter("Q1", "ok", 0, [](JobList &l) {
            l.quad(SJC$_AFTER_TIME, shim::now() + HOUR);
        });
        unsigned delta = system_->enter("Q1", "ok", 0, [](JobList &l) {
            l.quad(SJC$_AFTER_TIME, 0 - 2 * HOUR);
        });
        unsigned held = system_->enter("Q1", "ok", 0, [](JobList &l) {
            l.flag(SJC$_HOLD).quad(SJC$_AFTER_TIME, shim::now() + HOUR);
        });
        CPPUNIT_ASSERT_EQUAL(std::string("holding until"), system_->entry_state(timed));
        CPPUNIT_ASSERT_EQUAL(std::string("holding until"), system_->entry_state(delta));
        CPPUNIT_ASSERT_EQUAL(std::string("holding"), system_->entry_state(held));
        shim::move_clock(static_cast<int64_t>(HOUR + HOUR / 2));
        CPPUNIT_ASSERT(system_->entry_becomes(timed, ""));
        CPPUNIT_ASSERT_EQUAL(std::string("holding until"), system_->entry_state(delta));
        shim::move_clock(static_cast<int64_t>(HOUR));
        CPPUNIT_ASSERT(system_->entry_becomes(delta, ""));
        CPPUNIT_ASSERT_EQUAL(std::string("holding"), system_->entry_state(held));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::release_entry(held));
        CPPUNIT_ASSERT(system_->entry_becomes(held, ""));
    }

    void test_priority_then_order()
    {
        system_->start();
        system_->make("Q1");
        system_->queue_becomes("Q1", "idle");
        shim::stop_queue("Q1", shim::QUEUE_STOP_NEXT);
        system_->queue_becomes("Q1", "stopped");
        unsigned low = system_->enter("Q1", "ok"), late = system_->enter("Q1", "ok");
        unsigned high = system_->enter("Q1", "ok", 0,
                                       [](JobList &l) { l.number(SJC$_PRIORITY, 200); });
        shim::start_queue("Q1");
        CPPUNIT_ASSERT(system_->until([&] { return system_->logged(SMBMSG$K_START_TASK) == 3; }));
        std::vector<std::string> lines;
        for (const std::string &line : system_->log())
            if (line.find("34=ok") != std::string::npos)
                lines.push_back(line);
        unsigned expected[] = {high, low, late};
        for (size_t i = 0; i < 3; ++i)
            CPPUNIT_ASSERT(lines[i].find(" 11=" + std::to_string(expected[i]) + " ") !=
                           std::string::npos);
    }

    void test_alter_job_rules()
    {
        system_->start();
        system_->make("Q1");
        unsigned held = system_->enter("Q1", "ok", 0, [](JobList &l) {
            l.flag(SJC$_HOLD).text(SJC$_PARAMETER_3, "three");
        });
        JobList alter;
        alter.number(SJC$_ENTRY_NUMBER, held).text(SJC$_PARAMETER_2, "two");
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), alter.send(SJC$_ALTER_JOB));
        shim::EntryShown shown;
        shim::show_entry(held, &shown);
        CPPUNIT_ASSERT_EQUAL(std::string(), shown.parameters[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("two"), shown.parameters[1]);
        CPPUNIT_ASSERT_EQUAL(std::string(), shown.parameters[2]);
        unsigned runs = system_->enter("Q1", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(runs, "executing"));
        JobList executing;
        executing.number(SJC$_ENTRY_NUMBER, runs).text(SJC$_NOTE, "x");
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_EXECUTING), executing.send(SJC$_ALTER_JOB));
    }

    void test_delete_and_requeue_executing_job()
    {
        system_->start();
        system_->make("Q1");
        unsigned first = system_->enter("Q1", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(first, "executing"));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::delete_entry(first));
        CPPUNIT_ASSERT(system_->entry_becomes(first, ""));
        CPPUNIT_ASSERT_EQUAL(size_t(1), system_->logged(SMBMSG$K_STOP_TASK, "52=295124"));
        unsigned second = system_->enter("Q1", "check");
        CPPUNIT_ASSERT(system_->entry_becomes(second, "executing"));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::requeue_entry(second, true));
        CPPUNIT_ASSERT(system_->entry_becomes(second, "holding"));
        shim::release_entry(second);
        CPPUNIT_ASSERT(system_->until(
            [&] { return system_->logged(SMBMSG$K_START_TASK, " 7=page 7 ") == 1; }));
        CPPUNIT_ASSERT_EQUAL(size_t(1), system_->logged(SMBMSG$K_START_TASK, " 47=4 "));
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->violations());
    }

    void test_stop_next_and_reset()
    {
        system_->start();
        system_->make("Q1");
        unsigned first = system_->enter("Q1", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(first, "executing"));
        shim::stop_queue("Q1", shim::QUEUE_STOP_NEXT);
        CPPUNIT_ASSERT_EQUAL(size_t(0), system_->logged(SMBMSG$K_STOP_STREAM));
        system_->touch("release");
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "stopped"));
        CPPUNIT_ASSERT_EQUAL(size_t(1), system_->logged(SMBMSG$K_STOP_STREAM));
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->entry_state(first));
        unlink((system_->path() + "/release").c_str());
        shim::start_queue("Q1");
        unsigned second = system_->enter("Q1", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(second, "executing"));
        shim::stop_queue("Q1", shim::QUEUE_STOP_RESET);
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "stopped"));
        CPPUNIT_ASSERT_EQUAL(std::string("pending"), system_->entry_state(second));
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->violations());
        shim::delete_entry(second);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::delete_queue("Q1"));
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->queue_state("Q1"));
    }

    void test_delete_file_follows_rename()
    {
        system_->start();
        system_->make("Q1");
        auto remove = [](JobList &l) { l.flag(SJC$_DELETE_FILE); };
        unsigned entry = system_->enter("Q1", "wait", 0, remove);
        CPPUNIT_ASSERT(system_->entry_becomes(entry, "executing"));
        std::string old_name = system_->path() + "/SPOOL/WAIT.TXT;1";
        std::string fresh = system_->path() + "/SPOOL/OTHER.TXT;1";
        CPPUNIT_ASSERT_EQUAL(0, rename(old_name.c_str(), fresh.c_str()));
        system_->touch("release");
        CPPUNIT_ASSERT(system_->until([&] { return access(fresh.c_str(), F_OK) != 0; }));
    }

    void test_generic_queue_uses_all_targets()
    {
        system_->start();
        std::vector<std::string> targets;
        for (const char *name : {"T1", "T2", "T3"}) {
            system_->make(name);
            targets.push_back(name);
            CPPUNIT_ASSERT(system_->queue_becomes(name, "idle"));
        }
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::init_generic("G", targets, true));
        std::vector<unsigned> entries;
        for (int i = 0; i < 4; ++i)
            entries.push_back(system_->enter("G", "wait"));
        for (int i = 0; i < 3; ++i)
            CPPUNIT_ASSERT(system_->entry_becomes(entries[i], "executing"));
        CPPUNIT_ASSERT_EQUAL(std::string("pending"), system_->entry_state(entries[3]));
        CPPUNIT_ASSERT(system_->until([&] { return system_->logged(SMBMSG$K_START_TASK) == 3; }));
        for (const char *name : {" 12=T1 ", " 12=T2 ", " 12=T3 "})
            CPPUNIT_ASSERT_EQUAL(size_t(1), system_->logged(SMBMSG$K_START_TASK, name));
        CPPUNIT_ASSERT_EQUAL(size_t(3), system_->logged(SMBMSG$K_START_TASK, " 44=G "));
        system_->touch("release");
        CPPUNIT_ASSERT(system_->entry_becomes(entries[3], ""));
    }

    void test_synchronize_gets_completion()
    {
        system_->start();
        system_->make("Q1");
        unsigned result = 0;
        /* nobody can see that the request waits; a job that ended first is unknown: once more */
        for (int tries = 0; tries < 20 && result != JBC$_NORMAL; ++tries) {
            unlink((system_->path() + "/release").c_str());
            unsigned entry = system_->enter("Q1", "wait");
            CPPUNIT_ASSERT(system_->entry_becomes(entry, "executing"));
            std::thread waiter([&] {
                JobList list;
                list.number(SJC$_ENTRY_NUMBER, entry);
                result = list.send(SJC$_SYNCHRONIZE_JOB);
            });
            usleep(tries * 100000);
            system_->touch("release");
            waiter.join();
            CPPUNIT_ASSERT(result == JBC$_NORMAL || result == JBC$_NOSUCHENT ||
                           result == JBC$_NOSUCHJOB);
        }
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), result);
    }

    void test_privileges()
    {
        system_->start();
        system_->make("Q1");
        unsigned held = system_->enter("Q1", "ok", 0, [](JobList &l) { l.flag(SJC$_HOLD); });
        shim_set_privileges(PRV$M_TMPMBX);
        unsigned status;
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOOPER), system_->make("Q2"));
        system_->enter("Q1", "ok", &status, [](JobList &l) { l.text(SJC$_USERNAME, "SMITH"); });
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOCMKRNL), status);
        CPPUNIT_ASSERT(system_->enter("Q1", "ok") != 0); /* everybody may submit */
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::delete_entry(held)); /* its own */
    }

    void test_killed_controller_loses_nothing()
    {
        system_->start();
        system_->make("Q1");
        unsigned runs = system_->enter("Q1", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(runs, "executing"));
        usleep(200000); /* the start of a restartable job is written within 50 ms */
        unsigned waits = system_->enter("Q1", "ok");
        unsigned held = system_->enter("Q1", "ok", 0, [](JobList &l) { l.flag(SJC$_HOLD); });
        system_->end("NODEA", SIGKILL);
        unsigned status;
        system_->enter("Q1", "ok", &status);
        CPPUNIT_ASSERT((status & 1) == 0);
        system_->start();
        CPPUNIT_ASSERT(system_->until(
            [&] { return system_->logged(SMBMSG$K_START_TASK, " 47=4 ") == 1; }));
        CPPUNIT_ASSERT_EQUAL(std::string("executing"), system_->entry_state(runs));
        CPPUNIT_ASSERT_EQUAL(std::string("pending"), system_->entry_state(waits));
        CPPUNIT_ASSERT_EQUAL(std::string("holding"), system_->entry_state(held));
        system_->touch("release");
        CPPUNIT_ASSERT(system_->entry_becomes(runs, ""));
        CPPUNIT_ASSERT(system_->entry_becomes(waits, ""));
    }

    int symbiont_pid()
    {
        std::vector<std::string> lines = system_->log();
        return lines.empty() ? 0 : atoi(lines.back().c_str());
    }

    void test_killed_symbiont_stops_its_queue()
    {
        system_->start();
        system_->make("Q1");
        unsigned runs = system_->enter("Q1", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(runs, "executing"));
        kill(symbiont_pid(), SIGKILL);
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "stopped"));
        CPPUNIT_ASSERT_EQUAL(std::string("pending"), system_->entry_state(runs));
        system_->touch("release");
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::start_queue("Q1"));
        CPPUNIT_ASSERT(system_->entry_becomes(runs, ""));
        CPPUNIT_ASSERT_EQUAL(size_t(1), system_->logged(SMBMSG$K_START_TASK, " 47=4 "));
    }

    void test_autostart_queue_restarts()
    {
        system_->start();
        shim::QueueSetup setup;
        setup.name = "QA";
        setup.processor = "TEST_SMB";
        setup.autostart_on.push_back("NODEA::");
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::init_queue(setup));
        unsigned runs = system_->enter("QA", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(runs, "executing"));
        kill(symbiont_pid(), SIGKILL);
        CPPUNIT_ASSERT(system_->until(
            [&] { return system_->logged(SMBMSG$K_START_TASK, " 47=4 ") == 1; }));
        unsigned bad = system_->enter("QA", "crash"); /* again and again, then no more */
        system_->touch("release");
        CPPUNIT_ASSERT(system_->queue_becomes("QA", "stopped"));
        CPPUNIT_ASSERT_EQUAL(std::string("pending"), system_->entry_state(bad));
    }

    void test_two_nodes_and_takeover()
    {
        system_->start("NODEA");
        system_->start("NODEB");
        system_->make("QA");
        shim::QueueSetup setup;
        setup.name = "QB";
        setup.processor = "TEST_SMB";
        setup.node = "NODEB";
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::init_queue(setup));
        CPPUNIT_ASSERT(system_->queue_becomes("QB", "idle"));
        shim::init_generic("G", {"QA", "QB"}, true);
        CPPUNIT_ASSERT(system_->queue_becomes("QA", "idle"));
        unsigned one = system_->enter("G", "wait"), two = system_->enter("G", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(one, "executing"));
        CPPUNIT_ASSERT(system_->entry_becomes(two, "executing"));
        system_->end("NODEA", SIGKILL); /* the manager; NODEB takes over */
        CPPUNIT_ASSERT(system_->until([&] { return system_->queue_state("QB") == "busy"; }));
        CPPUNIT_ASSERT_EQUAL(std::string("stopped"), system_->queue_state("QA"));
        system_->touch("release");
        CPPUNIT_ASSERT(system_->entry_becomes(one, ""));
        CPPUNIT_ASSERT(system_->entry_becomes(two, ""));
        system_->start("NODEA"); /* comes back as a member; its queue starts */
        CPPUNIT_ASSERT(system_->queue_becomes("QA", "idle"));
        system_->end("NODEA", SIGTERM);
        CPPUNIT_ASSERT(system_->queue_becomes("QA", "stopped"));
    }

    void test_clean_shutdown_and_start()
    {
        system_->start();
        system_->make("Q1");
        unsigned runs = system_->enter("Q1", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(runs, "executing"));
        kill(system_->controller("NODEA"), SIGTERM);
        usleep(50000);
        system_->touch("release");
        system_->wait_end("NODEA");
        CPPUNIT_ASSERT_EQUAL(size_t(1), system_->logged(SMBMSG$K_STOP_STREAM));
        CPPUNIT_ASSERT(access((system_->path() + "/.shim/job_control.pid").c_str(), F_OK) != 0);
        system_->start();
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "idle"));
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->entry_state(runs));
    }

    void test_many_threads()
    {
        system_->start();
        std::vector<std::string> targets;
        for (int i = 0; i < 4; ++i) {
            targets.push_back("T" + std::to_string(i));
            system_->make(targets.back());
        }
        shim::init_generic("G", targets, true);
        std::vector<std::thread> threads;
        std::atomic<int> good(0);
        for (int i = 0; i < 10; ++i)
            threads.emplace_back([&] {
                for (int k = 0; k < 20; ++k)
                    good += system_->enter("G", "ok") != 0;
            });
        for (std::thread &thread : threads)
            thread.join();
        CPPUNIT_ASSERT_EQUAL(200, good.load());
        CPPUNIT_ASSERT(system_->until([&] {
            std::vector<shim::EntryShown> left;
            for (const std::string &target : targets)
                shim::show_entries(target, &left);
            shim::show_entries("G", &left);
            return left.empty();
        }));
        CPPUNIT_ASSERT_EQUAL(size_t(200), system_->logged(SMBMSG$K_START_TASK));
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->violations());
    }

    void test_accounting_record()
    {
        system_->start();
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), system_->make("Q1"));
        JobList good, none, longer;
        good.text(SJC$_ACCOUNTING_MESSAGE, "what a program\nwants to be kept");
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), good.send(SJC$_WRITE_ACCOUNTING));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_MISREQPAR), none.send(SJC$_WRITE_ACCOUNTING));
        longer.text(SJC$_ACCOUNTING_MESSAGE, std::string(256, 'x'));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_INVPARLEN), longer.send(SJC$_WRITE_ACCOUNTING));
        std::ifstream file(system_->path() + "/VMS$COMMON/SYSMGR/ACCOUNTNG.DAT;1");
        std::string line, more;
        CPPUNIT_ASSERT(std::getline(file, line));
        CPPUNIT_ASSERT_MESSAGE(line, line.find(" USER NODE SYSTEM ") != std::string::npos);
        CPPUNIT_ASSERT(line.find(" what a program.wants to be kept") != std::string::npos);
        CPPUNIT_ASSERT(!std::getline(file, more));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JobQueueTest);
