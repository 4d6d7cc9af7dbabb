/*
**  ast - asynchronous routines and timers
**
**  One thread of the process plays the part of AST level: it runs one routine at a time, and none
**  while $SETAST has them held back.  $SETAST(0) waits for the routine that is running, so what
**  follows it is alone, as on VMS.  Timers follow the movable clock: a small thread sleeps on the
**  clock's futex and wakes the AST thread when somebody moves it.  Both threads start when needed.
*/
#include "event_flags.h"
#include "shim.h"
#include "system_page.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <poll.h>
#include <pthread.h>
#include <starlet.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>

namespace shim {

namespace {

typedef std::function<void()> Routine;

const uint32_t NO_FLAG = 128;

struct Timer {
    uint64_t id;
    bool service;       /* made by $SETIMR */
    uint64_t request;
    uint32_t flag;
    Routine routine;    /* may be empty */
};

class Engine {
public:
    Engine() : last_id_(0), enabled_(true), running_(false), started_(false), clock_(false),
               sleeping_(false), watching_(false)
    {
        wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    }
    void deliver(const Routine &routine);
    void watch(int fd, const std::function<bool()> &routine);
    uint64_t start_timer(uint64_t time, const Timer &timer);
    bool cancel(uint64_t id);
    void cancel_request(uint64_t request);
    bool enable(bool enabled);
    void poke();

private:
    void ensure_thread();
    void run();
    void clock_run();
    void expire();
    bool run_one(std::unique_lock<std::mutex> &guard);
    void call(std::unique_lock<std::mutex> &guard, const Routine &routine);
    void wait(std::unique_lock<std::mutex> &guard);
    int timeout();

    std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<Routine> queue_;
    std::multimap<uint64_t, Timer> timers_;
    std::map<int, std::function<bool()>> watches_;
    uint64_t last_id_;
    bool enabled_, running_, started_, clock_;
    bool sleeping_; /* the thread has seen everything and polls: it must be woken */
    bool watching_; /* it polls the watched descriptors too */
    std::thread::id thread_;
    int wake_;
};

std::atomic<Engine *> the_engine;

Engine &engine()
{
    Engine *at = the_engine.load(std::memory_order_acquire);
    if (at)
        return *at;
    static std::mutex making;
    std::lock_guard<std::mutex> guard(making);
    if (!the_engine.load()) {
        the_engine.store(new Engine); /* lives as long as the process: its thread does */
        /* the child of a fork has none of the threads */
        static int once = pthread_atfork(nullptr, nullptr, [] { the_engine.store(nullptr); });
        (void)once;
    }
    return *the_engine.load();
}

void Engine::poke()
{
    uint64_t one = 1;
    if (write(wake_, &one, sizeof one) < 0)
        return; /* the counter is full: it is awake */
}

/* mutex_ is held. */
void Engine::ensure_thread()
{
    if (!started_) {
        started_ = true;
        std::thread(&Engine::run, this).detach();
    } else if (sleeping_) {
        poke();
    }
    if (!timers_.empty() && !clock_) {
        clock_ = true;
        std::thread(&Engine::clock_run, this).detach();
    }
}

void Engine::deliver(const Routine &routine)
{
    std::lock_guard<std::mutex> guard(mutex_);
    queue_.push_back(routine);
    ensure_thread();
}

void Engine::watch(int fd, const std::function<bool()> &routine)
{
    std::lock_guard<std::mutex> guard(mutex_);
    watches_[fd] = routine;
    ensure_thread();
}

uint64_t Engine::start_timer(uint64_t time, const Timer &timer)
{
    std::lock_guard<std::mutex> guard(mutex_);
    Timer made = timer;
    made.id = ++last_id_;
    timers_.emplace(time, made);
    ensure_thread();
    return made.id;
}

bool Engine::cancel(uint64_t id)
{
    std::lock_guard<std::mutex> guard(mutex_);
    for (auto at = timers_.begin(); at != timers_.end(); ++at)
        if (at->second.id == id) {
            timers_.erase(at);
            return true;
        }
    return false;
}

void Engine::cancel_request(uint64_t request)
{
    std::lock_guard<std::mutex> guard(mutex_);
    for (auto at = timers_.begin(); at != timers_.end();)
        at = at->second.service && (request == 0 || at->second.request == request)
                 ? timers_.erase(at)
                 : std::next(at);
}

bool Engine::enable(bool enabled)
{
    std::unique_lock<std::mutex> guard(mutex_);
    bool before = enabled_;
    enabled_ = enabled;
    if (enabled && !before && sleeping_ && !(queue_.empty() && (watching_ || watches_.empty())))
        poke();
    if (!enabled && thread_ != std::this_thread::get_id())
        idle_.wait(guard, [&] { return !running_; });
    return before;
}

void Engine::call(std::unique_lock<std::mutex> &guard, const Routine &routine)
{
    running_ = true;
    guard.unlock();
    routine();
    guard.lock();
    running_ = false;
    idle_.notify_all();
}

/* Timers that are due: their flags are set even while ASTs are held back. */
void Engine::expire()
{
    if (timers_.empty())
        return;
    uint64_t moment = now();
    while (!timers_.empty() && timers_.begin()->first <= moment) {
        Timer due = timers_.begin()->second;
        timers_.erase(timers_.begin());
        set_flag(due.flag);
        if (due.routine)
            queue_.push_back(due.routine);
    }
}

bool Engine::run_one(std::unique_lock<std::mutex> &guard)
{
    if (!enabled_ || queue_.empty())
        return false;
    Routine routine = queue_.front();
    queue_.pop_front();
    call(guard, routine);
    return true;
}

int Engine::timeout()
{
    if (timers_.empty())
        return -1;
    uint64_t moment = now(), first = timers_.begin()->first;
    if (first <= moment)
        return 0;
    uint64_t milliseconds = (first - moment + 9999) / 10000;
    const uint64_t longest = 3600000;
    return static_cast<int>(milliseconds < longest ? milliseconds : longest);
}

/* Sleeps until something may have to be done, and runs the routines of readable descriptors. */
void Engine::wait(std::unique_lock<std::mutex> &guard)
{
    std::vector<struct pollfd> set(1, pollfd{wake_, POLLIN, 0});
    if (enabled_)
        for (const auto &watch : watches_)
            set.push_back(pollfd{watch.first, POLLIN, 0});
    int limit = enabled_ && !queue_.empty() ? 0 : timeout();
    sleeping_ = true;
    watching_ = enabled_;
    guard.unlock();
    int ready = poll(set.data(), set.size(), limit);
    uint64_t count;
    if (ready > 0 && set[0].revents && read(wake_, &count, sizeof count) < 0)
        ready = 0;
    guard.lock();
    sleeping_ = false;
    for (size_t i = 1; ready > 0 && i < set.size(); ++i) {
        auto found = watches_.find(set[i].fd);
        if (!set[i].revents || !enabled_ || found == watches_.end())
            continue;
        std::function<bool()> routine = found->second;
        bool more = false;
        call(guard, [&] { more = routine(); });
        if (!more)
            watches_.erase(set[i].fd);
    }
}

void Engine::run()
{
    std::unique_lock<std::mutex> guard(mutex_);
    thread_ = std::this_thread::get_id();
    for (;;) {
        expire();
        if (!run_one(guard))
            wait(guard);
    }
}

void Engine::clock_run()
{
    for (;;) {
        SystemPage &at = page();
        uint32_t changes = at.clock_changes.load();
        if (&page() != &at)
            continue; /* another root since: nobody would wake us on the old page */
        poke(); /* the clock may have moved before this load */
        futex_wait(at.clock_changes, changes, -1);
    }
}

uint64_t absolute(int64_t time)
{
    return time <= 0 ? now() + static_cast<uint64_t>(-time) : static_cast<uint64_t>(time);
}

} // namespace

void deliver_ast(const std::function<void()> &routine)
{
    engine().deliver(routine);
}

void watch_fd(int fd, const std::function<bool()> &routine)
{
    engine().watch(fd, routine);
}

uint64_t start_timer(uint64_t time, const std::function<void()> &routine)
{
    return engine().start_timer(time, Timer{0, false, 0, NO_FLAG, routine});
}

bool cancel_timer(uint64_t id)
{
    return engine().cancel(id);
}

} // namespace shim

using namespace shim;

extern "C" {

int sys$setast(char enbflg)
{
    SHIM_SERVICE("sys$setast");
    return engine().enable(enbflg & 1) ? SS$_WASSET : SS$_WASCLR;
}

int sys$dclast(void (*astadr)(unsigned long long), unsigned long long astprm, unsigned int acmode)
{
    SHIM_SERVICE("sys$dclast");
    (void)acmode; /* user mode is the only one */
    if (!astadr)
        return SS$_ACCVIO;
    deliver_ast([astadr, astprm] { astadr(astprm); });
    return SS$_NORMAL;
}

int sys$setimr(unsigned int efn, struct _generic_64 *daytim, void (*astadr)(unsigned long long),
               unsigned long long reqidt, unsigned int flags)
{
    SHIM_SERVICE("sys$setimr");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    if (!daytim)
        return SS$_ACCVIO;
    if (flags)
        return SS$_BADPARAM; /* CPU time, UTC: not offered */
    clear_flag(efn);
    Timer timer = {0, true, reqidt, efn, nullptr};
    if (astadr)
        timer.routine = [astadr, reqidt] { astadr(reqidt); };
    engine().start_timer(absolute(static_cast<int64_t>(daytim->gen64$q_quadword)), timer);
    return SS$_NORMAL;
}

int sys$cantim(unsigned long long reqidt, unsigned int acmode)
{
    SHIM_SERVICE("sys$cantim");
    (void)acmode;
    engine().cancel_request(reqidt);
    return SS$_NORMAL;
}
}
