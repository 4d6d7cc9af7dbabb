/*
**  hp_19_1_pop_server_test - HP TCP/IP Services Management, 19.1 - 19.1.5: the POP server
*/
#include "pop_fixture.h"

#include "VMS/net.h"
#include "VMS/recfile.h"
#include "pop_server.h"

#include <uaidef.h>

using namespace mail;

class Hp191PopServerTest : public PopFixture {
    CPPUNIT_TEST_SUITE(Hp191PopServerTest);
    CPPUNIT_TEST(test_hp_19_1_delivered_messages_are_deleted_from_the_server);
    CPPUNIT_TEST(test_hp_19_1_1_characteristics_are_logical_names);
    CPPUNIT_TEST(test_hp_19_1_2_greeting_names_server_and_host);
    CPPUNIT_TEST(test_hp_19_1_2_uid_is_user_name_and_date_of_arrival);
    CPPUNIT_TEST(test_hp_19_1_2_newmail_is_read_and_read_mail_moves_to_mail);
    CPPUNIT_TEST(test_hp_19_1_2_leave_in_newmail_keeps_read_mail);
    CPPUNIT_TEST(test_hp_19_1_2_use_mail_folder_moves_all_to_mail);
    CPPUNIT_TEST(test_hp_19_1_2_unread_mail_stays_in_newmail);
    CPPUNIT_TEST(test_hp_19_1_3_failed_connection_gets_err);
    CPPUNIT_TEST(test_hp_19_1_3_second_failure_closes);
    CPPUNIT_TEST(test_hp_19_1_3_one_failure_is_forgiven);
    CPPUNIT_TEST(test_hp_19_1_3_user_apop_and_pass_failures_count_together);
    CPPUNIT_TEST(test_hp_19_1_3_blocked_connection_is_shut_down_after_back_offs);
    CPPUNIT_TEST(test_hp_19_1_4_foreign_message_has_headers_and_a_brief_message);
    CPPUNIT_TEST(test_hp_19_1_4_foreign_message_moves_to_mail_and_is_never_deleted);
    CPPUNIT_TEST(test_hp_19_1_5_shared_secret_admits_without_a_password);
    CPPUNIT_TEST(test_hp_19_1_5_apop_needs_a_secret_of_the_user);
    CPPUNIT_TEST(test_hp_19_1_5_user_name_and_password_of_the_sysuaf);
    CPPUNIT_TEST(test_hp_19_1_5_sysuaf_settings_refuse);
    CPPUNIT_TEST(test_hp_19_1_5_expired_account_is_refused);
    CPPUNIT_TEST(test_hp_19_1_5_incorrect_user_name_or_password_is_refused);
    CPPUNIT_TEST(test_hp_19_1_5_disuserpass_answers_with_a_failure);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_hp_19_1_delivered_messages_are_deleted_from_the_server()
    {
        deliver("SMITH", "one", "1\r\n");
        deliver("SMITH", "two", "2\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT(
            has(client.say("RETR 1\r\nDELE 1\r\nRETR 2\r\nDELE 2\r\nQUIT\r\n"), "signing off"));
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "MAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, new_messages("SMITH"));
    }

    void test_hp_19_1_1_characteristics_are_logical_names()
    {
        CPPUNIT_ASSERT_EQUAL(15U, static_cast<unsigned>(PopServer().parameters().workers));
        set(P_POP_MAXIMUM_THREADS, "1");
        CPPUNIT_ASSERT_EQUAL(1U, static_cast<unsigned>(PopServer().parameters().workers));
    }

    void test_hp_19_1_2_greeting_names_server_and_host()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(size_t(0), client.greeting.find("+OK POP server "));
        CPPUNIT_ASSERT(has(client.greeting, " TCPIP Version V9.9 at ucxsys.acme.com"));
    }

    void test_hp_19_1_2_uid_is_user_name_and_date_of_arrival()
    {
        deliver("SMITH", "one", "1\r\n");
        VmsTimeFields now;
        CPPUNIT_ASSERT(vmstime_fields(vmstime_now(), &now));
        char day[40];
        snprintf(day, sizeof day, "+OK 1 SMITH_%04d%02d%02d", now.year, now.month, now.day);
        PopClient client(context_);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT_EQUAL(size_t(0), client.say("UIDL 1\r\n").find(day));
    }

    void test_hp_19_1_2_newmail_is_read_and_read_mail_moves_to_mail()
    {
        deliver("SMITH", "one", "1\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        client.say("RETR 1\r\nQUIT\r\n");
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
        PopClient again(context_, 2);
        again.login("smith", "sesame");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK 0 0\r\n"), again.say("STAT\r\n"));
    }

    void test_hp_19_1_2_leave_in_newmail_keeps_read_mail()
    {
        set(P_POP_LEAVE_IN_NEWMAIL, "1");
        deliver("SMITH", "one", "1\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        client.say("RETR 1\r\nQUIT\r\n");
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "MAIL"));
    }

    void test_hp_19_1_2_use_mail_folder_moves_all_to_mail()
    {
        set(P_POP_USE_MAIL_FOLDER, "1");
        deliver("SMITH", "one", "1\r\n");
        deliver("SMITH", "two", "2\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT(has(client.say("STAT\r\n"), "+OK 2 "));
        client.say("QUIT\r\n");
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(2U, folder_count("SMITH", "MAIL"));
    }

    void test_hp_19_1_2_unread_mail_stays_in_newmail()
    {
        deliver("SMITH", "one", "1\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        client.say("STAT\r\nLIST\r\nUIDL\r\nTOP 1 1\r\nQUIT\r\n");
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_hp_19_1_3_failed_connection_gets_err()
    {
        PopServer server;
        CPPUNIT_ASSERT_EQUAL(size_t(0),
                             server.refusal(ServiceClient(), REFUSAL_SESSIONS).find("-ERR "));
    }

    void test_hp_19_1_3_second_failure_closes()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT(has(client.login("smith", "first"),
                           "-ERR password supplied for \"smith\" is incorrect\r\n"));
        CPPUNIT_ASSERT(!client.session.wants_close());
        CPPUNIT_ASSERT(has(client.login("smith", "second"), "-ERR "));
        CPPUNIT_ASSERT(client.session.wants_close());
        CPPUNIT_ASSERT_EQUAL(std::string(), client.login("smith", "sesame"));
    }

    void test_hp_19_1_3_one_failure_is_forgiven()
    {
        PopClient client(context_);
        client.login("smith", "first");
        CPPUNIT_ASSERT(admitted(client.login("smith", "sesame")));
    }

    void test_hp_19_1_3_user_apop_and_pass_failures_count_together()
    {
        static const char *const failures[] = {"USER nobody\r\n", "USER smith\r\nPASS x\r\n",
                                               "APOP smith 00\r\n"};
        for (size_t i = 0; i < 3; ++i)
            for (size_t k = 0; k < 3; ++k) {
                PopClient client(context_);
                client.say(failures[i]);
                CPPUNIT_ASSERT(!client.session.wants_close());
                client.say(failures[k]);
                CPPUNIT_ASSERT(client.session.wants_close());
            }
    }

    /* Each turn is longer than any back-off; what the kernel still takes begins them anew. */
    void test_hp_19_1_3_blocked_connection_is_shut_down_after_back_offs()
    {
        std::string line(900, 'b'), text;
        for (int i = 0; i < 20000; ++i)
            text += line + "\r\n";
        deliver("SMITH", "big", text);
        PopServer server;
        ServiceParameters parameters = server.parameters();
        NetAddress address;
        int listener = -1, deaf = -1, other = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 16, &listener).ok() &&
                       net_local(listener, &address).ok());
        parameters.listeners.push_back(ServiceListener(listener));
        Service service;
        CPPUNIT_ASSERT(service.start(parameters).ok());
        CPPUNIT_ASSERT(net_connect(address, 0, 5000, &deaf).ok() &&
                       net_connect(address, 0, 5000, &other).ok());
        const std::string commands = "USER smith\r\nPASS sesame\r\nRETR 1\r\n";
        CPPUNIT_ASSERT(net_write(deaf, commands.data(), commands.size(), 5000).ok());
        int turns = 0;
        char buffer[1024];
        size_t got = 0;
        CPPUNIT_ASSERT(net_read(other, buffer, sizeof buffer, 5000, &got).ok());
        while (service.counts().dropped == 0 && turns < 100) {
            CPPUNIT_ASSERT(net_write(other, "CAPA\r\n", 6, 5000).ok()); /* others go on */
            CPPUNIT_ASSERT(net_read(other, buffer, sizeof buffer, 5000, &got).ok() && got > 4);
            ScratchRoot::move_clock(33);
            usleep(600000);
            ++turns;
        }
        CPPUNIT_ASSERT(turns >= 5);
        CPPUNIT_ASSERT_EQUAL(1U, static_cast<unsigned>(service.counts().dropped));
        net_close(deaf);
        net_close(other);
        service.stop();
        service.finish(5);
        CPPUNIT_ASSERT(has(log_, "blocked, connection closed"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
    }

    void test_hp_19_1_4_foreign_message_has_headers_and_a_brief_message()
    {
        deliver_foreign("SMITH", "picture", std::string("GIF89a\0\1\2\xFF", 10));
        PopClient client(context_);
        client.login("smith", "sesame");
        std::string answer = client.say("RETR 1\r\n");
        CPPUNIT_ASSERT(has(answer, "\r\nFrom: a@b.test\r\n") &&
                       has(answer, "\r\nSubject: picture\r\n"));
        CPPUNIT_ASSERT(has(answer, "Log in and use the MAIL EXTRACT command"));
        CPPUNIT_ASSERT(!has(answer, "GIF89a"));
    }

    void test_hp_19_1_4_foreign_message_moves_to_mail_and_is_never_deleted()
    {
        deliver_foreign("SMITH", "read", "1");
        deliver_foreign("SMITH", "deleted", "2");
        deliver("SMITH", "text", "3\r\n");
        PopClient client(context_);
        client.login("smith", "sesame");
        client.say("RETR 1\r\nDELE 2\r\nDELE 3\r\nQUIT\r\n");
        CPPUNIT_ASSERT_EQUAL(2U, folder_count("SMITH", "MAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
    }

    /* Table 19-1, row by row */
    void test_hp_19_1_5_shared_secret_admits_without_a_password()
    {
        secret("xyztancreff");
        PopClient client(context_);
        CPPUNIT_ASSERT(admitted(client.say(client.apop("smith", "xyztancreff"))));
    }

    void test_hp_19_1_5_apop_needs_a_secret_of_the_user()
    {
        secret("xyztancreff");
        PopClient client(context_);
        CPPUNIT_ASSERT(!admitted(client.say(client.apop("jones", "xyztancreff"))));
        CPPUNIT_ASSERT(!admitted(client.say(client.apop("jones", ""))));
        PopClient first(context_, 2), second(context_, 3); /* the answer to another greeting */
        CPPUNIT_ASSERT(!admitted(second.say(first.apop("smith", "xyztancreff"))));
    }

    void test_hp_19_1_5_user_name_and_password_of_the_sysuaf()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"jones\"\r\n"),
                             client.say("USER jones\r\n"));
        CPPUNIT_ASSERT(admitted(client.say("PASS abra\r\n")));
    }

    void test_hp_19_1_5_sysuaf_settings_refuse()
    {
        root_->add_user("NOMAIL", "sesame", UAI$M_NOMAIL);  /* AUTHORIZE's DISMAIL */
        root_->add_user("NOUSER", "sesame", UAI$M_DISACNT); /* and DISUSER */
        PopClient one(context_, 1), two(context_, 2);
        CPPUNIT_ASSERT(has(one.login("nomail", "sesame"),
                           "-ERR Access to user account \"nomail\" denied\r\n"));
        CPPUNIT_ASSERT(has(two.login("nouser", "sesame"),
                           "-ERR Access to user account \"nouser\" denied\r\n"));
    }

    void test_hp_19_1_5_expired_account_is_refused()
    {
        shim::UafRecord record;
        root_->add_user("GONE", "sesame");
        CPPUNIT_ASSERT(shim::uaf_read("GONE", &record) & 1);
        record.expiration = vmstime_now() - VMSTIME_UNITS_PER_SECOND;
        CPPUNIT_ASSERT(shim::uaf_modify(record) & 1);
        PopClient client(context_);
        CPPUNIT_ASSERT(
            has(client.login("gone", "sesame"), "-ERR user account \"gone\" has expired\r\n"));
    }

    void test_hp_19_1_5_incorrect_user_name_or_password_is_refused()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT(
            has(client.say("USER nobody\r\n"), "-ERR user name \"nobody\" is not known\r\n"));
        CPPUNIT_ASSERT(has(client.login("jones", "sesame"),
                           "-ERR password supplied for \"jones\" is incorrect\r\n"));
    }

    void test_hp_19_1_5_disuserpass_answers_with_a_failure()
    {
        set(P_POP_DISUSERPASS, "1");
        secret("xyztancreff");
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(size_t(0), client.say("USER smith\r\n").find("-ERR "));
        CPPUNIT_ASSERT_EQUAL(size_t(0), client.say("PASS sesame\r\n").find("-ERR "));
        CPPUNIT_ASSERT(admitted(client.say(client.apop("smith", "xyztancreff"))));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp191PopServerTest);
