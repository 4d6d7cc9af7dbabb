#include "VMS/recfile.h"
#include "VMS/thread.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <rmsdef.h>

using namespace mail;

static const char DIRECTORY[] = "SYS$SYSDEVICE:[WORK]";

class RecfileBlockTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecfileBlockTest);
    CPPUNIT_TEST(test_block_file_keeps_every_byte);
    CPPUNIT_TEST(test_flush_in_the_middle_of_a_block_goes_on);
    CPPUNIT_TEST(test_write_at_changes_in_place);
    CPPUNIT_TEST(test_few_calls_for_much_data);
    CPPUNIT_TEST(test_abandoned_file_is_gone);
    CPPUNIT_TEST(test_erased_while_open);
    CPPUNIT_TEST(test_flush_in_two_steps);
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

    void test_erased_while_open()
    {
        BlockFile file, again;
        std::string name = in_work("GONE.DAT") + ";1";
        CPPUNIT_ASSERT(file.create(name, "").ok());
        CPPUNIT_ASSERT(file.write("bytes").ok());
        CPPUNIT_ASSERT(file.close().ok());
        CPPUNIT_ASSERT(file.open(name, "", true).ok());
        CPPUNIT_ASSERT(file.erase().ok());
        CPPUNIT_ASSERT(!file.is_open());
        CPPUNIT_ASSERT(again.open(name, "", true).not_found());
        CPPUNIT_ASSERT(file.erase().ok()); /* nothing is open: nothing to do */
        CPPUNIT_ASSERT(file.create(name, "").ok());
        shim_arm_fault("*", "sys$close", 1, 1, RMS$_PRV);
        CPPUNIT_ASSERT(!file.erase().ok());
        shim_clear_faults();
    }

    void test_flush_in_two_steps()
    {
        BlockFile file, again;
        std::string name = in_work("TWO.DAT") + ";1", text;
        CPPUNIT_ASSERT(!file.start_flush().ok());
        CPPUNIT_ASSERT(!file.wait_flush().ok());
        CPPUNIT_ASSERT(file.create(name, "").ok());
        CPPUNIT_ASSERT(file.write("bytes").ok());
        CPPUNIT_ASSERT(file.start_flush().ok());
        CPPUNIT_ASSERT(again.open(name, "", true).locked());
        CPPUNIT_ASSERT(file.wait_flush().ok());
        CPPUNIT_ASSERT(file.write(" more").ok());
        CPPUNIT_ASSERT(file.flush().ok());
        CPPUNIT_ASSERT(file.close().ok());
        CPPUNIT_ASSERT(file_read(name, "", 100, &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("bytes more"), text);
        CPPUNIT_ASSERT(file.create(in_work("GONE.DAT"), "").ok());
        CPPUNIT_ASSERT(file.write("bytes").ok());
        CPPUNIT_ASSERT(file.start_flush().ok());
        shim_arm_fault("*", "sys$wait", 1, 1, RMS$_FUL);
        CPPUNIT_ASSERT(file.wait_flush().disk_full());
        shim_clear_faults();
        file.abandon();
        CPPUNIT_ASSERT(!file_exists(in_work("GONE.DAT"), ""));
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

CPPUNIT_TEST_SUITE_REGISTRATION(RecfileBlockTest);
