/*
**  route_explain - the decisions of aliases and router as lines of text, for SHOW ROUTE and the log
*/
#include "MTA/router.h"

#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "CORE/vms_address.h"
#include "MTA/aliases.h"
#include "MTA/lists.h"
#include "MTA/relay_policy.h"

namespace mail {

typedef std::vector<std::string> Lines;

std::string route_explain(const Route &route)
{
    static const char *const names[] = {"deliver here", "send to", "no route"};
    std::string text = route.domain + "\n";
    for (size_t i = 0; i < route.why.size(); ++i)
        text += "  " + route.why[i] + "\n";
    text += std::string("  ") + names[route.kind];
    for (size_t i = 0; i < route.hosts.size(); ++i)
        text += (i ? ", " : " ") + route.hosts[i].name;
    return text + "\n";
}

static void say_list(const std::string &file, Lines *lines)
{
    Lines members;
    lines->push_back("distribution list " + file);
    if (list_read(file, &members, 0).ok())
        lines->push_back("it has " +
                         text_from_number(static_cast<boost::uint64_t>(members.size())) +
                         " members; each gets a route of its own");
    else
        lines->push_back("the list cannot be read now: the message waits");
}

/* The user's side of an address of ours. */
static void say_user(const std::string &local_part, const Identity &identity, Lines *lines)
{
    LocalUser user = alias_resolve(local_part, identity);
    switch (user.verdict) {
    case LocalUser::DELIVER:
        lines->push_back("user " + user.user + ": delivered by MAIL");
        if (!user.forward.empty())
            lines->push_back("MAIL forwards it to " + user.forward);
        break;
    case LocalUser::LIST:
        say_list(user.list, lines);
        break;
    case LocalUser::UNKNOWN:
        lines->push_back("no such user: the message is returned");
        break;
    case LocalUser::REFUSED:
        lines->push_back("user " + user.user + " takes no mail: the message is returned");
        break;
    case LocalUser::TROUBLE:
        lines->push_back("cannot tell now (" + user.reason + "): the message waits");
        break;
    }
}

static void say_route(const Route &route, const Settings &settings, Lines *lines)
{
    lines->insert(lines->end(), route.why.begin(), route.why.end());
    if (route.kind == Route::LOCAL)
        lines->push_back("decision: deliver here");
    else if (route.kind == Route::NONE)
        lines->push_back(std::string("decision: no route; the message ") +
                         (route.outcome.is_failed() ? "is returned" : "waits"));
    for (size_t i = 0; i < route.hosts.size(); ++i)
        lines->push_back((i == 0 ? "decision: send to " : "else to ") + route.hosts[i].name +
                         " (preference " +
                         text_from_number(static_cast<boost::uint64_t>(route.hosts[i].preference)) +
                         ")");
    if (settings.number(P_ADDRESS_RETRIES) <= route.hosts.size())
        lines->push_back("no more than ADDRESS_RETRIES hosts are tried");
    if (route.kind == Route::REMOTE)
        lines->push_back("more than " + settings.text(P_HOP_COUNT_MAXIMUM) +
                         " Received: lines (HOP_COUNT_MAXIMUM): the message is returned");
}

Lines route_explain_address(const std::string &address, const Settings &settings,
                            const Identity &identity, RouteServices &services)
{
    Lines lines;
    SmtpPath path;
    std::string mailbox = text_trimmed(address), plain;
    if (vms_address_unwrap(mailbox, &plain, 0)) {
        lines.push_back(mailbox + " is MAIL's form of " + plain);
        mailbox = plain;
    }
    if (!smtp_mailbox_parse(mailbox, &path)) {
        path.local = mailbox;
        if (mailbox.empty() || mailbox.find_first_of("@ \t\"<>") != std::string::npos) {
            lines.push_back(mailbox + " is not an address");
            return lines;
        }
    }
    std::string domain = route_domain_of(mailbox, settings, identity);
    lines.push_back("user part " + path.local +
                    (path.domain.empty() ? std::string(", no domain: this host")
                                         : ", domain " + path.domain));
    if (domain.empty()) {
        if (!path.domain.empty())
            lines.push_back(path.domain + " is local: " + identity.why_local(path.domain));
        say_user(path.local, identity, &lines);
        return lines;
    }
    Route route = route_find(domain == ROUTE_GENERAL ? domain : path.domain, settings, identity,
                             services);
    say_route(route, settings, &lines);
    if (route.domain_instead.size())
        lines.push_back("the recipient becomes " + route_recipient(route, mailbox));
    if (route.kind != Route::LOCAL && !path.domain.empty())
        lines.push_back("other hosts that may send such mail through here: " +
                        RelayPolicy(settings).text(path.domain));
    return lines;
}

} // namespace mail
