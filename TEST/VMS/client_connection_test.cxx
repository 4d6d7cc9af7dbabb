/*
**  client_connection_test - in clear and over TLS; times, stops and lost peers
*/
#include "VMS/client_connection.h"

#include "service_fixture.h"
#include "tls_files.h"

static const char NAME[] = "SYS$SYSDEVICE:[CERTS]SERVER";
static const boost::uint32_t LONG_MS = 30000;
static const boost::uint32_t SHORT_MS = 20;

class ClientConnectionTest : public ServiceFixture {
    CPPUNIT_TEST_SUITE(ClientConnectionTest);
    CPPUNIT_TEST(test_session_in_clear);
    CPPUNIT_TEST(test_session_that_becomes_secure);
    CPPUNIT_TEST(test_large_answer_over_tls);
    CPPUNIT_TEST(test_nobody_listens);
    CPPUNIT_TEST(test_steps_end_at_their_time);
    CPPUNIT_TEST(test_steps_end_when_they_are_stopped);
    CPPUNIT_TEST(test_peer_that_goes_is_a_lost_link);
    CPPUNIT_TEST(test_close_and_open_again);
    CPPUNIT_TEST_SUITE_END();

    class Stop : public StopFlag {
    public:
        explicit Stop(unsigned after) : after_(after), asked_(0) {}
        bool stopped() const { return ++asked_ > after_; }

    private:
        unsigned after_;
        mutable unsigned asked_;
    };

    TlsServer tls_;
    TlsClient client_;
    ClientConnection connection_;
    int listener_;

    static void check(const Status &expected, const Status &status)
    {
        CPPUNIT_ASSERT_EQUAL(expected.text(), status.text());
    }
    std::string read(size_t size)
    {
        std::string text;
        char buffer[16384];
        size_t count = 0;
        while (text.size() < size &&
               connection_.read(buffer, sizeof buffer, LONG_MS, 0, &count).ok())
            text.append(buffer, count);
        return text;
    }
    void say(const std::string &line) { check(Status(), connection_.write(line, LONG_MS, 0)); }
    /* Its connections wait in the backlog: nobody reads them. */
    void listen()
    {
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address_));
        CPPUNIT_ASSERT(net_listen(address_, 5, &listener_).ok());
        CPPUNIT_ASSERT(net_local(listener_, &address_).ok());
    }
    void start_with_upgrade()
    {
        TlsFiles files;
        TlsReport report;
        root_->make_folder("/CERTS");
        make_tls_files(root_.get(), NAME, 0);
        files.certificate = std::string(NAME) + ".CRT";
        files.key = std::string(NAME) + ".KEY";
        CPPUNIT_ASSERT(tls_.load(files, &report).ok());
        CPPUNIT_ASSERT(client_.load("").ok());
        parameters_.tls = &tls_;
        start(false);
    }

public:
    void setUp()
    {
        ServiceFixture::setUp();
        listener_ = -1;
    }
    void tearDown()
    {
        connection_.close();
        net_close(listener_);
        ServiceFixture::tearDown();
    }

    void test_session_in_clear()
    {
        start();
        CPPUNIT_ASSERT(!connection_.is_open());
        check(Status(), connection_.open(address_, LONG_MS, 0));
        CPPUNIT_ASSERT(connection_.is_open() && !connection_.is_secured());
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\n"), read(7));
        say("line\n");
        CPPUNIT_ASSERT_EQUAL(std::string("line\n"), read(5));
        say("QUIT\n");
        CPPUNIT_ASSERT_EQUAL(std::string("BYE\r\n"), read(100));
    }
    void test_session_that_becomes_secure()
    {
        start_with_upgrade();
        check(Status(), connection_.open(address_, LONG_MS, 0));
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\n"), read(7));
        say("STLS\n");
        CPPUNIT_ASSERT_EQUAL(std::string("BEGIN\r\n"), read(7));
        check(Status(), connection_.secure(&client_, "", LONG_MS));
        CPPUNIT_ASSERT(connection_.is_secured());
        say("TLS\n");
        CPPUNIT_ASSERT_EQUAL(std::string("TLS yes\r\n"), read(9));
    }
    void test_large_answer_over_tls()
    {
        start_with_upgrade();
        check(Status(), connection_.open(address_, LONG_MS, 0));
        say("STLS\n");
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\nBEGIN\r\n"), read(14));
        check(Status(), connection_.secure(&client_, "vms.test", LONG_MS));
        say("BIG 2000000\n");
        CPPUNIT_ASSERT(std::string(2000000, 'b') == read(2000000));
    }
    void test_nobody_listens()
    {
        listen();
        net_close(listener_);
        listener_ = -1;
        CPPUNIT_ASSERT(connection_.open(address_, LONG_MS, 0).retryable());
        CPPUNIT_ASSERT(!connection_.is_open());
    }
    void test_steps_end_at_their_time()
    {
        char buffer[16];
        size_t count = 1;
        listen();
        check(Status(), connection_.open(address_, LONG_MS, 0));
        check(Status::timeout(), connection_.read(buffer, sizeof buffer, SHORT_MS, 0, &count));
        CPPUNIT_ASSERT_EQUAL(size_t(0), count);
        check(Status::timeout(), connection_.write(std::string(32000000, 'x'), SHORT_MS, 0));
    }
    void test_steps_end_when_they_are_stopped()
    {
        char buffer[16];
        size_t count = 0;
        listen();
        check(Status(), connection_.open(address_, LONG_MS, 0));
        Stop at_once(0), later(1);
        check(Status::cancelled(),
              connection_.read(buffer, sizeof buffer, LONG_MS, &at_once, &count));
        check(Status::cancelled(),
              connection_.read(buffer, sizeof buffer, LONG_MS, &later, &count));
        Stop again(0);
        check(Status::cancelled(), connection_.write(std::string(32000000, 'x'), LONG_MS, &again));
    }
    void test_peer_that_goes_is_a_lost_link()
    {
        char buffer[16];
        size_t count = 0;
        NetAddress peer;
        int fd = -1;
        listen();
        check(Status(), connection_.open(address_, LONG_MS, 0));
        CPPUNIT_ASSERT_EQUAL(1, net_wait_readable(listener_, 10000));
        CPPUNIT_ASSERT(net_accept(listener_, &fd, &peer).ok());
        net_close(fd);
        check(Status::link_lost(), connection_.read(buffer, sizeof buffer, LONG_MS, 0, &count));
        /* the first write may still be taken by the system */
        Status status;
        for (int i = 0; i < 100 && status.ok(); ++i) {
            status = connection_.write("x", LONG_MS, 0);
            usleep(1000);
        }
        check(Status::link_lost(), status);
    }
    void test_close_and_open_again()
    {
        start();
        check(Status(), connection_.open(address_, LONG_MS, 0));
        check(Status(), connection_.open(address_, LONG_MS, 0)); /* the first one is closed */
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\n"), read(7));
        connection_.close();
        connection_.close();
        CPPUNIT_ASSERT(!connection_.is_open());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClientConnectionTest);
