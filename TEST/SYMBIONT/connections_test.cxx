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
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionsTest);
