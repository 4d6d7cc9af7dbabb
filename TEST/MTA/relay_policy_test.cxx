/*
**  relay_policy_test - the table of spec 4.4
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/relay_policy.h"

using namespace mail;

class RelayPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RelayPolicyTest);
    CPPUNIT_TEST(test_table_of_the_manual);
    CPPUNIT_TEST(test_a_list_without_good_entries_is_a_list);
    CPPUNIT_TEST(test_in_words);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_table_of_the_manual()
    {
        struct Row {
            const char *relay, *good, *zones;
            bool is_good;
            const char *domain;
            RelayVerdict verdict;
        };
        static const Row table[] = {
            {"OFF", "", "", false, "x.com", RELAY_DISABLED},
            {"OFF", "1.1.1.1", "x.com", true, "x.com", RELAY_DISABLED},
            {"ON", "", "", false, "x.com", RELAY_ALLOWED},
            {"ON", "", "y.com", false, "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "", true, "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "", false, "x.com", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", false, "x.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "x.com", false, "VMShost.X.com", RELAY_ALLOWED},
            {"ON", "1.1.1.1", "x.com", false, "notx.com", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", false, "x.com.evil", RELAY_UNKNOWN_CLIENT},
            {"ON", "1.1.1.1", "x.com", false, "y.com", RELAY_UNKNOWN_CLIENT},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            Settings settings;
            settings.set(P_RELAY, table[i].relay, ORIGIN_TEST, "", 0);
            settings.set(P_GOOD_CLIENTS, table[i].good, ORIGIN_TEST, "", 0);
            settings.set(P_RELAY_ZONES, table[i].zones, ORIGIN_TEST, "", 0);
            CPPUNIT_ASSERT_EQUAL(table[i].verdict,
                                 RelayPolicy(settings).decide(table[i].is_good, table[i].domain));
        }
    }

    void test_a_list_without_good_entries_is_a_list()
    {
        Settings settings;
        settings.set(P_RELAY, "ON", ORIGIN_TEST, "", 0);
        settings.set_empty_list(P_GOOD_CLIENTS, ORIGIN_TEST, "");
        CPPUNIT_ASSERT_EQUAL(RELAY_UNKNOWN_CLIENT,
                             RelayPolicy(settings).decide(false, "x.com"));
    }

    void test_in_words()
    {
        static const char *const table[][5] = {
            /* relay, good, zones, by MX */
            {"OFF", "1.1.1.1", "x.com", "ON", "nobody, RELAY is off"},
            {"ON", "", "x.com", "OFF", "everybody, there are no Good-Clients"},
            {"ON", "1.1.1.1", "x.com", "OFF", "everybody, the domain is in Relay-Zones"},
            {"ON", "1.1.1.1", "y.com", "OFF", "Good-Clients only"},
            {"ON", "1.1.1.1", "y.com", "ON",
             "Good-Clients; others if an MX record of the domain names this host"},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            Settings settings;
            settings.set(P_RELAY, table[i][0], ORIGIN_TEST, "", 0);
            settings.set(P_GOOD_CLIENTS, table[i][1], ORIGIN_TEST, "", 0);
            settings.set(P_RELAY_ZONES, table[i][2], ORIGIN_TEST, "", 0);
            settings.set(P_RELAY_BASED_ON_MX, table[i][3], ORIGIN_TEST, "", 0);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i][4]), RelayPolicy(settings).text("in.x.com"));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RelayPolicyTest);
