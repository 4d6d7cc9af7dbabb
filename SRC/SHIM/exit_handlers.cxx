/*
**  exit_handlers - $DCLEXH, $CANEXH, $EXIT, and the end that $FORCEX asks for
**
**  Handlers run once, the last declared first, whether the image ends by $EXIT, by return from main
**  or by $FORCEX (SIGTERM), which runs them as an AST.  An end on another thread than the main one
**  does not destroy static objects: other threads may still use them.
*/
#include "process_table.h"
#include "shim.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <signal.h>
#include <starlet.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace shim {

namespace {

/* As the caller laid it out; the first argument is the address of the status. */
struct ExitBlock {
    void *link;
    void (*handler)(void *, void *, void *, void *);
    uint32_t argument_count;
    void *arguments[4];
};

std::mutex handlers_mutex;
std::vector<ExitBlock *> handlers;
int force_pipe[2] = {-1, -1};

void run_handlers(uint32_t status)
{
    for (;;) {
        ExitBlock *block = nullptr;
        {
            std::lock_guard<std::mutex> guard(handlers_mutex);
            if (handlers.empty())
                return;
            block = handlers.back();
            handlers.pop_back();
        }
        void *argument[4] = {nullptr, nullptr, nullptr, nullptr};
        for (uint32_t i = 0; i < block->argument_count && i < 4; ++i)
            argument[i] = block->arguments[i];
        if (block->argument_count && argument[0])
            *static_cast<uint32_t *>(argument[0]) = status;
        block->handler(argument[0], argument[1], argument[2], argument[3]);
    }
}

[[noreturn]] void end_image(uint32_t status)
{
    run_handlers(status);
    note_image_end(status);
    int code = status & 1 ? 0 : 1;
    if (syscall(SYS_gettid) == getpid())
        exit(code);
    fflush(nullptr);
    leave_system();
    _exit(code);
}

void forced(int)
{
    int kept = errno;
    if (write(force_pipe[1], "", 1) < 0)
        _exit(1);
    errno = kept;
}

bool force_exit()
{
    char c;
    if (read(force_pipe[0], &c, 1) != 1)
        return true;
    uint32_t code = own_slot().forced_exit.load();
    end_image(code ? code : static_cast<uint32_t>(SS$_FORCEDEXIT));
}

/* handlers_mutex is held. */
void prepare()
{
    static bool prepared;
    if (prepared)
        return;
    prepared = true;
    on_exit([](int code, void *) { run_handlers(code == 0 ? SS$_NORMAL : SS$_ABORT); }, nullptr);
    struct sigaction old;
    if (sigaction(SIGTERM, nullptr, &old) < 0 || old.sa_handler != SIG_DFL ||
        pipe2(force_pipe, O_CLOEXEC) < 0)
        return; /* the program has its own idea of SIGTERM */
    watch_fd(force_pipe[0], force_exit);
    struct sigaction action = {};
    action.sa_handler = forced;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace

} // namespace shim

using namespace shim;

extern "C" {

int sys$dclexh(void *desblk)
{
    SHIM_SERVICE("sys$dclexh");
    ExitBlock *block = static_cast<ExitBlock *>(desblk);
    if (!block || !block->handler)
        return SS$_ACCVIO;
    if (block->argument_count > 4)
        return SS$_BADPARAM;
    own_slot();
    std::lock_guard<std::mutex> guard(handlers_mutex);
    prepare();
    handlers.push_back(block);
    return SS$_NORMAL;
}

int sys$canexh(void *desblk)
{
    SHIM_SERVICE("sys$canexh");
    std::lock_guard<std::mutex> guard(handlers_mutex);
    if (!desblk) {
        handlers.clear();
        return SS$_NORMAL;
    }
    auto found = std::find(handlers.begin(), handlers.end(), static_cast<ExitBlock *>(desblk));
    if (found == handlers.end())
        return SS$_NOHANDLER;
    handlers.erase(found);
    return SS$_NORMAL;
}

int sys$exit(unsigned int code)
{
    SHIM_SERVICE("sys$exit");
    end_image(code);
}
}
