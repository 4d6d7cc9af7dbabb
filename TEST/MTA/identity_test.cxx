/*
**  identity_test - which domains are ours (HP 18.3, 19.1.6.1)
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/identity.h"
#include "scratch_system.h"

using namespace mail;

class IdentityTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IdentityTest);
    CPPUNIT_TEST(test_host_and_domain_forms);
    CPPUNIT_TEST(test_is_local_table);
    CPPUNIT_TEST(test_substitute_domain_can_be_switched_off);
    CPPUNIT_TEST(test_aliases_only);
    CPPUNIT_TEST(test_alias_file_of_the_manual);
    CPPUNIT_TEST(test_alias_file_limits);
    CPPUNIT_TEST(test_address_of_a_mailbox);
    CPPUNIT_TEST(test_zone_and_postmaster);
    CPPUNIT_TEST(test_current_has_a_host);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_host_and_domain_forms()
    {
        struct Row {
            const char *host, *domain, *full, *part;
        };
        static const Row table[] = {
            {"condor", "hawk.eagle.org", "condor.hawk.eagle.org", "hawk.eagle.org"},
            {"CONDOR.HAWK.EAGLE.ORG", "", "condor.hawk.eagle.org", "hawk.eagle.org"},
            {"condor.a.b", "c.d", "condor.a.b", "c.d"},
            {"condor", "", "condor", ""},
            {"", "", "localhost", ""}};
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            Identity identity;
            identity.set_host(table[i].host, table[i].domain, "CONDOR");
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].full), identity.host());
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].part), identity.domain());
        }
    }

    void test_is_local_table()
    {
        Settings settings;
        settings.set(P_SUBSTITUTE_DOMAIN, "Eagle.org", ORIGIN_TEST, "", 0);
        settings.set(P_INET_HOSTADDR, "10.1.2.3,2001:db8::1", ORIGIN_TEST, "", 0);
        Identity identity;
        identity.set_host("condor.hawk.eagle.org", "", "NODEA");
        identity.apply(settings);
        identity.add_alias("x.y.com");
        struct Row {
            const char *domain;
            bool local;
        };
        static const Row table[] = {
            {"", true},           {"condor.hawk.eagle.org", true}, {"CONDOR.hawk.eagle.org.", true},
            {"nodea", true},      {"eagle.org", true},             {"X.Y.com", true},
            {"localhost", true},  {"[127.0.0.1]", true},           {"[10.1.2.3]", true},
            {"[IPv6:2001:db8::1]", true}, {"[10.1.2.4]", false},   {"hawk.eagle.org", false},
            {"a.x.y.com", false}, {"y.com", false},                {"[]", false},
            {"[", false},         {"nodeb", false},                {"condor", false},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].domain, table[i].local,
                                         identity.is_local(table[i].domain));
        CPPUNIT_ASSERT_EQUAL(std::string("eagle.org"), identity.mail_domain());
    }

    void test_substitute_domain_can_be_switched_off()
    {
        Settings settings;
        settings.set(P_SUBSTITUTE_DOMAIN, "eagle.org", ORIGIN_TEST, "", 0);
        settings.set(P_NO_SUBS_DOMAIN_INBOUND, "1", ORIGIN_TEST, "", 0);
        Identity identity;
        identity.set_host("condor.eagle.org", "", "CONDOR");
        identity.apply(settings);
        CPPUNIT_ASSERT(!identity.is_local("eagle.org"));
        CPPUNIT_ASSERT(identity.is_local("condor.eagle.org"));
    }

    void test_aliases_only()
    {
        Settings settings;
        settings.set(P_LOCAL_ALIAS_ONLY, "1", ORIGIN_TEST, "", 0);
        Identity identity;
        identity.set_host("condor.eagle.org", "", "NODEA");
        identity.apply(settings);
        identity.add_alias("x.y.com");
        CPPUNIT_ASSERT(identity.is_local("condor.eagle.org") && identity.is_local("x.y.com"));
        CPPUNIT_ASSERT(!identity.is_local("nodea") && !identity.is_local("localhost"));
    }

    void test_alias_file_of_the_manual()
    {
        Identity identity;
        identity.set_host("condor.eagle.org", "", "NODEA");
        CPPUNIT_ASSERT_EQUAL(size_t(0),
                             identity_parse_aliases("!\n! This is the local alias file.\n!\n"
                                                    "ourdomain.edu\n  ourdomain1.edu \r\n\n"
                                                    "ourdomain2.edu\nOurDomain3.edu",
                                                    &identity));
        CPPUNIT_ASSERT_EQUAL(size_t(4), identity.alias_count());
        CPPUNIT_ASSERT(identity.is_local("ourdomain1.edu") && identity.is_local("ourdomain3.EDU"));
    }

    void test_alias_file_limits()
    {
        Identity identity;
        std::string text;
        for (int i = 0; i < 260; ++i) {
            text += std::string(1, static_cast<char>('a' + i % 26)) +
                    static_cast<char>('a' + i / 26) + ".edu\n";
        }
        CPPUNIT_ASSERT_EQUAL(size_t(5), identity_parse_aliases(text, &identity));
        CPPUNIT_ASSERT_EQUAL(size_t(255), identity.alias_count());
        Identity other;
        CPPUNIT_ASSERT_EQUAL(size_t(2), identity_parse_aliases(std::string(65, 'a') + "\na b\n" +
                                                                   std::string(64, 'c') + "\n",
                                                               &other));
        CPPUNIT_ASSERT_EQUAL(size_t(1), other.alias_count());
    }

    void test_address_of_a_mailbox()
    {
        Identity identity;
        identity.set_host("condor.eagle.org", "", "NODEA");
        CPPUNIT_ASSERT(identity.is_local_address("smith"));
        CPPUNIT_ASSERT(identity.is_local_address("smith@condor.eagle.org"));
        CPPUNIT_ASSERT(!identity.is_local_address("\"a@condor.eagle.org\"@example.com"));
        CPPUNIT_ASSERT(identity.is_local_address("\"a\\\"@example.com\"@nodea"));
    }

    void test_zone_and_postmaster()
    {
        Settings settings;
        Identity identity;
        identity.set_host("condor.hawk.eagle.org", "", "NODEA");
        identity.apply(settings);
        CPPUNIT_ASSERT_EQUAL(std::string("hawk.eagle.org"), identity.zone());
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP@condor.hawk.eagle.org"),
                             identity.postmaster_address());
        settings.set(P_ZONE, "Eagle.org", ORIGIN_TEST, "", 0);
        settings.set(P_POSTMASTER_ALIAS, "Postmaster", ORIGIN_TEST, "", 0);
        identity.apply(settings);
        CPPUNIT_ASSERT_EQUAL(std::string("eagle.org"), identity.zone());
        CPPUNIT_ASSERT_EQUAL(std::string("POSTMASTER"), identity.postmaster());
    }

    void test_current_has_a_host()
    {
        scratch_system();
        IdentityPtr first = identity_current(), second = identity_current();
        CPPUNIT_ASSERT(!first->host().empty());
        CPPUNIT_ASSERT(first == second);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdentityTest);
