/*
**  sff_syntax_test - envelope lines of Send From File, and what is said about wrong ones
*/
#include <cppunit/extensions/HelperMacros.h>
#include "CORE/sff_syntax.h"

using namespace mail;

class SffSyntaxTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SffSyntaxTest);
    CPPUNIT_TEST(test_good_files);
    CPPUNIT_TEST(test_errors_name_the_line);
    CPPUNIT_TEST_SUITE_END();

    /* Lines separated by \n; the error, or "". */
    static std::string read(const std::string &text, SffReader *reader)
    {
        for (size_t from = 0; from < text.size();) {
            size_t to = text.find('\n', from);
            to = to == std::string::npos ? text.size() : to;
            if (!reader->feed(text.substr(from, to - from)))
                return reader->error();
            from = to + 1;
        }
        return reader->finish() ? std::string() : reader->error();
    }

public:
    void test_good_files()
    {
        struct {
            const char *text, *sender;
            size_t recipients;
        } rows[] = {
            {"MAIL FROM:<a@b.c>\nRCPT TO:<x@y.z>\nDATA\nSubject: s\n\nMAIL FROM:<text>", "a@b.c",
             1},
            {"mail\tfrom:<>\nrcpt\tto: <x@y.z>\nRCPT TO:<smith>\ndata", "", 2},
            {"MAIL FROM : a@b.c\r\nRCPT  TO:x@y.z \r\n DATA \r\n", "a@b.c", 1},
            {"MAIL FROM:<\"odd user\"@b.c>\nRCPT TO:<x@[10.1.2.3]>\nDATA", "\"odd user\"@b.c", 1},
            {"MAIL FROM:<a@b.c>\nRCPT TO:<x@y.z>\nRCPT TO:<X@Y.Z>\nRCPT TO:<x@h>\nDATA", "a@b.c",
             2},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            SffReader reader;
            CPPUNIT_ASSERT_EQUAL(std::string(), read(rows[i].text, &reader));
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].sender), reader.sender());
            CPPUNIT_ASSERT_EQUAL(rows[i].recipients, reader.recipients().size());
            CPPUNIT_ASSERT(reader.in_text());
        }
    }

    void test_errors_name_the_line()
    {
        struct {
            const char *text, *error;
        } rows[] = {
            {"", "line 1: the file ends before MAIL FROM"},
            {"MAIL FROM:<a@b.c>", "line 2: the file ends before RCPT TO"},
            {"MAIL FROM:<a@b.c>\nRCPT TO:<x@y.z>", "line 3: the file ends before DATA"},
            {"RCPT TO:<x@y.z>", "line 1: RCPT TO before MAIL FROM"},
            {"DATA", "line 1: DATA before MAIL FROM"},
            {"MAIL FROM:<a@b.c>\nDATA", "line 2: DATA before RCPT TO"},
            {"MAIL FROM:<a@b.c>\nMAIL FROM:<a@b.c>", "line 2: a second MAIL FROM"},
            {"MAIL FROM:<a@b.c>\nRCPT TO:<>", "line 2: not a recipient address: <>"},
            {"MAIL FROM:<a@b.c>\nRCPT TO:<x@y.z>,<z@y.z>",
             "line 2: not a recipient address: <x@y.z>,<z@y.z>"},
            {"MAIL FROM:<a b@c>", "line 1: not a sender address: <a b@c>"},
            {"MAIL FROM:<a@b.c>\n\nDATA",
             "line 2: not MAIL FROM:<address>, RCPT TO:<address> or DATA: "},
            {"From: me", "line 1: not MAIL FROM:<address>, RCPT TO:<address> or DATA: From: me"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            SffReader reader;
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].error), read(rows[i].text, &reader));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SffSyntaxTest);
