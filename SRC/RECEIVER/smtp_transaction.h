/*
**  smtp_transaction - one MAIL .. end of text: sender, recipients, the message on its way to disk
**
**  Three lifetimes: the session (connection), the transaction (from MAIL to the end of the text or
**  RSET), the recipient (one accepted RCPT).  Destroying the transaction destroys everything below
**  it, a control file under construction included, so "reset" is one act.
*/
#ifndef RECEIVER_SMTP_TRANSACTION_H
#define RECEIVER_SMTP_TRANSACTION_H

#include <set>
#include <string>
#include <vector>
#include "CORE/control_codec.h"
#include "CORE/smtp_path.h"
#include "boostset.h"
#include "smtp_message.h"

namespace mail {

/* One accepted RCPT. */
struct SmtpRecipient {
    std::string address;  /* canonical mailbox */
    std::string original; /* ORCPT, decoded: "rfc822;user@domain"; may be empty */
    unsigned notify;      /* ControlNotify bits */
    bool local;
    bool discard;         /* taken, but dropped (TW action q) */
    SmtpRecipient() : notify(0), local(false), discard(false) {}
};

struct SmtpTransaction : private boost::noncopyable {
    SmtpPath sender_path; /* as it came */
    std::string sender;   /* canonical mailbox; "" is <> */
    bool eight_bit;       /* BODY=8BITMIME */
    ControlReturn returned;
    std::string envelope_id;
    std::vector<SmtpRecipient> recipients;
    std::set<std::string> known; /* addresses in lower case: a repeated RCPT is one recipient */
    boost::uint32_t refused;     /* RCPTs that were refused */
    boost::scoped_ptr<SmtpMessage> message;
    SmtpTransaction() : eight_bit(false), returned(CONTROL_RETURN_UNSAID), refused(0) {}
};

} // namespace mail
#endif
