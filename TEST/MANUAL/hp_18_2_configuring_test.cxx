/*
**  hp_18_2_configuring_test - HP TCP/IP Services Management, 18.2: one test per statement
*/
#include <string.h>
#include "CORE/params.h"
#include "smtp_fixture.h"

using namespace mail;

static LocalUser::Verdict postmaster_forwarded(const std::string &user, std::string *forward)
{
    if (user != "POSTMASTER" && user != "TCPIP$SMTP" && user != "CHIEF")
        return user == "SYSTEM" ? LocalUser::DELIVER : LocalUser::UNKNOWN;
    *forward = "SYSTEM";
    return LocalUser::DELIVER;
}

class Hp182ConfiguringTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(Hp182ConfiguringTest);
    CPPUNIT_TEST(test_hp_18_2_settings_of_the_command);
    CPPUNIT_TEST(test_hp_18_2_receive_timeout_is_five_minutes);
    CPPUNIT_TEST(test_hp_18_2_1_log_file);
    CPPUNIT_TEST(test_hp_18_2_2_postmaster_is_always_taken);
    CPPUNIT_TEST(test_hp_18_2_2_bounces_come_from_tcpip_smtp);
    CPPUNIT_TEST(test_hp_18_2_2_postmaster_alias_changes_it);
    CPPUNIT_TEST_SUITE_END();

    static bool has_qualifier(const char *qualifier)
    {
        for (int i = 0; i < P_COUNT; ++i)
            if (strcmp(param_row(static_cast<ParamId>(i)).config, qualifier) == 0)
                return true;
        return false;
    }

public:
    void test_hp_18_2_settings_of_the_command()
    {
        static const char *const qualifiers[] = {
            "ADDRESS_RETRIES",  "GATEWAY.ALTERNATE",  "GATEWAY.GENERAL_PURPOSE",
            "HOP_COUNT_MAXIMUM", "INTERVAL.INITIAL",  "INTERVAL.RETRY",
            "INTERVAL.MAXIMUM", "LOG",                "OPTIONS.EIGHT_BIT",
            "OPTIONS.HEADERS",  "OPTIONS.RELAY",      "QUEUES",
            "RECEIVE_TIMEOUT",  "SEND_TIMEOUT.INITIAL", "SEND_TIMEOUT.MAIL",
            "SEND_TIMEOUT.RECEIPT", "SEND_TIMEOUT.DATA", "SEND_TIMEOUT.TERMINATION",
            "SUBSTITUTE_DOMAIN.NAME", "ZONE"};
        for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; ++i)
            CPPUNIT_ASSERT_MESSAGE(qualifiers[i], has_qualifier(qualifiers[i]));
    }

    void test_hp_18_2_receive_timeout_is_five_minutes()
    {
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(300), Settings().seconds(P_RECEIVE_TIMEOUT));
    }

    void test_hp_18_2_1_log_file()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("SYS$SPECIFIC:[TCPIP$SMTP]TCPIP$SMTP_LOGFILE.LOG"),
                             Settings().text(P_LOG_FILE));
    }

    void test_hp_18_2_2_postmaster_is_always_taken()
    {
        alias_use(postmaster_forwarded);
        open();
        line("HELO x");
        line("MAIL FROM:<>");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("RCPT TO:<Postmaster>")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(line("RCPT TO:<POSTMASTER@condor.hawk.example>")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(line("RCPT TO:<tcpip$smtp@condor.hawk.example>")));
    }

    void test_hp_18_2_2_bounces_come_from_tcpip_smtp()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP@condor.hawk.example"),
                             identity().postmaster_address());
    }

    void test_hp_18_2_2_postmaster_alias_changes_it()
    {
        alias_use(postmaster_forwarded);
        set(P_POSTMASTER_ALIAS, "CHIEF");
        open();
        CPPUNIT_ASSERT_EQUAL(std::string("CHIEF@condor.hawk.example"),
                             identity().postmaster_address());
        line("HELO x");
        line("MAIL FROM:<>");
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             codes(line("RCPT TO:<chief@condor.hawk.example>")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp182ConfiguringTest);
