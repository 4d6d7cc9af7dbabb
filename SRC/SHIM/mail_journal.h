/*
**  mail_journal - why a delivery is permanent: one flush per MAIL$SEND_MESSAGE
**
**  VMSROOT/.shim/mailjrn/NNN.A and NNN.B belong to the process that holds the lock on NNN.A.  A
**  record is one message with all its local addressees: {magic, length, journal, number,
**  checksum} and the content.  The numbers of a journal begin with 1 at the start of the file;
**  what follows the last good record is an older journal or zeros.  Blocks are written with zeros
**  before they are used, so that the flush of a record changes no metadata.
**
**  Order: record written, flushed; then applied to every mail file without a flush (each remembers
**  the last record of the journal that it holds); then success is answered.  When a file is full
**  (MAIL_JOURNAL_BYTES) the process goes on in the other one while a thread makes the file system
**  flush everything; the full file may be written again after that.
**
**  Crash: mail_recover() (at boot, and when a process sends its first message) takes each file
**  whose owner is gone, applies what the mail files lack, restores external files that the disk
**  lost, flushes, empties the file.  A record that an addressee's file refused is followed by a
**  CANCEL record.
**
**  Threads: only inside callable MAIL.  Crash points: crash:mail_journal_written, _flushed,
**  crash:mail_applied_one, crash:mail_applied_all (armed like the fault of a service).
*/
#ifndef SHIM_MAIL_JOURNAL_H
#define SHIM_MAIL_JOURNAL_H

#include "mail_store.h"

namespace shim {

const uint64_t MAIL_JOURNAL_BYTES = 16 * 1024 * 1024; /* a record may pass it once */
const uint32_t MAIL_JOURNAL_SLOTS = 256;              /* processes that deliver at the same time */

struct MailTarget {
    std::string directory; /* host path */
    uint32_t status;       /* out */
};

/* A time that no other message of this system has; also names the external file. */
uint64_t mail_fresh_date();

/*
**  Delivers a draft to all targets; target.status tells for each.  Other than success: the journal
**  could not be written and nothing was delivered.
*/
uint32_t mail_deliver(const MailDraft &draft, std::vector<MailTarget> *targets);

/* Applies what dead processes left.  records: how many were found; may be 0. */
uint32_t mail_recover(uint32_t *records = nullptr);
/* Flushes the stores and empties this process's journal; at clean exit it is called by itself. */
void mail_journal_close();

} // namespace shim

#endif
