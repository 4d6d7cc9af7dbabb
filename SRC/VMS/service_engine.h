/*
**  service_engine - inside the connection engine: connections, ready queue, pollers, workers
**
**  A Connection is owned by exactly one of: the ready queue, a worker, a poller.  Ownership passes
**  under the engine's or the poller's mutex.  Lock order: engine, then nothing; poller, then
**  nothing.  Neither is held while a session runs or a descriptor is read or written.
**
**  Life: accepted (acceptor thread) -> ready -> worker runs start() -> parked with the hot poller
**  -> after a second of silence with a cold poller -> input -> ready -> worker ... -> closed.
*/
#ifndef MAIL_SERVICE_ENGINE_H
#define MAIL_SERVICE_ENGINE_H

#include "VMS/service.h"
#include "VMS/thread.h"

#include <deque>
#include <map>
#include <poll.h>

namespace mail {

const size_t ENGINE_READ_SIZE = 64 * 1024;    /* one read of a worker */
const size_t ENGINE_PEEK_SIZE = 4 * 1024;     /* one read of a poller */
const size_t ENGINE_GATHER_SIZE = 64 * 1024;  /* answers to pipelined input in one send */
const size_t ENGINE_COLD_SIZE = 512;          /* connections of one cold poller */
const int ENGINE_TICK_MS = 500;               /* a moved clock is seen within this */
const int ENGINE_COOL_MS = 1000;              /* silence that moves a connection to a cold poller */
const boost::uint32_t ENGINE_WORKER_IDLE_MS = 10000; /* a worker without work ends */
const boost::uint32_t ENGINE_WORKERS_KEPT = 2;
const size_t ENGINE_WORKER_STACK = 512 * 1024;
const size_t ENGINE_POLLER_STACK = 128 * 1024;
const unsigned ENGINE_FAIR_STEPS = 64;        /* steps before others that wait get their turn */
const int ENGINE_BACKOFFS = 5;                /* 2, 4, 8, 16, 32 seconds: HP 19.1.3 */
const boost::uint32_t ENGINE_DRAIN_SECONDS = 2;
const size_t ENGINE_DRAIN_BYTES = 256 * 1024;

enum ConnectionEvent {
    EVENT_NEW,      /* no session yet */
    EVENT_INPUT,    /* readable, or input waits in the connection */
    EVENT_UNIT,     /* the poller has read a complete unit into the connection */
    EVENT_OUTPUT,   /* writable again, or a back-off is over */
    EVENT_TIMEOUT,
    EVENT_PEER,     /* closed or broken */
    EVENT_OVERRUN,
    EVENT_STOP
};

struct Connection {
    int fd;
    unsigned char event;     /* ConnectionEvent */
    unsigned char backoff;   /* 0: not blocked, else 1..ENGINE_BACKOFFS */
    bool closing;            /* nothing is read any more, the output goes first */
    bool draining;           /* session gone: reading until the peer has closed */
    bool want_write;         /* parked for writing (too) */
    bool want_read;
    bool tls_wanted;
    bool handshaking;        /* the transport is not ready: no session runs */
    bool timed_out;          /* on_timeout() was called */
    bool counted;            /* among the sessions of the limits */
    unsigned parked_ms;      /* low bits of net_milliseconds() when parked */
    VmsTime deadline;        /* for the next unit of input, the back-off, the handshake ... */
    VmsTime hold;            /* the output is not sent before; 0: nothing is held */
    Session *session;        /* 0 before the handshake of a TLS listener's connection */
    Transport *transport;    /* 0: the plain socket */
    std::string input;       /* bytes read and not consumed; empty for an idle connection */
    std::string output;      /* answers; the first `sent` bytes have left */
    size_t sent;
    size_t drained;
    ServiceClient client;
    Connection *previous, *next; /* all connections of the engine */

    Connection(int descriptor);
    ~Connection();
    int read_some(char *buffer, size_t size);
    int write_some(const char *data, size_t size);
    size_t pending() const { return output.size() - sent; }
    /* Sends what it can of `output`. False: broken. *progress: at least one byte went. */
    bool send_pending(bool *progress);

private:
    Connection(const Connection &);
    Connection &operator=(const Connection &);
};

/* A worker's reading buffer: bytes between begin and end; room for a whole read behind them. */
class ReadBuffer {
public:
    explicit ReadBuffer(size_t bound);
    ~ReadBuffer() { delete[] bytes_; }
    void load(std::string *saved);
    void save(std::string *saved);
    const char *data() const { return bytes_ + begin_; }
    size_t size() const { return end_ - begin_; }
    void consume(size_t count) { begin_ += count; }
    void clear() { begin_ = end_ = 0; }
    /* Where the next ENGINE_READ_SIZE bytes go. */
    char *room();
    void added(size_t count) { end_ += count; }

private:
    ReadBuffer(const ReadBuffer &);
    ReadBuffer &operator=(const ReadBuffer &);
    char *bytes_;
    size_t capacity_, begin_, end_;
};

class ServiceEngine;

/* Waits on many connections in one thread. Hot: the lively ones; cold: hundreds that are silent. */
class Poller {
public:
    Poller(ServiceEngine *engine, bool hot);
    ~Poller();
    Status start();
    /* Hands every connection to the ready queue with EVENT_STOP and ends the thread. */
    void stop();
    /* False: the poller is stopping, the connection stays the caller's. */
    bool park(Connection *connection);
    size_t size();

private:
    Poller(const Poller &);
    Poller &operator=(const Poller &);
    static void run_entry(void *self);
    void run();
    bool take_incoming();
    void wake_locked();
    void handle_events(int count);
    bool handle_one(Connection *connection, short revents);
    bool peek(Connection *connection);
    bool drain(Connection *connection);
    void check_deadlines();
    void move_silent();
    void remove_at(size_t index);
    void set_poll(size_t index);

    ServiceEngine *engine_;
    bool hot_;
    Thread thread_;
    Mutex mutex_;
    std::vector<Connection *> incoming_; /* guarded by mutex_ */
    bool sleeping_, stopping_;           /* guarded by mutex_ */
    size_t total_;                       /* guarded by mutex_: incoming and members */
    std::vector<Connection *> members_;  /* the thread's own from here on */
    std::vector<struct pollfd> polls_;   /* polls_[0] is the wake line, then one per member */
    VmsTime earliest_;
    boost::uint64_t next_tick_;
    int wake_reader_, wake_writer_;
};

struct Worker {
    Thread thread;
    ServiceEngine *engine;
    bool finished; /* its routine has returned: to be joined */
};

class ServiceEngine {
public:
    explicit ServiceEngine(const ServiceParameters &parameters);
    ~ServiceEngine();
    Status start();
    Status adopt(int fd, bool tls);
    void wait();
    void stop();
    void drain();
    void finish(boost::uint32_t grace_seconds);
    ServiceCounts counts();

    const ServiceParameters &parameters() const { return parameters_; }

    /* ---- for pollers ---- */
    void push_ready(Connection *connection, ConnectionEvent event);
    void push_ready_many(const std::vector<Connection *> &connections);
    void park_cold(Connection *connection);
    void close_connection(Connection *connection);

private:
    ServiceEngine(const ServiceEngine &);
    ServiceEngine &operator=(const ServiceEngine &);

    /* acceptor (service.cxx) */
    static void accept_entry(void *self);
    void accept_loop();
    void accept_all(size_t listener);
    void admit(int fd, const NetAddress &peer, size_t listener, bool tls);
    void refuse(int fd, const ServiceClient &client, ServiceRefusal why);

    /* workers (service_worker.cxx) */
    static void worker_entry(void *worker);
    void worker_loop();
    bool wait_for_work_locked();
    bool wake_workers_locked();
    void add_worker_locked();
    void join_finished_locked();
    enum Outcome { GO_ON, PARK, LATER, CLOSE };
    void serve(Connection *connection, ReadBuffer *buffer, Output *out);
    Outcome serve_caught(Connection *connection, ReadBuffer *buffer, Output *out);
    bool begin(Connection *connection, Output *out);
    Outcome run_session(Connection *connection, ReadBuffer *buffer, Output *out);
    bool can_step(Connection *connection, ReadBuffer *buffer);
    void run_steps(Connection *connection, ReadBuffer *buffer, Output *out, unsigned *steps,
                   bool *hungry);
    Outcome after_output(Connection *connection, ReadBuffer *buffer, Output *out);
    Outcome read_more(Connection *connection, ReadBuffer *buffer, bool maybe_more);
    void note_wishes(Connection *connection);
    Outcome switch_to_tls(Connection *connection, ReadBuffer *buffer);
    Outcome shake_hands(Connection *connection);
    void begin_handshake(Connection *connection);
    bool others_wait();
    boost::uint32_t busy_reads();
    bool begin_grace();
    bool grace_read(Connection *connection);
    bool blocked_too_long(Connection *connection, bool progress);
    void park(Connection *connection, bool fresh_deadline);
    void end_session(Connection *connection, DisconnectReason reason);
    void retire(Connection *connection, bool unread);
    void uncount(Connection *connection);

    ServiceParameters parameters_;
    Mutex mutex_;
    Condition work_;    /* the ready queue has something, or the workers end */
    Condition changed_; /* stopping, or a connection has gone */
    std::deque<Connection *> ready_;
    Connection *connections_; /* all, doubly linked */
    std::map<NetAddress, boost::uint32_t> per_client_;
    std::vector<Worker *> workers_;
    boost::uint32_t working_, waiting_, in_grace_, numbers_; /* working_: live worker threads */
    bool stopping_, draining_, ending_;
    VmsTime last_session_;
    ServiceCounts counts_;

    Thread acceptor_;
    int wake_reader_, wake_writer_;
    Poller hot_;
    Mutex cold_mutex_;
    std::vector<Poller *> cold_;
    bool finished_;
};

} // namespace mail

#endif
