/*
**  rms_share_test - sharing, concurrent writers and creators, protection
*/
#include "rms_support.h"

#include <cppunit/extensions/HelperMacros.h>
#include <prvdef.h>
#include <sys/wait.h>
#include <thread>

class RmsShareTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RmsShareTest);
    CPPUNIT_TEST(test_access_against_sharing);
    CPPUNIT_TEST(test_conflict_between_processes);
    CPPUNIT_TEST(test_erase_of_open_file_is_flk);
    CPPUNIT_TEST(test_shared_append_keeps_records_whole);
    CPPUNIT_TEST(test_creators_get_different_versions);
    CPPUNIT_TEST(test_protection);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<RmsRoot> root;

    void tearDown() { root.reset(); }

    void setUp()
    {
        root.reset(new RmsRoot);
        RmsFile file("[TEST]S.DAT");
        CHECK_STATUS(RMS$_NORMAL, file.create());
    }

    void test_access_against_sharing()
    {
        const unsigned G = FAB$M_GET, P = FAB$M_PUT, ALL = FAB$M_SHRGET | FAB$M_SHRPUT;
        const struct {
            unsigned fac1, shr1, fac2, shr2;
            int status;
        } rows[] = {
            {G, 0, G, 0, RMS$_NORMAL},           {G, 0, P, ALL, RMS$_FLK},
            {P, 0, G, 0, RMS$_FLK},              {P, 0, P, ALL, RMS$_FLK},
            {P, FAB$M_SHRGET, G, ALL, RMS$_NORMAL}, {P, FAB$M_SHRGET, G, 0, RMS$_FLK},
            {P, ALL, P, ALL, RMS$_NORMAL},       {P, ALL, P, FAB$M_SHRGET, RMS$_FLK},
            {G, FAB$M_NIL, G, ALL, RMS$_FLK},    {G, ALL, G, FAB$M_NIL, RMS$_FLK},
            {P, 0, G, FAB$M_UPI | FAB$M_SHRPUT, RMS$_FLK},
        };
        for (const auto &row : rows) {
            RmsFile a("[TEST]S.DAT"), b("[TEST]S.DAT");
            CHECK_STATUS(RMS$_NORMAL, a.open(row.fac1, row.shr1));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::to_string(&row - rows), row.status,
                                         b.open(row.fac2, row.shr2));
            a.close();
            if (!(row.status & 1))
                CHECK_STATUS(RMS$_NORMAL, b.open(row.fac2, row.shr2));
        }
    }

    void test_conflict_between_processes()
    {
        RmsFile a("[TEST]S.DAT");
        CHECK_STATUS(RMS$_NORMAL, a.open(FAB$M_PUT));
        pid_t child = fork();
        if (child == 0) {
            RmsFile b("[TEST]S.DAT");
            _exit(b.open(FAB$M_GET) == RMS$_FLK ? 0 : 1);
        }
        int status = -1;
        waitpid(child, &status, 0);
        CPPUNIT_ASSERT_EQUAL(0, status);
    }

    void test_erase_of_open_file_is_flk()
    {
        RmsFile a("[TEST]S.DAT"), b("[TEST]S.DAT");
        CHECK_STATUS(RMS$_NORMAL, a.open(FAB$M_GET));
        CHECK_STATUS(RMS$_FLK, sys$erase(&b.b->fab));
        a.close();
        CHECK_STATUS(RMS$_NORMAL, sys$erase(&b.b->fab));
    }

    void test_shared_append_keeps_records_whole()
    {
        const int THREADS = 4, RECORDS = 200;
        std::vector<std::thread> threads;
        for (int t = 0; t < THREADS; ++t)
            threads.emplace_back([t] {
                RmsFile file("[TEST]S.DAT");
                file.b->rab.rab$l_rop = RAB$M_EOF;
                if (!(file.open(FAB$M_PUT, FAB$M_SHRGET | FAB$M_SHRPUT) & 1))
                    return;
                for (int i = 0; i < RECORDS; ++i)
                    file.put(
                        std::string(20 + static_cast<size_t>(i % 50), static_cast<char>('a' + t)));
            });
        for (std::thread &thread : threads)
            thread.join();
        RmsFile file("[TEST]S.DAT");
        CHECK_STATUS(RMS$_NORMAL, file.open());
        std::string text;
        int records = 0;
        for (; file.get(&text) & 1; ++records)
            CPPUNIT_ASSERT(text.size() >= 20 &&
                           text.find_first_not_of(text[0]) == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(THREADS * RECORDS, records);
    }

    void test_creators_get_different_versions()
    {
        const int THREADS = 4, FILES = 25;
        std::vector<std::thread> threads;
        std::atomic<int> made(0);
        for (int t = 0; t < THREADS; ++t)
            threads.emplace_back([&made] {
                for (int i = 0; i < FILES; ++i) {
                    RmsFile file("[TEST]MANY.DAT");
                    made += file.create() & 1;
                }
            });
        for (std::thread &thread : threads)
            thread.join();
        CPPUNIT_ASSERT_EQUAL(THREADS * FILES, made.load());
        RmsFile last("[TEST]MANY.DAT");
        CHECK_STATUS(RMS$_NORMAL, last.open());
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]MANY.DAT;100", last.resultant());
    }

    int as_user(unsigned group, unsigned member, unsigned fac, uint64_t privileges = 0)
    {
        shim::Identity identity = shim::self();
        identity.uic = group << 16 | member;
        identity.authorized = identity.current = privileges;
        shim::assume_identity(&identity);
        RmsFile file("[TEST]P.DAT");
        int status = file.open(fac);
        if (status & 1)
            file.close();
        shim::assume_identity(0);
        return status;
    }

    void test_protection()
    {
        RmsFile file("[TEST]P.DAT");
        file.b->fab.fab$l_xab = &file.b->pro;
        file.b->pro.xab$l_uic = 0100u << 16 | 5;
        CHECK_STATUS(RMS$_NORMAL, file.create());
        CHECK_STATUS(RMS$_NORMAL, file.close());
        const struct {
            unsigned group, member, fac;
            uint64_t privileges;
            int status;
        } rows[] = {
            {0100, 5, FAB$M_PUT, 0, RMS$_NORMAL},  {0100, 6, FAB$M_GET, 0, RMS$_NORMAL},
            {0100, 6, FAB$M_PUT, 0, RMS$_PRV},     {0200, 5, FAB$M_GET, 0, RMS$_PRV},
            {1, 4, FAB$M_PUT, 0, RMS$_NORMAL},     {0200, 5, FAB$M_PUT, PRV$M_SYSPRV, RMS$_NORMAL},
            {0200, 5, FAB$M_PUT, PRV$M_BYPASS, RMS$_NORMAL},
            {0200, 5, FAB$M_GET, PRV$M_READALL, RMS$_NORMAL},
            {0200, 5, FAB$M_PUT, PRV$M_READALL, RMS$_PRV},
        };
        for (const auto &row : rows)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::to_string(&row - rows), row.status,
                                         as_user(row.group, row.member, row.fac, row.privileges));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RmsShareTest);
