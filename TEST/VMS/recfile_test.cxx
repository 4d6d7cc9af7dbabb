#include "VMS/recfile.h"
#include "VMS/thread.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <rmsdef.h>
#include <ssdef.h>

using namespace mail;

static const char DIRECTORY[] = "SYS$SYSDEVICE:[WORK]";

class RecfileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecfileTest);
    CPPUNIT_TEST(test_records_come_back_as_lines);
    CPPUNIT_TEST(test_long_line_is_continued);
    CPPUNIT_TEST(test_append_log_is_shared);
    CPPUNIT_TEST(test_block_file_keeps_every_byte);
    CPPUNIT_TEST(test_flush_in_the_middle_of_a_block_goes_on);
    CPPUNIT_TEST(test_write_at_changes_in_place);
    CPPUNIT_TEST(test_few_calls_for_much_data);
    CPPUNIT_TEST(test_abandoned_file_is_gone);
    CPPUNIT_TEST(test_rename_does_not_replace);
    CPPUNIT_TEST(test_search_lists_and_ends);
    CPPUNIT_TEST(test_missing_file_and_directory);
    CPPUNIT_TEST(test_too_big_is_said);
    CPPUNIT_TEST(test_disk_full_reaches_the_caller);
    CPPUNIT_TEST(test_many_threads_write_at_once);
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
    void test_block_file_keeps_every_byte()
    {
        static const size_t size_table[] = {0, 1, 511, 512, 513, BLOCKFILE_TRANSFER,
                                            BLOCKFILE_TRANSFER + 1, 200000};
        static const size_t split_table[] = {1, 7, 512, 4096, 1000000};
        for (size_t i = 0; i < sizeof size_table / sizeof size_table[0]; ++i) {
            std::string bytes;
            for (size_t n = 0; n < size_table[i]; ++n)
                bytes += static_cast<char>(n * 7 + n / 251);
            for (size_t s = 0; s < 5; ++s) {
                BlockFile file;
                std::string got("old");
                CPPUNIT_ASSERT(file.create(in_work("BYTES.DAT"), "").ok());
                for (size_t at = 0; at < bytes.size(); at += split_table[s])
                    CPPUNIT_ASSERT(file.write(bytes.substr(at, split_table[s])).ok());
                CPPUNIT_ASSERT(file.close().ok());
                CPPUNIT_ASSERT(file_read(in_work("BYTES.DAT"), "", 1000000, &got).ok());
                CPPUNIT_ASSERT(got == bytes);
            }
        }
    }
    void test_flush_in_the_middle_of_a_block_goes_on()
    {
        BlockFile file;
        std::string bytes, got;
        CPPUNIT_ASSERT(file.create(in_work("F.DAT"), "").ok());
        for (int i = 0; i < 40; ++i) {
            std::string piece(100 + static_cast<size_t>(i), static_cast<char>('a' + i % 26));
            bytes += piece;
            CPPUNIT_ASSERT(file.write(piece).ok());
            CPPUNIT_ASSERT(file.flush().ok());
            got.clear();
            CPPUNIT_ASSERT(file.read_at(0, 1000000, &got).ok());
            CPPUNIT_ASSERT(got == bytes);
        }
        CPPUNIT_ASSERT_EQUAL(bytes.size(), static_cast<size_t>(file.size()));
        got.clear();
        CPPUNIT_ASSERT(file.read_at(1000, 10, &got).ok());
        CPPUNIT_ASSERT(got == bytes.substr(1000, 10));
        CPPUNIT_ASSERT(file.read_at(file.size(), 10, &got).end_of_file());
    }
    void test_write_at_changes_in_place()
    {
        BlockFile file;
        std::string bytes(1300, '.'), got;
        CPPUNIT_ASSERT(file.create(in_work("P.DAT"), "").ok());
        CPPUNIT_ASSERT(file.write(bytes).ok());
        CPPUNIT_ASSERT(file.close().ok());
        CPPUNIT_ASSERT(file.open(in_work("P.DAT"), "", true).ok());
        CPPUNIT_ASSERT(file.write_at(510, "ABCD", 4).ok());
        CPPUNIT_ASSERT(file.write_at(1299, "Z", 1).ok());
        CPPUNIT_ASSERT(!file.write_at(1299, "ZZ", 2).ok());
        CPPUNIT_ASSERT(file.flush().ok());
        CPPUNIT_ASSERT(file.write("tail", 4).ok());
        CPPUNIT_ASSERT(file.close().ok());
        bytes.replace(510, 4, "ABCD");
        bytes[1299] = 'Z';
        CPPUNIT_ASSERT(file_read(in_work("P.DAT"), "", 10000, &got).ok());
        CPPUNIT_ASSERT(got == bytes + "tail");
    }
    void test_few_calls_for_much_data()
    {
        BlockFile file;
        std::string piece(1000, 'x');
        CPPUNIT_ASSERT(file.create(in_work("MUCH.DAT"), "").ok());
        unsigned long long before = shim_calls("*", "sys$write");
        for (int i = 0; i < 1000; ++i)
            CPPUNIT_ASSERT(file.write(piece).ok());
        CPPUNIT_ASSERT(file.close().ok());
        CPPUNIT_ASSERT_EQUAL(16ULL, shim_calls("*", "sys$write") - before);
    }
    void test_abandoned_file_is_gone()
    {
        BlockFile file;
        CPPUNIT_ASSERT(file.create(in_work("GONE.DAT"), "").ok());
        CPPUNIT_ASSERT(file.write("half").ok());
        file.abandon();
        CPPUNIT_ASSERT(!file_exists(in_work("GONE.DAT"), ""));
    }
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
    void test_too_big_is_said()
    {
        BlockFile file;
        std::string text("same");
        CPPUNIT_ASSERT(file.create(in_work("BIG.DAT"), "").ok());
        CPPUNIT_ASSERT(file.write(std::string(1001, 'x')).ok());
        CPPUNIT_ASSERT(file.close().ok());
        CPPUNIT_ASSERT(!file_read(in_work("BIG.DAT"), "", 1000, &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("same"), text);
    }
    void test_disk_full_reaches_the_caller()
    {
        BlockFile file;
        CPPUNIT_ASSERT(file.create(in_work("FULL.DAT"), "").ok());
        CPPUNIT_ASSERT(file.write("bytes").ok());
        shim_arm_fault("*", "sys$write", 1, 0, RMS$_FUL);
        Status status = file.flush();
        CPPUNIT_ASSERT(status.disk_full());
        CPPUNIT_ASSERT(status.retryable());
        shim_clear_faults();
        CPPUNIT_ASSERT(file.flush().ok()); /* nothing was lost */
    }

    struct Writer {
        int number;
        bool good;
        static void run(void *self)
        {
            Writer *writer = static_cast<Writer *>(self);
            for (int i = 0; i < 10; ++i) {
                char name[32];
                BlockFile file;
                std::string text(5000, static_cast<char>('A' + writer->number)), got;
                snprintf(name, sizeof name, "T%d_%d.DAT", writer->number, i);
                writer->good = writer->good && file.create(in_work(name), "").ok() &&
                               file.write(text).ok() && file.flush().ok() && file.close().ok() &&
                               file_read(in_work(name), "", 10000, &got).ok() && got == text;
            }
        }
    };
    void test_many_threads_write_at_once()
    {
        Writer writers[16];
        Thread threads[16];
        for (int i = 0; i < 16; ++i) {
            writers[i].number = i;
            writers[i].good = true;
            CPPUNIT_ASSERT(threads[i].start(Writer::run, &writers[i]).ok());
        }
        for (int i = 0; i < 16; ++i) {
            threads[i].join();
            CPPUNIT_ASSERT(writers[i].good);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecfileTest);
