/*
**  receiver_test - sessions behind the real engine on a loopback socket
*/
#include <cppunit/extensions/HelperMacros.h>
#include <stdio.h>
#include "MTA/log.h"
#include "receiver.h"
#include "scratch_system.h"

using namespace mail;

class ReceiverTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReceiverTest);
    CPPUNIT_TEST(test_parameters_follow_the_settings);
    CPPUNIT_TEST(test_tls_ports_need_a_certificate);
    CPPUNIT_TEST(test_refusal_is_a_reply);
    CPPUNIT_TEST(test_many_clients_talk_at_once);
    CPPUNIT_TEST(test_client_over_the_limit_is_told);
    CPPUNIT_TEST(test_silent_client_is_told_and_dropped);
    CPPUNIT_TEST_SUITE_END();

    enum { WAIT_MS = 10000 };
    std::string log_;
    boost::shared_ptr<Settings> settings_;
    boost::scoped_ptr<Receiver> receiver_;
    boost::scoped_ptr<Service> service_;
    NetAddress address_;

    void start()
    {
        int fd;
        config_use(settings_);
        receiver_.reset(new Receiver);
        service_.reset(new Service);
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address_));
        CPPUNIT_ASSERT(net_listen(address_, 50, &fd).ok());
        CPPUNIT_ASSERT(net_local(fd, &address_).ok());
        ServiceParameters parameters = receiver_parameters(*settings_, receiver_.get());
        parameters.listeners.push_back(ServiceListener(fd));
        CPPUNIT_ASSERT(service_->start(parameters).ok());
    }
    int dial()
    {
        int fd;
        CPPUNIT_ASSERT(net_connect(address_, 0, WAIT_MS, &fd).ok());
        return fd;
    }
    /* Everything up to and with the first line that ends a reply of this code; "" at the end. */
    static std::string read_reply(int fd)
    {
        std::string text;
        char buffer[4096];
        size_t got;
        for (;;) {
            size_t line = text.rfind("\r\n", text.size() < 3 ? 0 : text.size() - 3);
            line = line == std::string::npos ? 0 : line + 2;
            if (text.size() >= line + 5 && text[line + 3] == ' ' && text[text.size() - 1] == '\n')
                return text;
            if (!net_read(fd, buffer, sizeof buffer, WAIT_MS, &got).ok() || got == 0)
                return text;
            text.append(buffer, got);
        }
    }
    static void say(int fd, const std::string &line)
    {
        std::string wire = line + "\r\n";
        CPPUNIT_ASSERT(net_write(fd, wire.data(), wire.size(), WAIT_MS).ok());
    }

public:
    void setUp()
    {
        scratch_system();
        log_.clear();
        log_capture(&log_);
        settings_.reset(new Settings);
    }
    void tearDown()
    {
        if (service_) {
            service_->stop();
            service_->finish(5);
        }
        service_.reset();
        receiver_.reset();
        config_use(SettingsPtr());
        log_capture(0);
    }

    void test_parameters_follow_the_settings()
    {
        Receiver receiver;
        settings_->set(P_RECV_WORKERS, "7", ORIGIN_TEST, "", 0);
        settings_->set(P_RECV_SESSIONS, "9", ORIGIN_TEST, "", 0);
        settings_->set(P_RECEIVE_TIMEOUT, "2", ORIGIN_TEST, "", 0);
        ServiceParameters parameters = receiver_parameters(*settings_, &receiver);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(7), parameters.workers);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(9), parameters.max_sessions);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(120), parameters.idle_seconds);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(0), parameters.inactivity_seconds);
    }

    void test_tls_ports_need_a_certificate()
    {
        Receiver receiver;
        ServiceParameters parameters;
        ServiceListener listener(0);
        CPPUNIT_ASSERT(receiver.open_tls(*settings_, 25, &listener, &parameters));
        CPPUNIT_ASSERT(!listener.tls && !parameters.tls);
        CPPUNIT_ASSERT(log_.find("tls state=\"not available") != std::string::npos);
        CPPUNIT_ASSERT(!receiver.open_tls(*settings_, 465, &listener, &parameters));
        CPPUNIT_ASSERT(listener.tls);
        log_.clear();
        settings_->set(P_STARTTLS, "OFF", ORIGIN_TEST, "", 0);
        CPPUNIT_ASSERT(receiver.open_tls(*settings_, 25, &listener, &parameters));
        CPPUNIT_ASSERT(!listener.tls && log_.empty());
    }

    void test_refusal_is_a_reply()
    {
        Receiver receiver;
        ServiceClient client;
        static const ServiceRefusal all[] = {REFUSAL_SESSIONS, REFUSAL_PER_CLIENT,
                                             REFUSAL_STOPPING, REFUSAL_RESOURCES};
        for (size_t i = 0; i < sizeof all / sizeof *all; ++i) {
            std::string text = receiver.refusal(client, all[i]);
            CPPUNIT_ASSERT_EQUAL(std::string("421 "), text.substr(0, 4));
            CPPUNIT_ASSERT_EQUAL(text.size() - 2, text.find("\r\n"));
        }
    }

    void test_many_clients_talk_at_once()
    {
        enum { CLIENTS = 40 };
        int fds[CLIENTS];
        start();
        for (int i = 0; i < CLIENTS; ++i)
            fds[i] = dial();
        for (int i = 0; i < CLIENTS; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("220 "), read_reply(fds[i]).substr(0, 4));
        for (int i = 0; i < CLIENTS; ++i)
            say(fds[i], "EHLO client.example");
        for (int i = 0; i < CLIENTS; ++i)
            CPPUNIT_ASSERT(read_reply(fds[i]).find("250-PIPELINING") != std::string::npos);
        for (int i = 0; i < CLIENTS; ++i)
            say(fds[i], "QUIT");
        for (int i = 0; i < CLIENTS; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::string("221"), read_reply(fds[i]).substr(0, 3));
            CPPUNIT_ASSERT_EQUAL(std::string(), read_reply(fds[i]));
            net_close(fds[i]);
        }
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(CLIENTS), service_->counts().accepted);
    }

    void test_client_over_the_limit_is_told()
    {
        settings_->set(P_RECV_SESSIONS_PER_CLIENT, "1", ORIGIN_TEST, "", 0);
        start();
        int first = dial();
        read_reply(first);
        int second = dial();
        CPPUNIT_ASSERT_EQUAL(std::string("421"), read_reply(second).substr(0, 3));
        CPPUNIT_ASSERT_EQUAL(std::string(), read_reply(second));
        say(first, "NOOP");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), read_reply(first).substr(0, 3));
        net_close(first);
        net_close(second);
    }

    void test_silent_client_is_told_and_dropped()
    {
        start();
        int fd = dial();
        read_reply(fd);
        say(fd, "EHLO client.example");
        read_reply(fd);
        /* the deadline counts from the moment when the worker has parked the connection */
        for (int i = 0; i < 100 && net_wait_readable(fd, 50) == 0; ++i)
            shim_move_clock(static_cast<boost::int64_t>(400) * 10000000);
        std::string last = read_reply(fd);
        CPPUNIT_ASSERT_EQUAL(std::string("421"), last.substr(0, 3));
        CPPUNIT_ASSERT_EQUAL(std::string(), read_reply(fd));
        net_close(fd);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReceiverTest);
