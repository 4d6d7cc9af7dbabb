/*
**  lists_test - where distribution lists are found, and which files an address may name
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/config_store.h"
#include "MTA/lists.h"
#include "VMS/logical.h"
#include "VMS/recfile.h"
#include "scratch_system.h"

using namespace mail;

class ListsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ListsTest);
    CPPUNIT_TEST(test_dis_file_is_found_and_read);
    CPPUNIT_TEST(test_list_file_behind_an_allowed_logical_name);
    CPPUNIT_TEST(test_other_files_are_out_of_reach);
    CPPUNIT_TEST_SUITE_END();

    Settings settings;

    static void write_file(const std::string &name, const char *text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(name, "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }
    static void define(const char *name, LogicalTable table)
    {
        CPPUNIT_ASSERT(logical_define(name,
                                      std::vector<std::string>(1, "SYS$SPECIFIC:[TCPIP$SMTP]"),
                                      table, LOGICAL_SUPERVISOR)
                           .ok());
    }

public:
    void setUp()
    {
        scratch_system();
        write_file("SYS$SPECIFIC:[TCPIP$SMTP]STAFF.DIS", "a@example.com\nb@example.com\nrubbish x");
        write_file("SYS$SPECIFIC:[TCPIP$SMTP]SAMPLE.", "c@example.com");
    }
    void tearDown()
    {
        file_erase("SYS$SPECIFIC:[TCPIP$SMTP]STAFF.DIS");
        file_erase("SYS$SPECIFIC:[TCPIP$SMTP]SAMPLE.");
        logical_deassign("UCX$MAJORDOMO_LIST", LOGICAL_SYSTEM, LOGICAL_SUPERVISOR);
        logical_deassign("OTHER_LISTS", LOGICAL_SYSTEM, LOGICAL_SUPERVISOR);
        logical_deassign("UCX$MAJORDOMO_LIST", LOGICAL_PROCESS, LOGICAL_SUPERVISOR);
    }

    void test_dis_file_is_found_and_read()
    {
        std::string file;
        std::vector<std::string> members;
        std::vector<ListProblem> problems;
        CPPUNIT_ASSERT(list_find("Staff", settings, &file));
        CPPUNIT_ASSERT_EQUAL(std::string("SYS$SPECIFIC:[TCPIP$SMTP]STAFF.DIS"), file);
        CPPUNIT_ASSERT(list_read(file, &members, &problems).ok());
        CPPUNIT_ASSERT_EQUAL(size_t(2), members.size());
        CPPUNIT_ASSERT_EQUAL(size_t(3), problems[0].line);
        CPPUNIT_ASSERT(!list_find("nobody", settings, &file));
        CPPUNIT_ASSERT(list_read("SYS$SPECIFIC:[TCPIP$SMTP]NO.DIS", &members, 0).not_found());
    }

    void test_list_file_behind_an_allowed_logical_name()
    {
        std::string file;
        CPPUNIT_ASSERT(!list_find("UCX$MAJORDOMO_LIST:SAMPLE.", settings, &file));
        define("UCX$MAJORDOMO_LIST", LOGICAL_SYSTEM);
        CPPUNIT_ASSERT(list_find("ucx$majordomo_list:sample.", settings, &file));
        CPPUNIT_ASSERT_EQUAL(std::string("UCX$MAJORDOMO_LIST:SAMPLE."), file);
        CPPUNIT_ASSERT(!list_find("UCX$MAJORDOMO_LIST:GONE.", settings, &file));
        define("OTHER_LISTS", LOGICAL_SYSTEM);
        CPPUNIT_ASSERT(!list_find("OTHER_LISTS:SAMPLE.", settings, &file));
        settings.set(P_LIST_FILE_LOGICALS, "OTHER_LISTS", ORIGIN_TEST, "", 0);
        CPPUNIT_ASSERT(list_find("OTHER_LISTS:SAMPLE.", settings, &file));
        CPPUNIT_ASSERT(!list_find("UCX$MAJORDOMO_LIST:SAMPLE.", settings, &file));
    }

    void test_other_files_are_out_of_reach()
    {
        std::string file;
        define("UCX$MAJORDOMO_LIST", LOGICAL_PROCESS); /* nobody but the manager names places */
        CPPUNIT_ASSERT(!list_find("UCX$MAJORDOMO_LIST:SAMPLE.", settings, &file));
        CPPUNIT_ASSERT(!list_find("SYS$SPECIFIC:[TCPIP$SMTP]SAMPLE.", settings, &file));
        CPPUNIT_ASSERT(!list_find("TCPIP$SMTP_COMMON:STAFF.DIS", settings, &file));
        CPPUNIT_ASSERT(!list_find("[TCPIP$SMTP]STAFF", settings, &file));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ListsTest);
