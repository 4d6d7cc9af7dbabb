/*
**  pop_server_test - settings of the server process, sessions for the engine (HP 19.1.6, 19.3)
*/
#include "pop_fixture.h"

#include "pop_server.h"

using namespace mail;

class PopServerTest : public PopFixture {
    CPPUNIT_TEST_SUITE(PopServerTest);
    CPPUNIT_TEST(test_log_levels);
    CPPUNIT_TEST(test_warning_without_top_headers);
    CPPUNIT_TEST(test_parameters_come_from_settings);
    CPPUNIT_TEST(test_refusal_and_sessions);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_log_levels()
    {
        CPPUNIT_ASSERT_EQUAL(LOG_INFO, pop_log_level(*settings_));
        set(P_POP_LOG_LEVEL, "ERROR");
        CPPUNIT_ASSERT_EQUAL(LOG_ERROR, pop_log_level(*settings_));
        set(P_POP_LOG_LEVEL, "THREAD");
        CPPUNIT_ASSERT_EQUAL(LOG_TRACE, pop_log_level(*settings_));
        set(P_POP_LOG_LEVEL, "DEBUG");
        CPPUNIT_ASSERT_EQUAL(LOG_DEBUG, pop_log_level(*settings_));
    }

    void test_warning_without_top_headers()
    {
        CPPUNIT_ASSERT(pop_setting_warnings(*settings_).empty());
        set(P_POP_IGNORE_MAIL11_HEADERS, "1");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), pop_setting_warnings(*settings_).size());
        set(P_HEADERS, "TOP");
        CPPUNIT_ASSERT(pop_setting_warnings(*settings_).empty());
        set(P_POP_DISABLE_CLEARTEXT, "1");
        set(P_POP_DISABLE_SSL, "1");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), pop_setting_warnings(*settings_).size());
    }

    void test_parameters_come_from_settings()
    {
        set(P_POP_MAXIMUM_THREADS, "3");
        set(P_POP_SESSIONS, "7");
        set(P_POP_SESSIONS_PER_CLIENT, "5");
        set(P_POP_LINK_IDLE_TIMEOUT, "0 00:05:00.00");
        PopServer server;
        ServiceParameters p = server.parameters();
        CPPUNIT_ASSERT_EQUAL(3U, static_cast<unsigned>(p.workers));
        CPPUNIT_ASSERT_EQUAL(7U, static_cast<unsigned>(p.max_sessions));
        CPPUNIT_ASSERT_EQUAL(5U, static_cast<unsigned>(p.max_per_client));
        CPPUNIT_ASSERT_EQUAL(300U, static_cast<unsigned>(p.idle_seconds));
        set(P_POP_LINK_IDLE_TIMEOUT, "0 00:00:00.00");
        CPPUNIT_ASSERT(server.parameters().idle_seconds > 86400);
    }

    void test_refusal_and_sessions()
    {
        PopServer server;
        ServiceClient client;
        CPPUNIT_ASSERT_EQUAL(
            std::string("-ERR [SYS/TEMP] too many connections, try again later\r\n"),
            server.refusal(client, REFUSAL_SESSIONS));
        boost::scoped_ptr<Session> session(server.create(client));
        Output out;
        session->start(&out);
        CPPUNIT_ASSERT(out.text().find("+OK POP server TCPIP Version ") == 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopServerTest);
