/*
**  deliver_local - headers, text and addressees for callable MAIL
*/
#include "deliver_local.h"

#include "expand.h"

#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "MTA/aliases.h"
#include "MTA/counters.h"
#include "MTA/log.h"

#include <string.h>

namespace mail {

namespace {

enum Placement { PLACE_BOTTOM, PLACE_TOP, PLACE_NONE };
const size_t READ_PIECE = 65536;
/* MRGATE of old bounced long return paths (spec 2.2, TCPIP$SMTP_MTS_ALLIN1) */
const char message_router_sender[] = "TCPIP$SMTP";

/* Who is meant by a recipient, or why nobody is. */
Outcome local_user(const std::string &address, const Identity &identity, LocalUser *found)
{
    SmtpPath path;
    std::string local = smtp_mailbox_parse(address, &path) ? path.local : address;
    *found = alias_resolve(local, identity);
    switch (found->verdict) {
    case LocalUser::DELIVER:
    case LocalUser::LIST:
        return Outcome::done();
    case LocalUser::TROUBLE:
        return Outcome::reply(451, "4.3.0", "cannot check user " + local + " now", found->reason);
    case LocalUser::REFUSED:
        return Outcome::reply(550, "5.2.1", "mailbox of " + local + " is disabled", found->reason);
    case LocalUser::UNKNOWN:
        break;
    }
    return Outcome::reply(550, "5.1.1", "no such user: " + local, found->reason);
}

/* Does MAIL forward this user's mail to the Message Router (spec 2.2)? */
bool to_message_router(const LocalUser &user)
{
    return text_uppered(user.forward).find("MRGATE::") != std::string::npos;
}

Outcome trouble(const Status &status, const char *what)
{
    std::string log = std::string(what) + ": " + status.text();
    if (status.disk_full())
        return Outcome::reply(452, "4.2.2", "no space in the mailbox or on its disk", log);
    if (status.retryable() || status.timed_out())
        return Outcome::reply(451, "4.3.0", "mail cannot be stored now", log);
    return Outcome::reply(451, "4.3.0", "mail cannot be stored because of a local error", log);
}

/*
**  MAIL takes the user, so it is where his mail is forwarded to that MAIL does not take.  That
**  address is nobody's business but the manager's.
*/
Outcome refused_address(const MailAddressee &addressee, const std::string &forward)
{
    Outcome outcome = local_outcome(addressee);
    if (forward.empty() || !outcome.is_failed())
        return outcome;
    return Outcome::reply(550, "5.2.0",
                          "mail for " + addressee.address + " is forwarded to an address that "
                          "cannot be used",
                          "forwarded to " + forward + ": " + addressee.text);
}

/* One MAIL$SEND for several users. */
class Portion {
public:
    /* from: instead of what the message's headers say; "" for those */
    Portion(const LocalJob &job, ControlFile &file, const std::string &from)
        : job_(job), file_(file), from_(from)
    {
    }
    void add(size_t position, const LocalUser &user)
    {
        positions_.push_back(position);
        users_.push_back(user.user);
        forwards_.push_back(user.forward);
    }
    size_t size() const { return users_.size(); }
    void send(std::vector<Outcome> *outcomes);
    void clear()
    {
        positions_.clear();
        users_.clear();
        forwards_.clear();
    }

private:
    Outcome read_piece(LocalText &text, std::string *out, bool *end);
    Outcome give(MailSender &sender, LocalText &text, std::string *out, bool end);
    Outcome give_text(MailSender &sender, LocalText &text, std::string *out, bool end);
    Outcome set_fields(MailSender &sender, const LocalText &text);
    void settle(const MailSender &sender, const Outcome &outcome, const Status &ended,
                std::vector<Outcome> *outcomes) const;

    const LocalJob &job_;
    ControlFile &file_;
    std::string from_;
    std::vector<size_t> positions_; /* in the caller's list */
    std::vector<std::string> users_, forwards_;
};

Outcome Portion::set_fields(MailSender &sender, const LocalText &text)
{
    MailFields fields = mail_fields(text.headers(), file_.envelope().sender, *job_.settings);
    Status status = sender.set_from(from_.empty() ? fields.from : from_);
    if (status.ok())
        status = sender.set_to(fields.to);
    if (status.ok() && !fields.cc.empty())
        status = sender.set_cc(fields.cc);
    if (status.ok())
        status = sender.set_subject(fields.subject);
    if (!status.ok())
        return trouble(status, "MAIL$SEND_ADD_ATTRIBUTE");
    for (size_t i = 0; i < users_.size(); ++i)
        sender.add_address(users_[i]); /* its refusal is among the addressees */
    return Outcome::done();
}

/* From the file to *out, until the header is complete and there is a piece; *end: it is all. */
Outcome Portion::read_piece(LocalText &text, std::string *out, bool *end)
{
    boost::uint64_t size = file_.text_size() + 1; /* one more: the read that meets the end */
    std::string piece(size < READ_PIECE ? static_cast<size_t>(size) : READ_PIECE, '\0');
    while (!*end && (out->size() < READ_PIECE || !text.header_known())) {
        size_t got = 0;
        Outcome read = file_.read_text(&piece[0], piece.size(), &got);
        if (!read.is_done())
            return read;
        *end = got == 0;
        if (*end)
            text.finish(out);
        else
            text.feed(piece.data(), got, out);
    }
    return Outcome::done();
}

Outcome Portion::give_text(MailSender &sender, LocalText &text, std::string *out, bool end)
{
    for (;;) {
        Status status = sender.add_text(out->data(), out->size());
        if (!status.ok())
            return trouble(status, "MAIL$SEND_ADD_BODYPART");
        if (end)
            return Outcome::done();
        out->clear();
        Outcome read = read_piece(text, out, &end);
        if (!read.is_done())
            return read;
    }
}

Outcome Portion::give(MailSender &sender, LocalText &text, std::string *out, bool end)
{
    Status status = sender.begin();
    if (!status.ok())
        return trouble(status, "MAIL$SEND_BEGIN");
    Outcome outcome = set_fields(sender, text);
    if (outcome.is_done())
        outcome = give_text(sender, text, out, end);
    if (!outcome.is_done())
        return outcome;
    status = sender.send();
    return status.ok() ? outcome : trouble(status, "MAIL$SEND_MESSAGE");
}

/* What MAIL said of each addressee, `outcome` where it said nothing; ended: it is permanent. */
void Portion::settle(const MailSender &sender, const Outcome &outcome, const Status &ended,
                     std::vector<Outcome> *outcomes) const
{
    bool asked = sender.addressees().size() == users_.size();
    for (size_t i = 0; i < users_.size(); ++i) {
        Outcome &one = (*outcomes)[positions_[i]];
        const bool delivered = asked && sender.addressees()[i].delivered;
        if (delivered && !ended.ok())
            one = trouble(ended, "MAIL$SEND_END");
        else if (asked && sender.addressees()[i].refused)
            one = refused_address(sender.addressees()[i], forwards_[i]);
        else if (asked && (outcome.is_done() || delivered))
            one = local_outcome(sender.addressees()[i]);
        else
            one = outcome.is_done() ? Outcome::later("MAIL lost an addressee") : outcome;
    }
}

/*
**  The header must be known before MAIL can be told who writes to whom.  What is in memory as a
**  whole is delivered in one turn; a large message shares MAIL with the other streams.  The end is
**  a call of its own, so that one flush can serve what several streams have sent before it.
*/
void Portion::send(std::vector<Outcome> *outcomes)
{
    if (users_.empty())
        return;
    LocalText text(header_placement(*job_.settings, file_.envelope().origin),
                   return_path_header(file_.envelope().sender));
    std::string out;
    bool end = false;
    file_.rewind_text();
    Outcome outcome = read_piece(text, &out, &end);
    MailSender sender;
    LogLine(LOG_TRACE, job_.id, "mail")
        .add("users", static_cast<boost::uint32_t>(users_.size()))
        .add("first", users_[0])
        .add("at_once", end ? "yes" : "no");
    if (outcome.is_done()) {
        boost::scoped_ptr<MailTurn> turn(end ? new MailTurn : 0);
        outcome = give(sender, text, &out, end);
    }
    if (!outcome.is_done())
        sender.abort();
    settle(sender, outcome, sender.end(), outcomes);
    clear();
}

} // namespace

LocalText::LocalText(boost::uint32_t placement, const std::string &return_path)
    : placement_(placement), return_path_(return_path), headers_(HEADER_BLOCK_LIMIT),
      body_begun_(false), line_open_(false), overflown_(false)
{
}

/* Does a field of that name begin here? */
static bool begins_field(const std::string &text, size_t at, const char *name)
{
    size_t size = strlen(name);
    if (!text_equal(text.substr(at, size), name))
        return false;
    at += size;
    while (at < text.size() && text_is_blank(text[at]))
        ++at;
    return at < text.size() && text[at] == ':';
}

static std::string without_field(const std::string &text, const char *name)
{
    std::string out;
    bool inside = false;
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        to = to == std::string::npos ? text.size() : to + 1;
        if (!text_is_blank(text[from]))
            inside = begins_field(text, from, name);
        if (!inside)
            out.append(text, from, to - from);
        from = to;
    }
    return out;
}

/* The header lines without the empty line that ends them. */
std::string LocalText::header_lines() const
{
    const std::string &text = headers_.text();
    size_t size = text.size();
    if (size >= 2 && (size == 2 || text[size - 3] == '\n') && text[size - 2] == '\r')
        size -= 2;
    return return_path_ + without_field(text.substr(0, size), "Return-Path");
}

/* The part of a header that is too long to be kept. */
void LocalText::overflow(const char *data, size_t size, std::string *out)
{
    if (!overflown_ && placement_ == PLACE_TOP)
        *out += header_lines();
    overflown_ = body_begun_ = true;
    if (placement_ == PLACE_NONE)
        return;
    out->append(data, size);
    line_open_ = data[size - 1] != '\n';
}

void LocalText::begin_body(std::string *out)
{
    body_begun_ = true;
    if (placement_ == PLACE_TOP)
        *out += header_lines() + "\r\n";
}

void LocalText::feed(const char *data, size_t size, std::string *out)
{
    size_t used = 0, before = headers_.text().size();
    if (!headers_.complete())
        used = headers_.feed(data, size);
    size_t kept = headers_.cut() ? headers_.text().size() - before : used;
    if (kept < used)
        overflow(data + kept, used - kept, out);
    if (headers_.complete() && !body_begun_) {
        begin_body(out);
        *out += headers_.stray();
    }
    if (used == size)
        return;
    out->append(data + used, size - used);
    line_open_ = data[size - 1] != '\n';
}

void LocalText::finish(std::string *out)
{
    if (!body_begun_)
        begin_body(out);
    if (placement_ != PLACE_BOTTOM)
        return;
    if (line_open_)
        *out += "\r\n";
    *out += headers_bottom_separator + header_lines();
}

Outcome local_outcome(const MailAddressee &addressee)
{
    if (addressee.delivered) {
        counter_add(COUNT_DELIVERED_LOCAL, 1);
        Outcome done = Outcome::reply(250, "2.1.5", "delivered", "");
        done.set_report(Outcome::DELIVERED);
        return done;
    }
    std::string log = addressee.address + ": " +
                      (addressee.text.empty() ? addressee.status.text() : addressee.text);
    if (addressee.status.disk_full())
        return Outcome::reply(452, "4.2.2", "no space in the mailbox or on its disk", log);
    if (addressee.retry || addressee.status.retryable())
        return Outcome::reply(451, "4.3.0", "mail cannot be stored now", log);
    if (addressee.status.not_found())
        return Outcome::reply(550, "5.1.1", "no such user", log);
    return Outcome::reply(550, "5.2.0", "MAIL refused the message: " + addressee.text, log);
}

boost::uint32_t header_placement(const Settings &settings, ControlOrigin origin)
{
    bool jacket = origin != CONTROL_LOCAL || settings.flag(P_JACKET_LOCAL);
    return jacket ? settings.number(P_HEADERS) : static_cast<boost::uint32_t>(PLACE_NONE);
}

void deliver_local(const LocalJob &job, ControlFile &file, const std::vector<size_t> &recipients,
                   std::vector<Outcome> *outcomes)
{
    outcomes->assign(recipients.size(), Outcome::later("not tried"));
    Portion portion(job, file, ""), routed(job, file, message_router_sender);
    for (size_t i = 0; i < recipients.size(); ++i) {
        LocalUser user;
        Onward onward;
        Outcome &outcome = (*outcomes)[i];
        outcome = local_user(file.recipients()[recipients[i]].address, *job.identity, &user);
        if (outcome.is_done())
            outcome = expand_find(user, *job.settings, *job.identity, &onward);
        if (!outcome.is_done())
            continue;
        if (!onward.recipients.empty()) {
            outcome =
                expand_send(file, recipients[i], onward, *job.settings, *job.identity, job.id);
            continue;
        }
        bool mts = job.settings->flag(P_MTS_ALLIN1) && to_message_router(user);
        Portion &its = mts ? routed : portion;
        its.add(i, user);
        if (its.size() == LOCAL_RECIPIENTS_PER_SEND)
            its.send(outcomes);
    }
    portion.send(outcomes);
    routed.send(outcomes);
}

} // namespace mail
