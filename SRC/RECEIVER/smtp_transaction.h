/*
**  smtp_transaction - one MAIL .. DATA: sender, recipients, the message on its way to disk
**
**  Three lifetimes: the session (connection), the transaction (from MAIL to the end of DATA or
**  RSET), the recipient (one accepted RCPT).  Destroying the transaction destroys everything below
**  it, a control file under construction included, so "reset" is one act.
*/
#ifndef RECEIVER_SMTP_TRANSACTION_H
#define RECEIVER_SMTP_TRANSACTION_H

#include <set>
#include <string>
#include <vector>
#include "CORE/dot_codec.h"
#include "CORE/message_scan.h"
#include "CORE/smtp_path.h"
#include "MTA/submit.h"
#include "boostset.h"

namespace mail {

/* One accepted RCPT. */
struct SmtpRecipient {
    std::string address; /* canonical mailbox */
    bool local;
    SmtpRecipient() : local(false) {}
};

/* The message between DATA and its end. */
struct SmtpMessage : private boost::noncopyable {
    boost::scoped_ptr<MessageSink> sink;
    DotDecoder decoder;
    MessageScan scan;     /* of what the client sent, without our Received: line */
    std::string chunk;    /* decoded bytes of one step */
    Outcome trouble;      /* the first failure of the sink; the rest is swallowed */
    SmtpMessage(MessageSink *message_sink, const DotOptions &options)
        : sink(message_sink), decoder(options)
    {
    }
};

struct SmtpTransaction : private boost::noncopyable {
    std::string sender;   /* canonical mailbox; "" is <> */
    bool eight_bit;       /* BODY=8BITMIME */
    std::vector<SmtpRecipient> recipients;
    std::set<std::string> known; /* addresses in lower case: a repeated RCPT is one recipient */
    boost::uint32_t refused;     /* RCPTs that were refused */
    boost::scoped_ptr<SmtpMessage> message;
    SmtpTransaction() : eight_bit(false), refused(0) {}
};

} // namespace mail
#endif
