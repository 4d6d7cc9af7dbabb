/*
**  mail_queues_test - START MAIL and STOP MAIL over the queue manager
*/
#include "mail_queues.h"
#include "manage_fixture.h"

using namespace mail;

class MailQueuesTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(MailQueuesTest);
    CPPUNIT_TEST(test_start_creates_what_is_configured);
    CPPUNIT_TEST(test_more_and_fewer_queues);
    CPPUNIT_TEST(test_surplus_with_jobs_stays);
    CPPUNIT_TEST(test_other_nodes_stay);
    CPPUNIT_TEST(test_stop_and_start);
    CPPUNIT_TEST(test_ninety_nine);
    CPPUNIT_TEST(test_summary);
    CPPUNIT_TEST_SUITE_END();

    static std::string targets()
    {
        QueueInfo info;
        std::string text;
        CPPUNIT_ASSERT(queue_find("TCPIP$SMTP_NODE_00", &info).ok());
        for (size_t i = 0; i < info.targets.size(); ++i)
            text += (i ? "," : "") + info.targets[i].substr(info.targets[i].size() - 7);
        return text;
    }
    static bool exists(const std::string &name)
    {
        QueueInfo info;
        return queue_find(name, &info).ok();
    }
    static bool is_stopped(const std::string &name)
    {
        QueueInfo info;
        for (int i = 0; i < 500; ++i) { /* it stops by itself, soon */
            CPPUNIT_ASSERT(queue_find(name, &info).ok());
            if (info.stopped)
                return true;
            usleep(10000);
        }
        return false;
    }

public:
    /* The symbiont is not there: queues that are started say so and stop; here they stay. */
    void test_start_creates_what_is_configured()
    {
        start_controller();
        Status status = mail_queues_start("NODE", 2);
        CPPUNIT_ASSERT_EQUAL(std::string(), output_);
        CPPUNIT_ASSERT(status.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("NODE_01,NODE_02"), targets());
        QueueInfo info;
        CPPUNIT_ASSERT(queue_find("TCPIP$SMTP_NODE_02", &info).ok());
        CPPUNIT_ASSERT(!info.generic);
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP_SYMBIONT"), info.processor);
        CPPUNIT_ASSERT_EQUAL(std::string("NODE"), info.node);
    }

    void test_more_and_fewer_queues()
    {
        make_queues();
        CPPUNIT_ASSERT(mail_queues_start("NODE", 3).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("NODE_01,NODE_02,NODE_03"), targets());
        CPPUNIT_ASSERT(mail_queues_stop("NODE").ok());
        CPPUNIT_ASSERT(is_stopped("TCPIP$SMTP_NODE_02") && is_stopped("TCPIP$SMTP_NODE_03"));
        output_.clear();
        CPPUNIT_ASSERT(mail_queues_start("NODE", 1).ok());
        CPPUNIT_ASSERT_EQUAL(std::string(), output_);
        CPPUNIT_ASSERT_EQUAL(std::string("NODE_01"), targets());
        CPPUNIT_ASSERT(!exists("TCPIP$SMTP_NODE_02") && !exists("TCPIP$SMTP_NODE_03"));
    }

    void test_surplus_with_jobs_stays()
    {
        make_queues();
        CPPUNIT_ASSERT(
            queue_create_server("TCPIP$SMTP_NODE_02", "TCPIP$SMTP_SYMBIONT", "NODE", false).ok());
        boost::uint32_t entry;
        CPPUNIT_ASSERT(submit_entry(control_file("SYSTEM", "x"), "SYSTEM", "TCPIP$SMTP_NODE_02", 0,
                                    &entry)
                           .is_done());
        CPPUNIT_ASSERT(mail_queues_start("NODE", 1).ok());
        CPPUNIT_ASSERT_EQUAL(
            std::string("%TCPIP-W-NOTSTOPPED, queue TCPIP$SMTP_NODE_02 has not stopped yet\n"),
            output_);
        CPPUNIT_ASSERT(exists("TCPIP$SMTP_NODE_02"));
    }

    void test_other_nodes_stay()
    {
        start_controller();
        std::vector<std::string> targets_then(1, "TCPIP$SMTP_OTHER_01");
        CPPUNIT_ASSERT(
            queue_create_server(targets_then[0], "TCPIP$SMTP_SYMBIONT", "OTHER", false).ok());
        CPPUNIT_ASSERT(queue_create_generic("TCPIP$SMTP_NODE_00", targets_then, false).ok());
        CPPUNIT_ASSERT(mail_queues_start("NODE", 1).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("NODE_01,THER_01"), targets());
        MailQueues queues;
        CPPUNIT_ASSERT(mail_queues_find(&queues).ok());
        std::vector<QueueSummary> lines = mail_queues_summary(queues, "NODE", 1);
        CPPUNIT_ASSERT_EQUAL(size_t(1), lines.size());
        CPPUNIT_ASSERT_EQUAL(size_t(2), lines[0].nodes.size());
    }

    void test_stop_and_start()
    {
        make_queues();
        CPPUNIT_ASSERT(mail_queues_start("NODE", 1).ok());
        CPPUNIT_ASSERT(mail_queues_stop("NODE").ok());
        CPPUNIT_ASSERT(is_stopped("TCPIP$SMTP_NODE_00") && is_stopped("TCPIP$SMTP_NODE_01"));
        CPPUNIT_ASSERT(mail_queues_start("NODE", 1).ok());
        CPPUNIT_ASSERT_EQUAL(std::string(), output_);
        QueueInfo info;
        CPPUNIT_ASSERT(queue_find("TCPIP$SMTP_NODE_00", &info).ok());
        CPPUNIT_ASSERT(!info.stopped);
    }

    void test_ninety_nine()
    {
        start_controller();
        std::vector<std::string> all;
        for (boost::uint32_t i = 1; i <= 99; ++i) {
            all.push_back(mail_queue_name("NODE", i));
            CPPUNIT_ASSERT(queue_create_server(all.back(), "TCPIP$SMTP_SYMBIONT", "NODE", false)
                               .ok());
        }
        CPPUNIT_ASSERT(queue_create_generic("TCPIP$SMTP_NODE_00", all, false).ok());
        QueueInfo info;
        CPPUNIT_ASSERT(queue_find("TCPIP$SMTP_NODE_00", &info).ok());
        CPPUNIT_ASSERT_EQUAL(size_t(99), info.targets.size());
    }

    void test_summary()
    {
        MailQueues none;
        std::vector<QueueSummary> lines = mail_queues_summary(none, "NODE", 4);
        CPPUNIT_ASSERT_EQUAL(size_t(1), lines.size());
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP_NODE_00"), lines[0].generic);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(4), lines[0].queues);
        CPPUNIT_ASSERT_EQUAL(std::string("NODE"), lines[0].nodes[0]);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailQueuesTest);
