#include "service_fixture.h"

class ServiceTest : public ServiceFixture {
    CPPUNIT_TEST_SUITE(ServiceTest);
    CPPUNIT_TEST(test_greets_echoes_and_closes);
    CPPUNIT_TEST(test_session_limit_refuses_with_a_text);
    CPPUNIT_TEST(test_client_limit_counts_one_address);
    CPPUNIT_TEST(test_stop_tells_parked_sessions);
    CPPUNIT_TEST(test_inactivity_ends_the_service);
    CPPUNIT_TEST(test_drain_refuses_and_ends_after_the_last_session);
    CPPUNIT_TEST(test_send_buffer_is_set);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_greets_echoes_and_closes()
    {
        start();
        int fd = dial_greeted();
        send(fd, "one\n");
        CPPUNIT_ASSERT_EQUAL(std::string("one\n"), receive(fd, 4));
        send(fd, "QUIT\n");
        CPPUNIT_ASSERT_EQUAL(std::string("BYE\r\n"), receive_all(fd));
        CPPUNIT_ASSERT(wait_sessions(0));
        CPPUNIT_ASSERT_EQUAL(1u, service_->counts().accepted);
        CPPUNIT_ASSERT_EQUAL(0u, factory_->journal.get(factory_->journal.disconnects[0]));
    }

    void test_session_limit_refuses_with_a_text()
    {
        parameters_.max_sessions = 2;
        start();
        int one = dial_greeted();
        dial_greeted();
        CPPUNIT_ASSERT_EQUAL(std::string("FULL\r\n"), receive_all(dial()));
        CPPUNIT_ASSERT_EQUAL(1u, service_->counts().refused);
        send(one, "QUIT\n");
        receive_all(one);
        CPPUNIT_ASSERT(wait_sessions(1));
        dial_greeted();
    }

    void test_client_limit_counts_one_address()
    {
        parameters_.max_per_client = 1;
        start();
        int one = dial_greeted();
        CPPUNIT_ASSERT_EQUAL(std::string("TOO MANY\r\n"), receive_all(dial()));
        NetAddress other;
        int fd = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.2", &other));
        CPPUNIT_ASSERT(net_connect(address_, &other, 1000, &fd).ok());
        clients_.push_back(fd);
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\n"), receive(fd, 7));
        send(one, "QUIT\n");
        receive_all(one);
        CPPUNIT_ASSERT(wait_sessions(1));
        dial_greeted();
    }

    void test_stop_tells_parked_sessions()
    {
        start();
        int fd = dial_greeted();
        usleep(30000);
        service_->stop();
        service_->wait();
        service_->finish(5);
        CPPUNIT_ASSERT_EQUAL(std::string("STOPPING\r\n"), receive_all(fd));
        CPPUNIT_ASSERT(wait_until(factory_->journal.disconnects[DISCONNECT_STOP], 1));
        CPPUNIT_ASSERT_EQUAL(0u, service_->counts().sessions);
    }

    void test_inactivity_ends_the_service()
    {
        parameters_.inactivity_seconds = 300;
        start();
        int fd = dial_greeted();
        send(fd, "QUIT\n");
        receive_all(fd);
        CPPUNIT_ASSERT(wait_sessions(0));
        ScratchRoot::move_clock(301);
        service_->wait(); /* a test that hangs here has failed */
        service_->finish(1);
    }

    void test_drain_refuses_and_ends_after_the_last_session()
    {
        start();
        int one = dial_greeted(), two = dial_greeted();
        send(one, "first\n");
        CPPUNIT_ASSERT_EQUAL(std::string("first\n"), receive(one, 6));
        service_->drain();
        CPPUNIT_ASSERT_EQUAL(std::string("STOPPING\r\n"), receive_all(dial()));
        for (int i = 0; i < 2; ++i) { /* those that are here go on */
            send(i ? two : one, "line\nQUIT\n");
            CPPUNIT_ASSERT_EQUAL(std::string("line\nBYE\r\n"), receive_all(i ? two : one));
        }
        service_->wait(); /* a test that hangs here has failed */
        service_->finish(1);
        CPPUNIT_ASSERT_EQUAL(1u, service_->counts().refused);
    }

    /* A small buffer blocks the answer to a client that does not read, a large one takes it. */
    void test_send_buffer_is_set()
    {
        parameters_.send_buffer = 4 << 20;
        start();
        int fd = dial_greeted();
        send(fd, "BIG 1500000\nnext\n");
        usleep(200000);
        CPPUNIT_ASSERT_EQUAL(0u, service_->counts().blocked);
        CPPUNIT_ASSERT_EQUAL(size_t(1500005), receive(fd, 1500005).size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceTest);
