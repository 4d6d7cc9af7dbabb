/*
**  header_fields_test - CORE/header_fields.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/header_fields.h"
#include "CORE/text.h"

using namespace mail;

class HeaderFieldsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HeaderFieldsTest);
    CPPUNIT_TEST(test_table_is_in_order_and_found);
    CPPUNIT_TEST(test_block_is_parsed);
    CPPUNIT_TEST(test_stray_line_ends_the_block);
    CPPUNIT_TEST(test_print_gives_the_same_bytes);
    CPPUNIT_TEST(test_header_print_folds_and_cleans);
    CPPUNIT_TEST(test_add_and_limits);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_table_is_in_order_and_found()
    {
        for (int i = 1; i < HEADER_ID_COUNT; ++i) {
            const KnownHeaderRow &row = known_header(static_cast<HeaderId>(i));
            CPPUNIT_ASSERT_EQUAL(i, static_cast<int>(row.id));
            CPPUNIT_ASSERT_EQUAL(row.id, known_header_find(text_uppered(row.name)));
        }
        CPPUNIT_ASSERT_EQUAL(HEADER_UNKNOWN, known_header_find("X-Foo"));
        CPPUNIT_ASSERT_EQUAL(HEADER_UNKNOWN, known_header_find(""));
        CPPUNIT_ASSERT(known_header(HEADER_FROM).rank < known_header(HEADER_SUBJECT).rank);
        CPPUNIT_ASSERT(known_header(HEADER_BCC).flags & HDR_RECIPIENT);
    }
    void test_block_is_parsed()
    {
        std::string text(
            "from: a@b.c\r\nSubject : one\r\n two\r\n\tthree\r\nX-Y:\r\nTo: x\n\r\nbody");
        HeaderFields fields;
        size_t used;
        std::string value;
        CPPUNIT_ASSERT_EQUAL(HeaderFields::OK, fields.parse(text.data(), text.size(), &used));
        CPPUNIT_ASSERT_EQUAL(text.size() - 4, used);
        CPPUNIT_ASSERT_EQUAL(size_t(4), fields.count());
        CPPUNIT_ASSERT(fields.value(HEADER_SUBJECT, &value));
        CPPUNIT_ASSERT_EQUAL(std::string("one two\tthree"), value);
        CPPUNIT_ASSERT(fields.value("x-y", &value) && value.empty());
        CPPUNIT_ASSERT(!fields.value(HEADER_CC, &value));
        CPPUNIT_ASSERT(!fields.value("X-Z", &value));
        CPPUNIT_ASSERT_EQUAL(size_t(3), fields.find(HEADER_TO, 1));
        CPPUNIT_ASSERT_EQUAL(fields.count(), fields.find(HEADER_FROM, 1));
    }
    void test_stray_line_ends_the_block()
    {
        static const char *const table[] = { "From me Mon Jan 1\r\n", " continues nothing\r\n",
                                             ": no name\r\n", "a b: x\r\n", "nothing" };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            HeaderFields fields;
            size_t used = 99;
            std::string text(i == 1 ? "" : "A: b\r\n");
            size_t good = text.size();
            text += table[i];
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i], HeaderFields::STRAY,
                                         fields.parse(text.data(), text.size(), &used));
            CPPUNIT_ASSERT_EQUAL(good, used);
        }
    }
    void test_print_gives_the_same_bytes()
    {
        std::string text("A: b\r\n c\r\nD:e\r\nX-Long: y\r\n\tz\r\n");
        HeaderFields fields;
        CPPUNIT_ASSERT_EQUAL(HeaderFields::OK, fields.parse(text));
        CPPUNIT_ASSERT_EQUAL(text, fields.print());
    }
    void test_header_print_folds_and_cleans()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("Subject: a  b\r\n"), header_print("Subject", "a\r\nb"));
        CPPUNIT_ASSERT_EQUAL(std::string("To: \r\n"), header_print("To", ""));
        CPPUNIT_ASSERT_EQUAL(std::string("To: a\tb\r\n"), header_print("To", " \ta\tb \t"));
        CPPUNIT_ASSERT_EQUAL(std::string("To: a\r\n"), header_print("To", "\r\n a\n"));
        for (size_t size = 60; size < 80; ++size) { /* "X-Name: " and the value: 78 columns */
            std::string value = "a " + std::string(size - 2, 'v');
            CPPUNIT_ASSERT_EQUAL("X-Name: a" + std::string(size + 8 > 78 ? "\r\n" : "") + " " +
                                     std::string(size - 2, 'v') + "\r\n",
                                 header_print("X-Name", value));
        }
        std::string words;
        for (int i = 0; i < 400; ++i)
            words +=
                i % 7 == 0 ? "  word" : " w" + text_from_number(static_cast<boost::uint64_t>(i));
        std::string text = header_print("X-Long", words);
        for (size_t at = 0, end; at < text.size(); at = end + 2) {
            end = text.find("\r\n", at);
            CPPUNIT_ASSERT(end - at <= HEADER_LINE_WISH);
            CPPUNIT_ASSERT(at == 0 || text[at] == ' ');
        }
        CPPUNIT_ASSERT_EQUAL(text_trimmed(words), header_unfold(text.substr(7)));
        text = header_print("X", std::string(3000, 'q') + " end");
        for (size_t at = 0, end; at < text.size(); at = end + 2) {
            end = text.find("\r\n", at);
            CPPUNIT_ASSERT(end - at <= HEADER_LINE_MAX);
            CPPUNIT_ASSERT(text_trimmed(text.substr(at, end - at)) != "");
        }
    }
    void test_add_and_limits()
    {
        HeaderFields fields;
        fields.add("Subject", std::string(100, 'x') + " y");
        std::string value;
        CPPUNIT_ASSERT(fields.value(HEADER_SUBJECT, &value));
        CPPUNIT_ASSERT_EQUAL(std::string(100, 'x') + " y", value);
        std::string many;
        for (int i = 0; i <= HEADER_FIELDS_MAX; ++i)
            many += "A:\r\n";
        CPPUNIT_ASSERT_EQUAL(HeaderFields::TOO_MANY, fields.parse(many));
        CPPUNIT_ASSERT_EQUAL(size_t(HEADER_FIELDS_MAX), fields.count());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HeaderFieldsTest);
