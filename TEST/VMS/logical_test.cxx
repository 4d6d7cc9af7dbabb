#include "VMS/logical.h"
#include "VMS/net.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <prvdef.h>

using namespace mail;

struct SettingRow {
    const char *value;
    int number;  /* -1: no number */
    int seconds; /* -1: no delta */
    bool set;
};

static const SettingRow setting_table[] = {
    {"0", 0, 0, false},          {"42", 42, 42, true},       {"%X1F", 31, -1, true},
    {"%O17", 15, -1, true},      {"4294967295", -2, -2, true}, {"4294967296", -1, -1, true},
    {"-1", -1, -1, true},        {"1x", -1, -1, true},       {"FALSE", -1, -1, false},
    {"no", -1, -1, false},       {"TRUE", -1, -1, true},     {"0 00:30:00", -1, 1800, true},
    {"3 00:00:00.00", -1, 259200, true}, {"00:10", -1, 600, true},
};

class LogicalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogicalTest);
    CPPUNIT_TEST(test_define_translate_deassign);
    CPPUNIT_TEST(test_search_list_keeps_its_order);
    CPPUNIT_TEST(test_trusted_needs_the_system_table_and_executive_mode);
    CPPUNIT_TEST(test_process_name_hides_system_name_but_is_not_trusted);
    CPPUNIT_TEST(test_fully_follows_names_and_stops);
    CPPUNIT_TEST(test_settings_in_all_forms);
    CPPUNIT_TEST(test_host_name_comes_from_the_names);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;

public:
    void setUp() { root_.reset(new ScratchRoot); }
    void tearDown()
    {
        shim_set_privileges(~0ULL);
        root_.reset();
    }

    static void define(const std::string &name, const std::string &value,
                       LogicalTable table = LOGICAL_PROCESS, LogicalMode mode = LOGICAL_SUPERVISOR)
    {
        CPPUNIT_ASSERT(logical_define(name, std::vector<std::string>(1, value), table, mode).ok());
    }

    void test_define_translate_deassign()
    {
        std::string value("untouched");
        CPPUNIT_ASSERT(logical_translate("T_NAME", &value).not_found());
        CPPUNIT_ASSERT_EQUAL(std::string("untouched"), value);
        define("T_NAME", "Some Text");
        CPPUNIT_ASSERT(logical_translate("t_name", &value).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("Some Text"), value);
        CPPUNIT_ASSERT(logical_defined("T_NAME"));
        CPPUNIT_ASSERT(logical_deassign("T_NAME", LOGICAL_PROCESS, LOGICAL_SUPERVISOR).ok());
        CPPUNIT_ASSERT(!logical_defined("T_NAME"));
    }
    void test_search_list_keeps_its_order()
    {
        std::vector<std::string> values, got;
        values.push_back("one");
        values.push_back("two");
        values.push_back("three");
        CPPUNIT_ASSERT(logical_define("T_LIST", values, LOGICAL_JOB, LOGICAL_SUPERVISOR).ok());
        CPPUNIT_ASSERT(logical_translate_list("T_LIST", &got).ok());
        CPPUNIT_ASSERT(got == values);
        CPPUNIT_ASSERT(logical_translate_list("T_NO_LIST", &got).not_found());
    }
    void test_trusted_needs_the_system_table_and_executive_mode()
    {
        std::string value;
        define("T_TRUST", "user's", LOGICAL_PROCESS);
        CPPUNIT_ASSERT(!logical_trusted("T_TRUST", &value).ok());
        define("T_TRUST", "supervisor's", LOGICAL_SYSTEM, LOGICAL_SUPERVISOR);
        CPPUNIT_ASSERT(!logical_trusted("T_TRUST", &value).ok());
        define("T_TRUST", "manager's", LOGICAL_SYSTEM, LOGICAL_EXECUTIVE);
        CPPUNIT_ASSERT(logical_trusted("T_TRUST", &value).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("manager's"), value);
    }
    void test_process_name_hides_system_name_but_is_not_trusted()
    {
        std::string value;
        define("T_BOTH", "system", LOGICAL_SYSTEM, LOGICAL_EXECUTIVE);
        define("T_BOTH", "process");
        CPPUNIT_ASSERT_EQUAL(std::string("process"), logical_text("T_BOTH", ""));
        CPPUNIT_ASSERT(logical_trusted("T_BOTH", &value).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("system"), value);
    }
    void test_fully_follows_names_and_stops()
    {
        std::string value;
        define("T_A", "T_B");
        define("T_B", "T_C");
        define("T_C", "end");
        CPPUNIT_ASSERT(logical_translate_fully("T_A", &value).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("end"), value);
        define("T_LOOP", "T_LOOP");
        CPPUNIT_ASSERT(logical_translate_fully("T_LOOP", &value).ok());
        CPPUNIT_ASSERT(logical_translate_fully("T_NOTHING", &value).not_found());
    }
    void test_settings_in_all_forms()
    {
        for (size_t i = 0; i < sizeof setting_table / sizeof setting_table[0]; ++i) {
            const SettingRow &row = setting_table[i];
            boost::uint32_t number = 0, seconds = 0;
            define("T_SET", row.value);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.value, row.number != -1,
                                         logical_number("T_SET", &number));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.value, row.seconds != -1,
                                         logical_delta("T_SET", &seconds));
            if (row.number >= 0)
                CPPUNIT_ASSERT_EQUAL(static_cast<boost::uint32_t>(row.number), number);
            if (row.seconds >= 0)
                CPPUNIT_ASSERT_EQUAL(static_cast<boost::uint32_t>(row.seconds), seconds);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.value, row.set, logical_boolean("T_SET", !row.set));
        }
        CPPUNIT_ASSERT(logical_boolean("T_UNSET", true));
        CPPUNIT_ASSERT(!logical_boolean("T_UNSET", false));
    }
    void test_host_name_comes_from_the_names()
    {
        define("TCPIP$INET_HOST", "node", LOGICAL_SYSTEM, LOGICAL_EXECUTIVE);
        define("TCPIP$INET_DOMAIN", "vms.test", LOGICAL_SYSTEM, LOGICAL_EXECUTIVE);
        CPPUNIT_ASSERT_EQUAL(std::string("node.vms.test"), net_host_name());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogicalTest);
