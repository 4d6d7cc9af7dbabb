/*
**  smtp_login - STARTTLS (RFC 3207) and AUTH (RFC 4954) of the receiver
**
**  Passwords are asked for under TLS only, and never logged or traced.  SYSUAF decides; the client
**  hears one text for every refusal.  Intrusion detection is $SCAN_INTRUSION's (VMS/account).
*/
#include "smtp_commands.h"

#include "CORE/text.h"
#include "MTA/counters.h"
#include "MTA/log.h"
#include "VMS/account.h"
#include "smtp_session.h"

namespace mail {

/* ---- STARTTLS ---- */

bool smtp_starttls_offered(const SmtpSession &session)
{
    return session.environment().port.can_secure && !session.is_secured();
}

bool smtp_check_starttls(SmtpSession &, SmtpRequest *, SmtpReply *)
{
    return true;
}

void smtp_proceed_starttls(SmtpSession &session, SmtpRequest *, SmtpReply *reply)
{
    session.end_transaction();
    session.want_tls();
    *reply = smtp_reply_make(RPL_READY_TLS);
}

/* ---- AUTH ---- */

bool smtp_auth_offered(const SmtpSession &session)
{
    return session.environment().port.login &&
           (session.is_secured() || session.environment().port.can_secure);
}

std::string smtp_auth_mechanisms(const SmtpSession &session)
{
    std::string words;
    if (!smtp_auth_offered(session) || !session.is_secured())
        return words;
    const std::vector<std::string> &mechanisms = session.settings().items(P_AUTH_MECHANISMS);
    for (size_t i = 0; i < mechanisms.size(); ++i)
        words += (i ? " " : "") + mechanisms[i];
    return words;
}

static SaslMechanism allowed_mechanism(const SmtpSession &session, const std::string &word)
{
    const std::vector<std::string> &mechanisms = session.settings().items(P_AUTH_MECHANISMS);
    for (size_t i = 0; i < mechanisms.size(); ++i)
        if (text_equal(mechanisms[i], word))
            return sasl_find(word);
    return SASL_UNKNOWN;
}

bool smtp_check_auth(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    std::vector<std::string> words;
    text_words(request->line.argument, &words);
    if (!session.is_secured())
        *reply = smtp_reply_make(RPL_AUTH_NEEDS_TLS);
    else if (!session.user().empty())
        *reply = smtp_reply_make(RPL_SEQUENCE, "AUTH");
    else if (words.size() > 2)
        *reply = smtp_reply_make(RPL_SYNTAX, smtp_verb_row(SMTP_AUTH).syntax);
    else if (allowed_mechanism(session, words[0]) == SASL_UNKNOWN)
        *reply = smtp_reply_make(RPL_AUTH_MECHANISM);
    else
        return true;
    return false;
}

void smtp_proceed_auth(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    std::vector<std::string> words;
    text_words(request->line.argument, &words);
    SaslServer *login = new SaslServer(allowed_mechanism(session, words[0]));
    session.begin_login(login);
    if (words.size() == 2)
        login->initial(words[1]);
    if (login->state() == SaslServer::DONE) {
        request->finished = session.end_login(reply); /* login is gone */
        return;
    }
    *reply = smtp_login_reply(*login);
    if (login->state() == SaslServer::BAD)
        session.enter(SMTP_READY);
}

SmtpReply smtp_login_reply(const SaslServer &login)
{
    switch (login.state()) {
    case SaslServer::MORE:
        return smtp_reply_make(RPL_CHALLENGE, login.challenge());
    case SaslServer::CANCELLED:
        return smtp_reply_make(RPL_AUTH_CANCELLED);
    default:
        return smtp_reply_make(RPL_AUTH_SYNTAX);
    }
}

bool smtp_check_logged_in(SmtpSession &session, SmtpReply *reply)
{
    if (!session.environment().port.submission || !session.user().empty())
        return true;
    *reply = smtp_reply_make(session.is_secured() ? RPL_AUTH_REQUIRED : RPL_TLS_REQUIRED);
    return false;
}

/* ---- who is it? ---- */

/* Mail programs like to log in with the whole address. */
static std::string user_of(const std::string &name, const Identity &identity)
{
    size_t at = name.rfind('@');
    if (at != std::string::npos && identity.is_local(name.substr(at + 1)))
        return name.substr(0, at);
    return name;
}

void SmtpSession::begin_login(SaslServer *login)
{
    login_.reset(login);
    enter(SMTP_LOGIN);
}

/* In whose name he acts must be his own name. */
static bool acts_for_himself(const SaslServer &login, const Identity &identity)
{
    return login.authority().empty() || text_equal(user_of(login.authority(), identity),
                                                   user_of(login.user(), identity));
}

bool SmtpSession::end_login(SmtpReply *reply)
{
    Account account;
    AuthenticationSource source;
    source.service = "SMTP";
    source.address = env_.client_address;
    std::string name = user_of(login_->user(), identity());
    Authentication result = account_authenticate(name, login_->password(), source,
                                                 AuthenticationPolicy(), &account);
    if (result == AUTHENTICATION_OK && !acts_for_himself(*login_, identity()))
        result = AUTHENTICATION_REFUSED;
    const char *mechanism = sasl_name(login_->mechanism());
    login_.reset();
    enter(SMTP_READY);
    if (result == AUTHENTICATION_OK) {
        user_ = account.user;
        counter_add(COUNT_LOGINS, 1);
        LogLine(LOG_INFO, env_.id, "login").add("user", user_).add("mechanism", mechanism);
        *reply = smtp_reply_make(RPL_AUTH_OK);
        return false;
    }
    LogLine(LOG_WARNING, env_.id, "login_failed")
        .add("user", name)
        .add("client", env_.client_address)
        .add("reason", account_result_name(result));
    if (result == AUTHENTICATION_UNAVAILABLE) {
        *reply = smtp_reply_make(RPL_AUTH_LATER);
        return false;
    }
    counter_add(COUNT_LOGINS_FAILED, 1);
    if (result == AUTHENTICATION_INTRUDER)
        log_operator("SMTP: break-in evasion, user " + text_one_line(name, 32) + ", client " +
                     env_.client_address);
    *reply = smtp_reply_make(RPL_AUTH_FAILED);
    return ++login_failures_ >= settings().number(P_AUTH_ATTEMPTS);
}

} // namespace mail
