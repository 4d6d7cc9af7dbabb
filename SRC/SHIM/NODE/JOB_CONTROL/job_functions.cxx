/*
**  job_functions - $SNDJBC on jobs: enter, create, add, close, alter, delete, abort, synchronize
**
**  The open job belongs to the process (its connection) and goes with it.  A file is stored by
**  identity and name.  Altering needs an entry that does not execute; deleting one that does stops
**  its task first.  Own jobs, or delete access by the queue's protection, or OPER.
**  spec/vms-api.md 2.1.
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

const uint32_t ACCESS_READ = 1, ACCESS_SUBMIT = 2, ACCESS_DELETE = 8;
const uint32_t COPIES_MAX = 255;
const size_t JOB_FILES_MAX = 255;

/* NAME of DEV:[DIR]NAME.TYP;1, at most 39 characters */
std::string name_of_file(const std::string &spec)
{
    size_t begin = spec.find_last_of(":]>/");
    std::string name = spec.substr(begin == std::string::npos ? 0 : begin + 1);
    return name.substr(0, name.find_first_of(".;")).substr(0, 39);
}

} // namespace

uint32_t QueueManager::submit_queue(const JobItems &items, uint16_t code, Queue **queue)
{
    *queue = model_.find_queue(items.has(code) ? items.name(code) : "SYS$PRINT");
    if (!*queue)
        return code == SJC$_QUEUE ? JBC$_NOSUCHQUE : JBC$_NODSTQUE;
    if ((*queue)->closed)
        return JBC$_QUE_CLOSED;
    if ((*queue)->disabled)
        return JBC$_QUEDISABLED;
    return may(ACCESS_SUBMIT, (*queue)->owner, **queue) ? JBC$_NORMAL : JBC$_NOPRIV;
}

uint32_t QueueManager::set_owner(const JobItems &items, Entry *entry)
{
    entry->uic = caller_.uic;
    entry->pid = caller_.pid;
    std::string user = caller_.user, account = caller_.account;
    bool other = items.has(SJC$_USERNAME) || items.has(SJC$_UIC) || items.has(SJC$_ACCOUNT_NAME) ||
                 items.has(SJC$_USER_IDENTIFICATION);
    if (other && !(caller_.privileges & PRV$M_CMKRNL))
        return JBC$_NOCMKRNL;
    if (items.has(SJC$_USER_IDENTIFICATION)) {
        std::string block = items.text(SJC$_USER_IDENTIFICATION);
        entry->uic = static_cast<uint32_t>(wire_number(block.substr(0, 4)));
        user = without_blanks_behind(block.substr(4, 12));
        account = without_blanks_behind(block.substr(16, 8));
    }
    if (items.has(SJC$_UIC))
        entry->uic = items.longword(SJC$_UIC);
    if (items.has(SJC$_USERNAME))
        user = items.name(SJC$_USERNAME);
    if (items.has(SJC$_ACCOUNT_NAME))
        account = items.name(SJC$_ACCOUNT_NAME);
    entry->set_text(SMBMSG$K_USER_NAME, user);
    entry->set_text(SMBMSG$K_ACCOUNT_NAME, account);
    return JBC$_NORMAL;
}

void QueueManager::set_log(const JobItems &items, Entry *entry)
{
    if (items.has(SJC$_LOG_SPECIFICATION) || items.has(SJC$_NO_LOG_SPECIFICATION)) {
        entry->set_text(QUEUE_ITEM_LOG, items.text(SJC$_LOG_SPECIFICATION));
        entry->log_null = items.has(SJC$_NO_LOG_SPECIFICATION);
    }
    if (items.has(SJC$_LOG_DELETE) || items.has(SJC$_NO_LOG_DELETE))
        entry->log_delete = items.has(SJC$_LOG_DELETE);
    if (items.has(SJC$_LOG_SPOOL) || items.has(SJC$_NO_LOG_SPOOL))
        entry->log_spool = items.has(SJC$_LOG_SPOOL);
    if (items.has(SJC$_LOG_QUEUE))
        entry->set_text(QUEUE_ITEM_LOG_QUEUE, items.name(SJC$_LOG_QUEUE));
}

void QueueManager::set_job_texts(const JobItems &items, Entry *entry)
{
    if (items.has(SJC$_JOB_NAME))
        entry->set_text(SMBMSG$K_JOB_NAME, items.text(SJC$_JOB_NAME));
    if (items.has(SJC$_NOTE) || items.has(SJC$_NO_NOTE))
        entry->set_text(SMBMSG$K_NOTE, items.text(SJC$_NOTE));
    if (items.has(SJC$_FORM_NAME))
        entry->set_text(SMBMSG$K_FORM_NAME, items.name(SJC$_FORM_NAME));
    bool parameters = items.has(SJC$_NO_PARAMETERS);
    for (uint16_t i = 0; i < 8; ++i)
        parameters = parameters || items.has(static_cast<uint16_t>(SJC$_PARAMETER_1 + i));
    for (uint16_t i = 0; parameters && i < 8; ++i) /* what is not given becomes null */
        entry->set_text(static_cast<uint16_t>(SMBMSG$K_PARAMETER_1 + i),
                        items.text(static_cast<uint16_t>(SJC$_PARAMETER_1 + i)));
}

uint32_t QueueManager::set_job_attributes(const JobItems &items, Entry *entry)
{
    uint32_t priority = items.has(SJC$_PRIORITY) ? items.longword(SJC$_PRIORITY) : entry->priority;
    uint32_t copies = items.has(SJC$_JOB_COPIES) ? items.longword(SJC$_JOB_COPIES) : entry->copies;
    if (priority > 255 || copies < 1 || copies > COPIES_MAX)
        return JBC$_INVPARVAL;
    entry->priority = priority;
    entry->copies = copies;
    if (items.has(SJC$_AFTER_TIME)) {
        uint64_t time = items.quadword(SJC$_AFTER_TIME);
        entry->after = static_cast<int64_t>(time) < 0 ? now() - time : time; /* delta: negative */
    }
    if (items.has(SJC$_NO_AFTER_TIME))
        entry->after = 0;
    if (items.has(SJC$_HOLD) || items.has(SJC$_NO_HOLD))
        entry->hold = items.has(SJC$_HOLD);
    if (items.has(SJC$_RESTART) || items.has(SJC$_NO_RESTART))
        entry->restart = items.has(SJC$_RESTART);
    if (items.has(SJC$_NOTIFY) || items.has(SJC$_NO_NOTIFY))
        entry->notify = items.has(SJC$_NOTIFY);
    if (items.has(SJC$_JOB_RETAIN) || items.has(SJC$_JOB_ERROR_RETAIN) ||
        items.has(SJC$_JOB_DEFAULT_RETAIN) || items.has(SJC$_JOB_RETAIN_TIME)) {
        entry->retain = items.has(SJC$_JOB_RETAIN) || items.has(SJC$_JOB_RETAIN_TIME);
        entry->retain_error = items.has(SJC$_JOB_ERROR_RETAIN);
        entry->retain_until = items.quadword(SJC$_JOB_RETAIN_TIME);
    }
    if (items.has(SJC$_CHECKPOINT_DATA) || items.has(SJC$_NO_CHECKPOINT_DATA))
        entry->checkpoint = items.text(SJC$_CHECKPOINT_DATA);
    set_log(items, entry);
    set_job_texts(items, entry);
    return JBC$_NORMAL;
}

uint32_t QueueManager::take_file(const JobItems &items, Entry *entry)
{
    JobFile file;
    if (!items.has(SJC$_FILE_SPECIFICATION) && !items.has(SJC$_FILE_IDENTIFICATION))
        return JBC$_MISREQPAR;
    if (entry->files.size() >= JOB_FILES_MAX)
        return JBC$_INVPARVAL;
    file.spec = items.text(SJC$_FILE_SPECIFICATION);
    file.identification = items.text(SJC$_FILE_IDENTIFICATION);
    file.remove = items.has(SJC$_DELETE_FILE) || items.has(SJC$_DELETE_FILE_ALWAYS);
    if (items.has(SJC$_FILE_COPIES))
        file.copies = items.longword(SJC$_FILE_COPIES);
    if (file.copies < 1 || file.copies > COPIES_MAX)
        return JBC$_INVPARVAL;
    entry->files.push_back(file);
    return JBC$_NORMAL;
}

uint32_t QueueManager::new_job(const JobItems &items, std::unique_ptr<Entry> *entry)
{
    Queue *queue;
    uint32_t status = submit_queue(items, SJC$_QUEUE, &queue);
    if ((status & 1) == 0)
        return status;
    entry->reset(new Entry);
    (*entry)->entered = (*entry)->queue = queue;
    (*entry)->priority = queue->priority;
    (*entry)->submitted = now();
    if (queue->batch) { /* as documented: no restart, the log printed and deleted */
        (*entry)->restart = false;
        (*entry)->log_delete = (*entry)->log_spool = true;
        (*entry)->set_text(QUEUE_ITEM_LOG_QUEUE, "SYS$PRINT");
    }
    status = set_owner(items, entry->get());
    return status & 1 ? set_job_attributes(items, entry->get()) : status;
}

void QueueManager::answer_job(const Entry &entry, const JobItems &items)
{
    if (items.has(SJC$_ENTRY_NUMBER_OUTPUT))
        add_long(&answer_, SJC$_ENTRY_NUMBER_OUTPUT, entry.number);
    if (items.has(SJC$_JOB_STATUS_OUTPUT))
        add_item(&answer_, SJC$_JOB_STATUS_OUTPUT, job_status_text(entry));
}

/* All is set but rank and number. */
void QueueManager::submit(std::unique_ptr<Entry> made, const JobItems &items)
{
    if (made->text(SMBMSG$K_JOB_NAME).empty())
        made->set_text(SMBMSG$K_JOB_NAME, name_of_file(made->files[0].spec));
    made->rank = rank_of(*made);
    if (made->number == 0)
        made->number = model_.free_number();
    Entry *entry = model_.add_entry(std::move(made));
    save(entry);
    if (logging_ && entry->rank == JOB_PENDING) {
        answer_job(*entry, items);
        hold_back(entry);
        return;
    }
    wake(entry);
    answer_job(*entry, items);
}

/* In memory only: for the database it waits for its turn like any other. */
void QueueManager::hold_back(Entry *entry)
{
    model_.place(entry, JOB_OPEN, entry->queue);
    unsettled_[std::make_pair(client_, request_)] = entry->number;
}

void QueueManager::let_go(uint32_t number)
{
    Entry *entry = model_.find_entry(number);
    if (!entry || entry->rank != JOB_OPEN || entry->owner_link != -1)
        return; /* deleted meanwhile */
    model_.place(entry, rank_of(*entry), entry->queue);
    wake(entry);
}

uint32_t QueueManager::enter_file(const JobItems &items)
{
    std::unique_ptr<Entry> entry;
    uint32_t status = new_job(items, &entry);
    if (status & 1)
        status = take_file(items, entry.get());
    if (status & 1)
        submit(std::move(entry), items);
    return status;
}

Entry *QueueManager::open_job()
{
    auto at = open_.find(client_);
    return at == open_.end() ? nullptr : model_.find_entry(at->second);
}

uint32_t QueueManager::create_job(const JobItems &items)
{
    std::unique_ptr<Entry> entry;
    uint32_t status = new_job(items, &entry);
    if ((status & 1) == 0)
        return status;
    if (Entry *old = open_job()) /* the process has one open job: the new one takes its place */
        remove_job(old, JBC$_JOBDELETE);
    entry->owner_link = client_;
    entry->rank = JOB_OPEN;
    entry->number = model_.free_number();
    open_[client_] = entry->number;
    answer_job(*model_.add_entry(std::move(entry)), items);
    return JBC$_NORMAL;
}

uint32_t QueueManager::add_file(const JobItems &items)
{
    Entry *entry = open_job();
    return entry ? take_file(items, entry) : JBC$_NOOPENJOB;
}

uint32_t QueueManager::close_job(const JobItems &items)
{
    Entry *entry = open_job();
    if (!entry)
        return JBC$_NOOPENJOB;
    if (entry->files.empty()) {
        remove_job(entry, JBC$_EMPTYJOB);
        return JBC$_EMPTYJOB;
    }
    std::unique_ptr<Entry> closed(new Entry(*entry));
    model_.remove_entry(entry);
    open_.erase(client_);
    closed->owner_link = -1;
    submit(std::move(closed), items);
    return JBC$_NORMAL;
}

uint32_t QueueManager::close_delete(const JobItems &)
{
    Entry *entry = open_job();
    if (!entry)
        return JBC$_NOOPENJOB;
    remove_job(entry, JBC$_JOBDELETE);
    return JBC$_NORMAL;
}

uint32_t QueueManager::entry_of(const JobItems &items, bool executing_only, Entry **entry)
{
    *entry = nullptr;
    Queue *queue = nullptr;
    if (items.has(SJC$_QUEUE) && !(queue = model_.find_queue(items.name(SJC$_QUEUE))))
        return JBC$_NOSUCHQUE;
    if (items.has(SJC$_ENTRY_NUMBER)) {
        *entry = model_.find_entry(items.longword(SJC$_ENTRY_NUMBER));
        if (!*entry || (queue && (*entry)->queue != queue && (*entry)->entered != queue))
            return JBC$_NOSUCHENT;
    } else {
        if (!queue || !executing_only)
            return JBC$_MISREQPAR;
        *entry = queue->active;
        if (queue->batch && queue->counts[JOB_EXECUTING])
            *entry = queue->jobs.begin()->second;
    }
    if (!*entry || (executing_only && (*entry)->rank != JOB_EXECUTING))
        return JBC$_JOBNOTEXEC;
    return may(ACCESS_DELETE, (*entry)->uic, *(*entry)->queue) ? JBC$_NORMAL : JBC$_NOPRIV;
}

uint32_t QueueManager::alter_job(const JobItems &items)
{
    Entry *entry;
    uint32_t status = entry_of(items, false, &entry);
    if ((status & 1) == 0)
        return status;
    if (entry->rank == JOB_EXECUTING)
        return JBC$_EXECUTING;
    Queue *target = entry->entered;
    if (items.has(SJC$_DESTINATION_QUEUE))
        status = submit_queue(items, SJC$_DESTINATION_QUEUE, &target);
    if ((status & 1) == 0)
        return status;
    model_.take_out(entry);
    status = set_job_attributes(items, entry);
    if (status & 1) {
        entry->entered = entry->queue = target;
        if (entry->rank == JOB_RETAINED && (items.has(SJC$_NO_HOLD) || items.has(SJC$_AFTER_TIME)))
            entry->rank = JOB_PENDING; /* a retained job that is released runs again */
        if (entry->rank != JOB_OPEN && entry->rank != JOB_RETAINED)
            entry->rank = rank_of(*entry);
    }
    model_.put_in(entry);
    if ((status & 1) == 0)
        return status;
    if (entry->rank != JOB_OPEN)
        save(entry);
    wake(entry);
    answer_job(*entry, items);
    return JBC$_NORMAL;
}

uint32_t QueueManager::stop_executing(Entry *entry, JobEnd end, uint32_t condition)
{
    Queue *queue = entry->queue;
    entry->end = end;
    entry->stop_condition = condition;
    if (queue->batch) {
        send_batch(queue, SMBMSG$K_STOP_TASK, entry->number, std::string());
        return JBC$_NORMAL;
    }
    if (queue->stop_sent || queue->run != RUN_BUSY)
        return JBC$_NORMAL; /* it is being stopped already */
    queue->stop_sent = true;
    std::string items;
    add_long(&items, SMBMSG$K_STOP_CONDITION, condition);
    send(queue, SMBMSG$K_STOP_TASK, items);
    return JBC$_NORMAL;
}

uint32_t QueueManager::delete_job(const JobItems &items)
{
    Entry *entry;
    if (!items.has(SJC$_ENTRY_NUMBER))
        return JBC$_MISREQPAR;
    uint32_t status = entry_of(items, false, &entry);
    if ((status & 1) == 0)
        return status;
    if (entry->rank == JOB_EXECUTING)
        return stop_executing(entry, END_DELETE, JBC$_JOBDELETE);
    remove_job(entry, JBC$_JOBDELETE);
    durable_ = true;
    return JBC$_NORMAL;
}

uint32_t QueueManager::abort_job(const JobItems &items)
{
    Entry *entry;
    Queue *target = nullptr;
    uint32_t status = entry_of(items, true, &entry);
    if ((status & 1) && items.has(SJC$_DESTINATION_QUEUE))
        status = submit_queue(items, SJC$_DESTINATION_QUEUE, &target);
    if ((status & 1) == 0)
        return status;
    if (!items.has(SJC$_REQUEUE))
        return stop_executing(entry, END_DELETE, JBC$_JOBABORT);
    if (items.has(SJC$_PRIORITY)) {
        if (items.longword(SJC$_PRIORITY) > 255)
            return JBC$_INVPARVAL;
        model_.take_out(entry);
        entry->priority = items.longword(SJC$_PRIORITY);
        model_.put_in(entry);
    }
    entry->requeue_to = target;
    entry->requeue_hold = items.has(SJC$_HOLD);
    return stop_executing(entry, END_REQUEUE, JBC$_JOBREQUEUE);
}

uint32_t QueueManager::synchronize_job(const JobItems &items)
{
    if (!items.has(SJC$_ENTRY_NUMBER))
        return JBC$_MISREQPAR;
    Entry *entry = model_.find_entry(items.longword(SJC$_ENTRY_NUMBER));
    if (!entry)
        return JBC$_NOSUCHENT;
    if (!may(ACCESS_READ, entry->uic, *entry->queue) && entry->uic != caller_.uic)
        return JBC$_NOPRIV;
    if (entry->rank == JOB_RETAINED)
        return entry->condition ? entry->condition : static_cast<uint32_t>(JBC$_NORMAL);
    entry->waiters.push_back(std::make_pair(client_, request_));
    waited_.insert(entry->number);
    return 0;
}

/* SET RESTART_VALUE: of the batch job that the caller is. */
uint32_t QueueManager::batch_checkpoint(const JobItems &items)
{
    if (!items.has(SJC$_CHECKPOINT_DATA))
        return JBC$_MISREQPAR;
    for (auto &row : model_.entries) {
        Entry *entry = row.second.get();
        if (entry->rank != JOB_EXECUTING || !entry->queue->batch || entry->pid != caller_.pid)
            continue;
        entry->checkpoint = items.text(SJC$_CHECKPOINT_DATA);
        save(entry);
        return JBC$_NORMAL;
    }
    return JBC$_NOSUCHJOB;
}

} // namespace shim::job_control
