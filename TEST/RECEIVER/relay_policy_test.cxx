/*
**  relay_policy_test - the table of spec 4.4
*/
#include <cppunit/extensions/HelperMacros.h>
#include "relay_policy.h"

using namespace mail;

class RelayPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RelayPolicyTest);
    CPPUNIT_TEST(test_table_of_the_manual);
    CPPUNIT_TEST(test_a_list_without_good_entries_is_a_list);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_table_of_the_manual()
    {
        struct Row {
            const char *relay, *good, *zones;
            ClientStanding client;
            const char *domain;
            RelayVerdict verdict;
        };
        static const Row table[] = {
            {"OFF", "", "", CLIENT_UNKNOWN, "x.com", RELAY_DISABLED},
            {"OFF", "1.1.1.1", "x.com", CLIENT_GOOD, "x.com", RELAY_DISABLED},
            {"ON", "", "", CLIENT_UNKNOWN, "x.com", RELAY_ALLOWED},
            {"ON", "", "y.com", CLIENT_UNKNOWN, "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "", CLIENT_GOOD, "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "", CLIENT_UNKNOWN, "x.com", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", CLIENT_UNKNOWN, "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "x.com", CLIENT_UNKNOWN, "VMShost.X.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "x.com", CLIENT_UNKNOWN, "notx.com", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", CLIENT_UNKNOWN, "x.com.evil", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", CLIENT_BAD, "y.com", RELAY_UNKNOWN_CLIENT},
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

    void test_a_list_without_good_entries_is_a_list()
    {
        Settings settings;
        settings.set(P_RELAY, "ON", ORIGIN_TEST, "", 0);
        settings.set_empty_list(P_GOOD_CLIENTS, ORIGIN_TEST, "");
        CPPUNIT_ASSERT_EQUAL(RELAY_UNKNOWN_CLIENT,
                             RelayPolicy(settings).decide(CLIENT_UNKNOWN, "x.com"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RelayPolicyTest);
