/*
**  relay_policy_test - the table of spec 4.4 and the worked example of HP 18.6
*/
#include <cppunit/extensions/HelperMacros.h>
#include "relay_policy.h"

using namespace mail;

class RelayPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RelayPolicyTest);
    CPPUNIT_TEST(test_table_of_the_manual);
    CPPUNIT_TEST(test_worked_example);
    CPPUNIT_TEST(test_mapped_address_is_the_ipv4_one);
    CPPUNIT_TEST(test_strange_entries_do_not_open_the_door);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_table_of_the_manual()
    {
        struct Row {
            const char *relay, *good, *zones, *client, *domain;
            RelayVerdict verdict;
        };
        static const Row table[] = {
            {"OFF", "", "", "1.1.1.1", "x.com", RELAY_DISABLED},
            {"OFF", "1.1.1.1", "x.com", "1.1.1.1", "x.com", RELAY_DISABLED},
            {"ON", "", "", "1.1.1.1", "x.com", RELAY_ALLOWED},
            {"ON", "", "y.com", "1.1.1.1", "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "", "1.1.1.1", "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "", "1.1.1.2", "x.com", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", "1.1.1.2", "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "x.com", "1.1.1.2", "VMShost.X.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "x.com", "1.1.1.2", "notx.com", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", "1.1.1.2", "x.com.evil", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", "rubbish", "y.com", RELAY_UNKNOWN_CLIENT},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            Settings settings;
            settings.set(P_RELAY, table[i].relay, ORIGIN_TEST, "", 0);
            settings.set(P_GOOD_CLIENTS, table[i].good, ORIGIN_TEST, "", 0);
            settings.set(P_RELAY_ZONES, table[i].zones, ORIGIN_TEST, "", 0);
            CPPUNIT_ASSERT_EQUAL(table[i].verdict,
                                 RelayPolicy(settings).decide(table[i].client, table[i].domain));
        }
    }

    void test_worked_example()
    {
        Settings settings;
        settings.set(P_RELAY, "ON", ORIGIN_TEST, "", 0);
        settings.set(P_GOOD_CLIENTS, "1.2.0.0/16, 2.3.0.0/16, relay.abc.com", ORIGIN_TEST, "", 0);
        settings.set(P_RELAY_ZONES, "def.com, abc.com, company.com", ORIGIN_TEST, "", 0);
        RelayPolicy policy(settings);
        CPPUNIT_ASSERT_EQUAL(RELAY_UNKNOWN_CLIENT, policy.decide("2.2.3.5", "someplace.else.com"));
        CPPUNIT_ASSERT_EQUAL(RELAY_ALLOWED, policy.decide("2.3.3.5", "someplace.else.com"));
        CPPUNIT_ASSERT_EQUAL(RELAY_ALLOWED, policy.decide("2.2.3.5", "company.com"));
        CPPUNIT_ASSERT_EQUAL(size_t(1), policy.strange_entries().size());
    }

    void test_mapped_address_is_the_ipv4_one()
    {
        Settings settings;
        settings.set(P_GOOD_CLIENTS, "10.0.0.0/8,2001:db8::/32", ORIGIN_TEST, "", 0);
        RelayPolicy policy(settings);
        CPPUNIT_ASSERT(policy.is_good_client("::ffff:10.1.2.3"));
        CPPUNIT_ASSERT(policy.is_good_client("2001:db8::1"));
        CPPUNIT_ASSERT(!policy.is_good_client("2001:db9::1"));
    }

    void test_strange_entries_do_not_open_the_door()
    {
        Settings settings;
        settings.set(P_RELAY, "ON", ORIGIN_TEST, "", 0);
        settings.set(P_GOOD_CLIENTS, "relay.abc.com", ORIGIN_TEST, "", 0);
        CPPUNIT_ASSERT_EQUAL(RELAY_UNKNOWN_CLIENT,
                             RelayPolicy(settings).decide("1.1.1.1", "x.com"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RelayPolicyTest);
