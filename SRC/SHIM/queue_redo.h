/*
**  queue_redo - requests to the queue manager that survive the host without its flush
**
**  A process with a journal of its own writes an ENTER_FILE there before it sends it, and the queue
**  manager answers without a flush.  The journal's flush goes on while the queue manager works, and
**  nothing runs before it has ended; where other threads' flush is under way the request is sent
**  behind the next one, so that many come to the queue manager at once.  The queue manager makes up
**  for its flush within FLUSH_MS (job controller).  If the host fails before, process_recover()
**  keeps the request in VMSROOT/.shim/queue.redo, and the next queue manager enters it, unless an
**  entry of that file is there, or the file is gone.
**
**  Threads: any.  Crash point: crash:queue_request_logged.
*/
#ifndef SHIM_QUEUE_REDO_H
#define SHIM_QUEUE_REDO_H

#include "process_journal.h"

namespace shim {

struct QueueRequest {
    uint16_t function;
    std::string body;    /* as it is sent: caller, items */
};

/* True: the ticket is to be flushed, and finished when the answer has come. */
bool queue_redo_write(uint16_t function, const std::string &body, JournalTicket *ticket);
/* True: it is on disk. */
bool queue_redo_flush(const JournalTicket &ticket);
/* Would queue_redo_flush() wait for the flush of others first? */
bool queue_redo_crowded();
void queue_redo_finished(const JournalTicket &ticket);

/* For recovery: the rest of a record. */
uint32_t queue_redo_keep(JournalReader *in);
/* For the queue manager: what was kept, in order; and that it has been done and is on disk. */
std::vector<QueueRequest> queue_redo_read();
void queue_redo_done();

} // namespace shim

#endif
