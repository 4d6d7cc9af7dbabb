/*
**  send_tls - policy rows, and one TLS context per set of authorities
*/
#include "send_tls.h"

#include "CORE/text.h"

#include <map>
#include <pthread.h>

namespace mail {

namespace {

const char *const level_names[] = {"OFF", "MAY", "ENCRYPT", "VERIFY"};

typedef std::map<std::string, TlsClient *> Clients;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
Clients *the_clients = 0; /* by file of authorities; made at the first use, never deleted */

bool parse_level(const std::string &word, TlsLevel *level)
{
    for (int i = TLS_OFF; i <= TLS_VERIFY; ++i) {
        if (!text_equal(word, level_names[i]))
            continue;
        *level = static_cast<TlsLevel>(i);
        return true;
    }
    return false;
}

bool parse_item(const std::string &item, std::string *name, TlsLevel *level)
{
    size_t equal = item.find('=');
    if (equal == std::string::npos || equal == 0)
        return false;
    *name = text_lowered(text_trimmed(item.substr(0, equal)));
    return parse_level(text_trimmed(item.substr(equal + 1)), level);
}

bool matches(const std::string &name, const std::string &what)
{
    return name == what || (name[0] == '.' && text_ends(what, name.c_str()));
}

} // namespace

const char *tls_level_name(TlsLevel level)
{
    return level_names[level];
}

TlsLevel tls_level_for(const Settings &settings, const std::string &domain,
                       const std::string &host)
{
    TlsLevel level = static_cast<TlsLevel>(settings.number(P_SEND_TLS)), one;
    const std::vector<std::string> &items = settings.items(P_SEND_TLS_POLICY);
    std::string d = text_lowered(domain), h = text_lowered(host), name;
    size_t longest = 0;
    for (size_t i = 0; i < items.size(); ++i) {
        if (!parse_item(items[i], &name, &one) || (!matches(name, d) && !matches(name, h)) ||
            name.size() <= longest)
            continue;
        longest = name.size();
        level = one;
    }
    return level;
}

void tls_policy_problems(const Settings &settings, std::vector<std::string> *problems)
{
    const std::vector<std::string> &items = settings.items(P_SEND_TLS_POLICY);
    std::string name;
    TlsLevel level;
    for (size_t i = 0; i < items.size(); ++i)
        if (!parse_item(items[i], &name, &level))
            problems->push_back(items[i] + ": not name=OFF, MAY, ENCRYPT or VERIFY");
}

Status tls_client_for(const Settings &settings, TlsLevel level, TlsClient **client)
{
    std::string authorities = level == TLS_VERIFY ? settings.text(P_SEND_CA_FILE) : std::string();
    if (level == TLS_VERIFY && authorities.empty())
        return Status::no_such_file();
    Status status;
    pthread_mutex_lock(&mutex);
    if (!the_clients)
        the_clients = new Clients;
    TlsClient *&slot = (*the_clients)[authorities];
    if (!slot) {
        TlsClient *fresh = new TlsClient;
        status = fresh->load(authorities);
        if (status.ok())
            slot = fresh;
        else
            delete fresh;
    }
    *client = slot;
    pthread_mutex_unlock(&mutex);
    return status;
}

} // namespace mail
