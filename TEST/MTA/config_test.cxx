/*
**  config_test - value and origin: CONF file over logical name over database over default
*/
#include <cppunit/extensions/HelperMacros.h>
#include <stdio.h>
#include <unistd.h>
#include "CORE/text.h"
#include "MTA/config.h"
#include "MTA/config_store.h"
#include "MTA/log.h"
#include "VMS/logical.h"
#include "VMS/recfile.h"
#include "scratch_root.h"
#include "scratch_system.h"

#include <ssdef.h>

using namespace mail;

class ConfigTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConfigTest);
    CPPUNIT_TEST(test_defaults);
    CPPUNIT_TEST(test_set_refuses_bad_values);
    CPPUNIT_TEST(test_origins_in_order);
    CPPUNIT_TEST(test_every_row_has_its_names_and_their_order);
    CPPUNIT_TEST(test_switch_counts_by_existing);
    CPPUNIT_TEST(test_bad_value_leaves_the_next_origin);
    CPPUNIT_TEST(test_older_names_count);
    CPPUNIT_TEST(test_what_cannot_be_read_makes_a_set_incomplete);
    CPPUNIT_TEST(test_a_complete_set_stays);
    CPPUNIT_TEST(test_problems_are_told_with_their_lines);
    CPPUNIT_TEST(test_a_list_of_slips_is_an_empty_list);
    CPPUNIT_TEST_SUITE_END();

    static void define(const char *name, const char *value)
    {
        CPPUNIT_ASSERT(logical_define(name, std::vector<std::string>(1, value), LOGICAL_PROCESS,
                                      LOGICAL_SUPERVISOR)
                           .ok());
    }
    static void deassign(const char *name)
    {
        logical_deassign(name, LOGICAL_PROCESS, LOGICAL_SUPERVISOR);
    }
    static void write_conf(const char *text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(config_common_file("TCPIP$SMTP.CONF"), "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }

    static std::string word_of(const ParamRow &row, unsigned n)
    {
        std::vector<std::string> words;
        text_split(row.choices, '|', &words);
        return words[n % words.size()];
    }
    static std::string item_of(const ParamRow &row, unsigned n)
    {
        std::string unit = row.unit, digit(1, static_cast<char>('1' + n));
        if (unit == "client")
            return "10.0.0." + digit;
        if (unit == "domain")
            return "d" + digit + ".example";
        if (unit == "pattern")
            return "*@d" + digit + ".example";
        if (unit == "word")
            return word_of(row, n);
        return unit == "port" ? "2" + digit : "ITEM" + digit;
    }
    /* The n-th of a few good values of a row, n from 0. */
    static std::string sample(const ParamRow &row, unsigned n)
    {
        std::string digit(1, static_cast<char>('1' + n));
        switch (row.type) {
        case PARAM_EXISTS:
        case PARAM_BOOLEAN:
            return n == 2 ? "OFF" : "ON";
        case PARAM_COUNT:
            return text_from_number(row.least + n % (row.most - row.least + 1));
        case PARAM_INTERVAL:
            return param_print_delta(row.least + n);
        case PARAM_CHOICE:
            return word_of(row, n);
        case PARAM_DOMAIN:
            return "d" + digit + ".example";
        case PARAM_FILE: /* the directory in which the other two places are */
            return row.id == P_SMTP_COMMON ? "SYS$SPECIFIC:[TCPIP$SMTP]"
                                           : "SYS$MANAGER:F" + digit + ".DAT";
        case PARAM_LIST:
            return item_of(row, n);
        case PARAM_USER:
        case PARAM_TEXT:
            break;
        }
        return "TEXT" + digit;
    }
    static void check_origin(const ParamRow &row, unsigned n, ConfigOrigin origin,
                             const std::string &source)
    {
        SettingsPtr s = config_read();
        std::string what = std::string(row.name) + " by " + source;
        ParamValue wanted;
        CPPUNIT_ASSERT_MESSAGE(what, param_parse(row.id, sample(row, n), &wanted, 0));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, std::string(config_origin_name(origin)),
                                     std::string(config_origin_name(s->origin(row.id))));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, source, s->source(row.id));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, wanted.flag, s->flag(row.id));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(what, wanted.number, s->number(row.id));
        if (row.type != PARAM_EXISTS)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(what, wanted.text, s->text(row.id));
    }
    static void define_for_all(const std::string &name, const std::string &value)
    {
        CPPUNIT_ASSERT_MESSAGE(name, logical_define(name, std::vector<std::string>(1, value),
                                                    LOGICAL_SYSTEM, LOGICAL_EXECUTIVE)
                                         .ok());
    }
    /* Each spelling alone, above the database; then the last one below the field. */
    static void check_row(const ParamRow &row)
    {
        std::vector<std::string> names;
        std::string all = row.logical;
        if (row.tcpware[0] != '\0')
            all += (all.empty() ? "" : ",") + std::string(row.tcpware);
        text_split(all, ',', &names);
        ConfigEntries database(1, std::make_pair(std::string(row.name), sample(row, 0)));
        CPPUNIT_ASSERT(config_write_database(database).ok());
        check_origin(row, 0, ORIGIN_DATABASE, row.name);
        for (size_t i = 0; !all.empty() && i < names.size(); ++i) {
            define_for_all(names[i], sample(row, 1));
            check_origin(row, 1, ORIGIN_LOGICAL, names[i]);
            if (i + 1 < names.size())
                logical_deassign(names[i], LOGICAL_SYSTEM, LOGICAL_EXECUTIVE);
        }
        if (row.field[0] != '\0') {
            write_conf((std::string(row.field) + ": " + sample(row, 2)).c_str());
            check_origin(row, 2, ORIGIN_CONF_FILE, row.field);
            file_erase(config_common_file("TCPIP$SMTP.CONF"));
        }
        if (!all.empty())
            logical_deassign(names.back(), LOGICAL_SYSTEM, LOGICAL_EXECUTIVE);
    }

public:
    void setUp() { scratch_system(); }
    void tearDown()
    {
        file_erase(config_common_file("TCPIP$SMTP.CONF"));
        config_write_database(ConfigEntries());
        deassign("TCPIP$POP_MESSAGE_MAXIMUM");
        deassign("TCPIP$SMTP_JACKET_LOCAL");
        deassign("TCPIP$SMTP_NO_MX");
        deassign("TCPIP$SMTP_LOG_LEVEL");
        deassign("UCX$SMTP_PROTO_TRACE");
        deassign("TCPIP$SMTP_RECV_ERRORS");
    }

    void test_what_cannot_be_read_makes_a_set_incomplete()
    {
        static const char *const services[] = {"sys$open", "sys$connect", "sys$get", "sys$trnlnm"};
        write_conf("Relay: ON");
        CPPUNIT_ASSERT(config_read()->complete());
        for (size_t i = 0; i < sizeof services / sizeof *services; ++i) {
            shim_arm_fault("*", services[i], 1, 0, SS$_ABORT);
            SettingsPtr settings = config_read();
            shim_clear_faults();
            CPPUNIT_ASSERT_MESSAGE(services[i], !settings->complete());
        }
        CPPUNIT_ASSERT(config_read()->complete() && config_read()->flag(P_RELAY));
    }

    /* ... and the operator hears of it once, until the trouble is over. */
    void test_a_complete_set_stays()
    {
        std::string log;
        write_conf("Relay: ON");
        config_use(SettingsPtr());
        CPPUNIT_ASSERT(config_current()->flag(P_RELAY));
        log_capture(&log);
        shim_arm_fault("*", "sys$open", 1, 0, SS$_ABORT);
        for (int i = 0; i < 3; ++i) {
            ScratchRoot::move_clock(11);
            CPPUNIT_ASSERT(config_current()->flag(P_RELAY) && config_current()->complete());
        }
        shim_clear_faults();
        write_conf("Relay: OFF");
        ScratchRoot::move_clock(2);
        CPPUNIT_ASSERT(!config_current()->flag(P_RELAY));
        log_capture(0);
        size_t told = log.find(" E - configuration not_read=");
        CPPUNIT_ASSERT_MESSAGE(log, told != std::string::npos);
        CPPUNIT_ASSERT(log.find(" E - configuration", told + 1) == std::string::npos);
    }

    void test_defaults()
    {
        Settings settings;
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(16), settings.number(P_HOP_COUNT_MAXIMUM));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1800), settings.seconds(P_INITIAL_INTERVAL));
        CPPUNIT_ASSERT(!settings.flag(P_RELAY) && !settings.defined(P_ZONE));
        CPPUNIT_ASSERT_EQUAL(ORIGIN_DEFAULT, settings.origin(P_RELAY));
    }

    void test_set_refuses_bad_values()
    {
        Settings settings;
        const char *reason = 0;
        CPPUNIT_ASSERT(!settings.set(P_QUEUES, "0", ORIGIN_TEST, "x", &reason));
        CPPUNIT_ASSERT_EQUAL(std::string("out of range"), std::string(reason));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1), settings.number(P_QUEUES));
        CPPUNIT_ASSERT_EQUAL(ORIGIN_DEFAULT, settings.origin(P_QUEUES));
    }

    void test_origins_in_order()
    {
        ConfigEntries database(1, std::make_pair(std::string("RECV_ERRORS"), std::string("30")));
        CPPUNIT_ASSERT(config_write_database(database).ok());
        SettingsPtr s = config_read();
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(30), s->number(P_RECV_ERRORS));
        CPPUNIT_ASSERT_EQUAL(ORIGIN_DATABASE, s->origin(P_RECV_ERRORS));
        define("TCPIP$SMTP_RECV_ERRORS", "40");
        s = config_read();
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(40), s->number(P_RECV_ERRORS));
        CPPUNIT_ASSERT_EQUAL(ORIGIN_LOGICAL, s->origin(P_RECV_ERRORS));
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP_RECV_ERRORS"), s->source(P_RECV_ERRORS));
        write_conf("receive-errors: 50");
        s = config_read();
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(50), s->number(P_RECV_ERRORS));
        CPPUNIT_ASSERT_EQUAL(ORIGIN_CONF_FILE, s->origin(P_RECV_ERRORS));
    }

    /* Every name that the table has: HP's, their older spellings, TCPware's, the field. */
    void test_every_row_has_its_names_and_their_order()
    {
        for (int i = 0; i < P_COUNT; ++i)
            check_row(param_row(static_cast<ParamId>(i)));
    }

    void test_switch_counts_by_existing()
    {
        define("TCPIP$SMTP_JACKET_LOCAL", "0");
        define("TCPIP$SMTP_NO_MX", "1");
        SettingsPtr s = config_read();
        CPPUNIT_ASSERT(s->flag(P_JACKET_LOCAL) && s->flag(P_NO_MX));
        write_conf("No-Mx: OFF");
        CPPUNIT_ASSERT(!config_read()->flag(P_NO_MX));
    }

    void test_bad_value_leaves_the_next_origin()
    {
        define("TCPIP$POP_MESSAGE_MAXIMUM", "many");
        SettingsPtr s = config_read();
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(0), s->number(P_POP_MESSAGE_MAXIMUM));
        CPPUNIT_ASSERT_EQUAL(ORIGIN_DEFAULT, s->origin(P_POP_MESSAGE_MAXIMUM));
    }

    void test_older_names_count()
    {
        define("UCX$SMTP_PROTO_TRACE", "1");
        SettingsPtr s = config_read();
        CPPUNIT_ASSERT(s->flag(P_SMTP_RECV_TRACE));
        CPPUNIT_ASSERT_EQUAL(std::string("UCX$SMTP_PROTO_TRACE"), s->source(P_SMTP_RECV_TRACE));
    }

    void test_problems_are_told_with_their_lines()
    {
        std::vector<ConfigProblem> problems;
        define("TCPIP$POP_MESSAGE_MAXIMUM", "many");
        write_conf("Relay: ON\n"
                   "Good-Clients: 1.2.0.0/16,\n"
                   "\t1.2.0.0/33,\n"
                   "\trelay.abc.com\n"
                   "Relay-Based-On-Mx: MAYBE\n"
                   "Bad-Client: 1.2.3.4\n"
                   "SPAM-Action: OPCOM, MAIL\n"
                   "nonsense");
        SettingsPtr s = config_read(&problems);
        static const char *const told[] = {
            "TCPIP$POP_MESSAGE_MAXIMUM: not a number",
            "TCPIP$SMTP.CONF, line 8: no colon behind the name of a field",
            ("TCPIP$SMTP.CONF, line 3: Good-Clients: 1.2.0.0/33: not an address, a network or the "
             "name of a host or domain"),
            "TCPIP$SMTP.CONF, line 5: Relay-Based-On-Mx: not ON or OFF",
            "TCPIP$SMTP.CONF, line 6: Bad-Client: unknown field",
            "TCPIP$SMTP.CONF, line 7: SPAM-Action: MAIL: not a known word"};
        CPPUNIT_ASSERT_EQUAL(sizeof told / sizeof *told, problems.size());
        for (size_t i = 0; i < problems.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(std::string(told[i]), config_problem_text(problems[i]));
        CPPUNIT_ASSERT_EQUAL(size_t(2), s->items(P_GOOD_CLIENTS).size());
        CPPUNIT_ASSERT_EQUAL(size_t(1), s->items(P_SPAM_ACTION).size());
        CPPUNIT_ASSERT(!s->flag(P_RELAY_BASED_ON_MX));
    }

    void test_a_list_of_slips_is_an_empty_list()
    {
        write_conf("Good-Clients: 1.2.3\nTls-Ports: many");
        SettingsPtr s = config_read();
        CPPUNIT_ASSERT(s->defined(P_GOOD_CLIENTS) && s->items(P_GOOD_CLIENTS).empty());
        CPPUNIT_ASSERT_EQUAL(std::string("465"), s->text(P_TLS_PORTS));
        write_conf("Good-Clients:");
        CPPUNIT_ASSERT(!config_read()->defined(P_GOOD_CLIENTS));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfigTest);
