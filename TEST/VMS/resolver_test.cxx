#include "VMS/logical.h"
#include "VMS/resolver.h"

#include "dns_server.h"
#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace mail;

class ResolverTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResolverTest);
    CPPUNIT_TEST(test_mx_addresses_text_and_reverse);
    CPPUNIT_TEST(test_alias_is_followed_to_another_question);
    CPPUNIT_TEST(test_alias_loop_ends);
    CPPUNIT_TEST(test_answers_are_kept_for_their_ttl);
    CPPUNIT_TEST(test_missing_names_are_kept_too);
    CPPUNIT_TEST(test_silence_is_kept_for_a_moment);
    CPPUNIT_TEST(test_impossible_name_asks_nobody);
    CPPUNIT_TEST(test_servers_come_from_the_logical_names);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;
    std::auto_ptr<DnsServer> server_;
    ResolverOptions options_;

public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        server_.reset(new DnsServer);
        options_ = ResolverOptions();
        options_.servers.push_back(server_->address());
        options_.timeout_ms = 500;
        resolver_clear_cache();
    }
    void tearDown()
    {
        server_.reset();
        root_.reset();
    }
    void add_mx(const std::string &name, unsigned preference, const std::string &host)
    {
        server_->add(name, DNS_MX, 300,
                     DnsServer::word(preference) + DnsServer::wire_name(host));
    }

    void test_mx_addresses_text_and_reverse()
    {
        add_mx("vms.test", 20, "backup.test");
        add_mx("vms.test", 10, "mx.vms.test");
        server_->add("mx.vms.test", DNS_A, 300, std::string("\300\0\2\5", 4));
        server_->add("mx.vms.test", DNS_AAAA, 300,
                     std::string("\x20\1\15\xb8\0\0\0\0\0\0\0\0\0\0\0\7", 16));
        server_->add("vms.test", DNS_TXT, 300, "\5hello");
        server_->add("5.2.0.192.in-addr.arpa", DNS_PTR, 300, DnsServer::wire_name("mx.vms.test"));
        std::vector<MxRecord> records;
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FOUND, resolver_mx("VMS.Test.", options_, &records));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), records.size());
        CPPUNIT_ASSERT_EQUAL(std::string("backup.test"), records[0].host);
        CPPUNIT_ASSERT_EQUAL(10u, static_cast<unsigned>(records[1].preference));
        std::vector<NetAddress> addresses;
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FOUND,
                             resolver_addresses("mx.vms.test", options_, &addresses));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), addresses.size());
        CPPUNIT_ASSERT_EQUAL(std::string("2001:db8::7"), net_text(addresses[0]));
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.5"), net_text(addresses[1]));
        std::string name;
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FOUND, resolver_name(addresses[1], options_, &name));
        CPPUNIT_ASSERT_EQUAL(std::string("mx.vms.test"), name);
        std::vector<std::string> texts;
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FOUND, resolver_text("vms.test", options_, &texts));
        CPPUNIT_ASSERT_EQUAL(std::string("hello"), texts[0]);
        CPPUNIT_ASSERT_EQUAL(RESOLVER_NO_DATA, resolver_mx("mx.vms.test", options_, &records));
        CPPUNIT_ASSERT_EQUAL(RESOLVER_NO_NAME, resolver_mx("no.test", options_, &records));
    }
    void test_alias_is_followed_to_another_question()
    {
        std::vector<MxRecord> records;
        server_->add("alias.test", DNS_CNAME, 300, DnsServer::wire_name("real.test"));
        add_mx("real.test", 10, "mx.real.test");
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FOUND, resolver_mx("alias.test", options_, &records));
        CPPUNIT_ASSERT_EQUAL(std::string("mx.real.test"), records[0].host);
    }
    void test_alias_loop_ends()
    {
        std::vector<MxRecord> records;
        server_->add("one.test", DNS_CNAME, 300, DnsServer::wire_name("two.test"));
        server_->add("two.test", DNS_CNAME, 300, DnsServer::wire_name("one.test"));
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FAILED, resolver_mx("one.test", options_, &records));
    }
    void test_answers_are_kept_for_their_ttl()
    {
        std::vector<MxRecord> records;
        add_mx("vms.test", 10, "mx.vms.test");
        resolver_mx("vms.test", options_, &records);
        resolver_mx("vms.test", options_, &records);
        CPPUNIT_ASSERT_EQUAL(1u, server_->asked());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), records.size());
        ScratchRoot::move_clock(301);
        resolver_mx("vms.test", options_, &records);
        CPPUNIT_ASSERT_EQUAL(2u, server_->asked());
        options_.use_cache = false;
        resolver_mx("vms.test", options_, &records);
        CPPUNIT_ASSERT_EQUAL(3u, server_->asked());
    }
    void test_missing_names_are_kept_too()
    {
        std::vector<MxRecord> records;
        resolver_mx("no.test", options_, &records);
        CPPUNIT_ASSERT_EQUAL(RESOLVER_NO_NAME, resolver_mx("no.test", options_, &records));
        CPPUNIT_ASSERT_EQUAL(1u, server_->asked());
    }
    void test_silence_is_kept_for_a_moment()
    {
        std::vector<MxRecord> records;
        add_mx("vms.test", 10, "mx.vms.test");
        server_->set_mode(DnsServer::FAIL);
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FAILED, resolver_mx("vms.test", options_, &records));
        unsigned asked = server_->asked();
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FAILED, resolver_mx("vms.test", options_, &records));
        CPPUNIT_ASSERT_EQUAL(asked, server_->asked());
        server_->set_mode(DnsServer::ANSWER);
        ScratchRoot::move_clock(RESOLVER_FAILED_KEPT + 1);
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FOUND, resolver_mx("vms.test", options_, &records));
    }
    void test_impossible_name_asks_nobody()
    {
        std::vector<MxRecord> records;
        CPPUNIT_ASSERT_EQUAL(RESOLVER_NO_NAME, resolver_mx("a..b", options_, &records));
        CPPUNIT_ASSERT_EQUAL(RESOLVER_NO_NAME,
                             resolver_mx(std::string(64, 'x') + ".test", options_, &records));
        CPPUNIT_ASSERT_EQUAL(0u, server_->asked());
    }
    void test_servers_come_from_the_logical_names()
    {
        std::vector<MxRecord> records;
        std::vector<std::string> servers(1, net_endpoint_text(server_->address()));
        add_mx("vms.test", 10, "mx.vms.test");
        options_.servers.clear();
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FAILED, resolver_mx("vms.test", options_, &records));
        Status defined = logical_define("TCPIP$BIND_SERVER001", servers, LOGICAL_SYSTEM,
                                        LOGICAL_EXECUTIVE);
        CPPUNIT_ASSERT(defined.ok());
        CPPUNIT_ASSERT_EQUAL(RESOLVER_FOUND, resolver_mx("vms.test", options_, &records));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResolverTest);
