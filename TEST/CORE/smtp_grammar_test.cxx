/*
**  smtp_grammar_test - CORE/smtp_grammar.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/smtp_grammar.h"
#include "CORE/text.h"

using namespace mail;

class SmtpGrammarTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpGrammarTest);
    CPPUNIT_TEST(test_smtp_lines);
    CPPUNIT_TEST(test_smtp_table_is_in_order);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_smtp_lines()
    {
        static const struct {
            const char *line;
            SmtpLineError error;
            SmtpVerb verb;
            const char *argument;
        } table[] = { { "EHLO host", SMTP_LINE_OK, SMTP_EHLO, "host" },
                      { "ehlo\thost  ", SMTP_LINE_OK, SMTP_EHLO, "host" },
                      { "HELO", SMTP_LINE_ARGUMENT, SMTP_HELO, "" },
                      { "MAIL FROM:<a@b> SIZE=1", SMTP_LINE_OK, SMTP_MAIL, "<a@b> SIZE=1" },
                      { "mail from : <a@b>", SMTP_LINE_OK, SMTP_MAIL, "<a@b>" },
                      { "MAIL FROM:", SMTP_LINE_ARGUMENT, SMTP_MAIL, "" },
                      { "MAIL TO:<a@b>", SMTP_LINE_ARGUMENT, SMTP_MAIL, "TO:<a@b>" },
                      { "RCPT TO:<a@b>", SMTP_LINE_OK, SMTP_RCPT, "<a@b>" },
                      { "RCPT FROM:<a@b>", SMTP_LINE_ARGUMENT, SMTP_RCPT, "FROM:<a@b>" },
                      { "DATA", SMTP_LINE_OK, SMTP_DATA, "" },
                      { "DATA x", SMTP_LINE_ARGUMENT, SMTP_DATA, "x" },
                      { "NOOP x y", SMTP_LINE_OK, SMTP_NOOP, "x y" },
                      { "HELP", SMTP_LINE_OK, SMTP_HELP, "" },
                      { "STARTTLS", SMTP_LINE_OK, SMTP_STARTTLS, "" },
                      { "FOO bar", SMTP_LINE_UNKNOWN, SMTP_UNKNOWN, "" },
                      { "", SMTP_LINE_UNKNOWN, SMTP_UNKNOWN, "" },
                      { "DAT", SMTP_LINE_UNKNOWN, SMTP_UNKNOWN, "" },
                      { "NOOP a\rb", SMTP_LINE_CONTROLS, SMTP_UNKNOWN, "" } };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            SmtpCommandLine command;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].line, table[i].error,
                                         smtp_line_parse(table[i].line, &command));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].line, table[i].verb, command.verb);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].argument), command.argument);
        }
        SmtpCommandLine command;
        smtp_line_parse(std::string(500, 'x'), &command);
        CPPUNIT_ASSERT_EQUAL(std::string(32, 'X'), command.word);
    }
    void test_smtp_table_is_in_order()
    {
        for (int i = 0; i < SMTP_VERB_COUNT; ++i) {
            const SmtpVerbRow &row = smtp_verb_row(static_cast<SmtpVerb>(i));
            CPPUNIT_ASSERT_EQUAL(i, static_cast<int>(row.verb));
            CPPUNIT_ASSERT_EQUAL(row.verb, smtp_verb_find(text_lowered(row.name)));
            CPPUNIT_ASSERT(text_begins(row.syntax, row.name) && *row.help != 0);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpGrammarTest);
