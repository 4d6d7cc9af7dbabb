#include "../../SRC/VMS/resolver_wire.h"

#include "dns_server.h"
#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace mail;

class ResolverWireTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResolverWireTest);
    CPPUNIT_TEST(test_truncated_answer_comes_by_tcp);
    CPPUNIT_TEST(test_next_server_after_silence_and_failure);
    CPPUNIT_TEST(test_all_servers_failing_is_false);
    CPPUNIT_TEST(test_deadline_ends_all_tries);
    CPPUNIT_TEST(test_forged_id_is_passed_over);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;
    std::auto_ptr<DnsServer> one_, two_;
    std::vector<NetAddress> servers_;
    ResolverOptions options_;
    DnsMessage message_;

public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        one_.reset(new DnsServer);
        two_.reset(new DnsServer);
        servers_.clear();
        servers_.push_back(one_->address());
        servers_.push_back(two_->address());
        options_.timeout_ms = 150;
        options_.tries = 1;
        one_->add("host.test", DNS_A, 60, "abcd");
        two_->add("host.test", DNS_A, 60, "efgh");
    }
    void tearDown()
    {
        one_.reset();
        two_.reset();
        root_.reset();
    }
    bool ask() { return resolver_exchange(servers_, "host.test", DNS_A, options_, &message_); }

    void test_truncated_answer_comes_by_tcp()
    {
        one_->set_mode(DnsServer::TRUNCATE);
        CPPUNIT_ASSERT(ask());
        CPPUNIT_ASSERT_EQUAL(std::string("abcd"), message_.answers[0].data);
        CPPUNIT_ASSERT_EQUAL(1u, one_->asked_tcp());
        CPPUNIT_ASSERT_EQUAL(0u, two_->asked());
    }
    void test_next_server_after_silence_and_failure()
    {
        one_->set_mode(DnsServer::SILENT);
        CPPUNIT_ASSERT(ask());
        CPPUNIT_ASSERT_EQUAL(std::string("efgh"), message_.answers[0].data);
        one_->set_mode(DnsServer::FAIL);
        CPPUNIT_ASSERT(ask());
        CPPUNIT_ASSERT_EQUAL(std::string("efgh"), message_.answers[0].data);
    }
    void test_all_servers_failing_is_false()
    {
        one_->set_mode(DnsServer::FAIL);
        two_->set_mode(DnsServer::SILENT);
        options_.tries = 2;
        CPPUNIT_ASSERT(!ask());
        CPPUNIT_ASSERT_EQUAL(2u, two_->asked());
    }
    void test_deadline_ends_all_tries()
    {
        one_->set_mode(DnsServer::SILENT);
        two_->set_mode(DnsServer::SILENT);
        options_.timeout_ms = 60000;
        options_.tries = 3;
        boost::uint64_t begin = net_milliseconds();
        options_.deadline = begin + 200;
        CPPUNIT_ASSERT(!ask());
        CPPUNIT_ASSERT(net_milliseconds() - begin < 30000);
        CPPUNIT_ASSERT_EQUAL(1u, one_->asked());
        CPPUNIT_ASSERT_EQUAL(0u, two_->asked());
        options_.deadline = net_milliseconds() - 1;
        CPPUNIT_ASSERT(!ask());
        CPPUNIT_ASSERT_EQUAL(1u, one_->asked());
    }
    void test_forged_id_is_passed_over()
    {
        one_->set_mode(DnsServer::FORGE_FIRST);
        CPPUNIT_ASSERT(ask());
        CPPUNIT_ASSERT_EQUAL(std::string("abcd"), message_.answers[0].data);
        CPPUNIT_ASSERT_EQUAL(0u, two_->asked());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResolverWireTest);
