/*
**  pop_collector_test - sessions of the client that takes one message away
*/
#include "pop_collector.h"

#include "CORE/md5.h"
#include "splits.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

namespace {

struct Feeder {
    PopCollector collector;
    std::string output;
    Feeder() : collector("TCPIP$IVP", "secret", "token") {}
    void feed(const char *data, size_t size) { collector.feed(data, size, &output); }
};

#define LOGIN "+OK ready\r\n-ERR no TLS\r\n+OK password\r\n+OK welcome\r\n"
#define LOGS_IN "STLS\r\nUSER TCPIP$IVP\r\nPASS secret\r\nSTAT\r\n"
#define OTHER "+OK\r\nSubject: other\r\n\r\ntoken\r\n.\r\n"
#define WANTED "+OK\r\nFrom: a\r\nsubject:  token \r\n\r\none\r\n..two\r\n.\r\n"

} // namespace

class PopCollectorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PopCollectorTest);
    CPPUNIT_TEST(test_sessions_in_every_split);
    CPPUNIT_TEST(test_apop_where_passwords_are_refused);
    CPPUNIT_TEST(test_tls_where_it_is_offered);
    CPPUNIT_TEST(test_message_and_what_is_waited_for);
    CPPUNIT_TEST(test_endless_input);
    CPPUNIT_TEST(test_fields);
    CPPUNIT_TEST(test_differences);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_sessions_in_every_split()
    {
        struct {
            const char *name, *server, *client, *refusal;
            bool done, collected;
        } rows[] = {
            {"empty mailbox", LOGIN "+OK 0 0\r\n+OK bye\r\n", LOGS_IN "QUIT\r\n", "", true, false},
            {"the last one", LOGIN "+OK 2 9\r\n" WANTED "+OK\r\n+OK\r\n",
             LOGS_IN "RETR 2\r\nDELE 2\r\nQUIT\r\n", "", true, true},
            {"the one before", LOGIN "+OK 2 9\r\n" OTHER WANTED "+OK\r\n+OK\r\n",
             LOGS_IN "RETR 2\r\nRETR 1\r\nDELE 1\r\nQUIT\r\n", "", true, true},
            {"not among them", LOGIN "+OK 1 9\r\n" OTHER "+OK\r\n",
             LOGS_IN "RETR 1\r\nQUIT\r\n", "", true, false},
            {"only asked so far", LOGIN "+OK 1 9\r\n", LOGS_IN "RETR 1\r\n", "", false, false},
            {"no greeting", "-ERR busy\r\n", "QUIT\r\n", "greeting: -ERR busy", true, false},
            {"another protocol", "220 SMTP here\r\n", "QUIT\r\n", "greeting: 220 SMTP here", true,
             false},
            {"unknown user", "+OK\r\n-ERR\r\n-ERR no user\r\n",
             "STLS\r\nUSER TCPIP$IVP\r\nQUIT\r\n", "USER: -ERR no user", true, false},
            {"wrong password", "+OK <1@a>\r\n-ERR\r\n+OK\r\n-ERR wrong\r\n",
             "STLS\r\nUSER TCPIP$IVP\r\nPASS secret\r\nQUIT\r\n", "PASS: -ERR wrong", true, false},
            {"message refused", LOGIN "+OK 1 9\r\n-ERR gone\r\n", LOGS_IN "RETR 1\r\nQUIT\r\n",
             "RETR: -ERR gone", true, false},
            {"lone LF in it", LOGIN "+OK 1 9\r\n+OK\r\na\nb\r\n", LOGS_IN "RETR 1\r\nQUIT\r\n",
             "RETR: lone LF in message", true, false},
            {"not deleted", LOGIN "+OK 1 9\r\n" WANTED "-ERR no\r\n",
             LOGS_IN "RETR 1\r\nDELE 1\r\nQUIT\r\n", "DELE: -ERR no", true, false},
            {"deletion failed at the end", LOGIN "+OK 1 9\r\n" WANTED "+OK\r\n-ERR kept\r\n",
             LOGS_IN "RETR 1\r\nDELE 1\r\nQUIT\r\nQUIT\r\n", "QUIT: -ERR kept", true, false},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
            for (size_t s = 0; s < SPLIT_COUNT; ++s) {
                Feeder feeder;
                feed_split(rows[i].server, split_sizes[s], &feeder);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(rows[i].name, std::string(rows[i].client),
                                             feeder.output);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(rows[i].name, std::string(rows[i].refusal),
                                             feeder.collector.refusal());
                CPPUNIT_ASSERT_EQUAL_MESSAGE(rows[i].name, rows[i].done,
                                             feeder.collector.is_done());
                CPPUNIT_ASSERT_EQUAL_MESSAGE(rows[i].name, rows[i].collected,
                                             feeder.collector.is_collected());
            }
    }

    void test_apop_where_passwords_are_refused()
    {
        struct {
            const char *greeting;
            bool apop;
        } rows[] = {{"+OK POP <17.3@node.vms.test>", true},
                    {"+OK <not this> but <1@b> this", true},
                    {"+OK no timestamp", false},
                    {"+OK <no address>", false},
                    {"+OK <cut@off", false}};
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            Feeder feeder;
            std::string greeting = rows[i].greeting;
            std::string text = greeting + "\r\n-ERR\r\n-ERR not by password\r\n";
            feeder.feed(text.data(), text.size());
            size_t from = greeting.rfind('<');
            std::string apop =
                from == std::string::npos
                    ? ""
                    : "APOP TCPIP$IVP " +
                          md5_hex(greeting.substr(from, greeting.rfind('>') - from + 1) +
                                  "secret") +
                          "\r\n";
            CPPUNIT_ASSERT_EQUAL_MESSAGE(greeting,
                                         "STLS\r\nUSER TCPIP$IVP\r\n" +
                                             (rows[i].apop ? apop : "QUIT\r\n"),
                                         feeder.output);
            feeder.output.clear();
            feeder.feed("+OK\r\n", 5);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(greeting, std::string(rows[i].apop ? "STAT\r\n" : ""),
                                         feeder.output);
        }
    }

    void test_tls_where_it_is_offered()
    {
        Feeder feeder;
        std::string text = "+OK ready\r\n+OK begin\r\n";
        feeder.feed(text.data(), text.size());
        CPPUNIT_ASSERT(feeder.collector.wants_tls() && !feeder.collector.is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("STLS"), std::string(feeder.collector.waits_for()));
        feeder.output.clear();
        feeder.collector.secured(&feeder.output);
        CPPUNIT_ASSERT(!feeder.collector.wants_tls());
        feeder.feed("+OK\r\n", 5);
        CPPUNIT_ASSERT_EQUAL(std::string("USER TCPIP$IVP\r\nPASS secret\r\n"), feeder.output);
        // what came before the handshake has nothing to say in the session behind it
        Feeder other;
        text += "+OK\r\n";
        other.feed(text.data(), text.size());
        CPPUNIT_ASSERT(other.collector.is_done() && !other.collector.wants_tls());
        CPPUNIT_ASSERT_EQUAL(std::string("STLS: text behind the answer"),
                             other.collector.refusal());
    }

    void test_message_and_what_is_waited_for()
    {
        Feeder feeder;
        CPPUNIT_ASSERT_EQUAL(std::string("greeting"), std::string(feeder.collector.waits_for()));
        std::string text = LOGIN "+OK 1 9\r\n" WANTED;
        feeder.feed(text.data(), text.size());
        CPPUNIT_ASSERT_EQUAL(std::string("DELE"), std::string(feeder.collector.waits_for()));
        CPPUNIT_ASSERT_EQUAL(std::string("From: a\r\nsubject:  token \r\n\r\none\r\n.two\r\n"),
                             feeder.collector.message());
    }

    /* A server that never ends a line or a message takes no memory beyond the limits. */
    void test_endless_input()
    {
        Feeder feeder;
        std::string much(100000, 'x');
        feeder.feed(much.data(), much.size());
        CPPUNIT_ASSERT(!feeder.collector.is_done());
        feeder.feed("\r\n", 2);
        CPPUNIT_ASSERT(feeder.collector.refusal().size() < 2 * COLLECTOR_LINE_MAX);
        Feeder other;
        std::string text = LOGIN "+OK 1 9\r\n+OK\r\n";
        other.feed(text.data(), text.size());
        for (size_t sent = 0; sent < 2 * COLLECTOR_MESSAGE_MAX; sent += much.size())
            other.feed(much.data(), much.size());
        CPPUNIT_ASSERT(other.collector.message().size() <= COLLECTOR_MESSAGE_MAX);
    }

    void test_fields()
    {
        std::string message = "From: a\r\nSUBJECT:  x y \r\nSubjects: z\r\n\r\nTo: body\r\n";
        CPPUNIT_ASSERT_EQUAL(std::string("x y"), message_field(message, "Subject"));
        CPPUNIT_ASSERT_EQUAL(std::string("a"), message_field(message, "from"));
        CPPUNIT_ASSERT_EQUAL(std::string(""), message_field(message, "To"));
        CPPUNIT_ASSERT_EQUAL(std::string(""), message_field("", "To"));
    }

    void test_differences()
    {
        struct {
            const char *body, *difference;
        } rows[] = {
            {"one\r\ntwo\r\n", ""},
            {"one\r\ntwo", ""},
            {"one\r\nTwo\r\n", "line 2 is \"Two\", sent was \"two\""},
            {"one\r\n", "it has 1 lines, sent were 2"},
            {"one\r\ntwo\r\nmore\r\n", "it has 3 lines, sent were 2"},
            {"", "it has 0 lines, sent were 2"},
        };
        std::vector<std::string> lines;
        lines.push_back("one");
        lines.push_back("two");
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
            CPPUNIT_ASSERT_EQUAL(
                std::string(rows[i].difference),
                body_difference("Subject: a\r\n\r\n" + std::string(rows[i].body), lines));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopCollectorTest);
