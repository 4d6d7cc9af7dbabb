/*
**  pop_session_test - whole sessions, in every split; RFC 1939, HP 19.1.2 - 19.1.5, spec 8.2, 8.3
*/
#include "pop_fixture.h"

#include "CORE/md5.h"
#include "VMS/recfile.h"

using namespace mail;

class PopSessionTest : public PopFixture {
    CPPUNIT_TEST_SUITE(PopSessionTest);
    CPPUNIT_TEST(test_greeting_has_documented_form);
    CPPUNIT_TEST(test_two_greetings_have_two_stamps);
    CPPUNIT_TEST(test_session_is_the_same_in_every_split);
    CPPUNIT_TEST(test_pipelined_commands_are_answered_in_order);
    CPPUNIT_TEST(test_long_answer_comes_in_pieces);
    CPPUNIT_TEST(test_second_wrong_password_closes);
    CPPUNIT_TEST(test_friendly_and_secure_refusals);
    CPPUNIT_TEST(test_password_is_in_no_log);
    CPPUNIT_TEST(test_long_line_is_refused_and_skipped);
    CPPUNIT_TEST(test_cleartext_can_be_disabled);
    CPPUNIT_TEST(test_timeout_says_so);
    CPPUNIT_TEST(test_without_quit_nothing_is_deleted);
    CPPUNIT_TEST(test_too_many_errors_close);
    CPPUNIT_TEST(test_one_session_per_mailbox);
    CPPUNIT_TEST(test_timeouts_follow_the_state);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_greeting_has_documented_form()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT(client.greeting.find("+OK POP server TCPIP Version V9.9 at ucxsys.acme.com, "
                                            "up since 1999-04-04 06:42:17 <") == 0);
        size_t stamp = client.greeting.find('<');
        CPPUNIT_ASSERT_EQUAL(stamp + 9,
                             client.greeting.find('.', stamp)); /* 8 hex digits, then the time */
        CPPUNIT_ASSERT(client.greeting.find("@ucxsys.acme.com>\r\n") != std::string::npos);
        CPPUNIT_ASSERT(client.greeting.find_first_of(" :-", stamp) == std::string::npos);
    }

    void test_two_greetings_have_two_stamps()
    {
        PopClient one(context_, 1), two(context_, 2);
        CPPUNIT_ASSERT(one.greeting != two.greeting);
    }

    void test_session_is_the_same_in_every_split()
    {
        const std::string dialogue =
            "CAPA\r\nUSER smith\r\nPASS sesame\r\nSTAT\r\nLIST\r\nUIDL\r\nLAST\r\nRETR 1\r\nTOP 2 "
            "1\r\nLAST\r\n"
            "NOOP\r\nDELE 2\r\nLIST\r\nRSET\r\nLIST 2\r\nUIDL 1\r\nBOGUS\r\nRETR 9\r\n";
        deliver("SMITH", "one", ".\r\n..dots\r\n\r\nend\r\n");
        deliver("SMITH", "two", "1\r\n2\r\n3\r\n");
        std::string whole;
        for (size_t piece = 1; piece <= 64; piece = piece < 8 ? piece + 1 : piece * 2) {
            PopClient client(context_);
            client.piece = piece;
            std::string answer = client.say(dialogue);
            if (piece == 1)
                whole = answer;
            CPPUNIT_ASSERT_EQUAL(whole, answer);
        }
        CPPUNIT_ASSERT(whole.find("\r\n\r\n..\r\n...dots\r\n\r\nend\r\n.\r\n") !=
                       std::string::npos);
        CPPUNIT_ASSERT(whole.find("-ERR no such message\r\n") != std::string::npos);
        CPPUNIT_ASSERT(whole.find("-ERR unknown command\r\n") != std::string::npos);
    }

    void test_pipelined_commands_are_answered_in_order()
    {
        deliver("SMITH", "one", "1\r\n");
        PopClient client(context_);
        std::string answer = client.say("USER smith\r\nPASS sesame\r\nSTAT\r\nDELE 1\r\nQUIT\r\n");
        CPPUNIT_ASSERT(answer.find("+OK Password required for \"smith\"\r\n+OK Username/password "
                                   "combination ok\r\n+OK 1 ") == 0);
        CPPUNIT_ASSERT(answer.find("+OK TCPIP POP server at ucxsys.acme.com signing off.\r\n") !=
                       std::string::npos);
        CPPUNIT_ASSERT(client.session.wants_close());
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_long_answer_comes_in_pieces()
    {
        std::string text;
        for (int i = 0; i < 5000; ++i)
            text += "a line that begins without a dot and is of no interest\r\n.one with a dot\r\n";
        deliver("SMITH", "long", text);
        PopClient client(context_);
        client.login("smith", "sesame");
        Output out;
        const std::string command = "RETR 1\r\nNOOP\r\n";
        size_t used = client.session.step(command.data(), command.size(), &out);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(8),
                             used); /* NOOP waits until the answer has left */
        CPPUNIT_ASSERT(out.size() < 3 * POP_CHUNK);
        std::string answer = out.text();
        while (client.session.has_more()) {
            Output more;
            client.session.produce(&more);
            CPPUNIT_ASSERT(more.size() <= POP_CHUNK);
            answer += more.text();
        }
        size_t body = answer.find("\r\n\r\n") + 4;
        std::string got = answer.substr(body, answer.size() - body - 3), plain;
        for (size_t at = 0; at < got.size();) {
            size_t end = got.find("\r\n", at) + 2;
            plain += got.substr(got[at] == '.' ? at + 1 : at, end - (got[at] == '.' ? at + 1 : at));
            at = end;
        }
        CPPUNIT_ASSERT(plain == text);
    }

    void test_second_wrong_password_closes()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"smith\"\r\n-ERR password "
                                         "supplied for \"smith\" is incorrect\r\n"),
                             client.login("smith", "wrong"));
        CPPUNIT_ASSERT(!client.session.wants_close());
        client.login("smith", "wrong again");
        CPPUNIT_ASSERT(client.session.wants_close());
    }

    void test_friendly_and_secure_refusals()
    {
        {
            PopClient friendly(context_);
            CPPUNIT_ASSERT_EQUAL(std::string("-ERR user name \"nobody\" is not known\r\n"),
                                 friendly.say("USER nobody\r\n"));
        }
        set(P_POP_SECURITY, "SECURE");
        PopClient secure(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"nobody\"\r\n-ERR Access to "
                                         "user account \"nobody\" denied\r\n"),
                             secure.login("nobody", "x"));
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"smith\"\r\n-ERR Access to "
                                         "user account \"smith\" denied\r\n"),
                             secure.login("smith", "x"));
    }

    void test_password_is_in_no_log()
    {
        set(P_POP_TRACE, "1");
        PopClient client(context_);
        client.say("USER smith\r\npass wrong1secret\r\nuser smith\r\n Pass\tsesame\r\nPASS "
                   "sesame\r\nQUIT\r\n");
        CPPUNIT_ASSERT(log_.find("USER smith") != std::string::npos);
        CPPUNIT_ASSERT(log_.find("secret") == std::string::npos);
        CPPUNIT_ASSERT(log_.find("sesame") == std::string::npos);
    }

    void test_long_line_is_refused_and_skipped()
    {
        for (size_t piece = 1; piece < 3000; piece *= 7) {
            PopClient client(context_);
            client.piece = piece;
            std::string answer = client.say("USER " + std::string(2000, 'x') + "\r\nQUIT\r\n");
            CPPUNIT_ASSERT_EQUAL(std::string("-ERR command line too long\r\n+OK TCPIP POP server "
                                             "at ucxsys.acme.com signing off.\r\n"),
                                 answer);
        }
    }

    void test_cleartext_can_be_disabled()
    {
        context_.may_cleartext = false;
        PopClient client(context_);
        CPPUNIT_ASSERT(client.greeting.find("-ERR ") == 0);
        CPPUNIT_ASSERT(client.session.wants_close());
    }

    void test_timeout_says_so()
    {
        PopClient client(context_);
        Output out;
        client.session.on_timeout(&out);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR idle for too long, closing connection\r\n"),
                             out.text());
        CPPUNIT_ASSERT(client.session.wants_close());
    }

    void test_without_quit_nothing_is_deleted()
    {
        deliver("SMITH", "one", "1\r\n");
        {
            PopClient client(context_);
            client.login("smith", "sesame");
            client.say("RETR 1\r\nDELE 1\r\n");
        }
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_too_many_errors_close()
    {
        set(P_POP_ERRORS_PER_SESSION, "3");
        PopClient client(context_);
        std::string answer = client.say("A\r\nB\r\nC\r\nD\r\n");
        CPPUNIT_ASSERT_EQUAL(
            std::string("-ERR unknown command\r\n-ERR unknown command\r\n-ERR unknown command\r\n"
                        "-ERR too many errors, closing connection\r\n"),
            answer);
        CPPUNIT_ASSERT(client.session.wants_close());
    }

    void test_one_session_per_mailbox()
    {
        PopClient one(context_, 1), two(context_, 2);
        one.login("smith", "sesame");
        CPPUNIT_ASSERT(two.login("smith", "sesame").find("-ERR [IN-USE] ") != std::string::npos);
        CPPUNIT_ASSERT(two.login("jones", "abra").find("+OK Username/password combination ok") !=
                       std::string::npos);
        one.say("QUIT\r\n");
        PopClient three(context_, 3);
        CPPUNIT_ASSERT(three.login("smith", "sesame").find("combination ok") != std::string::npos);
    }

    void test_timeouts_follow_the_state()
    {
        set(P_POP_LOGIN_TIMEOUT, "0 00:01:00.00");
        set(P_POP_LINK_IDLE_TIMEOUT, "0 00:05:00.00");
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(60U, static_cast<unsigned>(client.session.timeout_seconds()));
        client.login("smith", "sesame");
        CPPUNIT_ASSERT_EQUAL(300U, static_cast<unsigned>(client.session.timeout_seconds()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopSessionTest);
