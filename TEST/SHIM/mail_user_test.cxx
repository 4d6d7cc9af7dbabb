/*
**  mail_user_test - profiles and their privileges (spec/vms-api.md E 23)
*/
#include "mail_support.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/wait.h>

using std::string;

class MailUserTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailUserTest);
    CPPUNIT_TEST(test_user_without_profile_is_unknown_until_created);
    CPPUNIT_TEST(test_every_text_and_flag_is_kept);
    CPPUNIT_TEST(test_others_need_privilege);
    CPPUNIT_TEST(test_first_and_next_list_all);
    CPPUNIT_TEST(test_change_by_another_process_is_seen);
    CPPUNIT_TEST(test_sub_directory_holds_the_mail_file);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_user_without_profile_is_unknown_until_created()
    {
        MailRoot root;
        MailItems get, plain, create, out, none;
        get.flag(MAIL$_NOSIGNAL).text(MAIL$_USER_USERNAME, "smith");
        plain.flag(MAIL$_NOSIGNAL)
            .text(MAIL$_USER_USERNAME, "SMITH")
            .text(MAIL$_USER_SET_FORWARDING, "JONES");
        create.flag(MAIL$_NOSIGNAL).text(MAIL$_USER_USERNAME, "SMITH").flag(MAIL$_USER_CREATE_IF);
        out.out(MAIL$_USER_FORWARDING, 255).out(MAIL$_USER_FULL_DIRECTORY, 255);
        Session session;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSUCHUSR),
                             mail$user_get_info(&session.context, get, out));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSUCHUSR),
                             mail$user_set_info(&session.context, plain, none));
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_set_info(&session.context, create, none));
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_get_info(&session.context, get, out));
        CPPUNIT_ASSERT_EQUAL(string(""), out.text_of(MAIL$_USER_FORWARDING));
        CPPUNIT_ASSERT_EQUAL(string("SYS$SYSDEVICE:[SMITH]"),
                             out.text_of(MAIL$_USER_FULL_DIRECTORY));
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_set_info(&session.context, plain, none));
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_get_info(&session.context, get, out));
        CPPUNIT_ASSERT_EQUAL(string("JONES"), out.text_of(MAIL$_USER_FORWARDING));
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_delete_info(&session.context, get, none));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSUCHUSR),
                             mail$user_get_info(&session.context, get, out));
    }
    void test_every_text_and_flag_is_kept()
    {
        MailRoot root;
        const unsigned texts[][3] = {
            {MAIL$_USER_FORWARDING, MAIL$_USER_SET_FORWARDING, MAIL$_USER_SET_NO_FORWARDING},
            {MAIL$_USER_PERSONAL_NAME, MAIL$_USER_SET_PERSONAL_NAME,
             MAIL$_USER_SET_NO_PERSONAL_NAME},
            {MAIL$_USER_TRANSPORT, MAIL$_USER_SET_TRANSPORT, MAIL$_USER_SET_NO_TRANSPORT},
            {MAIL$_USER_EDITOR, MAIL$_USER_SET_EDITOR, MAIL$_USER_SET_NO_EDITOR},
            {MAIL$_USER_QUEUE, MAIL$_USER_SET_QUEUE, MAIL$_USER_SET_NO_QUEUE},
            {MAIL$_USER_USER1, MAIL$_USER_SET_USER1, MAIL$_USER_SET_NO_USER1},
            {MAIL$_USER_USER3, MAIL$_USER_SET_USER3, MAIL$_USER_SET_NO_USER3},
            {MAIL$_USER_FORM, MAIL$_USER_SET_FORM, MAIL$_USER_SET_NO_FORM},
            {MAIL$_USER_SIGFILE, MAIL$_USER_SET_SIGFILE, MAIL$_USER_SET_NO_SIGFILE}};
        for (const auto &row : texts) {
            set("SMITH", row[1], "value");
            CPPUNIT_ASSERT_EQUAL(string("value"), get_text("SMITH", row[0]));
            set("SMITH", row[2], 0);
            CPPUNIT_ASSERT_EQUAL(string(""), get_text("SMITH", row[0]));
        }
        const unsigned flags[][3] = {
            {MAIL$_USER_AUTO_PURGE, MAIL$_USER_SET_AUTO_PURGE, MAIL$_USER_SET_NO_AUTO_PURGE},
            {MAIL$_USER_COPY_SEND, MAIL$_USER_SET_COPY_SEND, MAIL$_USER_SET_NO_COPY_SEND},
            {MAIL$_USER_COPY_REPLY, MAIL$_USER_SET_COPY_REPLY, MAIL$_USER_SET_NO_COPY_REPLY},
            {MAIL$_USER_COPY_FORWARD, MAIL$_USER_SET_COPY_FORWARD, MAIL$_USER_SET_NO_COPY_FORWARD},
            {MAIL$_USER_CC_PROMPT, MAIL$_USER_SET_CC_PROMPT, MAIL$_USER_SET_NO_CC_PROMPT},
            {MAIL$_USER_MAILPLUS, MAIL$_USER_SET_MAILPLUS, MAIL$_USER_SET_NO_MAILPLUS}};
        for (const auto &row : flags) {
            set("SMITH", row[1], 0);
            CPPUNIT_ASSERT_EQUAL(uint64_t(1), get_number("SMITH", row[0]));
            set("SMITH", row[2], 0);
            CPPUNIT_ASSERT_EQUAL(uint64_t(0), get_number("SMITH", row[0]));
        }
    }
    void test_others_need_privilege()
    {
        MailRoot root;
        set("SMITH", MAIL$_USER_SET_FORWARDING, "X");
        Session session;
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL).text(MAIL$_USER_USERNAME, "SMITH");
        shim_set_privileges(PRV$M_NETMBX);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSYSNAM),
                             mail$user_get_info(&session.context, in, none));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSYSPRV),
                             mail$user_set_info(&session.context, in, none));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSYSPRV),
                             mail$user_delete_info(&session.context, in, none));
        shim_set_privileges(PRV$M_SYSNAM);
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_get_info(&session.context, in, none));
    }
    void test_first_and_next_list_all()
    {
        MailRoot root;
        set("SMITH", MAIL$_USER_SET_FORWARDING, "X");
        set("JONES", MAIL$_USER_SET_FORWARDING, "X");
        Session session;
        MailItems first, next, out;
        first.flag(MAIL$_NOSIGNAL).flag(MAIL$_USER_FIRST);
        next.flag(MAIL$_NOSIGNAL).flag(MAIL$_USER_NEXT);
        out.out(MAIL$_USER_RETURN_USERNAME, 31);
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_get_info(&session.context, first, out));
        CPPUNIT_ASSERT_EQUAL(string("JONES"), out.text_of(MAIL$_USER_RETURN_USERNAME));
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_get_info(&session.context, next, out));
        CPPUNIT_ASSERT_EQUAL(string("SMITH"), out.text_of(MAIL$_USER_RETURN_USERNAME));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSUCHUSR),
                             mail$user_get_info(&session.context, next, out));
    }
    void test_change_by_another_process_is_seen()
    {
        MailRoot root;
        set("SMITH", MAIL$_USER_SET_FORWARDING, "A");
        CPPUNIT_ASSERT_EQUAL(string("A"), get_text("SMITH", MAIL$_USER_FORWARDING));
        pid_t child = fork();
        if (child == 0) {
            set("SMITH", MAIL$_USER_SET_FORWARDING, "B");
            _exit(0);
        }
        waitpid(child, 0, 0);
        CPPUNIT_ASSERT_EQUAL(string("B"), get_text("SMITH", MAIL$_USER_FORWARDING));
    }
    void test_sub_directory_holds_the_mail_file()
    {
        MailRoot root;
        set("SMITH", MAIL$_USER_SET_SUB_DIRECTORY, "[.MAIL]");
        CPPUNIT_ASSERT_EQUAL(string("SYS$SYSDEVICE:[SMITH.MAIL]"),
                             get_text("SMITH", MAIL$_USER_FULL_DIRECTORY));
        CPPUNIT_ASSERT_EQUAL(1u, send_mail({"SMITH"}, {"x"}));
        CPPUNIT_ASSERT_EQUAL(0,
                             access((root.directory("SMITH") + "/MAIL/MAIL.MAI;1").c_str(), F_OK));
    }

private:
    struct Session {
        unsigned int context;
        Session() : context(0)
        {
            MailItems quiet, none;
            quiet.flag(MAIL$_NOSIGNAL);
            mail$user_begin(&context, quiet, none);
        }
        ~Session()
        {
            MailItems quiet, none;
            quiet.flag(MAIL$_NOSIGNAL);
            mail$user_end(&context, quiet, none);
        }
    };
    static void set(const string &user, unsigned code, const char *value)
    {
        Session session;
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL).flag(MAIL$_USER_CREATE_IF).text(MAIL$_USER_USERNAME, user);
        if (value)
            in.text(code, value);
        else
            in.flag(code);
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_set_info(&session.context, in, none));
    }
    static string get_text(const string &user, unsigned code)
    {
        Session session;
        MailItems in, out;
        in.flag(MAIL$_NOSIGNAL).text(MAIL$_USER_USERNAME, user);
        out.out(code, 255);
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_get_info(&session.context, in, out));
        return out.text_of(code);
    }
    static uint64_t get_number(const string &user, unsigned code)
    {
        Session session;
        MailItems in, out;
        in.flag(MAIL$_NOSIGNAL).text(MAIL$_USER_USERNAME, user);
        out.out(code, 4);
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_get_info(&session.context, in, out));
        return out.number_of(code);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailUserTest);
