/*
**  sff_test - the command line of SMTP_SFF (HP 18.7)
*/
#include "sff.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

class SffTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SffTest);
    CPPUNIT_TEST(test_command_lines);
    CPPUNIT_TEST(test_usage);
    CPPUNIT_TEST_SUITE_END();

    static std::vector<std::string> words(const std::string &line)
    {
        std::vector<std::string> list;
        for (size_t from = 0; from < line.size();) {
            size_t to = line.find(' ', from);
            to = to == std::string::npos ? line.size() : to;
            list.push_back(line.substr(from, to - from));
            from = to + 1;
        }
        return list;
    }

public:
    void test_command_lines()
    {
        struct {
            const char *line;
            bool good;
            const char *file, *log;
            int level;
        } rows[] = {
            {"a.txt", true, "a.txt", "", 0},
            {"a.txt -log b.log -loglevel 1", true, "a.txt", "b.log", 1},
            {"-LOGFILE b.log a.txt", true, "a.txt", "b.log", 0},
            {"", false, "", "", 0},
            {"a.txt b.txt", false, "", "", 0},
            {"a.txt -log", false, "", "", 0},
            {"a.txt -loglevel 2", false, "", "", 0},
            {"-x a.txt", false, "", "", 0},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            SffCommand command;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(rows[i].line, rows[i].good,
                                         sff_parse(words(rows[i].line), &command));
            if (!rows[i].good)
                continue;
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].file), command.file);
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].log), command.log);
            CPPUNIT_ASSERT_EQUAL(rows[i].level, command.level);
        }
    }

    void test_usage()
    {
        std::string usage = sff_usage;
        CPPUNIT_ASSERT_EQUAL(size_t(0),
                             usage.find("Usage: SMTP_SFF infile_name [-log logfile_name] "
                                        "[-loglevel log_level]\n"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SffTest);
