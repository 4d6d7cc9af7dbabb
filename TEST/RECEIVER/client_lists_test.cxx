/*
**  client_lists_test - entries become addresses; which list wins; trouble with the DNS; renewal
*/
#include "client_lists.h"
#include "smtp_fixture.h"

using namespace mail;

class ClientListsTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(ClientListsTest);
    CPPUNIT_TEST(test_addresses_and_networks);
    CPPUNIT_TEST(test_names_are_hosts_then_mx_domains);
    CPPUNIT_TEST(test_longer_mask_wins_then_the_bad_list);
    CPPUNIT_TEST(test_trouble_keeps_what_was_known);
    CPPUNIT_TEST(test_keeper_renews_names_in_time);
    CPPUNIT_TEST_SUITE_END();

    boost::shared_ptr<Settings> lists(const char *good, const char *bad)
    {
        boost::shared_ptr<Settings> settings(new Settings);
        CPPUNIT_ASSERT(settings->set(P_GOOD_CLIENTS, good, ORIGIN_TEST, "", 0));
        CPPUNIT_ASSERT(settings->set(P_BAD_CLIENTS, bad, ORIGIN_TEST, "", 0));
        return settings;
    }
    ClientStanding ask(const char *good, const char *bad, const char *client)
    {
        return ClientLists(*lists(good, bad), dns, 0).standing(client);
    }

public:
    void test_addresses_and_networks()
    {
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, ask("10.0.0.0/8, 2001:db8::/32", "", "10.1.2.3"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, ask("10.0.0.0/8", "", "::ffff:10.1.2.3"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, ask("2001:db8::/32", "", "2001:db8::1"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_UNKNOWN, ask("2001:db8::/32", "", "2001:db9::1"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_BAD, ask("", "1.2.0.0/255.255.0.0", "1.2.3.4"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_UNKNOWN, ask("", "", "1.2.3.4"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_UNKNOWN, ask("0.0.0.0/0", "", "rubbish"));
        CPPUNIT_ASSERT(ClientLists(*lists("1.1.1.1", ""), dns, 0).has_good());
        CPPUNIT_ASSERT(!ClientLists(*lists("", "1.1.1.1"), dns, 0).has_good());
        CPPUNIT_ASSERT_EQUAL(0, dns.asked);
    }

    void test_names_are_hosts_then_mx_domains()
    {
        dns.add("A relay.abc.com", "1.1.1.1");
        dns.add("A relay.abc.com", "2001:db8::9");
        dns.add("MX mx.only", "gate1.abc.com");
        dns.add("MX mx.only", "gate2.abc.com");
        dns.add("A gate1.abc.com", "2.2.2.1");
        dns.add("A gate2.abc.com", "2.2.2.2");
        ClientLists clients(*lists("Relay.abc.com, mx.only, no.such.host", ""), dns, 0);
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, clients.standing("1.1.1.1"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, clients.standing("2001:db8::9"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, clients.standing("2.2.2.1"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, clients.standing("2.2.2.2"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_UNKNOWN, clients.standing("2.2.2.3"));
        CPPUNIT_ASSERT_EQUAL(size_t(1), clients.problems().size());
        CPPUNIT_ASSERT_EQUAL(std::string("no.such.host: no such host or domain"),
                             clients.problems()[0]);
        CPPUNIT_ASSERT(!clients.had_trouble());
    }

    void test_longer_mask_wins_then_the_bad_list()
    {
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, ask("1.2.3.4", "1.2.0.0/16", "1.2.3.4"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_BAD, ask("1.2.3.4", "1.2.0.0/16", "1.2.3.5"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_BAD, ask("1.0.0.0/8", "1.2.3.0/24", "1.2.3.4"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, ask("1.0.0.0/8", "1.2.3.0/24", "1.2.4.4"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_BAD, ask("1.2.3.4", "1.2.3.4", "1.2.3.4"));
    }

    void test_trouble_keeps_what_was_known()
    {
        dns.add("A relay.abc.com", "1.1.1.1");
        boost::shared_ptr<Settings> settings = lists("relay.abc.com, other.abc.com", "");
        ClientLists before(*settings, dns, 0);
        dns.records["A relay.abc.com"][0] = "!";
        ClientLists after(*settings, dns, &before), alone(*settings, dns, 0);
        CPPUNIT_ASSERT(after.had_trouble());
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, after.standing("1.1.1.1"));
        CPPUNIT_ASSERT_EQUAL(CLIENT_UNKNOWN, alone.standing("1.1.1.1"));
    }

    void test_keeper_renews_names_in_time()
    {
        dns.add("A relay.abc.com", "1.1.1.1");
        ClientListsKeeper keeper(dns);
        SettingsPtr named = lists("relay.abc.com", ""), numbers = lists("1.1.1.1", "");
        ClientListsPtr first = keeper.get(named);
        int asked = dns.asked;
        dns.records["A relay.abc.com"][0] = "3.3.3.3";
        CPPUNIT_ASSERT(keeper.get(named) == first);
        shim_move_clock(901LL * 10000000);
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, keeper.get(named)->standing("3.3.3.3"));
        CPPUNIT_ASSERT(dns.asked > asked);
        dns.records["A relay.abc.com"][0] = "!";
        shim_move_clock(901LL * 10000000);
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, keeper.get(named)->standing("3.3.3.3"));
        CPPUNIT_ASSERT(log.find("relay.abc.com: no answer") != std::string::npos);
        dns.records["A relay.abc.com"][0] = "4.4.4.4";
        shim_move_clock(61LL * 10000000); /* sooner, because there was trouble */
        CPPUNIT_ASSERT_EQUAL(CLIENT_GOOD, keeper.get(named)->standing("4.4.4.4"));
        first = keeper.get(numbers);
        asked = dns.asked;
        shim_move_clock(9010LL * 10000000);
        CPPUNIT_ASSERT(keeper.get(numbers) == first);
        CPPUNIT_ASSERT_EQUAL(asked, dns.asked);
        shim_move_clock(-(901LL + 901 + 61 + 9010) * 10000000);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientListsTest);
