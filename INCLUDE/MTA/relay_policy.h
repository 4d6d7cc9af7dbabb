/*
**  relay_policy - may this client send mail to that domain, which is not ours?
**
**  HP 18.6 (17.6.3), spec 4.4: the relay option, Good-Clients and Relay-Zones, decided by one
**  table. Relay-Based-On-Mx needs the DNS and is asked after it (RECEIVER/antispam).
*/
#ifndef MTA_RELAY_POLICY_H
#define MTA_RELAY_POLICY_H

#include <string>
#include <vector>
#include "MTA/config.h"

namespace mail {

enum RelayVerdict {
    RELAY_ALLOWED,
    RELAY_DISABLED,       /* the option is off */
    RELAY_UNKNOWN_CLIENT  /* neither the client nor the domain is known: a spam event */
};

/* Made once per set of settings; immutable, any thread. */
class RelayPolicy {
public:
    explicit RelayPolicy(const Settings &settings);
    /* is_good: the client is one of Good-Clients.  domain: of the recipient. */
    RelayVerdict decide(bool is_good, const std::string &domain) const;
    /* What other hosts may do with mail for that domain, in words, for SHOW ROUTE. */
    std::string text(const std::string &domain) const;

private:
    bool in_relay_zone(const std::string &domain) const;
    bool option_, has_good_clients_, by_mx_;
    std::vector<std::string> zones_;
};

} // namespace mail
#endif
