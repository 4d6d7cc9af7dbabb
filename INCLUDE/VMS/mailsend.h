/*
**  mailsend - delivering with callable MAIL (MAIL$SEND_*)
**
**  begin, attributes, addressees, text, send, end.  Addresses may be local users, `_USER` (no
**  forwarding) or foreign ones (SMTP%"...").  Each addressee has its own result: one that fails
**  does not stop the others.  Text records longer than MAILSEND_RECORD_MAX are continued in the
**  next record.  Same process-wide lock as mailstore, per call or for a MailTurn.
**  spec/vms-api.md 3.5.  One thread per object.
*/
#ifndef MAIL_VMS_MAILSEND_H
#define MAIL_VMS_MAILSEND_H

#include "VMS/status.h"

#include <vector>

namespace mail {

const size_t MAILSEND_LINE_MAX = 998;    /* From:, To:, CC:, Subj: */
const size_t MAILSEND_RECORD_MAX = 998;  /* older MAIL: 255, parameter of set_record_limit */
const size_t MAILSEND_ADDRESS_MAX = 255;

struct MailAddressee {
    std::string address;
    Status status;    /* of the address, then of its delivery */
    bool refused;     /* by MAIL itself, not by the system: nothing was tried for it */
    bool delivered;   /* MAIL reported success, or no failure while the send succeeded */
    bool retry;       /* disk quota, file locked, link lost: worth trying again */
    std::string text; /* what MAIL said, for logs and reports */
    MailAddressee() : refused(false), delivered(false), retry(false) {}
};

/*
**  The lock of callable MAIL over all the calls of a delivery, so that threads do not take it from
**  each other at every one of them.  For what is in memory: never across reading or the network.
*/
class MailTurn {
public:
    MailTurn();
    ~MailTurn();

private:
    MailTurn(const MailTurn &);
    MailTurn &operator=(const MailTurn &);
    class MailEntry *entry_;
};

class MailSender {
public:
    MailSender();
    ~MailSender();
    /* No signature file, no default transport. */
    Status begin();
    /* Optional; longer than MAILSEND_LINE_MAX is cut. from needs SYSPRV, enabled inside. */
    Status set_from(const std::string &line);
    Status set_to(const std::string &line);
    Status set_cc(const std::string &line);
    Status set_subject(const std::string &line);
    void set_record_limit(size_t bytes) { record_limit_ = bytes; }
    /* A refused address is kept among the addressees with its status; the status is returned. */
    Status add_address(const std::string &address, bool cc = false);
    /* One line without its line end. */
    Status add_record(const std::string &line);
    /* Text with CRLF or LF line ends, taken by lines under one lock. */
    Status add_text(const char *data, size_t size);
    /* The body from a text file. */
    Status add_file(const std::string &spec);
    /* ok() when MAIL did its part; look at every addressee. */
    Status send();
    /* What was sent is permanent when this is ok(); else it may be, or may not. */
    Status end();
    /* Nothing of it is delivered. */
    void abort();
    const std::vector<MailAddressee> &addressees() const { return addressees_; }

    /* Called by MAIL through the entry points of this module. */
    void note_result(const std::string &user, const Status &status, const std::string &text);

private:
    MailSender(const MailSender &);
    MailSender &operator=(const MailSender &);
    Status attribute(boost::uint32_t code, const std::string &line);
    Status put_record(const char *data, size_t size);
    Status end_open_line(const char *data, size_t size, size_t *used);
    boost::uint32_t context_;
    bool begun_;
    size_t record_limit_;
    size_t accepted_; /* addressees that MAIL took */
    std::vector<MailAddressee> addressees_;
    std::string text_rest_;
};

} // namespace mail

#endif
