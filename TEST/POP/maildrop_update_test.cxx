/*
**  maildrop_update_test - what QUIT leaves in which folder, the new-mail count (HP 19.1.4, 19.3)
*/
#include "pop_fixture.h"

using namespace mail;

class MaildropUpdateTest : public PopFixture {
    CPPUNIT_TEST_SUITE(MaildropUpdateTest);
    CPPUNIT_TEST(test_read_messages_move_to_mail);
    CPPUNIT_TEST(test_leave_in_newmail);
    CPPUNIT_TEST(test_new_mail_count_is_kept);
    CPPUNIT_TEST(test_deleted_foreign_message_leaves_newmail_always);
    CPPUNIT_TEST(test_new_mail_counts_follow_every_update);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_read_messages_move_to_mail()
    {
        deliver("SMITH", "one", "1\r\n");
        deliver("SMITH", "two", "2\r\n");
        deliver("SMITH", "three", "3\r\n");
        Maildrop drop;
        open(drop);
        drop.mark_read(0);
        drop.mark_deleted(1);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "WASTEBASKET"));
    }

    void test_leave_in_newmail()
    {
        set(P_POP_LEAVE_IN_NEWMAIL, "1");
        deliver("SMITH", "one", "1\r\n");
        Maildrop drop;
        open(drop);
        drop.mark_read(0);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "MAIL"));
    }

    void test_new_mail_count_is_kept()
    {
        MailProfile profile;
        deliver("SMITH", "one", "1\r\n");
        deliver("SMITH", "two", "2\r\n");
        CPPUNIT_ASSERT(mailstore_profile("SMITH", &profile).ok());
        CPPUNIT_ASSERT_EQUAL(2U, static_cast<unsigned>(profile.new_messages));
        Maildrop drop;
        open(drop);
        drop.mark_deleted(0);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT(mailstore_profile("SMITH", &profile).ok());
        CPPUNIT_ASSERT_EQUAL(1U, static_cast<unsigned>(profile.new_messages));
    }

    void test_deleted_foreign_message_leaves_newmail_always()
    {
        set(P_POP_LEAVE_IN_NEWMAIL, "1");
        deliver_foreign("SMITH", "read", "1");
        deliver_foreign("SMITH", "deleted", "2");
        Maildrop drop;
        open(drop);
        drop.mark_read(0);
        drop.mark_deleted(1);
        CPPUNIT_ASSERT(drop.update().ok());
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
    }

    void test_new_mail_counts_follow_every_update()
    {
        for (int i = 0; i < 4; ++i)
            deliver("SMITH", "n", "1\r\n");
        CPPUNIT_ASSERT_EQUAL(4U, new_messages("SMITH"));
        {
            Maildrop drop; /* closed without update: nothing changes */
            open(drop);
            drop.mark_read(0);
            drop.mark_deleted(1);
        }
        CPPUNIT_ASSERT_EQUAL(4U, new_messages("SMITH"));
        {
            Maildrop drop;
            open(drop);
            deliver("SMITH", "during", "5\r\n");
            drop.mark_read(0);
            drop.mark_deleted(1);
            CPPUNIT_ASSERT(drop.update().ok());
        }
        CPPUNIT_ASSERT_EQUAL(3U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(3U, new_messages("SMITH"));
        set(P_POP_USE_MAIL_FOLDER, "1");
        Maildrop drop;
        open(drop);
        CPPUNIT_ASSERT_EQUAL(0U, new_messages("SMITH"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MaildropUpdateTest);
