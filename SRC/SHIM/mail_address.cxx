/*
**  mail_address - reading addresses, following forwarding
*/
#include "mail_address.h"

#include "mail_protocol.h"
#include "mail_text.h"
#include "shim.h"

#include <mailmsgdef.h>
#include <uaidef.h>

#include <algorithm>
#include <vector>

namespace shim {

namespace {

bool is_name(const std::string &text)
{
    for (char c : text)
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$' || c == '_' || c == '-'))
            return false;
    return !text.empty();
}

std::string unquoted(const std::string &text)
{
    bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string internet_transport()
{
    std::string transport;
    if (!mail_logical("MAIL$INTERNET_TRANSPORT", &transport) || transport.empty())
        transport = "SMTP";
    if (transport.back() == '%')
        transport.pop_back();
    return upper(transport);
}

void take_foreign(const std::string &protocol, const std::string &rest, MailAddress *resolved)
{
    std::string text = trimmed(rest);
    resolved->protocol = protocol;
    size_t colons = text.find("::");
    size_t quote = text.find('"');
    if (colons != std::string::npos && (quote == std::string::npos || colons < quote)) {
        resolved->node = text.substr(0, colons);
        text = text.substr(colons + 2);
    }
    resolved->text = unquoted(text);
}

/* PROT%..., or an internet address without a protocol. */
bool is_foreign(const std::string &address, MailAddress *resolved)
{
    size_t percent = address.find('%'), quote = address.find('"');
    if (percent != std::string::npos && (quote == std::string::npos || percent < quote) &&
        is_name(upper(address.substr(0, percent)))) {
        take_foreign(upper(address.substr(0, percent)), address.substr(percent + 1), resolved);
        return true;
    }
    size_t at = address.rfind('@');
    if (at == std::string::npos || at == 0 || address.find("::") < at ||
        unquoted(address).find('.', unquoted(address).rfind('@')) == std::string::npos)
        return false;
    take_foreign(internet_transport(), address, resolved);
    return true;
}

/* NODE::USER of this node becomes USER. */
uint32_t strip_node(std::string *name)
{
    size_t colons = name->find("::");
    if (colons == std::string::npos)
        return SS$_NORMAL;
    std::string node = name->substr(0, colons);
    if (!node.empty() && node != mail_node() && node != "0")
        return MAIL$_LOGLINK;
    *name = name->substr(colons + 2);
    return SS$_NORMAL;
}

uint32_t local_user(const std::string &name, MailAddress *resolved)
{
    MailUser user;
    uint32_t status = mail_find_user(name, &user);
    if (!(status & 1))
        return status;
    if (user.flags & (UAI$M_NOMAIL | UAI$M_DISACNT))
        return MAIL$_USERDSABL;
    resolved->user = user.user;
    resolved->directory = user.directory;
    return SS$_NORMAL;
}

} // namespace

uint32_t mail_resolve(const std::string &address, const std::string &transport,
                      MailAddress *resolved, std::string *failed)
{
    std::string text = trimmed(address);
    std::vector<std::string> visited;
    for (bool first = true;; first = false) {
        *failed = text;
        if (text.empty())
            return MAIL$_USERSPEC;
        if (is_foreign(text, resolved))
            return SS$_NORMAL;
        std::string name = upper(text);
        if (first && !transport.empty() && is_name(name) && name[0] != '_') {
            take_foreign(upper(transport.substr(0, transport.find('%'))), text, resolved);
            return SS$_NORMAL;
        }
        uint32_t status = strip_node(&name);
        if (!(status & 1))
            return status;
        bool plain = !name.empty() && name[0] == '_';
        if (plain)
            name.erase(0, 1);
        if (name.size() > MAIL_USER_MAX)
            return MAIL$_NOSUCHUSR;
        *failed = name;
        MailProfile profile;
        status = plain ? static_cast<uint32_t>(MAIL$_NOSUCHUSR) : mail_profile_read(name, &profile);
        if (!(status & 1) && status != MAIL$_NOSUCHUSR)
            return status;
        const std::string &forward = profile.text[MailProfile::FORWARDING];
        if (!(status & 1) || trimmed(forward).empty())
            return local_user(name, resolved);
        if (visited.size() >= MAIL_FORWARD_MAX ||
            std::find(visited.begin(), visited.end(), name) != visited.end())
            return MAIL$_FORWLOOP;
        visited.push_back(name);
        text = trimmed(forward);
    }
}

} // namespace shim
