/*
**  deliver_remote_test - hosts in order, fallback, portions, kept connections
**
**  RFC 5321 5.1, HP 18.1.5.
*/
#include "deliver_remote.h"
#include "symbiont_fixture.h"

using namespace mail;

class DeliverRemoteTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(DeliverRemoteTest);
    CPPUNIT_TEST(test_next_host_when_the_first_is_dead);
    CPPUNIT_TEST(test_dead_host_is_not_asked_again);
    CPPUNIT_TEST(test_refused_recipient_is_not_tried_elsewhere);
    CPPUNIT_TEST(test_refusal_counts_although_the_connection_breaks);
    CPPUNIT_TEST(test_stopped_job_asks_nobody);
    CPPUNIT_TEST(test_recipients_go_in_portions);
    CPPUNIT_TEST(test_closed_kept_connection_is_replaced_at_once);
    CPPUNIT_TEST(test_route_without_hosts_has_its_own_answer);
    CPPUNIT_TEST(test_address_retries_is_the_limit);
    CPPUNIT_TEST_SUITE_END();

    Connections connections_;

    static Route route(const char *first, const char *second = 0, const char *third = 0)
    {
        const char *const names[] = {first, second, third};
        Route r;
        r.kind = Route::REMOTE;
        r.domain = "them.test";
        for (size_t i = 0; i < 3 && names[i]; ++i) {
            RouteHost host;
            host.name = names[i];
            host.is_address = true;
            r.hosts.push_back(host);
        }
        return r;
    }
    std::vector<Outcome> deliver(const std::string &recipients, const Route &r)
    {
        ControlFile file;
        CPPUNIT_ASSERT(file.open(control_file("a@us.test", recipients), true).is_done());
        RemoteJob job;
        job.settings = settings_;
        job.identity = identity_;
        job.connections = &connections_;
        job.stop = &never_;
        std::vector<size_t> all;
        for (size_t i = 0; i < file.recipients().size(); ++i)
            all.push_back(i);
        std::vector<Outcome> outcomes;
        deliver_remote(job, file, r, all, &outcomes);
        return outcomes;
    }
    static const char *const *one_message()
    {
        static const char *const lines[] = {"R 220 hi",
                                            "L",
                                            "R 250-them\r\n250 PIPELINING",
                                            "L",
                                            "L",
                                            "L",
                                            "R 250 ok\r\n250 ok\r\n354 go",
                                            "D",
                                            "R 250 queued",
                                            "L",
                                            0};
        return lines;
    }

public:
    void tearDown()
    {
        connections_.close_all();
        connections_.forget_dead();
        SymbiontFixture::tearDown();
    }

    void test_next_host_when_the_first_is_dead()
    {
        Server server(one_message());
        set_port(server.address().port);
        std::vector<Outcome> outcomes = deliver("x@them.test", route("127.0.0.2", "127.0.0.1"));
        CPPUNIT_ASSERT(outcomes[0].is_done());
        connections_.close_all();
        server.join();
        CPPUNIT_ASSERT(server.heard.find("RCPT TO:<x@them.test>\r\n") != std::string::npos);
        CPPUNIT_ASSERT(server.heard.find("\r\nbody\r\n.\r\n") != std::string::npos);
    }

    void test_dead_host_is_not_asked_again()
    {
        NetAddress any, address;
        int fd = -1;
        net_parse_address("127.0.0.1", &any);
        CPPUNIT_ASSERT(net_listen(any, 1, &fd).ok());
        CPPUNIT_ASSERT(net_local(fd, &address).ok());
        net_close(fd);
        set_port(address.port);
        std::vector<Outcome> outcomes = deliver("x@them.test", route("127.0.0.1"));
        CPPUNIT_ASSERT(outcomes[0].is_later());
        CPPUNIT_ASSERT_EQUAL(std::string("4.4.1"), outcomes[0].status());
        Server server(one_message(), 0, "127.0.0.1", address.port); /* it is back, but we wait */
        outcomes = deliver("x@them.test", route("127.0.0.1"));
        CPPUNIT_ASSERT(outcomes[0].is_later());
        ScratchRoot::move_clock(600);
        outcomes = deliver("x@them.test", route("127.0.0.1"));
        CPPUNIT_ASSERT(outcomes[0].is_done());
        connections_.close_all();
    }

    void test_refused_recipient_is_not_tried_elsewhere()
    {
        static const char *const refusing[] = {"R 220 hi",
                                               "L",
                                               "R 250-them\r\n250 PIPELINING",
                                               "L",
                                               "L",
                                               "L",
                                               "R 250 ok\r\n451 greylisted\r\n554 nobody",
                                               "L",
                                               0};
        Server server(refusing);
        set_port(server.address().port);
        std::vector<Outcome> outcomes = deliver("x@them.test", route("127.0.0.1", "127.0.0.2"));
        CPPUNIT_ASSERT(outcomes[0].is_later());
        CPPUNIT_ASSERT(outcomes[0].sender_text().find("greylisted") != std::string::npos);
        connections_.close_all();
    }

    void test_refusal_counts_although_the_connection_breaks()
    {
        static const char *const breaking[] = {"R 220 hi",
                                               "L",
                                               "R 250-them\r\n250 PIPELINING",
                                               "L",
                                               "L",
                                               "L",
                                               "L",
                                               "R 250 ok\r\n550 5.1.1 gone\r\n250 ok\r\n354 go",
                                               "D",
                                               0}; /* closes without an answer */
        Server first(breaking);
        Server second(one_message(), 0, "127.0.0.2", first.address().port);
        set_port(first.address().port);
        std::vector<Outcome> outcomes =
            deliver("x@them.test,y@them.test", route("127.0.0.1", "127.0.0.2"));
        CPPUNIT_ASSERT(outcomes[0].is_failed() && outcomes[1].is_done());
        connections_.close_all();
        second.join();
        CPPUNIT_ASSERT(second.heard.find("<x@them.test>") == std::string::npos);
        CPPUNIT_ASSERT(second.heard.find("<y@them.test>") != std::string::npos);
    }

    void test_stopped_job_asks_nobody()
    {
        never_.stop_ = true;
        set_port(1);
        std::vector<Outcome> outcomes = deliver("x@them.test", route("127.0.0.1"));
        never_.stop_ = false;
        CPPUNIT_ASSERT(outcomes[0].is_later());
        CPPUNIT_ASSERT_EQUAL(std::string("job stopped"), outcomes[0].log_text());
    }

    void test_recipients_go_in_portions()
    {
        static const char *const two_messages[] = {"R 220 hi",
                                                   "L",
                                                   "R 250-them\r\n250 PIPELINING",
                                                   "L",
                                                   "L",
                                                   "L",
                                                   "L",
                                                   "R 250 ok\r\n250 ok\r\n250 ok\r\n354 go",
                                                   "D",
                                                   "R 250 queued",
                                                   "L",
                                                   "L",
                                                   "L",
                                                   "R 250 ok\r\n550 no\r\n354 go",
                                                   "L",
                                                   "R 554 nobody",
                                                   "L",
                                                   0};
        Server server(two_messages);
        set_port(server.address().port);
        set(P_SYMB_RECIPIENTS_PER_SEND, "2");
        std::vector<Outcome> outcomes =
            deliver("x@them.test,y@them.test,z@them.test", route("127.0.0.1"));
        CPPUNIT_ASSERT(outcomes[0].is_done() && outcomes[1].is_done() && outcomes[2].is_failed());
        connections_.close_all();
    }

    void test_closed_kept_connection_is_replaced_at_once()
    {
        static const char *const closing[] = {"R 220 hi",
                                              "L",
                                              "R 250-them\r\n250 PIPELINING",
                                              "L",
                                              "L",
                                              "L",
                                              "R 250 ok\r\n250 ok\r\n354 go",
                                              "D",
                                              "R 250 queued",
                                              0}; /* and closes */
        Server server(closing, one_message());
        set_port(server.address().port);
        CPPUNIT_ASSERT(deliver("x@them.test", route("127.0.0.1"))[0].is_done());
        CPPUNIT_ASSERT(deliver("y@them.test", route("127.0.0.1"))[0].is_done());
        connections_.close_all();
        server.join();
        CPPUNIT_ASSERT(server.heard.find("<y@them.test>") != std::string::npos);
    }

    void test_route_without_hosts_has_its_own_answer()
    {
        Route r;
        r.outcome = Outcome::reply(550, "5.1.2", "no such domain", "nxdomain");
        std::vector<Outcome> outcomes = deliver("x@them.test,y@them.test", r);
        CPPUNIT_ASSERT(outcomes[0].is_failed() && outcomes[1].is_failed());
        CPPUNIT_ASSERT_EQUAL(std::string("5.1.2"), outcomes[1].status());
        r = Route();
        r.kind = Route::LOCAL; /* not to be taken for a delivery */
        CPPUNIT_ASSERT(deliver("x@them.test", r)[0].is_later());
    }

    void test_address_retries_is_the_limit()
    {
        Server server(one_message());
        set_port(server.address().port);
        set(P_ADDRESS_RETRIES, "1");
        std::vector<Outcome> outcomes = deliver("x@them.test", route("127.0.0.2", "127.0.0.1"));
        CPPUNIT_ASSERT(outcomes[0].is_later());
        set(P_ADDRESS_RETRIES, "2");
        connections_.forget_dead();
        outcomes = deliver("x@them.test", route("127.0.0.2", "127.0.0.1"));
        CPPUNIT_ASSERT(outcomes[0].is_done());
        connections_.close_all();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DeliverRemoteTest);
