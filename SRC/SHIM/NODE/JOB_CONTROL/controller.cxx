/*
**  controller - roles, connections and the loop
**
**  A commit that fails (disk full) answers its requests with JBC$_NOQUESPACE and drops the role:
**  the symbionts are killed and the queue is loaded anew, so memory never promises what disk has
**  not.
*/
#include "controller.h"
#include "queue_redo.h"
#include "shim.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <jbcmsgdef.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace shim::job_control {

namespace {

const int BATCH = 256;                /* events of one turn */
const uint64_t LAZY_MS = 50;          /* the longest that a change waits for a commit */
const uint64_t FLUSH_MS = 500;        /* and a commit for a flush that nobody waits for */
const int CLOCK_MS = 200;             /* a moved clock is noticed within */
const uint64_t RETRY_MS = 100;        /* between attempts to find a role */
const uint64_t STORE_RETRY_MS = 2000; /* between attempts to open a database that cannot be used */
const uint64_t STOP_MS = 10000;       /* tasks may run on that long at a shutdown */
const size_t READ_SIZE = 65536;
const size_t OUT_MAX = 8 << 20;       /* a client that does not read is cut */
const uint32_t NO_QUEUE_SPACE = JBC$_NOQUESPACE;

bool socket_address(struct sockaddr_un *address)
{
    std::string path = store_path("queue.sock");
    *address = {};
    address->sun_family = AF_UNIX;
    return path.copy(address->sun_path, sizeof address->sun_path - 1) == path.size();
}

} // namespace

Controller::Controller()
    : epoll_(-1), signals_(-1), listener_(-1), lock_(-1), link_(-1), stopping_(false),
      failed_(false), stop_by_(0), lazy_by_(0), flush_by_(0), try_at_(0)
{
}

Controller::~Controller()
{
    leave_role();
}

void Controller::watch(int fd, uint32_t events)
{
    struct epoll_event event = {};
    event.events = events;
    event.data.fd = fd;
    if (epoll_ctl(epoll_, EPOLL_CTL_MOD, fd, &event) != 0)
        epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
}

bool Controller::start()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    signals_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    watch(signals_, EPOLLIN);
    node_ = node_name();
    host_.reset(new SymbiontHost(epoll_, this));
    batch_.reset(new BatchHost(this));
    process_recover(); /* requests of processes that died with the host */
    lock_ = open(store_path("queue.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct sockaddr_un address;
    if (lock_ < 0 || !socket_address(&address)) {
        fprintf(stderr, "%%JBC-F-INITFAIL, cannot use %s\n", store_path("queue.lock").c_str());
        return false;
    }
    for (int i = 0; i < 50 && !take_role(); ++i)
        usleep(static_cast<useconds_t>(RETRY_MS * 1000));
    return manager_ || link_ >= 0;
}

bool Controller::take_role()
{
    if (flock(lock_, LOCK_EX | LOCK_NB) == 0) {
        if (become_manager())
            return true;
        flock(lock_, LOCK_UN);
    }
    return become_member();
}

bool Controller::become_manager()
{
    store_.reset(new QueueStore);
    manager_.reset(new QueueManager(store_.get(), this));
    struct sockaddr_un address;
    socket_address(&address);
    if (!store_->open(store_path("queue.db")) || !manager_->load() || !redo()) {
        operator_message("SYSTEM", "%QMAN-E-OPENERR, queue database: " + store_->error());
        manager_.reset();
        store_.reset();
        try_at_ = monotonic_ms() + STORE_RETRY_MS;
        return false;
    }
    unlink(address.sun_path);
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (bind(listener_, reinterpret_cast<struct sockaddr *>(&address), sizeof address) != 0 ||
        listen(listener_, 512) != 0) {
        leave_role();
        return false;
    }
    watch(listener_, EPOLLIN);
    manager_->node_up(node_);
    return true;
}

/* What clients had entered before the host failed; then everything so far is on disk. */
bool Controller::redo()
{
    std::vector<QueueRequest> requests = queue_redo_read();
    for (const QueueRequest &request : requests)
        manager_->redo(request);
    if (!store_->commit(true))
        return false;
    if (!requests.empty())
        queue_redo_done();
    return true;
}

bool Controller::become_member()
{
    struct sockaddr_un address;
    socket_address(&address);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, reinterpret_cast<struct sockaddr *>(&address), sizeof address) != 0) {
        close(fd);
        return false;
    }
    fcntl(fd, F_SETFL, O_NONBLOCK);
    link_ = fd;
    WireWriter name;
    name.text(node_);
    clients_[fd].out = queue_frame(0, QUEUE_NODE, 0, name.data());
    watch(fd, EPOLLIN);
    return true;
}

void Controller::leave_role()
{
    if (host_)
        host_->kill_all();
    if (batch_)
        batch_->kill_all();
    for (auto &row : clients_) {
        if (manager_ && !row.second.out.empty())
            write_client(row.first, &row.second);
        close(row.first);
    }
    clients_.clear();
    link_ = -1;
    manager_.reset();
    store_.reset();
    if (listener_ >= 0) {
        close(listener_);
        listener_ = -1;
        flock(lock_, LOCK_UN);
    }
    lazy_by_ = flush_by_ = 0;
    failed_ = false;
    try_at_ = monotonic_ms();
}

int Controller::timeout() const
{
    uint64_t time = monotonic_ms();
    int wait = -1;
    auto sooner = [&wait](int value) { wait = wait < 0 || value < wait ? value : wait; };
    for (uint64_t at : {lazy_by_, flush_by_})
        if (at)
            sooner(at > time ? static_cast<int>(at - time) : 0);
    if (manager_ && manager_->has_timers())
        sooner(CLOCK_MS);
    if (!manager_ && link_ < 0)
        sooner(static_cast<int>(RETRY_MS));
    if (host_->waiting() || stopping_)
        sooner(CLOCK_MS);
    return wait;
}

void Controller::run()
{
    struct epoll_event events[BATCH];
    while (!shut_down()) {
        flush();
        int count = epoll_wait(epoll_, events, BATCH, timeout());
        for (int i = 0; i < count; ++i)
            handle(events[i].data.fd);
        if (failed_)
            leave_role();
        if (!manager_ && link_ < 0 && !stopping_ && monotonic_ms() >= try_at_ && !take_role())
            try_at_ = std::max(try_at_, monotonic_ms() + RETRY_MS);
        sweep();
        if (manager_) {
            if (manager_->has_timers())
                manager_->run_timers();
            sweep();
            commit();
        }
    }
    if (manager_) {
        manager_->write_dirty();
        if (store_->commit(true))
            manager_->committed(true);
    }
    leave_role();
}

void Controller::commit()
{
    uint64_t time = monotonic_ms();
    bool due = lazy_by_ && time >= lazy_by_;
    bool flush = manager_->durable() || (flush_by_ && time >= flush_by_);
    if (due)
        manager_->write_dirty();
    if (due || flush || manager_->changed()) {
        if (!store_->commit(flush)) {
            operator_message("SYSTEM", "%QMAN-E-WRITEERR, queue database: " + store_->error());
            /* the answers that wait in the buffers may claim success: replace them */
            for (auto &row : clients_)
                row.second.out.clear();
            std::vector<std::pair<int, uint32_t>> answered;
            answered.swap(answered_);
            for (const auto &one : answered)
                reply(one.first, one.second, NO_QUEUE_SPACE, std::string());
            failed_ = true;
            return;
        }
        manager_->committed(flush);
        lazy_by_ = 0;
        flush_by_ = flush ? 0 : flush_by_;
    }
    answered_.clear();
    if (!lazy_by_ && (store_->pending() || manager_->dirty()))
        lazy_by_ = time + LAZY_MS;
    if (!flush_by_ && store_->unflushed())
        flush_by_ = time + FLUSH_MS;
}

void Controller::flush()
{
    if (failed_) {
        leave_role();
        return;
    }
    std::vector<int> closing;
    for (auto &row : clients_) {
        if (!row.second.out.empty())
            write_client(row.first, &row.second);
        if (row.second.out.size() > OUT_MAX)
            closing.push_back(row.first);
    }
    for (int fd : closing)
        close_client(fd);
    host_->flush();
    batch_->flush();
}

void Controller::write_client(int fd, Client *client)
{
    ssize_t sent = send(fd, client->out.data(), client->out.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0)
        client->out.erase(0, static_cast<size_t>(sent));
    else if (sent < 0 && errno != EAGAIN && errno != EINTR)
        client->out.clear(); /* its end is read as end of file */
    bool blocked = !client->out.empty();
    if (blocked != client->blocked) {
        watch(fd, blocked ? EPOLLIN | EPOLLOUT : EPOLLIN);
        client->blocked = blocked;
    }
}

void Controller::handle(int fd)
{
    if (fd == listener_) {
        accept_clients();
    } else if (fd == signals_) {
        struct signalfd_siginfo info;
        while (read(signals_, &info, sizeof info) == sizeof info)
            if (info.ssi_signo != SIGCHLD)
                begin_shutdown();
    } else if (clients_.count(fd)) {
        read_client(fd);
    } else {
        host_->readable(fd);
    }
}

void Controller::accept_clients()
{
    int fd;
    while ((fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
        clients_[fd] = Client();
        watch(fd, EPOLLIN);
    }
}

void Controller::read_client(int fd)
{
    char block[READ_SIZE];
    ssize_t length = recv(fd, block, sizeof block, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length <= 0) {
        close_client(fd);
        return;
    }
    Client *client = &clients_[fd];
    client->in.append(block, static_cast<size_t>(length));
    QueueFrame one;
    size_t at = 0;
    int taken;
    while ((taken = take_frame(client->in, &at, &one)) == 1)
        if (!frame(fd, client, one))
            taken = -1;
    client->in.erase(0, at);
    if (taken < 0)
        close_client(fd);
}

bool Controller::frame(int fd, Client *client, const QueueFrame &frame)
{
    if (fd == link_) {
        manager_frame(frame);
        return true;
    }
    WireReader reader(frame.body);
    switch (frame.operation) {
    case QUEUE_SNDJBC:
    case QUEUE_LOGGED:
    case QUEUE_LOGGING:
    case QUEUE_GETQUI:
        manager_->request(fd, frame);
        return true;
    case QUEUE_SETTLED:
        manager_->settled(fd, frame.id, reader.longword(), frame.function);
        return true;
    case QUEUE_NODE:
        client->node = reader.text();
        manager_->node_up(client->node);
        return true;
    case QUEUE_NODE_STOPS:
        manager_->stop_node(client->node);
        return true;
    case QUEUE_FROM_STREAM: {
        uint32_t queue = reader.longword();
        manager_->from_stream(queue, frame.function, reader.rest());
        return !client->node.empty();
    }
    case QUEUE_STREAM_GONE: {
        uint32_t queue = reader.longword();
        manager_->stream_gone(queue, reader.longword());
        return !client->node.empty();
    }
    }
    return false;
}

/* From the manager, to a stream of this member. */
void Controller::manager_frame(const QueueFrame &frame)
{
    if (frame.operation != QUEUE_TO_STREAM)
        return;
    WireReader reader(frame.body);
    uint32_t queue = reader.longword();
    std::string processor = reader.text();
    deliver(queue, processor, frame.function, reader.rest());
}

/* To a stream or a batch job of this node. */
void Controller::deliver(uint32_t queue, const std::string &processor, uint16_t request,
                         const std::string &items)
{
    if (processor == BATCH_PROCESSOR)
        batch_->to_job(queue, request, items);
    else
        host_->to_stream(queue, processor, request, items);
}

void Controller::sweep()
{
    host_->sweep();
    batch_->sweep();
}

void Controller::close_client(int fd)
{
    std::string node = clients_[fd].node;
    bool lost_manager = fd == link_;
    close(fd);
    clients_.erase(fd);
    if (lost_manager) {
        link_ = -1;
        leave_role();
    } else if (manager_) {
        if (!node.empty())
            manager_->node_down(node);
        manager_->client_gone(fd);
    }
}

void Controller::reply(int client, uint32_t id, uint32_t status, const std::string &items)
{
    auto at = clients_.find(client);
    if (at == clients_.end())
        return;
    answered_.push_back(std::make_pair(client, id));
    WireWriter body;
    body.longword(status);
    body.raw(items);
    at->second.out += queue_frame(id, QUEUE_REPLY, 0, body.data());
}

bool Controller::node_known(const std::string &node)
{
    if (node == node_)
        return true;
    for (auto &row : clients_)
        if (row.second.node == node)
            return true;
    return false;
}

bool Controller::send_stream(const std::string &node, uint32_t queue, const std::string &processor,
                             uint16_t request, const std::string &items)
{
    if (node == node_) {
        deliver(queue, processor, request, items);
        return true;
    }
    for (auto &row : clients_)
        if (row.second.node == node) {
            WireWriter body;
            body.longword(queue);
            body.text(processor);
            body.raw(items);
            row.second.out += queue_frame(0, QUEUE_TO_STREAM, request, body.data());
            return true;
        }
    return false;
}

void Controller::from_stream(uint32_t queue, uint16_t request, const std::string &items)
{
    if (manager_) {
        manager_->from_stream(queue, request, items);
    } else if (link_ >= 0) {
        WireWriter body;
        body.longword(queue);
        body.raw(items);
        clients_[link_].out += queue_frame(0, QUEUE_FROM_STREAM, request, body.data());
    }
}

void Controller::stream_gone(uint32_t queue, uint32_t status)
{
    if (manager_) {
        manager_->stream_gone(queue, status);
    } else if (link_ >= 0) {
        WireWriter body;
        body.longword(queue);
        body.longword(status);
        clients_[link_].out += queue_frame(0, QUEUE_STREAM_GONE, 0, body.data());
    }
}

void Controller::begin_shutdown()
{
    if (stopping_) {
        stop_by_ = 0; /* asked twice: at once */
        return;
    }
    stopping_ = true;
    stop_by_ = monotonic_ms() + STOP_MS;
    if (manager_)
        manager_->stop_node(node_);
    else if (link_ >= 0)
        clients_[link_].out += queue_frame(0, QUEUE_NODE_STOPS, 0, std::string());
}

bool Controller::shut_down() const
{
    if (!stopping_)
        return false;
    return (host_->empty() && batch_->empty()) || monotonic_ms() >= stop_by_;
}

} // namespace shim::job_control
