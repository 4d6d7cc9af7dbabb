/*
**  pop_grammar_test - CORE/pop_grammar.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/pop_grammar.h"
#include "CORE/text.h"

using namespace mail;

class PopGrammarTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PopGrammarTest);
    CPPUNIT_TEST(test_pop_lines);
    CPPUNIT_TEST(test_pop_password_keeps_its_blanks);
    CPPUNIT_TEST(test_pop_message_numbers);
    CPPUNIT_TEST(test_pop_table_is_in_order);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_pop_lines()
    {
        static const struct {
            const char *line;
            PopLineError error;
            PopVerb verb;
            size_t arguments;
        } table[] = { { "USER smith", POP_LINE_OK, POP_USER, 1 },
                      { "user", POP_LINE_ARGUMENTS, POP_USER, 0 },
                      { "APOP smith c4c9", POP_LINE_OK, POP_APOP, 2 },
                      { "APOP smith", POP_LINE_ARGUMENTS, POP_APOP, 1 },
                      { "STAT", POP_LINE_OK, POP_STAT, 0 },
                      { "STAT ", POP_LINE_OK, POP_STAT, 0 },
                      { "STAT x", POP_LINE_ARGUMENTS, POP_STAT, 1 },
                      { "LIST", POP_LINE_OK, POP_LIST, 0 },
                      { "LIST 1", POP_LINE_OK, POP_LIST, 1 },
                      { "LIST 1 2", POP_LINE_ARGUMENTS, POP_LIST, 2 },
                      { "TOP 1 0", POP_LINE_OK, POP_TOP, 2 },
                      { "TOP 1", POP_LINE_ARGUMENTS, POP_TOP, 1 },
                      { "XTND LOGLEVEL DEBUG", POP_LINE_OK, POP_XTND, 1 },
                      { "FOO", POP_LINE_UNKNOWN, POP_UNKNOWN, 0 },
                      { "", POP_LINE_UNKNOWN, POP_UNKNOWN, 0 },
                      { "RETR 1\x01", POP_LINE_CONTROLS, POP_RETR, 0 } };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            PopCommandLine command;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].line, table[i].error,
                                         pop_line_parse(table[i].line, &command));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].line, table[i].verb, command.verb);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].line, table[i].arguments,
                                         command.arguments.size());
        }
    }
    void test_pop_password_keeps_its_blanks()
    {
        PopCommandLine command;
        CPPUNIT_ASSERT_EQUAL(POP_LINE_OK, pop_line_parse("pass  a b ", &command));
        CPPUNIT_ASSERT_EQUAL(std::string(" a b "), command.arguments[0]);
        CPPUNIT_ASSERT_EQUAL(POP_LINE_OK, pop_line_parse("PASS a\x01z", &command));
        CPPUNIT_ASSERT_EQUAL(POP_LINE_ARGUMENTS, pop_line_parse("PASS", &command));
        CPPUNIT_ASSERT_EQUAL(POP_LINE_OK, pop_line_parse("USER  a b ", &command));
        CPPUNIT_ASSERT_EQUAL(std::string("a b"), command.arguments[0]);
    }
    void test_pop_message_numbers()
    {
        boost::uint32_t n;
        CPPUNIT_ASSERT(pop_message_number("4294967295", &n) && n == 4294967295u);
        CPPUNIT_ASSERT(!pop_message_number("0", &n));
        CPPUNIT_ASSERT(!pop_message_number("4294967296", &n));
        CPPUNIT_ASSERT(!pop_message_number("-1", &n));
    }
    void test_pop_table_is_in_order()
    {
        for (int i = 0; i < POP_VERB_COUNT; ++i) {
            const PopVerbRow &row = pop_verb_row(static_cast<PopVerb>(i));
            CPPUNIT_ASSERT_EQUAL(i, static_cast<int>(row.verb));
            CPPUNIT_ASSERT_EQUAL(row.verb, pop_verb_find(text_lowered(row.name)));
            CPPUNIT_ASSERT(text_begins(row.help, row.name));
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PopGrammarTest);
