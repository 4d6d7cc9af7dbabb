/*
**  pop_commands_test - each command: states, arguments, answers (RFC 1939, 1460, 2449; HP 19.1.5)
*/
#include "pop_fixture.h"

#include <stdio.h>

#include "CORE/md5.h"
#include "VMS/recfile.h"

using namespace mail;

class PopCommandsTest : public PopFixture {
    CPPUNIT_TEST_SUITE(PopCommandsTest);
    CPPUNIT_TEST(test_states_and_arguments);
    CPPUNIT_TEST(test_stat_and_list_have_exact_sizes);
    CPPUNIT_TEST(test_deleted_messages_vanish_but_keep_their_numbers);
    CPPUNIT_TEST(test_top_lines);
    CPPUNIT_TEST(test_last);
    CPPUNIT_TEST(test_capa_walks_the_table);
    CPPUNIT_TEST(test_apop);
    CPPUNIT_TEST(test_apop_without_secret_is_refused);
    CPPUNIT_TEST(test_disuserpass);
    CPPUNIT_TEST(test_password_may_hold_blanks);
    CPPUNIT_TEST(test_disabled_accounts);
    CPPUNIT_TEST_SUITE_END();

    struct Row {
        const char *line, *before, *after; /* first words of the answer in the two states */
    };

    std::string stamp(const PopClient &client)
    {
        size_t at = client.greeting.find('<');
        return client.greeting.substr(at, client.greeting.find('>') + 1 - at);
    }

public:
    void test_states_and_arguments()
    {
        static const Row rows[] = {{"STAT", "-ERR command not valid", "+OK 1 "},
                                   {"LIST", "-ERR command not valid", "+OK 1 messages"},
                                   {"LIST 1 2", "-ERR command not valid", "-ERR wrong number"},
                                   {"LIST x", "-ERR command not valid", "-ERR no such"},
                                   {"LIST 0", "-ERR command not valid", "-ERR no such"},
                                   {"LIST 2", "-ERR command not valid", "-ERR no such"},
                                   {"LIST 99999999999", "-ERR command not valid", "-ERR no such"},
                                   {"RETR", "-ERR command not valid", "-ERR wrong number"},
                                   {"RETR -1", "-ERR command not valid", "-ERR no such"},
                                   {"TOP 1", "-ERR command not valid", "-ERR wrong number"},
                                   {"TOP 1 x", "-ERR command not valid", "-ERR wrong number"},
                                   {"DELE", "-ERR command not valid", "-ERR wrong number"},
                                   {"UIDL 1 1", "-ERR command not valid", "-ERR wrong number"},
                                   {"NOOP", "-ERR command not valid", "+OK"},
                                   {"RSET", "-ERR command not valid", "+OK mailbox has 1 "},
                                   {"LAST", "-ERR command not valid", "+OK 0"},
                                   {"USER smith", "+OK Password", "-ERR command not valid"},
                                   {"PASS x", "-ERR USER must", "-ERR command not valid"},
                                   {"APOP a b", "-ERR", "-ERR command not valid"},
                                   {"CAPA", "+OK capability", "+OK capability"},
                                   {"capa", "+OK capability", "+OK capability"},
                                   {"STLS", "-ERR TLS is not", "-ERR command not valid"},
                                   {"AUTH", "+OK mechanisms", "-ERR command not valid"},
                                   {"AUTH PLAIN", "-ERR this mechanism", "-ERR command not"},
                                   {"AUTH CRAM-MD5", "-ERR unknown auth", "-ERR command not"},
                                   {"UTF8", "-ERR unknown", "-ERR command not valid"},
                                   {"XTND STATS", "-ERR command not valid", "+OK Statistics"},
                                   {"XTND", "-ERR command not valid", "-ERR wrong number"},
                                   {"", "-ERR unknown", "-ERR unknown"},
                                   {"XYZZY 1", "-ERR unknown", "-ERR unknown"}};
        deliver("SMITH", "one", "1\r\n");
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
            PopClient before(context_, 1);
            std::string answer = before.say(std::string(rows[i].line) + "\r\n");
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].before),
                                 answer.substr(0, std::string(rows[i].before).size()));
            PopClient after(context_, 2);
            after.login("smith", "sesame");
            answer = after.say(std::string(rows[i].line) + "\r\n");
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].after),
                                 answer.substr(0, std::string(rows[i].after).size()));
        }
    }

    void test_stat_and_list_have_exact_sizes()
    {
        deliver("SMITH", "one", ".dot\r\n\r\n");
        deliver("SMITH", "two", "gr\xFC\xDF\r\n" + std::string(900, 'x') + "\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        std::string stat = client.say("STAT\r\n"), list = client.say("LIST\r\n");
        std::string one = client.say("RETR 1\r\n"), two = client.say("RETR 2\r\n");
        /* without status line, final dot and one stuffed dot */
        size_t size1 = one.size() - one.find("\r\n") - 2 - 3 - 1;
        size_t size2 = two.size() - two.find("\r\n") - 2 - 3;
        char expected[100];
        snprintf(expected, sizeof expected, "+OK 2 messages (%u octets)\r\n1 %u\r\n2 %u\r\n.\r\n",
                 static_cast<unsigned>(size1 + size2), static_cast<unsigned>(size1),
                 static_cast<unsigned>(size2));
        CPPUNIT_ASSERT_EQUAL(std::string(expected), list);
        snprintf(expected, sizeof expected, "+OK 2 %u\r\n", static_cast<unsigned>(size1 + size2));
        CPPUNIT_ASSERT_EQUAL(std::string(expected), stat);
        snprintf(expected, sizeof expected, "+OK 2 %u\r\n", static_cast<unsigned>(size2));
        CPPUNIT_ASSERT_EQUAL(std::string(expected), client.say("LIST 2\r\n"));
    }

    void test_deleted_messages_vanish_but_keep_their_numbers()
    {
        deliver("SMITH", "one", "1\r\n");
        deliver("SMITH", "two", "2\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK message 1 deleted\r\n"), client.say("DELE 1\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR message 1 already deleted\r\n"),
                             client.say("DELE 1\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR message 1 already deleted\r\n"),
                             client.say("RETR 1\r\n"));
        CPPUNIT_ASSERT(client.say("STAT\r\n").find("+OK 1 ") == 0);
        CPPUNIT_ASSERT(client.say("LIST\r\n").find("\r\n2 ") != std::string::npos);
        CPPUNIT_ASSERT(client.say("UIDL\r\n").find("\r\n2 SMITH_") != std::string::npos);
        client.say("RSET\r\n");
        CPPUNIT_ASSERT(client.say("STAT\r\n").find("+OK 2 ") == 0);
    }

    void test_top_lines()
    {
        deliver("SMITH", "one", "1\r\n2\r\n.3\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        for (unsigned lines = 0; lines <= 5; ++lines) {
            char command[20];
            snprintf(command, sizeof command, "TOP 1 %u\r\n", lines);
            std::string answer = client.say(command),
                        body = answer.substr(answer.find("\r\n\r\n") + 4);
            static const char *const expected[] = {".\r\n",
                                                   "1\r\n.\r\n",
                                                   "1\r\n2\r\n.\r\n",
                                                   "1\r\n2\r\n..3\r\n.\r\n",
                                                   "1\r\n2\r\n..3\r\n.\r\n",
                                                   "1\r\n2\r\n..3\r\n.\r\n"};
            CPPUNIT_ASSERT_EQUAL(std::string(expected[lines]), body);
            CPPUNIT_ASSERT(answer.find("\r\nSubject: one\r\n") != std::string::npos);
        }
        client.say("QUIT\r\n");
        /* TOP does not read a message */
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_last()
    {
        deliver("SMITH", "one", "1\r\n");
        deliver("SMITH", "two", "2\r\n");
        PopClient client(context_);
        deliver("SMITH", "three", "3\r\n");
        client.login("smith", "sesame");
        client.say("RETR 2\r\nRETR 1\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK 2\r\n"), client.say("LAST\r\n"));
        client.say("TOP 3 1\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK 2\r\n"), client.say("LAST\r\n"));
        client.say("DELE 3\r\nDELE 1\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK 3\r\n"), client.say("LAST\r\n"));
        client.say("RSET\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK 0\r\n"), client.say("LAST\r\n"));
    }

    void test_capa_walks_the_table()
    {
        PopClient client(context_);
        std::string capa = client.say("CAPA\r\n");
        CPPUNIT_ASSERT(capa.find("\r\nUSER\r\n") != std::string::npos);
        CPPUNIT_ASSERT(capa.find("\r\nTOP\r\n") != std::string::npos);
        CPPUNIT_ASSERT(capa.find("\r\nUIDL\r\n") != std::string::npos);
        CPPUNIT_ASSERT(capa.find("\r\nPIPELINING\r\n") != std::string::npos);
        CPPUNIT_ASSERT(capa.find("\r\nEXPIRE 0\r\n") != std::string::npos);
        CPPUNIT_ASSERT(capa.find("IMPLEMENTATION") == std::string::npos);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT(client.say("CAPA\r\n").find("\r\nIMPLEMENTATION V9.9\r\n") !=
                       std::string::npos);
        set(P_POP_DISUSERPASS, "1");
        set(P_POP_LEAVE_IN_NEWMAIL, "1");
        PopClient other(context_, 2);
        CPPUNIT_ASSERT(has(other.say("CAPA\r\n"), "\r\nEXPIRE NEVER\r\n"));
        CPPUNIT_ASSERT(other.say("CAPA\r\n").find("\r\nUSER\r\n") == std::string::npos);
    }

    void secret(const char *text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create("SYS$SYSDEVICE:[SMITH]POP_SECRET.DAT", "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }

    void test_apop()
    {
        secret("xyztancreff");
        PopClient client(context_);
        std::string digest = md5_hex(stamp(client) + "xyztancreff");
        CPPUNIT_ASSERT(
            client.say("APOP smith " + md5_hex(stamp(client) + "other") + "\r\n").find("-ERR") ==
            0);
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Username/password combination ok\r\n"),
                             client.say("APOP smith " + digest + "\r\n"));
    }

    void test_apop_without_secret_is_refused()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT(client.say("APOP smith " + md5_hex(stamp(client)) + "\r\n").find("-ERR") ==
                       0);
        CPPUNIT_ASSERT(client.say("APOP nobody " + md5_hex(stamp(client)) + "\r\n").find("-ERR") ==
                       0);
        CPPUNIT_ASSERT(client.session.wants_close());
    }

    void test_disuserpass()
    {
        set(P_POP_DISUSERPASS, "1");
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR USER and PASS are disabled, use APOP\r\n"),
                             client.say("USER smith\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR USER and PASS are disabled, use APOP\r\n"),
                             client.say("PASS sesame\r\n"));
    }

    void test_password_may_hold_blanks()
    {
        root_->add_user("BLANK", "OPEN  SESAME");
        PopClient client(context_);
        CPPUNIT_ASSERT(client.login("blank", "open  sesame").find("combination ok") !=
                       std::string::npos);
    }

    void test_disabled_accounts()
    {
        root_->add_user("DISUSER", "secret", 0x10); /* UAI$M_DISACNT */
        root_->add_user("DISMAIL", "secret", 0x80); /* UAI$M_NOMAIL: AUTHORIZE's DISMAIL */
        root_->add_user("DISNEWMAIL", "secret", 0x40);
        PopClient one(context_, 1), two(context_, 2), three(context_, 3);
        CPPUNIT_ASSERT(
            one.login("disuser", "secret").find("-ERR Access to user account \"disuser\" denied") !=
            std::string::npos);
        CPPUNIT_ASSERT(
            two.login("dismail", "secret").find("-ERR Access to user account \"dismail\" denied") !=
            std::string::npos);
        CPPUNIT_ASSERT(three.login("disnewmail", "secret").find("combination ok") !=
                       std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopCommandsTest);
