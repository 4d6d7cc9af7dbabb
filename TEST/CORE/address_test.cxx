/*
**  address_test - CORE/address.h; the corpus is TEST/DATA/CORE/addresses.in
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/address.h"
#include "CORE/text.h"
#include "corpus.h"

using namespace mail;

static std::string shown(const Address &a)
{
    static const char *const kinds[] = { "box", "group", "end", "strange" };
    std::string text(kinds[a.kind]);
    if (a.kind == Address::STRANGE)
        return text + "{" + text_printable(a.raw, 999) + "}";
    return text + "{" + text_printable(a.name, 999) + "|" + a.comment + "|" + a.route + "|" +
           a.local + "|" + a.domain + "}";
}

static std::string read_list(const std::string &text)
{
    std::vector<Address> list;
    std::string result(address_list_parse(text, &list) ? "good" : "bad");
    for (size_t i = 0; i < list.size(); ++i)
        result += " " + shown(list[i]);
    return result;
}

class AddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AddressTest);
    CPPUNIT_TEST(test_corpus_gives_reference);
    CPPUNIT_TEST(test_printed_list_reads_the_same);
    CPPUNIT_TEST(test_print_quotes_where_needed);
    CPPUNIT_TEST(test_single_mailbox);
    CPPUNIT_TEST(test_limits);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_corpus_gives_reference()
    {
        std::vector<std::string> in = corpus_lines("CORE/addresses.in");
        std::vector<std::string> ref = corpus_lines("CORE/addresses.ref");
        CPPUNIT_ASSERT(!in.empty());
        CPPUNIT_ASSERT_EQUAL(ref.size(), in.size());
        for (size_t i = 0; i < in.size(); ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(in[i], corpus_unescape(ref[i]),
                                         read_list(corpus_unescape(in[i])));
    }
    void test_printed_list_reads_the_same()
    {
        std::vector<std::string> in = corpus_lines("CORE/addresses.in");
        for (size_t i = 0; i < in.size(); ++i) {
            std::vector<Address> list, again;
            if (!address_list_parse(corpus_unescape(in[i]), &list))
                continue;
            std::string text = address_list_print(list);
            CPPUNIT_ASSERT_MESSAGE(text, address_list_parse(text, &again));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, list.size(), again.size());
            for (size_t k = 0; k < list.size(); ++k) {
                CPPUNIT_ASSERT_EQUAL_MESSAGE(text, list[k].kind, again[k].kind);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(text, list[k].name, again[k].name);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(text, address_spec(list[k]), address_spec(again[k]));
            }
        }
    }
    void test_print_quotes_where_needed()
    {
        Address a;
        a.name = "Smith, \"J\"";
        a.local = "a b";
        a.domain = "c.d";
        CPPUNIT_ASSERT_EQUAL(std::string("\"Smith, \\\"J\\\"\" <\"a b\"@c.d>"), address_print(a));
        a.name = "John Smith";
        CPPUNIT_ASSERT_EQUAL(std::string("John Smith <\"a b\"@c.d>"), address_print(a));
        a.name = "x\r\nBcc: y";
        CPPUNIT_ASSERT_EQUAL(std::string("\"xBcc: y\" <\"a b\"@c.d>"), address_print(a));
        a.name = "";
        a.comment = "a) b";
        CPPUNIT_ASSERT_EQUAL(std::string("\"a b\"@c.d (a\\) b)"), address_print(a));
    }
    void test_single_mailbox()
    {
        Address a;
        CPPUNIT_ASSERT(address_parse(" Joe <joe@x.y> ", &a));
        CPPUNIT_ASSERT_EQUAL(std::string("joe@x.y"), address_spec(a));
        CPPUNIT_ASSERT(!address_parse("a@b.c, d@e.f", &a));
        CPPUNIT_ASSERT(!address_parse("", &a));
        CPPUNIT_ASSERT(!address_parse("g:a@b.c;", &a));
    }
    void test_limits()
    {
        std::string text;
        for (int i = 0; i < ADDRESS_LIST_MAX + 10; ++i)
            text += "a@b.c,";
        std::vector<Address> list;
        CPPUNIT_ASSERT(!address_list_parse(text, &list));
        CPPUNIT_ASSERT_EQUAL(size_t(ADDRESS_LIST_MAX), list.size());
        list.clear();
        CPPUNIT_ASSERT(!address_list_parse(std::string(100000, '(') + "a@b.c", &list));
        CPPUNIT_ASSERT(list.empty());
        list.clear();
        CPPUNIT_ASSERT(!address_list_parse(std::string(100000, '<'), &list));
        CPPUNIT_ASSERT_EQUAL(size_t(1), list.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AddressTest);
