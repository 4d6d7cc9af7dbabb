/*
**  smtp_session - states, lines, message text, replies of one connection
**
**  A step works on all complete lines at hand, so that the replies of a pipelined group leave in
**  one send (RFC 2920), and on text as it comes: it goes to the control file piece by piece.  The
**  text's side is in smtp_text.cxx.
*/
#include "smtp_session.h"

#include <string.h>
#include "CORE/text.h"
#include "MTA/counters.h"
#include "MTA/log.h"
#include "MTA/outheaders.h"
#include "smtp_commands.h"

namespace mail {

enum { OUTPUT_PAUSE = 32 * 1024 };

const char *smtp_state_name(SmtpState state)
{
    switch (state) {
    case SMTP_HELLO: return "HELLO";
    case SMTP_READY: return "READY";
    case SMTP_SENDER: return "SENDER";
    case SMTP_NAMED: return "NAMED";
    case SMTP_TEXT: return "TEXT";
    case SMTP_CHUNK: return "CHUNK";
    case SMTP_CHUNKS: return "CHUNKS";
    case SMTP_LOGIN: return "LOGIN";
    case SMTP_CLOSING: return "CLOSING";
    }
    return "?";
}

SmtpSession::SmtpSession(const SmtpEnvironment &environment)
    : env_(environment), state_(SMTP_HELLO),
      line_(settings().number(P_RECV_COMMAND_LINE), LINE_CRLF_ONLY), standing_(CLIENT_UNKNOWN),
      esmtp_(false), trace_(settings().flag(P_SMTP_RECV_TRACE)), secured_(env_.port.secured),
      tls_wanted_(false), errors_(0), relays_refused_(0), messages_(0), login_failures_(0),
      end_of_life_(vmstime_after(settings().seconds(P_RECV_SESSION_TIME))), chunk_size_(0),
      chunk_left_(0), swallow_left_(0), chunk_last_(false)
{
    if (env_.rules.clients)
        standing_ = env_.rules.clients->standing(env_.client_address);
}

SmtpSession::~SmtpSession()
{
    end_transaction();
}

/* ---- states ---- */

void SmtpSession::enter(SmtpState state)
{
    if (log_on(LOG_DEBUG))
        LogLine(LOG_DEBUG, env_.id, "state")
            .add("from", smtp_state_name(state_))
            .add("to", smtp_state_name(state));
    state_ = state;
}

void SmtpSession::begin_transaction(SmtpTransaction *transaction)
{
    end_transaction();
    transaction_.reset(transaction);
    enter(SMTP_SENDER);
}

/* The only way out: what the transaction holds, a control file under construction too, goes. */
void SmtpSession::end_transaction()
{
    transaction_.reset();
    if (state_ & (SMTP_SENDER | SMTP_NAMED | SMTP_TEXT | SMTP_CHUNK | SMTP_CHUNKS))
        enter(SMTP_READY);
}

void SmtpSession::introduce(const std::string &client_name, bool esmtp)
{
    end_transaction();
    client_name_ = client_name;
    esmtp_ = esmtp;
    enter(SMTP_READY);
}

bool SmtpSession::relay_refused()
{
    counter_add(COUNT_RELAYS_REFUSED, 1);
    return ++relays_refused_ >= settings().number(P_RECV_RELAY_ATTEMPTS);
}

bool SmtpSession::out_of_time() const
{
    return vmstime_now() >= end_of_life_;
}

/* ---- replies ---- */

void SmtpSession::answer(const SmtpReply &reply, Output *out)
{
    std::string text = smtp_reply_print(reply);
    trace("send", text, false);
    out->write(text);
}

/* RECV_TRACE; a secret is shown as the fact that there was one. */
void SmtpSession::trace(const char *event, const std::string &text, bool secret)
{
    if (trace_)
        LogLine(LOG_INFO, env_.id, event)
            .add("text", secret ? std::string("***") : log_trace_form(text));
}

void SmtpSession::close_with(const SmtpReply &reply, Output *out)
{
    end_transaction();
    answer(reply, out);
    enter(SMTP_CLOSING);
}

void SmtpSession::start(Output *out)
{
    counter_add(COUNT_SESSIONS, 1);
    LogLine(LOG_INFO, env_.id, "connect")
        .add("client", env_.client_address)
        .add("port", env_.port.number)
        .add("standing", client_standing_name(standing_));
    SpamCase what = spam_case();
    SpamVerdict verdict = spam_check(SPAM_CONNECT, &what);
    if (verdict.finding == SPAM_REFUSE) {
        close_with(verdict.reply, out);
        return;
    }
    client_host_ = what.client_host;
    std::string date = header_date(static_cast<boost::uint64_t>(vmstime_unix_now()));
    answer(smtp_reply_make(RPL_GREETING, identity().host(), product_version(), date), out);
}

SpamCase SmtpSession::spam_case() const
{
    SpamCase what;
    what.rules = &env_.rules;
    what.id = env_.id;
    what.client = env_.client_address;
    what.client_name = client_name_;
    what.standing = standing_;
    what.submission = env_.port.submission;
    what.authenticated = !user_.empty();
    if (transaction_) {
        what.sender = transaction_->sender_path;
        what.sender_text = smtp_mailbox_print(transaction_->sender_path);
    }
    return what;
}

/* ---- TLS ---- */

bool SmtpSession::wants_tls()
{
    bool wanted = tls_wanted_;
    tls_wanted_ = false;
    return wanted;
}

/* What was said in clear is forgotten (RFC 3207 4.2). */
void SmtpSession::on_tls(bool secured)
{
    LogLine(secured ? LOG_INFO : LOG_ERROR, env_.id, "tls")
        .add("result", secured ? "on" : "failed");
    end_transaction();
    client_name_.clear();
    esmtp_ = false;
    secured_ = secured;
    enter(secured ? SMTP_HELLO : SMTP_CLOSING);
}

void SmtpSession::on_timeout(Output *out)
{
    counter_add(COUNT_SESSIONS_TIMED_OUT, 1);
    LogLine(LOG_WARNING, env_.id, "timeout").add("state", smtp_state_name(state_));
    close_with(smtp_reply_make(RPL_TIMEOUT, identity().host()), out);
}

void SmtpSession::on_disconnect(DisconnectReason reason)
{
    static const char *const names[] = {"peer", "blocked", "timeout", "stop", "overrun"};
    LogLine(LOG_INFO, env_.id, "disconnect")
        .add("reason", names[reason])
        .add("state", smtp_state_name(state_))
        .add("messages", messages_);
    end_transaction();
}

/* ---- input ---- */

/* Is there a CRLF in data? */
static bool has_line(const char *data, size_t size)
{
    const char *end = data + size;
    for (const char *at = data; at + 1 < end; ++at) {
        at = static_cast<const char *>(memchr(at, '\r', static_cast<size_t>(end - at - 1)));
        if (!at)
            return false;
        if (at[1] == '\n')
            return true;
    }
    return false;
}

bool SmtpSession::ready(const char *data, size_t size)
{
    if (state_ == SMTP_TEXT || state_ == SMTP_CHUNK || swallow_left_ != 0)
        return size != 0;
    return has_line(data, size) || size >= settings().number(P_RECV_COMMAND_LINE);
}

size_t SmtpSession::step(const char *data, size_t size, Output *out)
{
    size_t used = 0;
    while (used < size && state_ != SMTP_CLOSING && !tls_wanted_ && out->size() < OUTPUT_PAUSE) {
        if (out_of_time()) {
            close_with(smtp_reply_make(RPL_TIMEOUT, identity().host()), out);
            break;
        }
        SmtpState before = state_;
        size_t n = swallow_left_ != 0      ? step_swallow(size - used, out)
                   : state_ == SMTP_TEXT  ? step_text(data + used, size - used, out)
                   : state_ == SMTP_CHUNK ? step_chunk(data + used, size - used, out)
                                          : step_command(data + used, size - used, out);
        used += n;
        if (n == 0 && state_ == before)
            break;
    }
    return used;
}

/* Does the line hold a password? */
bool SmtpSession::is_secret(const std::string &line) const
{
    return state_ == SMTP_LOGIN || text_begins(text_trimmed(line), "AUTH");
}

/* One command line; bytes of a line that is not complete stay with the engine. */
size_t SmtpSession::step_command(const char *data, size_t size, Output *out)
{
    if (!ready(data, size))
        return 0;
    size_t used = line_.feed(data, size);
    if (!line_.ready())
        return used;
    std::string line = line_.line();
    unsigned flags = line_.flags();
    line_.next();
    trace("receive", line + "\r\n", is_secret(line));
    if (state_ == SMTP_LOGIN)
        run_response(line, flags, out);
    else
        run_command(line, flags, out);
    return used;
}

static SmtpReply line_refusal(SmtpLineError error, const SmtpCommandLine &command)
{
    switch (error) {
    case SMTP_LINE_CONTROLS:
        return smtp_reply_make(RPL_LINE_BAD);
    case SMTP_LINE_ARGUMENT:
        return smtp_reply_make(RPL_SYNTAX, smtp_verb_row(command.verb).syntax);
    case SMTP_LINE_UNKNOWN:
    case SMTP_LINE_OK:
        break;
    }
    return smtp_reply_make(RPL_UNKNOWN, command.word);
}

/* The dispatcher: line, row, state, check, proceed. */
void SmtpSession::dispatch(const std::string &line, unsigned flags, SmtpRequest *request,
                           SmtpReply *reply)
{
    const SmtpCommandRow *row = 0;
    SmtpLineError error = SMTP_LINE_OK;
    if (flags & LINE_TOO_LONG)
        *reply = smtp_reply_make(RPL_LINE_TOO_LONG);
    else if (flags != 0)
        *reply = smtp_reply_make(RPL_LINE_BAD);
    else if ((error = smtp_line_parse(line, &request->line)) != SMTP_LINE_OK)
        *reply = line_refusal(error, request->line);
    else if ((row = smtp_command_find(request->line.verb)) == 0 ||
             !smtp_command_offered(*row, *this))
        *reply = smtp_reply_make(RPL_DISABLED, request->line.word);
    else if ((row->states & state_) == 0)
        *reply = smtp_command_misplaced(*this, request->line.verb);
    else if (row->check(*this, request, reply))
        row->proceed(*this, request, reply);
}

void SmtpSession::run_command(const std::string &line, unsigned flags, Output *out)
{
    SmtpRequest request;
    SmtpReply reply;
    dispatch(line, flags, &request, &reply);
    if (request.silent) {
        if (state_ == SMTP_CHUNK && chunk_left_ == 0)
            end_chunk(out); /* BDAT 0 */
        return;
    }
    if (reply.code >= 500) {
        std::string argument = request.line.argument.substr(0, SMTP_PATH_LIMIT);
        if (request.line.verb == SMTP_AUTH)
            argument = argument.substr(0, argument.find(' '));
        LogLine(LOG_WARNING, env_.id, "refused")
            .add("command", request.line.word)
            .add("argument", argument)
            .add("reply", smtp_reply_one_line(reply));
    }
    after_reply(reply, request.finished, out);
}

/* The answer to a challenge of AUTH. */
void SmtpSession::run_response(const std::string &line, unsigned flags, Output *out)
{
    SmtpReply reply;
    bool finished = false;
    if (flags & LINE_TOO_LONG)
        reply = smtp_reply_make(RPL_LINE_TOO_LONG);
    else if (flags != 0)
        reply = smtp_reply_make(RPL_LINE_BAD);
    else if (login_->feed(line) == SaslServer::DONE)
        finished = end_login(&reply);
    else
        reply = smtp_login_reply(*login_);
    if (reply.code >= 400 && state_ == SMTP_LOGIN) {
        login_.reset();
        enter(SMTP_READY);
    }
    after_reply(reply, finished, out);
}

/* Gives the reply, counts errors, and ends the connection when it is time. */
void SmtpSession::after_reply(const SmtpReply &reply, bool finished, Output *out)
{
    if (reply.code >= 500)
        ++errors_;
    answer(reply, out);
    if (finished) {
        end_transaction();
        enter(SMTP_CLOSING);
    } else if (errors_ >= settings().number(P_RECV_ERRORS))
        close_with(smtp_reply_make(RPL_TOO_MANY_ERRORS, identity().host()), out);
}

} // namespace mail
