#include "VMS/net.h"

#include <cppunit/extensions/HelperMacros.h>

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

class NetAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NetAddressTest);
    CPPUNIT_TEST(test_addresses_parse_to_one_form);
    CPPUNIT_TEST(test_endpoints_take_a_port);
    CPPUNIT_TEST_SUITE_END();

public:
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
};

CPPUNIT_TEST_SUITE_REGISTRATION(NetAddressTest);
