/*
**  tw_rejecting_mail_test - TCPware chapter 16, "Rejecting Mail Messages": the sample file and
**  every statement
**
**  Verdicts are those of spec/tcpware.md 3.5, which reads the manual's sample rule by rule.
*/
#include "test_places.h"

#include <stdio.h>
#include "reject_file.h"
#include "VMS/recfile.h"
#include "smtp_fixture.h"

using namespace mail;

class SampleReader : public RejectReader {
public:
    std::string text;
    virtual bool read(const std::string &file, std::string *full, std::string *out)
    {
        *full = file;
        *out = text;
        return true;
    }
};

/* The vectors of spec/tcpware.md 3.5; verdict "" is accepted, else the refusal's text. */
struct Vector {
    const char *id, *from, *ip, *to, *verdict, *delivered;
};
static const char no_relay[] = "no relaying through this site";
static const char no_domain[] = "missing domain name in MAIL FROM";
static const char no_path[] = "No forwarding-path relaying allowed";
static const Vector vectors[] = {
    {"R01", "bob@remote.org", "192.0.2.7", "joe@example.com", "", ""},
    {"R02", "bob@remote.org", "192.0.2.7", "JOE@EXAMPLE.COM", "", ""},
    {"R03", "bob@remote.org", "192.0.2.7", "joe@other.org", no_relay, ""},
    {"R04", "", "192.0.2.7", "joe@example.com", "", ""},
    {"R05", "", "192.0.2.7", "joe@other.org", no_domain, ""},
    {"R06", "", "10.0.0.9", "joe@other.org", "", ""},
    {"R07", "", "10.0.1.9", "joe@other.org", no_domain, ""},
    {"R08", "bob", "192.0.2.7", "joe@example.com", "", ""},
    {"R09", "bob", "192.0.2.7", "joe@other.org", no_domain, ""},
    {"R10", "bob", "192.0.2.7", "joe", "", ""},
    {"R11", "amy@example.com", "10.0.0.5", "joe@other.org", "", ""},
    {"R12", "amy@example.com", "10.0.10.5", "joe@other.org", no_relay, ""},
    {"R13", "amy@notexample.com", "10.0.0.5", "joe@other.org", "", ""},
    {"R14", "amy@example.com", "192.0.2.7", "joe@example.com", "", ""},
    {"R15", "x@answerme.com", "192.0.2.7", "joe@example.com", "Spam from <x@answerme.com> rejected",
     ""},
    {"R16", "x@notanswerme.com", "192.0.2.7", "joe@example.com",
     "Spam from <x@notanswerme.com> rejected", ""},
    {"R17", "x@cyberpromo.com", "10.0.0.5", "joe@example.com",
     "Spam from <x@cyberpromo.com> to <joe@example.com> rejected", ""},
    {"R18", "x@pleaseread.com", "192.0.2.7", "joe@example.com",
     "Spam rejected; Contact postmaster@example.com", ""},
    {"R19", "bob@remote.org", "192.0.2.7", "joe%other.org@example.com", no_path, ""},
    {"R20", "bob@remote.org", "192.0.2.7", "joe@other.org@example.com", no_path, ""},
    {"R21", "bob@remote.org", "192.0.2.7", "@hop.org:joe@example.com", no_path, ""},
    {"R22", "bob@remote.org", "192.0.2.7", "other.org!joe@example.com", "No UUCP relaying allowed",
     ""},
    {"R23", "bob@remote.org", "192.0.2.7", "webmaster@example.com", "", "postmaster@example.com"},
    {"R24", "bob@remote.org", "192.0.2.7", "webmaster@www.example.com", "",
     "postmaster@example.com"},
    {"R25", "bob@remote.org", "192.0.2.7", "joe@daisy.example.com", "", ""},
    {"R26", "bob@remote.org", "192.0.2.7", "joe@rose.example.com", no_relay, ""},
    {"R27", "bob@remote.org", "192.0.2.7", "joe@[10.0.0.1]", "", ""},
    {"R28", "bob@remote.org", "192.0.2.7", "joe@[10.0.0.2]", no_relay, ""},
    {"R29", "bob@remote.org", "192.0.2.7", "postmaster", "", ""},
    {"R30", "bob%inside@remote.org", "192.0.2.7", "joe@example.com", "", ""},
};

static LocalUser::Verdict everybody(const std::string &, std::string *)
{
    return LocalUser::DELIVER;
}

class TwRejectingMailTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(TwRejectingMailTest);
    CPPUNIT_TEST(test_tw_sample_file_vectors);
    CPPUNIT_TEST(test_tw_sample_file_in_sessions);
    CPPUNIT_TEST(test_tw_header_rules);
    CPPUNIT_TEST(test_tw_short_form);
    CPPUNIT_TEST(test_tw_default_refusal_has_two_lines);
    CPPUNIT_TEST(test_tw_quiet_rejection);
    CPPUNIT_TEST(test_tw_first_rule_decides);
    CPPUNIT_TEST(test_tw_forward_path_rule);
    CPPUNIT_TEST(test_tw_all_bounces_rule);
    CPPUNIT_TEST(test_tw_rcpt_check_host);
    CPPUNIT_TEST(test_tw_rewritten_address_is_not_judged_again);
    CPPUNIT_TEST(test_tw_reject_info_bits);
    CPPUNIT_TEST_SUITE_END();

    RejectRulesPtr parse(const std::string &text)
    {
        SampleReader reader;
        boost::shared_ptr<RejectRules> rules(new RejectRules);
        reader.text = text;
        CPPUNIT_ASSERT(reject_parse("SAMPLE", reader, rules.get()));
        CPPUNIT_ASSERT_EQUAL(size_t(0), rules->problems.size());
        return rules;
    }
    static std::string sample()
    {
        std::string name = test_data() + "/../../COM/TEMPLATES/SMTP_SERVER_REJECT.SAMPLE";
        FILE *file = fopen(name.c_str(), "rb");
        CPPUNIT_ASSERT(file != 0);
        char buffer[16384];
        size_t size = fread(buffer, 1, sizeof buffer, file);
        fclose(file);
        return std::string(buffer, size);
    }
    /* TCPware has no relay option and no checks of senders but those it is told. */
    void as_tcpware()
    {
        identity().set_host("example.com", "", "DAISY");
        identity().add_alias("daisy.example.com");
        set(P_RELAY, "ON");
        set(P_ACCEPT_UNQUALIFIED_SENDERS, "ON");
        set(P_ACCEPT_UNRESOLVABLE_DOMAINS, "ON");
        set(P_RECV_RELAY_ATTEMPTS, "1000");
        alias_use(everybody);
    }
    /* The reply to RCPT. */
    std::string rcpt(const Vector &v)
    {
        open(v.ip);
        line("EHLO x");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("MAIL FROM:<" + std::string(v.from) +
                                                            ">")));
        return line("RCPT TO:<" + std::string(v.to) + ">");
    }
    std::string rcpt(const char *from, const char *ip, const char *to)
    {
        Vector v = {"", from, ip, to, "", ""};
        return rcpt(v);
    }
    size_t count(const std::string &what) const
    {
        size_t n = 0;
        for (size_t at = log.find(what); at != std::string::npos; at = log.find(what, at + 1))
            ++n;
        return n;
    }

public:
    void test_tw_sample_file_vectors()
    {
        RejectRulesPtr rules = parse(sample());
        CPPUNIT_ASSERT_EQUAL(size_t(17), rules->rules.size());
        CPPUNIT_ASSERT_EQUAL(size_t(2), rules->header_rules.size());
        for (size_t i = 0; i < sizeof vectors / sizeof *vectors; ++i) {
            const Vector &v = vectors[i];
            const RejectRule *rule = reject_find(*rules, v.from, v.ip, v.to);
            bool refused = rule && rule->action == REJECT_REFUSE;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(v.id, v.verdict[0] != 0, refused);
            if (refused)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(v.id, std::string(v.verdict),
                                             reject_text(*rule, v.from, v.to, "example.com"));
            bool rewritten = rule && rule->action == REJECT_REWRITE;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(v.id, std::string(v.delivered),
                                         rewritten ? rule->data : std::string());
        }
    }

    void test_tw_sample_file_in_sessions()
    {
        as_tcpware();
        reject = parse(sample());
        for (size_t i = 0; i < sizeof vectors / sizeof *vectors; ++i) {
            const Vector &v = vectors[i];
            std::string said = rcpt(v), wanted = "250";
            if (v.verdict[0])
                wanted = "553 5.7.1 " + std::string(v.verdict) + "\r\n";
            if (strcmp(v.id, "R20") == 0)
                wanted = "501"; /* two @: no path at all */
            CPPUNIT_ASSERT_EQUAL_MESSAGE(v.id, wanted, said.substr(0, wanted.size()));
            if (v.delivered[0])
                CPPUNIT_ASSERT(said.find("<" + std::string(v.delivered) + ">") !=
                               std::string::npos);
        }
    }

    void test_tw_header_rules()
    {
        struct Row {
            const char *header, *code;
        };
        static const Row table[] = {
            {"Message-Id: <123@CYBERPROMO.COM>\r\n", "554"},
            {"Message-ID: <1@x.nowhere.com>\r\n", "250"},
            {"Message-ID:    <9@nowhere.com>\r\n", "554"},
            {"Message-ID:\r\n <9@nowhere.com>\r\n", "554"},
            {"X-Message-ID: <9@nowhere.com>\r\n", "250"},
        };
        as_tcpware();
        reject = parse(sample());
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            rcpt("amy@example.com", "10.0.0.5", "joe@example.com"); /* n does not help */
            line("DATA");
            std::string said = talk(std::string(table[i].header) + "\r\ntext\r\n.\r\n");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].header, std::string(table[i].code), codes(said));
            if (said[0] == '5')
                CPPUNIT_ASSERT_EQUAL(
                    std::string("554 5.7.1 Message rejected due to header contents\r\n"), said);
        }
        /* a body line is no header */
        rcpt("amy@example.com", "10.0.0.5", "joe@example.com");
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(talk("X: y\r\n\r\nMessage-ID: <9@nowhere.com>\r\n.\r\n")));
    }

    void test_tw_short_form()
    {
        as_tcpware();
        reject = parse("baduser@spam.org\n<> * * n\n* 198.51.100.* * q\nabc* * *@x.org y\n");
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(rcpt("baduser@spam.org", "192.0.2.7", "joe@example.com")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(rcpt("", "192.0.2.7", "any@where.org")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(rcpt("z@z.org", "198.51.100.4", "joe@example.com")));
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk("x\r\n.\r\n")));
        CPPUNIT_ASSERT(capture.messages.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("553"),
                             codes(rcpt("abcd@q.org", "192.0.2.7", "me@x.org")));
    }

    void test_tw_default_refusal_has_two_lines()
    {
        as_tcpware();
        reject = parse("* * user@* y\n");
        CPPUNIT_ASSERT_EQUAL(
            std::string("553-5.7.1 Mail to user@example.com not allowed;\r\n"
                        "553 5.7.1 Contact Postmaster@example.com to remove block\r\n"),
            rcpt("a@b.org", "192.0.2.7", "user@example.com"));
    }

    void test_tw_quiet_rejection()
    {
        as_tcpware();
        reject = parse("* * drop@* q\n");
        CPPUNIT_ASSERT_EQUAL(std::string("250 2.1.5 Recipient <drop@example.com> OK\r\n"),
                             rcpt("a@b.org", "192.0.2.7", "drop@example.com"));
        line("RCPT TO:<keep@example.com>");
        line("DATA");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(talk("x\r\n.\r\n")));
        CPPUNIT_ASSERT_EQUAL(size_t(1), capture.messages[0].recipients.size());
        CPPUNIT_ASSERT_EQUAL(std::string("keep@example.com"),
                             capture.messages[0].recipients[0].address);
    }

    void test_tw_first_rule_decides()
    {
        as_tcpware();
        reject = parse("* * * n\n* * * y \"never reached\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(rcpt("a@b.org", "192.0.2.7", "c@d.org")));
        reject = parse("");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(rcpt("a@b.org", "192.0.2.7", "c@d.org")));
    }

    void test_tw_forward_path_rule()
    {
        as_tcpware();
        reject = parse("* * *@*@example.com y \"No forward-path relaying allowed\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string("553 5.7.1 No forward-path relaying allowed\r\n"),
                             rcpt("a@b.org", "192.0.2.7", "xxx%yyy@example.com"));
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(rcpt("a%x@b.org", "192.0.2.7", "xxx@example.com")));
    }

    void test_tw_all_bounces_rule()
    {
        as_tcpware();
        reject = parse("<> * * n\n* * *@example.com y \"no\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(rcpt("", "192.0.2.7", "joe@example.com")));
        CPPUNIT_ASSERT_EQUAL(std::string("553"),
                             codes(rcpt("a@b.org", "192.0.2.7", "joe@example.com")));
        reject = parse("*@*domain.com * * y \"one\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string("553"),
                             codes(rcpt("x@a.domain.com", "192.0.2.7", "joe@example.com")));
        reject = parse("<*@*domain.com> * * y \"the same\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string("553"),
                             codes(rcpt("x@a.domain.com", "192.0.2.7", "joe@example.com")));
    }

    void test_tw_rcpt_check_host()
    {
        as_tcpware();
        reject = parse("* * *@check.example y \"%.0s%s %s\"\n");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(rcpt("a@b.org", "192.0.2.7", "joe")));
        set(P_REJECT_CHECK_HOST, "check.example");
        CPPUNIT_ASSERT_EQUAL(std::string("553 5.7.1 joe@check.example check.example\r\n"),
                             rcpt("a@b.org", "192.0.2.7", "joe"));
    }

    void test_tw_rewritten_address_is_not_judged_again()
    {
        as_tcpware();
        set(P_RELAY, "OFF");
        reject = parse("* * a@example.com n <b@example.com>\n* * b@example.com y\n"
                       "* * c@example.com n c@far.example\n* * d@example.com n nonsense@@\n");
        CPPUNIT_ASSERT_EQUAL(std::string("250 2.1.5 Recipient <b@example.com> OK\r\n"),
                             rcpt("x@b.org", "192.0.2.7", "a@example.com"));
        CPPUNIT_ASSERT_EQUAL(std::string("250 2.1.5 Recipient <c@far.example> OK\r\n"),
                             rcpt("x@b.org", "192.0.2.7", "c@example.com"));
        CPPUNIT_ASSERT_EQUAL(std::string("451"),
                             codes(rcpt("x@b.org", "192.0.2.7", "d@example.com")));
    }

    void test_tw_reject_info_bits()
    {
        struct Row {
            const char *info;
            int refused, rewritten, text, accepted, discarded, header;
        };
        static const Row table[] = {
            {"1", 1, 0, 0, 0, 0, 0},  {"2", 0, 1, 0, 0, 0, 0},  {"4", 0, 0, 1, 0, 0, 0},
            {"16", 0, 0, 0, 1, 0, 0}, {"32", 0, 0, 0, 0, 1, 0}, {"64", 0, 0, 0, 0, 0, 1},
            {"65", 1, 0, 0, 0, 0, 1}, {"0", 0, 0, 0, 0, 0, 0},  {"127", 1, 1, 1, 1, 1, 1},
        };
        as_tcpware();
        log_to_operator(true);
        reject = parse("* * y@* y \"no\"\n* * r@* n s@example.com\n* * n@* n\n* * q@* q\n"
                       ":Subject: offer\n");
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            std::string before, after;
            set(P_REJECT_INFO, table[i].info);
            file_read_text("SYS$MANAGER:OPERATOR.LOG", "", 1000000, "\n", &before);
            rcpt("a@b.org", "192.0.2.7", "y@example.com");
            line("RCPT TO:<r@example.com>");
            line("RCPT TO:<n@example.com>");
            line("RCPT TO:<q@example.com>");
            line("DATA");
            talk("Subject: offer\r\n\r\n.\r\n");
            file_read_text("SYS$MANAGER:OPERATOR.LOG", "", 1000000, "\n", &after);
            after = after.substr(before.size());
            const char *const said[] = {"rules: refused from <a@b.org>, client 192.0.2.7, to <y@",
                                        "rules: rewritten as <s@example.com> from <a@b.org>",
                                        "rules: said 553 5.7.1 no",
                                        "rules: accepted from <a@b.org>",
                                        "rules: discarded from <a@b.org>",
                                        "rules: refused for its header, from <a@b.org>"};
            const int wanted[] = {table[i].refused,  table[i].rewritten, table[i].text,
                                  table[i].accepted, table[i].discarded, table[i].header};
            for (size_t k = 0; k < 6; ++k)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(
                    std::string(table[i].info) + ": " + said[k], wanted[k] != 0,
                    after.find(said[k]) != std::string::npos);
        }
        log_to_operator(false);
        CPPUNIT_ASSERT(log.find("SAMPLE, line 1") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TwRejectingMailTest);
