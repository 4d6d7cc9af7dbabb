/*
**  procedure_test - records to logical lines, labels, blocks, subroutines, decks
*/
#include "procedure.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace shim::dcl;

class ProcedureTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProcedureTest);
    CPPUNIT_TEST(test_comments_and_continuations);
    CPPUNIT_TEST(test_labels);
    CPPUNIT_TEST(test_verbs);
    CPPUNIT_TEST(test_which_if_opens_a_block);
    CPPUNIT_TEST(test_subroutines_and_their_scope);
    CPPUNIT_TEST(test_decks);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_comments_and_continuations()
    {
        Procedure text("X", {"$ A = \"no ! comment\" + - ! a comment", "  B -", "$ + C ! end",
                             "data -", "$ \"open -", "$ D-", ""});
        const LogicalLine &first = text.line(0);
        CPPUNIT_ASSERT(first.is_command);
        CPPUNIT_ASSERT_EQUAL(std::string(" A = \"no ! comment\" +   B  + C"), first.text);
        CPPUNIT_ASSERT_EQUAL(size_t(3), first.next);
        CPPUNIT_ASSERT_EQUAL(size_t(2), first.joins.size());
        CPPUNIT_ASSERT_EQUAL(std::string("- ! a comment"), first.tails[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("-"), first.tails[1]);
        CPPUNIT_ASSERT_EQUAL(std::string(" ! end"), first.tails[2]);
        CPPUNIT_ASSERT(!text.line(3).is_command);
        CPPUNIT_ASSERT_EQUAL(size_t(4), text.line(3).next);
        CPPUNIT_ASSERT_EQUAL(std::string(" \"open -"), text.line(4).text); /* in quotes */
        CPPUNIT_ASSERT_EQUAL(std::string(" D"), text.line(5).text);
        CPPUNIT_ASSERT_EQUAL(size_t(7), text.line(5).next);
    }

    void test_labels()
    {
        const struct {
            const char *text, *label;
        } rows[] = {{" LOOP: X = 1", "LOOP"}, {"l_1$:", "L_1$"}, {" A :", "A"},
                    {" A := B", ""},          {"A:== B", ""},    {" A::B", ""},
                    {" SHOW X", ""},          {" 10: GOTO 10", "10"}, {"", ""}, {" :", ""}};
        for (const auto &row : rows) {
            std::string label;
            size_t after;
            bool is = label_of(row.text, &label, &after);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.text, *row.label != '\0', is);
            if (is)
                CPPUNIT_ASSERT_EQUAL(std::string(row.label), label);
        }
    }

    void test_verbs()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("ENDI"), verb_of("  endif", 0));
        CPPUNIT_ASSERT_EQUAL(std::string("IF"), verb_of("if(x)", 0));
        CPPUNIT_ASSERT_EQUAL(std::string(""), verb_of("@file", 0));
        CPPUNIT_ASSERT_EQUAL(std::string("CALL"), verb_of("call___ x", 0));
    }

    void test_which_if_opens_a_block()
    {
        const struct {
            const char *text;
            bool opens;
        } rows[] = {{"IF A", true},
                    {"IF A THEN", true},
                    {"IF A then  ", true},
                    {"IF A THEN B", false},
                    {"IF \"THEN\" .EQS. X", true},
                    {"IF F$X(\" THEN Y\") THEN Z", false},
                    {"IF THENCE", true},
                    {"IF (A)THEN B", false},
                    {"IF A THEN IF B THEN C", false},
                    {"IF A THEN IF B THEN", true},
                    {"IF A THEN IF B", true}};
        for (const auto &row : rows)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.text, row.opens, opens_block(row.text, 2));
    }

    void test_subroutines_and_their_scope()
    {
        Procedure text("X", {"$ CALL A",             /* 0 */
                             "$A: SUBROUTINE",       /* 1 */
                             "$ CALL INNER",         /* 2 */
                             "$INNER:",              /* 3 */
                             "$ subroutine",         /* 4 */
                             "$ ENDSUBROUTINE",      /* 5 */
                             "$ ENDSUBROUTINE",      /* 6 */
                             "$B: SUBROUTINE",       /* 7 */
                             "$ EXIT"});             /* 8 */
        CPPUNIT_ASSERT_EQUAL(size_t(2), text.subroutine("A", 0));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.subroutine("INNER", 0));
        CPPUNIT_ASSERT_EQUAL(size_t(5), text.subroutine("INNER", 2));
        CPPUNIT_ASSERT_EQUAL(size_t(8), text.subroutine("B", 4));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.subroutine("C", 0));
        CPPUNIT_ASSERT_EQUAL(size_t(7), text.subroutine_end(1));
        CPPUNIT_ASSERT_EQUAL(size_t(6), text.subroutine_end(4));
        CPPUNIT_ASSERT_EQUAL(size_t(9), text.subroutine_end(7)); /* to the end of the file */
    }

    void test_decks()
    {
        Procedure text("X", {"$ DECK", "$A: SUBROUTINE", "$ EOD", "$ DECK/DOLLARS=\"@@\"", "$EOD",
                             "@@", "$ SHOW"});
        CPPUNIT_ASSERT_EQUAL(size_t(3), text.behind(text.line(0)));
        CPPUNIT_ASSERT_EQUAL(size_t(6), text.behind(text.line(3)));
        CPPUNIT_ASSERT_EQUAL(size_t(7), text.behind(text.line(6)));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.subroutine("A", 6)); /* it is data */
        CPPUNIT_ASSERT(ends_deck("$EOD", "$EOD"));
        CPPUNIT_ASSERT(ends_deck("$  eod", "$EOD"));
        CPPUNIT_ASSERT(!ends_deck("EOD", "$EOD"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ProcedureTest);
