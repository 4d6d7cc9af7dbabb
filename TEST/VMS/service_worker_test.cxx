#include "service_fixture.h"

class ServiceWorkerTest : public ServiceFixture {
    CPPUNIT_TEST_SUITE(ServiceWorkerTest);
    CPPUNIT_TEST(test_pipelined_input_is_answered_in_order);
    CPPUNIT_TEST(test_many_clients_at_once);
    CPPUNIT_TEST(test_large_answer_is_made_in_pieces);
    CPPUNIT_TEST(test_line_without_end_closes_the_session);
    CPPUNIT_TEST(test_exception_ends_one_session_only);
    CPPUNIT_TEST(test_blocking_steps_run_in_parallel);
    CPPUNIT_TEST(test_one_worker_serves_all);
    CPPUNIT_TEST(test_busy_reads_end_in_a_wait);
    CPPUNIT_TEST(test_held_answer_waits_for_its_time);
    CPPUNIT_TEST(test_pause_comes_between_units_only);
    CPPUNIT_TEST(test_accepted_connections_are_kept_alive);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_pipelined_input_is_answered_in_order()
    {
        start();
        int fd = dial_greeted();
        std::string all;
        for (int i = 0; i < 5000; ++i) {
            char line[32];
            snprintf(line, sizeof line, "line %d\n", i);
            all += line;
        }
        send(fd, all);
        CPPUNIT_ASSERT(receive(fd, all.size()) == all);
    }

    void test_many_clients_at_once()
    {
        start();
        std::vector<int> fds;
        for (int i = 0; i < 100; ++i)
            fds.push_back(dial());
        for (int round = 0; round < 20; ++round) {
            for (size_t i = 0; i < fds.size(); ++i)
                send(fds[i], "ping\n");
            for (size_t i = 0; i < fds.size(); ++i)
                CPPUNIT_ASSERT_EQUAL(std::string(round ? "ping\n" : "HELLO\r\nping\n"),
                                     receive(fds[i], round ? 5 : 12));
        }
        CPPUNIT_ASSERT(service_->counts().workers <= parameters_.workers);
    }

    void test_large_answer_is_made_in_pieces()
    {
        start();
        int fd = dial_greeted();
        send(fd, "MORE 3000500\nnext\n");
        std::string got = receive(fd, 3000505);
        CPPUNIT_ASSERT_EQUAL(std::string("next\n"), got.substr(3000500));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, got.substr(0, 3000500).find_first_not_of('m'));
    }

    void test_line_without_end_closes_the_session()
    {
        parameters_.input_bound = 10000;
        start();
        int fd = dial_greeted();
        std::string endless(300000, 'x');
        net_write(fd, endless.data(), endless.size(), 2000);
        CPPUNIT_ASSERT(wait_until(factory_->journal.disconnects[DISCONNECT_OVERRUN], 1));
    }

    /* Not after the greeting, not between lines that are all there, not while output waits. */
    void test_pause_comes_between_units_only()
    {
        start();
        int fd = dial_greeted();
        CPPUNIT_ASSERT_EQUAL(0U, factory_->journal.get(factory_->journal.pauses));
        send(fd, "one\ntwo\nthree\n");
        CPPUNIT_ASSERT_EQUAL(std::string("one\ntwo\nthree\n"), receive(fd, 14));
        CPPUNIT_ASSERT(wait_until(factory_->journal.pauses, 1));
        send(fd, "BIG 30000000\n");
        CPPUNIT_ASSERT(wait_until(factory_->journal.steps, 4));
        CPPUNIT_ASSERT_EQUAL(1U, factory_->journal.get(factory_->journal.pauses));
        receive(fd, 30000000);
        send(fd, "four\n");
        CPPUNIT_ASSERT_EQUAL(std::string("four\n"), receive(fd, 5));
        CPPUNIT_ASSERT(wait_until(factory_->journal.pauses, 2));
    }

    /* Without it a peer that has vanished would have its session for ever. */
    void test_accepted_connections_are_kept_alive()
    {
        start();
        int fd = dial_greeted(), found = 0;
        NetAddress own, peer;
        net_local(fd, &own);
        for (int other = 3; other < 200; ++other) {
            socklen_t size = sizeof found;
            if (other != fd && net_peer(other, &peer).ok() && peer.port == own.port)
                getsockopt(other, SOL_SOCKET, SO_KEEPALIVE, &found, &size);
        }
        CPPUNIT_ASSERT_EQUAL(1, found);
    }

    void test_exception_ends_one_session_only()
    {
        start();
        int fd = dial_greeted(), other = dial_greeted();
        send(fd, "DIE\n");
        CPPUNIT_ASSERT_EQUAL(std::string(), receive_all(fd));
        send(other, "alive\n");
        CPPUNIT_ASSERT_EQUAL(std::string("alive\n"), receive(other, 6));
        CPPUNIT_ASSERT(factory_->logged.find("exception") != std::string::npos);
    }

    void test_blocking_steps_run_in_parallel()
    {
        parameters_.workers = 30;
        start();
        factory_->journal.hold = true;
        std::vector<int> fds;
        for (int i = 0; i < 30; ++i) {
            fds.push_back(dial_greeted());
            send(fds.back(), "WAIT\n");
        }
        CPPUNIT_ASSERT(wait_until(factory_->journal.running, 30));
        {
            MutexGuard guard(factory_->journal.mutex);
            factory_->journal.hold = false;
        }
        for (size_t i = 0; i < fds.size(); ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("WAITED\r\n"), receive(fds[i], 8));
    }

    void test_one_worker_serves_all()
    {
        parameters_.workers = 1;
        start();
        std::vector<int> fds;
        for (int i = 0; i < 20; ++i)
            fds.push_back(dial_greeted());
        for (int round = 0; round < 10; ++round)
            for (size_t i = 0; i < fds.size(); ++i) {
                send(fds[i], "x\n");
                CPPUNIT_ASSERT_EQUAL(std::string("x\n"), receive(fds[i], 2));
            }
        CPPUNIT_ASSERT_EQUAL(1u, factory_->journal.get(factory_->journal.most_running));
    }

    /* Who is alone is read from busily; a client that thinks, or is not alone, is waited for. */
    void test_busy_reads_end_in_a_wait()
    {
        parameters_.busy_reads = 50;
        start();
        int fd = dial_greeted();
        for (int round = 0; round < 500; ++round) {
            send(fd, "ping\n");
            CPPUNIT_ASSERT_EQUAL(std::string("ping\n"), receive(fd, 5));
        }
        send(fd, "half");
        int other = dial_greeted();
        for (int round = 0; round < 50; ++round) {
            send(other, "pong\n");
            CPPUNIT_ASSERT_EQUAL(std::string("pong\n"), receive(other, 5));
        }
        send(fd, " line\n");
        CPPUNIT_ASSERT_EQUAL(std::string("half line\n"), receive(fd, 10));
        service_->stop();
        service_->wait();
        service_->finish(5);
        CPPUNIT_ASSERT_EQUAL(std::string("STOPPING\r\n"), receive_all(fd));
    }

    void test_held_answer_waits_for_its_time()
    {
        start();
        int fd = dial_greeted(), other = dial_greeted();
        send(fd, "before\nHOLD 100\nafter\n");
        send(other, "other\n"); /* others go on */
        CPPUNIT_ASSERT_EQUAL(std::string("other\n"), receive(other, 6));
        CPPUNIT_ASSERT_EQUAL(0, net_wait_readable(fd, 700));
        ScratchRoot::move_clock(101);
        CPPUNIT_ASSERT_EQUAL(std::string("before\nHELD\r\nafter\n"), receive(fd, 19));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceWorkerTest);
