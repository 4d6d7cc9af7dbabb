/*
**  router - where a message for a domain goes next, and why
**
**  HP 18.1.5 (local MX, BIND MX, BIND A, local hosts), 18.1.5.2 (zones and alternate gateway), spec
**  2.3, 3.9; RFC 5321 5.1 (loop rule), RFC 7505 (null MX).  The steps are rows of one table, in
**  order.
*/
#ifndef MTA_ROUTER_H
#define MTA_ROUTER_H

#include <string>
#include <vector>
#include "MTA/config.h"
#include "MTA/identity.h"
#include "MTA/outcome.h"

namespace mail {

struct RouteHost {
    std::string name;         /* host name, or an address "10.1.2.3" / "2001:db8::1" */
    boost::uint16_t preference;
    bool is_address;          /* name is an address: no look-up */
    RouteHost() : preference(0), is_address(false) {}
};

struct Route {
    enum Kind {
        LOCAL,  /* deliver by MAIL here */
        REMOTE, /* try `hosts` in order; equal preferences were shuffled (RFC 5321 5.1) */
        NONE    /* see outcome: LATER (DNS does not answer) or FAILED (no such domain, loop ...) */
    };
    Kind kind;
    std::string domain;            /* what was asked, lower case, no final period */
    std::vector<RouteHost> hosts;  /* addresses are looked up late, by the one who connects */
    Outcome outcome;
    std::string step;              /* the step that decided: "local", "gateway", "mx", ... */
    std::vector<std::string> why;  /* one sentence per step that was asked, in order */
    std::string domain_instead;    /* what recipients get as domain on the way; "": their own */
    Route() : kind(NONE) {}
};

struct RouteMx {
    std::string host;
    boost::uint16_t preference;
};

/*
**  What the router asks.  Implemented over DNS, hosts file and local MX file by router_services();
**  tests bring their own.  Called by any thread.
*/
class RouteServices {
public:
    enum Answer {
        FOUND,
        NO_DATA,   /* the name exists, but not this kind of record */
        NO_DOMAIN, /* the name does not exist */
        TROUBLE    /* no answer now */
    };
    virtual ~RouteServices() {}
    /* The local MX database; destinations are case-sensitive (HP 18.1.5).  Never NO_DOMAIN. */
    virtual Answer local_mx(const std::string &domain, std::vector<RouteMx> *mx) = 0;
    virtual Answer bind_mx(const std::string &domain, std::vector<RouteMx> *mx) = 0;
    /* Has the name an A or AAAA record? */
    virtual Answer bind_address(const std::string &host) = 0;
    /* Is the name in the local hosts database?  Never NO_DOMAIN. */
    virtual Answer local_host(const std::string &host) = 0;
};

/* The real ones; lives as long as the process. */
RouteServices &router_services();

/*
**  Never fails for good because DNS does not answer.  domain: the part after @, or "[address]".
**  At most ADDRESS_RETRIES hosts are named.
*/
Route route_find(const std::string &domain, const Settings &settings, const Identity &identity,
                 RouteServices &services);

/* The steps in words, one line each, for SHOW and the log. */
std::string route_explain(const Route &route);

/*
**  The domain to ask route_find() for: the recipient's, in its own case because of the local MX
**  database; ROUTE_GENERAL for an address that is not an SMTP address ("host!user" of ours) while
**  there is a general-purpose gateway for it (spec 3.2, 6.5); "" when the mail stays here.
*/
extern const char ROUTE_GENERAL[];
std::string route_domain_of(const std::string &mailbox, const Settings &settings,
                            const Identity &identity);
/* The mailbox as the next host is to see it. */
std::string route_recipient(const Route &route, const std::string &mailbox);

/*
**  Everything that decides where mail for this address goes, one line of text per step: who is
**  meant when it is ours (user, forwarding, list), then the route's steps, then the hosts with
**  their preferences.  Asks the DNS.  address: as a user writes it, also SMTP%"..." of MAIL.
*/
std::vector<std::string> route_explain_address(const std::string &address,
                                               const Settings &settings, const Identity &identity,
                                               RouteServices &services);

/* The local MX database, in TCPIP$SMTP_COMMON; what lies beyond the limit is not read. */
const char ROUTER_MX_FILE[] = "TCPIP$SMTP_LOCAL_MX.TXT";
enum { ROUTER_MX_FILE_MAX = 1048576 }; /* bytes */

/* Parses lines "destination gateway preference" with "!" comments (TCPIP$SMTP_LOCAL_MX.TXT). */
void router_parse_mx(const std::string &text, const std::string &domain, std::vector<RouteMx> *mx);

} // namespace mail
#endif
