/*
**  hp_18_7_sff_test - HP TCP/IP Services Management, 18.7: Send From File (spec section 5)
*/
#include "../SYMBIONT/symbiont_fixture.h"
#include "sff.h"

#include "CORE/text.h"
#include "MTA/send_from_file.h"
#include "VMS/process.h"
#include "VMS/recfile.h"

using namespace mail;

class Hp187SffLog : public SffLog {
public:
    virtual void line(const std::string &text) { all += text + "\n"; }
    std::string all;
};

class Hp187SffTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(Hp187SffTest);
    CPPUNIT_TEST(test_hp_18_7_commands_then_message);
    CPPUNIT_TEST(test_hp_18_7_order_is_fixed);
    CPPUNIT_TEST(test_hp_18_7_only_received_is_added);
    CPPUNIT_TEST(test_hp_18_7_control_file_of_the_user);
    CPPUNIT_TEST(test_hp_18_7_mime_passes_untouched);
    CPPUNIT_TEST(test_hp_18_7_stream_lf_files);
    CPPUNIT_TEST(test_hp_18_7_log_levels);
    CPPUNIT_TEST(test_hp_18_7_usage);
    CPPUNIT_TEST_SUITE_END();

    Hp187SffLog told_;

    /* Sends a file of these lines; the text of what was queued, or "". */
    std::string send(const std::string &lines, int level = 0)
    {
        static const char file[] = "SYS$SYSDEVICE:[000000]SEND.TXT";
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(file, "").ok());
        for (size_t from = 0; from < lines.size();) {
            size_t to = lines.find('\n', from);
            CPPUNIT_ASSERT(writer.write(lines.substr(from, to - from)).ok());
            from = to + 1;
        }
        CPPUNIT_ASSERT(writer.close().ok());
        return send_file(file, level);
    }
    std::string send_file(const char *file, int level)
    {
        SubmitReceipt receipt;
        told_.all.clear();
        if (!send_from_file(file, &told_, level, &receipt).ok())
            return std::string();
        std::string to, from;
        return read_text(entries().back().file, &to, &from);
    }
    static std::string headers_of(const std::string &text)
    {
        return text.substr(0, text.find("\r\n\r\n") + 2);
    }

public:
    /* "MAIL FROM exactly one, <> allowed; RCPT TO one or more, one address each; DATA" */
    void test_hp_18_7_commands_then_message()
    {
        std::string text = send("MAIL FROM:<sender@host.test>\nRCPT TO:<user@host.test>\n"
                                "RCPT TO:<jones@us.test>\nDATA\nDate: today\nSubject: s\n\ntext\n");
        CPPUNIT_ASSERT_MESSAGE(told_.all, !text.empty());
        ControlFile file;
        CPPUNIT_ASSERT(file.open(entries().back().file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("sender@host.test"), file.envelope().sender);
        CPPUNIT_ASSERT_EQUAL(size_t(2), file.recipients().size());
        CPPUNIT_ASSERT_EQUAL(std::string("user@host.test"), file.recipients()[0].address);
        CPPUNIT_ASSERT(text.find("Date: today\r\nSubject: s\r\n\r\ntext\r\n") !=
                       std::string::npos);
        CPPUNIT_ASSERT(!send("MAIL FROM:<>\nRCPT TO:<user@host.test>\nDATA\nx: y\n").empty());
        /* MAIL and RCPT with a tab, as DCL procedures in the field write them */
        CPPUNIT_ASSERT(!send("MAIL\tFROM:<a@b.test>\nRCPT\tTO:<c@d.test>\nDATA\nx: y\n").empty());
    }

    void test_hp_18_7_order_is_fixed()
    {
        struct {
            const char *lines, *error;
        } rows[] = {
            {"RCPT TO:<a@b.test>\n", "line 1: RCPT TO before MAIL FROM"},
            {"MAIL FROM:<a@b.test>\nDATA\n", "line 2: DATA before RCPT TO"},
            {"MAIL FROM:<a@b.test>\nMAIL FROM:<a@b.test>\n", "line 2: a second MAIL FROM"},
            {"MAIL FROM:<a@b.test>\nRCPT TO:<>\n", "line 2: not a recipient address: <>"},
            {"MAIL FROM:<a@b.test>\nRCPT TO:<c@d.test>, <e@f.test>\n",
             "line 2: not a recipient address: <c@d.test>, <e@f.test>"},
            {"MAIL FROM:<a@b.test>\nRCPT TO:<c@d.test>\nSubject: s\n",
             "line 3: not MAIL FROM:<address>, RCPT TO:<address> or DATA: Subject: s"},
            {"MAIL FROM:<a@b.test>\nRCPT TO:<c@d.test>\n", "line 3: the file ends before DATA"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::string(), send(rows[i].lines));
            CPPUNIT_ASSERT_MESSAGE(told_.all, told_.all.find(rows[i].error) != std::string::npos);
            CPPUNIT_ASSERT(told_.all.find("SEND.TXT;") != std::string::npos);
        }
        CPPUNIT_ASSERT(entries().empty());
    }

    /* "SFF adds only Received: (and Return-Path); it does not add Date/Message-ID" */
    void test_hp_18_7_only_received_is_added()
    {
        std::string text = send("MAIL FROM:<a@b.test>\nRCPT TO:<c@d.test>\nDATA\n"
                                "Subject: s\n\ntext\n.\nmore\n");
        std::string head = headers_of(text);
        CPPUNIT_ASSERT_EQUAL(size_t(0), head.find("Received: by us.test "));
        CPPUNIT_ASSERT(head.find("\r\nSubject: s\r\n") != std::string::npos);
        CPPUNIT_ASSERT(head.find("\r\nDate:") == std::string::npos);
        CPPUNIT_ASSERT(text_lowered(head).find("message-id:") == std::string::npos);
        CPPUNIT_ASSERT(head.find("Return-Path:") == std::string::npos);
        /* no terminating line: a dot is text */
        CPPUNIT_ASSERT(text.find("\r\ntext\r\n.\r\nmore\r\n") != std::string::npos);
    }

    /* "a control file in the user's MAIL directory with the user's name" */
    void test_hp_18_7_control_file_of_the_user()
    {
        send("MAIL FROM:<a@b.test>\nRCPT TO:<c@d.test>\nDATA\nSubject: s\n");
        std::string file = entries().back().file;
        CPPUNIT_ASSERT_MESSAGE(file, file.find("_" + process_user() + "_") != std::string::npos);
        std::string directory = user_mail_directory(process_user());
        CPPUNIT_ASSERT_MESSAGE(directory, !directory.empty());
        CPPUNIT_ASSERT_MESSAGE(file, file.find("TCPIP$SMTP]") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP_NODE_00"), entries().back().queue);
    }

    /* "MIME passes untouched: the way to redirect a message" */
    void test_hp_18_7_mime_passes_untouched()
    {
        const std::string message = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n"
                                    "\n--x\nContent-Transfer-Encoding: quoted-printable\n\na=3Db=\n"
                                    "--x\n\nGr\xC3\xBC\xC3\x9F" "e " + std::string(400, 'y') +
                                    "\n--x--\n";
        std::string text = send("MAIL FROM:<a@b.test>\nRCPT TO:<c@d.test>\nDATA\n" + message);
        std::string wanted;
        for (size_t i = 0; i < message.size(); ++i)
            wanted += message[i] == '\n' ? std::string("\r\n") : std::string(1, message[i]);
        CPPUNIT_ASSERT(text.size() > wanted.size());
        CPPUNIT_ASSERT_EQUAL(wanted, text.substr(text.size() - wanted.size()));
        ControlFile file;
        CPPUNIT_ASSERT(file.open(entries().back().file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(CONTROL_8BITMIME, file.envelope().body);
    }

    /* "variable-length or Stream_LF (no CRs needed)" */
    void test_hp_18_7_stream_lf_files()
    {
        static const char lines[] = "MAIL FROM:<a@b.test>\nRCPT TO:<c@d.test>\nDATA\nX: y\n\nz\n";
        FILE *file = fopen((root_->path() + "/STREAM.TXT;1").c_str(), "w");
        CPPUNIT_ASSERT(file != 0);
        fputs(lines, file);
        fclose(file);
        std::string text = send_file("SYS$SYSDEVICE:[000000]STREAM.TXT", 0);
        CPPUNIT_ASSERT_MESSAGE(told_.all, text.find("\r\nX: y\r\n\r\nz\r\n") != std::string::npos);
    }

    /* "log_level 0 (default) or 1" */
    void test_hp_18_7_log_levels()
    {
        static const char good[] = "MAIL FROM:<a@b.test>\nRCPT TO:<c@d.test>\nDATA\nX: y\n";
        send(good);
        CPPUNIT_ASSERT_EQUAL(std::string(), told_.all);
        send(good, 1);
        static const char *const steps[] = {"reading SYS$SYSDEVICE:[000000]SEND.TXT;",
                                            "from <a@b.test>", "to <c@d.test>", "queued as entry "};
        for (size_t i = 0; i < sizeof steps / sizeof *steps; ++i)
            CPPUNIT_ASSERT_MESSAGE(told_.all, told_.all.find(steps[i]) != std::string::npos);
        send("nothing\n");
        CPPUNIT_ASSERT(!told_.all.empty());
    }

    /* "Usage: ... followed by three indented explanation lines" */
    void test_hp_18_7_usage()
    {
        const std::string usage = sff_usage;
        size_t lines = 0;
        for (size_t at = usage.find('\n'); at + 1 < usage.size(); at = usage.find('\n', at + 1)) {
            CPPUNIT_ASSERT_EQUAL(' ', usage[at + 1]);
            ++lines;
        }
        CPPUNIT_ASSERT_EQUAL(size_t(3), lines);
        CPPUNIT_ASSERT_EQUAL(size_t(0),
                             usage.find("Usage: SMTP_SFF infile_name [-log logfile_name] "
                                        "[-loglevel log_level]\n"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp187SffTest);
