/*
**  config_check_test - every rule of ANALYZE CONFIGURATION, and what is no contradiction
*/
#include "config_check.h"
#include "manage_fixture.h"

#include "VMS/mailstore.h"

#include <ssdef.h>

using namespace mail;

struct RuleCase {
    const char *conf; /* lines of TCPIP$SMTP.CONF, or "name=value" of a logical name */
    const char *text; /* part of the finding */
};

class ConfigCheckTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(ConfigCheckTest);
    CPPUNIT_TEST(test_nothing_to_say);
    CPPUNIT_TEST(test_settings);
    CPPUNIT_TEST(test_good_settings_are_not_told);
    CPPUNIT_TEST(test_postmaster);
    CPPUNIT_TEST(test_shadowed_values);
    CPPUNIT_TEST(test_files);
    CPPUNIT_TEST(test_readers);
    CPPUNIT_TEST(test_local_mx);
    CPPUNIT_TEST(test_certificates);
    CPPUNIT_TEST(test_client);
    CPPUNIT_TEST(test_name_servers);
    CPPUNIT_TEST(test_queues);
    CPPUNIT_TEST(test_command);
    CPPUNIT_TEST_SUITE_END();

    std::string settings_findings(const std::string &conf)
    {
        std::vector<std::string> logicals;
        std::string text = conf;
        size_t equals = conf.find('=');
        if (equals != std::string::npos && conf.find(':') == std::string::npos) {
            for (size_t from = 0; from < conf.size();) {
                size_t to = conf.find('\n', from);
                to = to == std::string::npos ? conf.size() : to;
                std::string line = conf.substr(from, to - from);
                define(line.substr(0, line.find('=')), line.substr(line.find('=') + 1));
                logicals.push_back(line.substr(0, line.find('=')));
                from = to + 1;
            }
            text.clear();
        }
        write_text(config_common_file("TCPIP$SMTP.CONF"), text);
        reread();
        Findings findings;
        config_check_settings(*config_current(), *identity_current(), &findings);
        for (size_t i = 0; i < logicals.size(); ++i)
            deassign(logicals[i]);
        return joined(findings);
    }
    static std::string joined(const Findings &findings)
    {
        std::string text;
        for (size_t i = 0; i < findings.size(); ++i)
            text += findings[i] + "\n";
        return text;
    }
    std::string system_findings()
    {
        reread();
        Findings findings;
        config_check_system(*config_current(), *identity_current(), &findings);
        return joined(findings);
    }

public:
    void test_nothing_to_say() { CPPUNIT_ASSERT_EQUAL(std::string(), settings_findings("")); }

    void test_settings()
    {
        static const RuleCase cases[] = {
            {"Relay: ON\n", "everybody may send mail to anywhere"},
            {"Relay: ON\nRelay-Zones: a.example\n", "without Good-Clients: it is not asked"},
            {"Relay: ON\nGood-Clients: -x-\n", "nothing in it is good"},
            {"Relay-Zones: a.example\n", "but RELAY is off"},
            {"Relay-Based-On-Mx: ON\n", "but RELAY is off"},
            {"Accept-Mail-From: *@a.b\n", "it has no effect"},
            {"Good-Clients: 10.0.0.0/8\nBad-Clients: 1.2.3.4, 10.0.0.0/8\n", "have the same entry"},
            {"SPAM-Action: NONE, OPCOM\n", "nothing is reported"},
            {"Zone: hawk.example\n", "the zone has no effect"},
            {"Zone: elsewhere.example\nAlternate-Gateway: g.example\n", "not inside its own zone"},
            {"Zone: hawk.example\nAlternate-Gateway: g.example\nAltgate-Always: ON\n",
             "ALTGATE_ALWAYS is defined: it is not asked"},
            {"General-Gateway: condor.hawk.example\n", "The general-purpose gateway is this host"},
            {"Altgate-Always: ON\n", "TCPIP$SMTP_ALTGATE_ALWAYS"},
            {"Mx-If-Noaltgate: ON\n", "TCPIP$SMTP_MX_IF_NOALTGATE is defined, but there is no"},
            {"Alternate-Gateway: condor.hawk.example\n", "is this host itself"},
            {"Mx-If-Noaltgate: ON\nNo-Mx: ON\n", "are both defined: MX records are not used"},
            {"Substitute-Domain: s.example\nNo-Subs-Domain-Inbound: ON\n", "but it is not local"},
            {"Maximum-Interval: 0 00:10:00\n", "shorter than the initial one: mail"},
            {"Retry-Interval: 0 00:10:00\n", "twice the initial one is recommended"},
            {"Jacket-Local: ON\nHeaders: NONE\n", "leaves all headers out"},
            {"TCPIP$POP_IGNORE_MAIL11_HEADERS=1", "needs the headers at the top"},
            {"TCPIP$SMTP_SYMB_SNAPSHOT_BLOCKS=200", "without TCPIP$SMTP_LOG_LEVEL"},
            {"TCPIP$SMTP_RECV_SNAPSHOT_BLOCKS=200", "without TCPIP$SMTP_RECV_DEBUG"},
            {"TCPIP$SMTP_NOSEY=1", "no subject is logged"},
            {"TCPIP$SMTP_LOG_LEVEL=4", "2, 3 or 5"},
            {"Send-Tls: VERIFY\n", "SEND_CA_FILE names no authorities"},
            {"Send-Tls-Policy: a.example=VERIFY\n", "SEND_CA_FILE names no authorities"},
            {"Starttls: OFF\nAuth-Ports: 587\n", "nobody can log in"}};
        for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
            std::string text = settings_findings(cases[i].conf);
            CPPUNIT_ASSERT_MESSAGE(std::string(cases[i].conf) + text, has(text, cases[i].text));
        }
        deassign("TCPIP$INET_HOST");
        define("TCPIP$INET_HOST", "lonely");
        ASSERT_HAS(settings_findings(""), "has no domain");
    }

    void test_good_settings_are_not_told()
    {
        static const char *const confs[] = {
            "Relay: ON\nGood-Clients: 10.0.0.0/8\nRelay-Zones: a.example\n",
            "Zone: hawk.example\nAlternate-Gateway: gate.example\n",
            "Alternate-Gateway: gate.example\nAltgate-Always: ON\n",
            "Good-Clients: 10.0.0.0/8\nBad-Clients: 10.1.0.0/16\n",
            "General-Gateway: uucp.example\n",
            "Reject-Mail-From: *@a.b\nAccept-Mail-From: c@a.b\n",
            "Substitute-Domain: s.example\n",
            "Jacket-Local: ON\nHeaders: TOP\n",
            "Starttls: OFF\n",
            "Starttls: OFF\nTls-Ports: 465\nAuth-Ports: 465\n",
            "Send-Tls: ENCRYPT\nSend-Tls-Policy: a.example=OFF\n",
            "Send-Tls: VERIFY\nSend-Ca-File: ROOTS.PEM\n",
            "TCPIP$SMTP_LOG_LEVEL=5\nTCPIP$SMTP_NOSEY=1\nTCPIP$SMTP_SYMB_SNAPSHOT_BLOCKS=200"};
        for (size_t i = 0; i < sizeof confs / sizeof *confs; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(confs[i], std::string(), settings_findings(confs[i]));
    }

    void test_postmaster()
    {
        std::string text = system_findings();
        ASSERT_HAS(text, "Mail to POSTMASTER is not deliverable: bounces will be lost. MAIL> SET "
                         "FORWARD/USER=POSTMASTER SYSTEM");
        ASSERT_HAS(text, "Mail to TCPIP$SMTP is ");
        root_->add_user("SYSTEM", "manager");
        alias_forget();
        ASSERT_HAS(system_findings(), "Mail to POSTMASTER is given to SYSTEM");
        CPPUNIT_ASSERT(mailstore_set_forwarding("POSTMASTER", "SYSTEM").ok());
        CPPUNIT_ASSERT(mailstore_set_forwarding("TCPIP$SMTP", "SYSTEM").ok());
        alias_forget();
        ASSERT_LACKS(system_findings(), "Mail to ");
    }

    void test_shadowed_values()
    {
        run("SET CONFIGURATION SMTP/OPTIONS=RELAY/QUEUES=3");
        write_text(config_common_file("TCPIP$SMTP.CONF"), "Relay: OFF\nQueues: 3\n");
        std::string text = system_findings();
        ASSERT_HAS(text, "RELAY is ON in the configuration database but OFF by configuration file, "
                         "field Relay, which counts.");
        ASSERT_LACKS(text, "QUEUES is 3 in the configuration database");
    }

    void test_files()
    {
        write_text(config_common_file("TCPIP$SMTP.CONF"), "");
        write_text(config_common_file("SMTP.CONFIG"), "");
        write_text(config_common_file("TCPIP$SMTP_LOCAL_ALIASES.TXT"),
                   std::string(65, 'x') + ".example\ngood.example\n");
        define("TCPIP$SMTP_SFF_REQUIRES_PRIV", "1");
        std::string text = system_findings();
        deassign("TCPIP$SMTP_SFF_REQUIRES_PRIV");
        ASSERT_HAS(text, "SMTP.CONFIG is not read");
        std::string aliases = config_common_file("TCPIP$SMTP_LOCAL_ALIASES.TXT");
        ASSERT_HAS(text, aliases + ": 1 lines do not count");
        ASSERT_HAS(text, "TCPIP$SMTP_SFF_REQUIRES_PRIV is defined, but not in the system table");
        define("TCPIP$SMTP_COMMON", "SYS$SYSDEVICE:[NOWHERE]");
        text = system_findings();
        deassign("TCPIP$SMTP_COMMON");
        ASSERT_HAS(text, "The directory of control files, TCPIP$SMTP_COMMON, cannot be read: ");
    }

    void test_readers()
    {
        run("SET CONFIGURATION SMTP/OPTIONS=RELAY");
        ASSERT_LACKS(system_findings(), "Users may not read");
        std::string file = config_common_file("TCPIP$SMTP_LOCAL_ALIASES.TXT");
        write_text(file, "a.example\n"); /* the default protection: the world has no access */
        ASSERT_HAS(system_findings(), "Users may not read " + file + ": their MAIL sends nothing");
        write_text(file, std::string(70000, '!') + "\n"); /* identity reads 64 KB */
        ASSERT_HAS(system_findings(), file + " cannot be read: ");
    }

    void test_local_mx()
    {
        std::string file = config_common_file("TCPIP$SMTP_LOCAL_MX.TXT");
        ASSERT_LACKS(system_findings(), "LOCAL_MX");
        write_text(file, "! ours\n\na.example gate.example 10\n");
        ASSERT_LACKS(system_findings(), "LOCAL_MX");
        write_text(file, "a.example gate.example\na.example gate.example 70000\n");
        ASSERT_HAS(system_findings(), file + ": 2 lines do not count");
        shim_arm_fault("*", "sys$get", 1, 0, SS$_ABORT);
        std::string text = system_findings();
        shim_clear_faults();
        ASSERT_HAS(text, file + " cannot be read: ");
    }

    void test_certificates()
    {
        std::string text = system_findings();
        ASSERT_HAS(text, "SMTP cannot offer TLS: ");
        ASSERT_HAS(text, "POP cannot offer TLS: ");
        write_text(config_common_file("TCPIP$SMTP.CONF"), "Starttls: OFF\nTls-Ports: 465\n");
        define("TCPIP$POP_DISABLE_SSL", "1");
        define("TCPIP$POP_DISABLE_CLEARTEXT", "1");
        text = system_findings();
        deassign("TCPIP$POP_DISABLE_SSL");
        deassign("TCPIP$POP_DISABLE_CLEARTEXT");
        ASSERT_LACKS(text, "POP cannot offer TLS: ");
        ASSERT_HAS(text, "nobody can fetch mail");
    }

    void test_client()
    {
        ASSERT_LACKS(system_findings(), "SEND_");
        write_text(config_common_file("TCPIP$SMTP.CONF"),
                   "Send-Tls-Policy: a.example=PERHAPS, b.example=MAY\n"
                   "Send-Ca-File: SYS$MANAGER:NOT_THERE.PEM\nSend-Login-File: NOT_THERE.TXT\n");
        std::string text = system_findings();
        ASSERT_HAS(text, "SEND_TLS_POLICY: a.example=PERHAPS: not name=OFF, MAY, ENCRYPT or "
                         "VERIFY. SEND_TLS counts for that destination.");
        ASSERT_LACKS(text, "b.example");
        ASSERT_HAS(text, "The authorities in SYS$MANAGER:NOT_THERE.PEM (SEND_CA_FILE) cannot be "
                         "used: ");
        ASSERT_HAS(text, "SEND_LOGIN_FILE names NOT_THERE.TXT, which is not there");
        write_text(config_common_file("NOT_THERE.TXT"), "");
        ASSERT_LACKS(system_findings(), "SEND_LOGIN_FILE");
    }

    void test_name_servers()
    {
        write_text(config_common_file("TCPIP$SMTP.CONF"),
                   "RBLs: rbl.example\nReject-Unbacktranslatable-IP: ON\n"
                   "Relay: ON\nRelay-Based-On-Mx: ON\nGood-Clients: 10.0.0.0/8\n");
        std::string text = system_findings();
        ASSERT_HAS(text, "No name server is configured");
        ASSERT_HAS(text, "RBLs is defined, but no name server");
        ASSERT_HAS(text, "Relay-Based-On-Mx is on, but no name server");
        ASSERT_HAS(text, "Reject-Unbacktranslatable-IP is on, but no name server");
        define("TCPIP$BIND_SERVER_LIST", "127.0.0.1");
        text = system_findings();
        deassign("TCPIP$BIND_SERVER_LIST");
        ASSERT_LACKS(text, "name server");
    }

    void test_queues()
    {
        ASSERT_HAS(system_findings(), "The queue manager does not answer");
        start_controller();
        ASSERT_HAS(system_findings(), "There are no mail queues. START MAIL");
        run("START MAIL");
        write_text(config_common_file("TCPIP$SMTP.CONF"), "Queues: 2\n");
        ASSERT_HAS(system_findings(), "QUEUES is 2, but there are 1 execution queues.");
        run("STOP MAIL");
        for (int i = 0; i < 500 && !has(system_findings(), "queues are stopped"); ++i)
            usleep(10000);
        ASSERT_HAS(system_findings(), "1 of the mail queues are stopped");
    }

    void test_command()
    {
        write_text(config_common_file("TCPIP$SMTP.CONF"), "Relay: ON\nColour: blue\n");
        reread();
        std::string text = run("ANALYZE CONFIGURATION SMTP");
        ASSERT_HAS(text, "%TCPIP-I-CHECKED, found ");
        ASSERT_HAS(text, "\n  TCPIP$SMTP.CONF, line 2: Colour: unknown field. It does not "
                         "count.\n");
        ASSERT_HAS(text, "\n  RELAY is on and neither Good-Clients nor Relay-Zones is defined:\n"
                         "    everybody may send mail to anywhere through this host. ");
        ASSERT_HAS(run("ANA CONF"), "%TCPIP-I-CHECKED, found ");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConfigCheckTest);
