/*
**  resolver_wire - between the resolver's cache and its sockets
*/
#ifndef MAIL_RESOLVER_WIRE_H
#define MAIL_RESOLVER_WIRE_H

#include "CORE/dns_codec.h"
#include "VMS/resolver.h"

namespace mail {

struct ResolverAnswer {
    ResolverResult result;
    boost::uint32_t ttl;
    std::vector<DnsRecord> records;
    ResolverAnswer() : result(RESOLVER_FAILED), ttl(0) {}
};

/* From the logical names, at most RESOLVER_SERVERS_MAX. */
void resolver_servers(std::vector<NetAddress> *servers);

/*
**  One question to the servers in turn, several tries.  True: an answer with code DNS_NO_ERROR or
**  DNS_NO_NAME.  Any thread.
*/
bool resolver_exchange(const std::vector<NetAddress> &servers, const std::string &name,
                       unsigned type, const ResolverOptions &options, DnsMessage *message);

} // namespace mail

#endif
