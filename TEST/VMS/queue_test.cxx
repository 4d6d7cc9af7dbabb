#include "queue_fixture.h"

class QueueTest : public QueueFixture {
    CPPUNIT_TEST_SUITE(QueueTest);
    CPPUNIT_TEST(test_submit_tells_entry_and_state);
    CPPUNIT_TEST(test_missing_queue_and_file_are_told);
    CPPUNIT_TEST(test_entries_are_changed_released_and_deleted);
    CPPUNIT_TEST(test_existing_queue_is_not_made_again);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_submit_tells_entry_and_state()
    {
        boost::uint32_t entry = 0, second = 0;
        std::string text;
        Status status = queue_submit(job("ONE"), &entry, &text);
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.ok());
        CPPUNIT_ASSERT(entry != 0);
        CPPUNIT_ASSERT(text.find("MESSAGE") != std::string::npos);
        CPPUNIT_ASSERT(queue_submit(job("ONE"), &second, 0).ok());
        CPPUNIT_ASSERT(second != entry);
    }
    void test_missing_queue_and_file_are_told()
    {
        QueueJob missing = job("ONE");
        missing.file = "SYS$SYSDEVICE:[WORK]NO.DAT;1";
        CPPUNIT_ASSERT(queue_submit(job("NONE"), 0, 0).not_found());
        CPPUNIT_ASSERT(queue_submit(missing, 0, 0).not_found());
    }
    void test_entries_are_changed_released_and_deleted()
    {
        boost::uint32_t entry = 0;
        QueueEntry found;
        QueueJob held = job("ONE");
        held.hold = true;
        held.after = vmstime_after(3600);
        CPPUNIT_ASSERT(queue_submit(held, &entry, 0).ok());
        QueueChange change;
        change.set_note = true;
        change.note = "new note";
        CPPUNIT_ASSERT(queue_change_entry(entry, change).ok());
        CPPUNIT_ASSERT(queue_find_entry(entry, &found).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("new note"), found.note);
        CPPUNIT_ASSERT_EQUAL(ENTRY_HOLDING, found.state);
        CPPUNIT_ASSERT(queue_release_entry(entry).ok());
        CPPUNIT_ASSERT(queue_find_entry(entry, &found).ok());
        CPPUNIT_ASSERT_EQUAL(ENTRY_PENDING, found.state);
        CPPUNIT_ASSERT(queue_delete_entry(entry).ok());
        CPPUNIT_ASSERT(queue_find_entry(entry, &found).not_found());
        CPPUNIT_ASSERT(queue_delete_entry(entry).not_found());
    }
    void test_existing_queue_is_not_made_again()
    {
        CPPUNIT_ASSERT(queue_delete("TWO").ok() == false); /* the generic queue names it */
        CPPUNIT_ASSERT(queue_delete("BOTH").ok());
        CPPUNIT_ASSERT(queue_delete("TWO").ok());
        CPPUNIT_ASSERT(queue_delete("TWO").not_found());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(QueueTest);
