/*
**  pop_headers - rebuilding RFC 822 headers from MAIL's lines
*/
#include "pop_headers.h"

#include "CORE/header_fields.h"
#include "CORE/text.h"
#include "MTA/outheaders.h"
#include "VMS/resolver.h"
#include "VMS/vmstime.h"

namespace mail {

namespace {

enum Rewrite { REWRITE_GENERIC, REWRITE_NONE, REWRITE_TRANSFORM }; /* order of the choices */
enum { HEADERS_TOP = 1 };                                          /* BOTTOM|TOP|NONE */

const boost::uint32_t lookup_ms = 2000; /* for a DNS server that does not answer */

/* The hosts file, then DNS in the domain of this host; the resolver keeps the answers. */
bool find_host(const std::string &node, const Identity &identity, std::string *host)
{
    std::vector<NetAddress> addresses;
    if (hosts_find(node, &addresses) && !addresses.empty())
        return hosts_name(addresses[0], host);
    if (identity.domain().empty())
        return false;
    ResolverOptions options;
    options.timeout_ms = lookup_ms;
    options.tries = 1;
    *host = text_lowered(node) + "." + identity.domain();
    return resolver_addresses(*host, options, &addresses) == RESOLVER_FOUND;
}

/* Our own node is this host, whatever the tables say. */
bool translate_node(const std::string &node, const Identity &identity, PopNodeLookup lookup,
                    std::string *host)
{
    if (text_equal(node, identity.node())) {
        *host = identity.host();
        return true;
    }
    return lookup ? lookup(node, host) : find_host(node, identity, host);
}

/* user@host of a local user, as SMTP would write it. */
std::string local_address(const std::string &user, const Identity &identity)
{
    return text_lowered(user) + "@" + identity.mail_domain();
}

std::string decnet_from(const VmsAddress &a, const Settings &settings, const Identity &identity,
                        PopNodeLookup lookup)
{
    std::string plain = a.node + "::" + a.user, host;
    switch (settings.number(P_POP_DECNET_REWRITE)) {
    case REWRITE_GENERIC:
        return vms_address_generic(plain, identity.host());
    case REWRITE_NONE:
        return plain;
    default:
        if (!translate_node(a.node, identity, lookup, &host))
            return vms_address_generic(plain, identity.host());
        if (identity.is_local(host))
            return local_address(a.user, identity);
        return text_lowered(a.user) + "@" + host;
    }
}

std::string quoted_decnet_from(const VmsAddress &a, const Settings &settings,
                               const Identity &identity)
{
    std::string quoted = a.node + "::\"" + a.address + "\"";
    switch (settings.number(P_POP_QUOTED_DECNET_REWRITE)) {
    case REWRITE_GENERIC:
        return vms_address_generic(quoted, identity.host());
    case REWRITE_NONE:
        return quoted;
    default:
        return a.address;
    }
}

std::string rebuilt(const VmsAddress &a, const Settings &settings, const Identity &identity,
                    PopNodeLookup lookup)
{
    switch (a.kind) {
    case VmsAddress::FOREIGN:
    case VmsAddress::NODE_FOREIGN:
        if (a.transport == "SMTP")
            return a.address;
        return vms_address_generic(a.raw, identity.mail_domain());
    case VmsAddress::INTERNET:
        return a.address;
    case VmsAddress::NODE_USER:
        return decnet_from(a, settings, identity, lookup);
    case VmsAddress::NODE_QUOTED:
        /* NODE::"ORDERS::SPECIAL": of the other addresses */
        if (a.address.find('@') == std::string::npos)
            return vms_address_generic(a.raw, identity.mail_domain());
        return quoted_decnet_from(a, settings, identity);
    case VmsAddress::USER:
        return local_address(a.user, identity);
    default:
        return vms_address_generic(a.raw, identity.mail_domain());
    }
}

} // namespace

bool pop_from_is_smtp(const VmsAddress &a)
{
    return (a.kind == VmsAddress::FOREIGN || a.kind == VmsAddress::NODE_FOREIGN) &&
           a.transport == "SMTP";
}

bool pop_headers_on_top(const Settings &settings)
{
    return settings.number(P_HEADERS) == HEADERS_TOP;
}

std::string pop_from_value(const VmsAddress &a, const Settings &settings, const Identity &identity,
                           PopNodeLookup lookup)
{
    std::string address = rebuilt(a, settings, identity, lookup);
    if (!settings.flag(P_POP_PERSONAL_NAME) || a.personal_name.empty())
        return address;
    std::string quoted;
    for (size_t i = 0; i < a.personal_name.size(); ++i) {
        if (a.personal_name[i] == '"' || a.personal_name[i] == '\\')
            quoted += '\\';
        quoted += a.personal_name[i];
    }
    return "\"" + quoted + "\" <" + address + ">";
}

std::string pop_header_block(const MailItem &item, const VmsAddress &from, const std::string &uid,
                             const Settings &settings, const Identity &identity,
                             const HeaderZone &zone)
{
    std::string out;
    const boost::int64_t date = vmstime_to_unix(item.date, zone.seconds);
    header_append("Date", header_date(static_cast<boost::uint64_t>(date), zone), &out);
    header_append("From", pop_from_value(from, settings, identity, 0), &out);
    if (!item.to.empty())
        header_append("To", item.to, &out);
    if (!item.cc.empty())
        header_append("CC", item.cc, &out);
    header_append("Subject", item.subject, &out);
    header_append("X-VMS-From", item.from, &out);
    if (settings.flag(P_POP_SEND_ID_HEADERS)) {
        header_append("X-POP3-Server", identity.host() + " - " + product_version(), &out);
        header_append("X-POP3-ID", uid, &out);
    }
    return out;
}

bool pop_is_withheld(const MailBrief &item)
{
    return MailFolder::is_foreign(item) || MailFolder::is_lost(item);
}

std::string pop_withheld_text(const MailBrief &item)
{
    if (!MailFolder::is_foreign(item))
        return "The file with the text of this message is missing on the mail server.\r\n"
               "Ask the system manager to restore it.  The message is kept on the server.\r\n";
    return "This message is in a foreign format and cannot be transferred by the POP server.\r\n"
           "Log in and use the MAIL EXTRACT command to copy it to a file.\r\n";
}

} // namespace mail
