#include "../../SRC/VMS/file_blocks.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

class FileBlocksTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileBlocksTest);
    CPPUNIT_TEST(test_long_names_are_refused);
    CPPUNIT_TEST(test_blocks_are_used_again_and_clean);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_long_names_are_refused()
    {
        ScratchRoot root;
        Status status;
        std::string longest(FILE_NAME_MAX_BYTES, 'A');
        CPPUNIT_ASSERT(file_blocks_take(longest + "A", "", &status) == 0);
        CPPUNIT_ASSERT(!status.ok());
        CPPUNIT_ASSERT(file_blocks_take("X", longest + "A", &status) == 0);
        FileBlocks *blocks = file_blocks_take(longest, longest, &status);
        CPPUNIT_ASSERT(blocks != 0 && status.ok());
        file_blocks_give(blocks);
    }
    void test_blocks_are_used_again_and_clean()
    {
        ScratchRoot root;
        Status status;
        FileBlocks *first = file_blocks_take("A.B", "", &status);
        CPPUNIT_ASSERT(first != 0);
        first->dirty = true;
        first->nam.nam$b_rsl = 9;
        file_blocks_give(first);
        FileBlocks *second = file_blocks_take("CC.D", ".E", &status);
        CPPUNIT_ASSERT(second == first);
        CPPUNIT_ASSERT(!second->dirty);
        CPPUNIT_ASSERT_EQUAL(4, static_cast<int>(second->fab.fab$b_fns));
        CPPUNIT_ASSERT_EQUAL(std::string(), file_name(*second));
        file_blocks_give(second);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FileBlocksTest);
