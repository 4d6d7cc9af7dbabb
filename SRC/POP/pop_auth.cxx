/*
**  pop_auth - names, passwords, secrets, responses
*/
#include "pop_auth.h"

#include "CORE/encode.h"
#include "CORE/md5.h"
#include "CORE/text.h"
#include "VMS/opcom.h"
#include "VMS/process.h"
#include "VMS/recfile.h"

namespace mail {

namespace {

enum { SECURITY_FRIENDLY, SECURITY_SECURE }; /* order of the choices */
const size_t SECRET_MAX = 500;               /* POP_SECRET.DAT, spec 8.6 */
const size_t EVENT_USER_MAX = 32;
const char reject_option[] = "REJECT";

bool is_secure(const PopSession &s)
{
    return s.settings().number(P_POP_SECURITY) == SECURITY_SECURE;
}

/* Which text tells a FRIENDLY client why it was refused. */
PopReplyId refusal_text(Authentication why)
{
    switch (why) {
    case AUTHENTICATION_REFUSED:
        return SAY_WRONG_PASSWORD;
    case AUTHENTICATION_EXPIRED:
        return SAY_ACCOUNT_EXPIRED;
    case AUTHENTICATION_PASSWORD_EXPIRED:
        return SAY_PASSWORD_EXPIRED;
    case AUTHENTICATION_BAD_HOUR:
        return SAY_BAD_HOUR;
    default:
        return SAY_ACCESS_DENIED;
    }
}

bool tells_operators(const Settings &settings)
{
    const std::vector<std::string> &options = settings.items(P_POP_LOG_OPTIONS);
    for (size_t i = 0; i < options.size(); ++i)
        if (text_equal(options[i], reject_option))
            return true;
    return false;
}

void refuse(PopSession &s, const std::string &name, Authentication why, PopReplyId friendly)
{
    const char *reason = account_result_name(why);
    LogLine(LOG_WARNING, s.id(), "refused")
        .add("user", name)
        .add("client", s.address())
        .add("reason", reason);
    if (s.context().stats)
        s.context().stats->login_failed();
    if (tells_operators(s.settings()))
        operator_send(pop_refusal_event(name, s.address(), reason), OPERATOR_NETWORK);
    if (why == AUTHENTICATION_UNAVAILABLE)
        s.reply_logged(SAY_UNAVAILABLE);
    else
        s.refused(is_secure(s) ? SAY_ACCESS_DENIED : friendly, name, is_secure(s));
}

void decide(PopSession &s, const std::string &name, Authentication result, const Account &account)
{
    if (result != AUTHENTICATION_OK) {
        refuse(s, name, result, refusal_text(result));
        return;
    }
    if (s.settings().flag(P_POP_UPDATE_LOGIN_TIME)) {
        Status noted = account_note_login(account.user);
        if (!noted.ok())
            LogLine(LOG_WARNING, s.id(), "login_time").add("status", noted.text());
    }
    s.admit(account);
}

AuthenticationSource source_of(const PopSession &s)
{
    AuthenticationSource source;
    source.service = "POP";
    source.address = s.address();
    return source;
}

AuthenticationPolicy policy_of(const PopSession &s)
{
    AuthenticationPolicy policy;
    policy.obey_access_hours = s.settings().flag(P_POP_ACCESS_HOURS);
    return policy;
}

void try_password(PopSession &s, const std::string &user, const std::string &password)
{
    Account account;
    Authentication result =
        account_authenticate(user, password, source_of(s), policy_of(s), &account);
    decide(s, user, result, account);
}

/* The manager wants no password on the line, whichever command brings it. */
bool passwords_disabled(PopSession &s)
{
    if (!s.settings().flag(P_POP_DISUSERPASS))
        return false;
    s.reply(SAY_USERPASS_DISABLED);
    return true;
}

/* The user's shared secret: one line in the directory of the mail files. */
bool read_secret(const Account &account, std::string *secret)
{
    PrivilegeGuard guard(PRIVILEGE_BYPASS);
    RecordReader reader;
    if (!reader.open(maildrop_directory(account) + "POP_SECRET.DAT", "").ok() ||
        !reader.next(secret).ok())
        return false;
    size_t end = secret->find_last_not_of(" \t\r\n");
    secret->erase(end == std::string::npos ? 0 : end + 1);
    return !secret->empty() && secret->size() <= SECRET_MAX;
}

/* Takes as long for a digest that is wrong early as for one that is wrong late. */
bool same_digest(const std::string &given, const std::string &wanted)
{
    unsigned difference = given.size() == wanted.size() ? 0 : 1;
    for (size_t i = 0; i < wanted.size(); ++i) {
        char c = i < given.size() ? text_lower(given[i]) : '\0';
        difference |= static_cast<unsigned>(c ^ wanted[i]);
    }
    return difference == 0;
}

/* RFC 4616: [authzid] NUL authcid NUL passwd.  Nobody may act for somebody else. */
bool split_plain(const std::string &message, std::string *user, std::string *password)
{
    size_t first = message.find('\0');
    size_t second = first == std::string::npos ? first : message.find('\0', first + 1);
    if (second == std::string::npos || message.find('\0', second + 1) != std::string::npos)
        return false;
    std::string acts_for = message.substr(0, first);
    *user = message.substr(first + 1, second - first - 1);
    *password = message.substr(second + 1);
    return !user->empty() && !password->empty() && !text_has_controls(*user) &&
           (acts_for.empty() || text_equal(acts_for, *user));
}

void plain_response(PopSession &s, const std::string &text)
{
    std::string message, user, password;
    if (base64_decode(text, &message) && split_plain(message, &user, &password))
        try_password(s, user, password);
    else
        s.reply(SAY_BAD_RESPONSE);
}

} // namespace

std::string pop_refusal_event(const std::string &user, const std::string &address,
                              const std::string &reason)
{
    return text_one_line("POP server: login of user \"" + text_one_line(user, EVENT_USER_MAX) +
                             "\" from " + address + " refused: " + reason,
                         OPCOM_TEXT_MAX);
}

/* In SECURE every name is asked for its password, so that names cannot be tried out. */
void pop_do_user(PopSession &s, const std::vector<std::string> &arguments)
{
    if (passwords_disabled(s))
        return;
    Account account;
    if (!is_secure(s) && account_lookup(arguments[0], &account).not_found()) {
        Authentication why =
            account_admit(arguments[0], false, source_of(s), policy_of(s), &account);
        refuse(s, arguments[0], why, SAY_UNKNOWN_USER);
        return;
    }
    s.user = arguments[0];
    s.reply(SAY_PASSWORD_REQUIRED, s.user);
}

void pop_do_pass(PopSession &s, const std::vector<std::string> &arguments)
{
    if (passwords_disabled(s))
        return;
    if (s.user.empty())
        s.reply(SAY_USER_FIRST);
    else
        try_password(s, s.user, arguments[0]);
}

void pop_do_apop(PopSession &s, const std::vector<std::string> &arguments)
{
    if (!s.settings().flag(P_POP_APOP)) {
        s.reply(SAY_UNKNOWN_COMMAND);
        return;
    }
    Account account;
    std::string secret;
    bool proved = account_lookup(arguments[0], &account).ok() && read_secret(account, &secret);
    std::string digest = md5_hex(s.stamp() + secret);
    proved = same_digest(arguments[1], digest) && proved;
    Authentication result =
        account_admit(arguments[0], proved, source_of(s), policy_of(s), &account);
    decide(s, arguments[0], result, account);
}

void pop_do_auth(PopSession &s, const std::vector<std::string> &arguments)
{
    if (arguments.empty()) {
        std::string lines = s.secured() ? "PLAIN\r\n" : "";
        s.reply(SAY_MECHANISMS);
        s.send_text(&lines);
    } else if (!text_equal(arguments[0], "PLAIN")) {
        s.reply(SAY_NO_MECHANISM);
    } else if (!s.secured()) {
        s.reply(SAY_TLS_FIRST);
    } else if (!passwords_disabled(s)) {
        if (arguments.size() > 1)
            plain_response(s, arguments[1] == "=" ? std::string() : arguments[1]);
        else
            s.expect_response();
    }
}

void pop_auth_response(PopSession &s, const std::string &line)
{
    if (line == "*")
        s.reply(SAY_AUTH_CANCELLED);
    else
        plain_response(s, line);
}

void pop_do_stls(PopSession &s, const std::vector<std::string> &)
{
    if (s.secured()) {
        s.reply(SAY_ALREADY_TLS);
    } else if (!s.context().tls_available) {
        s.reply(SAY_NO_TLS);
    } else {
        s.reply(SAY_BEGIN_TLS);
        s.begin_tls();
    }
}

/* Everything is sent as it is stored; the command only has to be understood (RFC 6856 2.1). */
void pop_do_utf8(PopSession &s, const std::vector<std::string> &)
{
    s.reply(s.settings().flag(P_POP_UTF8) ? SAY_UTF8 : SAY_UNKNOWN_COMMAND);
}

std::string pop_auth_capabilities(const PopSession &s)
{
    std::string lines;
    if (s.context().tls_available && !s.secured() && s.state() == POP_AUTH_STATE)
        lines += "STLS\r\n";
    if (s.secured() && !s.settings().flag(P_POP_DISUSERPASS))
        lines += "SASL PLAIN\r\n";
    if (s.settings().flag(P_POP_UTF8))
        lines += "UTF8\r\n";
    return lines;
}

} // namespace mail
