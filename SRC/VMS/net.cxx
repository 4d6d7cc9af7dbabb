/*
**  net - sockets: listen, accept, connect, timed reads and writes
**
**  Non-blocking mode through FIONBIO and waiting through poll() are what the C run-times of all
**  systems offer.  EWOULDBLOCK and EAGAIN differ on VMS (spec/vms-api.md 8): both are tested.
**  SIGPIPE is ignored once for the process: a lost peer is a status here.
*/
#include "VMS/net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <tcpip$inetdef.h>

#include "VMS/logical.h"

namespace mail {

extern "C" {
static void mail_net_initialise()
{
    signal(SIGPIPE, SIG_IGN);
}
}

static void initialise()
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, mail_net_initialise);
}

static bool would_block(int error)
{
    return error == EWOULDBLOCK || error == EAGAIN;
}

/* ---- addresses of the C run-time ---- */

static socklen_t to_sockaddr(const NetAddress &address, struct sockaddr_storage *storage)
{
    memset(storage, 0, sizeof *storage);
    if (address.family == 6) {
        struct sockaddr_in6 *in6 = reinterpret_cast<struct sockaddr_in6 *>(storage);
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(address.port);
        memcpy(&in6->sin6_addr, address.bytes, 16);
        return sizeof *in6;
    }
    struct sockaddr_in *in4 = reinterpret_cast<struct sockaddr_in *>(storage);
    in4->sin_family = AF_INET;
    in4->sin_port = htons(address.port);
    memcpy(&in4->sin_addr, address.bytes, 4);
    return sizeof *in4;
}

static void from_sockaddr(const struct sockaddr_storage &storage, NetAddress *address)
{
    *address = NetAddress();
    if (storage.ss_family == AF_INET6) {
        const struct sockaddr_in6 *in6 = reinterpret_cast<const struct sockaddr_in6 *>(&storage);
        static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        const unsigned char *bytes = reinterpret_cast<const unsigned char *>(&in6->sin6_addr);
        bool is_mapped = memcmp(bytes, mapped, sizeof mapped) == 0;
        address->family = is_mapped ? 4 : 6;
        memcpy(address->bytes, is_mapped ? bytes + 12 : bytes, is_mapped ? 4 : 16);
        address->port = ntohs(in6->sin6_port);
    } else if (storage.ss_family == AF_INET) {
        const struct sockaddr_in *in4 = reinterpret_cast<const struct sockaddr_in *>(&storage);
        address->family = 4;
        memcpy(address->bytes, &in4->sin_addr, 4);
        address->port = ntohs(in4->sin_port);
    }
}

Status net_peer(int fd, NetAddress *address)
{
    struct sockaddr_storage storage;
    socklen_t size = sizeof storage;
    if (getpeername(fd, reinterpret_cast<struct sockaddr *>(&storage), &size) != 0)
        return Status::from_errno(errno);
    from_sockaddr(storage, address);
    return Status();
}

Status net_local(int fd, NetAddress *address)
{
    struct sockaddr_storage storage;
    socklen_t size = sizeof storage;
    if (getsockname(fd, reinterpret_cast<struct sockaddr *>(&storage), &size) != 0)
        return Status::from_errno(errno);
    from_sockaddr(storage, address);
    return Status();
}

/* ---- descriptors ---- */

void net_close(int fd)
{
    if (fd >= 0)
        close(fd);
}

Status net_set_blocking(int fd, bool blocking)
{
    int on = blocking ? 0 : 1;
    return ioctl(fd, FIONBIO, &on) == 0 ? Status() : Status::from_errno(errno);
}

void net_set_no_delay(int fd)
{
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, reinterpret_cast<const char *>(&on), sizeof on);
}

void net_set_keep_alive(int fd)
{
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<const char *>(&on), sizeof on);
}

void net_set_send_buffer(int fd, boost::uint32_t bytes)
{
    int size = bytes > 0x7fffffffu ? 0x7fffffff : static_cast<int>(bytes);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, reinterpret_cast<const char *>(&size), sizeof size);
}

Status net_auxiliary_socket(int *fd, bool *listening)
{
    initialise();
    int given = socket(TCPIP$C_AUXS, SOCK_STREAM, 0);
    if (given < 0)
        return Status::no_such_file();
    NetAddress peer;
    *fd = given;
    *listening = !net_peer(given, &peer).ok();
    return net_set_blocking(given, false);
}

Status net_listen(const NetAddress &address, int backlog, int *fd)
{
    initialise();
    int listener = socket(address.family == 6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    if (listener < 0)
        return Status::from_errno(errno);
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, reinterpret_cast<const char *>(&on), sizeof on);
    if (address.family == 6)
        setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, reinterpret_cast<const char *>(&on),
                   sizeof on);
    struct sockaddr_storage storage;
    socklen_t size = to_sockaddr(address, &storage);
    Status status;
    if (bind(listener, reinterpret_cast<struct sockaddr *>(&storage), size) != 0 ||
        listen(listener, backlog) != 0)
        status = Status::from_errno(errno);
    else
        status = net_set_blocking(listener, false);
    if (!status.ok()) {
        close(listener);
        return status;
    }
    *fd = listener;
    return status;
}

Status net_accept(int listener, int *fd, NetAddress *peer)
{
    struct sockaddr_storage storage;
    socklen_t size = sizeof storage;
    int accepted = accept(listener, reinterpret_cast<struct sockaddr *>(&storage), &size);
    if (accepted < 0) {
        /* a connection that died in the queue is no reason to stop accepting */
        bool transient = would_block(errno) || errno == EINTR || errno == ECONNABORTED;
        return transient ? Status::timeout() : Status::from_errno(errno);
    }
    from_sockaddr(storage, peer);
    Status status = net_set_blocking(accepted, false);
    if (!status.ok()) {
        close(accepted);
        return status;
    }
    *fd = accepted;
    return status;
}

Status net_connect_wait(int fd, boost::uint32_t timeout_ms)
{
    int ready = net_wait_writable(fd, static_cast<int>(timeout_ms));
    if (ready <= 0)
        return ready == 0 ? Status::timeout() : Status::unreachable();
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, reinterpret_cast<char *>(&error), &size) != 0)
        error = errno;
    if (error == ETIMEDOUT) /* the system has given up: no use in waiting on */
        return Status::unreachable();
    return error ? Status::from_errno(error) : Status();
}

static Status begin_connect(int fd, const NetAddress &address, const NetAddress *source)
{
    struct sockaddr_storage storage;
    Status status = net_set_blocking(fd, false);
    if (!status.ok())
        return status;
    if (source) {
        socklen_t size = to_sockaddr(*source, &storage);
        if (bind(fd, reinterpret_cast<struct sockaddr *>(&storage), size) != 0)
            return Status::from_errno(errno);
    }
    socklen_t size = to_sockaddr(address, &storage);
    if (connect(fd, reinterpret_cast<struct sockaddr *>(&storage), size) == 0)
        return Status();
    if (errno != EINPROGRESS && errno != EINTR && !would_block(errno))
        return Status::from_errno(errno);
    return Status();
}

Status net_connect_start(const NetAddress &address, const NetAddress *source, int *fd)
{
    initialise();
    int connecting = socket(address.family == 6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    if (connecting < 0)
        return Status::from_errno(errno);
    Status status = begin_connect(connecting, address, source);
    if (!status.ok()) {
        close(connecting);
        return status;
    }
    net_set_no_delay(connecting);
    *fd = connecting;
    return status;
}

Status net_connect(const NetAddress &address, const NetAddress *source, boost::uint32_t timeout_ms,
                   int *fd)
{
    int connecting = -1;
    Status status = net_connect_start(address, source, &connecting);
    if (status.ok())
        status = net_connect_wait(connecting, timeout_ms);
    if (status.ok())
        *fd = connecting;
    else
        net_close(connecting);
    return status;
}

/* ---- transfer ---- */

static int wait_for(int fd, short events, int timeout_ms)
{
    struct pollfd one;
    one.fd = fd;
    one.events = events;
    boost::uint64_t end = net_milliseconds() + static_cast<boost::uint64_t>(timeout_ms);
    for (;;) {
        one.revents = 0;
        int count = poll(&one, 1, timeout_ms);
        if (count > 0)
            return one.revents & POLLNVAL ? -1 : 1;
        if (count == 0)
            return 0;
        if (errno != EINTR)
            return -1;
        if (timeout_ms < 0)
            continue;
        boost::uint64_t now = net_milliseconds();
        timeout_ms = now >= end ? 0 : static_cast<int>(end - now);
    }
}

int net_wait_readable(int fd, int timeout_ms)
{
    return wait_for(fd, POLLIN, timeout_ms);
}

int net_wait_writable(int fd, int timeout_ms)
{
    return wait_for(fd, POLLOUT, timeout_ms);
}

int net_read_some(int fd, char *buffer, size_t size)
{
    for (;;) {
        int count = static_cast<int>(recv(fd, buffer, size, 0));
        if (count >= 0)
            return count;
        if (errno != EINTR)
            return would_block(errno) ? NET_AGAIN : NET_FAILED;
    }
}

int net_write_some(int fd, const char *data, size_t size)
{
    for (;;) {
        int count = static_cast<int>(send(fd, data, size, 0));
        if (count >= 0)
            return count;
        if (errno != EINTR)
            return would_block(errno) ? NET_AGAIN : NET_FAILED;
    }
}

static boost::uint32_t remaining(boost::uint64_t end)
{
    boost::uint64_t now = net_milliseconds();
    return now >= end ? 0 : static_cast<boost::uint32_t>(end - now);
}

Status net_read(int fd, char *buffer, size_t size, boost::uint32_t timeout_ms, size_t *count)
{
    boost::uint64_t end = 0;
    for (;;) {
        int got = net_read_some(fd, buffer, size);
        if (got >= 0) {
            *count = static_cast<size_t>(got);
            return Status();
        }
        if (got == NET_FAILED)
            return Status::link_lost();
        if (!end)
            end = net_milliseconds() + timeout_ms;
        boost::uint32_t left = remaining(end);
        if (!left || net_wait_readable(fd, static_cast<int>(left)) == 0)
            return Status::timeout();
    }
}

Status net_write(int fd, const char *data, size_t size, boost::uint32_t timeout_ms)
{
    boost::uint64_t end = 0;
    while (size > 0) {
        int sent = net_write_some(fd, data, size);
        if (sent == NET_FAILED)
            return Status::link_lost();
        if (sent > 0) {
            data += sent;
            size -= static_cast<size_t>(sent);
            continue;
        }
        if (!end)
            end = net_milliseconds() + timeout_ms;
        boost::uint32_t left = remaining(end);
        if (!left || net_wait_writable(fd, static_cast<int>(left)) == 0)
            return Status::timeout();
    }
    return Status();
}

/*
**  A pipe is a mailbox on VMS, which poll() cannot watch; so two ends of one loopback connection.
**  The accepted end must be the one that we connected, not a stranger's.
*/
Status net_socket_pair(int *reader, int *writer)
{
    NetAddress loopback, peer, own;
    net_parse_address("127.0.0.1", &loopback);
    int listener = -1, connected = -1, accepted = -1;
    Status status = net_listen(loopback, 1, &listener);
    if (status.ok())
        status = net_local(listener, &loopback);
    if (status.ok())
        status = net_connect(loopback, 0, 5000, &connected);
    if (status.ok() && net_wait_readable(listener, 5000) != 1)
        status = Status::timeout();
    if (status.ok())
        status = net_accept(listener, &accepted, &peer);
    if (status.ok())
        status = net_local(connected, &own);
    net_close(listener);
    if (status.ok() && (own.port != peer.port || !own.same_host(peer)))
        status = Status::link_lost();
    if (!status.ok()) {
        net_close(connected);
        net_close(accepted);
        return status;
    }
    *reader = accepted;
    *writer = connected;
    return status;
}

boost::uint64_t net_milliseconds()
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<boost::uint64_t>(now.tv_sec) * 1000 +
           static_cast<boost::uint64_t>(now.tv_nsec) / 1000000;
}

std::string net_host_name()
{
    std::string host = logical_text("TCPIP$INET_HOST", "");
    std::string domain = logical_text("TCPIP$INET_DOMAIN", "");
    if (host.empty()) {
        char name[256];
        if (gethostname(name, sizeof name) != 0)
            return "localhost";
        name[sizeof name - 1] = 0;
        host = name;
    }
    bool qualified = host.find('.') != std::string::npos;
    return qualified || domain.empty() ? host : host + "." + domain;
}

} // namespace mail
