/*
**  analyze_files_test - finding control files and judging one
*/
#include "analyze_files.h"
#include "manage_fixture.h"

using namespace mail;

class AnalyzeFilesTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(AnalyzeFilesTest);
    CPPUNIT_TEST(test_keys);
    CPPUNIT_TEST(test_listing);
    CPPUNIT_TEST(test_verdicts);
    CPPUNIT_TEST(test_bad_group);
    CPPUNIT_TEST_SUITE_END();

    static FoundFile found(const std::string &spec)
    {
        FoundFile file;
        file.spec = spec;
        return file;
    }

public:
    void test_keys()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("A.TCPIP_NODE;1"),
                             analyze_file_key("DISK:[DIR]a.tcpip_node;1"));
        CPPUNIT_ASSERT_EQUAL(std::string("A.B;2"), analyze_file_key("A.B;2"));
        CPPUNIT_ASSERT_EQUAL(std::string("A.B;2"), analyze_file_key("D:<X>A.B;2"));
    }

    void test_listing()
    {
        root_->add_user("DRAKE", "secret");
        control_file("TCPIP$SMTP", "x");
        control_file("DRAKE", "x");
        control_file("DRAKE", "x", "SYS$SYSDEVICE:[DRAKE]");
        write_text("SYS$SPECIFIC:[TCPIP$SMTP]93042311394417_DRAKE.UCX_DODO", "");
        write_text("SYS$SPECIFIC:[TCPIP$SMTP]26112619140501_DRAKE_20000001.TMP_NODE", "");
        write_text("SYS$SPECIFIC:[TCPIP$SMTP]STAFF.DIS", "");
        write_text("SYS$SPECIFIC:[TCPIP$SMTP]NOTES.TCPIP_NODE", "");
        FoundFiles all, own, his;
        boost::uint32_t errors = 0;
        CPPUNIT_ASSERT(analyze_list_files("", false, &all, &errors).ok());
        CPPUNIT_ASSERT_EQUAL(size_t(4), all.size()); /* he has no profile: his are not looked for */
        CPPUNIT_ASSERT(analyze_list_files("DRAKE", false, &his, &errors).ok());
        CPPUNIT_ASSERT_EQUAL(size_t(4), his.size());
        CPPUNIT_ASSERT(analyze_list_files("DRAKE", true, &own, &errors).ok());
        CPPUNIT_ASSERT_EQUAL(size_t(1), own.size());
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(0), errors);
        size_t temporary = 0;
        for (FoundFiles::const_iterator i = all.begin(); i != all.end(); ++i)
            temporary += i->second.temporary;
        CPPUNIT_ASSERT_EQUAL(size_t(1), temporary);
    }

    void test_verdicts()
    {
        std::string file = control_file("SYSTEM", "x");
        FileState state = analyze_check_file(found(file));
        CPPUNIT_ASSERT_EQUAL(int(FILE_GOOD), int(state.verdict));
        CPPUNIT_ASSERT(!state.settled);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.example"), state.envelope.sender);
        FoundFile temporary = found(file);
        temporary.temporary = true;
        CPPUNIT_ASSERT_EQUAL(int(FILE_CORRUPT), int(analyze_check_file(temporary).verdict));
        {
            ControlFile busy;
            CPPUNIT_ASSERT(busy.open(file, true).is_done());
            CPPUNIT_ASSERT_EQUAL(int(FILE_IN_USE), int(analyze_check_file(found(file)).verdict));
        }
        CPPUNIT_ASSERT(file_erase(file).ok());
        CPPUNIT_ASSERT_EQUAL(int(FILE_GONE), int(analyze_check_file(found(file)).verdict));
        write_text("SYS$SPECIFIC:[TCPIP$SMTP]X.TCPIP_NODE", std::string(600, 'x') + "\n");
        CPPUNIT_ASSERT_EQUAL(
            int(FILE_FOREIGN),
            int(analyze_check_file(found("SYS$SPECIFIC:[TCPIP$SMTP]X.TCPIP_NODE")).verdict));
        CPPUNIT_ASSERT_EQUAL(int(FILE_GONE),
                             int(analyze_check_file(found("SYS$SPECIFIC:[NONE]X.Y")).verdict));
    }

    void test_bad_group()
    {
        boost::uint32_t good, all;
        std::vector<ControlRecipient> list(20);
        analyze_bad_group(list, &good, &all);
        CPPUNIT_ASSERT(good == all);
        list[9].cell.damaged = list[11].cell.damaged = true;
        analyze_bad_group(list, &good, &all);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(6), good);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(8), all);
        list[9].cell.damaged = list[11].cell.damaged = false;
        list[19].cell.damaged = true;
        analyze_bad_group(list, &good, &all);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(3), good);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(4), all);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AnalyzeFilesTest);
