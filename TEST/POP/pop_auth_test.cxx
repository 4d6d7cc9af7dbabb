/*
**  pop_auth_test - every way in and every refusal: texts, times, operators, intrusion
*/
#include "pop_fixture.h"

#include "CORE/encode.h"
#include "file_guard.h"
#include "pop_auth.h"

#include <uaidef.h>

using namespace mail;

class PopAuthTest : public PopFixture {
    CPPUNIT_TEST_SUITE(PopAuthTest);
    CPPUNIT_TEST(test_friendly_refusals_tell_the_reason);
    CPPUNIT_TEST(test_secure_refusals_are_all_alike);
    CPPUNIT_TEST(test_who_is_admitted);
    CPPUNIT_TEST(test_access_hours);
    CPPUNIT_TEST(test_intruder_is_known_over_connections);
    CPPUNIT_TEST(test_unknown_names_are_intrusion_too);
    CPPUNIT_TEST(test_operators_are_told);
    CPPUNIT_TEST(test_event_text);
    CPPUNIT_TEST(test_login_time);
    CPPUNIT_TEST(test_apop_can_be_off);
    CPPUNIT_TEST(test_apop_secret_file);
    CPPUNIT_TEST(test_plain_needs_tls);
    CPPUNIT_TEST(test_plain_messages);
    CPPUNIT_TEST(test_plain_response_on_the_next_line);
    CPPUNIT_TEST(test_plain_in_every_split);
    CPPUNIT_TEST(test_plain_counts_as_an_attempt);
    CPPUNIT_TEST(test_disuserpass_holds_for_plain);
    CPPUNIT_TEST(test_stls);
    CPPUNIT_TEST(test_tls_forgets_the_user);
    CPPUNIT_TEST(test_utf8_is_off_by_default);
    CPPUNIT_TEST(test_capabilities);
    CPPUNIT_TEST(test_no_secret_is_in_any_log);
    CPPUNIT_TEST_SUITE_END();

    struct Refusal {
        const char *user, *password, *friendly;
    };
    static const Refusal *refusals(size_t *count)
    {
        static const Refusal table[] = {
            {"SMITH", "wrong", "password supplied for \"SMITH\" is incorrect"},
            {"NOUSER", "sesame", "Access to user account \"NOUSER\" denied"},
            {"NOMAIL", "sesame", "Access to user account \"NOMAIL\" denied"},
            {"GONE", "sesame", "user account \"GONE\" has expired"},
            {"OLD", "sesame", "password of user account \"OLD\" has expired"},
            {"OUTSIDE", "sesame", "password supplied for \"OUTSIDE\" is incorrect"},
            {"HACKED", "sesame", "Access to user account \"HACKED\" denied"},
            {"NOBODY", "sesame", "user name \"NOBODY\" is not known"},
            {"X*Y", "sesame", "user name \"X*Y\" is not known"}};
        *count = sizeof table / sizeof *table;
        return table;
    }
    void add_all()
    {
        root_->add_user("NOUSER", "sesame", UAI$M_DISACNT);
        root_->add_user("NOMAIL", "sesame", UAI$M_NOMAIL);
        root_->add_user("GONE", "sesame");
        modify("GONE", expire_account);
        root_->add_user("OLD", "sesame");
        modify("OLD", expire_password);
        root_->add_user("OUTSIDE", "sesame", UAI$M_EXTAUTH);
        root_->add_user("HACKED", "sesame");
        for (int i = 0; i < 7; ++i)
            PopClient(context_, 100).login("HACKED", "wrong");
    }
    static std::string plain(const std::string &acts_for, const std::string &user,
                             const std::string &password)
    {
        return base64_encode(acts_for + '\0' + user + '\0' + password);
    }

public:
    void test_friendly_refusals_tell_the_reason()
    {
        add_all();
        size_t count;
        const Refusal *rows = refusals(&count);
        for (size_t i = 0; i < count; ++i) {
            PopClient client(context_);
            std::string answer = client.say(std::string("USER ") + rows[i].user + "\r\n");
            if (answer[0] == '+')
                answer = client.say(std::string("PASS ") + rows[i].password + "\r\n");
            CPPUNIT_ASSERT_EQUAL(std::string("-ERR ") + rows[i].friendly + "\r\n", answer);
            CPPUNIT_ASSERT_EQUAL(VmsTime(0), client.held);
        }
    }

    /* Text, and time from the command to the answer: names and accounts cannot be told apart. */
    void test_secure_refusals_are_all_alike()
    {
        add_all();
        set(P_POP_SECURITY, "SECURE");
        secret("xyztancreff");
        size_t count;
        const Refusal *rows = refusals(&count);
        for (size_t i = 0; i < 2 * count; ++i) {
            const Refusal &row = rows[i / 2];
            PopClient client(context_);
            VmsTime before = 0;
            std::string answer;
            if (i % 2) {
                before = vmstime_now();
                answer = client.say(client.apop(row.user, "not the secret"));
            } else {
                CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"") + row.user +
                                         "\"\r\n",
                                     client.say(std::string("USER ") + row.user + "\r\n"));
                CPPUNIT_ASSERT_EQUAL(VmsTime(0), client.held);
                before = vmstime_now();
                answer = client.say(std::string("PASS ") + row.password + "\r\n");
            }
            CPPUNIT_ASSERT_EQUAL(
                std::string("-ERR Access to user account \"") + row.user + "\" denied\r\n", answer);
            CPPUNIT_ASSERT(client.held >= before + VMSTIME_UNITS_PER_SECOND);
            CPPUNIT_ASSERT(client.held <= vmstime_now() + VMSTIME_UNITS_PER_SECOND);
        }
        set(P_POP_REFUSAL_DELAY, "0 00:00:00.00");
        PopClient client(context_);
        client.login("nobody", "x");
        CPPUNIT_ASSERT(client.held <= vmstime_now());
    }

    /* CAPTIVE and RESTRICTED limit what a login may do; reading mail is none (HP 19.1.5). */
    void test_who_is_admitted()
    {
        static const struct {
            const char *user;
            unsigned flags;
        } users[] = {{"CAGED", UAI$M_CAPTIVE},
                     {"BOUND", UAI$M_RESTRICTED},
                     {"QUIET", UAI$M_DISMAIL}, /* AUTHORIZE's DISNEWMAIL */
                     {"MIXED", UAI$M_PWDMIX}};
        for (size_t i = 0; i < sizeof users / sizeof *users; ++i) {
            root_->add_user(users[i].user, "Sesame", users[i].flags);
            PopClient client(context_);
            CPPUNIT_ASSERT_MESSAGE(users[i].user, admitted(client.login(users[i].user, "Sesame")));
        }
        PopClient client(context_);
        CPPUNIT_ASSERT(has(client.login("mixed", "SESAME"), "is incorrect"));
    }

    void test_access_hours()
    {
        modify("SMITH", close_hours);
        PopClient any(context_);
        CPPUNIT_ASSERT(admitted(any.login("smith", "sesame")));
        any.say("QUIT\r\n");
        set(P_POP_ACCESS_HOURS, "ON");
        PopClient client(context_);
        CPPUNIT_ASSERT(has(client.login("smith", "sesame"),
                           "-ERR user account \"smith\" has no access at this hour\r\n"));
    }

    void test_intruder_is_known_over_connections()
    {
        for (boost::uint32_t i = 0; i < 4; ++i) {
            PopClient client(context_, i);
            client.login("smith", "wrong");
            client.login("smith", "wrong");
            CPPUNIT_ASSERT(client.session.wants_close());
        }
        PopClient evaded(context_, 10);
        CPPUNIT_ASSERT(
            has(evaded.login("smith", "sesame"), "-ERR Access to user account \"smith\" denied"));
        CPPUNIT_ASSERT(has(log_, "refused user=smith client=192.0.2.1 reason=intruder"));
        PopClient other(context_, 11);
        CPPUNIT_ASSERT(admitted(other.login("jones", "abra")));
        secret("xyztancreff");
        CPPUNIT_ASSERT(!admitted(other.say(other.apop("smith", "xyztancreff"))));
        ScratchRoot::move_clock(86400);
        PopClient later(context_, 12);
        CPPUNIT_ASSERT(admitted(later.login("smith", "sesame")));
    }

    void test_unknown_names_are_intrusion_too()
    {
        for (boost::uint32_t i = 0; i < 6; ++i)
            PopClient(context_, i).say("USER nobody\r\n");
        PopClient client(context_, 9);
        client.say("USER nobody\r\n");
        CPPUNIT_ASSERT(has(log_, "refused user=nobody client=192.0.2.1 reason=intruder"));
    }

    void test_operators_are_told()
    {
        unsigned long long before = shim_calls("*", "sys$sndopr");
        PopClient(context_, 1).login("smith", "wrong");
        PopClient(context_, 2).say("USER nobody\r\n");
        CPPUNIT_ASSERT_EQUAL(before + 2, shim_calls("*", "sys$sndopr"));
        set(P_POP_LOG_OPTIONS, "NOREJECT");
        PopClient(context_, 3).login("smith", "wrong");
        CPPUNIT_ASSERT_EQUAL(before + 2, shim_calls("*", "sys$sndopr"));
        set(P_POP_LOG_OPTIONS, "LOGIN,reject");
        PopClient(context_, 4).login("smith", "wrong");
        CPPUNIT_ASSERT_EQUAL(before + 3, shim_calls("*", "sys$sndopr"));
    }

    void test_event_text()
    {
        CPPUNIT_ASSERT_EQUAL(
            std::string("POP server: login of user \"smith\" from 192.0.2.1 refused: intruder"),
            pop_refusal_event("smith", "192.0.2.1", "intruder"));
        std::string text = pop_refusal_event(std::string(300, 'x') + "\r\n", "2001:db8::1", "r");
        CPPUNIT_ASSERT(text.size() <= 128 && has(text, "from 2001:db8::1 refused: r"));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find_first_of("\r\n"));
    }

    void test_login_time()
    {
        shim::UafRecord record;
        PopClient one(context_);
        CPPUNIT_ASSERT(admitted(one.login("smith", "sesame")));
        one.say("QUIT\r\n");
        CPPUNIT_ASSERT(shim::uaf_read("SMITH", &record) & 1);
        CPPUNIT_ASSERT_EQUAL(uint64_t(0), record.last_network);
        set(P_POP_UPDATE_LOGIN_TIME, "1");
        VmsTime before = vmstime_now();
        PopClient two(context_);
        two.login("smith", "wrong");
        CPPUNIT_ASSERT(shim::uaf_read("SMITH", &record) & 1);
        CPPUNIT_ASSERT_EQUAL(uint64_t(0), record.last_network);
        CPPUNIT_ASSERT(admitted(two.login("smith", "sesame")));
        CPPUNIT_ASSERT(shim::uaf_read("SMITH", &record) & 1);
        CPPUNIT_ASSERT(record.last_network >= before);
    }

    void test_apop_can_be_off()
    {
        set(P_POP_APOP, "OFF");
        secret("xyztancreff");
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("+OK POP server TCPIP Version V9.9 at ucxsys.acme.com, up "
                                         "since 1999-04-04 06:42:17\r\n"),
                             client.greeting);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR unknown command\r\n"),
                             client.say(client.apop("smith", "xyztancreff")));
        CPPUNIT_ASSERT(admitted(client.login("smith", "sesame")));
    }

    /* Spec 8.6: the protection keeps everybody out but the owner; the server reads with BYPASS. */
    void test_apop_secret_file()
    {
        std::string longest(500, 's');
        secret(longest + "  ");
        set_file_guard("SYS$SYSDEVICE:[SMITH]POP_SECRET.DAT", 0xff0f, 0x00800001);
        PopClient client(context_);
        CPPUNIT_ASSERT(admitted(client.say(client.apop("smith", longest))));
        client.say("QUIT\r\n");
        secret(longest + "t"); /* too long: no secret at all */
        PopClient other(context_);
        CPPUNIT_ASSERT(!admitted(other.say(other.apop("smith", longest + "t"))));
        CPPUNIT_ASSERT(!admitted(other.say(other.apop("smith", ""))));
    }

    void test_plain_needs_tls()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR this mechanism needs TLS\r\n"),
                             client.say("AUTH PLAIN " + plain("", "smith", "sesame") + "\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("+OK mechanisms follow\r\n.\r\n"), client.say("AUTH\r\n"));
        context_.secured = true;
        PopClient secured(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("+OK mechanisms follow\r\nPLAIN\r\n.\r\n"),
                             secured.say("AUTH\r\n"));
        CPPUNIT_ASSERT(
            admitted(secured.say("auth plain " + plain("", "smith", "sesame") + "\r\n")));
    }

    void test_plain_messages()
    {
        static const struct {
            const char *acts_for, *user, *password;
            const char *answer;
        } cases[] = {{"", "smith", "sesame", "+OK Username/password combination ok"},
                     {"SMITH", "smith", "sesame", "+OK Username/password combination ok"},
                     {"jones", "smith", "sesame", "-ERR authentication response is not valid"},
                     {"", "", "sesame", "-ERR authentication response is not valid"},
                     {"", "smith", "", "-ERR authentication response is not valid"},
                     {"", "smith\r\nx", "sesame", "-ERR authentication response is not valid"},
                     {"", "smith", "wrong", "-ERR password supplied for \"smith\" is incorrect"},
                     {"", "nobody", "x", "-ERR password supplied for \"nobody\" is incorrect"}};
        context_.secured = true;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
            PopClient client(context_);
            std::string text = plain(cases[i].acts_for, cases[i].user, cases[i].password);
            CPPUNIT_ASSERT_EQUAL(std::string(cases[i].answer) + "\r\n",
                                 client.say("AUTH PLAIN " + text + "\r\n"));
        }
        static const char *const bad[] = {
            "=", "%%%", "c21pdGg=", "AHNtaXRo", "AHNtaXRoAHMA", "AHNtaXRoAHNlc2FtZQ"};
        for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
            PopClient client(context_);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                bad[i], std::string("-ERR authentication response is not valid\r\n"),
                client.say(std::string("AUTH PLAIN ") + bad[i] + "\r\n"));
        }
    }

    void test_plain_response_on_the_next_line()
    {
        context_.secured = true;
        std::string good = plain("", "smith", "sesame") + "\r\n";
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("+ \r\n"), client.say("AUTH PLAIN\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR authentication cancelled\r\n"), client.say("*\r\n"));
        CPPUNIT_ASSERT(has(client.say("CAPA\r\n"), "+OK capability"));
        CPPUNIT_ASSERT_EQUAL(std::string("+ \r\n-ERR authentication response is not valid\r\n"),
                             client.say("AUTH PLAIN\r\nQUIT\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("+ \r\n-ERR authentication response is not valid\r\n"),
                             client.say("AUTH PLAIN\r\n" + std::string(8000, 'A') + "\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("+ \r\n-ERR command line too long\r\n"),
                             client.say("AUTH PLAIN\r\n" + std::string(13000, 'A') + "\r\n"));
        CPPUNIT_ASSERT(has(client.say("CAPA\r\n"), "+OK capability"));
        CPPUNIT_ASSERT(admitted(client.say("AUTH PLAIN\r\n" + good)));
    }

    void test_plain_in_every_split()
    {
        context_.secured = true;
        std::string text = "AUTH PLAIN\r\n" + plain("", "smith", "sesame") + "\r\nQUIT\r\n";
        for (size_t piece = 1; piece < text.size(); ++piece) {
            PopClient client(context_);
            client.piece = piece;
            CPPUNIT_ASSERT_EQUAL(
                std::string("+ \r\n+OK Username/password combination ok\r\n"
                            "+OK TCPIP POP server at ucxsys.acme.com signing off.\r\n"),
                client.say(text));
        }
    }

    void test_plain_counts_as_an_attempt()
    {
        context_.secured = true;
        PopClient client(context_);
        client.say("AUTH PLAIN " + plain("", "smith", "wrong") + "\r\n");
        CPPUNIT_ASSERT(!client.session.wants_close());
        client.login("smith", "wrong");
        CPPUNIT_ASSERT(client.session.wants_close());
    }

    void test_disuserpass_holds_for_plain()
    {
        context_.secured = true;
        set(P_POP_DISUSERPASS, "1");
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR USER and PASS are disabled, use APOP\r\n"),
                             client.say("AUTH PLAIN " + plain("", "smith", "sesame") + "\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR USER and PASS are disabled, use APOP\r\n"),
                             client.say("AUTH PLAIN\r\n"));
    }

    void test_stls()
    {
        context_.tls_available = true;
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("+OK begin TLS negotiation\r\n"),
                             client.say("STLS\r\nUSER injected\r\nQUIT\r\n"));
        CPPUNIT_ASSERT(client.tls_wanted && !client.session.wants_close());
        client.session.on_tls(true);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR TLS is already active\r\n"), client.say("STLS\r\n"));
        CPPUNIT_ASSERT(admitted(client.login("smith", "sesame")));
        CPPUNIT_ASSERT(has(log_, "login user=SMITH client=192.0.2.1 tls=yes"));
        CPPUNIT_ASSERT(has(client.say("STLS\r\n"), "-ERR command not valid in this state"));
    }

    void test_tls_forgets_the_user()
    {
        context_.tls_available = true;
        PopClient client(context_);
        client.say("USER smith\r\nSTLS\r\n");
        client.session.on_tls(true);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR USER must come first\r\n"),
                             client.say("PASS sesame\r\n"));
    }

    void test_utf8_is_off_by_default()
    {
        PopClient client(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR unknown command\r\n"), client.say("UTF8\r\n"));
        CPPUNIT_ASSERT(!has(client.say("CAPA\r\n"), "UTF8"));
        set(P_POP_UTF8, "1");
        PopClient on(context_);
        CPPUNIT_ASSERT_EQUAL(std::string("+OK UTF8 enabled\r\n"), on.say("UTF8\r\n"));
        CPPUNIT_ASSERT(has(on.say("CAPA\r\n"), "\r\nUTF8\r\n"));
    }

    void test_capabilities()
    {
        context_.tls_available = true;
        PopClient clear(context_);
        std::string lines = clear.say("CAPA\r\n");
        CPPUNIT_ASSERT(has(lines, "\r\nSTLS\r\n") && !has(lines, "SASL"));
        clear.say("STLS\r\n");
        clear.session.on_tls(true);
        lines = clear.say("CAPA\r\n");
        CPPUNIT_ASSERT(!has(lines, "STLS") && has(lines, "\r\nSASL PLAIN\r\n"));
        set(P_POP_DISUSERPASS, "1");
        context_.secured = true;
        PopClient secured(context_);
        lines = secured.say("CAPA\r\n");
        CPPUNIT_ASSERT(!has(lines, "STLS") && !has(lines, "SASL") && !has(lines, "USER"));
    }

    void test_no_secret_is_in_any_log()
    {
        set(P_POP_TRACE, "1");
        context_.secured = true;
        secret("xyztancreff");
        std::string wrong = plain("", "smith", "hidden1"), right = plain("", "smith", "sesame");
        PopClient client(context_);
        client.say("AUTH PLAIN " + wrong + "\r\nAUTH PLAIN\r\n" + right + "\r\nQUIT\r\n");
        PopClient two(context_);
        two.say("user smith\r\n  pass  hidden2\r\n" + two.apop("smith", "xyztancreff"));
        CPPUNIT_ASSERT(has(log_, "AUTH ***") && has(log_, "APOP ***"));
        static const char *const hidden[] = {"hidden", "sesame", "SESAME", "xyztancreff"};
        for (size_t i = 0; i < sizeof hidden / sizeof *hidden; ++i)
            CPPUNIT_ASSERT_MESSAGE(hidden[i], !has(log_, hidden[i]));
        CPPUNIT_ASSERT(!has(log_, wrong) && !has(log_, right));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopAuthTest);
