/*
**  conf_syntax_test - the grammar of TCPIP$SMTP.CONF: what counts, what is told, on which line
*/
#include <cppunit/extensions/HelperMacros.h>
#include "CORE/conf_syntax.h"
#include "CORE/text.h"

using namespace mail;

static bool list_field(const std::string &field)
{
    return text_equal(field, "List") || text_equal(field, "Other-List");
}

class ConfSyntaxTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConfSyntaxTest);
    CPPUNIT_TEST(test_fields);
    CPPUNIT_TEST(test_three_ways_to_write_a_list);
    CPPUNIT_TEST(test_problems_have_line_numbers);
    CPPUNIT_TEST(test_a_bad_field_takes_its_continuations_along);
    CPPUNIT_TEST(test_limits);
    CPPUNIT_TEST_SUITE_END();

    std::vector<ConfField> fields;
    std::vector<ConfProblem> problems;

    void parse(const std::string &text)
    {
        fields.clear();
        problems.clear();
        conf_parse(text, list_field, &fields, &problems);
    }
    /* "name=value@line ..." and "line:text ..." */
    std::string parsed() const
    {
        std::string out;
        for (size_t i = 0; i < fields.size(); ++i)
            out += fields[i].name + "=" + fields[i].value + "@" + text_from_number(fields[i].line) +
                   " ";
        return out;
    }
    std::string told() const
    {
        std::string out;
        for (size_t i = 0; i < problems.size(); ++i)
            out += text_from_number(problems[i].line) + ":" + problems[i].text + "\n";
        return out;
    }

public:
    void test_fields()
    {
        parse("! comment: in column 1\n"
              "Relay: ON\r\n"
              "\n"
              "   \n"
              "Security:FRIENDLY\n"
              "Text :  go away: now ! not a comment  \n"
              "Zone:\n"
              "Last: no line end");
        CPPUNIT_ASSERT_EQUAL(std::string("Relay=ON@2 Security=FRIENDLY@5 "
                                         "Text=go away: now ! not a comment@6 Zone=@7 "
                                         "Last=no line end@8 "),
                             parsed());
        CPPUNIT_ASSERT_EQUAL(std::string(), told());
    }

    void test_three_ways_to_write_a_list()
    {
        parse("List: a, b , c\n"
              "Other-List: a,\n"
              "! in between\n"
              "\tb,\n"
              "\n"
              "\t\tc\n"
              "LIST: d,\n"
              "\te , f,\n");
        CPPUNIT_ASSERT_EQUAL(std::string("List=a,b,c,d,e,f@1 Other-List=a,b,c@2 "), parsed());
        CPPUNIT_ASSERT_EQUAL(std::string(), told());
        CPPUNIT_ASSERT_EQUAL(size_t(6), fields[0].items.size());
        CPPUNIT_ASSERT_EQUAL(size_t(1), fields[0].items[2].line);
        CPPUNIT_ASSERT_EQUAL(size_t(7), fields[0].items[3].line);
        CPPUNIT_ASSERT_EQUAL(size_t(8), fields[0].items[5].line);
        CPPUNIT_ASSERT_EQUAL(size_t(6), fields[1].items[2].line);
    }

    void test_problems_have_line_numbers()
    {
        parse("\tcontinued\n"
              "no colon here\n"
              " Indented: x\n"
              ": y\n"
              "two words: y\n"
              "Zone: first\n"
              "\tsecond\n"
              "zone: third\n");
        CPPUNIT_ASSERT_EQUAL(
            std::string("1:continuation line without a field before it\n"
                        "2:no colon behind the name of a field\n"
                        "3:a field begins in column 1, a continuation line with a TAB\n"
                        "4:not the name of a field before the colon\n"
                        "5:not the name of a field before the colon\n"
                        "7:continuation line, but Zone is not a list\n"
                        "8:zone: replaces the value of line 6\n"),
            told());
        CPPUNIT_ASSERT_EQUAL(std::string("Zone=third@8 "), parsed());
    }

    void test_a_bad_field_takes_its_continuations_along()
    {
        parse("List: a\nGod Clients: b,\n\tc\n\td\n");
        CPPUNIT_ASSERT_EQUAL(std::string("List=a@1 "), parsed());
        CPPUNIT_ASSERT_EQUAL(size_t(1), problems.size());
    }

    void test_limits()
    {
        parse("Zone: short\nZone: " + std::string(501, 'z') + "\nList: " + std::string(501, 'x') +
              "\n\tfits\nText: " + std::string(500, 't') + "\n");
        CPPUNIT_ASSERT_EQUAL(std::string("2:value is longer than 500 characters\n"
                                         "3:value is longer than 500 characters\n"),
                             told());
        CPPUNIT_ASSERT_EQUAL("Zone=short@1 List=fits@3 Text=" + std::string(500, 't') + "@5 ",
                             parsed());
        std::string many = "List:\n";
        for (int i = 0; i < 200; ++i)
            many += "\t" + std::string(400, 'x') + "\n";
        parse(many);
        CPPUNIT_ASSERT(fields[0].value.size() <= CONF_FIELD_MAX);
        CPPUNIT_ASSERT_EQUAL(std::string("List: list is too long"), problems[0].text);
        CPPUNIT_ASSERT_EQUAL(size_t(165), problems[0].line);
        parse(std::string(300, '\t') + "x\n" + std::string(150 * 4, 'a') + "\n");
        many.clear();
        for (int i = 0; i < 150; ++i)
            many += "rubbish\n";
        parse(many);
        CPPUNIT_ASSERT_EQUAL(size_t(CONF_PROBLEMS_MAX), problems.size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfSyntaxTest);
