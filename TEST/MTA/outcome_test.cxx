/*
**  outcome_test - reply codes decide the kind; texts stay one line
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/outcome.h"

using namespace mail;

class OutcomeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutcomeTest);
    CPPUNIT_TEST(test_code_decides_kind);
    CPPUNIT_TEST(test_defaults_agree_with_kind);
    CPPUNIT_TEST(test_not_tried_is_later_and_no_attempt);
    CPPUNIT_TEST(test_one_line_has_no_controls);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_code_decides_kind()
    {
        struct Row {
            int code;
            Outcome::Kind kind;
            const char *status;
        };
        static const Row table[] = {
            {250, Outcome::DONE, "2.0.0"},   {251, Outcome::DONE, "2.0.0"},
            {421, Outcome::LATER, "4.0.0"},  {452, Outcome::LATER, "4.0.0"},
            {550, Outcome::FAILED, "5.0.0"}, {354, Outcome::FAILED, "5.0.0"},
            {0, Outcome::FAILED, "5.0.0"}};
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            Outcome outcome = Outcome::reply(table[i].code, "", "text", "log");
            CPPUNIT_ASSERT_EQUAL(table[i].kind, outcome.kind());
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].status), outcome.status());
        }
        CPPUNIT_ASSERT_EQUAL(std::string("5.1.1"),
                             Outcome::reply(550, "5.1.1", "text", "log").status());
    }

    void test_not_tried_is_later_and_no_attempt()
    {
        Outcome outcome = Outcome::not_tried("busy");
        CPPUNIT_ASSERT(outcome.is_later() && !outcome.was_tried());
        CPPUNIT_ASSERT(Outcome::later("x").was_tried() && Outcome::done().was_tried());
        CPPUNIT_ASSERT(Outcome::reply(451, "", "x", "x").was_tried());
    }

    void test_defaults_agree_with_kind()
    {
        CPPUNIT_ASSERT(Outcome::done().is_done() && Outcome::done().code() == 250);
        CPPUNIT_ASSERT(Outcome::later("x").is_later() && Outcome::later("x").code() / 100 == 4);
        CPPUNIT_ASSERT(Outcome::failed("x").is_failed() && Outcome::failed("x").code() / 100 == 5);
        CPPUNIT_ASSERT(Outcome::failed("secret.file").sender_text().empty());
        CPPUNIT_ASSERT_EQUAL(std::string("LATER"), std::string(outcome_name(Outcome::LATER)));
    }

    void test_one_line_has_no_controls()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("a  b c"), outcome_one_line("a\r\nb\x7F" "cde", 6));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OutcomeTest);
