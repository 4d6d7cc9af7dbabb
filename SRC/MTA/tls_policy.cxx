/*
**  tls_policy - the rows of SEND_TLS_POLICY
*/
#include "MTA/tls_policy.h"

#include "CORE/text.h"

namespace mail {

namespace {

const char *const level_names[] = {"OFF", "MAY", "ENCRYPT", "VERIFY"};

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

bool tls_level_used(const Settings &settings, TlsLevel level)
{
    const std::vector<std::string> &items = settings.items(P_SEND_TLS_POLICY);
    bool used = settings.number(P_SEND_TLS) == static_cast<boost::uint32_t>(level);
    std::string name;
    TlsLevel one;
    for (size_t i = 0; i < items.size(); ++i)
        used = used || (parse_item(items[i], &name, &one) && one == level);
    return used;
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

} // namespace mail
