#include "queue_fixture.h"

class QueueShowTest : public QueueFixture {
    CPPUNIT_TEST_SUITE(QueueShowTest);
    CPPUNIT_TEST(test_entry_shows_what_was_submitted);
    CPPUNIT_TEST(test_entries_of_a_queue);
    CPPUNIT_TEST(test_queues_are_listed);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_entry_shows_what_was_submitted()
    {
        boost::uint32_t entry = 0;
        QueueEntry found;
        QueueJob given = job("ONE");
        given.note = "to example.test";
        given.parameter[0] = "first";
        given.parameter[7] = "eighth";
        given.after = vmstime_after(1800);
        given.priority = 77;
        CPPUNIT_ASSERT(queue_submit(given, &entry, 0).ok());
        Status status = queue_find_entry(entry, &found);
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.ok());
        CPPUNIT_ASSERT_EQUAL(entry, found.entry);
        CPPUNIT_ASSERT_EQUAL(ENTRY_TIMED, found.state);
        CPPUNIT_ASSERT(found.after == given.after);
        CPPUNIT_ASSERT(found.submitted != 0);
        CPPUNIT_ASSERT_EQUAL(77u, static_cast<unsigned>(found.priority));
        CPPUNIT_ASSERT_EQUAL(std::string("MESSAGE"), found.name);
        CPPUNIT_ASSERT_EQUAL(std::string("ONE"), found.queue);
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), found.user);
        CPPUNIT_ASSERT_EQUAL(given.note, found.note);
        CPPUNIT_ASSERT_EQUAL(given.parameter[0], found.parameter[0]);
        CPPUNIT_ASSERT_EQUAL(std::string(), found.parameter[1]);
        CPPUNIT_ASSERT_EQUAL(given.parameter[7], found.parameter[7]);
        CPPUNIT_ASSERT(found.file.find("[WORK]JOB.DAT;1") != std::string::npos);
    }
    void test_entries_of_a_queue()
    {
        std::vector<QueueEntry> entries;
        for (int i = 0; i < 5; ++i)
            CPPUNIT_ASSERT(queue_submit(job(i < 3 ? "ONE" : "TWO"), 0, 0).ok());
        CPPUNIT_ASSERT(queue_entries("ONE", &entries).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(3), entries.size());
        CPPUNIT_ASSERT(queue_entries("*", &entries).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(5), entries.size());
        CPPUNIT_ASSERT(queue_entries("NONE", &entries).not_found());
    }
    void test_queues_are_listed()
    {
        std::vector<QueueInfo> queues;
        QueueInfo info;
        CPPUNIT_ASSERT(queue_list("*", &queues).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(3), queues.size());
        CPPUNIT_ASSERT(queue_find("ONE", &info).ok());
        CPPUNIT_ASSERT(info.stopped && !info.generic);
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP_SYMBIONT"), info.processor);
        info = QueueInfo();
        CPPUNIT_ASSERT(queue_find("BOTH", &info).ok());
        CPPUNIT_ASSERT(info.generic);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), info.targets.size());
        CPPUNIT_ASSERT(queue_find("NONE", &info).not_found());
        CPPUNIT_ASSERT(queue_list("X*", &queues).ok());
        CPPUNIT_ASSERT(queues.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(QueueShowTest);
