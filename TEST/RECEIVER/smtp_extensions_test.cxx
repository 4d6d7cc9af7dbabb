/*
**  smtp_extensions_test - each extension on and off, each parameter good and bad
*/
#include "smtp_extensions.h"
#include "smtp_fixture.h"

using namespace mail;

class SmtpExtensionsTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(SmtpExtensionsTest);
    CPPUNIT_TEST(test_extensions_follow_their_settings);
    CPPUNIT_TEST(test_what_is_never_offered);
    CPPUNIT_TEST(test_parameters);
    CPPUNIT_TEST(test_parameters_of_extensions_that_are_off);
    CPPUNIT_TEST_SUITE_END();

    bool offered(const char *keyword)
    {
        open();
        std::string said = line("EHLO x");
        bool listed = said.find(keyword) != std::string::npos;
        CPPUNIT_ASSERT_EQUAL(listed, smtp_extension_offered(*session, keyword));
        return listed;
    }

public:
    void test_extensions_follow_their_settings()
    {
        struct Row {
            const char *keyword;
            ParamId id;
            const char *off, *on;
        };
        static const Row table[] = {{"8BITMIME", P_EIGHT_BIT, "OFF", "ON"},
                                    {"8BITMIME", P_MIME_HACK, "OFF", "ON"},
                                    {"CHUNKING", P_CHUNKING, "OFF", "ON"},
                                    {"DSN", P_DELIVERY_NOTIFICATIONS, "OFF", "ON"}};
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            set(table[i].id, table[i].off);
            CPPUNIT_ASSERT_MESSAGE(table[i].keyword, !offered(table[i].keyword));
            set(table[i].id, table[i].on);
            CPPUNIT_ASSERT_MESSAGE(table[i].keyword, offered(table[i].keyword));
            set(table[i].id, table[i].off);
        }
        CPPUNIT_ASSERT(offered("ENHANCEDSTATUSCODES"));
        CPPUNIT_ASSERT(offered("PIPELINING"));
        CPPUNIT_ASSERT(offered("SIZE"));
        CPPUNIT_ASSERT(offered("HELP"));
    }

    void test_what_is_never_offered()
    {
        static const char *const words[] = {"SMTPUTF8", "REQUIRETLS", "XCLIENT", "XFORWARD",
                                            "BINARYMIME", "ETRN", "VRFY"};
        port.can_secure = port.login = true;
        for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
            CPPUNIT_ASSERT_MESSAGE(words[i], !offered(words[i]));
        CPPUNIT_ASSERT_EQUAL(std::string("500"), codes(line("XCLIENT ADDR=1.2.3.4")));
    }

    void test_parameters()
    {
        struct Row {
            const char *parameters, *code;
        };
        static const Row mail_table[] = {
            {"SIZE=1000", "250"},          {"SIZE=99999999999", "552"},
            {"SIZE=x", "501"},             {"SIZE", "501"},
            {"BODY=7BIT", "250"},          {"BODY=8bitmime", "250"},
            {"BODY=BINARYMIME", "501"},    {"RET=FULL", "250"},
            {"ret=hdrs", "250"},           {"RET=ALL", "501"},
            {"RET", "501"},                {"ENVID=QQ314159", "250"},
            {"ENVID=", "501"},             {"ENVID=a+0Db", "501"},
            {"ENVID=a+FFb", "501"},        {"ENVID=a+b", "501"},
            {"RET=FULL RET=HDRS", "501"},  {"SMTPUTF8", "555"},
            {"REQUIRETLS", "555"},         {"NOTIFY=NEVER", "555"},
            {"AUTH=<>", "250"},            {"AUTH=a+40b.example", "250"},
            {"AUTH=", "501"},
        };
        static const Row rcpt_table[] = {
            {"NOTIFY=NEVER", "250"},       {"NOTIFY=SUCCESS", "250"},
            {"NOTIFY=success,FAILURE,DELAY", "250"}, {"NOTIFY=NEVER,DELAY", "501"},
            {"NOTIFY=", "501"},            {"NOTIFY=SOMETIMES", "501"},
            {"ORCPT=rfc822;bob@x.example", "250"},   {"ORCPT=rfc822;", "501"},
            {"ORCPT=bob@x.example", "501"}, {"ORCPT=rf c;x", "501"},
            {"ORCPT=rfc822;a+0Ab", "501"}, {"ORCPT=;x", "501"},
            {"RET=FULL", "555"},
        };
        set(P_EIGHT_BIT, "ON");
        set(P_RECV_ERRORS, "1000");
        port.secured = port.login = true;
        for (size_t i = 0; i < sizeof mail_table / sizeof *mail_table; ++i) {
            open();
            line("EHLO x");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                mail_table[i].parameters, std::string(mail_table[i].code),
                codes(line("MAIL FROM:<a@b.example> " + std::string(mail_table[i].parameters))));
        }
        open();
        line("EHLO x");
        line("MAIL FROM:<a@b.example>");
        for (size_t i = 0; i < sizeof rcpt_table / sizeof *rcpt_table; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                rcpt_table[i].parameters, std::string(rcpt_table[i].code),
                codes(line("RCPT TO:<smith@condor> " + std::string(rcpt_table[i].parameters))));
        std::string longest(101, 'x');
        open();
        line("EHLO x");
        CPPUNIT_ASSERT_EQUAL(std::string("501"),
                             codes(line("MAIL FROM:<a@b.example> ENVID=" + longest)));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("MAIL FROM:<a@b.example> ENVID=" +
                                                            longest.substr(1))));
    }

    void test_parameters_of_extensions_that_are_off()
    {
        set(P_DELIVERY_NOTIFICATIONS, "OFF");
        open();
        line("EHLO x");
        static const char *const parameters[] = {"RET=FULL", "ENVID=x", "BODY=8BITMIME",
                                                 "AUTH=<>"};
        for (size_t i = 0; i < sizeof parameters / sizeof *parameters; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                parameters[i], std::string("555"),
                codes(line("MAIL FROM:<a@b.example> " + std::string(parameters[i]))));
        line("MAIL FROM:<a@b.example>");
        CPPUNIT_ASSERT_EQUAL(std::string("555"),
                             codes(line("RCPT TO:<smith@condor> NOTIFY=NEVER")));
        CPPUNIT_ASSERT_EQUAL(std::string("555"),
                             codes(line("RCPT TO:<smith@condor> ORCPT=rfc822;a@b")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmtpExtensionsTest);
