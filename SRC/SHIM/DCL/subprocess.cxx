/*
**  subprocess - SPAWN's and PIPE's processes
*/
#include "subprocess.h"

#include "interrupt.h"
#include "lnm.h"
#include "names.h"
#include "process_table.h"
#include "terminal.h"

#include <atomic>
#include <cerrno>
#include <climsgdef.h>
#include <psldef.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shim {
namespace dcl {

struct Subprocess::Shared {
    std::atomic<uint32_t> status, ready; /* ready: the condition of the child's beginning */
};

namespace {

std::string free_name(const std::string &asked)
{
    if (!asked.empty())
        return asked;
    std::string user = self().user;
    for (unsigned number = 1;; ++number) {
        std::string name = user.substr(0, 10) + "_" + std::to_string(number);
        bool taken = false;
        for (const ProcessEntry &each : list_processes())
            taken = taken || each.identity.process_name == name;
        if (!taken)
            return name;
    }
}

/* One level that holds the local symbols of all. */
void flatten_levels(Session &session, bool symbols)
{
    std::unique_ptr<Level> only(new Level);
    if (symbols)
        for (const std::unique_ptr<Level> &each : session.levels)
            for (const auto &symbol : each->symbols.all())
                only->symbols.put(symbol.first,
                                  symbol.second.minimum < symbol.first.size()
                                      ? symbol.second.minimum
                                      : 0,
                                  symbol.second.value);
    else
        session.global.clear();
    session.levels.clear();
    session.levels.push_back(std::move(only));
}

void forget_names()
{
    lnm::change_process([](lnm::Tables &tables) {
        lnm::drop_entries(tables, tables[lnm::PROCESS_TABLE], "", PSL$C_SUPER);
        return static_cast<uint32_t>(SS$_NORMAL);
    });
}

} // namespace

Subprocess::Subprocess(Session &session, const SubprocessOptions &options,
                       const std::function<void(Session &)> &body)
    : shared_(nullptr), pid_(-1), name_(free_name(options.name)), waited_(false),
      own_group_(!options.foreground && session.interactive && session.terminal->is_terminal())
{
    void *at = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                    -1, 0);
    if (at == MAP_FAILED)
        throw Failure(SS$_INSFMEM);
    shared_ = new (at) Shared();
    pid_ = fork();
    if (pid_ < 0) {
        munmap(at, sizeof(Shared));
        throw Failure(SS$_EXQUOTA);
    }
    if (own_group_)
        setpgid(pid_, pid_); /* both do it: neither may come too late */
    if (pid_ > 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a subprocess ends with its owner */
    if (own_group_) {
        ::signal(SIGTTOU, SIG_IGN);
        ::signal(SIGTTIN, SIG_IGN);
    }
    session.foreground = session.foreground && options.foreground;
    uint32_t status = split_process(name_);
    while (status == SS$_DUPLNAM && options.name.empty())
        status = split_process(name_ = free_name("")); /* another was quicker */
    if (!(status & 1)) {
        session.show(Failure(status));
        shared_->status.store(status | 0x10000000);
        _exit(1);
    }
    share_process_names();
    if (!options.logical_names)
        forget_names();
    flatten_levels(session, options.symbols);
    if (options.input >= 0)
        session.input.reset(new Terminal(options.input, STDOUT_FILENO));
    if (options.output)
        session.output = options.output;
    if (options.error)
        session.error = options.error;
    session.define_permanent_files();
    session.subprocess = true;
    body(session);
    shared_->status.store(session.status());
    exit(session.status() & 1 ? 0 : 1);
}

Subprocess::~Subprocess()
{
    munmap(shared_, sizeof(Shared));
}

void Subprocess::stop()
{
    if (waited_)
        return;
    kill(own_group_ ? -pid_ : pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR)
        ;
    waited_ = true;
}

uint32_t Subprocess::wait(Session &session)
{
    int host_status = 0;
    while (!waited_ && waitpid(pid_, &host_status, 0) < 0 && errno == EINTR)
        if (own_group_ && interrupt_pending() && !goes_on_after_interrupt(session))
            throw Failure();
    waited_ = true;
    take_interrupt();
    if (WIFSIGNALED(host_status))
        return SS$_ABORT;
    uint32_t status = shared_->status.load();
    return status ? status : static_cast<uint32_t>(SS$_ABORT);
}

} // namespace dcl
} // namespace shim
