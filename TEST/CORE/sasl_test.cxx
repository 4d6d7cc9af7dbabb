/*
**  sasl_test - PLAIN and LOGIN as clients send them, and what is none of either
*/
#include <cppunit/extensions/HelperMacros.h>
#include "CORE/encode.h"
#include "CORE/sasl.h"

using namespace mail;

class SaslTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SaslTest);
    CPPUNIT_TEST(test_names);
    CPPUNIT_TEST(test_plain);
    CPPUNIT_TEST(test_login);
    CPPUNIT_TEST(test_cancel);
    CPPUNIT_TEST(test_what_is_refused);
    CPPUNIT_TEST_SUITE_END();

    static std::string plain(const std::string &authority, const std::string &user,
                             const std::string &password)
    {
        return base64_encode(authority + '\0' + user + '\0' + password);
    }

public:
    void test_names()
    {
        CPPUNIT_ASSERT_EQUAL(SASL_PLAIN, sasl_find("plain"));
        CPPUNIT_ASSERT_EQUAL(SASL_LOGIN, sasl_find("LOGIN"));
        CPPUNIT_ASSERT_EQUAL(SASL_UNKNOWN, sasl_find("CRAM-MD5"));
        CPPUNIT_ASSERT_EQUAL(SASL_UNKNOWN, sasl_find("?x"));
        CPPUNIT_ASSERT_EQUAL(std::string("PLAIN"), std::string(sasl_name(SASL_PLAIN)));
    }

    void test_plain()
    {
        SaslServer at_once(SASL_PLAIN), later(SASL_PLAIN);
        /* RFC 4616 4 */
        CPPUNIT_ASSERT_EQUAL(SaslServer::DONE,
                             at_once.initial(plain("", "tim", "tanstaaftanstaaf")));
        CPPUNIT_ASSERT_EQUAL(std::string("tim"), at_once.user());
        CPPUNIT_ASSERT_EQUAL(std::string("tanstaaftanstaaf"), at_once.password());
        CPPUNIT_ASSERT_EQUAL(std::string(), at_once.authority());
        CPPUNIT_ASSERT_EQUAL(SaslServer::MORE, later.state());
        CPPUNIT_ASSERT_EQUAL(std::string(), later.challenge());
        CPPUNIT_ASSERT_EQUAL(SaslServer::DONE, later.feed(plain("Ursel", "Kurt", "xipj3plmq")));
        CPPUNIT_ASSERT_EQUAL(std::string("Ursel"), later.authority());
    }

    void test_login()
    {
        SaslServer login(SASL_LOGIN), short_cut(SASL_LOGIN);
        CPPUNIT_ASSERT_EQUAL(std::string("VXNlcm5hbWU6"), login.challenge());
        CPPUNIT_ASSERT_EQUAL(SaslServer::MORE, login.feed(base64_encode("smith")));
        CPPUNIT_ASSERT_EQUAL(std::string("UGFzc3dvcmQ6"), login.challenge());
        CPPUNIT_ASSERT_EQUAL(SaslServer::DONE, login.feed(base64_encode("sesame")));
        CPPUNIT_ASSERT_EQUAL(std::string("smith"), login.user());
        CPPUNIT_ASSERT_EQUAL(std::string("sesame"), login.password());
        CPPUNIT_ASSERT_EQUAL(SaslServer::MORE, short_cut.initial(base64_encode("smith")));
        CPPUNIT_ASSERT_EQUAL(SaslServer::DONE, short_cut.feed(""));
        CPPUNIT_ASSERT_EQUAL(std::string(), short_cut.password());
    }

    void test_cancel()
    {
        SaslServer plain_server(SASL_PLAIN), login(SASL_LOGIN);
        CPPUNIT_ASSERT_EQUAL(SaslServer::CANCELLED, plain_server.feed("*"));
        login.feed(base64_encode("smith"));
        CPPUNIT_ASSERT_EQUAL(SaslServer::CANCELLED, login.feed("*"));
    }

    void test_what_is_refused()
    {
        const std::string bad[] = {"", "=", "!!!!", "AAA", plain("", "", "secret"),
                                   base64_encode("no separators"),
                                   base64_encode(std::string("\0one", 4)),
                                   plain("", "user", std::string("a\0b", 3)),
                                   plain("", std::string(256, 'u'), "secret"),
                                   plain("", "user", std::string(256, 'p'))};
        for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
            SaslServer server(SASL_PLAIN);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad[i], SaslServer::BAD, server.initial(bad[i]));
        }
        SaslServer longest(SASL_PLAIN), empty_user(SASL_LOGIN), nul(SASL_LOGIN);
        CPPUNIT_ASSERT_EQUAL(SaslServer::DONE,
                             longest.initial(plain(std::string(255, 'a'), std::string(255, 'u'),
                                                   std::string(255, 'p'))));
        CPPUNIT_ASSERT_EQUAL(SaslServer::BAD, empty_user.feed(""));
        CPPUNIT_ASSERT_EQUAL(SaslServer::BAD, nul.feed(base64_encode(std::string("a\0b", 3))));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SaslTest);
