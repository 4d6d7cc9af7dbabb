#include "../../SRC/VMS/itemlist.h"
#include "../../SRC/VMS/low_memory.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

class LowMemoryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LowMemoryTest);
    CPPUNIT_TEST(test_addresses_are_low_and_aligned);
    CPPUNIT_TEST(test_too_much_is_refused);
    CPPUNIT_TEST(test_areas_come_back);
    CPPUNIT_TEST(test_item_list_with_too_many_items_is_none);
    CPPUNIT_TEST_SUITE_END();

public:
    static bool is_low(const void *address)
    {
        return static_cast<boost::uint64_t>(reinterpret_cast<size_t>(address)) >> 32 == 0;
    }
    void test_addresses_are_low_and_aligned()
    {
        ScratchRoot root;
        LowScratch scratch;
        for (size_t size = 1; size < 100; size += 7) {
            void *place = scratch.take(size);
            CPPUNIT_ASSERT(place != 0);
            CPPUNIT_ASSERT(is_low(place));
            CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), reinterpret_cast<size_t>(place) % 16);
        }
    }
    void test_too_much_is_refused()
    {
        ScratchRoot root;
        LowScratch scratch;
        CPPUNIT_ASSERT(scratch.take(LOW_SCRATCH_SIZE + 1) == 0);
        CPPUNIT_ASSERT(scratch.take(LOW_SCRATCH_SIZE) != 0);
        CPPUNIT_ASSERT(scratch.take(1) == 0);
    }
    void test_areas_come_back()
    {
        ScratchRoot root;
        void *first;
        {
            LowScratch scratch;
            first = scratch.take(8);
        }
        LowScratch again;
        CPPUNIT_ASSERT(again.take(8) == first);
        LowScratch other;
        CPPUNIT_ASSERT(other.take(8) != first);
    }
    void test_item_list_with_too_many_items_is_none()
    {
        ScratchRoot root;
        LowScratch scratch;
        ItemList<2> items(scratch);
        items.flag(1);
        items.in(2, std::string("text"));
        CPPUNIT_ASSERT(items.list() != 0);
        CPPUNIT_ASSERT_EQUAL(4, static_cast<int>(items.list()[1].ile3$w_length));
        items.flag(3);
        CPPUNIT_ASSERT(items.list() == 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LowMemoryTest);
