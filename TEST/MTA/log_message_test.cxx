/*
**  log_message_test - headers in the log; the subject only for the nosey
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/log_message.h"
#include "scratch_system.h"

using namespace mail;

class LogMessageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogMessageTest);
    CPPUNIT_TEST(test_subject_is_omitted);
    CPPUNIT_TEST(test_bounds_and_level);
    CPPUNIT_TEST_SUITE_END();

    std::string log_;

public:
    void setUp()
    {
        scratch_system();
        log_capture(&log_);
    }
    void tearDown() { log_capture(0); }

    void test_subject_is_omitted()
    {
        const char header[] = "From: a@b\r\nSUBJECT: my\r\n secret\r\nX-Odd: a\001b\r\n";
        log_message_header(LOG_INFO, "R1", header, false);
        CPPUNIT_ASSERT(log_.find("I R1 header name=From value=a@b\n") != std::string::npos);
        CPPUNIT_ASSERT(log_.find(" SUBJECT:<omitted>\n") != std::string::npos);
        CPPUNIT_ASSERT(log_.find("value=a\\x01b") != std::string::npos);
        CPPUNIT_ASSERT(log_.find("secret") == std::string::npos);
        log_message_header(LOG_INFO, "R1", header, true);
        CPPUNIT_ASSERT(log_.find("header name=SUBJECT value=\"my secret\"\n") != std::string::npos);
    }

    void test_bounds_and_level()
    {
        std::string header;
        for (int i = 0; i < LOG_MESSAGE_FIELDS + 7; ++i)
            header += "X: " + std::string(600, 'x') + "\r\n";
        log_message_header(LOG_DEBUG, "R1", header, true);
        CPPUNIT_ASSERT_EQUAL(std::string(), log_);
        log_message_header(LOG_INFO, "R1", header, true);
        CPPUNIT_ASSERT(log_.find("header more=7\n") != std::string::npos);
        CPPUNIT_ASSERT(log_.find(std::string(LOG_MESSAGE_VALUE + 1, 'x')) == std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogMessageTest);
