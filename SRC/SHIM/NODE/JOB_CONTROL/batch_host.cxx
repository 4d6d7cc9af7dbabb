/*
**  batch_host - start, suspend, end and bury the processes of batch jobs
*/
#include "batch_host.h"
#include "shim.h"
#include "uaf.h"

#include <csignal>
#include <fcntl.h>
#include <jbcmsgdef.h>
#include <jpidef.h>
#include <lgimsgdef.h>
#include <smbdef.h>
#include <sys/wait.h>
#include <uaidef.h>
#include <unistd.h>

namespace shim::job_control {

namespace {

const unsigned NAME_TRIES = 1000;
const int PARAMETERS = 8;

std::string item_text(const std::string &items, uint16_t code)
{
    std::string value;
    find_item(items, code, &value);
    return value;
}

uint32_t item_number(const std::string &items, uint16_t code)
{
    return static_cast<uint32_t>(wire_number(item_text(items, code)));
}

std::vector<std::string> files_of(const std::string &items)
{
    std::vector<std::string> row = {"SYS$INPUT"};
    ItemReader reader(items);
    uint16_t code;
    std::string data;
    while (reader.next(&code, &data))
        if (code == SMBMSG$K_FILE_SPECIFICATION)
            row.push_back(data);
    return row;
}

/* P1 to P8, each behind a TAB: no parameter holds one that the command line had. */
std::string parameters_of(const std::string &items)
{
    std::string text;
    for (uint16_t i = 0; i < PARAMETERS; ++i)
        text += "\t" + item_text(items, static_cast<uint16_t>(SMBMSG$K_PARAMETER_1 + i));
    return text;
}

uint32_t account_of(const std::string &user, UafRecord *record)
{
    if (!(uaf_read(user, record) & 1)) {
        if (user != "SYSTEM")
            return LGI$_NOSUCHUSER;
        *record = UafRecord(); /* the system runs without a user file */
        record->user = user;
        record->uic = 0x10004;
        record->device = "SYS$SYSDEVICE:";
        record->directory = "[SYS0.SYSMGR]";
        record->authorized = record->privileges = ~uint64_t(0);
        return SS$_NORMAL;
    }
    if (record->flags & UAI$M_DISACNT)
        return LGI$_DISUSER;
    return record->expiration && record->expiration <= now()
               ? static_cast<uint32_t>(LGI$_ACNTEXPIR)
               : static_cast<uint32_t>(SS$_NORMAL);
}

} // namespace

void BatchHost::to_job(uint32_t queue, uint16_t request, const std::string &items)
{
    requests_.push_back(Request{queue, request, items});
}

void BatchHost::flush()
{
    std::vector<Request> requests;
    requests.swap(requests_);
    for (const Request &request : requests) {
        if (request.code == SMBMSG$K_START_TASK) {
            start(request);
            continue;
        }
        int number = request.code == SMBMSG$K_STOP_TASK    ? SIGKILL
                     : request.code == SMBMSG$K_PAUSE_TASK ? SIGSTOP
                                                           : SIGCONT;
        uint32_t entry = item_number(request.items, SMBMSG$K_ENTRY_NUMBER);
        for (const Job &job : jobs_)
            if (job.queue == request.queue && (entry == 0 || job.entry == entry))
                kill(-job.host_pid, number); /* a session of its own, images included */
    }
}

uint32_t BatchHost::make_process(const std::string &items, Job *job, uint32_t *vms_pid)
{
    UafRecord account;
    std::string path;
    uint32_t status = account_of(item_text(items, SMBMSG$K_USER_NAME), &account);
    bool null_log = item_number(items, SMBMSG$K_PRINT_CONTROL) != 0;
    if ((status & 1) && !null_log)
        status = host_path(item_text(items, QUEUE_ITEM_LOG),
                           account.device + account.directory +
                               item_text(items, SMBMSG$K_JOB_NAME) + ".LOG",
                           false, &path, &job->log);
    int pipes[2];
    if (!(status & 1) || pipe2(pipes, O_CLOEXEC | O_NONBLOCK) != 0)
        return status & 1 ? static_cast<uint32_t>(SS$_EXQUOTA) : status;
    Start start;
    start.image = "SYS$SYSTEM:LOGINOUT.EXE";
    start.user = account.user;
    start.uic = account.uic;
    start.privileges = account.authorized;
    start.enabled = account.privileges;
    start.mode = JPI$K_BATCH;
    start.priority = item_number(items, SMBMSG$K_PRIORITY);
    start.keep.push_back(pipes[1]);
    start.extra = {seed_names({files_of(items), {"SYS$OUTPUT", null_log ? "NLA0:" : job->log}}),
                   "SHIM_BATCH=" + std::to_string(pipes[1]) + parameters_of(items)};
    if (item_number(items, SMBMSG$K_REQUEST_CONTROL) & SMBMSG$M_RESTARTING)
        start.extra.push_back("SHIM_RESTART=" + item_text(items, SMBMSG$K_CHECKPOINT_DATA));
    status = SS$_DUPLNAM;
    for (unsigned i = 0; i < NAME_TRIES && status == SS$_DUPLNAM; ++i) {
        start.process_name = "BATCH_" + std::to_string(++last_number_);
        status = start_process(start, vms_pid, &job->host_pid);
    }
    close(pipes[1]);
    job->status_pipe = pipes[0];
    if (!(status & 1))
        close(pipes[0]);
    return status;
}

void BatchHost::start(const Request &request)
{
    Job job = {request.queue, item_number(request.items, SMBMSG$K_ENTRY_NUMBER), -1, -1, ""};
    uint32_t pid = 0, status = make_process(request.items, &job, &pid);
    if (!(status & 1)) {
        job.log.clear();
        failed_.push_back(std::make_pair(job, status));
        return;
    }
    jobs_.push_back(job);
    std::string items;
    add_long(&items, SMBMSG$K_ENTRY_NUMBER, job.entry);
    add_long(&items, QUEUE_ITEM_PID, pid);
    events_->from_stream(job.queue, SMBMSG$K_START_TASK, items);
}

void BatchHost::report_end(const Job &job, uint32_t status)
{
    std::string items;
    add_long(&items, SMBMSG$K_ENTRY_NUMBER, job.entry);
    add_long(&items, SMBMSG$K_CONDITION_VECTOR, status);
    if (!job.log.empty())
        add_item(&items, QUEUE_ITEM_LOG, job.log);
    events_->from_stream(job.queue, SMBMSG$K_TASK_COMPLETE, items);
}

void BatchHost::sweep()
{
    std::vector<std::pair<Job, uint32_t>> ended;
    ended.swap(failed_);
    for (size_t i = jobs_.size(); i-- > 0;) {
        int host_status;
        if (waitpid(jobs_[i].host_pid, &host_status, WNOHANG) != jobs_[i].host_pid)
            continue;
        uint32_t status = 0;
        if (read(jobs_[i].status_pipe, &status, sizeof status) != sizeof status)
            status = SS$_ABORT; /* it was killed */
        close(jobs_[i].status_pipe);
        ended.push_back(std::make_pair(jobs_[i], status));
        jobs_.erase(jobs_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    for (const auto &one : ended)
        report_end(one.first, one.second);
}

void BatchHost::kill_all()
{
    for (const Job &job : jobs_) {
        kill(-job.host_pid, SIGKILL);
        waitpid(job.host_pid, nullptr, 0);
        close(job.status_pipe);
    }
    jobs_.clear();
    requests_.clear();
    failed_.clear();
}

} // namespace shim::job_control
