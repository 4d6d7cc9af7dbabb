/*
**  hp_18_5_sending_test - HP TCP/IP Services Management, 18.5 (spec 2.1-2.4) and 18.8: logical
**  names that concern mail on its way out and into MAIL
*/
#include <cppunit/extensions/HelperMacros.h>

#include "MTA/config.h"
#include "MTA/identity.h"
#include "MTA/outheaders.h"
#include "MTA/router.h"
#include "deliver_local.h"
#include "outgoing.h"
#include "symbiont.h"

using namespace mail;

/* One domain with MX, one host without. */
class SendingDns : public RouteServices {
public:
    virtual Answer local_mx(const std::string &, std::vector<RouteMx> *) { return NO_DATA; }
    virtual Answer bind_mx(const std::string &domain, std::vector<RouteMx> *mx)
    {
        RouteMx one;
        one.host = "mx.far.example";
        one.preference = 10;
        if (domain != "far.example")
            return NO_DATA;
        mx->push_back(one);
        return FOUND;
    }
    virtual Answer bind_address(const std::string &) { return FOUND; }
    virtual Answer local_host(const std::string &) { return NO_DATA; }
};

class Hp185SendingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Hp185SendingTest);
    CPPUNIT_TEST(test_hp_18_5_log_level);
    CPPUNIT_TEST(test_hp_18_5_altgate_always);
    CPPUNIT_TEST(test_hp_18_5_mx_if_noaltgate);
    CPPUNIT_TEST(test_hp_18_5_no_mx);
    CPPUNIT_TEST(test_hp_18_5_local_alias_only);
    CPPUNIT_TEST(test_hp_18_5_no_subs_domain_inbound);
    CPPUNIT_TEST(test_hp_18_5_jacket_local);
    CPPUNIT_TEST(test_hp_18_5_inbound_noxvms);
    CPPUNIT_TEST(test_hp_18_5_rewrite_mts_from);
    CPPUNIT_TEST(test_hp_18_5_general_gateway);
    CPPUNIT_TEST(test_hp_18_8_outbound_alias_and_its_prohibition);
    CPPUNIT_TEST_SUITE_END();

    Settings settings_;
    SendingDns dns_;

    void set(ParamId id, const char *value)
    {
        CPPUNIT_ASSERT(settings_.set(id, value, ORIGIN_TEST, "", 0));
    }
    Identity us()
    {
        Identity identity;
        identity.set_host("condor.hawk.example", "", "CONDOR");
        identity.apply(settings_);
        return identity;
    }
    std::string first_host(const char *domain)
    {
        Route route = route_find(domain, settings_, us(), dns_);
        return route.hosts.empty() ? std::string() : route.hosts[0].name;
    }

public:
    void setUp() { settings_ = Settings(); }

    void test_hp_18_5_log_level()
    {
        struct {
            const char *value;
            LogLevel level;
        } rows[] = {{"2", LOG_INFO}, {"3", LOG_TRACE}, {"5", LOG_DEBUG}};
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            set(P_SMTP_LOG_LEVEL, rows[i].value);
            CPPUNIT_ASSERT_EQUAL(rows[i].level, symbiont_log_level(settings_));
        }
    }

    void test_hp_18_5_altgate_always()
    {
        set(P_ALTERNATE_GATEWAY, "10.1.1.1");
        CPPUNIT_ASSERT_EQUAL(std::string("eagle.hawk.example"), first_host("eagle.hawk.example"));
        set(P_ALTGATE_ALWAYS, "1");
        CPPUNIT_ASSERT_EQUAL(std::string("10.1.1.1"), first_host("eagle.hawk.example"));
    }

    void test_hp_18_5_mx_if_noaltgate()
    {
        set(P_ALTERNATE_GATEWAY, "10.1.1.1");
        CPPUNIT_ASSERT_EQUAL(size_t(1),
                             route_find("far.example", settings_, us(), dns_).hosts.size());
        set(P_MX_IF_NOALTGATE, "1");
        Route route = route_find("far.example", settings_, us(), dns_);
        CPPUNIT_ASSERT_EQUAL(size_t(2), route.hosts.size());
        CPPUNIT_ASSERT_EQUAL(std::string("mx.far.example"), route.hosts[1].name);
    }

    void test_hp_18_5_no_mx()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("mx.far.example"), first_host("far.example"));
        set(P_NO_MX, "1");
        CPPUNIT_ASSERT_EQUAL(std::string("far.example"), first_host("far.example"));
    }

    void test_hp_18_5_local_alias_only()
    {
        CPPUNIT_ASSERT(us().is_local("condor"));
        set(P_LOCAL_ALIAS_ONLY, "1");
        Identity only = us();
        only.add_alias("alias.example");
        CPPUNIT_ASSERT(!only.is_local("condor") && only.is_local("alias.example"));
        CPPUNIT_ASSERT(only.is_local("condor.hawk.example"));
    }

    void test_hp_18_5_no_subs_domain_inbound()
    {
        set(P_SUBSTITUTE_DOMAIN, "hawk.example");
        CPPUNIT_ASSERT(us().is_local("hawk.example"));
        set(P_NO_SUBS_DOMAIN_INBOUND, "1");
        CPPUNIT_ASSERT(!us().is_local("hawk.example"));
        CPPUNIT_ASSERT_EQUAL(std::string("hawk.example"), us().mail_domain());
    }

    void test_hp_18_5_jacket_local()
    {
        const boost::uint32_t none = 2;
        CPPUNIT_ASSERT_EQUAL(none, header_placement(settings_, CONTROL_LOCAL));
        set(P_JACKET_LOCAL, "1");
        CPPUNIT_ASSERT_EQUAL(settings_.number(P_HEADERS),
                             header_placement(settings_, CONTROL_LOCAL));
    }

    void test_hp_18_5_inbound_noxvms()
    {
        static const char text[] =
            "To: rfc@x.example\r\nX-VMS-To: SMITH\r\nCc: other@x.example\r\n\r\n";
        HeaderBlock headers(HEADER_BLOCK_LIMIT);
        headers.feed(text, sizeof text - 1);
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH"), mail_fields(headers, "", settings_).to);
        CPPUNIT_ASSERT_EQUAL(std::string("other@x.example"),
                             mail_fields(headers, "", settings_).cc);
        set(P_INBOUND_NOXVMS, "1");
        CPPUNIT_ASSERT_EQUAL(std::string("rfc@x.example"), mail_fields(headers, "", settings_).to);
    }

    void test_hp_18_5_rewrite_mts_from()
    {
        set(P_REWRITE_MTS_FROM, "1");
        CPPUNIT_ASSERT_EQUAL(std::string("smith@condor.hawk.example"),
                             outgoing_sender("MRGATE::\"A1::SMITH\"", "", settings_, us()).mailbox);
    }

    void test_hp_18_5_general_gateway()
    {
        set(P_GENERAL_GATEWAY, "uucp_gateway.hawk.example");
        std::string domain = route_domain_of("site!user", settings_, us());
        Route route = route_find(domain, settings_, us(), dns_);
        CPPUNIT_ASSERT_EQUAL(std::string("uucp_gateway.hawk.example"), route.hosts[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("site!user@uucp_gateway.hawk.example"),
                             route_recipient(route, "site!user"));
    }

    void test_hp_18_8_outbound_alias_and_its_prohibition()
    {
        set(P_SMTP_FROM, "bill.smith@xxx.com");
        CPPUNIT_ASSERT_EQUAL(
            std::string("bill.smith@xxx.com (Bill)"),
            outgoing_sender("SMITH \"Bill\"", outgoing_alias(settings_), settings_, us()).header);
        set(P_PROHIBIT_USER_HEADERS, "1");
        CPPUNIT_ASSERT_EQUAL(
            std::string("\"Bill\" <smith@condor.hawk.example>"),
            outgoing_sender("SMITH \"Bill\"", outgoing_alias(settings_), settings_, us()).header);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp185SendingTest);
