/*
**  smtp_greeting_test - STARTTLS and AUTH as a scripted server answers them
*/
#include "symbiont_fixture.h"

using namespace mail;

class SmtpGreetingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpGreetingTest);
    CPPUNIT_TEST(test_tls_that_is_not_offered);
    CPPUNIT_TEST(test_tls_that_is_refused);
    CPPUNIT_TEST(test_tls_that_fails_is_tried_in_clear);
    CPPUNIT_TEST(test_bytes_before_tls_are_not_believed);
    CPPUNIT_TEST(test_logins);
    CPPUNIT_TEST(test_refused_login_waits);
    CPPUNIT_TEST(test_login_that_is_not_offered);
    CPPUNIT_TEST(test_secret_is_not_in_the_log);
    CPPUNIT_TEST_SUITE_END();

    boost::shared_ptr<Settings> settings_;
    NeverStop never_;
    ClientSecurity security_;

    Outcome greet(Server &server)
    {
        SmtpClient client(settings_, "us.test");
        client.set_security(security_);
        Outcome outcome = client.connect(server.address(), "them.test", never_);
        client.quit();
        server.join();
        return outcome;
    }
    void wants(LoginMechanism mechanism)
    {
        security_.has_login = true;
        security_.login.mechanism = mechanism;
        security_.login.user = "tim";
        security_.login.secret = Secret("secret");
    }

public:
    void setUp()
    {
        settings_.reset(new Settings);
        security_ = ClientSecurity();
    }

    void test_tls_that_is_not_offered()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 DSN", "L", 0};
        {
            Server server(script);
            security_.level = TLS_MAY;
            CPPUNIT_ASSERT(greet(server).is_done());
        }
        Server server(script);
        security_.level = TLS_ENCRYPT;
        Outcome outcome = greet(server);
        CPPUNIT_ASSERT(outcome.is_later());
        CPPUNIT_ASSERT_EQUAL(std::string("4.7.4"), outcome.status());
    }

    void test_tls_that_is_refused()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 STARTTLS", "L",
                                             "R 454 not now", "L", 0};
        {
            Server server(script);
            security_.level = TLS_MAY;
            CPPUNIT_ASSERT(greet(server).is_done());
        }
        Server server(script);
        security_.level = TLS_VERIFY;
        CPPUNIT_ASSERT_EQUAL(std::string("4.7.4"), greet(server).status());
    }

    void test_tls_that_fails_is_tried_in_clear()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 STARTTLS", "L",
                                             "R 220 go", "C", 0};
        static const char *const clear[] = {"R 220 hi", "L", "R 250-them\r\n250 STARTTLS", "L", 0};
        {
            Server server(script, clear);
            security_.level = TLS_MAY;
            CPPUNIT_ASSERT(greet(server).is_done());
            CPPUNIT_ASSERT(server.heard.find("STARTTLS\r\nEHLO us.test\r\nQUIT") !=
                           std::string::npos);
        }
        Server server(script);
        security_.level = TLS_ENCRYPT;
        CPPUNIT_ASSERT_EQUAL(std::string("4.7.5"), greet(server).status());
    }

    void test_bytes_before_tls_are_not_believed()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 STARTTLS", "L",
                                             "R 220 go\r\n250 AUTH PLAIN", "L", 0};
        Server server(script);
        security_.level = TLS_MAY;
        CPPUNIT_ASSERT_EQUAL(std::string("4.7.5"), greet(server).status());
    }

    void test_logins()
    {
        struct {
            LoginMechanism mechanism;
            const char *const script[12];
            const char *heard;
        } rows[] = {
            {LOGIN_ANY,
             {"R 220 hi", "L", "R 250-them\r\n250 AUTH LOGIN PLAIN", "L", "R 235 2.7.0 ok", "L", 0},
             "AUTH PLAIN AHRpbQBzZWNyZXQ=\r\n"},
            {LOGIN_LOGIN,
             {"R 220 hi", "L", "R 250-them\r\n250 AUTH LOGIN PLAIN", "L", "R 334 VXNlcm5hbWU6", "L",
              "R 334 UGFzc3dvcmQ6", "L", "R 235 ok", "L", 0},
             "AUTH LOGIN\r\ndGlt\r\nc2VjcmV0\r\n"},
            {LOGIN_XOAUTH2,
             {"R 220 hi", "L", "R 250-them\r\n250 AUTH XOAUTH2", "L", "R 235 ok", "L", 0},
             "AUTH XOAUTH2 dXNlcj10aW0BYXV0aD1CZWFyZXIgc2VjcmV0AQE=\r\n"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            Server server(rows[i].script);
            wants(rows[i].mechanism);
            CPPUNIT_ASSERT(greet(server).is_done());
            CPPUNIT_ASSERT_MESSAGE(server.heard,
                                   server.heard.find(rows[i].heard) != std::string::npos);
        }
    }

    void test_refused_login_waits()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 AUTH XOAUTH2", "L",
                                             "R 334 eyJzdGF0dXMiOiI0MDEifQ==", "L",
                                             "R 535 5.7.8 expired", "L", 0};
        Server server(script);
        wants(LOGIN_XOAUTH2);
        Outcome outcome = greet(server);
        CPPUNIT_ASSERT(outcome.is_later());
        CPPUNIT_ASSERT_EQUAL(std::string("4.7.8"), outcome.status());
        CPPUNIT_ASSERT(outcome.log_text().find("expired") != std::string::npos);
    }

    void test_login_that_is_not_offered()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 AUTH CRAM-MD5", 0};
        Server server(script);
        wants(LOGIN_ANY);
        CPPUNIT_ASSERT_EQUAL(std::string("4.7.0"), greet(server).status());
    }

    void test_secret_is_not_in_the_log()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 AUTH PLAIN", "L",
                                             "R 235 ok", "L", 0};
        std::string log;
        log_capture(&log);
        settings_->set(P_SMTP_SYMB_TRACE, "1", ORIGIN_TEST, "", 0);
        Server server(script);
        wants(LOGIN_PLAIN);
        greet(server);
        log_capture(0);
        CPPUNIT_ASSERT(log.find("AUTH PLAIN ***") != std::string::npos);
        CPPUNIT_ASSERT(log.find("AHRpbQ") == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpGreetingTest);
