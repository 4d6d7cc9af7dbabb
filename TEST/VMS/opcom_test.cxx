#include "VMS/opcom.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <string.h>

using namespace mail;

class OpcomTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OpcomTest);
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

    void test_operator_message_is_one_clean_line()
    {
        CPPUNIT_ASSERT(operator_send("line one\r\nFAKE LINE").ok());
        CPPUNIT_ASSERT(operator_send(std::string(1000, 'x')).ok());
        std::string log = read_log();
        CPPUNIT_ASSERT(log.find("line one..FAKE LINE") != std::string::npos);
        CPPUNIT_ASSERT(log.find(std::string(OPCOM_TEXT_MAX, 'x')) != std::string::npos);
        CPPUNIT_ASSERT(log.find(std::string(OPCOM_TEXT_MAX + 1, 'x')) == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OpcomTest);
