/*
**  outheaders - the header lines that we write, and those that MAIL's own fields are made of
**
**  RFC 5321 4.4 (Received, Return-Path), RFC 5322 3.6, RFC 3464 (reports); HP 18.1.3 and spec 6.6,
**  6.7.  Every text that comes from outside is cleaned here; no value can add a line.  Results end
**  in CRLF.
*/
#ifndef MTA_OUTHEADERS_H
#define MTA_OUTHEADERS_H

#include <string>
#include <vector>
#include "CORE/control_codec.h"
#include "MTA/config.h"
#include "MTA/identity.h"

namespace mail {

/*
**  "Received: from client (host [address]) by us (version) with ESMTP id message_id; date".
**  With exactly one recipient "for <recipient>" is added; never with more (it would tell Bcc:).
*/
std::string received_header(const ControlEnvelope &envelope, const Identity &identity,
                            const std::string &only_recipient);

/* "Return-Path: <sender>"; added at final delivery only (RFC 5321 4.4). */
std::string return_path_header(const std::string &sender);

/* What we call ourselves in the greeting and in Received: lines. */
std::string product_version();

/* "Sat, 21 Nov 2026 08:30:47 +0000 (UTC)"; time in seconds since 1970. */
std::string header_date(boost::uint64_t time);

/* The zone of dates; who writes many asks once. */
struct HeaderZone {
    boost::int32_t seconds; /* east of Greenwich */
    std::string name;       /* empty: not to be shown */
};
HeaderZone header_zone();
std::string header_date(boost::uint64_t time, const HeaderZone &zone);

/* A header "Name: value" folded at 78 columns where white space allows; never longer than 998. */
std::string header_line(const std::string &name, const std::string &value);

/*
**  The first header block of a message, found by streaming: feed the text until complete().
**  Keeps at most limit bytes; what lies beyond is the body's business.
**
**  It ends with an empty line, or before a line that is neither a field nor a continuation: a text
**  without headers must not become one.  That line was consumed, and is in stray().
*/
class HeaderBlock {
public:
    explicit HeaderBlock(size_t limit)
        : limit_(limit), line_(0), state_(1), complete_(false), cut_(false)
    {
    }
    /* Bytes consumed: up to and including the line that ends the block. */
    size_t feed(const char *data, size_t size);
    bool complete() const { return complete_; }
    const std::string &text() const { return text_; }
    /* The body's first line, with its end, when it stands where a field should. */
    const std::string &stray() const { return stray_; }
    /* The block is longer than the limit. */
    bool cut() const { return cut_; }
    /* Unfolded value of the first header of that name (any case); false if there is none. */
    bool find(const char *name, std::string *value) const;
    /* How many headers have that name. */
    size_t count(const char *name) const;

private:
    void keep(const char *data, size_t size);
    void end_line();
    size_t limit_;
    size_t line_; /* of text_, where the current line begins */
    int state_;
    bool complete_, cut_;
    std::string text_, stray_;
};

enum { HEADER_BLOCK_LIMIT = 262144 };

/* MAIL's fields, ready for MAIL$SEND_*; at most 255 bytes each (one attribute of MAIL). */
struct MailFields {
    std::string from; /* SMTP%"address", inner quotes as cent signs (spec 6.5) */
    std::string to, cc, subject;
};
/*
**  From: the first of Resent-Reply-To, Resent-From, Reply-To, From, Resent-Sender, Sender, and the
**  envelope sender (spec 6.7).  To and CC: X-VMS-To and X-VMS-Cc unless INBOUND_NOXVMS.
*/
MailFields mail_fields(const HeaderBlock &headers, const std::string &sender,
                       const Settings &settings);

/* SMTP%"address" with '"' as cent sign 0xA2, and back. */
std::string mail_smtp_address(const std::string &address);
std::string mail_plain_address(const std::string &mail_address);

/* The line, with its end, between text and headers when the headers are at the bottom. */
extern const char headers_bottom_separator[];

/*
**  Date:, Message-Id: and From: for a message of a local sender that lacks them (RFC 6409 8).
*/
std::string missing_headers(const HeaderBlock &headers, const ControlEnvelope &envelope,
                            const Identity &identity);

/* One recipient in a report. */
struct ReportRecipient {
    std::string address, original;
    int code;
    std::string status;      /* "5.1.1" */
    std::string diagnostic;  /* the reply or reason in words */
    std::string remote;      /* the system that refused; may be empty */
    boost::uint64_t attempted;
    ReportRecipient() : code(0), attempted(0) {}
};

/* What happened to the recipients of one report (RFC 3464 2.3.3). */
enum ReportAction {
    REPORT_FAILED,
    REPORT_DELAYED,
    REPORT_DELIVERED,
    REPORT_RELAYED,  /* to a host that sends no reports */
    REPORT_EXPANDED, /* to the members of a list */
    REPORT_ACTIONS
};

struct Report {
    ReportAction action;
    bool null_sender;             /* of the message: the postmaster hears of it (double bounce) */
    bool copy;                    /* for the postmaster, of a report that went to the sender */
    bool eight_bit;               /* the returned text has 8-bit bytes */
    std::string from, to;         /* mailboxes */
    std::string message_id;       /* of the report itself: stamp_pid */
    std::string envelope_id;      /* of the message; may be empty */
    boost::uint64_t arrived, now; /* seconds since 1970 */
    std::vector<ReportRecipient> recipients;
    bool whole;                   /* the message itself is returned, not only its headers */
    Report()
        : action(REPORT_FAILED), null_sender(false), copy(false), eight_bit(false), arrived(0),
          now(0), whole(false)
    {
    }
};

/* "failed", "delayed" ... */
const char *report_action_name(ReportAction action);

/* Everything of the RFC 3464 report that stands before and after the returned message's bytes. */
void report_frame(const Report &report, const Identity &identity, std::string *before,
                  std::string *after);

} // namespace mail
#endif
