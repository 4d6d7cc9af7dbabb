/*
**  queue_streams - each execution queue's stream: its messages, its task, its end
**
**  stopped -> starting (START_STREAM sent) -> idle -> busy (START_TASK sent) -> ...  A stream gets
**  no second START_TASK before TASK_COMPLETE or the reply to STOP_TASK.  An answer that no request
**  asked for is a breach of protocol: reported, ignored.  An error status never retries a job.
*/
#include "queue_manager.h"
#include "shim.h"

#include <jbcmsgdef.h>
#include <smbdef.h>

namespace shim::job_control {

namespace {

const uint32_t RESTARTS_MAX = 5;   /* of an autostart queue, without a task completed in between */

uint32_t condition_of(const std::string &items)
{
    std::string vector;
    find_item(items, SMBMSG$K_CONDITION_VECTOR, &vector);
    return vector.size() < 4 ? static_cast<uint32_t>(JBC$_NORMAL)
                             : static_cast<uint32_t>(wire_number(vector.substr(0, 4)));
}

uint32_t print_control(const Entry &entry, const JobFile &file)
{
    return (file.remove ? SMBMSG$M_DELETE_FILE : 0) | (entry.notify ? SMBMSG$M_NOTIFY : 0) |
           (entry.restart ? SMBMSG$M_RESTART : 0) | (entry.retain ? SMBMSG$M_JOB_RETAIN : 0) |
           (entry.retain_error ? SMBMSG$M_JOB_ERROR_RETAIN : 0);
}

} // namespace

void QueueManager::breach(const Queue &queue, const std::string &what)
{
    violation("QMAN-I-INVSMBMSG, invalid data in message from symbiont of queue %s: %s",
              queue.name.c_str(), what.c_str());
}

void QueueManager::send(Queue *queue, uint16_t request, const std::string &items)
{
    if (!output_->send_stream(queue->node, queue->id, queue->processor, request, items))
        stream_gone(queue->id, JBC$_SYMDEL);
}

void QueueManager::start_stream(Queue *queue)
{
    if (queue->generic || queue->run != RUN_STOPPED || !nodes_.count(queue->node) ||
        stopping_nodes_.count(queue->node))
        return;
    queue->run = RUN_STARTING;
    queue->stop_next = queue->stop_sent = false;
    queue->pause = PAUSE_NONE;
    queue->device_status = 0;
    if (queue->batch) {
        queue->run = RUN_IDLE;
        dispatch(queue);
        return;
    }
    std::string items;
    add_item(&items, SMBMSG$K_EXECUTOR_QUEUE, queue->name);
    add_item(&items, SMBMSG$K_DEVICE_NAME, queue->device);
    add_item(&items, SMBMSG$K_JOB_RESET_MODULES, queue->reset_modules);
    add_item(&items, SMBMSG$K_LIBRARY_SPECIFICATION,
             queue->library.empty() ? "" : "SYS$LIBRARY:" + queue->library + ".TLB");
    send(queue, SMBMSG$K_START_STREAM, items);
}

void QueueManager::stop_stream(Queue *queue)
{
    if (queue->batch) {
        queue->stop_next = queue->run == RUN_IDLE;
        stop_batch(queue);
        return;
    }
    if (queue->run == RUN_STARTING || queue->active) {
        queue->stop_next = true;
        return;
    }
    if (queue->run != RUN_IDLE)
        return;
    queue->run = RUN_STOPPING;
    send(queue, SMBMSG$K_STOP_STREAM, std::string());
}

void QueueManager::dispatch(Queue *queue)
{
    if (queue->batch) {
        dispatch_batch(queue);
        return;
    }
    if (!queue->idle())
        return;
    if (Entry *entry = model_.next_for(queue))
        start_job(queue, entry);
}

void QueueManager::wake(Entry *entry)
{
    if (entry->rank != JOB_PENDING)
        return;
    Queue *queue = entry->queue;
    if (!queue->generic) {
        dispatch(queue);
        return;
    }
    size_t count = queue->wanted ? queue->target_queues.size() : 0;
    for (size_t i = 0; i < count; ++i) {
        Queue *target = queue->target_queues[(queue->next_target + i) % count];
        if (target->idle()) {
            queue->next_target = (queue->next_target + i + 1) % count;
            dispatch(target);
            return;
        }
    }
}

void QueueManager::start_job(Queue *queue, Entry *entry)
{
    model_.place(entry, JOB_EXECUTING, queue);
    queue->active = entry;
    queue->run = RUN_BUSY;
    queue->stop_sent = false;
    entry->file = entry->copy = entry->job_copy = 0;
    entry->end = END_COMPLETE;
    entry->requeue_to = nullptr;
    entry->requeue_hold = false;
    entry->condition = 0;
    if (entry->restart)
        touch(entry);
    else { /* must not run twice: on disk before the task begins */
        save(entry);
        durable_ = true;
    }
    send_task(queue);
}

std::string QueueManager::task_items(const Queue &queue, const Entry &entry) const
{
    const JobFile &file = entry.files[entry.file];
    std::string items = entry.items;
    add_long(&items, SMBMSG$K_ENTRY_NUMBER, entry.number);
    add_item(&items, SMBMSG$K_QUEUE, entry.entered->name);
    add_item(&items, SMBMSG$K_EXECUTOR_QUEUE, queue.name);
    add_item(&items, SMBMSG$K_FILE_SPECIFICATION, file.spec);
    if (!file.identification.empty())
        add_item(&items, SMBMSG$K_FILE_IDENTIFICATION, file.identification);
    add_long(&items, SMBMSG$K_FILE_COPIES, file.copies);
    add_long(&items, SMBMSG$K_FILE_COUNT, entry.copy + 1);
    add_long(&items, SMBMSG$K_JOB_COPIES, entry.copies);
    add_long(&items, SMBMSG$K_JOB_COUNT, entry.job_copy + 1);
    add_long(&items, SMBMSG$K_PRIORITY, entry.priority);
    add_long(&items, SMBMSG$K_UIC, entry.uic);
    add_quad(&items, SMBMSG$K_TIME_QUEUED, entry.submitted);
    if (entry.after)
        add_quad(&items, SMBMSG$K_AFTER_TIME, entry.after);
    if (!entry.checkpoint.empty())
        add_item(&items, SMBMSG$K_CHECKPOINT_DATA, entry.checkpoint);
    add_long(&items, SMBMSG$K_PRINT_CONTROL, print_control(entry, file));
    add_long(&items, SMBMSG$K_REQUEST_CONTROL, entry.restarting ? SMBMSG$M_RESTARTING : 0);
    bool first = entry.file == 0 && entry.copy == 0;
    bool last = entry.file + 1 == entry.files.size() && entry.copy + 1 == file.copies;
    add_long(&items, SMBMSG$K_SEPARATION_CONTROL, (first ? SMBMSG$M_FIRST_FILE_OF_JOB : 0) |
                                                      (last ? SMBMSG$M_LAST_FILE_OF_JOB : 0));
    return items;
}

void QueueManager::send_task(Queue *queue)
{
    queue->task_begun = false;
    send(queue, SMBMSG$K_START_TASK, task_items(*queue, *queue->active));
}

void QueueManager::from_stream(uint32_t id, uint16_t request, const std::string &items)
{
    Queue *queue = model_.queue_by_id(id);
    if (!queue)
        return;
    if (queue->batch) {
        batch_event(queue, request, items);
        return;
    }
    switch (request) {
    case SMBMSG$K_START_STREAM:
        stream_started(queue, items);
        break;
    case SMBMSG$K_START_TASK:
        if (!queue->active || queue->task_begun)
            breach(*queue, "START_TASK not asked for");
        queue->task_begun = true;
        break;
    case SMBMSG$K_STOP_TASK:
        if (!queue->active || !queue->stop_sent)
            breach(*queue, "STOP_TASK not asked for");
        else
            task_ended(queue, condition_of(items));
        break;
    case SMBMSG$K_TASK_COMPLETE:
        if (!queue->active)
            breach(*queue, "TASK_COMPLETE without a task");
        else
            task_ended(queue, condition_of(items));
        break;
    case SMBMSG$K_TASK_STATUS:
        task_status(queue, items);
        break;
    case SMBMSG$K_STOP_STREAM:
    case SMBMSG$K_RESET_STREAM:
        if (queue->run != RUN_STOPPING && queue->run != RUN_RESETTING)
            breach(*queue, "STOP_STREAM not asked for");
        else
            stream_stopped(queue);
        break;
    case SMBMSG$K_PAUSE_TASK:
        if (queue->pause != PAUSE_ASKED)
            breach(*queue, "PAUSE_TASK not asked for");
        else
            queue->pause = PAUSE_DONE;
        break;
    case SMBMSG$K_RESUME_TASK:
        if (queue->pause != PAUSE_RESUMING)
            breach(*queue, "RESUME_TASK not asked for");
        else
            queue->pause = PAUSE_NONE;
        break;
    default:
        breach(*queue, "request code " + std::to_string(request));
    }
}

void QueueManager::stream_started(Queue *queue, const std::string &items)
{
    std::string status;
    if (queue->run != RUN_STARTING) {
        breach(*queue, "START_STREAM not asked for");
        return;
    }
    if ((condition_of(items) & 1) == 0) {
        operator_message("SYSTEM", "%QMAN-E-QUEUENOTSTART, queue " + queue->name +
                                       " could not be started by its symbiont");
        queue->run = RUN_STOPPED;
        queue->wanted = false;
        save(queue);
        return;
    }
    queue->run = RUN_IDLE;
    if (find_item(items, SMBMSG$K_DEVICE_STATUS, &status)) {
        uint32_t bits = static_cast<uint32_t>(wire_number(status));
        if (bits & SMBMSG$M_STALLED)
            breach(*queue, "stalled while starting");
        set_device_status(queue, bits);
    }
    after_task(queue);
}

void QueueManager::set_device_status(Queue *queue, uint32_t status)
{
    queue->device_status = status;
    if (status & SMBMSG$M_STOP_STREAM) {
        queue->wanted = false;
        save(queue);
        queue->stop_next = true;
    }
}

void QueueManager::task_status(Queue *queue, const std::string &items)
{
    std::string data;
    if (find_item(items, SMBMSG$K_DEVICE_STATUS, &data))
        set_device_status(queue, static_cast<uint32_t>(wire_number(data)));
    if (!queue->active) {
        breach(*queue, "TASK_STATUS without a task");
        if (queue->run == RUN_IDLE)
            after_task(queue);
        return;
    }
    if (find_item(items, SMBMSG$K_CHECKPOINT_DATA, &data)) {
        queue->active->checkpoint = data;
        touch(queue->active);
    }
}

void QueueManager::task_ended(Queue *queue, uint32_t status)
{
    Entry *entry = queue->active;
    queue->failures = 0;
    if (!queue->task_begun && !queue->stop_sent)
        breach(*queue, "task ended that was not begun");
    bool stopped = queue->stop_sent && entry->end != END_COMPLETE;
    if ((status & 1) == 0)
        entry->condition = status;
    if (!stopped) {
        if (++entry->copy >= entry->files[entry->file].copies) {
            entry->copy = 0;
            ++entry->file;
        }
        if (entry->file == entry->files.size()) {
            entry->file = 0;
            ++entry->job_copy;
        }
        if (entry->job_copy < entry->copies && queue->run == RUN_BUSY) {
            send_task(queue);
            return;
        }
    }
    queue->active = nullptr;
    bool resetting = queue->run == RUN_RESETTING;
    if (!resetting)
        queue->run = RUN_IDLE;
    finish_job(entry, entry->condition ? entry->condition : status);
    if (!resetting)
        after_task(queue);
}

void QueueManager::after_task(Queue *queue)
{
    if (queue->pause == PAUSE_ASKED)
        queue->pause = PAUSE_DONE;
    if (queue->pause == PAUSE_RESUMING)
        queue->pause = PAUSE_NONE;
    if (queue->stop_next || !queue->wanted)
        stop_stream(queue);
    else
        dispatch(queue);
}

void QueueManager::stream_stopped(Queue *queue)
{
    queue->run = RUN_STOPPED;
    queue->pause = PAUSE_NONE;
    queue->stop_next = false;
    lose_active(queue);
    if (queue->wanted)
        start_stream(queue);
}

void QueueManager::lose_active(Queue *queue)
{
    Entry *entry = queue->active;
    if (!entry)
        return;
    queue->active = nullptr;
    if (entry->end == END_DELETE)
        remove_job(entry, JBC$_JOBDELETE);
    else if (entry->restart || entry->end == END_REQUEUE)
        requeue_job(entry);
    else
        finish_job(entry, JBC$_JOBABORT);
}

void QueueManager::stream_gone(uint32_t id, uint32_t status)
{
    Queue *queue = model_.queue_by_id(id);
    if (!queue || queue->run == RUN_STOPPED)
        return;
    bool asked = queue->run == RUN_STOPPING || queue->run == RUN_RESETTING;
    queue->run = RUN_STOPPED;
    queue->pause = PAUSE_NONE;
    bool stop = queue->stop_next;
    queue->stop_next = false;
    if (!asked) {
        operator_message("SYSTEM", "%QMAN-W-SYMDEL, unexpected symbiont process termination, "
                                   "queue " + queue->name + ", status " + std::to_string(status));
        if (!queue->autostart || stop || ++queue->failures > RESTARTS_MAX) {
            queue->wanted = false;
            save(queue);
        }
    }
    lose_active(queue);
    if (queue->wanted)
        start_stream(queue);
}

JobRank QueueManager::rank_of(const Entry &entry) const
{
    if (entry.hold)
        return JOB_HOLDING;
    return entry.after > now() ? JOB_TIMED : JOB_PENDING;
}

void QueueManager::requeue_job(Entry *entry)
{
    model_.take_out(entry);
    if (entry->requeue_to)
        entry->entered = entry->requeue_to;
    entry->queue = entry->entered;
    entry->hold = entry->requeue_hold;
    entry->restarting = true;
    entry->rank = rank_of(*entry);
    model_.put_in(entry);
    save(entry);
    wake(entry);
}

void QueueManager::finish_job(Entry *entry, uint32_t status)
{
    if (entry->end == END_REQUEUE) {
        requeue_job(entry);
        return;
    }
    const Queue &queue = *entry->queue;
    bool failed = (status & 1) == 0;
    bool keep = queue.retain_all || entry->retain ||
                (failed && (queue.retain_error || entry->retain_error));
    if (entry->end == END_DELETE || !keep) {
        remove_job(entry, status);
        return;
    }
    model_.take_out(entry);
    entry->rank = JOB_RETAINED;
    entry->condition = status;
    entry->ended = now();
    if (static_cast<int64_t>(entry->retain_until) < 0) /* a delta, from now */
        entry->retain_until = entry->ended - entry->retain_until;
    model_.put_in(entry);
    for (const auto &waiter : entry->waiters)
        output_->reply(waiter.first, waiter.second, status, std::string());
    entry->waiters.clear();
    waited_.erase(entry->number);
    touch(entry);
}

void QueueManager::remove_job(Entry *entry, uint32_t status)
{
    for (const auto &waiter : entry->waiters)
        output_->reply(waiter.first, waiter.second, status, std::string());
    bool ran = entry->rank == JOB_EXECUTING && entry->end == END_COMPLETE;
    for (const JobFile &file : entry->files)
        if (file.remove && ran)
            removable_.push_back(file);
    store_->remove_entry(*entry);
    if (entry->dirty)
        dirty_.erase(entry->number);
    if (!entry->waiters.empty())
        waited_.erase(entry->number);
    if (entry->rank == JOB_OPEN)
        open_.erase(entry->owner_link);
    model_.remove_entry(entry);
}

void QueueManager::node_up(const std::string &node)
{
    nodes_.insert(node);
    stopping_nodes_.erase(node);
    for (auto &row : model_.queues) {
        Queue *queue = row.second.get();
        if (queue->wanted && !queue->generic && queue->node == node)
            start_stream(queue);
    }
}

void QueueManager::node_down(const std::string &node)
{
    nodes_.erase(node);
    for (auto &row : model_.queues) {
        Queue *queue = row.second.get();
        if (queue->node != node || queue->run == RUN_STOPPED)
            continue;
        queue->run = RUN_STOPPED;
        queue->pause = PAUSE_NONE;
        if (queue->batch)
            lose_batch(queue);
        lose_active(queue);
    }
}

void QueueManager::stop_node(const std::string &node)
{
    stopping_nodes_.insert(node);
    for (auto &row : model_.queues)
        if (row.second->node == node && row.second->run != RUN_STOPPED) {
            if (row.second->batch)
                abort_batch(row.second.get());
            else
                stop_stream(row.second.get());
        }
}

bool QueueManager::node_stopped(const std::string &node) const
{
    for (auto &row : model_.queues)
        if (row.second->node == node && row.second->run != RUN_STOPPED)
            return false;
    return true;
}

} // namespace shim::job_control
