/*
**  route_command_test - SHOW ROUTE
*/
#include "manage_fixture.h"

#include "../VMS/dns_server.h"

using namespace mail;

class RouteCommandTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(RouteCommandTest);
    CPPUNIT_TEST(test_remote_address);
    CPPUNIT_TEST(test_local_address);
    CPPUNIT_TEST(test_no_such_domain);
    CPPUNIT_TEST_SUITE_END();

    DnsServer *dns_;

public:
    void setUp()
    {
        ManageFixture::setUp();
        dns_ = new DnsServer;
        define("TCPIP$BIND_SERVER_LIST", net_endpoint_text(dns_->address()));
        dns_->add("relay.abc.com", DNS_MX, 300,
                  DnsServer::word(10) + DnsServer::wire_name("mx.abc.com"));
        dns_->add("mx.abc.com", DNS_A, 300, std::string("\x0a\x01\x01\x01", 4));
    }
    void tearDown()
    {
        deassign("TCPIP$BIND_SERVER_LIST");
        delete dns_;
        ManageFixture::tearDown();
    }

    void test_remote_address()
    {
        std::string text = run("SHOW ROUTE jones@relay.abc.com");
        ASSERT_HAS(text, "BIND MX: mx.abc.com (10)\n");
        ASSERT_HAS(text, "decision: send to mx.abc.com (preference 10)\n");
    }
    void test_local_address()
    {
        std::string text = run("SHOW ROUTE smith@" + identity_current()->host());
        ASSERT_HAS(text, " is local: this host\n");
        ASSERT_HAS(text, "no such user: the message is returned\n");
    }
    void test_no_such_domain()
    {
        std::string text = run("SHOW ROUTE jones@nowhere.abc.com");
        ASSERT_HAS(text, "BIND MX: none\n");
        ASSERT_LACKS(text, "decision: send to");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RouteCommandTest);
