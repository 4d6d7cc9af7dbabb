/*
**  queue - the job controller: entries of server queues, queues ($SNDJBC, $GETQUI)
**
**  A submitted entry is permanent when queue_submit returns success.  Entry numbers are reused by
**  the system: never an identity of a message.  Times are absolute; 0 means none.
**  spec/vms-api.md 1.6 and 2.  Any thread; never from an AST.
*/
#ifndef MAIL_VMS_QUEUE_H
#define MAIL_VMS_QUEUE_H

#include "VMS/status.h"
#include "VMS/vmstime.h"

#include <vector>

namespace mail {

const size_t QUEUE_NAME_MAX = 31;
const size_t QUEUE_JOB_NAME_MAX = 39;
const size_t QUEUE_NOTE_MAX = 255;
const int QUEUE_PARAMETERS = 8;

struct QueueJob {
    std::string queue;
    std::string file;                         /* full specification, with version */
    std::string name;                         /* empty: the file's name */
    std::string note;
    std::string parameter[QUEUE_PARAMETERS];  /* P1..P8, each at most 255 bytes */
    std::string user;                         /* submit as this user (CMKRNL); empty: the caller */
    VmsTime after;                            /* 0: at once */
    boost::uint32_t priority;                 /* 0: the queue's default */
    bool hold;
    bool delete_file;                         /* the job controller deletes it when the job ends */
    QueueJob() : after(0), priority(0), hold(false), delete_file(false) {}
};

/* *entry and *text ("Job X (queue Y, entry 5) pending") may be 0. */
Status queue_submit(const QueueJob &job, boost::uint32_t *entry, std::string *text);

struct QueueChange {
    bool set_after, set_hold, hold, set_note, clear_after;
    VmsTime after;
    std::string note, move_to_queue;
    QueueChange()
        : set_after(false), set_hold(false), hold(false), set_note(false), clear_after(false),
          after(0)
    {
    }
};
/* Only entries that are not executing (locked() otherwise). */
Status queue_change_entry(boost::uint32_t entry, const QueueChange &change);
/* Clears hold and after-time: runs as soon as a stream is free. */
Status queue_release_entry(boost::uint32_t entry);
/* Any entry; an executing one is stopped first. */
Status queue_delete_entry(boost::uint32_t entry);
/* Stops the executing job and puts it back; hold keeps it there. */
Status queue_requeue_entry(const std::string &queue, boost::uint32_t entry, bool hold);

enum QueueEntryState { ENTRY_PENDING, ENTRY_EXECUTING, ENTRY_HOLDING, ENTRY_TIMED, ENTRY_RETAINED,
                       ENTRY_OTHER };
struct QueueEntry {
    boost::uint32_t entry;
    QueueEntryState state;
    boost::uint32_t priority;
    VmsTime submitted, after;
    boost::uint32_t completion;   /* condition of a retained entry */
    std::string name, queue, user, note, file;
    std::string parameter[QUEUE_PARAMETERS];
    QueueEntry()
        : entry(0), state(ENTRY_OTHER), priority(0), submitted(0), after(0), completion(0)
    {
    }
};
/* not_found() when there is no such entry. */
Status queue_find_entry(boost::uint32_t entry, QueueEntry *found);
/* All entries of one queue (name may hold wildcards), every user's. */
Status queue_entries(const std::string &queue, std::vector<QueueEntry> *entries);

struct QueueInfo {
    std::string name, processor, node, description;
    std::vector<std::string> targets; /* of a generic queue */
    bool generic, server, stopped, paused, stalled, closed, idle, busy, starting, stopping;
    boost::uint32_t executing, holding, pending, timed, retained;
    QueueInfo()
        : generic(false), server(false), stopped(false), paused(false), stalled(false),
          closed(false), idle(false), busy(false), starting(false), stopping(false), executing(0),
          holding(0), pending(0), timed(0), retained(0)
    {
    }
};
Status queue_find(const std::string &name, QueueInfo *info);
/* name with wildcards, at most all queues of the system. */
Status queue_list(const std::string &name, std::vector<QueueInfo> *queues);

/* Server queues of a processor (symbiont), and the generic queue before them. Need OPER. */
Status queue_create_server(const std::string &name, const std::string &processor,
                           const std::string &node, bool start);
Status queue_create_generic(const std::string &name, const std::vector<std::string> &targets,
                            bool start);
Status queue_start(const std::string &name);
Status queue_stop(const std::string &name, bool reset); /* reset false: after the current job */
Status queue_delete(const std::string &name);

} // namespace mail

#endif
