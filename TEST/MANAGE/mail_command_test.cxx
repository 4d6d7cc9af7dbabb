/*
**  mail_command_test - SHOW, SEND, REMOVE, START and STOP MAIL as commands (spec 3.4 to 3.7)
*/
#include "manage_fixture.h"

using namespace mail;

class MailCommandTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(MailCommandTest);
    CPPUNIT_TEST(test_show);
    CPPUNIT_TEST(test_show_needs_privilege_for_others);
    CPPUNIT_TEST(test_send_asks_without_entry);
    CPPUNIT_TEST(test_send_after);
    CPPUNIT_TEST(test_remove_asks_without_entry);
    CPPUNIT_TEST(test_own_mail_needs_no_privilege);
    CPPUNIT_TEST(test_start_and_stop_need_privilege);
    CPPUNIT_TEST(test_no_queue_manager);
    CPPUNIT_TEST_SUITE_END();

    boost::uint32_t first_, second_;

    static std::string number(boost::uint32_t n)
    {
        char text[16];
        snprintf(text, sizeof text, "%u", static_cast<unsigned>(n));
        return text;
    }
    void fill()
    {
        make_queues();
        first_ = enter(control_file("SYSTEM", "x@y.example"), "SYSTEM",
                       static_cast<boost::uint64_t>(vmstime_unix_now()) + 86400);
        second_ = enter(control_file("SMITH", "z@y.example"), "SMITH",
                        static_cast<boost::uint64_t>(vmstime_unix_now()) + 86400);
    }
    static std::string state(boost::uint32_t entry)
    {
        QueueEntry found;
        if (!queue_find_entry(entry, &found).ok())
            return "gone";
        if (found.state == ENTRY_PENDING)
            return "pending";
        return found.state == ENTRY_TIMED ? "timed" : "?";
    }

public:
    void test_show()
    {
        make_queues();
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-I-NOMAIL, no mail is queued\n"), run("SHOW MAIL"));
        first_ = enter(control_file("SYSTEM", "x@y.example"), "SYSTEM");
        second_ = enter(control_file("SMITH", "z@y.example"), "SMITH");
        std::string text = run("SHOW MAIL");
        ASSERT_HAS(text, "  Entry  Username      Submitted             State\n");
        ASSERT_HAS(text, "  SYSTEM  ");
        ASSERT_HAS(text, "  SMITH  ");
        ASSERT_HAS(text, "Pending\n");
        ASSERT_LACKS(text, "Sender");
        ASSERT_LACKS(run("SHOW MAIL smith"), "SYSTEM");
        ASSERT_LACKS(run("SHOW MAIL/ENTRY=" + number(first_)), "SMITH");
        ASSERT_HAS(run("SHOW MAIL/ENTRY=999999"), "%TCPIP-W-NOENTRY, no mail entry 999999\n");
        ASSERT_HAS(run("SHOW MAIL SMITH/FULL"), "    UNSENT  z@y.example\n");
        ASSERT_HAS(run("SHOW MAIL SMITH/FULL/RECIPIENT=UNSENT"), "    UNSENT  z@y.example\n");
        ASSERT_HAS(run("SHOW MAIL SMITH/FULL/RECIPIENT"), "    UNSENT  z@y.example\n");
        ASSERT_HAS(run("SHOW MAIL SMITH/FULL/RECIPIENT=ALL"), "    UNSENT  z@y.example\n");
        ASSERT_HAS(run("SHOW MAIL SMITH/FULL/RECIPIENT=(SENT,FAILED)"), "none of that kind\n");
    }

    void test_show_needs_privilege_for_others()
    {
        fill();
        set_privileges(false);
        std::string text = run("SHOW MAIL");
        ASSERT_HAS(text, "SYSTEM");
        ASSERT_LACKS(text, "SMITH");
        ASSERT_HAS(run("SHOW MAIL SMITH"), "%TCPIP-E-NOPRIV, operation requires SYSPRV or BYPASS");
        CPPUNIT_ASSERT(!status_.ok());
        ASSERT_HAS(run("SHOW MAIL/ENTRY=" + number(second_)), "NOENTRY");
    }

    void test_send_asks_without_entry()
    {
        fill();
        user_answers().push_back("N");
        user_answers().push_back("Y");
        run("SEND MAIL");
        CPPUNIT_ASSERT_EQUAL(std::string("timed"), state(first_));
        CPPUNIT_ASSERT_EQUAL(std::string("pending"), state(second_));
        CPPUNIT_ASSERT_EQUAL(std::string("CONFIRM [Y/N/G]: |CONFIRM [Y/N/G]: |"), user_prompts());
        user_prompts().clear();
        run("SEND MAIL/ENTRY=" + number(first_));
        CPPUNIT_ASSERT_EQUAL(std::string("pending"), state(first_));
        CPPUNIT_ASSERT_EQUAL(std::string(), user_prompts());
        run("SEND MAIL/CONFIRM/ENTRY=" + number(first_));
        CPPUNIT_ASSERT_EQUAL(std::string("CONFIRM [Y/N/G]: |"), user_prompts());
    }

    void test_send_after()
    {
        fill();
        run("SEND MAIL/NOCONFIRM");
        CPPUNIT_ASSERT_EQUAL(std::string("pendingpending"), state(first_) + state(second_));
        run("SEND MAIL SMITH/NOCONFIRM/AFTER=TOMORROW");
        CPPUNIT_ASSERT_EQUAL(std::string("pendingtimed"), state(first_) + state(second_));
        QueueEntry entry;
        CPPUNIT_ASSERT(queue_find_entry(second_, &entry).ok());
        CPPUNIT_ASSERT(entry.after > vmstime_now() && entry.after <= vmstime_after(86400));
    }

    void test_remove_asks_without_entry()
    {
        fill();
        user_answers().push_back("G");
        run("REMOVE MAIL");
        CPPUNIT_ASSERT_EQUAL(std::string("gonegone"), state(first_) + state(second_));
        CPPUNIT_ASSERT_EQUAL(std::string("CONFIRM [Y/N/G]: |"), user_prompts());
        first_ = enter(control_file("SYSTEM", "x@y.example"), "SYSTEM");
        run("REMOVE MAIL/CONFIRM"); /* nobody answers */
        CPPUNIT_ASSERT_EQUAL(std::string("pending"), state(first_));
        run("REMOVE MAIL/ENTRY=" + number(first_));
        CPPUNIT_ASSERT_EQUAL(std::string("gone"), state(first_));
    }

    void test_own_mail_needs_no_privilege()
    {
        fill();
        set_privileges(false);
        ASSERT_HAS(run("REMOVE MAIL SMITH/NOCONFIRM"), "NOPRIV");
        run("SEND MAIL/NOCONFIRM");
        CPPUNIT_ASSERT_EQUAL(std::string("pendingtimed"), state(first_) + state(second_));
        run("REMOVE MAIL/NOCONFIRM");
        set_privileges(true);
        CPPUNIT_ASSERT_EQUAL(std::string("gonetimed"), state(first_) + state(second_));
    }

    void test_start_and_stop_need_privilege()
    {
        make_queues();
        set_privileges(false);
        ASSERT_HAS(run("START MAIL"), "%TCPIP-E-NOPRIV, operation requires SYSPRV or BYPASS");
        ASSERT_HAS(run("STOP MAIL"), "%TCPIP-E-NOPRIV, operation requires SYSPRV or BYPASS");
        set_privileges(true);
        run("SET CONFIGURATION SMTP/QUEUES=2");
        CPPUNIT_ASSERT_EQUAL(std::string(), run("START MAIL"));
        QueueInfo info;
        CPPUNIT_ASSERT(queue_find("TCPIP$SMTP_NODE_02", &info).ok());
        CPPUNIT_ASSERT_EQUAL(std::string(), run("STOP MAIL"));
    }

    void test_no_queue_manager()
    {
        std::string text = run("SHOW MAIL");
        ASSERT_HAS(text, "%TCPIP-E-QUEUEERR, error accessing queue *\n-");
        CPPUNIT_ASSERT(!status_.ok());
        ASSERT_HAS(run("ANALYZE MAIL"), "%TCPIP-E-QUEUEERR");
        ASSERT_HAS(run("SHOW CONFIGURATION SMTP"), "TCPIP$SMTP_NODE_00            1    NODE\n");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailCommandTest);
