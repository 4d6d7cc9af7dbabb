/*
**  service_worker - threads that run the sessions
**
**  A worker takes a connection from the ready queue and keeps it while there is work: steps on
**  complete input, answers gathered into one send, then a short wait for more on that descriptor
**  alone (a client that answers at once never pays for the poller).  The wait is refused when
**  others are in line, and to the last eighth of the workers, so that a newcomer always finds
**  one.  While no other worker has anything to do, the wait begins with a few reads: falling asleep
**  and being woken takes longer than many a client needs for its next command.
*/
#include "service_engine.h"

#include <sys/socket.h>

namespace mail {

/* ---- the threads ---- */

void ServiceEngine::worker_entry(void *argument)
{
    Worker *worker = static_cast<Worker *>(argument);
    try {
        worker->engine->worker_loop();
    } catch (...) {
        /* no memory for its buffer: the others go on */
    }
    MutexGuard guard(worker->engine->mutex_);
    --worker->engine->working_;
    worker->finished = true;
}

/* False: this worker is to end. */
bool ServiceEngine::wait_for_work_locked()
{
    while (ready_.empty()) {
        if (ending_)
            return false;
        ++waiting_;
        bool signalled = work_.wait_for(mutex_, ENGINE_WORKER_IDLE_MS);
        --waiting_;
        if (!signalled && ready_.empty() && working_ > ENGINE_WORKERS_KEPT)
            return false;
    }
    return true;
}

void ServiceEngine::worker_loop()
{
    ReadBuffer buffer(parameters_.input_bound);
    Output out;
    for (;;) {
        Connection *connection;
        {
            MutexGuard guard(mutex_);
            if (!wait_for_work_locked())
                return;
            connection = ready_.front();
            ready_.pop_front();
        }
        serve(connection, &buffer, &out);
    }
}

/* Something came into the ready queue. True: a worker that waits is to be signalled after this. */
bool ServiceEngine::wake_workers_locked()
{
    if (ready_.size() > waiting_ && working_ < parameters_.workers)
        add_worker_locked();
    return waiting_ > 0;
}

void ServiceEngine::add_worker_locked()
{
    join_finished_locked();
    Worker *worker = new Worker;
    worker->engine = this;
    worker->finished = false;
    ++working_;
    if (worker->thread.start(worker_entry, worker, ENGINE_WORKER_STACK).ok()) {
        workers_.push_back(worker);
        return;
    }
    --working_; /* those that exist go on with it */
    delete worker;
}

void ServiceEngine::join_finished_locked()
{
    for (size_t i = workers_.size(); i > 0; --i) {
        if (!workers_[i - 1]->finished)
            continue;
        delete workers_[i - 1]; /* joins: it has nothing left to do */
        workers_[i - 1] = workers_.back();
        workers_.pop_back();
    }
}

void ServiceEngine::push_ready(Connection *connection, ConnectionEvent event)
{
    bool signal;
    connection->event = static_cast<unsigned char>(event);
    {
        MutexGuard guard(mutex_);
        ready_.push_back(connection);
        signal = wake_workers_locked();
    }
    if (signal)
        work_.signal();
}

void ServiceEngine::push_ready_many(const std::vector<Connection *> &connections)
{
    size_t signals = 0;
    {
        MutexGuard guard(mutex_);
        for (size_t i = 0; i < connections.size(); ++i) {
            ready_.push_back(connections[i]);
            signals += wake_workers_locked() ? 1 : 0;
        }
    }
    for (; signals > 0; --signals)
        work_.signal();
}

/* ---- one connection ---- */

void ServiceEngine::serve(Connection *connection, ReadBuffer *buffer, Output *out)
{
    bool fresh = connection->event == EVENT_NEW || connection->event == EVENT_OUTPUT;
    buffer->load(&connection->input);
    out->text().clear();
    out->take_flush();
    Outcome outcome = serve_caught(connection, buffer, out);
    bool unread = buffer->size() > 0;
    if (outcome == LATER || outcome == PARK)
        buffer->save(&connection->input);
    if (outcome == LATER)
        push_ready(connection, EVENT_INPUT);
    else if (outcome == PARK)
        park(connection, fresh);
    else
        retire(connection, unread);
    if (out->text().capacity() > 2 * ENGINE_GATHER_SIZE)
        std::string().swap(out->text());
}

/* The barrier: an exception costs one session, not the service. */
ServiceEngine::Outcome ServiceEngine::serve_caught(Connection *connection, ReadBuffer *buffer,
                                                   Output *out)
{
    const char *what = "unknown";
    try {
        if (connection->handshaking) {
            Outcome shaken = shake_hands(connection);
            if (shaken != GO_ON)
                return shaken;
        }
        return begin(connection, out) ? run_session(connection, buffer, out) : CLOSE;
    } catch (const std::exception &error) {
        what = error.what();
        parameters_.factory->log(std::string("exception ") + what, connection->client.peer);
    } catch (...) {
        parameters_.factory->log("exception", connection->client.peer);
    }
    connection->output.clear();
    connection->sent = 0;
    delete connection->session;
    connection->session = 0;
    return CLOSE;
}

/* What brought the connection here. False: it is over. */
bool ServiceEngine::begin(Connection *connection, Output *out)
{
    switch (connection->event) {
    case EVENT_NEW:
        connection->session = parameters_.factory->create(connection->client);
        if (!connection->session)
            return false;
        connection->session->start(out);
        note_wishes(connection);
        return true;
    case EVENT_TIMEOUT:
        {
            MutexGuard guard(mutex_);
            ++counts_.timeouts;
        }
        connection->timed_out = true;
        connection->closing = true;
        connection->session->on_timeout(out);
        return true;
    case EVENT_PEER:
        end_session(connection, DISCONNECT_PEER);
        return false;
    case EVENT_OVERRUN:
        end_session(connection, DISCONNECT_OVERRUN);
        return false;
    case EVENT_STOP:
        if (connection->session && connection->output.empty()) {
            bool progress;
            connection->output =
                parameters_.factory->refusal(connection->client, REFUSAL_STOPPING);
            connection->send_pending(&progress);
        }
        end_session(connection, DISCONNECT_STOP);
        return false;
    default:
        return true;
    }
}

void ServiceEngine::note_wishes(Connection *connection)
{
    if (connection->session->wants_close())
        connection->closing = true;
    if (connection->session->wants_tls())
        connection->tls_wanted = true;
    VmsTime hold = connection->session->take_hold();
    if (hold > connection->hold)
        connection->hold = hold;
}

bool ServiceEngine::can_step(Connection *connection, ReadBuffer *buffer)
{
    return !connection->closing && !connection->tls_wanted && !connection->hold &&
           buffer->size() > 0 &&
           connection->pending() <= parameters_.output_bound &&
           !connection->session->has_more() &&
           connection->session->ready(buffer->data(), buffer->size());
}

/*
**  Steps while complete input waits and the answers still fit one send.  *hungry: the last step
**  wanted more input than there is.
*/
void ServiceEngine::run_steps(Connection *connection, ReadBuffer *buffer, Output *out,
                              unsigned *steps, bool *hungry)
{
    *hungry = false;
    while (out->size() < ENGINE_GATHER_SIZE && can_step(connection, buffer)) {
        size_t used = connection->session->step(buffer->data(), buffer->size(), out);
        buffer->consume(used < buffer->size() ? used : buffer->size());
        note_wishes(connection);
        *hungry = used == 0;
        if (used == 0)
            return;
        if (++*steps % ENGINE_FAIR_STEPS == 0 || out->take_flush())
            return;
    }
}

ServiceEngine::Outcome ServiceEngine::run_session(Connection *connection, ReadBuffer *buffer,
                                                  Output *out)
{
    unsigned steps = 0, fair = ENGINE_FAIR_STEPS;
    bool maybe_more = connection->event == EVENT_INPUT, hungry = false;
    for (;;) {
        unsigned before = steps;
        run_steps(connection, buffer, out, &steps, &hungry);
        if (steps != before)
            connection->deadline = 0; /* a unit was complete: the next one has its full time */
        Outcome next = after_output(connection, buffer, out);
        if (next == CLOSE || next == PARK)
            return next;
        if (next == LATER)
            continue; /* produced more output */
        if (steps >= fair) {
            fair = steps + ENGINE_FAIR_STEPS;
            if (others_wait())
                return LATER;
        }
        if (!hungry && can_step(connection, buffer))
            continue;
        if (steps != before && connection->output.empty() && !others_wait())
            connection->session->pause();
        next = read_more(connection, buffer, maybe_more);
        if (next != GO_ON)
            return next;
        maybe_more = buffer->size() >= ENGINE_READ_SIZE;
    }
}

/*
**  Sends, and does what can only be done when all has left: close, TLS, the next piece of a large
**  answer (LATER).  GO_ON: input may be read.
*/
ServiceEngine::Outcome ServiceEngine::after_output(Connection *connection, ReadBuffer *buffer,
                                                   Output *out)
{
    bool progress = false;
    if (connection->output.empty())
        connection->output.swap(out->text());
    else
        connection->output.append(out->text());
    if (connection->hold && vmstime_now() >= connection->hold) {
        connection->hold = 0;
        connection->deadline = 0;
    }
    if (!connection->hold && !connection->output.empty() && !connection->send_pending(&progress)) {
        end_session(connection, DISCONNECT_PEER);
        return CLOSE;
    }
    out->text().clear();
    if (connection->hold)
        return PARK;
    if (connection->output.empty()) { /* the worker keeps a buffer, an idle connection none */
        out->text().swap(connection->output);
        std::string().swap(connection->output);
    }
    if (blocked_too_long(connection, progress)) {
        end_session(connection, DISCONNECT_BLOCKED);
        return CLOSE;
    }
    if (!connection->output.empty()) {
        bool full = connection->pending() > parameters_.output_bound;
        return connection->closing || connection->tls_wanted || full ? PARK : GO_ON;
    }
    if (connection->closing) {
        if (connection->timed_out)
            end_session(connection, DISCONNECT_TIMEOUT);
        return CLOSE;
    }
    if (connection->tls_wanted)
        return switch_to_tls(connection, buffer);
    if (connection->session->has_more()) {
        connection->session->produce(out);
        note_wishes(connection);
        return LATER;
    }
    return GO_ON;
}

/* What came in clear after the STLS is an injection: it is thrown away (RFC 2595 4). */
ServiceEngine::Outcome ServiceEngine::switch_to_tls(Connection *connection, ReadBuffer *buffer)
{
    connection->tls_wanted = false;
    buffer->clear();
    begin_handshake(connection);
    if (connection->transport)
        return shake_hands(connection);
    connection->session->on_tls(false);
    note_wishes(connection);
    return connection->closing ? CLOSE : GO_ON;
}

void ServiceEngine::begin_handshake(Connection *connection)
{
    if (parameters_.tls)
        connection->transport = parameters_.tls->create(connection->fd);
    connection->handshaking = connection->transport != 0;
    connection->deadline = vmstime_after(parameters_.handshake_seconds);
}

/*
**  A turn of the handshake.  GO_ON: it is done, and the session goes on, or begins (EVENT_NEW).
**  A client that says nothing waits in a poller: the greeting is not written before, or it would
**  look like blocked output.
*/
ServiceEngine::Outcome ServiceEngine::shake_hands(Connection *connection)
{
    bool over = connection->event == EVENT_TIMEOUT || connection->event == EVENT_PEER ||
                connection->event == EVENT_STOP;
    int count = over ? NET_FAILED : connection->transport->handshake();
    if (count == NET_AGAIN)
        return PARK;
    if (count > 0) {
        connection->handshaking = false;
        connection->deadline = 0;
        connection->event = connection->session ? EVENT_INPUT : EVENT_NEW;
        if (connection->session) {
            connection->session->on_tls(true);
            note_wishes(connection);
        }
        return GO_ON;
    }
    if (connection->event != EVENT_STOP) {
        parameters_.factory->log("TLS handshake failed", connection->client.peer);
        MutexGuard guard(mutex_);
        ++counts_.handshakes;
    }
    end_session(connection, connection->event == EVENT_STOP      ? DISCONNECT_STOP
                            : connection->event == EVENT_TIMEOUT ? DISCONNECT_TIMEOUT
                                                                 : DISCONNECT_PEER);
    return CLOSE;
}

ServiceEngine::Outcome ServiceEngine::read_more(Connection *connection, ReadBuffer *buffer,
                                                bool maybe_more)
{
    if (!connection->output.empty() || connection->session->has_more())
        return PARK;
    bool waited = false;
    boost::uint32_t more_reads = busy_reads();
    if (!maybe_more && !connection->transport && !more_reads) {
        waited = true;
        if (!grace_read(connection))
            return PARK;
    }
    for (;;) {
        int count = connection->read_some(buffer->room(), ENGINE_READ_SIZE);
        if (count == NET_AGAIN) {
            if (!waited && more_reads) {
                --more_reads;
                continue;
            }
            if (waited || !grace_read(connection))
                return PARK;
            waited = true;
            continue;
        }
        if (count <= 0) {
            end_session(connection, DISCONNECT_PEER);
            return CLOSE;
        }
        buffer->added(static_cast<size_t>(count));
        if (buffer->size() > parameters_.input_bound &&
            !connection->session->ready(buffer->data(), buffer->size())) {
            end_session(connection, DISCONNECT_OVERRUN);
            return CLOSE;
        }
        return GO_ON;
    }
}

bool ServiceEngine::others_wait()
{
    MutexGuard guard(mutex_);
    return ready_.size() > waiting_ || stopping_;
}

/* How many reads may be tried in vain: it costs time that nobody else here could use. */
boost::uint32_t ServiceEngine::busy_reads()
{
    if (!parameters_.busy_reads)
        return 0;
    MutexGuard guard(mutex_);
    return ready_.empty() && working_ == waiting_ + 1 && !stopping_ ? parameters_.busy_reads : 0;
}

bool ServiceEngine::begin_grace()
{
    boost::uint32_t most = parameters_.workers;
    boost::uint32_t allowed = most >= 8 ? most - most / 8 : most - 1;
    MutexGuard guard(mutex_);
    if (stopping_ || ready_.size() > waiting_ || in_grace_ >= allowed)
        return false;
    ++in_grace_;
    return true;
}

bool ServiceEngine::grace_read(Connection *connection)
{
    if (!parameters_.grace_ms || !begin_grace())
        return false;
    int ready = net_wait_readable(connection->fd, static_cast<int>(parameters_.grace_ms));
    MutexGuard guard(mutex_);
    --in_grace_;
    return ready != 0;
}

/* HP 19.1.3: 2, 4, 8, 16, 32 seconds, then the link is dropped. */
bool ServiceEngine::blocked_too_long(Connection *connection, bool progress)
{
    if (connection->output.empty()) {
        if (connection->backoff)
            connection->deadline = 0;
        connection->backoff = 0;
        return false;
    }
    bool first = connection->backoff == 0;
    if (first || progress) {
        connection->backoff = 1;
        connection->deadline = vmstime_after(2);
        if (first) {
            MutexGuard guard(mutex_);
            ++counts_.blocked;
        }
        return false;
    }
    if (vmstime_now() < connection->deadline)
        return false;
    if (connection->backoff == ENGINE_BACKOFFS) {
        MutexGuard guard(mutex_);
        ++counts_.dropped;
        return true;
    }
    connection->deadline = vmstime_after(2u << connection->backoff);
    ++connection->backoff;
    return false;
}

void ServiceEngine::park(Connection *connection, bool fresh_deadline)
{
    bool held = connection->hold != 0, shaking = connection->handshaking;
    bool blocked = !held && !connection->output.empty();
    bool more = !held && !shaking && connection->session->has_more();
    bool handshake = connection->transport && connection->transport->read_wants_write();
    connection->want_write = blocked || more || handshake;
    connection->want_read = !held && !more && !connection->closing && !connection->tls_wanted &&
                            connection->pending() <= parameters_.output_bound;
    if (held)
        connection->deadline = connection->hold;
    else if (!shaking && !blocked && (fresh_deadline || connection->deadline == 0)) {
        boost::uint32_t seconds = connection->session->timeout_seconds();
        connection->deadline = vmstime_after(seconds ? seconds : parameters_.idle_seconds);
    }
    if (!hot_.park(connection))
        push_ready(connection, EVENT_STOP);
}

/* ---- the end ---- */

void ServiceEngine::end_session(Connection *connection, DisconnectReason reason)
{
    if (!connection->session)
        return;
    if (reason == DISCONNECT_BLOCKED)
        parameters_.factory->log("output blocked, connection closed", connection->client.peer);
    connection->session->on_disconnect(reason);
    delete connection->session;
    connection->session = 0;
    connection->output.clear();
    connection->sent = 0;
}

/*
**  Closing a socket with unread input resets the line, and the peer may lose our last answer: then
**  our side is shut and the rest is read away for a moment.
*/
void ServiceEngine::retire(Connection *connection, bool unread)
{
    bool said_goodbye = connection->closing && !connection->draining;
    if (connection->session && said_goodbye) {
        char bytes[512];
        int count = unread ? 1 : connection->read_some(bytes, sizeof bytes);
        unread = count > 0;
    } else {
        unread = false;
    }
    if (connection->transport && !connection->handshaking)
        connection->transport->shut();
    delete connection->transport;
    connection->transport = 0;
    delete connection->session;
    connection->session = 0;
    uncount(connection);
    if (unread) {
        shutdown(connection->fd, 1);
        connection->draining = true;
        connection->want_read = true;
        connection->want_write = false;
        connection->deadline = vmstime_after(ENGINE_DRAIN_SECONDS);
        if (hot_.park(connection))
            return;
    }
    close_connection(connection);
}

void ServiceEngine::uncount(Connection *connection)
{
    MutexGuard guard(mutex_);
    if (!connection->counted)
        return;
    connection->counted = false;
    --counts_.sessions;
    last_session_ = vmstime_now();
    std::map<NetAddress, boost::uint32_t>::iterator it = per_client_.find(connection->client.peer);
    if (it != per_client_.end() && --it->second == 0)
        per_client_.erase(it);
}

void ServiceEngine::close_connection(Connection *connection)
{
    uncount(connection);
    {
        MutexGuard guard(mutex_);
        if (connection->previous)
            connection->previous->next = connection->next;
        else
            connections_ = connection->next;
        if (connection->next)
            connection->next->previous = connection->previous;
        if (stopping_ || draining_) /* else nobody waits for it */
            changed_.broadcast();
    }
    delete connection;
}

} // namespace mail
