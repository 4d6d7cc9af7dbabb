#include "VMS/net.h"

#include <cppunit/extensions/HelperMacros.h>
#include <stdio.h>
#include <unistd.h>

using namespace mail;

struct AddressRow {
    const char *text;
    bool good;
    const char *shown;
};

static const AddressRow address_table[] = {
    {"192.0.2.1", true, "192.0.2.1"},
    {"[192.0.2.1]", true, "192.0.2.1"},
    {"2001:DB8::1", true, "2001:db8::1"},
    {"[2001:db8::1]", true, "2001:db8::1"},
    {"IPv6:2001:db8::1", true, "2001:db8::1"},
    {"[IPv6:2001:db8::1]", true, "2001:db8::1"},
    {"::ffff:192.0.2.7", true, "192.0.2.7"},
    {"192.0.2", false, ""},
    {"192.0.2.1 ", false, ""},
    {"192.0.2.256", false, ""},
    {"[]", false, ""},
    {"", false, ""},
    {"host", false, ""},
};

struct EndpointRow {
    const char *text;
    const char *shown; /* 0: refused */
};

static const EndpointRow endpoint_table[] = {
    {"192.0.2.1", "192.0.2.1:53"},  {"192.0.2.1:5353", "192.0.2.1:5353"},
    {"::1", "[::1]:53"},            {"[::1]", "[::1]:53"},
    {"[::1]:5353", "[::1]:5353"},   {"192.0.2.1:65536", 0},
    {"192.0.2.1:", 0},              {"192.0.2.1:x", 0},
};

struct MaskRow {
    const char *mask, *address;
    int expected; /* -1: the mask is refused */
};

static const MaskRow mask_table[] = {
    {"192.0.2.0/24", "192.0.2.255", 1},       {"192.0.2.0/24", "192.0.3.0", 0},
    {"192.0.2.0/255.255.255.0", "192.0.2.9", 1}, {"10.0.0.0/8", "10.255.0.1", 1},
    {"192.0.2.128/25", "192.0.2.127", 0},     {"192.0.2.128/25", "192.0.2.200", 1},
    {"192.0.2.1", "192.0.2.1", 1},            {"192.0.2.1", "192.0.2.2", 0},
    {"0.0.0.0/0", "203.0.113.9", 1},          {"0.0.0.0/0", "::1", 0},
    {"2001:db8::/32", "2001:db8:5::1", 1},    {"2001:db8::/33", "2001:db8:8000::1", 0},
    {"192.0.2.0/33", "192.0.2.0", -1},        {"192.0.2.0/255.0.255.0", "192.0.2.0", -1},
    {"192.0.2.0/", "192.0.2.0", -1},          {"net/8", "192.0.2.0", -1},
};

class NetTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NetTest);
    CPPUNIT_TEST(test_addresses_parse_to_one_form);
    CPPUNIT_TEST(test_endpoints_take_a_port);
    CPPUNIT_TEST(test_masks_match_their_networks);
    CPPUNIT_TEST(test_connect_accept_transfer);
    CPPUNIT_TEST(test_refused_port_is_unreachable_or_retryable);
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

    void test_addresses_parse_to_one_form()
    {
        for (size_t i = 0; i < sizeof address_table / sizeof address_table[0]; ++i) {
            NetAddress address;
            bool good = net_parse_address(address_table[i].text, &address);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(address_table[i].text, address_table[i].good, good);
            if (good)
                CPPUNIT_ASSERT_EQUAL(std::string(address_table[i].shown), net_text(address));
        }
    }

    void test_endpoints_take_a_port()
    {
        for (size_t i = 0; i < sizeof endpoint_table / sizeof endpoint_table[0]; ++i) {
            NetAddress address;
            bool good = net_parse_endpoint(endpoint_table[i].text, 53, &address);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(endpoint_table[i].text, endpoint_table[i].shown != 0,
                                         good);
            if (good)
                CPPUNIT_ASSERT_EQUAL(std::string(endpoint_table[i].shown),
                                     net_endpoint_text(address));
        }
    }

    void test_masks_match_their_networks()
    {
        for (size_t i = 0; i < sizeof mask_table / sizeof mask_table[0]; ++i) {
            NetMask mask;
            NetAddress address;
            CPPUNIT_ASSERT(net_parse_address(mask_table[i].address, &address));
            int result = -1;
            if (net_parse_mask(mask_table[i].mask, &mask))
                result = mask.matches(address) ? 1 : 0;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(mask_table[i].mask, mask_table[i].expected, result);
        }
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
