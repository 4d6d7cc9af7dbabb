/*
**  text_test - CORE/text.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/text.h"

using namespace mail;

class TextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TextTest);
    CPPUNIT_TEST(test_case_is_ascii_or_mcs);
    CPPUNIT_TEST(test_compare_is_case_blind);
    CPPUNIT_TEST(test_split_keeps_empty_pieces);
    CPPUNIT_TEST(test_number_refuses_all_but_digits_in_range);
    CPPUNIT_TEST(test_match_knows_vms_wildcards);
    CPPUNIT_TEST(test_match_is_not_exponential);
    CPPUNIT_TEST(test_format_fills_and_cleans_arguments);
    CPPUNIT_TEST(test_printable_escapes_as_hp_traces);
    CPPUNIT_TEST(test_charsets_round_trip);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_case_is_ascii_or_mcs()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("ab\xE9z1"), text_lowered("AB\xE9Z1"));
        CPPUNIT_ASSERT_EQUAL(std::string("AB\xC9\xF7Z"), text_uppered_mcs("ab\xE9\xF7z"));
        CPPUNIT_ASSERT_EQUAL(std::string("AB\xE9"), text_uppered("ab\xE9"));
    }
    void test_compare_is_case_blind()
    {
        CPPUNIT_ASSERT(text_equal("HeLo", "hElO"));
        CPPUNIT_ASSERT(!text_equal("helo", "hel"));
        CPPUNIT_ASSERT(text_compare("a", "B") < 0);
        CPPUNIT_ASSERT(text_compare("ab", "A") > 0);
        CPPUNIT_ASSERT(text_begins("FROM:<x>", "from:"));
        CPPUNIT_ASSERT(!text_begins("FRO", "from:"));
        CPPUNIT_ASSERT(text_ends("a.COM", ".com"));
        CPPUNIT_ASSERT(!text_ends("om", ".com"));
    }
    void test_split_keeps_empty_pieces()
    {
        std::vector<std::string> v;
        text_split(" a ,, b", ',', &v);
        CPPUNIT_ASSERT_EQUAL(size_t(3), v.size());
        CPPUNIT_ASSERT_EQUAL(std::string("a"), v[0]);
        CPPUNIT_ASSERT_EQUAL(std::string(""), v[1]);
        CPPUNIT_ASSERT_EQUAL(std::string("b"), v[2]);
        text_split("", ',', &v);
        CPPUNIT_ASSERT(v.empty());
        text_words(" one\ttwo  three ", &v);
        CPPUNIT_ASSERT_EQUAL(size_t(3), v.size());
        CPPUNIT_ASSERT_EQUAL(std::string("two"), v[1]);
    }
    void test_number_refuses_all_but_digits_in_range()
    {
        static const struct {
            const char *text;
            bool good;
            boost::uint32_t value;
        } table[] = { { "0", true, 0 },      { "007", true, 7 },        { "65535", true, 65535 },
                      { "65536", false, 0 }, { "", false, 0 },          { " 1", false, 0 },
                      { "-1", false, 0 },    { "+1", false, 0 },        { "1x", false, 0 },
                      { "1 ", false, 0 },    { "18446744073709551617", false, 0 } };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            boost::uint32_t value = 99;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].text, table[i].good,
                                         text_number(table[i].text, 0, 65535, &value));
            CPPUNIT_ASSERT_EQUAL(table[i].good ? table[i].value : 99u, value);
        }
        boost::uint64_t wide;
        const boost::uint64_t top = ~static_cast<boost::uint64_t>(0);
        CPPUNIT_ASSERT(text_number64("18446744073709551615", 0, top, &wide) && wide == top);
        CPPUNIT_ASSERT(!text_number64("18446744073709551616", 0, top, &wide));
        CPPUNIT_ASSERT_EQUAL(std::string("18446744073709551615"), text_from_number(top));
        CPPUNIT_ASSERT_EQUAL(std::string("0042"), text_from_number(42, 4));
        std::string appended("at ");
        text_append_number(top, 3, &appended);
        CPPUNIT_ASSERT_EQUAL(std::string("at 18446744073709551615"), appended);
        CPPUNIT_ASSERT_EQUAL(std::string("0"), text_from_number(0));
    }
    void test_match_knows_vms_wildcards()
    {
        static const struct {
            const char *pattern, *text;
            bool match;
        } table[] = {{"*", "", true},          {"%", "", false},
                     {"%", "x", true},         {"*@spam.com", "A@SPAM.com", true},
                     {"a*c*e", "abcde", true}, {"a*c*e", "abcd", false},
                     {"", "", true},           {"", "x", false},
                     {"a%c", "abc", true},     {"*b", "abab", true},
                     {"a?c", "abc", false},    {"**", "x", true}};
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].pattern, table[i].match,
                                         text_match(table[i].pattern, table[i].text));
    }
    void test_match_is_not_exponential()
    {
        std::string pattern;
        for (int i = 0; i < 50; ++i)
            pattern += "a*";
        CPPUNIT_ASSERT(!text_match(pattern + "b", std::string(2000, 'a')));
    }
    void test_format_fills_and_cleans_arguments()
    {
        std::vector<std::string> a;
        a.push_back("from\r\n");
        a.push_back("to");
        CPPUNIT_ASSERT_EQUAL(std::string("553 from,to,;100%"),
                             text_format("553 %s,%s,%s;100%%", a, 512));
        CPPUNIT_ASSERT_EQUAL(std::string("to"), text_format("%.0s%s", a, 512));
        CPPUNIT_ASSERT_EQUAL(std::string("fro %d %.x %"), text_format("%.3s %d %.x %", a, 512));
        CPPUNIT_ASSERT_EQUAL(std::string("fr"), text_format("%s", a, 2));
    }
    void test_printable_escapes_as_hp_traces()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("a\\d\\a\\5c\\1b\xE9"),
                             text_printable("a\r\n\\\x1B\xE9", 99));
        CPPUNIT_ASSERT_EQUAL(std::string("ab..."), text_printable("abc", 2));
        CPPUNIT_ASSERT_EQUAL(std::string("a  b"), text_one_line(" a\r\nb ", 99));
    }
    void test_charsets_round_trip()
    {
        std::string all, back;
        for (int i = 0; i < 256; ++i)
            all += static_cast<char>(i);
        std::string utf8 = text_latin1_to_utf8(all);
        CPPUNIT_ASSERT(text_is_utf8(utf8));
        CPPUNIT_ASSERT(text_utf8_to_latin1(utf8, &back));
        CPPUNIT_ASSERT(all == back);
        CPPUNIT_ASSERT(!text_utf8_to_latin1("\xE2\x82\xAC", &back));
        CPPUNIT_ASSERT_EQUAL(std::string("?"), back);
        CPPUNIT_ASSERT(!text_is_utf8("\xC0\xAF"));
        CPPUNIT_ASSERT(!text_is_utf8("\xED\xA0\x80"));
        CPPUNIT_ASSERT(!text_is_utf8("\xF4\x90\x80\x80"));
        CPPUNIT_ASSERT(!text_is_utf8("\xC3"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TextTest);
