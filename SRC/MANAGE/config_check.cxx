/*
**  config_check - the rules of ANALYZE CONFIGURATION, and the command
*/
#include "config_check.h"

#include "CORE/text.h"
#include "MTA/aliases.h"
#include "MTA/config_store.h"
#include "MTA/router.h"
#include "MTA/tls_policy.h"
#include "VMS/logical.h"
#include "VMS/process.h"
#include "VMS/recfile.h"
#include "VMS/resolver.h"
#include "VMS/tls.h"
#include "config_command.h"
#include "mail_queues.h"
#include "manage_commands.h"
#include "manage_output.h"
#include "mx_command.h"

#include <algorithm>

namespace mail {

struct Check {
    const Settings &settings;
    const Identity &identity;
    Check(const Settings &s, const Identity &i) : settings(s), identity(i) {}
    bool on(ParamId id) const { return settings.flag(id); }
    bool has(ParamId id) const { return settings.defined(id); }
    bool given(ParamId id) const { return has(id) && settings.origin(id) != ORIGIN_DEFAULT; }
    boost::uint32_t seconds(ParamId id) const { return settings.seconds(id); }
};

/* ---- relaying and anti-spam ---- */

static bool open_relay(const Check &c)
{
    return c.on(P_RELAY) && !c.has(P_GOOD_CLIENTS) && !c.has(P_RELAY_ZONES);
}
static bool zones_without_clients(const Check &c)
{
    return c.on(P_RELAY) && !c.has(P_GOOD_CLIENTS) && c.has(P_RELAY_ZONES);
}
static bool lists_without_relay(const Check &c)
{
    return !c.on(P_RELAY) &&
           (c.has(P_RELAY_ZONES) || c.on(P_RELAY_BASED_ON_MX));
}
static bool good_clients_empty(const Check &c)
{
    return c.on(P_RELAY) && c.has(P_GOOD_CLIENTS) && c.settings.items(P_GOOD_CLIENTS).empty();
}
static bool accept_without_reject(const Check &c)
{
    return c.has(P_ACCEPT_MAIL_FROM) && !c.has(P_REJECT_MAIL_FROM);
}
/* Who is in both is judged by the longer mask; of one entry nobody can tell which was meant. */
static bool good_and_bad(const Check &c)
{
    const std::vector<std::string> &good = c.settings.items(P_GOOD_CLIENTS);
    const std::vector<std::string> &bad = c.settings.items(P_BAD_CLIENTS);
    for (size_t i = 0; i < good.size(); ++i)
        for (size_t n = 0; n < bad.size(); ++n)
            if (text_equal(good[i], bad[n]))
                return true;
    return false;
}
static bool none_with_others(const Check &c)
{
    const std::vector<std::string> &words = c.settings.items(P_SPAM_ACTION);
    bool none = false;
    for (size_t i = 0; i < words.size(); ++i)
        none = none || words[i] == "NONE";
    return none && words.size() > 1;
}

/* ---- routing ---- */

static bool zone_without_gateway(const Check &c)
{
    return c.has(P_ZONE) && !c.has(P_ALTERNATE_GATEWAY);
}
static bool host_outside_zone(const Check &c)
{
    const std::string &zone = c.identity.zone();
    return c.has(P_ALTERNATE_GATEWAY) && !zone.empty() && c.identity.host() != zone &&
           !text_ends(c.identity.host(), ("." + zone).c_str());
}
static bool zone_not_asked(const Check &c)
{
    return c.given(P_ZONE) && c.has(P_ALTERNATE_GATEWAY) && c.on(P_ALTGATE_ALWAYS);
}
static bool general_gateway_is_self(const Check &c)
{
    return c.has(P_GENERAL_GATEWAY) && c.identity.is_self(c.settings.text(P_GENERAL_GATEWAY));
}
static bool always_without_gateway(const Check &c)
{
    return c.on(P_ALTGATE_ALWAYS) && !c.has(P_ALTERNATE_GATEWAY);
}
static bool fallback_without_gateway(const Check &c)
{
    return c.on(P_MX_IF_NOALTGATE) && !c.has(P_ALTERNATE_GATEWAY);
}
static bool gateway_is_self(const Check &c)
{
    return c.has(P_ALTERNATE_GATEWAY) &&
           c.identity.is_self(c.settings.text(P_ALTERNATE_GATEWAY));
}
static bool fallback_without_mx(const Check &c)
{
    return c.on(P_MX_IF_NOALTGATE) && c.on(P_NO_MX);
}
static bool no_domain(const Check &c)
{
    return c.identity.host().find('.') == std::string::npos;
}
static bool substitute_not_local(const Check &c)
{
    return c.has(P_SUBSTITUTE_DOMAIN) &&
           !c.identity.is_local(c.settings.text(P_SUBSTITUTE_DOMAIN));
}

/* ---- TLS ---- */

static bool verify_without_authorities(const Check &c)
{
    return tls_level_used(c.settings, TLS_VERIFY) && c.settings.text(P_SEND_CA_FILE).empty();
}
static bool users_without_tls(const Check &c)
{
    const std::vector<std::string> &ports = c.settings.items(P_AUTH_PORTS);
    const std::vector<std::string> &tls = c.settings.items(P_TLS_PORTS);
    bool clear = false;
    for (size_t i = 0; i < ports.size(); ++i)
        clear = clear || std::find(tls.begin(), tls.end(), ports[i]) == tls.end();
    return c.given(P_AUTH_PORTS) && !c.on(P_STARTTLS) && clear;
}

/* ---- time ---- */

static bool gives_up_before_retry(const Check &c)
{
    return c.seconds(P_MAXIMUM_INTERVAL) < c.seconds(P_INITIAL_INTERVAL);
}
static bool retry_shorter(const Check &c)
{
    return c.seconds(P_RETRY_INTERVAL) < c.seconds(P_INITIAL_INTERVAL);
}

/* ---- the form of mail and logs ---- */

static bool jacket_without_headers(const Check &c)
{
    return c.on(P_JACKET_LOCAL) && c.settings.number(P_HEADERS) == 2;
}
static bool ignore_without_top(const Check &c)
{
    return c.on(P_POP_IGNORE_MAIL11_HEADERS) && c.settings.number(P_HEADERS) != 1;
}
static bool symbiont_snapshot_without_log(const Check &c)
{
    return c.settings.number(P_SMTP_SYMB_SNAPSHOT_BLOCKS) != 0 &&
           c.settings.number(P_SMTP_LOG_LEVEL) == 0;
}
static bool receiver_snapshot_without_log(const Check &c)
{
    return c.settings.number(P_SMTP_RECV_SNAPSHOT_BLOCKS) != 0 && !c.on(P_SMTP_RECV_DEBUG) &&
           !c.on(P_SMTP_RECV_TRACE);
}
static bool nosey_without_log(const Check &c)
{
    return c.on(P_SMTP_NOSEY) && c.settings.number(P_SMTP_LOG_LEVEL) == 0;
}
static bool odd_log_level(const Check &c)
{
    boost::uint32_t level = c.settings.number(P_SMTP_LOG_LEVEL);
    return level == 1 || level == 4;
}

struct SettingRule {
    bool (*applies)(const Check &check);
    const char *text;
};

static const SettingRule setting_rules[] = {
    {open_relay,
     "RELAY is on and neither Good-Clients nor Relay-Zones is defined: everybody may send mail to "
     "anywhere through this host. Define Good-Clients in TCPIP$SMTP.CONF, or turn RELAY off."},
    {zones_without_clients,
     "Relay-Zones is defined without Good-Clients: it is not asked, and everybody may relay. "
     "Define Good-Clients too."},
    {good_clients_empty,
     "Good-Clients is defined but nothing in it is good: nobody may relay. Mend its entries."},
    {lists_without_relay,
     "Relay-Zones or Relay-Based-On-Mx is defined, but RELAY is off, so nobody relays. "
     "SET CONFIGURATION SMTP/OPTIONS=RELAY turns it on."},
    {accept_without_reject,
     "Accept-Mail-From is defined without Reject-Mail-From: it is asked only for senders that "
     "Reject-Mail-From matches, so it has no effect."},
    {good_and_bad, "Good-Clients and Bad-Clients have the same entry. Take it out of one of them."},
    {none_with_others, "SPAM-Action has NONE beside other words: nothing is reported."},
    {zone_without_gateway,
     "ZONE is set, but no alternate gateway: the zone has no effect. "
     "SET CONFIGURATION SMTP/GATEWAY=ALTERNATE=host names one."},
    {zone_not_asked, "ZONE is set, but TCPIP$SMTP_ALTGATE_ALWAYS is defined: it is not asked."},
    {host_outside_zone,
     "This host is not inside its own zone: mail to its neighbours goes to the alternate gateway."},
    {always_without_gateway,
     "TCPIP$SMTP_ALTGATE_ALWAYS is defined, but there is no alternate gateway: it has no effect."},
    {fallback_without_gateway,
     "TCPIP$SMTP_MX_IF_NOALTGATE is defined, but there is no alternate gateway: it has no effect."},
    {gateway_is_self, "The alternate gateway is this host itself: it is not used."},
    {general_gateway_is_self,
     "The general-purpose gateway is this host itself: mail to addresses that are not SMTP "
     "addresses is returned."},
    {fallback_without_mx,
     "TCPIP$SMTP_MX_IF_NOALTGATE and TCPIP$SMTP_NO_MX are both defined: MX records are not used."},
    {no_domain,
     "The name of this host has no domain: other systems may refuse its mail. Define "
     "TCPIP$INET_HOST and TCPIP$INET_DOMAIN."},
    {substitute_not_local,
     "Users' addresses have the substitute domain, but it is not local: answers to them are not "
     "delivered here. Put it into TCPIP$SMTP_LOCAL_ALIASES.TXT, or have its MX take them."},
    {verify_without_authorities,
     "SEND_TLS or SEND_TLS_POLICY says VERIFY, but SEND_CA_FILE names no authorities: such mail "
     "waits until it is returned. Define TCPIP$SMTP_SEND_CA_FILE."},
    {users_without_tls,
     "AUTH_PORTS has a port that is not one of TLS_PORTS, and STARTTLS is off: there is no TLS, so "
     "nobody can log in there."},
    {gives_up_before_retry,
     "The maximum interval is shorter than the initial one: mail that cannot be delivered at once "
     "is returned after a single further attempt."},
    {retry_shorter,
     "The retry interval is shorter than the initial one; twice the initial one is recommended."},
    {jacket_without_headers,
     "TCPIP$SMTP_JACKET_LOCAL is defined, but NOHEADERS leaves all headers out."},
    {ignore_without_top,
     "TCPIP$POP_IGNORE_MAIL11_HEADERS needs the headers at the top. "
     "SET CONFIGURATION SMTP/OPTIONS=TOP_HEADERS puts them there."},
    {symbiont_snapshot_without_log,
     "TCPIP$SMTP_SYMB_SNAPSHOT_BLOCKS is defined without TCPIP$SMTP_LOG_LEVEL: there is little to "
     "keep."},
    {receiver_snapshot_without_log,
     "TCPIP$SMTP_RECV_SNAPSHOT_BLOCKS is defined without TCPIP$SMTP_RECV_DEBUG or _TRACE: there "
     "is little to keep."},
    {nosey_without_log,
     "TCPIP$SMTP_NOSEY is defined without TCPIP$SMTP_LOG_LEVEL: no subject is logged."},
    {odd_log_level, "TCPIP$SMTP_LOG_LEVEL is 2, 3 or 5; other values mean the next lower one."},
};

void config_check_settings(const Settings &settings, const Identity &identity, Findings *findings)
{
    Check check(settings, identity);
    for (size_t i = 0; i < sizeof setting_rules / sizeof *setting_rules; ++i)
        if (setting_rules[i].applies(check))
            findings->push_back(setting_rules[i].text);
}

/* ---- the system ---- */

static void check_postmaster(const Check &c, Findings *findings)
{
    std::vector<std::string> names(1, "POSTMASTER");
    if (c.identity.postmaster() != "POSTMASTER")
        names.push_back(c.identity.postmaster());
    for (size_t i = 0; i < names.size(); ++i) {
        LocalUser user = alias_resolve(names[i], c.identity);
        if (user.verdict != LocalUser::DELIVER || (user.user == "SYSTEM" && names[i] != "SYSTEM"))
            findings->push_back(
                "Mail to " + names[i] + " is " +
                (user.verdict == LocalUser::DELIVER
                     ? "given to SYSTEM, because it has neither forwarding nor an account that "
                       "takes mail. "
                     : "not deliverable: bounces will be lost. ") +
                "MAIL> SET FORWARD/USER=" + names[i] + " SYSTEM sends it to the manager.");
    }
}

static bool is_defined_untrusted(const ParamRow &row)
{
    std::string value;
    return row.mode == PARAM_EXEC_MODE && row.logical[0] != '\0' && logical_defined(row.logical) &&
           !logical_trusted(row.logical, &value).ok();
}

static void check_logicals(const Check &, Findings *findings)
{
    for (int i = 0; i < P_COUNT; ++i) {
        const ParamRow &row = param_row(static_cast<ParamId>(i));
        if (is_defined_untrusted(row))
            findings->push_back(std::string(row.logical) +
                                " is defined, but not in the system table in executive mode: it "
                                "does not count. DEFINE/SYSTEM/EXECUTIVE_MODE it.");
    }
}

static void check_certificate(const char *what, const Settings &settings, ParamId certificate,
                              ParamId key, Findings *findings)
{
    TlsFiles files;
    files.certificate = settings.text(certificate);
    files.certificate_defaults = param_row(certificate).def;
    files.key = settings.text(key);
    files.key_defaults = param_row(key).def;
    TlsServer server;
    TlsReport report;
    if (!server.load(files, &report).ok())
        findings->push_back(std::string(what) + " cannot offer TLS: " + report.problem + ".");
    for (size_t i = 0; i < report.warnings.size(); ++i)
        findings->push_back(std::string(what) + ": " + report.warnings[i] + ".");
}

/* What SEND_TLS_POLICY says, and whether the files of the client can be used. */
static void check_client(const Check &c, Findings *findings)
{
    std::vector<std::string> problems;
    tls_policy_problems(c.settings, &problems);
    for (size_t i = 0; i < problems.size(); ++i)
        findings->push_back("SEND_TLS_POLICY: " + problems[i] +
                            ". SEND_TLS counts for that destination.");
    std::string authorities = c.settings.text(P_SEND_CA_FILE);
    TlsClient client;
    Status status = authorities.empty() ? Status() : client.load(authorities);
    if (!status.ok())
        findings->push_back("The authorities in " + authorities +
                            " (SEND_CA_FILE) cannot be used: " + status.text() +
                            ". Mail that VERIFY holds for waits.");
    std::string logins = c.settings.text(P_SEND_LOGIN_FILE);
    if (c.given(P_SEND_LOGIN_FILE) && !logins.empty() &&
        !file_exists(logins, config_common_file("TCPIP$SMTP_LOGINS.TXT")))
        findings->push_back("SEND_LOGIN_FILE names " + logins +
                            ", which is not there: no other host gets a login.");
}

static void check_certificates(const Check &c, Findings *findings)
{
    if (c.on(P_STARTTLS) || c.has(P_TLS_PORTS))
        check_certificate("SMTP", c.settings, P_SMTP_CERT_FILE, P_SMTP_KEY_FILE, findings);
    if (!c.on(P_POP_DISABLE_SSL))
        check_certificate("POP", c.settings, P_POP_CERT_FILE, P_POP_KEY_FILE, findings);
    if (c.on(P_POP_DISABLE_SSL) && c.on(P_POP_DISABLE_CLEARTEXT))
        findings->push_back("TCPIP$POP_DISABLE_SSL and TCPIP$POP_DISABLE_CLEARTEXT are both "
                            "defined: nobody can fetch mail.");
}

static void check_name_servers(const Check &c, Findings *findings)
{
    if (resolver_has_servers())
        return;
    findings->push_back("No name server is configured (TCPIP$BIND_SERVER_LIST): mail to other "
                        "domains is routed by the local MX database and the hosts file alone.");
    if (c.on(P_RELAY) && c.on(P_RELAY_BASED_ON_MX))
        findings->push_back("Relay-Based-On-Mx is on, but no name server is there to ask: only the "
                            "local MX database counts.");
    if (c.has(P_RBLS))
        findings->push_back("RBLs is defined, but no name server is there to ask.");
    if (c.on(P_REJECT_UNBACKTRANSLATABLE_IP))
        findings->push_back("Reject-Unbacktranslatable-IP is on, but no name server is there to "
                            "ask: only clients of the hosts file have names.");
}

static void check_files(const Check &, Findings *findings)
{
    if (file_exists(config_common_file("TCPIP$SMTP.CONF"), "") &&
        file_exists(config_common_file("SMTP.CONFIG"), ""))
        findings->push_back("TCPIP$SMTP.CONF and its older name SMTP.CONFIG are both there: "
                            "SMTP.CONFIG is not read.");
    std::string full;
    Status status = file_parse(config_common_file("X.X"), "", &full);
    FileSearch search;
    if (status.ok())
        status = search.open(config_common_file("*.*;*"), "");
    if (status.ok())
        status = search.next(&full);
    if (!status.ok() && !status.end_of_file())
        findings->push_back("The directory of control files, TCPIP$SMTP_COMMON, cannot be read: " +
                            status.text() + ".");
}

/* MAIL of users reads these by their own rights, and does not send when it cannot. */
static void check_readers(const Check &, Findings *findings)
{
    static const char *const names[] = {"TCPIP$SMTP.CONF", "SMTP.CONFIG", "TCPIP$SMTP_CONFIG.DAT",
                                        "TCPIP$SMTP_LOCAL_ALIASES.TXT"};
    for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
        FileProtection protection;
        std::string file = config_common_file(names[i]);
        if (file_protection(file, "", &protection).ok() && !protection.world_reads)
            findings->push_back("Users may not read " + file +
                                ": their MAIL sends nothing by SMTP. "
                                "SET SECURITY/PROTECTION=(W:RE) lets them.");
    }
}

static void check_aliases(const Check &, Findings *findings)
{
    std::string file, text;
    Identity counted;
    Status status = identity_alias_text(&file, &text);
    size_t left_out = status.ok() ? identity_parse_aliases(text, &counted) : 0;
    if (left_out != 0)
        findings->push_back(file + ": " + text_from_number(left_out) +
                            " lines do not count: a name has 64 characters at most, the file 255 "
                            "names.");
    if (!status.ok() && !status.not_found())
        findings->push_back(file + " cannot be read: " + status.text() +
                            ". Mail waits until it can.");
}

/* The router passes over what is no record. */
static void check_local_mx(const Check &, Findings *findings)
{
    std::string text, file = config_common_file(ROUTER_MX_FILE);
    Status status = file_read_text(file, "", ROUTER_MX_FILE_MAX, "\n", &text);
    size_t left_out = status.ok() ? mx_lines_left_out(text) : 0;
    if (left_out != 0)
        findings->push_back(file + ": " + text_from_number(boost::uint64_t(left_out)) +
                            " lines do not count: each has a destination, a gateway and a "
                            "preference up to 65535.");
    if (!status.ok() && !status.not_found())
        findings->push_back(file + " cannot be read: " + status.text() +
                            ". Mail for other domains waits.");
}

static void check_queues(const Check &c, Findings *findings)
{
    MailQueues queues;
    if (!mail_queues_find(&queues).ok()) {
        findings->push_back("The queue manager does not answer: no mail is taken or delivered.");
        return;
    }
    std::string node = process_node();
    boost::uint32_t there = 0, stopped = 0;
    for (size_t i = 0; i < queues.execution.size(); ++i) {
        const QueueInfo &queue = queues.execution[i];
        if (!text_begins(queue.name, ("TCPIP$SMTP_" + node + "_").c_str()))
            continue;
        ++there;
        if (queue.stopped)
            ++stopped;
    }
    if (there == 0)
        findings->push_back("There are no mail queues. START MAIL creates and starts them.");
    else if (there != c.settings.number(P_QUEUES))
        findings->push_back("QUEUES is " + text_from_number(c.settings.number(P_QUEUES)) +
                            ", but there are " + text_from_number(there) +
                            " execution queues. STOP MAIL and START MAIL make it so.");
    if (stopped != 0)
        findings->push_back(text_from_number(stopped) + " of the mail queues are stopped. "
                                                        "START MAIL starts them.");
}

/* What one place says and another one, which goes before it, says differently. */
static void check_shadowed(const Check &c, Findings *findings)
{
    ConfigEntries database;
    config_read_database(&database);
    for (size_t i = 0; i < database.size(); ++i) {
        ParamId id = param_find(database[i].first);
        ParamValue stored;
        if (id == P_COUNT || c.settings.origin(id) == ORIGIN_DATABASE ||
            !param_parse(id, database[i].second, &stored, 0))
            continue;
        Settings other;
        other.set(id, database[i].second, ORIGIN_DATABASE, "", 0);
        std::string theirs = config_value_text(other, id), ours = config_value_text(c.settings, id);
        if (!text_equal(theirs, ours))
            findings->push_back(std::string(param_row(id).name) + " is " + theirs +
                                " in the configuration database but " + ours + " by " +
                                config_origin_text(c.settings, id) + ", which counts.");
    }
}

typedef void (*SystemRule)(const Check &check, Findings *findings);
static const SystemRule system_rules[] = {check_shadowed,     check_files,  check_logicals,
                                          check_readers,      check_postmaster,
                                          check_aliases,      check_local_mx,
                                          check_certificates,
                                          check_client,       check_name_servers, check_queues};

void config_check_system(const Settings &settings, const Identity &identity, Findings *findings)
{
    Check check(settings, identity);
    for (size_t i = 0; i < sizeof system_rules / sizeof *system_rules; ++i)
        system_rules[i](check, findings);
}

/* Lines of 72 columns, broken between words. */
static void say_wrapped(const std::string &text)
{
    std::vector<std::string> words;
    std::string line = "  ";
    text_words(text, &words);
    for (size_t i = 0; i < words.size(); ++i) {
        if (line.size() + words[i].size() > 72 && line.size() > 4) {
            say(line);
            line = "   ";
        }
        line += (line.size() > 2 ? " " : "") + words[i];
    }
    say(line);
}

Status analyze_configuration()
{
    std::vector<ConfigProblem> problems;
    SettingsPtr settings = config_read(&problems);
    IdentityPtr identity = identity_current();
    Findings findings;
    for (size_t i = 0; i < problems.size(); ++i)
        findings.push_back(config_problem_text(problems[i]) +
                           (problems[i].unreadable ? "." : ". It does not count."));
    config_check_settings(*settings, *identity, &findings);
    config_check_system(*settings, *identity, &findings);
    if (findings.empty())
        return tell(TCPIPMGT__CHECKOK);
    Status status = tell(TCPIPMGT__CHECKED, static_cast<boost::uint32_t>(findings.size()));
    for (size_t i = 0; i < findings.size(); ++i) {
        say("");
        say_wrapped(findings[i]);
    }
    return status;
}

} // namespace mail
