/*
**  spam_lookups_test - the questions of the checks, asked of a name server
*/
#include "spam_lookups.h"

#include "../VMS/dns_server.h"
#include "VMS/logical.h"
#include "VMS/resolver.h"
#include "scratch_system.h"

#include <memory>

using namespace mail;

class SpamLookupsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SpamLookupsTest);
    CPPUNIT_TEST(test_answers);
    CPPUNIT_TEST(test_domain_exists);
    CPPUNIT_TEST(test_without_servers_nothing_is_available);
    CPPUNIT_TEST(test_deadline);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<DnsServer> server_;
    boost::uint64_t until_;

    static std::string mx(const std::string &host)
    {
        std::string root("\0", 1);
        return std::string("\0\12", 2) + (host.empty() ? root : DnsServer::wire_name(host));
    }

public:
    void setUp()
    {
        scratch_system();
        resolver_clear_cache();
        server_.reset(new DnsServer);
        until_ = net_milliseconds() + 20000;
        server_->add("host.test", DNS_A, 60, std::string("\12\1\2\3", 4));
        server_->add("mx.test", DNS_MX, 60, mx("gate.test"));
        server_->add("null.test", DNS_MX, 60, mx(""));
        server_->add("3.2.1.10.in-addr.arpa", DNS_PTR, 60, DnsServer::wire_name("host.test"));
        server_->add("3.2.1.10.rbl.test", DNS_A, 60, std::string("\177\0\0\2", 4));
        std::vector<std::string> names(1, net_endpoint_text(server_->address()));
        CPPUNIT_ASSERT(logical_define("TCPIP$BIND_SERVER_LIST", names, LOGICAL_PROCESS,
                                      LOGICAL_SUPERVISOR)
                           .ok());
    }
    void tearDown()
    {
        logical_deassign("TCPIP$BIND_SERVER_LIST", LOGICAL_PROCESS, LOGICAL_SUPERVISOR);
        server_.reset();
        resolver_clear_cache();
    }

    void test_answers()
    {
        SpamLookups &dns = spam_lookups();
        std::vector<IpAddress> addresses;
        std::vector<std::string> hosts;
        std::string name;
        IpAddress client;
        CPPUNIT_ASSERT(ip_address_parse("10.1.2.3", &client));
        CPPUNIT_ASSERT(dns.available());
        CPPUNIT_ASSERT_EQUAL(SpamLookups::FOUND, dns.addresses("host.test", until_, &addresses));
        CPPUNIT_ASSERT(addresses[0] == client);
        CPPUNIT_ASSERT_EQUAL(SpamLookups::NOTHING, dns.addresses("no.test", until_, &addresses));
        CPPUNIT_ASSERT_EQUAL(SpamLookups::FOUND, dns.gateways("mx.test", until_, &hosts));
        CPPUNIT_ASSERT_EQUAL(std::string("gate.test"), hosts[0]);
        CPPUNIT_ASSERT_EQUAL(SpamLookups::FOUND, dns.name(client, until_, &name));
        CPPUNIT_ASSERT_EQUAL(std::string("host.test"), name);
        CPPUNIT_ASSERT_EQUAL(SpamLookups::FOUND,
                             dns.listed("3.2.1.10.rbl.test", until_, &addresses));
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.2"), ip_address_print(addresses[0]));
        CPPUNIT_ASSERT_EQUAL(SpamLookups::NOTHING,
                             dns.listed("4.2.1.10.rbl.test", until_, &addresses));
    }

    void test_domain_exists()
    {
        SpamLookups &dns = spam_lookups();
        CPPUNIT_ASSERT_EQUAL(SpamLookups::FOUND, spam_domain_exists(dns, "mx.test", until_));
        CPPUNIT_ASSERT_EQUAL(SpamLookups::FOUND, spam_domain_exists(dns, "host.test", until_));
        CPPUNIT_ASSERT_EQUAL(SpamLookups::NOTHING, spam_domain_exists(dns, "no.test", until_));
        CPPUNIT_ASSERT_EQUAL(SpamLookups::NOTHING, spam_domain_exists(dns, "null.test", until_));
        server_->set_mode(DnsServer::FAIL);
        CPPUNIT_ASSERT_EQUAL(SpamLookups::TROUBLE, spam_domain_exists(dns, "other.test", until_));
    }

    void test_without_servers_nothing_is_available()
    {
        logical_deassign("TCPIP$BIND_SERVER_LIST", LOGICAL_PROCESS, LOGICAL_SUPERVISOR);
        CPPUNIT_ASSERT(!spam_lookups().available());
    }

    void test_deadline()
    {
        std::vector<IpAddress> addresses;
        boost::uint64_t begin = net_milliseconds();
        server_->set_mode(DnsServer::SILENT);
        CPPUNIT_ASSERT_EQUAL(SpamLookups::TROUBLE,
                             spam_lookups().listed("a.test", begin + 100, &addresses));
        CPPUNIT_ASSERT(net_milliseconds() - begin < 3000); /* less than one try */
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SpamLookupsTest);
