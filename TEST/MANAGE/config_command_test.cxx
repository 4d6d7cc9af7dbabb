/*
**  config_command_test - SET CONFIGURATION SMTP: every qualifier of spec 3.2
*/
#include "config_command.h"
#include "manage_fixture.h"

using namespace mail;

struct SetRow {
    const char *command;
    ParamId id;
    const char *value; /* as the database has it; 0: no record */
};

class ConfigCommandTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(ConfigCommandTest);
    CPPUNIT_TEST(test_each_qualifier);
    CPPUNIT_TEST(test_removals);
    CPPUNIT_TEST(test_several_at_once_and_abbreviations);
    CPPUNIT_TEST(test_bad_values_change_nothing);
    CPPUNIT_TEST(test_nosmtp_deletes_all);
    CPPUNIT_TEST(test_nosmtp_with_qualifiers);
    CPPUNIT_TEST(test_what_does_not_count_is_told);
    CPPUNIT_TEST(test_show_tells_problems);
    CPPUNIT_TEST(test_privileges);
    CPPUNIT_TEST(test_entries_set);
    CPPUNIT_TEST_SUITE_END();

    static const char *stored(ParamId id)
    {
        static std::string value;
        ConfigEntries entries;
        config_read_database(&entries);
        for (size_t i = 0; i < entries.size(); ++i)
            if (entries[i].first == param_row(id).name) {
                value = entries[i].second;
                return value.c_str();
            }
        return 0;
    }
    void check(const SetRow &row)
    {
        run(std::string("SET CONFIGURATION SMTP") + row.command);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(row.command, std::string(), output_);
        const char *value = stored(row.id);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(row.command, std::string(row.value ? row.value : "(none)"),
                                     std::string(value ? value : "(none)"));
    }

public:
    void test_each_qualifier()
    {
        static const SetRow rows[] = {
            {"/ADDRESS_RETRIES=5", P_ADDRESS_RETRIES, "5"},
            {"/GATEWAY=ALTERNATE=MY.ALT.MYZONE.COM", P_ALTERNATE_GATEWAY, "my.alt.myzone.com"},
            {"/GATEWAY=ALTERNATE=1.2.3.4", P_ALTERNATE_GATEWAY, "1.2.3.4"},
            {"/GATEWAY=(ALTERNATE:route_gateway)", P_ALTERNATE_GATEWAY, "route_gateway"},
            {"/GATEWAY=(GENERAL:uucp_gateway)", P_GENERAL_GATEWAY, "uucp_gateway"},
            {"/HOP_COUNT_MAXIMUM=30", P_HOP_COUNT_MAXIMUM, "30"},
            {"/INTERVAL=(INIT=\"0 00:10:00.00\")", P_INITIAL_INTERVAL, "0 00:10:00.00"},
            {"/INTERVAL=(RETRY=\"0 00:20:00.00\")", P_RETRY_INTERVAL, "0 00:20:00.00"},
            {"/INTERVAL=(MAX=\"3 00:20:00.00\")", P_MAXIMUM_INTERVAL, "3 00:20:00.00"},
            {"/LOG=SYS$MANAGER:MAIL.LOG", P_LOG_FILE, "SYS$MANAGER:MAIL.LOG"},
            {"/NOLOG", P_LOG_FILE, ""},
            {"/OPTIONS=EIGHT_BIT", P_EIGHT_BIT, "ON"},
            {"/OPTIONS=NOEIGHT_BIT", P_EIGHT_BIT, "OFF"},
            {"/OPTIONS=TOP_HEADERS", P_HEADERS, "TOP"},
            {"/OPTIONS=NOHEADERS", P_HEADERS, "NONE"},
            {"/OPTIONS=HEADERS", P_HEADERS, "BOTTOM"},
            {"/OPTIONS=NOTOP_HEADERS", P_HEADERS, "BOTTOM"},
            {"/OPTIONS=RELAY", P_RELAY, "ON"},
            {"/OPTIONS=NORELAY", P_RELAY, "OFF"},
            {"/QUEUES=4", P_QUEUES, "4"},
            {"/RECEIVE_TIMEOUT=7", P_RECEIVE_TIMEOUT, "7"},
            {"/SEND_TIMEOUT=INITIAL=1", P_SEND_TIMEOUT_INITIAL, "1"},
            {"/SEND_TIMEOUT=MAIL=2", P_SEND_TIMEOUT_MAIL, "2"},
            {"/SEND_TIMEOUT=RECEIPT=3", P_SEND_TIMEOUT_RECEIPT, "3"},
            {"/SEND_TIMEOUT=DATA=4", P_SEND_TIMEOUT_DATA, "4"},
            {"/SEND_TIMEOUT=TERMINATION=5", P_SEND_TIMEOUT_TERMINATION, "5"},
            {"/SUBSTITUTE_DOMAIN=NAME=eagle", P_SUBSTITUTE_DOMAIN, "eagle"},
            {"/ZONE=rsch.opt.com", P_ZONE, "rsch.opt.com"}};
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
            check(rows[i]);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(420), config_read()->seconds(P_RECEIVE_TIMEOUT));
        CPPUNIT_ASSERT(!config_read()->defined(P_LOG_FILE) == false ||
                       config_read()->text(P_LOG_FILE).empty());
    }

    void test_removals()
    {
        run("SET CONFIGURATION SMTP/GATEWAY=(ALTERNATE=a.b,GENERAL=c.d)/ZONE=b/LOG=X.LOG"
            "/SUBSTITUTE_DOMAIN=NAME=b");
        static const SetRow rows[] = {{"/GATEWAY=NOALTERNATE", P_ALTERNATE_GATEWAY, 0},
                                      {"/GATEWAY=NOGENERAL_PURPOSE", P_GENERAL_GATEWAY, 0},
                                      {"/SUBSTITUTE_DOMAIN=NONAME", P_SUBSTITUTE_DOMAIN, 0},
                                      {"/LOG", P_LOG_FILE, 0},
                                      {"/NOZONE", P_ZONE, 0},
                                      {"/ZONE", P_ZONE, 0}};
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
            check(rows[i]);
    }

    void test_several_at_once_and_abbreviations()
    {
        run("SET CONF SMTP/INT=(INI=\"0 00:10:00.00\",RET=20)/OPT=(EIGHT,TOP,REL)/QUE=2");
        CPPUNIT_ASSERT_EQUAL(std::string(), output_);
        SettingsPtr settings = config_read();
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(600), settings->seconds(P_INITIAL_INTERVAL));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1200), settings->seconds(P_RETRY_INTERVAL));
        CPPUNIT_ASSERT(settings->flag(P_EIGHT_BIT) && settings->flag(P_RELAY));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1), settings->number(P_HEADERS));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(2), settings->number(P_QUEUES));
    }

    void test_bad_values_change_nothing()
    {
        static const char *const commands[] = {
            "/ADDRESS_RETRIES=0", "/ADDRESS_RETRIES=many", "/QUEUES=100", "/QUEUES=-1",
            "/INTERVAL=(INITIAL=\"soon\")", "/INTERVAL=INITIAL=0", "/ZONE=\"a b\"",
            "/GATEWAY=ALTERNATE=\"a@b\"", "/RECEIVE_TIMEOUT=100000"};
        for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i) {
            run(std::string("SET CONFIGURATION SMTP/OPTIONS=RELAY") + commands[i]);
            CPPUNIT_ASSERT_MESSAGE(commands[i], has(output_, "%TCPIP-E-BADVALUE, "));
            CPPUNIT_ASSERT_MESSAGE(commands[i], !status_.ok());
            CPPUNIT_ASSERT_MESSAGE(commands[i], stored(P_RELAY) == 0);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-I-NOCHANGE, no setting was given\n"),
                             run("SET CONFIGURATION SMTP"));
    }

    void test_nosmtp_deletes_all()
    {
        run("SET CONFIGURATION SMTP/OPTIONS=RELAY/QUEUES=4");
        run("SET CONFIGURATION NOSMTP");
        CPPUNIT_ASSERT_EQUAL(std::string(), output_);
        CPPUNIT_ASSERT(stored(P_RELAY) == 0 && stored(P_QUEUES) == 0);
    }

    void test_nosmtp_with_qualifiers()
    {
        static const SetRow rows[] = {{"/ADDRESS_RETRIES", P_ADDRESS_RETRIES, 0},
                                      {"/HOP_COUNT_MAXIMUM", P_HOP_COUNT_MAXIMUM, 0},
                                      {"/GATEWAY=GENERAL", P_GENERAL_GATEWAY, 0},
                                      {"/INTERVAL=(INIT,MAX)", P_MAXIMUM_INTERVAL, 0},
                                      {"/LOG", P_LOG_FILE, 0},
                                      {"/OPTIONS=HEADERS", P_HEADERS, 0},
                                      {"/QUEUES", P_QUEUES, 0},
                                      {"/RECEIVE_TIMEOUT", P_RECEIVE_TIMEOUT, 0},
                                      {"/SEND_TIMEOUT", P_SEND_TIMEOUT_TERMINATION, 0},
                                      {"/SUBSTITUTE_DOMAIN=NAME", P_SUBSTITUTE_DOMAIN, 0},
                                      {"/ZONE", P_ZONE, 0}};
        run("SET CONFIGURATION SMTP/GATEWAY=(ALTERNATE=a.b,GENERAL=c.d)/ZONE=b/NOLOG"
            "/SUBSTITUTE_DOMAIN=NAME=b/OPTIONS=(RELAY,TOP_HEADERS)/QUEUES=2/ADDRESS_RETRIES=2"
            "/HOP_COUNT_MAXIMUM=2/INTERVAL=(INITIAL=20,RETRY=20,MAXIMUM=20)/RECEIVE_TIMEOUT=2"
            "/SEND_TIMEOUT=(DATA=2,TERMINATION=2)");
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            CPPUNIT_ASSERT_MESSAGE(rows[i].command, stored(rows[i].id) != 0);
            run(std::string("SET CONFIGURATION NOSMTP") + rows[i].command);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(rows[i].command, std::string(), output_);
            CPPUNIT_ASSERT_MESSAGE(rows[i].command, stored(rows[i].id) == 0);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("a.b"), std::string(stored(P_ALTERNATE_GATEWAY)));
        CPPUNIT_ASSERT(stored(P_RETRY_INTERVAL) != 0 && stored(P_INITIAL_INTERVAL) == 0);
        CPPUNIT_ASSERT(stored(P_RELAY) != 0 && stored(P_SEND_TIMEOUT_DATA) == 0);
    }

    void test_what_does_not_count_is_told()
    {
        write_text(config_common_file("TCPIP$SMTP.CONF"), "Relay: OFF\n");
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-W-OVERRIDDEN, OPTIONS.RELAY has no effect: it is "
                                         "set by configuration file, field Relay\n"),
                             run("SET CONFIGURATION SMTP/OPTIONS=RELAY"));
        CPPUNIT_ASSERT_EQUAL(std::string("ON"), std::string(stored(P_RELAY)));
    }

    void test_show_tells_problems()
    {
        write_text(config_common_file("TCPIP$SMTP.CONF"), "Relay: perhaps\nColour: blue\n");
        std::string text = run("SHOW CONFIGURATION SMTP");
        ASSERT_HAS(text, "Does not count: TCPIP$SMTP.CONF, line 1: Relay: not ON or OFF\n");
        ASSERT_HAS(text, "Does not count: TCPIP$SMTP.CONF, line 2: Colour: unknown field\n");
        ASSERT_HAS(text, "NORELAY");
        ASSERT_LACKS(text, "Origin");
        ASSERT_HAS(run("SHOW CONFIGURATION SMTP/FULL"), "GOOD_CLIENTS ");
    }

    void test_privileges()
    {
        set_privileges(false);
        CPPUNIT_ASSERT_EQUAL(
            std::string("%TCPIP-E-NOPRIV, operation requires SYSPRV or BYPASS privilege\n"),
            run("SET CONFIGURATION SMTP/OPTIONS=RELAY"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("%TCPIP-E-NOPRIV, operation requires SYSPRV or BYPASS privilege\n"),
            run("SET CONFIGURATION NOSMTP"));
        ASSERT_HAS(run("SHOW CONFIGURATION SMTP"), "SMTP Configuration");
    }

    void test_entries_set()
    {
        ConfigEntries entries;
        std::string one = "1", two = "2";
        config_entries_set(&entries, "A", &one);
        config_entries_set(&entries, "B", &two);
        config_entries_set(&entries, "a", &two);
        config_entries_set(&entries, "C", 0);
        CPPUNIT_ASSERT_EQUAL(size_t(2), entries.size());
        CPPUNIT_ASSERT_EQUAL(two, entries[0].second);
        config_entries_set(&entries, "A", 0);
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string("B"), entries[0].first);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfigCommandTest);
