/*
**  router - one table of steps; each decides or passes on, and says why
**
**  HP 18.1.5, 18.1.5.2.  No step fails a message for good because somebody does not answer: that is
**  LATER.  Only an answer (no such domain, null MX, the loop rule) is FAILED.
*/
#include "MTA/router.h"

#include <algorithm>
#include "CORE/ip_address.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "VMS/vmstime.h"

namespace mail {

const char ROUTE_GENERAL[] = "!";

/* What the steps share. */
struct RouteWork {
    const Settings &settings;
    const Identity &identity;
    RouteServices &services;
    Route route;
    std::string written; /* the domain in its own case: the local MX database is case-sensitive */
    const char *trouble; /* a step before this one had no answer: which; else 0 */
    RouteWork(const Settings &s, const Identity &i, RouteServices &v)
        : settings(s), identity(i), services(v), trouble(0)
    {
    }
    void say(const std::string &sentence) { route.why.push_back(sentence); }
};

enum StepResult { STEP_NEXT, STEP_DECIDED };

static const char silent_dns[] = "Name server does not answer";
static const char unreadable_mx[] = "Local MX database cannot be read";
static const char unreadable_hosts[] = "Local hosts database cannot be read";

/* ---- decisions ---- */

static StepResult decide_later(RouteWork &work, const char *text, const std::string &sentence)
{
    work.say(sentence);
    work.route.kind = Route::NONE;
    work.route.outcome = Outcome::reply(451, "4.4.3", text, sentence);
    return STEP_DECIDED;
}

static StepResult decide_failed(RouteWork &work, int code, const char *status, const char *text,
                                const std::string &sentence)
{
    work.say(sentence);
    work.route.kind = Route::NONE;
    work.route.outcome = Outcome::reply(code, status, text, sentence);
    return STEP_DECIDED;
}

static void add_host(RouteWork &work, const std::string &name, boost::uint16_t preference)
{
    size_t most = work.settings.number(P_ADDRESS_RETRIES);
    for (size_t i = 0; i < work.route.hosts.size(); ++i)
        if (work.route.hosts[i].name == name)
            return;
    if (work.route.hosts.size() >= most)
        return;
    RouteHost host;
    IpAddress address;
    host.name = name;
    host.preference = preference;
    host.is_address = ip_address_parse(name, &address);
    work.route.hosts.push_back(host);
}

/* ---- MX lists ---- */

static bool lower_preference(const RouteMx &a, const RouteMx &b)
{
    return a.preference < b.preference;
}

/* Equal preferences in random order (RFC 5321 5.1); a cheap generator is good enough for load. */
static void shuffle_equals(std::vector<RouteMx> *mx, boost::uint32_t seed)
{
    for (size_t i = mx->size(); i > 1; --i) {
        seed = seed * 1664525u + 1013904223u;
        std::swap((*mx)[i - 1], (*mx)[(seed >> 8) % i]);
    }
    std::stable_sort(mx->begin(), mx->end(), lower_preference);
}

static std::string list_text(const std::vector<RouteMx> &mx)
{
    std::string text;
    for (size_t i = 0; i < mx.size(); ++i)
        text += (i ? ", " : "") + mx[i].host + " (" + text_from_number(mx[i].preference) + ")";
    return text;
}

static boost::uint32_t seed_of(const RouteWork &work)
{
    boost::uint32_t seed = static_cast<boost::uint32_t>(vmstime_now());
    for (size_t i = 0; i < work.route.domain.size(); ++i)
        seed = seed * 31 + static_cast<unsigned char>(work.route.domain[i]);
    return seed;
}

/*
**  Orders a list and applies the loop rule: we ourselves and everything that is not better than we
**  are fall out.  False when nothing is left.
*/
static bool order_mx(RouteWork &work, std::vector<RouteMx> *mx)
{
    shuffle_equals(mx, seed_of(work));
    for (size_t i = 0; i < mx->size(); ++i) {
        if (!work.identity.is_self((*mx)[i].host))
            continue;
        size_t better = 0;
        while ((*mx)[better].preference < (*mx)[i].preference)
            ++better;
        work.say("this host is in the list with preference " +
                 text_from_number((*mx)[i].preference) + "; only better hosts count");
        mx->resize(better);
        break;
    }
    return !mx->empty();
}

static bool is_null_mx(const std::vector<RouteMx> &mx)
{
    return mx.size() == 1 && (mx[0].host.empty() || mx[0].host == ".");
}

/* Is name the zone or inside it? */
static bool in_zone(const std::string &name, const std::string &zone)
{
    return !zone.empty() && (name == zone || text_ends(name, ("." + zone).c_str()));
}

/*
**  MX records of the gateway, else the name itself; an address needs no look-up (HP 18.1.5.2).
**  False: it leads back to this host, or, with work.trouble, nobody can tell.
*/
static bool gateway_hosts(RouteWork &work, const std::string &gateway)
{
    IpAddress address;
    std::vector<RouteMx> mx;
    if (ip_address_parse(gateway, &address) || ip_literal_parse(gateway, &address)) {
        add_host(work, ip_address_print(address), 0);
        return true;
    }
    RouteServices::Answer answer = work.services.local_mx(gateway, &mx);
    if (answer == RouteServices::TROUBLE) { /* BIND's records are no substitute for what it has */
        work.trouble = unreadable_mx;
        return false;
    }
    if (answer != RouteServices::FOUND)
        answer = work.services.bind_mx(gateway, &mx);
    if (answer == RouteServices::FOUND && !is_null_mx(mx)) {
        work.say("MX of the gateway: " + list_text(mx));
        if (!order_mx(work, &mx))
            return false;
        for (size_t i = 0; i < mx.size(); ++i)
            add_host(work, mx[i].host, mx[i].preference);
        return true;
    }
    add_host(work, gateway, 0); /* whether it has an address shows when it is connected to */
    return true;
}

/*
**  A host of the list.  With an alternate gateway a gate outside of the zone is not connected to:
**  the gateway stands in its place (spec 3.9).
*/
static void add_gate(RouteWork &work, const RouteMx &mx)
{
    std::string gateway = text_lowered(work.settings.text(P_ALTERNATE_GATEWAY));
    if (gateway.empty() || work.identity.is_self(gateway) ||
        in_zone(mx.host, work.identity.zone()) || !in_zone(work.route.domain, work.identity.zone()))
        add_host(work, mx.host, mx.preference);
    else {
        work.say(mx.host + " is outside the zone " + work.identity.zone() +
                 ": alternate gateway " + gateway);
        gateway_hosts(work, gateway);
    }
}

static StepResult decide_no_gateway(RouteWork &work)
{
    if (work.trouble)
        return decide_later(work, work.trouble, "the gateway cannot be looked up now");
    return decide_failed(work, 554, "5.4.6", "Mail for the gateway loops back to this host",
                         "the gateway leads back to this host");
}

static StepResult use_mx(RouteWork &work, std::vector<RouteMx> *mx, const char *source)
{
    if (is_null_mx(*mx))
        return decide_failed(work, 556, "5.1.10", "The domain does not accept mail",
                             std::string(source) + ": null MX, the domain accepts no mail");
    work.say(std::string(source) + ": " + list_text(*mx));
    if (!order_mx(work, mx))
        return decide_failed(work, 554, "5.4.6", "Mail for the domain loops back to this host",
                             "the best MX of " + work.route.domain +
                                 " is this host, but the domain is not local");
    for (size_t i = 0; i < mx->size(); ++i)
        add_gate(work, (*mx)[i]);
    if (work.route.hosts.empty())
        return decide_no_gateway(work);
    work.route.kind = Route::REMOTE;
    return STEP_DECIDED;
}

/* ---- the steps ---- */

static StepResult step_general(RouteWork &work)
{
    if (work.route.domain != ROUTE_GENERAL)
        return STEP_NEXT;
    std::string gateway = text_lowered(work.settings.text(P_GENERAL_GATEWAY));
    if (gateway.empty() || work.identity.is_self(gateway))
        return decide_failed(work, 550, "5.1.2", "No gateway for such addresses",
                             "not an SMTP address, and no general-purpose gateway for it");
    work.say("not an SMTP address: general-purpose gateway " + gateway);
    if (!gateway_hosts(work, gateway))
        return decide_no_gateway(work);
    IpAddress address;
    work.route.domain_instead =
        ip_address_parse(gateway, &address) ? ip_literal_print(address) : gateway;
    work.route.kind = Route::REMOTE;
    return STEP_DECIDED;
}

static StepResult step_local(RouteWork &work)
{
    const char *why = work.identity.why_local(work.route.domain);
    if (why[0] == '\0') {
        if (work.route.domain == work.identity.substitute_domain() && !work.route.domain.empty())
            work.say(work.route.domain + " is the substitute domain, but not local (" +
                     (work.settings.flag(P_LOCAL_ALIAS_ONLY) ? "LOCAL_ALIAS_ONLY"
                                                             : "NO_SUBS_DOMAIN_INBOUND") +
                     ")");
        return STEP_NEXT;
    }
    work.say(work.route.domain + " is local: " + why);
    work.route.kind = Route::LOCAL;
    return STEP_DECIDED;
}

static StepResult step_literal(RouteWork &work)
{
    if (work.route.domain.empty() || work.route.domain[0] != '[')
        return STEP_NEXT;
    IpAddress address;
    if (!ip_literal_parse(work.route.domain, &address))
        return decide_failed(work, 550, "5.1.2", "Bad destination address",
                             work.route.domain + " is not an address literal");
    work.say("address literal");
    add_host(work, ip_address_print(address), 0);
    work.route.kind = Route::REMOTE;
    return STEP_DECIDED;
}

static StepResult step_gateway(RouteWork &work)
{
    std::string gateway = text_lowered(work.settings.text(P_ALTERNATE_GATEWAY));
    if (gateway.empty()) {
        work.say("no alternate gateway is defined");
        return STEP_NEXT;
    }
    if (work.identity.is_self(gateway)) {
        work.say("the alternate gateway is this host: not used");
        return STEP_NEXT;
    }
    if (!work.settings.flag(P_ALTGATE_ALWAYS) && in_zone(work.route.domain, work.identity.zone())) {
        work.say(work.route.domain + " is inside the zone " + work.identity.zone());
        return STEP_NEXT;
    }
    work.say((work.settings.flag(P_ALTGATE_ALWAYS)
                  ? "everything goes to it (ALTGATE_ALWAYS)"
                  : "outside the zone " + work.identity.zone()) +
             ": alternate gateway " + gateway);
    if (!gateway_hosts(work, gateway)) {
        if (work.trouble)
            return decide_no_gateway(work);
        work.say("the alternate gateway leads back to this host: not used");
        return STEP_NEXT;
    }
    work.route.kind = Route::REMOTE;
    if (!work.settings.flag(P_MX_IF_NOALTGATE))
        return STEP_DECIDED;
    work.say("behind it, if it cannot be reached: the domain's own hosts (MX_IF_NOALTGATE)");
    return STEP_NEXT;
}

static StepResult step_local_mx(RouteWork &work)
{
    std::vector<RouteMx> mx;
    if (work.settings.flag(P_NO_MX))
        return STEP_NEXT;
    switch (work.services.local_mx(work.written, &mx)) {
    case RouteServices::FOUND:
        return use_mx(work, &mx, "local MX database");
    case RouteServices::TROUBLE:
        return decide_later(work, unreadable_mx, "local MX database: it cannot be read now");
    case RouteServices::NO_DOMAIN:
    case RouteServices::NO_DATA:
        break;
    }
    work.say("local MX database: none");
    return STEP_NEXT;
}

static StepResult step_bind_mx(RouteWork &work)
{
    if (work.settings.flag(P_NO_MX)) {
        work.say("MX records are not used (NO_MX)");
        return STEP_NEXT;
    }
    std::vector<RouteMx> mx;
    switch (work.services.bind_mx(work.route.domain, &mx)) {
    case RouteServices::FOUND:
        return use_mx(work, &mx, "BIND MX");
    case RouteServices::TROUBLE:
        work.trouble = silent_dns;
        work.say("BIND MX: no answer");
        return STEP_NEXT;
    case RouteServices::NO_DOMAIN:
    case RouteServices::NO_DATA:
        break;
    }
    work.say("BIND MX: none");
    return STEP_NEXT;
}

/* Not after a missing MX answer: an address is no substitute for an MX list that may exist. */
static StepResult step_bind_address(RouteWork &work)
{
    if (work.trouble)
        return STEP_NEXT;
    switch (work.services.bind_address(work.route.domain)) {
    case RouteServices::FOUND:
        work.say("BIND address: " + work.route.domain + " is a host");
        add_host(work, work.route.domain, 0);
        work.route.kind = Route::REMOTE;
        return STEP_DECIDED;
    case RouteServices::TROUBLE:
        work.trouble = silent_dns;
        work.say("BIND address: no answer");
        return STEP_NEXT;
    case RouteServices::NO_DOMAIN:
    case RouteServices::NO_DATA:
        break;
    }
    work.say("BIND address: none");
    return STEP_NEXT;
}

/* An entry that the manager made counts even while the name server is silent. */
static StepResult step_hosts(RouteWork &work)
{
    RouteServices::Answer answer = work.services.local_host(work.route.domain);
    if (answer != RouteServices::FOUND) {
        bool trouble = answer == RouteServices::TROUBLE;
        work.say(std::string("local hosts database: ") +
                 (trouble ? "it cannot be read now" : "none"));
        if (trouble && !work.trouble)
            work.trouble = unreadable_hosts;
        return STEP_NEXT;
    }
    work.say("local hosts database: " + work.route.domain + " is a host");
    add_host(work, work.route.domain, 0);
    work.route.kind = Route::REMOTE;
    return STEP_DECIDED;
}

struct RouteStepRow {
    const char *name;
    StepResult (*step)(RouteWork &work);
};

static const RouteStepRow step_table[] = {
    {"general gateway", step_general},
    {"local", step_local},       {"literal", step_literal}, {"gateway", step_gateway},
    {"local MX", step_local_mx}, {"BIND MX", step_bind_mx}, {"BIND address", step_bind_address},
    {"hosts", step_hosts},
};

Route route_find(const std::string &domain, const Settings &settings, const Identity &identity,
                 RouteServices &services)
{
    RouteWork work(settings, identity, services);
    work.written = domain;
    if (!domain.empty() && domain[domain.size() - 1] == '.')
        work.written.resize(domain.size() - 1);
    work.route.domain = text_lowered(work.written);
    for (size_t i = 0; i < sizeof step_table / sizeof *step_table; ++i) {
        if (step_table[i].step(work) == STEP_DECIDED) {
            work.route.step = step_table[i].name;
            break;
        }
    }
    if (!work.route.hosts.empty()) { /* the gateway counts although a later step found nothing */
        work.route.kind = Route::REMOTE;
        work.route.outcome = Outcome::done();
    } else if (work.route.step.empty() && work.trouble)
        decide_later(work, work.trouble, "no answer about " + work.route.domain);
    else if (work.route.step.empty())
        decide_failed(work, 550, "5.1.2", "No such host or domain",
                      "no such host or domain: " + work.route.domain);
    return work.route;
}

/* ---- addresses ---- */

/* False: not a mailbox, and neither a name alone. */
static bool divide(const std::string &mailbox, SmtpPath *path)
{
    if (smtp_mailbox_parse(mailbox, path))
        return true;
    size_t at = mailbox.rfind('@');
    path->kind = SmtpPath::MAILBOX;
    path->local = mailbox.substr(0, at);
    path->domain = at == std::string::npos ? std::string() : mailbox.substr(at + 1);
    return !path->local.empty();
}

std::string route_domain_of(const std::string &mailbox, const Settings &settings,
                            const Identity &identity)
{
    SmtpPath path;
    if (!divide(mailbox, &path) || identity.is_local(path.domain)) {
        bool general = path.local.find('!') != std::string::npos &&
                       settings.defined(P_GENERAL_GATEWAY);
        return general ? ROUTE_GENERAL : "";
    }
    return path.domain;
}

std::string route_recipient(const Route &route, const std::string &mailbox)
{
    SmtpPath path;
    if (route.domain_instead.empty() || !divide(mailbox, &path))
        return mailbox;
    return smtp_mailbox_print(path.local, route.domain_instead);
}

/* ---- the file ---- */

void router_parse_mx(const std::string &text, const std::string &domain, std::vector<RouteMx> *mx)
{
    std::vector<std::string> words;
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        std::string line = text.substr(from, to - from);
        from = to + 1;
        words.clear();
        text_words(text_trimmed(line), &words);
        boost::uint32_t preference;
        if (words.size() != 3 || words[0][0] == '!' || words[0] != domain ||
            !text_number(words[2], 0, 65535, &preference))
            continue;
        RouteMx record;
        record.host = text_lowered(words[1]);
        record.preference = static_cast<boost::uint16_t>(preference);
        mx->push_back(record);
    }
}

} // namespace mail
