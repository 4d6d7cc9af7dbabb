/*
**  tw_pop3_server_test - TCPware, "POP3 Server": what TCPIP$POP_PERSONALITY TCPWARE makes of the
**  server, and what CNFNET's questions set
*/
#include "pop_fixture.h"

#include "MTA/config_store.h"
#include "VMS/logical.h"
#include "VMS/net.h"
#include "pop_server.h"

using namespace mail;

class TwPop3ServerTest : public PopFixture {
    CPPUNIT_TEST_SUITE(TwPop3ServerTest);
    CPPUNIT_TEST(test_tw_pop3_31_clients);
    CPPUNIT_TEST(test_tw_pop3_32_messages_unless_told_otherwise);
    CPPUNIT_TEST(test_tw_pop3_log_levels_and_log_file);
    CPPUNIT_TEST(test_tw_pop3_purge_reclaim);
    CPPUNIT_TEST(test_tw_pop3_no_purge_leaves_the_wastebasket);
    CPPUNIT_TEST(test_tw_pop3_only_new_mail);
    CPPUNIT_TEST(test_tw_pop3_states);
    CPPUNIT_TEST(test_tw_pop3_commands);
    CPPUNIT_TEST(test_tw_pop3_no_apop);
    CPPUNIT_TEST(test_tw_pop3_update_only_after_quit);
    CPPUNIT_TEST(test_tw_pop3_login_time_in_both_spellings);
    CPPUNIT_TEST(test_tw_pop3_access_hours);
    CPPUNIT_TEST(test_tw_pop3_switch_is_data);
    CPPUNIT_TEST_SUITE_END();

    void define(const char *name, const char *value)
    {
        std::vector<std::string> values(1, value);
        CPPUNIT_ASSERT(logical_define(name, values, LOGICAL_SYSTEM, LOGICAL_EXECUTIVE).ok());
        settings_.reset(new Settings(*config_read()));
        config_use(settings_);
    }
    std::string session(const std::string &commands)
    {
        PopClient client(context_);
        std::string answer = client.login("smith", "sesame");
        return answer + client.say(commands + "QUIT\r\n");
    }
    unsigned value(ParamId id) const { return static_cast<unsigned>(settings_->number(id)); }

public:
    void setUp()
    {
        PopFixture::setUp();
        define("TCPIP$POP_PERSONALITY", "TCPWARE");
    }

    /* "can handle up to 31 simultaneous client connections" */
    void test_tw_pop3_31_clients()
    {
        NetAddress address;
        int listener = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 64, &listener).ok() &&
                       net_local(listener, &address).ok());
        PopServer server;
        Service service;
        ServiceParameters parameters = server.parameters();
        parameters.listeners.push_back(ServiceListener(listener));
        CPPUNIT_ASSERT(service.start(parameters).ok());
        std::vector<int> clients;
        for (int i = 0; i < 32; ++i) {
            int fd = -1;
            char text[256];
            size_t count = 0;
            CPPUNIT_ASSERT(net_connect(address, 0, 5000, &fd).ok());
            clients.push_back(fd);
            CPPUNIT_ASSERT(net_read(fd, text, sizeof text, 5000, &count).ok());
            CPPUNIT_ASSERT_EQUAL(std::string(i < 31 ? "+OK " : "-ERR"), std::string(text, 4));
        }
        for (size_t i = 0; i < clients.size(); ++i)
            net_close(clients[i]);
    }

    void test_tw_pop3_32_messages_unless_told_otherwise()
    {
        for (int i = 0; i < 40; ++i)
            deliver("SMITH", "one", "1\r\n");
        CPPUNIT_ASSERT(has(session("STAT\r\n"), "+OK 32 "));
        ConfigEntries answers; /* CNFNET: maximum number of new messages */
        answers.push_back(std::make_pair(std::string("POP_MESSAGE_MAXIMUM"), std::string("35")));
        root_->make_folder("/SYS0");
        root_->make_folder("/SYS0/TCPIP$SMTP");
        CPPUNIT_ASSERT(config_write_database(answers).ok());
        define("TCPIP$POP_PERSONALITY", "TCPWARE");
        CPPUNIT_ASSERT(has(session("STAT\r\n"), "+OK 35 "));
    }

    void test_tw_pop3_log_levels_and_log_file()
    {
        CPPUNIT_ASSERT_EQUAL(LOG_ERROR, pop_log_level(*settings_));
        CPPUNIT_ASSERT_EQUAL(std::string("TCPWARE_SPECIFIC:[TCPWARE]POP3SERVER.LOG"),
                             settings_->text(P_POP_LOG_FILE));
        static const struct {
            const char *name;
            LogLevel level;
        } levels[] = {
            {"ERROR", LOG_ERROR}, {"INFO", LOG_INFO}, {"THREAD", LOG_TRACE}, {"DEBUG", LOG_DEBUG}};
        for (size_t i = 0; i < 4; ++i) {
            define("TCPIP$POP_LOG_LEVEL", levels[i].name);
            CPPUNIT_ASSERT_EQUAL(levels[i].level, pop_log_level(*settings_));
        }
        define("TCPWARE_SPECIFIC", "SYS$SYSDEVICE:");
        root_->make_folder("/TCPWARE");
        CPPUNIT_ASSERT(log_open(settings_->text(P_POP_LOG_FILE)));
        log_capture(0);
        session("");
        log_close();
        std::string text;
        CPPUNIT_ASSERT(
            file_read_text("SYS$SYSDEVICE:[TCPWARE]POP3SERVER.LOG", "", 100000, "\n", &text).ok());
        CPPUNIT_ASSERT(has(text, "login user=SMITH"));
    }

    /* "not only purges the wastebasket folder, but releases deleted message space" */
    void test_tw_pop3_purge_reclaim()
    {
        deliver("SMITH", "one", "1\r\n");
        unsigned long long before = shim_calls("*", "mail$mailfile_purge_waste");
        session("DELE 1\r\n");
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "WASTEBASKET"));
        CPPUNIT_ASSERT_EQUAL(before + 1, shim_calls("*", "mail$mailfile_purge_waste"));
        CPPUNIT_ASSERT(settings_->flag(P_POP_PURGE_RECLAIM));
    }

    void test_tw_pop3_no_purge_leaves_the_wastebasket()
    {
        set(P_POP_PURGE_RECLAIM, "FALSE");
        deliver("SMITH", "one", "1\r\n");
        session("DELE 1\r\n");
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "WASTEBASKET"));
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_tw_pop3_only_new_mail()
    {
        deliver("SMITH", "old", "1\r\n");
        session("RETR 1\r\n"); /* moves to MAIL */
        deliver("SMITH", "new", "2\r\n");
        std::string answer = session("STAT\r\nTOP 1 0\r\n");
        CPPUNIT_ASSERT(has(answer, "+OK 1 ") && has(answer, "\r\nSubject: new\r\n"));
    }

    void test_tw_pop3_states()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT(has(client.say("STAT\r\n"), "-ERR "));
        CPPUNIT_ASSERT_EQUAL(unsigned(POP_AUTH_STATE), client.session.state());
        CPPUNIT_ASSERT(admitted(client.login("smith", "sesame")));
        CPPUNIT_ASSERT_EQUAL(unsigned(POP_TRANSACTION_STATE), client.session.state());
        CPPUNIT_ASSERT(has(client.say("USER smith\r\n"), "-ERR "));
        CPPUNIT_ASSERT(has(client.say("QUIT\r\n"), "+OK "));
        CPPUNIT_ASSERT_EQUAL(unsigned(POP_ENDED_STATE), client.session.state());
    }

    /* "all the minimal commands ... as well as the optional TOP" and UIDL */
    void test_tw_pop3_commands()
    {
        static const char *const commands[] = {"STAT", "LIST",   "LIST 1",  "RETR 1", "NOOP",
                                               "UIDL", "UIDL 1", "TOP 1 1", "DELE 1", "RSET"};
        deliver("SMITH", "one", "1\r\n");
        PopClient client(context_);
        CPPUNIT_ASSERT(has(client.login("smith", "sesame"), "+OK Password required"));
        for (size_t i = 0; i < sizeof commands / sizeof *commands; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                commands[i], std::string("+OK "),
                client.say(std::string(commands[i]) + "\r\n").substr(0, 4));
        PopClient other(context_, 2);
        CPPUNIT_ASSERT(has(other.say("QUIT\r\n"), "+OK ")); /* in both states */
    }

    void test_tw_pop3_no_apop()
    {
        secret("xyztancreff");
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, client.greeting.find('<'));
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR unknown command\r\n"),
                             client.say("APOP smith 00000000000000000000000000000000\r\n"));
        CPPUNIT_ASSERT(admitted(client.login("smith", "sesame")));
    }

    void test_tw_pop3_update_only_after_quit()
    {
        deliver("SMITH", "one", "1\r\n");
        {
            PopClient client(context_);
            client.login("smith", "sesame");
            client.say("DELE 1\r\n");
        } /* the line breaks */
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
        session("DELE 1\r\n");
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
    }

    uint64_t last_login()
    {
        shim::UafRecord record;
        CPPUNIT_ASSERT(shim::uaf_read("SMITH", &record) & 1);
        return record.last_network;
    }
    void test_tw_pop3_login_time_in_both_spellings()
    {
        static const char *const names[] = {"TCPWARE_POP3_UDPATE_LOGIN_TIME",
                                            "TCPWARE_POP3_UPDATE_LOGIN_TIME"};
        session("");
        CPPUNIT_ASSERT_EQUAL(uint64_t(0), last_login());
        for (size_t i = 0; i < 2; ++i) {
            uint64_t before = last_login();
            define(names[i], "1");
            session("");
            CPPUNIT_ASSERT(last_login() > before);
            CPPUNIT_ASSERT(logical_deassign(names[i], LOGICAL_SYSTEM, LOGICAL_EXECUTIVE).ok());
            define("TCPIP$POP_PERSONALITY", "TCPWARE");
            before = last_login();
            session("");
            CPPUNIT_ASSERT_EQUAL(before, last_login());
        }
    }

    void test_tw_pop3_access_hours()
    {
        modify("SMITH", close_hours);
        CPPUNIT_ASSERT(has(session(""), "-ERR user account \"smith\" has no access"));
    }

    /* Every preset goes back to HP's default with the switch, and a value of the site's stays. */
    void test_tw_pop3_switch_is_data()
    {
        CPPUNIT_ASSERT_EQUAL(31U, value(P_POP_SESSIONS));
        CPPUNIT_ASSERT_EQUAL(32U, value(P_POP_MESSAGE_MAXIMUM));
        CPPUNIT_ASSERT_EQUAL(ORIGIN_PRESET, settings_->origin(P_POP_SESSIONS));
        CPPUNIT_ASSERT_EQUAL(std::string("personality"),
                             std::string(config_origin_name(settings_->origin(P_POP_APOP))));
        define("TCPIP$POP_SESSIONS", "100");
        CPPUNIT_ASSERT_EQUAL(100U, value(P_POP_SESSIONS));
        define("TCPIP$POP_PERSONALITY", "HP");
        CPPUNIT_ASSERT_EQUAL(100U, value(P_POP_SESSIONS));
        for (size_t i = 0; i < param_preset_count; ++i) {
            ParamId id = param_presets[i].id;
            if (id != P_POP_SESSIONS)
                CPPUNIT_ASSERT_EQUAL(param_default(id).text, settings_->text(id));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TwPop3ServerTest);
