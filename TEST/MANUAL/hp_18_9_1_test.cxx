/*
**  hp_18_9_1_test - HP TCP/IP Services Management, 18.9.1: the examples of ANALYZE MAIL
*/
#include "../MANAGE/manage_fixture.h"

#include <stdio.h>

using namespace mail;

class Hp1891Test : public ManageFixture {
    CPPUNIT_TEST_SUITE(Hp1891Test);
    CPPUNIT_TEST(test_hp_18_9_1_example_1_problem_solution_confirm);
    CPPUNIT_TEST(test_hp_18_9_1_example_2_summary_of_drake);
    CPPUNIT_TEST(test_hp_18_9_1_example_3_requeue_and_delete_before);
    CPPUNIT_TEST(test_hp_18_9_1_delete_without_entry);
    CPPUNIT_TEST(test_hp_18_9_1_repair_fixes);
    CPPUNIT_TEST_SUITE_END();

    std::string path_of(const std::string &spec) const
    {
        return root_->path() + "/SYS0/TCPIP$SMTP/" + spec.substr(spec.rfind(']') + 1);
    }
    void damage(const std::string &spec, int offset) const
    {
        FILE *file = fopen(path_of(spec).c_str(), "r+b");
        CPPUNIT_ASSERT(file);
        fseek(file, offset, SEEK_SET);
        fputc('?', file);
        fclose(file);
    }

public:
    void setUp()
    {
        ManageFixture::setUp();
        make_queues();
    }

    void test_hp_18_9_1_example_1_problem_solution_confirm()
    {
        std::string file = control_file("TCPIP$SMTP", "x@y.example");
        enter(file, "TCPIP$SMTP");
        damage(file, 2 * 512 + 8);
        user_answers().push_back("Y");
        std::string text = run("ANALYZE MAIL /REPAIR /CONFIRM");
        ASSERT_HAS(text, "%TCPIP-E-ANA_SUP_BADIICGSIZE, Problem: Bad initial inode cell\n"
                         "group size: 0\n"
                         "Solution: Will be replaced by\n"
                         "default size: 1\n");
        CPPUNIT_ASSERT_EQUAL(std::string("        CONFIRM [Y/N/G]: |"), user_prompts());
        ASSERT_LACKS(run("ANALYZE MAIL /REPAIR"), "Problem");
    }

    /* The one file is DRAKE's, of an older product's name; the node is DODO there. */
    void test_hp_18_9_1_example_2_summary_of_drake()
    {
        root_->add_user("DRAKE", "secret");
        std::string made = control_file("DRAKE", "x@y.example");
        std::string name = root_->path() + "/DRAKE/93042311394417_DRAKE.UCX_DODO;1";
        CPPUNIT_ASSERT_EQUAL(0, rename(path_of(made).c_str(), name.c_str()));
        CPPUNIT_ASSERT_EQUAL(
            std::string("%TCPIP-I-ANA_RUNING, ANALYZE runs on node NODE\n"
                        "%TCPIP-I-ANA_NOENTR, no queue entry found for file\n"
                        "SYS$SYSDEVICE:[DRAKE]93042311394417_DRAKE.UCX_DODO;1\n"
                        "%TCPIP-I-ANA_COMPLE, ANALYZE completed on node NODE\n"
                        "%TCPIP-I-ANA_FEPAIR, found 0 file-queue entry pairs\n"
                        "%TCPIP-I-ANA_DELQEN, deleted 0 queue entries\n"
                        "%TCPIP-I-ANA_FILNOQ, found 1 files with no queue entries\n"
                        "%TCPIP-I-ANA_FILHLD, holding 0 files in directory\n"
                        "%TCPIP-I-ANA_FILDEL, deleted 0 files from the Postmaster directory\n"
                        "%TCPIP-I-ANA_SUBFIL, submitted 0 files to the generic queue\n"
                        "%TCPIP-I-ANA_FILACE, encountered 0 file access errors\n"
                        "%TCPIP-I-ANA_NONCFF, found 0 non-unknown files in Postmaster directory\n"
                        "%TCPIP-I-ANA_FILCOR, found 0 corrupted CF files in Postmaster "
                        "directory\n"),
            run("ANALYZE MAIL DRAKE"));
    }

    void test_hp_18_9_1_example_3_requeue_and_delete_before()
    {
        root_->add_user("DRAKE", "secret");
        std::string made = control_file("DRAKE", "x@y.example");
        std::string fresh = control_file("DRAKE", "z@y.example", "SYS$SYSDEVICE:[DRAKE]");
        std::string name = root_->path() + "/DRAKE/93042311394417_DRAKE.UCX_DODO;1";
        CPPUNIT_ASSERT_EQUAL(0, rename(path_of(made).c_str(), name.c_str()));
        std::string text = run("ANALYZE MAIL DRAKE /REPAIR /DELETE=BEFORE=24-NOV-1999");
        ASSERT_HAS(text, "found 2 files with no queue entries\n");
        ASSERT_HAS(text, "deleted 1 files from the Postmaster directory\n");
        ASSERT_HAS(text, "submitted 1 files to the generic queue\n");
        CPPUNIT_ASSERT(!file_exists("SYS$SYSDEVICE:[DRAKE]93042311394417_DRAKE.UCX_DODO", ""));
        CPPUNIT_ASSERT(file_exists(fresh, ""));
    }

    void test_hp_18_9_1_delete_without_entry()
    {
        std::string lone = control_file("TCPIP$SMTP", "x"), paired = control_file("SYSTEM", "x");
        enter(paired, "SYSTEM");
        run("ANALYZE MAIL /DELETE");
        CPPUNIT_ASSERT(!file_exists(lone, "") && file_exists(paired, ""));
    }

    void test_hp_18_9_1_repair_fixes()
    {
        std::string lost = control_file("TCPIP$SMTP", "x"), bad = control_file("SYSTEM", "x");
        boost::uint32_t bad_entry = enter(bad, "SYSTEM");
        damage(bad, 600);
        boost::uint32_t held = enter(control_file("SYSTEM", "y"), "SYSTEM");
        QueueChange hold;
        hold.set_hold = hold.hold = true;
        CPPUNIT_ASSERT(queue_change_entry(held, hold).ok());
        run("ANALYZE MAIL /REPAIR");
        QueueEntry entry;
        CPPUNIT_ASSERT(!file_exists(bad, "") && !queue_find_entry(bad_entry, &entry).ok());
        CPPUNIT_ASSERT(queue_find_entry(held, &entry).ok());
        CPPUNIT_ASSERT_EQUAL(int(ENTRY_PENDING), int(entry.state));
        std::vector<QueueEntry> entries;
        CPPUNIT_ASSERT(queue_entries("TCPIP$SMTP_NODE_00", &entries).ok());
        CPPUNIT_ASSERT_EQUAL(size_t(2), entries.size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp1891Test);
