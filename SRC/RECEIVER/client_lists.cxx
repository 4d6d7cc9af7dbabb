/*
**  client_lists - names to addresses, addresses to a standing
*/
#include "client_lists.h"

#include "CORE/text.h"
#include "MTA/log.h"
#include "VMS/net.h"

namespace mail {

enum { RETRY_SECONDS = 60, GATEWAYS_MAX = 32 };

const char *client_standing_name(ClientStanding standing)
{
    static const char *const names[] = {"unknown", "good", "bad"};
    return names[standing];
}

ClientLists::ClientLists(const Settings &settings, SpamLookups &lookups, const ClientLists *before)
    : has_good_(settings.defined(P_GOOD_CLIENTS)), trouble_(false)
{
    boost::uint64_t until =
        net_milliseconds() +
        static_cast<boost::uint64_t>(settings.seconds(P_SPAM_LOOKUP_TIME)) * 1000;
    const std::vector<std::string> &good = settings.items(P_GOOD_CLIENTS);
    for (size_t i = 0; i < good.size(); ++i)
        add(good[i], lookups, before, until, &good_);
    const std::vector<std::string> &bad = settings.items(P_BAD_CLIENTS);
    for (size_t i = 0; i < bad.size(); ++i)
        add(bad[i], lookups, before, until, &bad_);
}

void ClientLists::add(const std::string &entry, SpamLookups &lookups, const ClientLists *before,
                      boost::uint64_t until, Networks *list)
{
    IpNetwork network;
    if (ip_network_parse(entry, &network))
        list->push_back(network);
    else
        add_name(text_lowered(entry), lookups, before, until, list);
}

static void add_hosts(const std::vector<IpAddress> &addresses, std::vector<IpNetwork> *list)
{
    for (size_t i = 0; i < addresses.size(); ++i) {
        IpNetwork network;
        network.address = addresses[i];
        network.bits = addresses[i].is_v6 ? 128 : 32;
        list->push_back(network);
    }
}

/* The addresses of a host, else those of its gateways. */
static SpamLookups::Answer look_up(const std::string &name, SpamLookups &lookups,
                                   boost::uint64_t until, std::vector<IpNetwork> *list)
{
    std::vector<IpAddress> addresses;
    std::vector<std::string> gateways;
    SpamLookups::Answer answer = lookups.addresses(name, until, &addresses);
    if (answer == SpamLookups::FOUND)
        add_hosts(addresses, list);
    if (answer != SpamLookups::NOTHING)
        return answer;
    answer = lookups.gateways(name, until, &gateways);
    if (answer != SpamLookups::FOUND)
        return answer;
    bool trouble = false;
    for (size_t i = 0; i < gateways.size() && i < GATEWAYS_MAX; ++i) {
        if (gateways[i].empty())
            continue;
        answer = lookups.addresses(gateways[i], until, &addresses);
        if (answer == SpamLookups::FOUND)
            add_hosts(addresses, list);
        trouble = trouble || answer == SpamLookups::TROUBLE;
    }
    if (trouble)
        return SpamLookups::TROUBLE;
    return list->empty() ? SpamLookups::NOTHING : SpamLookups::FOUND;
}

void ClientLists::add_name(const std::string &name, SpamLookups &lookups,
                           const ClientLists *before, boost::uint64_t until, Networks *list)
{
    std::map<std::string, Networks>::const_iterator known = names_.find(name);
    if (known == names_.end()) {
        Networks found;
        SpamLookups::Answer answer = look_up(name, lookups, until, &found);
        if (answer == SpamLookups::TROUBLE) {
            trouble_ = true;
            if (before && before->names_.count(name) != 0)
                found = before->names_.find(name)->second;
            problems_.push_back(name + ": no answer from the name server");
        } else if (answer == SpamLookups::NOTHING)
            problems_.push_back(name + ": no such host or domain");
        known = names_.insert(std::make_pair(name, found)).first;
    }
    list->insert(list->end(), known->second.begin(), known->second.end());
}

/* Length of the longest mask that contains the address, -1 for none. */
int ClientLists::best_mask(const Networks &list, const IpAddress &address)
{
    int best = -1;
    for (size_t i = 0; i < list.size(); ++i)
        if (list[i].bits > best && list[i].contains(address))
            best = list[i].bits;
    return best;
}

ClientStanding ClientLists::standing(const std::string &client) const
{
    IpAddress address;
    if (!ip_address_parse(client, &address))
        return CLIENT_UNKNOWN;
    int good = best_mask(good_, address), bad = best_mask(bad_, address);
    if (good < 0 && bad < 0)
        return CLIENT_UNKNOWN;
    return good > bad ? CLIENT_GOOD : CLIENT_BAD;
}

/* ---- the keeper ---- */

/* The mutex is held at entry and at return, not while names are looked up. */
void ClientListsKeeper::renew(const SettingsPtr &settings)
{
    ClientListsPtr before = lists_;
    looking_ = true;
    mutex_.unlock();
    ClientListsPtr fresh(new ClientLists(*settings, lookups_, before.get()));
    for (size_t i = 0; i < fresh->problems().size(); ++i)
        if (!before || before->problems() != fresh->problems())
            LogLine(LOG_WARNING, "", "client_lists").add("problem", fresh->problems()[i]);
    mutex_.lock();
    lists_ = fresh;
    settings_ = settings;
    looking_ = false;
    boost::uint32_t seconds = settings->seconds(P_CLIENT_NAMES_TIME);
    if (fresh->had_trouble() && seconds > RETRY_SECONDS)
        seconds = RETRY_SECONDS;
    next_look_ = vmstime_after(seconds);
    renewed_.broadcast();
}

ClientListsPtr ClientListsKeeper::get(const SettingsPtr &settings)
{
    MutexGuard guard(mutex_);
    /* the wrong lists are worse than a wait */
    while (looking_ && settings_ != settings)
        renewed_.wait(mutex_);
    bool stale = lists_ && lists_->has_names() && vmstime_now() >= next_look_;
    if (settings_ != settings || (stale && !looking_))
        renew(settings);
    return lists_;
}

} // namespace mail
