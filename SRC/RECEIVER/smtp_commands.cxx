/*
**  smtp_commands - check and proceed of every SMTP command
**
**  RFC 5321 4.1, 4.5.1, RFC 3030; who may send what: antispam, submission.  Nothing is remembered
**  before check has said yes.
*/
#include "smtp_commands.h"

#include "CORE/text.h"
#include "MTA/aliases.h"
#include "MTA/counters.h"
#include "MTA/lists.h"
#include "MTA/log.h"
#include "MTA/router.h"
#include "smtp_extensions.h"
#include "smtp_session.h"
#include "submission.h"

namespace mail {

enum {
    ANY_STATE = SMTP_HELLO | SMTP_READY | SMTP_SENDER | SMTP_NAMED | SMTP_CHUNKS,
    NAME_MAX_SIZE = 255,
    EXPN_MEMBERS = 1000 /* lines of a reply */
};

/* VMSMAIL_PARSE: what the parser made of an address. */
static void log_path(const SmtpSession &session, const char *command, const SmtpPath &path)
{
    if (session.settings().flag(P_SMTP_VMSMAIL_PARSE))
        LogLine(LOG_INFO, session.environment().id, "parse")
            .add("command", command)
            .add("route", path.route)
            .add("local", path.local)
            .add("domain", path.domain);
}

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
    *reply = smtp_reply_make(RPL_HELO, session.identity().host(),
                             request->line.argument);
}

static void proceed_ehlo(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);

/* ---- MAIL ---- */

static bool refuse(const SpamVerdict &verdict, SmtpRequest *request, SmtpReply *reply)
{
    *reply = verdict.reply;
    request->finished = verdict.closes;
    return false;
}

static bool check_mail(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    size_t at = 0;
    if (!smtp_check_logged_in(session, reply))
        return false;
    if (smtp_path_parse(request->line.argument, PATH_NULL | PATH_NO_DOMAIN | PATH_BLANK, &at,
                        &request->path) != PATH_OK) {
        *reply = smtp_reply_make(RPL_BAD_SENDER);
        return false;
    }
    log_path(session, "MAIL", request->path);
    if (!smtp_take_parameters(session, SMTP_MAIL, at, request, reply))
        return false;
    SpamCase what = session.spam_case();
    what.sender = request->path;
    what.sender_text = smtp_mailbox_print(request->path);
    SpamVerdict verdict = spam_check(SPAM_SENDER, &what);
    if (verdict.finding != SPAM_PASS)
        return refuse(verdict, request, reply);
    if (session.user().empty() ||
        submission_may_send_as(session.user(), request->path, session.settings(),
                               session.identity()))
        return true;
    *reply = smtp_reply_make(RPL_SENDER_NOT_YOURS, what.sender_text);
    return false;
}

static void proceed_mail(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    SmtpTransaction *transaction = new SmtpTransaction;
    SmtpPath path = request->path;
    transaction->sender_path = path;
    if (path.kind != SmtpPath::NONE && path.domain.empty()) {
        if (path.local.empty())
            path.local = "Postmaster";
        path.kind = SmtpPath::MAILBOX;
        path.domain = session.user().empty() ? session.identity().host()
                                             : session.identity().mail_domain();
    }
    transaction->sender = smtp_mailbox_print(path);
    transaction->eight_bit = request->eight_bit;
    transaction->returned = request->returned;
    transaction->envelope_id = request->envelope_id;
    session.begin_transaction(transaction);
    *reply = smtp_reply_make(RPL_SENDER_OK, transaction->sender);
}

/* ---- RCPT ---- */

static bool check_local_user(SmtpSession &session, const SmtpPath &path, SmtpReply *reply)
{
    std::string shown = smtp_mailbox_print(path);
    LocalUser user = alias_resolve(path.kind == SmtpPath::POSTMASTER ? "POSTMASTER" : path.local,
                                   session.identity());
    switch (user.verdict) {
    case LocalUser::DELIVER:
    case LocalUser::LIST:
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
static bool check_relay(SmtpSession &session, SpamCase *what, SmtpRequest *request,
                        SmtpReply *reply)
{
    SpamVerdict verdict = spam_check(SPAM_RELAY, what);
    if (verdict.finding == SPAM_PASS)
        return true;
    *reply = verdict.reply;
    if (verdict.finding == SPAM_REFUSE) {
        request->finished = session.relay_refused();
        if (request->finished)
            spam_event(*what, verdict.name);
    }
    return false;
}

/* What a rule puts in the recipient's place (TW action n with data); false: it is no address. */
static bool take_rewritten(const SmtpSession &session, const std::string &address, SmtpPath *path)
{
    std::string mailbox = address;
    if (mailbox.size() > 2 && mailbox[0] == '<' && mailbox[mailbox.size() - 1] == '>')
        mailbox = mailbox.substr(1, mailbox.size() - 2);
    if (smtp_mailbox_parse(mailbox, path))
        return true;
    LogLine(LOG_ERROR, session.environment().id, "reject_rules").add("not_an_address", address);
    return false;
}

/* The rules in their order; then a user here, or the way to another host. */
static bool check_recipient(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    SpamCase what = session.spam_case();
    what.recipient = request->path;
    what.recipient_text = request->path.kind == SmtpPath::POSTMASTER
                              ? std::string("Postmaster")
                              : smtp_mailbox_print(request->path);
    if (!request->path.route.empty())
        what.recipient_text = request->path.route + ":" + what.recipient_text;
    SpamVerdict verdict = spam_check(SPAM_RECIPIENT, &what);
    if (verdict.finding == SPAM_REFUSE || verdict.finding == SPAM_LATER)
        return refuse(verdict, request, reply);
    request->discard = verdict.finding == SPAM_DISCARD;
    if (request->discard)
        return true;
    bool rewritten = verdict.finding == SPAM_REWRITE;
    if (rewritten && !take_rewritten(session, verdict.address, &request->path)) {
        *reply = smtp_reply_make(RPL_LOCAL_ERROR);
        return false;
    }
    if (!rewritten)
        spam_resolve_route(session.identity(), &request->path);
    request->local = route_domain_of(smtp_mailbox_print(request->path), session.settings(),
                                     session.identity())
                         .empty(); /* bang addresses of ours may have a gateway */
    if (request->local)
        return check_local_user(session, request->path, reply);
    what.recipient = request->path;
    return rewritten || check_relay(session, &what, request, reply);
}

static bool check_rcpt(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    size_t at = 0;
    if (smtp_path_parse(request->line.argument, PATH_NO_DOMAIN | PATH_BLANK, &at, &request->path) !=
        PATH_OK) {
        *reply = smtp_reply_make(RPL_BAD_RECIPIENT);
        return false;
    }
    log_path(session, "RCPT", request->path);
    if (!smtp_take_parameters(session, SMTP_RCPT, at, request, reply))
        return false;
    SmtpTransaction &transaction = *session.transaction();
    if (transaction.recipients.size() >= session.settings().number(P_RECV_RECIPIENTS)) {
        *reply = smtp_reply_make(RPL_TOO_MANY_RECIPIENTS);
        return false;
    }
    bool good = check_recipient(session, request, reply);
    if (!good)
        ++transaction.refused;
    return good;
}

static void proceed_rcpt(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    SmtpTransaction &transaction = *session.transaction();
    SmtpRecipient recipient;
    recipient.address = smtp_mailbox_print(request->path);
    recipient.original = request->original;
    recipient.notify = request->notify;
    recipient.local = request->local;
    recipient.discard = request->discard;
    if (transaction.known.insert(text_lowered(recipient.address)).second)
        transaction.recipients.push_back(recipient);
    if (session.state() != SMTP_NAMED)
        session.enter(SMTP_NAMED);
    *reply = smtp_reply_make(RPL_RECIPIENT_OK, recipient.address);
}

/* ---- DATA, RSET, NOOP, QUIT ---- */

/* False: *reply says why there is no message. */
static bool begin_message(SmtpSession &session, SmtpReply *reply)
{
    Outcome outcome = session.begin_message();
    if (outcome.is_done())
        return true;
    LogLine(LOG_ERROR, session.environment().id, "submit").add("reason", outcome.log_text());
    session.end_transaction();
    *reply = smtp_reply_make(outcome.code(), outcome.status(), outcome.sender_text());
    return false;
}

static void proceed_data(SmtpSession &session, SmtpRequest *, SmtpReply *reply)
{
    if (begin_message(session, reply))
        *reply = smtp_reply_make(RPL_START_DATA);
}

/*
**  The bytes of a chunk follow at once, wanted or not, so they are always taken off the wire before
**  the reply.  Who does not say how many there are, or far too many, is not waited for.
*/
static bool check_bdat(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    boost::uint64_t limit = session.settings().number(P_RECV_MESSAGE_SIZE);
    if (!smtp_chunk_parse(request->line.argument, &request->chunk, &request->last)) {
        *reply = smtp_reply_make(RPL_SYNTAX, smtp_verb_row(SMTP_BDAT).syntax);
        request->finished = true;
    } else if (request->chunk / 2 > limit) {
        *reply = smtp_reply_make(RPL_TOO_BIG, text_from_number(limit));
        request->finished = true;
    } else if (session.state() == SMTP_NAMED || session.state() == SMTP_CHUNKS)
        return true;
    else
        *reply = smtp_command_misplaced(session, SMTP_BDAT);
    if (!request->finished && request->chunk != 0) {
        session.swallow(request->chunk, *reply);
        request->silent = true;
    }
    return false;
}

static void proceed_bdat(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    bool good = session.state() == SMTP_CHUNKS || begin_message(session, reply);
    if (good)
        session.begin_chunk(request->chunk, request->last);
    else if (request->chunk != 0)
        session.swallow(request->chunk, *reply);
    request->silent = good || request->chunk != 0;
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
    *reply = smtp_reply_make(RPL_QUIT, session.identity().host());
}

static bool chunking_offered(const SmtpSession &session)
{
    return smtp_extension_offered(session, "CHUNKING");
}

/* ---- VRFY, EXPN, HELP ---- */

enum { DISABLE_VRFY = 1, DISABLE_EXPN = 2 }; /* bits of DISABLE_VRFYEXPN */

static bool vrfy_offered(const SmtpSession &session)
{
    return (session.settings().number(P_DISABLE_VRFYEXPN) & DISABLE_VRFY) == 0;
}

static bool expn_offered(const SmtpSession &session)
{
    return (session.settings().number(P_DISABLE_VRFYEXPN) & DISABLE_EXPN) == 0;
}

/* "user", "user@host", "<user@host>": the same answers as RCPT would give, nothing more. */
static bool check_vrfy(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    size_t at = 0;
    if (!smtp_check_logged_in(session, reply))
        return false;
    if (smtp_path_parse(request->line.argument, PATH_NO_DOMAIN | PATH_NO_BRACKETS, &at,
                        &request->path) != PATH_OK ||
        at != request->line.argument.size()) {
        *reply = smtp_reply_make(RPL_BAD_RECIPIENT);
        return false;
    }
    request->local = session.identity().is_local(request->path.domain);
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
        request->path.domain = session.identity().mail_domain();
    }
    *reply = smtp_reply_make(RPL_VRFY_OK, smtp_mailbox_print(request->path));
}

static bool check_expn(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    if (!check_vrfy(session, request, reply))
        return false;
    if (!request->local)
        *reply = smtp_reply_make(RPL_NO_LIST);
    return request->local;
}

/* Who is on a list is told to clients that we know; others learn no more than RCPT would say. */
static void proceed_expn(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    std::vector<std::string> members;
    LocalUser user = alias_resolve(request->path.kind == SmtpPath::POSTMASTER
                                       ? std::string("POSTMASTER")
                                       : request->path.local,
                                   session.identity());
    if (user.verdict != LocalUser::LIST) {
        proceed_vrfy(session, request, reply);
        return;
    }
    if (!session.is_trusted())
        *reply = smtp_reply_make(RPL_EXPN_DENIED);
    else if (!list_read(user.list, &members, 0).ok())
        *reply = smtp_reply_make(RPL_USER_LATER, request->path.local);
    else if (members.empty())
        *reply = smtp_reply_make(RPL_NO_LIST);
    else {
        *reply = smtp_reply_make(RPL_EXPN_OK, members[0]);
        for (size_t i = 1; i < members.size() && i < EXPN_MEMBERS; ++i)
            reply->lines.push_back("<" + members[i] + ">");
    }
}

static void proceed_help(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);

/* ---- the table ---- */

static const SmtpCommandRow command_table[] = {
    {SMTP_HELO, ANY_STATE, 0, check_hello, proceed_helo},
    {SMTP_EHLO, ANY_STATE, 0, check_hello, proceed_ehlo},
    {SMTP_STARTTLS, SMTP_READY, smtp_starttls_offered, smtp_check_starttls,
     smtp_proceed_starttls},
    {SMTP_AUTH, SMTP_READY, smtp_auth_offered, smtp_check_auth, smtp_proceed_auth},
    {SMTP_MAIL, SMTP_READY, 0, check_mail, proceed_mail},
    {SMTP_RCPT, SMTP_SENDER | SMTP_NAMED, 0, check_rcpt, proceed_rcpt},
    {SMTP_DATA, SMTP_NAMED, 0, check_nothing, proceed_data},
    {SMTP_BDAT, ANY_STATE, chunking_offered, check_bdat, proceed_bdat},
    {SMTP_RSET, ANY_STATE, 0, check_nothing, proceed_rset},
    {SMTP_NOOP, ANY_STATE, 0, check_nothing, proceed_noop},
    {SMTP_VRFY, ANY_STATE, vrfy_offered, check_vrfy, proceed_vrfy},
    {SMTP_EXPN, ANY_STATE, expn_offered, check_expn, proceed_expn},
    {SMTP_HELP, ANY_STATE, 0, check_nothing, proceed_help},
    {SMTP_QUIT, ANY_STATE, 0, check_nothing, proceed_quit},
};
static const size_t commands = sizeof command_table / sizeof *command_table;

const SmtpCommandRow *smtp_command_find(SmtpVerb verb)
{
    for (size_t i = 0; i < commands; ++i)
        if (command_table[i].verb == verb)
            return &command_table[i];
    return 0;
}

bool smtp_command_offered(const SmtpCommandRow &row, const SmtpSession &session)
{
    return !row.offered || row.offered(session);
}

SmtpReply smtp_command_misplaced(const SmtpSession &session, SmtpVerb verb)
{
    if (session.state() == SMTP_HELLO)
        return smtp_reply_make(RPL_NO_HELLO);
    bool text = verb == SMTP_DATA || verb == SMTP_BDAT;
    if (session.state() == SMTP_SENDER && text)
        return smtp_reply_make(RPL_NO_VALID_RECIPIENT);
    if (session.state() & (SMTP_SENDER | SMTP_NAMED) && verb == SMTP_MAIL)
        return smtp_reply_make(RPL_NESTED_MAIL);
    if (session.state() == SMTP_READY && verb == SMTP_RCPT)
        return smtp_reply_make(RPL_NO_SENDER);
    return smtp_reply_make(RPL_SEQUENCE, smtp_verb_row(verb).name);
}

/* ---- what walks the table ---- */

static void proceed_ehlo(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    session.introduce(request->line.argument, true);
    *reply = smtp_reply_make(RPL_EHLO, session.identity().host(), request->line.argument);
    smtp_extensions_list(session, reply);
}

static bool is_there(const SmtpSession &session, SmtpVerb verb)
{
    const SmtpCommandRow *row = verb != SMTP_UNKNOWN ? smtp_command_find(verb) : 0;
    return row && smtp_command_offered(*row, session);
}

static void proceed_help(SmtpSession &session, SmtpRequest *request, SmtpReply *reply)
{
    SmtpVerb verb = smtp_verb_find(request->line.argument);
    if (!request->line.argument.empty() && is_there(session, verb)) {
        const SmtpVerbRow &row = smtp_verb_row(verb);
        *reply = smtp_reply_make(RPL_HELP, std::string(row.syntax) + " - " + row.help);
        return;
    }
    std::string names;
    for (size_t i = 0; i < commands; ++i)
        if (smtp_command_offered(command_table[i], session))
            names += std::string(i ? " " : "") + smtp_verb_row(command_table[i].verb).name;
    *reply = smtp_reply_make(RPL_HELP, "Commands of " + session.identity().host() +
                                           ", HELP command tells more:");
    reply->lines.push_back(names);
}

} // namespace mail
