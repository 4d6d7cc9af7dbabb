/*
**  relay_policy - the table of spec 4.4
*/
#include "relay_policy.h"

#include "CORE/text.h"

namespace mail {

RelayPolicy::RelayPolicy(const Settings &settings)
    : option_(settings.flag(P_RELAY)), has_good_clients_(settings.defined(P_GOOD_CLIENTS))
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

RelayVerdict RelayPolicy::decide(ClientStanding client, const std::string &domain) const
{
    if (!option_)
        return RELAY_DISABLED;
    if (!has_good_clients_ || client == CLIENT_GOOD || in_relay_zone(domain))
        return RELAY_ALLOWED;
    return RELAY_UNKNOWN_CLIENT;
}

} // namespace mail
