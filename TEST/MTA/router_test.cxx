/*
**  router_test - every step of the router with a name service made of a table
*/
#include <algorithm>
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/router.h"
#include "scratch_system.h"
#include "table_services.h"

using namespace mail;

class RouterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RouterTest);
    CPPUNIT_TEST(test_local_domain_asks_nobody);
    CPPUNIT_TEST(test_order_local_mx_bind_mx_address_hosts);
    CPPUNIT_TEST(test_preferences_are_sorted);
    CPPUNIT_TEST(test_equal_preferences_change_places);
    CPPUNIT_TEST(test_loop_rule_drops_self_and_worse);
    CPPUNIT_TEST(test_best_mx_is_self_fails);
    CPPUNIT_TEST(test_null_mx_fails);
    CPPUNIT_TEST(test_silent_dns_is_later);
    CPPUNIT_TEST(test_unknown_domain_fails);
    CPPUNIT_TEST(test_hosts_entry_counts_while_dns_is_silent);
    CPPUNIT_TEST(test_alternate_gateway_outside_zone);
    CPPUNIT_TEST(test_gateway_as_address_needs_no_lookup);
    CPPUNIT_TEST(test_gateway_always);
    CPPUNIT_TEST(test_mx_behind_the_gateway);
    CPPUNIT_TEST(test_no_mx);
    CPPUNIT_TEST(test_literals);
    CPPUNIT_TEST(test_address_retries_limits_the_list);
    CPPUNIT_TEST(test_local_mx_is_case_sensitive);
    CPPUNIT_TEST(test_local_mx_file);
    CPPUNIT_TEST(test_general_gateway_takes_what_is_no_smtp_address);
    CPPUNIT_TEST(test_general_gateway_missing_or_ourselves);
    CPPUNIT_TEST(test_gates_outside_the_zone_are_left_to_the_gateway);
    CPPUNIT_TEST(test_domain_of_an_address);
    CPPUNIT_TEST_SUITE_END();

    TableServices services_;
    Settings settings_;
    Identity identity_;

    Route find(const char *domain)
    {
        identity_.apply(settings_);
        return route_find(domain, settings_, identity_, services_);
    }
    static std::string names(const Route &route)
    {
        std::string text;
        for (size_t i = 0; i < route.hosts.size(); ++i)
            text += (i ? " " : "") + route.hosts[i].name;
        return text;
    }
    void set(ParamId id, const char *text)
    {
        CPPUNIT_ASSERT(settings_.set(id, text, ORIGIN_TEST, "", 0));
    }

public:
    void setUp()
    {
        scratch_system();
        services_ = TableServices();
        settings_ = Settings();
        identity_ = Identity();
        identity_.set_host("us.abc.com", "", "US");
    }

    void test_local_domain_asks_nobody()
    {
        CPPUNIT_ASSERT_EQUAL(Route::LOCAL, find("US.abc.com").kind);
        CPPUNIT_ASSERT_EQUAL(0, services_.questions);
    }

    void test_order_local_mx_bind_mx_address_hosts()
    {
        services_.hosts = " x.com ";
        CPPUNIT_ASSERT_EQUAL(std::string("hosts"), find("x.com").step);
        services_.address_answers["x.com"] = RouteServices::FOUND;
        CPPUNIT_ASSERT_EQUAL(std::string("BIND address"), find("x.com").step);
        CPPUNIT_ASSERT_EQUAL(std::string("x.com"), names(find("x.com")));
        services_.mx(&services_.bind, "x.com", "mail.x.com", 10);
        CPPUNIT_ASSERT_EQUAL(std::string("mail.x.com"), names(find("x.com")));
        services_.mx(&services_.local, "x.com", "gate.abc.com", 10);
        CPPUNIT_ASSERT_EQUAL(std::string("gate.abc.com"), names(find("x.com")));
        CPPUNIT_ASSERT(route_explain(find("x.com")).find("local MX database") != std::string::npos);
    }

    void test_preferences_are_sorted()
    {
        services_.mx(&services_.bind, "x.com", "c", 300);
        services_.mx(&services_.bind, "x.com", "a", 100);
        services_.mx(&services_.bind, "x.com", "b", 200);
        CPPUNIT_ASSERT_EQUAL(std::string("a b c"), names(find("X.com.")));
    }

    void test_equal_preferences_change_places()
    {
        services_.mx(&services_.bind, "x.com", "a", 10);
        services_.mx(&services_.bind, "x.com", "b", 10);
        int first[2] = {0, 0};
        for (int i = 0; i < 400; ++i)
            ++first[names(find("x.com")) == "a b"];
        CPPUNIT_ASSERT(first[0] > 50 && first[1] > 50);
    }

    void test_loop_rule_drops_self_and_worse()
    {
        services_.mx(&services_.bind, "x.com", "a", 10);
        services_.mx(&services_.bind, "x.com", "us.abc.com", 20);
        services_.mx(&services_.bind, "x.com", "b", 20);
        services_.mx(&services_.bind, "x.com", "c", 30);
        for (int i = 0; i < 20; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("a"), names(find("x.com")));
    }

    void test_best_mx_is_self_fails()
    {
        services_.mx(&services_.bind, "x.com", "us.abc.com", 10);
        services_.mx(&services_.bind, "x.com", "c", 30);
        Route route = find("x.com");
        CPPUNIT_ASSERT_EQUAL(Route::NONE, route.kind);
        CPPUNIT_ASSERT(route.outcome.is_failed());
        CPPUNIT_ASSERT_EQUAL(std::string("5.4.6"), route.outcome.status());
    }

    void test_null_mx_fails()
    {
        services_.mx(&services_.bind, "x.com", "", 0);
        services_.address_answers["x.com"] = RouteServices::FOUND;
        Route route = find("x.com");
        CPPUNIT_ASSERT(route.kind == Route::NONE && route.outcome.is_failed());
        CPPUNIT_ASSERT_EQUAL(std::string("5.1.10"), route.outcome.status());
    }

    void test_silent_dns_is_later()
    {
        services_.mx_answers["x.com"] = RouteServices::TROUBLE;
        services_.address_answers["x.com"] = RouteServices::FOUND;
        Route route = find("x.com");
        CPPUNIT_ASSERT(route.kind == Route::NONE && route.outcome.is_later());
        services_.mx_answers["x.com"] = RouteServices::NO_DATA;
        services_.address_answers["x.com"] = RouteServices::TROUBLE;
        CPPUNIT_ASSERT(find("x.com").outcome.is_later());
    }

    void test_unknown_domain_fails()
    {
        Route route = find("nowhere.example");
        CPPUNIT_ASSERT(route.kind == Route::NONE && route.outcome.is_failed());
        CPPUNIT_ASSERT_EQUAL(std::string("5.1.2"), route.outcome.status());
    }

    void test_hosts_entry_counts_while_dns_is_silent()
    {
        services_.mx_answers["x.com"] = RouteServices::TROUBLE;
        services_.hosts = " x.com ";
        CPPUNIT_ASSERT_EQUAL(std::string("x.com"), names(find("x.com")));
    }

    void test_alternate_gateway_outside_zone()
    {
        set(P_ALTERNATE_GATEWAY, "relay.abc.com");
        set(P_ZONE, "abc.com");
        services_.mx(&services_.bind, "relay.abc.com", "mail2.abc.com", 200);
        services_.mx(&services_.bind, "relay.abc.com", "mail11.abc.com", 100);
        services_.mx(&services_.bind, "x.abc.com", "in.abc.com", 10);
        services_.mx(&services_.bind, "xabc.com", "out.xabc.com", 10);
        CPPUNIT_ASSERT_EQUAL(std::string("mail11.abc.com mail2.abc.com"), names(find("far.org")));
        CPPUNIT_ASSERT_EQUAL(std::string("mail11.abc.com mail2.abc.com"), names(find("xabc.com")));
        CPPUNIT_ASSERT_EQUAL(std::string("in.abc.com"), names(find("x.abc.com")));
    }

    void test_gateway_as_address_needs_no_lookup()
    {
        set(P_ALTERNATE_GATEWAY, "1.2.3.4");
        Route route = find("far.org");
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.3.4"), names(route));
        CPPUNIT_ASSERT(route.hosts[0].is_address);
        CPPUNIT_ASSERT_EQUAL(0, services_.questions);
    }

    void test_gateway_always()
    {
        set(P_ALTERNATE_GATEWAY, "1.2.3.4");
        set(P_ALTGATE_ALWAYS, "1");
        services_.mx(&services_.bind, "x.abc.com", "in.abc.com", 10);
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.3.4"), names(find("x.abc.com")));
        CPPUNIT_ASSERT_EQUAL(Route::LOCAL, find("us.abc.com").kind);
    }

    void test_mx_behind_the_gateway()
    {
        set(P_ALTERNATE_GATEWAY, "1.2.3.4");
        set(P_MX_IF_NOALTGATE, "1");
        services_.mx(&services_.bind, "far.org", "mail.far.org", 10);
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.3.4 mail.far.org"), names(find("far.org")));
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.3.4"), names(find("nowhere.org")));
        CPPUNIT_ASSERT(find("nowhere.org").outcome.is_done());
    }

    void test_no_mx()
    {
        set(P_NO_MX, "1");
        services_.mx(&services_.bind, "x.com", "mail.x.com", 10);
        services_.mx(&services_.local, "x.com", "gate.abc.com", 10);
        services_.address_answers["x.com"] = RouteServices::FOUND;
        CPPUNIT_ASSERT_EQUAL(std::string("x.com"), names(find("x.com")));
    }

    void test_literals()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("10.1.2.3"), names(find("[10.1.2.3]")));
        CPPUNIT_ASSERT_EQUAL(std::string("2001:db8::1"), names(find("[IPv6:2001:db8::1]")));
        CPPUNIT_ASSERT(find("[10.1.2]").outcome.is_failed());
        CPPUNIT_ASSERT_EQUAL(Route::LOCAL, find("[127.0.0.1]").kind);
    }

    void test_address_retries_limits_the_list()
    {
        set(P_ADDRESS_RETRIES, "2");
        for (int i = 0; i < 5; ++i)
            services_.mx(&services_.bind, "x.com",
                         std::string(1, static_cast<char>('a' + i)).c_str(), i);
        CPPUNIT_ASSERT_EQUAL(std::string("a b"), names(find("x.com")));
    }

    void test_local_mx_is_case_sensitive()
    {
        services_.mx(&services_.local, "X.com", "gate.abc.com", 10);
        services_.address_answers["x.com"] = RouteServices::FOUND;
        CPPUNIT_ASSERT_EQUAL(std::string("gate.abc.com"), names(find("X.com")));
        CPPUNIT_ASSERT_EQUAL(std::string("x.com"), names(find("x.com")));
    }

    void test_local_mx_file()
    {
        std::vector<RouteMx> mx;
        router_parse_mx("! local MX\nx.com gate.abc.com 10\nX.com other 5\r\nx.com\nx.com g 70000\n"
                        "x.com Second.abc.com 20",
                        "x.com", &mx);
        CPPUNIT_ASSERT_EQUAL(size_t(2), mx.size());
        CPPUNIT_ASSERT_EQUAL(std::string("second.abc.com"), mx[1].host);
        CPPUNIT_ASSERT_EQUAL(boost::uint16_t(20), mx[1].preference);
    }

    void test_general_gateway_takes_what_is_no_smtp_address()
    {
        set(P_GENERAL_GATEWAY, "uucp.abc.com");
        services_.mx(&services_.bind, "uucp.abc.com", "gate.abc.com", 10);
        Route route = find(ROUTE_GENERAL);
        CPPUNIT_ASSERT_EQUAL(std::string("gate.abc.com"), names(route));
        CPPUNIT_ASSERT_EQUAL(std::string("general gateway"), route.step);
        CPPUNIT_ASSERT_EQUAL(std::string("host!user@uucp.abc.com"),
                             route_recipient(route, "host!user@us.abc.com"));
        set(P_GENERAL_GATEWAY, "10.1.2.3");
        route = find(ROUTE_GENERAL);
        CPPUNIT_ASSERT_EQUAL(std::string("10.1.2.3"), names(route));
        CPPUNIT_ASSERT_EQUAL(std::string("host!user@[10.1.2.3]"),
                             route_recipient(route, "host!user"));
    }

    void test_general_gateway_missing_or_ourselves()
    {
        CPPUNIT_ASSERT(find(ROUTE_GENERAL).outcome.is_failed());
        set(P_GENERAL_GATEWAY, "us.abc.com");
        CPPUNIT_ASSERT(find(ROUTE_GENERAL).outcome.is_failed());
    }

    void test_gates_outside_the_zone_are_left_to_the_gateway()
    {
        services_.mx(&services_.bind, "x.abc.com", "in.abc.com", 10);
        services_.mx(&services_.bind, "x.abc.com", "mail.provider.net", 20);
        CPPUNIT_ASSERT_EQUAL(std::string("in.abc.com mail.provider.net"), names(find("x.abc.com")));
        set(P_ALTERNATE_GATEWAY, "10.9.9.9");
        CPPUNIT_ASSERT_EQUAL(std::string("in.abc.com 10.9.9.9"), names(find("x.abc.com")));
    }

    void test_domain_of_an_address()
    {
        struct {
            const char *address, *without, *with; /* a general-purpose gateway */
        } rows[] = {
            {"smith@us.abc.com", "", ""},
            {"smith", "", ""},
            {"smith@X.com", "X.com", "X.com"},
            {"a!b@x.com", "x.com", "x.com"},
            {"a!b@us.abc.com", "", ROUTE_GENERAL},
            {"host!site!user", "", ROUTE_GENERAL},
            {"\"odd @ user\"@x.com", "x.com", "x.com"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            settings_ = Settings();
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].without),
                                 route_domain_of(rows[i].address, settings_, identity_));
            set(P_GENERAL_GATEWAY, "gate.abc.com");
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].with),
                                 route_domain_of(rows[i].address, settings_, identity_));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RouterTest);
