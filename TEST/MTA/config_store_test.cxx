/*
**  config_store_test - the two files that hold settings
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/config_store.h"
#include "VMS/recfile.h"
#include "scratch_system.h"

using namespace mail;

class ConfigStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConfigStoreTest);
    CPPUNIT_TEST(test_conf_or_its_older_name);
    CPPUNIT_TEST(test_database_comes_back);
    CPPUNIT_TEST_SUITE_END();

    static void write_file(const char *name, const char *text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(config_common_file(name), "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }

public:
    void test_conf_or_its_older_name()
    {
        scratch_system();
        std::vector<ConfField> fields;
        std::vector<ConfProblem> problems;
        std::string file;
        CPPUNIT_ASSERT(config_read_conf(&fields, &problems, &file).not_found());
        write_file("SMTP.CONFIG", "Good-Clients: 1.2.3.4,\n\t2.3.4.5\nRelay: ON");
        CPPUNIT_ASSERT(config_read_conf(&fields, &problems, &file).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP.CONFIG"), file);
        CPPUNIT_ASSERT_EQUAL(size_t(2), fields.size());
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.3.4,2.3.4.5"), fields[0].value);
        CPPUNIT_ASSERT(!fields[1].is_list);
        write_file("TCPIP$SMTP.CONF", "Zone: abc.com\nnonsense");
        fields.clear();
        CPPUNIT_ASSERT(config_read_conf(&fields, &problems, &file).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP.CONF"), file);
        CPPUNIT_ASSERT_EQUAL(size_t(1), fields.size());
        CPPUNIT_ASSERT_EQUAL(size_t(2), problems[0].line);
        file_erase(config_common_file("TCPIP$SMTP.CONF"));
        file_erase(config_common_file("SMTP.CONFIG"));
    }

    void test_database_comes_back()
    {
        scratch_system();
        ConfigEntries written, read;
        written.push_back(std::make_pair(std::string("ZONE"), std::string("abc.com")));
        written.push_back(std::make_pair(std::string("RELAY"), std::string("ON")));
        CPPUNIT_ASSERT(config_write_database(written).ok());
        CPPUNIT_ASSERT(config_read_database(&read).ok());
        CPPUNIT_ASSERT(written == read);
        written[0].second = "def.com";
        read.clear();
        CPPUNIT_ASSERT(config_write_database(written).ok());
        CPPUNIT_ASSERT(config_read_database(&read).ok());
        CPPUNIT_ASSERT(written == read);
        CPPUNIT_ASSERT(config_write_database(ConfigEntries()).ok());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfigStoreTest);
