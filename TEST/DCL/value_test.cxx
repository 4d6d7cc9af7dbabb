/*
**  value_test - integers in strings, truth
*/
#include "value.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace shim::dcl;

class ValueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValueTest);
    CPPUNIT_TEST(test_texts_that_are_integers);
    CPPUNIT_TEST(test_texts_that_are_none);
    CPPUNIT_TEST(test_conversion_and_truth);
    CPPUNIT_TEST(test_status_text);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_texts_that_are_integers()
    {
        const struct {
            const char *text;
            int32_t value;
        } rows[] = {{"0", 0},          {"12", 12},       {" 12 ", 12},
                    {"-12", -12},      {"+7", 7},        {"--7", 7},
                    {"%X1F", 31},      {"%xff", 255},    {"%O17", 15},
                    {"%D10", 10},      {"-%X10", -16},   {"2147483647", 2147483647},
                    {"4294967295", -1}, {"%XFFFFFFFF", -1}, {"2147483648", -2147483647 - 1}};
        for (const auto &row : rows) {
            int32_t value = 99;
            CPPUNIT_ASSERT_MESSAGE(row.text, read_integer(row.text, &value));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.text, row.value, value);
        }
    }

    void test_texts_that_are_none()
    {
        for (const char *text : {"", " ", "+", "-", "%X", "%", "%Z1", "12A", "1 2", "0x1F", "%O8",
                                 "1.5", "A", "%XG", "12-"}) {
            int32_t value;
            CPPUNIT_ASSERT_MESSAGE(text, !read_integer(text, &value));
        }
    }

    void test_conversion_and_truth()
    {
        CPPUNIT_ASSERT_EQUAL(1, Value("True").integer());
        CPPUNIT_ASSERT_EQUAL(1, Value("yes").integer());
        CPPUNIT_ASSERT_EQUAL(0, Value("no").integer());
        CPPUNIT_ASSERT_EQUAL(0, Value("").integer());
        CPPUNIT_ASSERT_EQUAL(std::string("-5"), Value(int32_t(-5)).text());
        CPPUNIT_ASSERT(Value(int32_t(3)).truth());
        CPPUNIT_ASSERT(!Value(int32_t(2)).truth());
        CPPUNIT_ASSERT(!Value("2").truth());
        CPPUNIT_ASSERT(Value("%X1").truth());
    }

    void test_status_text() { CPPUNIT_ASSERT_EQUAL(std::string("%X0000002C"), status_text(44)); }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ValueTest);
