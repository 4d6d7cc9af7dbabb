#include "mail_fixture.h"

class MailstoreTest : public MailFixture {
    CPPUNIT_TEST_SUITE(MailstoreTest);
    CPPUNIT_TEST(test_profile_of_a_user_who_never_used_mail);
    CPPUNIT_TEST(test_forwarding_is_set_and_cleared);
    CPPUNIT_TEST(test_profile_may_exist_without_account);
    CPPUNIT_TEST(test_new_message_count);
    CPPUNIT_TEST(test_no_mail_file_is_not_found);
    CPPUNIT_TEST(test_folders_are_listed);
    CPPUNIT_TEST(test_purge_counts_what_it_removes);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_profile_of_a_user_who_never_used_mail()
    {
        MailProfile profile;
        Status status = mailstore_profile("NOBODY", &profile);
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.not_found());
    }
    void test_forwarding_is_set_and_cleared()
    {
        MailProfile profile;
        CPPUNIT_ASSERT(mailstore_set_forwarding("SMITH", "SMTP%\"s@example.test\"").ok());
        CPPUNIT_ASSERT(mailstore_profile("SMITH", &profile).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"s@example.test\""), profile.forwarding);
        CPPUNIT_ASSERT(mailstore_set_forwarding("SMITH", "").ok());
        CPPUNIT_ASSERT(mailstore_profile("SMITH", &profile).ok());
        CPPUNIT_ASSERT_EQUAL(std::string(), profile.forwarding);
        CPPUNIT_ASSERT(!mailstore_set_forwarding("SMITH", std::string(256, 'X')).ok());
    }
    void test_profile_may_exist_without_account()
    {
        MailProfile profile;
        CPPUNIT_ASSERT(mailstore_set_forwarding("INFO", "SMITH").ok());
        CPPUNIT_ASSERT(mailstore_profile("INFO", &profile).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH"), profile.forwarding);
        CPPUNIT_ASSERT(mailstore_delete_profile("INFO").ok());
        CPPUNIT_ASSERT(mailstore_profile("INFO", &profile).not_found());
    }
    void test_new_message_count()
    {
        MailProfile profile;
        deliver("SMITH", "one", "text");
        deliver("SMITH", "two", "text");
        CPPUNIT_ASSERT(mailstore_profile("SMITH", &profile).ok());
        CPPUNIT_ASSERT_EQUAL(2u, static_cast<unsigned>(profile.new_messages));
        CPPUNIT_ASSERT_EQUAL(std::string("SYS$SYSDEVICE:[SMITH]"), profile.directory);
        CPPUNIT_ASSERT(mailstore_set_new_messages("SMITH", 0).ok());
        CPPUNIT_ASSERT(mailstore_profile("SMITH", &profile).ok());
        CPPUNIT_ASSERT_EQUAL(0u, static_cast<unsigned>(profile.new_messages));
    }
    void test_no_mail_file_is_not_found()
    {
        MailFile file;
        Status status = file.open("SYS$SYSDEVICE:[JONES]");
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.not_found());
        CPPUNIT_ASSERT(!file.is_open());
    }
    void test_folders_are_listed()
    {
        MailFile file;
        MailFolder folder;
        boost::uint32_t count = 0;
        std::vector<std::string> names;
        deliver("SMITH", "one", "text");
        CPPUNIT_ASSERT(file.open("SYS$SYSDEVICE:[SMITH]").ok());
        CPPUNIT_ASSERT(folder.select(&file, "NEWMAIL", &count).ok());
        CPPUNIT_ASSERT(folder.move(1, "PROJECT").ok());
        folder.close();
        CPPUNIT_ASSERT(file.folders(&names).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), names.size());
        CPPUNIT_ASSERT_EQUAL(std::string("PROJECT"), names[0]);
    }
    void test_purge_counts_what_it_removes()
    {
        MailFile file;
        MailFolder folder;
        boost::uint32_t count = 0, purged = 0;
        deliver("SMITH", "one", "text");
        CPPUNIT_ASSERT(file.open("SYS$SYSDEVICE:[SMITH]").ok());
        CPPUNIT_ASSERT(folder.select(&file, "NEWMAIL", &count).ok());
        CPPUNIT_ASSERT(folder.remove(1).ok());
        folder.close();
        CPPUNIT_ASSERT(file.purge(false, &purged).ok());
        CPPUNIT_ASSERT_EQUAL(1u, static_cast<unsigned>(purged));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailstoreTest);
