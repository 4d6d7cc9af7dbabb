/*
**  mail_file_test - mail files: access, copies between files, sequential ones, wastebasket, purge
*/
#include "mail_support.h"
#include "rms_support.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fstream>

using std::string;

class MailFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailFileTest);
    CPPUNIT_TEST(test_other_users_file_needs_privilege);
    CPPUNIT_TEST(test_copy_creates_file_and_folder_by_leave_of_the_actions);
    CPPUNIT_TEST(test_sequential_file_is_filed_into_a_folder);
    CPPUNIT_TEST(test_wastebasket_is_renamed);
    CPPUNIT_TEST(test_purge_counts_and_reclaims);
    CPPUNIT_TEST(test_an_erased_file_leaves_nothing);
    CPPUNIT_TEST_SUITE_END();

public:
    /* Not even while somebody has it open: the directory can be deleted then. */
    void test_an_erased_file_leaves_nothing()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        MailReader reader("SMITH");
        uint32_t count = 0;
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("NEWMAIL", &count));
        RmsFile file("SYS$SYSDEVICE:[SMITH]MAIL.MAI;0");
        CPPUNIT_ASSERT(sys$erase(&file.b->fab) & 1);
        CPPUNIT_ASSERT_EQUAL(0, rmdir(root.directory("SMITH").c_str()));
    }
    void test_other_users_file_needs_privilege()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        shim_set_privileges(PRV$M_NETMBX);
        CPPUNIT_ASSERT_EQUAL(uint32_t(RMS$_PRV), MailReader("SMITH").opened);
        shim_set_privileges(PRV$M_READALL);
        MailReader reader("SMITH");
        uint32_t count = 0;
        CPPUNIT_ASSERT_EQUAL(1u, reader.opened);
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("NEWMAIL", &count));
        CPPUNIT_ASSERT_EQUAL(uint32_t(RMS$_PRV), reader.remove(1));
        shim_set_privileges(PRV$M_SYSPRV);
        CPPUNIT_ASSERT_EQUAL(1u, MailReader("SMITH").opened);
    }
    void test_copy_creates_file_and_folder_by_leave_of_the_actions()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"text"});
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        asked.clear();
        CPPUNIT_ASSERT_EQUAL(uint32_t(RMS$_FNF), copy(reader, refuse));
        CPPUNIT_ASSERT_EQUAL(1u, copy(reader, accept));
        CPPUNIT_ASSERT(asked.find("PROJECT ") != string::npos);
        MailReader other("JONES");
        CPPUNIT_ASSERT_EQUAL(1u, other.select("PROJECT", &count));
        std::vector<string> records;
        other.read(1, &records);
        CPPUNIT_ASSERT_EQUAL(string("T:text"), records.back());
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("NEWMAIL", &count));
    }
    void test_sequential_file_is_filed_into_a_folder()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        std::ofstream(root.directory("SMITH") + "/NEW.TXT;1")
            << "\f\nFrom:\tA B  21-NOV-2026 08:45\nTo:\tSMITH\nCC:\t\nSubj:\tHello\n\nline "
               "one\n\nline three\n";
        unsigned int file = 0, message = 0;
        MailItems quiet, none, name, begin, copy, out;
        quiet.flag(MAIL$_NOSIGNAL);
        name.flag(MAIL$_NOSIGNAL).text(MAIL$_MAILFILE_NAME, "SYS$SYSDEVICE:[SMITH]NEW.TXT");
        mail$mailfile_begin(&file, quiet, none);
        CPPUNIT_ASSERT_EQUAL(1u, mail$mailfile_open(&file, name, none));
        begin.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_FILE_CTX, file);
        CPPUNIT_ASSERT_EQUAL(1u, mail$message_begin(&message, begin, none));
        copy.flag(MAIL$_NOSIGNAL).flag(MAIL$_MESSAGE_NEXT).text(MAIL$_MESSAGE_FOLDER, "LISTS");
        copy.text(MAIL$_MESSAGE_FILENAME, "MAIL.MAI")
            .text(MAIL$_MESSAGE_DEFAULT_NAME, "SYS$SYSDEVICE:[SMITH]MAIL.MAI");
        out.out(MAIL$_MESSAGE_FOLDER_CREATED, 4);
        CPPUNIT_ASSERT_EQUAL(1u, mail$message_copy(&message, copy, out));
        CPPUNIT_ASSERT_EQUAL(uint64_t(1), out.number_of(MAIL$_MESSAGE_FOLDER_CREATED));
        mail$message_end(&message, quiet, none);
        mail$mailfile_end(&file, quiet, none);
        MailReader reader("SMITH");
        uint32_t count = 0;
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("LISTS", &count));
        std::vector<string> records;
        reader.read(1, &records);
        CPPUNIT_ASSERT_EQUAL(size_t(7), records.size());
        CPPUNIT_ASSERT_EQUAL(string("H:Subj:\tHello"), records[3]);
        CPPUNIT_ASSERT_EQUAL(string("T:line three"), records[6]);
    }
    void test_wastebasket_is_renamed()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        MailReader reader("SMITH");
        MailItems in, none, bad;
        in.flag(MAIL$_NOSIGNAL).text(MAIL$_MAILFILE_WASTEBASKET_NAME, "BIN");
        bad.flag(MAIL$_NOSIGNAL).text(MAIL$_MAILFILE_WASTEBASKET_NAME, "NEWMAIL");
        CPPUNIT_ASSERT_EQUAL(1u, mail$mailfile_modify(&reader.file, in, none));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_ILLFOLNAM),
                             mail$mailfile_modify(&reader.file, bad, none));
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        reader.remove(1);
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("BIN", &count));
    }
    void test_purge_counts_and_reclaims()
    {
        MailRoot root;
        for (int i = 0; i < 20; ++i)
            send_mail({"SMITH"}, {string(1000, 'x')});
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        for (uint32_t id = 1; id <= 20; ++id)
            reader.remove(id);
        MailItems in, out;
        in.flag(MAIL$_NOSIGNAL).flag(MAIL$_MAILFILE_RECLAIM);
        out.out(MAIL$_MAILFILE_MESSAGES_DELETED, 4).out(MAIL$_MAILFILE_DELETED_BYTES, 4);
        out.out(MAIL$_MAILFILE_TOTAL_RECLAIM, 4);
        CPPUNIT_ASSERT_EQUAL(1u, mail$mailfile_purge_waste(&reader.file, in, out));
        CPPUNIT_ASSERT_EQUAL(uint64_t(20), out.number_of(MAIL$_MAILFILE_MESSAGES_DELETED));
        CPPUNIT_ASSERT(out.number_of(MAIL$_MAILFILE_DELETED_BYTES) >= 20000);
        CPPUNIT_ASSERT(out.number_of(MAIL$_MAILFILE_TOTAL_RECLAIM) >= 4);
        CPPUNIT_ASSERT_EQUAL(1u, send_mail({"SMITH"}, {"after"}));
    }

private:
    static string asked;
    static int accept(void *, dsc$descriptor_s *name)
    {
        asked += string(name->dsc$a_pointer, name->dsc$w_length) + " ";
        return 1;
    }
    static int refuse(void *, dsc$descriptor_s *) { return 0; }
    static uint32_t copy(MailReader &reader, int (*action)(void *, dsc$descriptor_s *))
    {
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, 1).text(MAIL$_MESSAGE_FOLDER, "PROJECT");
        in.text(MAIL$_MESSAGE_FILENAME, "SYS$SYSDEVICE:[JONES]MAIL.MAI");
        in.routine(MAIL$_MESSAGE_FILE_ACTION, action).routine(MAIL$_MESSAGE_FOLDER_ACTION, action);
        return mail$message_copy(&reader.message, in, none);
    }
};

string MailFileTest::asked;
CPPUNIT_TEST_SUITE_REGISTRATION(MailFileTest);
