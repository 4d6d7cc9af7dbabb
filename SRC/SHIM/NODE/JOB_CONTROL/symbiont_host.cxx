/*
**  symbiont_host - start, feed, hear and bury symbiont processes
**
**  Nothing is reported from inside to_stream(): a process that could not be started is in lost_
**  until sweep(), so the queue manager is never entered twice.
*/
#include "symbiont_host.h"
#include "shim.h"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <smbdef.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jbcmsgdef.h>

namespace shim::job_control {

namespace {

const uint64_t LEAVE_MS = 10000;      /* from the last stream's stop to the end of the process */
const uint64_t SYMBIONT_PRIVILEGES = 0x7fffffffffULL; /* SYSTEM has them all */
const unsigned NAME_TRIES = 100;
const size_t OUTPUT_LINE_MAX = 256;

} // namespace

uint64_t monotonic_ms()
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return static_cast<uint64_t>(at.tv_sec) * 1000 + static_cast<uint64_t>(at.tv_nsec) / 1000000;
}

SymbiontHost::SymbiontHost(int epoll, StreamEvents *events)
    : epoll_(epoll), last_number_(0), events_(events)
{
}

SymbiontHost::~SymbiontHost()
{
    kill_all();
}

void SymbiontHost::watch(int fd, uint32_t events, bool change)
{
    struct epoll_event event = {};
    event.events = events;
    event.data.fd = fd;
    epoll_ctl(epoll_, change ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
}

SymbiontHost::Symbiont *SymbiontHost::start(const std::string &processor)
{
    int channel[2], mailbox[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0)
        return nullptr;
    if (pipe2(mailbox, O_CLOEXEC) != 0) {
        close(channel[0]);
        close(channel[1]);
        return nullptr;
    }
    Start start;
    start.image = "SYS$SYSTEM:" + processor + ".EXE";
    start.user = "SYSTEM";
    start.uic = 0x10004;
    start.privileges = SYMBIONT_PRIVILEGES;
    start.out = mailbox[1];
    start.keep.push_back(channel[1]);
    start.extra.push_back("SHIM_SMB=" + std::to_string(channel[1]));
    std::unique_ptr<Symbiont> made(new Symbiont());
    uint32_t status = SS$_DUPLNAM;
    for (unsigned i = 0; i < NAME_TRIES && status == SS$_DUPLNAM; ++i) {
        start.process_name = made->name = "SYMBIONT_" + std::to_string(++last_number_);
        status = start_process(start, &made->vms_pid, &made->host_pid);
    }
    close(channel[1]);
    close(mailbox[1]);
    if ((status & 1) == 0) {
        operator_message("SYSTEM", "%JBC-E-SYMCREPRC, symbiont " + processor +
                                       " could not be started, status " + std::to_string(status));
        close(channel[0]);
        close(mailbox[0]);
        return nullptr;
    }
    made->processor = processor;
    made->channel = channel[0];
    made->mailbox = mailbox[0];
    fcntl(channel[0], F_SETFL, O_NONBLOCK);
    fcntl(mailbox[0], F_SETFL, O_NONBLOCK);
    watch(channel[0], EPOLLIN, false);
    watch(mailbox[0], EPOLLIN, false);
    by_fd_[channel[0]] = by_fd_[mailbox[0]] = made.get();
    symbionts_.push_back(std::move(made));
    return symbionts_.back().get();
}

void SymbiontHost::to_stream(uint32_t queue, const std::string &processor, uint16_t request,
                             const std::string &items)
{
    auto at = by_queue_.find(queue);
    if (request != SMBMSG$K_START_STREAM) {
        if (at == by_queue_.end())
            return; /* lost: sweep() will say so, or has said so */
        Stream &stream = at->second.first->streams[at->second.second];
        stream.stopping = stream.stopping || request == SMBMSG$K_STOP_STREAM ||
                          request == SMBMSG$K_RESET_STREAM;
        post(at->second.first, at->second.second, request, items);
        return;
    }
    bool coming = false;
    for (auto &symbiont : symbionts_) {
        if (symbiont->processor != processor || symbiont->dead || symbiont->leaving)
            continue;
        coming = coming || !symbiont->ready;
        for (size_t i = 0; i < symbiont->streams.size(); ++i)
            if (symbiont->streams[i].queue == 0) {
                assign(symbiont.get(), i, queue, items);
                return;
            }
    }
    waiting_.push_back(Waiting{queue, processor, items});
    if (!coming && !start(processor)) {
        waiting_.pop_back();
        lost_.push_back(std::make_pair(queue, static_cast<uint32_t>(JBC$_NOSUCHFILE)));
    }
}

void SymbiontHost::assign(Symbiont *symbiont, size_t stream, uint32_t queue,
                          const std::string &items)
{
    symbiont->streams[stream].queue = queue;
    symbiont->streams[stream].stopping = false;
    by_queue_[queue] = std::make_pair(symbiont, stream);
    post(symbiont, stream, SMBMSG$K_START_STREAM, items);
}

void SymbiontHost::assign_waiting(Symbiont *symbiont)
{
    size_t stream = 0;
    std::vector<Waiting> rest;
    for (const Waiting &one : waiting_) {
        if (one.processor == symbiont->processor && stream < symbiont->streams.size())
            assign(symbiont, stream++, one.queue, one.items);
        else
            rest.push_back(one);
    }
    waiting_.swap(rest);
    for (const Waiting &one : waiting_)
        if (one.processor == symbiont->processor) {
            start(symbiont->processor); /* one more process; the rest waits for it */
            return;
        }
}

void SymbiontHost::post(Symbiont *symbiont, size_t stream, uint16_t request,
                        const std::string &items)
{
    SmbMessage message;
    message.request = request;
    message.level = SMBMSG$K_STRUCTURE_LEVEL;
    message.stream = static_cast<uint8_t>(stream);
    message.symbiont = symbiont->vms_pid;
    message.job = 0;
    message.items = items;
    symbiont->out += smb_frame(message);
}

void SymbiontHost::initialized(Symbiont *symbiont, const std::string &items)
{
    std::string streams;
    find_item(items, SMBMSG$K_MAXIMUM_STREAMS, &streams);
    uint64_t count = wire_number(streams);
    if (symbiont->ready || count < 1 || count > SMBMSG$K_ARCH_MAX_STREAMS) {
        violation("QMAN-I-INVSMBMSG, %s initialized twice or with %u streams",
                  symbiont->name.c_str(), static_cast<unsigned>(count));
        return;
    }
    symbiont->ready = true;
    symbiont->streams.resize(static_cast<size_t>(count));
    assign_waiting(symbiont);
}

void SymbiontHost::message(Symbiont *symbiont, const std::string &body)
{
    SmbMessage message;
    if (!parse_smb_body(body, &message))
        return;
    if (message.request == SMBMSG$K_START_SYMBIONT) {
        initialized(symbiont, message.items);
        return;
    }
    if (message.stream >= symbiont->streams.size() ||
        symbiont->streams[message.stream].queue == 0) {
        violation("QMAN-I-INVSMBMSG, request %u of %s for stream %u, which has no queue",
                  message.request, symbiont->name.c_str(), message.stream);
        return;
    }
    Stream &stream = symbiont->streams[message.stream];
    uint32_t queue = stream.queue;
    bool stopped = stream.stopping && (message.request == SMBMSG$K_STOP_STREAM ||
                                       message.request == SMBMSG$K_RESET_STREAM);
    bool refused = false;
    if (message.request == SMBMSG$K_START_STREAM) {
        std::string vector;
        find_item(message.items, SMBMSG$K_CONDITION_VECTOR, &vector);
        refused = vector.size() >= 4 && (vector[0] & 1) == 0;
    }
    if (stopped || refused) {
        stream = Stream();
        by_queue_.erase(queue);
        bool used = false;
        for (const Stream &one : symbiont->streams)
            used = used || one.queue != 0;
        symbiont->leaving = !used;
        symbiont->leave_by = monotonic_ms() + LEAVE_MS;
    }
    events_->from_stream(queue, message.request, message.items);
}

void SymbiontHost::read_channel(Symbiont *symbiont)
{
    char block[65536];
    ssize_t length = recv(symbiont->channel, block, sizeof block, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length <= 0) {
        lose(symbiont);
        return;
    }
    symbiont->in.append(block, static_cast<size_t>(length));
    size_t at = 0;
    std::string body;
    int taken;
    while ((taken = take_smb_body(symbiont->in, &at, &body)) == 1)
        message(symbiont, body);
    symbiont->in.erase(0, at);
    if (taken < 0)
        lose(symbiont);
}

void SymbiontHost::read_mailbox(Symbiont *symbiont)
{
    char block[4096];
    ssize_t length = read(symbiont->mailbox, block, sizeof block);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length > 0)
        symbiont->output.append(block, static_cast<size_t>(length));
    size_t end;
    while ((end = symbiont->output.find('\n')) != std::string::npos ||
           symbiont->output.size() > OUTPUT_LINE_MAX ||
           (length <= 0 && !symbiont->output.empty())) {
        size_t size = end < OUTPUT_LINE_MAX ? end : OUTPUT_LINE_MAX;
        std::string line = symbiont->output.substr(0, size);
        symbiont->output.erase(0, end < OUTPUT_LINE_MAX ? end + 1 : size);
        for (char &c : line)
            if (static_cast<unsigned char>(c) < 32)
                c = '.';
        violation("QMAN-I-INVSMBMSG, %s wrote to SYS$OUTPUT: \"%s\"", symbiont->name.c_str(),
                  line.c_str());
    }
    if (length <= 0) {
        epoll_ctl(epoll_, EPOLL_CTL_DEL, symbiont->mailbox, nullptr);
        by_fd_.erase(symbiont->mailbox);
        close(symbiont->mailbox);
        symbiont->mailbox = -1;
    }
}

bool SymbiontHost::readable(int fd)
{
    auto at = by_fd_.find(fd);
    if (at == by_fd_.end())
        return false;
    Symbiont *symbiont = at->second;
    if (fd == symbiont->mailbox)
        read_mailbox(symbiont);
    else if (!symbiont->dead)
        read_channel(symbiont);
    return true;
}

void SymbiontHost::write_channel(Symbiont *symbiont)
{
    if (symbiont->dead || symbiont->out.empty())
        return;
    ssize_t sent = send(symbiont->channel, symbiont->out.data(), symbiont->out.size(),
                        MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0)
        symbiont->out.erase(0, static_cast<size_t>(sent));
    else if (sent < 0 && errno != EAGAIN && errno != EINTR)
        lose(symbiont);
    bool blocked = !symbiont->out.empty();
    if (!symbiont->dead && blocked != symbiont->blocked) {
        watch(symbiont->channel, blocked ? EPOLLIN | EPOLLOUT : EPOLLIN, true);
        symbiont->blocked = blocked;
    }
}

void SymbiontHost::flush()
{
    for (auto &symbiont : symbionts_)
        write_channel(symbiont.get());
}

void SymbiontHost::close_symbiont(Symbiont *symbiont)
{
    for (int *fd : {&symbiont->channel, &symbiont->mailbox})
        if (*fd >= 0) {
            epoll_ctl(epoll_, EPOLL_CTL_DEL, *fd, nullptr);
            by_fd_.erase(*fd);
            close(*fd);
            *fd = -1;
        }
}

/* The process has ended, or is made to: its streams are lost. */
void SymbiontHost::lose(Symbiont *symbiont)
{
    if (symbiont->dead)
        return;
    symbiont->dead = true;
    if (symbiont->mailbox >= 0)
        read_mailbox(symbiont);
    close_symbiont(symbiont);
    kill(symbiont->host_pid, SIGKILL); /* a dead image executes nothing that is given to another */
    for (Stream &stream : symbiont->streams)
        if (stream.queue) {
            by_queue_.erase(stream.queue);
            lost_.push_back(std::make_pair(stream.queue, static_cast<uint32_t>(JBC$_SYMDEL)));
        }
    if (symbiont->ready)
        return;
    std::vector<Waiting> rest;
    for (const Waiting &one : waiting_)
        if (one.processor == symbiont->processor)
            lost_.push_back(std::make_pair(one.queue, static_cast<uint32_t>(JBC$_SYMDEL)));
        else
            rest.push_back(one);
    waiting_.swap(rest);
}

void SymbiontHost::sweep()
{
    for (auto &symbiont : symbionts_)
        if (symbiont->leaving && !symbiont->dead && monotonic_ms() > symbiont->leave_by) {
            violation("QMAN-I-INVSMBMSG, %s did not exit when its last stream had stopped",
                      symbiont->name.c_str());
            lose(symbiont.get());
        }
    for (auto at = symbionts_.begin(); at != symbionts_.end();) {
        bool ended = (*at)->dead && waitpid((*at)->host_pid, nullptr, WNOHANG) != 0;
        at = ended ? symbionts_.erase(at) : std::next(at);
    }
    while (!lost_.empty()) {
        std::vector<std::pair<uint32_t, uint32_t>> lost;
        lost.swap(lost_);
        for (const auto &one : lost)
            events_->stream_gone(one.first, one.second);
    }
}

bool SymbiontHost::waiting() const
{
    for (auto &symbiont : symbionts_)
        if (symbiont->dead || symbiont->leaving)
            return true;
    return false;
}

void SymbiontHost::kill_all()
{
    for (auto &symbiont : symbionts_) {
        if (!symbiont->dead)
            close_symbiont(symbiont.get());
        kill(symbiont->host_pid, SIGKILL);
        waitpid(symbiont->host_pid, nullptr, 0);
    }
    symbionts_.clear();
    by_queue_.clear();
    waiting_.clear();
    lost_.clear();
}

} // namespace shim::job_control
