/*
**  connections_test - kept connections and their limits; hosts that did not answer
*/
#include "connections.h"
#include "symbiont_fixture.h"

using namespace mail;

class ConnectionsTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(ConnectionsTest);
    CPPUNIT_TEST(test_connection_is_given_back_for_its_address_only);
    CPPUNIT_TEST(test_limits_close_connections);
    CPPUNIT_TEST(test_dead_host_is_left_alone_for_its_time);
    CPPUNIT_TEST(test_a_host_has_only_so_many_places);
    CPPUNIT_TEST(test_a_host_never_has_all_streams);
    CPPUNIT_TEST(test_a_place_is_waited_for);
    CPPUNIT_TEST_SUITE_END();

    static const char *const *script()
    {
        static const char *const lines[] = {"R 220 hi", "L", "R 250 them", "L", 0};
        return lines;
    }
    SmtpClient *connected(Server &server)
    {
        SmtpClient *client = new SmtpClient(settings_, "us.test");
        CPPUNIT_ASSERT(client->connect(server.address(), "them.test", never_).is_done());
        return client;
    }

public:
    void test_connection_is_given_back_for_its_address_only()
    {
        Server server(script());
        Connections kept;
        SmtpClient *client = connected(server);
        NetAddress other = server.address();
        ++other.port;
        kept.give(server.address(), client, *settings_);
        CPPUNIT_ASSERT(kept.take(other, *settings_) == 0);
        CPPUNIT_ASSERT(kept.take(server.address(), *settings_) == client);
        CPPUNIT_ASSERT(kept.take(server.address(), *settings_) == 0);
        kept.give(server.address(), client, *settings_);
        kept.close_all();
        server.join();
        CPPUNIT_ASSERT(server.heard.find("QUIT\r\n") != std::string::npos);
    }

    void test_limits_close_connections()
    {
        {
            Server server(script());
            Connections kept;
            set(P_SYMB_CONNECTION_IDLE, "0 00:00:00.00");
            kept.give(server.address(), connected(server), *settings_);
            CPPUNIT_ASSERT(kept.take(server.address(), *settings_) == 0);
            set(P_SYMB_CONNECTION_IDLE, "0 00:01:00.00");
        }
        Server one(script()), two(script());
        Connections kept;
        set(P_SYMB_CONNECTIONS, "1");
        SmtpClient *second = connected(two);
        kept.give(one.address(), connected(one), *settings_);
        kept.give(two.address(), second, *settings_);
        CPPUNIT_ASSERT(kept.take(one.address(), *settings_) == 0); /* the oldest made room */
        CPPUNIT_ASSERT(kept.take(two.address(), *settings_) == second);
        delete second;
    }

    void test_dead_host_is_left_alone_for_its_time()
    {
        Connections kept;
        NetAddress address;
        CPPUNIT_ASSERT(net_parse_address("192.0.2.1", &address));
        set(P_SYMB_DEAD_HOST_TIME, "0 00:05:00.00");
        CPPUNIT_ASSERT(!kept.is_dead(address));
        kept.mark_dead(address, *settings_);
        CPPUNIT_ASSERT(kept.is_dead(address));
        ScratchRoot::move_clock(301);
        CPPUNIT_ASSERT(!kept.is_dead(address));
        kept.mark_dead(address, *settings_);
        kept.forget_dead();
        CPPUNIT_ASSERT(!kept.is_dead(address));
    }

    void test_a_host_has_only_so_many_places()
    {
        Connections kept;
        set(P_SYMB_CONNECTIONS_PER_HOST, "2");
        set(P_SYMB_BUSY_WAIT, "0 00:00:00.00");
        Claim one(kept, "192.0.2.1:25", *settings_, never_);
        {
            Claim two(kept, "192.0.2.1:25", *settings_, never_);
            Claim three(kept, "192.0.2.1:25", *settings_, never_);
            Claim other(kept, "192.0.2.2:25", *settings_, never_);
            CPPUNIT_ASSERT(one.held() && two.held() && !three.held() && other.held());
            CPPUNIT_ASSERT(!three.refusal().was_tried());
        }
        Claim again(kept, "192.0.2.1:25", *settings_, never_);
        CPPUNIT_ASSERT(again.held());
    }

    void test_a_host_never_has_all_streams()
    {
        static const int places[] = {1, 1, 2, 3}; /* of 1, 2, 3, 4 streams */
        Connections kept;
        set(P_SYMB_BUSY_WAIT, "0 00:00:00.00");
        for (size_t streams = 0; streams < 4; ++streams) {
            kept.add_streams(1);
            int got = 0;
            while (got < 5 && kept.claim("@x.test", *settings_, never_))
                ++got;
            for (int i = 0; i < got; ++i)
                kept.release("@x.test");
            if (streams != 0) /* a single stream has nobody to wait for */
                CPPUNIT_ASSERT_EQUAL(places[streams], got);
        }
        kept.add_streams(-4);
    }

    struct Waiter {
        Connections *kept;
        const Settings *settings;
        const StopFlag *stop;
        bool got;
    };
    static void wait_for_place(void *argument)
    {
        Waiter *w = static_cast<Waiter *>(argument);
        w->got = w->kept->claim("@x.test", *w->settings, *w->stop);
    }

    void test_a_place_is_waited_for()
    {
        Connections kept;
        set(P_SYMB_CONNECTIONS_PER_HOST, "1");
        set(P_SYMB_BUSY_WAIT, "0 00:10:00.00");
        CPPUNIT_ASSERT(kept.claim("@x.test", *settings_, never_));
        Waiter waiter = {&kept, settings_.get(), &never_, false};
        Thread thread;
        CPPUNIT_ASSERT(thread.start(wait_for_place, &waiter).ok());
        kept.release("@x.test");
        thread.join();
        CPPUNIT_ASSERT(waiter.got);
        never_.stop_ = true; /* who is stopped waits no longer */
        CPPUNIT_ASSERT(!kept.claim("@x.test", *settings_, never_));
        never_.stop_ = false;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionsTest);
