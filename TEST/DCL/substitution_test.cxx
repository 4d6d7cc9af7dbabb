/*
**  substitution_test - phases 1 and 2 (User's Manual 12.12)
*/
#include "session_fixture.h"

#include <climsgdef.h>
#include <cppunit/extensions/HelperMacros.h>

using namespace shim::dcl;

class SubstitutionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SubstitutionTest);
    CPPUNIT_TEST(test_apostrophes);
    CPPUNIT_TEST(test_joins_move_with_the_text);
    CPPUNIT_TEST(test_endless_substitution_is_refused);
    CPPUNIT_TEST(test_ampersands);
    CPPUNIT_TEST(test_errors_of_lexical_functions);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<SessionFixture> at_;
    Session &session() { return *at_->session; }

public:
    void setUp()
    {
        at_.reset(new SessionFixture);
        session().set_symbol("A", Value("alpha"));
        session().set_symbol("B", Value("'A'"));
        session().set_symbol("Q", Value("a \"quote\""));
        session().set_symbol("N", Value(int32_t(3)));
        session().set_symbol("NAME", Value("A"));
        session().set_symbol("EMPTY", Value(""));
    }

    void test_apostrophes()
    {
        const struct {
            const char *before, *after;
        } rows[] = {
            {"no symbols", "no symbols"},
            {"'A'", "alpha"},
            {"x'A'y", "xalphay"},
            {"'A", "alpha"},
            {"'A.TXT", "alpha.TXT"},
            {"'a'", "alpha"},
            {"'B'", "alpha"},
            {"\"''B'\"", "\"'A'\""},
            {"\"''A'\"", "\"alpha\""},
            {"\"'A'\"", "\"'A'\""},
            {"\"''A\"", "\"alpha\""},
            {"'NOT_THERE'", ""},
            {"\"''NOT_THERE'\"", "\"\""},
            {"''A'", "A"}, /* apostrophes that name nothing are nothing */
            {"P'N'", "P3"},
            {"'&NAME'", "alpha"},
            {"\"''&NAME'\"", "\"alpha\""},
            {"'F$LENGTH(\"abc\")'x", "3x"},
            {"\"''F$LENGTH(\"abc\")'\"", "\"3\""},
            {"'F$EXTRACT(0,'N',A)'", "alp"},
            {"\"''Q'\"", "\"a \"quote\"\""},
            {"A ! 'A' stays", "A ! 'A' stays"},
            {"\"!\" 'A'", "\"!\" alpha"},
            {"'EMPTY''A'", "alpha"},
            {"'A' 'A'", "alpha alpha"},
        };
        for (const auto &row : rows)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.before, std::string(row.after),
                                         session().substitute(row.before));
    }

    void test_joins_move_with_the_text()
    {
        std::vector<size_t> joins = {4, 9};
        CPPUNIT_ASSERT_EQUAL(std::string("alphaXalphaY"), session().substitute("'A'X'A'Y", &joins));
        CPPUNIT_ASSERT_EQUAL(size_t(6), joins[0]);
        CPPUNIT_ASSERT_EQUAL(size_t(13), joins[1]);
    }

    void test_endless_substitution_is_refused()
    {
        session().set_symbol("LOOP", Value("'LOOP'"));
        session().set_symbol("GROW", Value("x'GROW'"));
        for (const char *text : {"'LOOP'", "'GROW'"})
            try {
                session().substitute(text);
                CPPUNIT_FAIL(text);
            } catch (const Failure &failure) {
                CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_BUFOVF), failure.status);
            }
        CPPUNIT_ASSERT_EQUAL(std::string("\"'LOOP'\""), session().substitute("\"''LOOP'\""));
    }

    void test_ampersands()
    {
        const struct {
            const char *before, *after;
        } rows[] = {
            {"TYPE &A", "TYPE \"alpha\""},
            {"X &Q", "X \"a \"\"quote\"\"\""},
            {"X \"&A\"", "X \"&A\""},
            {"X A&B", "X A&B"},
            {"X/Y=&A,&N", "X/Y=\"alpha\",\"3\""},
            {"X/&A", "X/alpha"},
            {"X & Y && Z", "X & Y && Z"},
            {"X &NOT_THERE Y", "X \"\" Y"},
            {"X &B", "X \"'A'\""}, /* once */
        };
        for (const auto &row : rows)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.before, std::string(row.after),
                                         session().substitute_ampersands(row.before));
    }

    void test_errors_of_lexical_functions()
    {
        for (const char *text : {"'F$NOSUCH()'", "'F$LENGTH()'", "'F$LENGTH(\"A\"'"})
            CPPUNIT_ASSERT_THROW_MESSAGE(text, session().substitute(text), Failure);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SubstitutionTest);
