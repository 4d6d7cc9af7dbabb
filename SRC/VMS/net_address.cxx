/*
**  net_address - address texts
**
**  The C run-time's inet_pton and inet_ntop decide what an address is; brackets, ports and the
**  SMTP literal prefix are ours.  An IPv4-mapped IPv6 address is the IPv4 address: limits and
**  access rules must not be passed by another spelling of the same client.
*/
#include "VMS/net.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

namespace mail {

static const unsigned char mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static size_t address_size(const NetAddress &address)
{
    return address.family == 4 ? 4 : address.family == 6 ? 16 : 0;
}

static void unmap(NetAddress *address)
{
    if (address->family != 6 || memcmp(address->bytes, mapped_prefix, sizeof mapped_prefix) != 0)
        return;
    memmove(address->bytes, address->bytes + 12, 4);
    memset(address->bytes + 4, 0, 12);
    address->family = 4;
}

NetAddress::NetAddress() : family(0), port(0)
{
    memset(bytes, 0, sizeof bytes);
}

bool NetAddress::same_host(const NetAddress &other) const
{
    return family == other.family && memcmp(bytes, other.bytes, address_size(*this)) == 0;
}

bool NetAddress::is_loopback() const
{
    static const unsigned char loopback6[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    if (family == 4)
        return bytes[0] == 127;
    return family == 6 && memcmp(bytes, loopback6, sizeof loopback6) == 0;
}

bool NetAddress::operator<(const NetAddress &other) const
{
    if (family != other.family)
        return family < other.family;
    return memcmp(bytes, other.bytes, address_size(*this)) < 0;
}

static bool has_prefix(const std::string &text, const char *prefix)
{
    size_t size = strlen(prefix);
    if (text.size() < size)
        return false;
    for (size_t i = 0; i < size; ++i) {
        char c = text[i];
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
        if (c != prefix[i])
            return false;
    }
    return true;
}

bool net_parse_address(const std::string &text, NetAddress *address)
{
    std::string bare = text;
    if (bare.size() > 2 && bare[0] == '[' && bare[bare.size() - 1] == ']')
        bare = bare.substr(1, bare.size() - 2);
    if (has_prefix(bare, "ipv6:"))
        bare = bare.substr(5);
    if (bare.empty() || bare.find('\0') != std::string::npos)
        return false;
    NetAddress parsed;
    if (inet_pton(AF_INET, bare.c_str(), parsed.bytes) == 1)
        parsed.family = 4;
    else if (inet_pton(AF_INET6, bare.c_str(), parsed.bytes) == 1)
        parsed.family = 6;
    else
        return false;
    unmap(&parsed);
    *address = parsed;
    return true;
}

/* Decimal, at most `most`; the whole text. */
static bool parse_number(const std::string &text, unsigned most, unsigned *value)
{
    if (text.empty() || text.size() > 5)
        return false;
    unsigned number = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + static_cast<unsigned>(text[i] - '0');
    }
    if (number > most)
        return false;
    *value = number;
    return true;
}

bool net_parse_endpoint(const std::string &text, unsigned short default_port, NetAddress *address)
{
    std::string host = text;
    unsigned port = default_port;
    size_t colon = text.rfind(':');
    bool bracket = !text.empty() && text[0] == '[';
    bool one_colon = colon != std::string::npos && text.find(':') == colon;
    bool after_bracket = bracket && colon != std::string::npos && text[colon - 1] == ']';
    if (after_bracket || (one_colon && !bracket)) {
        host = text.substr(0, colon);
        if (!parse_number(text.substr(colon + 1), 65535, &port))
            return false;
    }
    if (!net_parse_address(host, address))
        return false;
    address->port = static_cast<unsigned short>(port);
    return true;
}

std::string net_text(const NetAddress &address)
{
    char text[64];
    int family = address.family == 4 ? AF_INET : AF_INET6;
    if (!address.family || !inet_ntop(family, address.bytes, text, sizeof text))
        return std::string();
    return text;
}

std::string net_endpoint_text(const NetAddress &address)
{
    char port[8];
    snprintf(port, sizeof port, ":%u", static_cast<unsigned>(address.port));
    if (address.family == 6)
        return "[" + net_text(address) + "]" + port;
    return net_text(address) + port;
}

} // namespace mail
