/*
**  outheaders_test - the fields we write, MAIL's fields out of RFC 822 ones (spec 6.6, 6.7)
*/
#include <cppunit/extensions/HelperMacros.h>
#include <algorithm>
#include "MTA/outheaders.h"
#include "scratch_system.h"

using namespace mail;

class OutheadersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutheadersTest);
    CPPUNIT_TEST(test_received_names_client_us_and_id);
    CPPUNIT_TEST(test_received_cannot_be_forged);
    CPPUNIT_TEST(test_return_path);
    CPPUNIT_TEST(test_header_block_ends_for_every_split);
    CPPUNIT_TEST(test_header_block_ends_before_a_stray_line);
    CPPUNIT_TEST(test_header_block_is_bounded);
    CPPUNIT_TEST(test_mail_from_order);
    CPPUNIT_TEST(test_mail_to_and_cc);
    CPPUNIT_TEST(test_mail_from_hides_quotes);
    CPPUNIT_TEST(test_mail_fields_fit);
    CPPUNIT_TEST(test_missing_headers);
    CPPUNIT_TEST_SUITE_END();

    ControlEnvelope envelope_;
    Identity identity_;

    static MailFields fields(const std::string &headers, const Settings &settings = Settings())
    {
        HeaderBlock block(HEADER_BLOCK_LIMIT);
        std::string text = headers + "\r\nbody\r\n";
        block.feed(text.data(), text.size());
        CPPUNIT_ASSERT(block.complete());
        return mail_fields(block, "env@example.com", settings);
    }
    /* Number of lines that begin with text. */
    static int lines_with(const std::string &all, const char *text)
    {
        int n = all.compare(0, std::string(text).size(), text) == 0;
        for (size_t at = all.find("\r\n" + std::string(text)); at != std::string::npos;
             at = all.find("\r\n" + std::string(text), at + 1))
            ++n;
        return n;
    }

public:
    void setUp()
    {
        scratch_system();
        envelope_ = ControlEnvelope();
        envelope_.sender = "a@example.com";
        envelope_.client_name = "client.example";
        envelope_.client_address = "10.1.2.3";
        envelope_.protocol = "ESMTP";
        envelope_.message_id = "26112108304712_2020046C";
        envelope_.created = 1795249847;
        identity_ = Identity();
        identity_.set_host("condor.eagle.org", "", "CONDOR");
    }

    void test_received_names_client_us_and_id()
    {
        std::string line = received_header(envelope_, identity_, "smith@condor.eagle.org");
        std::string flat;
        for (size_t i = 0; i < line.size(); ++i)
            if (line[i] != '\r' && line[i] != '\n')
                flat += line[i] == '\t' ? ' ' : line[i];
        CPPUNIT_ASSERT_EQUAL(size_t(0), flat.find("Received: from client.example ([10.1.2.3]) by "
                                                  "condor.eagle.org (" + product_version() +
                                                  ") with ESMTP id 26112108304712_2020046C for "
                                                  "<smith@condor.eagle.org>; "));
        CPPUNIT_ASSERT_EQUAL(std::string("\r\n"), line.substr(line.size() - 2));
        CPPUNIT_ASSERT(received_header(envelope_, identity_, "").find(" for ") ==
                       std::string::npos);
        envelope_.client_host = "mail.example";
        CPPUNIT_ASSERT(
            received_header(envelope_, identity_, "").find("(mail.example [10.1.2.3])") !=
            std::string::npos);
    }

    void test_received_cannot_be_forged()
    {
        envelope_.client_name = "x (by real.host) ; Mon\r\nBcc: a@b";
        std::string line = received_header(envelope_, identity_, "");
        CPPUNIT_ASSERT_EQUAL(0, lines_with(line, "Bcc:"));
        CPPUNIT_ASSERT(line.find("(by real") == std::string::npos);
    }

    void test_return_path()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("Return-Path: <a@example.com>\r\n"),
                             return_path_header("a@example.com"));
        CPPUNIT_ASSERT_EQUAL(std::string("Return-Path: <>\r\n"), return_path_header(""));
    }

    void test_header_block_ends_for_every_split()
    {
        std::string text = "From: a\r\nSubject: b\r\n folded\r\n\r\nbody\r\n\r\nmore";
        size_t end = text.find("body");
        for (size_t piece = 1; piece < 9; ++piece) {
            HeaderBlock block(1000);
            size_t used = 0;
            while (used < text.size() && !block.complete())
                used += block.feed(text.data() + used, std::min(piece, text.size() - used));
            CPPUNIT_ASSERT_EQUAL(end, used);
            std::string value;
            CPPUNIT_ASSERT(block.find("subject", &value));
            CPPUNIT_ASSERT_EQUAL(std::string("b folded"), value);
            CPPUNIT_ASSERT(!block.find("Body", &value));
            CPPUNIT_ASSERT_EQUAL(size_t(1), block.count("FROM"));
        }
        HeaderBlock empty(1000);
        CPPUNIT_ASSERT_EQUAL(size_t(2), empty.feed("\r\nFrom: x\r\n", 11));
        CPPUNIT_ASSERT(empty.complete());
    }

    /* A text without headers, or without the empty line, must not become one. */
    void test_header_block_ends_before_a_stray_line()
    {
        struct {
            const char *text, *header, *stray;
        } rows[] = {
            {"hello world\r\nmore: text\r\n", "", "hello world\r\n"},
            {" hello\r\nFrom: a\r\n", "", " hello\r\n"},
            {"From: a\r\n b\r\nhello world\r\n\r\nmore\r\n", "From: a\r\n b\r\n",
             "hello world\r\n"},
            {"From a@b Mon Jan  1 00:00:00 2026\r\nTo: c\r\n", "",
             "From a@b Mon Jan  1 00:00:00 2026\r\n"},
            {"From : a\r\n: no name\r\n", "From : a\r\n", ": no name\r\n"},
            {"From: a\r\nX: b\r\n\r\nc\r\n", "From: a\r\nX: b\r\n\r\n", ""},
            {"From: a\nhello\n", "From: a\n", "hello\n"},
        };
        for (size_t row = 0; row < sizeof rows / sizeof *rows; ++row) {
            std::string text = rows[row].text;
            for (size_t piece = 1; piece <= text.size(); ++piece) {
                HeaderBlock block(1000);
                size_t used = 0;
                while (used < text.size() && !block.complete())
                    used += block.feed(text.data() + used, std::min(piece, text.size() - used));
                CPPUNIT_ASSERT(block.complete());
                CPPUNIT_ASSERT_EQUAL(std::string(rows[row].header), block.text());
                CPPUNIT_ASSERT_EQUAL(std::string(rows[row].stray), block.stray());
                CPPUNIT_ASSERT_EQUAL(text, block.text() + block.stray() + text.substr(used));
            }
        }
    }

    void test_header_block_is_bounded()
    {
        HeaderBlock block(100);
        std::string text(1000, 'x');
        block.feed(text.data(), text.size());
        CPPUNIT_ASSERT_EQUAL(size_t(100), block.text().size());
    }

    void test_mail_from_order()
    {
        static const char *const order[] = {"Resent-Reply-To", "Resent-From", "Reply-To", "From",
                                            "Resent-Sender", "Sender"};
        for (size_t first = 0; first < 6; ++first) {
            std::string headers;
            for (size_t i = 6; i > first; --i)
                headers += std::string(order[i - 1]) + ": N" + order[i - 1] + " <" + order[i - 1] +
                           "@example.com>\r\n";
            CPPUNIT_ASSERT_EQUAL("SMTP%\"" + std::string(order[first]) + "@example.com\"",
                                 fields(headers).from);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"env@example.com\""), fields("X: y\r\n").from);
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"b@example.com\""),
                             fields("Reply-To: group: ;\r\nFrom: b@example.com\r\n").from);
    }

    void test_mail_to_and_cc()
    {
        std::string headers = "To: a@example.com,\r\n b@example.com\r\nCc: c@example.com\r\n"
                              "X-VMS-To: SMTP%\"a@example.com\",JONES\r\nSubject: hello\r\n";
        MailFields both = fields(headers);
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"a@example.com\",JONES"), both.to);
        CPPUNIT_ASSERT_EQUAL(std::string("c@example.com"), both.cc);
        CPPUNIT_ASSERT_EQUAL(std::string("hello"), both.subject);
        Settings settings;
        settings.set(P_INBOUND_NOXVMS, "1", ORIGIN_TEST, "", 0);
        CPPUNIT_ASSERT_EQUAL(std::string("a@example.com, b@example.com"),
                             fields(headers, settings).to);
    }

    void test_mail_from_hides_quotes()
    {
        std::string from = fields("From: \"odd user\"@example.com\r\n").from;
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"\xA2odd user\xA2@example.com\""), from);
        CPPUNIT_ASSERT_EQUAL(std::string("\"odd user\"@example.com"), mail_plain_address(from));
    }

    void test_mail_fields_fit()
    {
        MailFields mail = fields("From: " + std::string(300, 'x') + "@example.com\r\nTo: " +
                                 std::string(300, 'y') + "\r\nSubject: a\x07" +
                                 std::string(300, 'z') + "\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"env@example.com\""), mail.from);
        CPPUNIT_ASSERT(mail.to.size() <= 255 && mail.subject.size() <= 255);
        CPPUNIT_ASSERT(mail.subject.find('\x07') == std::string::npos);
    }

    void test_missing_headers()
    {
        HeaderBlock empty(1000), full(1000);
        empty.feed("Subject: x\r\n\r\n", 14);
        std::string lines = missing_headers(empty, envelope_, identity_);
        CPPUNIT_ASSERT_EQUAL(1, lines_with(lines, "Date: "));
        CPPUNIT_ASSERT_EQUAL(1, lines_with(lines, "From: a@example.com"));
        CPPUNIT_ASSERT_EQUAL(
            1, lines_with(lines, "Message-Id: <26112108304712_2020046C@condor.eagle.org>"));
        std::string all = "Date: x\r\nMESSAGE-ID: <y>\r\nFrom: z\r\n\r\n";
        full.feed(all.data(), all.size());
        CPPUNIT_ASSERT_EQUAL(std::string(), missing_headers(full, envelope_, identity_));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OutheadersTest);
