/*
**  smtp_extensions - two tables: keywords of EHLO, parameters of MAIL and RCPT
*/
#include "smtp_extensions.h"

#include "CORE/text.h"
#include "smtp_session.h"

namespace mail {

/* ---- extensions ---- */

struct SmtpExtension {
    const char *keyword;
    bool (*offered)(const SmtpSession &session);          /* 0: always */
    std::string (*argument)(const SmtpSession &session);  /* 0: none */
};

/* HP's receiver takes 8-bit text unasked only with EIGHT_BIT or the MIME hack (spec 2.2, 6.9). */
static bool eight_bit_offered(const SmtpSession &session)
{
    return session.settings().flag(P_EIGHT_BIT) || session.settings().flag(P_MIME_HACK);
}

static bool chunking_offered(const SmtpSession &session)
{
    return session.settings().flag(P_CHUNKING);
}

static bool dsn_offered(const SmtpSession &session)
{
    return session.settings().flag(P_DELIVERY_NOTIFICATIONS);
}

static bool auth_listed(const SmtpSession &session)
{
    return !smtp_auth_mechanisms(session).empty();
}

static std::string size_argument(const SmtpSession &session)
{
    return text_from_number(session.settings().number(P_RECV_MESSAGE_SIZE));
}

static const SmtpExtension extension_table[] = {
    {"ENHANCEDSTATUSCODES", 0, 0},
    {"PIPELINING", 0, 0},
    {"8BITMIME", eight_bit_offered, 0},
    {"SIZE", 0, size_argument},
    {"CHUNKING", chunking_offered, 0},
    {"DSN", dsn_offered, 0},
    {"STARTTLS", smtp_starttls_offered, 0},
    {"AUTH", auth_listed, smtp_auth_mechanisms},
    {"HELP", 0, 0},
};
static const size_t extensions = sizeof extension_table / sizeof *extension_table;

void smtp_extensions_list(const SmtpSession &session, SmtpReply *reply)
{
    for (size_t i = 0; i < extensions; ++i) {
        const SmtpExtension &extension = extension_table[i];
        if (extension.offered && !extension.offered(session))
            continue;
        std::string line = extension.keyword;
        if (extension.argument)
            line += " " + extension.argument(session);
        reply->lines.push_back(line);
    }
}

bool smtp_extension_offered(const SmtpSession &session, const char *keyword)
{
    for (size_t i = 0; i < extensions; ++i)
        if (text_equal(keyword, extension_table[i].keyword))
            return !extension_table[i].offered || extension_table[i].offered(session);
    return false;
}

/* ---- parameters ---- */

enum { ENVID_MAX = 100, ORCPT_MAX = 500 }; /* RFC 3461 4.4, 4.2: bytes as they come */

/* RPL_OK, or the reply that refuses the value. */
typedef SmtpReplyId (*TakeParameter)(const SmtpSession &session, const std::string &value,
                                     SmtpRequest *request);

static SmtpReplyId take_size(const SmtpSession &session, const std::string &value, SmtpRequest *)
{
    boost::uint64_t size;
    if (!text_number64(value, 0, ~static_cast<boost::uint64_t>(0), &size))
        return RPL_BAD_PARAMETER;
    return size > session.settings().number(P_RECV_MESSAGE_SIZE) ? RPL_TOO_BIG : RPL_OK;
}

static SmtpReplyId take_body(const SmtpSession &, const std::string &value, SmtpRequest *request)
{
    request->eight_bit = text_equal(value, "8BITMIME");
    return request->eight_bit || text_equal(value, "7BIT") ? RPL_OK : RPL_BAD_PARAMETER;
}

static SmtpReplyId take_ret(const SmtpSession &, const std::string &value, SmtpRequest *request)
{
    if (text_equal(value, "FULL"))
        request->returned = CONTROL_RETURN_FULL;
    else if (text_equal(value, "HDRS"))
        request->returned = CONTROL_RETURN_HEADERS;
    else
        return RPL_BAD_PARAMETER;
    return RPL_OK;
}

/* xtext of printable ASCII: it goes into reports. */
static bool plain_xtext(const std::string &xtext, size_t most, std::string *text)
{
    return !xtext.empty() && xtext.size() <= most && smtp_xtext_decode(xtext, text) &&
           text_is_ascii(*text) && !text_has_controls(*text);
}

static SmtpReplyId take_envid(const SmtpSession &, const std::string &value, SmtpRequest *request)
{
    return plain_xtext(value, ENVID_MAX, &request->envelope_id) ? RPL_OK : RPL_BAD_PARAMETER;
}

/* RFC 4954 5: who first submitted it; we trust nobody's word, and say so by taking no notice. */
static SmtpReplyId take_auth(const SmtpSession &, const std::string &value, SmtpRequest *)
{
    std::string mailbox;
    return value == "<>" || plain_xtext(value, ORCPT_MAX, &mailbox) ? RPL_OK : RPL_BAD_PARAMETER;
}

static unsigned notify_bit(const std::string &word)
{
    static const char *const words[] = {"NEVER", "SUCCESS", "FAILURE", "DELAY"};
    static const unsigned bits[] = {CONTROL_NOTIFY_NEVER, CONTROL_NOTIFY_SUCCESS,
                                    CONTROL_NOTIFY_FAILURE, CONTROL_NOTIFY_DELAY};
    for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
        if (text_equal(word, words[i]))
            return bits[i];
    return 0;
}

static SmtpReplyId take_notify(const SmtpSession &, const std::string &value, SmtpRequest *request)
{
    std::vector<std::string> words;
    text_split(value, ',', &words);
    for (size_t i = 0; i < words.size(); ++i) {
        unsigned bit = notify_bit(words[i]);
        if (bit == 0 || (bit == CONTROL_NOTIFY_NEVER && words.size() != 1))
            return RPL_BAD_PARAMETER;
        request->notify |= bit;
    }
    return request->notify != 0 ? RPL_OK : RPL_BAD_PARAMETER;
}

/* "rfc822;Bob@Example.com" with the address in xtext */
static SmtpReplyId take_orcpt(const SmtpSession &, const std::string &value, SmtpRequest *request)
{
    std::string address;
    size_t semicolon = value.find(';');
    if (semicolon == std::string::npos || semicolon == 0 ||
        !plain_xtext(value.substr(semicolon + 1), ORCPT_MAX, &address))
        return RPL_BAD_PARAMETER;
    for (size_t i = 0; i < semicolon; ++i)
        if (!text_is_alpha(value[i]) && !text_is_digit(value[i]) && value[i] != '-')
            return RPL_BAD_PARAMETER;
    request->original = value.substr(0, semicolon + 1) + address;
    return RPL_OK;
}

struct SmtpParameterRow {
    SmtpVerb verb;
    const char *keyword;
    const char *extension;
    TakeParameter take;
};

static const SmtpParameterRow parameter_table[] = {
    {SMTP_MAIL, "SIZE", "SIZE", take_size},   {SMTP_MAIL, "BODY", "8BITMIME", take_body},
    {SMTP_MAIL, "RET", "DSN", take_ret},      {SMTP_MAIL, "ENVID", "DSN", take_envid},
    {SMTP_MAIL, "AUTH", "AUTH", take_auth},   {SMTP_RCPT, "NOTIFY", "DSN", take_notify},
    {SMTP_RCPT, "ORCPT", "DSN", take_orcpt},
};

static bool take_parameter(const SmtpSession &session, SmtpVerb verb,
                           const SmtpParameter &parameter, SmtpRequest *request, SmtpReply *reply)
{
    for (size_t i = 0; i < sizeof parameter_table / sizeof *parameter_table; ++i) {
        const SmtpParameterRow &row = parameter_table[i];
        if (row.verb != verb || parameter.keyword != row.keyword ||
            !smtp_extension_offered(session, row.extension))
            continue;
        SmtpReplyId id = row.take(session, parameter.value, request);
        if (id == RPL_TOO_BIG)
            *reply = smtp_reply_make(id, size_argument(session));
        else if (id != RPL_OK)
            *reply = smtp_reply_make(id, parameter.keyword);
        return id == RPL_OK;
    }
    *reply = smtp_reply_make(RPL_PARAMETER_UNKNOWN, parameter.keyword);
    return false;
}

bool smtp_take_parameters(const SmtpSession &session, SmtpVerb verb, size_t at,
                          SmtpRequest *request, SmtpReply *reply)
{
    std::vector<SmtpParameter> parameters;
    if (!smtp_parameters_parse(request->line.argument, at, &parameters)) {
        *reply = smtp_reply_make(RPL_SYNTAX, smtp_verb_row(verb).syntax);
        return false;
    }
    if (!parameters.empty() && !session.is_esmtp()) {
        *reply = smtp_reply_make(RPL_PARAMETER_UNKNOWN, parameters[0].keyword);
        return false;
    }
    for (size_t i = 0; i < parameters.size(); ++i)
        if (!take_parameter(session, verb, parameters[i], request, reply))
            return false;
    return true;
}

} // namespace mail
