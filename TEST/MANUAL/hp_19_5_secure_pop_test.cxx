/*
**  hp_19_5_secure_pop_test - HP TCP/IP Services Management, 19.5: Secure POP
**
**  A real service with two listeners, as pop_server_main makes it, and TLS clients.
*/
#include "pop_fixture.h"

#include "MTA/server_tls.h"
#include "VMS/logical.h"
#include "VMS/net.h"
#include "pop_server.h"
#include "tls_files.h"

using namespace mail;

class Hp195SecurePopTest : public PopFixture {
    CPPUNIT_TEST_SUITE(Hp195SecurePopTest);
    CPPUNIT_TEST(test_hp_19_5_secure_port_serves_tls);
    CPPUNIT_TEST(test_hp_19_5_without_ssl_the_server_goes_on_in_clear);
    CPPUNIT_TEST(test_hp_19_5_3_disable_cleartext_answers_with_a_failure);
    CPPUNIT_TEST(test_hp_19_5_3_disable_ssl_rejects_connections);
    CPPUNIT_TEST(test_hp_19_5_4_file_name_only);
    CPPUNIT_TEST(test_hp_19_5_4_directory_and_name);
    CPPUNIT_TEST(test_hp_19_5_4_directory_only);
    CPPUNIT_TEST(test_hp_19_5_4_full_defaults);
    CPPUNIT_TEST(test_hp_19_5_5_key_that_others_can_read_is_warned_of);
    CPPUNIT_TEST(test_hp_19_5_5_key_that_the_server_cannot_read);
    CPPUNIT_TEST(test_hp_19_5_6_encrypted_key_is_refused);
    CPPUNIT_TEST(test_rfc_2595_stls_on_the_clear_port);
    CPPUNIT_TEST(test_rfc_2595_injected_commands_are_discarded);
    CPPUNIT_TEST_SUITE_END();

    boost::scoped_ptr<PopServer> server_;
    boost::scoped_ptr<Service> service_;
    NetAddress clear_port_, tls_port_;
    TlsClient tls_;

    void define(const char *name, const char *value)
    {
        std::vector<std::string> values(1, value);
        CPPUNIT_ASSERT(logical_define(name, values, LOGICAL_SYSTEM, LOGICAL_EXECUTIVE).ok());
    }
    /* A free port of loopback, for POP_SSL_PORT. */
    static unsigned short free_port()
    {
        NetAddress address;
        int fd = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 1, &fd).ok() && net_local(fd, &address).ok());
        net_close(fd);
        return address.port;
    }
    void standard_files(const char *password = 0)
    {
        make_tls_files(root_, "SYS$SYSDEVICE:[CERTS]SERVER", password);
        define("SSL$CERTS", "SYS$SYSDEVICE:[CERTS]");
        define("SSL$KEY", "SYS$SYSDEVICE:[CERTS]");
    }
    void start()
    {
        char port[16];
        int fd = -1;
        snprintf(port, sizeof port, "%u", free_port());
        set(P_POP_SSL_PORT, port);
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &clear_port_));
        CPPUNIT_ASSERT(net_listen(clear_port_, 16, &fd).ok() && net_local(fd, &clear_port_).ok());
        tls_port_ = clear_port_;
        tls_port_.port = static_cast<unsigned short>(atoi(port));
        server_.reset(new PopServer);
        service_.reset(new Service);
        server_->attach(service_.get());
        ServiceParameters parameters = server_->parameters();
        parameters.listeners.push_back(ServiceListener(fd));
        server_->open_tls(clear_port_, &parameters);
        CPPUNIT_ASSERT(service_->start(parameters).ok());
        CPPUNIT_ASSERT(tls_.load("").ok());
    }
    int dial(const NetAddress &port)
    {
        int fd = -1;
        return net_connect(port, 0, 5000, &fd).ok() ? fd : -1;
    }
    static std::string line(int fd, Transport *transport)
    {
        std::string text;
        char c;
        while (text.size() < 2 || text[text.size() - 2] != '\r' || text[text.size() - 1] != '\n') {
            int count = transport ? transport->read(&c, 1) : net_read_some(fd, &c, 1);
            if (count == 1)
                text += c;
            else if (count != NET_AGAIN || net_wait_readable(fd, 5000) != 1)
                break;
        }
        return text;
    }
    static void say(int fd, Transport *transport, const std::string &text)
    {
        if (transport)
            CPPUNIT_ASSERT(transport->write(text.data(), text.size()) ==
                           static_cast<int>(text.size()));
        else
            CPPUNIT_ASSERT(net_write(fd, text.data(), text.size(), 5000).ok());
    }
    static bool positive(const std::string &text) { return text.compare(0, 4, "+OK ") == 0; }
    void log_in(int fd, Transport *transport)
    {
        say(fd, transport, "USER smith\r\n");
        CPPUNIT_ASSERT(positive(line(fd, transport)));
        say(fd, transport, "PASS sesame\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Username/password combination ok\r\n"),
                             line(fd, transport));
    }
    /* The files that the server looked for, of a system that has none. */
    void check_files(const char *value, const char *certificate, const char *key)
    {
        define("SSL$CERTS", "SYS$SYSDEVICE:[SSL_CERTS]");
        define("SSL$KEY", "SYS$SYSDEVICE:[SSL_PRIVATE]");
        if (*value) {
            set(P_POP_CERT_FILE, value);
            set(P_POP_KEY_FILE, value);
        }
        TlsServer server;
        TlsReport report;
        TlsFiles files = server_tls_files(*settings_, P_POP_CERT_FILE, P_POP_KEY_FILE);
        CPPUNIT_ASSERT(server.load(files, &report).not_found());
        CPPUNIT_ASSERT_EQUAL(std::string(certificate) + ";", report.certificate);
        CPPUNIT_ASSERT_EQUAL(std::string(key) + ";", report.key);
    }

public:
    void tearDown()
    {
        service_.reset();
        server_.reset();
        shim_set_privileges(~0ULL);
        PopFixture::tearDown();
    }

    void test_hp_19_5_secure_port_serves_tls()
    {
        standard_files();
        deliver("SMITH", "one", "1\r\n");
        start();
        int fd = dial(tls_port_);
        Transport *made = 0;
        CPPUNIT_ASSERT(tls_.connect(fd, "vms.test", 5000, &made).ok());
        boost::scoped_ptr<Transport> transport(made);
        CPPUNIT_ASSERT(positive(line(fd, made)));
        log_in(fd, made);
        say(fd, made, "STAT\r\n");
        CPPUNIT_ASSERT(has(line(fd, made), "+OK 1 "));
        net_close(fd);
        int clear = dial(clear_port_);
        CPPUNIT_ASSERT(positive(line(clear, 0)));
        net_close(clear);
    }

    void test_hp_19_5_without_ssl_the_server_goes_on_in_clear()
    {
        start(); /* neither the SSL product's logical names nor its files */
        CPPUNIT_ASSERT(has(log_, "serving in clear only"));
        CPPUNIT_ASSERT_EQUAL(-1, dial(tls_port_));
        int fd = dial(clear_port_);
        CPPUNIT_ASSERT(positive(line(fd, 0)));
        say(fd, 0, "STLS\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR TLS is not available\r\n"), line(fd, 0));
        log_in(fd, 0);
        net_close(fd);
    }

    void test_hp_19_5_3_disable_cleartext_answers_with_a_failure()
    {
        standard_files();
        set(P_POP_DISABLE_CLEARTEXT, "1");
        start();
        int fd = dial(clear_port_);
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR cleartext connections are disabled\r\n"),
                             line(fd, 0));
        CPPUNIT_ASSERT_EQUAL(std::string(), line(fd, 0));
        net_close(fd);
        Transport *made = 0;
        fd = dial(tls_port_);
        CPPUNIT_ASSERT(tls_.connect(fd, "vms.test", 5000, &made).ok());
        boost::scoped_ptr<Transport> transport(made);
        CPPUNIT_ASSERT(positive(line(fd, made)));
        net_close(fd);
    }

    void test_hp_19_5_3_disable_ssl_rejects_connections()
    {
        standard_files();
        set(P_POP_DISABLE_SSL, "1");
        start();
        CPPUNIT_ASSERT_EQUAL(-1, dial(tls_port_));
        int fd = dial(clear_port_);
        CPPUNIT_ASSERT(positive(line(fd, 0)));
        net_close(fd);
    }

    /* The three examples of the section. */
    void test_hp_19_5_4_file_name_only()
    {
        check_files("TCPIP$POP", "SYS$SYSDEVICE:[SSL_CERTS]TCPIP$POP.CRT",
                    "SYS$SYSDEVICE:[SSL_PRIVATE]TCPIP$POP.KEY");
    }
    void test_hp_19_5_4_directory_and_name()
    {
        define("SYS$LOGIN", "SYS$SYSDEVICE:[TCPIP$POP]");
        check_files("SYS$LOGIN:SSL", "SYS$SYSDEVICE:[TCPIP$POP]SSL.CRT",
                    "SYS$SYSDEVICE:[TCPIP$POP]SSL.KEY");
    }
    void test_hp_19_5_4_directory_only()
    {
        define("CLUSTERDEV", "SYS$SYSDEVICE:");
        check_files("CLUSTERDEV:[CERTS]", "SYS$SYSDEVICE:[CERTS]SERVER.CRT",
                    "SYS$SYSDEVICE:[CERTS]SERVER.KEY");
    }
    void test_hp_19_5_4_full_defaults()
    {
        check_files("", "SYS$SYSDEVICE:[SSL_CERTS]SERVER.CRT",
                    "SYS$SYSDEVICE:[SSL_PRIVATE]SERVER.KEY");
    }

    void test_hp_19_5_5_key_that_others_can_read_is_warned_of()
    {
        standard_files();
        start();
        CPPUNIT_ASSERT(!has(log_, "warning="));
        service_.reset();
        set_file_guard("SYS$SYSDEVICE:[CERTS]SERVER.KEY", 0x0f00);
        start();
        CPPUNIT_ASSERT(has(log_, "SERVER.KEY;1 can be read by everybody") ||
                       has(log_, "SERVER.KEY; can be read by everybody"));
        CPPUNIT_ASSERT(dial(tls_port_) != -1); /* served all the same */
    }

    void test_hp_19_5_5_key_that_the_server_cannot_read()
    {
        standard_files();
        set_file_guard("SYS$SYSDEVICE:[CERTS]SERVER.KEY", 0x7fff, 0x00800042);
        CPPUNIT_ASSERT(process_privileges_off().ok()); /* as main() begins */
        start();
        CPPUNIT_ASSERT(has(log_, "SERVER.KEY; cannot be read: %RMS-E-PRV"));
        CPPUNIT_ASSERT_EQUAL(-1, dial(tls_port_));
    }

    void test_hp_19_5_6_encrypted_key_is_refused()
    {
        standard_files("passphrase");
        start();
        CPPUNIT_ASSERT(has(log_, "SERVER.KEY; is encrypted: encrypted private keys are not"));
        CPPUNIT_ASSERT_EQUAL(-1, dial(tls_port_));
        int fd = dial(clear_port_);
        CPPUNIT_ASSERT(positive(line(fd, 0)));
        net_close(fd);
    }

    void test_rfc_2595_stls_on_the_clear_port()
    {
        standard_files();
        start();
        int fd = dial(clear_port_);
        line(fd, 0);
        say(fd, 0, "STLS\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK begin TLS negotiation\r\n"), line(fd, 0));
        Transport *made = 0;
        CPPUNIT_ASSERT(tls_.connect(fd, "vms.test", 5000, &made).ok());
        boost::scoped_ptr<Transport> transport(made);
        log_in(fd, made);
        say(fd, made, "QUIT\r\n");
        CPPUNIT_ASSERT(has(line(fd, made), "signing off"));
        net_close(fd);
    }

    void test_rfc_2595_injected_commands_are_discarded()
    {
        standard_files();
        start();
        int fd = dial(clear_port_);
        line(fd, 0);
        say(fd, 0, "STLS\r\nUSER jones\r\nPASS abra\r\n");
        CPPUNIT_ASSERT_EQUAL(std::string("+OK begin TLS negotiation\r\n"), line(fd, 0));
        Transport *made = 0;
        CPPUNIT_ASSERT(tls_.connect(fd, "vms.test", 5000, &made).ok());
        boost::scoped_ptr<Transport> transport(made);
        log_in(fd, made); /* nobody has logged in before */
        net_close(fd);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp195SecurePopTest);
