#include "mail_fixture.h"

#include <mailmsgdef.h>
#include <ssdef.h>

class MailsendTest : public MailFixture {
    CPPUNIT_TEST_SUITE(MailsendTest);
    CPPUNIT_TEST(test_several_addressees_each_get_a_copy);
    CPPUNIT_TEST(test_unknown_user_does_not_stop_the_others);
    CPPUNIT_TEST(test_text_in_every_split_is_the_same);
    CPPUNIT_TEST(test_long_lines_are_continued);
    CPPUNIT_TEST(test_one_turn_for_all_calls);
    CPPUNIT_TEST(test_hundreds_of_lines_at_once);
    CPPUNIT_TEST(test_forwarding_is_followed_but_not_with_underscore);
    CPPUNIT_TEST(test_abort_delivers_nothing);
    CPPUNIT_TEST(test_failing_mail_is_told);
    CPPUNIT_TEST(test_calls_out_of_order_are_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_several_addressees_each_get_a_copy()
    {
        MailSender sender;
        CPPUNIT_ASSERT(sender.begin().ok());
        CPPUNIT_ASSERT(sender.add_address("SMITH").ok());
        CPPUNIT_ASSERT(sender.add_address("JONES", true).ok());
        CPPUNIT_ASSERT(sender.add_record("text").ok());
        CPPUNIT_ASSERT(sender.send().ok());
        CPPUNIT_ASSERT(sender.addressees()[0].delivered && sender.addressees()[1].delivered);
        open_newmail("SMITH");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), items_.size());
        close_all();
        open_newmail("JONES");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), items_.size());
        close_all();
    }
    void test_unknown_user_does_not_stop_the_others()
    {
        MailSender sender;
        CPPUNIT_ASSERT(sender.begin().ok());
        CPPUNIT_ASSERT(!sender.add_address("NOBODY").ok());
        CPPUNIT_ASSERT(sender.add_address("SMITH").ok());
        CPPUNIT_ASSERT(sender.add_record("text").ok());
        CPPUNIT_ASSERT(sender.send().ok());
        CPPUNIT_ASSERT(!sender.addressees()[0].delivered);
        CPPUNIT_ASSERT(!sender.addressees()[0].retry);
        CPPUNIT_ASSERT(!sender.addressees()[0].text.empty());
        CPPUNIT_ASSERT(sender.addressees()[1].delivered);
    }
    void test_text_in_every_split_is_the_same()
    {
        const std::string text = "one\r\n\r\ntwo\nthree\r\nlast";
        const size_t split_table[] = {1, 2, 3, 7, 100};
        for (size_t i = 0; i < 5; ++i) {
            MailSender sender;
            CPPUNIT_ASSERT(sender.begin().ok());
            CPPUNIT_ASSERT(sender.add_address("SMITH").ok());
            for (size_t at = 0; at < text.size(); at += split_table[i]) {
                std::string piece = text.substr(at, split_table[i]);
                CPPUNIT_ASSERT(sender.add_text(piece.data(), piece.size()).ok());
            }
            CPPUNIT_ASSERT(sender.send().ok());
        }
        open_newmail("SMITH");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(5), items_.size());
        for (size_t i = 0; i < 5; ++i) {
            std::string got;
            CPPUNIT_ASSERT(folder_.read(items_[i], false, 10000, &got).ok());
            CPPUNIT_ASSERT_EQUAL(std::string("one\r\n\r\ntwo\r\nthree\r\nlast\r\n"), got);
        }
        close_all();
    }
    void test_long_lines_are_continued()
    {
        std::string got;
        deliver("SMITH", "s", std::string(2500, 'x') + "\n");
        open_newmail("SMITH");
        CPPUNIT_ASSERT(folder_.read(items_[0], false, 10000, &got).ok());
        CPPUNIT_ASSERT_EQUAL(MAILSEND_RECORD_MAX, got.find("\r\n"));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2506), got.size());
        close_all();
    }
    void test_one_turn_for_all_calls()
    {
        {
            MailTurn turn; /* its calls take the lock again: once more must not stop them */
            MailTurn inner;
            deliver("SMITH", "s", "text\n");
        }
        deliver("SMITH", "s", "more\n");
        open_newmail("SMITH");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), items_.size());
        close_all();
    }
    void test_hundreds_of_lines_at_once()
    {
        std::string text, got;
        for (int i = 0; i < 1000; ++i)
            text += "line " + std::string(static_cast<size_t>(i % 70), 'x') + "\r\n";
        deliver("SMITH", "s", text + "open end");
        open_newmail("SMITH");
        CPPUNIT_ASSERT(folder_.read(items_[0], false, 100000, &got).ok());
        CPPUNIT_ASSERT(got == text + "open end\r\n");
        close_all();
    }
    void test_forwarding_is_followed_but_not_with_underscore()
    {
        CPPUNIT_ASSERT(mailstore_set_forwarding("SMITH", "JONES").ok());
        deliver("SMITH", "forwarded", "text\n");
        open_newmail("JONES");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), items_.size());
        close_all();
        deliver("_SMITH", "kept", "text\n");
        open_newmail("SMITH");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), items_.size());
        CPPUNIT_ASSERT_EQUAL(std::string("kept"), items_[0].subject);
        close_all();
    }
    void test_abort_delivers_nothing()
    {
        {
            MailSender sender;
            CPPUNIT_ASSERT(sender.begin().ok());
            CPPUNIT_ASSERT(sender.add_address("SMITH").ok());
            CPPUNIT_ASSERT(sender.add_record("half").ok());
        }
        MailProfile profile;
        mailstore_profile("SMITH", &profile);
        CPPUNIT_ASSERT_EQUAL(0u, static_cast<unsigned>(profile.new_messages));
    }
    void test_failing_mail_is_told()
    {
        MailSender sender;
        CPPUNIT_ASSERT(sender.begin().ok());
        CPPUNIT_ASSERT(sender.add_address("SMITH").ok());
        CPPUNIT_ASSERT(sender.add_record("text").ok());
        shim_arm_fault("*", "mail$send_message", 1, 1, SS$_EXDISKQUOTA);
        CPPUNIT_ASSERT(sender.send().disk_full());
        CPPUNIT_ASSERT(!sender.addressees()[0].delivered);
        CPPUNIT_ASSERT(sender.addressees()[0].retry);
    }
    void test_calls_out_of_order_are_refused()
    {
        MailSender sender;
        CPPUNIT_ASSERT(!sender.add_address("SMITH").ok());
        CPPUNIT_ASSERT(!sender.add_record("x").ok());
        CPPUNIT_ASSERT(!sender.send().ok());
        CPPUNIT_ASSERT(sender.begin().ok());
        CPPUNIT_ASSERT(!sender.begin().ok());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailsendTest);
