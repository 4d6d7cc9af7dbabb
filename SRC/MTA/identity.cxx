/*
**  identity - the one routine that says whether a domain is local (HP 18.3, 19.1.6.1)
*/
#include "MTA/identity.h"

#include <pthread.h>
#include "MTA/config_store.h"
#include "MTA/log.h"
#include "VMS/net.h"
#include "VMS/process.h"
#include "VMS/vmstime.h"
#include "VMS/recfile.h"

namespace mail {

static const boost::uint32_t LOOK_AGAIN = 1; /* seconds */
enum { MAX_ALIASES = 255, MAX_ALIAS_SIZE = 64, MAX_ALIAS_FILE = 65536 };

static const char *const alias_files[] = {"TCPIP$SMTP_LOCAL_ALIASES.TXT",
                                          "UCX$SMTP_LOCAL_ALIASES.TXT"};
static const char local_directory[] = "SYS$SPECIFIC:[TCPIP$SMTP]";

/* Lower case, without the final period of a rooted name. */
static std::string folded(const std::string &domain)
{
    std::string text = domain;
    if (!text.empty() && text[text.size() - 1] == '.')
        text.resize(text.size() - 1);
    for (size_t i = 0; i < text.size(); ++i)
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = static_cast<char>(text[i] - 'A' + 'a');
    return text;
}

static std::string upper(const std::string &name)
{
    std::string text = name;
    for (size_t i = 0; i < text.size(); ++i)
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = static_cast<char>(text[i] - 'a' + 'A');
    return text;
}

Identity::Identity() : host_("localhost"), postmaster_("TCPIP$SMTP"), substitute_is_local_(true),
                       aliases_only_(false), complete_(true)
{
}

std::string Identity::postmaster_address() const
{
    return postmaster_ + "@" + host_;
}

void Identity::set_host(const std::string &host, const std::string &domain,
                        const std::string &node)
{
    host_ = folded(host.empty() ? std::string("localhost") : host);
    domain_ = folded(domain);
    size_t point = host_.find('.');
    if (point == std::string::npos && !domain_.empty())
        host_ += "." + domain_;
    else if (point != std::string::npos && domain_.empty())
        domain_ = host_.substr(point + 1);
    node_ = upper(node);
    zone_ = domain_;
}

void Identity::apply(const Settings &settings)
{
    substitute_ = folded(settings.text(P_SUBSTITUTE_DOMAIN));
    substitute_is_local_ = !settings.flag(P_NO_SUBS_DOMAIN_INBOUND);
    aliases_only_ = settings.flag(P_LOCAL_ALIAS_ONLY);
    postmaster_ = upper(settings.text(P_POSTMASTER_ALIAS));
    if (settings.defined(P_ZONE))
        zone_ = folded(settings.text(P_ZONE));
    const std::vector<std::string> &addresses = settings.items(P_INET_HOSTADDR);
    for (size_t i = 0; i < addresses.size(); ++i)
        add_address(addresses[i]);
}

void Identity::add_alias(const std::string &domain)
{
    aliases_.insert(folded(domain));
}

void Identity::add_address(const std::string &address)
{
    NetAddress parsed;
    if (net_parse_address(address, &parsed))
        addresses_.insert(net_text(parsed));
}

/* "[address]": of this host? */
static bool is_own_literal(const std::string &name, const std::set<std::string> &addresses)
{
    NetAddress address;
    return name[name.size() - 1] == ']' &&
           net_parse_address(name.substr(1, name.size() - 2), &address) &&
           (address.is_loopback() || addresses.count(net_text(address)) != 0);
}

const char *Identity::why_local(const std::string &domain) const
{
    std::string name = folded(domain);
    if (name.empty())
        return "no domain";
    if (name == host_)
        return "this host";
    if (aliases_.count(name) != 0)
        return "a local alias";
    if (name[0] == '[')
        return is_own_literal(name, addresses_) ? "an address of this host" : "";
    if (aliases_only_)
        return "";
    if (name == folded(node_) || name == "localhost")
        return "a name of this node";
    return substitute_is_local_ && name == substitute_ ? "the substitute domain" : "";
}

bool Identity::is_local_address(const std::string &mailbox) const
{
    bool quoted = false;
    size_t at = std::string::npos;
    for (size_t i = 0; i < mailbox.size(); ++i) {
        if (mailbox[i] == '\\' && quoted)
            ++i;
        else if (mailbox[i] == '"')
            quoted = !quoted;
        else if (mailbox[i] == '@' && !quoted)
            at = i;
    }
    return at == std::string::npos || is_local(mailbox.substr(at + 1));
}

size_t identity_parse_aliases(const std::string &text, Identity *identity)
{
    size_t left_out = 0;
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        std::string line = text.substr(from, to - from);
        from = to + 1;
        size_t begin = line.find_first_not_of(" \t\r");
        if (begin == std::string::npos || line[begin] == '!')
            continue;
        std::string name = line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
        if (name.size() > MAX_ALIAS_SIZE || name.find_first_of(" \t@<>,") != std::string::npos ||
            identity->alias_count() >= MAX_ALIASES)
            ++left_out;
        else
            identity->add_alias(name);
    }
    return left_out;
}

Status identity_alias_text(std::string *file, std::string *text)
{
    const std::string places[] = {config_common_file(alias_files[0]),
                                  local_directory + std::string(alias_files[0]),
                                  config_common_file(alias_files[1])};
    Status status;
    for (size_t i = 0; i < sizeof places / sizeof *places; ++i) {
        *file = places[i];
        status = file_read_text(*file, "", MAX_ALIAS_FILE, "\n", text);
        if (!status.not_found())
            return status;
    }
    *file = places[0];
    return status;
}

static IdentityPtr build(const Settings &settings)
{
    boost::shared_ptr<Identity> identity(new Identity);
    std::string host = settings.text(P_INET_HOST), aliases, file;
    identity->set_host(host.empty() ? net_host_name() : host, settings.text(P_INET_DOMAIN),
                       process_node());
    identity->apply(settings);
    Status status = identity_alias_text(&file, &aliases);
    if (status.ok()) {
        size_t left_out = identity_parse_aliases(aliases, identity.get());
        if (left_out != 0)
            LogLine(LOG_WARNING, "", "local_aliases").add("left_out", boost::uint64_t(left_out));
    } else if (!status.not_found()) {
        LogLine(LOG_ERROR, "", "local_aliases").add("file", file).add("status", status.text());
        identity->set_incomplete();
    }
    if (!settings.complete() || identity->node().empty())
        identity->set_incomplete();
    return identity;
}

struct Kept {
    SettingsPtr settings; /* what the identity was made of */
    IdentityPtr identity, forced;
    VmsTime next_look; /* at what could not be read */
    Kept() : next_look(0) {}
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static Kept *the_kept = 0; /* made at the first use, never deleted */

IdentityPtr identity_current()
{
    SettingsPtr settings = config_current();
    pthread_mutex_lock(&mutex);
    if (!the_kept)
        the_kept = new Kept;
    IdentityPtr answer = the_kept->forced;
    if (!answer) {
        Kept &kept = *the_kept;
        bool again = kept.next_look != 0 && vmstime_now() >= kept.next_look;
        if (kept.settings != settings || again) {
            IdentityPtr fresh = build(*settings);
            if (fresh->complete() || !kept.identity || !kept.identity->complete())
                kept.identity = fresh;
            kept.next_look = fresh->complete() ? 0 : vmstime_after(LOOK_AGAIN);
            kept.settings = settings;
        }
        answer = kept.identity;
    }
    pthread_mutex_unlock(&mutex);
    return answer;
}

void identity_use(const IdentityPtr &identity)
{
    pthread_mutex_lock(&mutex);
    if (!the_kept)
        the_kept = new Kept;
    the_kept->forced = identity;
    pthread_mutex_unlock(&mutex);
}

} // namespace mail
