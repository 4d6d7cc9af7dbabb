/*
**  mail_store_test - kill -9 at each step of a delivery, then recovery: once, whole, never lost
*/
#include "mail_support.h"

#include "mail_journal.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/wait.h>

using std::string;

class MailStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailStoreTest);
    CPPUNIT_TEST(test_crash_points_lose_nothing_and_double_nothing);
    CPPUNIT_TEST(test_torn_record_ends_the_journal);
    CPPUNIT_TEST(test_lost_external_file_is_restored);
    CPPUNIT_TEST(test_many_processes_deliver_to_one_user);
    CPPUNIT_TEST(test_journal_wraps_to_its_other_half);
    CPPUNIT_TEST(test_uncommitted_delete_leaves_the_message);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_crash_points_lose_nothing_and_double_nothing()
    {
        const char *points[] = {"crash:mail_journal_written", "crash:mail_journal_flushed",
                                "crash:mail_applied_one", "crash:mail_applied_all"};
        for (const char *point : points)
            for (size_t size : {10u, 4000u}) {
                MailRoot root;
                CPPUNIT_ASSERT(shim_arm_fault("*", point, 1, 1, shim::FAULT_KILL));
                CPPUNIT_ASSERT_EQUAL(SIGKILL, deliver_in_child(size, 1));
                shim_clear_faults();
                uint32_t records = 0;
                CPPUNIT_ASSERT_EQUAL(1u, shim::mail_recover(&records));
                CPPUNIT_ASSERT_EQUAL_MESSAGE(point, 1u, records);
                for (const char *user : {"SMITH", "JONES"})
                    CPPUNIT_ASSERT_EQUAL_MESSAGE(point, string(size, 'x'), only_text(user));
                CPPUNIT_ASSERT_EQUAL(1u, shim::mail_recover(&records));
                CPPUNIT_ASSERT_EQUAL(0u, records);
            }
    }
    void test_torn_record_ends_the_journal()
    {
        MailRoot root;
        shim_arm_fault("*", "crash:mail_journal_written", 2, 1, shim::FAULT_KILL);
        CPPUNIT_ASSERT_EQUAL(SIGKILL, deliver_in_child(3000, 2));
        shim_clear_faults();
        string path = root.path() + "/.shim/mailjrn/000.A";
        FILE *file = fopen(path.c_str(), "r+");
        CPPUNIT_ASSERT(file);
        fseek(file, 4500, SEEK_SET); /* inside the second record */
        fputs("torn", file);
        fclose(file);
        uint32_t records = 0;
        CPPUNIT_ASSERT_EQUAL(1u, shim::mail_recover(&records));
        CPPUNIT_ASSERT_EQUAL(1u, records);
        CPPUNIT_ASSERT_EQUAL(string(3000, 'x'), only_text("SMITH"));
    }
    void test_lost_external_file_is_restored()
    {
        MailRoot root;
        shim_arm_fault("*", "crash:mail_applied_all", 1, 1, shim::FAULT_KILL);
        deliver_in_child(4000, 1);
        shim_clear_faults();
        std::vector<uint64_t> dates;
        std::shared_ptr<shim::MailStore> store;
        shim::MailStore::open(root.directory("SMITH"), false, &store);
        store->external_dates(&dates);
        CPPUNIT_ASSERT_EQUAL(size_t(1), dates.size());
        CPPUNIT_ASSERT_EQUAL(0, truncate(store->external_path(dates[0]).c_str(), 100));
        CPPUNIT_ASSERT_EQUAL(1u, shim::mail_recover());
        CPPUNIT_ASSERT_EQUAL(string(4000, 'x'), only_text("SMITH"));
        CPPUNIT_ASSERT_EQUAL(string(4000, 'x'), only_text("JONES"));
    }
    void test_many_processes_deliver_to_one_user()
    {
        MailRoot root;
        std::vector<pid_t> children;
        for (int i = 0; i < 4; ++i)
            children.push_back(start_child(100, 25));
        for (pid_t child : children)
            CPPUNIT_ASSERT_EQUAL(0, wait_for(child));
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(100u, count);
    }
    void test_journal_wraps_to_its_other_half()
    {
        MailRoot root;
        const uint32_t messages = 3 * 16 + 2; /* of 1 MB: past both halves */
        shim_arm_fault("*", "crash:mail_applied_all", messages, 1, shim::FAULT_KILL);
        deliver_in_child(1000000, messages);
        shim_clear_faults();
        uint32_t records = 0, count = 0;
        CPPUNIT_ASSERT_EQUAL(1u, shim::mail_recover(&records));
        CPPUNIT_ASSERT(records > 0 && records < messages);
        MailReader reader("SMITH");
        reader.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(messages, count);
    }
    void test_uncommitted_delete_leaves_the_message()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        pid_t child = fork();
        if (child == 0) {
            MailReader reader("SMITH");
            uint32_t count;
            reader.select("NEWMAIL", &count);
            reader.remove(1);
            kill(getpid(), SIGKILL);
        }
        CPPUNIT_ASSERT_EQUAL(SIGKILL, wait_for(child));
        CPPUNIT_ASSERT_EQUAL(string("x"), only_text("SMITH"));
    }

private:
    static pid_t start_child(size_t size, unsigned times)
    {
        pid_t child = fork();
        if (child == 0) {
            bool good = true;
            string line(size < 30000 ? size : 25000, 'x');
            std::vector<string> lines(size < 30000 ? 1 : size / 25000, line);
            for (unsigned i = 0; i < times; ++i)
                good = send_mail({"SMITH", "JONES"}, lines) == 1 && good;
            _exit(good ? 0 : 1);
        }
        return child;
    }
    static int wait_for(pid_t child)
    {
        int status = 0;
        waitpid(child, &status, 0);
        return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    }
    static int deliver_in_child(size_t size, unsigned times)
    {
        return wait_for(start_child(size, times));
    }
    /* The text of a user's one new message. */
    static string only_text(const string &user)
    {
        MailReader reader(user);
        uint32_t count = 0;
        CPPUNIT_ASSERT_EQUAL(1u, reader.opened);
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("NEWMAIL", &count));
        CPPUNIT_ASSERT_EQUAL(1u, count);
        std::vector<string> records;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMOREREC), reader.read(1, &records));
        CPPUNIT_ASSERT_EQUAL(size_t(5), records.size());
        return records[4].substr(2);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailStoreTest);
