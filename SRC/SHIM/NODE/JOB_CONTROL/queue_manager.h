/*
**  queue_manager - what the queue manager decides: requests, streams, jobs, time
**
**  Knows nothing of sockets: replies and messages to streams go to a QueueOutput, which sends them
**  after the commit that they depend on.  A request that must be on disk before its answer sets
**  durable(), one that its client has there already changed(); the rest rides with the next commit
**  (at most 50 ms later; lost in a crash, a job runs again).  One thread.
**  spec/vms-api.md 1.2, 1.8, 2.
*/
#ifndef SHIM_QUEUE_MANAGER_H
#define SHIM_QUEUE_MANAGER_H

#include "queue_model.h"
#include "queue_redo.h"
#include "queue_store.h"
#include "queue_wire.h"

namespace shim::job_control {

class QueueOutput {
public:
    virtual ~QueueOutput() {}
    virtual void reply(int client, uint32_t id, uint32_t status, const std::string &items) = 0;
    /* False when the node has no job controller now. */
    virtual bool send_stream(const std::string &node, uint32_t queue, const std::string &processor,
                             uint16_t request, const std::string &items) = 0;
    virtual bool node_known(const std::string &node) = 0;
};

/* The items of a $SNDJBC request, checked against the table of item codes. */
class JobItems {
public:
    /* JBC$_NORMAL, JBC$_INVITMCOD, JBC$_INVPARLEN */
    uint32_t parse(const std::string &items);
    bool has(uint16_t code) const;
    std::string text(uint16_t code) const;   /* the last of that code */
    std::string name(uint16_t code) const;   /* upper case, trimmed */
    uint32_t longword(uint16_t code) const;
    uint64_t quadword(uint16_t code) const;
    std::vector<std::string> list(uint16_t code) const;

private:
    std::vector<std::pair<uint16_t, std::string>> rows_;
};

class QueueManager {
public:
    QueueManager(QueueStore *store, QueueOutput *output);
    bool load();                 /* everything stored; what was executing is pending again */
    void request(int client, const QueueFrame &frame);
    void redo(const QueueRequest &request);
    /* What the client says of its request `of`; how: QueueSettled. */
    void settled(int client, uint32_t id, uint32_t of, uint16_t how);
    void client_gone(int client);
    void node_up(const std::string &node);
    void node_down(const std::string &node);
    void from_stream(uint32_t queue, uint16_t request, const std::string &items);
    void stream_gone(uint32_t queue, uint32_t status);
    void run_timers();
    bool has_timers() const { return !model_.timed.empty(); }
    /* The node shuts down: its streams stop after their tasks, and start again with the node. */
    void stop_node(const std::string &node);
    bool node_stopped(const std::string &node) const;
    bool durable() const { return durable_; }  /* an answer waits for a flushed commit */
    bool changed() const { return changed_; }  /* or for a commit */
    void write_dirty();          /* before a commit */
    bool dirty() const { return !dirty_.empty(); }
    void committed(bool flushed); /* after it */

private:
    typedef uint32_t (QueueManager::*Function)(const JobItems &);
    static Function function_of(uint16_t code);
    /* queue_functions.cxx: queues; job_functions.cxx: jobs; 0 = answered later */
    uint32_t create_queue(const JobItems &items);
    uint32_t alter_queue(const JobItems &items, Queue *queue);
    uint32_t delete_queue(const JobItems &items, Queue *queue);
    uint32_t start_queue(const JobItems &items, Queue *queue);
    uint32_t stop_queue(const JobItems &items, Queue *queue);
    uint32_t reset_queue(const JobItems &items, Queue *queue);
    uint32_t pause_queue(const JobItems &items, Queue *queue);
    uint32_t stop_all_on_node(const JobItems &items);
    uint32_t merge_queue(const JobItems &items, Queue *queue);
    uint32_t enable_autostart(const JobItems &items);
    uint32_t disable_autostart(const JobItems &items);
    uint32_t enter_file(const JobItems &items);
    uint32_t create_job(const JobItems &items);
    uint32_t add_file(const JobItems &items);
    uint32_t close_job(const JobItems &items);
    uint32_t close_delete(const JobItems &items);
    uint32_t alter_job(const JobItems &items);
    uint32_t delete_job(const JobItems &items);
    uint32_t abort_job(const JobItems &items);
    uint32_t synchronize_job(const JobItems &items);
    uint32_t batch_checkpoint(const JobItems &items);
    uint32_t start_manager(const JobItems &items);
    uint32_t stop_manager(const JobItems &items);
    uint32_t write_accounting(const JobItems &items); /* accounting.cxx */

    uint32_t set_queue_attributes(const JobItems &items, Queue *queue);
    uint32_t set_placement(const JobItems &items, Queue *queue);
    uint32_t set_targets(const JobItems &items, Queue *queue);
    uint32_t managed_queue(const JobItems &items, Queue **queue);
    /* A function on the one queue that the caller names and may manage. */
    template <uint32_t (QueueManager::*Act)(const JobItems &, Queue *)>
    uint32_t on_managed(const JobItems &items)
    {
        Queue *queue = nullptr;
        uint32_t status = managed_queue(items, &queue);
        return status & 1 ? (this->*Act)(items, queue) : status;
    }
    /* action(Queue *) for each queue of the node that is named, else the caller's; needs OPER. */
    template <typename Action> uint32_t each_on_node(const JobItems &items, Action action);
    void stop_for_good(Queue *queue);
    uint32_t submit_queue(const JobItems &items, uint16_t code, Queue **queue);
    uint32_t new_job(const JobItems &items, std::unique_ptr<Entry> *entry);
    uint32_t set_owner(const JobItems &items, Entry *entry);
    uint32_t set_job_attributes(const JobItems &items, Entry *entry);
    void set_log(const JobItems &items, Entry *entry);
    void set_job_texts(const JobItems &items, Entry *entry);
    uint32_t take_file(const JobItems &items, Entry *entry);
    uint32_t entry_of(const JobItems &items, bool executing_only, Entry **entry);
    Entry *open_job();
    void submit(std::unique_ptr<Entry> entry, const JobItems &items);
    void hold_back(Entry *entry);
    void let_go(uint32_t number);
    void answer_job(const Entry &entry, const JobItems &items);
    uint32_t stop_executing(Entry *entry, JobEnd end, uint32_t condition);
    bool may(uint32_t access, uint32_t owner, const Queue &queue) const;
    bool operator_caller() const;

    /* queue_display.cxx */
    uint32_t display(uint16_t function, const QueueQuery &query);
    uint32_t display_queues(const QueueQuery &query);
    uint32_t display_jobs(const QueueQuery &query);
    uint32_t display_entries(const QueueQuery &query);
    bool job_matches(const Entry &entry, const QueueQuery &query) const;

    /* queue_streams.cxx */
    void start_stream(Queue *queue);
    void stop_stream(Queue *queue);
    void dispatch(Queue *queue);
    void wake(Entry *entry);
    void start_job(Queue *queue, Entry *entry);
    void send_task(Queue *queue);
    std::string task_items(const Queue &queue, const Entry &entry) const;
    void send(Queue *queue, uint16_t request, const std::string &items);
    void stream_started(Queue *queue, const std::string &items);
    void task_ended(Queue *queue, uint32_t status);
    void task_status(Queue *queue, const std::string &items);
    void after_task(Queue *queue);
    void stream_stopped(Queue *queue);
    void finish_job(Entry *entry, uint32_t status);
    void requeue_job(Entry *entry);
    void remove_job(Entry *entry, uint32_t status);
    void lose_active(Queue *queue);
    void set_device_status(Queue *queue, uint32_t status);
    void breach(const Queue &queue, const std::string &what);
    JobRank rank_of(const Entry &entry) const; /* pending, timed or holding */

    /* batch_jobs.cxx */
    void dispatch_batch(Queue *queue);
    void start_batch_job(Queue *queue, Entry *entry);
    void send_batch(Queue *queue, uint16_t request, uint32_t entry, const std::string &items);
    void batch_event(Queue *queue, uint16_t request, const std::string &items);
    void end_batch_job(Queue *queue, Entry *entry, uint32_t status);
    void print_log(const Entry &entry, const std::string &log);
    void stop_batch(Queue *queue);   /* when nothing executes any more */
    void abort_batch(Queue *queue);  /* at once: restartable jobs wait again */
    void lose_batch(Queue *queue);   /* their node has gone */

    void save(Queue *queue);
    void save(Entry *entry);     /* with the answer to the request */
    void touch(Entry *entry);    /* with a later commit */

    QueueModel model_;
    QueueStore *store_;
    QueueOutput *output_;
    bool durable_, changed_;
    bool logged_, logging_;           /* the request being done: its client has it on disk, will */
    std::set<uint32_t> dirty_, waited_;       /* entries: to write; with waiters */
    std::map<int, uint32_t> open_;            /* client: its open job */
    /* client and its request: an entry that may not be on disk there; it is JOB_OPEN for so long */
    std::map<std::pair<int, uint32_t>, uint32_t> unsettled_;
    std::vector<JobFile> removable_;  /* files to delete after the commit */
    std::set<std::string> nodes_, stopping_nodes_;
    bool disabled_ = false;           /* STOP/QUEUE/MANAGER */
    /* the request being done */
    QueueCaller caller_;
    int client_;
    uint32_t request_;
    std::string answer_;
};

/* "Job X (queue Q, entry 5) pending", as PRINT displays it. */
std::string job_status_text(const Entry &entry);
std::string vms_time_text(uint64_t time);        /* 21-NOV-2026 10:00 */
bool queue_wild_match(const std::string &pattern, const std::string &name);
void delete_job_file(const JobFile &file);       /* by identity, else not at all */

} // namespace shim::job_control

#endif
