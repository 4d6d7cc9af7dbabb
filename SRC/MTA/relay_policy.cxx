/*
**  relay_policy - the table of spec 4.4
*/
#include "MTA/relay_policy.h"

#include "CORE/text.h"

namespace mail {

RelayPolicy::RelayPolicy(const Settings &settings)
    : option_(settings.flag(P_RELAY)), has_good_clients_(settings.defined(P_GOOD_CLIENTS)),
      by_mx_(settings.flag(P_RELAY_BASED_ON_MX))
{
    const std::vector<std::string> &zones = settings.items(P_RELAY_ZONES);
    for (size_t i = 0; i < zones.size(); ++i)
        zones_.push_back(text_lowered(zones[i]));
}

/* Subdomains match implicitly: abc.com also means host.abc.com, but not xabc.com. */
bool RelayPolicy::in_relay_zone(const std::string &domain) const
{
    std::string name = text_lowered(domain);
    for (size_t i = 0; i < zones_.size(); ++i)
        if (name == zones_[i] || text_ends(name, ("." + zones_[i]).c_str()))
            return true;
    return false;
}

RelayVerdict RelayPolicy::decide(bool is_good, const std::string &domain) const
{
    if (!option_)
        return RELAY_DISABLED;
    if (!has_good_clients_ || is_good || in_relay_zone(domain))
        return RELAY_ALLOWED;
    return RELAY_UNKNOWN_CLIENT;
}

std::string RelayPolicy::text(const std::string &domain) const
{
    switch (decide(false, domain)) {
    case RELAY_DISABLED:
        return "nobody, RELAY is off";
    case RELAY_ALLOWED:
        return has_good_clients_ ? "everybody, the domain is in Relay-Zones"
                                 : "everybody, there are no Good-Clients";
    case RELAY_UNKNOWN_CLIENT:
        break;
    }
    return by_mx_ ? "Good-Clients; others if an MX record of the domain names this host"
                  : "Good-Clients only";
}

} // namespace mail
