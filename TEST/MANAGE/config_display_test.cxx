/*
**  config_display_test - the layout of SHOW CONFIGURATION SMTP, typed from spec 3.3
*/
#include "config_display.h"
#include "manage_fixture.h"

using namespace mail;

class ConfigDisplayTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(ConfigDisplayTest);
    CPPUNIT_TEST(test_layout_of_the_sample);
    CPPUNIT_TEST(test_defaults);
    CPPUNIT_TEST(test_odd_values);
    CPPUNIT_TEST(test_what_comes_from_elsewhere);
    CPPUNIT_TEST(test_values_and_origins);
    CPPUNIT_TEST_SUITE_END();

    Settings settings_;
    Identity identity_;
    std::vector<QueueSummary> queues_;

    void set(ParamId id, const char *value, ConfigOrigin origin = ORIGIN_DATABASE,
             const char *source = "")
    {
        CPPUNIT_ASSERT(settings_.set(id, value, origin, source, 0));
    }
    std::string display()
    {
        std::vector<std::string> lines = config_display(settings_, identity_, queues_);
        std::string text;
        for (size_t i = 0; i < lines.size(); ++i)
            text += lines[i] + "\n";
        return text;
    }

public:
    void setUp()
    {
        ManageFixture::setUp();
        settings_ = Settings();
        identity_ = Identity();
        identity_.set_host("node", "domain.tlb", "NODE");
        queues_.assign(1, QueueSummary());
        queues_[0].generic = "TCPIP$SMTP_node_00";
        queues_[0].queues = 1;
        queues_[0].nodes.assign(1, "Node");
    }

    void test_layout_of_the_sample()
    {
        set(P_EIGHT_BIT, "ON");
        set(P_RELAY, "ON");
        set(P_HEADERS, "TOP");
        set(P_ALTERNATE_GATEWAY, "xxxxxx.provider.com");
        set(P_SUBSTITUTE_DOMAIN, "domain.tlb");
        set(P_ZONE, "domain.tlb");
        identity_.apply(settings_);
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "SMTP Configuration\n"
                "\n"
                "Options\n"
                "Initial interval:     0 00:30:00.00    Address_max:      16    EIGHT_BIT\n"
                "Retry interval:       0 01:00:00.00    Hop_count_max:    16    RELAY\n"
                "Maximum interval:     3 00:00:00.00                            TOP_HEADERS\n"
                "\n"
                "Timeout       Initial       Mail    Receipt       Data  Terminate\n"
                "  Send:             5          5          5          3         10\n"
                "  Receive:          5\n"
                "\n"
                "Alternate gateway:    xxxxxx.provider.com\n"
                "General gateway:      not defined\n"
                "Substitute domain:    HIDDEN, domain.tlb\n"
                "Zone:                 domain.tlb\n"
                "Postmaster:           TCPIP$SMTP\n"
                "Log file:             SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP_LOGFILE.LOG\n"
                "\n"
                "Generic queue            Queues    Participating nodes\n"
                "TCPIP$SMTP_node_00            1    Node\n"),
            display());
    }

    void test_defaults()
    {
        identity_.set_host("node", "", "NODE");
        identity_.apply(settings_);
        std::string text = display();
        ASSERT_HAS(text, "Address_max:      16    NOEIGHT_BIT\n");
        ASSERT_HAS(text, "Hop_count_max:    16    NORELAY\n");
        ASSERT_HAS(text, "                            HEADERS\n");
        ASSERT_HAS(text, "Alternate gateway:    not defined\n");
        ASSERT_HAS(text, "Substitute domain:    not defined\n");
        ASSERT_HAS(text, "Zone:                 not defined\n");
    }

    void test_odd_values()
    {
        set(P_MAXIMUM_INTERVAL, "10 00:20:00.00");
        set(P_SEND_TIMEOUT_DATA, "0 00:01:30.00");
        set(P_HEADERS, "NONE");
        set(P_LOG_FILE, "");
        set(P_HOP_COUNT_MAXIMUM, "1000");
        queues_[0].nodes.push_back("OTHER");
        queues_[0].queues = 12;
        std::string text = display();
        ASSERT_HAS(text, "Maximum interval:    10 00:20:00.00 ");
        ASSERT_HAS(text, "5          5          5       1:30         10\n");
        ASSERT_HAS(text, "NOHEADERS\n");
        ASSERT_HAS(text, "Log file:             not defined\n");
        ASSERT_HAS(text, "Hop_count_max:  1000 ");
        ASSERT_HAS(text, "TCPIP$SMTP_node_00           12    Node, OTHER\n");
    }

    void test_what_comes_from_elsewhere()
    {
        ASSERT_LACKS(display(), "Not from");
        set(P_RELAY, "ON", ORIGIN_CONF_FILE, "Relay");
        set(P_NO_MX, "ON", ORIGIN_LOGICAL, "TCPIP$SMTP_NO_MX"); /* no SET CONFIGURATION for it */
        CPPUNIT_ASSERT_EQUAL(std::string("\nNot from the configuration database:\n"
                                         "  Relay                      configuration file, field "
                                         "Relay\n"),
                             display().substr(display().find("\nNot from")));
    }

    void test_values_and_origins()
    {
        set(P_NO_MX, "ON", ORIGIN_LOGICAL, "TCPIP$SMTP_NO_MX");
        set(P_RELAY_ZONES, "a.example,b.example", ORIGIN_CONF_FILE, "Relay-Zones");
        settings_.set_empty_list(P_GOOD_CLIENTS, ORIGIN_CONF_FILE, "Good-Clients");
        CPPUNIT_ASSERT_EQUAL(std::string("ON"), config_value_text(settings_, P_NO_MX));
        CPPUNIT_ASSERT_EQUAL(std::string("OFF"), config_value_text(settings_, P_RELAY));
        CPPUNIT_ASSERT_EQUAL(std::string("a.example, b.example"),
                             config_value_text(settings_, P_RELAY_ZONES));
        CPPUNIT_ASSERT_EQUAL(std::string("an empty list"),
                             config_value_text(settings_, P_GOOD_CLIENTS));
        CPPUNIT_ASSERT_EQUAL(std::string("not defined"), config_value_text(settings_, P_RBLS));
        CPPUNIT_ASSERT_EQUAL(std::string("0 00:05:00.00"),
                             config_value_text(settings_, P_RECEIVE_TIMEOUT));
        CPPUNIT_ASSERT_EQUAL(std::string("logical name TCPIP$SMTP_NO_MX"),
                             config_origin_text(settings_, P_NO_MX));
        CPPUNIT_ASSERT_EQUAL(std::string("configuration file, field Good-Clients"),
                             config_origin_text(settings_, P_GOOD_CLIENTS));
        CPPUNIT_ASSERT_EQUAL(std::string("default"), config_origin_text(settings_, P_RELAY));
        std::vector<std::string> lines = config_display_all(settings_);
        CPPUNIT_ASSERT_EQUAL(std::string("Setting                       Value                    "
                                         "Origin"),
                             lines[0]);
        size_t found = 0;
        for (size_t i = 0; i < lines.size(); ++i)
            if (lines[i] == "NO_MX                         ON                       logical name "
                            "TCPIP$SMTP_NO_MX")
                ++found;
        CPPUNIT_ASSERT_EQUAL(size_t(1), found);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfigDisplayTest);
