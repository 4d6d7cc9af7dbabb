/*
**  cli_test - the command language of an image through its own table
*/
#include "VMS/cli.h"

#include "scratch_root.h"
#include "test_places.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <memory>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern "C" int CLI_TEST_TABLE;
static int dispatched = 0;
extern "C" int CLI_TEST_ROUTINE()
{
    ++dispatched;
    return 1;
}

using namespace mail;

class CliTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CliTest);
    CPPUNIT_TEST(test_presence_and_values);
    CPPUNIT_TEST(test_dispatch);
    CPPUNIT_TEST(test_errors_have_been_told);
    CPPUNIT_TEST(test_foreign_command);
    CPPUNIT_TEST(test_lines);
    CPPUNIT_TEST(test_help);
    CPPUNIT_TEST(test_spawn);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;
    int in_, out_;

    std::string output_name() const { return root_->path() + "/out.txt"; }
    /* Standard input is that text, standard output a file. */
    void redirect(const std::string &input)
    {
        std::string name = root_->path() + "/in.txt";
        FILE *file = fopen(name.c_str(), "w");
        fwrite(input.data(), 1, input.size(), file);
        fclose(file);
        fflush(stdout);
        in_ = dup(0);
        out_ = dup(1);
        int fd = open(name.c_str(), O_RDONLY);
        dup2(fd, 0);
        close(fd);
        fd = open(output_name().c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
        dup2(fd, 1);
        close(fd);
    }
    std::string restore()
    {
        if (in_ < 0)
            return std::string();
        fflush(stdout);
        dup2(in_, 0);
        dup2(out_, 1);
        close(in_);
        close(out_);
        in_ = -1;
        char buffer[4096];
        FILE *file = fopen(output_name().c_str(), "r");
        size_t got = fread(buffer, 1, sizeof buffer, file);
        fclose(file);
        return std::string(buffer, got);
    }
    static bool has(const std::string &text, const char *part)
    {
        return text.find(part) != std::string::npos;
    }
    void provide(const char *folder, const char *file, const char *name)
    {
        root_->make_folder("/VMS$COMMON");
        root_->make_folder(std::string("/VMS$COMMON/") + folder);
        std::string to = root_->path() + "/VMS$COMMON/" + folder + "/" + name;
        CPPUNIT_ASSERT_EQUAL(0, symlink((test_bin() + "/" + file).c_str(), to.c_str()));
    }

public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        in_ = -1;
    }
    void tearDown()
    {
        restore();
        root_.reset();
    }

    void test_presence_and_values()
    {
        CPPUNIT_ASSERT(cli_parse(&CLI_TEST_TABLE, "DO one,two/COUNT=5/HOW=(FAST,NOLOUD)").ok());
        CPPUNIT_ASSERT_EQUAL(int(CLI_IS_PRESENT), int(cli_presence("COUNT")));
        CPPUNIT_ASSERT_EQUAL(int(CLI_IS_ABSENT), int(cli_presence("NOTE")));
        CPPUNIT_ASSERT_EQUAL(int(CLI_IS_DEFAULTED), int(cli_presence("LOG")));
        CPPUNIT_ASSERT_EQUAL(int(CLI_IS_NEGATED), int(cli_presence("HOW.LOUD")));
        CPPUNIT_ASSERT(cli_given("LOG") && cli_given("HOW.FAST") && !cli_given("NOTE"));
        std::string value = "as it was";
        CPPUNIT_ASSERT(!cli_value("NOTE", &value));
        CPPUNIT_ASSERT_EQUAL(std::string("as it was"), value);
        CPPUNIT_ASSERT(cli_value("COUNT", &value));
        CPPUNIT_ASSERT_EQUAL(std::string("5"), value);
        std::vector<std::string> values;
        cli_values("ITEMS", &values);
        CPPUNIT_ASSERT_EQUAL(size_t(2), values.size());
        CPPUNIT_ASSERT_EQUAL(std::string("TWO"), values[1]);
        CPPUNIT_ASSERT(cli_parse(&CLI_TEST_TABLE, "DO x/NOLOG").ok());
        CPPUNIT_ASSERT_EQUAL(int(CLI_IS_NEGATED), int(cli_presence("LOG")));
    }

    void test_dispatch()
    {
        int before = dispatched;
        CPPUNIT_ASSERT(cli_parse(&CLI_TEST_TABLE, "DO x").ok());
        CPPUNIT_ASSERT(cli_dispatch().ok());
        CPPUNIT_ASSERT_EQUAL(before + 1, dispatched);
    }

    void test_errors_have_been_told()
    {
        redirect("");
        Status bad = cli_parse(&CLI_TEST_TABLE, "DO x/COLOUR");
        Status end = cli_parse(&CLI_TEST_TABLE, "DO"); /* its parameter is asked for */
        std::string text = restore();
        CPPUNIT_ASSERT(!bad.ok() && bad.was_told());
        CPPUNIT_ASSERT_MESSAGE(text, has(text, "IVQUAL"));
        CPPUNIT_ASSERT(end.end_of_file());
    }

    void test_foreign_command()
    {
        std::string text = "x";
        setenv("SHIM_FOREIGN", "SHOW MAIL", 1);
        CPPUNIT_ASSERT(cli_foreign(&text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("SHOW MAIL"), text);
        unsetenv("SHIM_FOREIGN");
        CPPUNIT_ASSERT(cli_foreign(&text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string(), text);
    }

    void test_lines()
    {
        redirect("first\nsecond\n");
        std::string line;
        CPPUNIT_ASSERT(cli_read("? ", &line).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("first"), line);
        CPPUNIT_ASSERT(cli_read("? ", &line).ok());
        CPPUNIT_ASSERT(cli_read("? ", &line).end_of_file());
        CPPUNIT_ASSERT(cli_print("printed").ok());
        CPPUNIT_ASSERT_EQUAL(std::string("printed\n"), restore());
    }

    void test_help()
    {
        root_->make_folder("/VMS$COMMON");
        root_->make_folder("/VMS$COMMON/SYSHLP");
        std::string copy = "cp '" + test_bin() + "/HELPLIB.HLB' '" + root_->path() +
                           "/VMS$COMMON/SYSHLP/HELPLIB.HLB;1'";
        CPPUNIT_ASSERT_EQUAL(0, system(copy.c_str()));
        redirect("");
        Status good = cli_help("APPEND", "SYS$HELP:HELPLIB.HLB", false);
        Status none = cli_help("APPEND", "SYS$HELP:NONE.HLB", false);
        std::string text = restore();
        CPPUNIT_ASSERT_MESSAGE(good.text(), good.ok());
        CPPUNIT_ASSERT_MESSAGE(text, has(text, "APPEND"));
        CPPUNIT_ASSERT(!none.ok());
    }

    void test_spawn()
    {
        CPPUNIT_ASSERT(!cli_spawn("WRITE SYS$OUTPUT 1").ok()); /* no interpreter */
        provide("SYSEXE", "dcl", "LOGINOUT.EXE;1");
        provide("SYSLIB", "DCLTABLES.EXE", "DCLTABLES.EXE;1");
        redirect("");
        Status good = cli_spawn("WRITE SYS$OUTPUT \"said\"");
        Status bad = cli_spawn("EXIT %X2C");
        std::string text = restore();
        CPPUNIT_ASSERT_MESSAGE(good.text(), good.ok());
        CPPUNIT_ASSERT_MESSAGE(text, has(text, "said\n"));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(0x2C), bad.sts() & 0xFFFF);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CliTest);
