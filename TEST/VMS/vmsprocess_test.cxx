/*
**  vmsprocess_test - process, lock and opcom
*/
#include "VMS/lock.h"
#include "VMS/opcom.h"
#include "VMS/process.h"
#include "VMS/thread.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <prvdef.h>
#include <string.h>

using namespace mail;

class VmsprocessTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VmsprocessTest);
    CPPUNIT_TEST(test_knows_itself);
    CPPUNIT_TEST(test_name_can_be_changed);
    CPPUNIT_TEST(test_guard_enables_and_disables);
    CPPUNIT_TEST(test_nested_guards_disable_once);
    CPPUNIT_TEST(test_guard_leaves_what_was_on);
    CPPUNIT_TEST(test_wake_before_hibernate_is_kept);
    CPPUNIT_TEST(test_system_parameters);
    CPPUNIT_TEST(test_lock_excludes_another);
    CPPUNIT_TEST(test_bad_lock_names_are_refused);
    CPPUNIT_TEST(test_operator_message_is_one_clean_line);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;

public:
    void setUp() { root_.reset(new ScratchRoot); }
    void tearDown()
    {
        shim_set_privileges(~0ULL);
        root_.reset();
    }
    static bool can_write_system_table()
    {
        return PrivilegeGuard(PRIVILEGE_SYSNAM).status().ok();
    }

    void test_knows_itself()
    {
        CPPUNIT_ASSERT(process_pid() != 0);
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), process_user());
        CPPUNIT_ASSERT(!process_node().empty() && process_node().size() <= 6);
        CPPUNIT_ASSERT(!process_is_network());
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

    struct Attempt {
        Status status;
        static void run(void *self)
        {
            Lock lock;
            static_cast<Attempt *>(self)->status = lock.acquire("T_MAILDROP", false);
        }
    };
    void test_lock_excludes_another()
    {
        Lock lock, second;
        CPPUNIT_ASSERT(lock.acquire("T_MAILDROP", false).ok());
        CPPUNIT_ASSERT(lock.held());
        CPPUNIT_ASSERT(second.acquire("T_MAILDROP", false).locked());
        Attempt attempt;
        Thread thread;
        CPPUNIT_ASSERT(thread.start(Attempt::run, &attempt).ok());
        thread.join();
        CPPUNIT_ASSERT(attempt.status.locked());
        lock.release();
        CPPUNIT_ASSERT(second.acquire("T_MAILDROP", false).ok());
    }
    void test_bad_lock_names_are_refused()
    {
        Lock lock;
        CPPUNIT_ASSERT(!lock.acquire("", false).ok());
        CPPUNIT_ASSERT(!lock.acquire(std::string(32, 'X'), false).ok());
        CPPUNIT_ASSERT(!lock.held());
    }
    void test_operator_message_is_one_clean_line()
    {
        CPPUNIT_ASSERT(operator_send("line one\r\nFAKE LINE").ok());
        CPPUNIT_ASSERT(operator_send(std::string(1000, 'x')).ok());
        std::string log = read_log();
        CPPUNIT_ASSERT(log.find("line one..FAKE LINE") != std::string::npos);
        CPPUNIT_ASSERT(log.find(std::string(OPCOM_TEXT_MAX, 'x')) != std::string::npos);
        CPPUNIT_ASSERT(log.find(std::string(OPCOM_TEXT_MAX + 1, 'x')) == std::string::npos);
    }
    static int keep_log(const char *path, const struct stat *, int, struct FTW *)
    {
        if (strstr(path, "OPERATOR.LOG"))
            log_path() = path;
        return 0;
    }
    static std::string &log_path()
    {
        static std::string path;
        return path;
    }
    std::string read_log()
    {
        log_path().clear();
        nftw(root_->path().c_str(), keep_log, 16, FTW_PHYS);
        std::string text;
        FILE *file = fopen(log_path().c_str(), "r");
        CPPUNIT_ASSERT(file != 0);
        char buffer[65536];
        text.assign(buffer, fread(buffer, 1, sizeof buffer, file));
        fclose(file);
        return text;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VmsprocessTest);
