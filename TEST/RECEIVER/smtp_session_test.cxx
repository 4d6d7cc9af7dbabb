/*
**  smtp_session_test - conversations with an SmtpSession, byte for byte and in every split
*/
#include "smtp_fixture.h"

using namespace mail;

static const char sample_message[] = "From: a@example.com\r\n"
                                     "Subject: test\r\n"
                                     "\r\n"
                                     "one\r\n"
                                     ".two\r\n"
                                     "\r\n"
                                     "..three \xE4\xF6\r\n"
                                     "\r\n";
static const char sample_wire[] = "From: a@example.com\r\n"
                                  "Subject: test\r\n"
                                  "\r\n"
                                  "one\r\n"
                                  "..two\r\n"
                                  "\r\n"
                                  "...three \xE4\xF6\r\n"
                                  "\r\n"
                                  ".\r\n";

class SmtpSessionTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(SmtpSessionTest);
    CPPUNIT_TEST(test_greeting_names_host);
    CPPUNIT_TEST(test_message_arrives_byte_for_byte_in_every_split);
    CPPUNIT_TEST(test_pipelined_group_is_answered_in_one_output);
    CPPUNIT_TEST(test_command_behind_the_message_is_answered);
    CPPUNIT_TEST(test_envelope_reaches_the_sink);
    CPPUNIT_TEST(test_null_sender_is_accepted);
    CPPUNIT_TEST(test_repeated_recipient_is_one);
    CPPUNIT_TEST(test_received_names_only_a_single_recipient);
    CPPUNIT_TEST(test_lone_lf_refuses_and_closes);
    CPPUNIT_TEST(test_smuggled_command_is_never_run);
    CPPUNIT_TEST(test_bare_lf_does_not_end_a_command);
    CPPUNIT_TEST(test_nul_refuses_the_message);
    CPPUNIT_TEST(test_size_is_refused_at_mail_and_at_end);
    CPPUNIT_TEST(test_endless_message_is_cut);
    CPPUNIT_TEST(test_long_text_line_is_refused);
    CPPUNIT_TEST(test_long_command_line_is_refused);
    CPPUNIT_TEST(test_looping_message_is_refused);
    CPPUNIT_TEST(test_disk_full_answers_452_and_goes_on);
    CPPUNIT_TEST(test_begin_failure_gives_no_354);
    CPPUNIT_TEST(test_write_failure_is_told_at_the_end);
    CPPUNIT_TEST(test_every_way_out_ends_the_transaction);
    CPPUNIT_TEST(test_errors_close_the_connection);
    CPPUNIT_TEST(test_accepted_message_forgives_errors);
    CPPUNIT_TEST(test_timeout_says_421);
    CPPUNIT_TEST(test_log_cannot_be_forged);
    CPPUNIT_TEST(test_trace_shows_line_ends);
    CPPUNIT_TEST(test_first_line_cannot_continue_our_received_field);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_greeting_names_host()
    {
        std::string greeting = open();
        CPPUNIT_ASSERT_EQUAL(std::string("220 condor.hawk.example "), greeting.substr(0, 24));
        CPPUNIT_ASSERT_EQUAL(std::string("221"), codes(line("QUIT")));
        CPPUNIT_ASSERT(session->wants_close());
    }

    void test_message_arrives_byte_for_byte_in_every_split()
    {
        static const size_t pieces[] = {1, 2, 3, 7, 1000000};
        set(P_EIGHT_BIT, "ON");
        std::string all = "EHLO client.example\r\nMAIL FROM:<a@example.com> BODY=8BITMIME\r\n"
                          "RCPT TO:<smith@condor.hawk.example>\r\nDATA\r\n" +
                          std::string(sample_wire) + "QUIT\r\n";
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; ++i) {
            capture = Capture();
            open();
            CPPUNIT_ASSERT_EQUAL(std::string("250 250 250 354 250 221"),
                                 codes(talk(all, pieces[i])));
            CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages.size());
            CPPUNIT_ASSERT_EQUAL(std::string(sample_message),
                                 without_trace(capture.messages[0].text));
            CPPUNIT_ASSERT_EQUAL(0, capture.alive);
        }
    }

    void test_pipelined_group_is_answered_in_one_output()
    {
        open();
        line("EHLO client.example");
        std::string group = "MAIL FROM:<a@example.com>\r\nRCPT TO:<smith@condor.hawk.example>\r\n"
                            "RCPT TO:<nobody@condor.hawk.example>\r\nDATA\r\n";
        Output out;
        CPPUNIT_ASSERT_EQUAL(group.size(), session->step(group.data(), group.size(), &out));
        CPPUNIT_ASSERT_EQUAL(std::string("250 250 550 354"), codes(out.text()));
    }

    void test_command_behind_the_message_is_answered()
    {
        open();
        begin_mail();
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250 250 221"),
                             codes(talk("text\r\n.\r\nNOOP\r\nQUIT\r\n")));
    }

    void test_envelope_reaches_the_sink()
    {
        set(P_MIME_HACK, "1");
        open("2001:db8::7");
        line("EHLO client.example");
        line("MAIL FROM:<@a,@b:\"odd user\"@Example.COM> SIZE=100 BODY=8BITMIME");
        line("RCPT TO:<smith@CONDOR.hawk.example>");
        line("RCPT TO:<Postmaster>");
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk(sample_wire)));
        const CapturedMessage &m = capture.messages[0];
        CPPUNIT_ASSERT_EQUAL(std::string("\"odd user\"@Example.COM"), m.envelope.sender);
        CPPUNIT_ASSERT_EQUAL(CONTROL_8BITMIME, m.envelope.body);
        CPPUNIT_ASSERT_EQUAL(CONTROL_INBOUND, m.envelope.origin);
        CPPUNIT_ASSERT_EQUAL(std::string("ESMTP"), m.envelope.protocol);
        CPPUNIT_ASSERT_EQUAL(std::string("client.example"), m.envelope.client_name);
        CPPUNIT_ASSERT_EQUAL(std::string("2001:db8::7"), m.envelope.client_address);
        CPPUNIT_ASSERT_EQUAL(size_t(2), m.recipients.size());
        CPPUNIT_ASSERT_EQUAL(std::string("smith@CONDOR.hawk.example"), m.recipients[0].address);
        CPPUNIT_ASSERT(m.text.find("from client.example ([IPv6:2001:db8::7])") !=
                       std::string::npos);
        CPPUNIT_ASSERT(m.text.find("Return-Path") == std::string::npos);
    }

    void test_null_sender_is_accepted()
    {
        open();
        line("HELO client.example");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("MAIL FROM:<>")));
        line("RCPT TO:<smith@condor.hawk.example>");
        line("DATA");
        talk(sample_wire);
        CPPUNIT_ASSERT_EQUAL(std::string(), capture.messages[0].envelope.sender);
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP"), capture.messages[0].envelope.protocol);
    }

    void test_repeated_recipient_is_one()
    {
        open();
        begin_mail();
        line("RCPT TO:<SMITH@condor.hawk.example>");
        line("DATA");
        talk(sample_wire);
        CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages[0].recipients.size());
    }

    void test_received_names_only_a_single_recipient()
    {
        open();
        begin_mail();
        line("DATA");
        talk(sample_wire);
        begin_mail();
        line("RCPT TO:<jones@condor.hawk.example>");
        line("DATA");
        talk(sample_wire);
        CPPUNIT_ASSERT(capture.messages[0].text.find("<smith@condor.hawk.example>") !=
                       std::string::npos);
        std::string trace = capture.messages[1].text.substr(
            0, capture.messages[1].text.size() - strlen(sample_message));
        CPPUNIT_ASSERT(trace.find("smith") == std::string::npos);
        CPPUNIT_ASSERT(trace.find("jones") == std::string::npos);
    }

    void test_lone_lf_refuses_and_closes()
    {
        static const char *const wires[] = {"a\nb\r\n.\r\n", "a\rb\r\n.\r\n", "\n.\r\n", "a\n.\n"};
        for (size_t i = 0; i < sizeof wires / sizeof *wires; ++i) {
            open();
            begin_mail();
            line("DATA");
            CPPUNIT_ASSERT_EQUAL(std::string("550"), codes(talk(wires[i])));
            CPPUNIT_ASSERT(session->wants_close());
            CPPUNIT_ASSERT_EQUAL(0, capture.alive);
        }
        CPPUNIT_ASSERT(capture.messages.empty());
    }

    void test_smuggled_command_is_never_run()
    {
        static const char *const ends[] = {"\n.\n",     "\n.\r\n",   "\r\n.\n",  "\r.\r",
                                           "\r\n.\r",   "\r.\r\n",   "\n.\r",    "\r\n\n.\n",
                                           "\r\n.\r\r\n"};
        static const size_t pieces[] = {1, 2, 3, 7, 1000000};
        for (size_t i = 0; i < sizeof ends / sizeof *ends; ++i) {
            for (size_t k = 0; k < sizeof pieces / sizeof *pieces; ++k) {
                capture = Capture();
                open();
                begin_mail();
                line("DATA");
                talk("innocent" + std::string(ends[i]) +
                         "MAIL FROM:<evil@example.com>\r\nRCPT TO:<jones@condor.hawk.example>\r\n"
                         "DATA\r\nforged\r\n.\r\n",
                     pieces[k]);
                for (size_t m = 0; m < capture.messages.size(); ++m)
                    CPPUNIT_ASSERT_EQUAL(std::string("a@example.com"),
                                         capture.messages[m].envelope.sender);
            }
        }
    }

    void test_bare_lf_does_not_end_a_command()
    {
        open();
        line("EHLO client.example");
        CPPUNIT_ASSERT_EQUAL(std::string("500"),
                             codes(talk("MAIL FROM:<a@example.com>\nRSET\r\n")));
        CPPUNIT_ASSERT_EQUAL(std::string(), talk("NOOP\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("500"), codes(talk("\r\n")));
    }

    void test_nul_refuses_the_message()
    {
        open();
        begin_mail();
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("550 250"),
                             codes(talk(std::string("a\0b\r\n.\r\nNOOP\r\n", 14))));
        CPPUNIT_ASSERT(capture.messages.empty());
    }

    void test_size_is_refused_at_mail_and_at_end()
    {
        set(P_RECV_MESSAGE_SIZE, "65536");
        open();
        line("EHLO client.example");
        CPPUNIT_ASSERT_EQUAL(std::string("552"),
                             codes(line("MAIL FROM:<a@example.com> SIZE=65537")));
        CPPUNIT_ASSERT_EQUAL(std::string("552"),
                             codes(line("MAIL FROM:<a@example.com> SIZE=99999999999999")));
        CPPUNIT_ASSERT_EQUAL(std::string("501"), codes(line("MAIL FROM:<a@example.com> SIZE=x")));
        begin_mail();
        line("DATA");
        std::string text;
        for (int i = 0; i < 1400; ++i)
            text += "0123456789012345678901234567890123456789012345\r\n";
        CPPUNIT_ASSERT_EQUAL(std::string("552"), codes(talk(text + ".\r\n")));
        CPPUNIT_ASSERT(!session->wants_close());
        CPPUNIT_ASSERT(capture.messages.empty());
    }

    void test_endless_message_is_cut()
    {
        set(P_RECV_MESSAGE_SIZE, "65536");
        open();
        begin_mail();
        line("DATA");
        std::string replies, text(500, 'x');
        for (int i = 0; i < 1000 && !session->wants_close(); ++i)
            replies += talk(text + "\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("552"), codes(replies));
        CPPUNIT_ASSERT(session->wants_close());
    }

    void test_long_text_line_is_refused()
    {
        open();
        begin_mail();
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk(std::string(998, 'x') + "\r\n.\r\n")));
        begin_mail();
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("500"), codes(talk(std::string(999, 'x') + "\r\n.\r\n")));
        CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages.size());
    }

    void test_long_command_line_is_refused()
    {
        static const size_t pieces[] = {1, 7, 1000000};
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; ++i) {
            open();
            CPPUNIT_ASSERT_EQUAL(std::string("250 500 250"),
                                 codes(talk("NOOP " + std::string(2041, 'x') + "\r\nNOOP " +
                                                std::string(100000, 'x') + "\r\nNOOP\r\n",
                                            pieces[i])));
        }
    }

    void test_looping_message_is_refused()
    {
        std::string hops;
        for (int i = 0; i < 16; ++i)
            hops += "Received: from a by b; Sat, 21 Nov 2026 08:30:47 +0000\r\n";
        open();
        begin_mail();
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk(hops + "\r\nx\r\n.\r\n")));
        begin_mail();
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("554"),
                             codes(talk(hops + "RECEIVED : x\r\n\r\nx\r\n.\r\n")));
    }

    void test_disk_full_answers_452_and_goes_on()
    {
        open();
        begin_mail();
        line("DATA");
        capture.finish = Outcome::reply(452, "4.3.1", "Insufficient system storage", "DKA0: full");
        std::string reply = talk(sample_wire);
        CPPUNIT_ASSERT_EQUAL(std::string("452 4.3.1 Insufficient system storage\r\n"), reply);
        capture.finish = Outcome::done();
        begin_mail();
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk(sample_wire)));
        CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages.size());
    }

    void test_begin_failure_gives_no_354()
    {
        open();
        begin_mail();
        capture.begin = Outcome::reply(452, "4.3.1", "Insufficient system storage", "");
        CPPUNIT_ASSERT_EQUAL(std::string("452"), codes(line("DATA")));
        CPPUNIT_ASSERT_EQUAL(SMTP_READY, session->state());
        CPPUNIT_ASSERT_EQUAL(0, capture.alive);
    }

    void test_write_failure_is_told_at_the_end()
    {
        open();
        begin_mail();
        line("DATA");
        capture.write = Outcome::reply(452, "4.3.1", "Insufficient system storage", "");
        CPPUNIT_ASSERT_EQUAL(std::string("452 250"),
                             codes(talk(sample_wire + std::string("NOOP\r\n"), 7)));
        CPPUNIT_ASSERT(capture.messages.empty());
    }

    void test_every_way_out_ends_the_transaction()
    {
        static const char *const ways[] = {"RSET", "EHLO again.example", "HELO again.example"};
        for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i) {
            open();
            begin_mail();
            line(ways[i]);
            CPPUNIT_ASSERT_EQUAL(SMTP_READY, session->state());
            CPPUNIT_ASSERT(session->transaction() == 0);
            CPPUNIT_ASSERT_EQUAL(std::string("503"),
                                 codes(line("RCPT TO:<smith@condor.hawk.example>")));
        }
        open();
        begin_mail();
        line("DATA");
        talk("half a mess");
        CPPUNIT_ASSERT_EQUAL(1, capture.alive);
        session->on_disconnect(DISCONNECT_PEER);
        CPPUNIT_ASSERT_EQUAL(0, capture.alive);
    }

    void test_errors_close_the_connection()
    {
        set(P_RECV_ERRORS, "3");
        open();
        CPPUNIT_ASSERT_EQUAL(std::string("500 500"), codes(talk("FOO\r\nBAR\r\n")));
        CPPUNIT_ASSERT_EQUAL(std::string("500 421"), codes(line("BAZ")));
        CPPUNIT_ASSERT(session->wants_close());
    }

    void test_accepted_message_forgives_errors()
    {
        set(P_RECV_ERRORS, "3");
        open();
        for (int i = 0; i < 4; ++i) {
            begin_mail();
            line("FOO");
            line("BAR");
            line("DATA");
            CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk(sample_wire)));
        }
    }

    void test_timeout_says_421()
    {
        open();
        begin_mail();
        line("DATA");
        talk("part");
        Output out;
        session->on_timeout(&out);
        CPPUNIT_ASSERT_EQUAL(std::string("421"), codes(out.text()));
        CPPUNIT_ASSERT(session->wants_close());
        CPPUNIT_ASSERT_EQUAL(0, capture.alive);
    }

    void test_log_cannot_be_forged()
    {
        open();
        line("EHLO client.example");
        line("MAIL FROM:<\"x accepted=1\"@example.com>");
        line("RCPT TO:<\"smith\\\" message=\"@condor.hawk.example>");
        talk("FOO \x1B[31m\nevil=1\r\n");
        for (size_t i = 0; i < log.size(); ++i)
            CPPUNIT_ASSERT(log[i] == '\n' || (log[i] >= ' ' && log[i] < 0x7F));
        CPPUNIT_ASSERT(log.find("\nevil") == std::string::npos);
        CPPUNIT_ASSERT(log.find(" message=") == std::string::npos ||
                       log.find("\\\" message=") != std::string::npos);
    }

    void test_trace_shows_line_ends()
    {
        set(P_SMTP_RECV_TRACE, "ON");
        open();
        line("NOOP");
        CPPUNIT_ASSERT(log.find("NOOP\\\\d\\\\a") != std::string::npos);
    }

    /*
    **  What looks like a folded line stands behind an empty one: it is text, not a part of our
    **  field.
    */
    void test_first_line_cannot_continue_our_received_field()
    {
        static const char *const firsts[] = {" by forged.example; Sat, 1 Jan 2000 00:00:00 +0000",
                                             "\tforged", " "};
        for (size_t i = 0; i < sizeof firsts / sizeof *firsts; ++i)
            for (size_t piece = 1; piece < 100; piece *= 7) {
                capture = Capture();
                open();
                talk("EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT "
                     "TO:<smith@condor.hawk.example>\r\nDATA\r\n" +
                         std::string(firsts[i]) + "\r\nSubject: x\r\n.\r\n",
                     piece);
                CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages.size());
                CPPUNIT_ASSERT_EQUAL("\r\n" + std::string(firsts[i]) + "\r\nSubject: x\r\n",
                                     without_trace(capture.messages[0].text));
            }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpSessionTest);
