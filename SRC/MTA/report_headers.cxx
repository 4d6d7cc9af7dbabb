/*
**  report_headers - the frame of a delivery report around the returned message
**
**  multipart/report of RFC 6522: words for a person, message/delivery-status of RFC 3464 for
**  programs, then the message or its headers.  HP 18.2.2, 18.9; spec 6.8.
*/
#include "MTA/outheaders.h"

#include "CORE/encode.h"
#include "CORE/header_fields.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"

namespace mail {

enum { DIAGNOSTIC_LIMIT = 600 };

static std::string boundary_of(const Report &report)
{
    return "=_" + report.message_id + "_report";
}

/* One row per ReportAction, in its order. */
struct ActionRow {
    const char *action, *subject;
    char status_class;
    const char *words; /* for a person; lines end in \n */
};
static const ActionRow action_table[] = {
    {"failed", "Undeliverable Mail", '5',
     "Your message could not be delivered to the recipients below.\n"
     "No further attempt will be made.\n"},
    {"delayed", "Delayed Mail", '4',
     "Your message could not be delivered yet to the recipients below.\n"
     "You need not send it again; the mail system goes on trying.\n"},
    {"delivered", "Delivered Mail", '2',
     "Your message was delivered to the recipients below, as you wished to hear.\n"},
    {"relayed", "Relayed Mail", '2',
     "Your message was given to the mail systems of the recipients below.  These do not\n"
     "send reports: whether it reaches the recipients, you will not hear.\n"},
    {"expanded", "Relayed Mail", '2',
     "Your message was sent on to the members of the lists below.\n"},
};

static const ActionRow &action_row(const Report &report)
{
    return action_table[report.action];
}

const char *report_action_name(ReportAction action)
{
    return action_table[action].action;
}

struct WordsRow {
    const char *status, *sentence;
};
static const WordsRow words_table[] = {
#define REPORT_WORDS(status, sentence) {status, sentence},
#include "MTA/report_words.def"
#undef REPORT_WORDS
};

/* "5.1.1" is looked for as "1.1", then "1.", then "". */
static const char *sentence_of(const std::string &status)
{
    std::string key = status.size() > 2 ? status.substr(2) : std::string();
    for (;;) {
        for (size_t i = 0; i < sizeof words_table / sizeof *words_table; ++i)
            if (key == words_table[i].status)
                return words_table[i].sentence;
        size_t dot = key.find('.');
        key = dot == std::string::npos || dot + 1 == key.size() ? "" : key.substr(0, dot + 1);
    }
}

static std::string subject_of(const Report &report)
{
    std::string subject = action_row(report).subject;
    if (report.null_sender)
        return "Postmaster: " + subject + " without return address";
    return report.copy ? "Postmaster copy: " + subject : subject;
}

static std::string head(const Report &report, const Identity &identity)
{
    std::string out;
    out += header_print("Date", header_date(report.now));
    out += header_print("Message-Id", "<" + report.message_id + "@" + identity.mail_domain() + ">");
    out += header_print("From", "Mail Delivery System <" + report.from + ">");
    out += header_print("To", report.copy ? report.from : report.to);
    out += header_print("Subject", subject_of(report));
    out += header_print("Auto-Submitted", "auto-replied");
    out += header_print("MIME-Version", "1.0");
    out +=
        header_print("Content-Type", "multipart/report; report-type=delivery-status; boundary=\"" +
                                         boundary_of(report) + "\"");
    if (report.eight_bit)
        out += header_print("Content-Transfer-Encoding", "8bit");
    out += "\r\nThis is a MIME-encapsulated message.\r\n";
    return out;
}

/* Lines of at most 76 columns, broken at blanks, each indented. */
static std::string indented(const std::string &text)
{
    std::vector<std::string> words;
    std::string out, line;
    text_words(text_one_line(text, DIAGNOSTIC_LIMIT), &words);
    for (size_t i = 0; i < words.size(); ++i) {
        if (!line.empty() && line.size() + words[i].size() > 70) {
            out += "    " + line + "\r\n";
            line.clear();
        }
        line += (line.empty() ? "" : " ") + words[i];
    }
    return out + "    " + line + "\r\n";
}

static std::string crlf(const char *text)
{
    std::string out;
    for (; *text; ++text)
        out += *text == '\n' ? "\r\n" : std::string(1, *text);
    return out;
}

/* What the report is about, before the recipients. */
static std::string opening(const Report &report, const Identity &identity)
{
    std::string out = "This is the mail system of " + identity.host() + ".\r\n\r\n";
    if (report.null_sender)
        return out +
               "A message without a return address, most likely a report itself, could not\r\n"
               "be delivered to the recipients below.  You get it because there is nobody\r\n"
               "else to be told.  No further attempt will be made.\r\n";
    if (report.copy)
        out += "Copy of a report to the sender, <" + text_one_line(report.to, DIAGNOSTIC_LIMIT) +
               ">:\r\n\r\n";
    return out + crlf(action_row(report).words);
}

static std::string words_of_recipient(const Report &report, const ReportRecipient &r)
{
    std::string out = "\r\n<" + text_one_line(r.address, DIAGNOSTIC_LIMIT) + ">\r\n";
    bool good = action_row(report).status_class == '2';
    if (good)
        return out;
    out += indented(sentence_of(r.status));
    std::string reason = r.diagnostic.empty() ? std::string("no reason is known") : r.diagnostic;
    return out + indented(r.remote.empty() ? "Reason: " + reason
                                           : "The host " + r.remote + " said: " + reason);
}

/* Replies of hosts come in any characters: all of the part is quoted-printable UTF-8 then. */
static std::string words_part(const Report &report, const Identity &identity)
{
    std::string text = opening(report, identity);
    for (size_t i = 0; i < report.recipients.size(); ++i)
        text += words_of_recipient(report, report.recipients[i]);
    if (text_is_ascii(text))
        return "Content-Type: text/plain; charset=us-ascii\r\n\r\n" + text;
    if (!text_is_utf8(text))
        text = text_latin1_to_utf8(text);
    std::string out = "Content-Type: text/plain; charset=utf-8\r\n"
                      "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
    QuotedPrintableEncoder encoder;
    encoder.feed(text.data(), text.size(), &out);
    encoder.finish(&out);
    return out;
}

/* The action and status must agree (RFC 3464 2.3.3, 2.3.4): a failure never says 4 or 2. */
static std::string status_of(const Report &report, const ReportRecipient &r)
{
    char wanted = action_row(report).status_class;
    bool soft = report.action == REPORT_FAILED && r.status.size() >= 5 && r.status[0] == '4';
    if (r.status.size() >= 5 && (r.status[0] == wanted || soft))
        return r.status;
    return std::string(1, wanted) + ".0.0";
}

/* A remote server's words begin with its code already; our own reasons are given theirs. */
static std::string diagnostic_of(const ReportRecipient &r)
{
    std::string code = text_from_number(static_cast<boost::uint64_t>(r.code)) + " ";
    std::string text = text_one_line(r.diagnostic, DIAGNOSTIC_LIMIT);
    for (size_t i = 0; i < text.size(); ++i) /* RFC 3464 2.1: ASCII; the words part has them all */
        if (static_cast<unsigned char>(text[i]) >= 0x80)
            text[i] = '?';
    return text.compare(0, code.size(), code) == 0 ? text : code + text;
}

static std::string recipient_group(const Report &report, const ReportRecipient &r)
{
    std::string out = "\r\n";
    if (!r.original.empty())
        out += header_print("Original-Recipient", r.original);
    out += header_print("Final-Recipient", "rfc822; " + r.address);
    out += header_print("Action", action_row(report).action);
    out += header_print("Status", status_of(report, r));
    if (!r.remote.empty())
        out += header_print("Remote-MTA", "dns; " + r.remote);
    if (!r.diagnostic.empty() && r.code != 0)
        out += header_print("Diagnostic-Code", "smtp; " + diagnostic_of(r));
    if (r.attempted != 0)
        out += header_print("Last-Attempt-Date", header_date(r.attempted));
    return out;
}

static std::string status_part(const Report &report, const Identity &identity)
{
    std::string out = "Content-Type: message/delivery-status\r\n\r\n";
    if (!report.envelope_id.empty())
        out += header_print("Original-Envelope-Id", report.envelope_id);
    out += header_print("Reporting-MTA", "dns; " + identity.host());
    if (report.arrived != 0)
        out += header_print("Arrival-Date", header_date(report.arrived));
    for (size_t i = 0; i < report.recipients.size(); ++i)
        out += recipient_group(report, report.recipients[i]);
    return out;
}

void report_frame(const Report &report, const Identity &identity, std::string *before,
                  std::string *after)
{
    std::string line = "\r\n--" + boundary_of(report);
    *before = head(report, identity);
    *before += line + "\r\n" + words_part(report, identity);
    *before += line + "\r\n" + status_part(report, identity);
    *before += line + "\r\nContent-Type: ";
    *before += report.whole ? "message/rfc822\r\n" : "text/rfc822-headers\r\n";
    if (report.eight_bit)
        *before += "Content-Transfer-Encoding: 8bit\r\n";
    *before += "\r\n";
    *after = line + "--\r\n";
}

} // namespace mail
