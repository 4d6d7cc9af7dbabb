/*
**  smtp_login_test - STARTTLS and AUTH as the session sees them: offers, exchanges, secrets, limits
*/
#include "CORE/encode.h"
#include "scratch_root.h"
#include "smtp_fixture.h"

using namespace mail;

class SmtpLoginTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(SmtpLoginTest);
    CPPUNIT_TEST(test_what_is_offered_where);
    CPPUNIT_TEST(test_starttls_forgets_what_was_said);
    CPPUNIT_TEST(test_what_follows_starttls_in_clear_is_not_read);
    CPPUNIT_TEST(test_plain_and_login);
    CPPUNIT_TEST(test_address_as_user_name);
    CPPUNIT_TEST(test_refusals_look_alike);
    CPPUNIT_TEST(test_attempts_end_the_connection);
    CPPUNIT_TEST(test_evasion_refuses_the_right_password);
    CPPUNIT_TEST(test_rough_exchanges);
    CPPUNIT_TEST(test_secrets_are_not_logged);
    CPPUNIT_TEST(test_trouble_is_temporary);
    CPPUNIT_TEST_SUITE_END();

    boost::scoped_ptr<ScratchRoot> root_;

    static std::string plain(const std::string &user, const std::string &password,
                             const std::string &authority = "")
    {
        return "AUTH PLAIN " + base64_encode(authority + '\0' + user + '\0' + password);
    }
    /* An encrypted session of a port with AUTH. */
    void open_secured(bool submission = false)
    {
        port.secured = port.login = true;
        port.submission = submission;
        open();
        line("EHLO x");
    }

public:
    void setUp()
    {
        SmtpFixture::setUp();
        root_.reset(new ScratchRoot);
        root_->add_user("SMITH", "sesame");
    }
    void tearDown()
    {
        shim_clear_faults();
        SmtpFixture::tearDown();
        root_.reset();
        scratch_system();
    }

    void test_what_is_offered_where()
    {
        struct Row {
            bool login, secured, can_secure;
            const char *tls, *auth; /* line of EHLO, or "" */
            const char *starttls_code, *auth_code;
        };
        static const Row table[] = {
            {false, false, false, "", "", "502", "502"},
            {false, false, true, "STARTTLS", "", "220", "502"},
            {false, true, false, "", "", "502", "502"},
            {true, false, false, "", "", "502", "502"},
            {true, false, true, "STARTTLS", "", "220", "538"},
            {true, true, false, "", "AUTH PLAIN LOGIN", "502", "334"},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            const Row &row = table[i];
            port.login = row.login;
            port.secured = row.secured;
            port.can_secure = row.can_secure;
            open();
            std::string said = line("EHLO x");
            CPPUNIT_ASSERT_EQUAL(row.tls[0] != 0, said.find("STARTTLS") != std::string::npos);
            CPPUNIT_ASSERT_EQUAL(row.auth[0] != 0, said.find("250-AUTH") != std::string::npos);
            CPPUNIT_ASSERT(said.find(row.auth) != std::string::npos);
            CPPUNIT_ASSERT_EQUAL(std::string(row.auth_code), codes(line("AUTH PLAIN")));
            if (session->state() == SMTP_LOGIN)
                line("*");
            CPPUNIT_ASSERT_EQUAL(std::string(row.starttls_code), codes(line("STARTTLS")));
        }
        set(P_AUTH_MECHANISMS, "LOGIN");
        open_secured();
        CPPUNIT_ASSERT(line("EHLO x").find("250-AUTH LOGIN\r\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("504"), codes(line("AUTH PLAIN")));
    }

    void test_starttls_forgets_what_was_said()
    {
        port.can_secure = port.login = true;
        open();
        CPPUNIT_ASSERT_EQUAL(std::string("503"), codes(line("STARTTLS")));
        begin_mail();
        CPPUNIT_ASSERT_EQUAL(std::string("503"), codes(line("STARTTLS")));
        line("RSET");
        CPPUNIT_ASSERT_EQUAL(std::string("501"), codes(line("STARTTLS now")));
        CPPUNIT_ASSERT(!session->wants_tls());
        CPPUNIT_ASSERT_EQUAL(std::string("220 2.0.0 Ready to start TLS.\r\n"), line("STARTTLS"));
        CPPUNIT_ASSERT(session->wants_tls());
        session->on_tls(true);
        CPPUNIT_ASSERT_EQUAL(std::string("503"), codes(line("MAIL FROM:<a@example.com>")));
        std::string said = line("EHLO x");
        CPPUNIT_ASSERT(said.find("STARTTLS") == std::string::npos);
        CPPUNIT_ASSERT(said.find("AUTH PLAIN LOGIN") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("502"), codes(line("STARTTLS")));
        begin_mail();
        line("DATA");
        talk("x\r\n.\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("ESMTPS"), capture.messages[0].envelope.protocol);
        port.can_secure = true;
        open();
        line("EHLO x");
        line("STARTTLS");
        session->on_tls(false);
        CPPUNIT_ASSERT(session->wants_close());
    }

    void test_what_follows_starttls_in_clear_is_not_read()
    {
        Output out;
        port.can_secure = true;
        open();
        line("EHLO x");
        std::string wire = "STARTTLS\r\nMAIL FROM:<evil@example.com>\r\n";
        size_t used = session->step(wire.data(), wire.size(), &out);
        CPPUNIT_ASSERT_EQUAL(std::string("220"), codes(out.text()));
        CPPUNIT_ASSERT_EQUAL(size_t(10), used); /* the rest is the engine's, which drops it */
    }

    void test_plain_and_login()
    {
        open_secured();
        CPPUNIT_ASSERT_EQUAL(std::string("235 2.7.0 Authentication succeeded.\r\n"),
                             line(plain("smith", "sesame")));
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH"), session->user());
        CPPUNIT_ASSERT_EQUAL(std::string("503"), codes(line(plain("smith", "sesame"))));
        open_secured();
        CPPUNIT_ASSERT_EQUAL(std::string("334 \r\n"), line("auth plain"));
        CPPUNIT_ASSERT_EQUAL(std::string("235"),
                             codes(line(plain("Smith", "sesame", "smith").substr(11))));
        set(P_SUBMISSION_FROM, "OFF");
        open_secured();
        CPPUNIT_ASSERT_EQUAL(std::string("334 VXNlcm5hbWU6\r\n"), line("AUTH LOGIN"));
        CPPUNIT_ASSERT_EQUAL(std::string("334 UGFzc3dvcmQ6\r\n"), line(base64_encode("smith")));
        CPPUNIT_ASSERT_EQUAL(std::string("235"), codes(line(base64_encode("sesame"))));
        begin_mail();
        line("DATA");
        talk("x\r\n.\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("ESMTPSA"), capture.messages[0].envelope.protocol);
    }

    void test_address_as_user_name()
    {
        open_secured();
        CPPUNIT_ASSERT_EQUAL(std::string("235"),
                             codes(line(plain("smith@condor.hawk.example", "sesame"))));
        open_secured();
        CPPUNIT_ASSERT_EQUAL(std::string("535"),
                             codes(line(plain("smith@elsewhere.example", "sesame"))));
    }

    void test_refusals_look_alike()
    {
        root_->add_user("NOLOGIN", "sesame", 16); /* DISACNT */
        std::string wrong;
        const std::string tries[] = {plain("smith", "wrong"), plain("nobody", "sesame"),
                                     plain("nologin", "sesame"), plain("smith", ""),
                                     plain("smith", "sesame", "jones")};
        for (size_t i = 0; i < sizeof tries / sizeof *tries; ++i) {
            open_secured();
            CPPUNIT_ASSERT_EQUAL(
                std::string("535 5.7.8 Authentication credentials invalid.\r\n"), line(tries[i]));
            CPPUNIT_ASSERT_EQUAL(std::string(), session->user());
        }
    }

    void test_attempts_end_the_connection()
    {
        open_secured();
        line(plain("smith", "one"));
        line(plain("smith", "two"));
        CPPUNIT_ASSERT(!session->wants_close());
        CPPUNIT_ASSERT_EQUAL(std::string("535"), codes(line(plain("smith", "three"))));
        CPPUNIT_ASSERT(session->wants_close());
        set(P_AUTH_ATTEMPTS, "1");
        open_secured();
        line("AUTH LOGIN");
        line(base64_encode("smith"));
        CPPUNIT_ASSERT_EQUAL(std::string("535"), codes(line(base64_encode("wrong"))));
        CPPUNIT_ASSERT(session->wants_close());
    }

    void test_evasion_refuses_the_right_password()
    {
        set(P_AUTH_ATTEMPTS, "100");
        log_to_operator(false);
        for (int i = 0; i < 12; ++i) {
            open_secured();
            line(plain("smith", "wrong"));
        }
        open_secured();
        CPPUNIT_ASSERT_EQUAL(std::string("535"), codes(line(plain("smith", "sesame"))));
        CPPUNIT_ASSERT(log.find("reason=intruder") != std::string::npos);
    }

    void test_rough_exchanges()
    {
        open_secured();
        CPPUNIT_ASSERT_EQUAL(std::string("501"), codes(line("AUTH")));
        CPPUNIT_ASSERT_EQUAL(std::string("504"), codes(line("AUTH CRAM-MD5")));
        CPPUNIT_ASSERT_EQUAL(std::string("501"), codes(line("AUTH PLAIN a b")));
        CPPUNIT_ASSERT_EQUAL(std::string("501"), codes(line("AUTH PLAIN !!!!")));
        CPPUNIT_ASSERT_EQUAL(SMTP_READY, session->state());
        line("AUTH LOGIN");
        CPPUNIT_ASSERT_EQUAL(std::string("501 5.0.0 AUTH cancelled.\r\n"), line("*"));
        CPPUNIT_ASSERT_EQUAL(SMTP_READY, session->state());
        line("AUTH LOGIN");
        CPPUNIT_ASSERT_EQUAL(std::string("501"), codes(line("MAIL FROM:<a@b>")));
        CPPUNIT_ASSERT_EQUAL(SMTP_READY, session->state());
        line("AUTH LOGIN");
        CPPUNIT_ASSERT_EQUAL(std::string("500"), codes(line(std::string(3000, 'A'))));
        CPPUNIT_ASSERT_EQUAL(SMTP_READY, session->state());
        begin_mail();
        CPPUNIT_ASSERT_EQUAL(std::string("503"), codes(line("AUTH LOGIN")));
    }

    void test_secrets_are_not_logged()
    {
        set(P_SMTP_RECV_TRACE, "1");
        set(P_SMTP_RECV_DEBUG, "1");
        set(P_AUTH_ATTEMPTS, "100");
        log_set_level(LOG_DEBUG);
        open_secured();
        std::string first = plain("smith", "wrong-one"), second = base64_encode("sesame");
        line(first);
        line(" " + first);
        line(first + " more");
        line("AUTH PLAIN");
        line(first.substr(11));
        line("AUTH LOGIN");
        line(base64_encode("smith"));
        line(second);
        CPPUNIT_ASSERT(log.find(first.substr(11)) == std::string::npos);
        CPPUNIT_ASSERT(log.find(second) == std::string::npos);
        CPPUNIT_ASSERT(log.find("wrong-one") == std::string::npos);
        CPPUNIT_ASSERT(log.find("receive text=***") != std::string::npos);
        CPPUNIT_ASSERT(log.find("login user=SMITH mechanism=LOGIN") != std::string::npos);
    }

    void test_trouble_is_temporary()
    {
        open_secured();
        shim_arm_fault("*", "sys$getuai", 1, 0, 36); /* SS$_NOPRIV */
        CPPUNIT_ASSERT_EQUAL(std::string("454"), codes(line(plain("smith", "sesame"))));
        CPPUNIT_ASSERT(!session->wants_close());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpLoginTest);
