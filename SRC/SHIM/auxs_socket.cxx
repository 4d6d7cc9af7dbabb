/*
**  auxs_socket - socket(TCPIP$C_AUXS, SOCK_STREAM, 0)
**
**  The C run-time's way to the socket that the auxiliary server started this process for.  Here it
**  is inherited, its number in SHIM_SYSNET, and every call gives a duplicate.  A service with the
**  LISTEN flag is given the listening socket.  All other families are the host's.  spec 6.1.
*/
#include "shim.h"

#include <tcpip$inetdef.h>

#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

int inherited_socket(int type)
{
    const char *value = getenv("SHIM_SYSNET");
    char *end = nullptr;
    long number = value ? strtol(value, &end, 10) : -1;
    struct stat st;
    const int kind = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
    if (number < 0 || end == value || *end || (type & ~kind) || !(type & SOCK_STREAM) ||
        fstat(static_cast<int>(number), &st) < 0 || !S_ISSOCK(st.st_mode)) {
        errno = ENODEV;
        return -1;
    }
    return fcntl(static_cast<int>(number), F_DUPFD_CLOEXEC, 3);
}

} // namespace

extern "C" int socket(int domain, int type, int protocol) noexcept
{
    typedef int (*Socket)(int, int, int);
    static const Socket host = reinterpret_cast<Socket>(dlsym(RTLD_NEXT, "socket"));
    if (domain != TCPIP$C_AUXS)
        return host(domain, type, protocol);
    shim::trace("socket(TCPIP$C_AUXS)");
    return inherited_socket(type);
}
