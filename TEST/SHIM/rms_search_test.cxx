/*
**  rms_search_test - $SEARCH and the file routines of LIB$
*/
#include "rms_support.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lib$routines.h>

class RmsSearchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RmsSearchTest);
    CPPUNIT_TEST(test_wildcards_in_directory_order);
    CPPUNIT_TEST(test_no_match_is_fnf_then_nmf);
    CPPUNIT_TEST(test_search_list_gives_both);
    CPPUNIT_TEST(test_library_routines);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<RmsRoot> root;

    void tearDown() { root.reset(); }

    void make(const std::string &spec)
    {
        RmsFile file(spec);
        CHECK_STATUS(RMS$_NORMAL, file.create());
    }

    void setUp()
    {
        root.reset(new RmsRoot);
        for (const char *directory : {"/TEST/SUB", "/TEST/SUB/DEEP", "/TEST/OTHER"})
            mkdir((root->path() + directory).c_str(), 0700);
        for (const char *name : {"B.DAT", "A.TXT", "A.DAT;2", "A.DAT;1", "A.DAT;10", "AB.DAT"})
            make(std::string("[TEST]") + name);
        make("[TEST.SUB]A.DAT");
        make("[TEST.SUB.DEEP]A.DAT");
    }

    std::string found(const std::string &spec)
    {
        RmsFile file(spec);
        int status = sys$parse(&file.b->fab);
        std::string all;
        while (status & 1) {
            status = sys$search(&file.b->fab);
            if (status & 1)
                all += (all.empty() ? "" : " ") + file.resultant().substr(14);
        }
        return all.empty() || status != RMS$_NMF ? all + " " + std::to_string(status) : all;
    }

    void test_wildcards_in_directory_order()
    {
        static const char *const rows[][2] = {
            {"[TEST]*.DAT", "[TEST]A.DAT;10 [TEST]AB.DAT;1 [TEST]B.DAT;1"},
            {"[TEST]A.DAT;*", "[TEST]A.DAT;10 [TEST]A.DAT;2 [TEST]A.DAT;1"},
            {"[TEST]%.*", "[TEST]A.DAT;10 [TEST]A.TXT;1 [TEST]B.DAT;1"},
            {"[TEST]A.*;-1", "[TEST]A.DAT;2"},
            {"[TEST...]A.DAT", "[TEST]A.DAT;10 [TEST.SUB]A.DAT;1 [TEST.SUB.DEEP]A.DAT;1"},
            {"[TEST.*]A.DAT", "[TEST.SUB]A.DAT;1"},
            {"[TEST.*...]A*.*", "[TEST.SUB]A.DAT;1 [TEST.SUB.DEEP]A.DAT;1"},
            {"[TEST]*.DIR", "[TEST]OTHER.DIR;1 [TEST]SUB.DIR;1"},
            {"[TEST]A.DAT", "[TEST]A.DAT;10"},
            {"[TEST]A.DAT;2", "[TEST]A.DAT;2"},
        };
        for (const auto &row : rows)
            CHECK_TEXT(row[1], found(row[0]));
    }

    void test_no_match_is_fnf_then_nmf()
    {
        RmsFile file("[TEST]Z*.*");
        CHECK_STATUS(RMS$_NORMAL, sys$parse(&file.b->fab));
        CHECK_STATUS(RMS$_FNF, sys$search(&file.b->fab));
        CHECK_STATUS(RMS$_NMF, sys$search(&file.b->fab));
        CHECK_STATUS(RMS$_NORMAL, sys$parse(&file.b->fab));
        CHECK_STATUS(RMS$_FNF, sys$search(&file.b->fab));
    }

    void test_search_list_gives_both()
    {
        define_name("LIST", {"SYS$SYSDEVICE:[TEST.SUB]", "SYS$SYSDEVICE:[TEST]"});
        CHECK_TEXT("[TEST.SUB]A.DAT;1 [TEST]A.DAT;10", found("LIST:A.DAT"));
        RmsFile file("LIST:B.DAT");
        CHECK_STATUS(RMS$_NORMAL, file.open());
        CPPUNIT_ASSERT((file.b->nam.nam$l_fnb & NAM$M_SEARCH_LIST) != 0);
    }

    static dsc$descriptor_s *text(RmsFile &memory, unsigned slot, const std::string &value)
    {
        char *at = memory.b->buffer + slot * 512;
        dsc$descriptor_s *descriptor = reinterpret_cast<dsc$descriptor_s *>(at);
        descriptor->dsc$w_length = static_cast<unsigned short>(value.size());
        descriptor->dsc$b_dtype = DSC$K_DTYPE_T;
        descriptor->dsc$b_class = DSC$K_CLASS_S;
        descriptor->dsc$a_pointer = at + 64;
        value.copy(at + 64, 255);
        return descriptor;
    }

    void test_library_routines()
    {
        RmsFile memory("");
        unsigned context = 0;
        dsc$descriptor_s *result = text(memory, 1, std::string(255, ' '));
        std::string all;
        while (lib$find_file(text(memory, 0, "[TEST]*.TXT;*"), result, &context, 0, 0, 0, 0) & 1)
            all += std::string(result->dsc$a_pointer, 31);
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]A.TXT;1", all.substr(0, 27));
        CHECK_STATUS(RMS$_NORMAL, lib$find_file_end(&context));
        CHECK_STATUS(RMS$_VER, lib$delete_file(text(memory, 0, "[TEST]A.DAT"), 0));
        CHECK_STATUS(RMS$_NORMAL, lib$delete_file(text(memory, 0, "[TEST]A.DAT;*"), 0));
        CHECK_TEXT("[TEST]AB.DAT;1 [TEST]B.DAT;1", found("[TEST]*.DAT;*"));
        CHECK_STATUS(RMS$_NORMAL,
                     lib$rename_file(text(memory, 0, "[TEST]*.DAT"), text(memory, 1, ".OLD"), 0));
        CHECK_TEXT("[TEST]AB.OLD;1 [TEST]B.OLD;1", found("[TEST]*.OLD;*"));
        CHECK_STATUS(SS$_CREATED, lib$create_dir(text(memory, 0, "[TEST.N1.N2]"), 0, 0, 0));
        CHECK_STATUS(SS$_NORMAL, lib$create_dir(text(memory, 0, "[TEST.N1.N2]"), 0, 0, 0));
        make("[TEST.N1.N2]X.Y");
        CHECK_STATUS(RMS$_MKD, lib$delete_file(text(memory, 0, "[TEST.N1]N2.DIR;1"), 0));
        CHECK_STATUS(RMS$_NORMAL, lib$delete_file(text(memory, 0, "[TEST.N1.N2]X.Y;*"), 0));
        CHECK_STATUS(RMS$_NORMAL, lib$delete_file(text(memory, 0, "[TEST.N1]N2.DIR;1"), 0));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RmsSearchTest);
