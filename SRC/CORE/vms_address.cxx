/*
**  vms_address - addresses as OpenVMS Mail writes them: see CORE/vms_address.h
*/
#include "CORE/vms_address.h"

#include "CORE/smtp_path.h"
#include "CORE/text.h"

namespace mail
{

std::string vms_quotes_to_cents(const std::string &text)
{
    std::string result(text);
    for (size_t i = 0; i < result.size(); ++i)
        if (result[i] == '"')
            result[i] = VMS_CENT;
    return result;
}

std::string vms_cents_to_quotes(const std::string &text)
{
    std::string result(text);
    for (size_t i = 0; i < result.size(); ++i)
        if (result[i] == VMS_CENT)
            result[i] = '"';
    return result;
}

std::string vms_address_wrap(const std::string &address)
{
    return "SMTP%\"" + vms_quotes_to_cents(address) + "\"";
}

static bool is_name(const std::string &text)
{
    for (size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (!text_is_alpha(c) && !text_is_digit(c) && c != '$' && c != '_' && c != '-')
            return false;
    }
    return !text.empty();
}

/* Is the whole text one string in quotes, without quotes inside? */
static bool is_quoted(const std::string &text)
{
    return text.size() >= 2 && text[0] == '"' && text.find('"', 1) == text.size() - 1;
}

bool vms_address_unwrap(const std::string &text, std::string *address, std::string *transport)
{
    size_t percent = text.find('%');
    if (percent == std::string::npos || !is_name(text.substr(0, percent)))
        return false;
    std::string inside = text.substr(percent + 1);
    if (is_quoted(inside))
        inside = inside.substr(1, inside.size() - 2);
    else if (inside.find('"') != std::string::npos || !text_begins(text, "SMTP%"))
        return false; // user%host@relay is an Internet address
    if (inside.empty())
        return false;
    if (transport != 0)
        *transport = text_uppered(text.substr(0, percent));
    *address = vms_cents_to_quotes(inside);
    return true;
}

/* Takes the personal name off the end: blanks and a string in quotes. */
static void split_personal_name(std::string *text, std::string *name)
{
    size_t size = text->size();
    if (size < 3 || (*text)[size - 1] != '"')
        return;
    size_t open = text->rfind('"', size - 2);
    if (open == std::string::npos || open == 0 || !text_is_blank((*text)[open - 1]))
        return;
    name->assign(*text, open + 1, size - open - 2);
    *text = text_trimmed(text->substr(0, open));
}

static void classify_node(const std::string &rest, VmsAddress *result)
{
    if (vms_address_unwrap(rest, &result->address, &result->transport)) {
        result->kind = VmsAddress::NODE_FOREIGN;
    } else if (is_quoted(rest) && rest.size() > 2) {
        result->kind = VmsAddress::NODE_QUOTED;
        result->address = vms_cents_to_quotes(rest.substr(1, rest.size() - 2));
    } else if (is_name(rest)) {
        result->kind = VmsAddress::NODE_USER;
        result->user = rest;
    }
}

/* Size of "NODE::" or "A::B::" at the beginning; 0 if there is none. */
static size_t node_size(const std::string &text)
{
    size_t at = 0;
    for (;;) {
        size_t end = at;
        while (end < text.size() &&
               (text_is_alpha(text[end]) || text_is_digit(text[end]) || text[end] == '$' ||
                text[end] == '_' || text[end] == '-' || text[end] == '.'))
            ++end;
        if (end == at || text.compare(end, 2, "::") != 0)
            return at;
        at = end + 2;
    }
}

VmsAddress vms_address_parse(const std::string &line)
{
    VmsAddress result;
    result.raw = text_trimmed(line);
    split_personal_name(&result.raw, &result.personal_name);
    const std::string &raw = result.raw;
    SmtpPath path;
    size_t node = node_size(raw);
    if (node != 0) {
        result.node = text_uppered(raw.substr(0, node - 2));
        classify_node(raw.substr(node), &result);
    } else if (vms_address_unwrap(raw, &result.address, &result.transport)) {
        result.kind = VmsAddress::FOREIGN;
    } else if (is_name(raw)) {
        result.kind = VmsAddress::USER;
        result.user = raw;
    } else {
        std::string bare = is_quoted(raw) ? raw.substr(1, raw.size() - 2) : raw;
        if (smtp_mailbox_parse(bare, &path) && path.kind == SmtpPath::MAILBOX) {
            result.kind = VmsAddress::INTERNET;
            result.address = bare;
        }
    }
    return result;
}

/* Does an element end before this blank?  A string in quotes behind it still belongs to it. */
static bool blank_separates(const std::string &line, size_t at)
{
    while (at < line.size() && text_is_blank(line[at]))
        ++at;
    return at < line.size() && line[at] != '"';
}

void vms_address_split(const std::string &line, std::vector<std::string> *elements)
{
    elements->clear();
    std::string element;
    bool quoted = false;
    for (size_t i = 0; i <= line.size(); ++i) {
        bool ends = i == line.size() ||
                    (!quoted && (line[i] == ',' ||
                                 (text_is_blank(line[i]) && blank_separates(line, i))));
        if (!ends) {
            quoted = line[i] == '"' ? !quoted : quoted;
            element += line[i];
            continue;
        }
        element = text_trimmed(element);
        if (!element.empty())
            elements->push_back(element);
        element.resize(0);
    }
}

std::string vms_address_generic(const std::string &text, const std::string &host)
{
    std::string result("\"");
    for (size_t i = 0; i < text.size(); ++i) {
        if (text_is_control(text[i]))
            continue;
        if (text[i] == '"' || text[i] == '\\')
            result += '\\';
        result += text[i];
    }
    return result + "\"@" + host;
}

} // namespace mail
