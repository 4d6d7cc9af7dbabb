/*
**  smtp_session - states, lines, message text, replies of one connection
**
**  A step works on all complete lines at hand, so that the replies of a pipelined group leave in
**  one send (RFC 2920), and on text as it comes: it goes to the control file piece by piece.
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
    case SMTP_CLOSING: return "CLOSING";
    }
    return "?";
}

SmtpSession::SmtpSession(const SmtpEnvironment &environment)
    : env_(environment), state_(SMTP_HELLO),
      line_(environment.settings->number(P_RECV_COMMAND_LINE), LINE_CRLF_ONLY), esmtp_(false),
      trace_(environment.settings->flag(P_SMTP_RECV_TRACE)), errors_(0), relays_refused_(0),
      messages_(0),
      end_of_life_(vmstime_after(environment.settings->seconds(P_RECV_SESSION_TIME)))
{
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
    if (state_ == SMTP_SENDER || state_ == SMTP_NAMED || state_ == SMTP_TEXT)
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
    if (trace_)
        LogLine(LOG_INFO, env_.id, "send").add("text", log_trace_form(text));
    out->write(text);
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
    LogLine(LOG_INFO, env_.id, "connect").add("client", env_.client_address);
    std::string date = header_date(static_cast<boost::uint64_t>(vmstime_unix_now()));
    answer(smtp_reply_make(RPL_GREETING, env_.identity->host(), product_version(), date), out);
}

void SmtpSession::on_timeout(Output *out)
{
    counter_add(COUNT_SESSIONS_TIMED_OUT, 1);
    LogLine(LOG_WARNING, env_.id, "timeout").add("state", smtp_state_name(state_));
    close_with(smtp_reply_make(RPL_TIMEOUT, env_.identity->host()), out);
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
    if (state_ == SMTP_TEXT)
        return size != 0;
    return has_line(data, size) || size >= settings().number(P_RECV_COMMAND_LINE);
}

size_t SmtpSession::step(const char *data, size_t size, Output *out)
{
    size_t used = 0;
    while (used < size && state_ != SMTP_CLOSING && out->size() < OUTPUT_PAUSE) {
        if (out_of_time()) {
            close_with(smtp_reply_make(RPL_TIMEOUT, env_.identity->host()), out);
            break;
        }
        SmtpState before = state_;
        size_t n = state_ == SMTP_TEXT ? step_text(data + used, size - used, out)
                                       : step_command(data + used, size - used, out);
        used += n;
        if (n == 0 && state_ == before)
            break;
    }
    return used;
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
    if (trace_)
        LogLine(LOG_INFO, env_.id, "receive").add("text", log_trace_form(line + "\r\n"));
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

/* The dispatcher: line, row, state, check, proceed; then the count of errors. */
void SmtpSession::run_command(const std::string &line, unsigned flags, Output *out)
{
    SmtpRequest request;
    SmtpReply reply;
    const SmtpCommandRow *row = 0;
    SmtpLineError error = SMTP_LINE_OK;
    if (flags & LINE_TOO_LONG)
        reply = smtp_reply_make(RPL_LINE_TOO_LONG);
    else if (flags != 0)
        reply = smtp_reply_make(RPL_LINE_BAD);
    else if ((error = smtp_line_parse(line, &request.line)) != SMTP_LINE_OK)
        reply = line_refusal(error, request.line);
    else if ((row = smtp_command_find(request.line.verb)) == 0)
        reply = smtp_reply_make(RPL_DISABLED, request.line.word);
    else if ((row->states & state_) == 0)
        reply = smtp_command_misplaced(*this, request.line.verb);
    else if (row->check(*this, &request, &reply))
        row->proceed(*this, &request, &reply);

    if (reply.code >= 500) {
        ++errors_;
        LogLine(LOG_WARNING, env_.id, "refused")
            .add("command", request.line.word)
            .add("argument", request.line.argument.substr(0, SMTP_PATH_LIMIT))
            .add("reply", smtp_reply_one_line(reply));
    }
    answer(reply, out);
    if (request.finished) {
        end_transaction();
        enter(SMTP_CLOSING);
    } else if (errors_ >= settings().number(P_RECV_ERRORS))
        close_with(smtp_reply_make(RPL_TOO_MANY_ERRORS, env_.identity->host()), out);
}

/* ---- message text ---- */

Outcome SmtpSession::begin_message()
{
    ControlEnvelope envelope;
    std::vector<ControlRecipient> recipients(transaction_->recipients.size());
    envelope.origin = CONTROL_INBOUND;
    envelope.body = transaction_->eight_bit ? CONTROL_8BITMIME : CONTROL_7BIT;
    envelope.sender = transaction_->sender;
    envelope.client_name = client_name_;
    envelope.client_address = env_.client_address;
    envelope.protocol = esmtp_ ? "ESMTP" : "SMTP";
    for (size_t i = 0; i < recipients.size(); ++i)
        recipients[i].address = transaction_->recipients[i].address;

    DotOptions options;
    options.max_size = settings().number(P_RECV_MESSAGE_SIZE);
    boost::scoped_ptr<SmtpMessage> message(new SmtpMessage(env_.sinks->make(), options));
    Outcome outcome = message->sink->begin(envelope, recipients);
    if (outcome.is_done()) {
        std::string received = received_header(message->sink->envelope(), *env_.identity,
                                               recipients.size() == 1 ? recipients[0].address
                                                                      : std::string());
        outcome = message->sink->write(received.data(), received.size());
    }
    if (outcome.is_done()) {
        transaction_->message.swap(message);
        enter(SMTP_TEXT);
    }
    return outcome;
}

size_t SmtpSession::step_text(const char *data, size_t size, Output *out)
{
    SmtpMessage &message = *transaction_->message;
    message.chunk.clear();
    size_t used = message.decoder.feed(data, size, &message.chunk);
    if (!message.chunk.empty()) {
        /* a first line that begins with a blank would continue our own Received: field */
        bool continues = message.scan.bytes() == 0 && text_is_blank(message.chunk[0]);
        message.scan.feed(message.chunk.data(), message.chunk.size());
        if (continues)
            message.trouble = message.sink->write("\r\n", 2);
        if (message.trouble.is_done())
            message.trouble = message.sink->write(message.chunk.data(), message.chunk.size());
    }
    if (message.decoder.state() == DOT_BAD)
        refuse_stream(out);
    else if (message.decoder.state() == DOT_DONE)
        end_message(out);
    else if (message.decoder.size() / 2 > settings().number(P_RECV_MESSAGE_SIZE))
        close_with(smtp_reply_make(RPL_TOO_BIG,
                                   text_from_number(settings().number(P_RECV_MESSAGE_SIZE))),
                   out); /* it will not stop by itself */
    return used;
}

/* A lone CR or LF: nobody knows where this message ends, so nothing behind it may be believed. */
void SmtpSession::refuse_stream(Output *out)
{
    counter_add(COUNT_MESSAGES_REFUSED, 1);
    LogLine(LOG_WARNING, env_.id, "refused")
        .add("command", "DATA")
        .add("reason", dot_reason_name(transaction_->message->decoder.reason()));
    close_with(smtp_reply_make(RPL_LONE_CR_LF), out);
}

/* True: the text is fit to be accepted; else *reply refuses it.  The checks in order. */
bool SmtpSession::verdict_of_message(SmtpReply *reply)
{
    const SmtpMessage &message = *transaction_->message;
    if (message.decoder.reason() == DOT_NUL)
        *reply = smtp_reply_make(RPL_HAS_NUL);
    else if (message.decoder.reason() == DOT_TOO_BIG)
        *reply = smtp_reply_make(RPL_TOO_BIG,
                                 text_from_number(settings().number(P_RECV_MESSAGE_SIZE)));
    else if (message.scan.longest_line() + 2 > settings().number(P_RECV_TEXT_LINE))
        *reply = smtp_reply_make(RPL_LINE_TOO_LONG);
    else if (message.scan.hops() > settings().number(P_HOP_COUNT_MAXIMUM))
        *reply = smtp_reply_make(RPL_MAIL_LOOP);
    else if (!message.trouble.is_done())
        *reply = smtp_reply_make(message.trouble.code(), message.trouble.status(),
                                 message.trouble.sender_text());
    else
        return true;
    return false;
}

/* 250 only when control file and queue entry are committed (DESIGN 6). */
void SmtpSession::accept_message(SmtpReply *reply)
{
    SmtpMessage &message = *transaction_->message;
    SubmitReceipt receipt;
    message.trouble = message.sink->finish(&receipt);
    if (!message.trouble.is_done()) {
        *reply = smtp_reply_make(message.trouble.code(), message.trouble.status(),
                                 message.trouble.sender_text());
        return;
    }
    ++messages_;
    errors_ = 0;
    boost::uint32_t recipients = static_cast<boost::uint32_t>(transaction_->recipients.size());
    counter_add(COUNT_MESSAGES_IN, 1);
    counter_add(COUNT_RECIPIENTS_IN, recipients);
    counter_add(COUNT_BYTES_IN, static_cast<boost::uint32_t>(message.scan.bytes()));
    LogLine(LOG_INFO, env_.id, "accepted")
        .add("message", receipt.message_id)
        .add("entry", receipt.entry)
        .add("sender", transaction_->sender)
        .add("recipients", recipients)
        .add("size", message.scan.bytes());
    *reply = smtp_reply_make(RPL_QUEUED, receipt.message_id);
}

void SmtpSession::end_message(Output *out)
{
    SmtpMessage &message = *transaction_->message;
    SmtpReply reply;
    message.scan.finish();
    if (verdict_of_message(&reply))
        accept_message(&reply);
    if (reply.code >= 400) {
        counter_add(COUNT_MESSAGES_REFUSED, 1);
        LogLine(LOG_WARNING, env_.id, "refused")
            .add("command", "DATA")
            .add("sender", transaction_->sender)
            .add("size", message.scan.bytes())
            .add("reply", smtp_reply_one_line(reply))
            .add("reason", message.trouble.log_text());
    }
    end_transaction();
    answer(reply, out);
}

} // namespace mail
