/*
**  reject_file_test - the reject file through RMS: changes, includes, what log and operator hear
*/
#include "reject_file.h"
#include "MTA/config_store.h"
#include "VMS/recfile.h"
#include "smtp_fixture.h"

using namespace mail;

class RejectFileTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(RejectFileTest);
    CPPUNIT_TEST(test_missing_default_is_silent);
    CPPUNIT_TEST(test_missing_file_that_was_named_is_told_once);
    CPPUNIT_TEST(test_file_is_read_again_when_it_changes);
    CPPUNIT_TEST(test_problems_are_told_with_file_and_line);
    CPPUNIT_TEST_SUITE_END();

    boost::shared_ptr<Settings> named(const char *info)
    {
        boost::shared_ptr<Settings> settings(new Settings);
        settings->set(P_REJECT_FILE, "SYS$SPECIFIC:[TCPIP$SMTP]RULES.", ORIGIN_TEST, "", 0);
        settings->set(P_REJECT_INFO, info, ORIGIN_TEST, "", 0);
        return settings;
    }
    static void write_file(const char *name, const char *text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(
            writer.create("SYS$SPECIFIC:[TCPIP$SMTP]" + std::string(name), "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }
    size_t count(const std::string &what) const
    {
        size_t n = 0;
        for (size_t at = log.find(what); at != std::string::npos; at = log.find(what, at + 1))
            ++n;
        return n;
    }

public:
    void tearDown()
    {
        for (int i = 0; i < 5; ++i) {
            file_erase("SYS$SPECIFIC:[TCPIP$SMTP]RULES.");
            file_erase("SYS$SPECIFIC:[TCPIP$SMTP]MORE.RULES");
        }
        SmtpFixture::tearDown();
    }

    void test_missing_default_is_silent()
    {
        RejectKeeper keeper;
        SettingsPtr settings(new Settings);
        CPPUNIT_ASSERT(keeper.get(settings)->rules.empty());
        CPPUNIT_ASSERT_EQUAL(std::string(), log);
    }

    void test_missing_file_that_was_named_is_told_once()
    {
        RejectKeeper keeper;
        SettingsPtr settings = named("0");
        CPPUNIT_ASSERT(keeper.get(settings)->rules.empty());
        shim_move_clock(11LL * 10000000);
        keeper.get(settings);
        shim_move_clock(-11LL * 10000000);
        CPPUNIT_ASSERT_EQUAL(size_t(1), count("RULES."));
    }

    void test_file_is_read_again_when_it_changes()
    {
        RejectKeeper keeper;
        SettingsPtr settings = named("0");
        write_file("RULES.", "a@b * * y");
        RejectRulesPtr rules = keeper.get(settings);
        CPPUNIT_ASSERT_EQUAL(size_t(1), rules->rules.size());
        write_file("RULES.", "a@b * * y\nc@d * * q");
        CPPUNIT_ASSERT(keeper.get(settings) == rules);
        shim_move_clock(11LL * 10000000);
        CPPUNIT_ASSERT_EQUAL(size_t(2), keeper.get(settings)->rules.size());
        shim_move_clock(-11LL * 10000000);
        CPPUNIT_ASSERT_EQUAL(size_t(1), count("1 rules, 0 header rules"));
        CPPUNIT_ASSERT_EQUAL(size_t(1), count("2 rules, 0 header rules"));
    }

    void test_problems_are_told_with_file_and_line()
    {
        RejectKeeper keeper;
        SettingsPtr settings = named("8");
        write_file("RULES.", "a@b * * y\n#include SYS$SPECIFIC:[TCPIP$SMTP]MORE.RULES\nc@d");
        write_file("MORE.RULES", "x@y * * z\n:Subject: *offer*");
        RejectRulesPtr rules = keeper.get(settings);
        CPPUNIT_ASSERT_EQUAL(size_t(2), rules->rules.size());
        CPPUNIT_ASSERT_EQUAL(size_t(1), rules->header_rules.size());
        CPPUNIT_ASSERT_MESSAGE(log, log.find("MORE.RULES, line 1: action is not n, y or q: z") !=
                       std::string::npos);
        CPPUNIT_ASSERT(log.find("2 rules, 1 header rules from") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RejectFileTest);
