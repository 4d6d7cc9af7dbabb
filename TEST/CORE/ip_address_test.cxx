/*
**  ip_address_test - CORE/ip_address.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/ip_address.h"

using namespace mail;

class IpAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IpAddressTest);
    CPPUNIT_TEST(test_parse_and_print_table);
    CPPUNIT_TEST(test_parse_refuses_table);
    CPPUNIT_TEST(test_literals);
    CPPUNIT_TEST(test_networks);
    CPPUNIT_TEST(test_reverse_names);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_parse_and_print_table()
    {
        static const char *const table[][2] = {
            { "10.1.2.3", "10.1.2.3" },
            { "255.255.255.255", "255.255.255.255" },
            { "::", "::" },
            { "::1", "::1" },
            { "1::", "1::" },
            { "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
            { "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
            { "1:0:0:2:0:0:0:3", "1:0:0:2::3" },
            { "0:0:1::", "0:0:1::" },
            { "1:0:0:2:3:0:0:4", "1::2:3:0:0:4" },
            { "::ffff:10.1.2.3", "10.1.2.3" },
            { "::FFFF:0a01:0203", "10.1.2.3" },
            { "64:ff9b::10.1.2.3", "64:ff9b::a01:203" },
            { "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" },
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            IpAddress a, again;
            CPPUNIT_ASSERT_MESSAGE(table[i][0], ip_address_parse(table[i][0], &a));
            CPPUNIT_ASSERT_EQUAL(std::string(table[i][1]), ip_address_print(a));
            CPPUNIT_ASSERT(ip_address_parse(ip_address_print(a), &again) && again == a);
        }
    }
    void test_parse_refuses_table()
    {
        static const char *const table[] = {"",
                                            "1",
                                            "1.2.3",
                                            "1.2.3.4.5",
                                            "256.1.1.1",
                                            "01.2.3.4",
                                            "1.2.3.4 ",
                                            " 1.2.3.4",
                                            "1.2.3.",
                                            "a.b.c.d",
                                            ":",
                                            ":::",
                                            "1::2::3",
                                            "1:2:3:4:5:6:7",
                                            "1:2:3:4:5:6:7:8:9",
                                            "1:2:3:4:5:6:7:8::",
                                            "12345::",
                                            "g::",
                                            "1:",
                                            ":1:2:3:4:5:6:7",
                                            "::1.2.3",
                                            "1.2.3.4::",
                                            "::1%eth0"};
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            IpAddress a;
            CPPUNIT_ASSERT_MESSAGE(table[i], !ip_address_parse(table[i], &a));
        }
    }
    void test_literals()
    {
        IpAddress a;
        CPPUNIT_ASSERT(ip_literal_parse("[10.1.2.3]", &a));
        CPPUNIT_ASSERT_EQUAL(std::string("[10.1.2.3]"), ip_literal_print(a));
        CPPUNIT_ASSERT(ip_literal_parse("[ipv6:2001:db8::1]", &a));
        CPPUNIT_ASSERT_EQUAL(std::string("[IPv6:2001:db8::1]"), ip_literal_print(a));
        CPPUNIT_ASSERT(!ip_literal_parse("[2001:db8::1]", &a));
        CPPUNIT_ASSERT(!ip_literal_parse("10.1.2.3", &a));
        CPPUNIT_ASSERT(!ip_literal_parse("[IPv6:10.1.2.3]", &a));
    }
    void test_networks()
    {
        static const struct {
            const char *network, *address;
            bool inside;
        } table[] = {{"1.2.0.0/16", "1.2.255.1", true},
                     {"1.2.0.0/16", "1.3.0.1", false},
                     {"10.0.0.0:255.0.0.0", "10.9.9.9", true},
                     {"10.0.0.0/255.128.0.0", "10.200.0.1", false},
                     {"1.2.3.4", "1.2.3.4", true},
                     {"1.2.3.4", "1.2.3.5", false},
                     {"0.0.0.0/0", "9.9.9.9", true},
                     {"2001:db8::/33", "2001:db8:1::1", true},
                     {"2001:db8::/33", "2001:db8:8000::1", false},
                     {"10.0.0.0/8", "::ffff:10.1.1.1", true},
                     {"::/0", "10.1.1.1", false}};
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            IpNetwork network;
            IpAddress a;
            CPPUNIT_ASSERT_MESSAGE(table[i].network, ip_network_parse(table[i].network, &network));
            CPPUNIT_ASSERT(ip_address_parse(table[i].address, &a));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].network, table[i].inside, network.contains(a));
        }
        IpNetwork network;
        CPPUNIT_ASSERT(ip_network_parse("1.2.3.4/16", &network));
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.0.0/16"), ip_network_print(network));
        CPPUNIT_ASSERT(!ip_network_parse("1.2.3.4/33", &network));
        CPPUNIT_ASSERT(!ip_network_parse("1.2.3.4/255.0.255.0", &network));
        CPPUNIT_ASSERT(!ip_network_parse("host.example", &network));
    }
    void test_reverse_names()
    {
        IpAddress a;
        ip_address_parse("10.1.2.3", &a);
        CPPUNIT_ASSERT_EQUAL(std::string("3.2.1.10.in-addr.arpa"), ip_reverse_name(a));
        CPPUNIT_ASSERT_EQUAL(std::string("3.2.1.10.rbl.example"),
                             ip_reverse_name(a, "rbl.example"));
        ip_address_parse("2001:db8::567:89ab", &a);
        CPPUNIT_ASSERT_EQUAL(std::string("b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d."
                                         "0.1.0.0.2.ip6.arpa"),
                             ip_reverse_name(a));
        CPPUNIT_ASSERT(!ip_is_loopback(a));
        ip_address_parse("127.4.4.4", &a);
        CPPUNIT_ASSERT(ip_is_loopback(a));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(IpAddressTest);
