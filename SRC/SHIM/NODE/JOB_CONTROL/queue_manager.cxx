/*
**  queue_manager - requests in, changes and answers out; time; what is written when
**
**  A function returns the condition for the answer, or 0 when the answer comes later.  Everything
**  changed goes to the store's open transaction; durable() asks for its commit before the answers
**  are sent.
*/
#include "queue_manager.h"
#include "shim.h"

#include <cstdio>
#include <dirent.h>
#include <jbcmsgdef.h>
#include <quidef.h>
#include <sjcdef.h>
#include <smbdef.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim::job_control {

QueueManager::QueueManager(QueueStore *store, QueueOutput *output)
    : store_(store), output_(output), durable_(false), changed_(false), logged_(false),
      logging_(false), client_(-1), request_(0)
{
}

bool QueueManager::load()
{
    if (!store_->load(&model_))
        return false;
    std::vector<Entry *> interrupted;
    for (auto &row : model_.entries)
        if (row.second->rank == JOB_EXECUTING || row.second->rank == JOB_TIMED)
            interrupted.push_back(row.second.get());
    for (Entry *entry : interrupted) {
        if (entry->rank == JOB_TIMED) {
            model_.place(entry, rank_of(*entry), entry->queue);
        } else if (entry->restart) {
            requeue_job(entry);
        } else {
            entry->end = END_DELETE;
            finish_job(entry, JBC$_SYSFAIL);
        }
    }
    return true;
}

QueueManager::Function QueueManager::function_of(uint16_t code)
{
    switch (code) {
    case SJC$_ABORT_JOB: return &QueueManager::abort_job;
    case SJC$_ADD_FILE: return &QueueManager::add_file;
    case SJC$_ALTER_JOB: return &QueueManager::alter_job;
    case SJC$_ALTER_QUEUE: return &QueueManager::on_managed<&QueueManager::alter_queue>;
    case SJC$_BATCH_CHECKPOINT: return &QueueManager::batch_checkpoint;
    case SJC$_CLOSE_DELETE: return &QueueManager::close_delete;
    case SJC$_CLOSE_JOB: return &QueueManager::close_job;
    case SJC$_CREATE_JOB: return &QueueManager::create_job;
    case SJC$_CREATE_QUEUE: return &QueueManager::create_queue;
    case SJC$_DELETE_JOB: return &QueueManager::delete_job;
    case SJC$_DELETE_QUEUE: return &QueueManager::on_managed<&QueueManager::delete_queue>;
    case SJC$_ENTER_FILE: return &QueueManager::enter_file;
    case SJC$_MERGE_QUEUE: return &QueueManager::on_managed<&QueueManager::merge_queue>;
    case SJC$_PAUSE_QUEUE: return &QueueManager::on_managed<&QueueManager::pause_queue>;
    case SJC$_RESET_QUEUE: return &QueueManager::on_managed<&QueueManager::reset_queue>;
    case SJC$_START_QUEUE_MANAGER: return &QueueManager::start_manager;
    case SJC$_STOP_QUEUE_MANAGER: return &QueueManager::stop_manager;
    case SJC$_START_QUEUE: return &QueueManager::on_managed<&QueueManager::start_queue>;
    case SJC$_STOP_QUEUE: return &QueueManager::on_managed<&QueueManager::stop_queue>;
    case SJC$_STOP_ALL_QUEUES_ON_NODE: return &QueueManager::stop_all_on_node;
    case SJC$_SYNCHRONIZE_JOB: return &QueueManager::synchronize_job;
    case SJC$_WRITE_ACCOUNTING: return &QueueManager::write_accounting;
    case SJC$_ENABLE_AUTOSTART: return &QueueManager::enable_autostart;
    case SJC$_DISABLE_AUTOSTART: return &QueueManager::disable_autostart;
    }
    return nullptr;
}

void QueueManager::request(int client, const QueueFrame &frame)
{
    WireReader reader(frame.body);
    caller_.read(&reader);
    client_ = client;
    request_ = frame.id;
    logging_ = frame.operation == QUEUE_LOGGING;
    logged_ = frame.operation == QUEUE_LOGGED || logging_;
    answer_.clear();
    uint32_t status = JBC$_INVMSG;
    bool of_manager = frame.operation == QUEUE_GETQUI
                          ? frame.function == QUI$_DISPLAY_MANAGER
                          : frame.function == SJC$_START_QUEUE_MANAGER;
    if (disabled_ && !of_manager) {
        status = JBC$_JOBQUEDIS;
    } else if (frame.operation == QUEUE_GETQUI) {
        QueueQuery query;
        query.read(&reader);
        if (reader.ok())
            status = display(frame.function, query);
    } else if (reader.ok()) {
        JobItems items;
        Function function = function_of(frame.function);
        status = function ? items.parse(reader.rest()) : static_cast<uint32_t>(JBC$_INVFUNCOD);
        if (status & 1)
            status = (this->*function)(items);
    }
    logged_ = logging_ = false;
    if (status)
        output_->reply(client, frame.id, status, answer_);
}

void QueueManager::settled(int client, uint32_t id, uint32_t of, uint16_t how)
{
    auto at = unsettled_.find(std::make_pair(client, of));
    if (at != unsettled_.end()) {
        let_go(at->second);
        unsettled_.erase(at);
    }
    if (how == QUEUE_ON_DISK)
        return;
    durable_ = true;
    output_->reply(client, id, JBC$_NORMAL, std::string());
}

/* The host may have lost the entry, or the job's end with it: then the file tells. */
void QueueManager::redo(const QueueRequest &request)
{
    WireReader reader(request.body);
    JobItems items;
    std::string path;
    caller_.read(&reader);
    client_ = -1;
    answer_.clear();
    if (request.function != SJC$_ENTER_FILE || !reader.ok() || !(items.parse(reader.rest()) & 1))
        return;
    const std::string file = items.text(SJC$_FILE_SPECIFICATION);
    for (const auto &row : model_.entries)
        for (const JobFile &one : row.second->files)
            if (one.spec == file)
                return;
    if (!(host_path(file, std::string(), true, &path, nullptr) & 1))
        return;
    uint32_t status = enter_file(items);
    if (!(status & 1))
        operator_message("SYSTEM", "%QMAN-E-REDO, " + file +
                                       " could not be entered again, status " +
                                       std::to_string(status));
}

void QueueManager::client_gone(int client)
{
    client_ = client;
    /* what it did not live to say: the entry is as good as any that is waiting for its flush */
    auto from = unsettled_.lower_bound(std::make_pair(client, 0u)), to = from;
    for (; to != unsettled_.end() && to->first.first == client; ++to)
        let_go(to->second);
    unsettled_.erase(from, to);
    if (Entry *entry = open_job())
        remove_job(entry, JBC$_JOBDELETE);
    for (uint32_t number : waited_) {
        Entry *entry = model_.find_entry(number);
        for (size_t i = entry ? entry->waiters.size() : 0; i-- > 0;)
            if (entry->waiters[i].first == client)
                entry->waiters.erase(entry->waiters.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void QueueManager::run_timers()
{
    uint64_t time = now();
    while (!model_.timed.empty() && model_.timed.begin()->first <= time) {
        Entry *entry = model_.find_entry(model_.timed.begin()->second);
        if (entry->rank == JOB_RETAINED) {
            remove_job(entry, JBC$_NORMAL);
        } else {
            model_.place(entry, JOB_PENDING, entry->queue);
            wake(entry);
        }
    }
}

void QueueManager::save(Queue *queue)
{
    store_->save_queue(*queue);
    durable_ = true;
}

void QueueManager::save(Entry *entry)
{
    store_->save_entry(entry);
    dirty_.erase(entry->number);
    changed_ = true;
    durable_ = durable_ || !logged_;
}

void QueueManager::touch(Entry *entry)
{
    entry->dirty = true;
    dirty_.insert(entry->number);
}

void QueueManager::write_dirty()
{
    for (uint32_t number : dirty_)
        if (Entry *entry = model_.find_entry(number))
            store_->save_entry(entry);
    dirty_.clear();
}

void QueueManager::committed(bool flushed)
{
    changed_ = false;
    if (!flushed)
        return;
    durable_ = false;
    for (const JobFile &file : removable_)
        delete_job_file(file);
    removable_.clear();
}

void delete_job_file(const JobFile &file)
{
    std::string path, resultant;
    struct stat about;
    uint64_t inode = 0;
    if (file.identification.size() == 28)
        inode = wire_number(file.identification.substr(16, 6));
    host_path(file.spec, "", false, &path, &resultant);
    if (path.empty())
        return;
    if (lstat(path.c_str(), &about) == 0 && (inode == 0 || about.st_ino == inode)) {
        unlink(path.c_str());
        return;
    }
    /* renamed: look for the same file in its directory */
    std::string directory = path.substr(0, path.rfind('/') + 1);
    DIR *rows = opendir(directory.c_str());
    while (struct dirent *row = rows ? readdir(rows) : nullptr)
        if (inode != 0 && row->d_ino == inode)
            unlink((directory + row->d_name).c_str());
    if (rows)
        closedir(rows);
}

std::string vms_time_text(uint64_t time)
{
    const uint64_t MINUTE = 600000000;
    int64_t minutes = static_cast<int64_t>(time / MINUTE), day = minutes / 1440;
    /* day 0 is 17-NOV-1858; counted from 1-MAR-0000 in eras of 400 years */
    int64_t shifted = day + 678881, era = shifted / 146097, of_era = shifted % 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    static const char *const month_table[] = {"MAR", "APR", "MAY", "JUN", "JUL", "AUG",
                                              "SEP", "OCT", "NOV", "DEC", "JAN", "FEB"};
    char text[40];
    snprintf(text, sizeof text, "%2d-%s-%04d %02d:%02d",
             static_cast<int>(of_year - (153 * month + 2) / 5 + 1), month_table[month],
             static_cast<int>(era * 400 + year + (month >= 10 ? 1 : 0)),
             static_cast<int>(minutes % 1440 / 60), static_cast<int>(minutes % 60));
    return text;
}

std::string job_status_text(const Entry &entry)
{
    std::string text = "Job " + entry.text(SMBMSG$K_JOB_NAME) + " (queue " + entry.entered->name +
                       ", entry " + std::to_string(entry.number) + ") ";
    switch (entry.rank) {
    case JOB_EXECUTING:
        return text + "started on " + entry.queue->name;
    case JOB_TIMED:
        return text + "holding until " + vms_time_text(entry.after);
    case JOB_HOLDING:
        return text + "holding";
    case JOB_RETAINED:
        return text + "retained on completion";
    case JOB_OPEN:
        return text + "open";
    default:
        return text + "pending";
    }
}

} // namespace shim::job_control
