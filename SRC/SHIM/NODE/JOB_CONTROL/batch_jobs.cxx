/*
**  batch_jobs - batch queues: processes instead of streams
**
**  A started batch queue is idle, whatever it executes: it takes jobs up to its limit.  Messages
**  to and from the host of batch jobs carry the entry's number.  STOP/QUEUE suspends the queue's
**  processes, /RESET ends them: a job that may be restarted waits again, with $RESTART true, any
**  other one is aborted.  System Manager's Manual, Managing Batch Queues.
*/
#include "queue_manager.h"
#include "shim.h"

#include <jbcmsgdef.h>
#include <smbdef.h>
#include <sys/stat.h>

namespace shim::job_control {

namespace {

std::vector<Entry *> executing(Queue *queue)
{
    std::vector<Entry *> all;
    for (auto &row : queue->jobs)
        if (row.second->rank == JOB_EXECUTING)
            all.push_back(row.second);
    return all;
}

} // namespace

void QueueManager::send_batch(Queue *queue, uint16_t request, uint32_t entry,
                              const std::string &given)
{
    std::string items = given;
    add_long(&items, SMBMSG$K_ENTRY_NUMBER, entry);
    if (!output_->send_stream(queue->node, queue->id, BATCH_PROCESSOR, request, items))
        lose_batch(queue);
}

void QueueManager::dispatch_batch(Queue *queue)
{
    while (queue->idle()) {
        Entry *entry = model_.next_for(queue);
        if (!entry)
            return;
        start_batch_job(queue, entry);
    }
}

void QueueManager::start_batch_job(Queue *queue, Entry *entry)
{
    model_.place(entry, JOB_EXECUTING, queue);
    entry->end = END_COMPLETE;
    entry->requeue_to = nullptr;
    entry->requeue_hold = false;
    entry->condition = 0;
    save(entry); /* on disk before it begins: an aborted job must not run twice */
    durable_ = true;
    std::string items = entry->items;
    add_item(&items, SMBMSG$K_EXECUTOR_QUEUE, queue->name);
    for (const JobFile &file : entry->files)
        add_item(&items, SMBMSG$K_FILE_SPECIFICATION, file.spec);
    add_long(&items, SMBMSG$K_PRIORITY, queue->base_priority);
    if (!entry->checkpoint.empty())
        add_item(&items, SMBMSG$K_CHECKPOINT_DATA, entry->checkpoint);
    add_long(&items, SMBMSG$K_REQUEST_CONTROL, entry->restarting ? SMBMSG$M_RESTARTING : 0);
    add_long(&items, SMBMSG$K_PRINT_CONTROL, entry->log_null ? 1 : 0);
    send_batch(queue, SMBMSG$K_START_TASK, entry->number, items);
}

void QueueManager::batch_event(Queue *queue, uint16_t request, const std::string &items)
{
    std::string data;
    find_item(items, SMBMSG$K_ENTRY_NUMBER, &data);
    Entry *entry = model_.find_entry(static_cast<uint32_t>(wire_number(data)));
    if (!entry || entry->queue != queue || entry->rank != JOB_EXECUTING)
        return; /* lost meanwhile */
    if (request == SMBMSG$K_START_TASK) {
        find_item(items, QUEUE_ITEM_PID, &data);
        entry->pid = static_cast<uint32_t>(wire_number(data));
    } else if (request == SMBMSG$K_TASK_COMPLETE) {
        find_item(items, SMBMSG$K_CONDITION_VECTOR, &data);
        uint32_t status = static_cast<uint32_t>(wire_number(data));
        if (find_item(items, QUEUE_ITEM_LOG, &data))
            print_log(*entry, data);
        end_batch_job(queue, entry, status);
    }
}

void QueueManager::end_batch_job(Queue *queue, Entry *entry, uint32_t status)
{
    if (entry->end == END_DELETE)
        status = entry->stop_condition ? entry->stop_condition
                                       : static_cast<uint32_t>(JBC$_JOBABORT);
    entry->condition = status & 1 ? 0 : status;
    finish_job(entry, status);
    stop_batch(queue);
    if (queue->run == RUN_STOPPED && queue->wanted)
        start_stream(queue);
    dispatch(queue);
}

/* /PRINTER: an entry of its own, in the queue that was named, when there is one. */
void QueueManager::print_log(const Entry &entry, const std::string &log)
{
    Queue *queue = model_.find_queue(entry.text(QUEUE_ITEM_LOG_QUEUE));
    std::string path;
    struct stat about;
    if (!entry.log_spool || !queue ||
        !(host_path(log, std::string(), true, &path, nullptr, &about) & 1))
        return;
    std::unique_ptr<Entry> made(new Entry);
    made->entered = made->queue = queue;
    made->priority = queue->priority;
    made->submitted = now();
    made->uic = entry.uic;
    made->set_text(SMBMSG$K_USER_NAME, entry.text(SMBMSG$K_USER_NAME));
    made->set_text(SMBMSG$K_ACCOUNT_NAME, entry.text(SMBMSG$K_ACCOUNT_NAME));
    made->set_text(SMBMSG$K_JOB_NAME, entry.text(SMBMSG$K_JOB_NAME));
    JobFile file;
    file.spec = log;
    file.remove = entry.log_delete;
    file.identification.assign(28, 0);
    for (int i = 0; i < 6; ++i)
        file.identification[static_cast<size_t>(16 + i)] =
            static_cast<char>(static_cast<uint64_t>(about.st_ino) >> (8 * i));
    made->files.push_back(file);
    made->rank = rank_of(*made);
    made->number = model_.free_number();
    Entry *added = model_.add_entry(std::move(made));
    save(added);
    wake(added);
}

void QueueManager::stop_batch(Queue *queue)
{
    if (queue->run == RUN_STOPPED || queue->counts[JOB_EXECUTING] ||
        (queue->run == RUN_IDLE && !queue->stop_next && queue->wanted))
        return;
    queue->run = RUN_STOPPED;
    queue->pause = PAUSE_NONE;
    queue->stop_next = false;
}

void QueueManager::abort_batch(Queue *queue)
{
    if (queue->run == RUN_STOPPED)
        return;
    queue->run = RUN_RESETTING;
    for (Entry *entry : executing(queue)) {
        if (entry->end == END_COMPLETE) {
            entry->end = entry->restart ? END_REQUEUE : END_DELETE;
            entry->stop_condition = JBC$_JOBABORT;
        }
        send_batch(queue, SMBMSG$K_STOP_TASK, entry->number, std::string());
    }
    stop_batch(queue);
}

void QueueManager::lose_batch(Queue *queue)
{
    for (Entry *entry : executing(queue)) {
        if (entry->end == END_DELETE)
            remove_job(entry, JBC$_JOBDELETE);
        else if (entry->restart || entry->end == END_REQUEUE)
            requeue_job(entry);
        else
            finish_job(entry, JBC$_JOBABORT);
    }
}

} // namespace shim::job_control
