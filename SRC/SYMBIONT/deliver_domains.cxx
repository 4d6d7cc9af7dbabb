/*
**  deliver_domains - threads that take one domain after the other
*/
#include "deliver_domains.h"

#include "CORE/text.h"
#include "MTA/log.h"
#include "VMS/thread.h"

#include <exception>

namespace mail {

namespace {

const size_t SENDER_STACK = 524288;

struct DomainWork {
    std::string domain;
    const std::vector<size_t> *recipients;
    std::vector<Outcome> outcomes;
};

/*
**  A destination that has its share of the streams is left alone, its name servers too: they may be
**  what is slow.
*/
void deliver_one(const RemoteJob &job, ControlFile &file, DomainWork *work)
{
    if (job.stop->stopped()) {
        work->outcomes.assign(work->recipients->size(), Outcome::not_tried("job stopped"));
        return;
    }
    Claim place(*job.connections, "@" + text_lowered(work->domain), *job.settings, *job.stop);
    if (!place.held()) {
        work->outcomes.assign(work->recipients->size(), place.refusal());
        return;
    }
    Route route = route_find(work->domain, *job.settings, *job.identity, router_services());
    for (size_t i = 0; i < route.why.size(); ++i)
        LogLine(LOG_DEBUG, job.id, "route_step")
            .add("domain", work->domain)
            .add("says", route.why[i]);
    LogLine(LOG_TRACE, job.id, "route")
        .add("domain", work->domain)
        .add("step", route.step)
        .add("hosts", static_cast<boost::uint32_t>(route.hosts.size()));
    deliver_remote(job, file, route, *work->recipients, &work->outcomes);
}

/* Nothing that a sender's thread lets out may end it: somebody waits for its answer. */
void deliver_guarded(const RemoteJob &job, ControlFile &file, DomainWork *work)
{
    try {
        deliver_one(job, file, work);
        return;
    } catch (const std::exception &e) {
        LogLine(LOG_ERROR, job.id, "sender").add("failure", e.what());
    } catch (...) {
        LogLine(LOG_ERROR, job.id, "sender").add("failure", "unknown");
    }
    work->outcomes.assign(work->recipients->size(), Outcome::not_tried("sender failed"));
}

class Senders {
public:
    Senders(const RemoteJob &job, ControlFile &file, const DomainRecipients &domains);
    void run(DomainListener *listener);

private:
    static void thread_routine(void *argument);
    void work_off();
    size_t next_finished();

    const RemoteJob &job_;
    ControlFile &file_;
    std::vector<DomainWork> work_;
    Mutex mutex_;
    Condition changed_;
    size_t next_;                 /* not yet taken by a sender */
    std::vector<size_t> finished_; /* not yet told to the listener */
};

Senders::Senders(const RemoteJob &job, ControlFile &file, const DomainRecipients &domains)
    : job_(job), file_(file), next_(0)
{
    for (DomainRecipients::const_iterator d = domains.begin(); d != domains.end(); ++d) {
        DomainWork work;
        work.domain = d->first;
        work.recipients = &d->second;
        work_.push_back(work);
    }
    finished_.reserve(work_.size()); /* a sender must not fail to say that it has finished */
}

void Senders::thread_routine(void *argument)
{
    static_cast<Senders *>(argument)->work_off();
}

void Senders::work_off()
{
    MutexGuard guard(mutex_);
    while (next_ < work_.size()) {
        size_t mine = next_++;
        mutex_.unlock();
        deliver_guarded(job_, file_, &work_[mine]);
        mutex_.lock();
        finished_.push_back(mine);
        changed_.signal();
    }
}

size_t Senders::next_finished()
{
    MutexGuard guard(mutex_);
    while (finished_.empty())
        changed_.wait(mutex_);
    size_t oldest = finished_.front();
    finished_.erase(finished_.begin());
    return oldest;
}

void Senders::run(DomainListener *listener)
{
    size_t most = job_.settings->number(P_SYMB_SENDERS);
    std::vector<boost::shared_ptr<Thread> > threads;
    while (work_.size() > 1 && threads.size() < most && threads.size() < work_.size()) {
        boost::shared_ptr<Thread> thread(new Thread);
        if (!thread->start(thread_routine, this, SENDER_STACK).ok())
            break;
        threads.push_back(thread);
    }
    if (threads.empty())
        work_off();
    for (size_t told = 0; told < work_.size(); ++told) {
        size_t done = next_finished();
        listener->delivered(*work_[done].recipients, work_[done].outcomes);
    }
} /* the threads are joined by their objects */

} // namespace

void deliver_domains(const RemoteJob &job, ControlFile &file, const DomainRecipients &domains,
                     DomainListener *listener)
{
    Senders senders(job, file, domains);
    senders.run(listener);
}

} // namespace mail
