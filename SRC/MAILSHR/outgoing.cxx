/*
**  outgoing - from MAIL's fields to RFC 5322
*/
#include "outgoing.h"

#include "CORE/encode.h"
#include "CORE/encoded_word.h"
#include "CORE/header_fields.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "CORE/vms_address.h"
#include "MTA/log.h"
#include "MTA/outheaders.h"
#include "MTA/send_from_file.h"
#include "MTA/submit.h"
#include "VMS/logical.h"
#include "VMS/process.h"

#include <algorithm>

namespace mail {

namespace {

const char decnet_user[] = "MAIL$SERVER"; /* whose process takes mail from DECnet (HP 18.1.2) */

/* ---- sender ---- */

/* "text" for a phrase: encoded words, or a quoted string where the characters ask for it. */
std::string phrase(const std::string &name)
{
    if (!text_is_ascii(name))
        return encoded_word_encode(name);
    std::string out = "\"";
    for (size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '"' || name[i] == '\\')
            out += '\\';
        out += name[i];
    }
    return out + "\"";
}

/* A comment's text: parentheses and backslashes quoted. */
std::string comment(const std::string &name)
{
    std::string text = encoded_word_encode(name), out;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(' || text[i] == ')' || text[i] == '\\')
            out += '\\';
        out += text[i];
    }
    return out;
}

/* "(text)" without its parentheses; the last one may be missing. */
std::string own_text(const std::string &own)
{
    std::string text = text_trimmed(own.substr(1));
    if (!text.empty() && text[text.size() - 1] == ')')
        text.resize(text.size() - 1);
    return text;
}

/*
**  The value of TCPIP$SMTP_FROM: address, and "(text)" behind one blank.  Blanks in the address
**  become periods; without "@" the substitute domain or the host is appended.
*/
OutgoingSender from_alias(const std::string &alias, const std::string &personal,
                          const Identity &identity)
{
    OutgoingSender sender;
    std::string address = alias, own;
    size_t open = alias.find('(');
    if (open != std::string::npos) {
        address = alias.substr(0, open);
        own = alias.substr(open);
    }
    address = text_trimmed(address);
    bool has_domain = address.find('@') != std::string::npos;
    std::replace(address.begin(), address.end(), ' ', '.');
    sender.mailbox = has_domain ? address : address + "@" + identity.mail_domain();
    sender.header = sender.mailbox;
    if (!own.empty())
        sender.header += " (" + comment(own_text(own)) + ")";
    else if (has_domain && !personal.empty())
        sender.header += " (" + comment(personal) + ")";
    return sender;
}

/* MRGATE::"A1::SMITH" and "MTS::MRGATE::\"NODE::SMITH\"": the last name of it. */
std::string mts_user(const std::string &text)
{
    std::string upper = text_uppered(text), user;
    if (upper.find("MRGATE::") == std::string::npos)
        return std::string();
    user = text.substr(text.rfind("::") + 2);
    user = user.substr(0, user.find_first_of("\"\\@\xA2"));
    return text_lowered(text_trimmed(user));
}

/* The mailbox of a sender who has no alias. */
std::string plain_sender(const std::string &from, const VmsAddress &address,
                         const Settings &settings, const Identity &identity)
{
    std::string mts = settings.flag(P_REWRITE_MTS_FROM) ? mts_user(from) : std::string();
    if (!mts.empty())
        return smtp_mailbox_print(mts, identity.mail_domain());
    switch (address.kind) {
    case VmsAddress::USER:
        return smtp_mailbox_print(text_lowered(address.user), identity.mail_domain());
    case VmsAddress::NODE_USER:
        if (text_equal(address.node, identity.node()))
            return smtp_mailbox_print(text_lowered(address.user), identity.mail_domain());
        break;
    case VmsAddress::FOREIGN:
    case VmsAddress::INTERNET:
    case VmsAddress::NODE_FOREIGN:
    case VmsAddress::NODE_QUOTED:
        if (address.address.find('@') != std::string::npos)
            return address.address;
        break;
    case VmsAddress::OTHER:
        break;
    }
    return vms_address_generic(address.raw, identity.mail_domain());
}

/* ---- recipients ---- */

std::string joined(const std::vector<std::string> &list)
{
    std::string text;
    for (size_t i = 0; i < list.size(); ++i)
        text += (i ? ", " : "") + list[i];
    return text;
}

/* As a header may show it: a source route is the envelope's business (RFC 5322 4.4). */
std::string shown(const std::string &address)
{
    size_t at = 0;
    SmtpPath path;
    bool good = smtp_path_parse(address, PATH_NO_DOMAIN | PATH_NO_BRACKETS, &at, &path) == PATH_OK;
    return good && at == address.size() ? smtp_mailbox_print(path) : address;
}

/* The SMTP addresses of a line; *others: something in it is no SMTP address (a list, a user). */
void smtp_elements(const std::string &line, std::vector<std::string> *found, bool *others)
{
    std::vector<std::string> elements;
    vms_address_split(line, &elements);
    for (size_t i = 0; i < elements.size(); ++i) {
        VmsAddress address = vms_address_parse(elements[i]);
        bool smtp = address.kind == VmsAddress::INTERNET ||
                    (address.kind == VmsAddress::FOREIGN && address.transport == "SMTP");
        if (smtp && address.address.find('@') != std::string::npos)
            found->push_back(shown(address.address));
        else if (!smtp)
            *others = true;
    }
}

bool is_in(const std::string &address, const std::vector<std::string> &list)
{
    for (size_t i = 0; i < list.size(); ++i)
        if (text_equal(address, list[i]))
            return true;
    return false;
}

} // namespace

std::string outgoing_alias(const Settings &settings)
{
    if (settings.flag(P_PROHIBIT_USER_HEADERS))
        return std::string();
    return text_one_line(settings.text(P_SMTP_FROM), VMS_ADDRESS_MAX);
}

OutgoingSender outgoing_sender(const std::string &from, const std::string &alias,
                               const Settings &settings, const Identity &identity)
{
    VmsAddress address = vms_address_parse(from);
    OutgoingSender sender;
    if (!alias.empty()) {
        SmtpPath path;
        sender = from_alias(alias, address.personal_name, identity);
        if (text_is_ascii(sender.mailbox) && smtp_mailbox_parse(sender.mailbox, &path))
            return sender;
        LogLine(LOG_WARNING, "mailshr", "alias").add("not_an_address", alias);
    }
    sender.mailbox = plain_sender(from, address, settings, identity);
    sender.header = address.personal_name.empty()
                        ? sender.mailbox
                        : phrase(address.personal_name) + " <" + sender.mailbox + ">";
    return sender;
}

Outcome outgoing_address(const std::string &addressee, const Identity &identity,
                         std::string *mailbox)
{
    SmtpPath path;
    std::string address = vms_cents_to_quotes(text_trimmed(addressee));
    if (address.size() > 2 && address[0] == '<' && address[address.size() - 1] == '>')
        address = address.substr(1, address.size() - 2);
    if (!text_is_ascii(address))
        return Outcome::reply(553, "5.6.7", "the address has characters outside of ASCII",
                              "SMTPUTF8: " + address);
    size_t at = 0;
    unsigned options = PATH_NO_DOMAIN | PATH_NO_BRACKETS;
    if (smtp_path_parse(address, options, &at, &path) != PATH_OK || at != address.size() ||
        path.kind == SmtpPath::NONE)
        return Outcome::reply(553, "5.1.3", "not an SMTP address: " + address, address);
    if (path.domain.empty()) { /* SMTP%"smith": a user here, or a gateway's address */
        path.kind = SmtpPath::MAILBOX;
        path.domain = identity.host();
        if (path.local.empty())
            path.local = "Postmaster";
    }
    *mailbox = smtp_mailbox_print(path);
    return Outcome::done();
}

void outgoing_lists(const std::string &to_line, const std::string &cc_line,
                    const std::vector<std::string> &recipients, std::string *to, std::string *cc)
{
    std::vector<std::string> first, second;
    bool to_others = false, cc_others = false;
    smtp_elements(to_line, &first, &to_others);
    smtp_elements(cc_line, &second, &cc_others);
    for (size_t i = 0; i < recipients.size(); ++i) {
        if (is_in(recipients[i], first) || is_in(recipients[i], second))
            continue;
        if (to_others || to_line.empty())
            first.push_back(recipients[i]);
        else if (cc_others)
            second.push_back(recipients[i]);
    }
    *to = joined(first);
    *cc = joined(second);
}

Outgoing::Outgoing(const SettingsPtr &settings, const IdentityPtr &identity)
    : settings_(settings), identity_(identity), foreign_(false), eight_bit_(false), longest_(0)
{
}

Outcome Outgoing::add_recipient(const std::string &addressee)
{
    std::string mailbox;
    Outcome outcome = outgoing_address(addressee, *identity_, &mailbox);
    if (settings_->flag(P_SMTP_VMSMAIL_PARSE))
        LogLine(LOG_INFO, "mailshr", "parse")
            .add("addressee", addressee)
            .add("mailbox", mailbox)
            .add("result", outcome.is_done() ? std::string("ok") : outcome.sender_text());
    if (outcome.is_done() && known_.insert(text_lowered(mailbox)).second)
        recipients_.push_back(mailbox); /* once, also when a list and CC name him again */
    return outcome;
}

void Outgoing::add_record(const char *data, size_t size)
{
    text_.append(data, size);
    if (foreign_)
        return;
    text_ += "\r\n";
    longest_ = size > longest_ ? size : longest_;
    for (size_t i = 0; i < size && !eight_bit_; ++i)
        eight_bit_ = static_cast<unsigned char>(data[i]) >= 0x80;
}

/* Plain text gets none (spec 6.6); what mail of today could not read without them does. */
std::string Outgoing::mime_headers() const
{
    if (foreign_)
        return "MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
               "Content-Transfer-Encoding: base64\r\n";
    if (!eight_bit_ && !wants_encoding())
        return std::string();
    const char *charset = !eight_bit_            ? "us-ascii"
                          : text_is_utf8(text_) ? "utf-8"
                                                : "iso-8859-1";
    const char *encoding = wants_encoding() ? "quoted-printable" : "8bit";
    return header_print("MIME-Version", "1.0") +
           header_print("Content-Type", std::string("text/plain; charset=") + charset) +
           header_print("Content-Transfer-Encoding", encoding);
}

std::string Outgoing::headers(const ControlEnvelope &envelope, const OutgoingSender &sender) const
{
    std::string to, cc, out;
    outgoing_lists(to_, cc_, recipients_, &to, &cc);
    out += header_print("Date", header_date(envelope.created));
    out += header_print("Message-Id",
                        "<" + envelope.message_id + "@" + identity_->mail_domain() + ">");
    out += header_print("From", sender.header);
    if (!to.empty())
        out += header_print("To", to);
    if (!cc.empty())
        out += header_print("Cc", cc);
    if (to.empty() && cc.empty())
        out += header_print("To", "undisclosed-recipients:;");
    out += header_print("X-VMS-To", encoded_word_encode(to_));
    if (!cc_.empty())
        out += header_print("X-VMS-Cc", encoded_word_encode(cc_));
    out += header_print("Subject", encoded_word_encode(subject_));
    return out + mime_headers() + "\r\n";
}

void Outgoing::write_body(std::string *out) const
{
    if (foreign_) {
        Base64Encoder encoder;
        encoder.feed(text_.data(), text_.size(), out);
        encoder.finish(out);
    } else if (wants_encoding()) {
        QuotedPrintableEncoder encoder;
        encoder.feed(text_.data(), text_.size(), out);
        encoder.finish(out);
    } else {
        *out += text_;
    }
}

Outcome Outgoing::submit()
{
    ControlEnvelope envelope;
    std::vector<ControlRecipient> to(recipients_.size());
    OutgoingSender sender =
        outgoing_sender(from_, outgoing_alias(*settings_), *settings_, *identity_);
    envelope.user = process_user();
    envelope.origin = envelope.user == decnet_user ? CONTROL_DECNET : CONTROL_LOCAL;
    envelope.sender = sender.mailbox;
    envelope.body = eight_bit_ && !wants_encoding() ? CONTROL_8BITMIME : CONTROL_7BIT;
    envelope.protocol = "local";
    for (size_t i = 0; i < to.size(); ++i)
        to[i].address = recipients_[i];
    Submission submission;
    SubmitReceipt receipt;
    std::string body;
    submission.set_directory(user_mail_directory(envelope.user));
    outcome_ = submission.begin(envelope, to);
    if (outcome_.is_done()) {
        std::string head = headers(submission.envelope(), sender);
        outcome_ = submission.write(head.data(), head.size());
    }
    write_body(&body);
    if (outcome_.is_done())
        outcome_ = submission.write(body.data(), body.size());
    if (outcome_.is_done())
        outcome_ = submission.finish(&receipt);
    else
        submission.abandon();
    LogLine(outcome_.is_done() ? LOG_INFO : LOG_ERROR, "mailshr", "submit")
        .add("from", sender.mailbox)
        .add("recipients", static_cast<boost::uint32_t>(recipients_.size()))
        .add("size", static_cast<boost::uint64_t>(text_.size()))
        .add("file", receipt.file)
        .add("entry", receipt.entry)
        .add("reason", outcome_.log_text());
    return outcome_;
}

} // namespace mail
