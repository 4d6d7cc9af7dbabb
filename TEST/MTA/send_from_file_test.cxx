/*
**  send_from_file_test - what Send From File says about files that it cannot send
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/config.h"
#include "MTA/send_from_file.h"
#include "VMS/recfile.h"
#include "scratch_system.h"

using namespace mail;

class LinesLog : public SffLog {
public:
    virtual void line(const std::string &text) { all += text + "\n"; }
    std::string all;
};

class SendFromFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendFromFileTest);
    CPPUNIT_TEST(test_missing_file);
    CPPUNIT_TEST(test_bad_line_is_named);
    CPPUNIT_TEST(test_text_that_would_be_lost);
    CPPUNIT_TEST(test_privilege);
    CPPUNIT_TEST_SUITE_END();

    LinesLog log_;

    Status send(const char *file)
    {
        SubmitReceipt receipt;
        log_.all.clear();
        return send_from_file(file, &log_, 0, &receipt);
    }
    static void write(const char *spec, const char *first, const char *second)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(spec, "").ok());
        writer.write(first);
        writer.write(second);
        writer.close();
    }

public:
    void setUp() { scratch_system(); }
    void tearDown() { config_use(SettingsPtr()); }

    void test_missing_file()
    {
        CPPUNIT_ASSERT(send("SYS$MANAGER:NOT_THERE.TXT").not_found());
        CPPUNIT_ASSERT(log_.all.find("cannot open SYS$MANAGER:NOT_THERE.TXT") == 0);
    }

    void test_bad_line_is_named()
    {
        write("SYS$MANAGER:BAD.TXT", "MAIL FROM:<a@b.c>", "RCPT TO:<>");
        CPPUNIT_ASSERT(send("SYS$MANAGER:BAD.TXT") == Status::bad_parameter());
        CPPUNIT_ASSERT_MESSAGE(log_.all, log_.all.find("BAD.TXT;1, line 2: not a recipient") !=
                                             std::string::npos);
    }

    /* Nothing is cut off in silence, and no host takes NUL. */
    void test_text_that_would_be_lost()
    {
        struct {
            std::string line;
            const char *error;
        } rows[] = {
            {std::string(40000, 'x'), "LOST.TXT;1, line 5: the line is too long"},
            {std::string("a\0b", 3), "LOST.TXT;1, line 5: NUL characters are no text"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            FILE *file = fopen((scratch_system() + "/LOST.TXT;1").c_str(), "w");
            CPPUNIT_ASSERT(file != 0);
            std::string text = "MAIL FROM:<a@b.c>\nRCPT TO:<d@e.f>\nDATA\n\n" + rows[i].line + "\n";
            fwrite(text.data(), 1, text.size(), file);
            fclose(file);
            CPPUNIT_ASSERT(send("SYS$SYSDEVICE:[000000]LOST.TXT") == Status::bad_parameter());
            CPPUNIT_ASSERT_MESSAGE(log_.all, log_.all.find(rows[i].error) != std::string::npos);
        }
    }

    /* The tests' process may turn on everything: the setting is looked at, the file comes next. */
    void test_privilege()
    {
        boost::shared_ptr<Settings> settings(new Settings);
        CPPUNIT_ASSERT(settings->set(P_SFF_REQUIRES_PRIV, "1", ORIGIN_TEST, "", 0));
        config_use(settings);
        CPPUNIT_ASSERT(send("SYS$MANAGER:NOT_THERE.TXT").not_found());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SendFromFileTest);
