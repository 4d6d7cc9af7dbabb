/*
**  queue_display - what $GETQUI is told: queues, jobs, entries as lists of QUI$_ items
**
**  A search gives up to `most` objects and the cursor where it goes on; each object carries every
**  item that it has, so the caller picks what its item list asks for.  spec/vms-api.md 2.2.
*/
#include "queue_manager.h"
#include "shim.h"

#include <jbcmsgdef.h>
#include <quidef.h>
#include <smbdef.h>

namespace shim::job_control {

namespace {

const uint32_t OBJECTS_MAX = 64;       /* of one answer */
const size_t ANSWER_MAX = 200000;      /* bytes */
const uint32_t ACCESS_READ = 1;

const uint32_t job_status_table[] = {QUI$M_JOB_EXECUTING, QUI$M_JOB_PENDING,
                                     QUI$M_JOB_TIMED_RELEASE, QUI$M_JOB_HOLDING,
                                     QUI$M_JOB_RETAINED, QUI$M_JOB_INCOMPLETE};
const uint32_t job_search_table[] = {QUI$M_SEARCH_EXECUTING_JOBS, QUI$M_SEARCH_PENDING_JOBS,
                                     QUI$M_SEARCH_TIMED_RELEASE_JOBS, QUI$M_SEARCH_HOLDING_JOBS,
                                     QUI$M_SEARCH_RETAINED_JOBS, QUI$M_SEARCH_OPEN_JOBS};

uint32_t queue_status(const Queue &queue)
{
    uint32_t status = queue.closed ? QUI$M_QUEUE_CLOSED : 0;
    if (queue.generic)
        return status | (queue.wanted ? QUI$M_QUEUE_IDLE : QUI$M_QUEUE_STOPPED) |
               (queue.server ? QUI$M_QUEUE_SERVER : 0);
    static const uint32_t run_table[] = {QUI$M_QUEUE_STOPPED, QUI$M_QUEUE_STARTING,
                                         QUI$M_QUEUE_IDLE, QUI$M_QUEUE_BUSY,
                                         QUI$M_QUEUE_STOPPING, QUI$M_QUEUE_RESETTING};
    static const uint32_t pause_table[] = {0, QUI$M_QUEUE_PAUSING, QUI$M_QUEUE_PAUSED,
                                           QUI$M_QUEUE_RESUMING};
    uint32_t run = run_table[queue.run];
    if (queue.batch && queue.run == RUN_IDLE && queue.counts[JOB_EXECUTING]) {
        bool full = queue.counts[JOB_EXECUTING] >= queue.job_limit;
        run = queue.stop_next ? QUI$M_QUEUE_STOPPING
              : full          ? QUI$M_QUEUE_BUSY
                              : QUI$M_QUEUE_AVAILABLE;
    }
    status |= run | pause_table[queue.pause];
    if (queue.stop_next && queue.run == RUN_BUSY)
        status |= QUI$M_QUEUE_STOP_PENDING;
    if (queue.autostart && !queue.wanted)
        status |= QUI$M_QUEUE_AUTOSTART_INACTIVE;
    status |= queue.server || queue.device_status & SMBMSG$M_SERVER ? QUI$M_QUEUE_SERVER : 0;
    status |= queue.device_status & SMBMSG$M_STALLED ? QUI$M_QUEUE_STALLED : 0;
    status |= queue.device_status & SMBMSG$M_UNAVAILABLE ? QUI$M_QUEUE_UNAVAILABLE : 0;
    status |= queue.device_status & SMBMSG$M_LOWERCASE ? QUI$M_QUEUE_LOWERCASE : 0;
    status |= queue.device_status & SMBMSG$M_REMOTE ? QUI$M_QUEUE_REMOTE : 0;
    return status;
}

uint32_t queue_flags(const Queue &queue)
{
    return (queue.generic ? QUI$M_QUEUE_GENERIC : 0) | (queue.batch ? QUI$M_QUEUE_BATCH : 0) |
           (queue.retain_all ? QUI$M_QUEUE_RETAIN_ALL : 0) |
           (queue.retain_error ? QUI$M_QUEUE_RETAIN_ERROR : 0) |
           (queue.terminal ? QUI$M_QUEUE_TERMINAL : 0) |
           (queue.printer ? QUI$M_QUEUE_PRINTER : 0) |
           (queue.autostart ? QUI$M_QUEUE_AUTOSTART : 0);
}

std::string joined(const std::vector<std::string> &list)
{
    std::string text;
    for (const std::string &one : list)
        text += (text.empty() ? "" : ",") + one;
    return text;
}

std::string queue_object(const Queue &queue)
{
    std::string items;
    add_item(&items, QUI$_QUEUE_NAME, queue.name);
    add_long(&items, QUI$_QUEUE_STATUS, queue_status(queue));
    add_long(&items, QUI$_QUEUE_FLAGS, queue_flags(queue));
    add_item(&items, QUI$_PROCESSOR, queue.processor);
    add_item(&items, QUI$_SCSNODE_NAME, queue.node);
    add_item(&items, QUI$_DEVICE_NAME, queue.device);
    add_item(&items, QUI$_QUEUE_DESCRIPTION, queue.description);
    add_item(&items, QUI$_LIBRARY_SPECIFICATION, queue.library);
    add_item(&items, QUI$_JOB_RESET_MODULES, queue.reset_modules);
    add_item(&items, QUI$_GENERIC_TARGET, joined(queue.targets));
    add_item(&items, QUI$_AUTOSTART_ON, joined(queue.autostart_on));
    add_item(&items, QUI$_FORM_NAME, queue.form);
    add_long(&items, QUI$_JOB_LIMIT, queue.job_limit);
    add_long(&items, QUI$_BASE_PRIORITY, queue.base_priority);
    add_long(&items, QUI$_PROTECTION, queue.protection);
    add_long(&items, QUI$_OWNER_UIC, queue.owner);
    add_long(&items, QUI$_EXECUTING_JOB_COUNT, queue.counts[JOB_EXECUTING]);
    add_long(&items, QUI$_PENDING_JOB_COUNT, queue.counts[JOB_PENDING]);
    add_long(&items, QUI$_TIMED_RELEASE_JOB_COUNT, queue.counts[JOB_TIMED]);
    add_long(&items, QUI$_HOLDING_JOB_COUNT, queue.counts[JOB_HOLDING]);
    add_long(&items, QUI$_RETAINED_JOB_COUNT, queue.counts[JOB_RETAINED]);
    add_item(&items, QUEUE_ITEM_CURSOR, queue.name);
    return items;
}

std::string file_object(const Entry &entry, size_t index)
{
    const JobFile &file = entry.files[index];
    std::string items;
    add_item(&items, QUI$_FILE_SPECIFICATION, file.spec);
    add_item(&items, QUI$_FILE_IDENTIFICATION, file.identification);
    add_long(&items, QUI$_FILE_COPIES, file.copies);
    add_long(&items, QUI$_FILE_FLAGS, file.remove ? QUI$M_FILE_DELETE : 0);
    bool runs = entry.rank == JOB_EXECUTING && entry.file == index;
    add_long(&items, QUI$_FILE_STATUS, (runs ? QUI$M_FILE_EXECUTING : 0) |
                                           (entry.checkpoint.empty() ? 0
                                                                     : QUI$M_FILE_CHECKPOINTED));
    return items;
}

uint32_t job_status(const Entry &entry)
{
    uint32_t status = job_status_table[entry.rank];
    if (entry.rank == JOB_EXECUTING) {
        status |= entry.end == END_REQUEUE ? QUI$M_JOB_REQUEUE : 0;
        status |= entry.end == END_DELETE ? QUI$M_JOB_ABORTING : 0;
        status |= entry.queue->batch || entry.queue->task_begun ? 0 : QUI$M_JOB_STARTING;
    }
    return status | (entry.restarting ? QUI$M_JOB_RESTARTING : 0);
}

uint32_t pending_reason(const Entry &entry)
{
    if (entry.rank != JOB_PENDING)
        return 0;
    bool up = entry.queue->generic ? entry.queue->wanted : entry.queue->run != RUN_STOPPED;
    return up ? QUI$M_PEND_QUEUE_BUSY : QUI$M_PEND_QUEUE_STATE;
}

void add_texts(const Entry &entry, std::string *items)
{
    static const uint16_t text_table[][2] = {
        {SMBMSG$K_JOB_NAME, QUI$_JOB_NAME}, {SMBMSG$K_NOTE, QUI$_NOTE},
        {SMBMSG$K_USER_NAME, QUI$_USERNAME}, {SMBMSG$K_ACCOUNT_NAME, QUI$_ACCOUNT_NAME},
        {SMBMSG$K_FORM_NAME, QUI$_FORM_NAME}};
    for (const uint16_t *row : text_table)
        add_item(items, row[1], entry.text(row[0]));
    for (uint16_t i = 0; i < 8; ++i)
        add_item(items, static_cast<uint16_t>(QUI$_PARAMETER_1 + i),
                 entry.text(static_cast<uint16_t>(SMBMSG$K_PARAMETER_1 + i)));
}

std::string cursor_of(const JobKey &key)
{
    WireWriter to;
    to.longword(key.rank);
    to.longword(key.reverse_priority);
    to.quadword(key.order);
    return to.data();
}

std::string job_object(const Entry &entry)
{
    std::string items;
    add_long(&items, QUI$_ENTRY_NUMBER, entry.number);
    add_long(&items, QUI$_JOB_STATUS, job_status(entry));
    add_long(&items, QUI$_JOB_FLAGS, (entry.notify ? QUI$M_JOB_NOTIFY : 0) |
                                         (entry.restart ? QUI$M_JOB_RESTART : 0) |
                                         (entry.log_null ? QUI$M_JOB_LOG_NULL : 0) |
                                         (entry.log_delete ? QUI$M_JOB_LOG_DELETE : 0) |
                                         (entry.log_spool ? QUI$M_JOB_LOG_SPOOL : 0) |
                                         (entry.retain ? QUI$M_JOB_RETENTION : 0) |
                                         (entry.retain_error ? QUI$M_JOB_ERROR_RETENTION : 0));
    add_item(&items, QUI$_QUEUE_NAME, entry.queue->name);
    if (entry.entered != entry.queue)
        add_item(&items, QUI$_RESTART_QUEUE_NAME, entry.entered->name);
    if (entry.requeue_to)
        add_item(&items, QUI$_REQUEUE_QUEUE_NAME, entry.requeue_to->name);
    add_texts(entry, &items);
    add_item(&items, QUI$_LOG_SPECIFICATION, entry.text(QUEUE_ITEM_LOG));
    add_item(&items, QUI$_LOG_QUEUE, entry.text(QUEUE_ITEM_LOG_QUEUE));
    add_item(&items, QUI$_CHECKPOINT_DATA, entry.checkpoint);
    add_long(&items, QUI$_PRIORITY, entry.priority);
    add_long(&items, QUI$_UIC, entry.uic);
    add_long(&items, QUI$_JOB_PID, entry.pid);
    add_long(&items, QUI$_JOB_COPIES, entry.copies);
    add_long(&items, QUI$_FILE_COUNT, static_cast<uint32_t>(entry.files.size()));
    add_long(&items, QUI$_PENDING_JOB_REASON, pending_reason(entry));
    add_quad(&items, QUI$_SUBMISSION_TIME, entry.submitted);
    add_quad(&items, QUI$_AFTER_TIME, entry.after);
    add_long(&items, QUI$_CONDITION_VECTOR, entry.condition);
    if (entry.rank == JOB_RETAINED) {
        add_quad(&items, QUI$_JOB_COMPLETION_TIME, entry.ended);
        add_item(&items, QUI$_JOB_COMPLETION_QUEUE, entry.queue->name);
        add_quad(&items, QUI$_JOB_RETENTION_TIME, entry.retain_until);
    }
    for (size_t i = 0; i < entry.files.size(); ++i)
        add_item(&items, QUEUE_ITEM_FILE, file_object(entry, i));
    add_item(&items, QUEUE_ITEM_CURSOR, cursor_of(entry.key()));
    return items;
}

bool queue_kind_matches(const Queue &queue, uint32_t flags)
{
    const uint32_t KINDS = QUI$M_SEARCH_BATCH | QUI$M_SEARCH_PRINTER | QUI$M_SEARCH_SERVER |
                           QUI$M_SEARCH_TERMINAL | QUI$M_SEARCH_SYMBIONT | QUI$M_SEARCH_GENERIC;
    uint32_t is = (queue.batch ? QUI$M_SEARCH_BATCH : QUI$M_SEARCH_SYMBIONT) |
                  (queue.server ? QUI$M_SEARCH_SERVER : 0) |
                  (queue.printer ? QUI$M_SEARCH_PRINTER : 0) |
                  (queue.terminal ? QUI$M_SEARCH_TERMINAL : 0) |
                  (queue.generic ? QUI$M_SEARCH_GENERIC : 0);
    uint32_t asked = flags & KINDS;
    if (asked & QUI$M_SEARCH_GENERIC) {
        if (!queue.generic)
            return false;
        asked &= ~static_cast<uint32_t>(QUI$M_SEARCH_GENERIC);
    }
    return asked == 0 || (asked & is) != 0;
}

} // namespace

bool queue_wild_match(const std::string &pattern, const std::string &name)
{
    size_t p = 0, n = 0, star = std::string::npos, mark = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == name[n] || pattern[p] == '%')) {
            ++p;
            ++n;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = n;
        } else if (star != std::string::npos) {
            p = star + 1;
            n = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

uint32_t QueueManager::display(uint16_t function, const QueueQuery &query)
{
    switch (function) {
    case QUI$_DISPLAY_QUEUE:
        return display_queues(query);
    case QUI$_DISPLAY_JOB:
        return display_jobs(query);
    case QUI$_DISPLAY_ENTRY:
        return display_entries(query);
    case QUI$_DISPLAY_MANAGER: {
        std::string items;
        if (!query.cursor.empty())
            return JBC$_NOMOREQMGR;
        add_item(&items, QUI$_MANAGER_NAME, "SYS$QUEUE_MANAGER");
        add_long(&items, QUI$_MANAGER_STATUS,
                 disabled_ ? QUI$M_MANAGER_STOPPED : QUI$M_MANAGER_RUNNING);
        add_item(&items, QUI$_SCSNODE_NAME, node_name());
        add_item(&items, QUEUE_ITEM_CURSOR, "1");
        add_item(&answer_, QUEUE_ITEM_OBJECT, items);
        return JBC$_NORMAL;
    }
    }
    return JBC$_INVFUNCOD;
}

uint32_t QueueManager::display_queues(const QueueQuery &query)
{
    uint32_t found = 0;
    auto at = query.cursor.empty() ? model_.queues.begin()
                                   : model_.queues.upper_bound(query.cursor);
    for (; at != model_.queues.end() && found < query.most && found < OBJECTS_MAX; ++at)
        if (queue_wild_match(query.name, at->first) &&
            queue_kind_matches(*at->second, query.flags)) {
            add_item(&answer_, QUEUE_ITEM_OBJECT, queue_object(*at->second));
            ++found;
        }
    if (found)
        return JBC$_NORMAL;
    return query.cursor.empty() && query.name.find_first_of("*%") == std::string::npos
               ? JBC$_NOSUCHQUE
               : JBC$_NOMOREQUE;
}

bool QueueManager::job_matches(const Entry &entry, const QueueQuery &query) const
{
    uint32_t ranks = 0;
    for (uint32_t bit : job_search_table)
        ranks |= bit;
    ranks &= query.flags;
    if (ranks && !(ranks & job_search_table[entry.rank]))
        return false;
    if (!query.user.empty() && !queue_wild_match(query.user, entry.text(SMBMSG$K_USER_NAME)))
        return false;
    if (!query.job_name.empty() &&
        !queue_wild_match(query.job_name, entry.text(SMBMSG$K_JOB_NAME)))
        return false;
    return entry.uic == caller_.uic || entry.text(SMBMSG$K_USER_NAME) == caller_.user ||
           may(ACCESS_READ, entry.uic, *entry.queue);
}

uint32_t QueueManager::display_jobs(const QueueQuery &query)
{
    Queue *queue = model_.find_queue(query.queue);
    if (!queue)
        return JBC$_NOSUCHQUE;
    JobKey key = {0, 0, 0};
    if (!query.cursor.empty()) {
        WireReader from(query.cursor);
        key.rank = from.longword();
        key.reverse_priority = from.longword();
        key.order = from.quadword();
    }
    uint32_t found = 0;
    for (auto at = queue->jobs.upper_bound(key);
         at != queue->jobs.end() && found < query.most && answer_.size() < ANSWER_MAX; ++at)
        if (job_matches(*at->second, query)) {
            add_item(&answer_, QUEUE_ITEM_OBJECT, job_object(*at->second));
            ++found;
        }
    return found ? JBC$_NORMAL : JBC$_NOMOREJOB;
}

uint32_t QueueManager::display_entries(const QueueQuery &query)
{
    if (query.number) {
        Entry *entry = model_.find_entry(query.number);
        if (!entry || !query.cursor.empty() || !job_matches(*entry, query))
            return query.cursor.empty() ? JBC$_NOSUCHENT : JBC$_NOMOREENT;
        add_item(&answer_, QUEUE_ITEM_OBJECT, job_object(*entry));
        return JBC$_NORMAL;
    }
    uint32_t found = 0;
    auto at = model_.entries.upper_bound(static_cast<uint32_t>(wire_number(query.cursor)));
    for (; at != model_.entries.end() && found < query.most && answer_.size() < ANSWER_MAX; ++at)
        if (job_matches(*at->second, query)) {
            std::string items = job_object(*at->second);
            add_long(&items, QUEUE_ITEM_CURSOR, at->first); /* the later one counts */
            add_item(&answer_, QUEUE_ITEM_OBJECT, items);
            ++found;
        }
    return found ? JBC$_NORMAL : JBC$_NOMOREENT;
}

} // namespace shim::job_control
