/*
**  route_explain_test - decisions told in words
*/
#include <cppunit/extensions/HelperMacros.h>
#include "CORE/text.h"
#include "MTA/aliases.h"
#include "scratch_system.h"
#include "table_services.h"

using namespace mail;

static LocalUser::Verdict some_users(const std::string &user, std::string *forward)
{
    if (user == "SMITH")
        return LocalUser::DELIVER;
    if (user == "JONES") {
        *forward = "SMTP%\"jones@far.org\"";
        return LocalUser::DELIVER;
    }
    if (user == "GUEST")
        return LocalUser::REFUSED;
    return user == "BUSY" ? LocalUser::TROUBLE : LocalUser::UNKNOWN;
}

/* What stands below every decision to send, unless RELAY says otherwise. */
#define HOPS "more than 16 Received: lines (HOP_COUNT_MAXIMUM): the message is returned\n"
#define OTHERS "other hosts that may send such mail through here: "
#define TAIL HOPS OTHERS "nobody, RELAY is off\n"

struct RuleRow {
    const char *setup; /* settings NAME=value, and records, see set_up(); divided by ";" */
    const char *address;
    const char *text; /* all that SHOW ROUTE says below the line about the user part */
};

static const RuleRow rules[] = {
    /* HP 18.1.5: local MX, BIND MX, BIND A, local hosts, in this order */
    {"lmx x.org gate.abc.com 10;mx x.org m.x.org 5;a x.org;host x.org", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: gate.abc.com (10)\n"
     "decision: send to gate.abc.com (preference 10)\n" TAIL},
    {"lmx X.org gate.abc.com 10;mx x.org m.x.org 5;a x.org;host x.org", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: m.x.org (5)\n"
     "decision: send to m.x.org (preference 5)\n" TAIL},
    {"a x.org;host x.org", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: none\n"
     "BIND address: x.org is a host\n"
     "decision: send to x.org (preference 0)\n" TAIL},
    {"host x.org", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: none\n"
     "BIND address: none\n"
     "local hosts database: x.org is a host\n"
     "decision: send to x.org (preference 0)\n" TAIL},
    {"", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: none\n"
     "BIND address: none\n"
     "local hosts database: none\n"
     "no such host or domain: x.org\n"
     "decision: no route; the message is returned\n" OTHERS "nobody, RELAY is off\n"},
    /* RFC 7505, RFC 5321 5.1 */
    {"mx x.org . 0;a x.org", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: null MX, the domain accepts no mail\n"
     "decision: no route; the message is returned\n" OTHERS "nobody, RELAY is off\n"},
    {"mx x.org m1.x.org 10;mx x.org us.abc.com 20;mx x.org m2.x.org 30", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: m1.x.org (10), us.abc.com (20), m2.x.org (30)\n"
     "this host is in the list with preference 20; only better hosts count\n"
     "decision: send to m1.x.org (preference 10)\n" TAIL},
    {"mx x.org us.abc.com 20", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: us.abc.com (20)\n"
     "this host is in the list with preference 20; only better hosts count\n"
     "the best MX of x.org is this host, but the domain is not local\n"
     "decision: no route; the message is returned\n" OTHERS "nobody, RELAY is off\n"},
    {"", "a@[10.1.2.3]",
     "address literal\n"
     "decision: send to 10.1.2.3 (preference 0)\n" TAIL},
    {"mx x.org m1.x.org 10;mx x.org m2.x.org 20;ADDRESS_RETRIES=1", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: m1.x.org (10), m2.x.org (20)\n"
     "decision: send to m1.x.org (preference 10)\n"
     "no more than ADDRESS_RETRIES hosts are tried\n" TAIL},
    /* HP 18.1.5.2: zone and alternate gateway */
    {"ALTERNATE_GATEWAY=relay.abc.com;mx relay.abc.com m1.abc.com 100;"
     "mx relay.abc.com m2.abc.com 200;mx x.org m.x.org 5",
     "a@x.org",
     "outside the zone abc.com: alternate gateway relay.abc.com\n"
     "MX of the gateway: m1.abc.com (100), m2.abc.com (200)\n"
     "decision: send to m1.abc.com (preference 100)\n"
     "else to m2.abc.com (preference 200)\n" TAIL},
    {"ALTERNATE_GATEWAY=1.2.3.4;ZONE=def.com;mx x.org m.x.org 5", "a@x.org",
     "outside the zone def.com: alternate gateway 1.2.3.4\n"
     "decision: send to 1.2.3.4 (preference 0)\n" TAIL},
    {"ALTERNATE_GATEWAY=[1.2.3.4]", "a@x.org",
     "outside the zone abc.com: alternate gateway [1.2.3.4]\n"
     "decision: send to 1.2.3.4 (preference 0)\n" TAIL},
    {"ALTERNATE_GATEWAY=1.2.3.4;mx in.abc.com m.abc.com 5", "a@in.abc.com",
     "in.abc.com is inside the zone abc.com\n"
     "local MX database: none\n"
     "BIND MX: m.abc.com (5)\n"
     "decision: send to m.abc.com (preference 5)\n" TAIL},
    {"ALTERNATE_GATEWAY=1.2.3.4;mx in.abc.com m.abc.com 5;mx in.abc.com m.provider.net 10",
     "a@in.abc.com",
     "in.abc.com is inside the zone abc.com\n"
     "local MX database: none\n"
     "BIND MX: m.abc.com (5), m.provider.net (10)\n"
     "m.provider.net is outside the zone abc.com: alternate gateway 1.2.3.4\n"
     "decision: send to m.abc.com (preference 5)\n"
     "else to 1.2.3.4 (preference 0)\n" TAIL},
    {"ALTERNATE_GATEWAY=1.2.3.4;ALTGATE_ALWAYS=1;mx in.abc.com m.abc.com 5", "a@in.abc.com",
     "everything goes to it (ALTGATE_ALWAYS): alternate gateway 1.2.3.4\n"
     "decision: send to 1.2.3.4 (preference 0)\n" TAIL},
    {"ALTERNATE_GATEWAY=1.2.3.4;MX_IF_NOALTGATE=1;mx x.org m.x.org 5", "a@x.org",
     "outside the zone abc.com: alternate gateway 1.2.3.4\n"
     "behind it, if it cannot be reached: the domain's own hosts (MX_IF_NOALTGATE)\n"
     "local MX database: none\n"
     "BIND MX: m.x.org (5)\n"
     "decision: send to 1.2.3.4 (preference 0)\n"
     "else to m.x.org (preference 5)\n" TAIL},
    {"ALTERNATE_GATEWAY=us.abc.com;mx x.org m.x.org 5", "a@x.org",
     "the alternate gateway is this host: not used\n"
     "local MX database: none\n"
     "BIND MX: m.x.org (5)\n"
     "decision: send to m.x.org (preference 5)\n" TAIL},
    /* spec 2.3 */
    {"NO_MX=1;mx x.org m.x.org 5;lmx x.org m.abc.com 5;a x.org", "a@x.org",
     "no alternate gateway is defined\n"
     "MX records are not used (NO_MX)\n"
     "BIND address: x.org is a host\n"
     "decision: send to x.org (preference 0)\n" TAIL},
    {"NO_MX=1;mx x.org m.x.org 5", "a@x.org",
     "no alternate gateway is defined\n"
     "MX records are not used (NO_MX)\n"
     "BIND address: none\n"
     "local hosts database: none\n"
     "no such host or domain: x.org\n"
     "decision: no route; the message is returned\n" OTHERS "nobody, RELAY is off\n"},
    {"SUBSTITUTE_DOMAIN=s.com;NO_SUBS_DOMAIN_INBOUND=1;a s.com", "smith@s.com",
     "s.com is the substitute domain, but not local (NO_SUBS_DOMAIN_INBOUND)\n"
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: none\n"
     "BIND address: s.com is a host\n"
     "decision: send to s.com (preference 0)\n" TAIL},
    {"SUBSTITUTE_DOMAIN=s.com;LOCAL_ALIAS_ONLY=1;ALTERNATE_GATEWAY=1.2.3.4", "smith@s.com",
     "s.com is the substitute domain, but not local (LOCAL_ALIAS_ONLY)\n"
     "outside the zone abc.com: alternate gateway 1.2.3.4\n"
     "decision: send to 1.2.3.4 (preference 0)\n" TAIL},
    /* spec 3.2: what is no SMTP address */
    {"GENERAL_GATEWAY=uucp.abc.com;mx uucp.abc.com m.abc.com 5", "far!b",
     "not an SMTP address: general-purpose gateway uucp.abc.com\n"
     "MX of the gateway: m.abc.com (5)\n"
     "decision: send to m.abc.com (preference 5)\n" HOPS
     "the recipient becomes far!b@uucp.abc.com\n"},
    /* local, and why */
    {"", "smith@us.abc.com", "us.abc.com is local: this host\n"
                             "user SMITH: delivered by MAIL\n"},
    {"", "smith@US", "US is local: a name of this node\nuser SMITH: delivered by MAIL\n"},
    {"alias Other.org", "smith@other.org",
     "other.org is local: a local alias\nuser SMITH: delivered by MAIL\n"},
    {"SUBSTITUTE_DOMAIN=s.com", "smith@s.com",
     "s.com is local: the substitute domain\nuser SMITH: delivered by MAIL\n"},
    {"", "smith@[127.0.0.1]",
     "[127.0.0.1] is local: an address of this host\nuser SMITH: delivered by MAIL\n"},
    /* HP 18.6, spec 4.4: the relay option; spec 3.2: hop count */
    {"RELAY=ON;HOP_COUNT_MAXIMUM=30", "a@[10.1.2.3]",
     "address literal\n"
     "decision: send to 10.1.2.3 (preference 0)\n"
     "more than 30 Received: lines (HOP_COUNT_MAXIMUM): the message is returned\n" OTHERS
     "everybody, there are no Good-Clients\n"},
    {"RELAY=ON;GOOD_CLIENTS=10.0.0.0/8;RELAY_ZONES=x.org;a in.x.org", "a@in.x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: none\n"
     "BIND address: in.x.org is a host\n"
     "decision: send to in.x.org (preference 0)\n" HOPS OTHERS
     "everybody, the domain is in Relay-Zones\n"},
    {"RELAY=ON;GOOD_CLIENTS=10.0.0.0/8", "a@[10.1.2.3]",
     "address literal\n"
     "decision: send to 10.1.2.3 (preference 0)\n" HOPS OTHERS "Good-Clients only\n"},
    /* who does not answer now is asked again: nothing is returned */
    {"silent x.org;a x.org", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: no answer\n"
     "local hosts database: none\n"
     "no answer about x.org\n"
     "decision: no route; the message waits\n" OTHERS "nobody, RELAY is off\n"},
    {"silent x.org;host x.org", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: no answer\n"
     "local hosts database: x.org is a host\n"
     "decision: send to x.org (preference 0)\n" TAIL},
    {"unreadable mx;mx x.org m.x.org 5", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: it cannot be read now\n"
     "decision: no route; the message waits\n" OTHERS "nobody, RELAY is off\n"},
    {"unreadable hosts", "a@x.org",
     "no alternate gateway is defined\n"
     "local MX database: none\n"
     "BIND MX: none\n"
     "BIND address: none\n"
     "local hosts database: it cannot be read now\n"
     "no answer about x.org\n"
     "decision: no route; the message waits\n" OTHERS "nobody, RELAY is off\n"},
    {"unreadable mx;ALTERNATE_GATEWAY=relay.abc.com", "a@x.org",
     "outside the zone abc.com: alternate gateway relay.abc.com\n"
     "the gateway cannot be looked up now\n"
     "decision: no route; the message waits\n" OTHERS "nobody, RELAY is off\n"},
    {"unreadable mx;GENERAL_GATEWAY=uucp.abc.com", "far!b",
     "not an SMTP address: general-purpose gateway uucp.abc.com\n"
     "the gateway cannot be looked up now\n"
     "decision: no route; the message waits\n"},
    {"ALTERNATE_GATEWAY=relay.abc.com;silent relay.abc.com", "a@x.org",
     "outside the zone abc.com: alternate gateway relay.abc.com\n"
     "decision: send to relay.abc.com (preference 0)\n" TAIL},
};

class RouteExplainTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RouteExplainTest);
    CPPUNIT_TEST(test_rules);
    CPPUNIT_TEST(test_users_of_ours);
    CPPUNIT_TEST(test_every_step_is_told);
    CPPUNIT_TEST(test_gateways);
    CPPUNIT_TEST(test_waiting_and_returning);
    CPPUNIT_TEST(test_what_is_no_address);
    CPPUNIT_TEST_SUITE_END();

    TableServices services_;
    Settings settings_;
    Identity identity_;

    std::string explain(const char *address)
    {
        identity_.apply(settings_);
        std::vector<std::string> lines =
            route_explain_address(address, settings_, identity_, services_);
        std::string text;
        for (size_t i = 0; i < lines.size(); ++i) {
            CPPUNIT_ASSERT(lines[i].find('\n') == std::string::npos);
            text += lines[i] + "\n";
        }
        return text;
    }
    void has(const std::string &text, const char *wanted)
    {
        CPPUNIT_ASSERT_MESSAGE(text + " lacks " + wanted, text.find(wanted) != std::string::npos);
    }

    /* "mx domain host preference", "lmx ..." for the local database, "a host", "host name" of the
       hosts file, "silent domain", "unreadable mx", "unreadable hosts", "alias domain" */
    void set_up(const std::string &line)
    {
        std::vector<std::string> words;
        size_t equals = line.find('=');
        if (equals != std::string::npos) {
            ParamId id = param_find(line.substr(0, equals));
            CPPUNIT_ASSERT_MESSAGE(line, id != P_COUNT);
            CPPUNIT_ASSERT(settings_.set(id, line.substr(equals + 1), ORIGIN_TEST, "", 0));
            return;
        }
        text_words(line, &words);
        CPPUNIT_ASSERT_MESSAGE(line, words.size() >= 2);
        if (words[0] == "mx" || words[0] == "lmx")
            services_.mx(words[0] == "mx" ? &services_.bind : &services_.local, words[1].c_str(),
                         words[2].c_str(), atoi(words[3].c_str()));
        else if (words[0] == "a")
            services_.address_answers[words[1]] = RouteServices::FOUND;
        else if (words[0] == "host")
            services_.hosts += " " + words[1] + " ";
        else if (words[0] == "silent")
            services_.mx_answers[words[1]] = RouteServices::TROUBLE;
        else if (words[0] == "alias")
            identity_.add_alias(words[1]);
        else
            (words[1] == "mx" ? services_.mx_unreadable : services_.hosts_unreadable) = true;
    }

public:
    void setUp()
    {
        scratch_system();
        services_ = TableServices();
        settings_ = Settings();
        identity_ = Identity();
        identity_.set_host("us.abc.com", "", "US");
        alias_use(some_users);
    }
    void tearDown() { alias_use(0); }

    /* Every rule of HP 18.1.5, 18.1.5.2 and spec 2.3, as SHOW ROUTE tells it. */
    void test_rules()
    {
        for (size_t i = 0; i < sizeof rules / sizeof *rules; ++i) {
            setUp();
            std::string setup = rules[i].setup;
            for (size_t from = 0; from < setup.size();) {
                size_t to = setup.find(';', from);
                to = to == std::string::npos ? setup.size() : to;
                set_up(setup.substr(from, to - from));
                from = to + 1;
            }
            std::string text = explain(rules[i].address);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(rules[i].setup, std::string(rules[i].text),
                                         text.substr(text.find('\n') + 1));
        }
    }

    void test_users_of_ours()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("user part smith, domain US.ABC.COM\n"
                                         "US.ABC.COM is local: this host\n"
                                         "user SMITH: delivered by MAIL\n"),
                             explain("smith@US.ABC.COM"));
        has(explain("jones"), "MAIL forwards it to SMTP%\"jones@far.org\"");
        has(explain("guest"), "takes no mail");
        has(explain("nobody@us.abc.com"), "no such user: the message is returned");
        has(explain("busy"), "the message waits");
        CPPUNIT_ASSERT_EQUAL(0, services_.questions);
    }

    void test_every_step_is_told()
    {
        services_.address_answers["host.far.org"] = RouteServices::FOUND;
        CPPUNIT_ASSERT_EQUAL(std::string("user part a, domain host.far.org\n"
                                         "no alternate gateway is defined\n"
                                         "local MX database: none\n"
                                         "BIND MX: none\n"
                                         "BIND address: host.far.org is a host\n"
                                         "decision: send to host.far.org (preference 0)\n" TAIL),
                             explain("a@host.far.org"));
        services_.mx(&services_.bind, "far.org", "m2.far.org", 20);
        services_.mx(&services_.bind, "far.org", "m1.far.org", 10);
        std::string text = explain("SMTP%\"a@far.org\"");
        has(text, "SMTP%\"a@far.org\" is MAIL's form of a@far.org\n");
        has(text, "decision: send to m1.far.org (preference 10)\n"
                  "else to m2.far.org (preference 20)\n");
    }

    void test_gateways()
    {
        settings_.set(P_ALTERNATE_GATEWAY, "10.9.9.9", ORIGIN_TEST, "", 0);
        settings_.set(P_GENERAL_GATEWAY, "uucp.abc.com", ORIGIN_TEST, "", 0);
        has(explain("a@far.org"), "outside the zone abc.com: alternate gateway 10.9.9.9");
        has(explain("x.abc.com!b"), "the recipient becomes x.abc.com!b@uucp.abc.com");
    }

    void test_waiting_and_returning()
    {
        services_.mx_answers["slow.org"] = RouteServices::TROUBLE;
        has(explain("a@slow.org"), "no route; the message waits");
        has(explain("a@nowhere.org"), "no route; the message is returned");
    }

    void test_what_is_no_address()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("a@b@c@ is not an address\n"), explain("a@b@c@"));
        CPPUNIT_ASSERT_EQUAL(std::string(" is not an address\n"), explain(""));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RouteExplainTest);
