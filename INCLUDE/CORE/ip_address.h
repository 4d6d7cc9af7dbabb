/*
**  ip_address - IPv4 and IPv6 addresses and networks as values
**
**  RFC 4291, RFC 5952 (printed form), RFC 3596 (reverse names).  ::ffff:a.b.c.d is an IPv4
**  address: a rule for 10.* must not be escaped by the mapped form (spec/tcpware.md 3.2).  Pure
**  functions.
*/
#ifndef CORE_IP_ADDRESS_H
#define CORE_IP_ADDRESS_H

#include <string>
#include "boostset.h"

namespace mail {

struct IpAddress {
    bool is_v6;
    unsigned char bytes[16]; /* network order; IPv4 uses the first four, the rest is zero */
    IpAddress();
    size_t size() const { return is_v6 ? 16 : 4; }
    bool operator==(const IpAddress &other) const;
    bool operator<(const IpAddress &other) const;
};

/* "10.1.2.3" (four decimal parts, nothing shorter), "2001:db8::1", "::ffff:10.1.2.3". */
bool ip_address_parse(const std::string &text, IpAddress *address);
std::string ip_address_print(const IpAddress &address);
/* The 4 or 16 bytes of a socket address or a DNS record; mapped addresses become IPv4. */
bool ip_address_from_bytes(const char *bytes, size_t size, IpAddress *address);

/* "[10.1.2.3]", "[IPv6:2001:db8::1]" (RFC 5321 4.1.3). */
bool ip_literal_parse(const std::string &text, IpAddress *address);
std::string ip_literal_print(const IpAddress &address);

/* "3.2.1.10.in-addr.arpa", "...ip6.arpa"; with another zone the name that an RBL is asked. */
std::string ip_reverse_name(const IpAddress &address);
std::string ip_reverse_name(const IpAddress &address, const std::string &zone);

struct IpNetwork {
    IpAddress address;
    int bits; /* 0-32 or 0-128 */
    IpNetwork() : bits(0) {}
    bool contains(const IpAddress &address) const;
};
/*
**  "1.2.0.0/16", "1.2.0.0:255.255.0.0" and "1.2.0.0/255.255.0.0" (SET SERVICE), a plain address
**  (all bits), "2001:db8::/32".  Bits behind the mask are cleared.
*/
bool ip_network_parse(const std::string &text, IpNetwork *network);
std::string ip_network_print(const IpNetwork &network);

/* 127.0.0.0/8, ::1 */
bool ip_is_loopback(const IpAddress &address);

} // namespace mail
#endif
