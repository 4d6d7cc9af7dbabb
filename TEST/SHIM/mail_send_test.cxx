/*
**  mail_send_test - addresses, forwarding, callbacks, counts (spec/vms-api.md E 18, 21)
*/
#include "mail_support.h"

#include <chfdef.h>
#include <lib$routines.h>

#include <cppunit/extensions/HelperMacros.h>
#include <thread>

using std::string;

static std::vector<string> called;
static int note(const char *what, dsc$descriptor_s *user, unsigned int *signal, void *data)
{
    char text[64];
    snprintf(text, sizeof text, "%s %s %u %d", what,
             string(user->dsc$a_pointer, user->dsc$w_length).c_str(), signal[1],
             *static_cast<int *>(data));
    called.push_back(text);
    return 1;
}
static int on_error(dsc$descriptor_s *user, unsigned int *signal, void *data)
{
    return note("bad", user, signal, data);
}
static int on_success(dsc$descriptor_s *user, unsigned int *signal, void *data)
{
    return note("good", user, signal, data);
}
static unsigned int signalled;
static int take_signal(chf$signal_array *signal, chf$mech_array *)
{
    signalled = signal->chf$l_sig_name;
    return SS$_CONTINUE;
}

class MailSendTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailSendTest);
    CPPUNIT_TEST(test_addressees_are_judged);
    CPPUNIT_TEST(test_forwarding_chain_loop_and_underscore);
    CPPUNIT_TEST(test_forward_only_profile_delivers);
    CPPUNIT_TEST(test_callbacks_once_per_addressee);
    CPPUNIT_TEST(test_exceeded_quota_is_told_to_error_entry);
    CPPUNIT_TEST(test_new_mail_is_counted);
    CPPUNIT_TEST(test_from_line_needs_sysprv);
    CPPUNIT_TEST(test_errors_are_signalled_and_returned);
    CPPUNIT_TEST(test_second_thread_is_refused);
    CPPUNIT_TEST(test_lists_must_be_low_and_items_known);
    CPPUNIT_TEST(test_thirty_one_contexts);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_addressees_are_judged()
    {
        MailRoot root;
        root.add("NOMAIL", UAI$M_NOMAIL);
        root.add("DISUSER", UAI$M_DISACNT);
        struct Row {
            const char *address;
            uint32_t status;
        } rows[] = {{"SMITH", 1},
                    {"smith", 1},
                    {" Jones ", 1},
                    {"_SMITH", 1},
                    {"NOBODY", MAIL$_NOSUCHUSR},
                    {"NOMAIL", MAIL$_USERDSABL},
                    {"DISUSER", MAIL$_USERDSABL},
                    {"FAR::SMITH", MAIL$_LOGLINK},
                    {"", MAIL$_USERSPEC},
                    {"NOPROT%\"a@b\"", MAIL$_ILLTPRT}};
        for (const Row &row : rows)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.address, row.status, send_mail({row.address}, {"x"}));
        CPPUNIT_ASSERT_EQUAL(3u, count("SMITH"));
    }
    void test_forwarding_chain_loop_and_underscore()
    {
        MailRoot root;
        forward("SMITH", "ALIAS");
        forward("ALIAS", "JONES");
        CPPUNIT_ASSERT_EQUAL(1u, send_mail({"SMITH"}, {"x"}));
        CPPUNIT_ASSERT_EQUAL(1u, count("JONES"));
        CPPUNIT_ASSERT_EQUAL(1u, send_mail({"_SMITH"}, {"x"}));
        CPPUNIT_ASSERT_EQUAL(1u, count("SMITH"));
        forward("ALIAS", "smith");
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_FORWLOOP), send_mail({"SMITH"}, {"x"}));
        forward("JONES", "JONES");
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_FORWLOOP), send_mail({"JONES"}, {"x"}));
    }
    void test_forward_only_profile_delivers()
    {
        MailRoot root;
        forward("POSTMASTER", "SYSTEM");
        CPPUNIT_ASSERT_EQUAL(1u, send_mail({"postmaster"}, {"x"}));
        CPPUNIT_ASSERT_EQUAL(1u, count("SYSTEM"));
    }
    void test_callbacks_once_per_addressee()
    {
        MailRoot root;
        called.clear();
        rmdir(root.directory("JONES").c_str());
        CPPUNIT_ASSERT_EQUAL(1u, send_with_entries({"SMITH", "JONES"}));
        CPPUNIT_ASSERT_EQUAL(size_t(2), called.size());
        char good[64], bad[64];
        snprintf(good, sizeof good, "good SMITH %u 77", MAIL$_MSGSENT);
        snprintf(bad, sizeof bad, "bad JONES %u 77", MAIL$_SENDERR);
        CPPUNIT_ASSERT_EQUAL(string(good), called[0]);
        CPPUNIT_ASSERT_EQUAL(string(bad), called[1]);
    }
    void test_exceeded_quota_is_told_to_error_entry()
    {
        MailRoot root;
        called.clear();
        shim_set_privileges(PRV$M_SYSPRV);
        shim_arm_fault("*", "mail:deliver", 1, 1, SS$_EXDISKQUOTA);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_SENDERR), send_with_entries({"SMITH"}));
        shim_clear_faults();
        CPPUNIT_ASSERT_EQUAL(size_t(1), called.size());
        CPPUNIT_ASSERT_EQUAL(0u, count("SMITH"));
    }
    void test_new_mail_is_counted()
    {
        MailRoot root;
        send_mail({"SMITH", "JONES"}, {"x"});
        send_mail({"SMITH"}, {"x"});
        CPPUNIT_ASSERT_EQUAL(uint64_t(2), new_messages("SMITH"));
        CPPUNIT_ASSERT_EQUAL(uint64_t(1), new_messages("JONES"));
        unsigned int context = 0;
        MailItems quiet, none, set;
        quiet.flag(MAIL$_NOSIGNAL);
        set.flag(MAIL$_NOSIGNAL)
            .text(MAIL$_USER_USERNAME, "SMITH")
            .number(MAIL$_USER_SET_NEW_MESSAGES, 0, 2);
        mail$user_begin(&context, quiet, none);
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_set_info(&context, set, none));
        mail$user_end(&context, quiet, none);
        CPPUNIT_ASSERT_EQUAL(uint64_t(0), new_messages("SMITH"));
    }
    void test_from_line_needs_sysprv()
    {
        MailRoot root;
        unsigned int context = 0;
        MailItems quiet, none, from;
        quiet.flag(MAIL$_NOSIGNAL);
        from.flag(MAIL$_NOSIGNAL).text(MAIL$_SEND_FROM_LINE, "SMTP%\"a@b.c\"");
        mail$send_begin(&context, quiet, none);
        shim_set_privileges(PRV$M_NETMBX);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSYSPRV),
                             mail$send_add_attribute(&context, from, none));
        shim_set_privileges(PRV$M_SYSPRV);
        CPPUNIT_ASSERT_EQUAL(1u, mail$send_add_attribute(&context, from, none));
        mail$send_end(&context, quiet, none);
    }
    void test_errors_are_signalled_and_returned()
    {
        MailRoot root;
        signalled = 0;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSUCHUSR), add_nobody());
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSUCHUSR), signalled);
    }
    void test_second_thread_is_refused()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL).routine(MAIL$_MAILFILE_FOLDER_ROUTINE, intrude);
        intruder = 0;
        mail$mailfile_info_file(&reader.file, in, none);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_CONABORT), intruder);
        CPPUNIT_ASSERT(shim_violations() >= 1);
    }
    void test_lists_must_be_low_and_items_known()
    {
        MailRoot root;
        unsigned int context = 0;
        MailItems none, unknown, missing;
        CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_ACCVIO), quiet_begin(&context, 0));
        unknown.flag(MAIL$_NOSIGNAL).flag(MAIL$_MESSAGE_ID);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_INVITMCOD), mail$send_begin(&context, unknown, none));
        missing.flag(MAIL$_NOSIGNAL);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_MISREQITM),
                             mail$message_begin(&context, missing, none));
    }
    void test_thirty_one_contexts()
    {
        MailRoot root;
        unsigned int contexts[32] = {0};
        MailItems quiet, none;
        quiet.flag(MAIL$_NOSIGNAL);
        for (int i = 0; i < 31; ++i)
            CPPUNIT_ASSERT_EQUAL(1u, mail$send_begin(&contexts[i], quiet, none));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMORECTX),
                             mail$send_begin(&contexts[31], quiet, none));
        for (int i = 0; i < 31; ++i)
            mail$send_end(&contexts[i], quiet, none);
    }

private:
    static uint32_t intruder;
    static int intrude(void *, dsc$descriptor_s *)
    {
        std::thread other([]() {
            unsigned int context = 0;
            MailItems quiet, none;
            quiet.flag(MAIL$_NOSIGNAL);
            intruder = mail$user_begin(&context, quiet, none);
        });
        other.join();
        return 1;
    }
    static uint32_t quiet_begin(unsigned int *context, ILE3 *list)
    {
        lib$establish(take_signal);
        MailItems none;
        return mail$send_begin(context, list, none);
    }
    static uint32_t add_nobody()
    {
        lib$establish(take_signal);
        unsigned int context = 0;
        MailItems none, address;
        mail$send_begin(&context, none, none);
        address.text(MAIL$_SEND_USERNAME, "NOBODY");
        uint32_t status = mail$send_add_address(&context, address, none);
        mail$send_end(&context, none, none);
        return status;
    }
    static uint32_t send_with_entries(const std::vector<string> &to)
    {
        unsigned int context = 0;
        MailItems quiet, none, entries;
        quiet.flag(MAIL$_NOSIGNAL);
        mail$send_begin(&context, quiet, none);
        for (const string &one : to) {
            MailItems address;
            address.flag(MAIL$_NOSIGNAL).text(MAIL$_SEND_USERNAME, one);
            mail$send_add_address(&context, address, none);
        }
        entries.flag(MAIL$_NOSIGNAL).routine(MAIL$_SEND_ERROR_ENTRY, on_error);
        entries.routine(MAIL$_SEND_SUCCESS_ENTRY, on_success).number(MAIL$_SEND_USER_DATA, 77);
        uint32_t status = mail$send_message(&context, entries, none);
        mail$send_end(&context, quiet, none);
        return status;
    }
    static void forward(const string &user, const string &address)
    {
        unsigned int context = 0;
        MailItems quiet, none, set;
        quiet.flag(MAIL$_NOSIGNAL);
        set.flag(MAIL$_NOSIGNAL).flag(MAIL$_USER_CREATE_IF).text(MAIL$_USER_USERNAME, user);
        set.text(MAIL$_USER_SET_FORWARDING, address);
        mail$user_begin(&context, quiet, none);
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_set_info(&context, set, none));
        mail$user_end(&context, quiet, none);
    }
    static uint32_t count(const string &user)
    {
        MailReader reader(user);
        uint32_t count = 0;
        if (reader.opened & 1)
            reader.select("NEWMAIL", &count);
        return count;
    }
    static uint64_t new_messages(const string &user)
    {
        unsigned int context = 0;
        MailItems quiet, none, in, out;
        quiet.flag(MAIL$_NOSIGNAL);
        in.flag(MAIL$_NOSIGNAL).text(MAIL$_USER_USERNAME, user);
        out.out(MAIL$_USER_NEW_MESSAGES, 2);
        mail$user_begin(&context, quiet, none);
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_get_info(&context, in, out));
        mail$user_end(&context, quiet, none);
        return out.number_of(MAIL$_USER_NEW_MESSAGES);
    }
};

uint32_t MailSendTest::intruder;
CPPUNIT_TEST_SUITE_REGISTRATION(MailSendTest);
