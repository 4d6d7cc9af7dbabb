#include "VMS/recfile.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace mail;

static const char DIRECTORY[] = "SYS$SYSDEVICE:[WORK]";

class RecfileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecfileTest);
    CPPUNIT_TEST(test_records_come_back_as_lines);
    CPPUNIT_TEST(test_long_line_is_continued);
    CPPUNIT_TEST(test_append_log_is_shared);
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


    void test_records_come_back_as_lines()
    {
        RecordWriter writer;
        RecordReader reader;
        std::string line;
        CPPUNIT_ASSERT(writer.create(in_work("LINES"), ".TXT").ok());
        CPPUNIT_ASSERT(writer.write("one").ok());
        CPPUNIT_ASSERT(writer.write("").ok());
        CPPUNIT_ASSERT(writer.write("\x01three\xff").ok());
        CPPUNIT_ASSERT(writer.close().ok());
        CPPUNIT_ASSERT(reader.open(in_work("LINES.TXT"), "").ok());
        CPPUNIT_ASSERT(reader.resultant().find("LINES.TXT;1") != std::string::npos);
        CPPUNIT_ASSERT(reader.next(&line).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("one"), line);
        CPPUNIT_ASSERT(reader.next(&line).ok());
        CPPUNIT_ASSERT_EQUAL(std::string(), line);
        CPPUNIT_ASSERT(reader.next(&line).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("\x01three\xff"), line);
        CPPUNIT_ASSERT(reader.next(&line).end_of_file());
        std::string text;
        CPPUNIT_ASSERT(file_read_text(in_work("LINES.TXT"), "", 1000, "\r\n", &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("one\r\n\r\n\x01three\xff\r\n"), text);
    }

    void test_long_line_is_continued()
    {
        RecordWriter writer;
        std::string text;
        CPPUNIT_ASSERT(writer.create(in_work("LONG.TXT"), "").ok());
        CPPUNIT_ASSERT(writer.write(std::string(40000, 'x')).ok());
        CPPUNIT_ASSERT(writer.close().ok());
        CPPUNIT_ASSERT(file_read_text(in_work("LONG.TXT"), "", 100000, "\n", &text).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(40002), text.size());
        CPPUNIT_ASSERT_EQUAL(RECFILE_RECORD_MAX, text.find('\n'));
    }

    void test_append_log_is_shared()
    {
        RecordWriter one, two;
        std::string text;
        CPPUNIT_ASSERT(one.append(in_work("A.LOG"), "").ok());
        CPPUNIT_ASSERT(two.append(in_work("A.LOG"), "").ok());
        CPPUNIT_ASSERT(one.write("first").ok());
        CPPUNIT_ASSERT(one.flush().ok());
        CPPUNIT_ASSERT(two.write("second").ok());
        CPPUNIT_ASSERT(two.flush().ok());
        CPPUNIT_ASSERT(one.write("third").ok());
        CPPUNIT_ASSERT(one.flush().ok());
        CPPUNIT_ASSERT(file_read_text(in_work("A.LOG"), "", 1000, "\n", &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("first\nsecond\nthird\n"), text);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecfileTest);
