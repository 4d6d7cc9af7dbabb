/*
**  smtp_message - the text of a message between DATA or BDAT and its end
**
**  Our Received: line goes first, then the text piece by piece.  Where somebody must look at the
**  header, it is held until it is complete (RECV_HEADER_SIZE); a submitted one gets what it lacks
**  (RFC 6409 8).  Trouble of the sink is kept; the rest of the text is then swallowed.
*/
#ifndef RECEIVER_SMTP_MESSAGE_H
#define RECEIVER_SMTP_MESSAGE_H

#include <string>
#include <vector>
#include "CORE/dot_codec.h"
#include "CORE/message_scan.h"
#include "MTA/identity.h"
#include "MTA/outheaders.h"
#include "MTA/submit.h"
#include "boostset.h"

namespace mail {

class SmtpMessage : private boost::noncopyable {
public:
    /* sink 0: every recipient is discarded, nothing is kept.  Takes it over. */
    SmtpMessage(MessageSink *sink, const DotOptions &options);

    /* Before begin().  watch: header() is wanted at the end, for the log. */
    void watch_header(size_t limit) { header_.reset(new HeaderBlock(limit)); }
    /* It must be looked at: when it is cut the message cannot be accepted. */
    void hold_header(size_t limit)
    {
        watch_header(limit);
        holds_ = true;
    }
    void complete_header(bool on) { completes_ = on; } /* needs hold_header */

    Outcome begin(const ControlEnvelope &envelope, const std::vector<ControlRecipient> &recipients,
                  const IdentityPtr &identity);
    /* Decoded text. */
    void add(const char *data, size_t size);
    /* No more text comes. */
    void end();
    Outcome finish(SubmitReceipt *receipt);

    DotDecoder decoder;   /* DATA */
    ChunkDecoder chunks;  /* BDAT */
    std::string piece;    /* decoded bytes of one step */

    const MessageScan &scan() const { return scan_; } /* of what came, without our lines */
    /* 0 when nobody wanted it. */
    const HeaderBlock *header() const { return header_.get(); }
    bool holds_header() const { return holds_; }
    /* The first failure of the sink. */
    const Outcome &trouble() const { return trouble_; }

private:
    void put(const char *data, size_t size);
    void put_header();
    boost::scoped_ptr<MessageSink> sink_;
    boost::scoped_ptr<HeaderBlock> header_;
    ControlEnvelope envelope_; /* with its message_id */
    IdentityPtr identity_;
    MessageScan scan_;
    Outcome trouble_;
    bool holds_, completes_, begun_, header_put_;
};

} // namespace mail
#endif
