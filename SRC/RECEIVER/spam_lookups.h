/*
**  spam_lookups - the DNS as the checks of the receiver see it
**
**  Questions of one command share a deadline (SPAM_LOOKUP_TIME), so that a slow name server slows a
**  session down by a bounded time (HP 18.9.2).  Tests bring an implementation of their own.
*/
#ifndef RECEIVER_SPAM_LOOKUPS_H
#define RECEIVER_SPAM_LOOKUPS_H

#include <string>
#include <vector>
#include "CORE/ip_address.h"
#include "boostset.h"

namespace mail {

/* Called by any thread; until is net_milliseconds() time. */
class SpamLookups {
public:
    enum Answer {
        FOUND,
        NOTHING, /* there is no such name or record */
        TROUBLE  /* no answer in time */
    };
    virtual ~SpamLookups() {}
    /* Is there a DNS to ask?  If not, the checks that need it are passed over. */
    virtual bool available() = 0;
    /* Addresses of a host, hosts file first. */
    virtual Answer addresses(const std::string &host, boost::uint64_t until,
                             std::vector<IpAddress> *found) = 0;
    /* Name of an address, hosts file first. */
    virtual Answer name(const IpAddress &address, boost::uint64_t until, std::string *found) = 0;
    /* Gateways of a domain; the local MX database first.  A null MX (RFC 7505) is the host "". */
    virtual Answer gateways(const std::string &domain, boost::uint64_t until,
                            std::vector<std::string> *found) = 0;
    /* A records of a name, nothing else. */
    virtual Answer listed(const std::string &name, boost::uint64_t until,
                          std::vector<IpAddress> *found) = 0;
};

/* The real one; lives as long as the process. */
SpamLookups &spam_lookups();

/* Does mail for the domain have somewhere to go: gateways, or an address (HP 18.6)? */
SpamLookups::Answer spam_domain_exists(SpamLookups &lookups, const std::string &domain,
                                       boost::uint64_t until);

} // namespace mail
#endif
