/*
**  attachment - which process of a job has the terminal
**
**  The processes of a job are forks of its first one; what they share is a mapping of its memory.
**  SIGUSR1 says that the terminal has come back, SIGCHLD that a subprocess has ended.  Both are
**  blocked from before a process is seen to wait until sigsuspend(), so none comes too early.
*/
#include "attachment.h"

#include "interrupt.h"
#include "process_table.h"

#include <atomic>
#include <climsgdef.h>
#include <csignal>
#include <ssdef.h>
#include <sys/mman.h>
#include <sys/wait.h>

namespace shim {
namespace dcl {

namespace {

const size_t WAITING_MAX = 64; /* processes of one job */

struct Shared {
    std::atomic<uint32_t> holder; /* pid; 0: nobody has given it away */
    std::atomic<uint32_t> waiting[WAITING_MAX];
};
Shared *shared; /* of the whole job */

void nothing(int) {}

void set_handler(int number, int flags, struct sigaction *before)
{
    struct sigaction action = {};
    action.sa_handler = nothing;
    action.sa_flags = flags;
    sigaction(number, &action, before);
}

/* Signals are held back while it exists; wait() lets them through for an instant. */
class HeldSignals {
public:
    HeldSignals()
    {
        set_handler(SIGCHLD, 0, &child_action_);
        sigset_t held;
        sigemptyset(&held);
        sigaddset(&held, SIGCHLD);
        sigaddset(&held, SIGUSR1);
        sigprocmask(SIG_BLOCK, &held, &before_);
    }
    ~HeldSignals()
    {
        sigprocmask(SIG_SETMASK, &before_, nullptr);
        sigaction(SIGCHLD, &child_action_, nullptr);
    }
    HeldSignals(const HeldSignals &) = delete;
    HeldSignals &operator=(const HeldSignals &) = delete;
    void wait() { sigsuspend(&before_); }

private:
    sigset_t before_;
    struct sigaction child_action_;
};

/* This process can be attached to while it exists. */
class Waiting {
public:
    explicit Waiting(uint32_t pid) : place_(nullptr)
    {
        for (std::atomic<uint32_t> &each : shared->waiting) {
            uint32_t old = each.load();
            bool taken = old && find(old);
            if (!taken && each.compare_exchange_strong(old, pid)) {
                place_ = &each;
                return;
            }
        }
        throw Failure(CLI$_REFUSED);
    }
    ~Waiting()
    {
        place_->store(0);
    }
    Waiting(const Waiting &) = delete;
    Waiting &operator=(const Waiting &) = delete;

private:
    std::atomic<uint32_t> *place_;
    static bool find(uint32_t pid)
    {
        ProcessEntry entry;
        return find_process(pid, &entry);
    }
};

/* The process that has the terminal is gone with the one that ended, or will be at once. */
bool ends_with(uint32_t holder, uint32_t ended)
{
    for (size_t depth = 0; depth < PROCESS_MAX; ++depth) {
        if (holder == ended)
            return true;
        const ProcessSlot *slot = slot_of(holder);
        if (!slot || !slot_alive(*slot))
            return true;
        holder = slot->owner;
        if (!holder)
            return false;
    }
    return false;
}

} // namespace

void share_terminal()
{
    if (shared)
        return;
    void *at = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                    -1, 0);
    if (at == MAP_FAILED)
        throw Failure(SS$_INSFMEM);
    shared = new (at) Shared();
    set_handler(SIGUSR1, SA_RESTART, nullptr); /* it may come after its purpose is fulfilled */
}

bool waits_for_terminal(uint32_t pid)
{
    for (size_t i = 0; shared && i < WAITING_MAX; ++i)
        if (shared->waiting[i].load() == pid)
            return true;
    return false;
}

void reap_children(Session &session)
{
    for (size_t i = 0; i < session.children.size();) {
        ChildProcess child = session.children[i];
        if (waitpid(child.host, nullptr, WNOHANG) == 0) {
            ++i;
            continue;
        }
        session.children.erase(session.children.begin() + static_cast<ptrdiff_t>(i));
        uint32_t holder = shared ? shared->holder.load() : 0;
        if (holder && ends_with(holder, child.pid))
            shared->holder.compare_exchange_strong(holder, self().pid);
    }
}

void give_terminal(Session &session, uint32_t pid, const std::function<void()> &begin)
{
    uint32_t own = self().pid;
    HeldSignals signals;
    Waiting waiting(own);
    shared->holder.store(pid);
    begin();
    for (reap_children(session); shared->holder.load() != own; reap_children(session))
        signals.wait();
    take_interrupt(); /* that of another process */
}

void wake_attached(uint32_t pid)
{
    const ProcessSlot *slot = slot_of(pid);
    int host = slot ? slot->host_pid.load() : 0;
    if (host > 0)
        kill(host, SIGUSR1);
}

} // namespace dcl
} // namespace shim
