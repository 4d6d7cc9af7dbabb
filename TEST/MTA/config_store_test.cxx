/*
**  config_store_test - the grammar of TCPIP$SMTP.CONF (spec 4.1) and the database file
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/config_store.h"
#include "scratch_system.h"

using namespace mail;

class ConfigStoreTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConfigStoreTest);
    CPPUNIT_TEST(test_fields_comments_and_continuations);
    CPPUNIT_TEST(test_bad_lines_are_counted_and_skipped);
    CPPUNIT_TEST(test_long_value_is_cut);
    CPPUNIT_TEST(test_database_comes_back);
    CPPUNIT_TEST_SUITE_END();

    static std::string value(const ConfigEntries &entries, const char *name)
    {
        for (size_t i = 0; i < entries.size(); ++i)
            if (entries[i].first == name)
                return entries[i].second;
        return "(none)";
    }

public:
    void test_fields_comments_and_continuations()
    {
        ConfigEntries entries;
        size_t bad;
        config_parse_conf("! the anti-spam file\n"
                          "Good-Clients: 1.2.0.0/16,\n"
                          "\t2.3.0.0/16,\n"
                          "\trelay.abc.com\n"
                          "\n"
                          "Relay-Zones: def.com\r\n"
                          "relay-zones: abc.com\n"
                          "Security:FRIENDLY\n"
                          "SPAM-Relay-Text:  Go away: now  \n",
                          &entries, &bad);
        CPPUNIT_ASSERT_EQUAL(size_t(0), bad);
        CPPUNIT_ASSERT_EQUAL(size_t(4), entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string("1.2.0.0/16,2.3.0.0/16,relay.abc.com"),
                             value(entries, "Good-Clients"));
        CPPUNIT_ASSERT_EQUAL(std::string("def.com,abc.com"), value(entries, "Relay-Zones"));
        CPPUNIT_ASSERT_EQUAL(std::string("FRIENDLY"), value(entries, "Security"));
        CPPUNIT_ASSERT_EQUAL(std::string("Go away: now"), value(entries, "SPAM-Relay-Text"));
    }

    void test_bad_lines_are_counted_and_skipped()
    {
        ConfigEntries entries;
        size_t bad;
        config_parse_conf("\tcontinued from nothing\nno colon here\n Indented: x\n: y\nZone: z\n",
                          &entries, &bad);
        CPPUNIT_ASSERT_EQUAL(size_t(4), bad);
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string("z"), value(entries, "Zone"));
    }

    void test_long_value_is_cut()
    {
        ConfigEntries entries;
        size_t bad;
        config_parse_conf("Zone: " + std::string(600, 'z') + "\n", &entries, &bad);
        CPPUNIT_ASSERT_EQUAL(size_t(500), value(entries, "Zone").size());
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
