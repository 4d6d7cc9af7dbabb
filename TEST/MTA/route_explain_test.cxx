/*
**  route_explain_test - decisions told in words
*/
#include <cppunit/extensions/HelperMacros.h>
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

class RouteExplainTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RouteExplainTest);
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

    void test_users_of_ours()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("user part smith, domain US.ABC.COM\n"
                                         "US.ABC.COM is local\n"
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
                                         "decision: send to host.far.org (preference 0)\n"),
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
