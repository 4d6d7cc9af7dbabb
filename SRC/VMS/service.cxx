/*
**  service - the engine's start and end, accepting, limits
*/
#include "service_engine.h"

namespace mail {

static const size_t ACCEPT_BATCH = 64; /* per return of poll(): listeners share fairly */
static const int ACCEPT_PAUSE_MS = 100; /* after a failure such as no more descriptors */

ServiceEngine::ServiceEngine(const ServiceParameters &parameters)
    : parameters_(parameters), connections_(0), working_(0), waiting_(0), in_grace_(0),
      numbers_(0), stopping_(false), draining_(false), ending_(false), last_session_(0),
      wake_reader_(-1), wake_writer_(-1), hot_(this, true), finished_(false)
{
}

ServiceEngine::~ServiceEngine()
{
    finish(0);
    net_close(wake_reader_);
    net_close(wake_writer_);
    for (size_t i = 0; i < cold_.size(); ++i)
        delete cold_[i];
    while (connections_) /* only when no worker thread could be started */
        close_connection(connections_);
}

Status ServiceEngine::start()
{
    if (!parameters_.factory || !parameters_.workers || !parameters_.idle_seconds)
        return Status::bad_parameter();
    for (size_t i = 0; i < parameters_.listeners.size(); ++i)
        if (parameters_.listeners[i].tls && !parameters_.tls)
            return Status::bad_parameter();
    last_session_ = vmstime_now();
    Status status = net_socket_pair(&wake_reader_, &wake_writer_);
    if (status.ok())
        status = hot_.start();
    if (status.ok() && !parameters_.listeners.empty())
        status = acceptor_.start(accept_entry, this, ENGINE_POLLER_STACK);
    return status;
}

Status ServiceEngine::adopt(int fd, bool tls)
{
    NetAddress peer;
    Status status = net_set_blocking(fd, false);
    if (status.ok())
        status = net_peer(fd, &peer);
    if (status.ok())
        admit(fd, peer, 0, tls);
    return status;
}

void ServiceEngine::wait()
{
    MutexGuard guard(mutex_);
    while (!stopping_) {
        changed_.wait_for(mutex_, ENGINE_TICK_MS);
        if (draining_ && !counts_.sessions)
            stopping_ = true;
        if (!parameters_.inactivity_seconds || counts_.sessions)
            continue;
        VmsTime limit = last_session_ + static_cast<VmsTime>(parameters_.inactivity_seconds) *
                                            VMSTIME_UNITS_PER_SECOND;
        if (vmstime_now() >= limit)
            stopping_ = true;
    }
}

void ServiceEngine::stop()
{
    MutexGuard guard(mutex_);
    stopping_ = true;
    changed_.broadcast();
}

void ServiceEngine::drain()
{
    MutexGuard guard(mutex_);
    draining_ = true;
    changed_.broadcast();
}

void ServiceEngine::finish(boost::uint32_t grace_seconds)
{
    if (finished_)
        return;
    finished_ = true;
    stop();
    net_write_some(wake_writer_, "w", 1);
    acceptor_.join();
    for (size_t i = 0; i < parameters_.listeners.size(); ++i)
        net_close(parameters_.listeners[i].fd);
    hot_.stop(); /* first: it feeds the cold ones */
    for (size_t i = 0; i < cold_.size(); ++i)
        cold_[i]->stop();
    boost::uint64_t end = net_milliseconds() + static_cast<boost::uint64_t>(grace_seconds) * 1000;
    std::vector<Worker *> workers;
    {
        MutexGuard guard(mutex_);
        while (connections_ && net_milliseconds() < end)
            changed_.wait_for(mutex_, ENGINE_TICK_MS);
        ending_ = true;
        if (!ready_.empty() && working_ == 0)
            add_worker_locked();
        work_.broadcast();
        workers.swap(workers_);
    }
    while (!workers.empty()) { /* the last ones may have started others */
        for (size_t i = 0; i < workers.size(); ++i)
            delete workers[i]; /* joins */
        workers.clear();
        MutexGuard guard(mutex_);
        workers.swap(workers_);
    }
}

ServiceCounts ServiceEngine::counts()
{
    MutexGuard guard(mutex_);
    ServiceCounts result = counts_;
    result.workers = working_;
    return result;
}

/* ---- accepting ---- */

void ServiceEngine::accept_entry(void *self)
{
    static_cast<ServiceEngine *>(self)->accept_loop();
}

void ServiceEngine::accept_loop()
{
    std::vector<struct pollfd> polls(parameters_.listeners.size() + 1);
    polls[0].fd = wake_reader_;
    polls[0].events = POLLIN;
    for (size_t i = 0; i < parameters_.listeners.size(); ++i) {
        polls[i + 1].fd = parameters_.listeners[i].fd;
        polls[i + 1].events = POLLIN;
    }
    for (;;) {
        int count = poll(&polls[0], polls.size(), -1);
        {
            MutexGuard guard(mutex_);
            if (stopping_)
                return;
        }
        for (size_t i = 1; i < polls.size() && count > 0; ++i)
            if (polls[i].revents)
                accept_all(i - 1);
    }
}

void ServiceEngine::accept_all(size_t listener)
{
    for (size_t i = 0; i < ACCEPT_BATCH; ++i) {
        int fd = -1;
        NetAddress peer;
        Status status = net_accept(parameters_.listeners[listener].fd, &fd, &peer);
        if (status.ok()) {
            admit(fd, peer, listener, parameters_.listeners[listener].tls);
            continue;
        }
        if (status.timed_out())
            return;
        parameters_.factory->log("accept failed: " + status.text(), NetAddress());
        net_wait_readable(wake_reader_, ACCEPT_PAUSE_MS);
        return;
    }
}

void ServiceEngine::admit(int fd, const NetAddress &peer, size_t listener, bool tls)
{
    ServiceClient client;
    client.peer = peer;
    client.listener = listener;
    client.secured = tls;
    net_local(fd, &client.local);
    net_set_no_delay(fd);
    net_set_keep_alive(fd);
    if (parameters_.send_buffer)
        net_set_send_buffer(fd, parameters_.send_buffer);
    Connection *connection = new Connection(fd);
    bool over_total = false, over_client = false, stopping = false;
    {
        MutexGuard guard(mutex_);
        client.number = ++numbers_;
        connection->client = client;
        stopping = stopping_ || draining_;
        over_total = counts_.sessions >= parameters_.max_sessions;
        if (parameters_.max_per_client && !over_total && !stopping) {
            boost::uint32_t &clients = per_client_[peer];
            over_client = clients >= parameters_.max_per_client;
            clients += over_client ? 0 : 1;
        }
        if (over_total || over_client || stopping) {
            ++counts_.refused;
        } else {
            connection->counted = true;
            ++counts_.accepted;
            if (++counts_.sessions > counts_.most)
                counts_.most = counts_.sessions;
            connection->next = connections_;
            if (connections_)
                connections_->previous = connection;
            connections_ = connection;
        }
    }
    if (!connection->counted) {
        refuse(fd, client, stopping ? REFUSAL_STOPPING
                           : over_total ? REFUSAL_SESSIONS : REFUSAL_PER_CLIENT);
        delete connection;
        return;
    }
    if (client.secured)
        begin_handshake(connection);
    if (client.secured && !connection->transport)
        close_connection(connection);
    else
        push_ready(connection, EVENT_NEW);
}

/* A client in clear is told why; one that expects TLS could not read it. */
void ServiceEngine::refuse(int fd, const ServiceClient &client, ServiceRefusal why)
{
    if (client.secured)
        return;
    std::string text = parameters_.factory->refusal(client, why);
    if (!text.empty())
        net_write_some(fd, text.data(), text.size());
}

/* A new cold poller when the others are full; the hot poller's thread is the only caller. */
void ServiceEngine::park_cold(Connection *connection)
{
    Poller *chosen = 0;
    for (size_t i = 0; i < cold_.size() && !chosen; ++i)
        if (cold_[i]->size() < ENGINE_COLD_SIZE)
            chosen = cold_[i];
    if (!chosen) {
        Poller *fresh = new Poller(this, false);
        if (fresh->start().ok()) {
            cold_.push_back(fresh);
            chosen = fresh;
        } else {
            delete fresh;
            chosen = &hot_;
        }
    }
    if (!chosen->park(connection))
        push_ready(connection, EVENT_STOP);
}

/* ---- the public face ---- */

Service::~Service()
{
    delete engine_;
}

Status Service::start(const ServiceParameters &parameters)
{
    if (engine_)
        return Status::bad_parameter();
    engine_ = new ServiceEngine(parameters);
    Status status = engine_->start();
    if (!status.ok()) {
        delete engine_;
        engine_ = 0;
    }
    return status;
}

Status Service::adopt(int fd, bool tls)
{
    return engine_ ? engine_->adopt(fd, tls) : Status::bad_parameter();
}

void Service::wait()
{
    if (engine_)
        engine_->wait();
}

void Service::stop()
{
    if (engine_)
        engine_->stop();
}

void Service::drain()
{
    if (engine_)
        engine_->drain();
}

void Service::finish(boost::uint32_t grace_seconds)
{
    if (engine_)
        engine_->finish(grace_seconds);
}

ServiceCounts Service::counts() const
{
    return engine_ ? engine_->counts() : ServiceCounts();
}

} // namespace mail
