/*
**  pop_stats_test - counting, and the layout of XTND STATS (HP 19.6, spec 8.2)
*/
#include "pop_stats.h"
#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace mail;

class PopStatsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PopStatsTest);
    CPPUNIT_TEST(test_layout);
    CPPUNIT_TEST(test_nothing_yet);
    CPPUNIT_TEST(test_current_users);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;

    /* The lines with the moving values replaced. */
    static std::string lines(const PopStats &stats, const ServiceCounts &counts,
                             const std::string &only = "")
    {
        std::string text =
            stats.print("X5.0, OpenVMS V7.1 Alpha", "DEBUG", "1999-04-04 06:42:17", counts, only);
        static const char *const moving[] = {"Current Time         : ", "CPU Seconds          : "};
        for (size_t i = 0; i < 2; ++i) {
            size_t at = text.find(moving[i]) + 23;
            text.replace(at, text.find("\r\n", at) - at, "*");
        }
        return text;
    }

public:
    void setUp() { root_.reset(new ScratchRoot); }
    void tearDown() { root_.reset(); }

    /* The example of the manual. */
    void test_layout()
    {
        PopStats stats;
        ServiceCounts counts;
        counts.sessions = 1;
        counts.accepted = 6;
        counts.most = 1;
        for (int i = 0; i < 5; ++i)
            stats.disconnected(true);
        static const unsigned octets[] = {222, 319, 280, 281};
        for (int i = 0; i < 4; ++i)
            stats.retrieved(octets[i]);
        stats.login_failed();
        stats.logged_in(6, "SMITH");
        CPPUNIT_ASSERT_EQUAL(std::string("Version Number       : TCPIP X5.0, OpenVMS V7.1 Alpha\r\n"
                                         "Logging Level        : DEBUG\r\n"
                                         "Current Time         : *\r\n"
                                         "Start Time           : 1999-04-04 06:42:17\r\n"
                                         "CPU Seconds          : *\r\n"
                                         "Current Threads      : 1\r\n"
                                         "Total Threads        : 6\r\n"
                                         "Max Threads          : 1\r\n"
                                         "Too Many Threads     : 0\r\n"
                                         "Normal Disconnects   : 5\r\n"
                                         "Abnormal Disconnects : 0\r\n"
                                         "Client Timeouts      : 0\r\n"
                                         "Blocked Socket Count : 0\r\n"
                                         "Retrieved Messages   : 4\r\n"
                                         "Retrieved Octets     : 1102\r\n"
                                         "Average Octets       : 275\r\n"
                                         "Minimum Octets       : 222\r\n"
                                         "Maximum Octets       : 319\r\n"
                                         "Auth Failures        : 1\r\n"
                                         "Current Users        :\r\n"
                                         " 0. smith\r\n"),
                             lines(stats, counts));
    }

    void test_nothing_yet()
    {
        PopStats stats;
        std::string text = lines(stats, ServiceCounts());
        CPPUNIT_ASSERT(text.find("Average Octets       : 0\r\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("Minimum Octets       : 0\r\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("Current Users        :\r\n") + 24 == text.size());
    }

    void test_current_users()
    {
        PopStats stats;
        stats.logged_in(3, "JONES");
        stats.logged_in(1, "SMITH");
        stats.logged_in(2, "GRAY");
        stats.logged_out(2);
        stats.logged_out(7);
        std::string text = lines(stats, ServiceCounts());
        CPPUNIT_ASSERT(text.find("Current Users        :\r\n 0. smith\r\n 1. jones\r\n") !=
                       std::string::npos);
        text = lines(stats, ServiceCounts(), "JONES");
        CPPUNIT_ASSERT(text.find("Current Users        :\r\n 0. jones\r\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("smith") == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopStatsTest);
