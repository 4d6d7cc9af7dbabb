/*
**  service - the connection engine: many connections, few threads (DESIGN 5)
**
**  Idle connections are parked on poll(); a complete unit of input (line, DATA chunk, literal) is
**  run by a worker thread through Session::step() in plain synchronous code, which may block on
**  disk, DNS or MAIL.  A worker keeps its session for a short grace while input comes.  Output
**  that would block is kept within a bound and retried with the back-off of HP 19.1.3.
**
**  Protocol sessions hold no socket: bytes in, bytes out.  Deadlines follow vmstime_now().
*/
#ifndef MAIL_VMS_SERVICE_H
#define MAIL_VMS_SERVICE_H

#include "VMS/net.h"
#include "VMS/vmstime.h"

#include <vector>

namespace mail {

/* What a session answers: bytes that the engine sends after the step, gathered into one send. */
class Output {
public:
    Output() : flush_(false) {}
    void write(const char *data, size_t size) { text_.append(data, size); }
    void write(const std::string &text) { text_.append(text); }
    size_t size() const { return text_.size(); }
    /* Send what is there before the next step is run (the next one may take long). */
    void flush() { flush_ = true; }

    /* For those that append by themselves, the engine and the tests. */
    std::string &text() { return text_; }
    bool take_flush()
    {
        bool asked = flush_;
        flush_ = false;
        return asked;
    }

private:
    Output(const Output &);
    Output &operator=(const Output &);
    std::string text_;
    bool flush_;
};

enum DisconnectReason {
    DISCONNECT_PEER,     /* the peer closed or reset */
    DISCONNECT_BLOCKED,  /* output stayed blocked through all back-offs */
    DISCONNECT_TIMEOUT,  /* after on_timeout() */
    DISCONNECT_STOP,     /* the service is stopping */
    DISCONNECT_OVERRUN   /* input without an end: more than input_bound bytes make no unit */
};

/*
**  One connection's protocol.  All calls come from one thread at a time, from different threads
**  over its life.  The object is deleted by the engine after the last call.
*/
class Session {
public:
    virtual ~Session() {}
    /* The greeting. Worker thread. */
    virtual void start(Output *out) = 0;
    /* Is there something step() can work on? Must be quick and must not block (poller thread). */
    virtual bool ready(const char *data, size_t size) = 0;
    /*
    **  Works on the beginning of the data, at least one unit when ready() said so, and returns how
    **  many bytes are consumed; the rest is given again, with more behind it.  0 means: more input.
    */
    virtual size_t step(const char *data, size_t size, Output *out) = 0;
    /* After start(), step(), produce() and on_timeout(): send the output, then close. */
    virtual bool wants_close() const = 0;
    /* Large answers in pieces: while true, produce() is called when the output before has left. */
    virtual bool has_more() const { return false; }
    virtual void produce(Output *) {}
    /*
    **  The answers have left, no complete input waits and no other connection does: a moment for
    **  what the next unit will probably need.  Short: the client's next unit waits for it.
    */
    virtual void pause() {}
    /* Seconds until the next unit of input must be complete; 0: the service's idle_seconds. */
    virtual boost::uint32_t timeout_seconds() const { return 0; }
    /* The time is over: say so; the connection is closed when the output has left. */
    virtual void on_timeout(Output *out) = 0;
    /* The last call unless wants_close() ended it. */
    virtual void on_disconnect(DisconnectReason reason) = 0;
    /*
    **  STLS, STARTTLS: true once, after the answer to it is written.  What the client has already
    **  sent in clear behind it is thrown away.  on_tls(true) comes when the handshake is done and
    **  before the next step(), on_tls(false) when there is no TLS; a failed handshake is a
    **  disconnect.
    */
    virtual bool wants_tls() { return false; }
    virtual void on_tls(bool secured) { (void)secured; }
    /*
    **  Asked once after every step(): the output is held back, and nothing read, until that time
    **  (refused logins that shall all take equally long).  0: it is sent at once.
    */
    virtual VmsTime take_hold() { return 0; }
};

/*
**  What carries the bytes, below the session: a plain socket unless a factory says otherwise.
**  read and write return as net_read_some and net_write_some; they never wait.  Nothing is read or
**  written before handshake() has said 1.
*/
class Transport {
public:
    virtual ~Transport() {}
    /* 1 done, NET_AGAIN (see read_wants_write), NET_FAILED.  Costs a worker about a millisecond. */
    virtual int handshake() = 0;
    virtual int read(char *buffer, size_t size) = 0;
    virtual int write(const char *data, size_t size) = 0;
    /* Bytes already decoded: poll() on the descriptor would not show them. */
    virtual bool pending() const = 0;
    /* A read that said NET_AGAIN needs the descriptor to be writable (handshake). */
    virtual bool read_wants_write() const = 0;
    virtual void shut() = 0;
};
class TransportFactory {
public:
    virtual ~TransportFactory() {}
    /* 0 when it cannot be made; the descriptor stays the engine's. */
    virtual Transport *create(int fd) = 0;
};

struct ServiceClient {
    NetAddress peer, local;
    boost::uint32_t number;   /* counts connections of this service from 1 */
    size_t listener;          /* index of the listener it came by */
    bool secured;             /* TLS from the start; the session begins after the handshake */
    ServiceClient() : number(0), listener(0), secured(false) {}
};

enum ServiceRefusal { REFUSAL_SESSIONS, REFUSAL_PER_CLIENT, REFUSAL_STOPPING, REFUSAL_RESOURCES };

/* Makes sessions and speaks for the service before there is one. Any worker thread. */
class SessionFactory {
public:
    virtual ~SessionFactory() {}
    /* 0: close without a word. */
    virtual Session *create(const ServiceClient &client) = 0;
    /* The text sent to a client over a limit ("421 ..."), complete with CRLF; empty: none. */
    virtual std::string refusal(const ServiceClient &client, ServiceRefusal why) = 0;
    /* Something worth a log line: "blocked", "accept failed" ... and the peer. */
    virtual void log(const std::string &event, const NetAddress &peer) = 0;
};

struct ServiceListener {
    int fd;    /* listening, owned by the service from start() on */
    bool tls;  /* TLS from the first byte */
    ServiceListener() : fd(-1), tls(false) {}
    explicit ServiceListener(int listen_fd) : fd(listen_fd), tls(false) {}
};

struct ServiceParameters {
    std::string name;
    std::vector<ServiceListener> listeners;
    SessionFactory *factory;           /* outlives the service */
    TransportFactory *tls;             /* outlives the service; 0: no TLS */
    boost::uint32_t workers;           /* most threads that run steps (TCPIP$POP_MAXIMUM_THREADS) */
    boost::uint32_t max_sessions;
    boost::uint32_t max_per_client;    /* per client address; 0: no limit */
    boost::uint32_t idle_seconds;      /* a unit of input must be complete in this time */
    boost::uint32_t handshake_seconds; /* a TLS handshake must be complete in this time */
    boost::uint32_t inactivity_seconds;/* no session for so long: the service ends; 0: never */
    size_t output_bound;               /* no further step while more output than this waits */
    size_t input_bound;                /* bytes without a complete unit that end the session */
    boost::uint32_t grace_ms;          /* how long a worker waits for the next input itself */
    boost::uint32_t busy_reads;        /* reads that a lonely worker tries before it waits */
    boost::uint32_t send_buffer;       /* SO_SNDBUF of each connection; 0: the system's */
    ServiceParameters()
        : factory(0), tls(0), workers(64), max_sessions(4000), max_per_client(0),
          idle_seconds(300), handshake_seconds(60), inactivity_seconds(0),
          output_bound(64 * 1024), input_bound(128 * 1024), grace_ms(10), busy_reads(0),
          send_buffer(0)
    {
    }
};

struct ServiceCounts {
    boost::uint32_t sessions;  /* now */
    boost::uint32_t most;      /* at once since the start */
    boost::uint32_t accepted, refused, timeouts;
    boost::uint32_t blocked;   /* "Blocked Socket Count": back-offs begun */
    boost::uint32_t dropped;   /* connections closed because they stayed blocked */
    boost::uint32_t handshakes; /* TLS handshakes that failed or did not end in time */
    boost::uint32_t workers;   /* threads now */
    ServiceCounts()
        : sessions(0), most(0), accepted(0), refused(0), timeouts(0), blocked(0), dropped(0),
          handshakes(0), workers(0)
    {
    }
};

class ServiceEngine;

class Service {
public:
    Service() : engine_(0) {}
    ~Service();
    /* Begins to accept. The parameters are copied. */
    Status start(const ServiceParameters &parameters);
    /*
    **  Takes over a connected descriptor as if it had been accepted (one-connection services).
    **  tls: TLS from the first byte.
    */
    Status adopt(int fd, bool tls = false);
    /* Returns when stop() was called or inactivity_seconds passed without a session. */
    void wait();
    /* Any thread, not from an AST: no more connections; running steps end. */
    void stop();
    /* Any thread: new clients are refused, and wait() returns when the last session has ended. */
    void drain();
    /* Steps get this long to end; then all connections are closed and all threads joined. */
    void finish(boost::uint32_t grace_seconds);
    ServiceCounts counts() const;

private:
    Service(const Service &);
    Service &operator=(const Service &);
    ServiceEngine *engine_;
};

} // namespace mail

#endif
