/*
**  hp_19_3_logical_names_test - HP TCP/IP Services Management, Table 19-2: every POP logical name,
**  from its definition to what a client sees.  19.5.4 and 19.6 have files of their own.
*/
#include "pop_fixture.h"

#include "MTA/server_tls.h"
#include "VMS/logical.h"
#include "VMS/net.h"
#include "VMS/process.h"
#include "pop_headers.h"
#include "pop_server.h"
#include "pop_xtnd.h"
#include "tls_files.h"

#include <sys/socket.h>

using namespace mail;

class Hp193LogicalNamesTest : public PopFixture {
    CPPUNIT_TEST_SUITE(Hp193LogicalNamesTest);
    CPPUNIT_TEST(test_hp_19_3_security_friendly);
    CPPUNIT_TEST(test_hp_19_3_security_secure);
    CPPUNIT_TEST(test_hp_19_3_disable_cleartext);
    CPPUNIT_TEST(test_hp_19_3_disable_ssl);
    CPPUNIT_TEST(test_hp_19_3_cert_file_and_key_file);
    CPPUNIT_TEST(test_hp_19_3_trace);
    CPPUNIT_TEST(test_hp_19_3_log_level);
    CPPUNIT_TEST(test_hp_19_3_postmaster);
    CPPUNIT_TEST(test_hp_19_3_message_maximum);
    CPPUNIT_TEST(test_hp_19_3_link_idle_timeout);
    CPPUNIT_TEST(test_hp_19_3_personal_name);
    CPPUNIT_TEST(test_hp_19_3_leave_in_newmail);
    CPPUNIT_TEST(test_hp_19_3_use_mail_folder);
    CPPUNIT_TEST(test_hp_19_3_fast_scan);
    CPPUNIT_TEST(test_hp_19_3_maximum_threads);
    CPPUNIT_TEST(test_hp_19_3_ignore_mail11_headers);
    CPPUNIT_TEST(test_hp_19_3_send_id_headers);
    CPPUNIT_TEST(test_hp_19_3_decnet_rewrite);
    CPPUNIT_TEST(test_hp_19_3_quoted_decnet_rewrite);
    CPPUNIT_TEST(test_hp_19_3_sndbuf);
    CPPUNIT_TEST(test_hp_19_3_disuserpass);
    CPPUNIT_TEST(test_hp_19_3_purge_reclaim);
    CPPUNIT_TEST_SUITE_END();

    /* DEFINE/SYSTEM, and a server that starts after it. */
    void define(const char *name, const char *value)
    {
        std::vector<std::string> values(1, value);
        CPPUNIT_ASSERT(logical_define(name, values, LOGICAL_SYSTEM, LOGICAL_EXECUTIVE).ok());
        settings_.reset(new Settings(*config_read()));
        config_use(settings_);
    }
    static bool starts(const std::string &text, const char *with)
    {
        return text.compare(0, strlen(with), with) == 0;
    }
    /* All that a login, the commands and QUIT answer. */
    std::string session(const std::string &commands)
    {
        PopClient client(context_);
        std::string answer = client.login("smith", "sesame");
        return answer + client.say(commands + "QUIT\r\n");
    }

public:
    void test_hp_19_3_security_friendly()
    {
        define("TCPIP$POP_SECURITY", "FRIENDLY");
        PopClient client(context_);
        CPPUNIT_ASSERT(has(client.login("jones", "wrong"),
                           "-ERR password supplied for \"jones\" is incorrect\r\n"));
        CPPUNIT_ASSERT(starts(client.say("USER nobody\r\n"), "-ERR user name"));
    }

    void test_hp_19_3_security_secure()
    {
        define("TCPIP$POP_SECURITY", "SECURE");
        PopClient client(context_);
        CPPUNIT_ASSERT(has(client.login("jones", "wrong"),
                           "-ERR Access to user account \"jones\" denied\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"nobody\"\r\n"),
                             client.say("USER nobody\r\n"));
        CPPUNIT_ASSERT(has(client.say("PASS x\r\n"), "-ERR Access to user account \"nobody\""));
        CPPUNIT_ASSERT(client.held != 0);
    }

    void test_hp_19_3_disable_cleartext()
    {
        define("TCPIP$POP_DISABLE_CLEARTEXT", "1");
        PopServer server;
        ServiceClient by_110, by_995;
        by_995.secured = true;
        boost::scoped_ptr<Session> clear(server.create(by_110)), secured(server.create(by_995));
        Output answer, greeting;
        clear->start(&answer);
        secured->start(&greeting);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR cleartext connections are disabled\r\n"),
                             answer.text());
        CPPUNIT_ASSERT(clear->wants_close() && !secured->wants_close());
        CPPUNIT_ASSERT(starts(greeting.text(), "+OK POP server"));
    }

    void test_hp_19_3_disable_ssl()
    {
        make_tls_files(root_, "SYS$SYSDEVICE:[CERTS]SERVER");
        define("TCPIP$POP_CERT_FILE", "SYS$SYSDEVICE:[CERTS]");
        define("TCPIP$POP_KEY_FILE", "SYS$SYSDEVICE:[CERTS]");
        define("TCPIP$POP_SSL_PORT", "9951");
        define("TCPIP$POP_DISABLE_SSL", "1");
        NetAddress loopback;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &loopback));
        PopServer server;
        ServiceParameters parameters = server.parameters();
        server.open_tls(loopback, &parameters);
        CPPUNIT_ASSERT(parameters.listeners.empty() && parameters.tls == 0);
        boost::scoped_ptr<Session> session(server.create(ServiceClient()));
        Output out;
        session->start(&out);
        session->step("STLS\r\n", 6, &out);
        CPPUNIT_ASSERT(has(out.text(), "-ERR TLS is not available\r\n"));
    }

    void test_hp_19_3_cert_file_and_key_file()
    {
        TlsFiles files = server_tls_files(*settings_, P_POP_CERT_FILE, P_POP_KEY_FILE);
        CPPUNIT_ASSERT_EQUAL(std::string("SSL$CERTS:SERVER.CRT"), files.certificate_defaults);
        CPPUNIT_ASSERT_EQUAL(std::string("SSL$KEY:SERVER.KEY"), files.key_defaults);
        define("TCPIP$POP_CERT_FILE", "DISK:[A]B.C");
        define("TCPIP$POP_KEY_FILE", "DISK:[D]E.F");
        files = server_tls_files(*settings_, P_POP_CERT_FILE, P_POP_KEY_FILE);
        CPPUNIT_ASSERT_EQUAL(std::string("DISK:[A]B.C"), files.certificate);
        CPPUNIT_ASSERT_EQUAL(std::string("DISK:[D]E.F"), files.key);
    }

    void test_hp_19_3_trace()
    {
        define("TCPIP$POP_LOG_LEVEL", "ERROR");
        log_set_level(pop_log_level(*settings_));
        session("STAT\r\n");
        CPPUNIT_ASSERT(!has(log_, "STAT"));
        define("TCPIP$POP_TRACE", "1");
        session("STAT\r\n");
        CPPUNIT_ASSERT(has(log_, "recv line=STAT") && has(log_, "send line=\"+OK 0 0\""));
        CPPUNIT_ASSERT(!has(log_, "sesame"));
    }

    /* Each level logs what the one before does, and more. */
    void test_hp_19_3_log_level()
    {
        static const struct {
            const char *value;
            bool informational, lines, everything;
        } levels[] = {{"ERROR", false, false, false},
                      {"INFORMATIONAL", true, false, false},
                      {"THREAD", true, true, false},
                      {"DEBUG", true, true, true}};
        CPPUNIT_ASSERT_EQUAL(LOG_INFO, pop_log_level(*settings_)); /* not defined */
        for (size_t i = 0; i < 4; ++i) {
            define("TCPIP$POP_LOG_LEVEL", levels[i].value);
            log_set_level(pop_log_level(*settings_));
            log_.clear();
            session("STAT\r\n");
            CPPUNIT_ASSERT_EQUAL(levels[i].informational, has(log_, " login user=SMITH"));
            CPPUNIT_ASSERT_EQUAL(levels[i].lines, has(log_, " recv line=STAT"));
            CPPUNIT_ASSERT_EQUAL(levels[i].everything, has(log_, " state from=AUTHORIZATION"));
        }
    }

    void test_hp_19_3_postmaster()
    {
        define("TCPIP$POP_POSTMASTER", "JONES, SMITH");
        pop_tell_postmasters(*settings_, "no socket");
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("JONES", "NEWMAIL"));
        PopClient client(context_);
        client.login("smith", "sesame");
        std::string text = client.say("RETR 1\r\n");
        CPPUNIT_ASSERT(
            has(text, "\r\nSubject: POP server on " + process_node() + " ended with an error\r\n"));
        CPPUNIT_ASSERT(has(text, "\r\nno socket\r\n"));
    }

    void test_hp_19_3_message_maximum()
    {
        for (int i = 0; i < 3; ++i)
            deliver("SMITH", "one", "1\r\n");
        CPPUNIT_ASSERT(has(session("STAT\r\n"), "+OK 3 "));
        define("TCPIP$POP_MESSAGE_MAXIMUM", "2");
        CPPUNIT_ASSERT(has(session("STAT\r\nRETR 3\r\n"), "-ERR no such message\r\n"));
        CPPUNIT_ASSERT(has(session("STAT\r\n"), "+OK 2 "));
        define("TCPIP$POP_MESSAGE_MAXIMUM", "0");
        CPPUNIT_ASSERT(has(session("STAT\r\n"), "+OK 3 "));
        define("TCPIP$POP_MESSAGE_MAXIMUM", "65536"); /* out of range: does not count */
        CPPUNIT_ASSERT_EQUAL(0U, static_cast<unsigned>(settings_->number(P_POP_MESSAGE_MAXIMUM)));
    }

    void test_hp_19_3_link_idle_timeout()
    {
        CPPUNIT_ASSERT(PopServer().parameters().idle_seconds > 86400); /* 0: never */
        define("TCPIP$POP_LINK_IDLE_TIMEOUT", "0 00:05:00.00");
        PopClient client(context_);
        client.login("smith", "sesame");
        CPPUNIT_ASSERT_EQUAL(300U, static_cast<unsigned>(client.session.timeout_seconds()));
        Output out;
        client.session.on_timeout(&out);
        CPPUNIT_ASSERT(starts(out.text(), "-ERR ") && client.session.wants_close());
    }

    void test_hp_19_3_personal_name()
    {
        deliver("SMITH", "one", "1\r\n", "SMTP%\"j@acme.com\" \"James Jones\"");
        CPPUNIT_ASSERT(has(session("TOP 1 0\r\n"), "\r\nFrom: j@acme.com\r\n"));
        define("TCPIP$POP_PERSONAL_NAME", "1");
        CPPUNIT_ASSERT(has(session("TOP 1 0\r\n"), "\r\nFrom: \"James Jones\" <j@acme.com>\r\n"));
    }

    void test_hp_19_3_leave_in_newmail()
    {
        deliver("SMITH", "one", "1\r\n");
        define("TCPIP$POP_LEAVE_IN_NEWMAIL", "1");
        session("RETR 1\r\n");
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(1U, new_messages("SMITH"));
        CPPUNIT_ASSERT(
            logical_deassign("TCPIP$POP_LEAVE_IN_NEWMAIL", LOGICAL_SYSTEM, LOGICAL_EXECUTIVE).ok());
        define("TCPIP$POP_TRACE", "1"); /* something else: the settings are read again */
        session("RETR 1\r\n");
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "NEWMAIL"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, new_messages("SMITH"));
    }

    void test_hp_19_3_use_mail_folder()
    {
        deliver("SMITH", "one", "1\r\n");
        define("TCPIP$POP_USE_MAIL_FOLDER", "1");
        CPPUNIT_ASSERT(has(session("STAT\r\n"), "+OK 1 "));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
        deliver("SMITH", "two", "2\r\n");
        CPPUNIT_ASSERT_EQUAL(1U, new_messages("SMITH"));
        CPPUNIT_ASSERT(has(session("RETR 1\r\nDELE 2\r\n"), "+OK message 2 deleted"));
        CPPUNIT_ASSERT_EQUAL(1U, folder_count("SMITH", "MAIL"));
        CPPUNIT_ASSERT_EQUAL(0U, new_messages("SMITH"));
    }

    void test_hp_19_3_fast_scan()
    {
        std::string text;
        for (int i = 0; i < 10; ++i)
            text += "1\r\n";
        deliver("SMITH", "one", text);
        int before = listed_octets(session("LIST 1\r\n"));
        define("TCPIP$POP_FAST_SCAN", "1");
        unsigned long long reads = shim_calls("*", "mail$message_get");
        int after = listed_octets(session("LIST 1\r\n"));
        CPPUNIT_ASSERT_EQUAL(reads, shim_calls("*", "mail$message_get")); /* no text is read */
        CPPUNIT_ASSERT_EQUAL(before - 10 * 3 + 10 * 64, after);
    }
    static int listed_octets(const std::string &answer)
    {
        return atoi(answer.c_str() + answer.find("+OK 1 ") + 6);
    }

    void test_hp_19_3_maximum_threads()
    {
        CPPUNIT_ASSERT_EQUAL(15U, static_cast<unsigned>(PopServer().parameters().workers));
        define("TCPIP$POP_MAXIMUM_THREADS", "1");
        CPPUNIT_ASSERT_EQUAL(1U, static_cast<unsigned>(PopServer().parameters().workers));
    }

    void test_hp_19_3_ignore_mail11_headers()
    {
        deliver("SMITH", "of MAIL", "Subject: of SMTP\r\n\r\nbody\r\n");
        deliver("SMITH", "of MAIL", "Subject: of SMTP\r\n\r\nbody\r\n", "NODE::JONES");
        define("TCPIP$POP_IGNORE_MAIL11_HEADERS", "1");
        CPPUNIT_ASSERT(has(session("TOP 1 0\r\n"), "\r\nSubject: of MAIL\r\n"));
        set(P_HEADERS, "TOP");
        CPPUNIT_ASSERT(has(session("TOP 1 0\r\n"), "follows\r\nSubject: of SMTP\r\n\r\n.\r\n"));
        CPPUNIT_ASSERT(has(session("TOP 2 0\r\n"), "\r\nSubject: of MAIL\r\n"));
    }

    void test_hp_19_3_send_id_headers()
    {
        deliver("SMITH", "one", "1\r\n");
        CPPUNIT_ASSERT(!has(session("TOP 1 0\r\n"), "X-POP3-"));
        define("TCPIP$POP_SEND_ID_HEADERS", "1");
        std::string text = session("UIDL 1\r\nTOP 1 0\r\n");
        size_t at = text.find("+OK 1 ") + 6;
        std::string uid = text.substr(at, text.find("\r\n", at) - at);
        CPPUNIT_ASSERT(has(text, "\r\nX-POP3-Server: ") && has(text, "X-POP3-ID: " + uid + "\r\n"));
    }

    void check_from(const char *name, const char *from, const char *generic, const char *none,
                    const char *transform)
    {
        const char *const values[][2] = {
            {"GENERIC", generic}, {"NONE", none}, {"TRANSFORM", transform}};
        CPPUNIT_ASSERT_EQUAL(std::string(transform),
                             pop_from_value(vms_address_parse(from), *settings_, *identity_,
                                            no_host));
        for (size_t i = 0; i < 3; ++i) {
            define(name, values[i][0]);
            CPPUNIT_ASSERT_EQUAL(std::string(values[i][1]),
                                 pop_from_value(vms_address_parse(from), *settings_, *identity_,
                                                no_host));
        }
    }
    static bool no_host(const std::string &, std::string *host)
    {
        *host = "ucxsys.acme.com";
        return true;
    }

    void test_hp_19_3_decnet_rewrite()
    {
        check_from("TCPIP$POP_DECNET_REWRITE", "UCXSYS::JONES", "\"UCXSYS::JONES\"@ucxsys.acme.com",
                   "UCXSYS::JONES", "jones@ucxsys.acme.com");
    }

    void test_hp_19_3_quoted_decnet_rewrite()
    {
        check_from("TCPIP$POP_QUOTED_DECNET_REWRITE", "NODE::\"a@b.com\"",
                   "\"NODE::\\\"a@b.com\\\"\"@ucxsys.acme.com", "NODE::\"a@b.com\"", "a@b.com");
    }

    void test_hp_19_3_sndbuf()
    {
        CPPUNIT_ASSERT_EQUAL(0U, static_cast<unsigned>(PopServer().parameters().send_buffer));
        define("TCPIP$POP_SNDBUF", "511"); /* below 512: does not count */
        CPPUNIT_ASSERT_EQUAL(0U, static_cast<unsigned>(PopServer().parameters().send_buffer));
        define("TCPIP$POP_SNDBUF", "8192");
        CPPUNIT_ASSERT_EQUAL(8192U, static_cast<unsigned>(PopServer().parameters().send_buffer));
        int fds[2];
        CPPUNIT_ASSERT(net_socket_pair(&fds[0], &fds[1]).ok());
        net_set_send_buffer(fds[0], PopServer().parameters().send_buffer);
        int size = 0;
        socklen_t length = sizeof size;
        CPPUNIT_ASSERT_EQUAL(0, getsockopt(fds[0], SOL_SOCKET, SO_SNDBUF, &size, &length));
        CPPUNIT_ASSERT(size >= 8192 && size <= 2 * 8192);
        net_close(fds[0]);
        net_close(fds[1]);
    }

    void test_hp_19_3_disuserpass()
    {
        define("TCPIP$POP_DISUSERPASS", "1");
        PopClient client(context_);
        CPPUNIT_ASSERT(starts(client.say("USER smith\r\n"), "-ERR USER and PASS are disabled"));
        CPPUNIT_ASSERT(starts(client.say("PASS sesame\r\n"), "-ERR USER and PASS are disabled"));
    }

    void test_hp_19_3_purge_reclaim()
    {
        deliver("SMITH", "one", "1\r\n");
        deliver("SMITH", "two", "2\r\n");
        session("DELE 1\r\n");
        boost::uint32_t plain = reclaimed();
        define("TCPIP$POP_PURGE_RECLAIM", "1");
        session("DELE 1\r\n");
        CPPUNIT_ASSERT_EQUAL(0U, folder_count("SMITH", "WASTEBASKET"));
        CPPUNIT_ASSERT(plain > 0); /* deleted bytes were left in the file */
        CPPUNIT_ASSERT_EQUAL(0U, static_cast<unsigned>(reclaimed()));
    }

    /* Bytes of deleted messages that the mail file still holds (MAIL$_MAILFILE_DELETED_BYTES). */
    static boost::uint32_t reclaimed()
    {
        LowScratch scratch;
        ItemList<2> in(scratch);
        ItemList<1> out(scratch);
        boost::uint32_t context = 0;
        in.in(MAIL$_MAILFILE_NAME, std::string("SYS$SYSDEVICE:[SMITH]MAIL.MAI"));
        in.flag(MAIL$_NOSIGNAL);
        int bytes = out.out(MAIL$_MAILFILE_DELETED_BYTES, 4);
        MailEntry entry;
        CPPUNIT_ASSERT(mail_call_plain(mail$mailfile_begin, &context).ok());
        CPPUNIT_ASSERT(mail_call(mail$mailfile_open, &context, in.list(), 0).ok());
        CPPUNIT_ASSERT(mail_call(mail$mailfile_info_file, &context, 0, out.list()).ok());
        CPPUNIT_ASSERT(mail_call_plain(mail$mailfile_close, &context).ok());
        CPPUNIT_ASSERT(mail_call_plain(mail$mailfile_end, &context).ok());
        return out.number(bytes);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp193LogicalNamesTest);
