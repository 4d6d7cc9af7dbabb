/*
**  antispam_test - order of the rows, replies of the two text sets, exemptions, events
**
**  What the manual says row by row is in TEST/MANUAL.
*/
#include "antispam.h"
#include "VMS/recfile.h"
#include "smtp_fixture.h"

using namespace mail;

class AntispamTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(AntispamTest);
    CPPUNIT_TEST(test_connect_rows_in_order);
    CPPUNIT_TEST(test_good_clients_and_users_ports_are_not_looked_up);
    CPPUNIT_TEST(test_only_loopback_answers_are_listings);
    CPPUNIT_TEST(test_dns_trouble_refuses_nobody_for_good);
    CPPUNIT_TEST(test_proved_name_of_the_client);
    CPPUNIT_TEST(test_null_sender_passes_all);
    CPPUNIT_TEST(test_qualified_senders);
    CPPUNIT_TEST(test_sender_domains);
    CPPUNIT_TEST(test_invalid_domains_of_tcpware);
    CPPUNIT_TEST(test_relay_by_mx);
    CPPUNIT_TEST(test_logged_in_users_are_no_strangers);
    CPPUNIT_TEST(test_route_forms);
    CPPUNIT_TEST(test_events);
    CPPUNIT_TEST_SUITE_END();

    Settings settings_;
    SpamRules rules_;
    SpamCase case_;
    SpamVerdict verdict_;

    void put(ParamId id, const char *text)
    {
        CPPUNIT_ASSERT(settings_.set(id, text, ORIGIN_TEST, "", 0));
    }
    /* A case of these settings; its sender and recipient are the caller's to fill in. */
    void make_case(const char *client)
    {
        rules_.settings.reset(new Settings(settings_));
        boost::shared_ptr<Identity> who(new Identity);
        who->set_host("condor.hawk.example", "", "CONDOR");
        rules_.identity = who;
        rules_.clients.reset(new ClientLists(settings_, dns, 0));
        rules_.relay.reset(new RelayPolicy(settings_));
        rules_.reject.reset(new RejectRules);
        rules_.lookups = &dns;
        case_ = SpamCase();
        case_.rules = &rules_;
        case_.client = client;
        case_.standing = rules_.clients->standing(client);
    }
    /* "name code text" of what decided, "" when all passed */
    std::string check(SpamStage stage)
    {
        verdict_ = spam_check(stage, &case_);
        if (verdict_.finding == SPAM_PASS)
            return std::string();
        return std::string(verdict_.name) + " " + smtp_reply_one_line(verdict_.reply);
    }
    std::string connect(const char *client)
    {
        make_case(client);
        return check(SPAM_CONNECT);
    }
    std::string sender(const std::string &address)
    {
        size_t at = 0;
        make_case("10.1.2.3");
        CPPUNIT_ASSERT_EQUAL(PATH_OK, smtp_path_parse("<" + address + ">",
                                                      PATH_NULL | PATH_NO_DOMAIN, &at,
                                                      &case_.sender));
        case_.sender_text = smtp_mailbox_print(case_.sender);
        return check(SPAM_SENDER);
    }
    std::string relay(const char *client, const std::string &domain)
    {
        make_case(client);
        case_.recipient.kind = SmtpPath::MAILBOX;
        case_.recipient.local = "x";
        case_.recipient.domain = domain;
        case_.recipient_text = "x@" + domain;
        return check(SPAM_RELAY);
    }

public:
    void setUp()
    {
        SmtpFixture::setUp();
        settings_ = Settings();
    }

    void test_connect_rows_in_order()
    {
        put(P_BAD_CLIENTS, "10.0.0.0/8");
        put(P_RBLS, "one.rbl, two.rbl");
        put(P_REJECT_UNBACKTRANSLATABLE_IP, "ON");
        put(P_SECURITY, "FRIENDLY");
        dns.add("A 4.3.2.1.two.rbl", "127.0.0.4");
        dns.add("PTR 1.2.3.5", "host.example");
        CPPUNIT_ASSERT_EQUAL(std::string("Bad-Clients 421 4.7.0 condor.hawk.example Your IP "
                                         "address or subnet is in my list of bad ones."),
                             connect("10.1.2.3"));
        CPPUNIT_ASSERT_EQUAL(0, dns.asked);
        CPPUNIT_ASSERT_EQUAL(std::string("Client-In-RBL 421 4.7.0 condor.hawk.example Your IP "
                                         "address is in my RBL list."),
                             connect("1.2.3.4"));
        CPPUNIT_ASSERT(verdict_.closes);
        CPPUNIT_ASSERT_EQUAL(std::string(), connect("1.2.3.5"));
        CPPUNIT_ASSERT_EQUAL(std::string("Unbacktranslatable-IP 421 4.7.0 condor.hawk.example I "
                                         "can't backtranslate your IP address to a host name."),
                             connect("1.2.3.6"));
    }

    void test_good_clients_and_users_ports_are_not_looked_up()
    {
        put(P_GOOD_CLIENTS, "1.2.3.4");
        put(P_RBLS, "one.rbl");
        put(P_REJECT_UNBACKTRANSLATABLE_IP, "ON");
        dns.add("A 4.3.2.1.one.rbl", "127.0.0.2");
        dns.add("A 5.3.2.1.one.rbl", "127.0.0.2");
        CPPUNIT_ASSERT_EQUAL(std::string(), connect("1.2.3.4"));
        make_case("1.2.3.5");
        case_.submission = true;
        CPPUNIT_ASSERT_EQUAL(std::string(), check(SPAM_CONNECT));
        CPPUNIT_ASSERT_EQUAL(0, dns.asked);
    }

    void test_only_loopback_answers_are_listings()
    {
        struct Row {
            const char *answer;
            bool listed;
        };
        static const Row table[] = {{"127.0.0.2", true},      {"127.1.0.1", true},
                                    {"192.0.2.1", false},     {"127.255.255.254", false},
                                    {"127.255.254.1", true}};
        put(P_RBLS, "one.rbl");
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            dns.records.clear();
            dns.add("A 4.3.2.1.one.rbl", table[i].answer);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].answer, table[i].listed,
                                         !connect("1.2.3.4").empty());
        }
        dns.add("A 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.one.rbl",
                "127.0.0.2");
        CPPUNIT_ASSERT(!connect("2001:db8::1").empty());
    }

    void test_dns_trouble_refuses_nobody_for_good()
    {
        put(P_RBLS, "one.rbl, two.rbl");
        put(P_REJECT_UNBACKTRANSLATABLE_IP, "ON");
        dns.add("A 4.3.2.1.one.rbl", "!");
        dns.add("PTR 1.2.3.4", "!");
        dns.add("MX later.example", "!");
        CPPUNIT_ASSERT_EQUAL(std::string(), connect("1.2.3.4"));
        CPPUNIT_ASSERT(log.find("no_answer=one.rbl") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("Unresolvable-Domain 451 4.4.3 Cannot check sender "
                                         "domain now, try again later."),
                             sender("a@later.example"));
        CPPUNIT_ASSERT(!verdict_.closes);
        dns.records.clear(); /* no DNS at all */
        CPPUNIT_ASSERT_EQUAL(std::string(), connect("1.2.3.4"));
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("a@later.example"));
    }

    void test_proved_name_of_the_client()
    {
        put(P_REJECT_UNBACKTRANSLATABLE_IP, "ON");
        dns.add("PTR 1.2.3.4", "host.example");
        CPPUNIT_ASSERT_EQUAL(std::string(), connect("1.2.3.4"));
        CPPUNIT_ASSERT_EQUAL(std::string(), case_.client_host);
        dns.add("A host.example", "1.2.3.4");
        CPPUNIT_ASSERT_EQUAL(std::string(), connect("1.2.3.4"));
        CPPUNIT_ASSERT_EQUAL(std::string("host.example"), case_.client_host);
    }

    void test_null_sender_passes_all()
    {
        put(P_REJECT_MAIL_FROM, "*");
        put(P_REJECT_INVALID_DOMAINS, "STRICT");
        dns.add("A other.example", "1.1.1.1");
        CPPUNIT_ASSERT_EQUAL(std::string(), sender(""));
        CPPUNIT_ASSERT(!sender("a@other.example").empty());
    }

    void test_qualified_senders()
    {
        struct Row {
            const char *address;
            bool good;
        };
        static const Row table[] = {{"smith", false},        {"Postmaster", false},
                                    {"smith@node", false},   {"smith@node.example", true},
                                    {"smith@[10.1.2.3]", true}, {"smith@condor", false}};
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                table[i].address,
                table[i].good ? std::string()
                              : std::string("Unqualified-Sender 553 5.7.1 Closing transmission "
                                            "channel."),
                sender(table[i].address));
        put(P_ACCEPT_UNQUALIFIED_SENDERS, "ON");
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].address, std::string(),
                                         sender(table[i].address));
        put(P_ACCEPT_UNQUALIFIED_SENDERS, "OFF");
        put(P_SECURITY, "FRIENDLY");
        CPPUNIT_ASSERT_EQUAL(
            std::string("Unqualified-Sender 553 5.1.8 That sender address is unqualified."),
            sender("smith"));
    }

    void test_sender_domains()
    {
        dns.add("MX mx.example", "gate.example");
        dns.add("A host.example", "1.1.1.1");
        dns.add("MX null.example", "");
        put(P_SECURITY, "FRIENDLY");
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("a@mx.example"));
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("a@host.example"));
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("a@condor.hawk.example"));
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("a@[1.2.3.4]"));
        std::string refusal = "Unresolvable-Domain 553 5.1.8 That sender address is unresolvable "
                              "into a host name or MX domain.";
        CPPUNIT_ASSERT_EQUAL(refusal, sender("a@no.example"));
        CPPUNIT_ASSERT(verdict_.closes);
        CPPUNIT_ASSERT_EQUAL(refusal, sender("a@null.example"));
        put(P_ACCEPT_UNRESOLVABLE_DOMAINS, "ON");
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("a@no.example"));
    }

    void test_invalid_domains_of_tcpware()
    {
        put(P_ACCEPT_UNQUALIFIED_SENDERS, "ON");
        put(P_ACCEPT_UNRESOLVABLE_DOMAINS, "ON");
        dns.add("A host.example", "1.1.1.1");
        put(P_REJECT_INVALID_DOMAINS, "1");
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("a@host.example"));
        CPPUNIT_ASSERT_EQUAL(std::string("Unresolvable-Domain"),
                             sender("a@no.example").substr(0, 19));
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("user"));
        put(P_REJECT_INVALID_DOMAINS, "STRICT");
        CPPUNIT_ASSERT_EQUAL(std::string("Unqualified-Sender"), sender("user").substr(0, 18));
        CPPUNIT_ASSERT_EQUAL(std::string(), sender("a@host.example"));
    }

    void test_relay_by_mx()
    {
        put(P_RELAY, "ON");
        put(P_GOOD_CLIENTS, "1.2.3.4");
        put(P_RELAY_BASED_ON_MX, "ON");
        dns.add("MX ours.example", "other.example");
        dns.add("MX ours.example", "Condor.hawk.example");
        dns.add("MX theirs.example", "other.example");
        dns.add("MX later.example", "!");
        CPPUNIT_ASSERT_EQUAL(std::string(), relay("9.9.9.9", "ours.example"));
        CPPUNIT_ASSERT_EQUAL(std::string("SPAM-Relay 550 5.7.1 User not local, Relay disabled."),
                             relay("9.9.9.9", "theirs.example"));
        CPPUNIT_ASSERT_EQUAL(std::string("SPAM-Relay 451 4.4.3 Cannot check recipient domain "
                                         "now, try again later."),
                             relay("9.9.9.9", "later.example"));
        CPPUNIT_ASSERT_EQUAL(std::string(), relay("1.2.3.4", "theirs.example"));
        put(P_RELAY_BASED_ON_MX, "OFF");
        CPPUNIT_ASSERT(!relay("9.9.9.9", "ours.example").empty());
        put(P_RELAY_BASED_ON_MX, "ON");
        put(P_RELAY, "OFF");
        CPPUNIT_ASSERT(!relay("9.9.9.9", "ours.example").empty());
    }

    void test_logged_in_users_are_no_strangers()
    {
        make_case("9.9.9.9");
        case_.authenticated = true;
        case_.sender.kind = SmtpPath::LOCAL;
        case_.sender.local = case_.sender_text = "smith";
        case_.recipient.kind = SmtpPath::MAILBOX;
        case_.recipient.domain = "elsewhere.example";
        boost::shared_ptr<RejectRules> rules(new RejectRules);
        rules->rules.resize(1);
        rules->rules[0].from = rules->rules[0].ip = rules->rules[0].to = "*";
        rules->rules[0].action = REJECT_REFUSE;
        rules_.reject = rules;
        CPPUNIT_ASSERT_EQUAL(std::string(), check(SPAM_SENDER));
        CPPUNIT_ASSERT_EQUAL(std::string(), check(SPAM_RECIPIENT));
        CPPUNIT_ASSERT_EQUAL(std::string(), check(SPAM_RELAY));
        case_.authenticated = false;
        CPPUNIT_ASSERT(!check(SPAM_SENDER).empty());
        CPPUNIT_ASSERT(!check(SPAM_RECIPIENT).empty());
        CPPUNIT_ASSERT(!check(SPAM_RELAY).empty());
    }

    void test_route_forms()
    {
        struct Row {
            const char *address, *resolved;
        };
        static const Row table[] = {
            {"a%b.example@condor", "a@b.example"},
            {"a%b.example%condor@condor.hawk.example", "a@b.example"},
            {"smith%condor@condor", "smith@condor"},
            {"a%b.example@other.example", "a%b.example@other.example"},
            {"smith@condor", "smith@condor"},
            {"%b.example@condor", "%b.example@condor"},
            {"a%@condor", "a%@condor"},
            {"b.example!a@condor", "b.example!a@condor"},
        };
        make_case("1.1.1.1");
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            SmtpPath path;
            CPPUNIT_ASSERT(smtp_mailbox_parse(table[i].address, &path));
            bool resolved = spam_resolve_route(*rules_.identity, &path);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].resolved), smtp_mailbox_print(path));
            CPPUNIT_ASSERT_EQUAL(strcmp(table[i].address, table[i].resolved) != 0, resolved);
        }
    }

    void test_events()
    {
        struct Row {
            const char *action;
            bool operator_hears, accounting_hears;
        };
        static const Row table[] = {{"OPCOM", true, false},
                                    {"NONE", false, false},
                                    {"ACCOUNTING", false, true},
                                    {"OPCOM, ACCOUNTING", true, true},
                                    {"NONE, OPCOM", false, false}};
        log_to_operator(true);
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            std::string before, after;
            put(P_SPAM_ACTION, table[i].action);
            make_case("1.2.3.4");
            case_.client_name = "liar\r\nexample";
            case_.recipient_text = "x@y.example";
            log.clear();
            file_read_text("SYS$MANAGER:OPERATOR.LOG", "", 1000000, "\n", &before);
            spam_event(case_, "Bad-Clients");
            file_read_text("SYS$MANAGER:OPERATOR.LOG", "", 1000000, "\n", &after);
            std::string heard = after.substr(before.size());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                table[i].action, table[i].operator_hears,
                heard.find("SMTP spam event Bad-Clients: client 1.2.3.4 (liar..example) from <> "
                           "to <x@y.example>") != std::string::npos);
            CPPUNIT_ASSERT(log.find(" spam event=Bad-Clients client=1.2.3.4") !=
                           std::string::npos);
            /* no job controller here: that it was asked shows in the log */
            CPPUNIT_ASSERT_EQUAL(table[i].accounting_hears,
                                 log.find(" accounting status=") != std::string::npos);
        }
        log_to_operator(false);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AntispamTest);
