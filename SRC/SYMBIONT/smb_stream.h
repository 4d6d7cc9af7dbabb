/*
**  smb_stream - one execution queue of this symbiont process: its thread, its job, its states
**
**  spec/vms-api.md 1.2 - 1.5.  The main thread gives requests and never waits for a stream; the
**  stream's own thread runs the job and answers the job controller when the work has really ended.
*/
#ifndef MAIL_SYMBIONT_SMB_STREAM_H
#define MAIL_SYMBIONT_SMB_STREAM_H

#include "job.h"

#include "VMS/smb.h"
#include "VMS/thread.h"

namespace mail {

class Stream : public StopFlag {
public:
    Stream(boost::uint32_t number, Connections &connections);
    virtual ~Stream();

    /* Starts the thread; the caller answers START_STREAM with the result. */
    Status start(const SmbMessage &message);
    /* A job; START_TASK was answered by the caller. */
    void give(const SmbMessage &message);
    /* STOP_TASK: the thread answers it when the job has ceased. */
    void stop_task(boost::uint32_t condition);
    /*
    **  STOP_STREAM or RESET_STREAM: the thread answers it as its last act and wakes the main
    **  thread.  False: the stream is not active, the caller answers.
    */
    bool end(SmbRequest request);
    bool active() const;

    virtual bool stopped() const;

private:
    Stream(const Stream &);
    Stream &operator=(const Stream &);
    static void thread_routine(void *argument);
    void loop();
    bool next_job(SmbMessage *message);
    void run_job(const SmbMessage &message);
    Status run_guarded(const JobRequest &request);
    void answer_ends();

    const boost::uint32_t number_;
    Connections &connections_;
    Thread thread_;
    mutable Mutex mutex_;
    Condition changed_;
    bool started_, has_job_, ending_, stop_, answer_stop_;
    boost::uint32_t stop_condition_;
    std::vector<SmbRequest> ends_; /* to be answered by the thread */
    std::string queue_;
    SmbMessage job_;
};

} // namespace mail

#endif
