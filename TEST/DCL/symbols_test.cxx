/*
**  symbols_test - symbol tables and abbreviations
*/
#include "symbols.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace shim::dcl;

class SymbolsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SymbolsTest);
    CPPUNIT_TEST(test_put_find_erase);
    CPPUNIT_TEST(test_every_spelling_between_minimum_and_whole);
    CPPUNIT_TEST(test_conflicting_spellings_are_refused);
    CPPUNIT_TEST(test_bytes_go_up_and_down);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_put_find_erase()
    {
        SymbolTable table;
        CPPUNIT_ASSERT(table.put("A", 0, Value("one")));
        CPPUNIT_ASSERT(table.put("A", 0, Value(int32_t(2))));
        CPPUNIT_ASSERT_EQUAL(2, table.find("A")->value.integer());
        CPPUNIT_ASSERT(!table.find("AB"));
        CPPUNIT_ASSERT(table.erase("A"));
        CPPUNIT_ASSERT(!table.erase("A"));
        CPPUNIT_ASSERT(!table.find("A"));
    }

    void test_every_spelling_between_minimum_and_whole()
    {
        SymbolTable table;
        CPPUNIT_ASSERT(table.put("PRINTER", 2, Value("x")));
        std::string full;
        for (const char *name : {"PR", "PRI", "PRIN", "PRINT", "PRINTE", "PRINTER"}) {
            CPPUNIT_ASSERT_MESSAGE(name, table.find(name, &full));
            CPPUNIT_ASSERT_EQUAL(std::string("PRINTER"), full);
        }
        for (const char *name : {"P", "PRX", "PRINTERS", "Q"})
            CPPUNIT_ASSERT_MESSAGE(name, !table.find(name));
        CPPUNIT_ASSERT(table.put("P", 0, Value("another")));
        CPPUNIT_ASSERT_EQUAL(std::string("another"), table.find("P")->value.text());
        CPPUNIT_ASSERT(table.erase("PRINTER"));
        CPPUNIT_ASSERT(!table.find("PR"));
    }

    void test_conflicting_spellings_are_refused()
    {
        SymbolTable table;
        CPPUNIT_ASSERT(table.put("PRINTER", 2, Value("x")));
        CPPUNIT_ASSERT(!table.put("PRIN", 0, Value("y")));
        CPPUNIT_ASSERT(!table.put("PRIVATE", 3, Value("y")));
        CPPUNIT_ASSERT(table.put("PRIVATE", 4, Value("y")));
        CPPUNIT_ASSERT(table.put("PRINTERS", 0, Value("y")));
        CPPUNIT_ASSERT(table.put("PLOT", 0, Value("y")));
        CPPUNIT_ASSERT(!table.put("PLOTTER", 4, Value("y")));
        CPPUNIT_ASSERT(table.put("PLOTTER", 5, Value("y")));
        CPPUNIT_ASSERT(table.put("PRINTER", 0, Value("again"))); /* keeps its abbreviation */
        CPPUNIT_ASSERT_EQUAL(std::string("again"), table.find("PR")->value.text());
    }

    void test_bytes_go_up_and_down()
    {
        SymbolTable table;
        table.put("A", 0, Value(std::string(100, 'x')));
        size_t one = table.bytes();
        CPPUNIT_ASSERT(one > 100);
        table.put("A", 0, Value("x"));
        CPPUNIT_ASSERT_EQUAL(one - 99, table.bytes());
        table.erase("A");
        CPPUNIT_ASSERT_EQUAL(size_t(0), table.bytes());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SymbolsTest);
