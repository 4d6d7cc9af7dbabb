/*
**  relay_policy - may this client send mail to that domain, which is not ours?
**
**  HP 18.6, spec 4.4: the relay option, Good-Clients and Relay-Zones, decided by one table.
**  Good-Clients entries are addresses and networks here; names among them are told to the log and
**  not obeyed.
*/
#ifndef RECEIVER_RELAY_POLICY_H
#define RECEIVER_RELAY_POLICY_H

#include <string>
#include <vector>
#include "CORE/ip_address.h"
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
    /* client: address of the peer; domain: of the recipient. */
    RelayVerdict decide(const std::string &client, const std::string &domain) const;
    bool is_good_client(const std::string &client) const;
    /* Entries of Good-Clients that are no address or network. */
    const std::vector<std::string> &strange_entries() const { return strange_; }

private:
    bool in_relay_zone(const std::string &domain) const;
    bool option_, has_good_clients_;
    std::vector<IpNetwork> good_clients_;
    std::vector<std::string> zones_, strange_;
};

} // namespace mail
#endif
