#include "service_fixture.h"

class ServiceConnectionTest : public ServiceFixture {
    CPPUNIT_TEST_SUITE(ServiceConnectionTest);
    CPPUNIT_TEST(test_input_behind_quit_does_not_lose_the_last_words);
    CPPUNIT_TEST(test_client_that_never_reads_costs_no_thread_and_is_dropped);
    CPPUNIT_TEST(test_slow_reader_gets_all);
    CPPUNIT_TEST(test_half_closed_client_gets_its_answers);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_input_behind_quit_does_not_lose_the_last_words()
    {
        start();
        for (int i = 0; i < 20; ++i) {
            int fd = dial_greeted();
            send(fd, "QUIT\nand more\n" + std::string(5000, 'x'));
            CPPUNIT_ASSERT_EQUAL(std::string("BYE\r\n"), receive_all(fd));
        }
    }

    void test_client_that_never_reads_costs_no_thread_and_is_dropped()
    {
        parameters_.workers = 1;
        start();
        int deaf = dial_greeted(), other = dial_greeted();
        send(deaf, "BIG 20000000\n");
        /* what the kernel's buffers still take counts as progress and begins anew: at least five */
        int backoffs = 0;
        while (service_->counts().dropped == 0 && backoffs < 100) {
            send(other, "ping\n");
            CPPUNIT_ASSERT_EQUAL(std::string("ping\n"), receive(other, 5));
            CPPUNIT_ASSERT_EQUAL(2u, service_->counts().sessions);
            ScratchRoot::move_clock(33);
            usleep(700000);
            ++backoffs;
        }
        CPPUNIT_ASSERT(backoffs >= 5);
        CPPUNIT_ASSERT(wait_until(factory_->journal.disconnects[DISCONNECT_BLOCKED], 1));
        CPPUNIT_ASSERT_EQUAL(1u, service_->counts().dropped);
        CPPUNIT_ASSERT(factory_->logged.find("blocked") != std::string::npos);
    }

    void test_slow_reader_gets_all()
    {
        start();
        int fd = dial_greeted();
        send(fd, "BIG 8000000\nafter\n");
        usleep(50000);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(8000000), receive(fd, 8000000).size());
        CPPUNIT_ASSERT_EQUAL(std::string("after\n"), receive(fd, 6));
    }

    void test_half_closed_client_gets_its_answers()
    {
        start();
        int fd = dial_greeted();
        send(fd, "a\nb\nc");
        shutdown(fd, 1);
        CPPUNIT_ASSERT_EQUAL(std::string("a\nb\n"), receive_all(fd));
        CPPUNIT_ASSERT(wait_until(factory_->journal.disconnects[DISCONNECT_PEER], 1));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceConnectionTest);
