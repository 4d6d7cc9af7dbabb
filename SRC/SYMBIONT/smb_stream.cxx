/*
**  smb_stream - the thread of an execution queue
*/
#include "smb_stream.h"

#include "CORE/text.h"
#include "MTA/config.h"
#include "MTA/log.h"
#include "VMS/process.h"

#include <exception>

namespace mail {

namespace {
const size_t STREAM_STACK = 524288;
const boost::uint32_t IDLE_LOOK_MS = 1000; /* how often an idle stream looks at kept connections */
const boost::uint32_t AFTER_FAILURE_SECONDS = 1;
} // namespace

Stream::Stream(boost::uint32_t number, Connections &connections)
    : number_(number), connections_(connections), started_(false), has_job_(false), ending_(false),
      stop_(false), answer_stop_(false), stop_condition_(0)
{
}

Stream::~Stream()
{
    {
        MutexGuard guard(mutex_);
        ending_ = stop_ = true;
        changed_.signal();
    }
    thread_.join();
}

Status Stream::start(const SmbMessage &message)
{
    thread_.join(); /* of an earlier life: it has answered and is about to return */
    queue_ = message.executor;
    ending_ = stop_ = has_job_ = false;
    started_ = true;
    Status status = thread_.start(thread_routine, this, STREAM_STACK);
    if (status.ok())
        connections_.add_streams(1);
    else
        started_ = false;
    LogLine(LOG_INFO, queue_, "start_stream")
        .add("stream", number_)
        .add("status", status.ok() ? std::string("ok") : status.text());
    return status;
}

void Stream::give(const SmbMessage &message)
{
    {
        MutexGuard guard(mutex_);
        job_ = message;
        has_job_ = true;
        stop_ = answer_stop_ = false;
    }
    changed_.signal(); /* not under the mutex: the thread would wake only to wait for it */
}

void Stream::stop_task(boost::uint32_t condition)
{
    MutexGuard guard(mutex_);
    if (!has_job_) {
        /*
        **  the task was completed while this request was under way: the job controller knows by now
        */
        return;
    }
    stop_ = answer_stop_ = true;
    stop_condition_ = condition;
}

bool Stream::end(SmbRequest request)
{
    MutexGuard guard(mutex_);
    if (!started_)
        return false;
    ends_.push_back(request);
    ending_ = true;
    stop_ = stop_ || request == SMB_RESET_STREAM;
    changed_.signal();
    return true;
}

bool Stream::active() const
{
    MutexGuard guard(mutex_);
    return started_;
}

bool Stream::stopped() const
{
    MutexGuard guard(mutex_);
    return stop_;
}

void Stream::thread_routine(void *argument)
{
    static_cast<Stream *>(argument)->loop();
}

void Stream::loop()
{
    SmbMessage message;
    while (next_job(&message))
        run_job(message);
    answer_ends();
}

/* Waits; false when the stream ends. */
bool Stream::next_job(SmbMessage *message)
{
    MutexGuard guard(mutex_);
    while (!has_job_ && !ending_) {
        if (changed_.wait_for(mutex_, IDLE_LOOK_MS))
            continue;
        mutex_.unlock();
        connections_.expire(*config_current());
        mutex_.lock();
    }
    if (has_job_)
        *message = job_;
    return has_job_;
}

/* Not active any more before the job controller hears of it: it may start the stream at once. */
void Stream::answer_ends()
{
    std::vector<SmbRequest> ends;
    {
        MutexGuard guard(mutex_);
        ends.swap(ends_);
        started_ = false;
    }
    connections_.add_streams(-1);
    for (size_t i = 0; i < ends.size(); ++i) {
        LogLine(LOG_INFO, queue_, ends[i] == SMB_RESET_STREAM ? "reset_stream" : "stop_stream")
            .add("stream", number_);
        smb_reply(number_, ends[i]);
    }
    process_wake(); /* the last stream's end is the image's */
}

/*
**  What a job lets out (no memory, say) ends neither the thread nor the message: it is tried again
**  later.
*/
Status Stream::run_guarded(const JobRequest &request)
{
    bool failed = false;
    while (!failed || !stopped()) {
        try {
            Job job(request, connections_, *this);
            return failed ? job.put_off() : job.run();
        } catch (const std::exception &e) {
            LogLine(LOG_ERROR, request.id, "job").add("failure", e.what());
        } catch (...) {
            LogLine(LOG_ERROR, request.id, "job").add("failure", "unknown");
        }
        if (failed)
            wait_unless_stopped(AFTER_FAILURE_SECONDS, *this);
        failed = true;
    }
    return Status::cancelled();
}

/*
**  The answer is sent while has_job_ still stands, so a STOP_TASK finds the task or its completion.
*/
void Stream::run_job(const SmbMessage &message)
{
    JobRequest request;
    request.file = message.file;
    request.id = "entry-" + text_from_number(message.entry);
    request.user = message.user;
    request.queue = message.queue;
    request.executor = message.executor;
    Status status = run_guarded(request);
    MutexGuard guard(mutex_);
    has_job_ = false;
    bool reset = stop_ && !answer_stop_;
    if (answer_stop_)
        smb_task_stopped(number_, stop_condition_);
    else if (!reset)
        smb_task_complete(number_, status, 0);
    /* after a RESET_STREAM the job controller puts the entry back by itself */
}

} // namespace mail
