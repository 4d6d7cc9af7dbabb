#include "VMS/recfile.h"
#include "VMS/resolver.h"

#include "scratch_root.h"

#include <ssdef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace mail;

class ResolverHostsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResolverHostsTest);
    CPPUNIT_TEST(test_hosts_file_is_read_and_read_again);
    CPPUNIT_TEST(test_file_that_cannot_be_read);
    CPPUNIT_TEST_SUITE_END();

public:
    static void write_hosts(const char *const *lines)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create("SYS$SYSTEM:TCPIP$HOSTS.TXT", "").ok());
        for (; *lines; ++lines)
            CPPUNIT_ASSERT(writer.write(*lines).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }
    void test_hosts_file_is_read_and_read_again()
    {
        static const char *const first[] = {"! comment", "", "192.0.2.1  Host.Test alias ! more",
                                            "2001:db8::1 host.test", "nonsense line", 0};
        static const char *const second[] = {"192.0.2.9 other.test", 0};
        ScratchRoot root;
        ScratchRoot::move_clock(3600); /* another test may have looked just now */
        write_hosts(first);
        std::vector<NetAddress> addresses;
        NetAddress address;
        std::string name;
        CPPUNIT_ASSERT(hosts_find("HOST.test.", &addresses));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), addresses.size());
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1"), net_text(addresses[0]));
        CPPUNIT_ASSERT(hosts_find("alias", &addresses));
        CPPUNIT_ASSERT(!hosts_find("more", &addresses));
        CPPUNIT_ASSERT(net_parse_address("192.0.2.1", &address));
        CPPUNIT_ASSERT(hosts_name(address, &name));
        CPPUNIT_ASSERT_EQUAL(std::string("host.test"), name);
        write_hosts(second);
        CPPUNIT_ASSERT(!hosts_find("other.test", &addresses));
        ScratchRoot::move_clock(31);
        CPPUNIT_ASSERT(hosts_find("other.test", &addresses));
        CPPUNIT_ASSERT(!hosts_find("host.test", &addresses));
    }
    /* What was read before stays. */
    void test_file_that_cannot_be_read()
    {
        static const char *const lines[] = {"192.0.2.1 host.test", 0};
        ScratchRoot root;
        std::vector<NetAddress> addresses;
        bool known = false;
        write_hosts(lines);
        ScratchRoot::move_clock(7200); /* behind the other test */
        CPPUNIT_ASSERT(hosts_find("host.test", &addresses, &known) && known);
        ScratchRoot::move_clock(31);
        shim_arm_fault("*", "sys$open", 1, 0, SS$_ABORT);
        bool there = hosts_find("host.test", &addresses, &known) && known;
        bool other = hosts_find("other.test", &addresses, &known) || !known;
        shim_clear_faults();
        CPPUNIT_ASSERT(there && !other);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ResolverHostsTest);
