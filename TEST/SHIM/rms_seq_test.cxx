/*
**  rms_seq_test - records of sequential files, versions, $RENAME, $ERASE
*/
#include "rms_support.h"

#include "rms_file.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fstream>
#include <sstream>

class RmsSeqTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RmsSeqTest);
    CPPUNIT_TEST(test_records_come_back_in_every_format);
    CPPUNIT_TEST(test_var_cr_is_text_on_the_host);
    CPPUNIT_TEST(test_foreign_text_is_stmlf);
    CPPUNIT_TEST(test_long_record_is_rtb_and_next_follows);
    CPPUNIT_TEST(test_missing_file_and_directory);
    CPPUNIT_TEST(test_create_options);
    CPPUNIT_TEST(test_append_and_truncate);
    CPPUNIT_TEST(test_find_rfa_update);
    CPPUNIT_TEST(test_rename_makes_versions);
    CPPUNIT_TEST(test_erase_and_highest_version);
    CPPUNIT_TEST(test_disk_limit_is_ful);
    CPPUNIT_TEST(test_delete_on_close);
    CPPUNIT_TEST(test_wrong_services_are_refused);
    CPPUNIT_TEST(test_null_device);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<RmsRoot> root;

    void setUp() { root.reset(new RmsRoot); }
    void tearDown() { root.reset(); }

    std::string host_text(const std::string &path)
    {
        std::ifstream in(root->path() + path, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }

    void write_host(const std::string &path, const std::string &text)
    {
        std::ofstream(root->path() + path, std::ios::binary) << text;
    }

    void test_records_come_back_in_every_format()
    {
        static const struct {
            unsigned rfm, rat, mrs;
            bool binary;
        } rows[] = {
            {FAB$C_VAR, FAB$M_CR, 0, true},  {FAB$C_VAR, 0, 0, true},
            {FAB$C_VFC, FAB$M_PRN, 0, true}, {FAB$C_STMLF, FAB$M_CR, 0, false},
            {FAB$C_STM, FAB$M_CR, 0, false}, {FAB$C_STMCR, FAB$M_CR, 0, false},
            {FAB$C_FIX, 0, 7, true},
        };
        for (const auto &row : rows) {
            std::vector<std::string> records = {"abcdefg", "1234567"};
            if (row.rfm != FAB$C_FIX)
                records.insert(records.end(), {"", "x", std::string(20000, 'y'), "last"});
            if (row.binary)
                records.push_back(std::string("a\nb\x10g\0\r", 7));
            RmsFile file("[TEST]FORMAT.DAT");
            file.b->fab.fab$b_rfm = static_cast<unsigned char>(row.rfm);
            file.b->fab.fab$b_rat = static_cast<unsigned char>(row.rat);
            file.b->fab.fab$w_mrs = static_cast<unsigned short>(row.mrs);
            CHECK_STATUS(RMS$_NORMAL, file.create(FAB$M_PUT));
            for (const std::string &record : records)
                CHECK_STATUS(RMS$_NORMAL, file.put(record));
            CHECK_STATUS(RMS$_NORMAL, file.close());
            RmsFile back("[TEST]FORMAT.DAT");
            CHECK_STATUS(RMS$_NORMAL, back.open());
            CPPUNIT_ASSERT_EQUAL(row.rfm, static_cast<unsigned>(back.b->fab.fab$b_rfm));
            CPPUNIT_ASSERT_EQUAL(row.rat, static_cast<unsigned>(back.b->fab.fab$b_rat));
            std::string text;
            for (const std::string &record : records) {
                CHECK_STATUS(RMS$_NORMAL, back.get(&text));
                CPPUNIT_ASSERT_EQUAL(record, text);
            }
            CHECK_STATUS(RMS$_EOF, back.get(&text));
            CHECK_STATUS(RMS$_EOF, back.get(&text));
            CHECK_STATUS(RMS$_NORMAL, sys$rewind(&back.b->rab));
            CHECK_STATUS(RMS$_NORMAL, back.get(&text));
            CPPUNIT_ASSERT_EQUAL(records[0], text);
        }
    }

    void test_var_cr_is_text_on_the_host()
    {
        RmsFile file("[TEST]T.TXT");
        CHECK_STATUS(RMS$_NORMAL, file.create());
        file.put("one");
        file.put("");
        file.put("th\nree");
        file.close();
        CHECK_TEXT("one\n\nth\x10Jree\n", host_text("/TEST/T.TXT;1"));
    }

    void test_foreign_text_is_stmlf()
    {
        write_host("/TEST/BY_HAND.TXT", "first\n\x10J\nno end");
        RmsFile file("[TEST]BY_HAND.TXT");
        CHECK_STATUS(RMS$_NORMAL, file.open());
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]BY_HAND.TXT;1", file.resultant());
        CPPUNIT_ASSERT_EQUAL(unsigned(FAB$C_STMLF), static_cast<unsigned>(file.b->fab.fab$b_rfm));
        std::string text;
        static const char *const lines[] = {"first", "\x10J", "no end"};
        for (const char *line : lines) {
            CHECK_STATUS(RMS$_NORMAL, file.get(&text));
            CHECK_TEXT(line, text);
        }
        CHECK_STATUS(RMS$_EOF, file.get(&text));
        file.close();
        RmsFile next("[TEST]BY_HAND.TXT");
        CHECK_STATUS(RMS$_NORMAL, next.create());
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]BY_HAND.TXT;2", next.resultant());
    }

    void test_long_record_is_rtb_and_next_follows()
    {
        RmsFile file("[TEST]T.TXT");
        file.create(FAB$M_PUT | FAB$M_GET);
        file.put("0123456789");
        file.put("next");
        sys$rewind(&file.b->rab);
        file.b->rab.rab$w_usz = 4;
        std::string text;
        CHECK_STATUS(RMS$_RTB, file.get(&text));
        CHECK_TEXT("0123", text);
        CPPUNIT_ASSERT_EQUAL(10u, file.b->rab.rab$l_stv);
        CHECK_STATUS(RMS$_NORMAL, file.get(&text));
        CHECK_TEXT("next", text);
        CHECK_STATUS(RMS$_NORMAL, file.close());
        RmsFile put("[TEST]T.TXT");
        put.create();
        CHECK_STATUS(RMS$_RSZ, put.put(std::string(32768, 'x')));
        CHECK_STATUS(RMS$_NORMAL, put.put(std::string(32767, 'x')));
    }

    void test_missing_file_and_directory()
    {
        RmsFile file("[TEST]NONE.TXT"), where("[NOWHERE]A.B");
        CHECK_STATUS(RMS$_FNF, file.open());
        CHECK_STATUS(RMS$_DNF, where.open());
        CHECK_STATUS(RMS$_DNF, where.create());
        CHECK_STATUS(RMS$_FNF, sys$erase(&file.b->fab));
    }

    void test_create_options()
    {
        RmsFile a("[TEST]O.TXT;4");
        CHECK_STATUS(RMS$_NORMAL, a.create());
        a.put("old");
        a.close();
        CHECK_STATUS(RMS$_FEX, a.create());
        a.b->fab.fab$l_fop = FAB$M_SUP;
        CHECK_STATUS(RMS$_SUPERSEDE, a.create());
        a.close();
        CHECK_TEXT("", host_text("/TEST/O.TXT;4"));
        RmsFile next("[TEST]O.TXT");
        CHECK_STATUS(RMS$_NORMAL, next.create());
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]O.TXT;5", next.resultant());
        next.close();
        RmsFile cif("[TEST]O.TXT");
        cif.b->fab.fab$l_fop = FAB$M_CIF;
        CHECK_STATUS(RMS$_NORMAL, cif.create());
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]O.TXT;5", cif.resultant());
        cif.close();
        cif.name("[TEST]NEW.TXT");
        CHECK_STATUS(RMS$_CREATED, cif.create());
        CHECK_STATUS(RMS$_IFI, cif.create());
    }

    void test_append_and_truncate()
    {
        RmsFile a("[TEST]L.LOG");
        a.create();
        a.put("one");
        a.close();
        RmsFile b("[TEST]L.LOG");
        CHECK_STATUS(RMS$_NORMAL, b.open(FAB$M_PUT | FAB$M_GET | FAB$M_TRN));
        CHECK_STATUS(RMS$_NEF, b.put("too early"));
        sys$disconnect(&b.b->rab);
        b.b->rab.rab$l_rop = RAB$M_EOF;
        CHECK_STATUS(RMS$_NORMAL, sys$connect(&b.b->rab));
        CHECK_STATUS(RMS$_NORMAL, b.put("two"));
        CHECK_STATUS(RMS$_NORMAL, sys$flush(&b.b->rab));
        CHECK_TEXT("one\ntwo\n", host_text("/TEST/L.LOG;1"));
        sys$rewind(&b.b->rab);
        std::string text;
        b.get(&text);
        b.get(&text);
        CHECK_STATUS(RMS$_NORMAL, sys$truncate(&b.b->rab));
        CHECK_STATUS(RMS$_NORMAL, b.put("2"));
        b.close();
        CHECK_TEXT("one\n2\n", host_text("/TEST/L.LOG;1"));
    }

    void test_find_rfa_update()
    {
        RmsFile a("[TEST]U.DAT");
        a.create(FAB$M_PUT | FAB$M_GET | FAB$M_UPD);
        a.put("first");
        a.put("secnd");
        unsigned short rfa[3];
        memcpy(rfa, a.b->rab.rab$w_rfa, sizeof rfa);
        a.put("third");
        sys$rewind(&a.b->rab);
        std::string text;
        CHECK_STATUS(RMS$_NORMAL, sys$find(&a.b->rab));
        CHECK_STATUS(RMS$_NORMAL, a.get(&text));
        CHECK_TEXT("first", text);
        a.b->rab.rab$b_rac = RAB$C_RFA;
        memcpy(a.b->rab.rab$w_rfa, rfa, sizeof rfa);
        CHECK_STATUS(RMS$_NORMAL, a.get(&text));
        CHECK_TEXT("secnd", text);
        memcpy(a.b->buffer, "SECND", 5);
        CHECK_STATUS(RMS$_NORMAL, sys$update(&a.b->rab));
        CHECK_STATUS(RMS$_CUR, sys$update(&a.b->rab));
        memcpy(a.b->rab.rab$w_rfa, rfa, sizeof rfa);
        CHECK_STATUS(RMS$_NORMAL, a.get(&text));
        a.b->rab.rab$w_rsz = 3;
        CHECK_STATUS(RMS$_RSZ, sys$update(&a.b->rab));
        a.b->rab.rab$b_rac = RAB$C_SEQ;
        CHECK_STATUS(RMS$_NORMAL, a.get(&text));
        CHECK_TEXT("third", text);
        a.close();
        CHECK_TEXT("first\nSECND\nthird\n", host_text("/TEST/U.DAT;1"));
    }

    void test_rename_makes_versions()
    {
        RmsFile made("[TEST]A.TMP");
        made.create();
        made.put("x");
        made.close();
        RmsFile to("[TEST]B.DAT");
        CHECK_STATUS(RMS$_NORMAL, sys$rename(&made.b->fab, 0, 0, &to.b->fab));
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]A.TMP;1", made.resultant());
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]B.DAT;1", to.resultant());
        CHECK_STATUS(RMS$_FNF, made.open());
        made.create();
        made.close();
        CHECK_STATUS(RMS$_NORMAL, sys$rename(&made.b->fab, 0, 0, &to.b->fab));
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]B.DAT;2", to.resultant());
        made.create();
        made.close();
        to.name("[TEST]B.DAT;1");
        CHECK_STATUS(RMS$_FEX, sys$rename(&made.b->fab, 0, 0, &to.b->fab));
        to.name("[GONE]B.DAT");
        CHECK_STATUS(RMS$_DNF, sys$rename(&made.b->fab, 0, 0, &to.b->fab));
        to.name("[000000]");
        CHECK_STATUS(RMS$_NORMAL, sys$rename(&made.b->fab, 0, 0, &to.b->fab));
        CHECK_TEXT("SYS$SYSDEVICE:[000000]A.TMP;1", to.resultant());
    }

    void test_erase_and_highest_version()
    {
        for (int i = 0; i < 3; ++i) {
            RmsFile file("[TEST]E.X");
            file.create();
        }
        RmsFile file("[TEST]E.X");
        for (int version = 3; version > 0; --version) {
            CHECK_STATUS(RMS$_NORMAL, file.open());
            CHECK_TEXT("SYS$SYSDEVICE:[TEST]E.X;" + std::to_string(version), file.resultant());
            file.close();
            CHECK_STATUS(RMS$_NORMAL, sys$erase(&file.b->fab));
        }
        CHECK_STATUS(RMS$_FNF, sys$erase(&file.b->fab));
        CHECK_STATUS(RMS$_NORMAL, file.create());
        CHECK_TEXT("SYS$SYSDEVICE:[TEST]E.X;1", file.resultant());
    }

    void test_disk_limit_is_ful()
    {
        RmsFile file("[TEST]BIG.DAT");
        file.create();
        shim::rms::set_disk_limits("TE* full 1000\nSYS0* quota\n");
        CHECK_STATUS(RMS$_NORMAL, file.put(std::string(500, 'x')));
        CHECK_STATUS(RMS$_NORMAL, sys$flush(&file.b->rab));
        file.put(std::string(500, 'x'));
        CHECK_STATUS(RMS$_FUL, sys$flush(&file.b->rab));
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_DEVICEFULL), file.b->rab.rab$l_stv);
        shim::rms::set_disk_limits("");
        CHECK_STATUS(RMS$_NORMAL, sys$flush(&file.b->rab)); /* what was put is not lost */
        CPPUNIT_ASSERT_EQUAL(size_t(1002), host_text("/TEST/BIG.DAT;1").size());
        shim::rms::set_disk_limits("SYS0* quota\n");
        RmsFile quota("SYS$SPECIFIC:[SYSMGR]Q.DAT");
        CHECK_STATUS(RMS$_FUL, quota.create());
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_EXDISKQUOTA), quota.b->fab.fab$l_stv);
    }

    void test_delete_on_close()
    {
        RmsFile file("[TEST]GONE.TMP");
        file.b->fab.fab$l_fop = FAB$M_DLT;
        CHECK_STATUS(RMS$_NORMAL, file.create());
        file.put("x");
        CHECK_STATUS(RMS$_NORMAL, file.close());
        CHECK_STATUS(RMS$_FNF, file.open());
    }

    void test_wrong_services_are_refused()
    {
        RmsFile file("[TEST]W.DAT");
        file.create(); /* PUT */
        std::string text;
        CHECK_STATUS(RMS$_FAC, file.get(&text));
        CHECK_STATUS(RMS$_FAC, file.write("x", 1));
        CHECK_STATUS(RMS$_FAC, sys$delete(&file.b->rab));
        CHECK_STATUS(RMS$_ISI, sys$connect(&file.b->rab));
        CHECK_STATUS(RMS$_NORMAL, file.close());
        CHECK_STATUS(RMS$_IFI, file.close());
        CHECK_STATUS(RMS$_ISI, sys$flush(&file.b->rab));
    }

    void test_null_device()
    {
        RmsFile file("NL:");
        CHECK_STATUS(RMS$_NORMAL, file.open(FAB$M_GET | FAB$M_PUT));
        std::string text;
        CHECK_STATUS(RMS$_EOF, file.get(&text));
        CHECK_STATUS(RMS$_NORMAL, file.put("x"));
        CHECK_STATUS(RMS$_NORMAL, sys$flush(&file.b->rab));
        CHECK_STATUS(RMS$_NORMAL, file.close());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RmsSeqTest);
