/*
**  auxs_accept - accept() of a service's process, with the service's hosts and networks
**
**  A LISTEN service accepts its own connections, yet SET SERVICE /ACCEPT and /REJECT hold for it:
**  on VMS the network driver asks the services database.  Here accept() itself does, with the rules
**  that the auxiliary server put into the environment (SHIM_SYSNET_RULES).  A refused client is
**  sent the reject message; the caller sees ECONNABORTED, as for a client that has gone.
*/
#include "service_db.h"
#include "shim.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

const shim::ServiceRules *process_rules()
{
    static const shim::ServiceRules *rules = []() -> const shim::ServiceRules * {
        const char *text = getenv("SHIM_SYSNET_RULES");
        if (!text || !*text)
            return 0;
        shim::ServiceRules *r = new shim::ServiceRules;
        r->decode(text);
        return r;
    }();
    return rules;
}

std::string address_text(const sockaddr_storage &a)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (a.ss_family == AF_INET)
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in &>(a).sin_addr, text, sizeof text);
    else if (a.ss_family == AF_INET6)
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6 &>(a).sin6_addr, text,
                  sizeof text);
    return text;
}

uint16_t local_port(int fd)
{
    sockaddr_storage a;
    socklen_t size = sizeof a;
    if (getsockname(fd, reinterpret_cast<sockaddr *>(&a), &size) != 0)
        return 0;
    return a.ss_family == AF_INET    ? reinterpret_cast<sockaddr_in &>(a).sin_port
           : a.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6 &>(a).sin6_port
                                     : 0;
}

/* The rules are the service's: a process may accept other connections of its own. */
bool of_the_service(int fd)
{
    static const uint16_t service_port = []() {
        const char *text = getenv("SHIM_SYSNET");
        return text ? local_port(atoi(text)) : uint16_t(0);
    }();
    return service_port != 0 && local_port(fd) == service_port;
}

bool refused(int fd, const sockaddr_storage &peer)
{
    const shim::ServiceRules *rules = process_rules();
    if (!rules || (peer.ss_family != AF_INET && peer.ss_family != AF_INET6))
        return false;
    std::string address = address_text(peer);
    if (rules->admits(address))
        return false;
    if (!rules->reject_message.empty()) {
        std::string line = rules->reject_message + "\r\n";
        (void)!send(fd, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    if (rules->log_rejects)
        shim::operator_message("INTERnet",
                               "Connection from " + address + " rejected by service rules");
    return true;
}

} // namespace

extern "C" int accept(int fd, struct sockaddr *address, socklen_t *length)
{
    typedef int (*Accept)(int, struct sockaddr *, socklen_t *);
    static Accept real = reinterpret_cast<Accept>(dlsym(RTLD_NEXT, "accept"));
    sockaddr_storage peer;
    socklen_t size = sizeof peer;
    int connection = real(fd, reinterpret_cast<sockaddr *>(&peer), &size);
    if (connection < 0)
        return connection;
    if (process_rules() && of_the_service(fd) && refused(connection, peer)) {
        close(connection);
        errno = ECONNABORTED;
        return -1;
    }
    if (address && length) {
        memcpy(address, &peer, *length < size ? *length : size);
        *length = size;
    }
    return connection;
}
