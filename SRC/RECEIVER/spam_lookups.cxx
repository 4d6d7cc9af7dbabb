/*
**  spam_lookups - over the resolver and the router's local MX database
*/
#include "spam_lookups.h"

#include "MTA/router.h"
#include "VMS/resolver.h"

namespace mail {

static SpamLookups::Answer answer_of(ResolverResult result)
{
    if (result == RESOLVER_FOUND)
        return SpamLookups::FOUND;
    return result == RESOLVER_FAILED ? SpamLookups::TROUBLE : SpamLookups::NOTHING;
}

static ResolverOptions options_until(boost::uint64_t until)
{
    ResolverOptions options;
    options.deadline = until;
    return options;
}

static void take(const std::vector<NetAddress> &addresses, std::vector<IpAddress> *found)
{
    found->clear();
    for (size_t i = 0; i < addresses.size(); ++i) {
        IpAddress address;
        if (ip_address_parse(net_text(addresses[i]), &address))
            found->push_back(address);
    }
}

class SystemSpamLookups : public SpamLookups {
public:
    virtual bool available() { return resolver_has_servers(); }
    virtual Answer addresses(const std::string &host, boost::uint64_t until,
                             std::vector<IpAddress> *found)
    {
        std::vector<NetAddress> addresses;
        ResolverResult result = resolver_addresses(host, options_until(until), &addresses);
        take(addresses, found);
        return answer_of(result);
    }
    virtual Answer name(const IpAddress &address, boost::uint64_t until, std::string *found)
    {
        NetAddress net;
        if (!net_parse_address(ip_address_print(address), &net))
            return NOTHING;
        return answer_of(resolver_name(net, options_until(until), found));
    }
    virtual Answer gateways(const std::string &domain, boost::uint64_t until,
                            std::vector<std::string> *found)
    {
        std::vector<RouteMx> local;
        std::vector<MxRecord> records;
        found->clear();
        RouteServices::Answer answer = router_services().local_mx(domain, &local);
        if (answer == RouteServices::TROUBLE)
            return TROUBLE;
        if (answer == RouteServices::FOUND) {
            for (size_t i = 0; i < local.size(); ++i)
                found->push_back(local[i].host);
            return FOUND;
        }
        ResolverResult result = resolver_mx(domain, options_until(until), &records);
        for (size_t i = 0; i < records.size(); ++i)
            found->push_back(records[i].host);
        return answer_of(result);
    }
    virtual Answer listed(const std::string &name, boost::uint64_t until,
                          std::vector<IpAddress> *found)
    {
        std::vector<NetAddress> addresses;
        ResolverResult result = resolver_listed(name, options_until(until), &addresses);
        take(addresses, found);
        return answer_of(result);
    }
};

SpamLookups &spam_lookups()
{
    static SystemSpamLookups lookups; /* without members: no constructor runs at image start */
    return lookups;
}

SpamLookups::Answer spam_domain_exists(SpamLookups &lookups, const std::string &domain,
                                       boost::uint64_t until)
{
    std::vector<std::string> gateways;
    std::vector<IpAddress> addresses;
    SpamLookups::Answer answer = lookups.gateways(domain, until, &gateways);
    if (answer == SpamLookups::FOUND && gateways.size() == 1 && gateways[0].empty())
        return SpamLookups::NOTHING;
    if (answer != SpamLookups::NOTHING)
        return answer;
    return lookups.addresses(domain, until, &addresses);
}

} // namespace mail
