/*
**  submission_test - whose address is it; what a user's port asks for
*/
#include "submission.h"
#include "smtp_fixture.h"

using namespace mail;

class SubmissionTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(SubmissionTest);
    CPPUNIT_TEST(test_owners);
    CPPUNIT_TEST(test_senders);
    CPPUNIT_TEST(test_headers);
    CPPUNIT_TEST(test_port_asks_for_tls_then_for_a_user);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_owners()
    {
        struct Row {
            const char *user, *local, *domain;
            bool his;
        };
        static const Row table[] = {
            {"SMITH", "smith", "condor.hawk.example", true},
            {"SMITH", "Smith", "CONDOR", true},
            {"SMITH", "fred", "condor.hawk.example", true}, /* forwarded to him */
            {"FRED", "fred", "condor.hawk.example", true},
            {"JONES", "fred", "condor.hawk.example", false},
            {"SMITH", "jones", "condor.hawk.example", false},
            {"SMITH", "smith", "elsewhere.example", false},
            {"SMITH", "nobody", "condor.hawk.example", false},
            {"SYSTEM", "postmaster", "condor.hawk.example", true},
            {"SMITH", "postmaster", "condor.hawk.example", false},
            {"SMITH", "busy", "condor.hawk.example", false},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].local, table[i].his,
                                         submission_owns(table[i].user, table[i].local,
                                                         table[i].domain, identity()));
    }

    void test_senders()
    {
        Settings settings;
        SmtpPath path;
        CPPUNIT_ASSERT(submission_may_send_as("SMITH", path, settings, identity())); /* <> */
        CPPUNIT_ASSERT(smtp_mailbox_parse("jones@condor.hawk.example", &path));
        CPPUNIT_ASSERT(!submission_may_send_as("SMITH", path, settings, identity()));
        CPPUNIT_ASSERT(submission_may_send_as("JONES", path, settings, identity()));
        settings.set(P_SUBMISSION_FROM, "OFF", ORIGIN_TEST, "", 0);
        CPPUNIT_ASSERT(submission_may_send_as("SMITH", path, settings, identity()));
    }

    void test_headers()
    {
        struct Row {
            const char *header;
            bool good;
        };
        static const Row table[] = {
            {"From: Smith <smith@condor.hawk.example>\r\n", true},
            {"From: smith@condor.hawk.example, fred@condor.hawk.example\r\n", true},
            {"From: smith@condor.hawk.example, jones@condor.hawk.example\r\n", false},
            {"From: jones@condor.hawk.example\r\n", false},
            {"From: smith@condor.hawk.example\r\nFrom: jones@condor.hawk.example\r\n", false},
            {"From: smith@condor.hawk.example\r\nSender: jones@condor.hawk.example\r\n", false},
            {"From: \"smith@condor.hawk.example\" <x@elsewhere.example>\r\n", false},
            {"From: nonsense (\r\n", false},
            {"Subject: no From\r\n", true},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            Settings settings;
            HeaderBlock header(1000);
            std::string text = std::string(table[i].header) + "\r\n", address;
            header.feed(text.data(), text.size());
            CPPUNIT_ASSERT(submission_header_is_good("SMITH", header, settings, identity(),
                                                     &address));
            settings.set(P_SUBMISSION_FROM, "HEADER", ORIGIN_TEST, "", 0);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].header, table[i].good,
                                         submission_header_is_good("SMITH", header, settings,
                                                                   identity(), &address));
            CPPUNIT_ASSERT_EQUAL(table[i].good, address.empty());
        }
    }

    void test_port_asks_for_tls_then_for_a_user()
    {
        port.submission = port.login = port.can_secure = true;
        open();
        line("EHLO x");
        CPPUNIT_ASSERT_EQUAL(std::string("530 5.7.0 Must issue a STARTTLS command first.\r\n"),
                             line("MAIL FROM:<smith@condor.hawk.example>"));
        line("STARTTLS");
        CPPUNIT_ASSERT(session->wants_tls());
        session->on_tls(true);
        line("EHLO x");
        static const char *const commands[] = {"MAIL FROM:<smith@condor.hawk.example>",
                                               "VRFY smith", "EXPN staff"};
        for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("530 5.7.0 Authentication required.\r\n"),
                                 line(commands[i]));
        static const char *const free[] = {"NOOP", "RSET", "HELP", "EHLO y"};
        for (size_t i = 0; i < sizeof free / sizeof *free; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("2"), line(free[i]).substr(0, 1));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SubmissionTest);
