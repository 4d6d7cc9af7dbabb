/*
**  resolver - DNS questions: transport, retries, cache; and the local hosts file
**
**  UDP with a random id and a random source port per question, TCP when the answer is truncated.
**  Servers: logical TCPIP$BIND_SERVER_LIST (a search list), else TCPIP$BIND_SERVER001, 002, ...;
**  entries are "address" or "address:port".  Positive and negative answers are kept as long as
**  their TTL says, within bounds, failures for half a minute.  Bytes are CORE/dns_codec's, policy
**  (MX order) is MTA's.
**
**  Any thread: questions run in the calling thread.
*/
#ifndef MAIL_VMS_RESOLVER_H
#define MAIL_VMS_RESOLVER_H

#include "VMS/net.h"

#include <vector>

namespace mail {

const size_t RESOLVER_CACHE_MAX = 4096;          /* answers; the oldest tenth goes when full */
const boost::uint32_t RESOLVER_TTL_MAX = 86400;  /* seconds */
const boost::uint32_t RESOLVER_NEGATIVE_MAX = 900;
const boost::uint32_t RESOLVER_FAILED_KEPT = 30; /* RFC 2308 7: ask no broken server in a loop */
const int RESOLVER_CHAIN_MAX = 8;                /* CNAME steps */
const size_t RESOLVER_SERVERS_MAX = 8;

enum ResolverResult {
    RESOLVER_FOUND,     /* at least one record of the type asked for */
    RESOLVER_NO_DATA,   /* the name exists, not the type */
    RESOLVER_NO_NAME,   /* NXDOMAIN */
    RESOLVER_FAILED     /* no server answered, or with an error: try later */
};

struct MxRecord {
    boost::uint32_t preference;
    std::string host; /* lower case, no final dot; empty for a null MX */
};

struct ResolverOptions {
    std::vector<NetAddress> servers; /* empty: from the logical names, read at each question */
    boost::uint32_t timeout_ms;      /* first try per server; doubled for the second */
    int tries;
    bool use_cache;
    boost::uint64_t deadline; /* net_milliseconds() when all questions must have ended; 0: none */
    ResolverOptions() : timeout_ms(3000), tries(2), use_cache(true), deadline(0) {}
};

/* Is there a name server to ask?  Without one every answer is RESOLVER_FAILED at once. */
bool resolver_has_servers();
/* The one that is asked first; false without any. */
bool resolver_server(NetAddress *server);

ResolverResult resolver_mx(const std::string &name, const ResolverOptions &options,
                           std::vector<MxRecord> *records);
/* AAAA and A of a name, IPv6 first; hosts file before DNS. */
ResolverResult resolver_addresses(const std::string &name, const ResolverOptions &options,
                                  std::vector<NetAddress> *addresses);
/* A records alone, without the hosts file: what lists of addresses (RBLs) answer with. */
ResolverResult resolver_listed(const std::string &name, const ResolverOptions &options,
                               std::vector<NetAddress> *addresses);
ResolverResult resolver_name(const NetAddress &address, const ResolverOptions &options,
                             std::string *name);
ResolverResult resolver_text(const std::string &name, const ResolverOptions &options,
                             std::vector<std::string> *texts);
void resolver_clear_cache();

/* SYS$SYSTEM:TCPIP$HOSTS.TXT: "address name alias..." lines, ! or # comments; read again when the
   file changes (looked at every 30 s).  *known (may be 0) false: it could never be read. */
bool hosts_find(const std::string &name, std::vector<NetAddress> *addresses, bool *known = 0);
bool hosts_name(const NetAddress &address, std::string *name);

} // namespace mail

#endif
