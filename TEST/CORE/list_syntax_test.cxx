/*
**  list_syntax_test - lines of .DIS files; which local parts name a list
*/
#include <cppunit/extensions/HelperMacros.h>
#include "CORE/list_syntax.h"
#include "CORE/text.h"

using namespace mail;

class ListSyntaxTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListSyntaxTest);
    CPPUNIT_TEST(test_members);
    CPPUNIT_TEST(test_limits);
    CPPUNIT_TEST(test_names);
    CPPUNIT_TEST(test_list_files);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_members()
    {
        std::vector<std::string> members;
        std::vector<ListProblem> problems;
        list_parse("! the staff\n"
                   "smith@example.com\n"
                   "\n"
                   "  jones@example.org  \r\n"
                   "SMITH@example.com\n"
                   "<\"odd user\"@example.com>\n"
                   "local\n"
                   "@other.dis\n"
                   "two words\n"
                   "a@b, c@d\n"
                   " ! not in column 1\n"
                   "last@example.net",
                   &members, &problems);
        static const char *const wanted[] = {"smith@example.com", "jones@example.org",
                                             "\"odd user\"@example.com", "local",
                                             "last@example.net"};
        CPPUNIT_ASSERT_EQUAL(sizeof wanted / sizeof *wanted, members.size());
        for (size_t i = 0; i < members.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(std::string(wanted[i]), members[i]);
        CPPUNIT_ASSERT_EQUAL(size_t(4), problems.size());
        CPPUNIT_ASSERT_EQUAL(size_t(8), problems[0].line);
        CPPUNIT_ASSERT_EQUAL(std::string("lists do not nest"), problems[0].text);
        CPPUNIT_ASSERT_EQUAL(size_t(11), problems[3].line);
    }

    void test_limits()
    {
        std::string text;
        std::vector<std::string> members;
        std::vector<ListProblem> problems;
        for (int i = 0; i < LIST_MEMBERS_MAX + 200; ++i)
            text += "u" + text_from_number(static_cast<boost::uint64_t>(i)) + "@example.com\n";
        list_parse(text, &members, &problems);
        CPPUNIT_ASSERT_EQUAL(size_t(LIST_MEMBERS_MAX), members.size());
        CPPUNIT_ASSERT_EQUAL(size_t(LIST_PROBLEMS_MAX), problems.size());
        CPPUNIT_ASSERT_EQUAL(std::string("too many members"), problems[0].text);
    }

    void test_names()
    {
        std::string name;
        CPPUNIT_ASSERT(list_name_parse("staff-list", &name));
        CPPUNIT_ASSERT_EQUAL(std::string("STAFF-LIST"), name);
        static const char *const bad[] = {"",    "a.b",  "a:b",  "[x]y", "a;1",
                                          "a*b", "../x", "a b",  "-x",   "a%b"};
        for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
            CPPUNIT_ASSERT_MESSAGE(bad[i], !list_name_parse(bad[i], &name));
        CPPUNIT_ASSERT(!list_name_parse(std::string(40, 'a'), &name));
    }

    void test_list_files()
    {
        std::string logical, file;
        CPPUNIT_ASSERT(list_file_parse("UCX$MAJORDOMO_LIST:SAMPLE.", &logical, &file));
        CPPUNIT_ASSERT_EQUAL(std::string("UCX$MAJORDOMO_LIST"), logical);
        CPPUNIT_ASSERT_EQUAL(std::string("SAMPLE."), file);
        CPPUNIT_ASSERT(list_file_parse("lists:sample.dis", &logical, &file));
        CPPUNIT_ASSERT_EQUAL(std::string("SAMPLE.DIS"), file);
        static const char *const bad[] = {"SAMPLE.",       ":SAMPLE.",      "LISTS:",
                                          "LISTS:SAMPLE",  "LISTS:.DIS",    "LISTS:[X]SAMPLE.",
                                          "A::LISTS:S.",   "LISTS:SAMPLE.;1", "LISTS:*.",
                                          "LISTS:S.D.E",   "LISTS:A:B.",
                                          "SYS$SYSTEM:[000000]X."};
        for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
            CPPUNIT_ASSERT_MESSAGE(bad[i], !list_file_parse(bad[i], &logical, &file));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ListSyntaxTest);
