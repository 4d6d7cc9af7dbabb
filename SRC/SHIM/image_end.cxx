/*
**  image_end - how an image that a command interpreter runs tells it of its end
**
**  The host's exit status has eight bits; a VMS status has 32, so it goes into the process's row.
**  The interpreter names its images in SHIM_IMAGE.  main's value, and what is given to exit(), is a
**  condition value, as with the C run-time on VMS; 0 is SS$_NORMAL, EXIT_FAILURE an error
**  (INCLUDE/stdlib.h).  A memory fault leaves its
**  address and the instruction's in the row before it kills the image.
*/
#include "process_table.h"

#include <cstdlib>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>

namespace shim {

namespace {

ProcessSlot *row; /* 0: no interpreter runs this image */

/* Comes after the image's own exit routines: this one was registered before main. */
void leave_status(int code, void *)
{
    if (row && !row->image_ended.load())
        note_image_end(code == 0 ? static_cast<uint32_t>(SS$_NORMAL)
                                 : static_cast<uint32_t>(code));
}

[[maybe_unused]] void fault(int number, siginfo_t *info, void *context) /* sanitizers have theirs */
{
    const ucontext_t *state = static_cast<const ucontext_t *>(context);
    row->fault_address = reinterpret_cast<uintptr_t>(info->si_addr);
#if defined(__x86_64__)
    row->fault_pc = static_cast<uint64_t>(state->uc_mcontext.gregs[REG_RIP]);
#else
    row->fault_pc = static_cast<uint32_t>(state->uc_mcontext.gregs[REG_EIP]);
#endif
    ::signal(number, SIG_DFL);
    raise(number);
}

/* Ctrl-C, for which the image has no routine of its own, is Ctrl-Y: the interpreter decides. */
void cancel(int)
{
    kill(0, SIGTSTP);
}

/* Static objects may not exist yet: only what needs none is used. */
__attribute__((constructor)) void begin_image()
{
    const char *name = getenv("SHIM_IMAGE"), *pid = getenv("SHIM_PID");
    if (!name || !pid || !has_root())
        return;
    unsetenv("SHIM_IMAGE"); /* what the image starts itself is no image of the interpreter */
    row = slot_of(static_cast<uint32_t>(strtoul(pid, nullptr, 16)));
    if (!row)
        return;
    on_exit(leave_status, nullptr);
    struct sigaction cancels = {};
    cancels.sa_handler = cancel;
    cancels.sa_flags = SA_RESTART;
    sigaction(SIGINT, &cancels, nullptr);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct sigaction action = {};
    action.sa_sigaction = fault;
    action.sa_flags = SA_SIGINFO | SA_RESETHAND;
    sigaction(SIGSEGV, &action, nullptr);
    sigaction(SIGBUS, &action, nullptr);
#endif
}

} // namespace

void note_image_end(uint32_t status)
{
    if (!row)
        return;
    row->exit_status.store(status);
    row->image_ended.store(1);
}

} // namespace shim
