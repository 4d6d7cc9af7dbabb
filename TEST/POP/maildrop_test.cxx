/*
**  maildrop_test - folders, identities, limits, the update (HP 19.1.2, 19.1.4, 19.3; spec 8.3)
*/
#include "pop_fixture.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

using namespace mail;

class MaildropTest : public PopFixture {
    CPPUNIT_TEST_SUITE(MaildropTest);
    CPPUNIT_TEST(test_user_without_mail_file_has_no_messages);
    CPPUNIT_TEST(test_use_mail_folder);
    CPPUNIT_TEST(test_message_maximum);
    CPPUNIT_TEST(test_uids_are_unique_stable_and_short);
    CPPUNIT_TEST(test_mail_that_arrives_during_a_session_waits);
    CPPUNIT_TEST(test_ignore_mail11_headers_passes_the_text);
    CPPUNIT_TEST(test_fast_scan_estimates);
    CPPUNIT_TEST(test_sizes_are_remembered);
    CPPUNIT_TEST(test_foreign_message_is_told_of_and_never_deleted);
    CPPUNIT_TEST(test_lone_line_ends_are_counted_as_they_are_sent);
    CPPUNIT_TEST(test_more_drops_than_mail_has_contexts);
    CPPUNIT_TEST(test_next_message_is_read_ahead_for_who_reads_in_order);
    CPPUNIT_TEST(test_what_was_read_ahead_gets_old);
    CPPUNIT_TEST(test_message_whose_file_is_missing_is_told_of_and_kept);
    CPPUNIT_TEST(test_message_removed_elsewhere_stops_no_list);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_user_without_mail_file_has_no_messages()
    {
        Maildrop drop;
        open(drop);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), drop.count());
        CPPUNIT_ASSERT(drop.update().ok());
    }

    void test_use_mail_folder()
    {
        set(P_POP_USE_MAIL_FOLDER, "1");
        deliver("SMITH", "one", "1\r\n");
        deliver("SMITH", "two", "2\r\n");
        Maildrop drop;
        open(drop);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), drop.count());
        drop.mark_deleted(0);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_message_maximum()
    {
        set(P_POP_MESSAGE_MAXIMUM, "2");
        for (int i = 0; i < 3; ++i)
            deliver("SMITH", "n", "1\r\n");
        Maildrop drop;
        open(drop);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), drop.count());
    }

    void test_uids_are_unique_stable_and_short()
    {
        for (int i = 0; i < 5; ++i)
            deliver("SMITH", "n", "1\r\n");
        std::vector<std::string> first;
        {
            Maildrop drop;
            open(drop);
            for (size_t i = 0; i < drop.count(); ++i)
                first.push_back(drop.uid(i));
            drop.mark_deleted(1);
            CPPUNIT_ASSERT(drop.update().ok());
        }
        for (size_t i = 0; i < first.size(); ++i) {
            CPPUNIT_ASSERT(first[i].find("SMITH_2") == 0);
            CPPUNIT_ASSERT(first[i].size() <= POP_UID_MAX);
            for (size_t k = 0; k < i; ++k)
                CPPUNIT_ASSERT(first[i] != first[k]);
        }
        first.erase(first.begin() + 1);
        Maildrop again;
        open(again);
        CPPUNIT_ASSERT_EQUAL(first.size(), again.count());
        for (size_t i = 0; i < first.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(first[i], again.uid(i));
    }

    void test_mail_that_arrives_during_a_session_waits()
    {
        deliver("SMITH", "one", "1\r\n");
        Maildrop drop;
        open(drop);
        deliver("SMITH", "two", "2\r\n");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), drop.count());
        drop.mark_deleted(0);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_ignore_mail11_headers_passes_the_text()
    {
        const std::string message = "From: a@b.test\r\nSubject: own\r\n\r\nbody\r\n";
        deliver("SMITH", "own", message);
        deliver("SMITH", "decnet", "text\r\n", "NODE::JONES");
        set(P_POP_IGNORE_MAIL11_HEADERS, "1");
        std::string text;
        {
            Maildrop drop; /* TOP_HEADERS is not set: not acknowledged (HP 19.1.6) */
            open(drop);
            CPPUNIT_ASSERT(drop.text(0, &text).ok());
            CPPUNIT_ASSERT(text.find("Date: ") == 0);
        }
        set(P_HEADERS, "TOP");
        Maildrop drop;
        open(drop);
        CPPUNIT_ASSERT(drop.text(0, &text).ok());
        CPPUNIT_ASSERT_EQUAL(message, text);
        CPPUNIT_ASSERT(drop.top(0, 0, &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("From: a@b.test\r\nSubject: own\r\n\r\n"), text);
        CPPUNIT_ASSERT(drop.text(1, &text).ok());
        CPPUNIT_ASSERT(text.find("X-VMS-From: NODE::JONES\r\n") != std::string::npos);
    }

    void test_fast_scan_estimates()
    {
        set(P_POP_FAST_SCAN, "1");
        deliver("SMITH", "one", "1\r\n2\r\n3\r\n");
        Maildrop drop;
        open(drop);
        boost::uint32_t estimated = 0;
        std::string text;
        CPPUNIT_ASSERT(drop.size(0, &estimated).ok());
        CPPUNIT_ASSERT(drop.text(0, &text).ok());
        CPPUNIT_ASSERT(estimated != text.size());
    }

    void test_sizes_are_remembered()
    {
        deliver("SMITH", "one", "1\r\n");
        boost::uint32_t first = 0, second = 0;
        {
            Maildrop drop;
            open(drop);
            CPPUNIT_ASSERT(drop.size(0, &first).ok());
        }
        Maildrop drop;
        open(drop);
        CPPUNIT_ASSERT(drop.size(0, &second).ok());
        CPPUNIT_ASSERT_EQUAL(first, second);
        std::string text;
        CPPUNIT_ASSERT(drop.text(0, &text).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(first), text.size());
    }

    void test_foreign_message_is_told_of_and_never_deleted()
    {
        static const char archive[] = "PK\0\1binary\n.\r\n";
        const std::string bytes(archive, sizeof archive - 1);
        deliver_foreign("SMITH", "archive", bytes);
        Maildrop drop;
        open(drop);
        std::string text;
        boost::uint32_t octets = 0;
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), drop.count());
        CPPUNIT_ASSERT(drop.foreign(0));
        CPPUNIT_ASSERT(drop.size(0, &octets).ok() && drop.text(0, &text).ok());
        CPPUNIT_ASSERT_EQUAL(text.size(), static_cast<size_t>(octets));
        CPPUNIT_ASSERT(text.find("\r\nSubject: archive\r\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("\r\n\r\nThis message is in a foreign format") !=
                       std::string::npos);
        CPPUNIT_ASSERT(text.find("binary") == std::string::npos);
        CPPUNIT_ASSERT(drop.top(0, 1, &text).ok());
        CPPUNIT_ASSERT(text.find("foreign format") != std::string::npos &&
                       text.find("EXTRACT") == std::string::npos);
        drop.mark_deleted(0);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
    }

    void test_lone_line_ends_are_counted_as_they_are_sent()
    {
        deliver("SMITH", "raw", "a\n.\nb\rc\r\n\r\nend\r\n");
        Maildrop drop;
        open(drop);
        boost::uint32_t octets = 0;
        std::string text;
        CPPUNIT_ASSERT(drop.size(0, &octets).ok() && drop.text(0, &text).ok());
        CPPUNIT_ASSERT_EQUAL(text.size(), static_cast<size_t>(octets));
        for (size_t i = 0; i < text.size(); ++i) {
            CPPUNIT_ASSERT(text[i] != '\n' || text[i - 1] == '\r');
            CPPUNIT_ASSERT(text[i] != '\r' || text[i + 1] == '\n');
        }
    }

    void test_more_drops_than_mail_has_contexts()
    {
        std::vector<boost::shared_ptr<Maildrop> > drops;
        for (int i = 0; i < 2 * POP_OPEN_DROPS_MAX; ++i) {
            std::string user = "MANY";
            user += static_cast<char>('A' + i / 10);
            user += static_cast<char>('0' + i % 10);
            root_->add_user(user.c_str(), "many");
            deliver(user, "first", user + " first\r\n");
            deliver(user, "second", user + " second\r\n");
            Account a;
            std::string why;
            CPPUNIT_ASSERT(account_lookup(user, &a).ok());
            drops.push_back(boost::shared_ptr<Maildrop>(new Maildrop));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                why, Maildrop::OPENED, drops.back()->open(a, settings_, identity_, &why));
            CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), drops.back()->count());
        }
        { /* the first drop sleeps: its first message goes, another one comes */
            MailFile file;
            MailFolder folder;
            boost::uint32_t count = 0;
            CPPUNIT_ASSERT(file.open("SYS$SYSDEVICE:[MANYA0]").ok());
            CPPUNIT_ASSERT(folder.select(&file, "NEWMAIL", &count).ok());
            CPPUNIT_ASSERT(folder.remove(1).ok());
            folder.close();
            CPPUNIT_ASSERT(file.purge(false, 0).ok());
        }
        deliver("MANYA0", "third", "third\r\n");
        std::string text;
        CPPUNIT_ASSERT(!drops[0]->text(0, &text).ok());
        for (size_t i = 0; i < drops.size(); ++i) {
            CPPUNIT_ASSERT(drops[i]->text(1, &text).ok());
            CPPUNIT_ASSERT(text.find(" second\r\n") != std::string::npos);
            drops[i]->mark_deleted(1);
        }
        for (size_t i = 0; i < drops.size(); ++i)
            CPPUNIT_ASSERT(drops[i]->update().ok());
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("MANYA0", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("MANYB1", "NEWMAIL"));
    }

    /* Somebody else deletes the message: only a text that is here already can still be had. */
    void remove_elsewhere(boost::uint32_t id)
    {
        MailFile file;
        MailFolder folder;
        boost::uint32_t count = 0;
        CPPUNIT_ASSERT(file.open("SYS$SYSDEVICE:[SMITH]").ok());
        CPPUNIT_ASSERT(folder.select(&file, "NEWMAIL", &count).ok());
        CPPUNIT_ASSERT(folder.remove(id).ok());
        folder.close();
        CPPUNIT_ASSERT(file.purge(false, 0).ok());
    }
    void deliver_large(const std::string &subject)
    {
        deliver("SMITH", subject, std::string(70, 'x') + subject + "\r\n" +
                                      std::string(3000, 'y') + "\r\n");
    }

    void test_next_message_is_read_ahead_for_who_reads_in_order()
    {
        const char *const subjects[] = {"one", "two", "three", "four", "five"};
        for (size_t i = 0; i < 5; ++i)
            deliver_large(subjects[i]);
        std::string expected, text;
        {
            Maildrop other;
            open(other);
            CPPUNIT_ASSERT(other.text(2, &expected).ok());
        }
        Maildrop drop;
        open(drop);
        CPPUNIT_ASSERT(drop.text(0, &text).ok());
        CPPUNIT_ASSERT(drop.text(1, &text).ok());
        drop.read_ahead();
        remove_elsewhere(3);
        CPPUNIT_ASSERT(drop.text(2, &text).ok());
        CPPUNIT_ASSERT_EQUAL(expected, text);
        CPPUNIT_ASSERT(!drop.text(2, &text).ok()); /* once only */
        drop.read_ahead();
        CPPUNIT_ASSERT(drop.text(4, &text).ok()); /* what was not asked for does no harm */
        CPPUNIT_ASSERT(text.find("xfive\r\n") != std::string::npos);
        drop.mark_deleted(4);
        CPPUNIT_ASSERT(drop.text(3, &text).ok());
        drop.read_ahead();
        CPPUNIT_ASSERT(text.find("xfour\r\n") != std::string::npos);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(3U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_what_was_read_ahead_gets_old()
    {
        for (size_t i = 0; i < 3; ++i)
            deliver_large("old");
        Maildrop drop;
        std::string text;
        open(drop);
        CPPUNIT_ASSERT(drop.text(0, &text).ok());
        CPPUNIT_ASSERT(drop.text(1, &text).ok());
        drop.read_ahead();
        remove_elsewhere(3);
        root_->move_clock(POP_AHEAD_SECONDS + 1);
        CPPUNIT_ASSERT(!drop.text(2, &text).ok());
    }

    /* Files of a user whose name begins so. */
    unsigned remove_files(const std::string &user, const std::string &beginning)
    {
        std::string directory = root_->path() + "/" + user + "/";
        unsigned removed = 0;
        DIR *list = opendir(directory.c_str());
        CPPUNIT_ASSERT(list != 0);
        while (struct dirent *entry = readdir(list))
            if (strncmp(entry->d_name, beginning.c_str(), beginning.size()) == 0 &&
                unlink((directory + entry->d_name).c_str()) == 0)
                ++removed;
        closedir(list);
        return removed;
    }

    void test_message_whose_file_is_missing_is_told_of_and_kept()
    {
        deliver("SMITH", "one", "1\r\n");
        deliver_large("two");
        deliver("SMITH", "three", "3\r\n");
        CPPUNIT_ASSERT_EQUAL(1U, remove_files("SMITH", "MAIL$"));
        Maildrop drop;
        open(drop);
        std::string text;
        boost::uint32_t octets = 0;
        size_t messages = 0;
        boost::uint64_t total = 0;
        CPPUNIT_ASSERT(!drop.withheld(0) && drop.withheld(1) && !drop.withheld(2));
        CPPUNIT_ASSERT(drop.totals(&messages, &total).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(3), messages);
        CPPUNIT_ASSERT(drop.size(1, &octets).ok() && drop.text(1, &text).ok());
        CPPUNIT_ASSERT_EQUAL(text.size(), static_cast<size_t>(octets));
        CPPUNIT_ASSERT(text.find("\r\nSubject: two\r\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("\r\n\r\nThe file with the text") != std::string::npos);
        CPPUNIT_ASSERT(drop.top(1, 1, &text).ok());
        CPPUNIT_ASSERT(text.find("missing on the mail server.\r\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("restore") == std::string::npos);
        for (size_t i = 0; i < 3; ++i)
            drop.mark_deleted(i);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
    }

    /* Its number stays; what is said of its size is an estimate. */
    void test_message_removed_elsewhere_stops_no_list()
    {
        for (size_t i = 0; i < 3; ++i)
            deliver_large("large");
        Maildrop drop;
        open(drop);
        remove_elsewhere(2);
        std::string text;
        boost::uint32_t octets = 0;
        size_t messages = 0;
        boost::uint64_t total = 0;
        CPPUNIT_ASSERT(drop.totals(&messages, &total).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(3), messages);
        CPPUNIT_ASSERT(drop.size(1, &octets).ok() && octets > 0);
        CPPUNIT_ASSERT(!drop.text(1, &text).ok());
        CPPUNIT_ASSERT(drop.size(2, &octets).ok() && drop.text(2, &text).ok());
        CPPUNIT_ASSERT_EQUAL(text.size(), static_cast<size_t>(octets));
        drop.mark_deleted(1);
        drop.mark_deleted(2);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MaildropTest);
