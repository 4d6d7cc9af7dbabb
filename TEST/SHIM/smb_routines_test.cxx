/*
**  smb_routines_test - symbiont processes, streams and breaches of protocol
**
**  spec/vms-api.md 1 and Appendix E 1-4, 8-10; 32 and 33 queues of one processor.
*/
#include "queue_system.h"

#include <smb$routines.h>
#include <smbdef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <set>

class SmbRoutinesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmbRoutinesTest);
    CPPUNIT_TEST(test_initialize_checks_arguments);
    CPPUNIT_TEST(test_start_stream_items);
    CPPUNIT_TEST(test_stray_output_is_reported_and_ignored);
    CPPUNIT_TEST(test_completion_without_task_is_reported);
    CPPUNIT_TEST(test_33rd_queue_gets_a_second_process);
    CPPUNIT_TEST(test_last_stream_ends_the_process);
    CPPUNIT_TEST(test_pause_and_resume);
    CPPUNIT_TEST(test_missing_image_stops_the_queue);
    CPPUNIT_TEST(test_killed_controller_ends_symbionts);
    CPPUNIT_TEST_SUITE_END();

    QueueSystem *system_;

    std::set<std::string> processes()
    {
        std::set<std::string> found;
        for (const std::string &line : system_->log())
            found.insert(line.substr(0, line.find(' ')));
        return found;
    }

public:
    void setUp() { system_ = new QueueSystem; }
    void tearDown() { delete system_; }

    void test_initialize_checks_arguments()
    {
        const unsigned level = SMBMSG$K_STRUCTURE_LEVEL, wrong = 2;
        const unsigned counts[] = {0, 33, 1000};
        CPPUNIT_ASSERT_EQUAL(unsigned(SMB$_INVSTRLEV), smb$initialize(&wrong, nullptr, nullptr));
        for (const unsigned &count : counts)
            CPPUNIT_ASSERT_EQUAL(unsigned(SMB$_INVSTMNBR), smb$initialize(&level, nullptr, &count));
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_DEVOFFLINE), smb$initialize(&level, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(0u, smb$check_for_message());
    }

    void test_start_stream_items()
    {
        system_->start();
        shim::QueueSetup setup;
        setup.name = "Q1";
        setup.processor = "TEST_SMB";
        setup.node = "NODEA";
        setup.device = "LINK";
        setup.library = "CONFIG";
        setup.reset_modules = "OPTION=1";
        shim::init_queue(setup);
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "idle"));
        std::string line = system_->line_of(SMBMSG$K_START_STREAM, " 12=Q1 ");
        for (const char *part : {" 9=LINK ", " 26=OPTION=1 ", " 29=SYS$LIBRARY:CONFIG.TLB "})
            CPPUNIT_ASSERT_MESSAGE(line, line.find(part) != std::string::npos);
    }

    void test_stray_output_is_reported_and_ignored()
    {
        system_->start();
        system_->make("Q1");
        CPPUNIT_ASSERT(system_->entry_becomes(system_->enter("Q1", "print"), ""));
        CPPUNIT_ASSERT(system_->until([&] {
            return system_->violations().find("\"stray text\"") != std::string::npos;
        }));
        CPPUNIT_ASSERT(system_->violations().find("QMAN-I-INVSMBMSG") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("idle"), system_->queue_state("Q1"));
    }

    void test_completion_without_task_is_reported()
    {
        system_->start();
        system_->make("Q1");
        system_->enter("Q1", "twice");
        CPPUNIT_ASSERT(system_->until([&] {
            return system_->violations().find("TASK_COMPLETE without a task") != std::string::npos;
        }));
        CPPUNIT_ASSERT(system_->entry_becomes(system_->enter("Q1", "ok"), ""));
    }

    void test_33rd_queue_gets_a_second_process()
    {
        system_->start();
        for (int i = 1; i <= 33; ++i) {
            std::string name = "Q" + std::to_string(i);
            CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), system_->make(name));
            CPPUNIT_ASSERT(system_->queue_becomes(name, "idle"));
            CPPUNIT_ASSERT_EQUAL(size_t(i <= 32 ? 1 : 2), processes().size());
        }
        for (int i = 0; i < 32; ++i)
            CPPUNIT_ASSERT(system_->logged(SMBMSG$K_START_STREAM,
                                           " " + std::to_string(i) + " 4 ") >= 1);
    }

    void test_last_stream_ends_the_process()
    {
        system_->touch("streams", "2");
        system_->start();
        for (const char *name : {"QA", "QB"}) {
            system_->make(name);
            CPPUNIT_ASSERT(system_->queue_becomes(name, "idle"));
        }
        int pid = atoi(processes().begin()->c_str());
        shim::stop_queue("QA", shim::QUEUE_STOP_NEXT);
        CPPUNIT_ASSERT(system_->queue_becomes("QA", "stopped"));
        CPPUNIT_ASSERT_EQUAL(0, kill(pid, 0));
        shim::stop_queue("QB", shim::QUEUE_STOP_NEXT);
        CPPUNIT_ASSERT(system_->queue_becomes("QB", "stopped"));
        CPPUNIT_ASSERT(system_->until([&] { return kill(pid, 0) != 0; }));
        shim::start_queue("QA");
        CPPUNIT_ASSERT(system_->queue_becomes("QA", "idle"));
        CPPUNIT_ASSERT_EQUAL(size_t(2), processes().size());
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->violations());
    }

    void test_pause_and_resume()
    {
        system_->start();
        system_->make("Q1");
        unsigned first = system_->enter("Q1", "wait");
        CPPUNIT_ASSERT(system_->entry_becomes(first, "executing"));
        shim::stop_queue("Q1", shim::QUEUE_STOP_PAUSE);
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "paused"));
        shim::start_queue("Q1");
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "busy"));
        /* the queue is busy before the symbiont has written its line */
        CPPUNIT_ASSERT(system_->until([&] { return system_->logged(SMBMSG$K_RESUME_TASK) == 1; }));
        CPPUNIT_ASSERT_EQUAL(std::string(), system_->violations());
    }

    void test_missing_image_stops_the_queue()
    {
        system_->start();
        shim::QueueSetup setup;
        setup.name = "Q1";
        setup.processor = "NOT_THERE";
        setup.node = "NODEA";
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), shim::init_queue(setup));
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "stopped"));
    }

    void test_killed_controller_ends_symbionts()
    {
        system_->start();
        system_->make("Q1");
        CPPUNIT_ASSERT(system_->queue_becomes("Q1", "idle"));
        int pid = atoi(processes().begin()->c_str());
        system_->end("NODEA", SIGKILL);
        CPPUNIT_ASSERT(system_->until([&] { return kill(pid, 0) != 0; }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmbRoutinesTest);
