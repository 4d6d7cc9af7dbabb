/*
**  analyze_command_test - the qualifiers of ANALYZE MAIL (spec 3.8)
*/
#include "manage_fixture.h"

using namespace mail;

class AnalyzeCommandTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(AnalyzeCommandTest);
    CPPUNIT_TEST(test_confirm);
    CPPUNIT_TEST(test_go_stops_asking);
    CPPUNIT_TEST(test_delete_before_and_repair);
    CPPUNIT_TEST(test_lost_only);
    CPPUNIT_TEST(test_hold);
    CPPUNIT_TEST(test_log);
    CPPUNIT_TEST(test_conflicts);
    CPPUNIT_TEST(test_privileges);
    CPPUNIT_TEST_SUITE_END();

    static std::vector<QueueEntry> entries()
    {
        std::vector<QueueEntry> list;
        queue_entries("TCPIP$SMTP_NODE_00", &list);
        return list;
    }

public:
    void test_confirm()
    {
        make_queues();
        control_file("SYSTEM", "x");
        control_file("SYSTEM", "y");
        user_answers().push_back("N");
        user_answers().push_back("Y");
        std::string text = run("ANALYZE MAIL/REPAIR/CONFIRM");
        ASSERT_HAS(text, "Solution: Will be submitted to the generic queue\n");
        CPPUNIT_ASSERT_EQUAL(std::string("        CONFIRM [Y/N/G]: |        CONFIRM [Y/N/G]: |"),
                             user_prompts());
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries().size());
    }

    void test_go_stops_asking()
    {
        make_queues();
        for (int i = 0; i < 5; ++i)
            control_file("SYSTEM", "x");
        user_answers().push_back("G");
        run("ANALYZE MAIL/DELETE/CONFIRM");
        CPPUNIT_ASSERT_EQUAL(std::string("        CONFIRM [Y/N/G]: |"), user_prompts());
        ASSERT_HAS(output_, "%TCPIP-I-ANA_FILDEL, deleted 5 files from the Postmaster directory");
    }

    /* ANALYZE MAIL /REPAIR /DELETE=BEFORE=YESTERDAY */
    void test_delete_before_and_repair()
    {
        make_queues();
        std::string old = control_file("SYSTEM", "x");
        ScratchRoot::move_clock(3 * 86400);
        std::string fresh = control_file("SYSTEM", "y");
        run("ANALYZE MAIL/REPAIR/DELETE=BEFORE=YESTERDAY");
        CPPUNIT_ASSERT(!file_exists(old, "") && file_exists(fresh, ""));
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries().size());
        ASSERT_HAS(output_, "found 2 files with no queue entries\n");
        ASSERT_HAS(output_, "deleted 1 files from");
        ASSERT_HAS(output_, "submitted 1 files to");
        std::string next = control_file("SYSTEM", "z");
        run("ANALYZE MAIL/DELETE=SINCE=TOMORROW");
        CPPUNIT_ASSERT(file_exists(next, ""));
        run("ANALYZE MAIL/DELETE=SINCE=TODAY");
        CPPUNIT_ASSERT(!file_exists(next, ""));
        next = control_file("SYSTEM", "z");
        run("ANALYZE MAIL/DELETE=BEFORE"); /* now */
        CPPUNIT_ASSERT(!file_exists(next, ""));
    }

    /* What the startup procedure says: nothing is deleted, nothing released. */
    void test_lost_only()
    {
        make_queues();
        std::string lost = control_file("SYSTEM", "x"), gone = control_file("SYSTEM", "y");
        boost::uint32_t held = enter(control_file("SYSTEM", "z"), "SYSTEM");
        QueueChange hold;
        hold.set_hold = hold.hold = true;
        CPPUNIT_ASSERT(queue_change_entry(held, hold).ok());
        enter(gone, "SYSTEM");
        CPPUNIT_ASSERT(file_erase(gone).ok());
        write_text("SYS$SPECIFIC:[TCPIP$SMTP]26112619140503_SYSTEM_20000001.TMP_NODE", "");
        run("ANALYZE MAIL/REPAIR=LOST");
        ASSERT_HAS(output_, "deleted 0 queue entries\n");
        ASSERT_HAS(output_, "holding 1 files in directory\n");
        ASSERT_HAS(output_, "deleted 0 files from");
        ASSERT_HAS(output_, "submitted 1 files to");
        ASSERT_HAS(output_, "found 1 corrupted CF files");
        CPPUNIT_ASSERT_EQUAL(size_t(3), entries().size());
        run("ANALYZE MAIL/REPAIR=(LOST,BEFORE=YESTERDAY)");
        ASSERT_HAS(output_, "submitted 0 files to");
    }

    void test_hold()
    {
        make_queues();
        control_file("SYSTEM", "x");
        run("ANALYZE MAIL/REPAIR/HOLD=TOMORROW");
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries().size());
        CPPUNIT_ASSERT_EQUAL(int(ENTRY_TIMED), int(entries()[0].state));
        ASSERT_HAS(output_, "%TCPIP-I-ANA_FILHLD, holding 1 files in directory\n");
    }

    void test_log()
    {
        make_queues();
        root_->make_folder("/WORK");
        run("ANALYZE MAIL/LOG=SYS$SYSDEVICE:[WORK]A");
        std::string text;
        CPPUNIT_ASSERT(file_read_text("SYS$SYSDEVICE:[WORK]A.LOG", "", 10000, "\n", &text).ok());
        CPPUNIT_ASSERT_EQUAL(output_.substr(0, 300), text.substr(0, 300));
        ASSERT_HAS(run("ANALYZE MAIL/LOG=SYS$SYSDEVICE:[NONE]A"), "%TCPIP-E-OPENOUT");
        CPPUNIT_ASSERT(!status_.ok());
    }

    void test_conflicts()
    {
        make_queues();
        CPPUNIT_ASSERT_EQUAL(
            std::string("%TCPIP-E-TIMEFRAME, the time frames of /DELETE and /REPAIR conflict\n"),
            run("ANALYZE MAIL/REPAIR/DELETE"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("%TCPIP-E-TIMEFRAME, the time frames of /DELETE and /REPAIR conflict\n"),
            run("ANALYZE MAIL/REPAIR=SINCE=YESTERDAY/DELETE=BEFORE=TODAY"));
    }

    void test_privileges()
    {
        make_queues();
        set_privileges(false);
        ASSERT_HAS(run("ANALYZE MAIL"), "%TCPIP-E-NOPRIV");
        ASSERT_HAS(run("ANALYZE MAIL SMITH"), "%TCPIP-E-NOPRIV");
        ASSERT_HAS(run("ANALYZE MAIL SYSTEM"), "%TCPIP-I-ANA_COMPLE"); /* his own */
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AnalyzeCommandTest);
