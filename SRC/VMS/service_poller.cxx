/*
**  service_poller - parked connections: input, room for output, deadlines
**
**  poll() costs its whole set on every return, so the lively connections are kept apart from the
**  silent ones: traffic of the first never scans the second.  A silent connection that speaks costs
**  one scan of its cold set (512) and is lively again.
**
**  A poller reads small input itself and asks Session::ready(): a client that sends one byte a
**  second never reaches a worker before its line is complete.
*/
#include "service_engine.h"

namespace mail {

static const VmsTime NEVER = ~static_cast<VmsTime>(0);

Poller::Poller(ServiceEngine *engine, bool hot)
    : engine_(engine), hot_(hot), sleeping_(false), stopping_(false), total_(0), earliest_(NEVER),
      next_tick_(0), wake_reader_(-1), wake_writer_(-1)
{
}

Poller::~Poller()
{
    stop();
    net_close(wake_reader_);
    net_close(wake_writer_);
}

Status Poller::start()
{
    Status status = net_socket_pair(&wake_reader_, &wake_writer_);
    if (!status.ok())
        return status;
    struct pollfd wake;
    wake.fd = wake_reader_;
    wake.events = POLLIN;
    wake.revents = 0;
    polls_.push_back(wake);
    return thread_.start(run_entry, this, ENGINE_POLLER_STACK);
}

void Poller::stop()
{
    if (!thread_.started())
        return;
    mutex_.lock();
    stopping_ = true;
    wake_locked();
    mutex_.unlock();
    thread_.join();
}

/* One byte is enough however many connections come; none while the thread is awake anyway. */
void Poller::wake_locked()
{
    if (!sleeping_)
        return;
    sleeping_ = false;
    net_write_some(wake_writer_, "w", 1);
}

bool Poller::park(Connection *connection)
{
    connection->parked_ms = static_cast<unsigned>(net_milliseconds());
    MutexGuard guard(mutex_);
    if (stopping_)
        return false;
    incoming_.push_back(connection);
    ++total_;
    wake_locked();
    return true;
}

size_t Poller::size()
{
    MutexGuard guard(mutex_);
    return total_;
}

void Poller::run_entry(void *self)
{
    static_cast<Poller *>(self)->run();
}

/* False: the poller is to end. Marks the thread as sleeping. */
bool Poller::take_incoming()
{
    MutexGuard guard(mutex_);
    for (size_t i = 0; i < incoming_.size(); ++i) {
        members_.push_back(incoming_[i]);
        struct pollfd empty;
        empty.revents = 0;
        polls_.push_back(empty);
        set_poll(members_.size() - 1);
        if (incoming_[i]->deadline < earliest_)
            earliest_ = incoming_[i]->deadline;
    }
    incoming_.clear();
    sleeping_ = !stopping_;
    return !stopping_;
}

void Poller::set_poll(size_t index)
{
    const Connection *connection = members_[index];
    struct pollfd *entry = &polls_[index + 1];
    entry->fd = connection->fd;
    entry->events = static_cast<short>((connection->want_read ? POLLIN : 0) |
                                       (connection->want_write ? POLLOUT : 0));
}

void Poller::remove_at(size_t index)
{
    members_[index] = members_.back();
    members_.pop_back();
    polls_[index + 1] = polls_.back();
    polls_.pop_back();
    MutexGuard guard(mutex_);
    --total_;
}

void Poller::run()
{
    next_tick_ = net_milliseconds() + ENGINE_TICK_MS;
    while (take_incoming()) {
        int timeout = members_.empty() ? -1 : ENGINE_TICK_MS;
        int count = poll(&polls_[0], polls_.size(), timeout);
        {
            MutexGuard guard(mutex_);
            sleeping_ = false;
        }
        if (count > 0)
            handle_events(count);
        boost::uint64_t now = net_milliseconds();
        if (now >= next_tick_) {
            next_tick_ = now + ENGINE_TICK_MS;
            check_deadlines();
            if (hot_)
                move_silent();
        }
    }
    while (!members_.empty()) {
        Connection *connection = members_.back();
        remove_at(members_.size() - 1);
        engine_->push_ready(connection, EVENT_STOP);
    }
}

void Poller::handle_events(int count)
{
    if (polls_[0].revents) {
        char bytes[64];
        while (net_read_some(wake_reader_, bytes, sizeof bytes) == static_cast<int>(sizeof bytes))
            continue;
        polls_[0].revents = 0;
        --count;
    }
    /* backwards: remove_at() moves the last one, already seen, into the gap */
    std::vector<Connection *> ready;
    for (size_t i = members_.size(); i > 0 && count > 0; --i) {
        short revents = polls_[i].revents;
        if (!revents)
            continue;
        --count;
        polls_[i].revents = 0;
        Connection *connection = members_[i - 1];
        if (!handle_one(connection, revents))
            continue;
        remove_at(i - 1);
        ready.push_back(connection);
    }
    engine_->push_ready_many(ready);
}

/* True: the connection goes to the workers, connection->event says why. */
bool Poller::handle_one(Connection *connection, short revents)
{
    if (connection->draining)
        return drain(connection);
    if (connection->want_write && (revents & (POLLOUT | POLLERR | POLLHUP))) {
        connection->event = EVENT_OUTPUT;
        return true;
    }
    if (!connection->want_read) {
        connection->event = EVENT_PEER; /* an error on a connection that only writes */
        return true;
    }
    if (connection->transport) {
        connection->event = EVENT_INPUT; /* decryption is work */
        return true;
    }
    return peek(connection);
}

bool Poller::peek(Connection *connection)
{
    char bytes[ENGINE_PEEK_SIZE];
    int count = connection->read_some(bytes, sizeof bytes);
    if (count == NET_AGAIN)
        return false;
    if (count <= 0) {
        connection->event = EVENT_PEER;
        return true;
    }
    connection->input.append(bytes, static_cast<size_t>(count));
    const std::string &input = connection->input;
    if (connection->session->ready(input.data(), input.size())) {
        connection->event = EVENT_UNIT;
        return true;
    }
    if (input.size() > engine_->parameters().input_bound) {
        connection->event = EVENT_OVERRUN;
        return true;
    }
    return false;
}

/* The last words have been sent; closing now would reset the line and lose them. */
bool Poller::drain(Connection *connection)
{
    char bytes[ENGINE_PEEK_SIZE];
    int count = connection->read_some(bytes, sizeof bytes);
    if (count == NET_AGAIN)
        return false;
    if (count > 0) {
        connection->drained += static_cast<size_t>(count);
        if (connection->drained < ENGINE_DRAIN_BYTES)
            return false;
    }
    connection->event = EVENT_PEER;
    return true;
}

void Poller::check_deadlines()
{
    VmsTime now = vmstime_now();
    if (now < earliest_)
        return;
    std::vector<Connection *> ready;
    earliest_ = NEVER;
    for (size_t i = members_.size(); i > 0; --i) {
        Connection *connection = members_[i - 1];
        if (connection->deadline > now) {
            if (connection->deadline < earliest_)
                earliest_ = connection->deadline;
            continue;
        }
        connection->event = static_cast<unsigned char>(
            connection->draining                        ? EVENT_PEER
            : connection->backoff || connection->hold ? EVENT_OUTPUT
                                                      : EVENT_TIMEOUT);
        remove_at(i - 1);
        ready.push_back(connection);
    }
    engine_->push_ready_many(ready);
}

void Poller::move_silent()
{
    unsigned now = static_cast<unsigned>(net_milliseconds());
    for (size_t i = members_.size(); i > 0; --i) {
        Connection *connection = members_[i - 1];
        if (now - connection->parked_ms < static_cast<unsigned>(ENGINE_COOL_MS))
            continue;
        remove_at(i - 1);
        engine_->park_cold(connection);
    }
}

} // namespace mail
