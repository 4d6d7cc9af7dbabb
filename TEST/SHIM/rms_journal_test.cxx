/*
**  rms_journal_test - new files that were flushed come back when the host lost them
*/
#include "rms_support.h"

#include "rms_journal.h"

#include <cppunit/extensions/HelperMacros.h>
#include <shim_control.h>

#include <fstream>
#include <iterator>
#include <signal.h>
#include <sys/wait.h>
#include <thread>
#include <vector>

using std::string;

class RmsJournalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RmsJournalTest);
    CPPUNIT_TEST(test_what_the_host_lost_is_written_again);
    CPPUNIT_TEST(test_what_is_there_stays);
    CPPUNIT_TEST(test_same_boot_restores_nothing);
    CPPUNIT_TEST(test_crash_points);
    CPPUNIT_TEST(test_threads_share_flushes_and_lose_nothing);
    CPPUNIT_TEST(test_halves_take_turns);
    CPPUNIT_TEST(test_closed_journal_is_empty);
    CPPUNIT_TEST(test_large_and_old_files_are_flushed_themselves);
    CPPUNIT_TEST(test_renamed_file_does_not_depend_on_the_journal);
    CPPUNIT_TEST(test_flush_in_two_steps);
    CPPUNIT_TEST(test_close_waits_for_the_flush);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<RmsRoot> root;

    void setUp()
    {
        shim::pretend_boot("");
        shim::pretend_retire_ms(3600 * 1000); /* on a slow machine a test takes seconds */
        root.reset(new RmsRoot);
    }
    void tearDown()
    {
        shim_clear_faults();
        root.reset();
        shim::pretend_retire_ms(shim::PROCESS_RETIRE_MS);
    }

    void test_what_the_host_lost_is_written_again()
    {
        const string text = pattern(5000);
        crash_after([&] { make("A.DAT", text) && make("B.DAT", text) && make("C.DAT", text); });
        unlink(path("A.DAT").c_str());
        CPPUNIT_ASSERT_EQUAL(0, truncate(path("B.DAT").c_str(), 512));
        spoil("C.DAT", string(text.size(), '\0'));
        CPPUNIT_ASSERT_EQUAL(3u, recovered("another boot"));
        for (const char *name : {"A.DAT", "B.DAT", "C.DAT"})
            CPPUNIT_ASSERT_MESSAGE(name, contents(name) == text);
        RmsFile file("[TEST]A.DAT"); /* its attributes too: undefined records, block by block */
        CHECK_STATUS(RMS$_NORMAL, file.open(FAB$M_GET | FAB$M_BIO));
        CPPUNIT_ASSERT_EQUAL(int(FAB$C_UDF), int(file.b->fab.fab$b_rfm));
        CPPUNIT_ASSERT_EQUAL(0u, recovered("a third boot"));
    }
    void test_what_is_there_stays()
    {
        const string text = pattern(1000);
        crash_after([&] { make("A.DAT", text) && make("B.DAT", text) && make("C.DAT", text); });
        spoil("B.DAT", string(1000, 'n'));        /* changed in place after the flush */
        spoil("C.DAT", text + "and went on");
        CPPUNIT_ASSERT_EQUAL(0u, recovered("another boot"));
        CPPUNIT_ASSERT(contents("A.DAT") == text);
        CPPUNIT_ASSERT(contents("B.DAT") == string(1000, 'n'));
        CPPUNIT_ASSERT(contents("C.DAT") == text + "and went on");
    }
    void test_same_boot_restores_nothing()
    {
        crash_after([&] { make("A.DAT", "erased since"); });
        unlink(path("A.DAT").c_str());
        uint32_t files = 0;
        CPPUNIT_ASSERT_EQUAL(1u, shim::process_recover(&files));
        CPPUNIT_ASSERT_EQUAL(0u, files);
        CPPUNIT_ASSERT_EQUAL(0u, recovered("another boot")); /* and the record is gone */
    }
    void test_crash_points()
    {
        for (const char *point : {"crash:rms_journal_written", "crash:rms_journal_flushed"}) {
            setUp();
            CPPUNIT_ASSERT(shim_arm_fault("*", point, 2, 1, shim::FAULT_KILL));
            CPPUNIT_ASSERT_EQUAL(SIGKILL, in_child([&] {
                                     make("A.DAT", pattern(100)) && make("B.DAT", pattern(200));
                                 }));
            shim_clear_faults();
            unlink(path("A.DAT").c_str());
            unlink(path("B.DAT").c_str());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(point, 2u, recovered("another boot"));
            CPPUNIT_ASSERT(contents("B.DAT") == pattern(200));
        }
    }
    void test_threads_share_flushes_and_lose_nothing()
    {
        const int threads = 8, each = 25;
        crash_after([&] {
            std::vector<std::thread> all;
            std::atomic<bool> good(true);
            for (int t = 0; t < threads; ++t)
                all.emplace_back([&good, t] {
                    for (int i = 0; i < each; ++i)
                        good = make(numbered(t * each + i), pattern(700 + t)) && good;
                });
            for (std::thread &one : all)
                one.join();
            if (!good)
                _exit(1);
        });
        for (int i = 0; i < threads * each; ++i)
            CPPUNIT_ASSERT_EQUAL(0, unlink(path(numbered(i)).c_str()));
        CPPUNIT_ASSERT_EQUAL(uint32_t(threads * each), recovered("another boot"));
        for (int i = 0; i < threads * each; ++i)
            CPPUNIT_ASSERT(contents(numbered(i)) == pattern(700 + size_t(i / each)));
    }
    void test_halves_take_turns()
    {
        const int count = 900; /* of 60 KB: more than three halves */
        const string text = pattern(60000);
        crash_after([&] {
            for (int i = 0; i < count; ++i)
                if (!make(numbered(i), text) || unlink(path(numbered(i - 40)).c_str()) < -1)
                    _exit(1);
        });
        unlink(path(numbered(count - 1)).c_str());
        uint32_t files = recovered("another boot");
        CPPUNIT_ASSERT(contents(numbered(count - 1)) == text);
        CPPUNIT_ASSERT_MESSAGE("records of retired halves must be gone",
                               files > 0 && files < 2 * 16 * 1024 * 1024 / text.size() + 2);
    }
    void test_closed_journal_is_empty()
    {
        int status = in_child([&] {
            bool good = make("A.DAT", "kept") && make("B.DAT", "erased");
            shim::process_journal_close();
            if (!good)
                _exit(1);
            kill(getpid(), SIGKILL);
        });
        CPPUNIT_ASSERT_EQUAL(SIGKILL, status);
        unlink(path("B.DAT").c_str());
        CPPUNIT_ASSERT_EQUAL(0u, recovered("another boot"));
        CPPUNIT_ASSERT(contents("A.DAT") == "kept");
    }
    void test_large_and_old_files_are_flushed_themselves()
    {
        crash_after([&] {
            if (!make("A.DAT", pattern(65024)) || !make("B.DAT", "first"))
                _exit(1);
            RmsFile large("[TEST]C.DAT"), again("[TEST]B.DAT");
            large.b->fab.fab$b_rfm = again.b->fab.fab$b_rfm = FAB$C_UDF;
            if (!(large.create(FAB$M_PUT | FAB$M_BIO) & 1) ||
                !(large.write(pattern(65024), 1) & 1) || !(large.write(pattern(65024)) & 1) ||
                !(sys$flush(&large.b->rab) & 1) ||
                !(again.open(FAB$M_GET | FAB$M_PUT | FAB$M_BIO) & 1) ||
                !(again.write("second", 1) & 1) || !(sys$flush(&again.b->rab) & 1))
                _exit(1);
        });
        unlink(path("A.DAT").c_str());
        unlink(path("C.DAT").c_str());
        CPPUNIT_ASSERT_EQUAL(1u, recovered("another boot"));
        CPPUNIT_ASSERT(contents("A.DAT") == pattern(65024));
        CPPUNIT_ASSERT(contents("B.DAT") == "second");
    }
    void test_renamed_file_does_not_depend_on_the_journal()
    {
        crash_after([&] {
            RmsFile from("[TEST]A.TMP"), to("[TEST]B.DAT");
            if (!make("A.TMP", "text") || !(sys$rename(&from.b->fab, 0, 0, &to.b->fab) & 1))
                _exit(1);
        });
        CPPUNIT_ASSERT(contents("B.DAT") == "text");
        /* under its old name it comes back: it was gone for less than the journal remembers */
        CPPUNIT_ASSERT_EQUAL(1u, recovered("another boot"));
        CPPUNIT_ASSERT(contents("B.DAT") == "text");
    }

    void test_flush_in_two_steps()
    {
        RmsFile file("[TEST]A.DAT");
        begin_flush(file, "bytes");
        CPPUNIT_ASSERT_EQUAL(0u, file.b->rab.rab$l_sts);
        CHECK_STATUS(RMS$_RSA, file.write("more", 2));
        CHECK_STATUS(RMS$_RSA, sys$flush(&file.b->rab));
        CHECK_STATUS(RMS$_NORMAL, sys$wait(&file.b->rab));
        CHECK_STATUS(RMS$_NORMAL, sys$wait(&file.b->rab)); /* nothing is under way: its status */
        CHECK_STATUS(RMS$_NORMAL, file.write("more", 2));
        CHECK_STATUS(RMS$_NORMAL, sys$flush(&file.b->rab)); /* an old file: at once */
        CHECK_STATUS(RMS$_NORMAL, sys$wait(&file.b->fab));
        file.close();
    }
    void test_close_waits_for_the_flush()
    {
        crash_after([&] {
            RmsFile kept("[TEST]A.DAT"), erased("[TEST]B.DAT");
            begin_flush(kept, "kept");
            if (!(kept.close() & 1))
                _exit(1);
            begin_flush(erased, "erased");
            erased.b->fab.fab$l_fop |= FAB$M_DLT;
            if (!(erased.close() & 1))
                _exit(1);
        });
        CPPUNIT_ASSERT_EQUAL(-1, access(path("B.DAT").c_str(), F_OK));
        unlink(path("A.DAT").c_str());
        CPPUNIT_ASSERT(recovered("another boot") >= 1); /* B.DAT may be back: it was just erased */
        CPPUNIT_ASSERT(contents("A.DAT") == "kept");
    }

private:
    static void begin_flush(RmsFile &file, const string &text)
    {
        file.b->fab.fab$b_rfm = FAB$C_UDF;
        file.b->fab.fab$b_rat = 0;
        CHECK_STATUS(RMS$_NORMAL, file.create(FAB$M_PUT | FAB$M_BIO));
        CHECK_STATUS(RMS$_NORMAL, file.write(text, 1));
        file.b->rab.rab$l_rop |= RAB$M_ASY;
        CHECK_STATUS(RMS$_PENDING, sys$flush(&file.b->rab));
    }
    static string pattern(size_t size)
    {
        string text;
        for (size_t i = 0; i < size; ++i)
            text += static_cast<char>('a' + i % 26 + i / 97 % 3);
        return text;
    }
    static string numbered(int n) { return "N" + std::to_string(n) + ".DAT"; }
    string path(const string &name) const { return root->path() + "/TEST/" + name + ";1"; }
    string contents(const string &name) const
    {
        std::ifstream in(path(name).c_str(), std::ios::binary);
        return string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    void spoil(const string &name, const string &text) const
    {
        std::ofstream out(path(name).c_str(), std::ios::binary | std::ios::trunc);
        out << text;
    }
    static bool make(const string &name, const string &text)
    {
        RmsFile file("[TEST]" + name);
        file.b->fab.fab$b_rfm = FAB$C_UDF;
        file.b->fab.fab$b_rat = 0;
        return (file.create(FAB$M_PUT | FAB$M_BIO) & 1) && (file.write(text, 1) & 1) &&
               (sys$flush(&file.b->rab) & 1);
    }
    template <class Work> static int in_child(Work work)
    {
        pid_t child = fork();
        if (child == 0) {
            work();
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    }
    /* A process that is killed after its work. */
    template <class Work> static void crash_after(Work work)
    {
        int status = in_child([&work] {
            work();
            kill(getpid(), SIGKILL);
        });
        CPPUNIT_ASSERT_EQUAL(SIGKILL, status);
    }
    static uint32_t recovered(const char *boot)
    {
        uint32_t files = 0;
        shim::pretend_boot(boot);
        CPPUNIT_ASSERT_EQUAL(1u, shim::process_recover(&files));
        return files;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RmsJournalTest);
