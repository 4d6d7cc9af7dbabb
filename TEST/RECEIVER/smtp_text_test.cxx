/*
**  smtp_text_test - BDAT in every order and split; held headers; discarded recipients; DSN on its
**  way
*/
#include "smtp_fixture.h"

using namespace mail;

class SmtpTextTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(SmtpTextTest);
    CPPUNIT_TEST(test_chunks_arrive_in_every_split);
    CPPUNIT_TEST(test_orders_of_bdat);
    CPPUNIT_TEST(test_refused_chunk_ends_the_transaction);
    CPPUNIT_TEST(test_chunks_of_refused_transactions_are_swallowed);
    CPPUNIT_TEST(test_sizes);
    CPPUNIT_TEST(test_bad_bdat_closes);
    CPPUNIT_TEST(test_trouble_of_the_sink_in_the_middle);
    CPPUNIT_TEST(test_held_header_is_the_same_message);
    CPPUNIT_TEST(test_header_limit);
    CPPUNIT_TEST(test_discarded_recipients);
    CPPUNIT_TEST(test_notifications_reach_the_sink);
    CPPUNIT_TEST(test_debug_shows_the_header);
    CPPUNIT_TEST_SUITE_END();

    void header_rule(const char *name, const char *pattern)
    {
        boost::shared_ptr<RejectRules> rules(new RejectRules);
        rules->header_rules.resize(1);
        rules->header_rules[0].name = name;
        rules->header_rules[0].pattern = pattern;
        reject = rules;
    }
    static std::string bdat(const std::string &text, bool last)
    {
        return "BDAT " + text_from_number(text.size()) + (last ? " LAST" : "") + "\r\n" + text;
    }

public:
    void test_chunks_arrive_in_every_split()
    {
        static const size_t pieces[] = {1, 2, 3, 7, 1000000};
        std::string all = "EHLO x\r\nMAIL FROM:<a@example.com>\r\n"
                          "RCPT TO:<smith@condor.hawk.example>\r\n";
        all += bdat("Subject: chunks\r\n\r\n.\r\n", false) + bdat("..\r", false) + "NOOP\r\n";
        all += bdat("\nQUIT\r\nlast", true) + "NOOP\r\n";
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; ++i) {
            capture = Capture();
            open();
            CPPUNIT_ASSERT_EQUAL(std::string("250 250 250 250 250 250 250 250"),
                                 codes(talk(all, pieces[i])));
            CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages.size());
            CPPUNIT_ASSERT_EQUAL(std::string("Subject: chunks\r\n\r\n.\r\n..\r\nQUIT\r\nlast\r\n"),
                                 without_trace(capture.messages[0].text));
        }
        begin_mail();
        CPPUNIT_ASSERT_EQUAL(std::string("250 2.0.0 4 octets received\r\n"),
                             talk(bdat("ab\r\n", false)));
    }

    void test_orders_of_bdat()
    {
        struct Row {
            const char *commands, *codes;
        };
        static const Row table[] = {
            {"BDAT 2 LAST\r\nxxNOOP\r\n", "503 250"},
            {"EHLO x\r\nBDAT 2 LAST\r\nxxNOOP\r\n", "250 503 250"},
            {"EHLO x\r\nMAIL FROM:<a@example.com>\r\nBDAT 2\r\nxxNOOP\r\n", "250 250 554 250"},
            {"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<smith@condor>\r\nBDAT 0\r\n"
             "BDAT 0 LAST\r\nNOOP\r\n",
             "250 250 250 250 250 250"},
            {"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<smith@condor>\r\nBDAT 2\r\n\r\n"
             "DATA\r\nMAIL FROM:<b@example.com>\r\nRCPT TO:<smith@condor>\r\nRSET\r\nNOOP\r\n",
             "250 250 250 250 503 503 503 250 250"},
            {"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<smith@condor>\r\nBDAT 2\r\n\r\n"
             "QUIT\r\n",
             "250 250 250 250 221"},
            {"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<smith@condor>\r\nbdat  2  last \r\n"
             "\r\nMAIL FROM:<b@example.com>\r\n",
             "250 250 250 250 250"},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            open();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].commands, std::string(table[i].codes),
                                         codes(talk(table[i].commands)));
        }
        set(P_CHUNKING, "OFF");
        open();
        CPPUNIT_ASSERT(line("EHLO x").find("CHUNKING") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("502"), codes(line("BDAT 0 LAST")));
    }

    void test_refused_chunk_ends_the_transaction()
    {
        struct Row {
            const char *chunk, *code;
            size_t size;
        };
        static const Row table[] = {{"a\nb\r\n", "550 5.6.11", 5},
                                    {"a\rb\r\n", "550 5.6.11", 5},
                                    {"a\0b\r\n", "550 5.6.0", 5}};
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            std::string chunk(table[i].chunk, table[i].size);
            open();
            begin_mail();
            std::string said = talk(bdat(chunk, false) + bdat("more\r\n", false) +
                                    bdat("last\r\n", true) + "NOOP\r\n");
            CPPUNIT_ASSERT_EQUAL(std::string("550 503 503 250"), codes(said));
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].code),
                                 said.substr(0, strlen(table[i].code)));
        }
        CPPUNIT_ASSERT(capture.messages.empty());
        CPPUNIT_ASSERT_EQUAL(0, capture.alive);
    }

    void test_chunks_of_refused_transactions_are_swallowed()
    {
        open();
        CPPUNIT_ASSERT_EQUAL(
            std::string("250 250 550 554 554 250"),
            codes(talk("EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<nobody@condor>\r\n" +
                           bdat("QUIT\r\nQUIT\r\n", false) + bdat("QUIT\r\n", true) + "NOOP\r\n",
                       5)));
        CPPUNIT_ASSERT(!session->wants_close());
    }

    void test_sizes()
    {
        set(P_RECV_MESSAGE_SIZE, "65536");
        open();
        begin_mail();
        std::string half = std::string(998, 'x') + "\r\n", chunk;
        for (int i = 0; i < 40; ++i)
            chunk += half;
        CPPUNIT_ASSERT_EQUAL(std::string("250 552 503 250"),
                             codes(talk(bdat(chunk, false) + bdat(chunk, false) +
                                        bdat("x", true) + "NOOP\r\n")));
        line("MAIL FROM:<a@example.com>");
        line("RCPT TO:<smith@condor>");
        CPPUNIT_ASSERT_EQUAL(std::string("552"), codes(line("BDAT 200000 LAST")));
        CPPUNIT_ASSERT(session->wants_close()); /* nobody waits for so much */
        open();
        begin_mail();
        CPPUNIT_ASSERT_EQUAL(std::string("500"), codes(talk(bdat(std::string(1500, 'x'), true))));
    }

    void test_bad_bdat_closes()
    {
        static const char *const bad[] = {"BDAT x", "BDAT -1", "BDAT 5 FIRST", "BDAT 5 LAST 6",
                                          "BDAT 99999999999999999999", "BDAT LAST"};
        for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
            open();
            begin_mail();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad[i], std::string("501"), codes(line(bad[i])));
            CPPUNIT_ASSERT(session->wants_close());
        }
    }

    void test_trouble_of_the_sink_in_the_middle()
    {
        open();
        begin_mail();
        capture.write = Outcome::done();
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk(bdat("a\r\n", false))));
        capture.write = Outcome::reply(452, "4.3.1", "Insufficient system storage", "disk full");
        CPPUNIT_ASSERT_EQUAL(std::string("452 503"),
                             codes(talk(bdat("b\r\n", false) + bdat("c\r\n", true))));
        capture.write = Outcome::done();
        capture.begin = Outcome::reply(452, "4.3.1", "Insufficient system storage", "disk full");
        begin_mail();
        CPPUNIT_ASSERT_EQUAL(std::string("452 503 250"),
                             codes(talk(bdat("a\r\n", false) + bdat("", true) + "NOOP\r\n")));
        CPPUNIT_ASSERT_EQUAL(0, capture.alive);
    }

    void test_held_header_is_the_same_message()
    {
        static const char *const texts[] = {
            "Subject: x\r\n\r\nbody\r\n", "Subject: x\r\n folded\r\nTo: y\r\n\r\n", "body only\r\n",
            " begins with a blank\r\n\r\nmore\r\n", "\r\nempty header\r\n", "Subject: no body\r\n",
            "Subject: x\r\nnot a field\r\nmore\r\n\r\nrest\r\n"};
        static const size_t pieces[] = {1, 3, 1000000};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
            std::string plain;
            reject.reset(new RejectRules);
            open();
            begin_mail();
            CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk(bdat(texts[i], true))));
            plain = capture.messages.back().text;
            header_rule("X-Spam", "*");
            for (size_t k = 0; k < sizeof pieces / sizeof *pieces; ++k) {
                open();
                begin_mail();
                CPPUNIT_ASSERT_EQUAL(std::string("250"),
                                     codes(talk(bdat(texts[i], true), pieces[k])));
                CPPUNIT_ASSERT_EQUAL(plain, capture.messages.back().text);
            }
        }
    }

    void test_header_limit()
    {
        set(P_RECV_HEADER_SIZE, "16384");
        std::string header;
        for (int i = 0; i < 20; ++i)
            header += "X-Long: " + std::string(900, 'x') + "\r\n";
        open();
        begin_mail();
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk(bdat(header + "\r\nx\r\n", true))));
        header_rule("X-Spam", "*");
        open();
        begin_mail();
        CPPUNIT_ASSERT_EQUAL(std::string("552 5.3.4 Message header exceeds the limit of 16384 "
                                         "bytes.\r\n"),
                             talk(bdat(header + "\r\nx\r\n", true)));
    }

    void test_discarded_recipients()
    {
        boost::shared_ptr<RejectRules> rules(new RejectRules);
        rules->rules.resize(1);
        rules->rules[0].from = "*";
        rules->rules[0].ip = "*";
        rules->rules[0].to = "drop*";
        rules->rules[0].action = REJECT_DISCARD;
        reject = rules;
        open();
        begin_mail();
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("RCPT TO:<dropped@anywhere.example>")));
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk("x\r\n.\r\n")));
        CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages[0].recipients.size());
        line("MAIL FROM:<a@example.com>");
        line("RCPT TO:<drop@condor>");
        line("DATA");
        std::string said = talk("x\r\n.\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("250 2.0.0 Message "), said.substr(0, 18));
        CPPUNIT_ASSERT(said.find("_") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages.size());
        CPPUNIT_ASSERT_EQUAL(0, capture.alive);
    }

    void test_notifications_reach_the_sink()
    {
        open();
        line("EHLO x");
        line("MAIL FROM:<a@example.com> RET=HDRS ENVID=QQ+2B314159");
        line("RCPT TO:<smith@condor> NOTIFY=SUCCESS,delay ORCPT=rfc822;Bob+40Example.com");
        line("RCPT TO:<jones@condor>");
        line("DATA");
        talk("x\r\n.\r\n");
        const CapturedMessage &m = capture.messages[0];
        CPPUNIT_ASSERT_EQUAL(CONTROL_RETURN_HEADERS, m.envelope.returned);
        CPPUNIT_ASSERT_EQUAL(std::string("QQ+314159"), m.envelope.envelope_id);
        CPPUNIT_ASSERT_EQUAL(unsigned(CONTROL_NOTIFY_SUCCESS | CONTROL_NOTIFY_DELAY),
                             m.recipients[0].notify);
        CPPUNIT_ASSERT_EQUAL(std::string("rfc822;Bob@Example.com"), m.recipients[0].original);
        CPPUNIT_ASSERT_EQUAL(0u, m.recipients[1].notify);
    }

    void test_debug_shows_the_header()
    {
        for (int nosey = 0; nosey < 2; ++nosey) {
            set(P_SMTP_NOSEY, nosey ? "1" : "");
            if (!nosey)
                set(P_SMTP_NOSEY, "OFF");
            log.clear();
            log_set_level(LOG_DEBUG);
            open();
            begin_mail();
            line("DATA");
            talk("Subject: private\r\nTo: x@y\r\n\r\nbody\r\n.\r\n");
            CPPUNIT_ASSERT_EQUAL(nosey != 0, log.find("header name=Subject value=private") !=
                                                 std::string::npos);
            CPPUNIT_ASSERT_EQUAL(nosey == 0, log.find("SUBJECT:<omitted>") !=
                                                 std::string::npos);
            CPPUNIT_ASSERT(log.find("header name=To value=x@y") != std::string::npos);
            CPPUNIT_ASSERT(log.find("body") == std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpTextTest);
