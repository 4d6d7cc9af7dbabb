/*
**  pop_xtnd_test - XTND: the table, who may give what, levels by name (HP 19.6)
*/
#include "pop_fixture.h"

#include "pop_xtnd.h"

using namespace mail;

struct TestControl : public PopControl {
    bool down;
    TestControl() : down(false) {}
    ServiceCounts counts()
    {
        ServiceCounts c;
        c.accepted = 42;
        return c;
    }
    void shut_down() { down = true; }
};

class PopXtndTest : public PopFixture {
    CPPUNIT_TEST_SUITE(PopXtndTest);
    CPPUNIT_TEST(test_levels_by_name);
    CPPUNIT_TEST(test_client_is_logged_on_one_line);
    CPPUNIT_TEST(test_dangerous_ones_need_oper);
    CPPUNIT_TEST(test_level_is_changed);
    CPPUNIT_TEST(test_statistics);
    CPPUNIT_TEST(test_shutdown_reaches_the_server);
    CPPUNIT_TEST(test_arguments);
    CPPUNIT_TEST_SUITE_END();

    PopStats stats_;
    TestControl control_;

public:
    void setUp()
    {
        PopFixture::setUp();
        context_.stats = &stats_;
        context_.control = &control_;
        modify("JONES", make_operator);
    }

    void test_levels_by_name()
    {
        static const struct {
            const char *name;
            LogLevel level;
        } levels[] = {{"ERROR", LOG_ERROR},
                      {"INFORMATIONAL", LOG_INFO},
                      {"THREAD", LOG_TRACE},
                      {"DEBUG", LOG_DEBUG}};
        for (size_t i = 0; i < 4; ++i) {
            LogLevel found = LOG_WARNING;
            CPPUNIT_ASSERT_EQUAL(std::string(levels[i].name), pop_level_name(levels[i].level));
            CPPUNIT_ASSERT(pop_level_find(levels[i].name, &found));
            CPPUNIT_ASSERT_EQUAL(levels[i].level, found);
        }
        LogLevel found = LOG_WARNING;
        CPPUNIT_ASSERT(pop_level_find("info", &found) && found == LOG_INFO);
        CPPUNIT_ASSERT(!pop_level_find("", &found) && !pop_level_find("LOUD", &found));
        CPPUNIT_ASSERT_EQUAL(std::string("ERROR"), pop_level_name(LOG_WARNING));
    }

    void test_client_is_logged_on_one_line()
    {
        PopClient client(context_);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK client information noted\r\n"),
                             client.say("XTND CLIENT Eudora 1.4  for \"PC\"\r\n"));
        CPPUNIT_ASSERT(has(log_, " client user=SMITH client=192.0.2.1 says=\"Eudora 1.4  for "));
    }

    void test_dangerous_ones_need_oper()
    {
        PopClient client(context_);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT_EQUAL(
            std::string("-ERR user account \"smith\" is not privileged for this command\r\n"),
            client.say("XTND SHUTDOWN\r\n"));
        CPPUNIT_ASSERT(has(client.say("XTND LOGLEVEL ERROR\r\n"), "-ERR user account \"smith\""));
        CPPUNIT_ASSERT(!control_.down);
        CPPUNIT_ASSERT_EQUAL(LOG_DEBUG, log_level());
        CPPUNIT_ASSERT(has(log_, "xtnd_refused user=SMITH client=192.0.2.1 command=SHUTDOWN"));
    }

    /* The session of HP 19.6. */
    void test_level_is_changed()
    {
        PopClient client(context_);
        client.login("jones", "abra");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK logging level changed to error\r\n"),
                             client.say("XTND LOGLEVEL ERROR\r\n"));
        CPPUNIT_ASSERT_EQUAL(LOG_ERROR, log_level());
        CPPUNIT_ASSERT_EQUAL(std::string("+OK logging level changed to debug\r\n"),
                             client.say("xtnd loglevel debug\r\n"));
        CPPUNIT_ASSERT_EQUAL(LOG_DEBUG, log_level());
        CPPUNIT_ASSERT(has(client.say("XTND LOGLEVEL LOUD\r\n"), "-ERR logging level is ERROR"));
        CPPUNIT_ASSERT(has(log_, "loglevel user=JONES from=DEBUG to=ERROR"));
    }

    void test_statistics()
    {
        deliver("SMITH", "one", "1\r\n");
        PopClient client(context_, 1), other(context_, 2);
        other.login("jones", "abra");
        client.login("smith", "wrong");
        client.login("smith", "sesame");
        std::string octets = client.say("RETR 1\r\n");
        octets = octets.substr(4, octets.find(' ', 4) - 4);
        std::string text = client.say("XTND STATS\r\n");
        CPPUNIT_ASSERT_EQUAL(size_t(0),
                             text.find("+OK Statistics follow\r\nVersion Number       : "
                                       "TCPIP V9.9\r\nLogging Level        : DEBUG\r\n"));
        CPPUNIT_ASSERT(has(text, "\r\nTotal Threads        : 42\r\n"));
        CPPUNIT_ASSERT(has(text, "\r\nRetrieved Messages   : 1\r\n"));
        CPPUNIT_ASSERT(has(text, "\r\nRetrieved Octets     : " + octets + "\r\n"));
        CPPUNIT_ASSERT(has(text, "\r\nAuth Failures        : 1\r\n"));
        CPPUNIT_ASSERT(has(text, "\r\nCurrent Users        :\r\n 0. smith\r\n.\r\n"));
        CPPUNIT_ASSERT(has(other.say("XTND STATS\r\n"),
                           "\r\nCurrent Users        :\r\n 0. smith\r\n 1. jones\r\n.\r\n"));
        client.say("QUIT\r\n");
        other.session.on_disconnect(DISCONNECT_PEER);
        PopClient last(context_, 3);
        last.login("jones", "abra");
        text = last.say("XTND STATS\r\n");
        CPPUNIT_ASSERT(has(text, "\r\nNormal Disconnects   : 1\r\nAbnormal Disconnects : 1\r\n"));
        CPPUNIT_ASSERT(has(text, "\r\nCurrent Users        :\r\n 0. jones\r\n.\r\n"));
    }

    void test_shutdown_reaches_the_server()
    {
        PopClient client(context_);
        client.login("jones", "abra");
        CPPUNIT_ASSERT(has(client.say("XTND SHUTDOWN\r\n"), "+OK server shuts down when"));
        CPPUNIT_ASSERT(control_.down);
        CPPUNIT_ASSERT(!client.session.wants_close()); /* it waits for its clients */
        CPPUNIT_ASSERT(has(client.say("QUIT\r\n"), "signing off"));
    }

    void test_arguments()
    {
        static const char *const bad[][2] = {
            {"XTND", "-ERR wrong number"},        {"XTND KILL", "-ERR unknown XTND"},
            {"XTND CLIENT", "-ERR wrong number"}, {"XTND STATS x", "-ERR wrong number"},
            {"XTND LOGLEVEL", "-ERR wrong"},      {"XTND SHUTDOWN now", "-ERR wrong number"}};
        PopClient client(context_);
        client.login("jones", "abra");
        for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                bad[i][0], size_t(0), client.say(std::string(bad[i][0]) + "\r\n").find(bad[i][1]));
        CPPUNIT_ASSERT(!control_.down);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopXtndTest);
