/*
**  outgoing - a message of MAIL on its way to SMTP: addresses, headers, text
**
**  HP User's Guide 5.3 (outbound alias), spec 2.4, 6.5, 6.6; HP 18.1.2 (where the control file lies
**  and whose name it bears).  Knows nothing of MAIL$PROTOCOL: mailshr.cxx calls it in order.
**  One thread.
*/
#ifndef MAIL_MAILSHR_OUTGOING_H
#define MAIL_MAILSHR_OUTGOING_H

#include "MTA/config.h"
#include "MTA/control_file.h"
#include "MTA/identity.h"
#include "MTA/outcome.h"

#include <set>
#include <string>
#include <vector>

namespace mail {

/* Who a message is from: the header's and the envelope's form. */
struct OutgoingSender {
    std::string header;  /* value of From: */
    std::string mailbox; /* of the envelope */
};

/*
**  from: MAIL's From: line, 'SMITH "John Smith"' or 'NODE::SMITH'; alias: TCPIP$SMTP_FROM or "".
**  REWRITE_MTS_FROM makes user@host of an address of the Message Router.
*/
OutgoingSender outgoing_sender(const std::string &from, const std::string &alias,
                               const Settings &settings, const Identity &identity);

/* TCPIP$SMTP_FROM of this user, if he may have one. */
std::string outgoing_alias(const Settings &settings);

/* The text after SMTP% as a mailbox; DONE, or FAILED and why. */
Outcome outgoing_address(const std::string &addressee, const Identity &identity,
                         std::string *mailbox);

/*
**  To: and Cc: out of MAIL's lines (spec 6.6): SMTP addresses, those of lists with their members
**  (recipients that stand in neither line), without MAIL's local ones.
*/
void outgoing_lists(const std::string &to_line, const std::string &cc_line,
                    const std::vector<std::string> &recipients, std::string *to, std::string *cc);

class Outgoing {
public:
    Outgoing(const SettingsPtr &settings, const IdentityPtr &identity);
    void set_foreign(bool foreign) { foreign_ = foreign; }
    void set_sender(const std::string &from) { from_ = from; }
    Outcome add_recipient(const std::string &addressee);
    void set_to(const std::string &line) { to_ = line; }
    void set_cc(const std::string &line) { cc_ = line; }
    void set_subject(const std::string &line) { subject_ = line; }
    /* A record of the text; of a foreign file: a block. */
    void add_record(const char *data, size_t size);
    /* Control file and queue entry are committed when DONE. */
    Outcome submit();
    /* What submit() said. */
    const Outcome &outcome() const { return outcome_; }
    size_t recipients() const { return recipients_.size(); }

private:
    std::string headers(const ControlEnvelope &envelope, const OutgoingSender &sender) const;
    std::string mime_headers() const;
    void write_body(std::string *out) const;
    bool wants_encoding() const { return longest_ > MESSAGE_LINE_MAX; }
    enum { MESSAGE_LINE_MAX = 998 }; /* RFC 5322 2.1.1 */
    SettingsPtr settings_;
    IdentityPtr identity_;
    bool foreign_, eight_bit_;
    size_t longest_;
    std::string from_, to_, cc_, subject_, text_;
    std::vector<std::string> recipients_;
    std::set<std::string> known_; /* of recipients_, in lower case */
    Outcome outcome_;
};

} // namespace mail

#endif
