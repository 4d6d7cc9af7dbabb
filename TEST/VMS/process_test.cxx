#include "VMS/process.h"
#include "VMS/lock.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <gen64def.h>
#include <prvdef.h>
#include <starlet.h>

using namespace mail;

class ProcessTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProcessTest);
    CPPUNIT_TEST(test_knows_itself);
    CPPUNIT_TEST(test_name_can_be_changed);
    CPPUNIT_TEST(test_guard_enables_and_disables);
    CPPUNIT_TEST(test_nested_guards_disable_once);
    CPPUNIT_TEST(test_guard_leaves_what_was_on);
    CPPUNIT_TEST(test_wake_before_hibernate_is_kept);
    CPPUNIT_TEST(test_system_parameters);
    CPPUNIT_TEST(test_privileges_of_an_installed_image_are_turned_off);
    CPPUNIT_TEST(test_uic_and_cpu_time);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;

public:
    void setUp() { root_.reset(new ScratchRoot); }
    void tearDown()
    {
        shim_set_privileges(~0ULL);
        root_.reset();
    }
    static bool can_write_system_table() { return PrivilegeGuard(PRIVILEGE_SYSNAM).status().ok(); }

    void test_knows_itself()
    {
        CPPUNIT_ASSERT(process_pid() != 0);
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), process_user());
        CPPUNIT_ASSERT(!process_node().empty() && process_node().size() <= 6);
        CPPUNIT_ASSERT(!process_is_network());
        CPPUNIT_ASSERT_EQUAL(std::string("OpenVMS V8.4 x86_64"), process_system());
    }

    void test_name_can_be_changed()
    {
        CPPUNIT_ASSERT(process_set_name("TCPIP$TESTING").ok());
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$TESTING"), process_name());
    }

    void test_guard_enables_and_disables()
    {
        Lock lock;
        shim_set_privileges(PRV$M_SETPRV);
        {
            PrivilegeGuard guard(PRIVILEGE_SYSLCK);
            CPPUNIT_ASSERT(guard.status().ok());
        }
        CPPUNIT_ASSERT(lock.acquire("T_PRIVILEGE", false).ok()); /* enables it for itself */
    }

    void test_nested_guards_disable_once()
    {
        shim_set_privileges(0);
        PrivilegeGuard outer(PRIVILEGE_OPER);
        {
            PrivilegeGuard inner(PRIVILEGE_OPER);
            CPPUNIT_ASSERT(inner.status().ok());
        }
        CPPUNIT_ASSERT(outer.status().ok());
    }

    void test_guard_leaves_what_was_on()
    {
        shim_set_privileges(PRV$M_SYSNAM);
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT(can_write_system_table());
    }

    void test_wake_before_hibernate_is_kept()
    {
        process_wake();
        process_hibernate(); /* a test that hangs here has failed */
    }

    void test_system_parameters()
    {
        boost::uint32_t value = 0;
        CPPUNIT_ASSERT(process_system_parameter(PARAMETER_LGI_BRK_LIM, &value).ok());
        CPPUNIT_ASSERT_EQUAL(5u, static_cast<unsigned>(value));
    }

    void test_privileges_of_an_installed_image_are_turned_off()
    {
        shim_set_privileges(~0ULL);
        CPPUNIT_ASSERT(process_privileges_off().ok());
        {
            PrivilegeGuard guard(PRIVILEGE_SYSPRV);
            CPPUNIT_ASSERT(guard.status().ok());
            CPPUNIT_ASSERT(process_privileges_off().ok()); /* leaves what a guard holds */
            GENERIC_64 now;
            CPPUNIT_ASSERT(sys$setprv(0, 0, 0, &now) & 1);
            CPPUNIT_ASSERT(now.gen64$q_quadword & PRV$M_SYSPRV);
        }
        GENERIC_64 now;
        CPPUNIT_ASSERT(sys$setprv(0, 0, 0, &now) & 1);
        CPPUNIT_ASSERT(!(now.gen64$q_quadword & (PRV$M_SYSPRV | PRV$M_BYPASS)));
    }

    void test_uic_and_cpu_time()
    {
        CPPUNIT_ASSERT_EQUAL(0x00010004u, static_cast<unsigned>(process_uic()));
        boost::uint32_t before = process_cpu_time(), now = before;
        for (volatile unsigned i = 0; now < before + 3; ++i)
            now = process_cpu_time();
        CPPUNIT_ASSERT(now < before + 100);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProcessTest);
