/*
**  report_headers - the frame of a delivery report around the returned message
**
**  multipart/report of RFC 6522: words for a person, message/delivery-status of RFC 3464 for
**  programs, then the message or its headers.  HP 18.2.2, 18.9; spec 6.8.
*/
#include "MTA/outheaders.h"

#include "CORE/header_fields.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"

namespace mail {

enum { DIAGNOSTIC_LIMIT = 600 };

static std::string boundary_of(const Report &report)
{
    return "=_" + report.message_id + "_report";
}

static bool any_failed(const Report &report)
{
    for (size_t i = 0; i < report.recipients.size(); ++i)
        if (report.recipients[i].failed)
            return true;
    return false;
}

static std::string head(const Report &report, const Identity &identity)
{
    bool failed = any_failed(report);
    std::string out;
    out += header_print("Date", header_date(report.now));
    out += header_print("Message-Id", "<" + report.message_id + "@" + identity.mail_domain() + ">");
    out += header_print("From", "Mail Delivery System <" + report.from + ">");
    out += header_print("To", report.to);
    out += header_print("Subject", failed ? "Undeliverable Mail" : "Delayed Mail");
    out += header_print("Auto-Submitted", "auto-replied");
    out += header_print("MIME-Version", "1.0");
    out +=
        header_print("Content-Type", "multipart/report; report-type=delivery-status; boundary=\"" +
                                         boundary_of(report) + "\"");
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

static std::string words_part(const Report &report, const Identity &identity)
{
    bool failed = any_failed(report);
    std::string out = "Content-Type: text/plain; charset=us-ascii\r\n\r\n";
    out += "This is the mail system of " + identity.host() + ".\r\n\r\n";
    out += failed ? "Your message could not be delivered to the recipients below.\r\n"
                    "No further attempt will be made.\r\n"
                  : "Your message could not be delivered yet to the recipients below.\r\n"
                    "You need not send it again; the mail system goes on trying.\r\n";
    for (size_t i = 0; i < report.recipients.size(); ++i) {
        const ReportRecipient &r = report.recipients[i];
        out += "\r\n<" + text_one_line(r.address, DIAGNOSTIC_LIMIT) + ">\r\n";
        std::string reason =
            r.diagnostic.empty() ? std::string("no reason is known") : r.diagnostic;
        if (!r.remote.empty())
            reason = r.remote + " said: " + reason;
        out += indented(reason);
    }
    return out;
}

/* The action and status must agree (RFC 3464 2.3.3, 2.3.4): a failure never says 4 or 2. */
static std::string status_of(const ReportRecipient &r)
{
    char wanted = r.failed ? '5' : '4';
    if (r.status.size() >= 5 && (r.status[0] == wanted || (r.failed && r.status[0] == '4')))
        return r.status;
    return std::string(1, wanted) + ".0.0";
}

/* A remote server's words begin with its code already; our own reasons are given theirs. */
static std::string diagnostic_of(const ReportRecipient &r)
{
    std::string code = text_from_number(static_cast<boost::uint64_t>(r.code)) + " ";
    std::string text = text_one_line(r.diagnostic, DIAGNOSTIC_LIMIT);
    return text.compare(0, code.size(), code) == 0 ? text : code + text;
}

static std::string recipient_group(const ReportRecipient &r)
{
    std::string out = "\r\n";
    if (!r.original.empty())
        out += header_print("Original-Recipient", r.original);
    out += header_print("Final-Recipient", "rfc822; " + r.address);
    out += header_print("Action", r.failed ? "failed" : "delayed");
    out += header_print("Status", status_of(r));
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
        out += recipient_group(report.recipients[i]);
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
    *before += report.whole ? "message/rfc822\r\n\r\n" : "text/rfc822-headers\r\n\r\n";
    *after = line + "--\r\n";
}

} // namespace mail
