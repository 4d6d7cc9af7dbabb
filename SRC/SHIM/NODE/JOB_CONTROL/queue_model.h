/*
**  queue_model - queues and entries as the queue manager keeps them in memory
**
**  A queue's jobs are one ordered set (executing, pending by priority and age, timed, holding,
**  retained), so the next job and a listing cost O(log n) whatever is queued.  Generic queues know
**  their targets and execution queues the generic queues that feed them.  Everything here runs on
**  the job controller's one thread.
*/
#ifndef SHIM_QUEUE_MODEL_H
#define SHIM_QUEUE_MODEL_H

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace shim::job_control {

const uint32_t ENTRY_NUMBER_MAX = 99999999;  /* then from 1 again */
const uint32_t DEFAULT_PRIORITY = 100;       /* DEFQUEPRI */
/* Not a file: the host of batch jobs (batch_host.h). */
const char BATCH_PROCESSOR[] = "*BATCH";
const uint32_t DEFAULT_PROTECTION = 0xDE7B;  /* S:M, O:D, G:R, W:S; a bit set is denied */

struct Queue;

enum JobRank { JOB_EXECUTING, JOB_PENDING, JOB_TIMED, JOB_HOLDING, JOB_RETAINED, JOB_OPEN };

/* Order inside a queue; also the cursor of a listing. */
struct JobKey {
    uint32_t rank, reverse_priority; /* 255 - priority */
    uint64_t order;                  /* of submission */
    bool operator<(const JobKey &other) const
    {
        if (rank != other.rank)
            return rank < other.rank;
        if (reverse_priority != other.reverse_priority)
            return reverse_priority < other.reverse_priority;
        return order < other.order;
    }
};

struct JobFile {
    std::string spec, identification; /* 28 bytes: DVI, FID, DID */
    uint32_t copies;
    bool remove;                      /* delete at completion */
    JobFile() : copies(1), remove(false) {}
};

enum JobEnd { END_COMPLETE, END_DELETE, END_REQUEUE };

struct Entry {
    uint32_t number, uic, pid, priority, copies, condition, request_flags;
    uint64_t order, submitted, after, ended, retain_until;
    JobRank rank;
    bool hold, restart, notify, restarting, retain, retain_error, saved, dirty;
    bool log_null, log_delete, log_spool; /* of a batch job */
    std::string items;        /* texts in the encoding of START_TASK: names, note, parameters */
    std::string checkpoint;
    std::vector<JobFile> files;
    Queue *entered, *queue;   /* queue named by the user; queue whose set holds it */
    /* while it executes */
    uint32_t file, copy, job_copy;
    JobEnd end;
    uint32_t stop_condition;
    bool requeue_hold;
    Queue *requeue_to;
    int owner_link;           /* of an open job: the client that creates it */
    std::vector<std::pair<int, uint32_t>> waiters; /* $SYNCHRONIZE: client, request id */
    Entry();
    JobKey key() const { return JobKey{static_cast<uint32_t>(rank), 255 - priority, order}; }
    std::string text(uint16_t code) const;              /* an item of `items` */
    void set_text(uint16_t code, const std::string &value);
    std::string encode() const;
    bool decode(const std::string &body, std::string *entered_name, std::string *queue_name);
};

enum QueueRun { RUN_STOPPED, RUN_STARTING, RUN_IDLE, RUN_BUSY, RUN_STOPPING, RUN_RESETTING };
enum QueuePause { PAUSE_NONE, PAUSE_ASKED, PAUSE_DONE, PAUSE_RESUMING };

struct Queue {
    uint32_t id, protection, owner, priority, job_limit, base_priority;
    bool generic, server, printer, terminal, retain_all, retain_error, closed, disabled, autostart;
    bool batch;               /* its jobs are processes; `active` is not used */
    bool wanted;              /* started, as far as the user is concerned; survives a crash */
    std::string name, processor, node, device, description, library, reset_modules, form;
    std::vector<std::string> autostart_on, targets;
    /* not stored */
    QueueRun run;
    QueuePause pause;
    bool stop_next, task_begun, stop_sent;
    uint32_t device_status, failures;
    Entry *active;
    size_t next_target;
    std::vector<Queue *> target_queues, sources;
    std::map<JobKey, Entry *> jobs;
    uint32_t counts[JOB_OPEN + 1];
    Queue();
    bool idle() const;        /* can be given a task now */
    std::string encode() const;
    bool decode(const std::string &body);
};

class QueueModel {
public:
    QueueModel();
    Queue *find_queue(const std::string &name);
    Queue *queue_by_id(uint32_t id);
    Entry *find_entry(uint32_t number);
    Queue *add_queue(std::unique_ptr<Queue> queue);
    void remove_queue(Queue *queue);
    void link_targets();                      /* after a change of targets or queues */
    uint32_t free_number();
    Entry *add_entry(std::unique_ptr<Entry> entry); /* rank and queue are set */
    void remove_entry(Entry *entry);
    /* Around a change of rank, queue, priority, after or retain_until. */
    void take_out(Entry *entry);
    void put_in(Entry *entry);
    void place(Entry *entry, JobRank rank, Queue *queue); /* moves it, keeps counts and timers */
    Entry *first_pending(Queue *queue);
    /* The job to run next on an idle execution queue: its own or a generic queue's. */
    Entry *next_for(Queue *queue);
    std::map<std::string, std::unique_ptr<Queue>> queues;
    std::map<uint32_t, std::unique_ptr<Entry>> entries;
    std::set<std::pair<uint64_t, uint32_t>> timed;  /* (time, entry): release or end of retention */
    uint64_t next_order;
    uint32_t last_number, last_queue;

private:
    std::map<uint32_t, Queue *> by_id_;
};

} // namespace shim::job_control

#endif
