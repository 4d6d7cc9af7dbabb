/*
**  params_test - every row against the manual, and the parser of values
**
**  manual_table is typed from spec 2, 3.2, 4 and 8.1, not from the .def files: a slip in a row must
**  show here.  A row without a line here fails the test.
*/
#include <cppunit/extensions/HelperMacros.h>
#include <set>
#include <string.h>
#include "CORE/params.h"

using namespace mail;

struct ManualRow {
    ParamId id;
    ParamType type;
    const char *public_name; /* qualifier path, logical name or field that the manual prints */
    const char *def;         /* default as the manual prints it, "" for not defined or off */
};

static const ManualRow manual_table[] = {
    {P_ADDRESS_RETRIES, PARAM_COUNT, "ADDRESS_RETRIES", "16"},
    {P_ALTERNATE_GATEWAY, PARAM_DOMAIN, "GATEWAY.ALTERNATE", ""},
    {P_GENERAL_GATEWAY, PARAM_DOMAIN, "GATEWAY.GENERAL_PURPOSE", ""},
    {P_HOP_COUNT_MAXIMUM, PARAM_COUNT, "HOP_COUNT_MAXIMUM", "16"},
    {P_INITIAL_INTERVAL, PARAM_INTERVAL, "INTERVAL.INITIAL", "0 00:30:00.00"},
    {P_RETRY_INTERVAL, PARAM_INTERVAL, "INTERVAL.RETRY", "0 01:00:00.00"},
    {P_MAXIMUM_INTERVAL, PARAM_INTERVAL, "INTERVAL.MAXIMUM", "3 00:00:00.00"},
    {P_LOG_FILE, PARAM_FILE, "LOG", "SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP_LOGFILE.LOG"},
    {P_EIGHT_BIT, PARAM_BOOLEAN, "OPTIONS.EIGHT_BIT", "OFF"},
    {P_HEADERS, PARAM_CHOICE, "OPTIONS.HEADERS", "BOTTOM"},
    {P_RELAY, PARAM_BOOLEAN, "OPTIONS.RELAY", "OFF"},
    {P_QUEUES, PARAM_COUNT, "QUEUES", "1"},
    {P_RECEIVE_TIMEOUT, PARAM_INTERVAL, "RECEIVE_TIMEOUT", "0 00:05:00.00"},
    {P_SEND_TIMEOUT_INITIAL, PARAM_INTERVAL, "SEND_TIMEOUT.INITIAL", "0 00:05:00.00"},
    {P_SEND_TIMEOUT_MAIL, PARAM_INTERVAL, "SEND_TIMEOUT.MAIL", "0 00:05:00.00"},
    {P_SEND_TIMEOUT_RECEIPT, PARAM_INTERVAL, "SEND_TIMEOUT.RECEIPT", "0 00:05:00.00"},
    {P_SEND_TIMEOUT_DATA, PARAM_INTERVAL, "SEND_TIMEOUT.DATA", "0 00:03:00.00"},
    {P_SEND_TIMEOUT_TERMINATION, PARAM_INTERVAL, "SEND_TIMEOUT.TERMINATION", "0 00:10:00.00"},
    {P_SUBSTITUTE_DOMAIN, PARAM_DOMAIN, "SUBSTITUTE_DOMAIN.NAME", ""},
    {P_ZONE, PARAM_DOMAIN, "ZONE", ""},
    {P_SMTP_LOG_LEVEL, PARAM_COUNT, "TCPIP$SMTP_LOG_LEVEL", "0"},
    {P_SMTP_NOSEY, PARAM_EXISTS, "TCPIP$SMTP_NOSEY", ""},
    {P_SMTP_LOG_LINE_NUMBERS, PARAM_EXISTS, "TCPIP$SMTP_LOG_LINE_NUMBERS", ""},
    {P_SMTP_SYMB_TRACE, PARAM_EXISTS, "TCPIP$SMTP_SYMB_TRACE", ""},
    {P_SMTP_RECV_TRACE, PARAM_EXISTS, "TCPIP$SMTP_RECV_TRACE", ""},
    {P_SMTP_RECV_DEBUG, PARAM_EXISTS, "TCPIP$SMTP_RECV_DEBUG", ""},
    {P_SMTP_VMSMAIL_SEND, PARAM_EXISTS, "TCPIP$SMTP_VMSMAIL_SEND", ""},
    {P_SMTP_VMSMAIL_PARSE, PARAM_EXISTS, "TCPIP$SMTP_VMSMAIL_PARSE", ""},
    {P_SMTP_SYMB_SNAPSHOT_BLOCKS, PARAM_COUNT, "TCPIP$SMTP_SYMB_SNAPSHOT_BLOCKS", "0"},
    {P_SMTP_RECV_SNAPSHOT_BLOCKS, PARAM_COUNT, "TCPIP$SMTP_RECV_SNAPSHOT_BLOCKS", "0"},
    {P_SMTP_COMMON, PARAM_FILE, "TCPIP$SMTP_COMMON", "SYS$SPECIFIC:[TCPIP$SMTP]"},
    {P_POSTMASTER_ALIAS, PARAM_USER, "TCPIP$SMTP_POSTMASTER_ALIAS", "TCPIP$SMTP"},
    {P_JACKET_LOCAL, PARAM_EXISTS, "TCPIP$SMTP_JACKET_LOCAL", ""},
    {P_INBOUND_NOXVMS, PARAM_EXISTS, "TCPIP$SMTP_INBOUND_NOXVMS", ""},
    {P_SMTP_FROM, PARAM_TEXT, "TCPIP$SMTP_FROM", ""},
    {P_PROHIBIT_USER_HEADERS, PARAM_EXISTS, "TCPIP$SMTP_PROHIBIT_USER_HEADERS", ""},
    {P_MTS_ALLIN1, PARAM_EXISTS, "TCPIP$SMTP_MTS_ALLIN1", ""},
    {P_REWRITE_MTS_FROM, PARAM_EXISTS, "TCPIP$SMTP_REWRITE_MTS_FROM", ""},
    {P_MIME_HACK, PARAM_EXISTS, "TCPIP$SMTP_MIME_HACK", ""},
    {P_SFF_REQUIRES_PRIV, PARAM_EXISTS, "TCPIP$SMTP_SFF_REQUIRES_PRIV", ""},
    {P_ALTGATE_ALWAYS, PARAM_EXISTS, "TCPIP$SMTP_ALTGATE_ALWAYS", ""},
    {P_MX_IF_NOALTGATE, PARAM_EXISTS, "TCPIP$SMTP_MX_IF_NOALTGATE", ""},
    {P_NO_MX, PARAM_EXISTS, "TCPIP$SMTP_NO_MX", ""},
    {P_LOCAL_ALIAS_ONLY, PARAM_EXISTS, "TCPIP$SMTP_LOCAL_ALIAS_ONLY", ""},
    {P_NO_SUBS_DOMAIN_INBOUND, PARAM_EXISTS, "TCPIP$SMTP_NO_SUBS_DOMAIN_INBOUND", ""},
    {P_GOOD_CLIENTS, PARAM_LIST, "Good-Clients", ""},
    {P_BAD_CLIENTS, PARAM_LIST, "Bad-Clients", ""},
    {P_RELAY_ZONES, PARAM_LIST, "Relay-Zones", ""},
    {P_RBLS, PARAM_LIST, "RBLs", ""},
    {P_RELAY_BASED_ON_MX, PARAM_BOOLEAN, "Relay-Based-On-Mx", "OFF"},
    {P_REJECT_UNBACKTRANSLATABLE_IP, PARAM_BOOLEAN, "Reject-Unbacktranslatable-IP", "OFF"},
    {P_ACCEPT_UNQUALIFIED_SENDERS, PARAM_BOOLEAN, "Accept-Unqualified-Senders", "OFF"},
    {P_ACCEPT_UNRESOLVABLE_DOMAINS, PARAM_BOOLEAN, "Accept-Unresolvable-Domains", "OFF"},
    {P_REJECT_MAIL_FROM, PARAM_LIST, "Reject-Mail-From", ""},
    {P_ACCEPT_MAIL_FROM, PARAM_LIST, "Accept-Mail-From", ""},
    {P_SPAM_ACTION, PARAM_LIST, "SPAM-Action", "OPCOM"},
    {P_SECURITY, PARAM_CHOICE, "Security", "SECURE"},
    {P_UNBACKTRANSLATABLE_IP_TEXT, PARAM_TEXT, "Unbacktranslatable-IP-Text", ""},
    {P_BAD_CLIENTS_TEXT, PARAM_TEXT, "Bad-Clients-Text", ""},
    {P_CLIENT_IN_RBL_TEXT, PARAM_TEXT, "Client-In-RBL-Text", ""},
    {P_REJECT_MAIL_FROM_TEXT, PARAM_TEXT, "Reject-Mail-From-Text", ""},
    {P_UNQUALIFIED_SENDER_TEXT, PARAM_TEXT, "Unqualified-Sender-Text", ""},
    {P_UNRESOLVABLE_DOMAIN_TEXT, PARAM_TEXT, "Unresolvable-Domain-Text", ""},
    {P_SPAM_RELAY_TEXT, PARAM_TEXT, "SPAM-Relay-Text", ""},
    /* TCPware: the logical names of its table */
    {P_REJECT_FILE, PARAM_FILE, "TCPWARE_SMTP_SERVER_REJECT_FILE", "TCPWARE:SMTP_SERVER_REJECT."},
    {P_REJECT_INFO, PARAM_COUNT, "TCPWARE_SMTP_SERVER_REJECT_INFO", "0"},
    {P_REJECT_CHECK_HOST, PARAM_DOMAIN, "TCPWARE_SMTP_SERVER_RCPT_CHECK_HOST", ""},
    {P_REJECT_INVALID_DOMAINS, PARAM_EXISTS, "TCPWARE_SMTP_REJECT_INVALID_DOMAINS", ""},
    {P_DISABLE_VRFYEXPN, PARAM_COUNT, "TCPWARE_SMTP_SERVER_DISABLE_VRFYEXPN", "0"},
    {P_POP_SECURITY, PARAM_CHOICE, "TCPIP$POP_SECURITY", "FRIENDLY"},
    {P_POP_LOG_LEVEL, PARAM_CHOICE, "TCPIP$POP_LOG_LEVEL", "INFORMATIONAL"},
    {P_POP_DECNET_REWRITE, PARAM_CHOICE, "TCPIP$POP_DECNET_REWRITE", "TRANSFORM"},
    {P_POP_QUOTED_DECNET_REWRITE, PARAM_CHOICE, "TCPIP$POP_QUOTED_DECNET_REWRITE", "TRANSFORM"},
    {P_POP_TRACE, PARAM_EXISTS, "TCPIP$POP_TRACE", ""},
    {P_POP_POSTMASTER, PARAM_LIST, "TCPIP$POP_POSTMASTER", ""},
    {P_POP_MESSAGE_MAXIMUM, PARAM_COUNT, "TCPIP$POP_MESSAGE_MAXIMUM", "0"},
    {P_POP_LINK_IDLE_TIMEOUT, PARAM_INTERVAL, "TCPIP$POP_LINK_IDLE_TIMEOUT", "0 00:00:00.00"},
    {P_POP_PERSONAL_NAME, PARAM_EXISTS, "TCPIP$POP_PERSONAL_NAME", ""},
    {P_POP_LEAVE_IN_NEWMAIL, PARAM_EXISTS, "TCPIP$POP_LEAVE_IN_NEWMAIL", ""},
    {P_POP_USE_MAIL_FOLDER, PARAM_EXISTS, "TCPIP$POP_USE_MAIL_FOLDER", ""},
    {P_POP_FAST_SCAN, PARAM_EXISTS, "TCPIP$POP_FAST_SCAN", ""},
    {P_POP_MAXIMUM_THREADS, PARAM_COUNT, "TCPIP$POP_MAXIMUM_THREADS", "15"},
    {P_POP_IGNORE_MAIL11_HEADERS, PARAM_EXISTS, "TCPIP$POP_IGNORE_MAIL11_HEADERS", ""},
    {P_POP_SEND_ID_HEADERS, PARAM_EXISTS, "TCPIP$POP_SEND_ID_HEADERS", ""},
    {P_POP_SNDBUF, PARAM_COUNT, "TCPIP$POP_SNDBUF", ""},
    {P_POP_DISUSERPASS, PARAM_EXISTS, "TCPIP$POP_DISUSERPASS", ""},
    {P_POP_PURGE_RECLAIM, PARAM_EXISTS, "TCPIP$POP_PURGE_RECLAIM", ""},
    {P_POP_DISABLE_CLEARTEXT, PARAM_EXISTS, "TCPIP$POP_DISABLE_CLEARTEXT", ""},
    {P_POP_DISABLE_SSL, PARAM_EXISTS, "TCPIP$POP_DISABLE_SSL", ""},
    {P_POP_CERT_FILE, PARAM_FILE, "TCPIP$POP_CERT_FILE", "SSL$CERTS:SERVER.CRT"},
    {P_POP_KEY_FILE, PARAM_FILE, "TCPIP$POP_KEY_FILE", "SSL$KEY:SERVER.KEY"},
    /* ours: no manual names them, the name and default are what README promises */
    {P_SPAM_LOOKUP_TIME, PARAM_INTERVAL, "Spam-Lookup-Time", "0 00:00:10.00"},
    {P_CLIENT_NAMES_TIME, PARAM_INTERVAL, "Client-Names-Time", "0 00:15:00.00"},
    {P_CHUNKING, PARAM_BOOLEAN, "Chunking", "ON"},
    {P_DELIVERY_NOTIFICATIONS, PARAM_BOOLEAN, "Delivery-Notifications", "ON"},
    {P_LIST_FILE_LOGICALS, PARAM_LIST, "List-File-Logicals",
     "TCPIP$MAJORDOMO_LIST,UCX$MAJORDOMO_LIST"},
    {P_SMTP_CERT_FILE, PARAM_FILE, "TCPIP$SMTP_CERT_FILE", "SSL$CERTS:SERVER.CRT"},
    {P_SMTP_KEY_FILE, PARAM_FILE, "TCPIP$SMTP_KEY_FILE", "SSL$KEY:SERVER.KEY"},
    {P_STARTTLS, PARAM_BOOLEAN, "Starttls", "ON"},
    {P_TLS_PORTS, PARAM_LIST, "Tls-Ports", "465"},
    {P_SUBMISSION_PORTS, PARAM_LIST, "Submission-Ports", "587,465"},
    {P_AUTH_PORTS, PARAM_LIST, "Auth-Ports", "587,465"},
    {P_AUTH_MECHANISMS, PARAM_LIST, "Auth-Mechanisms", "PLAIN,LOGIN"},
    {P_AUTH_ATTEMPTS, PARAM_COUNT, "Auth-Attempts", "3"},
    {P_SUBMISSION_FROM, PARAM_CHOICE, "Submission-From", "ENVELOPE"},
    {P_RECV_HEADER_SIZE, PARAM_COUNT, "Receive-Header-Size", "262144"},
    {P_POP_PERSONALITY, PARAM_CHOICE, "TCPIP$POP_PERSONALITY", "HP"},
    {P_POP_APOP, PARAM_BOOLEAN, "TCPIP$POP_APOP", "ON"},
    {P_POP_UPDATE_LOGIN_TIME, PARAM_BOOLEAN, "TCPIP$POP_UPDATE_LOGIN_TIME", "OFF"},
    {P_POP_ACCESS_HOURS, PARAM_BOOLEAN, "TCPIP$POP_ACCESS_HOURS", "OFF"},
    {P_POP_PURGE_WASTE, PARAM_BOOLEAN, "TCPIP$POP_PURGE_WASTE", "ON"},
    {P_POP_LOG_FILE, PARAM_FILE, "TCPIP$POP_LOG_FILE", ""},
    {P_POP_BOTTOM_HEADERS, PARAM_BOOLEAN, "TCPIP$POP_BOTTOM_HEADERS", "ON"},
    {P_POP_UTF8, PARAM_EXISTS, "TCPIP$POP_UTF8", ""},
    {P_POP_SIZE_FILES, PARAM_FILE, "TCPIP$POP_SIZE_FILES",
     "SYS$SYSDEVICE:[TCPIP$POP].POP_SIZES"},
    {P_POP_LOG_OPTIONS, PARAM_LIST, "TCPIP$SERVICE_LOG_OPTIONS", "REJECT"},
    {P_POP_REFUSAL_DELAY, PARAM_INTERVAL, "TCPIP$POP_REFUSAL_DELAY", "0 00:00:01.00"},
    {P_POP_SSL_PORT, PARAM_COUNT, "TCPIP$POP_SSL_PORT", "995"},
    {P_POP_HANDSHAKE_TIMEOUT, PARAM_INTERVAL, "TCPIP$POP_HANDSHAKE_TIMEOUT", "0 00:01:00.00"},
    {P_POP_INACTIVITY, PARAM_INTERVAL, "TCPIP$POP_INACTIVITY", "0 00:00:00.00"},
    {P_POP_SESSIONS, PARAM_COUNT, "TCPIP$POP_SESSIONS", "2000"},
    {P_POP_SESSIONS_PER_CLIENT, PARAM_COUNT, "TCPIP$POP_SESSIONS_PER_CLIENT", "1000"},
    {P_POP_ERRORS_PER_SESSION, PARAM_COUNT, "TCPIP$POP_ERRORS_PER_SESSION", "50"},
    {P_POP_LOGIN_TIMEOUT, PARAM_INTERVAL, "TCPIP$POP_LOGIN_TIMEOUT", "0 00:10:00.00"},
    {P_RECV_WORKERS, PARAM_COUNT, "Receive-Workers", "64"},
    {P_RECV_SESSIONS, PARAM_COUNT, "Receive-Sessions", "4000"},
    {P_RECV_SESSIONS_PER_CLIENT, PARAM_COUNT, "Receive-Sessions-Per-Client", "2000"},
    {P_RECV_ERRORS, PARAM_COUNT, "Receive-Errors", "20"},
    {P_RECV_RECIPIENTS, PARAM_COUNT, "Receive-Recipients", "1000"},
    {P_RECV_MESSAGE_SIZE, PARAM_COUNT, "Receive-Message-Size", "52428800"},
    {P_RECV_COMMAND_LINE, PARAM_COUNT, "Receive-Command-Line", "2048"},
    {P_RECV_TEXT_LINE, PARAM_COUNT, "Receive-Text-Line", "1000"},
    {P_RECV_SESSION_TIME, PARAM_INTERVAL, "Receive-Session-Time", "0 12:00:00.00"},
    {P_RECV_INACTIVITY, PARAM_INTERVAL, "Receive-Inactivity", "0 00:00:00.00"},
    {P_RECV_RELAY_ATTEMPTS, PARAM_COUNT, "Receive-Relay-Attempts", "3"},
    {P_USER_CACHE_TIME, PARAM_INTERVAL, "User-Cache-Time", "0 00:00:10.00"},
    {P_CONFIG_CHECK_TIME, PARAM_INTERVAL, "TCPIP$SMTP_CONFIG_CHECK_TIME", "0 00:00:10.00"},
    {P_SYMB_STREAMS, PARAM_COUNT, "Symbiont-Streams", "16"},
    {P_SYMB_SENDERS, PARAM_COUNT, "Symbiont-Senders", "8"},
    {P_SYMB_CONNECTIONS, PARAM_COUNT, "Symbiont-Connections", "64"},
    {P_SYMB_CONNECTIONS_PER_HOST, PARAM_COUNT, "Symbiont-Connections-Per-Host", "10"},
    {P_SYMB_BUSY_WAIT, PARAM_INTERVAL, "Symbiont-Busy-Wait", "0 00:00:02.00"},
    {P_SYMB_BUSY_RETRY, PARAM_INTERVAL, "Symbiont-Busy-Retry", "0 00:01:00.00"},
    {P_SYMB_CONNECTION_IDLE, PARAM_INTERVAL, "Symbiont-Connection-Idle", "0 00:00:10.00"},
    {P_SYMB_MESSAGES_PER_CONNECTION, PARAM_COUNT, "Symbiont-Messages-Per-Connection", "100"},
    {P_SYMB_RECIPIENTS_PER_SEND, PARAM_COUNT, "Symbiont-Recipients-Per-Send", "100"},
    {P_SYMB_CONNECT_TIMEOUT, PARAM_INTERVAL, "Symbiont-Connect-Timeout", "0 00:00:30.00"},
    {P_SYMB_DEAD_HOST_TIME, PARAM_INTERVAL, "Symbiont-Dead-Host-Time", "0 00:05:00.00"},
    {P_SYMB_REMOTE_PORT, PARAM_COUNT, "Symbiont-Remote-Port", "25"},
    {P_BOUNCE_TEXT, PARAM_COUNT, "Bounce-Text", "65536"},
    {P_SEND_TLS, PARAM_CHOICE, "Send-Tls", "MAY"},
    {P_SEND_TLS_POLICY, PARAM_LIST, "Send-Tls-Policy", ""},
    {P_SEND_CA_FILE, PARAM_FILE, "Send-Ca-File", ""},
    {P_SEND_LOGIN_FILE, PARAM_FILE, "Send-Login-File", "TCPIP$SMTP_LOGINS.TXT"},
    {P_SEND_CHUNKING, PARAM_BOOLEAN, "Send-Chunking", "ON"},
    {P_DELAY_REPORT_TIME, PARAM_INTERVAL, "Delay-Report-Time", "0 04:00:00.00"},
    {P_DELAY_REPORTS, PARAM_BOOLEAN, "Delay-Reports", "OFF"},
    {P_POSTMASTER_COPIES, PARAM_CHOICE, "Postmaster-Copies", "NONE"},
    {P_INET_HOST, PARAM_DOMAIN, "TCPIP$INET_HOST", ""},
    {P_INET_DOMAIN, PARAM_DOMAIN, "TCPIP$INET_DOMAIN", ""},
    {P_INET_HOSTADDR, PARAM_LIST, "TCPIP$INET_HOSTADDR", ""},
    {P_MAIL_QUEUE, PARAM_TEXT, "Mail-Queue", ""},
};

class ParamsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ParamsTest);
    CPPUNIT_TEST(test_every_row_is_what_the_manual_says);
    CPPUNIT_TEST(test_every_row_has_a_line_here_and_help);
    CPPUNIT_TEST(test_every_default_parses);
    CPPUNIT_TEST(test_public_names_are_unique);
    CPPUNIT_TEST(test_values_parse_or_are_refused);
    CPPUNIT_TEST(test_choice_takes_abbreviations_that_are_unique);
    CPPUNIT_TEST(test_list_drops_blanks_and_empty_items);
    CPPUNIT_TEST(test_items_of_each_kind);
    CPPUNIT_TEST(test_delta_times_of_the_manual);
    CPPUNIT_TEST(test_names_are_found_in_any_case);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_every_row_is_what_the_manual_says()
    {
        for (size_t i = 0; i < sizeof manual_table / sizeof *manual_table; ++i) {
            const ManualRow &m = manual_table[i];
            const ParamRow &row = param_row(m.id);
            std::string logical = row.logical;
            logical = logical.substr(0, logical.find(','));
            bool named = row.config == std::string(m.public_name) || logical == m.public_name ||
                         row.field == std::string(m.public_name) ||
                         row.tcpware == std::string(m.public_name);
            CPPUNIT_ASSERT_MESSAGE(m.public_name, named);
            CPPUNIT_ASSERT_EQUAL(std::string(m.def), std::string(row.def));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(m.public_name, m.type, row.type);
        }
    }

    void test_every_row_has_a_line_here_and_help()
    {
        std::set<int> seen;
        for (size_t i = 0; i < sizeof manual_table / sizeof *manual_table; ++i)
            CPPUNIT_ASSERT(seen.insert(manual_table[i].id).second);
        for (int i = 0; i < P_COUNT; ++i) {
            const ParamRow &row = param_row(static_cast<ParamId>(i));
            CPPUNIT_ASSERT_EQUAL(i, static_cast<int>(row.id));
            CPPUNIT_ASSERT_MESSAGE(row.name, seen.count(i) == 1);
            std::string help = row.help;
            CPPUNIT_ASSERT_MESSAGE(row.name, help.size() > 10 && help.size() <= 76);
            CPPUNIT_ASSERT_MESSAGE(row.name, help[help.size() - 1] != '.');
            bool words = row.type == PARAM_CHOICE || row.unit == std::string("word");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.name, words, row.choices[0] != 0);
        }
    }

    void test_every_default_parses()
    {
        for (int i = 0; i < P_COUNT; ++i) {
            const ParamRow &row = param_row(static_cast<ParamId>(i));
            ParamValue value = param_default(row.id);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.name, row.def[0] != '\0', value.defined);
        }
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1800), param_default(P_INITIAL_INTERVAL).number);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(259200), param_default(P_MAXIMUM_INTERVAL).number);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(300), param_default(P_RECEIVE_TIMEOUT).number);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(2), param_default(P_POP_DECNET_REWRITE).number);
    }

    void test_public_names_are_unique()
    {
        std::set<std::string> seen;
        for (int i = 0; i < P_COUNT; ++i) {
            const ParamRow &row = param_row(static_cast<ParamId>(i));
            const char *names[3] = {row.config, row.logical, row.field};
            for (int k = 0; k < 3; ++k)
                if (names[k][0] != '\0')
                    CPPUNIT_ASSERT_MESSAGE(names[k], seen.insert(names[k]).second);
        }
    }

    void test_values_parse_or_are_refused()
    {
        struct Row {
            ParamId id;
            const char *text;
            bool good;
            boost::uint32_t number;
        };
        static const Row table[] = {
            {P_ADDRESS_RETRIES, "1", true, 1},
            {P_ADDRESS_RETRIES, " 16 ", true, 16},
            {P_ADDRESS_RETRIES, "0", false, 0},
            {P_ADDRESS_RETRIES, "-1", false, 0},
            {P_ADDRESS_RETRIES, "1001", false, 0},
            {P_ADDRESS_RETRIES, "16x", false, 0},
            {P_ADDRESS_RETRIES, "4294967297", false, 0},
            {P_ADDRESS_RETRIES, "99999999999", false, 0},
            {P_RECEIVE_TIMEOUT, "5", true, 300},
            {P_RECEIVE_TIMEOUT, "0 00:00:30.00", true, 30},
            {P_MAXIMUM_INTERVAL, "96", true, 345600},
            {P_INITIAL_INTERVAL, "0", false, 0},
            {P_INITIAL_INTERVAL, "soon", false, 0},
            {P_POP_SNDBUF, "511", false, 0},
            {P_POP_SNDBUF, "512", true, 512},
            {P_RELAY, "yes", true, 0},
            {P_RELAY, "maybe", false, 0},
            {P_ZONE, "abc.com", true, 0},
            {P_ZONE, "abc com", false, 0},
            {P_ZONE, "a@b", false, 0},
            {P_SPAM_RELAY_TEXT, "go\r\naway", false, 0},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            ParamValue value;
            const char *reason = 0;
            bool good = param_parse(table[i].id, table[i].text, &value, &reason);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].text, table[i].good, good);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].text, table[i].good, reason == 0);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].text, table[i].number, value.number);
        }
        ParamValue on, off, plain;
        CPPUNIT_ASSERT(param_parse(P_JACKET_LOCAL, "", &on, 0) && on.flag);
        CPPUNIT_ASSERT(param_parse(P_JACKET_LOCAL, "OFF", &off, 0) && !off.flag && off.defined);
        CPPUNIT_ASSERT(param_parse(P_ZONE, "", &plain, 0) && !plain.defined);
    }

    void test_choice_takes_abbreviations_that_are_unique()
    {
        ParamValue value;
        CPPUNIT_ASSERT(param_parse(P_HEADERS, "t", &value, 0));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1), value.number);
        CPPUNIT_ASSERT(param_parse(P_POP_LOG_LEVEL, "inform", &value, 0));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1), value.number);
        CPPUNIT_ASSERT(!param_parse(P_HEADERS, "middle", &value, 0));
        CPPUNIT_ASSERT(!param_parse(P_HEADERS, "TOPS", &value, 0));
    }

    void test_list_drops_blanks_and_empty_items()
    {
        ParamValue value;
        CPPUNIT_ASSERT(
            param_parse(P_GOOD_CLIENTS, "1.2.0.0/16, 2.3.0.0/16,, relay.abc.com", &value, 0));
        CPPUNIT_ASSERT_EQUAL(size_t(3), value.items.size());
        CPPUNIT_ASSERT_EQUAL(std::string("2.3.0.0/16"), value.items[1]);
        CPPUNIT_ASSERT_EQUAL(std::string("relay.abc.com"), value.items[2]);
    }

    void test_items_of_each_kind()
    {
        struct Row {
            ParamId id;
            const char *item;
            bool good;
        };
        static const Row table[] = {
            {P_GOOD_CLIENTS, "1.2.3.4", true},
            {P_GOOD_CLIENTS, "1.2.0.0/16", true},
            {P_GOOD_CLIENTS, "1.2.0.0/255.255.0.0", true},
            {P_GOOD_CLIENTS, "2001:db8::/32", true},
            {P_GOOD_CLIENTS, "relay.abc.com", true},
            {P_GOOD_CLIENTS, "1.2.0.0/33", false},
            {P_GOOD_CLIENTS, "1.2.3", false},
            {P_GOOD_CLIENTS, "300.2.3.4", false},
            {P_GOOD_CLIENTS, "relay.abc.com ! mine", false},
            {P_GOOD_CLIENTS, "relay_1.abc.com.", false},
            {P_BAD_CLIENTS, "*.abc.com", false},
            {P_RELAY_ZONES, "abc.com", true},
            {P_RELAY_ZONES, "com", true},
            {P_RELAY_ZONES, ".abc.com", false},
            {P_RELAY_ZONES, "1.2.3.4", false},
            {P_RBLS, "rbl.maps.vix.com", true},
            {P_REJECT_MAIL_FROM, "*@%.abc.com", true},
            {P_REJECT_MAIL_FROM, "a b", false},
            {P_SPAM_ACTION, "NONE", true},
            {P_SPAM_ACTION, "acc", true},
            {P_SPAM_ACTION, "MAIL", false},
            {P_TLS_PORTS, "465", true},
            {P_TLS_PORTS, "0", false},
            {P_TLS_PORTS, "65536", false},
            {P_INET_HOSTADDR, "whatever it is", true},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].item, table[i].good,
                                         param_item_reason(table[i].id, table[i].item) == 0);
        ParamValue value;
        const char *reason = 0;
        CPPUNIT_ASSERT(param_parse(P_SPAM_ACTION, "acc, opcom", &value, 0));
        CPPUNIT_ASSERT_EQUAL(std::string("ACCOUNTING"), value.items[0]);
        CPPUNIT_ASSERT(!param_parse(P_SPAM_ACTION, "OPCOM, MAIL", &value, &reason));
        CPPUNIT_ASSERT_EQUAL(std::string("not a known word"), std::string(reason));
    }

    void test_delta_times_of_the_manual()
    {
        struct Row {
            const char *text;
            bool good;
            boost::uint32_t seconds;
        };
        static const Row table[] = {
            {"0 00:10:00.00", true, 600},  {"3 00:20:00.00", true, 260400},
            {"1-12:00", true, 129600},     {"0 00:30", true, 1800},
            {":30", true, 1800},           {"::5", true, 5},
            {"0 00:00:00.50", true, 1},    {"0 00:00:00.49", true, 0},
            {"9999 23:59:59.99", true, 864000000}, {"0 24:00", false, 0},
            {"0 00:60", false, 0},         {"1", false, 0},
            {"", false, 0},                {"0 ", false, 0},
            {"0 1:2:3:4", false, 0},       {"x 00:00", false, 0},
            {"10000 00:00", false, 0},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            boost::uint32_t seconds = 0;
            bool good = param_parse_delta(table[i].text, &seconds);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].text, table[i].good, good);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].text, table[i].seconds, seconds);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("3 00:20:00.00"), param_print_delta(260400));
    }

    void test_names_are_found_in_any_case()
    {
        CPPUNIT_ASSERT_EQUAL(P_GOOD_CLIENTS, param_find_field("good-clients"));
        CPPUNIT_ASSERT_EQUAL(P_RETRY_INTERVAL, param_find("Retry_Interval"));
        CPPUNIT_ASSERT_EQUAL(P_RETRY_INTERVAL, param_find("retry-interval"));
        CPPUNIT_ASSERT_EQUAL(P_COUNT, param_find("Rubbish"));
        CPPUNIT_ASSERT_EQUAL(P_COUNT, param_find_field(""));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ParamsTest);
