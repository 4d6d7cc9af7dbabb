/*
**  hp_18_4_managing_test - HP TCP/IP Services Management, 18.1.5.2, 18.2 and 18.4: the commands
*/
#include "../MANAGE/manage_fixture.h"
#include "../VMS/dns_server.h"

using namespace mail;

class Hp184ManagingTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(Hp184ManagingTest);
    CPPUNIT_TEST(test_hp_18_1_5_2_gateway_and_zone);
    CPPUNIT_TEST(test_hp_18_1_5_2_show_host_and_mx);
    CPPUNIT_TEST(test_hp_18_1_5_2_gateway_by_address);
    CPPUNIT_TEST(test_hp_18_2_what_the_command_changes);
    CPPUNIT_TEST(test_hp_18_4_table_18_3);
    CPPUNIT_TEST_SUITE_END();

    static std::string v4(int a, int b, int c, int d)
    {
        const char bytes[] = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                              static_cast<char>(d)};
        return std::string(bytes, 4);
    }
    static void add_gate(DnsServer *dns, const char *host, unsigned preference,
                         const std::string &address)
    {
        dns->add("relay.abc.com", DNS_MX, 300,
                 DnsServer::word(preference) + DnsServer::wire_name(host));
        dns->add(host, DNS_A, 300, address);
    }

public:
    void test_hp_18_1_5_2_gateway_and_zone()
    {
        run("SET CONFIGURATION SMTP/GATEWAY=ALTERNATE=MY.ALT.MYZONE.COM");
        run("SET CONFIGURATION SMTP/ZONE=MYZONE.COM");
        reread();
        std::string text = run("SHOW CONFIGURATION SMTP");
        ASSERT_HAS(text, "Alternate gateway:    my.alt.myzone.com\n");
        ASSERT_HAS(text, "Zone:                 myzone.com\n");
    }

    void test_hp_18_1_5_2_show_host_and_mx()
    {
        DnsServer dns;
        define("TCPIP$BIND_SERVER_LIST", net_endpoint_text(dns.address()));
        dns.add("1.0.0.127.in-addr.arpa", DNS_PTR, 300, DnsServer::wire_name("host.abc.com"));
        add_gate(&dns, "mail11.abc.com", 100, v4(1, 3, 4, 5));
        add_gate(&dns, "mail13.abc.com", 100, v4(1, 3, 5, 6));
        add_gate(&dns, "mail2.abc.com", 200, v4(2, 4, 5, 6));
        add_gate(&dns, "mail1.abc.com", 200, v4(2, 4, 5, 7));
        add_gate(&dns, "mail21.abc.com", 300, v4(3, 4, 5, 6));
        add_gate(&dns, "mail12.abc.com", 300, v4(3, 4, 6, 7));
        std::string host = run("SHOW HOST RELAY.ABC.COM"), mx = run("SHOW MX RELAY.ABC.COM");
        deassign("TCPIP$BIND_SERVER_LIST");
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-W-NORECORD, Information not found\n"
                                         "-RMS-E-RNF, record not found\n"),
                             host);
        CPPUNIT_ASSERT_EQUAL(
            std::string("\n"
                        "                                 BIND MX database\n"
                        "\n"
                        "\n"
                        "   Server:          127.0.0.1        host.abc.com\n"
                        "\n"
                        "   Gate address     Preference       Gate name\n"
                        "\n"
                        "   1.3.4.5          100              mail11.abc.com\n"
                        "   1.3.5.6          100              mail13.abc.com\n"
                        "   2.4.5.6          200              mail2.abc.com\n"
                        "   2.4.5.7          200              mail1.abc.com\n"
                        "   3.4.5.6          300              mail21.abc.com\n"
                        "   3.4.6.7          300              mail12.abc.com\n"),
            mx);
    }

    /* The manual prints /ALTERNATE=GATEWAY=, an evident slip (spec 3.2). */
    void test_hp_18_1_5_2_gateway_by_address()
    {
        run("SET CONFIGURATION SMTP/GATEWAY=ALTERNATE=1.2.3.4");
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.3.4"), config_read()->text(P_ALTERNATE_GATEWAY));
    }

    void test_hp_18_2_what_the_command_changes()
    {
        run("SET CONFIGURATION SMTP/OPTIONS=RELAY/GATEWAY=ALTERNATE=a.b/ADDRESS_RETRIES=3"
            "/INTERVAL=(INITIAL=\"0 00:15:00\",RETRY=\"0 00:30:00\",MAXIMUM=\"1 00:00:00\")"
            "/SEND_TIMEOUT=DATA=9/RECEIVE_TIMEOUT=8");
        SettingsPtr s = config_read();
        CPPUNIT_ASSERT(s->flag(P_RELAY) && s->defined(P_ALTERNATE_GATEWAY));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(3), s->number(P_ADDRESS_RETRIES));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(900), s->seconds(P_INITIAL_INTERVAL));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1800), s->seconds(P_RETRY_INTERVAL));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(86400), s->seconds(P_MAXIMUM_INTERVAL));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(540), s->seconds(P_SEND_TIMEOUT_DATA));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(480), s->seconds(P_RECEIVE_TIMEOUT));
    }

    /* The rows of the mail queues; those of services need the network software's utility and are
       in TEST/MANAGE/services_test.py. */
    void test_hp_18_4_table_18_3()
    {
        static const char *const privileged[] = {
            "ANALYZE MAIL",      "SEND MAIL SMITH/NOCONFIRM",     "START MAIL", "STOP MAIL",
            "SHOW MAIL SMITH",   "SET CONFIGURATION SMTP/ZONE=x", "SET CONFIGURATION NOSMTP"};
        static const char *const free_ones[] = {"REMOVE MAIL/NOCONFIRM", "SHOW MAIL",
                                                "SEND MAIL/NOCONFIRM", "SHOW CONFIGURATION SMTP"};
        make_queues();
        set_privileges(false);
        for (size_t i = 0; i < sizeof privileged / sizeof *privileged; ++i) {
            run(privileged[i]);
            CPPUNIT_ASSERT_MESSAGE(privileged[i], has(output_, "%TCPIP-E-NOPRIV"));
        }
        for (size_t i = 0; i < sizeof free_ones / sizeof *free_ones; ++i) {
            run(free_ones[i]);
            CPPUNIT_ASSERT_MESSAGE(free_ones[i] + output_, !has(output_, "NOPRIV"));
        }
        set_privileges(true);
        for (size_t i = 0; i < sizeof privileged / sizeof *privileged; ++i) {
            run(privileged[i]);
            CPPUNIT_ASSERT_MESSAGE(privileged[i], !has(output_, "NOPRIV"));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp184ManagingTest);
