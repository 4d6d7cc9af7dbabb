/*
**  interrupt - Ctrl-Y and Ctrl-C
*/
#include "interrupt.h"

#include "dispatch.h"
#include "terminal.h"

#include <csignal>

namespace shim {
namespace dcl {

namespace {

volatile sig_atomic_t flag, forced, images;

void note(int)
{
    flag = 1;
}

void note_forced(int)
{
    if (!images)
        forced = 1;
}

/* The level that has an action; 0: none has, or only level 0. */
size_t acting_level(const Session &session)
{
    for (size_t i = session.levels.size(); i-- > 1;)
        if (!session.levels[i]->control_y.empty())
            return i;
    return 0;
}

enum Answer { GO_ON, GIVE_UP, ASK_AGAIN };

Answer decide(Session &session, const std::string &line)
{
    if (trimmed(line).empty())
        return ASK_AGAIN;
    if (is_command_of(session, line, "CONTINUE"))
        return GO_ON;
    if (executed_by_interpreter(session, line)) {
        session.execute(session.substitute(line));
        return ASK_AGAIN;
    }
    session.leave_to(0);
    bool simple = trimmed(line).find_first_of(" \t/") == std::string::npos;
    if (!is_command_of(session, line, "EXIT") && !(simple && is_command_of(session, line, "STOP")))
        session.next_action = line;
    return GIVE_UP;
}

} // namespace

void catch_interrupts()
{
    struct sigaction action = {};
    action.sa_handler = note; /* without SA_RESTART: waits end */
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTSTP, &action, nullptr);
    signal(SIGTTOU, SIG_IGN); /* the terminal is taken back from an image */
    signal(SIGQUIT, SIG_IGN);
}

void catch_forced_exit()
{
    struct sigaction action = {};
    action.sa_handler = note_forced;
    sigaction(SIGTERM, &action, nullptr);
}

bool forced_exit_pending()
{
    return forced != 0;
}

HeldForcedExit::HeldForcedExit() : held_(true)
{
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, SIGTERM);
    sigprocmask(SIG_BLOCK, &one, &before_);
}

HeldForcedExit::~HeldForcedExit()
{
    if (held_)
        sigprocmask(SIG_SETMASK, &before_, nullptr);
}

void HeldForcedExit::pass_on(pid_t image)
{
    sigset_t pending;
    sigpending(&pending);
    if (image > 0 && sigismember(&pending, SIGTERM) == 1)
        kill(image, SIGTERM);
    sigprocmask(SIG_SETMASK, &before_, nullptr);
    held_ = false;
}

ImageRuns::ImageRuns()
{
    images = 1;
}

ImageRuns::~ImageRuns()
{
    images = 0;
}

bool interrupt_pending()
{
    return flag != 0;
}

bool take_interrupt()
{
    bool was = flag != 0;
    flag = 0;
    return was;
}

bool goes_on_after_interrupt(Session &session)
{
    take_interrupt();
    if (!session.options.control_y)
        return true;
    if (size_t at = acting_level(session)) {
        std::string action = session.levels[at]->control_y;
        if (is_command_of(session, action, "CONTINUE"))
            return true;
        session.leave_to(at);
        session.next_action = action;
        return false;
    }
    session.write("");
    session.write(" Interrupt");
    session.write("");
    for (;;) {
        std::string line;
        if (!session.terminal->read_command(session.options.prompt, &line)) {
            session.leave_to(0);
            return false;
        }
        Answer answer = decide(session, line);
        if (answer != ASK_AGAIN)
            return answer == GO_ON;
    }
}

} // namespace dcl
} // namespace shim
