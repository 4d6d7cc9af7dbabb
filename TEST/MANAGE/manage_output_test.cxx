/*
**  manage_output_test - messages, causes, log file, confirmations
*/
#include "manage_fixture.h"

using namespace mail;

class ManageOutputTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(ManageOutputTest);
    CPPUNIT_TEST(test_messages_and_causes);
    CPPUNIT_TEST(test_log_and_redirection);
    CPPUNIT_TEST(test_confirmation);
    CPPUNIT_TEST(test_end_of_input_refuses_all);
    CPPUNIT_TEST(test_committed_header_is_the_compilers);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_messages_and_causes()
    {
        Status told = tell(TCPIPMGT__NORECORD);
        CPPUNIT_ASSERT(told.was_told() && !told.ok());
        tell_cause(Status::no_record());
        tell(TCPIPMGT__BADVALUE, "a", "b", std::string("c"));
        tell(TCPIPMGT__NOENTRY, 12);
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-W-NORECORD, Information not found\n"
                                         "-RMS-E-RNF, record not found\n"
                                         "%TCPIP-E-BADVALUE, a is not a valid value for b: c\n"
                                         "%TCPIP-W-NOENTRY, no mail entry 12\n"),
                             output_);
        CPPUNIT_ASSERT(tell_status(Status::no_such_file()).was_told());
        CPPUNIT_ASSERT_MESSAGE(output_, has(output_, "NOSUCHFILE"));
    }

    void test_log_and_redirection()
    {
        std::string text;
        root_->make_folder("/WORK");
        CPPUNIT_ASSERT(output_log("SYS$SYSDEVICE:[WORK]A.LOG").ok());
        say("both");
        CPPUNIT_ASSERT(output_log("").ok());
        CPPUNIT_ASSERT(output_redirect("SYS$SYSDEVICE:[WORK]B").ok());
        say("file");
        CPPUNIT_ASSERT(output_redirect("").ok());
        say("user");
        CPPUNIT_ASSERT_EQUAL(std::string("both\nuser\n"), output_);
        CPPUNIT_ASSERT(file_read_text("SYS$SYSDEVICE:[WORK]A.LOG", "", 100, "|", &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("both"), text.substr(0, 4));
        text.clear();
        CPPUNIT_ASSERT(file_read_text("SYS$SYSDEVICE:[WORK]B.LOG", "", 100, "|", &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("file"), text.substr(0, 4));
        CPPUNIT_ASSERT(output_log("SYS$SYSDEVICE:[NOWHERE]A.LOG").not_found());
    }

    void test_confirmation()
    {
        static const char *const answers[] = {"y", " NO ", "what", "Yes", "", "g"};
        user_answers().assign(answers, answers + sizeof answers / sizeof *answers);
        Confirmation confirmation(true, "? ");
        CPPUNIT_ASSERT(confirmation.yes());
        CPPUNIT_ASSERT(!confirmation.yes());
        CPPUNIT_ASSERT(confirmation.yes()); /* after a question that was asked twice */
        CPPUNIT_ASSERT(!confirmation.yes());
        CPPUNIT_ASSERT(confirmation.yes());
        CPPUNIT_ASSERT(confirmation.yes()); /* nobody is asked any more */
        CPPUNIT_ASSERT_EQUAL(std::string("? |? |? |? |? |? |"), user_prompts());
        CPPUNIT_ASSERT(Confirmation(false, "? ").yes());
    }

    void test_end_of_input_refuses_all()
    {
        Confirmation confirmation(true, "? ");
        CPPUNIT_ASSERT(!confirmation.yes());
        CPPUNIT_ASSERT(confirmation.ended());
        CPPUNIT_ASSERT(!confirmation.yes());
        CPPUNIT_ASSERT_EQUAL(std::string("? |"), user_prompts());
    }

    /* INCLUDE/MTA/mail_msg.h is committed, because MESSAGE on VMS makes no C++ header. */
    void test_committed_header_is_the_compilers()
    {
        std::string bin = test_bin(), command;
        std::string made = bin.substr(0, bin.rfind('/')) + "/inc/MTA/";
        command = "cmp -s '" + made + "mail_msg.h' '" + made + "MTA/mail_msg.h'";
        CPPUNIT_ASSERT_MESSAGE("copy " + made + "mail_msg.h to INCLUDE/MTA",
                               system(command.c_str()) == 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ManageOutputTest);
