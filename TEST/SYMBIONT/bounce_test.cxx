/*
**  bounce_test - who is told, and the report itself (RFC 3464; HP 18.2.2, 18.9)
*/
#include "bounce.h"
#include "symbiont_fixture.h"

using namespace mail;

class BounceTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(BounceTest);
    CPPUNIT_TEST(test_who_is_told);
    CPPUNIT_TEST(test_report_to_the_sender);
    CPPUNIT_TEST(test_long_message_is_returned_as_its_header);
    CPPUNIT_TEST(test_null_sender_goes_to_the_postmaster);
    CPPUNIT_TEST_SUITE_END();

    std::string report(const std::string &file, BounceTarget target, std::string *to,
                       std::string *from)
    {
        ControlFile control;
        CPPUNIT_ASSERT(control.open(file, true).is_done());
        std::vector<ReportRecipient> rows(1);
        rows[0].address = "gone@them.test";
        rows[0].code = 550;
        rows[0].status = "5.1.1";
        rows[0].diagnostic = "550 5.1.1 who is that";
        rows[0].remote = "mx.them.test";
        Outcome outcome = bounce_send(control, target, REPORT_FAILED, rows, settings_, identity_,
                                      "test");
        CPPUNIT_ASSERT_MESSAGE(outcome.log_text(), outcome.is_done());
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        return read_text(list[0].file, to, from);
    }

public:
    void test_who_is_told()
    {
        ControlEnvelope from_somebody, from_nobody;
        from_somebody.sender = "a@b.test";
        CPPUNIT_ASSERT_EQUAL(BOUNCE_SENDER,
                             bounce_target(from_somebody, "x@them.test", *identity_));
        CPPUNIT_ASSERT_EQUAL(BOUNCE_SENDER,
                             bounce_target(from_somebody, "postmaster@us.test", *identity_));
        CPPUNIT_ASSERT_EQUAL(BOUNCE_POSTMASTER,
                             bounce_target(from_nobody, "x@them.test", *identity_));
        CPPUNIT_ASSERT_EQUAL(BOUNCE_POSTMASTER,
                             bounce_target(from_nobody, "postmaster@them.test", *identity_));
        CPPUNIT_ASSERT_EQUAL(BOUNCE_NOBODY,
                             bounce_target(from_nobody, "Postmaster@us.test", *identity_));
        CPPUNIT_ASSERT_EQUAL(BOUNCE_NOBODY,
                             bounce_target(from_nobody, "tcpip$smtp@us.test", *identity_));
    }

    void test_report_to_the_sender()
    {
        std::string to, from;
        std::string text = report(
            control_file("a@b.test", "gone@them.test", "Subject: gr\xFC\xDF\r\n\r\nb\xF6se\r\n"),
            BOUNCE_SENDER, &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.test"), to);
        CPPUNIT_ASSERT_EQUAL(std::string(""), from);
        const char *const parts[] = {"multipart/report",
                                     "report-type=delivery-status",
                                     "message/delivery-status",
                                     "Reporting-MTA: dns; us.test\r\n",
                                     "Final-Recipient: rfc822; gone@them.test\r\n",
                                     "Action: failed\r\n",
                                     "Status: 5.1.1\r\n",
                                     "Remote-MTA: dns; mx.them.test\r\n",
                                     "Diagnostic-Code: smtp; 550 5.1.1 who is that",
                                     "Subject: gr\xFC\xDF\r\n",
                                     "\r\nb\xF6se\r\n"};
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; ++i)
            CPPUNIT_ASSERT_MESSAGE(parts[i] + std::string(" in ") + text,
                                   text.find(parts[i]) != std::string::npos);
    }

    void test_long_message_is_returned_as_its_header()
    {
        std::string to, from;
        set(P_BOUNCE_TEXT, "100");
        std::string text =
            report(control_file("a@b.test", "gone@them.test",
                                "Subject: long\r\n\r\n" + std::string(500, 'x') + "\r\n"),
                   BOUNCE_SENDER, &to, &from);
        CPPUNIT_ASSERT(text.find("Subject: long\r\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("xxxxxxxx") == std::string::npos);
    }

    void test_null_sender_goes_to_the_postmaster()
    {
        std::string to, from;
        report(control_file("", "gone@them.test"), BOUNCE_POSTMASTER, &to, &from);
        CPPUNIT_ASSERT(identity_->is_local_address(to));
        CPPUNIT_ASSERT_EQUAL(std::string(""), from);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BounceTest);
