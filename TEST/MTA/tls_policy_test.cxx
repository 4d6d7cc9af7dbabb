/*
**  tls_policy_test - which level holds for a destination
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/tls_policy.h"

using namespace mail;

class TlsPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TlsPolicyTest);
    CPPUNIT_TEST(test_levels);
    CPPUNIT_TEST(test_bad_items_are_told);
    CPPUNIT_TEST(test_levels_that_are_used);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_levels()
    {
        Settings settings;
        CPPUNIT_ASSERT_EQUAL(TLS_MAY, tls_level_for(settings, "x.com", "mx.x.com"));
        CPPUNIT_ASSERT(settings.set(P_SEND_TLS, "OFF", ORIGIN_TEST, "", 0));
        CPPUNIT_ASSERT(settings.set(P_SEND_TLS_POLICY,
                                    "x.com=ENCRYPT, .x.com = may, mx.y.com=VERIFY, odd",
                                    ORIGIN_TEST, "", 0));
        struct {
            const char *domain, *host;
            TlsLevel level;
        } rows[] = {
            {"far.org", "mx.far.org", TLS_OFF},   {"X.COM", "mx.far.org", TLS_ENCRYPT},
            {"sub.x.com", "mx.far.org", TLS_MAY}, {"y.com", "MX.y.com", TLS_VERIFY},
            {"x.com", "mx.y.com", TLS_VERIFY},    {"x.com", "a.x.com", TLS_MAY},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(rows[i].domain, rows[i].level,
                                         tls_level_for(settings, rows[i].domain, rows[i].host));
    }

    void test_bad_items_are_told()
    {
        Settings settings;
        std::vector<std::string> problems;
        settings.set(P_SEND_TLS_POLICY, "a.com=MAY, b.com, =OFF, c.com=PERHAPS", ORIGIN_TEST, "",
                     0);
        tls_policy_problems(settings, &problems);
        CPPUNIT_ASSERT_EQUAL(size_t(3), problems.size());
        CPPUNIT_ASSERT_EQUAL(size_t(0), problems[0].find("b.com:"));
    }

    void test_levels_that_are_used()
    {
        Settings settings;
        CPPUNIT_ASSERT(tls_level_used(settings, TLS_MAY));
        CPPUNIT_ASSERT(!tls_level_used(settings, TLS_VERIFY));
        settings.set(P_SEND_TLS_POLICY, "a.com=ENCRYPT, b.com=verify", ORIGIN_TEST, "", 0);
        CPPUNIT_ASSERT(tls_level_used(settings, TLS_VERIFY));
        CPPUNIT_ASSERT(!tls_level_used(settings, TLS_OFF));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TlsPolicyTest);
