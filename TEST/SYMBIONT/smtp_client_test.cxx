/*
**  smtp_client_test - the client against a scripted server: every way a server can answer
*/
#include "symbiont_fixture.h"

using namespace mail;

class SmtpClientTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpClientTest);
    CPPUNIT_TEST(test_one_recipient_pipelined);
    CPPUNIT_TEST(test_without_pipelining_waits_for_each_reply);
    CPPUNIT_TEST(test_helo_when_ehlo_is_unknown);
    CPPUNIT_TEST(test_each_recipient_has_its_answer);
    CPPUNIT_TEST(test_refused_sender_is_everybodys_answer);
    CPPUNIT_TEST(test_pipelined_data_without_recipients_sends_nothing);
    CPPUNIT_TEST(test_greeting_refusals);
    CPPUNIT_TEST(test_loop_is_seen_at_the_greeting);
    CPPUNIT_TEST(test_answer_at_end_of_data);
    CPPUNIT_TEST(test_connection_lost_is_later);
    CPPUNIT_TEST(test_not_smtp_is_later);
    CPPUNIT_TEST(test_nobody_listens_is_later);
    CPPUNIT_TEST(test_unreadable_text_ends_without_a_dot);
    CPPUNIT_TEST(test_size_limit_of_the_server);
    CPPUNIT_TEST(test_eighth_bit_cleared_or_kept);
    CPPUNIT_TEST(test_stopped_job_ends_soon);
    CPPUNIT_TEST(test_stopped_job_does_not_wait_for_a_connection);
    CPPUNIT_TEST(test_421_makes_the_connection_unusable);
    CPPUNIT_TEST(test_unexpected_reply_is_never_a_delivery);
    CPPUNIT_TEST(test_wishes_for_reports_are_passed_on);
    CPPUNIT_TEST(test_host_without_reports_is_noted);
    CPPUNIT_TEST(test_chunks);
    CPPUNIT_TEST(test_refused_chunk);
    CPPUNIT_TEST(test_open_transaction_is_reset);
    CPPUNIT_TEST(test_sender_beyond_ascii);
    CPPUNIT_TEST_SUITE_END();

    boost::shared_ptr<Settings> settings_;
    NeverStop never_;

    Outcome talk(Server &server, SendTransaction &t, FixedText &text, std::vector<Outcome> *results,
                 bool *answered, bool *usable)
    {
        SmtpClient client(settings_, "us.test");
        Outcome outcome = client.connect(server.address(), "them.test", never_);
        if (outcome.is_done()) {
            *answered = client.send(t, text, never_, results);
            *usable = client.usable();
        }
        client.quit();
        server.join();
        return outcome;
    }

    static SendTransaction to(const char *a, const char *b = 0)
    {
        SendTransaction t;
        t.sender = "from@us.test";
        t.recipients.push_back(a);
        if (b)
            t.recipients.push_back(b);
        t.size = 20;
        return t;
    }

public:
    void setUp() { settings_.reset(new Settings); }

    void test_one_recipient_pipelined()
    {
        static const char *const script[] = {"R 220 hi",
                                             "L",
                                             "R 250-them\r\n250-PIPELINING\r\n250 SIZE 1000",
                                             "L",
                                             "L",
                                             "L",
                                             "R 250 ok\r\n250 ok\r\n354 go",
                                             "D",
                                             "R 250 2.0.0 queued",
                                             "L",
                                             0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("Subject: x\r\n\r\n.dot\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        CPPUNIT_ASSERT(talk(server, t, text, &results, &answered, &usable).is_done());
        CPPUNIT_ASSERT(answered && usable && results[0].is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("EHLO us.test\r\nMAIL FROM:<from@us.test> SIZE=20\r\nRCPT "
                                         "TO:<a@them.test>\r\nDATA\r\n"
                                         "Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n"),
                             server.heard);
    }

    void test_without_pipelining_waits_for_each_reply()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250 them", "L", "R 250 ok", "L",
                                             "R 250 ok", "L", "R 354 go",   "D", "R 250 ok", "L",
                                             0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        CPPUNIT_ASSERT(talk(server, t, text, &results, &answered, &usable).is_done());
        CPPUNIT_ASSERT(answered && results[0].is_done());
        CPPUNIT_ASSERT(server.heard.find("MAIL FROM:<from@us.test>\r\n") != std::string::npos);
    }

    void test_helo_when_ehlo_is_unknown()
    {
        static const char *const script[] = {
            "R 220 hi", "L", "R 500 what", "L", "R 250 them", "L", "R 250 ok", "L",
            "R 250 ok", "L", "R 354 go",   "D", "R 250 ok",   "L", 0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        CPPUNIT_ASSERT(talk(server, t, text, &results, &answered, &usable).is_done());
        CPPUNIT_ASSERT(results[0].is_done());
        CPPUNIT_ASSERT(server.heard.find("HELO us.test\r\n") != std::string::npos);
    }

    void test_each_recipient_has_its_answer()
    {
        static const char *const script[] = {
            "R 220 hi",
            "L",
            "R 250-them\r\n250 PIPELINING",
            "L",
            "L",
            "L",
            "L",
            "R 250 ok\r\n550 5.1.1 who is that\r\n250 ok\r\n354 go",
            "D",
            "R 250 ok",
            "L",
            0};
        Server server(script);
        SendTransaction t = to("gone@them.test", "here@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(answered);
        CPPUNIT_ASSERT(results[0].is_failed() && results[1].is_done());
        CPPUNIT_ASSERT_EQUAL(550, results[0].code());
        CPPUNIT_ASSERT_EQUAL(std::string("5.1.1"), results[0].status());
        CPPUNIT_ASSERT_EQUAL(std::string("them.test"), results[0].remote());
        CPPUNIT_ASSERT(results[0].sender_text().find("who is that") != std::string::npos);
    }

    void test_refused_sender_is_everybodys_answer()
    {
        static const char *const script[] = {"R 220 hi",
                                             "L",
                                             "R 250-them\r\n250 PIPELINING",
                                             "L",
                                             "L",
                                             "L",
                                             "L",
                                             "R 451 4.7.1 not now\r\n503 no\r\n503 no\r\n503 no",
                                             "L",
                                             0};
        Server server(script);
        SendTransaction t = to("a@them.test", "b@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(answered && usable);
        CPPUNIT_ASSERT(results[0].is_later() && results[1].is_later());
        CPPUNIT_ASSERT_EQUAL(std::string("4.7.1"), results[1].status());
    }

    void test_pipelined_data_without_recipients_sends_nothing()
    {
        static const char *const script[] = {"R 220 hi",
                                             "L",
                                             "R 250-them\r\n250 PIPELINING",
                                             "L",
                                             "L",
                                             "L",
                                             "R 250 ok\r\n550 no\r\n354 go",
                                             "L",
                                             "R 554 no valid recipients",
                                             "L",
                                             0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("secret\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(answered && usable && results[0].is_failed());
        CPPUNIT_ASSERT(server.heard.find("secret") == std::string::npos);
        CPPUNIT_ASSERT(server.heard.find("DATA\r\n.\r\n") != std::string::npos);
    }

    void test_greeting_refusals()
    {
        static const char *const busy[] = {"R 421 too busy", 0};
        static const char *const never[] = {"R 554 go away", 0};
        Server one(busy), two(never);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        CPPUNIT_ASSERT(talk(one, t, text, &results, &answered, &usable).is_later());
        CPPUNIT_ASSERT(talk(two, t, text, &results, &answered, &usable).is_failed());
    }

    /* Who greets with our name is ourselves. */
    void test_loop_is_seen_at_the_greeting()
    {
        static const char *const us[] = {"R 220 US.test V1.0 ready", 0};
        static const char *const them[] = {"R 220 us.test.example ready", "L", "R 250 ok", "L", 0};
        Server one(us), two(them);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        Outcome outcome = talk(one, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT_EQUAL(std::string("5.4.6"), outcome.status());
        CPPUNIT_ASSERT(outcome.is_failed());
        CPPUNIT_ASSERT_EQUAL(std::string::npos, one.heard.find("EHLO"));
        CPPUNIT_ASSERT(talk(two, t, text, &results, &answered, &usable).is_done());
    }

    void test_answer_at_end_of_data()
    {
        static const char *const script[] = {"R 220 hi",
                                             "L",
                                             "R 250-them\r\n250 PIPELINING",
                                             "L",
                                             "L",
                                             "L",
                                             "L",
                                             "R 250 ok\r\n250 ok\r\n452 later\r\n354 go",
                                             "D",
                                             "R 552 5.3.4 too big",
                                             "L",
                                             0};
        Server server(script);
        SendTransaction t = to("a@them.test", "b@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(results[0].is_failed());
        CPPUNIT_ASSERT(results[1].is_later()); /* what RCPT said stays */
    }

    void test_connection_lost_is_later()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 PIPELINING", "L",
                                             "L",        "L", "R 250 ok\r\n250 ok\r\n354 go", "D",
                                             0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = true, usable = true;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(!answered && !usable);
        CPPUNIT_ASSERT(results[0].is_later());
    }

    void test_not_smtp_is_later()
    {
        static const char *const script[] = {"R SSH-2.0-OpenSSH", 0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        CPPUNIT_ASSERT(talk(server, t, text, &results, &answered, &usable).is_later());
    }

    void test_nobody_listens_is_later()
    {
        NetAddress any, address;
        int fd;
        net_parse_address("127.0.0.1", &any);
        CPPUNIT_ASSERT(net_listen(any, 1, &fd).ok());
        CPPUNIT_ASSERT(net_local(fd, &address).ok());
        net_close(fd);
        SmtpClient client(settings_, "us.test");
        Outcome outcome = client.connect(address, "them.test", never_);
        CPPUNIT_ASSERT(outcome.is_later());
        CPPUNIT_ASSERT_EQUAL(std::string("4.4.1"), outcome.status());
        CPPUNIT_ASSERT(!client.usable());
    }

    void test_unreadable_text_ends_without_a_dot()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 PIPELINING", "L",
                                             "L",        "L", "R 250 ok\r\n250 ok\r\n354 go", "D",
                                             "R 250 ok", 0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        text.fail_ = true;
        std::vector<Outcome> results;
        bool answered = true, usable = true;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(!answered && !usable && results[0].is_later());
        CPPUNIT_ASSERT(server.heard.find("\r\n.\r\n") == std::string::npos);
    }

    void test_size_limit_of_the_server()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250-them\r\n250 SIZE 10", "L", 0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(answered && results[0].is_failed());
        CPPUNIT_ASSERT_EQUAL(std::string("5.3.4"), results[0].status());
        CPPUNIT_ASSERT(server.heard.find("MAIL") == std::string::npos);
    }

    void test_eighth_bit_cleared_or_kept()
    {
        static const char *const script[] = {"R 220 hi",
                                             "L",
                                             "R 250-them\r\n250-8BITMIME\r\n250 PIPELINING",
                                             "L",
                                             "L",
                                             "L",
                                             "R 250 ok\r\n250 ok\r\n354 go",
                                             "D",
                                             "R 250 ok",
                                             "L",
                                             0};
        for (int clear = 0; clear < 2; ++clear) {
            Server server(script);
            SendTransaction t = to("a@them.test");
            t.eight_bit = true;
            t.clear_eighth_bit = clear != 0;
            FixedText text("gr\xFC\xDF\r\n");
            std::vector<Outcome> results;
            bool answered = false, usable = false;
            talk(server, t, text, &results, &answered, &usable);
            CPPUNIT_ASSERT(results[0].is_done());
            CPPUNIT_ASSERT_EQUAL(clear == 0,
                                 server.heard.find("BODY=8BITMIME") != std::string::npos);
            CPPUNIT_ASSERT(server.heard.find(clear ? "\r\ngr|_\r\n" : "\r\ngr\xFC\xDF\r\n") !=
                           std::string::npos);
        }
    }

    void test_stopped_job_ends_soon()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250 them", "L", "L", 0};
        Server server(script);
        SmtpClient client(settings_, "us.test");
        CPPUNIT_ASSERT(client.connect(server.address(), "them.test", never_).is_done());
        NeverStop stopping;
        stopping.stop_ = true;
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        boost::uint64_t begin = net_milliseconds();
        CPPUNIT_ASSERT(!client.send(t, text, stopping, &results));
        CPPUNIT_ASSERT(net_milliseconds() - begin < 4000);
        CPPUNIT_ASSERT(results[0].is_later());
        client.quit();
    }

    void test_stopped_job_does_not_wait_for_a_connection()
    {
        NetAddress address;
        int listener = -1, waiting[4];
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 0, &listener).ok());
        CPPUNIT_ASSERT(net_local(listener, &address).ok());
        for (int i = 0; i < 4; ++i) /* its queue is full: nobody else is answered */
            CPPUNIT_ASSERT(net_connect_start(address, 0, &waiting[i]).ok());
        NeverStop stopping;
        stopping.stop_ = true;
        SmtpClient client(settings_, "us.test");
        const char *reason;
        CPPUNIT_ASSERT(settings_->set(P_SYMB_CONNECT_TIMEOUT, "0 01:00:00.00", ORIGIN_TEST, "",
                                      &reason));
        Outcome outcome = client.connect(address, "them.test", stopping);
        CPPUNIT_ASSERT(outcome.is_later() && !outcome.was_tried());
        for (int i = 0; i < 4; ++i)
            net_close(waiting[i]);
        net_close(listener);
    }

    void test_421_makes_the_connection_unusable()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250 them", "L", "R 421 closing",
                                             "L",        0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = true, usable = true;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(!usable && results[0].is_later());
    }

    /* A server out of step: nothing was delivered, so nobody may be told so. */
    void test_unexpected_reply_is_never_a_delivery()
    {
        static const char *const to_data[] = {"R 220 hi", "L", "R 250 them", "L", "R 250 ok", "L",
                                              "R 250 ok", "L", "R 250 ok",   0};
        static const char *const to_dot[] = {"R 220 hi", "L", "R 250 them", "L", "R 250 ok", "L",
                                             "R 250 ok", "L", "R 354 go",   "D", "R 354 go", 0};
        static const char *const to_mail[] = {"R 220 hi", "L", "R 250 them", "L", "R 354 go", 0};
        const char *const *const scripts[] = {to_data, to_dot, to_mail};
        for (size_t i = 0; i < 3; ++i) {
            Server server(scripts[i]);
            SendTransaction t = to("a@them.test");
            FixedText text("x\r\n");
            std::vector<Outcome> results;
            bool answered = false, usable = false;
            CPPUNIT_ASSERT(talk(server, t, text, &results, &answered, &usable).is_done());
            CPPUNIT_ASSERT(results[0].is_later());
            CPPUNIT_ASSERT_EQUAL(std::string("4.5.0"), results[0].status());
        }
    }

    void test_wishes_for_reports_are_passed_on()
    {
        static const char *const script[] = {
            "R 220 hi", "L", "R 250-them\r\n250 DSN", "L", "R 250 ok", "L", "R 250 ok", "L",
            "R 250 ok", "L", "R 354 go", "D", "R 250 ok", "L", 0};
        Server server(script);
        SendTransaction t = to("a@them.test", "b@them.test");
        t.returned = CONTROL_RETURN_HEADERS;
        t.envelope_id = "QQ 31+4";
        t.wishes.resize(2);
        t.wishes[0].notify = CONTROL_NOTIFY_SUCCESS | CONTROL_NOTIFY_DELAY;
        t.wishes[0].original = "rfc822;o=x@us.test";
        t.wishes[1].notify = CONTROL_NOTIFY_NEVER;
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT_EQUAL(std::string("EHLO us.test\r\n"
                                         "MAIL FROM:<from@us.test> RET=HDRS ENVID=QQ+2031+2B4\r\n"
                                         "RCPT TO:<a@them.test> NOTIFY=SUCCESS,DELAY "
                                         "ORCPT=rfc822;o+3Dx@us.test\r\n"
                                         "RCPT TO:<b@them.test> NOTIFY=NEVER\r\n"
                                         "DATA\r\nx\r\n.\r\nQUIT\r\n"),
                             server.heard);
        CPPUNIT_ASSERT_EQUAL(Outcome::PASSED_ON, results[0].report());
    }

    void test_host_without_reports_is_noted()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250 them", "L", "R 250 ok", "L",
                                             "R 250 ok", "L", "R 354 go",   "D", "R 250 ok", "L",
                                             0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        t.wishes.resize(1);
        t.wishes[0].notify = CONTROL_NOTIFY_SUCCESS;
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT_EQUAL(Outcome::RELAYED, results[0].report());
        CPPUNIT_ASSERT(server.heard.find("NOTIFY") == std::string::npos);
    }

    void test_chunks()
    {
        static const char *const script[] = {
            "R 220 hi", "L", "R 250-them\r\n250-PIPELINING\r\n250 CHUNKING", "L", "L",
            "R 250 ok\r\n250 ok", "L", "L", "L", "R 250 queued", "L", 0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        FixedText text(".dot\r\n.\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(answered && usable && results[0].is_done());
        CPPUNIT_ASSERT(server.heard.find("RCPT TO:<a@them.test>\r\nBDAT 9 LAST\r\n.dot\r\n.\r\n"
                                         "QUIT") != std::string::npos);
    }

    void test_refused_chunk()
    {
        static const char *const script[] = {
            "R 220 hi", "L", "R 250-them\r\n250 CHUNKING", "L", "R 250 ok", "L", "R 250 ok", "L",
            "L", "R 552 5.3.4 too big", "L", "R 250 reset", "L", "R 250 ok", 0};
        Server server(script);
        SmtpClient client(settings_, "us.test");
        CPPUNIT_ASSERT(client.connect(server.address(), "them.test", never_).is_done());
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n"), second("y\r\n");
        std::vector<Outcome> results;
        CPPUNIT_ASSERT(client.send(t, text, never_, &results));
        CPPUNIT_ASSERT(results[0].is_failed());
        client.send(t, second, never_, &results);
        server.join();
        CPPUNIT_ASSERT(server.heard.find("x\r\nRSET\r\nMAIL FROM") != std::string::npos);
    }

    void test_open_transaction_is_reset()
    {
        static const char *const script[] = {
            "R 220 hi", "L", "R 250 them", "L", "R 250 ok", "L", "R 550 no", "L", "R 250 reset",
            "L", "R 250 ok", "L", "R 250 ok", "L", "R 354 go", "D", "R 250 ok", 0};
        Server server(script);
        SmtpClient client(settings_, "us.test");
        CPPUNIT_ASSERT(client.connect(server.address(), "them.test", never_).is_done());
        SendTransaction t = to("a@them.test");
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        CPPUNIT_ASSERT(client.send(t, text, never_, &results) && results[0].is_failed());
        CPPUNIT_ASSERT(client.send(t, text, never_, &results) && results[0].is_done());
        server.join();
        CPPUNIT_ASSERT(server.heard.find("RCPT TO:<a@them.test>\r\nRSET\r\nMAIL") !=
                       std::string::npos);
    }

    void test_sender_beyond_ascii()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250 them", "L", 0};
        Server server(script);
        SendTransaction t = to("a@them.test");
        t.sender = "j\xC3\xBCrgen@us.test";
        FixedText text("x\r\n");
        std::vector<Outcome> results;
        bool answered = false, usable = false;
        talk(server, t, text, &results, &answered, &usable);
        CPPUNIT_ASSERT(results[0].is_failed());
        CPPUNIT_ASSERT_EQUAL(std::string("5.6.7"), results[0].status());
        CPPUNIT_ASSERT(server.heard.find("MAIL") == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpClientTest);
