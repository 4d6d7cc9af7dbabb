/*
**  hp_18_5_receiver_logs_test - HP TCP/IP Services Management, 18.5 (spec 2.1): logs of the
**  receiver
*/
#include "CORE/params.h"
#include "VMS/recfile.h"
#include "receiver.h"
#include "smtp_fixture.h"

using namespace mail;

class Hp185ReceiverLogsTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(Hp185ReceiverLogsTest);
    CPPUNIT_TEST(test_hp_18_5_recv_trace);
    CPPUNIT_TEST(test_hp_18_5_recv_debug);
    CPPUNIT_TEST(test_hp_18_5_nosey);
    CPPUNIT_TEST(test_hp_18_5_log_line_numbers);
    CPPUNIT_TEST(test_hp_18_5_vmsmail_parse);
    CPPUNIT_TEST(test_hp_18_5_recv_snapshot_blocks);
    CPPUNIT_TEST(test_hp_18_5_mime_hack);
    CPPUNIT_TEST(test_hp_18_5_names);
    CPPUNIT_TEST_SUITE_END();

    Settings chosen_;

    /* As the receiver does when it starts. */
    void start_with(ParamId id, const char *value)
    {
        chosen_ = Settings();
        CPPUNIT_ASSERT(chosen_.set(id, value, ORIGIN_TEST, "", 0));
        set(id, value);
        receiver_apply_log(chosen_);
        log_to_operator(false);
    }
    void send_message()
    {
        log.clear();
        open();
        begin_mail();
        line("DATA");
        talk("Subject: my secret\r\n\r\ntext\r\n.\r\n");
    }
    bool logged(const char *what) const { return log.find(what) != std::string::npos; }

public:
    void tearDown()
    {
        log_number_lines(false);
        log_snapshot(0);
        log_to_operator(false);
        SmtpFixture::tearDown();
    }

    /* "logs every protocol message"; non-printing characters as backslash and hexadecimal value */
    void test_hp_18_5_recv_trace()
    {
        start_with(P_SMTP_RECV_TRACE, "1");
        send_message();
        CPPUNIT_ASSERT(logged("receive text=\"EHLO client.example\\\\d\\\\a\""));
        CPPUNIT_ASSERT(
            logged("send text=\"250-condor.hawk.example Hello, client.example\\\\d\\\\a"));
        CPPUNIT_ASSERT(logged("receive text=DATA\\\\d\\\\a") ||
                       logged("receive text=\"DATA\\\\d\\\\a\""));
        start_with(P_SMTP_RECV_TRACE, "OFF");
        send_message();
        CPPUNIT_ASSERT(!logged("receive text="));
    }

    void test_hp_18_5_recv_debug()
    {
        start_with(P_SMTP_RECV_DEBUG, "1");
        send_message();
        CPPUNIT_ASSERT(logged("state from=READY to=SENDER"));
        CPPUNIT_ASSERT(logged("SUBJECT:<omitted>"));
        start_with(P_SMTP_RECV_DEBUG, "OFF");
        send_message();
        CPPUNIT_ASSERT(!logged("state from=") && !logged("SUBJECT:"));
    }

    void test_hp_18_5_nosey()
    {
        start_with(P_SMTP_RECV_DEBUG, "1");
        send_message();
        CPPUNIT_ASSERT(logged("SUBJECT:<omitted>") && !logged("my secret"));
        set(P_SMTP_NOSEY, "1");
        send_message();
        CPPUNIT_ASSERT(logged("header name=Subject value=\"my secret\""));
    }

    void test_hp_18_5_log_line_numbers()
    {
        start_with(P_SMTP_LOG_LINE_NUMBERS, "1");
        send_message();
        size_t accepted = log.find(" accepted "), end = log.find('\n', accepted);
        CPPUNIT_ASSERT(accepted != std::string::npos);
        CPPUNIT_ASSERT(log.rfind(" at=smtp_text:", end) > accepted);
    }

    void test_hp_18_5_vmsmail_parse()
    {
        set(P_SMTP_VMSMAIL_PARSE, "1");
        open();
        log.clear();
        line("EHLO x");
        line("MAIL FROM:<@hop.example:\"odd user\"@example.com>");
        CPPUNIT_ASSERT(logged("parse command=MAIL route=@hop.example local=\"odd user\" "
                              "domain=example.com"));
    }

    void test_hp_18_5_recv_snapshot_blocks()
    {
        const char file[] = "SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP_RECV_RUN.LOG";
        std::string text;
        log_capture(0);
        CPPUNIT_ASSERT(log_open(file));
        start_with(P_SMTP_RECV_SNAPSHOT_BLOCKS, "1");
        for (int i = 0; i < 50; ++i)
            open();
        log_close();
        CPPUNIT_ASSERT(file_read_text(file, "", 100000, "\n", &text).ok());
        CPPUNIT_ASSERT(!text.empty() && text.size() <= 512);
        file_erase(file);
    }

    /* "receiver accepts 8BITMIME requests so that peers do not down-convert to 7 bits" */
    void test_hp_18_5_mime_hack()
    {
        open();
        CPPUNIT_ASSERT_EQUAL(std::string::npos, line("EHLO x").find("8BITMIME"));
        CPPUNIT_ASSERT_EQUAL(std::string("555"),
                             codes(line("MAIL FROM:<a@example.com> BODY=8BITMIME")));
        set(P_MIME_HACK, "1");
        open();
        CPPUNIT_ASSERT(line("EHLO x").find("8BITMIME") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(line("MAIL FROM:<a@example.com> BODY=8BITMIME")));
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP_MIME_HACK,TCPIP$SMTP_8BITMIME_HACK"),
                             std::string(param_row(P_MIME_HACK).logical));
    }

    void test_hp_18_5_names()
    {
        struct Row {
            ParamId id;
            const char *names;
        };
        static const Row table[] = {
            {P_SMTP_RECV_TRACE, "TCPIP$SMTP_RECV_TRACE,UCX$SMTP_PROTO_TRACE"},
            {P_SMTP_RECV_DEBUG, "TCPIP$SMTP_RECV_DEBUG,TCPIP$SMTP_PROTO_DEBUG"},
            {P_SMTP_NOSEY, "TCPIP$SMTP_NOSEY"},
            {P_SMTP_LOG_LINE_NUMBERS, "TCPIP$SMTP_LOG_LINE_NUMBERS"},
            {P_SMTP_VMSMAIL_PARSE, "TCPIP$SMTP_VMSMAIL_PARSE"},
            {P_SMTP_RECV_SNAPSHOT_BLOCKS, "TCPIP$SMTP_RECV_SNAPSHOT_BLOCKS"},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].names),
                                 std::string(param_row(table[i].id).logical));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp185ReceiverLogsTest);
