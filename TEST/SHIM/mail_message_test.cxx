/*
**  mail_message_test - selecting, reading, moving, deleting (spec/vms-api.md E 16 - 20, 22)
*/
#include "mail_support.h"

#include "file_ring.h"
#include "mail_ahead.h"
#include "mail_text.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <unistd.h>

using std::string;

class MailMessageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailMessageTest);
    CPPUNIT_TEST(test_sent_message_is_read_record_by_record);
    CPPUNIT_TEST(test_get_positions_are_checked);
    CPPUNIT_TEST(test_lists_that_change_between_calls_are_checked_again);
    CPPUNIT_TEST(test_delete_goes_to_wastebasket_and_purge_empties_it);
    CPPUNIT_TEST(test_move_creates_folder_and_is_seen_after_end);
    CPPUNIT_TEST(test_long_body_is_external_and_missing_file_is_noticed);
    CPPUNIT_TEST(test_bodies_read_in_order_are_the_same_as_one_by_one);
    CPPUNIT_TEST(test_file_that_goes_while_it_is_read_ahead);
    CPPUNIT_TEST(test_file_of_another_length_is_read_ahead_as_it_is);
    CPPUNIT_TEST(test_few_large_files_are_open_at_a_time);
    CPPUNIT_TEST(test_kernel_without_io_uring_reads_ahead_the_same);
    CPPUNIT_TEST(test_modify_changes_only_replied_and_marked);
    CPPUNIT_TEST(test_absent_folder_does_not_exist);
    CPPUNIT_TEST(test_select_by_flags_and_substrings);
    CPPUNIT_TEST(test_folder_routine_is_called_for_each_and_at_the_end);
    CPPUNIT_TEST(test_context_after_end_is_refused);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_sent_message_is_read_record_by_record()
    {
        MailRoot root;
        CPPUNIT_ASSERT_EQUAL(1u, send_mail({"SMITH"}, {"one", "", "three"}, "Hello"));
        MailReader reader("SMITH");
        uint32_t count = 0;
        CPPUNIT_ASSERT_EQUAL(1u, reader.opened);
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("NEWMAIL", &count));
        CPPUNIT_ASSERT_EQUAL(1u, count);
        std::vector<string> records;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMOREREC), reader.read(1, &records));
        CPPUNIT_ASSERT_EQUAL(size_t(7), records.size());
        CPPUNIT_ASSERT_EQUAL(string("H:Subj:\tHello"), records[3]);
        CPPUNIT_ASSERT_EQUAL(string("T:one"), records[4]);
        CPPUNIT_ASSERT_EQUAL(string("T:"), records[5]);
        CPPUNIT_ASSERT_EQUAL(string("T:three"), records[6]);
    }
    void test_get_positions_are_checked()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        MailReader reader("SMITH");
        uint32_t count = 0;
        MailItems none;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMSGS), get(reader, {MAIL$_MESSAGE_NEXT}));
        reader.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOTREADIN), get(reader, {MAIL$_MESSAGE_CONTINUE}));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_CONITMCOD),
                             get(reader, {MAIL$_MESSAGE_NEXT, MAIL$_MESSAGE_BACK}));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_MISREQITM), get(reader, {}));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_MSGINFO), get(reader, {MAIL$_MESSAGE_NEXT}));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMOREMSG), get(reader, {MAIL$_MESSAGE_NEXT}));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_INVITMCOD), get(reader, {MAIL$_SEND_FILENAME}));
        std::vector<string> records;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOTEXIST), reader.read(2, &records));
    }
    /* The same two lists, call after call: what is wrong in one of them is found at once. */
    void test_lists_that_change_between_calls_are_checked_again()
    {
        MailRoot root;
        send_mail({"SMITH"}, std::vector<string>(9, "line"));
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        get(reader, {MAIL$_MESSAGE_NEXT});
        MailItems more, record;
        more.flag(MAIL$_NOSIGNAL).flag(MAIL$_MESSAGE_CONTINUE);
        record.out(MAIL$_MESSAGE_RECORD, 80).out(MAIL$_MESSAGE_RECORD_TYPE, 2);
        ILE3 *in = more, *out = record;
        auto next = [&] { return mail$message_get(&reader.message, in, out); };
        for (int i = 0; i < 6; ++i)
            CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_MSGTEXT), next());
        out[1].ile3$w_length = 3;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_INVITMLEN), next());
        out[1].ile3$w_length = 2;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_MSGTEXT), next());
        out[0].ile3$w_code = MAIL$_SEND_FILENAME;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_INVITMCOD), next());
        out[0].ile3$w_code = MAIL$_MESSAGE_RECORD;
        void *buffer = out[0].ile3$ps_bufaddr;
        out[0].ile3$ps_bufaddr = nullptr;
        CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_ACCVIO), next());
        out[0].ile3$ps_bufaddr = buffer;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_MSGTEXT), next());
        in[1].ile3$w_code = MAIL$_MESSAGE_RECORD_TYPE;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_INVITMCOD), next());
        in[1].ile3$w_code = 0; /* shorter */
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_MISREQITM), next());
        in[1].ile3$w_code = MAIL$_MESSAGE_CONTINUE;
        while (next() == MAIL$_MSGTEXT)
            CPPUNIT_ASSERT_EQUAL(string("line"), record.text_of(MAIL$_MESSAGE_RECORD));
        CPPUNIT_ASSERT_EQUAL(string(), record.text_of(MAIL$_MESSAGE_RECORD)); /* no old length */
    }
    void test_delete_goes_to_wastebasket_and_purge_empties_it()
    {
        MailRoot root;
        for (int i = 0; i < 5; ++i)
            send_mail({"SMITH"}, {string(i % 2 ? 3000 : 10, 'x')});
        MailReader reader("SMITH");
        uint32_t count = 0, purged = 0;
        reader.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(5u, count);
        for (uint32_t id = 1; id <= 3; ++id)
            CPPUNIT_ASSERT_EQUAL(1u, reader.remove(id));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_DELMSG), reader.remove(1));
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("WASTEBASKET", &count));
        CPPUNIT_ASSERT_EQUAL(3u, count);
        CPPUNIT_ASSERT_EQUAL(1u, reader.purge(&purged));
        CPPUNIT_ASSERT_EQUAL(3u, purged);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOTEXIST), reader.select("WASTEBASKET", &count));
        reader.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(2u, count);
        reader.remove(1);
        reader.remove(2);
        CPPUNIT_ASSERT_EQUAL(1u, reader.purge(&purged));
        CPPUNIT_ASSERT_EQUAL(2u, purged);
    }
    void test_move_creates_folder_and_is_seen_after_end()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        uint32_t count = 0;
        {
            MailReader reader("SMITH");
            reader.select("NEWMAIL", &count);
            CPPUNIT_ASSERT_EQUAL(1u, reader.move(1, "PROJECT"));
        }
        MailReader reader("SMITH");
        CPPUNIT_ASSERT_EQUAL(1u, reader.select("PROJECT", &count));
        CPPUNIT_ASSERT_EQUAL(1u, count);
        CPPUNIT_ASSERT_EQUAL(uint32_t(0), flags(reader) & MAIL$M_NEWMSG);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOTEXIST), reader.select("NEWMAIL", &count));
    }
    void test_long_body_is_external_and_missing_file_is_noticed()
    {
        MailRoot root;
        send_mail({"SMITH", "JONES"}, {string(2000, 'a')});
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        MailItems in, out;
        in.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, 1);
        out.out(MAIL$_MESSAGE_RETURN_FLAGS, 2).out(MAIL$_MESSAGE_EXTID, 255);
        CPPUNIT_ASSERT_EQUAL(1u, mail$message_info(&reader.message, in, out));
        CPPUNIT_ASSERT_EQUAL(uint64_t(MAIL$M_NEWMSG | MAIL$M_EXTMSG),
                             out.number_of(MAIL$_MESSAGE_RETURN_FLAGS));
        string path = root.directory("SMITH") + "/" + out.text_of(MAIL$_MESSAGE_EXTID) + ";1";
        CPPUNIT_ASSERT_EQUAL(0, unlink(path.c_str()));
        CPPUNIT_ASSERT_EQUAL(1u, mail$message_info(&reader.message, in, out));
        CPPUNIT_ASSERT(out.number_of(MAIL$_MESSAGE_RETURN_FLAGS) & MAIL$M_EXTFNF);
        std::vector<string> records;
        CPPUNIT_ASSERT_EQUAL(uint32_t(RMS$_FNF), reader.read(1, &records));
        MailReader other("JONES");
        other.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMOREREC), other.read(1, &records));
        CPPUNIT_ASSERT_EQUAL(string("T:") + string(2000, 'a'), records.back());
    }
    /* Small, external, larger than what is read ahead. */
    static std::vector<string> lines_of(uint32_t id)
    {
        return std::vector<string>(id % 7 == 3 ? 60 : id % 5 == 0 ? 1 : 30,
                                   std::to_string(id) + string(id % 7 == 3 ? 900 : 90, 'b'));
    }
    static string joined(const std::vector<string> &lines)
    {
        string text;
        for (const string &line : lines)
            text += (line.compare(0, 2, "T:") == 0 ? line.substr(2) : "") + "\n";
        return text;
    }
    void test_bodies_read_in_order_are_the_same_as_one_by_one()
    {
        MailRoot root;
        const uint32_t messages = 3 * shim::AHEAD_FILES;
        for (uint32_t id = 1; id <= messages; ++id)
            CPPUNIT_ASSERT_EQUAL(1u, send_mail({"SMITH"}, lines_of(id)));
        MailReader in_order("SMITH"), single("SMITH");
        uint32_t count = 0;
        in_order.select("NEWMAIL", &count);
        single.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(messages, count);
        for (uint32_t i = 0; i < messages; ++i) {
            const uint32_t back = messages * 2 / 3, on = messages * 5 / 6;
            uint32_t id = i < back || i >= on ? i + 1 : i - messages / 2;
            std::vector<string> ahead, now;
            CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMOREREC), in_order.read(id, &ahead));
            single.read(1, &now);
            now.clear();
            CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMOREREC), single.read(id, &now));
            CPPUNIT_ASSERT_EQUAL(joined(now), joined(ahead));
            CPPUNIT_ASSERT_EQUAL("T:" + lines_of(id)[0], ahead.back());
        }
    }
    /* The host's name of the file that has the text of one of SMITH's messages. */
    static string external_path(MailRoot &root, MailReader &reader, uint32_t id)
    {
        MailItems in, out;
        in.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, id);
        out.out(MAIL$_MESSAGE_EXTID, 255);
        mail$message_info(&reader.message, in, out);
        return root.directory("SMITH") + "/" + out.text_of(MAIL$_MESSAGE_EXTID) + ";1";
    }
    void test_file_that_goes_while_it_is_read_ahead()
    {
        MailRoot root;
        for (uint32_t id = 1; id <= 40; ++id)
            send_mail({"SMITH"}, {string(2000, 'a')});
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(0, unlink(external_path(root, reader, 40).c_str()));
        for (uint32_t id = 1; id <= 40; ++id) {
            std::vector<string> records;
            CPPUNIT_ASSERT_EQUAL(uint32_t(id < 40 ? MAIL$_NOMOREREC : RMS$_FNF),
                                 reader.read(id, &records));
        }
    }
    void test_file_of_another_length_is_read_ahead_as_it_is()
    {
        MailRoot root;
        for (uint32_t id = 1; id <= 40; ++id)
            send_mail({"SMITH"}, {string(2000, 'a')});
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        for (uint32_t id = 20; id <= 30; ++id) {
            string path = external_path(root, reader, id);
            string text, line(id % 2 ? 100 : 5000, 'n');
            shim::add_record(&text, line.data(), line.size());
            int fd = open(path.c_str(), O_WRONLY | O_TRUNC);
            CPPUNIT_ASSERT_EQUAL(ssize_t(text.size()), write(fd, text.data(), text.size()));
            close(fd);
        }
        for (uint32_t id = 1; id <= 40; ++id) {
            std::vector<string> records;
            reader.read(id, &records);
            size_t size = id < 20 || id > 30 ? 2000 : id % 2 ? 100 : 5000;
            CPPUNIT_ASSERT_EQUAL(size + 2, records.back().size()); /* "T:" */
        }
    }
    /* Descriptors of this process that lead to files with texts. */
    static unsigned open_texts()
    {
        unsigned count = 0;
        char target[4096];
        for (int fd = 0; fd < 1024; ++fd) {
            ssize_t length = readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), target,
                                      sizeof target);
            if (length > 0)
                count += string(target, static_cast<size_t>(length)).find("/MAIL$") != string::npos;
        }
        return count;
    }
    void test_few_large_files_are_open_at_a_time()
    {
        MailRoot root;
        const uint32_t messages = 4 * shim::AHEAD_OPEN;
        const string line(shim::AHEAD_BYTES + 100, 'l');
        for (uint32_t id = 1; id <= messages; ++id)
            send_mail({"SMITH"}, {std::to_string(id), line});
        MailReader reader("SMITH");
        uint32_t count = 0, most = 0;
        reader.select("NEWMAIL", &count);
        for (uint32_t id = 1; id <= messages; ++id) {
            std::vector<string> records;
            CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOMOREREC), reader.read(id, &records));
            CPPUNIT_ASSERT_EQUAL("T:" + std::to_string(id), records[4]);
            most = std::max(most, open_texts());
        }
        CPPUNIT_ASSERT_EQUAL(shim::AHEAD_OPEN, most);
        CPPUNIT_ASSERT_EQUAL(0u, open_texts());
    }
    void test_kernel_without_io_uring_reads_ahead_the_same()
    {
        struct Refused {
            Refused() { shim::FileRing::refused = true; }
            ~Refused() { shim::FileRing::refused = false; }
        } refused;
        test_bodies_read_in_order_are_the_same_as_one_by_one();
        test_file_that_goes_while_it_is_read_ahead();
        test_file_of_another_length_is_read_ahead_as_it_is();
    }
    void test_modify_changes_only_replied_and_marked()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, 1);
        in.number(MAIL$_MESSAGE_FLAGS, MAIL$M_MARKED | MAIL$M_DWMAIL, 2);
        CPPUNIT_ASSERT_EQUAL(1u, mail$message_modify(&reader.message, in, none));
        reader.select("NEWMAIL", &count);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$M_NEWMSG | MAIL$M_MARKED), flags(reader));
    }
    void test_absent_folder_does_not_exist()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        MailReader reader("SMITH"), nobody("JONES");
        uint32_t count = 7;
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOTEXIST), reader.select("NOWHERE", &count));
        CPPUNIT_ASSERT_EQUAL(0u, count);
        CPPUNIT_ASSERT_EQUAL(uint32_t(RMS$_FNF), nobody.opened);
    }
    void test_select_by_flags_and_substrings()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"}, "Alpha");
        send_mail({"SMITH"}, {"x"}, "beta");
        MailReader reader("SMITH");
        struct Row {
            unsigned code;
            const char *text;
            uint32_t flags, count;
        } rows[] = {{MAIL$_MESSAGE_SUBJ_SUBSTRING, "BET", 0, 1},
                    {MAIL$_MESSAGE_SUBJ_SUBSTRING, "gamma", 0, 0},
                    {MAIL$_MESSAGE_FLAGS, 0, MAIL$M_NEWMSG, 2},
                    {MAIL$_MESSAGE_FLAGS_MBZ, 0, MAIL$M_NEWMSG, 0},
                    {MAIL$_MESSAGE_SINCE, "TODAY", 0, 2},
                    {MAIL$_MESSAGE_BEFORE, "TODAY", 0, 0}};
        for (const Row &row : rows) {
            MailItems in, out;
            in.flag(MAIL$_NOSIGNAL).text(MAIL$_MESSAGE_FOLDER, "NEWMAIL");
            if (row.text)
                in.text(row.code, row.text);
            else
                in.number(row.code, row.flags, 2);
            out.out(MAIL$_MESSAGE_SELECTED, 4);
            CPPUNIT_ASSERT_EQUAL(1u, mail$message_select(&reader.message, in, out));
            CPPUNIT_ASSERT_EQUAL(uint64_t(row.count), out.number_of(MAIL$_MESSAGE_SELECTED));
        }
    }
    void test_folder_routine_is_called_for_each_and_at_the_end()
    {
        MailRoot root;
        send_mail({"SMITH"}, {"x"});
        send_mail({"SMITH"}, {"y"});
        MailReader reader("SMITH");
        uint32_t count = 0;
        reader.select("NEWMAIL", &count);
        reader.move(1, "MAIL");
        names.clear();
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL).routine(MAIL$_MAILFILE_FOLDER_ROUTINE, take_name);
        CPPUNIT_ASSERT_EQUAL(1u, mail$mailfile_info_file(&reader.file, in, none));
        CPPUNIT_ASSERT_EQUAL(string("MAIL NEWMAIL  "), names);
    }
    void test_context_after_end_is_refused()
    {
        MailRoot root;
        unsigned int context = 0, kept, user = 0;
        MailItems quiet, none;
        quiet.flag(MAIL$_NOSIGNAL);
        CPPUNIT_ASSERT_EQUAL(1u, mail$mailfile_begin(&context, quiet, none));
        kept = context;
        CPPUNIT_ASSERT_EQUAL(1u, mail$user_begin(&user, quiet, none));
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_WRONGCTX), mail$mailfile_close(&user, quiet, none));
        CPPUNIT_ASSERT_EQUAL(1u, mail$mailfile_end(&context, quiet, none));
        CPPUNIT_ASSERT_EQUAL(0u, context);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_ILLCTXADR), mail$mailfile_close(&kept, quiet, none));
        CPPUNIT_ASSERT_EQUAL(1u, shim_violations());
        mail$user_end(&user, quiet, none);
    }

private:
    static string names;
    static int take_name(void *, dsc$descriptor_s *name)
    {
        names += string(name->dsc$a_pointer, name->dsc$w_length) + " ";
        return 1;
    }
    uint32_t get(MailReader &reader, const std::vector<unsigned> &codes)
    {
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL);
        for (unsigned code : codes)
            in.flag(code);
        return mail$message_get(&reader.message, in, none);
    }
    uint32_t flags(MailReader &reader)
    {
        MailItems in, out;
        in.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, 1);
        out.out(MAIL$_MESSAGE_RETURN_FLAGS, 2);
        mail$message_info(&reader.message, in, out);
        return static_cast<uint32_t>(out.number_of(MAIL$_MESSAGE_RETURN_FLAGS));
    }
};

string MailMessageTest::names;
CPPUNIT_TEST_SUITE_REGISTRATION(MailMessageTest);
