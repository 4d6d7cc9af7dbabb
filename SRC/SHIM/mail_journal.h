/*
**  mail_journal - why a delivery is permanent: one flush, and one for several deliveries
**
**  A record of the journal (record_journal.h, VMSROOT/.shim/mailjrn) is one message with all its
**  local addressees.  MAIL$SEND_MESSAGE writes it and applies it to every mail file without a flush
**  (each remembers the last record of the journal that it holds); a record that an addressee's file
**  refused is followed by a CANCEL record that names it.  MAIL$SEND_END flushes the journal, unless
**  the END of another context has done so since: what was delivered is permanent when it returns.
**
**  Crash: mail_recover() (at boot, and when a process sends its first message) takes each journal
**  whose owner is gone, applies what the mail files lack, restores external files that the disk
**  lost.
**
**  Threads: only inside callable MAIL.  Crash points: crash:mail_journal_written,
**  crash:mail_applied_one, crash:mail_applied_all, crash:mail_journal_flushed (armed like the fault
**  of a service).
*/
#ifndef SHIM_MAIL_JOURNAL_H
#define SHIM_MAIL_JOURNAL_H

#include "mail_store.h"
#include "record_journal.h"

namespace shim {

const uint64_t MAIL_JOURNAL_BYTES = 16 * 1024 * 1024; /* of a half */

struct MailTarget {
    std::string directory; /* host path */
    uint32_t status;       /* out */
};

/* A time that no other message of this system has; also names the external file. */
uint64_t mail_fresh_date();

typedef std::vector<JournalTicket> MailDelivery; /* its records that are not yet permanent */

/*
**  Delivers a draft to all targets; target.status tells for each.  Other than success: the journal
**  could not be written and nothing was delivered.  mail_deliver_end() must follow.
*/
uint32_t mail_deliver(const MailDraft &draft, std::vector<MailTarget> *targets,
                      MailDelivery *delivery);
/* All of it is on disk.  MAIL$_WRITEERR: it may be, or may not. */
uint32_t mail_deliver_end(MailDelivery *delivery);

/* Applies what dead processes left.  records: how many were found; may be 0. */
uint32_t mail_recover(uint32_t *records = nullptr);
/* Flushes the stores and empties this process's journal; at clean exit it is called by itself. */
void mail_journal_close();

} // namespace shim

#endif
