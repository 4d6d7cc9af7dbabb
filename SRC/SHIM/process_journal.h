/*
**  process_journal - this process's journal: new files and requests to the queue manager
**
**  One record_journal, VMSROOT/.shim/procjrn, for what a process must have on disk before it goes
**  on: a small new file (rms_journal.h) and the request that enters it in a queue (queue_redo.h)
**  lie one behind the other, and one flush makes both permanent.  At most PROCESS_RETIRE_MS later
**  the host's file system and the queue database have them too, and the records go.
**
**  Crash of the host: process_recover() (at boot, by the job controller as it starts, and when a
**  process first needs its journal) writes files that are missing or cut off, and keeps requests
**  for the queue manager.  What was erased or done in the last moments before may so come back:
**  twice, never lost.  After a crash of processes alone (same boot of the host) nothing is to do.
**
**  Threads: any.
*/
#ifndef SHIM_PROCESS_JOURNAL_H
#define SHIM_PROCESS_JOURNAL_H

#include "record_journal.h"

namespace shim {

const uint64_t PROCESS_JOURNAL_BYTES = 16 * 1024 * 1024; /* of a half */
const uint32_t PROCESS_RETIRE_MS = 2000;

enum ProcessRecord { PROCESS_FILE = 1, PROCESS_REQUEST = 2 };

/* Opened at the first use; 0 when that fails: the caller then flushes by itself. */
RecordJournal *process_journal();
/* The same, for who gains nothing from opening it. */
RecordJournal *process_journal_if_open();
/* The beginning of a record's body; what belongs to the kind follows. */
std::string process_record(ProcessRecord kind);
/* files: how many were written again; may be 0. */
uint32_t process_recover(uint32_t *files = nullptr);
void process_journal_close();
/* For tests: what the host's boot is called from now on; empty: its own name again. */
void pretend_boot(const std::string &name);
/* For tests that lose files on purpose, before the journal is opened: PROCESS_RETIRE_MS or more. */
void pretend_retire_ms(uint32_t milliseconds);

} // namespace shim

#endif
