/*
**  mail_entries_test - finding, showing, sending and removing queued mail
*/
#include "mail_entries.h"
#include "manage_fixture.h"

using namespace mail;

class MailEntriesTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(MailEntriesTest);
    CPPUNIT_TEST(test_filter);
    CPPUNIT_TEST(test_states);
    CPPUNIT_TEST(test_full_display);
    CPPUNIT_TEST(test_recipient_classes);
    CPPUNIT_TEST(test_send);
    CPPUNIT_TEST(test_remove);
    CPPUNIT_TEST(test_remove_leaves_other_files);
    CPPUNIT_TEST_SUITE_END();

    static QueueEntry find(boost::uint32_t number)
    {
        EntryFilter filter;
        filter.entry = number;
        std::vector<QueueEntry> entries;
        CPPUNIT_ASSERT(mail_entries_find(filter, &entries).ok());
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries.size());
        return entries[0];
    }
    static size_t count(const std::string &user)
    {
        EntryFilter filter;
        filter.user = user;
        std::vector<QueueEntry> entries;
        CPPUNIT_ASSERT(mail_entries_find(filter, &entries).ok());
        return entries.size();
    }
    static std::string joined(const std::vector<std::string> &lines)
    {
        std::string text;
        for (size_t i = 0; i < lines.size(); ++i)
            text += lines[i] + "\n";
        return text;
    }

public:
    void test_filter()
    {
        make_queues();
        enter(control_file("TCPIP$SMTP", "x"), "TCPIP$SMTP");
        enter(control_file("SMITH", "x"), "SMITH");
        enter(control_file("SMITH", "y"), "SMITH");
        CPPUNIT_ASSERT_EQUAL(size_t(3), count(""));
        CPPUNIT_ASSERT_EQUAL(size_t(2), count("smith"));
        CPPUNIT_ASSERT_EQUAL(size_t(0), count("JONES"));
    }

    void test_states()
    {
        QueueEntry entry;
        CPPUNIT_ASSERT(vmstime_parse("26-NOV-2026 19:14:00.00", &entry.after));
        static const char *const texts[] = {"Pending",
                                            "Executing",
                                            "Holding",
                                            "Holding until 26-NOV-2026 19:14:00",
                                            "Retained on error",
                                            "Unknown"};
        for (int i = 0; i < 6; ++i) {
            entry.state = static_cast<QueueEntryState>(i);
            CPPUNIT_ASSERT_EQUAL(std::string(texts[i]), entry_state_text(entry));
        }
        entry.state = ENTRY_RETAINED;
        entry.completion = 1;
        CPPUNIT_ASSERT_EQUAL(std::string("Retained on completion"), entry_state_text(entry));
    }

    void test_full_display()
    {
        make_queues();
        std::string file = control_file("SMITH", "x@y.example");
        QueueEntry entry = find(enter(file, "SMITH"));
        std::string text = joined(entry_full(entry, entry_message(entry), RECIPIENTS_ALL));
        ASSERT_HAS(text, "  SMITH         ");
        ASSERT_HAS(text, "  Queue:         TCPIP$SMTP_NODE_00\n");
        ASSERT_HAS(text, "  Sender:        a@b.example\n");
        ASSERT_HAS(text, "  Size:          20 bytes\n");
        ASSERT_HAS(text, "  Attempts:      0\n");
        ASSERT_HAS(text, "    UNSENT  x@y.example\n");
        ASSERT_LACKS(text, "Next attempt");
        file_erase(entry.file);
        text = joined(entry_full(entry, entry_message(entry), RECIPIENTS_ALL));
        ASSERT_HAS(text, "  Message:       ");
        ASSERT_HAS(text, "file not found");
    }

    void test_recipient_classes()
    {
        QueueEntry entry;
        EntryMessage message;
        static const char *const names[] = {"waiting@x", "done@x", "gone@x"};
        for (int i = 0; i < 3; ++i) {
            ControlRecipient one;
            one.address = names[i];
            one.cell.state = static_cast<ControlState>(i);
            message.recipients.push_back(one);
        }
        message.recipients[2].cell.attempts = 3;
        message.recipients[2].cell.text = "no\x01such";
        std::string text = joined(entry_full(entry, message, RECIPIENTS_UNSENT));
        ASSERT_HAS(text, "UNSENT  waiting@x");
        ASSERT_LACKS(text, "done@x");
        text = joined(entry_full(entry, message, RECIPIENTS_SENT));
        ASSERT_HAS(text, "    SENT    done@x\n");
        ASSERT_LACKS(text, "gone@x");
        text = joined(entry_full(entry, message, RECIPIENTS_FAILED));
        ASSERT_HAS(text, "    FAILED  gone@x, attempts: 3, last: never, no\\1such\n");
        ASSERT_HAS(text, "  Attempts:      3\n");
        message.recipients.resize(1);
        ASSERT_HAS(joined(entry_full(entry, message, RECIPIENTS_SENT)), "none of that kind");
    }

    void test_send()
    {
        make_queues();
        boost::uint64_t tomorrow = static_cast<boost::uint64_t>(vmstime_unix_now()) + 86400;
        QueueEntry entry = find(enter(control_file("SMITH", "x"), "SMITH", tomorrow));
        CPPUNIT_ASSERT_EQUAL(int(ENTRY_TIMED), int(entry.state));
        CPPUNIT_ASSERT(entry_send(entry, 0).ok());
        CPPUNIT_ASSERT_EQUAL(int(ENTRY_PENDING), int(find(entry.entry).state));
        CPPUNIT_ASSERT(entry_send(entry, vmstime_after(3600)).ok());
        CPPUNIT_ASSERT_EQUAL(int(ENTRY_TIMED), int(find(entry.entry).state));
        QueueChange hold;
        hold.set_hold = hold.hold = true;
        CPPUNIT_ASSERT(queue_change_entry(entry.entry, hold).ok());
        CPPUNIT_ASSERT_EQUAL(int(ENTRY_HOLDING), int(find(entry.entry).state));
        CPPUNIT_ASSERT(entry_send(find(entry.entry), 0).ok());
        CPPUNIT_ASSERT_EQUAL(int(ENTRY_PENDING), int(find(entry.entry).state));
    }

    void test_remove()
    {
        make_queues();
        std::string file = control_file("SMITH", "x");
        QueueEntry entry = find(enter(file, "SMITH"));
        CPPUNIT_ASSERT(entry_remove(entry).ok());
        CPPUNIT_ASSERT(!file_exists(file, ""));
        CPPUNIT_ASSERT_EQUAL(size_t(0), count(""));
        CPPUNIT_ASSERT(entry_remove(entry).ok()); /* both have gone */
    }

    /* Anybody may enter any file of his in a queue: it is no reason to delete it. */
    void test_remove_leaves_other_files()
    {
        make_queues();
        root_->make_folder("/WORK");
        write_text("SYS$SYSDEVICE:[WORK]LETTER.TXT", "dear\n");
        QueueEntry entry = find(enter("SYS$SYSDEVICE:[WORK]LETTER.TXT;1", "SYSTEM"));
        CPPUNIT_ASSERT(entry_remove(entry).ok());
        CPPUNIT_ASSERT(file_exists("SYS$SYSDEVICE:[WORK]LETTER.TXT", ""));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailEntriesTest);
