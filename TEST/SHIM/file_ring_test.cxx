/*
**  file_ring_test - small files through io_uring: whole, missing, of every length
*/
#include "shim_root.h"

#include "file_ring.h"

#include <cerrno>
#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <unistd.h>

using std::string;
using namespace shim;

class FileRingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileRingTest);
    CPPUNIT_TEST(test_files_of_every_length_come_whole);
    CPPUNIT_TEST(test_more_room_than_there_is_and_less);
    CPPUNIT_TEST(test_missing_file_has_its_error_and_the_others_come);
    CPPUNIT_TEST(test_slots_are_used_again);
    CPPUNIT_TEST_SUITE_END();

    static const unsigned FILES = 2 * RING_FILES;
    static string text_of(unsigned number)
    {
        return string(number * 97, static_cast<char>('a' + number % 26));
    }
    static string name_of(unsigned number) { return "file" + std::to_string(number); }

    /* Reads the files first..first+count-1, in one batch; results by file. */
    struct Batch {
        std::vector<string> names, texts;
        std::vector<long> got;
        Batch(FileRing *ring, int directory, unsigned first, unsigned count, size_t room)
            : texts(count, string(room + 1, '?')), got(count, -1000)
        {
            std::vector<unsigned> by_slot(RING_FILES, count);
            for (unsigned i = 0; i < count; ++i)
                names.push_back(name_of(first + i));
            for (unsigned i = 0; i < count; ++i)
                by_slot[ring->read(directory, names[i].c_str(), &texts[i][0], room)] = i;
            ring->submit(false);
            while (!ring->idle()) {
                unsigned slot;
                long bytes;
                if (!ring->next(&slot, &bytes))
                    ring->submit(true);
                else
                    got[by_slot[slot]] = bytes;
            }
        }
        string text(unsigned at) const
        {
            return texts[at].substr(0, static_cast<size_t>(std::max(got[at], 0L)));
        }
    };

    std::unique_ptr<ShimRoot> root_;
    int directory_;

public:
    void setUp()
    {
        root_.reset(new ShimRoot);
        for (unsigned i = 0; i < FILES; ++i)
            std::ofstream(root_->path() + "/" + name_of(i)) << text_of(i);
        directory_ = open(root_->path().c_str(), O_PATH | O_DIRECTORY);
        CPPUNIT_ASSERT(directory_ >= 0);
    }
    void tearDown()
    {
        close(directory_);
        root_.reset();
    }

    void test_files_of_every_length_come_whole()
    {
        FileRing ring;
        if (!ring.usable())
            return; /* this kernel refuses: mail_message_test has the other way */
        for (unsigned first = 0; first < FILES; first += RING_FILES) {
            Batch batch(&ring, directory_, first, RING_FILES, FILES * 97);
            for (unsigned i = 0; i < RING_FILES; ++i) {
                CPPUNIT_ASSERT_EQUAL(long(text_of(first + i).size()), batch.got[i]);
                CPPUNIT_ASSERT_EQUAL(text_of(first + i), batch.text(i));
            }
        }
    }
    void test_more_room_than_there_is_and_less()
    {
        FileRing ring;
        if (!ring.usable())
            return;
        Batch batch(&ring, directory_, 0, 20, 970);
        for (unsigned i = 0; i < 20; ++i) {
            CPPUNIT_ASSERT_EQUAL(text_of(i).substr(0, 970), batch.text(i));
            CPPUNIT_ASSERT_EQUAL('?', batch.texts[i][970]); /* nothing behind it */
        }
    }
    void test_missing_file_has_its_error_and_the_others_come()
    {
        FileRing ring;
        if (!ring.usable())
            return;
        CPPUNIT_ASSERT_EQUAL(0, unlink((root_->path() + "/" + name_of(7)).c_str()));
        Batch batch(&ring, directory_, 0, 16, 4000);
        for (unsigned i = 0; i < 16; ++i)
            CPPUNIT_ASSERT_EQUAL(i == 7 ? long(-ENOENT) : long(i * 97), batch.got[i]);
    }
    void test_slots_are_used_again()
    {
        FileRing ring;
        if (!ring.usable())
            return;
        for (unsigned turn = 0; turn < RING_FILES; ++turn) {
            CPPUNIT_ASSERT(ring.idle());
            Batch batch(&ring, directory_, turn, turn % RING_FILES + 1, FILES * 97);
            for (unsigned i = 0; i < batch.got.size(); ++i)
                CPPUNIT_ASSERT_EQUAL(text_of(turn + i), batch.text(i));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FileRingTest);
