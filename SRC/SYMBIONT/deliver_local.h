/*
**  deliver_local - one message to users of this system, through callable MAIL
**
**  HP 18.1.3 (From:), spec 6.7 (To, CC, Subj, text; headers at the bottom, on top or left out),
**  6.8.  All recipients of a portion are one MAIL$SEND, so that a message to a hundred users is
**  stored once.
*/
#ifndef MAIL_SYMBIONT_DELIVER_LOCAL_H
#define MAIL_SYMBIONT_DELIVER_LOCAL_H

#include "MTA/config.h"
#include "MTA/control_file.h"
#include "MTA/identity.h"
#include "MTA/outheaders.h"
#include "VMS/mailsend.h"

#include <string>
#include <vector>

namespace mail {

enum { LOCAL_RECIPIENTS_PER_SEND = 500 };

struct LocalJob {
    SettingsPtr settings;
    IdentityPtr identity;
    std::string id; /* for the log */
};

/* recipients: indices into file.recipients(); (*outcomes)[k] is for recipients[k]. */
void deliver_local(const LocalJob &job, ControlFile &file, const std::vector<size_t> &recipients,
                   std::vector<Outcome> *outcomes);

/*
**  The text that MAIL is given: return path, headers and body in the order that `headers` (choice
**  of P_HEADERS: 0 bottom, 1 top, 2 none) asks for.  Feed the message in pieces, then finish.  Of a
**  header longer than HEADER_BLOCK_LIMIT what lies beyond comes first in the body: nothing is lost.
**  A Return-Path: that somebody else wrote goes (RFC 5321 4.4): there is one, ours.
*/
class LocalText {
public:
    LocalText(boost::uint32_t placement, const std::string &return_path);
    void feed(const char *data, size_t size, std::string *out);
    void finish(std::string *out);
    const HeaderBlock &headers() const { return headers_; }
    /* All of the header is known that will be looked at. */
    bool header_known() const { return headers_.complete() || overflown_; }

private:
    void begin_body(std::string *out);
    void overflow(const char *data, size_t size, std::string *out);
    std::string header_lines() const;
    boost::uint32_t placement_;
    std::string return_path_;
    HeaderBlock headers_;
    bool body_begun_, line_open_, overflown_;
};

/*
**  Where the headers of a message go: P_HEADERS; mail from MAIL of this system to users of this
**  system has them with JACKET_LOCAL only (spec 2.2).
*/
boost::uint32_t header_placement(const Settings &settings, ControlOrigin origin);

/* What MAIL said about one addressee. */
Outcome local_outcome(const MailAddressee &addressee);

} // namespace mail

#endif
