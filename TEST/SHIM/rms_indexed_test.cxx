/*
**  rms_indexed_test - keys, duplicates, record locks of indexed files
*/
#include "rms_support.h"

#include <cppunit/extensions/HelperMacros.h>

class RmsIndexedTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RmsIndexedTest);
    CPPUNIT_TEST(test_get_by_key);
    CPPUNIT_TEST(test_sequential_by_each_key);
    CPPUNIT_TEST(test_duplicates_and_changes);
    CPPUNIT_TEST(test_delete_and_find);
    CPPUNIT_TEST(test_numbers_order_as_numbers);
    CPPUNIT_TEST(test_record_lock);
    CPPUNIT_TEST(test_reopen_rename_erase);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<RmsRoot> root;

    void setUp() { root.reset(new RmsRoot); }
    void tearDown() { root.reset(); }

    /* Primary: 4 characters; alternate: 3 characters, duplicates and changes. */
    static void make(RmsFile &file)
    {
        file.b->fab.fab$b_org = FAB$C_IDX;
        file.b->fab.fab$l_xab = &file.b->key[0];
        file.b->key[0] = file.b->key[1] = cc$rms_xabkey;
        file.b->key[0].xab$l_nxt = &file.b->key[1];
        file.b->key[0].xab$b_siz0 = 4;
        file.b->key[1].xab$b_ref = 1;
        file.b->key[1].xab$w_pos0 = 4;
        file.b->key[1].xab$b_siz0 = 3;
        file.b->key[1].xab$b_flg = XAB$M_DUP | XAB$M_CHG;
        CHECK_STATUS(RMS$_NORMAL, file.create(FAB$M_PUT | FAB$M_GET | FAB$M_UPD | FAB$M_DEL));
    }

    static void fill(RmsFile &file)
    {
        for (const char *record : {"0003redC", "0001bluA", "0002redB", "0005greE"})
            CPPUNIT_ASSERT(file.put(record) & 1);
    }

    static int get_key(RmsFile &file, const std::string &key, unsigned krf, unsigned rop,
                       std::string *text)
    {
        key.copy(file.b->keybuf, 255);
        file.b->rab.rab$l_kbf = file.b->keybuf;
        file.b->rab.rab$b_ksz = static_cast<unsigned char>(key.size());
        file.b->rab.rab$b_krf = static_cast<unsigned char>(krf);
        file.b->rab.rab$l_rop = rop;
        file.b->rab.rab$b_rac = RAB$C_KEY;
        int status = file.get(text);
        file.b->rab.rab$b_rac = RAB$C_SEQ;
        return status;
    }

    void test_get_by_key()
    {
        RmsFile file("[TEST]I.DAT");
        make(file);
        fill(file);
        const struct {
            const char *key;
            unsigned krf, rop;
            int status;
            const char *text;
        } rows[] = {
            {"0002", 0, 0, RMS$_NORMAL, "0002redB"},
            {"0004", 0, 0, RMS$_RNF, ""},
            {"0004", 0, RAB$M_KGE, RMS$_NORMAL, "0005greE"},
            {"0003", 0, RAB$M_KGE, RMS$_NORMAL, "0003redC"},
            {"0003", 0, RAB$M_KGT, RMS$_NORMAL, "0005greE"},
            {"0005", 0, RAB$M_KGT, RMS$_RNF, ""},
            {"000", 0, 0, RMS$_NORMAL, "0001bluA"},
            {"000", 0, RAB$M_KGT, RMS$_RNF, ""},
            {"red", 1, 0, RMS$_NORMAL, "0003redC"},
            {"r", 1, 0, RMS$_NORMAL, "0003redC"},
            {"c", 1, RAB$M_KGE, RMS$_NORMAL, "0005greE"},
            {"x", 2, 0, RMS$_KRF, ""},
            {"00021", 0, 0, RMS$_KSZ, ""},
        };
        for (const auto &row : rows) {
            std::string text;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.key, row.status,
                                         get_key(file, row.key, row.krf, row.rop, &text));
            CHECK_TEXT(row.text, text);
        }
    }

    static std::string all(RmsFile &file, unsigned krf)
    {
        file.b->rab.rab$b_krf = static_cast<unsigned char>(krf);
        file.b->rab.rab$b_rac = RAB$C_SEQ;
        sys$rewind(&file.b->rab);
        std::string text, list;
        while (file.get(&text) & 1)
            list += text.substr(7);
        return list;
    }

    void test_sequential_by_each_key()
    {
        RmsFile file("[TEST]I.DAT");
        make(file);
        fill(file);
        CHECK_TEXT("ABCE", all(file, 0));
        CHECK_TEXT("AECB", all(file, 1)); /* equal keys in order of arrival */
        std::string text;
        CHECK_STATUS(RMS$_NORMAL, get_key(file, "0002", 0, 0, &text));
        CHECK_STATUS(RMS$_NORMAL, file.get(&text));
        CHECK_TEXT("0003redC", text);
    }

    void test_duplicates_and_changes()
    {
        RmsFile file("[TEST]I.DAT");
        make(file);
        fill(file);
        CHECK_STATUS(RMS$_DUP, file.put("0003newX"));
        CHECK_STATUS(RMS$_OK_DUP, file.put("0009redX"));
        CHECK_STATUS(RMS$_RSZ, file.put("00"));
        std::string text;
        get_key(file, "0001", 0, 0, &text);
        memcpy(file.b->buffer, "0001yelZ", 8);
        CHECK_STATUS(RMS$_NORMAL, sys$update(&file.b->rab));
        CHECK_STATUS(RMS$_CUR, sys$update(&file.b->rab));
        CHECK_STATUS(RMS$_NORMAL, get_key(file, "yel", 1, 0, &text));
        memcpy(file.b->buffer, "0007yelZ", 8);
        CHECK_STATUS(RMS$_CHG, sys$update(&file.b->rab));
        file.b->rab.rab$l_rop = RAB$M_UIF;
        CHECK_STATUS(RMS$_NORMAL, file.put("0003silQ"));
        CHECK_STATUS(RMS$_NORMAL, get_key(file, "sil", 1, 0, &text));
        CHECK_TEXT("0003silQ", text);
    }

    void test_delete_and_find()
    {
        RmsFile file("[TEST]I.DAT");
        make(file);
        fill(file);
        CHECK_STATUS(RMS$_CUR, sys$delete(&file.b->rab));
        sys$rewind(&file.b->rab);
        CHECK_STATUS(RMS$_NORMAL, sys$find(&file.b->rab));
        CHECK_STATUS(RMS$_NORMAL, sys$delete(&file.b->rab));
        std::string text;
        CHECK_STATUS(RMS$_NORMAL, file.get(&text)); /* goes on behind the deleted one */
        CHECK_TEXT("0002redB", text);
        CHECK_STATUS(RMS$_RNF, get_key(file, "0001", 0, 0, &text));
    }

    void test_numbers_order_as_numbers()
    {
        RmsFile file("[TEST]N.DAT");
        file.b->fab.fab$b_org = FAB$C_IDX;
        file.b->fab.fab$l_xab = &file.b->key[0];
        file.b->key[0] = cc$rms_xabkey;
        file.b->key[0].xab$b_dtp = XAB$C_IN4;
        CHECK_STATUS(RMS$_NORMAL, file.create(FAB$M_PUT | FAB$M_GET));
        const int values[] = {70000, -5, 3, -70000, 256, 1};
        for (int value : values)
            CPPUNIT_ASSERT(file.put(std::string(reinterpret_cast<const char *>(&value), 4)) & 1);
        sys$rewind(&file.b->rab);
        std::string text, list;
        while (file.get(&text) & 1) {
            int value;
            memcpy(&value, text.data(), 4);
            list += std::to_string(value) + " ";
        }
        CHECK_TEXT("-70000 -5 1 3 256 70000 ", list);
    }

    void test_record_lock()
    {
        RmsFile file("[TEST]I.DAT");
        make(file);
        fill(file);
        file.close();
        const unsigned fac = FAB$M_PUT | FAB$M_GET | FAB$M_UPD;
        const unsigned shr = FAB$M_SHRPUT | FAB$M_SHRGET | FAB$M_SHRUPD | FAB$M_SHRDEL;
        RmsFile a("[TEST]I.DAT"), b("[TEST]I.DAT");
        CHECK_STATUS(RMS$_NORMAL, a.open(fac, shr));
        CHECK_STATUS(RMS$_NORMAL, b.open(fac, shr));
        std::string text;
        CHECK_STATUS(RMS$_NORMAL, get_key(a, "0002", 0, 0, &text));
        CHECK_STATUS(RMS$_RLK, get_key(b, "0002", 0, 0, &text));
        CHECK_STATUS(RMS$_OK_RRL, get_key(b, "0002", 0, RAB$M_RRL, &text));
        CHECK_STATUS(RMS$_NORMAL, get_key(b, "0002", 0, RAB$M_NLK, &text));
        CHECK_STATUS(RMS$_NORMAL, get_key(b, "0003", 0, 0, &text));
        CHECK_STATUS(RMS$_NORMAL, sys$free(&a.b->rab));
        CHECK_STATUS(RMS$_RNL, sys$free(&a.b->rab));
        CHECK_STATUS(RMS$_NORMAL, get_key(b, "0002", 0, 0, &text));
        CHECK_STATUS(RMS$_NORMAL, get_key(a, "0003", 0, 0, &text));
    }

    void test_reopen_rename_erase()
    {
        RmsFile file("[TEST]I.DAT");
        make(file);
        fill(file);
        CHECK_STATUS(RMS$_NORMAL, sys$flush(&file.b->rab));
        file.close();
        RmsFile to("[TEST]J.DAT");
        CHECK_STATUS(RMS$_NORMAL, sys$rename(&file.b->fab, 0, 0, &to.b->fab));
        to.b->fab.fab$l_xab = &to.b->key[0];
        to.b->key[0] = cc$rms_xabkey;
        to.b->key[0].xab$b_ref = 1;
        CHECK_STATUS(RMS$_NORMAL, to.open());
        CPPUNIT_ASSERT_EQUAL(4u, static_cast<unsigned>(to.b->key[0].xab$w_pos0));
        CHECK_TEXT("ABCE", all(to, 0));
        to.close();
        CHECK_STATUS(RMS$_NORMAL, sys$erase(&to.b->fab));
        CPPUNIT_ASSERT(access((root->path() + "/TEST/.J.DAT;1.rms").c_str(), F_OK) != 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RmsIndexedTest);
