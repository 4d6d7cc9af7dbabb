/*
**  smtp_commands_test - every command in every state, its arguments and its replies
*/
#include "smtp_fixture.h"

using namespace mail;

class SmtpCommandsTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(SmtpCommandsTest);
    CPPUNIT_TEST(test_ehlo_lists_the_keywords);
    CPPUNIT_TEST(test_single_commands);
    CPPUNIT_TEST(test_order_of_commands);
    CPPUNIT_TEST(test_local_recipients);
    CPPUNIT_TEST(test_addresses_of_other_transports_are_no_users);
    CPPUNIT_TEST(test_relay_is_refused_with_the_documented_text);
    CPPUNIT_TEST(test_third_relay_attempt_closes);
    CPPUNIT_TEST(test_good_client_may_relay);
    CPPUNIT_TEST(test_recipient_limit);
    CPPUNIT_TEST(test_vrfy_expn_help);
    CPPUNIT_TEST(test_unqualified_sender);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_ehlo_lists_the_keywords()
    {
        open();
        CPPUNIT_ASSERT_EQUAL(std::string("250-condor.hawk.example Hello, client.example\r\n"
                                         "250-ENHANCEDSTATUSCODES\r\n"
                                         "250-PIPELINING\r\n"
                                         "250-SIZE 52428800\r\n"
                                         "250-CHUNKING\r\n"
                                         "250-DSN\r\n"
                                         "250 HELP\r\n"),
                             line("EHLO client.example"));
        CPPUNIT_ASSERT_EQUAL(std::string("250 condor.hawk.example Hello, client.example\r\n"),
                             line("HELO client.example"));
    }

    void test_single_commands()
    {
        struct Row {
            const char *command, *codes;
        };
        static const Row table[] = {
            {"HELO", "501"},
            {"EHLO", "501"},
            {"EHLO bad (name)", "501"},
            {"EHLO a<b>", "501"},
            {"ehlo [10.1.2.3]", "250"},
            {"EHLO under_score", "250"},
            {"NOOP", "250"},
            {"NOOP with argument", "250"},
            {"RSET", "250"},
            {"RSET now", "501"},
            {"HELP", "214"},
            {"STARTTLS", "502"},
            {"AUTH PLAIN", "502"},
            {"TURN", "502"},
            {"SOML FROM:<a@example.com>", "502"},
            {"", "500"},
            {"   ", "500"},
            {"XYZZY", "500"},
            {"NOOPS", "500"},
            {"MAIL", "501"},
            {"MAIL a@example.com", "501"},
            {"QUIT", "221"},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            open();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].command, std::string(table[i].codes),
                                         codes(line(table[i].command)));
        }
    }

    void test_order_of_commands()
    {
        struct Row {
            const char *commands, *codes;
        };
        static const Row table[] = {
            {"MAIL FROM:<a@example.com>\r\n", "503"},
            {"RCPT TO:<smith@condor.hawk.example>\r\n", "503"},
            {"DATA\r\n", "503"},
            {"HELO x\r\nRCPT TO:<smith@condor.hawk.example>\r\n", "250 503"},
            {"HELO x\r\nDATA\r\n", "250 503"},
            {"HELO x\r\nMAIL FROM:<a@example.com>\r\nMAIL FROM:<b@example.com>\r\n", "250 250 503"},
            {"HELO x\r\nMAIL FROM:<a@example.com>\r\nDATA\r\n", "250 250 554"},
            {"HELO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<nobody@condor>\r\nDATA\r\n",
             "250 250 550 554"},
            {"HELO x\r\nMAIL FROM:<a@example.com> SIZE=1\r\n", "250 555"},
            {"EHLO x\r\nMAIL FROM:<a@example.com> SIZE=1\r\n", "250 250"},
            {"EHLO x\r\nMAIL FROM:<a@example.com> BODY=8BITMIME\r\n", "250 555"},
            {"EHLO x\r\nMAIL FROM:<a@example.com> FOO=1\r\n", "250 555"},
            {"EHLO x\r\nMAIL FROM:<a@example.com> SIZE=1 SIZE=2\r\n", "250 501"},
            {"EHLO x\r\nMAIL FROM: <a@example.com>\r\n", "250 250"},
            {"EHLO x\r\nMAIL FROM:a@example.com\r\n", "250 501"},
            {"EHLO x\r\nMAIL FROM:<a@exa mple.com>\r\n", "250 501"},
            {"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<>\r\n", "250 250 501"},
            {"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<smith@condor> FOO=NEVER\r\n",
             "250 250 555"},
            {"HELO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<smith@condor> NOTIFY=NEVER\r\n",
             "250 250 555"},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            open();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].commands, std::string(table[i].codes),
                                         codes(talk(table[i].commands)));
        }
    }

    void test_local_recipients()
    {
        struct Row {
            const char *recipient, *code;
        };
        static const Row table[] = {
            {"smith@condor.hawk.example", "250"},
            {"SMITH@CONDOR.HAWK.EXAMPLE", "250"},
            {"smith@condor", "250"},
            {"smith", "250"},
            {"smith@[127.0.0.1]", "250"},
            {"fred@condor", "250"},
            {"a.b@condor", "250"},
            {"Postmaster", "250"},
            {"postmaster@condor.hawk.example", "250"},
            {"tcpip$smtp@condor.hawk.example", "250"},
            {"@relay.example:smith@condor", "250"},
            {"nobody@condor", "550"},
            {"nomail@condor", "550"},
            {"busy@condor", "451"},
            {"smith@[10.9.9.9]", "550"},
        };
        open();
        line("EHLO x");
        line("MAIL FROM:<a@example.com>");
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                table[i].recipient, std::string(table[i].code),
                codes(line("RCPT TO:<" + std::string(table[i].recipient) + ">")));
    }

    void test_addresses_of_other_transports_are_no_users()
    {
        static const char *const recipients[] = {
            "victim%example.com@condor", "example.com!victim@condor",
            "\"smtp%victim\"@condor",    "\"node::victim\"@condor",
            "\"@list.dis\"@condor",      "\"victim@example.com\"@condor",
            "\"smith,jones\"@condor",    "\"SMTP%\\\"a@b.example\\\"\"@condor"};
        set(P_RECV_ERRORS, "1000");
        open();
        line("EHLO x");
        line("MAIL FROM:<a@example.com>");
        for (size_t i = 0; i < sizeof recipients / sizeof *recipients; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                recipients[i], std::string("550"),
                codes(line("RCPT TO:<" + std::string(recipients[i]) + ">")));
    }

    void test_relay_is_refused_with_the_documented_text()
    {
        open();
        line("EHLO x");
        line("MAIL FROM:<a@example.com>");
        CPPUNIT_ASSERT_EQUAL(std::string("550 5.7.1 User not local, Relay disabled.\r\n"),
                             line("RCPT TO:<jones@someplace.else.com>"));
        CPPUNIT_ASSERT_EQUAL(std::string("554"), codes(line("DATA")));
    }

    void test_third_relay_attempt_closes()
    {
        open();
        line("EHLO x");
        line("MAIL FROM:<a@example.com>");
        line("RCPT TO:<a@one.example>");
        line("RCPT TO:<b@two.example>");
        CPPUNIT_ASSERT(!session->wants_close());
        CPPUNIT_ASSERT_EQUAL(std::string("550"), codes(line("RCPT TO:<c@three.example>")));
        CPPUNIT_ASSERT(session->wants_close());
        CPPUNIT_ASSERT(log.find("event=SPAM-Relay") != std::string::npos);
    }

    void test_good_client_may_relay()
    {
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "1.2.0.0/16, 2.3.0.0/16");
        set(P_RELAY_ZONES, "def.com");
        open("1.2.3.4");
        line("EHLO x");
        line("MAIL FROM:<a@example.com>");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("RCPT TO:<jones@someplace.else.com>")));
        open("2.2.3.5");
        line("EHLO x");
        line("MAIL FROM:<a@example.com>");
        CPPUNIT_ASSERT_EQUAL(std::string("550"), codes(line("RCPT TO:<jones@someplace.else.com>")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("RCPT TO:<jones@host.def.com>")));
    }

    void test_recipient_limit()
    {
        set(P_RECV_RECIPIENTS, "100");
        set(P_RELAY, "ON");
        open();
        line("EHLO x");
        line("MAIL FROM:<a@example.com>");
        for (int i = 0; i < 100; ++i) {
            std::string user(1, static_cast<char>('a' + i % 26));
            CPPUNIT_ASSERT_EQUAL(std::string("250"),
                                 codes(line("RCPT TO:<" + user + static_cast<char>('a' + i / 26) +
                                            "@example.org>")));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("452"), codes(line("RCPT TO:<x@example.org>")));
        CPPUNIT_ASSERT_EQUAL(std::string("354"), codes(line("DATA")));
        talk("x\r\n.\r\n");
        CPPUNIT_ASSERT_EQUAL(size_t(100), capture.messages[0].recipients.size());
    }

    void test_vrfy_expn_help()
    {
        open();
        CPPUNIT_ASSERT_EQUAL(std::string("250 2.1.5 <smith@condor.hawk.example>\r\n"),
                             line("VRFY smith"));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("VRFY <smith@condor>")));
        CPPUNIT_ASSERT_EQUAL(std::string("550"), codes(line("VRFY nobody")));
        CPPUNIT_ASSERT_EQUAL(std::string("252"), codes(line("VRFY a@elsewhere.example")));
        CPPUNIT_ASSERT_EQUAL(std::string("501"), codes(line("VRFY")));
        CPPUNIT_ASSERT_EQUAL(std::string("501"), codes(line("VRFY smith jones")));
        CPPUNIT_ASSERT_EQUAL(std::string("550"), codes(line("EXPN staff")));
        std::string help = line("HELP");
        static const char *const verbs[] = {"HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET",
                                            "NOOP", "VRFY", "EXPN", "HELP", "QUIT", "BDAT"};
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; ++i)
            CPPUNIT_ASSERT_MESSAGE(verbs[i], help.find(verbs[i]) != std::string::npos);
        CPPUNIT_ASSERT(line("HELP MAIL").find("MAIL FROM:") != std::string::npos);
    }

    void test_unqualified_sender()
    {
        open();
        line("EHLO x");
        CPPUNIT_ASSERT_EQUAL(std::string("553"), codes(line("MAIL FROM:<smith>")));
        set(P_ACCEPT_UNQUALIFIED_SENDERS, "TRUE");
        open();
        line("EHLO x");
        CPPUNIT_ASSERT_EQUAL(std::string("250 2.1.0 Sender <smith@condor.hawk.example> OK\r\n"),
                             line("MAIL FROM:<smith>"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpCommandsTest);
