/*
**  client_lists - Good-Clients and Bad-Clients as addresses
**
**  HP 18.6 (17.6.4; spec 4.2, 4.3): entries are addresses, networks, host names and MX domains; a
**  name stands for the addresses of the host or, if there is no such host, of its MX gateways.
**  In both lists the entry with the longer mask wins; of two equal ones the bad one.
*/
#ifndef RECEIVER_CLIENT_LISTS_H
#define RECEIVER_CLIENT_LISTS_H

#include <map>
#include <string>
#include <vector>
#include "MTA/config.h"
#include "VMS/thread.h"
#include "VMS/vmstime.h"
#include "spam_lookups.h"

namespace mail {

enum ClientStanding { CLIENT_UNKNOWN, CLIENT_GOOD, CLIENT_BAD };
const char *client_standing_name(ClientStanding standing);

/* Immutable; any thread. */
class ClientLists {
public:
    /*
    **  Looks the names up.  A name that gets no answer keeps the addresses it had in `before` (may
    **  be 0), so that trouble with the DNS neither lets anybody in nor locks him out.
    */
    ClientLists(const Settings &settings, SpamLookups &lookups, const ClientLists *before);
    ClientStanding standing(const std::string &client) const;
    /* Is there a Good-Clients field at all? */
    bool has_good() const { return has_good_; }
    bool has_names() const { return !names_.empty(); }
    /* Names that stand for no address, each with the reason. */
    const std::vector<std::string> &problems() const { return problems_; }
    bool had_trouble() const { return trouble_; }

private:
    typedef std::vector<IpNetwork> Networks;
    void add(const std::string &entry, SpamLookups &lookups, const ClientLists *before,
             boost::uint64_t until, Networks *list);
    void add_name(const std::string &name, SpamLookups &lookups, const ClientLists *before,
                  boost::uint64_t until, Networks *list);
    static int best_mask(const Networks &list, const IpAddress &address);
    Networks good_, bad_;
    std::map<std::string, Networks> names_;
    std::vector<std::string> problems_;
    bool has_good_, trouble_;
};
typedef boost::shared_ptr<const ClientLists> ClientListsPtr;

/* Keeps the lists of the current settings and renews the addresses of names.  Any thread. */
class ClientListsKeeper {
public:
    explicit ClientListsKeeper(SpamLookups &lookups)
        : lookups_(lookups), next_look_(0), looking_(false)
    {
    }
    /* One thread looks names up; the others have the lists as they were, or wait for the first. */
    ClientListsPtr get(const SettingsPtr &settings);

private:
    ClientListsKeeper(const ClientListsKeeper &);
    ClientListsKeeper &operator=(const ClientListsKeeper &);
    void renew(const SettingsPtr &settings);
    SpamLookups &lookups_;
    Mutex mutex_;
    Condition renewed_;
    SettingsPtr settings_; /* what lists_ was made of */
    ClientListsPtr lists_;
    VmsTime next_look_;
    bool looking_;
};

} // namespace mail
#endif
