/*
**  smtp_text - the session's side of a message: DATA, BDAT, what is looked at before 250 is said
**
**  RFC 5321 4.1.1.4; RFC 3030: the reply to a chunk comes when all its bytes are there, also when
**  the chunk is refused, for they cannot be told from commands.
*/
#include "smtp_session.h"

#include "CORE/text.h"
#include "MTA/counters.h"
#include "MTA/log.h"
#include "MTA/log_message.h"
#include "smtp_commands.h"
#include "submission.h"

namespace mail {

/* ---- the beginning ---- */

static const char *protocol_name(bool esmtp, bool secured, bool login)
{
    /* RFC 3848 */
    if (!esmtp)
        return "SMTP";
    if (secured)
        return login ? "ESMTPSA" : "ESMTPS";
    return login ? "ESMTPA" : "ESMTP";
}

/* The recipients that are not discarded. */
ControlEnvelope SmtpSession::envelope_of_message(std::vector<ControlRecipient> *recipients) const
{
    ControlEnvelope envelope;
    envelope.origin = CONTROL_INBOUND;
    envelope.body = transaction_->eight_bit ? CONTROL_8BITMIME : CONTROL_7BIT;
    envelope.returned = transaction_->returned;
    envelope.envelope_id = transaction_->envelope_id;
    envelope.sender = transaction_->sender;
    envelope.client_name = client_name_;
    envelope.client_address = env_.client_address;
    envelope.client_host = client_host_;
    envelope.protocol = protocol_name(esmtp_, secured_, !user_.empty());
    for (size_t i = 0; i < transaction_->recipients.size(); ++i) {
        const SmtpRecipient &from = transaction_->recipients[i];
        if (from.discard)
            continue;
        ControlRecipient to;
        to.address = from.address;
        to.original = from.original;
        to.notify = from.notify;
        recipients->push_back(to);
    }
    return envelope;
}

Outcome SmtpSession::begin_message()
{
    std::vector<ControlRecipient> recipients;
    ControlEnvelope envelope = envelope_of_message(&recipients);
    DotOptions options;
    options.max_size = settings().number(P_RECV_MESSAGE_SIZE);
    MessageSink *sink = recipients.empty() ? 0 : env_.sinks->make();
    boost::scoped_ptr<SmtpMessage> message(new SmtpMessage(sink, options));
    bool rules = env_.rules.reject && !env_.rules.reject->header_rules.empty();
    if (rules || env_.port.submission)
        message->hold_header(settings().number(P_RECV_HEADER_SIZE));
    else if (log_on(LOG_DEBUG))
        message->watch_header(settings().number(P_RECV_HEADER_SIZE));
    message->complete_header(env_.port.submission);
    Outcome outcome = message->begin(envelope, recipients, env_.rules.identity);
    if (outcome.is_done()) {
        transaction_->message.swap(message);
        enter(SMTP_TEXT);
    }
    return outcome;
}

/* ---- DATA ---- */

size_t SmtpSession::step_text(const char *data, size_t size, Output *out)
{
    SmtpMessage &message = *transaction_->message;
    message.piece.clear();
    size_t used = message.decoder.feed(data, size, &message.piece);
    message.add(message.piece.data(), message.piece.size());
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

/* ---- BDAT ---- */

void SmtpSession::begin_chunk(boost::uint64_t size, bool last)
{
    chunk_size_ = chunk_left_ = size;
    chunk_last_ = last;
    enter(SMTP_CHUNK);
}

void SmtpSession::swallow(boost::uint64_t size, const SmtpReply &reply)
{
    swallow_left_ = size;
    swallow_reply_ = reply;
}

size_t SmtpSession::step_swallow(size_t size, Output *out)
{
    size_t used = size < swallow_left_ ? size : static_cast<size_t>(swallow_left_);
    swallow_left_ -= used;
    if (swallow_left_ == 0)
        after_reply(swallow_reply_, false, out);
    return used;
}

size_t SmtpSession::step_chunk(const char *data, size_t size, Output *out)
{
    SmtpMessage &message = *transaction_->message;
    size_t used = size < chunk_left_ ? size : static_cast<size_t>(chunk_left_);
    message.piece.clear();
    message.chunks.feed(data, used, &message.piece);
    message.add(message.piece.data(), message.piece.size());
    chunk_left_ -= used;
    if (chunk_left_ == 0)
        end_chunk(out);
    return used;
}

/* A refused chunk ends the transaction: those behind it find none (RFC 3030 2). */
void SmtpSession::end_chunk(Output *out)
{
    SmtpMessage &message = *transaction_->message;
    SmtpReply reply;
    if (chunk_last_) {
        message.piece.clear();
        message.chunks.finish(&message.piece);
        message.add(message.piece.data(), message.piece.size());
        end_message(out);
        return;
    }
    if (verdict_of_text(&reply)) {
        enter(SMTP_CHUNKS);
        reply = smtp_reply_make(RPL_CHUNK_OK, text_from_number(chunk_size_));
    } else {
        counter_add(COUNT_MESSAGES_REFUSED, 1);
        LogLine(LOG_WARNING, env_.id, "refused")
            .add("command", "BDAT")
            .add("reply", smtp_reply_one_line(reply));
        end_transaction();
    }
    after_reply(reply, false, out);
}

/* ---- the end ---- */

/* The text as such, as far as it has come.  False: *reply refuses it. */
bool SmtpSession::verdict_of_text(SmtpReply *reply)
{
    const SmtpMessage &message = *transaction_->message;
    DotReason reason = message.chunks.size() != 0 ? message.chunks.reason()
                                                  : message.decoder.reason();
    if (reason == DOT_LONE_CR || reason == DOT_LONE_LF)
        *reply = smtp_reply_make(RPL_LONE_IN_CHUNK);
    else if (reason == DOT_NUL)
        *reply = smtp_reply_make(RPL_HAS_NUL);
    else if (reason == DOT_TOO_BIG)
        *reply = smtp_reply_make(RPL_TOO_BIG,
                                 text_from_number(settings().number(P_RECV_MESSAGE_SIZE)));
    else if (message.scan().longest_line() + 2 > settings().number(P_RECV_TEXT_LINE))
        *reply = smtp_reply_make(RPL_LINE_TOO_LONG);
    else if (!message.trouble().is_done())
        *reply = smtp_reply_make(message.trouble().code(), message.trouble().status(),
                                 message.trouble().sender_text());
    else
        return true;
    return false;
}

/* True: the message is fit to be accepted; else *reply refuses it.  The checks in order. */
bool SmtpSession::verdict_of_message(SmtpReply *reply)
{
    const SmtpMessage &message = *transaction_->message;
    std::string address;
    if (!verdict_of_text(reply))
        return false;
    if (message.scan().hops() > settings().number(P_HOP_COUNT_MAXIMUM)) {
        *reply = smtp_reply_make(RPL_MAIL_LOOP);
        return false;
    }
    if (!message.holds_header())
        return true;
    if (message.header()->cut()) {
        *reply = smtp_reply_make(RPL_HEADER_TOO_BIG,
                                 text_from_number(settings().number(P_RECV_HEADER_SIZE)));
        return false;
    }
    HeaderFields fields;
    fields.parse(message.header()->text());
    SpamCase what = spam_case();
    what.header = &fields;
    SpamVerdict verdict = spam_check(SPAM_HEADER, &what);
    if (verdict.finding == SPAM_REFUSE) {
        *reply = verdict.reply;
        return false;
    }
    if (!user_.empty() && !submission_header_is_good(user_, *message.header(), settings(),
                                                     identity(), &address)) {
        *reply = smtp_reply_make(RPL_SENDER_NOT_YOURS, address);
        return false;
    }
    return true;
}

/* 250 only when control file and queue entry are committed (DESIGN 6). */
void SmtpSession::accept_message(SmtpReply *reply)
{
    SmtpMessage &message = *transaction_->message;
    SubmitReceipt receipt;
    Outcome outcome = message.finish(&receipt);
    if (!outcome.is_done()) {
        *reply = smtp_reply_make(outcome.code(), outcome.status(), outcome.sender_text());
        return;
    }
    ++messages_;
    errors_ = 0;
    boost::uint32_t recipients = static_cast<boost::uint32_t>(transaction_->recipients.size());
    counter_add(COUNT_MESSAGES_IN, 1);
    counter_add(COUNT_RECIPIENTS_IN, recipients);
    counter_add(COUNT_BYTES_IN, static_cast<boost::uint32_t>(message.scan().bytes()));
    LogLine(LOG_INFO, env_.id, "accepted")
        .add("message", receipt.message_id)
        .add("entry", receipt.entry)
        .add("sender", transaction_->sender)
        .add("recipients", recipients)
        .add("size", message.scan().bytes());
    if (message.header())
        log_message_header(LOG_DEBUG, env_.id, message.header()->text(),
                           settings().flag(P_SMTP_NOSEY));
    *reply = smtp_reply_make(RPL_QUEUED, receipt.message_id);
}

void SmtpSession::end_message(Output *out)
{
    SmtpMessage &message = *transaction_->message;
    SmtpReply reply;
    message.end();
    if (verdict_of_message(&reply))
        accept_message(&reply);
    if (reply.code >= 400) {
        counter_add(COUNT_MESSAGES_REFUSED, 1);
        LogLine(LOG_WARNING, env_.id, "refused")
            .add("command", "DATA")
            .add("sender", transaction_->sender)
            .add("size", message.scan().bytes())
            .add("reply", smtp_reply_one_line(reply))
            .add("reason", message.trouble().log_text());
    }
    end_transaction();
    answer(reply, out);
}

} // namespace mail
