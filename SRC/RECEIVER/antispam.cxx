/*
**  antispam - the rows of the table and what they ask
*/
#include "antispam.h"

#include "CORE/text.h"
#include "MTA/counters.h"
#include "MTA/log.h"
#include "VMS/net.h"
#include "VMS/user_accounting.h"

namespace mail {

namespace {

enum { SECURITY_FRIENDLY = 1, ROUTE_STEPS_MAX = 10 };

/* A case while the rows of a stage look at it. */
struct SpamWork {
    SpamCase *what;
    const Settings *settings;
    const Identity *identity;
    SpamLookups *lookups;
    boost::uint64_t until;  /* the DNS is not asked for longer */
    SpamVerdict *verdict;   /* its reply, when the row does not leave that to the table */
};

/* ---- at the connection ---- */

SpamFinding check_bad_client(SpamWork &work)
{
    return work.what->standing == CLIENT_BAD ? SPAM_REFUSE : SPAM_PASS;
}

/*
**  An answer in 127.0.0.0/8 lists the address (RFC 5782 2.1); 127.255.255.* are errors of the list
**  itself, and anything else is a domain that somebody has bought.
*/
bool is_listing(const IpAddress &answer)
{
    return !answer.is_v6 && answer.bytes[0] == 127 &&
           !(answer.bytes[1] == 255 && answer.bytes[2] == 255);
}

SpamFinding check_rbls(SpamWork &work)
{
    IpAddress client;
    if (work.what->standing == CLIENT_GOOD || work.what->submission ||
        !ip_address_parse(work.what->client, &client))
        return SPAM_PASS;
    const std::vector<std::string> &lists = work.settings->items(P_RBLS);
    for (size_t i = 0; i < lists.size(); ++i) {
        std::vector<IpAddress> found;
        SpamLookups::Answer answer =
            work.lookups->listed(ip_reverse_name(client, lists[i]), work.until, &found);
        if (answer == SpamLookups::TROUBLE)
            LogLine(LOG_WARNING, work.what->id, "rbl").add("no_answer", lists[i]);
        for (size_t k = 0; k < found.size(); ++k) {
            if (!is_listing(found[k]))
                continue;
            LogLine(LOG_INFO, work.what->id, "rbl")
                .add("list", lists[i])
                .add("answer", ip_address_print(found[k]));
            return SPAM_REFUSE;
        }
    }
    return SPAM_PASS;
}

/* Has the name the address?  Only then it may stand in Received: as the client's. */
bool is_proved(SpamWork &work, const std::string &name, const IpAddress &client)
{
    std::vector<IpAddress> addresses;
    if (work.lookups->addresses(name, work.until, &addresses) != SpamLookups::FOUND)
        return false;
    for (size_t i = 0; i < addresses.size(); ++i)
        if (addresses[i] == client)
            return true;
    return false;
}

SpamFinding check_backtranslation(SpamWork &work)
{
    IpAddress client;
    std::string name;
    if (!work.settings->flag(P_REJECT_UNBACKTRANSLATABLE_IP) ||
        work.what->standing == CLIENT_GOOD || work.what->submission ||
        !ip_address_parse(work.what->client, &client))
        return SPAM_PASS;
    switch (work.lookups->name(client, work.until, &name)) {
    case SpamLookups::FOUND:
        if (is_proved(work, name, client))
            work.what->client_host = name;
        return SPAM_PASS;
    case SpamLookups::NOTHING:
        return work.lookups->available() ? SPAM_REFUSE : SPAM_PASS;
    case SpamLookups::TROUBLE:
        break;
    }
    LogLine(LOG_WARNING, work.what->id, "backtranslation").add("no_answer", work.what->client);
    return SPAM_PASS;
}

/* ---- at MAIL ---- */

bool matches_any(const std::vector<std::string> &patterns, const std::string &text)
{
    for (size_t i = 0; i < patterns.size(); ++i)
        if (text_match(patterns[i], text))
            return true;
    return false;
}

SpamFinding check_sender_lists(SpamWork &work)
{
    const std::string &sender = work.what->sender_text;
    if (work.what->sender.kind == SmtpPath::NONE ||
        !matches_any(work.settings->items(P_REJECT_MAIL_FROM), sender) ||
        matches_any(work.settings->items(P_ACCEPT_MAIL_FROM), sender))
        return SPAM_PASS;
    return SPAM_REFUSE;
}

SpamFinding check_qualified(SpamWork &work)
{
    const SmtpPath &sender = work.what->sender;
    bool strict = work.settings->flag(P_REJECT_INVALID_DOMAINS) &&
                  text_equal(work.settings->text(P_REJECT_INVALID_DOMAINS), "STRICT");
    if (sender.kind == SmtpPath::NONE || work.what->authenticated ||
        (sender.kind == SmtpPath::MAILBOX &&
         (sender.is_literal || sender.domain.find('.') != std::string::npos)))
        return SPAM_PASS;
    if (work.settings->flag(P_ACCEPT_UNQUALIFIED_SENDERS) &&
        !(strict && sender.kind != SmtpPath::MAILBOX))
        return SPAM_PASS;
    return SPAM_REFUSE;
}

SpamFinding check_sender_domain(SpamWork &work)
{
    const SmtpPath &sender = work.what->sender;
    bool wanted = !work.settings->flag(P_ACCEPT_UNRESOLVABLE_DOMAINS) ||
                  work.settings->flag(P_REJECT_INVALID_DOMAINS);
    if (!wanted || sender.kind != SmtpPath::MAILBOX || sender.is_literal ||
        work.what->authenticated || work.identity->is_local(sender.domain) ||
        !work.lookups->available())
        return SPAM_PASS;
    switch (spam_domain_exists(*work.lookups, sender.domain, work.until)) {
    case SpamLookups::FOUND:
        return SPAM_PASS;
    case SpamLookups::NOTHING:
        return SPAM_REFUSE;
    case SpamLookups::TROUBLE:
        break;
    }
    work.verdict->reply = smtp_reply_make(RPL_SENDER_LATER);
    return SPAM_LATER;
}

/* ---- at RCPT ---- */

/* "from <a@b>, client 1.2.3.4, to <c@d>: FILE;1, line 12" (spec/tcpware.md 3.7) */
std::string rule_text(const SpamWork &work, const RejectRule &rule)
{
    return "from <" + work.what->sender_text + ">, client " + work.what->client + ", to <" +
           work.what->recipient_text + ">: " + rule.place.file + ", line " +
           text_from_number(rule.place.line);
}

SpamFinding refuse_by_rule(SpamWork &work, const RejectRule &rule, const std::string &to)
{
    std::string host = work.settings->text(P_REJECT_CHECK_HOST);
    if (host.empty())
        host = work.identity->host();
    std::string text = reject_text(rule, work.what->sender_text, to, host);
    work.verdict->reply = text.empty() ? smtp_reply_make(RPL_RECIPIENT_BLOCKED, to, host)
                                       : smtp_reply_make(RPL_RECIPIENT_REFUSED, text);
    reject_tell(*work.settings, REJECT_INFO_REFUSED, work.what->id,
                "refused " + rule_text(work, rule));
    reject_tell(*work.settings, REJECT_INFO_TEXT, work.what->id,
                "said " + smtp_reply_one_line(work.verdict->reply));
    return SPAM_REFUSE;
}

SpamFinding check_reject_rules(SpamWork &work)
{
    std::string to = work.what->recipient_text;
    if (work.what->authenticated)
        return SPAM_PASS; /* not a stranger */
    if (work.what->recipient.domain.empty() && work.settings->defined(P_REJECT_CHECK_HOST))
        to += "@" + work.settings->text(P_REJECT_CHECK_HOST);
    const RejectRule *rule = reject_find(*work.what->rules->reject, work.what->sender_text,
                                         work.what->client, to);
    if (!rule)
        return SPAM_PASS;
    switch (rule->action) {
    case REJECT_ACCEPT:
        reject_tell(*work.settings, REJECT_INFO_ACCEPTED, work.what->id,
                    "accepted " + rule_text(work, *rule));
        return SPAM_PASS;
    case REJECT_REWRITE:
        work.verdict->address = rule->data;
        reject_tell(*work.settings, REJECT_INFO_REWRITTEN, work.what->id,
                    "rewritten as <" + rule->data + "> " + rule_text(work, *rule));
        return SPAM_REWRITE;
    case REJECT_DISCARD:
        reject_tell(*work.settings, REJECT_INFO_DISCARDED, work.what->id,
                    "discarded " + rule_text(work, *rule));
        return SPAM_DISCARD;
    case REJECT_REFUSE:
        break;
    }
    return refuse_by_rule(work, *rule, to);
}

/* Relay-Based-On-Mx: does the domain name us as one of its gateways? */
SpamFinding check_relay_by_mx(SpamWork &work)
{
    std::vector<std::string> gateways;
    if (!work.settings->flag(P_RELAY_BASED_ON_MX) || !work.lookups->available())
        return SPAM_REFUSE;
    if (work.lookups->gateways(work.what->recipient.domain, work.until, &gateways) ==
        SpamLookups::TROUBLE) {
        work.verdict->reply = smtp_reply_make(RPL_RELAY_LATER);
        return SPAM_LATER;
    }
    for (size_t i = 0; i < gateways.size(); ++i)
        if (!gateways[i].empty() && work.identity->is_self(gateways[i]))
            return SPAM_PASS;
    return SPAM_REFUSE;
}

SpamFinding check_relay(SpamWork &work)
{
    if (work.what->authenticated)
        return SPAM_PASS;
    switch (work.what->rules->relay->decide(work.what->standing == CLIENT_GOOD,
                                           work.what->recipient.domain)) {
    case RELAY_ALLOWED:
        return SPAM_PASS;
    case RELAY_DISABLED: /* the friendly text would be wrong: clients we know are refused as well */
        if (work.settings->text(P_SPAM_RELAY_TEXT).empty())
            work.verdict->reply = smtp_reply_make(RPL_NO_RELAY);
        return SPAM_REFUSE;
    case RELAY_UNKNOWN_CLIENT:
        break;
    }
    return check_relay_by_mx(work);
}

/* ---- at the end of the message ---- */

SpamFinding check_header_rules(SpamWork &work)
{
    const RejectHeaderRule *rule =
        work.what->header ? reject_find_header(*work.what->rules->reject, *work.what->header) : 0;
    if (!rule)
        return SPAM_PASS;
    reject_tell(*work.settings, REJECT_INFO_HEADER, work.what->id,
                "refused for its header, from <" + work.what->sender_text + ">, client " +
                    work.what->client + ", :" + rule->name + ": " + rule->pattern + ": " +
                    rule->place.file + ", line " + text_from_number(rule->place.line));
    work.verdict->reply = smtp_reply_make(RPL_HEADER_REJECTED);
    return SPAM_REFUSE;
}

/* ---- the table ---- */

/*
**  text: parameter of the site's own text; secure and friendly: the texts of the two sets, with the
**  replies they stand in.  P_COUNT: the check brings its reply.
*/
struct SpamRow {
    SpamStage stage;
    const char *name;
    SpamFinding (*check)(SpamWork &work);
    bool closes;
    ParamId text;
    const char *secure, *friendly;
    SmtpReplyId secure_reply, friendly_reply;
};

const char closing[] = "Closing transmission channel.";

const SpamRow spam_table[] = {
    {SPAM_CONNECT, "Bad-Clients", check_bad_client, true, P_BAD_CLIENTS_TEXT, closing,
     "Your IP address or subnet is in my list of bad ones.", RPL_CLOSING_BAD_CLIENT,
     RPL_CLOSING_BAD_CLIENT},
    {SPAM_CONNECT, "Client-In-RBL", check_rbls, true, P_CLIENT_IN_RBL_TEXT, closing,
     "Your IP address is in my RBL list.", RPL_CLOSING_BAD_CLIENT, RPL_CLOSING_BAD_CLIENT},
    {SPAM_CONNECT, "Unbacktranslatable-IP", check_backtranslation, true,
     P_UNBACKTRANSLATABLE_IP_TEXT, closing,
     "I can't backtranslate your IP address to a host name.", RPL_CLOSING_BAD_CLIENT,
     RPL_CLOSING_BAD_CLIENT},
    {SPAM_SENDER, "Reject-Mail-From", check_sender_lists, true, P_REJECT_MAIL_FROM_TEXT, closing,
     "That sender address is in my list of bad ones.", RPL_SENDER_REFUSED, RPL_SENDER_REFUSED},
    {SPAM_SENDER, "Unqualified-Sender", check_qualified, true, P_UNQUALIFIED_SENDER_TEXT, closing,
     "That sender address is unqualified.", RPL_SENDER_REFUSED, RPL_SENDER_UNQUALIFIED},
    {SPAM_SENDER, "Unresolvable-Domain", check_sender_domain, true, P_UNRESOLVABLE_DOMAIN_TEXT,
     closing, "That sender address is unresolvable into a host name or MX domain.",
     RPL_SENDER_REFUSED, RPL_SENDER_UNRESOLVABLE},
    {SPAM_RECIPIENT, "Reject-Rule", check_reject_rules, false, P_COUNT, "", "", RPL_NO_RELAY,
     RPL_NO_RELAY},
    {SPAM_RELAY, "SPAM-Relay", check_relay, false, P_SPAM_RELAY_TEXT,
     "User not local, Relay disabled.",
     "Both you and the recipient are unknown to me. I will not relay.", RPL_RELAY_TEXT,
     RPL_RELAY_TEXT},
    {SPAM_HEADER, "Header-Rule", check_header_rules, false, P_COUNT, "", "", RPL_NO_RELAY,
     RPL_NO_RELAY},
};

SmtpReply refusal_of(const SpamRow &row, const SpamWork &work)
{
    std::string text = work.settings->text(row.text);
    bool friendly = !text.empty() || work.settings->number(P_SECURITY) == SECURITY_FRIENDLY;
    if (text.empty())
        text = friendly ? row.friendly : row.secure;
    SmtpReplyId id = friendly ? row.friendly_reply : row.secure_reply;
    if (row.stage == SPAM_CONNECT)
        return smtp_reply_make(id, work.identity->host(), text);
    return smtp_reply_make(id, text);
}

} // namespace

SpamVerdict spam_check(SpamStage stage, SpamCase *what)
{
    SpamVerdict verdict;
    SpamWork work;
    work.what = what;
    work.settings = what->rules->settings.get();
    work.identity = what->rules->identity.get();
    work.lookups = what->rules->lookups;
    work.verdict = &verdict;
    work.until = net_milliseconds() +
                 static_cast<boost::uint64_t>(work.settings->seconds(P_SPAM_LOOKUP_TIME)) * 1000;
    for (size_t i = 0; i < sizeof spam_table / sizeof *spam_table; ++i) {
        const SpamRow &row = spam_table[i];
        if (row.stage != stage)
            continue;
        verdict.finding = row.check(work);
        if (verdict.finding == SPAM_PASS)
            continue;
        verdict.name = row.name;
        if (verdict.finding == SPAM_REFUSE && verdict.reply.code == 0)
            verdict.reply = refusal_of(row, work);
        verdict.closes = row.closes && verdict.finding == SPAM_REFUSE;
        if (verdict.closes)
            spam_event(*what, row.name);
        break;
    }
    return verdict;
}

void spam_event(const SpamCase &what, const char *name)
{
    const std::vector<std::string> &actions = what.rules->settings->items(P_SPAM_ACTION);
    bool none = false, opcom = false, accounting = false;
    for (size_t i = 0; i < actions.size(); ++i) {
        none = none || actions[i] == "NONE";
        opcom = opcom || actions[i] == "OPCOM";
        accounting = accounting || actions[i] == "ACCOUNTING";
    }
    std::string text = "SMTP spam event " + std::string(name) + ": client " + what.client;
    if (!what.client_name.empty())
        text += " (" + what.client_name + ")";
    if (what.sender.kind != SmtpPath::NONE || !what.recipient_text.empty())
        text += " from <" + what.sender_text + ">";
    if (!what.recipient_text.empty())
        text += " to <" + what.recipient_text + ">";
    counter_add(COUNT_SPAM_EVENTS, 1);
    LogLine(LOG_WARNING, what.id, "spam")
        .add("event", name)
        .add("client", what.client)
        .add("name", what.client_name)
        .add("sender", what.sender_text)
        .add("recipient", what.recipient_text);
    if (opcom && !none)
        log_operator(text);
    if (accounting && !none) {
        Status status = user_accounting_write(text);
        if (!status.ok())
            LogLine(LOG_WARNING, what.id, "accounting").add("status", status.text());
    }
}

bool spam_resolve_route(const Identity &identity, SmtpPath *path)
{
    bool resolved = false;
    for (int i = 0; i < ROUTE_STEPS_MAX && identity.is_local(path->domain); ++i) {
        size_t at = path->local.rfind('%');
        if (at == std::string::npos || at == 0)
            break;
        std::string domain = path->local.substr(at + 1);
        if (!smtp_domain_is_valid(domain))
            break;
        path->kind = SmtpPath::MAILBOX;
        path->domain = domain;
        path->local.resize(at);
        path->is_literal = false;
        resolved = true;
    }
    return resolved;
}

} // namespace mail
