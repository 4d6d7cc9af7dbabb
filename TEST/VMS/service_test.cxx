/*
**  service_test - the connection engine, with a session that echoes lines
*/
#include "VMS/service.h"
#include "VMS/thread.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace mail;

namespace {

/* What the sessions of one test have seen. */
struct Journal {
    Mutex mutex;
    unsigned timeouts, disconnects[5], alive, steps, running, most_running;
    bool hold; /* the step WAIT waits while it is set */
    Journal() : timeouts(0), alive(0), steps(0), running(0), most_running(0), hold(false)
    {
        memset(disconnects, 0, sizeof disconnects);
    }
    unsigned get(const unsigned &value)
    {
        MutexGuard guard(mutex);
        return value;
    }
};

/*
**  Echoes lines.  QUIT closes; BIG n answers n bytes at once; MORE n answers n bytes in pieces of
**  1000; WAIT waits for the journal; DIE throws; TOGETHER asks for a flush before the next step.
*/
class EchoSession : public Session {
public:
    explicit EchoSession(Journal *journal) : journal_(journal), closing_(false), more_(0)
    {
        MutexGuard guard(journal_->mutex);
        ++journal_->alive;
    }
    ~EchoSession()
    {
        MutexGuard guard(journal_->mutex);
        --journal_->alive;
    }
    void start(Output *out) { out->write("HELLO\r\n"); }
    bool ready(const char *data, size_t size) { return memchr(data, '\n', size) != 0; }
    size_t step(const char *data, size_t size, Output *out)
    {
        const char *end = static_cast<const char *>(memchr(data, '\n', size));
        if (!end)
            return 0;
        std::string line(data, static_cast<size_t>(end - data));
        {
            MutexGuard guard(journal_->mutex);
            ++journal_->steps;
            if (++journal_->running > journal_->most_running)
                journal_->most_running = journal_->running;
        }
        obey(line, out);
        MutexGuard guard(journal_->mutex);
        --journal_->running;
        return line.size() + 1;
    }
    bool wants_close() const { return closing_; }
    bool has_more() const { return more_ > 0; }
    void produce(Output *out)
    {
        size_t part = more_ < 1000 ? more_ : 1000;
        out->write(std::string(part, 'm'));
        more_ -= part;
    }
    void on_timeout(Output *out)
    {
        out->write("TIMEOUT\r\n");
        MutexGuard guard(journal_->mutex);
        ++journal_->timeouts;
    }
    void on_disconnect(DisconnectReason reason)
    {
        MutexGuard guard(journal_->mutex);
        ++journal_->disconnects[reason];
    }

private:
    void obey(const std::string &line, Output *out)
    {
        if (line == "QUIT") {
            closing_ = true;
            out->write("BYE\r\n");
        } else if (line.compare(0, 4, "BIG ") == 0) {
            out->write(std::string(static_cast<size_t>(atol(line.c_str() + 4)), 'b'));
        } else if (line.compare(0, 5, "MORE ") == 0) {
            more_ = static_cast<size_t>(atol(line.c_str() + 5));
        } else if (line == "WAIT") {
            while (held())
                usleep(1000);
            out->write("WAITED\r\n");
        } else if (line == "DIE") {
            throw std::string("session failed");
        } else {
            out->write(line + "\n");
        }
    }
    bool held()
    {
        MutexGuard guard(journal_->mutex);
        return journal_->hold;
    }
    Journal *journal_;
    bool closing_;
    size_t more_;
};

class EchoFactory : public SessionFactory {
public:
    Journal journal;
    Mutex mutex;
    std::string logged;
    Session *create(const ServiceClient &) { return new EchoSession(&journal); }
    std::string refusal(const ServiceClient &, ServiceRefusal why)
    {
        static const char *const text_table[] = {"FULL\r\n", "TOO MANY\r\n", "STOPPING\r\n",
                                                 "NO MEMORY\r\n"};
        return text_table[why];
    }
    void log(const std::string &event, const NetAddress &)
    {
        MutexGuard guard(mutex);
        logged += event + "\n";
    }
};

} // namespace

class ServiceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServiceTest);
    CPPUNIT_TEST(test_greets_echoes_and_closes);
    CPPUNIT_TEST(test_one_byte_at_a_time_gives_the_same_answer);
    CPPUNIT_TEST(test_pipelined_input_is_answered_in_order);
    CPPUNIT_TEST(test_input_behind_quit_does_not_lose_the_last_words);
    CPPUNIT_TEST(test_many_clients_at_once);
    CPPUNIT_TEST(test_thousand_idle_sessions_and_a_new_one);
    CPPUNIT_TEST(test_session_limit_refuses_with_a_text);
    CPPUNIT_TEST(test_client_limit_counts_one_address);
    CPPUNIT_TEST(test_moved_clock_times_a_silent_client_out);
    CPPUNIT_TEST(test_incomplete_line_does_not_put_the_timeout_off);
    CPPUNIT_TEST(test_client_that_never_reads_costs_no_thread_and_is_dropped);
    CPPUNIT_TEST(test_slow_reader_gets_all);
    CPPUNIT_TEST(test_large_answer_is_made_in_pieces);
    CPPUNIT_TEST(test_line_without_end_closes_the_session);
    CPPUNIT_TEST(test_exception_ends_one_session_only);
    CPPUNIT_TEST(test_blocking_steps_run_in_parallel);
    CPPUNIT_TEST(test_one_worker_serves_all);
    CPPUNIT_TEST(test_half_closed_client_gets_its_answers);
    CPPUNIT_TEST(test_stop_tells_parked_sessions);
    CPPUNIT_TEST(test_inactivity_ends_the_service);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;
    std::auto_ptr<EchoFactory> factory_;
    std::auto_ptr<Service> service_;
    ServiceParameters parameters_;
    NetAddress address_;
    std::vector<int> clients_;

public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        factory_.reset(new EchoFactory);
        service_.reset(new Service);
        parameters_ = ServiceParameters();
        parameters_.name = "ECHO";
        parameters_.factory = factory_.get();
    }
    void tearDown()
    {
        for (size_t i = 0; i < clients_.size(); ++i)
            net_close(clients_[i]);
        clients_.clear();
        service_.reset();
        CPPUNIT_ASSERT_EQUAL(0u, factory_->journal.alive);
        factory_.reset();
        root_.reset();
    }

    void start()
    {
        int listener = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address_));
        CPPUNIT_ASSERT(net_listen(address_, 1024, &listener).ok());
        CPPUNIT_ASSERT(net_local(listener, &address_).ok());
        parameters_.listeners.push_back(ServiceListener(listener));
        CPPUNIT_ASSERT(service_->start(parameters_).ok());
    }
    int dial()
    {
        int fd = -1;
        CPPUNIT_ASSERT(net_connect(address_, 0, 5000, &fd).ok());
        clients_.push_back(fd);
        return fd;
    }
    int dial_greeted()
    {
        int fd = dial();
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\n"), receive(fd, 7));
        return fd;
    }
    void send(int fd, const std::string &text)
    {
        CPPUNIT_ASSERT(net_write(fd, text.data(), text.size(), 10000).ok());
    }
    /* That many bytes, or what came until the end or 10 seconds. */
    std::string receive(int fd, size_t size)
    {
        std::string text;
        char buffer[65536];
        while (text.size() < size) {
            size_t count = 0, want = size - text.size();
            if (want > sizeof buffer)
                want = sizeof buffer;
            if (!net_read(fd, buffer, want, 10000, &count).ok() || count == 0)
                break;
            text.append(buffer, count);
        }
        return text;
    }
    std::string receive_all(int fd) { return receive(fd, 100 * 1024 * 1024); }
    bool wait_until(const unsigned &value, unsigned wanted)
    {
        for (int i = 0; i < 5000; ++i) {
            if (factory_->journal.get(value) == wanted)
                return true;
            usleep(1000);
        }
        return false;
    }
    bool wait_sessions(boost::uint32_t wanted)
    {
        for (int i = 0; i < 5000; ++i) {
            if (service_->counts().sessions == wanted)
                return true;
            usleep(1000);
        }
        return false;
    }

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

    void test_input_behind_quit_does_not_lose_the_last_words()
    {
        start();
        for (int i = 0; i < 20; ++i) {
            int fd = dial_greeted();
            send(fd, "QUIT\nand more\n" + std::string(5000, 'x'));
            CPPUNIT_ASSERT_EQUAL(std::string("BYE\r\n"), receive_all(fd));
        }
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

    void test_moved_clock_times_a_silent_client_out()
    {
        start();
        int fd = dial_greeted();
        usleep(20000);
        ScratchRoot::move_clock(290);
        usleep(600000);
        send(fd, "still here\n");
        CPPUNIT_ASSERT_EQUAL(std::string("still here\n"), receive(fd, 11));
        usleep(20000);
        ScratchRoot::move_clock(301);
        CPPUNIT_ASSERT_EQUAL(std::string("TIMEOUT\r\n"), receive_all(fd));
        CPPUNIT_ASSERT(wait_until(factory_->journal.disconnects[DISCONNECT_TIMEOUT], 1));
        CPPUNIT_ASSERT_EQUAL(1u, service_->counts().timeouts);
    }

    void test_incomplete_line_does_not_put_the_timeout_off()
    {
        start();
        int fd = dial_greeted();
        usleep(20000);
        for (int i = 0; i < 3; ++i) {
            send(fd, "x");
            usleep(20000);
            ScratchRoot::move_clock(101);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("TIMEOUT\r\n"), receive_all(fd));
    }

    void test_client_that_never_reads_costs_no_thread_and_is_dropped()
    {
        parameters_.workers = 1;
        start();
        int deaf = dial_greeted(), other = dial_greeted();
        send(deaf, "BIG 20000000\n");
        /* what the kernel's buffers still take counts as progress and begins anew: at least five */
        int backoffs = 0;
        while (service_->counts().dropped == 0 && backoffs < 15) {
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

    void test_half_closed_client_gets_its_answers()
    {
        start();
        int fd = dial_greeted();
        send(fd, "a\nb\nc");
        shutdown(fd, 1);
        CPPUNIT_ASSERT_EQUAL(std::string("a\nb\n"), receive_all(fd));
        CPPUNIT_ASSERT(wait_until(factory_->journal.disconnects[DISCONNECT_PEER], 1));
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
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceTest);
