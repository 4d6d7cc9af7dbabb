/*
**  host_command_test - SHOW HOST and the BIND part of SHOW MX_RECORD
*/
#include "host_command.h"
#include "manage_fixture.h"

#include "../VMS/dns_server.h"

using namespace mail;

class HostCommandTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(HostCommandTest);
    CPPUNIT_TEST(test_bind);
    CPPUNIT_TEST(test_local_database);
    CPPUNIT_TEST(test_reverse);
    CPPUNIT_TEST(test_not_found);
    CPPUNIT_TEST(test_mx_of_bind);
    CPPUNIT_TEST_SUITE_END();

    DnsServer *dns_;

    static std::string v4(int a, int b, int c, int d)
    {
        const char bytes[] = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                              static_cast<char>(d)};
        return std::string(bytes, 4);
    }
    void add_mx(const char *host, unsigned preference)
    {
        dns_->add("relay.abc.com", DNS_MX, 300,
                  DnsServer::word(preference) + DnsServer::wire_name(host));
    }

public:
    void setUp()
    {
        ManageFixture::setUp();
        dns_ = new DnsServer;
        define("TCPIP$BIND_SERVER_LIST", net_endpoint_text(dns_->address()));
        root_->make_folder("/VMS$COMMON");
        root_->make_folder("/VMS$COMMON/SYSEXE");
        dns_->add("1.0.0.127.in-addr.arpa", DNS_PTR, 300, DnsServer::wire_name("host.abc.com"));
    }
    void tearDown()
    {
        deassign("TCPIP$BIND_SERVER_LIST");
        delete dns_;
        ManageFixture::tearDown();
    }

    void test_bind()
    {
        dns_->add("swan.abc.com", DNS_A, 300, v4(18, 18, 100, 10));
        CPPUNIT_ASSERT_EQUAL(
            std::string("\n"
                        "                                 BIND database\n"
                        "\n"
                        "\n"
                        "   Server:          127.0.0.1        host.abc.com\n"
                        "\n"
                        "   Host address                      Host name\n"
                        "\n"
                        "   18.18.100.10                      swan.abc.com\n"),
            run("SHOW HOST SWAN.ABC.COM"));
    }

    void test_local_database()
    {
        write_text("SYS$SYSDEVICE:[VMS$COMMON.SYSEXE]TCPIP$HOSTS.TXT", "10.1.1.1 near.example\n");
        ScratchRoot::move_clock(60); /* the file is looked at every 30 s */
        std::string text = run("SHOW HOST near.example");
        ASSERT_HAS(text, "LOCAL database\n");
        ASSERT_HAS(text, "   10.1.1.1                          near.example\n");
        ASSERT_LACKS(text, "Server:");
    }

    void test_reverse()
    {
        ASSERT_HAS(run("SHOW HOST 127.0.0.1"),
                   "   127.0.0.1                         host.abc.com\n");
    }

    void test_not_found()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-W-NORECORD, Information not found\n"
                                         "-RMS-E-RNF, record not found\n"),
                             run("SHOW HOST RELAY.ABC.COM"));
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-W-NORECORD, Information not found\n"
                                         "-RMS-E-RNF, record not found\n"),
                             run("SHOW HOST 10.9.9.9"));
    }

    void test_mx_of_bind()
    {
        add_mx("mail2.abc.com", 200);
        add_mx("mail11.abc.com", 100);
        dns_->add("mail11.abc.com", DNS_A, 300, v4(1, 3, 4, 5));
        dns_->add("mail2.abc.com", DNS_A, 300, v4(2, 4, 5, 6));
        std::string text = run("SHOW MX RELAY.ABC.COM");
        ASSERT_HAS(text, "   Gate address     Preference       Gate name\n"
                         "\n"
                         "   1.3.4.5          100              mail11.abc.com\n"
                         "   2.4.5.6          200              mail2.abc.com\n");
        ASSERT_LACKS(run("SHOW MX RELAY.ABC.COM/GATEWAY=mail2.abc.com"), "mail11");
        add_mx("mail3.abc.com", 300);
        resolver_clear_cache();
        ASSERT_HAS(run("SHOW MX RELAY.ABC.COM"), "   unknown          300              mail3");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HostCommandTest);
