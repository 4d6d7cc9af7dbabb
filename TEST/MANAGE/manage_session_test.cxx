/*
**  manage_session_test - what becomes of a command: done here, handed on, refused
*/
#include "manage_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

using namespace mail;

class ManageSessionTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(ManageSessionTest);
    CPPUNIT_TEST(test_comments_and_empty_lines);
    CPPUNIT_TEST(test_syntax_errors_are_told_once);
    CPPUNIT_TEST(test_without_a_vendor);
    CPPUNIT_TEST(test_with_a_vendor);
    CPPUNIT_TEST(test_prompted_session);
    CPPUNIT_TEST(test_command_of_the_command_line);
    CPPUNIT_TEST_SUITE_END();

    /* Standard input and output of this process are files while one exists. */
    class Redirection {
    public:
        Redirection(const std::string &folder, const std::string &input)
            : out_(folder + "/out.txt")
        {
            std::string in = folder + "/in.txt";
            FILE *file = fopen(in.c_str(), "w");
            CPPUNIT_ASSERT(file);
            fwrite(input.data(), 1, input.size(), file);
            fclose(file);
            fflush(stdout);
            saved_in_ = dup(0);
            saved_out_ = dup(1);
            int fd = open(in.c_str(), O_RDONLY);
            dup2(fd, 0);
            close(fd);
            fd = open(out_.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
            dup2(fd, 1);
            close(fd);
        }
        ~Redirection() { end(); }
        std::string end()
        {
            std::string text;
            if (saved_in_ < 0)
                return text;
            fflush(stdout);
            dup2(saved_in_, 0);
            dup2(saved_out_, 1);
            close(saved_in_);
            close(saved_out_);
            saved_in_ = -1;
            FILE *file = fopen(out_.c_str(), "r");
            char buffer[4096];
            size_t got = file ? fread(buffer, 1, sizeof buffer, file) : 0;
            text.assign(buffer, got);
            if (file)
                fclose(file);
            return text;
        }

    private:
        std::string out_;
        int saved_in_, saved_out_;
    };
    void provide_vendor()
    {
        root_->make_folder("/VMS$COMMON");
        root_->make_folder("/VMS$COMMON/SYSEXE");
        std::string folder = root_->path() + "/VMS$COMMON/SYSEXE/";
        CPPUNIT_ASSERT_EQUAL(0, symlink((test_bin() + "/dcl").c_str(),
                                        (folder + "LOGINOUT.EXE;1").c_str()));
        CPPUNIT_ASSERT_EQUAL(0, symlink((test_bin() + "/dcl_test_image").c_str(),
                                        (folder + "TCPIP$UCP.EXE;1").c_str()));
        root_->make_folder("/VMS$COMMON/SYSLIB");
        CPPUNIT_ASSERT_EQUAL(
            0, symlink((test_bin() + "/DCLTABLES.EXE").c_str(),
                       (root_->path() + "/VMS$COMMON/SYSLIB/DCLTABLES.EXE;1").c_str()));
    }

public:
    void test_comments_and_empty_lines()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), run(""));
        CPPUNIT_ASSERT_EQUAL(std::string(), run("   "));
        CPPUNIT_ASSERT_EQUAL(std::string(), run("! SHOW MAIL"));
        CPPUNIT_ASSERT(status_.ok());
    }

    void test_syntax_errors_are_told_once()
    {
        Redirection at(root_->path(), "");
        status_ = manage_command("SHOW MAIL/COLOUR");
        std::string text = at.end();
        ASSERT_HAS(text, "%CLI-W-IVQUAL, unrecognized qualifier");
        CPPUNIT_ASSERT(status_.was_told() && !status_.ok());
    }

    void test_without_a_vendor()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-E-NOVENDOR, ENABLE is a command of TCP/IP "
                                         "Services, which this system does not have\n"),
                             run("enable service smtp"));
        CPPUNIT_ASSERT(!status_.ok());
        CPPUNIT_ASSERT(!manage_has_vendor());
    }

    /* DCL's test image stands for the vendor's utility: it tells what it was given. */
    void test_with_a_vendor()
    {
        provide_vendor();
        CPPUNIT_ASSERT(manage_has_vendor());
        Redirection at(root_->path(), "");
        status_ = manage_command("say service smtp");
        std::string text = at.end();
        CPPUNIT_ASSERT_MESSAGE(text + status_.text(), status_.ok());
        CPPUNIT_ASSERT_MESSAGE(text, has(text, "SERVICE SMTP") || has(text, "service smtp"));
        ASSERT_HAS(run("SHOW CONFIGURATION SMTP"), "SMTP Configuration");
    }

    void test_prompted_session()
    {
        unsetenv("SHIM_FOREIGN");
        output_capture(0);
        Redirection at(root_->path(),
                       "SHOW CONFIGURATION SMTP\n\n! nothing\nENABLE X\nEXIT\nNOT\n");
        status_ = manage_session();
        std::string text = at.end();
        ASSERT_HAS(text, "Alternate gateway:    not defined\n");
        ASSERT_HAS(text, "%TCPIP-E-NOVENDOR, ENABLE is");
        ASSERT_LACKS(text, "NOT is");
        CPPUNIT_ASSERT(manage_is_ending());
    }

    void test_command_of_the_command_line()
    {
        setenv("SHIM_FOREIGN", "SHOW CONFIGURATION SMTP", 1);
        output_capture(0);
        Redirection at(root_->path(), "EXIT\n");
        status_ = manage_session();
        unsetenv("SHIM_FOREIGN");
        std::string text = at.end();
        ASSERT_HAS(text, "Alternate gateway:    not defined\n");
        CPPUNIT_ASSERT(status_.ok());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ManageSessionTest);
