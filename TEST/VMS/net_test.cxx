#include "VMS/net.h"

#include <cppunit/extensions/HelperMacros.h>
#include <stdio.h>
#include <unistd.h>

using namespace mail;

class NetTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NetTest);
    CPPUNIT_TEST(test_connect_accept_transfer);
    CPPUNIT_TEST(test_refused_port_is_unreachable_or_retryable);
    CPPUNIT_TEST(test_connect_in_steps);
    CPPUNIT_TEST(test_read_ends_at_its_deadline);
    CPPUNIT_TEST(test_write_to_a_reader_that_never_reads_times_out);
    CPPUNIT_TEST(test_lost_peer_is_a_status);
    CPPUNIT_TEST(test_auxiliary_socket_without_auxiliary_server_is_not_found);
    CPPUNIT_TEST_SUITE_END();

    int listener_, client_, server_;

public:
    void setUp() { listener_ = client_ = server_ = -1; }
    void tearDown()
    {
        net_close(listener_);
        net_close(client_);
        net_close(server_);
    }

    void connect_pair()
    {
        NetAddress address, peer;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 5, &listener_).ok());
        CPPUNIT_ASSERT(net_local(listener_, &address).ok());
        CPPUNIT_ASSERT(net_connect(address, 0, 1000, &client_).ok());
        CPPUNIT_ASSERT_EQUAL(1, net_wait_readable(listener_, 1000));
        CPPUNIT_ASSERT(net_accept(listener_, &server_, &peer).ok());
        CPPUNIT_ASSERT(peer.is_loopback());
    }

    void test_connect_accept_transfer()
    {
        connect_pair();
        char buffer[16];
        size_t count = 0;
        CPPUNIT_ASSERT_EQUAL(NET_AGAIN, net_read_some(server_, buffer, sizeof buffer));
        CPPUNIT_ASSERT(net_write(client_, "HELLO", 5, 1000).ok());
        CPPUNIT_ASSERT(net_read(server_, buffer, sizeof buffer, 1000, &count).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO"), std::string(buffer, count));
        net_close(client_);
        client_ = -1;
        CPPUNIT_ASSERT(net_read(server_, buffer, sizeof buffer, 1000, &count).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), count);
    }

    void test_refused_port_is_unreachable_or_retryable()
    {
        NetAddress address;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 5, &listener_).ok());
        CPPUNIT_ASSERT(net_local(listener_, &address).ok());
        net_close(listener_);
        listener_ = -1;
        Status status = net_connect(address, 0, 1000, &client_);
        CPPUNIT_ASSERT(!status.ok());
        CPPUNIT_ASSERT(status.retryable());
    }

    /* A listener whose queue is full does not answer: the connection stays under way. */
    void test_connect_in_steps()
    {
        NetAddress address;
        int waiting[4], more = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 0, &listener_).ok());
        CPPUNIT_ASSERT(net_local(listener_, &address).ok());
        for (int i = 0; i < 4; ++i)
            CPPUNIT_ASSERT(net_connect_start(address, 0, &waiting[i]).ok());
        CPPUNIT_ASSERT(net_connect_wait(waiting[0], 5000).ok());
        CPPUNIT_ASSERT(net_connect_start(address, 0, &more).ok());
        CPPUNIT_ASSERT(net_connect_wait(more, 20).timed_out());
        CPPUNIT_ASSERT(net_connect(address, 0, 20, &client_).timed_out());
        net_close(more);
        for (int i = 0; i < 4; ++i)
            net_close(waiting[i]);
    }

    void test_read_ends_at_its_deadline()
    {
        connect_pair();
        char byte;
        size_t count;
        boost::uint64_t before = net_milliseconds();
        CPPUNIT_ASSERT(net_read(server_, &byte, 1, 50, &count).timed_out());
        CPPUNIT_ASSERT(net_milliseconds() - before >= 49);
        CPPUNIT_ASSERT(net_milliseconds() - before < 5000);
    }

    void test_write_to_a_reader_that_never_reads_times_out()
    {
        connect_pair();
        std::string much(16 * 1024 * 1024, 'x');
        CPPUNIT_ASSERT(net_write(client_, much.data(), much.size(), 50).timed_out());
    }

    void test_lost_peer_is_a_status()
    {
        connect_pair();
        net_close(server_);
        server_ = -1;
        Status status;
        for (int i = 0; i < 100 && status.ok(); ++i) {
            status = net_write(client_, "x", 1, 1000);
            usleep(1000);
        }
        CPPUNIT_ASSERT(!status.ok());
        CPPUNIT_ASSERT(status.retryable());
    }

    void test_auxiliary_socket_without_auxiliary_server_is_not_found()
    {
        int fd = -1;
        bool listening = false;
        CPPUNIT_ASSERT(net_auxiliary_socket(&fd, &listening).not_found());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NetTest);
