/*
**  smb_stream - the thread of an execution queue
*/
#include "smb_stream.h"

#include "CORE/text.h"
#include "MTA/config.h"
#include "MTA/log.h"

namespace mail {

namespace {
const size_t STREAM_STACK = 524288;
const boost::uint32_t IDLE_LOOK_MS = 1000; /* how often an idle stream looks at kept connections */
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
    queue_ = message.executor;
    ending_ = stop_ = has_job_ = false;
    Status status = thread_.start(thread_routine, this, STREAM_STACK);
    started_ = status.ok();
    LogLine(LOG_INFO, queue_, "start_stream")
        .add("stream", number_)
        .add("status", status.ok() ? std::string("ok") : status.text());
    return status;
}

void Stream::give(const SmbMessage &message)
{
    MutexGuard guard(mutex_);
    job_ = message;
    has_job_ = true;
    stop_ = answer_stop_ = false;
    changed_.signal();
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

void Stream::end(SmbRequest request)
{
    {
        MutexGuard guard(mutex_);
        ending_ = true;
        stop_ = stop_ || request == SMB_RESET_STREAM;
        changed_.signal();
    }
    thread_.join();
    started_ = false;
    LogLine(LOG_INFO, queue_, request == SMB_RESET_STREAM ? "reset_stream" : "stop_stream")
        .add("stream", number_);
    smb_reply(number_, request);
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
    for (;;) {
        SmbMessage message;
        {
            MutexGuard guard(mutex_);
            while (!has_job_ && !ending_) {
                if (changed_.wait_for(mutex_, IDLE_LOOK_MS))
                    continue;
                mutex_.unlock();
                connections_.expire(*config_current());
                mutex_.lock();
            }
            if (!has_job_)
                return;
            message = job_;
        }
        run_job(message);
    }
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
    Status status;
    {
        Job job(request, connections_, *this);
        status = job.run();
    }
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
