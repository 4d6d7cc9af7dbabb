/*
**  hp_19_6_problems_test - HP TCP/IP Services Management, 19.6: messages, OPCOM, XTND
*/
#include "pop_fixture.h"

#include "pop_server.h"
#include "pop_xtnd.h"

using namespace mail;

class Hp196ProblemsTest : public PopFixture {
    CPPUNIT_TEST_SUITE(Hp196ProblemsTest);
    CPPUNIT_TEST(test_hp_19_6_command_errors_are_informative);
    CPPUNIT_TEST(test_hp_19_6_command_errors_are_logged);
    CPPUNIT_TEST(test_hp_19_6_authorization_errors_are_logged);
    CPPUNIT_TEST(test_hp_19_6_opcom_when_reject_is_set);
    CPPUNIT_TEST(test_hp_19_6_no_opcom_with_noreject);
    CPPUNIT_TEST(test_hp_19_6_xtnd_client);
    CPPUNIT_TEST(test_hp_19_6_xtnd_loglevel);
    CPPUNIT_TEST(test_hp_19_6_xtnd_stats);
    CPPUNIT_TEST(test_hp_19_6_xtnd_shutdown_waits_for_clients);
    CPPUNIT_TEST(test_hp_19_6_example);
    CPPUNIT_TEST_SUITE_END();

    std::string operator_log() const
    {
        std::string path = root_->path() + "/VMS$COMMON/SYSMGR/OPERATOR.LOG;1", text;
        FILE *file = fopen(path.c_str(), "r");
        char buffer[4096];
        for (size_t got; file && (got = fread(buffer, 1, sizeof buffer, file)) != 0;)
            text.append(buffer, got);
        if (file)
            fclose(file);
        return text;
    }

public:
    void test_hp_19_6_command_errors_are_informative()
    {
        static const char *const errors[][2] = {
            {"STAT", "-ERR command not valid in this state\r\n"},
            {"RETR", "-ERR command not valid in this state\r\n"},
            {"APOP smith", "-ERR wrong number or form of arguments\r\n"},
            {"PASS x", "-ERR USER must come first\r\n"},
            {"HELP", "-ERR unknown command\r\n"}};
        PopClient client(context_);
        for (size_t i = 0; i < sizeof errors / sizeof *errors; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string(errors[i][1]),
                                 client.say(std::string(errors[i][0]) + "\r\n"));
    }

    /* "The POP server logs command error and OPCOM messages"; nothing of what was typed. */
    void test_hp_19_6_command_errors_are_logged()
    {
        log_set_level(pop_log_level(*settings_));
        PopClient client(context_);
        client.say("stat\r\nhunter2 secret\r\n");
        CPPUNIT_ASSERT(has(log_, " command_error command=STAT answer=\"-ERR command not valid"));
        CPPUNIT_ASSERT(has(log_, " command_error command=? answer=\"-ERR unknown command\""));
        CPPUNIT_ASSERT(!has(log_, "hunter2") && !has(log_, "secret"));
        log_.clear();
        client.login("smith", "wrong");
        CPPUNIT_ASSERT(has(log_, "refused user=smith") && !has(log_, "command_error"));
        log_.clear();
        log_set_level(LOG_ERROR);
        client.say("STAT\r\n");
        CPPUNIT_ASSERT(!has(log_, "command_error"));
    }

    void test_hp_19_6_authorization_errors_are_logged()
    {
        PopClient client(context_);
        client.login("smith", "wrong");
        client.say("USER nobody\r\n");
        CPPUNIT_ASSERT(has(log_, "refused user=smith client=192.0.2.1 reason=refused"));
        CPPUNIT_ASSERT(has(log_, "refused user=nobody client=192.0.2.1 reason=refused"));
    }

    void test_hp_19_6_opcom_when_reject_is_set()
    {
        PopClient client(context_);
        client.say("USER nobody\r\n");
        CPPUNIT_ASSERT(has(operator_log(), "login of user \"nobody\" from 192.0.2.1 refused"));
        client.login("smith", "wrong");
        CPPUNIT_ASSERT(has(operator_log(), "login of user \"smith\" from 192.0.2.1 refused"));
        CPPUNIT_ASSERT(!has(operator_log(), "wrong"));
    }

    void test_hp_19_6_no_opcom_with_noreject()
    {
        set(P_POP_LOG_OPTIONS, "NOREJECT");
        PopClient client(context_);
        client.login("smith", "wrong");
        CPPUNIT_ASSERT(!has(operator_log(), "login of user"));
        CPPUNIT_ASSERT(has(log_, "refused user=smith"));
    }

    /* Table 19-3 */
    void test_hp_19_6_xtnd_client()
    {
        PopClient client(context_);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT(has(client.say("XTND CLIENT Eudora 1.4.4\r\n"), "+OK "));
        CPPUNIT_ASSERT(has(log_, "says=\"Eudora 1.4.4\""));
    }

    void test_hp_19_6_xtnd_loglevel()
    {
        modify("JONES", make_operator);
        static const char *const levels[] = {"INFORMATIONAL", "ERROR", "THREAD", "DEBUG"};
        PopClient client(context_);
        client.login("jones", "abra");
        for (size_t i = 0; i < 4; ++i) {
            CPPUNIT_ASSERT(has(client.say(std::string("XTND LOGLEVEL ") + levels[i] + "\r\n"),
                               "+OK logging level changed to "));
            CPPUNIT_ASSERT_EQUAL(std::string(levels[i]), pop_level_name(log_level()));
        }
    }

    void test_hp_19_6_xtnd_stats()
    {
        PopStats stats;
        context_.stats = &stats;
        PopClient client(context_);
        client.login("smith", "sesame");
        std::string text = client.say("XTND STATS\r\n");
        CPPUNIT_ASSERT_EQUAL(size_t(0), text.find("+OK Statistics follow\r\nVersion Number"));
        CPPUNIT_ASSERT_EQUAL(text.size() - 3, text.rfind(".\r\n"));
    }

    /* A real service: the clients that are there go on, new ones are told, then it ends. */
    void test_hp_19_6_xtnd_shutdown_waits_for_clients()
    {
        modify("JONES", make_operator);
        NetAddress address;
        int listener = -1, here = -1, boss = -1, late = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 16, &listener).ok() &&
                       net_local(listener, &address).ok());
        PopServer server;
        Service service;
        server.attach(&service);
        ServiceParameters parameters = server.parameters();
        parameters.listeners.push_back(ServiceListener(listener));
        CPPUNIT_ASSERT(service.start(parameters).ok());
        CPPUNIT_ASSERT(net_connect(address, 0, 5000, &here).ok());
        CPPUNIT_ASSERT(net_connect(address, 0, 5000, &boss).ok());
        CPPUNIT_ASSERT(has(talk(here, "USER smith\r\nPASS sesame\r\n", 3), "combination ok"));
        CPPUNIT_ASSERT(has(talk(boss, "USER jones\r\nPASS abra\r\nXTND SHUTDOWN\r\nQUIT\r\n", 5),
                           "+OK server shuts down when its clients have disconnected\r\n"));
        CPPUNIT_ASSERT(net_connect(address, 0, 5000, &late).ok());
        CPPUNIT_ASSERT_EQUAL(
            std::string("-ERR [SYS/TEMP] server is shutting down, try again later\r\n"),
            talk(late, "", 1));
        CPPUNIT_ASSERT(has(talk(here, "STAT\r\nQUIT\r\n", 2), "signing off"));
        service.wait(); /* a test that hangs here has failed */
        service.finish(5);
        net_close(here);
        net_close(boss);
        net_close(late);
    }

    /* That many lines of answer. */
    static std::string talk(int fd, const std::string &text, int lines)
    {
        CPPUNIT_ASSERT(net_write(fd, text.data(), text.size(), 5000).ok());
        std::string answer;
        while (lines > 0) {
            char c;
            size_t count = 0;
            if (!net_read(fd, &c, 1, 5000, &count).ok() || count == 0)
                break;
            answer += c;
            lines -= c == '\n';
        }
        return answer;
    }

    /* "To simulate a POP client and obtain information" */
    void test_hp_19_6_example()
    {
        modify("SMITH", make_operator);
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(size_t(0), client.greeting.find("+OK POP server TCPIP Version "));
        CPPUNIT_ASSERT(has(client.greeting, " at ucxsys.acme.com, up since 1999-04-04 06:42:17 <"));
        CPPUNIT_ASSERT(has(client.greeting, "@ucxsys.acme.com>\r\n"));
        static const char *const session[][2] = {
            {"USER smith", "+OK Password required for \"smith\""},
            {"PASS sesame", "+OK Username/password combination ok"},
            {"XTND LOGLEVEL DEBUG", "+OK logging level changed to debug"},
            {"QUIT", "+OK TCPIP POP server at ucxsys.acme.com signing off."}};
        for (size_t i = 0; i < 4; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string(session[i][1]) + "\r\n",
                                 client.say(std::string(session[i][0]) + "\r\n"));
        CPPUNIT_ASSERT(client.session.wants_close());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp196ProblemsTest);
