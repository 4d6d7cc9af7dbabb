/*
**  subprocess - SPAWN's and PIPE's processes
*/
#include "subprocess.h"

#include "attachment.h"
#include "interrupt.h"
#include "lnm.h"
#include "names.h"
#include "process_table.h"
#include "terminal.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <psldef.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shim {
namespace dcl {

struct Subprocess::Shared {
    std::atomic<uint32_t> status;
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

/* What the child says of its beginning. */
struct Begun {
    uint32_t status, pid;
    char name[16];
};

bool read_all(int fd, void *at, size_t size)
{
    for (size_t got = 0; got < size;) {
        ssize_t n = read(fd, static_cast<char *>(at) + got, size - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        got += static_cast<size_t>(n);
    }
    return true;
}

void reap(pid_t host, int *host_status)
{
    while (waitpid(host, host_status, 0) < 0 && errno == EINTR)
        ;
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
    : shared_(nullptr), host_(-1), pid_(0), name_(free_name(options.name)), start_(-1),
      waited_(false),
      own_group_(!options.foreground && session.interactive && session.terminal->is_terminal())
{
    int begun[2], start[2];
    reap_children(session);
    void *at = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                    -1, 0);
    if (at == MAP_FAILED)
        throw Failure(SS$_INSFMEM);
    shared_ = new (at) Shared();
    bool pipes = pipe2(begun, O_CLOEXEC) == 0;
    bool both = pipes && pipe2(start, O_CLOEXEC) == 0;
    host_ = both ? fork() : -1;
    if (host_ == 0) {
        close(begun[0]), close(start[1]);
        live(session, options, body, begun[1], start[0]);
    }
    if (pipes)
        close(begun[1]);
    if (both)
        close(start[0]);
    if (host_ < 0) {
        if (pipes)
            close(begun[0]);
        if (both)
            close(start[1]);
        munmap(shared_, sizeof(Shared));
        throw Failure(SS$_EXQUOTA);
    }
    start_ = start[1];
    if (own_group_)
        setpgid(host_, host_); /* both do it: neither may come too late */
    await_begin(begun[0]);
}

/* In the parent. */
void Subprocess::await_begin(int begun)
{
    Begun answer;
    bool there = read_all(begun, &answer, sizeof answer);
    close(begun);
    if (there && (answer.status & 1)) {
        pid_ = answer.pid;
        name_ = answer.name;
        return;
    }
    go();
    reap(host_, nullptr);
    munmap(shared_, sizeof(Shared));
    throw Failure(there ? answer.status : static_cast<uint32_t>(SS$_ABORT));
}

/* In the child. */
void Subprocess::live(Session &session, const SubprocessOptions &options,
                      const std::function<void(Session &)> &body, int begun, int start)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a subprocess ends with its owner */
    if (own_group_) {
        setpgid(0, 0);
        ::signal(SIGTTOU, SIG_IGN);
        ::signal(SIGTTIN, SIG_IGN);
    }
    session.children.clear();
    session.foreground = session.foreground && options.foreground;
    Begun answer = Begun();
    answer.status = split_process(name_);
    while (answer.status == SS$_DUPLNAM && options.name.empty())
        answer.status = split_process(name_ = free_name("")); /* another was quicker */
    answer.pid = self().pid;
    name_.copy(answer.name, sizeof answer.name - 1);
    if (write(begun, &answer, sizeof answer) != sizeof answer || !(answer.status & 1))
        _exit(1);
    close(begun);
    char none;
    read_all(start, &none, 1);
    close(start);
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
    try {
        body(session);
    } catch (const Failure &failure) {
        session.fail(failure);
    }
    shared_->status.store(session.status());
    exit(session.status() & 1 ? 0 : 1);
}

Subprocess::~Subprocess()
{
    go();
    munmap(shared_, sizeof(Shared));
}

/* A byte, not the end of file: a subprocess made meanwhile has the pipe open, too. */
void Subprocess::go()
{
    if (start_ < 0)
        return;
    void (*before)(int) = ::signal(SIGPIPE, SIG_IGN); /* it may be dead */
    if (write(start_, "", 1) < 0 && errno != EPIPE)
        kill(host_, SIGKILL);
    ::signal(SIGPIPE, before);
    close(start_);
    start_ = -1;
}

void Subprocess::stop()
{
    if (waited_)
        return;
    kill(own_group_ ? -host_ : host_, SIGKILL);
    reap(host_, nullptr);
    waited_ = true;
}

uint32_t Subprocess::ended()
{
    waited_ = true;
    uint32_t status = shared_->status.load();
    return status ? status : static_cast<uint32_t>(SS$_ABORT);
}

uint32_t Subprocess::wait(Session &session)
{
    int host_status = 0;
    go();
    while (!waited_ && waitpid(host_, &host_status, 0) < 0 && errno == EINTR)
        if (own_group_ && interrupt_pending() && !goes_on_after_interrupt(session))
            throw Failure();
    take_interrupt();
    return WIFSIGNALED(host_status) ? static_cast<uint32_t>(SS$_ABORT) : ended();
}

} // namespace dcl
} // namespace shim
