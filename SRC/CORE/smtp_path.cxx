/*
**  smtp_path - the paths and parameters of MAIL FROM and RCPT TO: see CORE/smtp_path.h
**
**  path = "<" [ a-d-l ":" ] mailbox ">";  mailbox = local-part "@" ( domain / address-literal )
**  One reader object walks the text; each method takes one production or leaves the mark on the
**  byte that is wrong.
*/
#include "CORE/smtp_path.h"

#include <string.h>

#include "CORE/encode.h"
#include "CORE/ip_address.h"
#include "CORE/text.h"

namespace mail
{

const char *path_error_name(PathError error)
{
    static const char *const names[] = {"good", "syntax error", "too long", "bad domain"};
    return names[error];
}

static bool is_atext(char c)
{
    return text_is_alpha(c) || text_is_digit(c) ||
           (c != 0 && strchr("!#$%&'*+-/=?^_`{|}~", c) != 0);
}

class PathReader
{
public:
    PathReader(const std::string &text, unsigned options, size_t at)
        : text_(text), options_(options), at_(at)
    {
    }
    size_t mark() const { return at_; }
    PathError path(SmtpPath *path);
    PathError mailbox(SmtpPath *path);

private:
    bool has(size_t at) const { return at < text_.size(); }
    bool take(char c)
    {
        if (!has(at_) || text_[at_] != c)
            return false;
        ++at_;
        return true;
    }
    bool is_8bit(char c) const
    {
        return (options_ & PATH_UTF8) != 0 && static_cast<unsigned char>(c) >= 0x80;
    }
    bool dot_string(std::string *local);
    bool quoted_string(std::string *local);
    bool route(std::string *route);
    PathError domain(SmtpPath *path);
    PathError literal(SmtpPath *path);

    const std::string &text_;
    unsigned options_;
    size_t at_;
};

bool PathReader::dot_string(std::string *local)
{
    size_t begin = at_;
    while (has(at_) && (is_atext(text_[at_]) || is_8bit(text_[at_]) || text_[at_] == '.'))
        ++at_;
    local->assign(text_, begin, at_ - begin);
    return !local->empty(); // misplaced periods exist in the wild; the writer quotes them
}

bool PathReader::quoted_string(std::string *local)
{
    ++at_;
    while (has(at_) && text_[at_] != '"') {
        if (text_[at_] == '\\')
            ++at_;
        if (!has(at_) || text_is_control(text_[at_]) ||
            (static_cast<unsigned char>(text_[at_]) >= 0x80 && !is_8bit(text_[at_])))
            return false;
        *local += text_[at_++];
    }
    return take('"');
}

/* "@a,@b:" before the mailbox. */
bool PathReader::route(std::string *route)
{
    size_t begin = at_;
    for (;;) {
        SmtpPath hop;
        if (!take('@') || domain(&hop) != PATH_OK)
            return false;
        if (take(':'))
            break;
        if (!take(','))
            return false;
    }
    route->assign(text_, begin, at_ - 1 - begin);
    return true;
}

PathError PathReader::literal(SmtpPath *path)
{
    size_t end = text_.find(']', at_);
    IpAddress address;
    if (end == std::string::npos || !ip_literal_parse(text_.substr(at_, end + 1 - at_), &address))
        return PATH_DOMAIN;
    path->domain = ip_literal_print(address);
    path->is_literal = true;
    at_ = end + 1;
    return PATH_OK;
}

/* U-labels, none of them empty; how long one may be only its A-label tells (RFC 5890 2.3.2.1). */
static bool is_utf8_domain(const std::string &domain)
{
    return text_is_utf8(domain) && domain[0] != '.' && domain[domain.size() - 1] != '.' &&
           domain.find("..") == std::string::npos;
}

PathError PathReader::domain(SmtpPath *path)
{
    if (has(at_) && text_[at_] == '[')
        return literal(path);
    size_t end = at_;
    while (has(end) &&
           (text_is_alpha(text_[end]) || text_is_digit(text_[end]) || is_8bit(text_[end]) ||
            strchr("-._", text_[end]) != 0) &&
           text_[end] != 0)
        ++end;
    path->domain.assign(text_, at_, end - at_);
    if (path->domain.size() > 1 && path->domain[path->domain.size() - 1] == '.')
        path->domain.resize(path->domain.size() - 1);
    if (path->domain.size() > SMTP_DOMAIN_MAX)
        return PATH_LONG;
    bool plain = text_is_ascii(path->domain);
    if (plain ? !smtp_domain_is_valid(path->domain) : !is_utf8_domain(path->domain))
        return PATH_DOMAIN;
    at_ = end;
    return PATH_OK;
}

PathError PathReader::mailbox(SmtpPath *path)
{
    size_t begin = at_;
    bool good =
        has(at_) && text_[at_] == '"' ? quoted_string(&path->local) : dot_string(&path->local);
    if (!good || !text_is_utf8(path->local))
        return PATH_SYNTAX;
    if (path->local.size() > SMTP_LOCAL_LIMIT) {
        at_ = begin;
        return PATH_LONG;
    }
    if (take('@')) {
        path->kind = SmtpPath::MAILBOX;
        return domain(path);
    }
    if (text_equal(path->local, "Postmaster"))
        path->kind = SmtpPath::POSTMASTER;
    else if (options_ & PATH_NO_DOMAIN)
        path->kind = SmtpPath::LOCAL;
    else
        return PATH_SYNTAX;
    return PATH_OK;
}

PathError PathReader::path(SmtpPath *path)
{
    while ((options_ & PATH_BLANK) && has(at_) && text_is_blank(text_[at_]))
        ++at_;
    size_t begin = at_;
    bool bracket = take('<');
    if (!bracket && !(options_ & PATH_NO_BRACKETS))
        return PATH_SYNTAX;
    if (bracket && (options_ & PATH_NULL) && take('>')) {
        path->kind = SmtpPath::NONE;
        return PATH_OK;
    }
    if (has(at_) && text_[at_] == '@' && !route(&path->route))
        return PATH_SYNTAX;
    PathError error = mailbox(path);
    if (error != PATH_OK)
        return error;
    if (bracket ? !take('>') : has(at_) && !text_is_blank(text_[at_]))
        return PATH_SYNTAX;
    if (at_ - begin > SMTP_PATH_LIMIT) {
        at_ = begin;
        return PATH_LONG;
    }
    return PATH_OK;
}

PathError smtp_path_parse(const std::string &text, unsigned options, size_t *at, SmtpPath *path)
{
    PathReader reader(text, options, *at);
    SmtpPath result;
    PathError error = reader.path(&result);
    *at = reader.mark();
    if (error == PATH_OK)
        *path = result;
    return error;
}

bool smtp_mailbox_parse(const std::string &text, SmtpPath *path)
{
    PathReader reader(text, PATH_NO_DOMAIN | PATH_UTF8, 0);
    SmtpPath result;
    if (reader.mailbox(&result) != PATH_OK || reader.mark() != text.size())
        return false;
    *path = result;
    return true;
}

std::string smtp_local_quoted(const std::string &local)
{
    bool plain = !local.empty();
    for (size_t i = 0; i < local.size() && plain; ++i) {
        if (local[i] == '.')
            plain = i != 0 && i + 1 != local.size() && local[i - 1] != '.';
        else
            plain = is_atext(local[i]) || static_cast<unsigned char>(local[i]) >= 0x80;
    }
    if (plain)
        return local;
    std::string text("\"");
    for (size_t i = 0; i < local.size(); ++i) {
        if (text_is_control(local[i]))
            continue; // never, from our parsers; and never out of this one
        if (local[i] == '"' || local[i] == '\\')
            text += '\\';
        text += local[i];
    }
    return text + "\"";
}

std::string smtp_mailbox_print(const std::string &local, const std::string &domain)
{
    std::string text = smtp_local_quoted(local);
    return domain.empty() ? text : text + "@" + domain;
}

std::string smtp_mailbox_print(const SmtpPath &path)
{
    switch (path.kind) {
    case SmtpPath::NONE:
        return "";
    case SmtpPath::POSTMASTER:
        return "Postmaster";
    case SmtpPath::LOCAL:
        return smtp_mailbox_print(path.local, "");
    case SmtpPath::MAILBOX:
        break;
    }
    return smtp_mailbox_print(path.local, path.domain);
}

std::string smtp_path_print(const SmtpPath &path)
{
    return "<" + smtp_mailbox_print(path) + ">";
}

bool smtp_domain_is_valid(const std::string &domain)
{
    if (domain.empty() || domain.size() > SMTP_DOMAIN_MAX)
        return false;
    size_t label = 0;
    for (size_t i = 0; i < domain.size(); ++i) {
        char c = domain[i];
        if (c == '.') {
            if (label == 0 || domain[i - 1] == '-')
                return false;
            label = 0;
            continue;
        }
        if (!text_is_alpha(c) && !text_is_digit(c) && c != '_' && (c != '-' || label == 0))
            return false;
        if (++label > 63)
            return false;
    }
    return label != 0 && domain[domain.size() - 1] != '-';
}

bool smtp_host_is_valid(const std::string &host)
{
    IpAddress address;
    return smtp_domain_is_valid(host) || ip_literal_parse(host, &address);
}

static bool parse_parameter(const std::string &word, SmtpParameter *parameter)
{
    size_t equal = word.find('=');
    parameter->has_value = equal != std::string::npos;
    parameter->keyword = text_uppered(word.substr(0, equal));
    parameter->value = parameter->has_value ? word.substr(equal + 1) : std::string();
    if (parameter->keyword.empty() || parameter->keyword[0] == '-' ||
        (parameter->has_value && parameter->value.empty()))
        return false;
    for (size_t i = 0; i < parameter->keyword.size(); ++i) {
        char c = parameter->keyword[i];
        if (!text_is_alpha(c) && !text_is_digit(c) && c != '-')
            return false;
    }
    for (size_t i = 0; i < parameter->value.size(); ++i)
        if (text_is_control(parameter->value[i]) || parameter->value[i] == '=')
            return false;
    return true;
}

bool smtp_parameters_parse(const std::string &text, size_t at,
                           std::vector<SmtpParameter> *parameters)
{
    parameters->clear();
    if (at < text.size() && !text_is_blank(text[at]))
        return false;
    std::string word;
    while (text_next_word(text, &at, &word)) {
        SmtpParameter parameter;
        if (parameters->size() == SMTP_PARAMETERS_MAX || !parse_parameter(word, &parameter))
            return false;
        for (size_t i = 0; i < parameters->size(); ++i)
            if ((*parameters)[i].keyword == parameter.keyword)
                return false;
        parameters->push_back(parameter);
    }
    return true;
}

std::string smtp_xtext_encode(const std::string &text)
{
    std::string xtext;
    for (size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c > ' ' && c < 0x7F && c != '+' && c != '=')
            xtext += c;
        else
            xtext += "+" + text_uppered(hex_encode(std::string(1, c)));
    }
    return xtext;
}

bool smtp_xtext_decode(const std::string &xtext, std::string *text)
{
    std::string result, byte;
    for (size_t i = 0; i < xtext.size(); ++i) {
        if (xtext[i] != '+') {
            if (xtext[i] <= ' ' || xtext[i] >= 0x7F || xtext[i] == '=')
                return false;
            result += xtext[i];
        } else {
            if (!hex_decode(xtext.substr(i + 1, 2), &byte) || byte.size() != 1)
                return false;
            result += byte;
            i += 2;
        }
    }
    text->swap(result);
    return true;
}

} // namespace mail
