/*
**  service_fixture - a service of line echoing sessions, and clients for it
*/
#ifndef TEST_SERVICE_FIXTURE_H
#define TEST_SERVICE_FIXTURE_H

#include "VMS/service.h"
#include "VMS/thread.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace mail;

/* What the sessions of one test have seen. */
struct Journal {
    Mutex mutex;
    unsigned timeouts, disconnects[5], alive, steps, pauses, running, most_running;
    bool hold; /* the step WAIT waits while it is set */
    Journal() : timeouts(0), alive(0), steps(0), pauses(0), running(0), most_running(0), hold(false)
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
**  1000; WAIT waits for the journal; DIE throws; TOGETHER asks for a flush before the next step;
**  STLS asks for TLS and TLS tells what on_tls() said; HOLD n holds the answer for n seconds.
*/
class EchoSession : public Session {
public:
    explicit EchoSession(Journal *journal)
        : journal_(journal), closing_(false), wants_tls_(false), tls_("never"), hold_(0), more_(0)
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
    bool wants_tls()
    {
        bool wanted = wants_tls_;
        wants_tls_ = false;
        return wanted;
    }
    void on_tls(bool secured) { tls_ = secured ? "yes" : "no"; }
    VmsTime take_hold()
    {
        VmsTime taken = hold_;
        hold_ = 0;
        return taken;
    }
    void produce(Output *out)
    {
        size_t part = more_ < 1000 ? more_ : 1000;
        out->write(std::string(part, 'm'));
        more_ -= part;
    }
    void pause()
    {
        MutexGuard guard(journal_->mutex);
        ++journal_->pauses;
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
        } else if (line == "STLS") {
            wants_tls_ = true;
            out->write("BEGIN\r\n");
        } else if (line == "TLS") {
            out->write(std::string("TLS ") + tls_ + "\r\n");
        } else if (line.compare(0, 5, "HOLD ") == 0) {
            hold_ = vmstime_after(static_cast<boost::uint32_t>(atol(line.c_str() + 5)));
            out->write("HELD\r\n");
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
    bool closing_, wants_tls_;
    const char *tls_;
    VmsTime hold_;
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

class ServiceFixture : public CppUnit::TestFixture {
protected:
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

    void start(bool tls = false)
    {
        int listener = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address_));
        CPPUNIT_ASSERT(net_listen(address_, 1024, &listener).ok());
        CPPUNIT_ASSERT(net_local(listener, &address_).ok());
        parameters_.listeners.push_back(ServiceListener(listener));
        parameters_.listeners[0].tls = tls;
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

};

#endif
