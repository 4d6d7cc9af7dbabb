/*
**  line_reader_test - CORE/line_reader.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/line_reader.h"
#include "CORE/text.h"
#include "splits.h"

using namespace mail;

/* All lines of text as "printable/flags|"; the reader gets pieces of `piece` bytes. */
static std::string lines_of(const std::string &text, size_t piece, size_t limit, LinePolicy policy)
{
    LineReader reader(limit, policy);
    std::string result;
    for (size_t at = 0; at < text.size();) {
        size_t size = text.size() - at < piece ? text.size() - at : piece;
        at += reader.feed(text.data() + at, size);
        if (reader.ready()) {
            CPPUNIT_ASSERT_EQUAL(size_t(0), reader.feed("x", 1));
            result +=
                text_printable(reader.line(), 999) + "/" + text_from_number(reader.flags()) + "|";
            reader.next();
        }
    }
    return result + (reader.is_inside() ? "inside" : "");
}

class LineReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LineReaderTest);
    CPPUNIT_TEST(test_lines_are_equal_in_every_split);
    CPPUNIT_TEST(test_pipelined_bytes_stay_with_the_caller);
    CPPUNIT_TEST(test_long_line_gives_memory_back);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_lines_are_equal_in_every_split()
    {
        static const struct {
            const char *text;
            LinePolicy policy;
            const char *lines;
        } table[] = { { "EHLO a\r\nQUIT\r\n", LINE_CRLF_ONLY, "EHLO a/0|QUIT/0|" },
                      { "\r\n\r\n", LINE_CRLF_ONLY, "/0|/0|" },
                      { "a\nb\r\n", LINE_CRLF_ONLY, "a\\ab/2|" },
                      { "a\nb\r\n", LINE_LF_TOO, "a/2|b/0|" },
                      { "a\rb\r\n", LINE_LF_TOO, "a\\db/1|" },
                      { "a\r\r\n", LINE_CRLF_ONLY, "a\\d/1|" },
                      { "12345678\r\n", LINE_CRLF_ONLY, "12345678/0|" },
                      { "123456789\r\nx\r\n", LINE_CRLF_ONLY, "123456789/8|x/0|" },
                      { "12345678901234\n", LINE_LF_TOO, "1234567890/10|" },
                      { "par", LINE_CRLF_ONLY, "inside" },
                      { "\r", LINE_CRLF_ONLY, "inside" },
                      { "x\r\n", LINE_LF_TOO, "x/0|" } };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            for (size_t k = 0; k < SPLIT_COUNT; ++k)
                CPPUNIT_ASSERT_EQUAL(
                    std::string(table[i].lines),
                    lines_of(table[i].text, split_sizes[k], 10, table[i].policy));
        CPPUNIT_ASSERT_EQUAL(std::string("a\\0b/4|"),
                             lines_of(std::string("a\0b\r\n", 5), 1, 10, LINE_CRLF_ONLY));
    }
    void test_pipelined_bytes_stay_with_the_caller()
    {
        LineReader reader(512, LINE_CRLF_ONLY);
        std::string text("DATA\r\nbody\r\n");
        CPPUNIT_ASSERT_EQUAL(size_t(6), reader.feed(text.data(), text.size()));
        CPPUNIT_ASSERT_EQUAL(std::string("DATA"), reader.line());
    }
    void test_long_line_gives_memory_back()
    {
        LineReader reader(100000, LINE_CRLF_ONLY);
        std::string text(90000, 'x');
        text += "\r\n";
        reader.feed(text.data(), text.size());
        CPPUNIT_ASSERT_EQUAL(size_t(90000), reader.line().size());
        reader.next();
        CPPUNIT_ASSERT(reader.line().capacity() <= LINE_KEEP_CAPACITY);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LineReaderTest);
