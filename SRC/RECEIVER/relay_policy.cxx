/*
**  relay_policy - the table of spec 4.4
*/
#include "relay_policy.h"

#include "CORE/text.h"

namespace mail {

RelayPolicy::RelayPolicy(const Settings &settings)
    : option_(settings.flag(P_RELAY)), has_good_clients_(settings.defined(P_GOOD_CLIENTS))
{
    const std::vector<std::string> &clients = settings.items(P_GOOD_CLIENTS);
    for (size_t i = 0; i < clients.size(); ++i) {
        IpNetwork network;
        if (ip_network_parse(clients[i], &network))
            good_clients_.push_back(network);
        else
            strange_.push_back(clients[i]);
    }
    const std::vector<std::string> &zones = settings.items(P_RELAY_ZONES);
    for (size_t i = 0; i < zones.size(); ++i)
        zones_.push_back(text_lowered(zones[i]));
}

bool RelayPolicy::is_good_client(const std::string &client) const
{
    IpAddress address;
    if (!ip_address_parse(client, &address))
        return false;
    for (size_t i = 0; i < good_clients_.size(); ++i)
        if (good_clients_[i].contains(address))
            return true;
    return false;
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

RelayVerdict RelayPolicy::decide(const std::string &client, const std::string &domain) const
{
    if (!option_)
        return RELAY_DISABLED;
    if (!has_good_clients_ || is_good_client(client) || in_relay_zone(domain))
        return RELAY_ALLOWED;
    return RELAY_UNKNOWN_CLIENT;
}

} // namespace mail
