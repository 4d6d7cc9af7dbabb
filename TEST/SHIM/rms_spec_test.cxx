/*
**  rms_spec_test - $PARSE and host_path: syntax, defaults, logical names
*/
#include "rms_support.h"

#include <cppunit/extensions/HelperMacros.h>
#include <namdef.h>

namespace shim {
std::string default_directory();
}

class RmsSpecTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RmsSpecTest);
    CPPUNIT_TEST(test_parse_expands_name_and_defaults);
    CPPUNIT_TEST(test_parse_refuses_syntax);
    CPPUNIT_TEST(test_parse_points_at_parts);
    CPPUNIT_TEST(test_parse_synchk_skips_devices_and_directories);
    CPPUNIT_TEST(test_concealed_root_is_shown_unless_noconceal);
    CPPUNIT_TEST(test_search_list_opens_first_match);
    CPPUNIT_TEST(test_logical_loop_is_lne);
    CPPUNIT_TEST(test_related_name_fills_type);
    CPPUNIT_TEST(test_setddir_relative);
    CPPUNIT_TEST(test_host_path_versions);
    CPPUNIT_TEST(test_blocks_are_checked);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<RmsRoot> root;

    void setUp() { root.reset(new RmsRoot); }
    void tearDown() { root.reset(); }

    std::string parsed(const std::string &spec, const std::string &defaults, unsigned nop)
    {
        RmsFile file(spec, defaults);
        file.b->nam.nam$b_nop = static_cast<unsigned char>(nop);
        int status = sys$parse(&file.b->fab);
        return status & 1 ? file.expanded() : std::to_string(status);
    }

    void test_parse_expands_name_and_defaults()
    {
        static const char *const rows[][3] = {
            {"a.b", "", "SYS$SYSDEVICE:[000000]A.B;"},
            {"[test]a", ".DAT", "SYS$SYSDEVICE:[TEST]A.DAT;"},
            {"<TEST.SUB>a.b;3", "", "SYS$SYSDEVICE:[TEST.SUB]A.B;3"},
            {"a.b.7", "[TEST]", "SYS$SYSDEVICE:[TEST]A.B;7"},
            {"[.SUB]x", "SYS$SYSDEVICE:[TEST].LOG;-1", "SYS$SYSDEVICE:[TEST.SUB]X.LOG;-1"},
            {"[-]x.y", "[A.B]", "SYS$SYSDEVICE:[A]X.Y;"},
            {"[--]x.y", "[A.B]", "SYS$SYSDEVICE:[000000]X.Y;"},
            {"[-.C]x.y", "[A.B]", "SYS$SYSDEVICE:[A.C]X.Y;"},
            {"[1,4]x.y", "", "SYS$SYSDEVICE:[001004]X.Y;"},
            {"[...]*.%", "", "SYS$SYSDEVICE:[000000...]*.%;"},
            {"[A...B]*.*;*", "", "SYS$SYSDEVICE:[A...B]*.*;*"},
            {"sys$manager:x.com", "", "SYS$SYSROOT:[SYSMGR]X.COM;"},
            {"SYS$SYSTEM:", "X.EXE", "SYS$SYSROOT:[SYSEXE]X.EXE;"},
            {"SYS$SYSTEM", ".DAT", "SYS$SYSROOT:[SYSEXE].DAT;"},
            {"DKA0:[TEST]x.y", "", "SYS$SYSDEVICE:[TEST]X.Y;"},
            {"NL:", "", "_NLA0:.;"},
        };
        for (const auto &row : rows)
            CHECK_TEXT(row[2], parsed(row[0], row[1], NAM$M_SYNCHK));
    }

    void test_parse_refuses_syntax()
    {
        static const struct {
            const char *spec;
            int status;
        } rows[] = {
            {"[TEST", RMS$_DIR},
            {"[TE ST]A.B", RMS$_DIR},
            {"A!B.C", RMS$_FNM},
            {"A.B!C", RMS$_TYP},
            {"A.B;X", RMS$_VER},
            {"A.B;32768", RMS$_VER},
            {"FOO BAR:A.B", RMS$_DEV},
            {"NOSUCH:A.B", RMS$_DEV},
            {"[-]A.B", RMS$_DIR},
            {"A23456789012345678901234567890123456789.B", RMS$_NORMAL},
            {"A234567890123456789012345678901234567890.B", RMS$_FNM},
            {"OTHER::A.B", RMS$_SUPPORT},
            {"[NOSUCHDIR]A.B", RMS$_DNF},
        };
        for (const auto &row : rows) {
            RmsFile file(row.spec);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.spec, row.status, sys$parse(&file.b->fab));
            CPPUNIT_ASSERT_EQUAL(static_cast<unsigned>(row.status), file.b->fab.fab$l_sts);
        }
    }

    void test_parse_points_at_parts()
    {
        RmsFile file("[TEST]LOGIN.COM;2");
        CHECK_STATUS(RMS$_NORMAL, sys$parse(&file.b->fab));
        const NAM &nam = file.b->nam;
        CHECK_TEXT("SYS$SYSDEVICE:", std::string(nam.nam$l_dev, nam.nam$b_dev));
        CHECK_TEXT("[TEST]", std::string(nam.nam$l_dir, nam.nam$b_dir));
        CHECK_TEXT("LOGIN", std::string(nam.nam$l_name, nam.nam$b_name));
        CHECK_TEXT(".COM", std::string(nam.nam$l_type, nam.nam$b_type));
        CHECK_TEXT(";2", std::string(nam.nam$l_ver, nam.nam$b_ver));
        unsigned bits = NAM$M_EXP_NAME | NAM$M_EXP_TYPE | NAM$M_EXP_VER | NAM$M_EXP_DIR;
        CPPUNIT_ASSERT_EQUAL(bits, nam.nam$l_fnb & (bits | NAM$M_EXP_DEV | NAM$M_WILDCARD));
    }

    void test_parse_synchk_skips_devices_and_directories()
    {
        CHECK_TEXT("NOSUCH:[GONE]A.B;", parsed("NOSUCH:[GONE]A.B", "", NAM$M_SYNCHK));
        CHECK_TEXT(std::to_string(RMS$_DNF), parsed("[GONE]A.B", "", 0));
    }

    void test_concealed_root_is_shown_unless_noconceal()
    {
        define_name("MYROOT", {"*SYS$SYSDEVICE:[TEST.]"});
        CHECK_TEXT("MYROOT:[SUB]A.B;", parsed("MYROOT:[SUB]A.B", "", NAM$M_SYNCHK));
        CHECK_TEXT("MYROOT:[000000]A.B;", parsed("MYROOT:[000000]A.B", "", NAM$M_SYNCHK));
        CHECK_TEXT("DKA0:[TEST.][SUB]A.B;",
                   parsed("MYROOT:[SUB]A.B", "", NAM$M_SYNCHK | NAM$M_NOCONCEAL));
        std::string path;
        CHECK_STATUS(RMS$_NORMAL, int(shim::host_path("MYROOT:[000000]A.B", "", false, &path, 0)));
        CHECK_TEXT(root->path() + "/TEST/A.B;1", path);
    }

    void test_search_list_opens_first_match()
    {
        RmsFile made("SYS$COMMON:[SYSMGR]ONLY.COM");
        CHECK_STATUS(RMS$_NORMAL, made.create());
        made.close();
        RmsFile file("SYS$MANAGER:ONLY.COM");
        CHECK_STATUS(RMS$_NORMAL, file.open());
        CHECK_TEXT("SYS$COMMON:[SYSMGR]ONLY.COM;1", file.resultant());
        file.close();
        RmsFile own("SYS$MANAGER:ONLY.COM");
        CHECK_STATUS(RMS$_NORMAL, own.create()); /* into the first of the list */
        CHECK_TEXT("SYS$SYSROOT:[SYSMGR]ONLY.COM;1", own.resultant());
        own.close();
        CHECK_STATUS(RMS$_NORMAL, file.open());
        CHECK_TEXT("SYS$SYSROOT:[SYSMGR]ONLY.COM;1", file.resultant());
    }

    void test_logical_loop_is_lne()
    {
        define_name("AA", {"BB:"});
        define_name("BB", {"AA:"});
        CHECK_TEXT(std::to_string(RMS$_LNE), parsed("AA:X.Y", "", 0));
    }

    void test_related_name_fills_type()
    {
        RmsFile file("COPY");
        std::string related = "SYS$SYSDEVICE:[TEST]FROM.TXT;3";
        related.copy(file.b->related_text, 255);
        file.b->related.nam$l_rsa = file.b->related_text;
        file.b->related.nam$b_rsl = static_cast<unsigned char>(related.size());
        file.b->nam.nam$l_rlf = &file.b->related;
        CHECK_STATUS(RMS$_NORMAL, sys$parse(&file.b->fab));
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]COPY.TXT;", file.expanded());
        file.b->fab.fab$l_fop = FAB$M_OFP;
        CHECK_STATUS(RMS$_NORMAL, sys$parse(&file.b->fab));
        CHECK_TEXT("SYS$SYSDEVICE:[000000]COPY.TXT;", file.expanded());
    }

    void test_setddir_relative()
    {
        RmsFile texts("");
        dsc$descriptor_s *name = reinterpret_cast<dsc$descriptor_s *>(texts.b->keybuf);
        name->dsc$b_dtype = DSC$K_DTYPE_T;
        name->dsc$b_class = DSC$K_CLASS_S;
        name->dsc$a_pointer = texts.b->buffer;
        auto set = [&](const std::string &text) {
            text.copy(texts.b->buffer, 255);
            name->dsc$w_length = static_cast<unsigned short>(text.size());
            return sys$setddir(name, 0, 0);
        };
        CHECK_STATUS(RMS$_NORMAL, set("[TEST]"));
        CHECK_STATUS(RMS$_NORMAL, set("[.SUB]"));
        CHECK_TEXT("[TEST.SUB]", shim::default_directory());
        CHECK_TEXT("SYS$SYSDEVICE:[TEST.SUB]A.B;", parsed("A.B", "", NAM$M_SYNCHK));
        CHECK_STATUS(RMS$_DIR, set("[---]"));
        CHECK_TEXT("[TEST.SUB]", shim::default_directory());
    }

    void test_host_path_versions()
    {
        std::string path, spec;
        CHECK_STATUS(RMS$_FNF, int(shim::host_path("[TEST]V.X", "", true, &path, &spec)));
        CHECK_STATUS(RMS$_DNF, int(shim::host_path("[NOSUCH]V.X", "", true, &path, &spec)));
        for (int i = 0; i < 3; ++i) {
            RmsFile file("[TEST]V.X");
            CHECK_STATUS(RMS$_NORMAL, file.create());
        }
        CHECK_STATUS(RMS$_NORMAL, int(shim::host_path("[TEST]V.X", "", true, &path, &spec)));
        CHECK_TEXT(root->path() + "/TEST/V.X;3", path);
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]V.X;3", spec);
        CHECK_STATUS(RMS$_NORMAL, int(shim::host_path("[TEST]V.X;-1", "", true, &path, &spec)));
        CHECK_TEXT(root->path() + "/TEST/V.X;2", path);
        CHECK_STATUS(RMS$_NORMAL, int(shim::host_path("[TEST]V.X", "", false, &path, &spec)));
        CHECK_TEXT(root->path() + "/TEST/V.X;4", path);
        CHECK_STATUS(RMS$_NORMAL, int(shim::host_path("[TEST]", "", true, &path, &spec)));
        CHECK_TEXT(root->path() + "/TEST", path);
    }

    void test_blocks_are_checked()
    {
        FAB high = cc$rms_fab;
        CHECK_STATUS(sizeof(void *) == 8 ? SS$_ACCVIO : RMS$_FNM, sys$open(&high));
        RmsFile file("[TEST]A.B");
        file.b->fab.fab$b_bid = 9;
        CHECK_STATUS(RMS$_FAB, sys$open(&file.b->fab));
        file.b->fab.fab$b_bid = FAB$C_BID;
        file.b->fab.fab$b_bln = 4;
        CHECK_STATUS(RMS$_BLN, sys$open(&file.b->fab));
        file.b->fab.fab$b_bln = FAB$C_BLN;
        file.b->nam.nam$b_bid = 1;
        CHECK_STATUS(RMS$_NAM, sys$open(&file.b->fab));
        file.b->nam.nam$b_bid = NAM$C_BID;
        CHECK_STATUS(RMS$_ISI, sys$get(&file.b->rab));
        file.b->rab.rab$b_bid = 7;
        CHECK_STATUS(RMS$_RAB, sys$get(&file.b->rab));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RmsSpecTest);
