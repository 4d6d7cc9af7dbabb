/*
**  smtp_path_test - CORE/smtp_path.h; the corpus is TEST/DATA/CORE/paths.in
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "corpus.h"

using namespace mail;

static std::string read_path(const std::string &text, unsigned options)
{
    static const char *const kinds[] = { "NONE", "MAILBOX", "POSTMASTER", "LOCAL" };
    SmtpPath path;
    size_t at = 0;
    PathError error = smtp_path_parse(text, options, &at, &path);
    if (error != PATH_OK)
        return std::string(path_error_name(error)) + " at " + text_from_number(at);
    return std::string(kinds[path.kind]) + " " + text_printable(path.local, 999) + " " +
           path.domain + " " + path.route + "|" + text.substr(at);
}

class SmtpPathTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmtpPathTest);
    CPPUNIT_TEST(test_corpus_gives_reference);
    CPPUNIT_TEST(test_options_are_needed);
    CPPUNIT_TEST(test_limits);
    CPPUNIT_TEST(test_mailbox_round_trips);
    CPPUNIT_TEST(test_domains);
    CPPUNIT_TEST(test_parameters);
    CPPUNIT_TEST(test_xtext);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_corpus_gives_reference()
    {
        std::vector<std::string> in = corpus_lines("CORE/paths.in");
        std::vector<std::string> ref = corpus_lines("CORE/paths.ref");
        CPPUNIT_ASSERT(!in.empty());
        CPPUNIT_ASSERT_EQUAL(ref.size(), in.size());
        for (size_t i = 0; i < in.size(); ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                in[i], in[i].find("xc3") != std::string::npos ? corpus_unescape(ref[i]) : ref[i],
                read_path(corpus_unescape(in[i]),
                          PATH_NULL | PATH_NO_DOMAIN | PATH_NO_BRACKETS | PATH_BLANK | PATH_UTF8));
    }
    void test_options_are_needed()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("syntax error at 1"), read_path("<>", 0));
        CPPUNIT_ASSERT_EQUAL(std::string("syntax error at 5"), read_path("<user>", 0));
        CPPUNIT_ASSERT_EQUAL(std::string("syntax error at 0"), read_path("u@d", 0));
        CPPUNIT_ASSERT_EQUAL(std::string("syntax error at 0"), read_path(" <u@d>", 0));
        CPPUNIT_ASSERT_EQUAL(std::string("syntax error at 2"), read_path("<u\xC3\xA9@d>", 0));
        CPPUNIT_ASSERT_EQUAL(std::string("POSTMASTER POSTMASTER  |"), read_path("<POSTMASTER>", 0));
    }
    void test_limits()
    {
        std::string local(SMTP_LOCAL_LIMIT, 'a');
        CPPUNIT_ASSERT_EQUAL('M', read_path("<" + local + "@d>", 0)[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("too long at 1"), read_path("<" + local + "a@d>", 0));
        std::string label(63, 'd');
        std::string domain = label + "." + label + "." + label + "." + label;
        CPPUNIT_ASSERT_EQUAL('M', read_path("<u@" + domain + ">", 0)[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("too long at 3"), read_path("<u@" + domain + ".e>", 0));
        std::string route;
        for (int i = 0; i < 60; ++i)
            route += (i == 0 ? "@host.exam" : ",@host.exam");
        CPPUNIT_ASSERT_EQUAL(std::string("too long at 0"), read_path("<" + route + ":u@d>", 0));
    }
    void test_mailbox_round_trips()
    {
        static const char *const locals[] = { "user", "a b", "a\"b", "a\\b", "a@b", ".a", "a.", "",
                                              "NODE::USER", "\xC3\xA9", "a..b", "a.b", "<>", "," };
        for (size_t i = 0; i < sizeof locals / sizeof locals[0]; ++i) {
            SmtpPath path;
            std::string text = smtp_mailbox_print(locals[i], "example.com");
            CPPUNIT_ASSERT_MESSAGE(text, smtp_mailbox_parse(text, &path));
            CPPUNIT_ASSERT_EQUAL(std::string(locals[i]), path.local);
            CPPUNIT_ASSERT_EQUAL(text, smtp_mailbox_print(path));
            CPPUNIT_ASSERT_EQUAL("<" + text + ">", smtp_path_print(path));
        }
        SmtpPath path;
        CPPUNIT_ASSERT(!smtp_mailbox_parse("", &path));
        CPPUNIT_ASSERT(!smtp_mailbox_parse("u@d x", &path));
        static const char *const bad[] = { "u@\xC3\xA9..", "u@.\xC3\xA9", "u@d..\xC3\xA9" };
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i)
            CPPUNIT_ASSERT_MESSAGE(bad[i], !smtp_mailbox_parse(bad[i], &path));
        CPPUNIT_ASSERT(smtp_mailbox_parse("u@\xC3\xA9.d.", &path));
        CPPUNIT_ASSERT_EQUAL(std::string("u@\xC3\xA9.d"), smtp_mailbox_print(path));
        CPPUNIT_ASSERT_EQUAL(std::string("\"ab\""),
                             smtp_local_quoted("a\r\n\"b").substr(0, 2) + "b\"");
        CPPUNIT_ASSERT_EQUAL(std::string("<>"), smtp_path_print(SmtpPath()));
    }
    void test_domains()
    {
        static const char *const bad[] = { "", ".", "a.", ".a", "a..b", "-a", "a-", "a-.b", "a b",
                                           "a/b", "[1.2.3.4" };
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i)
            CPPUNIT_ASSERT_MESSAGE(bad[i], !smtp_host_is_valid(bad[i]));
        CPPUNIT_ASSERT(smtp_host_is_valid("a") && smtp_host_is_valid("x_1.a-b.c"));
        CPPUNIT_ASSERT(smtp_host_is_valid("[1.2.3.4]") && !smtp_domain_is_valid("[1.2.3.4]"));
        CPPUNIT_ASSERT(!smtp_domain_is_valid(std::string(64, 'a')));
    }
    void test_parameters()
    {
        std::vector<SmtpParameter> p;
        CPPUNIT_ASSERT(smtp_parameters_parse("x SIZE=100 Body=8BITMIME  SMTPUTF8 ", 1, &p));
        CPPUNIT_ASSERT_EQUAL(size_t(3), p.size());
        CPPUNIT_ASSERT_EQUAL(std::string("BODY"), p[1].keyword);
        CPPUNIT_ASSERT_EQUAL(std::string("8BITMIME"), p[1].value);
        CPPUNIT_ASSERT(!p[2].has_value);
        CPPUNIT_ASSERT(smtp_parameters_parse("", 0, &p) && p.empty());
        static const char *const bad[] = { "=1", "SIZE=", "A=b=c", "-A", "A A", "A=1 a=2", "A_B",
                                           "A=\x01" };
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; ++i)
            CPPUNIT_ASSERT_MESSAGE(bad[i], !smtp_parameters_parse(bad[i], 0, &p));
        CPPUNIT_ASSERT(!smtp_parameters_parse("<a>x", 3, &p)); // glued to the path
        std::string many;
        for (int i = 0; i <= SMTP_PARAMETERS_MAX; ++i)
            many += " P" + text_from_number(static_cast<boost::uint64_t>(i));
        CPPUNIT_ASSERT(!smtp_parameters_parse(many, 0, &p));
    }
    void test_xtext()
    {
        std::string text;
        CPPUNIT_ASSERT_EQUAL(std::string("a+2Bb+3Dc+20"), smtp_xtext_encode("a+b=c "));
        CPPUNIT_ASSERT(smtp_xtext_decode("a+2Bb+3Dc+20", &text));
        CPPUNIT_ASSERT_EQUAL(std::string("a+b=c "), text);
        CPPUNIT_ASSERT(!smtp_xtext_decode("a+2", &text));
        CPPUNIT_ASSERT(!smtp_xtext_decode("a=b", &text));
        CPPUNIT_ASSERT(!smtp_xtext_decode("a+xx", &text));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SmtpPathTest);
