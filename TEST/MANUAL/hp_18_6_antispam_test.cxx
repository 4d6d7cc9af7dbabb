/*
**  hp_18_6_antispam_test - HP TCP/IP Services Management, 18.6: one test per field, row and example
**
**  Texts and rows are typed from spec section 4, not from the sources.
*/
#include "MTA/config_store.h"
#include "VMS/recfile.h"
#include "smtp_fixture.h"

using namespace mail;

class Hp186AntispamTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(Hp186AntispamTest);
    CPPUNIT_TEST(test_hp_18_6_missing_file_means_defaults);
    CPPUNIT_TEST(test_hp_18_6_grammar_of_the_file);
    CPPUNIT_TEST(test_hp_18_6_good_clients);
    CPPUNIT_TEST(test_hp_18_6_bad_clients);
    CPPUNIT_TEST(test_hp_18_6_entries_of_client_lists);
    CPPUNIT_TEST(test_hp_18_6_client_in_both_lists);
    CPPUNIT_TEST(test_hp_18_6_relay_zones);
    CPPUNIT_TEST(test_hp_18_6_rbls);
    CPPUNIT_TEST(test_hp_18_6_relay_based_on_mx);
    CPPUNIT_TEST(test_hp_18_6_reject_unbacktranslatable_ip);
    CPPUNIT_TEST(test_hp_18_6_accept_unqualified_senders);
    CPPUNIT_TEST(test_hp_18_6_accept_unresolvable_domains);
    CPPUNIT_TEST(test_hp_18_6_reject_and_accept_mail_from);
    CPPUNIT_TEST(test_hp_18_6_spam_action);
    CPPUNIT_TEST(test_hp_18_6_order_of_checks);
    CPPUNIT_TEST(test_hp_18_6_relay_table);
    CPPUNIT_TEST(test_hp_18_6_worked_example);
    CPPUNIT_TEST(test_hp_18_6_local_mail_is_always_taken);
    CPPUNIT_TEST(test_hp_18_6_third_refused_relay_closes_the_link);
    CPPUNIT_TEST(test_hp_18_6_route_through_forms);
    CPPUNIT_TEST(test_hp_18_6_texts_secure_friendly_own);
    CPPUNIT_TEST_SUITE_END();

    static void write_conf(const char *text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(config_common_file("TCPIP$SMTP.CONF"), "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }
    static size_t count(const std::string &text, const std::string &what)
    {
        size_t n = 0;
        for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
            ++n;
        return n;
    }
    /* The reply to MAIL from this client. */
    std::string mail_from(const std::string &sender, const char *client = "9.9.9.9")
    {
        open(client);
        line("EHLO x");
        return line("MAIL FROM:<" + sender + ">");
    }
    /* The reply to RCPT from this client. */
    std::string rcpt_to(const std::string &recipient, const char *client)
    {
        open(client);
        line("EHLO x");
        line("MAIL FROM:<a@example.com>");
        return line("RCPT TO:<" + recipient + ">");
    }
    bool relays(const std::string &domain, const char *client)
    {
        std::string said = rcpt_to("jones@" + domain, client);
        if (said.substr(0, 3) == "250")
            return true;
        CPPUNIT_ASSERT_EQUAL(std::string("550 5.7.1 User not local, Relay disabled.\r\n"), said);
        return false;
    }

public:
    void tearDown()
    {
        file_erase(config_common_file("TCPIP$SMTP.CONF"));
        SmtpFixture::tearDown();
    }

    /* ---- the file (spec 4.1, 4.2) ---- */

    void test_hp_18_6_missing_file_means_defaults()
    {
        config_use(SettingsPtr());
        SettingsPtr s = config_read();
        CPPUNIT_ASSERT(!s->defined(P_GOOD_CLIENTS) && !s->defined(P_BAD_CLIENTS));
        CPPUNIT_ASSERT(!s->defined(P_RELAY_ZONES) && !s->defined(P_RBLS));
        CPPUNIT_ASSERT(!s->flag(P_RELAY_BASED_ON_MX));
        CPPUNIT_ASSERT(!s->flag(P_REJECT_UNBACKTRANSLATABLE_IP));
        CPPUNIT_ASSERT(!s->flag(P_ACCEPT_UNQUALIFIED_SENDERS));
        CPPUNIT_ASSERT(!s->flag(P_ACCEPT_UNRESOLVABLE_DOMAINS));
        CPPUNIT_ASSERT(!s->defined(P_REJECT_MAIL_FROM) && !s->defined(P_ACCEPT_MAIL_FROM));
        CPPUNIT_ASSERT_EQUAL(std::string("OPCOM"), s->text(P_SPAM_ACTION));
        CPPUNIT_ASSERT_EQUAL(std::string("SECURE"), s->text(P_SECURITY));
    }

    void test_hp_18_6_grammar_of_the_file()
    {
        write_conf("! comment\n"
                   "Good-Clients: 1.2.0.0/16, 2.3.0.0/16\n"
                   "BAD-clients: 1.2.3.4,\n"
                   "\t1.2.3.5,\n"
                   "\trelay.abc.com\n"
                   "Relay-Zones: def.com\n"
                   "Relay-Zones: abc.com\n"
                   "Relay-Based-On-Mx: yes\n"
                   "Reject-Unbacktranslatable-IP: 1\n"
                   "Accept-Unqualified-Senders: true\n"
                   "Accept-Unresolvable-Domains: On\n"
                   "Security: friendly\n"
                   "Bad-Clients-Text: Go away, please.");
        config_use(SettingsPtr());
        std::vector<ConfigProblem> problems;
        SettingsPtr s = config_read(&problems);
        CPPUNIT_ASSERT_EQUAL(size_t(0), problems.size());
        CPPUNIT_ASSERT_EQUAL(size_t(2), s->items(P_GOOD_CLIENTS).size());
        CPPUNIT_ASSERT_EQUAL(size_t(3), s->items(P_BAD_CLIENTS).size());
        CPPUNIT_ASSERT_EQUAL(std::string("abc.com"), s->items(P_RELAY_ZONES)[1]);
        CPPUNIT_ASSERT(s->flag(P_RELAY_BASED_ON_MX) && s->flag(P_REJECT_UNBACKTRANSLATABLE_IP) &&
                       s->flag(P_ACCEPT_UNQUALIFIED_SENDERS) &&
                       s->flag(P_ACCEPT_UNRESOLVABLE_DOMAINS));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1), s->number(P_SECURITY));
        CPPUNIT_ASSERT_EQUAL(std::string("Go away, please."), s->text(P_BAD_CLIENTS_TEXT));
        write_conf("Relay: NO\nRelay-Based-On-Mx: 0\nAccept-Unqualified-Senders: FALSE\n"
                   "Accept-Unresolvable-Domains: OFF");
        s = config_read(&problems);
        CPPUNIT_ASSERT_EQUAL(size_t(0), problems.size());
        CPPUNIT_ASSERT(!s->flag(P_RELAY) && !s->flag(P_ACCEPT_UNQUALIFIED_SENDERS));
    }

    /* ---- fields (Table 18-4) ---- */

    void test_hp_18_6_good_clients()
    {
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "1.2.3.4");
        set(P_RBLS, "rbl.maps.example");
        dns.add("A 4.3.2.1.rbl.maps.example", "127.0.0.2");
        dns.add("A example.com", "1.1.1.1");
        CPPUNIT_ASSERT(relays("far.example", "1.2.3.4")); /* may relay, skips the RBL */
        CPPUNIT_ASSERT(!relays("far.example", "1.2.3.5"));
    }

    void test_hp_18_6_bad_clients()
    {
        set(P_BAD_CLIENTS, "1.2.3.0/24");
        CPPUNIT_ASSERT_EQUAL(
            std::string("421 4.7.0 condor.hawk.example Closing transmission channel.\r\n"),
            open("1.2.3.77"));
        CPPUNIT_ASSERT(session->wants_close());
        CPPUNIT_ASSERT_EQUAL(std::string("220"), open("1.2.4.77").substr(0, 3));
    }

    /* Address, network, host name, MX domain (17.6.4). */
    void test_hp_18_6_entries_of_client_lists()
    {
        set(P_BAD_CLIENTS, "1.1.1.1, 2.2.0.0/16, host.abc.com, mxonly.abc.com");
        dns.add("A host.abc.com", "3.3.3.3");
        dns.add("MX mxonly.abc.com", "gate.abc.com");
        dns.add("A gate.abc.com", "4.4.4.4");
        static const char *const bad[] = {"1.1.1.1", "2.2.200.1", "3.3.3.3", "4.4.4.4"};
        for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad[i], std::string("421"), open(bad[i]).substr(0, 3));
        CPPUNIT_ASSERT_EQUAL(std::string("220"), open("5.5.5.5").substr(0, 3));
    }

    void test_hp_18_6_client_in_both_lists()
    {
        set(P_GOOD_CLIENTS, "1.2.3.4");
        set(P_BAD_CLIENTS, "1.2.0.0/16");
        CPPUNIT_ASSERT_EQUAL(std::string("220"), open("1.2.3.4").substr(0, 3));
        CPPUNIT_ASSERT_EQUAL(std::string("421"), open("1.2.3.5").substr(0, 3));
    }

    void test_hp_18_6_relay_zones()
    {
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "1.2.3.4");
        set(P_RELAY_ZONES, "abc.com");
        CPPUNIT_ASSERT(relays("abc.com", "9.9.9.9"));
        CPPUNIT_ASSERT(relays("VMShost.abc.com", "9.9.9.9")); /* subdomains match implicitly */
        CPPUNIT_ASSERT(!relays("xabc.com", "9.9.9.9"));
    }

    void test_hp_18_6_rbls()
    {
        set(P_RBLS, "rbl.maps.example, dul.maps.example");
        dns.add("A 4.3.2.1.dul.maps.example", "127.0.0.3");
        CPPUNIT_ASSERT_EQUAL(std::string("421"), open("1.2.3.4").substr(0, 3));
        CPPUNIT_ASSERT_EQUAL(std::string("220"), open("1.2.3.5").substr(0, 3));
        CPPUNIT_ASSERT(log.find("spam event=Client-In-RBL client=1.2.3.4") != std::string::npos);
    }

    void test_hp_18_6_relay_based_on_mx()
    {
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "1.2.3.4");
        dns.add("MX friend.example", "condor.hawk.example");
        dns.add("A example.com", "1.1.1.1");
        CPPUNIT_ASSERT(!relays("friend.example", "9.9.9.9"));
        set(P_RELAY_BASED_ON_MX, "TRUE");
        CPPUNIT_ASSERT(relays("friend.example", "9.9.9.9"));
        CPPUNIT_ASSERT(!relays("stranger.example", "9.9.9.9"));
    }

    void test_hp_18_6_reject_unbacktranslatable_ip()
    {
        dns.add("PTR 1.2.3.4", "host.abc.com");
        CPPUNIT_ASSERT_EQUAL(std::string("220"), open("1.2.3.5").substr(0, 3));
        set(P_REJECT_UNBACKTRANSLATABLE_IP, "TRUE");
        CPPUNIT_ASSERT_EQUAL(std::string("421"), open("1.2.3.5").substr(0, 3));
        CPPUNIT_ASSERT(session->wants_close());
        CPPUNIT_ASSERT_EQUAL(std::string("220"), open("1.2.3.4").substr(0, 3));
        set(P_GOOD_CLIENTS, "1.2.3.5");
        CPPUNIT_ASSERT_EQUAL(std::string("220"), open("1.2.3.5").substr(0, 3));
    }

    void test_hp_18_6_accept_unqualified_senders()
    {
        static const char *const senders[] = {"smith", "smith@host"};
        for (size_t i = 0; i < 2; ++i) {
            set(P_ACCEPT_UNQUALIFIED_SENDERS, "FALSE");
            CPPUNIT_ASSERT_EQUAL(std::string("553"), codes(mail_from(senders[i])));
            CPPUNIT_ASSERT(session->wants_close());
            set(P_ACCEPT_UNQUALIFIED_SENDERS, "TRUE");
            CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from(senders[i])));
        }
    }

    void test_hp_18_6_accept_unresolvable_domains()
    {
        dns.add("MX good.example", "mx.good.example");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from("a@good.example")));
        CPPUNIT_ASSERT_EQUAL(std::string("553"), codes(mail_from("a@bad.example")));
        CPPUNIT_ASSERT(session->wants_close());
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from("")));
        set(P_ACCEPT_UNRESOLVABLE_DOMAINS, "TRUE");
        int asked = dns.asked;
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from("a@bad.example")));
        CPPUNIT_ASSERT_EQUAL(asked, dns.asked); /* no look-up at all */
    }

    void test_hp_18_6_reject_and_accept_mail_from()
    {
        set(P_ACCEPT_MAIL_FROM, "*@never.example");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from("a@b.example")));
        set(P_REJECT_MAIL_FROM, "*@*.spam.example, bulk%@b.example, sue@b.example");
        set(P_ACCEPT_MAIL_FROM, "friend@*");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from("a@b.example")));
        CPPUNIT_ASSERT_EQUAL(std::string("553"), codes(mail_from("a@host.SPAM.example")));
        CPPUNIT_ASSERT(session->wants_close());
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from("friend@host.spam.example")));
        CPPUNIT_ASSERT_EQUAL(std::string("553"), codes(mail_from("bulk1@b.example")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from("bulk12@b.example")));
        CPPUNIT_ASSERT_EQUAL(std::string("553"), codes(mail_from("Sue@B.Example")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(mail_from("")));
    }

    void test_hp_18_6_spam_action()
    {
        static const char *const actions[] = {"OPCOM", "NONE"};
        for (size_t i = 0; i < 2; ++i) {
            std::string before, after;
            file_read_text("SYS$MANAGER:OPERATOR.LOG", "", 1000000, "\n", &before);
            log_to_operator(true);
            set(P_SPAM_ACTION, actions[i]);
            set(P_BAD_CLIENTS, "1.2.3.4");
            open("1.2.3.4");
            log_to_operator(false);
            file_read_text("SYS$MANAGER:OPERATOR.LOG", "", 1000000, "\n", &after);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                actions[i], size_t(1 - i),
                count(after.substr(before.size()), "spam event Bad-Clients: client 1.2.3.4"));
        }
        /* ACCOUNTING: against a job controller, TEST/VMS/user_accounting_test and TEST/PEERS */
    }

    /* ---- order (spec 4.3) ---- */

    void test_hp_18_6_order_of_checks()
    {
        set(P_SECURITY, "FRIENDLY");
        set(P_BAD_CLIENTS, "1.2.3.4");
        set(P_RBLS, "rbl.example");
        set(P_REJECT_UNBACKTRANSLATABLE_IP, "ON");
        set(P_REJECT_MAIL_FROM, "*@host");
        dns.add("A 4.3.2.1.rbl.example", "127.0.0.2");
        dns.add("A 5.3.2.1.rbl.example", "127.0.0.2");
        dns.add("PTR 1.2.3.7", "seven.example");
        CPPUNIT_ASSERT(open("1.2.3.4").find("list of bad ones") != std::string::npos);
        CPPUNIT_ASSERT(open("1.2.3.5").find("RBL list") != std::string::npos);
        CPPUNIT_ASSERT(open("1.2.3.6").find("backtranslate") != std::string::npos);
        CPPUNIT_ASSERT(mail_from("a@host", "1.2.3.7").find("in my list") != std::string::npos);
        CPPUNIT_ASSERT(mail_from("a@node", "1.2.3.7").find("unqualified") != std::string::npos);
        CPPUNIT_ASSERT(mail_from("a@no.example", "1.2.3.7").find("unresolvable") !=
                       std::string::npos);
        dns.add("A example.com", "1.1.1.1");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(rcpt_to("smith@condor", "1.2.3.7")));
        CPPUNIT_ASSERT_EQUAL(std::string("550"), codes(rcpt_to("x@far.example", "1.2.3.7")));
        CPPUNIT_ASSERT(!session->wants_close());
    }

    /* ---- the relay decision (spec 4.4) ---- */

    void test_hp_18_6_relay_table()
    {
        struct Row {
            const char *good, *zones, *relay;
            bool good_to_any, unknown_to_any, unknown_to_zone;
        };
        static const Row table[] = {
            {"", "", "ON", true, true, true},
            {"", "", "OFF", false, false, false},
            {"", "zone.example", "ON", true, true, true}, /* Relay-Zones ignored */
            {"", "zone.example", "OFF", false, false, false},
            {"1.2.3.4", "", "ON", true, false, false},
            {"1.2.3.4", "zone.example", "ON", true, false, true},
            {"1.2.3.4", "", "OFF", false, false, false},
            {"1.2.3.4", "zone.example", "OFF", false, false, false},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            set(P_GOOD_CLIENTS, table[i].good);
            set(P_RELAY_ZONES, table[i].zones);
            set(P_RELAY, table[i].relay);
            CPPUNIT_ASSERT_EQUAL(table[i].good_to_any, relays("any.example", "1.2.3.4"));
            CPPUNIT_ASSERT_EQUAL(table[i].unknown_to_any, relays("any.example", "9.9.9.9"));
            CPPUNIT_ASSERT_EQUAL(table[i].unknown_to_zone, relays("zone.example", "9.9.9.9"));
        }
    }

    void test_hp_18_6_worked_example()
    {
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "1.2.0.0/16, 2.3.0.0/16, relay.abc.com");
        set(P_RELAY_ZONES, "def.com, abc.com, company.com");
        CPPUNIT_ASSERT_EQUAL(std::string("550 5.7.1 User not local, Relay disabled.\r\n"),
                             rcpt_to("jones@someplace.else.com", "2.2.3.5"));
        CPPUNIT_ASSERT(relays("someplace.else.com", "2.3.3.5"));
        CPPUNIT_ASSERT(relays("company.com", "2.2.3.5"));
    }

    /* Local host or local alias file, whoever asks. */
    void test_hp_18_6_local_mail_is_always_taken()
    {
        identity().add_alias("alias.example");
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "1.2.3.4");
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(rcpt_to("smith@condor.hawk.example", "9.9.9.9")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(rcpt_to("smith@alias.example", "9.9.9.9")));
    }

    void test_hp_18_6_third_refused_relay_closes_the_link()
    {
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "1.2.3.4");
        rcpt_to("one@far.example", "9.9.9.9");
        line("RCPT TO:<two@far.example>");
        CPPUNIT_ASSERT(!session->wants_close());
        CPPUNIT_ASSERT_EQUAL(size_t(0), count(log, "spam event="));
        CPPUNIT_ASSERT_EQUAL(std::string("550 5.7.1 User not local, Relay disabled.\r\n"),
                             line("RCPT TO:<three@far.example>"));
        CPPUNIT_ASSERT(session->wants_close());
        CPPUNIT_ASSERT_EQUAL(size_t(1), count(log, "spam event=SPAM-Relay client=9.9.9.9"));
    }

    /* Source routes and percent signs say where the mail really goes. */
    void test_hp_18_6_route_through_forms()
    {
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "1.2.3.4");
        static const char *const recipients[] = {"@condor.hawk.example:x@far.example",
                                                 "x%far.example@condor.hawk.example",
                                                 "x%far.example%condor@condor.hawk.example"};
        for (size_t i = 0; i < sizeof recipients / sizeof *recipients; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::string("550 5.7.1 User not local, Relay disabled.\r\n"),
                                 rcpt_to(recipients[i], "9.9.9.9"));
            CPPUNIT_ASSERT_EQUAL(std::string("250 2.1.5 Recipient <x@far.example> OK\r\n"),
                                 rcpt_to(recipients[i], "1.2.3.4"));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(rcpt_to("smith%condor@condor.hawk.example", "9.9.9.9")));
    }

    /* ---- texts (spec 4.5) ---- */

    /* Makes the event happen; the reply without code and host. */
    std::string event_text(int event)
    {
        std::string said;
        switch (event) {
        case 0: said = open("1.2.3.6"); break;
        case 1: said = open("1.2.3.4"); break;
        case 2: said = open("1.2.3.5"); break;
        case 3: said = mail_from("bad@b.example", "1.2.3.7"); break;
        case 4: said = mail_from("smith", "1.2.3.7"); break;
        case 5: said = mail_from("a@no.example", "1.2.3.7"); break;
        default: said = rcpt_to("x@far.example", "1.2.3.7"); break;
        }
        CPPUNIT_ASSERT_EQUAL(event < 6, session->wants_close());
        CPPUNIT_ASSERT_EQUAL(std::string(event < 3 ? "421" : event < 6 ? "553" : "550"),
                             codes(said));
        size_t text = event < 3 ? said.find("condor.hawk.example ") + 20 : 10;
        return said.substr(text, said.size() - text - 2);
    }

    void test_hp_18_6_texts_secure_friendly_own()
    {
        static const char closing[] = "Closing transmission channel.";
        struct Row {
            const char *secure, *friendly;
            ParamId own;
        };
        static const Row table[] = {
            {closing, "I can't backtranslate your IP address to a host name.",
             P_UNBACKTRANSLATABLE_IP_TEXT},
            {closing, "Your IP address or subnet is in my list of bad ones.", P_BAD_CLIENTS_TEXT},
            {closing, "Your IP address is in my RBL list.", P_CLIENT_IN_RBL_TEXT},
            {closing, "That sender address is in my list of bad ones.", P_REJECT_MAIL_FROM_TEXT},
            {closing, "That sender address is unqualified.", P_UNQUALIFIED_SENDER_TEXT},
            {closing, "That sender address is unresolvable into a host name or MX domain.",
             P_UNRESOLVABLE_DOMAIN_TEXT},
            {"User not local, Relay disabled.",
             "Both you and the recipient are unknown to me. I will not relay.", P_SPAM_RELAY_TEXT},
        };
        set(P_BAD_CLIENTS, "1.2.3.4");
        set(P_RBLS, "rbl.example");
        set(P_REJECT_UNBACKTRANSLATABLE_IP, "ON");
        set(P_REJECT_MAIL_FROM, "bad@*");
        set(P_RELAY, "ON");
        set(P_GOOD_CLIENTS, "9.9.9.9");
        dns.add("A 5.3.2.1.rbl.example", "127.0.0.2");
        dns.add("PTR 1.2.3.7", "seven.example");
        dns.add("A example.com", "1.1.1.1");
        for (int i = 0; i < 7; ++i) {
            set(P_SECURITY, "SECURE");
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].secure), event_text(i));
            set(P_SECURITY, "FRIENDLY");
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].friendly), event_text(i));
            set(table[i].own, "Our own words: call 555.");
            CPPUNIT_ASSERT_EQUAL(std::string("Our own words: call 555."), event_text(i));
            set(P_SECURITY, "SECURE");
            CPPUNIT_ASSERT_EQUAL(std::string("Our own words: call 555."), event_text(i));
        }
        /* with the relay option off nobody may relay, known or not */
        set(P_RELAY, "OFF");
        CPPUNIT_ASSERT_EQUAL(std::string("Our own words: call 555."), event_text(6));
        set(P_SPAM_RELAY_TEXT, "");
        set(P_SECURITY, "FRIENDLY");
        CPPUNIT_ASSERT_EQUAL(std::string("User not local, Relay disabled."), event_text(6));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp186AntispamTest);
