/*
**  queue_functions - $SNDJBC on queues: create, alter, start, stop, reset, pause, delete
**
**  OPER, or manage access to the queue.  STOP_QUEUE is STOP/QUEUE/NEXT, RESET_QUEUE is /RESET,
**  PAUSE_QUEUE is STOP/QUEUE.  Whether a queue is started is stored: it starts again with its node.
**  spec/vms-api.md 1.4, 2.1.
*/
#include "plain_text.h"
#include "queue_manager.h"
#include "shim.h"

#include <jbcmsgdef.h>
#include <prvdef.h>
#include <sjcdef.h>
#include <smbdef.h>

namespace shim::job_control {

namespace {

const size_t TARGETS_MAX = 124;
const size_t QUEUE_NAME_LENGTH = 31;
const uint32_t ACCESS_MANAGE = 4;

bool good_queue_name(const std::string &name)
{
    if (name.empty() || name.size() > QUEUE_NAME_LENGTH)
        return false;
    for (char c : name)
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$' || c == '_'))
            return false;
    return true;
}

} // namespace

bool QueueManager::operator_caller() const
{
    return (caller_.privileges & (PRV$M_OPER | PRV$M_BYPASS)) != 0;
}

bool QueueManager::may(uint32_t access, uint32_t owner, const Queue &queue) const
{
    const uint32_t MAX_SYSTEM_GROUP = 8;
    uint32_t denied = queue.protection;
    uint32_t group = caller_.uic >> 16;
    uint32_t granted = ~(denied >> 12) & 15; /* world */
    if (group <= MAX_SYSTEM_GROUP || (caller_.privileges & PRV$M_SYSPRV))
        granted |= ~denied & 15;
    if (caller_.uic == owner)
        granted |= ~(denied >> 4) & 15;
    if (group == owner >> 16)
        granted |= ~(denied >> 8) & 15;
    if (granted & ACCESS_MANAGE)
        granted = 15;
    return operator_caller() || (granted & access) != 0;
}

uint32_t QueueManager::managed_queue(const JobItems &items, Queue **queue)
{
    if (!items.has(SJC$_QUEUE))
        return JBC$_MISREQPAR;
    *queue = model_.find_queue(items.name(SJC$_QUEUE));
    if (!*queue)
        return JBC$_NOSUCHQUE;
    return may(ACCESS_MANAGE, (*queue)->owner, **queue) ? JBC$_NORMAL : JBC$_NOPRIV;
}

uint32_t QueueManager::set_targets(const JobItems &items, Queue *queue)
{
    std::vector<std::string> targets;
    for (const std::string &target : items.list(SJC$_GENERIC_TARGET)) {
        if (!good_queue_name(upper(target)))
            return JBC$_INVQUENAM;
        targets.push_back(upper(target));
    }
    if (targets.size() > TARGETS_MAX)
        return JBC$_GEN_MAX;
    if (!targets.empty())
        queue->targets = targets;
    return JBC$_NORMAL;
}

uint32_t QueueManager::set_placement(const JobItems &items, Queue *queue)
{
    if (items.has(SJC$_PROCESSOR)) {
        queue->processor = items.name(SJC$_PROCESSOR);
        if (queue->processor.find_first_of(":[]<>.;/") != std::string::npos)
            return JBC$_INVPARVAL;
    }
    if (items.has(SJC$_SCSNODE_NAME))
        queue->node = items.name(SJC$_SCSNODE_NAME);
    if (items.has(SJC$_DEVICE_NAME))
        queue->device = items.name(SJC$_DEVICE_NAME);
    if (items.has(SJC$_AUTOSTART_ON)) {
        queue->autostart = true;
        queue->autostart_on.clear();
        for (const std::string &place : items.list(SJC$_AUTOSTART_ON))
            queue->autostart_on.push_back(upper(place));
        std::string first = queue->autostart_on[0];
        size_t colons = first.find("::");
        if (colons == std::string::npos)
            return JBC$_INVPARVAL;
        queue->node = first.substr(0, colons);
        queue->device = first.substr(colons + 2);
    }
    return JBC$_NORMAL;
}

uint32_t QueueManager::set_queue_attributes(const JobItems &items, Queue *queue)
{
    uint32_t status = set_targets(items, queue);
    if (status & 1)
        status = set_placement(items, queue);
    if ((status & 1) == 0)
        return status;
    if (items.has(SJC$_RETAIN_ALL_JOBS) || items.has(SJC$_RETAIN_ERROR_JOBS) ||
        items.has(SJC$_NO_RETAIN_JOBS)) {
        queue->retain_all = items.has(SJC$_RETAIN_ALL_JOBS);
        queue->retain_error = items.has(SJC$_RETAIN_ERROR_JOBS);
    }
    if (items.has(SJC$_OPEN_QUEUE) || items.has(SJC$_CLOSE_QUEUE))
        queue->closed = items.has(SJC$_CLOSE_QUEUE);
    if (items.has(SJC$_QUEUE_DESCRIPTION) || items.has(SJC$_NO_QUEUE_DESCRIPTION))
        queue->description = items.text(SJC$_QUEUE_DESCRIPTION);
    if (items.has(SJC$_LIBRARY_SPECIFICATION) || items.has(SJC$_NO_LIBRARY_SPECIFICATION))
        queue->library = items.name(SJC$_LIBRARY_SPECIFICATION);
    if (items.has(SJC$_JOB_RESET_MODULES) || items.has(SJC$_NO_JOB_RESET_MODULES))
        queue->reset_modules = items.text(SJC$_JOB_RESET_MODULES);
    if (items.has(SJC$_FORM_NAME))
        queue->form = items.name(SJC$_FORM_NAME);
    if (items.has(SJC$_PROTECTION))
        queue->protection = items.longword(SJC$_PROTECTION) & 0xffff;
    if (items.has(SJC$_OWNER_UIC))
        queue->owner = items.longword(SJC$_OWNER_UIC);
    if (items.has(SJC$_BASE_PRIORITY)) {
        if (items.longword(SJC$_BASE_PRIORITY) > 15)
            return JBC$_INVPARVAL;
        queue->base_priority = items.longword(SJC$_BASE_PRIORITY);
    }
    if (items.has(SJC$_JOB_LIMIT)) {
        queue->job_limit = items.longword(SJC$_JOB_LIMIT);
        if (queue->job_limit < 1 || queue->job_limit > 65535)
            return JBC$_INVPARVAL;
    }
    if (items.has(SJC$_PRIORITY)) {
        if (items.longword(SJC$_PRIORITY) > 255)
            return JBC$_INVPARVAL;
        queue->priority = items.longword(SJC$_PRIORITY);
    }
    return JBC$_NORMAL;
}

uint32_t QueueManager::create_queue(const JobItems &items)
{
    std::string name = items.name(SJC$_QUEUE);
    if (!operator_caller())
        return JBC$_NOOPER;
    if (!items.has(SJC$_QUEUE))
        return JBC$_MISREQPAR;
    if (!good_queue_name(name))
        return JBC$_INVQUENAM;
    int kinds = items.has(SJC$_BATCH) + items.has(SJC$_SERVER) + items.has(SJC$_PRINTER) +
                items.has(SJC$_TERMINAL);
    if (kinds > 1)
        return JBC$_INVPARVAL;
    Queue *old = model_.find_queue(name);
    if (old && (old->run != RUN_STOPPED || old->wanted))
        return JBC$_QUENOTMOD; /* INITIALIZE/QUEUE changes a stopped one */
    if (old && old->generic != (items.has(SJC$_GENERIC_QUEUE) || items.has(SJC$_GENERIC_TARGET)))
        return JBC$_QEXISTS;
    std::unique_ptr<Queue> made;
    if (!old)
        made.reset(new Queue);
    Queue draft = old ? *old : *made;
    draft.name = name;
    draft.generic = items.has(SJC$_GENERIC_QUEUE) || items.has(SJC$_GENERIC_TARGET);
    draft.batch = items.has(SJC$_BATCH);
    draft.server = items.has(SJC$_SERVER);
    draft.terminal = items.has(SJC$_TERMINAL);
    draft.printer = !draft.server && !draft.terminal && !draft.batch;
    if (!old && !draft.generic)
        draft.node = caller_.node;
    uint32_t status = set_queue_attributes(items, &draft);
    if ((status & 1) == 0)
        return status;
    if (!draft.generic && !draft.batch && draft.processor.empty())
        return JBC$_NOTSUPPORTED; /* the standard print symbiont is not here */
    if (old) {
        *old = draft;
    } else {
        *made = draft;
        old = model_.add_queue(std::move(made));
    }
    model_.link_targets();
    save(old);
    return items.has(SJC$_CREATE_START) ? start_queue(items, old) : JBC$_NORMAL;
}

uint32_t QueueManager::alter_queue(const JobItems &items, Queue *queue)
{
    Queue draft = *queue;
    uint32_t status = set_queue_attributes(items, &draft);
    if ((status & 1) == 0)
        return status;
    if (draft.node != queue->node && queue->run != RUN_STOPPED)
        return JBC$_QUENOTSTOP;
    *queue = draft;
    model_.link_targets();
    save(queue);
    return JBC$_NORMAL;
}

uint32_t QueueManager::delete_queue(const JobItems &, Queue *queue)
{
    if (!operator_caller())
        return JBC$_NOOPER;
    if (queue->wanted || queue->run != RUN_STOPPED)
        return JBC$_QUENOTSTOP;
    if (!queue->jobs.empty() || !queue->sources.empty())
        return JBC$_REFERENCED;
    for (auto &row : model_.entries)
        if (row.second->entered == queue || row.second->requeue_to == queue)
            return JBC$_REFERENCED;
    store_->remove_queue(queue->id);
    durable_ = true;
    model_.remove_queue(queue);
    return JBC$_NORMAL;
}

uint32_t QueueManager::start_queue(const JobItems &items, Queue *queue)
{
    uint32_t status = set_placement(items, queue);
    if ((status & 1) == 0)
        return status;
    if (queue->pause == PAUSE_DONE || queue->pause == PAUSE_ASKED) {
        queue->pause = PAUSE_NONE;
        if (queue->batch) {
            send_batch(queue, SMBMSG$K_RESUME_TASK, 0, std::string());
            dispatch(queue);
        } else if (queue->active) {
            queue->pause = PAUSE_RESUMING;
            send(queue, SMBMSG$K_RESUME_TASK, std::string());
        } else {
            dispatch(queue);
        }
        return JBC$_NORMAL;
    }
    if (queue->wanted && (queue->generic || queue->run != RUN_STOPPED))
        return JBC$_STARTED;
    queue->wanted = true;
    queue->failures = 0;
    queue->stop_next = false;
    save(queue);
    if (queue->generic) {
        for (Queue *target : queue->target_queues)
            dispatch(target);
    } else {
        if (queue->node.empty())
            queue->node = caller_.node;
        start_stream(queue);
    }
    return JBC$_NORMAL;
}

/* After the current job, and not again by itself. */
void QueueManager::stop_for_good(Queue *queue)
{
    queue->wanted = false;
    save(queue);
    stop_stream(queue);
}

uint32_t QueueManager::stop_queue(const JobItems &, Queue *queue)
{
    stop_for_good(queue);
    return JBC$_NORMAL;
}

uint32_t QueueManager::reset_queue(const JobItems &, Queue *queue)
{
    queue->wanted = false;
    save(queue);
    if (queue->batch)
        abort_batch(queue);
    else if (queue->run == RUN_STARTING)
        queue->stop_next = true;
    else if (queue->run == RUN_IDLE || queue->run == RUN_BUSY) {
        queue->run = RUN_RESETTING;
        send(queue, SMBMSG$K_RESET_STREAM, std::string());
    }
    return JBC$_NORMAL;
}

uint32_t QueueManager::pause_queue(const JobItems &, Queue *queue)
{
    if (queue->generic || queue->run == RUN_STOPPED || queue->pause != PAUSE_NONE)
        return JBC$_NORMAL;
    if (queue->batch) {
        queue->pause = PAUSE_DONE;
        send_batch(queue, SMBMSG$K_PAUSE_TASK, 0, std::string());
        return JBC$_NORMAL;
    }
    queue->pause = queue->active ? PAUSE_ASKED : PAUSE_DONE;
    if (queue->active && (queue->device_status & SMBMSG$M_PAUSE_TASK))
        send(queue, SMBMSG$K_PAUSE_TASK, std::string());
    return JBC$_NORMAL;
}

template <typename Action>
uint32_t QueueManager::each_on_node(const JobItems &items, Action action)
{
    if (!operator_caller())
        return JBC$_NOOPER;
    std::string node = items.has(SJC$_SCSNODE_NAME) ? items.name(SJC$_SCSNODE_NAME) : caller_.node;
    for (auto &row : model_.queues)
        if (row.second->node == node)
            action(row.second.get());
    return JBC$_NORMAL;
}

uint32_t QueueManager::stop_all_on_node(const JobItems &items)
{
    return each_on_node(items, [this](Queue *queue) {
        if (!queue->generic)
            stop_for_good(queue);
    });
}

/* All queues stop; whoever asks for anything hears JOBQUEDIS until the manager starts again. */
uint32_t QueueManager::stop_manager(const JobItems &)
{
    if (!operator_caller())
        return JBC$_NOOPER;
    disabled_ = true;
    for (const std::string &node : std::set<std::string>(nodes_))
        stop_node(node);
    return JBC$_NORMAL;
}

uint32_t QueueManager::start_manager(const JobItems &)
{
    if (!operator_caller())
        return JBC$_NOOPER;
    if (!disabled_)
        return JBC$_NORMAL;
    disabled_ = false;
    for (const std::string &node : std::set<std::string>(nodes_))
        node_up(node);
    return JBC$_NORMAL;
}

uint32_t QueueManager::merge_queue(const JobItems &items, Queue *queue)
{
    Queue *target = model_.find_queue(items.name(SJC$_DESTINATION_QUEUE));
    if (!target)
        return JBC$_NODSTQUE;
    std::vector<Entry *> moving;
    for (auto &row : queue->jobs)
        if (row.second->rank >= JOB_PENDING && row.second->rank <= JOB_HOLDING)
            moving.push_back(row.second);
    for (Entry *entry : moving) {
        entry->entered = target;
        model_.place(entry, entry->rank, target);
        save(entry);
        wake(entry);
    }
    return JBC$_NORMAL;
}

uint32_t QueueManager::enable_autostart(const JobItems &items)
{
    return each_on_node(items, [this](Queue *queue) {
        if (!queue->autostart || queue->run != RUN_STOPPED)
            return;
        queue->wanted = true;
        queue->failures = 0;
        save(queue);
        start_stream(queue);
    });
}

uint32_t QueueManager::disable_autostart(const JobItems &items)
{
    return each_on_node(items, [this](Queue *queue) {
        if (queue->autostart)
            stop_for_good(queue);
    });
}

} // namespace shim::job_control
