/*
**  expand - lists and forwarding to SMTP addresses
*/
#include "expand.h"

#include "CORE/header_fields.h"
#include "CORE/message_scan.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "CORE/vms_address.h"
#include "MTA/lists.h"
#include "MTA/log.h"
#include "MTA/outheaders.h"
#include "MTA/submit.h"

#include <set>

namespace mail {

namespace {

const size_t PIECE = 65536;
/* as for mail of the receiver: HP 18.1.2 */
const char onward_user[] = "TCPIP$SMTP";

Outcome find_list(const LocalUser &user, Onward *onward)
{
    std::vector<ListProblem> problems;
    Status status = list_read(user.list, &onward->recipients, &problems);
    for (size_t i = 0; i < problems.size(); ++i)
        LogLine(LOG_WARNING, "", "list")
            .add("file", user.list)
            .add("line", static_cast<boost::uint32_t>(problems[i].line))
            .add("left_out", problems[i].text);
    onward->name = user.list;
    onward->list = true;
    if (!status.ok())
        return Outcome::reply(451, "4.3.0", "the distribution list cannot be read now",
                              user.list + ": " + status.text());
    if (onward->recipients.empty())
        return Outcome::reply(550, "5.1.1", "the distribution list has no members", user.list);
    return Outcome::done();
}

/* The SMTP address that a forwarding text is, or "". */
std::string smtp_address(const VmsAddress &forward)
{
    SmtpPath path;
    bool ours = forward.kind == VmsAddress::INTERNET ||
                (forward.kind == VmsAddress::FOREIGN && forward.transport == "SMTP");
    return ours && smtp_mailbox_parse(forward.address, &path) ? forward.address : std::string();
}

Outcome loop_of(const std::string &name)
{
    return Outcome::reply(554, "5.4.6", "forwarding of user " + name + " goes round in circles",
                          "forwarding loop");
}

Outcome sent_on_before(const std::string &recipient)
{
    return Outcome::reply(554, "5.4.6", "mail for " + recipient + " comes back to it",
                          "sent on for this recipient before");
}

Outcome hops_exceeded(unsigned hops)
{
    std::string count = text_from_number(static_cast<boost::uint64_t>(hops));
    return Outcome::reply(554, "5.4.6", "the message has passed too many hosts (" + count + ")",
                          count + " Received: lines");
}

/* Received: lines of the header, and the header. */
Outcome read_trace(ControlFile &file, unsigned *hops, HeaderBlock *header)
{
    MessageScan scan;
    std::string piece(PIECE, '\0');
    size_t got = 1;
    file.rewind_text();
    while (got != 0 && !scan.header_ended()) {
        Outcome read = file.read_text(&piece[0], piece.size(), &got);
        if (!read.is_done())
            return read;
        scan.feed(piece.data(), got);
        if (!header->complete())
            header->feed(piece.data(), got);
    }
    *hops = scan.hops();
    return Outcome::done();
}

/*
**  Has this host sent the message on for the recipient before?  Our trace line then says "by us ...
**  for <recipient>" without a client.  Else each round of a list would reach all its members.
*/
bool was_sent_on(const HeaderBlock &header, const std::string &recipient, const Identity &identity)
{
    const std::string by = text_lowered("by " + identity.host() + " ");
    const std::string to = text_lowered(" for <" + recipient + ">;");
    HeaderFields fields;
    fields.parse(header.text());
    for (size_t i = 0; i < fields.count(); ++i) {
        if (fields.field(i).id != HEADER_RECEIVED)
            continue;
        std::string line = text_lowered(header_unfold(fields.field(i).raw));
        if (text_begins(line, by.c_str()) && line.find(to) != std::string::npos)
            return true;
    }
    return false;
}

Outcome copy_text(ControlFile &file, MessageSink *out)
{
    std::string piece(PIECE, '\0');
    file.rewind_text();
    for (;;) {
        size_t got = 0;
        Outcome outcome = file.read_text(&piece[0], piece.size(), &got);
        if (!outcome.is_done() || got == 0)
            return outcome;
        outcome = out->write(piece.data(), got);
        if (!outcome.is_done())
            return outcome;
    }
}

/* What reports the new recipients ask for. */
void fill_recipients(const ControlRecipient &from, const Onward &onward,
                     std::vector<ControlRecipient> *to)
{
    for (size_t i = 0; i < onward.recipients.size() && to->size() < CONTROL_MAX_RECIPIENTS; ++i) {
        ControlRecipient one;
        one.address = onward.recipients[i];
        one.notify = from.notify;
        if (onward.list)
            one.notify &= ~static_cast<unsigned>(CONTROL_NOTIFY_SUCCESS);
        else
            one.original = from.original.empty() ? "rfc822;" + from.address : from.original;
        to->push_back(one);
    }
}

} // namespace

Outcome expand_find(const LocalUser &user, const Settings &settings, const Identity &identity,
                    Onward *onward)
{
    if (user.verdict == LocalUser::LIST)
        return find_list(user, onward);
    std::set<std::string> seen;
    LocalUser at = user;
    onward->name = user.user;
    while (at.verdict == LocalUser::DELIVER && !at.forward.empty()) {
        VmsAddress forward = vms_address_parse(at.forward);
        std::string address = smtp_address(forward);
        if (!address.empty()) {
            onward->recipients.push_back(address);
            break;
        }
        if (forward.kind != VmsAddress::USER)
            break; /* a node's or another transport's: MAIL knows them */
        if (!seen.insert(at.user).second || seen.size() > settings.number(P_HOP_COUNT_MAXIMUM))
            return loop_of(user.user);
        at = alias_resolve(forward.user, identity);
        if (at.verdict == LocalUser::TROUBLE)
            return Outcome::reply(451, "4.3.0", "cannot check user " + forward.user + " now",
                                  at.reason);
    }
    return Outcome::done();
}

Outcome expand_send(ControlFile &file, size_t index, const Onward &onward,
                    const Settings &settings, const Identity &identity, const std::string &id)
{
    const ControlRecipient &recipient = file.recipients()[index];
    unsigned hops = 0;
    HeaderBlock header(HEADER_BLOCK_LIMIT);
    Outcome outcome = read_trace(file, &hops, &header);
    if (outcome.is_done() && hops > settings.number(P_HOP_COUNT_MAXIMUM))
        return hops_exceeded(hops);
    if (outcome.is_done() && was_sent_on(header, recipient.address, identity))
        return sent_on_before(recipient.address);
    ControlEnvelope envelope = file.envelope();
    envelope.origin = CONTROL_INBOUND;
    envelope.user = onward_user;
    envelope.protocol = "local";
    envelope.client_name = envelope.client_address = envelope.client_host = "";
    envelope.message_id = "";
    std::vector<ControlRecipient> to;
    fill_recipients(recipient, onward, &to);
    Submission submission;
    SubmitReceipt receipt;
    if (outcome.is_done())
        outcome = submission.begin(envelope, to);
    if (outcome.is_done()) {
        std::string trace = received_header(submission.envelope(), identity, recipient.address);
        outcome = submission.write(trace.data(), trace.size());
    }
    if (outcome.is_done())
        outcome = copy_text(file, &submission);
    if (outcome.is_done())
        outcome = submission.finish(&receipt);
    if (!outcome.is_done()) {
        submission.abandon();
        return outcome;
    }
    LogLine(LOG_INFO, id, onward.list ? "list" : "forward")
        .add("to", recipient.address)
        .add("by", onward.name)
        .add("recipients", static_cast<boost::uint32_t>(to.size()))
        .add("message", receipt.message_id);
    outcome = Outcome::reply(250, "2.1.5", onward.list ? "expanded" : "forwarded", "");
    outcome.set_report(onward.list ? Outcome::EXPANDED : Outcome::PASSED_ON);
    return outcome;
}

} // namespace mail
