/*
**  interrupt - Ctrl-Y and Ctrl-C while a procedure or an image runs; forced exit
**
**  The nearest level with an ON CONTROL_Y action executes it; without one the person at the
**  terminal decides: CONTINUE goes on, commands of the interpreter itself are executed meanwhile,
**  EXIT, STOP and every other command abandon what was interrupted and all procedures.
**  DCL Dictionary ON, CONTINUE; User's Manual 14.15.
*/
#ifndef SHIM_DCL_INTERRUPT_H
#define SHIM_DCL_INTERRUPT_H

#include <csignal>
#include <sys/types.h>

namespace shim {
namespace dcl {

class Session;

/* Ctrl-C and Ctrl-Y of the terminal's modes become a flag. */
void catch_interrupts();
/* True once for each. */
bool take_interrupt();
bool interrupt_pending();
/* In a job: SIGTERM, which $FORCEX and the auxiliary server send to all processes of the job, ends
   the image and not the interpreter.  Without an image it ends the job, where OpenVMS would wait
   for the next image. */
void catch_forced_exit();
bool forced_exit_pending();
/* From before it is decided that an image is run until there is a process for it: a forced exit
   that comes meanwhile is that process's.  pass_on() ends it; image < 0: there is none. */
class HeldForcedExit {
public:
    HeldForcedExit();
    ~HeldForcedExit();
    HeldForcedExit(const HeldForcedExit &) = delete;
    HeldForcedExit &operator=(const HeldForcedExit &) = delete;
    void pass_on(pid_t image);

private:
    sigset_t before_;
    bool held_;
};
/* While it exists SIGTERM is the image's affair. */
struct ImageRuns {
    ImageRuns();
    ~ImageRuns();
    ImageRuns(const ImageRuns &) = delete;
    ImageRuns &operator=(const ImageRuns &) = delete;
};
/* True: what was interrupted goes on.  False: it is to be given up; the session knows what comes
   next. */
bool goes_on_after_interrupt(Session &session);

} // namespace dcl
} // namespace shim

#endif
