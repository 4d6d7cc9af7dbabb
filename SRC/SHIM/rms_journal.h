/*
**  rms_journal - the first $FLUSH of a small new file, without a commit of the host's file system
**
**  A record of the process's journal (process_journal.h) is the whole of a new sequential file: its
**  path below VMSROOT, attributes, bytes.  With the record on disk the file is as safe as after
**  fdatasync(), which would have the host commit its new directory entry and inode.
**
**  Threads: any.  Crash points: crash:rms_journal_written, crash:rms_journal_flushed.
*/
#ifndef SHIM_RMS_JOURNAL_H
#define SHIM_RMS_JOURNAL_H

#include "process_journal.h"
#include "rms_file.h"

namespace shim {
namespace rms {

const uint64_t RMS_JOURNAL_FILE_MAX = 64 * 1024; /* larger files are flushed themselves */

/* Writes the record; journal_end() must follow.  False: the file has to be flushed by itself. */
bool journal_begin(File &file, JournalTicket *ticket);
/* wanted: the record is to be on disk; false: that failed, or was not wanted. */
bool journal_end(File &file, const JournalTicket &ticket, bool wanted);
/* For recovery: the rest of a record. */
uint32_t restore_file(JournalReader *in, uint32_t *files);

} // namespace rms
} // namespace shim

#endif
