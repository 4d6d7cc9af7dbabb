/*
**  resolver_wire - DNS by UDP and TCP
**
**  Against forged answers: a fresh socket (source port) and a random id per question, the socket is
**  connected to the server, and the question must come back in the answer.
*/
#include "resolver_wire.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/rand.h>

#include "VMS/logical.h"

namespace mail {

static const unsigned short DNS_PORT = 53;
static const size_t UDP_BUFFER = 4096;

void resolver_servers(std::vector<NetAddress> *servers)
{
    std::vector<std::string> texts;
    if (!logical_translate_list("TCPIP$BIND_SERVER_LIST", &texts).ok()) {
        for (unsigned i = 1; i <= RESOLVER_SERVERS_MAX; ++i) {
            char name[32];
            std::string value;
            snprintf(name, sizeof name, "TCPIP$BIND_SERVER%03u", i);
            if (!logical_translate(name, &value).ok())
                break;
            texts.push_back(value);
        }
    }
    for (size_t i = 0; i < texts.size() && servers->size() < RESOLVER_SERVERS_MAX; ++i) {
        NetAddress address;
        if (net_parse_endpoint(texts[i], DNS_PORT, &address))
            servers->push_back(address);
    }
}

static bool random_id(unsigned *id)
{
    unsigned char bytes[2];
    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return false;
    *id = static_cast<unsigned>(bytes[0]) << 8 | bytes[1];
    return true;
}

static bool is_our_answer(const DnsMessage &message, unsigned id, const std::string &name,
                          unsigned type)
{
    return message.is_answer && message.id == id && message.question == name &&
           message.question_type == type;
}

/* A datagram socket that hears only this server. */
static int udp_socket(const NetAddress &server)
{
    struct sockaddr_storage storage;
    socklen_t size;
    memset(&storage, 0, sizeof storage);
    if (server.family == 6) {
        struct sockaddr_in6 *in6 = reinterpret_cast<struct sockaddr_in6 *>(&storage);
        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(server.port);
        memcpy(&in6->sin6_addr, server.bytes, 16);
        size = sizeof *in6;
    } else {
        struct sockaddr_in *in4 = reinterpret_cast<struct sockaddr_in *>(&storage);
        in4->sin_family = AF_INET;
        in4->sin_port = htons(server.port);
        memcpy(&in4->sin_addr, server.bytes, 4);
        size = sizeof *in4;
    }
    int fd = socket(server.family == 6 ? AF_INET6 : AF_INET, SOCK_DGRAM, 0);
    if (fd < 0)
        return -1;
    if (connect(fd, reinterpret_cast<struct sockaddr *>(&storage), size) != 0 ||
        !net_set_blocking(fd, false).ok()) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool ask_udp(const NetAddress &server, const std::string &question, unsigned id,
                    const std::string &name, unsigned type, boost::uint32_t timeout_ms,
                    DnsMessage *message)
{
    int fd = udp_socket(server);
    if (fd < 0)
        return false;
    bool found = false;
    boost::uint64_t end = net_milliseconds() + timeout_ms;
    if (net_write_some(fd, question.data(), question.size()) ==
        static_cast<int>(question.size())) {
        for (;;) {
            boost::uint64_t now = net_milliseconds();
            if (now >= end || net_wait_readable(fd, static_cast<int>(end - now)) != 1)
                break;
            char buffer[UDP_BUFFER];
            int count = net_read_some(fd, buffer, sizeof buffer);
            if (count == NET_FAILED)
                break; /* nobody listens there */
            if (count > 0 && dns_decode(buffer, static_cast<size_t>(count), message) &&
                is_our_answer(*message, id, name, type)) {
                found = true;
                break;
            }
        }
    }
    close(fd);
    return found;
}

static bool read_exactly(int fd, size_t size, boost::uint64_t end, std::string *data)
{
    char buffer[4096];
    while (data->size() < size) {
        boost::uint64_t now = net_milliseconds();
        size_t count = 0, want = size - data->size();
        if (now >= end)
            return false;
        if (want > sizeof buffer)
            want = sizeof buffer;
        Status status =
            net_read(fd, buffer, want, static_cast<boost::uint32_t>(end - now), &count);
        if (!status.ok() || count == 0)
            return false;
        data->append(buffer, count);
    }
    return true;
}

static bool ask_tcp(const NetAddress &server, const std::string &question, unsigned id,
                    const std::string &name, unsigned type, boost::uint32_t timeout_ms,
                    DnsMessage *message)
{
    int fd = -1;
    boost::uint64_t end = net_milliseconds() + timeout_ms;
    if (!net_connect(server, 0, timeout_ms, &fd).ok())
        return false;
    std::string framed, length, answer;
    framed.push_back(static_cast<char>(question.size() >> 8));
    framed.push_back(static_cast<char>(question.size() & 0xff));
    framed += question;
    bool found = net_write(fd, framed.data(), framed.size(), timeout_ms).ok() &&
                 read_exactly(fd, 2, end, &length);
    if (found) {
        size_t size = static_cast<size_t>(static_cast<unsigned char>(length[0])) << 8 |
                      static_cast<unsigned char>(length[1]);
        found = read_exactly(fd, size, end, &answer) &&
                dns_decode(answer.data(), answer.size(), message) && !message->truncated &&
                is_our_answer(*message, id, name, type);
    }
    net_close(fd);
    return found;
}

/* What is left of the time for one question. */
static boost::uint32_t time_for(boost::uint32_t timeout_ms, boost::uint64_t deadline)
{
    boost::uint64_t now = deadline ? net_milliseconds() : 0;
    if (!deadline)
        return timeout_ms;
    if (now >= deadline)
        return 0;
    return deadline - now < timeout_ms ? static_cast<boost::uint32_t>(deadline - now) : timeout_ms;
}

bool resolver_exchange(const std::vector<NetAddress> &servers, const std::string &name,
                       unsigned type, const ResolverOptions &options, DnsMessage *message)
{
    boost::uint32_t timeout_ms = options.timeout_ms;
    for (int i = 0; i < options.tries; ++i, timeout_ms *= 2) {
        for (size_t s = 0; s < servers.size(); ++s) {
            unsigned id = 0;
            std::string question;
            boost::uint32_t time = time_for(timeout_ms, options.deadline);
            if (time == 0 || !random_id(&id) || !dns_encode_question(id, name, type, &question))
                return false;
            if (!ask_udp(servers[s], question, id, name, type, time, message))
                continue;
            if (message->truncated &&
                !ask_tcp(servers[s], question, id, name, type,
                         time_for(timeout_ms, options.deadline), message))
                continue;
            if (message->code == DNS_NO_ERROR || message->code == DNS_NO_NAME)
                return true;
        }
    }
    return false;
}

} // namespace mail
