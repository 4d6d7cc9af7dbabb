/*
**  mx_command_test - the local MX database
*/
#include "mx_command.h"
#include "manage_fixture.h"

#include "MTA/router.h"

using namespace mail;

class MxCommandTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(MxCommandTest);
    CPPUNIT_TEST(test_lines);
    CPPUNIT_TEST(test_set_show_and_remove);
    CPPUNIT_TEST(test_comments_stay);
    CPPUNIT_TEST(test_refusals);
    CPPUNIT_TEST(test_destinations_are_case_sensitive);
    CPPUNIT_TEST(test_output_file);
    CPPUNIT_TEST_SUITE_END();

    static std::string database()
    {
        std::string text;
        file_read_text(config_common_file("TCPIP$SMTP_LOCAL_MX.TXT"), "", 10000, "\n", &text);
        return text;
    }

public:
    void setUp()
    {
        ManageFixture::setUp();
        root_->make_folder("/VMS$COMMON");
        root_->make_folder("/VMS$COMMON/SYSEXE");
        write_text("SYS$SYSDEVICE:[VMS$COMMON.SYSEXE]TCPIP$HOSTS.TXT",
                   "10.1.1.1 gate.example\n10.1.1.2 other.example\n");
    }

    void test_lines()
    {
        MxEntry entry;
        CPPUNIT_ASSERT(mx_line_parse("  abc.com\tgate.example  10 ", &entry));
        CPPUNIT_ASSERT_EQUAL(std::string("abc.com"), entry.destination);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(10), entry.preference);
        CPPUNIT_ASSERT(!mx_line_parse("! abc.com gate 10", &entry));
        CPPUNIT_ASSERT(!mx_line_parse("!x abc.com 10", &entry));
        CPPUNIT_ASSERT(!mx_line_parse("abc.com gate.example", &entry));
        CPPUNIT_ASSERT(!mx_line_parse("abc.com gate.example 65536", &entry));
        CPPUNIT_ASSERT(!mx_line_parse("", &entry));
        CPPUNIT_ASSERT_EQUAL(std::string("abc.com"), mx_name("ABC.COM"));
        CPPUNIT_ASSERT_EQUAL(std::string("Abc.com"), mx_name("Abc.com"));
    }

    void test_set_show_and_remove()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             run("SET MX_RECORD ABC.COM/GATEWAY=gate.example/PREFERENCE=20"));
        run("SET MX_RECORDS abc.com/GATEWAY=other.example/PREFERENCE=10");
        run("SET MX def.com/GATE=10.1.1.9/PREF=5");
        run("SET MX abc.com/GATEWAY=GATE.EXAMPLE/PREFERENCE=30");
        std::vector<RouteMx> mx;
        router_parse_mx(database(), "abc.com", &mx);
        CPPUNIT_ASSERT_EQUAL(size_t(2), mx.size());
        CPPUNIT_ASSERT_EQUAL(std::string("gate.example"), mx[0].host);
        CPPUNIT_ASSERT_EQUAL(int(30), int(mx[0].preference));
        std::string text = run("SHOW MX_RECORD");
        CPPUNIT_ASSERT_EQUAL(
            std::string("\n"
                        "                                 Local MX database\n"
                        "\n"
                        "\n"
                        "   Destination      Preference       Gate name\n"
                        "\n"
                        "   abc.com          30               gate.example\n"
                        "   abc.com          10               other.example\n"
                        "   def.com          5                10.1.1.9\n"),
            text);
        ASSERT_LACKS(run("SHOW MX ABC.COM"), "def.com");
        ASSERT_LACKS(run("SHOW MX abc.com/GATEWAY=gate.example"), "other.example");
        CPPUNIT_ASSERT_EQUAL(std::string(), run("SET NOMX_RECORD abc.com/GATEWAY=gate.example"));
        ASSERT_LACKS(run("SHOW MX"), "gate.example");
        CPPUNIT_ASSERT_EQUAL(std::string(), run("SET NOMX abc.com"));
        ASSERT_LACKS(run("SHOW MX"), "abc.com");
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-W-NORECORD, Information not found\n"
                                         "-RMS-E-RNF, record not found\n"),
                             run("SET NOMX abc.com"));
    }

    void test_comments_stay()
    {
        write_text(config_common_file("TCPIP$SMTP_LOCAL_MX.TXT"),
                   "! ours\nabc.com gate.example 10\nnot a record\n");
        run("SET MX def.com/GATE=10.1.1.9/PREF=5");
        run("SET NOMX abc.com");
        std::string text = database();
        ASSERT_HAS(text, "! ours\nnot a record\ndef.com 10.1.1.9 5");
    }

    void test_refusals()
    {
        ASSERT_HAS(run("SET MX \"a b\"/GATEWAY=gate.example/PREFERENCE=1"), "BADVALUE");
        ASSERT_HAS(run("SET MX a.com/GATEWAY=\"-x\"/PREFERENCE=1"), "BADVALUE");
        ASSERT_HAS(run("SET MX a.com/GATEWAY=gate.example/PREFERENCE=65536"), "BADVALUE");
        CPPUNIT_ASSERT_EQUAL(std::string(), database());
        ASSERT_HAS(run("SHOW MX"), "NORECORD");
    }

    void test_destinations_are_case_sensitive()
    {
        run("SET MX \"Abc.com\"/GATEWAY=gate.example/PREFERENCE=1");
        ASSERT_HAS(run("SHOW MX"), "   Abc.com ");
        ASSERT_HAS(run("SHOW MX \"Abc.com\""), "   Abc.com ");
        ASSERT_HAS(run("SHOW MX abc.com"), "NORECORD");
    }

    void test_output_file()
    {
        std::string text;
        root_->make_folder("/WORK");
        run("SET MX def.com/GATE=10.1.1.9/PREF=5");
        CPPUNIT_ASSERT_EQUAL(std::string(), run("SHOW MX/OUTPUT=SYS$SYSDEVICE:[WORK]MX.LIS"));
        CPPUNIT_ASSERT(
            file_read_text("SYS$SYSDEVICE:[WORK]MX.LIS", "", 10000, "\n", &text).ok());
        ASSERT_HAS(text, "def.com");
        ASSERT_HAS(run("SHOW MX/OUTPUT=SYS$SYSDEVICE:[NOWHERE]MX.LIS"), "%TCPIP-E-OPENOUT");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MxCommandTest);
