/*
**  hp_18_1_concepts_test - HP TCP/IP Services Management, 18.1: one test per statement
*/
#include "CORE/control_codec.h"
#include "MTA/control_file.h"
#include "MTA/outheaders.h"
#include "MTA/router.h"
#include "smtp_fixture.h"

using namespace mail;

/* The MX lists that the manual prints; nothing else exists. */
class ManualDns : public RouteServices {
public:
    virtual Answer local_mx(const std::string &domain, std::vector<RouteMx> *mx)
    {
        if (domain != "local.example")
            return NO_DATA;
        add(mx, "gate.abc.com", 10);
        return FOUND;
    }
    virtual Answer bind_mx(const std::string &domain, std::vector<RouteMx> *mx)
    {
        if (domain == "relay.abc.com") {
            add(mx, "mail11.abc.com", 100);
            add(mx, "mail13.abc.com", 100);
            add(mx, "mail2.abc.com", 200);
            add(mx, "mail1.abc.com", 200);
            add(mx, "mail21.abc.com", 300);
            add(mx, "mail12.abc.com", 300);
            return FOUND;
        }
        if (domain == "xyzcorp.com" || domain == "local.example") {
            add(mx, "mail.xyzcorp.com", 50);
            return FOUND;
        }
        return NO_DATA;
    }
    virtual Answer bind_address(const std::string &host)
    {
        return host == "host.example" || host == "both.example" ? FOUND : NO_DOMAIN;
    }
    virtual Answer local_host(const std::string &host)
    {
        return host == "printed.example" || host == "both.example" ? FOUND : NO_DATA;
    }

private:
    static void add(std::vector<RouteMx> *mx, const char *host, boost::uint16_t preference)
    {
        RouteMx record;
        record.host = host;
        record.preference = preference;
        mx->push_back(record);
    }
};

class Hp181ConceptsTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(Hp181ConceptsTest);
    CPPUNIT_TEST(test_hp_18_1_1_five_commands_send_a_message);
    CPPUNIT_TEST(test_hp_18_1_1_server_gives_its_qualified_name);
    CPPUNIT_TEST(test_hp_18_1_1_one_rcpt_per_recipient);
    CPPUNIT_TEST(test_hp_18_1_2_one_file_for_all_recipients);
    CPPUNIT_TEST(test_hp_18_1_2_file_name_format);
    CPPUNIT_TEST(test_hp_18_1_3_first_sender_header_is_used);
    CPPUNIT_TEST(test_hp_18_1_5_lookup_order);
    CPPUNIT_TEST(test_hp_18_1_5_1_lower_preference_first);
    CPPUNIT_TEST(test_hp_18_1_5_2_zone_defaults_to_local_domain);
    CPPUNIT_TEST(test_hp_18_1_5_2_mail_outside_zone_goes_to_gateway);
    CPPUNIT_TEST(test_hp_18_1_5_2_gateway_is_looked_up_by_mx);
    CPPUNIT_TEST(test_hp_18_1_5_2_gateway_address_bypasses_mx);
    CPPUNIT_TEST_SUITE_END();

    ManualDns dns_;
    Settings settings_of_route_;

    Route route(const char *domain)
    {
        Identity us;
        us.set_host("host.abc.com", "", "HOST");
        us.apply(settings_of_route_);
        return route_find(domain, settings_of_route_, us, dns_);
    }

public:
    void test_hp_18_1_1_five_commands_send_a_message()
    {
        open();
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("HELO client.example")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("MAIL FROM:<jones@xyzcorp.com>")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(line("RCPT TO:<smith@condor.hawk.example>")));
        CPPUNIT_ASSERT_EQUAL(std::string("354"), codes(line("DATA")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk("Subject: x\r\n\r\nx\r\n.\r\n")));
        CPPUNIT_ASSERT_EQUAL(std::string("221"), codes(line("QUIT")));
        CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages.size());
    }

    void test_hp_18_1_1_server_gives_its_qualified_name()
    {
        CPPUNIT_ASSERT(open().find("condor.hawk.example") != std::string::npos);
        CPPUNIT_ASSERT(line("HELO client.example").find("250 condor.hawk.example") == 0);
    }

    void test_hp_18_1_1_one_rcpt_per_recipient()
    {
        open();
        line("HELO client.example");
        line("MAIL FROM:<jones@xyzcorp.com>");
        line("RCPT TO:<smith@condor.hawk.example>");
        line("RCPT TO:<jones@condor.hawk.example>");
        line("DATA");
        talk("x\r\n.\r\n");
        CPPUNIT_ASSERT_EQUAL(size_t(2), capture.messages[0].recipients.size());
        CPPUNIT_ASSERT_EQUAL(std::string("501"),
                             codes(line("MAIL FROM:<a@b.example>,<c@d.example>")));
    }

    void test_hp_18_1_2_one_file_for_all_recipients()
    {
        test_hp_18_1_1_one_rcpt_per_recipient();
        CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages.size());
    }

    void test_hp_18_1_2_file_name_format()
    {
        ControlEnvelope envelope;
        envelope.user = "TCPIP$SMTP";
        ControlName name = control_file_name(&envelope), parsed;
        std::string text = control_name_print(name);
        CPPUNIT_ASSERT(control_name_parse(text, &parsed));
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP"), parsed.user);
        CPPUNIT_ASSERT_EQUAL(size_t(8), parsed.pid.size());
        CPPUNIT_ASSERT_EQUAL(std::string(".TCPIP_TESTND"), text.substr(text.find('.')));
        CPPUNIT_ASSERT_EQUAL(std::string("DRAKE"), (control_name_parse(
            "NEST3$:[DRAKE]93042311394417_DRAKE.UCX_DODO;1", &parsed), parsed.user));
    }

    void test_hp_18_1_3_first_sender_header_is_used()
    {
        HeaderBlock block(HEADER_BLOCK_LIMIT);
        std::string text = "Sender: sender@example.com\r\nReply-To: reply@example.com\r\n"
                           "Resent-Sender: rs@example.com\r\nResent-From: rf@example.com\r\n\r\n";
        block.feed(text.data(), text.size());
        Settings settings;
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"rf@example.com\""),
                             mail_fields(block, "rp@example.com", settings).from);
        HeaderBlock none(HEADER_BLOCK_LIMIT);
        none.feed("\r\n", 2);
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"rp@example.com\""),
                             mail_fields(none, "rp@example.com", settings).from);
    }

    void test_hp_18_1_5_lookup_order()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("local MX"), route("local.example").step);
        CPPUNIT_ASSERT_EQUAL(std::string("BIND MX"), route("xyzcorp.com").step);
        CPPUNIT_ASSERT_EQUAL(std::string("BIND address"), route("both.example").step);
        CPPUNIT_ASSERT_EQUAL(std::string("hosts"), route("printed.example").step);
    }

    void test_hp_18_1_5_1_lower_preference_first()
    {
        Route r = route("relay.abc.com");
        CPPUNIT_ASSERT_EQUAL(size_t(6), r.hosts.size());
        for (size_t i = 1; i < r.hosts.size(); ++i)
            CPPUNIT_ASSERT(r.hosts[i - 1].preference <= r.hosts[i].preference);
    }

    void test_hp_18_1_5_2_zone_defaults_to_local_domain()
    {
        Identity us;
        us.set_host("host.abc.com", "", "HOST");
        us.apply(settings_of_route_);
        CPPUNIT_ASSERT_EQUAL(std::string("abc.com"), us.zone());
    }

    void test_hp_18_1_5_2_mail_outside_zone_goes_to_gateway()
    {
        settings_of_route_.set(P_ALTERNATE_GATEWAY, "MY.ALT.MYZONE.COM", ORIGIN_TEST, "", 0);
        settings_of_route_.set(P_ZONE, "MYZONE.COM", ORIGIN_TEST, "", 0);
        CPPUNIT_ASSERT_EQUAL(std::string("my.alt.myzone.com"), route("far.example").hosts[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("gateway"), route("xyzcorp.com").step);
        settings_of_route_.set(P_ZONE, "xyzcorp.com", ORIGIN_TEST, "", 0);
        CPPUNIT_ASSERT_EQUAL(std::string("BIND MX"), route("xyzcorp.com").step);
    }

    void test_hp_18_1_5_2_gateway_is_looked_up_by_mx()
    {
        settings_of_route_.set(P_ALTERNATE_GATEWAY, "relay.abc.com", ORIGIN_TEST, "", 0);
        settings_of_route_.set(P_ZONE, "abc.com", ORIGIN_TEST, "", 0);
        Route r = route("far.example");
        CPPUNIT_ASSERT_EQUAL(size_t(6), r.hosts.size());
        CPPUNIT_ASSERT(r.hosts[0].preference == 100 && r.hosts[5].preference == 300);
    }

    void test_hp_18_1_5_2_gateway_address_bypasses_mx()
    {
        settings_of_route_.set(P_ALTERNATE_GATEWAY, "1.2.3.4", ORIGIN_TEST, "", 0);
        Route r = route("far.example");
        CPPUNIT_ASSERT_EQUAL(size_t(1), r.hosts.size());
        CPPUNIT_ASSERT(r.hosts[0].is_address && r.hosts[0].name == "1.2.3.4");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp181ConceptsTest);
