/*
**  smtp_commands - check and proceed of every SMTP command
**
**  RFC 5321 4.1, 4.5.1; who may relay: HP 18.6.  Nothing is remembered before check has said yes.
*/
#include "smtp_commands.h"

#include "CORE/text.h"
#include "MTA/aliases.h"
#include "MTA/counters.h"
#include "MTA/log.h"
#include "smtp_session.h"

namespace mail {

enum {
    ANY_STATE = SMTP_HELLO | SMTP_READY | SMTP_SENDER | SMTP_NAMED,
    NAME_MAX_SIZE = 255
};

static bool check_nothing(SmtpSession &, SmtpRequest *, SmtpReply *)
{
    return true;
}

/* ---- HELO, EHLO ---- */

/*
**  Wrong but harmless names are taken (RFC 5321 4.1.4 forbids refusing for what the name is); what
**  could be mistaken for another part of a trace line is not.
*/
static bool check_hello(SmtpSession &, SmtpRequest *request, SmtpReply *reply)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  ".-_:[]";
    const std::string &name = request->line.argument;
    if (name.size() <= NAME_MAX_SIZE && name.find_first_not_of(allowed) == std::string::npos)
        return true;
    *reply = smtp_reply_make(RPL_BAD_HOST);
    return false;
}

static void proceed_helo(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    session.introduce(request->line.argument, false);
    *reply = smtp_reply_make(RPL_HELO, session.environment().identity->host(),
                             request->line.argument);
}

static void proceed_ehlo(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);

/* ---- MAIL ---- */

/* One parameter of MAIL; false: *reply refuses it. */
static bool take_mail_parameter(const SmtpSession &session, const SmtpParameter &parameter,
                                SmtpRequest *request, SmtpReply *reply)
{
    boost::uint32_t limit = session.settings().number(P_RECV_MESSAGE_SIZE);
    if (parameter.keyword == "SIZE") {
        boost::uint64_t size;
        if (!text_number64(parameter.value, 0, ~static_cast<boost::uint64_t>(0), &size)) {
            *reply = smtp_reply_make(RPL_BAD_PARAMETER, parameter.keyword);
            return false;
        }
        if (size > limit) {
            *reply = smtp_reply_make(RPL_TOO_BIG, text_from_number(limit));
            return false;
        }
        return true;
    }
    if (parameter.keyword == "BODY") {
        request->eight_bit = text_equal(parameter.value, "8BITMIME");
        if (request->eight_bit || text_equal(parameter.value, "7BIT"))
            return true;
        *reply = smtp_reply_make(RPL_BAD_PARAMETER, parameter.keyword);
        return false;
    }
    *reply = smtp_reply_make(RPL_PARAMETER_UNKNOWN, parameter.keyword);
    return false;
}

/* The parameters behind the path; HELO clients have none (RFC 5321 2.2.1). */
static bool take_mail_parameters(const SmtpSession &session, size_t at, SmtpRequest *request,
                                 SmtpReply *reply)
{
    std::vector<SmtpParameter> parameters;
    if (!smtp_parameters_parse(request->line.argument, at, &parameters)) {
        *reply = smtp_reply_make(RPL_SYNTAX, smtp_verb_row(SMTP_MAIL).syntax);
        return false;
    }
    if (!parameters.empty() && !session.is_esmtp()) {
        *reply = smtp_reply_make(RPL_PARAMETER_UNKNOWN, parameters[0].keyword);
        return false;
    }
    for (size_t i = 0; i < parameters.size(); ++i)
        if (!take_mail_parameter(session, parameters[i], request, reply))
            return false;
    return true;
}

static bool check_mail(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    size_t at = 0;
    if (smtp_path_parse(request->line.argument, PATH_NULL | PATH_NO_DOMAIN | PATH_BLANK, &at,
                        &request->path) != PATH_OK) {
        *reply = smtp_reply_make(RPL_BAD_SENDER);
        return false;
    }
    bool unqualified = request->path.kind == SmtpPath::LOCAL ||
                       request->path.kind == SmtpPath::POSTMASTER;
    if (unqualified && !session.settings().flag(P_ACCEPT_UNQUALIFIED_SENDERS)) {
        *reply = smtp_reply_make(RPL_SENDER_UNQUALIFIED, "Sender address has no domain.");
        return false;
    }
    return take_mail_parameters(session, at, request, reply);
}

static void proceed_mail(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    SmtpTransaction *transaction = new SmtpTransaction;
    SmtpPath path = request->path;
    if (path.kind != SmtpPath::NONE && path.domain.empty()) {
        if (path.local.empty())
            path.local = "Postmaster";
        path.kind = SmtpPath::MAILBOX;
        path.domain = session.environment().identity->host();
    }
    transaction->sender = smtp_mailbox_print(path);
    transaction->eight_bit = request->eight_bit;
    session.begin_transaction(transaction);
    *reply = smtp_reply_make(RPL_SENDER_OK, transaction->sender);
}

/* ---- RCPT ---- */

static bool check_local_user(SmtpSession &session, const SmtpPath &path, SmtpReply *reply)
{
    std::string shown = smtp_mailbox_print(path);
    LocalUser user = alias_resolve(path.kind == SmtpPath::POSTMASTER ? "POSTMASTER" : path.local,
                                   *session.environment().identity);
    switch (user.verdict) {
    case LocalUser::DELIVER:
        return true;
    case LocalUser::UNKNOWN:
        counter_add(COUNT_USERS_UNKNOWN, 1);
        *reply = smtp_reply_make(RPL_NO_SUCH_USER, shown);
        return false;
    case LocalUser::REFUSED:
        *reply = smtp_reply_make(RPL_USER_DISABLED, shown);
        return false;
    case LocalUser::TROUBLE:
        break;
    }
    *reply = smtp_reply_make(RPL_USER_LATER, shown);
    return false;
}

/* HP 18.6: the third refused attempt on one connection ends it and is a spam event. */
static bool check_relay(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    const SmtpEnvironment &env = session.environment();
    RelayVerdict verdict = env.relay->decide(env.client_address, request->path.domain);
    if (verdict == RELAY_ALLOWED)
        return true;
    const Settings &settings = session.settings();
    std::string text = settings.text(P_SPAM_RELAY_TEXT);
    if (text.empty() && settings.number(P_SECURITY) == 1 && verdict == RELAY_UNKNOWN_CLIENT)
        text = "Both you and the recipient are unknown to me. I will not relay.";
    *reply = text.empty() || verdict == RELAY_DISABLED ? smtp_reply_make(RPL_NO_RELAY)
                                                       : smtp_reply_make(RPL_RELAY_TEXT, text);
    request->finished = session.relay_refused();
    if (request->finished)
        LogLine(LOG_ERROR, env.id, "spam_relay")
            .add("client", env.client_address)
            .add("sender", session.transaction()->sender)
            .add("recipient", smtp_mailbox_print(request->path));
    return false;
}

static bool check_rcpt(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    size_t at = 0;
    std::vector<SmtpParameter> parameters;
    if (smtp_path_parse(request->line.argument, PATH_NO_DOMAIN | PATH_BLANK, &at, &request->path) !=
        PATH_OK) {
        *reply = smtp_reply_make(RPL_BAD_RECIPIENT);
        return false;
    }
    if (!smtp_parameters_parse(request->line.argument, at, &parameters)) {
        *reply = smtp_reply_make(RPL_SYNTAX, smtp_verb_row(SMTP_RCPT).syntax);
        return false;
    }
    if (!parameters.empty()) {
        *reply = smtp_reply_make(RPL_PARAMETER_UNKNOWN, parameters[0].keyword);
        return false;
    }
    SmtpTransaction &transaction = *session.transaction();
    if (transaction.recipients.size() >= session.settings().number(P_RECV_RECIPIENTS)) {
        *reply = smtp_reply_make(RPL_TOO_MANY_RECIPIENTS);
        return false;
    }
    request->local = session.environment().identity->is_local(request->path.domain);
    bool good = request->local ? check_local_user(session, request->path, reply)
                               : check_relay(session, request, reply);
    if (!good)
        ++transaction.refused;
    return good;
}

static void proceed_rcpt(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    SmtpTransaction &transaction = *session.transaction();
    SmtpRecipient recipient;
    recipient.address = smtp_mailbox_print(request->path);
    recipient.local = request->local;
    if (transaction.known.insert(text_lowered(recipient.address)).second)
        transaction.recipients.push_back(recipient);
    if (session.state() != SMTP_NAMED)
        session.enter(SMTP_NAMED);
    *reply = smtp_reply_make(RPL_RECIPIENT_OK, recipient.address);
}

/* ---- DATA, RSET, NOOP, QUIT ---- */

static void proceed_data(SmtpSession &session, SmtpRequest *, SmtpReply *reply)
{
    Outcome outcome = session.begin_message();
    if (outcome.is_done()) {
        *reply = smtp_reply_make(RPL_START_DATA);
        return;
    }
    LogLine(LOG_ERROR, session.environment().id, "submit").add("reason", outcome.log_text());
    session.end_transaction();
    *reply = smtp_reply_make(outcome.code(), outcome.status(), outcome.sender_text());
}

static void proceed_rset(SmtpSession &session, SmtpRequest *, SmtpReply *reply)
{
    session.end_transaction();
    *reply = smtp_reply_make(RPL_RESET);
}

static void proceed_noop(SmtpSession &, SmtpRequest *, SmtpReply *reply)
{
    *reply = smtp_reply_make(RPL_OK);
}

static void proceed_quit(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    request->finished = true;
    *reply = smtp_reply_make(RPL_QUIT, session.environment().identity->host());
}

/* ---- VRFY, EXPN, HELP ---- */

/* "user", "user@host", "<user@host>": the same answers as RCPT would give, nothing more. */
static bool check_vrfy(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    size_t at = 0;
    if (smtp_path_parse(request->line.argument, PATH_NO_DOMAIN | PATH_NO_BRACKETS, &at,
                        &request->path) != PATH_OK ||
        at != request->line.argument.size()) {
        *reply = smtp_reply_make(RPL_BAD_RECIPIENT);
        return false;
    }
    request->local = session.environment().identity->is_local(request->path.domain);
    return !request->local || check_local_user(session, request->path, reply);
}

static void proceed_vrfy(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    if (!request->local) {
        *reply = smtp_reply_make(RPL_VRFY_CANNOT, smtp_mailbox_print(request->path));
        return;
    }
    if (request->path.domain.empty()) {
        if (request->path.kind == SmtpPath::POSTMASTER)
            request->path.local = "Postmaster";
        request->path.kind = SmtpPath::MAILBOX;
        request->path.domain = session.environment().identity->mail_domain();
    }
    *reply = smtp_reply_make(RPL_VRFY_OK, smtp_mailbox_print(request->path));
}

/* There are no lists to expand: distribution lists are delivered to, not shown. */
static void proceed_expn(SmtpSession &, SmtpRequest *, SmtpReply *reply)
{
    *reply = smtp_reply_make(RPL_NO_LIST);
}

static void proceed_help(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);

/* ---- the table ---- */

static const SmtpCommandRow command_table[] = {
    {SMTP_HELO, ANY_STATE, "", check_hello, proceed_helo},
    {SMTP_EHLO, ANY_STATE, "ENHANCEDSTATUSCODES PIPELINING", check_hello, proceed_ehlo},
    {SMTP_MAIL, SMTP_READY, "8BITMIME SIZE=%s", check_mail, proceed_mail},
    {SMTP_RCPT, SMTP_SENDER | SMTP_NAMED, "", check_rcpt, proceed_rcpt},
    {SMTP_DATA, SMTP_NAMED, "", check_nothing, proceed_data},
    {SMTP_RSET, ANY_STATE, "", check_nothing, proceed_rset},
    {SMTP_NOOP, ANY_STATE, "", check_nothing, proceed_noop},
    {SMTP_VRFY, ANY_STATE, "", check_vrfy, proceed_vrfy},
    {SMTP_EXPN, ANY_STATE, "", check_nothing, proceed_expn},
    {SMTP_HELP, ANY_STATE, "HELP", check_nothing, proceed_help},
    {SMTP_QUIT, ANY_STATE, "", check_nothing, proceed_quit},
};
static const size_t commands = sizeof command_table / sizeof *command_table;

const SmtpCommandRow *smtp_command_find(SmtpVerb verb)
{
    for (size_t i = 0; i < commands; ++i)
        if (command_table[i].verb == verb)
            return &command_table[i];
    return 0;
}

SmtpReply smtp_command_misplaced(const SmtpSession &session, SmtpVerb verb)
{
    if (session.state() == SMTP_HELLO)
        return smtp_reply_make(RPL_NO_HELLO);
    if (verb == SMTP_MAIL)
        return smtp_reply_make(RPL_NESTED_MAIL);
    if (verb == SMTP_RCPT)
        return smtp_reply_make(RPL_NO_SENDER);
    if (verb == SMTP_DATA && session.state() == SMTP_READY)
        return smtp_reply_make(RPL_SEQUENCE, "DATA");
    return smtp_reply_make(verb == SMTP_DATA ? RPL_NO_VALID_RECIPIENT : RPL_SEQUENCE,
                           smtp_verb_row(verb).name);
}

/* ---- what walks the table ---- */

static void add_keywords(const char *keywords, const std::string &size_limit, SmtpReply *reply)
{
    std::vector<std::string> words;
    text_words(keywords, &words);
    for (size_t i = 0; i < words.size(); ++i) {
        size_t equals = words[i].find("=%s");
        if (equals != std::string::npos)
            words[i] = words[i].substr(0, equals) + " " + size_limit;
        reply->lines.push_back(words[i]);
    }
}

static void proceed_ehlo(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    session.introduce(request->line.argument, true);
    *reply = smtp_reply_make(RPL_EHLO, session.environment().identity->host(),
                             request->line.argument);
    std::string size_limit = text_from_number(session.settings().number(P_RECV_MESSAGE_SIZE));
    for (size_t i = 0; i < commands; ++i)
        add_keywords(command_table[i].ehlo, size_limit, reply);
}

static void proceed_help(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    SmtpVerb verb = smtp_verb_find(request->line.argument);
    if (!request->line.argument.empty() && verb != SMTP_UNKNOWN && smtp_command_find(verb)) {
        const SmtpVerbRow &row = smtp_verb_row(verb);
        *reply = smtp_reply_make(RPL_HELP, std::string(row.syntax) + " - " + row.help);
        return;
    }
    std::string names;
    for (size_t i = 0; i < commands; ++i)
        names += std::string(i ? " " : "") + smtp_verb_row(command_table[i].verb).name;
    *reply = smtp_reply_make(RPL_HELP, "Commands of " + session.environment().identity->host() +
                                           ", HELP command tells more:");
    reply->lines.push_back(names);
}

} // namespace mail
