/*
**  bounce - composing and submitting delivery reports
*/
#include "bounce.h"

#include "CORE/seven_bit.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "MTA/counters.h"
#include "MTA/log.h"
#include "MTA/submit.h"
#include "VMS/vmstime.h"

namespace mail {

namespace {

const size_t COPY_PIECE = 65536;
/* bounced messages: user part of the control file's name (HP 18.1.2) */
const char report_user[] = "SYSTEM";

bool is_postmaster(const std::string &address, const Identity &identity)
{
    SmtpPath path;
    std::string local = address, domain;
    if (smtp_mailbox_parse(address, &path)) {
        local = path.local;
        domain = path.domain;
    }
    if (!domain.empty() && !identity.is_local(domain))
        return false;
    return text_equal(local, "POSTMASTER") || text_equal(local, identity.postmaster());
}

/*
**  The returned message: all of it, or nothing; or the header alone, which goes as far as it can be
**  read when it is damaged or the message has no time left (`last`).
*/
Outcome copy_message(ControlFile &file, bool whole, bool last, Submission *out)
{
    std::string piece(COPY_PIECE, '\0');
    HeaderBlock headers(HEADER_BLOCK_LIMIT);
    file.rewind_text();
    for (;;) {
        size_t got = 0;
        Outcome read = file.read_text(&piece[0], piece.size(), &got);
        if (!read.is_done() && (whole || (read.is_later() && !last)))
            return read;
        if (!read.is_done() || got == 0)
            break; /* a damaged end is no reason to send no report */
        if (whole) {
            Outcome wrote = out->write(piece.data(), got);
            if (!wrote.is_done())
                return wrote;
            continue;
        }
        headers.feed(piece.data(), got);
        if (headers.complete())
            break;
    }
    return whole ? Outcome::done() : out->write(headers.text().data(), headers.text().size());
}

Outcome write_report(ControlFile &file, const Report &report, const Identity &identity, bool last,
                     Submission *out)
{
    std::string before, after;
    report_frame(report, identity, &before, &after);
    Outcome outcome = out->write(before.data(), before.size());
    if (outcome.is_done())
        outcome = copy_message(file, report.whole, last, out);
    if (outcome.is_done())
        outcome = out->write(after.data(), after.size());
    return outcome;
}

/* Has what is returned 8-bit bytes?  A text that cannot be read has none. */
bool returns_eight_bit(ControlFile &file, bool whole)
{
    std::string piece(COPY_PIECE, '\0');
    HeaderBlock headers(HEADER_BLOCK_LIMIT);
    size_t got = 0;
    file.rewind_text();
    while (file.read_text(&piece[0], piece.size(), &got).is_done() && got != 0) {
        if (whole && has_eight_bit(piece.data(), got))
            return true;
        if (!whole)
            headers.feed(piece.data(), got);
        if (!whole && headers.complete())
            break;
    }
    return has_eight_bit(headers.text().data(), headers.text().size());
}

/* Composes and submits one report; whatever fails leaves nothing. */
Outcome submit_report(ControlFile &file, Report *report, bool last, const Identity &identity,
                      SubmitReceipt *receipt)
{
    ControlEnvelope envelope;
    std::vector<ControlRecipient> to(1);
    envelope.origin = CONTROL_BOUNCE;
    envelope.user = report_user;
    envelope.protocol = "local";
    to[0].address = report->copy ? report->from : report->to;
    Submission submission;
    report->eight_bit = returns_eight_bit(file, report->whole);
    envelope.body = report->eight_bit ? CONTROL_8BITMIME : CONTROL_7BIT;
    Outcome outcome = submission.begin(envelope, to);
    if (outcome.is_done()) {
        report->message_id = submission.envelope().message_id;
        outcome = write_report(file, *report, identity, last, &submission);
    }
    if (outcome.is_done())
        outcome = submission.finish(receipt);
    else
        submission.abandon();
    return outcome;
}

} // namespace

BounceTarget bounce_target(const ControlEnvelope &envelope, const std::string &failed,
                           const Identity &identity)
{
    if (!envelope.sender.empty())
        return BOUNCE_SENDER;
    return is_postmaster(failed, identity) ? BOUNCE_NOBODY : BOUNCE_POSTMASTER;
}

bool bounce_wanted(const ControlEnvelope &envelope, const ControlRecipient &recipient,
                   ReportAction action, const Settings &settings)
{
    unsigned notify = recipient.notify;
    switch (action) {
    case REPORT_FAILED:
        return notify == 0 || (notify & CONTROL_NOTIFY_FAILURE) != 0;
    case REPORT_DELAYED:
        return !envelope.sender.empty() &&
               ((notify & CONTROL_NOTIFY_DELAY) != 0 ||
                (notify == 0 && settings.flag(P_DELAY_REPORTS)));
    default:
        return !envelope.sender.empty() && (notify & CONTROL_NOTIFY_SUCCESS) != 0;
    }
}

/* RET counts for failures only; everything else returns headers (RFC 3461 4.3). */
static bool returns_whole(const ControlFile &file, ReportAction action, const Settings &settings)
{
    ControlReturn wish = file.envelope().returned;
    if (action != REPORT_FAILED || wish == CONTROL_RETURN_HEADERS || file.verdict() != CONTROL_OK)
        return false; /* half a message is not sent to anybody */
    return wish == CONTROL_RETURN_FULL || file.text_size() <= settings.number(P_BOUNCE_TEXT);
}

/* It must not keep anybody from being told: a copy that fails is only logged. */
static void send_copy(ControlFile &file, Report report, const Settings &settings,
                      const Identity &identity, const std::string &id)
{
    boost::uint32_t choice = settings.number(P_POSTMASTER_COPIES);
    SubmitReceipt receipt;
    report.copy = true;
    report.whole = report.whole && choice == 2;
    Report addressed = report;
    Outcome outcome = submit_report(file, &addressed, true, identity, &receipt);
    LogLine(outcome.is_done() ? LOG_INFO : LOG_ERROR, id, "postmaster_copy")
        .add("result", outcome_name(outcome.kind()))
        .add("reason", outcome.log_text());
}

Outcome bounce_send(ControlFile &file, BounceTarget target, ReportAction action,
                    const std::vector<ReportRecipient> &recipients, const SettingsPtr &settings,
                    const IdentityPtr &identity, const std::string &id)
{
    Report report;
    report.action = action;
    report.null_sender = target != BOUNCE_SENDER;
    report.from = identity->postmaster_address();
    report.to = target == BOUNCE_SENDER ? file.envelope().sender : report.from;
    report.envelope_id = file.envelope().envelope_id;
    report.arrived = file.envelope().created;
    report.now = static_cast<boost::uint64_t>(vmstime_unix_now());
    report.recipients = recipients;
    report.whole = returns_whole(file, action, *settings);
    bool last = report.now >= report.arrived + settings->seconds(P_MAXIMUM_INTERVAL);
    SubmitReceipt receipt;
    Outcome outcome = submit_report(file, &report, last, *identity, &receipt);
    if (!outcome.is_done() && report.whole && (last || file.verdict() != CONTROL_OK)) {
        report.whole = false;
        outcome = submit_report(file, &report, last, *identity, &receipt);
    }
    if (!outcome.is_done()) {
        LogLine(LOG_ERROR, id, "bounce")
            .add("to", report.to)
            .add("result", outcome_name(outcome.kind()))
            .add("reason", outcome.log_text());
        return outcome.is_failed() ? Outcome::later(outcome.log_text()) : outcome;
    }
    if (action == REPORT_FAILED)
        counter_add(COUNT_RETURNED, static_cast<boost::uint32_t>(recipients.size()));
    LogLine(LOG_INFO, id, "bounce")
        .add("to", report.to)
        .add("subject", report_action_name(action))
        .add("recipients", static_cast<boost::uint32_t>(recipients.size()))
        .add("message", receipt.message_id);
    if (action == REPORT_FAILED && target == BOUNCE_SENDER &&
        settings->number(P_POSTMASTER_COPIES) != 0)
        send_copy(file, report, *settings, *identity, id);
    return outcome;
}

} // namespace mail
