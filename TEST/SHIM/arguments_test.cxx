/*
**  arguments_test - descriptors, item lists and the 32-bit arena
*/
#include "shim_root.h"

#include <lib$routines.h>
#include <str$routines.h>

#include <cppunit/extensions/HelperMacros.h>
#include <cstring>
#include <thread>

class ArgumentsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ArgumentsTest);
    CPPUNIT_TEST(test_arena_is_low_aligned_and_disjoint);
    CPPUNIT_TEST(test_arena_blocks_pass_between_threads);
    CPPUNIT_TEST(test_free_vm_checks_address_and_size);
    CPPUNIT_TEST(test_high_descriptor_is_accvio);
    CPPUNIT_TEST(test_class_s_truncates_and_class_d_grows);
    CPPUNIT_TEST(test_copy_dx_fills_with_blanks);
    CPPUNIT_TEST(test_item_list_is_read_and_answered);
    CPPUNIT_TEST(test_chained_list_is_followed);
    CPPUNIT_TEST_SUITE_END();

    ShimRoot *root_;

    template <typename T> static T *low_array(size_t count)
    {
        T *at = static_cast<T *>(shim::arena_get(count * sizeof(T)));
        memset(static_cast<void *>(at), 0, count * sizeof(T));
        return at;
    }
    static dsc$descriptor_s *descriptor(const char *text, unsigned char form = DSC$K_CLASS_S)
    {
        dsc$descriptor_s *made = low_array<dsc$descriptor_s>(1);
        made->dsc$w_length = static_cast<unsigned short>(strlen(text));
        made->dsc$b_dtype = DSC$K_DTYPE_T;
        made->dsc$b_class = form;
        made->dsc$a_pointer = strlen(text) ? low_array<char>(strlen(text)) : nullptr;
        memcpy(made->dsc$a_pointer ? made->dsc$a_pointer : root_text(), text, strlen(text));
        return made;
    }
    static char *root_text()
    {
        static char none[1];
        return none;
    }

public:
    void setUp() { root_ = new ShimRoot; }
    void tearDown() { delete root_; }

    void test_arena_is_low_aligned_and_disjoint()
    {
        std::vector<std::pair<char *, size_t>> blocks;
        for (size_t size = 1; size < 300000; size += 1 + size / 7) {
            char *at = static_cast<char *>(shim::arena_get(size));
            CPPUNIT_ASSERT(at && shim::low(at) && shim::low(at + size));
            CPPUNIT_ASSERT_EQUAL(uintptr_t(0), reinterpret_cast<uintptr_t>(at) % 16);
            memset(at, static_cast<int>(size & 255), size);
            blocks.push_back(std::make_pair(at, size));
        }
        for (auto &block : blocks) {
            for (size_t i = 0; i < block.second; ++i)
                CPPUNIT_ASSERT_EQUAL(static_cast<char>(block.second & 255), block.first[i]);
            shim::arena_free(block.first, block.second);
        }
        CPPUNIT_ASSERT(access(shim::store_path("violations.log").c_str(), F_OK) < 0);
    }

    void test_arena_blocks_pass_between_threads()
    {
        std::vector<void *> blocks;
        for (int round = 0; round < 20; ++round) {
            std::thread([&] {
                for (int i = 0; i < 500; ++i)
                    blocks.push_back(shim::arena_get(200));
            }).join();
            std::thread([&] {
                for (void *block : blocks)
                    shim::arena_free(block, 200);
            }).join();
            blocks.clear();
        }
    }

    void test_free_vm_checks_address_and_size()
    {
        int size = 100, wrong = 1000, none = 0;
        unsigned int base = 0, elsewhere = 4096;
        CPPUNIT_ASSERT_EQUAL(unsigned(LIB$_BADBLOSIZ), lib$get_vm(&none, &base));
        CPPUNIT_ASSERT_EQUAL(1u, lib$get_vm(&size, &base));
        CPPUNIT_ASSERT_EQUAL(unsigned(LIB$_BADBLOSIZ), lib$free_vm(&wrong, &base));
        CPPUNIT_ASSERT_EQUAL(unsigned(LIB$_BADBLOADR), lib$free_vm(&size, &elsewhere));
        CPPUNIT_ASSERT_EQUAL(1u, lib$free_vm(&size, &base));
    }

    void test_high_descriptor_is_accvio()
    {
        std::string text;
        dsc$descriptor_s *good = descriptor("GOOD");
        CPPUNIT_ASSERT_EQUAL(1u, shim::get_text(good, &text));
        CPPUNIT_ASSERT_EQUAL(std::string("GOOD"), text);
        if (sizeof(void *) == 4)
            return;
        dsc$descriptor_s high = *good;
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_ACCVIO), shim::get_text(&high, &text));
        good->dsc$a_pointer = reinterpret_cast<char *>(&high);
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_ACCVIO), shim::get_text(good, &text));
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_ACCVIO), shim::get_text(nullptr, &text));
    }

    void test_class_s_truncates_and_class_d_grows()
    {
        unsigned short length = 9;
        dsc$descriptor_s *fixed = descriptor("....");
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_BUFFEROVF), shim::put_text(fixed, "ABCDEF", &length));
        CPPUNIT_ASSERT_EQUAL(4, int(length));
        CPPUNIT_ASSERT_EQUAL(0, memcmp(fixed->dsc$a_pointer, "ABCD", 4));
        CPPUNIT_ASSERT_EQUAL(1u, shim::put_text(fixed, "xy", &length));
        CPPUNIT_ASSERT_EQUAL(0, memcmp(fixed->dsc$a_pointer, "xyCD", 4));
        dsc$descriptor_s *dynamic = descriptor("", DSC$K_CLASS_D);
        for (size_t size : {0, 3, 3, 5000, 1, 65535}) {
            CPPUNIT_ASSERT_EQUAL(1u, shim::put_text(dynamic, std::string(size, 'x'), &length));
            CPPUNIT_ASSERT_EQUAL(size, size_t(dynamic->dsc$w_length));
        }
        CPPUNIT_ASSERT_EQUAL(1u, str$free1_dx(dynamic));
        CPPUNIT_ASSERT(dynamic->dsc$a_pointer == nullptr && dynamic->dsc$w_length == 0);
        CPPUNIT_ASSERT_EQUAL(unsigned(STR$_ILLSTRCLA), str$free1_dx(fixed));
    }

    void test_copy_dx_fills_with_blanks()
    {
        dsc$descriptor_s *fixed = descriptor("......");
        CPPUNIT_ASSERT_EQUAL(1u, str$copy_dx(fixed, descriptor("ABC")));
        CPPUNIT_ASSERT_EQUAL(0, memcmp(fixed->dsc$a_pointer, "ABC   ", 6));
        CPPUNIT_ASSERT_EQUAL(unsigned(STR$_TRU), str$copy_dx(fixed, descriptor("ABCDEFGH")));
    }

    void test_item_list_is_read_and_answered()
    {
        ILE3 *list = low_array<ILE3>(3);
        char *buffer = low_array<char>(4);
        unsigned short *length = low_array<unsigned short>(1);
        list[0].ile3$w_length = 4;
        list[0].ile3$w_code = 2;
        list[0].ile3$ps_bufaddr = buffer;
        list[0].ile3$ps_retlen_addr = length;
        std::vector<shim::Item> items;
        CPPUNIT_ASSERT_EQUAL(1u, shim::read_items(list, &items));
        CPPUNIT_ASSERT_EQUAL(size_t(1), items.size());
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_BUFFEROVF), shim::put_item(items[0], "HELLO"));
        CPPUNIT_ASSERT_EQUAL(4, int(*length));
        CPPUNIT_ASSERT_EQUAL(uint32_t('H' | 'E' << 8 | 'L' << 16 | 'L' << 24), items[0].longword());
        items[0].length = 1;
        CPPUNIT_ASSERT_EQUAL(uint32_t('H'), items[0].longword());
        ILE3 high[2];
        memset(high, 0, sizeof high);
        CPPUNIT_ASSERT_EQUAL(sizeof(void *) == 4 ? 1u : unsigned(SS$_ACCVIO),
                             shim::read_items(high, &items));
        list[0].ile3$ps_bufaddr = nullptr;
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_ACCVIO), shim::read_items(list, &items));
    }

    void test_chained_list_is_followed()
    {
        ILE3 *first = low_array<ILE3>(2), *second = low_array<ILE3>(2);
        unsigned int *value = low_array<unsigned int>(1);
        first[0].ile3$w_length = 4;
        first[0].ile3$w_code = 0xffff;
        first[0].ile3$ps_bufaddr = second;
        second[0].ile3$w_length = 4;
        second[0].ile3$w_code = 7;
        second[0].ile3$ps_bufaddr = value;
        std::vector<shim::Item> items;
        CPPUNIT_ASSERT_EQUAL(1u, shim::read_items(first, &items));
        CPPUNIT_ASSERT_EQUAL(size_t(1), items.size());
        second[1] = first[0]; /* round and round */
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_BADPARAM), shim::read_items(first, &items));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ArgumentsTest);
