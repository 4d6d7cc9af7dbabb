/*
**  dcl_main - the command interpreter as a program
**
**  dcl                 an interactive session on the terminal, or commands from standard input
**  dcl "command"       one command
**  dcl @file p1 ...    one procedure
**  LOGINOUT            (the same program) a process that $CREPRC made: SYS$INPUT are its commands
**
**  The exit status of the host is 0 when $STATUS is a success, else its severity and one.
*/
#include "interrupt.h"
#include "login.h"
#include "process_table.h"
#include "session.h"
#include "terminal.h"

#include <cstdio>
#include <cstdlib>
#include <starlet.h>
#include <stsdef.h>

using namespace shim;

namespace {

int exit_code(uint32_t status)
{
    return status & STS$M_SUCCESS ? 0 : static_cast<int>(status & STS$M_SEVERITY) + 1;
}

/* The process's images find it, and its names. */
void open_process()
{
    char pid[16];
    snprintf(pid, sizeof pid, "%x", own_slot().pid.load());
    setenv("SHIM_PID", pid, 1);
    {
        SystemLock lock;
        set_field(own_slot().image, "");
        set_field(own_slot().image_path, "");
    }
    share_process_names();
}

void end_subprocesses()
{
    uint32_t own = self().pid;
    for (const ProcessEntry &each : list_processes()) {
        const ProcessSlot *slot = slot_of(each.identity.pid);
        unsigned int pid = each.identity.pid;
        if (slot && slot->owner == own)
            sys$delprc(&pid, nullptr);
    }
}

int run_job(dcl::Session &session)
{
    uint32_t status = dcl::open_job_streams(session);
    if (!(status & 1))
        return exit_code(status);
    session.define_permanent_files();
    if (self().mode != 0)
        dcl::set_up_process(session);
    if (self().mode != 0)
        dcl::run_login_procedures(session);
    if (!session.ended())
        session.run();
    dcl::say_goodbye(session, true);
    return exit_code(session.status());
}

int run_session(dcl::Session &session)
{
    session.define_permanent_files();
    dcl::set_up_process(session);
    session.interactive = true;
    bool terminal = !session.terminal_name().empty();
    if (terminal) {
        dcl::catch_interrupts();
        session.terminal->set_image_mode();
        session.terminal->status_line = [&session] { return dcl::control_t_line(session); };
        dcl::greet(session);
    }
    dcl::run_login_procedures(session);
    if (!session.ended())
        session.run();
    if (terminal) {
        dcl::say_goodbye(session, session.full_logout);
        session.terminal->restore_mode();
    }
    return exit_code(session.status());
}

int run_command(dcl::Session &session, int argc, char **argv)
{
    session.define_permanent_files();
    dcl::set_up_process(session);
    session.interactive = true;
    bool terminal = !session.terminal_name().empty();
    if (terminal) {
        dcl::catch_interrupts();
        session.terminal->set_image_mode();
    }
    std::string command;
    for (int i = 1; i < argc; ++i)
        command += (i > 1 ? " " : "") + std::string(argv[i]);
    session.execute_whole(command);
    if (terminal)
        session.terminal->restore_mode();
    return exit_code(session.status());
}

} // namespace

int main(int argc, char **argv)
{
    bool created = image_name_of(argv[0]) == "LOGINOUT"; /* a link to this program */
    open_process();
    dcl::Session session;
    int code = created     ? run_job(session)
               : argc > 1 ? run_command(session, argc, argv)
                          : run_session(session);
    end_subprocesses();
    return code;
}
