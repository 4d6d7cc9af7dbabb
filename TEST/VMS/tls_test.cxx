/*
**  tls_test - TLS below the engine, from the first byte and after an upgrade; certificates and keys
*/
#include "VMS/logical.h"
#include "VMS/process.h"
#include "VMS/recfile.h"
#include "VMS/tls.h"

#include "service_fixture.h"
#include "tls_files.h"

static const char NAME[] = "SYS$SYSDEVICE:[CERTS]SERVER";
static const char CERTIFICATE[] = "SYS$SYSDEVICE:[CERTS]SERVER.CRT";
static const char KEY[] = "SYS$SYSDEVICE:[CERTS]SERVER.KEY";

class TlsTest : public ServiceFixture {
    CPPUNIT_TEST_SUITE(TlsTest);
    CPPUNIT_TEST(test_session_runs_over_tls);
    CPPUNIT_TEST(test_peer_is_verified_by_name);
    CPPUNIT_TEST(test_large_answer_over_tls);
    CPPUNIT_TEST(test_clear_text_on_a_tls_port_ends);
    CPPUNIT_TEST(test_silent_client_costs_nothing_and_is_timed_out);
    CPPUNIT_TEST(test_upgrade_discards_what_came_in_clear);
    CPPUNIT_TEST(test_upgrade_without_a_certificate_goes_on_in_clear);
    CPPUNIT_TEST(test_upgrade_that_fails_disconnects);
    CPPUNIT_TEST(test_missing_files_are_told);
    CPPUNIT_TEST(test_bad_files_are_told);
    CPPUNIT_TEST(test_missing_parts_come_from_the_defaults);
    CPPUNIT_TEST(test_protection_of_the_key_is_warned_of);
    CPPUNIT_TEST(test_key_that_may_not_be_read);
    CPPUNIT_TEST(test_dates_are_warned_of);
    CPPUNIT_TEST_SUITE_END();

    TlsServer tls_;
    TlsReport report_;

    void make_certificate(const char *password = 0)
    {
        make_tls_files(root_.get(), NAME, password);
    }
    Status load()
    {
        TlsFiles files;
        files.certificate = CERTIFICATE;
        files.key = KEY;
        return tls_.load(files, &report_);
    }
    void start_tls(bool from_the_start = true)
    {
        root_->make_folder("/CERTS");
        make_certificate();
        Status status = load();
        CPPUNIT_ASSERT_MESSAGE(report_.problem, status.ok());
        CPPUNIT_ASSERT_EQUAL(size_t(0), report_.warnings.size());
        parameters_.tls = &tls_;
        start(from_the_start);
    }
    static std::string read_text(Transport *transport, int fd, size_t size)
    {
        std::string text;
        char buffer[16384];
        while (text.size() < size) {
            int count = transport->read(buffer, sizeof buffer);
            if (count > 0)
                text.append(buffer, static_cast<size_t>(count));
            else if (count != NET_AGAIN || net_wait_readable(fd, 10000) != 1)
                break;
        }
        return text;
    }

public:
    void tearDown()
    {
        shim_set_privileges(~0ULL);
        ServiceFixture::tearDown();
    }
    void test_session_runs_over_tls()
    {
        TlsClient client;
        Transport *line = 0;
        start_tls();
        CPPUNIT_ASSERT(client.load("").ok());
        int fd = dial();
        CPPUNIT_ASSERT(client.connect(fd, "vms.test", 5000, &line).ok());
        std::auto_ptr<Transport> transport(line);
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\n"), read_text(line, fd, 7));
        for (int i = 0; i < 5; ++i) {
            CPPUNIT_ASSERT_EQUAL(5, line->write("line\n", 5));
            CPPUNIT_ASSERT_EQUAL(std::string("line\n"), read_text(line, fd, 5));
            usleep(15000); /* it is parked between */
        }
        CPPUNIT_ASSERT_EQUAL(5, line->write("QUIT\n", 5));
        CPPUNIT_ASSERT_EQUAL(std::string("BYE\r\n"), read_text(line, fd, 100));
    }
    void test_peer_is_verified_by_name()
    {
        TlsClient client;
        Transport *line = 0;
        start_tls();
        CPPUNIT_ASSERT(client.load(CERTIFICATE).ok());
        CPPUNIT_ASSERT(client.connect(dial(), "vms.test", 5000, &line).ok());
        delete line;
        line = 0;
        CPPUNIT_ASSERT(!client.connect(dial(), "other.test", 5000, &line).ok());
        CPPUNIT_ASSERT(line == 0);
    }
    void test_large_answer_over_tls()
    {
        TlsClient client;
        Transport *line = 0;
        start_tls();
        CPPUNIT_ASSERT(client.load("").ok());
        int fd = dial();
        CPPUNIT_ASSERT(client.connect(fd, "vms.test", 5000, &line).ok());
        std::auto_ptr<Transport> transport(line);
        CPPUNIT_ASSERT_EQUAL(12, line->write("BIG 5000000\n", 12));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(5000007), read_text(line, fd, 5000007).size());
    }
    void test_clear_text_on_a_tls_port_ends()
    {
        start_tls();
        int fd = dial();
        send(fd, "EHLO plain\r\n");
        CPPUNIT_ASSERT(receive_all(fd).find("HELLO") == std::string::npos);
        CPPUNIT_ASSERT(wait_sessions(0));
    }
    static double cpu_seconds()
    {
        struct timespec used;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
        return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
    }

    void test_silent_client_costs_nothing_and_is_timed_out()
    {
        start_tls();
        int fd = dial();
        CPPUNIT_ASSERT(wait_sessions(1));
        usleep(50000);
        double before = cpu_seconds();
        usleep(300000);
        CPPUNIT_ASSERT(cpu_seconds() - before < 0.1);
        CPPUNIT_ASSERT_EQUAL(0u, service_->counts().blocked);
        CPPUNIT_ASSERT_EQUAL(0u, factory_->journal.get(factory_->journal.alive));
        ScratchRoot::move_clock(61);
        CPPUNIT_ASSERT_EQUAL(std::string(), receive_all(fd));
        CPPUNIT_ASSERT(wait_sessions(0));
        CPPUNIT_ASSERT_EQUAL(1u, service_->counts().handshakes);
    }

    void test_upgrade_discards_what_came_in_clear()
    {
        TlsClient client;
        Transport *line = 0;
        start_tls(false);
        CPPUNIT_ASSERT(client.load("").ok());
        int fd = dial_greeted();
        send(fd, "TLS\nSTLS\ninjected 1\ninjected 2\n");
        CPPUNIT_ASSERT_EQUAL(std::string("TLS never\r\nBEGIN\r\n"), receive(fd, 18));
        CPPUNIT_ASSERT(client.connect(fd, "vms.test", 5000, &line).ok());
        std::auto_ptr<Transport> transport(line);
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT_EQUAL(4, line->write("TLS\n", 4));
            CPPUNIT_ASSERT_EQUAL(std::string("TLS yes\r\n"), read_text(line, fd, 9));
            usleep(15000);
        }
        CPPUNIT_ASSERT_EQUAL(5, line->write("QUIT\n", 5));
        CPPUNIT_ASSERT_EQUAL(std::string("BYE\r\n"), read_text(line, fd, 100));
    }

    void test_upgrade_without_a_certificate_goes_on_in_clear()
    {
        start();
        int fd = dial_greeted();
        send(fd, "STLS\n");
        CPPUNIT_ASSERT_EQUAL(std::string("BEGIN\r\n"), receive(fd, 7));
        send(fd, "TLS\n");
        CPPUNIT_ASSERT_EQUAL(std::string("TLS no\r\n"), receive(fd, 8));
    }

    void test_upgrade_that_fails_disconnects()
    {
        start_tls(false);
        int fd = dial_greeted();
        send(fd, "STLS\n");
        CPPUNIT_ASSERT_EQUAL(std::string("BEGIN\r\n"), receive(fd, 7));
        send(fd, "QUIT\nno client hello of any kind\n");
        CPPUNIT_ASSERT(receive_all(fd).find("BYE") == std::string::npos);
        CPPUNIT_ASSERT(wait_sessions(0));
        CPPUNIT_ASSERT(wait_until(factory_->journal.disconnects[DISCONNECT_PEER], 1));
        CPPUNIT_ASSERT_EQUAL(1u, service_->counts().handshakes);
    }

    void test_missing_files_are_told()
    {
        root_->make_folder("/CERTS");
        CPPUNIT_ASSERT(load().not_found());
        CPPUNIT_ASSERT(report_.problem.find("certificate file SYS$SYSDEVICE:[CERTS]SERVER.CRT") ==
                       0);
        make_certificate();
        CPPUNIT_ASSERT(file_erase(std::string(KEY) + ";").ok());
        CPPUNIT_ASSERT(load().not_found());
        CPPUNIT_ASSERT(report_.problem.find("key file SYS$SYSDEVICE:[CERTS]SERVER.KEY") == 0);
        CPPUNIT_ASSERT(!tls_.is_loaded());
        CPPUNIT_ASSERT(tls_.create(0) == 0);
    }

    void check_bad(const char *certificate, const char *key, const char *phrase)
    {
        TlsFiles files;
        files.certificate = certificate;
        files.key = key;
        Status status = tls_.load(files, &report_);
        CPPUNIT_ASSERT(!status.ok() && !status.not_found());
        CPPUNIT_ASSERT_MESSAGE(report_.problem, report_.problem.find(phrase) != std::string::npos);
        CPPUNIT_ASSERT(!tls_.is_loaded());
    }

    void test_bad_files_are_told()
    {
        root_->make_folder("/CERTS");
        make_certificate();
        make_tls_files(root_.get(), "SYS$SYSDEVICE:[CERTS]OTHER");
        check_bad(KEY, KEY, "holds no certificate");
        check_bad(CERTIFICATE, CERTIFICATE, "holds no private key");
        check_bad(CERTIFICATE, "SYS$SYSDEVICE:[CERTS]OTHER.KEY",
                  "does not belong to the certificate");
        make_certificate("passphrase");
        check_bad(CERTIFICATE, KEY, "encrypted private keys are not supported");
    }

    /* HP 19.5.4 */
    void test_missing_parts_come_from_the_defaults()
    {
        root_->make_folder("/CERTS");
        CPPUNIT_ASSERT(logical_define("SSL$CERTS",
                                      std::vector<std::string>(1, "SYS$SYSDEVICE:[CERTS]"),
                                      LOGICAL_PROCESS, LOGICAL_SUPERVISOR)
                           .ok());
        static const char *const cases[][2] = {
            {"", "SYS$SYSDEVICE:[CERTS]SERVER.CRT;"},
            {"TCPIP$POP", "SYS$SYSDEVICE:[CERTS]TCPIP$POP.CRT;"},
            {"SYS$SYSDEVICE:[LOGIN]SSL", "SYS$SYSDEVICE:[LOGIN]SSL.CRT;"},
            {"SYS$SYSDEVICE:[OTHER]", "SYS$SYSDEVICE:[OTHER]SERVER.CRT;"}};
        for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
            TlsFiles files;
            files.certificate = cases[i][0];
            files.certificate_defaults = "SSL$CERTS:SERVER.CRT";
            files.key_defaults = "SSL$CERTS:SERVER.KEY";
            CPPUNIT_ASSERT(tls_.load(files, &report_).not_found());
            CPPUNIT_ASSERT_EQUAL(std::string(cases[i][1]), report_.certificate);
        }
        make_certificate();
        TlsFiles files;
        files.certificate_defaults = "SSL$CERTS:SERVER.CRT";
        files.key_defaults = "SSL$CERTS:SERVER.KEY";
        CPPUNIT_ASSERT(tls_.load(files, &report_).ok());
    }

    void check_warning(unsigned denied, unsigned owner, const char *phrase)
    {
        set_file_guard(KEY, denied, owner);
        CPPUNIT_ASSERT(load().ok());
        CPPUNIT_ASSERT_EQUAL(size_t(1), report_.warnings.size());
        CPPUNIT_ASSERT_MESSAGE(report_.warnings[0],
                               report_.warnings[0].find(phrase) != std::string::npos);
    }

    void test_protection_of_the_key_is_warned_of()
    {
        root_->make_folder("/CERTS");
        make_certificate();
        check_warning(0x0f00, 0, "can be read by everybody");
        check_warning(0xf000, 0, "can be read by the owner's group");
        check_warning(0xff00, 0x00c80001, "belongs to another account");
        set_file_guard(KEY, 0xff00, process_uic());
        CPPUNIT_ASSERT(load().ok());
        CPPUNIT_ASSERT_EQUAL(size_t(0), report_.warnings.size());
    }

    void test_key_that_may_not_be_read()
    {
        root_->make_folder("/CERTS");
        make_certificate();
        set_file_guard(KEY, 0x7fff); /* nobody reads it */
        CPPUNIT_ASSERT(process_privileges_off().ok());
        CPPUNIT_ASSERT(load().no_privilege());
        CPPUNIT_ASSERT(report_.problem.find("key file") == 0);
        PrivilegeGuard guard(PRIVILEGE_BYPASS);
        CPPUNIT_ASSERT(load().ok());
    }

    void test_dates_are_warned_of()
    {
        root_->make_folder("/CERTS");
        make_certificate();
        ScratchRoot::move_clock(2 * 86400);
        CPPUNIT_ASSERT(load().ok());
        CPPUNIT_ASSERT(report_.warnings[0].find("has expired") != std::string::npos);
        ScratchRoot::move_clock(-10 * 86400);
        CPPUNIT_ASSERT(load().ok());
        CPPUNIT_ASSERT(report_.warnings[0].find("is not valid yet") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TlsTest);
