#include "VMS/recfile.h"

#include "file_guard.h"
#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace mail;

static const char DIRECTORY[] = "SYS$SYSDEVICE:[WORK]";

class RecfileNamesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecfileNamesTest);
    CPPUNIT_TEST(test_rename_does_not_replace);
    CPPUNIT_TEST(test_search_lists_and_ends);
    CPPUNIT_TEST(test_missing_file_and_directory);
    CPPUNIT_TEST(test_protection_is_told);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;

public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        root_->make_folder("/WORK");
    }
    void tearDown()
    {
        shim_clear_faults();
        root_.reset();
    }
    static std::string in_work(const std::string &name) { return DIRECTORY + name; }

    void test_rename_does_not_replace()
    {
        BlockFile file;
        CPPUNIT_ASSERT(file.create(in_work("OLD.DAT"), "").ok());
        CPPUNIT_ASSERT(file.close().ok());
        CPPUNIT_ASSERT(file.create(in_work("OTHER.DAT"), "").ok());
        CPPUNIT_ASSERT(file.close().ok());
        CPPUNIT_ASSERT(file_rename(in_work("OLD.DAT;1"), in_work("NEW.DAT;1")).ok());
        CPPUNIT_ASSERT(!file_exists(in_work("OLD.DAT"), ""));
        CPPUNIT_ASSERT(file_exists(in_work("NEW.DAT"), ""));
        CPPUNIT_ASSERT(file_rename(in_work("OTHER.DAT;1"), in_work("NEW.DAT;1")).exists());
        CPPUNIT_ASSERT(file_erase(in_work("NEW.DAT;1")).ok());
        CPPUNIT_ASSERT(file_erase(in_work("NEW.DAT;1")).not_found());
    }

    void test_search_lists_and_ends()
    {
        for (int i = 0; i < 5; ++i) {
            BlockFile file;
            char name[16];
            snprintf(name, sizeof name, "F%d.DAT", i);
            CPPUNIT_ASSERT(file.create(in_work(name), "").ok());
            CPPUNIT_ASSERT(file.close().ok());
        }
        FileSearch search;
        std::string spec;
        int count = 0;
        CPPUNIT_ASSERT(search.open(in_work("F*.DAT;*"), "").ok());
        while (search.next(&spec).ok()) {
            CPPUNIT_ASSERT(spec.find("[WORK]F") != std::string::npos);
            ++count;
        }
        CPPUNIT_ASSERT_EQUAL(5, count);
        CPPUNIT_ASSERT(search.open(in_work("NONE*.DAT"), "").ok());
        CPPUNIT_ASSERT(search.next(&spec).end_of_file());
        CPPUNIT_ASSERT(file_parse("WORK.X", DIRECTORY, &spec).ok());
        CPPUNIT_ASSERT(spec.find("[WORK]WORK.X") != std::string::npos);
    }

    void test_missing_file_and_directory()
    {
        RecordReader reader;
        BlockFile file;
        std::string text;
        CPPUNIT_ASSERT(reader.open(in_work("NO.TXT"), "").not_found());
        CPPUNIT_ASSERT(file.open("SYS$SYSDEVICE:[NOWHERE]X.Y", "", false).not_found());
        CPPUNIT_ASSERT(file_read(in_work("NO.TXT"), "", 10, &text).not_found());
        CPPUNIT_ASSERT(!reader.open(in_work("bad name(.txt"), "").ok());
        CPPUNIT_ASSERT(!reader.open(std::string(300, 'A'), "").ok());
    }

    void test_protection_is_told()
    {
        FileProtection protection;
        CPPUNIT_ASSERT(file_protection(in_work("KEY.DAT"), "", &protection).not_found());
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(in_work("KEY.DAT"), "").ok() && writer.close().ok());
        set_file_guard(in_work("KEY.DAT"), 0xff00, 0x00c80007);
        CPPUNIT_ASSERT(file_protection(in_work("KEY"), ".DAT", &protection).ok());
        CPPUNIT_ASSERT_EQUAL(0x00c80007u, static_cast<unsigned>(protection.owner));
        CPPUNIT_ASSERT(protection.owner_reads && !protection.group_reads &&
                       !protection.world_reads);
        set_file_guard(in_work("KEY.DAT"), 0x0fff);
        CPPUNIT_ASSERT(file_protection(in_work("KEY.DAT"), "", &protection).ok());
        CPPUNIT_ASSERT(!protection.owner_reads && !protection.group_reads &&
                       protection.world_reads);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecfileNamesTest);
