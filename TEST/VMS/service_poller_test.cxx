#include "service_fixture.h"

class ServicePollerTest : public ServiceFixture {
    CPPUNIT_TEST_SUITE(ServicePollerTest);
    CPPUNIT_TEST(test_one_byte_at_a_time_gives_the_same_answer);
    CPPUNIT_TEST(test_thousand_idle_sessions_and_a_new_one);
    CPPUNIT_TEST(test_moved_clock_times_a_silent_client_out);
    CPPUNIT_TEST(test_incomplete_line_does_not_put_the_timeout_off);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_one_byte_at_a_time_gives_the_same_answer()
    {
        const std::string input = "one\ntwo\n\nfour\nQUIT\n";
        const std::string expected = "one\ntwo\n\nfour\nBYE\r\n";
        const size_t split_table[] = {1, 2, 3, 7, 100};
        start();
        for (size_t i = 0; i < 5; ++i) {
            int fd = dial_greeted();
            for (size_t at = 0; at < input.size(); at += split_table[i]) {
                send(fd, input.substr(at, split_table[i]));
                usleep(split_table[i] == 1 ? 12000 : 1000); /* longer than the grace */
            }
            CPPUNIT_ASSERT_EQUAL(expected, receive_all(fd));
        }
    }

    void test_thousand_idle_sessions_and_a_new_one()
    {
        start();
        std::vector<int> fds;
        for (int i = 0; i < 1000; ++i)
            fds.push_back(dial());
        for (size_t i = 0; i < fds.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\n"), receive(fds[i], 7));
        usleep(1800000); /* all are parked with the cold pollers by then */
        CPPUNIT_ASSERT_EQUAL(1000u, service_->counts().sessions);
        for (int i = 0; i < 10; ++i) {
            int fd = dial_greeted();
            send(fd, "QUIT\n");
            receive_all(fd);
        }
        for (size_t i = 0; i < fds.size(); i += 37) {
            send(fds[i], "awake\n");
            CPPUNIT_ASSERT_EQUAL(std::string("awake\n"), receive(fds[i], 6));
        }
    }

    void test_moved_clock_times_a_silent_client_out()
    {
        start();
        int fd = dial_greeted();
        usleep(20000);
        ScratchRoot::move_clock(290);
        usleep(600000);
        send(fd, "still here\n");
        CPPUNIT_ASSERT_EQUAL(std::string("still here\n"), receive(fd, 11));
        CPPUNIT_ASSERT_EQUAL(std::string("TIMEOUT\r\n"), moved_until_it_speaks(fd));
        CPPUNIT_ASSERT(wait_until(factory_->journal.disconnects[DISCONNECT_TIMEOUT], 1));
        CPPUNIT_ASSERT_EQUAL(1u, service_->counts().timeouts);
    }

    void test_incomplete_line_does_not_put_the_timeout_off()
    {
        start();
        int fd = dial_greeted();
        usleep(20000);
        bool closed = false;
        for (int i = 0; i < 20 && !closed; ++i) {
            net_write(fd, "x", 1, 1000); /* it may be closed just now */
            ScratchRoot::move_clock(101);
            closed = net_wait_readable(fd, 600) == 1;
        }
        CPPUNIT_ASSERT_EQUAL(std::string("TIMEOUT\r\n"), receive(fd, 9));
    }

    /* The time counts from the moment when the connection is put aside, whenever that is. */
    std::string moved_until_it_speaks(int fd)
    {
        for (int i = 0; i < 20; ++i) {
            ScratchRoot::move_clock(301);
            if (net_wait_readable(fd, 600) == 1)
                break;
        }
        return receive_all(fd);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServicePollerTest);
