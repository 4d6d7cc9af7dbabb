/*
**  submit - hands a message over to the mail system: control file on disk, then queue entry
**
**  The only way in: receiver, MAIL transport, SFF and bounces all come through here.  When finish()
**  says DONE both the file and its entry are committed (DESIGN 6); when it does not, neither is
**  left.
*/
#ifndef MTA_SUBMIT_H
#define MTA_SUBMIT_H

#include <string>
#include <vector>
#include "CORE/control_codec.h"
#include "MTA/outcome.h"
#include "boostset.h"

namespace mail {

struct SubmitReceipt {
    std::string file;         /* full specification of the control file */
    std::string message_id;   /* stamp_pid; the receiver tells it to the client */
    boost::uint32_t entry;    /* queue entry number */
    SubmitReceipt() : entry(0) {}
};

/*
**  One message on its way in.  Calls in this order: begin, write any number of times, finish or
**  abandon; then begin again for the next one.  One thread at a time.
*/
class MessageSink {
public:
    virtual ~MessageSink() {}
    virtual Outcome begin(const ControlEnvelope &envelope,
                          const std::vector<ControlRecipient> &recipients) = 0;
    /* Message bytes: CRLF lines, no dot stuffing, Received: line of ours first. */
    virtual Outcome write(const char *data, size_t size) = 0;
    virtual Outcome finish(SubmitReceipt *receipt) = 0;
    /* The envelope with created, user and message_id filled in; after begin. */
    virtual const ControlEnvelope &envelope() const = 0;
    /* Forgets the message; allowed in every state. */
    virtual void abandon() = 0;
};

/* The real one. */
class Submission : public MessageSink, private boost::noncopyable {
public:
    Submission();
    virtual ~Submission(); /* abandons */
    virtual Outcome begin(const ControlEnvelope &envelope,
                          const std::vector<ControlRecipient> &recipients);
    virtual Outcome write(const char *data, size_t size);
    virtual Outcome finish(SubmitReceipt *receipt);
    virtual void abandon();

    virtual const ControlEnvelope &envelope() const;

    /* Where the file goes instead of TCPIP$SMTP_COMMON, and the queue instead of the default. */
    void set_directory(const std::string &directory);
    void set_queue(const std::string &queue);
    /* The entry waits until this time, seconds since 1970 UTC; 0 = at once. */
    void set_after(boost::uint64_t time);

private:
    struct State;
    boost::scoped_ptr<State> state_;
};

/* Enters an existing control file in the queue (retry, ANALYZE).  queue "" = submit_queue(). */
Outcome submit_entry(const std::string &file, const std::string &user, const std::string &queue,
                     boost::uint64_t after, boost::uint32_t *entry);

/* The generic queue of this node: MAIL_QUEUE, else TCPIP$SMTP_node_00 (spec 6.1). */
std::string submit_queue();

} // namespace mail
#endif
