/*
**  server_login_test - the file of logins: lines, secrets in files, protection
*/
#include "server_login.h"
#include "symbiont_fixture.h"

#include "CORE/encode.h"
#include "VMS/recfile.h"
#include "file_guard.h"

using namespace mail;

class ServerLoginTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(ServerLoginTest);
    CPPUNIT_TEST(test_lines);
    CPPUNIT_TEST(test_bad_lines_are_told);
    CPPUNIT_TEST(test_find_by_host);
    CPPUNIT_TEST(test_open_file_is_not_used);
    CPPUNIT_TEST(test_secret_in_a_file_is_read_each_time);
    CPPUNIT_TEST(test_responses);
    CPPUNIT_TEST_SUITE_END();

    static void write(const char *name, const char *text, unsigned guard = 0xff00)
    {
        RecordWriter writer;
        std::string spec = "SYS$SPECIFIC:[TCPIP$SMTP]" + std::string(name);
        CPPUNIT_ASSERT(writer.create(spec, "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        writer.close();
        set_file_guard(spec, guard);
    }

public:
    void test_lines()
    {
        std::vector<ServerLogin> logins;
        std::vector<LoginProblem> problems;
        login_parse("! comment\n\nSmtp.Abc.Com:587 plain smith \"two words\"\n"
                    ".def.com\tXOAUTH2  a@def.com  @DISK:[X]TOKEN.TXT\n",
                    &logins, &problems);
        CPPUNIT_ASSERT_EQUAL(size_t(0), problems.size());
        CPPUNIT_ASSERT_EQUAL(size_t(2), logins.size());
        CPPUNIT_ASSERT_EQUAL(std::string("smtp.abc.com"), logins[0].host);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(587), logins[0].port);
        CPPUNIT_ASSERT_EQUAL(LOGIN_PLAIN, logins[0].mechanism);
        CPPUNIT_ASSERT_EQUAL(std::string("two words"), logins[0].secret.reveal());
        CPPUNIT_ASSERT_EQUAL(LOGIN_XOAUTH2, logins[1].mechanism);
    }

    void test_bad_lines_are_told()
    {
        static const char *const lines[] = {"host PLAIN user",     "host PLAIN user a b",
                                            "host:x PLAIN user s", "host CRAM-MD5 user s",
                                            ":25 PLAIN user s",    "host PLAIN user \"s",
                                            "host PLAIN \"\" s",   "host:70000 ANY u s"};
        for (size_t i = 0; i < sizeof lines / sizeof *lines; ++i) {
            std::vector<ServerLogin> logins;
            std::vector<LoginProblem> problems;
            login_parse("! first\n" + std::string(lines[i]), &logins, &problems);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(lines[i], size_t(1), problems.size());
            CPPUNIT_ASSERT_EQUAL(size_t(2), problems[0].line);
            CPPUNIT_ASSERT(logins.empty());
        }
    }

    void test_find_by_host()
    {
        ServerLogin login;
        bool found = true;
        CPPUNIT_ASSERT(login_find("mx.abc.com", *settings_, &login, &found).is_done());
        CPPUNIT_ASSERT(!found); /* no file */
        write("TCPIP$SMTP_LOGINS.TXT", "mx.abc.com PLAIN one s1\n.abc.com LOGIN two s2");
        CPPUNIT_ASSERT(login_find("MX.abc.com", *settings_, &login, &found).is_done());
        CPPUNIT_ASSERT(found && login.user == "one");
        CPPUNIT_ASSERT(login_find("m2.abc.com", *settings_, &login, &found).is_done());
        CPPUNIT_ASSERT(found && login.user == "two");
        CPPUNIT_ASSERT(login_find("abc.com", *settings_, &login, &found).is_done() && !found);
    }

    void test_open_file_is_not_used()
    {
        ServerLogin login;
        bool found = false;
        write("TCPIP$SMTP_LOGINS.TXT", "mx.abc.com PLAIN one s1", 0xe000); /* GROUP reads */
        Outcome outcome = login_find("mx.abc.com", *settings_, &login, &found);
        CPPUNIT_ASSERT(outcome.is_later());
        CPPUNIT_ASSERT(outcome.log_text().find("can be read by") != std::string::npos);
    }

    void test_secret_in_a_file_is_read_each_time()
    {
        ServerLogin login;
        bool found = false;
        write("TCPIP$SMTP_LOGINS.TXT",
              "mx.abc.com XOAUTH2 one @SYS$SPECIFIC:[TCPIP$SMTP]TOKEN.TXT");
        CPPUNIT_ASSERT(login_find("mx.abc.com", *settings_, &login, &found).is_later());
        write("TOKEN.TXT", "ya29.first");
        CPPUNIT_ASSERT(login_find("mx.abc.com", *settings_, &login, &found).is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("ya29.first"), login.secret.reveal());
        write("TOKEN.TXT", "ya29.second");
        CPPUNIT_ASSERT(login_find("mx.abc.com", *settings_, &login, &found).is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("ya29.second"), login.secret.reveal());
    }

    void test_responses()
    {
        ServerLogin login;
        std::string text;
        login.user = "tim";
        login.secret = Secret("tanstaaftanstaaf");
        /* RFC 4616 4 without an authority */
        CPPUNIT_ASSERT(base64_decode(login_response(login, LOGIN_PLAIN), &text));
        CPPUNIT_ASSERT_EQUAL(std::string("\0tim\0tanstaaftanstaaf", 21), text);
        CPPUNIT_ASSERT(base64_decode(login_response(login, LOGIN_XOAUTH2), &text));
        CPPUNIT_ASSERT_EQUAL(std::string("user=tim\001auth=Bearer tanstaaftanstaaf\001\001"), text);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServerLoginTest);
