/*
**  submit_test - without a queue nothing is accepted and nothing is left behind
**
**  The way with a queue is tested end to end (TEST/PEERS) and in crash tables.
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/config_store.h"
#include "MTA/log.h"
#include "MTA/submit.h"
#include "VMS/recfile.h"
#include "scratch_system.h"

using namespace mail;

class SubmitTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SubmitTest);
    CPPUNIT_TEST(test_no_queue_is_later_and_leaves_no_file);
    CPPUNIT_TEST(test_finish_without_begin_fails);
    CPPUNIT_TEST(test_queue_name);
    CPPUNIT_TEST_SUITE_END();

    static size_t files()
    {
        FileSearch search;
        std::string name;
        size_t count = 0;
        if (search.open(config_common_file("*.TCPIP_*;*"), "").ok())
            while (search.next(&name).ok())
                ++count;
        return count;
    }

public:
    void setUp() { scratch_system(); }

    void test_no_queue_is_later_and_leaves_no_file()
    {
        Submission submission;
        ControlEnvelope envelope;
        envelope.user = "TCPIP$SMTP";
        std::vector<ControlRecipient> recipients(1);
        recipients[0].address = "a@example.org";
        size_t before = files();
        CPPUNIT_ASSERT(submission.begin(envelope, recipients).is_done());
        CPPUNIT_ASSERT(submission.write("x\r\n", 3).is_done());
        SubmitReceipt receipt;
        Outcome outcome = submission.finish(&receipt);
        CPPUNIT_ASSERT(outcome.is_later());
        CPPUNIT_ASSERT(receipt.file.empty() && receipt.entry == 0);
        CPPUNIT_ASSERT(outcome.sender_text().find('$') == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(before, files());
    }

    void test_finish_without_begin_fails()
    {
        Submission submission;
        SubmitReceipt receipt;
        CPPUNIT_ASSERT(!submission.finish(&receipt).is_done());
        submission.abandon();
    }

    void test_queue_name()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP_TESTND_00"), submit_queue());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SubmitTest);
