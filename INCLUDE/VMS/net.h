/*
**  net - sockets as the C run-time offers them, IPv4 and IPv6
**
**  Addresses are values; text forms are bare ("192.0.2.1", "2001:db8::1").  Blocking calls take a
**  deadline in milliseconds and retry over interrupts.  Descriptors are plain ints, -1 is none.
**  spec/vms-api.md 6.  Any thread; one thread per descriptor and direction.
*/
#ifndef MAIL_VMS_NET_H
#define MAIL_VMS_NET_H

#include "VMS/status.h"

#include <vector>

namespace mail {

struct NetAddress {
    unsigned char family; /* 0 none, 4, 6 */
    unsigned char bytes[16]; /* network order; 4 used for IPv4 */
    unsigned short port;     /* host order, 0 none */
    NetAddress();
    bool same_host(const NetAddress &other) const; /* the port does not count */
    bool is_loopback() const;
    /* Orders by family and address, for map keys. */
    bool operator<(const NetAddress &other) const;
};

/* "192.0.2.1", "2001:db8::1", "[2001:db8::1]", "IPv6:2001:db8::1"; the whole text. v4-mapped
   IPv6 becomes IPv4. */
bool net_parse_address(const std::string &text, NetAddress *address);
/* "192.0.2.1", "192.0.2.1:53", "[::1]:53"; default_port when there is none. */
bool net_parse_endpoint(const std::string &text, unsigned short default_port, NetAddress *address);
std::string net_text(const NetAddress &address);          /* without port */
std::string net_endpoint_text(const NetAddress &address); /* "192.0.2.1:25", "[::1]:25" */

/* ---- descriptors ---- */

void net_close(int fd);
Status net_set_blocking(int fd, bool blocking);
void net_set_no_delay(int fd);
/* The system asks now and then whether the peer is still there: one that is gone ends the read. */
void net_set_keep_alive(int fd);
void net_set_send_buffer(int fd, boost::uint32_t bytes); /* SO_SNDBUF; the system rounds it */
Status net_peer(int fd, NetAddress *address);
Status net_local(int fd, NetAddress *address);

/* The socket that the auxiliary server hands over: a listening or a connected one. not_found()
   when the process was not started by it. */
Status net_auxiliary_socket(int *fd, bool *listening);
/* address.port 0: any free port (net_local tells it). Family 6 takes IPv6 only. */
Status net_listen(const NetAddress &address, int backlog, int *fd);
/* The next connection, non-blocking; Status::timeout() when there is none just now. */
Status net_accept(int listener, int *fd, NetAddress *peer);

/* timed_out(), or another retryable() status for refusals and missing routes. The descriptor is
   non-blocking. source: local address to bind to, or 0. */
Status net_connect(const NetAddress &address, const NetAddress *source, boost::uint32_t timeout_ms,
                   int *fd);
/* The same in two steps, for who has to look up from the wait: start opens *fd, wait says
   timed_out() while the connection is still under way.  The caller closes after an error. */
Status net_connect_start(const NetAddress &address, const NetAddress *source, int *fd);
Status net_connect_wait(int fd, boost::uint32_t timeout_ms);

/* On non-blocking descriptors. ok() with *count 0: the peer closed its side. */
Status net_read(int fd, char *buffer, size_t size, boost::uint32_t timeout_ms, size_t *count);
/* All of it, or an error. The timeout is for the whole. */
Status net_write(int fd, const char *data, size_t size, boost::uint32_t timeout_ms);

/* One step without waiting: >0 bytes, 0 the peer closed (read), NET_AGAIN, NET_FAILED. */
const int NET_AGAIN = -1;
const int NET_FAILED = -2;
int net_read_some(int fd, char *buffer, size_t size);
int net_write_some(int fd, const char *data, size_t size);
/* 1 ready, 0 not within the time (-1 waits for ever), -1 failed. */
int net_wait_readable(int fd, int timeout_ms);
int net_wait_writable(int fd, int timeout_ms);

/* A wake-up line that poll() can watch: two connected stream sockets on loopback. */
Status net_socket_pair(int *reader, int *writer);

/* Milliseconds of a clock that only goes forward; not moved by tests. */
boost::uint64_t net_milliseconds();

/* This host's own name for greetings: TCPIP$INET_HOST and TCPIP$INET_DOMAIN, else gethostname(). */
std::string net_host_name();

} // namespace mail

#endif
