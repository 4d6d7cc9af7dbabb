/*
**  rms_block_test - block I/O and the exact end of file
*/
#include "rms_support.h"

#include <cppunit/extensions/HelperMacros.h>

class RmsBlockTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RmsBlockTest);
    CPPUNIT_TEST(test_bytes_come_back_exactly);
    CPPUNIT_TEST(test_multiblock_transfer_and_next_block);
    CPPUNIT_TEST(test_end_of_file_in_xabfhc);
    CPPUNIT_TEST(test_limits_are_refused);
    CPPUNIT_TEST(test_update_in_place);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<RmsRoot> root;

    void setUp() { root.reset(new RmsRoot); }
    void tearDown() { root.reset(); }

    static void make_block_file(RmsFile &file, unsigned fac)
    {
        file.b->fab.fab$b_rfm = FAB$C_UDF;
        file.b->fab.fab$b_rat = 0;
        CHECK_STATUS(RMS$_NORMAL, file.create(fac | FAB$M_BIO));
    }

    static std::string pattern(size_t size)
    {
        std::string text;
        for (size_t i = 0; i < size; ++i)
            text += static_cast<char>(i * 7 + i / 251);
        return text;
    }

    void test_bytes_come_back_exactly()
    {
        static const size_t sizes[] = {1, 2, 511, 512, 513, 1024, 5000, 65024};
        for (size_t size : sizes) {
            RmsFile file("[TEST]B.DAT");
            make_block_file(file, FAB$M_PUT);
            CHECK_STATUS(RMS$_NORMAL, file.write(pattern(size), 1));
            CHECK_STATUS(RMS$_NORMAL, sys$flush(&file.b->rab));
            file.close();
            std::string data, more;
            CHECK_STATUS(RMS$_NORMAL, file.open(FAB$M_GET | FAB$M_BIO));
            CHECK_STATUS(RMS$_NORMAL, file.read(&data, 1));
            CPPUNIT_ASSERT(data == pattern(size));
            CHECK_STATUS(RMS$_EOF, file.read(&more));
        }
    }

    void test_multiblock_transfer_and_next_block()
    {
        RmsFile file("[TEST]B.DAT");
        make_block_file(file, FAB$M_PUT | FAB$M_GET);
        std::string all = pattern(127 * 512 * 3 + 100), data, back;
        for (size_t at = 0; at < all.size(); at += 127 * 512)
            CHECK_STATUS(RMS$_NORMAL, file.write(all.substr(at, 127 * 512)));
        CHECK_STATUS(RMS$_NORMAL, sys$rewind(&file.b->rab));
        while (file.read(&data, 0, 3 * 512) & 1)
            back += data;
        CPPUNIT_ASSERT(back == all);
        file.b->rab.rab$l_bkt = static_cast<unsigned>(-1);
        CHECK_STATUS(RMS$_NORMAL, sys$space(&file.b->rab));
        CHECK_STATUS(RMS$_NORMAL, file.read(&data));
        CPPUNIT_ASSERT_EQUAL(size_t(100), data.size());
    }

    void test_end_of_file_in_xabfhc()
    {
        RmsFile file("[TEST]B.DAT");
        make_block_file(file, FAB$M_PUT);
        file.write(pattern(1034), 1);
        file.b->fab.fab$l_xab = &file.b->fhc;
        CHECK_STATUS(RMS$_NORMAL, sys$display(&file.b->fab));
        CPPUNIT_ASSERT_EQUAL(3u, file.b->fhc.xab$l_ebk);
        CPPUNIT_ASSERT_EQUAL(10u, static_cast<unsigned>(file.b->fhc.xab$w_ffb));
    }

    void test_limits_are_refused()
    {
        RmsFile file("[TEST]B.DAT");
        make_block_file(file, FAB$M_PUT | FAB$M_GET);
        CHECK_STATUS(RMS$_RSZ, file.write("", 1));
        CHECK_STATUS(RMS$_RSZ, file.write(pattern(127 * 512 + 1), 1));
        std::string data;
        CHECK_STATUS(RMS$_USZ, file.read(&data, 1, 0));
        CHECK_STATUS(RMS$_EOF, file.read(&data, 1));
        CHECK_STATUS(RMS$_IOP, file.put("record"));
    }

    void test_update_in_place()
    {
        RmsFile file("[TEST]B.DAT");
        make_block_file(file, FAB$M_PUT);
        file.write(pattern(1300), 1);
        file.close();
        CHECK_STATUS(RMS$_NORMAL, file.open(FAB$M_GET | FAB$M_PUT | FAB$M_UPD | FAB$M_BIO));
        CHECK_STATUS(RMS$_NORMAL, file.write(std::string(512, 'z'), 2));
        std::string data, expected = pattern(1300);
        expected.replace(512, 512, 512, 'z');
        CHECK_STATUS(RMS$_NORMAL, file.read(&data, 1));
        CPPUNIT_ASSERT(data == expected);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RmsBlockTest);
