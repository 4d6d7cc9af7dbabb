/*
**  smb - the symbiont's line to the job controller (SMB$ routines)
**
**  The AST routine copies the message, queues it and wakes the main thread; it never answers.
**  One main thread calls smb_next() until it says no, works, then hibernates.  Replies may come
**  from any thread; they are serialised here.  Nothing may ever write to SYS$OUTPUT: it is the
**  job controller's mailbox.  TASK_COMPLETE ends the entry whatever its status: a retry is a
**  new entry (queue_submit) made before.  spec/vms-api.md 1.1 - 1.6.
*/
#ifndef MAIL_VMS_SMB_H
#define MAIL_VMS_SMB_H

#include "VMS/status.h"
#include "VMS/vmstime.h"

namespace mail {

const boost::uint32_t SMB_STREAMS_MAX = 32;

enum SmbRequest {
    SMB_PAUSE_TASK = 1, SMB_RESET_STREAM, SMB_RESUME_TASK, SMB_START_STREAM, SMB_START_TASK,
    SMB_STOP_STREAM, SMB_STOP_TASK
};

/* Items that the message did not carry are empty or 0. */
struct SmbMessage {
    boost::uint32_t stream; /* 0..31 */
    SmbRequest request;
    boost::uint32_t entry;
    boost::uint32_t priority;
    boost::uint32_t stop_condition; /* STOP_TASK: the condition to answer with */
    boost::uint32_t uic;
    bool restarting;                /* the job ran before and was cut off */
    bool first_file, last_file;
    VmsTime queued, after;
    std::string queue;              /* where the job was entered */
    std::string executor;           /* the queue of this stream */
    std::string device, library;    /* START_STREAM: /ON= device, /LIBRARY= */
    std::string file;               /* full specification */
    std::string file_id;            /* 28 bytes: device, file and directory identification */
    std::string user, account, job_name, note, checkpoint;
    std::string parameter[8];
    SmbMessage()
        : stream(0), request(SMB_START_STREAM), entry(0), priority(0), stop_condition(0), uic(0),
          restarting(false), first_file(false), last_file(false), queued(0), after(0)
    {
    }
};

/* Once, first. streams 1..32. */
Status smb_initialise(boost::uint32_t streams);
/* The oldest message not yet taken; false when there is none. Main thread. */
bool smb_next(SmbMessage *message);
/* smb_next that hibernates until there is a message or somebody calls process_wake(). */
bool smb_wait(SmbMessage *message);
/* The line to the job controller broke, or a reply failed: finish what runs and exit. */
bool smb_is_lost();

/* START_STREAM accepted as a server stream, or refused when status is not ok(). */
Status smb_reply_start_stream(boost::uint32_t stream, const Status &status);
/* The plain echo: START_TASK (at once), PAUSE_TASK, RESUME_TASK, STOP_STREAM, RESET_STREAM. */
Status smb_reply(boost::uint32_t stream, SmbRequest request);
/* The task is done; frees the stream. pages goes to accounting. */
Status smb_task_complete(boost::uint32_t stream, const Status &status, boost::uint32_t pages);
/* Answer to STOP_TASK, after the work on the task has ceased. */
Status smb_task_stopped(boost::uint32_t stream, boost::uint32_t stop_condition);
/* While a task is active: checkpoint text shown and given back at a restart. */
Status smb_task_status(boost::uint32_t stream, const std::string &checkpoint);

} // namespace mail

#endif
