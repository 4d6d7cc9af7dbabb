/*
**  dcl_main - the command interpreter as a program
**
**  dcl                 an interactive session on the terminal, or commands from standard input
**  dcl "command"       one command
**  dcl @file p1 ...    one procedure
**  LOGINOUT            (the same program) a process that $CREPRC, the job controller or the
**                      auxiliary server made: SYS$INPUT are its commands (README.TXT, "Jobs")
**
**  The exit status of the host is 0 when $STATUS is a success, else its severity and one.
*/
#include "batch_job.h"
#include "interrupt.h"
#include "login.h"
#include "login_limit.h"
#include "process_table.h"
#include "session.h"
#include "terminal.h"

#include <cstdio>
#include <cstdlib>
#include <jpidef.h>
#include <prvdef.h>
#include <starlet.h>
#include <stsdef.h>
#include <unistd.h>

using namespace shim;

namespace {

int exit_code(uint32_t status)
{
    return status & STS$M_SUCCESS ? 0 : static_cast<int>(status & STS$M_SEVERITY) + 1;
}

/* Who had this command done by LIB$SPAWN waits for the status at the other end of a pipe. */
void tell_spawner(uint32_t status)
{
    const char *number = getenv("SHIM_SPAWN_STATUS");
    if (number && write(atoi(number), &status, sizeof status) != sizeof status)
        perror("dcl: SHIM_SPAWN_STATUS");
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

uint32_t run_job(dcl::Session &session, const dcl::BatchJob &batch)
{
    std::vector<std::string> further;
    dcl::catch_forced_exit();
    bool logs_in = self().mode != JPI$K_OTHER;
    if (logs_in)
        dcl::set_up_process(session); /* a log file may be named by its name alone */
    uint32_t status = dcl::open_job_streams(session, &further);
    if (!(status & 1))
        return status;
    session.define_permanent_files();
    session.options.verify_procedure = session.options.verify_image =
        self().mode == JPI$K_NETWORK;
    batch.prepare(session);
    if (logs_in)
        dcl::run_login_procedures(session);
    if (!session.ended())
        dcl::run_job_files(session, further);
    dcl::say_goodbye(session, true);
    return session.status();
}

/* Too many are here, or the system is going down. */
bool refused(dcl::Session &session)
{
    int limit = dcl::login_limit();
    if (limit == dcl::NO_LOGIN_LIMIT || privileged(PRV$M_OPER) ||
        dcl::interactive_logins() <= limit)
        return false;
    session.write("\n  Logins are currently disabled - try again later");
    return true;
}

int run_session(dcl::Session &session)
{
    session.define_permanent_files();
    dcl::set_up_process(session);
    session.interactive = true;
    bool terminal = !session.terminal_name().empty();
    if (terminal && refused(session))
        return exit_code(STS$K_SEVERE);
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

/* What the shell took for one word is one parameter. */
std::string parameter_of(const std::string &word)
{
    bool whole = !word.empty() && word.find_first_of(" \t") == std::string::npos;
    return whole || word.find('"') != std::string::npos ? word : '"' + word + '"';
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
    std::string command = argv[1];
    for (int i = 2; i < argc; ++i)
        command += " " + parameter_of(argv[i]);
    session.execute_whole(command);
    if (terminal)
        session.terminal->restore_mode();
    tell_spawner(session.status());
    return exit_code(session.status());
}

} // namespace

int main(int argc, char **argv)
{
    bool created = image_name_of(argv[0]) == "LOGINOUT"; /* a link to this program */
    open_process();
    dcl::Session session;
    if (created) {
        dcl::BatchJob batch;
        uint32_t status = run_job(session, batch);
        end_subprocesses();
        batch.end(status);
        return exit_code(status);
    }
    int code = argc > 1 ? run_command(session, argc, argv) : run_session(session);
    end_subprocesses();
    return code;
}
