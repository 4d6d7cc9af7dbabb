/*
**  smtp_reply_test - CORE/smtp_reply.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/smtp_grammar.h"
#include "CORE/smtp_reply.h"
#include "CORE/text.h"
#include "splits.h"

using namespace mail;

/* "code/enhanced/line|line| left" or "bad left" */
static std::string read_reply(const std::string &wire, size_t piece)
{
    SmtpReplyReader reader;
    size_t at = 0;
    while (at < wire.size()) {
        size_t size = wire.size() - at < piece ? wire.size() - at : piece;
        size_t used = reader.feed(wire.data() + at, size);
        at += used;
        if (used < size)
            break;
    }
    std::string left = " " + text_from_number(wire.size() - at);
    if (reader.state() != SmtpReplyReader::READY)
        return (reader.state() == SmtpReplyReader::BAD ? "bad" : "more") + left;
    std::string text = text_from_number(static_cast<boost::uint64_t>(reader.code())) + "/" +
                       reader.reply().enhanced + "/";
    for (size_t i = 0; i < reader.reply().lines.size(); ++i)
        text += reader.reply().lines[i] + "|";
    return text + left;
}

class SmtpReplyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpReplyTest);
    CPPUNIT_TEST(test_rows_are_sound);
    CPPUNIT_TEST(test_relay_refusal_is_the_documented_text);
    CPPUNIT_TEST(test_arguments_cannot_forge_lines);
    CPPUNIT_TEST(test_print_single_and_multi_line);
    CPPUNIT_TEST(test_reader_table_in_every_split);
    CPPUNIT_TEST(test_reader_limits);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_rows_are_sound()
    {
        for (int i = 0; i < SMTP_REPLY_COUNT; ++i) {
            const SmtpReplyRow &row = smtp_reply_row(static_cast<SmtpReplyId>(i));
            CPPUNIT_ASSERT_EQUAL(i, static_cast<int>(row.id));
            CPPUNIT_ASSERT(row.code >= 200 && row.code <= 599);
            if (*row.enhanced != 0)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(row.name, row.code / 100, row.enhanced[0] - '0');
            else
                CPPUNIT_ASSERT_MESSAGE(row.name,
                                       row.code == 220 || row.code == 250 || row.code == 334 ||
                                           row.code == 354);
        }
    }
    void test_relay_refusal_is_the_documented_text()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("550 5.7.1 User not local, Relay disabled.\r\n"),
                             smtp_reply_print(smtp_reply_make(RPL_NO_RELAY)));
    }
    void test_arguments_cannot_forge_lines()
    {
        std::string text = smtp_reply_print(smtp_reply_make(RPL_UNKNOWN, "x\r\n250 OK\nY"));
        CPPUNIT_ASSERT_EQUAL(text.size() - 2, text.find("\r\n"));
        CPPUNIT_ASSERT_EQUAL(text.size() - 1, text.find('\n'));
    }
    void test_print_single_and_multi_line()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("553-5.7.1 Mail to joe not allowed;\r\n"
                                         "553 5.7.1 Contact Postmaster@h to remove block\r\n"),
                             smtp_reply_print(smtp_reply_make(RPL_RECIPIENT_BLOCKED, "joe", "h")));
        SmtpReply reply = smtp_reply_make(RPL_EHLO, "host", "client");
        reply.lines.push_back("SIZE 100");
        CPPUNIT_ASSERT_EQUAL(std::string("250-host Hello, client\r\n250 SIZE 100\r\n"),
                             smtp_reply_print(reply));
        CPPUNIT_ASSERT_EQUAL(
            size_t(SMTP_REPLY_LINE_MAX),
            smtp_reply_print(smtp_reply_make(550, "", std::string(900, 'x'))).size());
        CPPUNIT_ASSERT_EQUAL(std::string("250 host Hello, client SIZE 100"),
                             smtp_reply_one_line(reply));
    }
    void test_reader_table_in_every_split()
    {
        static const char *const table[][2] = {
            { "250 OK\r\n", "250//OK| 0" },
            { "250\r\n", "250//| 0" },
            { "250 \r\n", "250//| 0" },
            { "250-a\r\n250-b\r\n250 c\r\nrest", "250//a|b|c| 4" },
            { "550 5.1.1 no user\r\n", "550/5.1.1/no user| 0" },
            { "550-5.1.1 no\r\n550 5.1.1 user\r\n", "550/5.1.1/no|user| 0" },
            { "550 4.1.1 no\r\n", "550//4.1.1 no| 0" },
            { "250 2.0.0\r\n", "250/2.0.0/| 0" },
            { "250 2.10.2000 x\r\n", "250//2.10.2000 x| 0" },
            { "250 OK\n250 x", "250//OK| 5" },
            { "250-a\r\n251 b\r\n", "bad 0" },
            { "HTTP/1.0\r\n250 x\r\n", "bad 7" },
            { "2x0 a\r\n", "bad 0" },
            { "250x\r\n", "bad 0" },
            { "199 x\r\n", "bad 0" },
            { "\r\n", "bad 0" },
            { "250-a\r\n", "more 0" },
            { "250 a\x01" "b\rc\r\n", "250//a b c| 0" },
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            for (size_t k = 0; k < SPLIT_COUNT; ++k)
                CPPUNIT_ASSERT_EQUAL(std::string(table[i][1]),
                                     read_reply(table[i][0], split_sizes[k]));
    }
    void test_reader_limits()
    {
        for (size_t k = 0; k < SPLIT_COUNT; ++k) {
            CPPUNIT_ASSERT_EQUAL(std::string("bad 52"),
                                 read_reply(std::string(2100, 'x'), split_sizes[k]));
            std::string many;
            for (int i = 0; i < SMTP_REPLY_READ_LINES + 1; ++i)
                many += "250-x\r\n";
            CPPUNIT_ASSERT_EQUAL(std::string("bad 0"), read_reply(many, split_sizes[k]));
            std::string big;
            for (int i = 0; i < 20; ++i)
                big += "250-" + std::string(1994, 'y') + "\r\n";
            CPPUNIT_ASSERT_EQUAL('b', read_reply(big, split_sizes[k])[0]);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpReplyTest);
