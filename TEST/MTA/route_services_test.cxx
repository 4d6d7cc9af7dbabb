/*
**  route_services_test - the local MX file, the hosts file, and a name server that is not there
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/config_store.h"
#include "MTA/router.h"
#include "VMS/logical.h"
#include "VMS/recfile.h"
#include "scratch_system.h"

#include <ssdef.h>

using namespace mail;

class RouteServicesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RouteServicesTest);
    CPPUNIT_TEST(test_local_mx_file_is_read_again);
    CPPUNIT_TEST(test_no_answer_is_trouble);
    CPPUNIT_TEST(test_file_that_cannot_be_read);
    CPPUNIT_TEST_SUITE_END();

    static void write_file(const char *line)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(config_common_file("TCPIP$SMTP_LOCAL_MX.TXT"), "").ok());
        CPPUNIT_ASSERT(writer.write(line).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }
    static void move_clock(int seconds)
    {
        shim_move_clock(static_cast<boost::int64_t>(seconds) * 10000000);
    }

public:
    void setUp() { scratch_system(); }
    void tearDown()
    {
        while (file_erase(config_common_file("TCPIP$SMTP_LOCAL_MX.TXT")).ok()) {
        }
        move_clock(20); /* what was kept is forgotten */
    }

    void test_local_mx_file_is_read_again()
    {
        std::vector<RouteMx> mx;
        move_clock(20);
        CPPUNIT_ASSERT_EQUAL(RouteServices::NO_DATA, router_services().local_mx("x.com", &mx));
        write_file("x.com gate.abc.com 10");
        move_clock(20);
        CPPUNIT_ASSERT_EQUAL(RouteServices::FOUND, router_services().local_mx("x.com", &mx));
        CPPUNIT_ASSERT_EQUAL(size_t(1), mx.size());
        CPPUNIT_ASSERT_EQUAL(std::string("gate.abc.com"), mx[0].host);
        mx.clear();
        CPPUNIT_ASSERT_EQUAL(RouteServices::NO_DATA, router_services().local_mx("y.com", &mx));
    }

    /* Port 9 of loopback: nobody listens, the refusal comes at once. */
    void test_no_answer_is_trouble()
    {
        std::vector<RouteMx> mx;
        logical_define("TCPIP$BIND_SERVER001", std::vector<std::string>(1, "127.0.0.1:9"),
                       LOGICAL_PROCESS, LOGICAL_SUPERVISOR);
        CPPUNIT_ASSERT_EQUAL(RouteServices::TROUBLE,
                             router_services().bind_mx("silent.example", &mx));
        CPPUNIT_ASSERT_EQUAL(RouteServices::NO_DATA,
                             router_services().local_host("silent.example"));
        logical_deassign("TCPIP$BIND_SERVER001", LOGICAL_PROCESS, LOGICAL_SUPERVISOR);
    }

    /* What was read before stays: nothing is returned because of a disk that has trouble. */
    void test_file_that_cannot_be_read()
    {
        std::vector<RouteMx> mx;
        write_file("x.com gate.abc.com 10");
        move_clock(20);
        CPPUNIT_ASSERT_EQUAL(RouteServices::FOUND, router_services().local_mx("x.com", &mx));
        move_clock(20);
        shim_arm_fault("*", "sys$open", 1, 0, SS$_ABORT);
        RouteServices::Answer there = router_services().local_mx("x.com", &mx);
        mx.clear();
        RouteServices::Answer other = router_services().local_mx("y.com", &mx);
        shim_clear_faults();
        CPPUNIT_ASSERT_EQUAL(RouteServices::FOUND, there);
        CPPUNIT_ASSERT_EQUAL(RouteServices::NO_DATA, other);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RouteServicesTest);
