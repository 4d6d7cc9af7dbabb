/*
**  intrusion_test - suspects, intruders, evasion and the movable clock (spec 4.5, Appendix E 26)
*/
#include "system_support.h"
#include "uaf.h"

#include <ciadef.h>
#include <jpidef.h>
#include <lgimsgdef.h>
#include <prvdef.h>
#include <secsrvmsgdef.h>
#include <shim_control.h>
#include <uaidef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <cstdio>
#include <sys/wait.h>

namespace
{
const long long second = 10000000;
}

class IntrusionTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(IntrusionTest);
    CPPUNIT_TEST(test_failures_make_suspect_then_intruder);
    CPPUNIT_TEST(test_success_of_an_intruder_is_refused_until_hid_tim);
    CPPUNIT_TEST(test_suspect_expires_with_the_clock);
    CPPUNIT_TEST(test_sources_are_kept_apart);
    CPPUNIT_TEST(test_show_and_delete);
    CPPUNIT_TEST(test_arguments_table);
    CPPUNIT_TEST(test_without_security_is_refused);
    CPPUNIT_TEST(test_other_process_shares_the_database);
    CPPUNIT_TEST(test_parameters_are_followed);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

    static int scan(unsigned status, const char *node, const char *user, unsigned flags = 0)
    {
        LowText name((std::string(user))), source((std::string(node)));
        return sys$scan_intrusion(status, name, JPI$K_NETWORK, 0, source, name, 0, 0, 0, 0, flags);
    }
    static int fail(const char *node = "POP::10.0.0.1", const char *user = "SMITH",
                    unsigned flags = 0)
    {
        return scan(LGI$_INVPWD, node, user, flags);
    }
    static int succeed(const char *node = "POP::10.0.0.1", const char *user = "SMITH")
    {
        return scan(SS$_NORMAL, node, user);
    }
    void parameter(const char *line)
    {
        FILE *file = fopen(shim::store_path("sysgen").c_str(), "a");
        fprintf(file, "%s\n", line);
        fclose(file);
    }

public:
    void tearDown() { root_.reset(); }
    void setUp() { root_.reset(new ShimRoot); }
    void test_failures_make_suspect_then_intruder()
    {
        CPPUNIT_ASSERT_EQUAL(1, succeed());
        for (int i = 1; i <= 5; i++)
            CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_SUSPECT), fail());
        CPPUNIT_ASSERT_EQUAL(1, succeed());
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_INTRUDER), fail());
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_INTRUDER), succeed());
        CPPUNIT_ASSERT_EQUAL(1, fail("POP::10.0.0.1", "SMITH", CIA$M_IGNORE_RETURN));
    }
    void test_success_of_an_intruder_is_refused_until_hid_tim()
    {
        for (int i = 0; i < 6; i++)
            fail();
        shim_move_clock(299 * second);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_INTRUDER), succeed());
        shim_move_clock(152 * second);
        CPPUNIT_ASSERT_EQUAL(1, succeed());
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_SUSPECT), fail());
    }
    void test_suspect_expires_with_the_clock()
    {
        fail();
        fail();
        shim_move_clock(590 * second); /* two failures: 600 s */
        fail();
        fail();
        fail();
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_INTRUDER), fail());
        fail("POP::10.0.0.2");
        shim_move_clock(301 * second);
        for (int i = 0; i < 5; i++)
            CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_SUSPECT), fail("POP::10.0.0.2"));
    }
    void test_sources_are_kept_apart()
    {
        for (int i = 0; i < 6; i++)
            fail();
        CPPUNIT_ASSERT_EQUAL(1, succeed("POP::10.0.0.1", "JONES"));
        CPPUNIT_ASSERT_EQUAL(1, succeed("POP::10.0.0.2", "SMITH"));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_SUSPECT), fail("POP::10.0.0.2", "SMITH"));
    }
    void test_show_and_delete()
    {
        LowText all(std::string("*")), who(static_cast<size_t>(100));
        unsigned context = 0;
        unsigned short length = 0;
        struct cia$breakin_block block;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_CIADBEMPTY),
                             sys$show_intrusion(all, who, &length, &block, 0, &context));
        for (int i = 0; i < 6; i++)
            fail();
        fail("POP::10.0.0.2");
        CPPUNIT_ASSERT_EQUAL(1, sys$show_intrusion(all, who, &length, &block, 0, &context));
        CPPUNIT_ASSERT_EQUAL(std::string("POP::10.0.0.1::SMITH"), who.text(length));
        CPPUNIT_ASSERT_EQUAL(6u, block.cia$l_count);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(CIA$M_NETWORK | CIA$M_INTRUDER),
                             static_cast<int>(block.cia$w_type));
        CPPUNIT_ASSERT_EQUAL(1, sys$show_intrusion(all, who, &length, &block, 0, &context));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_NOMOREITEMS),
                             sys$show_intrusion(all, who, &length, &block, 0, &context));
        context = 0;
        CPPUNIT_ASSERT_EQUAL(
            1, sys$show_intrusion(all, who, &length, &block, CIA$M_SUSPECTS, &context));
        CPPUNIT_ASSERT_EQUAL(std::string("POP::10.0.0.2::SMITH"), who.text(length));
        LowText first(std::string("POP::10.0.0.1::*"));
        CPPUNIT_ASSERT_EQUAL(1, sys$delete_intrusion(first, 0));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_NOSUCHINTRUDER),
                             sys$delete_intrusion(first, 0));
        CPPUNIT_ASSERT_EQUAL(1, succeed());
    }
    void test_arguments_table()
    {
        LowText user(std::string("SMITH"));
        CPPUNIT_ASSERT_EQUAL(
            static_cast<int>(SECSRV$_INSUFINFO),
            sys$scan_intrusion(LGI$_INVPWD, user, JPI$K_NETWORK, 0, 0, user, 0, 0, 0, 0, 0));
        CPPUNIT_ASSERT_EQUAL(
            static_cast<int>(SECSRV$_BADJOBTYPE),
            sys$scan_intrusion(LGI$_INVPWD, user, 9, 0, user, user, 0, 0, 0, 0, 0));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM), fail("N", "U", 0x100000));
        CPPUNIT_ASSERT_EQUAL(
            static_cast<int>(SECSRV$_SUSPECT),
            sys$scan_intrusion(LGI$_INVPWD, user, JPI$K_LOCAL, user, 0, 0, 0, 0, 0, 0, 0));
        LowItems items;
        items.add(CIA$_FAILED_USERNAME, 5, "JONES");
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_SUSPECT),
                             sys$scan_intrusion(LGI$_INVPWD, items.list(), JPI$K_DETACHED, 0, 0, 0,
                                                0, 0, 0, 0, CIA$M_ITEMLIST));
    }
    void test_without_security_is_refused()
    {
        shim::Identity identity = shim::self();
        identity.current = ~static_cast<uint64_t>(PRV$M_SECURITY);
        shim::assume_identity(&identity);
        int status = fail();
        LowText all(std::string("*"));
        int removed = sys$delete_intrusion(all, 0);
        shim::assume_identity(0);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_NOSECURITY), status);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_NOSECURITY), removed);
    }
    void test_other_process_shares_the_database()
    {
        pid_t pid = fork();
        if (pid == 0) {
            for (int i = 0; i < 6; i++)
                fail();
            _exit(0);
        }
        int status;
        waitpid(pid, &status, 0);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_INTRUDER), succeed());
    }
    void test_parameters_are_followed()
    {
        parameter("LGI_BRK_LIM 1");
        parameter("LGI_BRK_DISUSER 1");
        shim::UafRecord record;
        record.user = "SMITH";
        record.flags = 0;
        shim::uaf_add(record);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_SUSPECT), fail());
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SECSRV$_INTRUDER),
                             fail("POP::10.0.0.1", "SMITH", CIA$M_REAL_USERNAME));
        shim::uaf_read("SMITH", &record);
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(UAI$M_DISACNT), record.flags);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(IntrusionTest);
