/*
**  mail_protocol_test - the sequence of calls a MAIL$PROTOCOL image gets (spec/vms-api.md 3.7)
**
**  The image is built here from a few lines; it writes down what it is told.
*/
#include "mail_support.h"
#include "test_places.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fstream>
#include <sstream>

using std::string;

static const char image_source[] = R"(
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <rms.h>
#include <descrip.h>
#include <starlet.h>
extern "C" { extern const int MAIL$C_PROT_MAJOR = 2, MAIL$C_PROT_MINOR = 1; }
static std::string text(dsc$descriptor_s *d) {
    std::string t(d->dsc$a_pointer, d->dsc$w_length);
    return t == std::string(1, '\0') ? "<NUL>" : t;
}
extern "C" int MAIL$PROTOCOL(unsigned int *context, int code, ...) {
    FILE *log = fopen(getenv("PROTOCOL_LOG"), "a");
    va_list a;
    va_start(a, code);
    int status = 1;
    fprintf(log, "%d", code);
    if (code == 0) {
        fprintf(log, " [%s]", text(va_arg(a, dsc$descriptor_s *)).c_str());
        fprintf(log, " [%s]", text(va_arg(a, dsc$descriptor_s *)).c_str());
        unsigned link = va_arg(a, int);
        int rat = va_arg(a, int), rfm = va_arg(a, int);
        fprintf(log, " %u %d %d ctx %u", link, rat, rfm, *context);
        *context = 99;
    } else if (code != 7) {
        va_arg(a, dsc$descriptor_s *);
        if (code == 5) {
            RAB *rab = va_arg(a, RAB *);
            while (sys$get(rab) & 1)
                fprintf(log, " {%.*s}", rab->rab$w_rsz, rab->rab$l_rbf);
        } else {
            std::string t = text(va_arg(a, dsc$descriptor_s *));
            fprintf(log, " [%s]", t.c_str());
            if ((code == 2 || code == 6) && t.find("bad") == 0) {
                int (*error)(unsigned, ...) = va_arg(a, int (*)(unsigned, ...));
                error(8290818, 0);
                status = 44;
            }
        }
    }
    if (code == 7)
        fprintf(log, " ctx %u", *context);
    fprintf(log, "\n");
    fclose(log);
    va_end(a);
    return status;
}
)";

class MailProtocolTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailProtocolTest);
    CPPUNIT_TEST(test_calls_come_in_the_documented_sequence);
    CPPUNIT_TEST(test_refused_addressee_gets_the_error_routine_s_condition);
    CPPUNIT_TEST(test_internet_address_uses_smtp);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_calls_come_in_the_documented_sequence()
    {
        MailRoot root;
        install(root);
        CPPUNIT_ASSERT_EQUAL(
            1u, send_mail({"SMTP%\"a@b.c\"", "SMITH", "smtp%d@e.f"}, {"one", ""}, "Sub"));
        const char *expected =
            "0 [SMTP] [] 8290362 2 2 ctx 0\n1 [NODE]\n2 [a@b.c]\n2 [d@e.f]\n2 [<NUL>]\n"
            "3 [SMTP%\"a@b.c\", SMITH, smtp%d@e.f]\n17 []\n4 [Sub]\n5 {one} {}\n"
            "6 [a@b.c]\n6 [d@e.f]\n6 [<NUL>]\n7 ctx 99\n";
        string got = log(root);
        size_t from = got.find("1 ["), to = got.find("]", from);
        got.replace(from + 3, to - from - 3, "NODE");
        CPPUNIT_ASSERT_EQUAL(string(expected), got);
    }
    void test_refused_addressee_gets_the_error_routine_s_condition()
    {
        MailRoot root;
        install(root);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_PARSEFAIL), send_mail({"SMTP%bad@x.y"}, {"one"}));
        CPPUNIT_ASSERT(log(root).find("7 ctx 99") != string::npos);
    }
    void test_internet_address_uses_smtp()
    {
        MailRoot root;
        install(root);
        CPPUNIT_ASSERT_EQUAL(1u, send_mail({"someone@example.com"}, {"one"}));
        CPPUNIT_ASSERT(log(root).find("2 [someone@example.com]") != string::npos);
        CPPUNIT_ASSERT_EQUAL(uint32_t(MAIL$_NOSUCHUSR), send_mail({"someone@host"}, {"one"}));
    }

private:
    static void install(const MailRoot &root)
    {
        string source = root.path() + "/image.cxx", made = root.path() + "/SMTP.EXE;1";
        std::ofstream(source) << image_source;
        string tree = test_data() + "/../../SRC/SHIM/INCLUDE";
        string model = sizeof(void *) == 4 ? " -m32" : "";
        string command =
            "c++ -w -shared -fPIC" + model + " -isystem " + tree + " -o '" + made + "' " + source;
        CPPUNIT_ASSERT_EQUAL(0, system(command.c_str()));
        string share;
        CPPUNIT_ASSERT_EQUAL(uint32_t(RMS$_FNF),
                             shim::host_path("SYS$SHARE:SMTP.EXE", "", true, &share, 0));
        shim::host_path("SYS$SHARE:SMTP.EXE", "", false, &share, 0);
        CPPUNIT_ASSERT_EQUAL(0, rename(made.c_str(), share.c_str()));
        setenv("PROTOCOL_LOG", (root.path() + "/log").c_str(), 1);
    }
    static string log(const MailRoot &root)
    {
        std::ifstream file(root.path() + "/log");
        std::stringstream text;
        text << file.rdbuf();
        return text.str();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailProtocolTest);
