/*
**  smtp_message_test - what is put around a text, and what becomes of a sink's trouble
*/
#include "smtp_message.h"
#include "smtp_fixture.h"

using namespace mail;

class SmtpMessageTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(SmtpMessageTest);
    CPPUNIT_TEST(test_received_line_is_first);
    CPPUNIT_TEST(test_missing_headers_of_submitted_mail);
    CPPUNIT_TEST(test_text_without_header_stays_text);
    CPPUNIT_TEST(test_trouble_swallows_the_rest);
    CPPUNIT_TEST(test_without_sink_nothing_is_kept);
    CPPUNIT_TEST_SUITE_END();

    /* The message as it is stored; completes: as a submitted one. */
    std::string stored(const std::string &text, bool completes, size_t piece = 1000000)
    {
        capture = Capture();
        SmtpMessage message(make(), DotOptions());
        std::vector<ControlRecipient> to(1);
        ControlEnvelope envelope;
        SubmitReceipt receipt;
        to[0].address = "smith@condor.hawk.example";
        envelope.sender = "jones@condor.hawk.example";
        envelope.client_name = "client.example";
        envelope.client_address = "10.1.2.3";
        envelope.protocol = "ESMTP";
        if (completes)
            message.hold_header(10000);
        message.complete_header(completes);
        boost::shared_ptr<Identity> who(new Identity(identity()));
        CPPUNIT_ASSERT(message.begin(envelope, to, who).is_done());
        for (size_t at = 0; at < text.size(); at += piece)
            message.add(text.data() + at, std::min(piece, text.size() - at));
        message.end();
        CPPUNIT_ASSERT(message.finish(&receipt).is_done());
        return capture.messages[0].text;
    }

public:
    void test_received_line_is_first()
    {
        std::string text = stored("Subject: x\r\n\r\nbody\r\n", false);
        CPPUNIT_ASSERT_EQUAL(std::string("Received: from client.example ([10.1.2.3]) by "),
                             text.substr(0, 46));
        CPPUNIT_ASSERT(text.find("<smith@condor.hawk.example>; ") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("Subject: x\r\n\r\nbody\r\n"), without_trace(text));
    }

    void test_missing_headers_of_submitted_mail()
    {
        std::string text = without_trace(stored("Subject: x\r\n\r\nbody\r\n", true, 3));
        CPPUNIT_ASSERT_EQUAL(std::string("Date: "), text.substr(0, 6));
        CPPUNIT_ASSERT(text.find("\r\nMessage-Id: <26112108304712_2020046C@condor.hawk.example>") !=
                       std::string::npos);
        CPPUNIT_ASSERT(text.find("\r\nFrom: jones@condor.hawk.example\r\nSubject: x\r\n\r\nbody") !=
                       std::string::npos);
        std::string complete = "Date: Mon, 16 Nov 2026 09:12:40 +0100\r\nMessage-ID: <1@x>\r\n"
                               "From: a@b\r\n\r\nbody\r\n";
        CPPUNIT_ASSERT_EQUAL(complete, without_trace(stored(complete, true)));
        text = without_trace(stored("From: a@b\r\n\r\n", true, 1));
        CPPUNIT_ASSERT(text.find("\r\nMessage-Id: ") != std::string::npos);
        CPPUNIT_ASSERT(text.find("From: jones") == std::string::npos);
    }

    void test_text_without_header_stays_text()
    {
        std::string text = without_trace(stored("just words\r\nmore words\r\n", true));
        CPPUNIT_ASSERT(text.find("From: jones@condor.hawk.example\r\n\r\njust words\r\nmore") !=
                       std::string::npos);
        text = without_trace(stored(" indented\r\n\r\nmore\r\n", true));
        CPPUNIT_ASSERT(text.find("From: jones@condor.hawk.example\r\n\r\n indented\r\n") !=
                       std::string::npos);
    }

    void test_trouble_swallows_the_rest()
    {
        SmtpMessage message(make(), DotOptions());
        std::vector<ControlRecipient> to(1);
        SubmitReceipt receipt;
        boost::shared_ptr<Identity> who(new Identity(identity()));
        to[0].address = "smith@condor";
        CPPUNIT_ASSERT(message.begin(ControlEnvelope(), to, who).is_done());
        capture.write = Outcome::later("disk");
        message.add("a\r\n", 3);
        capture.write = Outcome::done();
        message.add("b\r\n", 3);
        CPPUNIT_ASSERT(message.trouble().is_later());
        CPPUNIT_ASSERT_EQUAL(boost::uint64_t(6), message.scan().bytes());
    }

    void test_without_sink_nothing_is_kept()
    {
        SmtpMessage message(0, DotOptions());
        SubmitReceipt receipt;
        boost::shared_ptr<Identity> who(new Identity(identity()));
        CPPUNIT_ASSERT(
            message.begin(ControlEnvelope(), std::vector<ControlRecipient>(), who).is_done());
        message.add("a\r\n", 3);
        message.end();
        CPPUNIT_ASSERT(message.finish(&receipt).is_done());
        CPPUNIT_ASSERT(receipt.message_id.size() > 14);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpMessageTest);
