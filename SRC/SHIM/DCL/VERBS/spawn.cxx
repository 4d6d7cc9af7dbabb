/*
**  spawn - SPAWN, ATTACH
**
**  DCL Dictionary SPAWN.  Without a command the subprocess reads SYS$COMMAND until it logs out.
**  ATTACH gives the terminal to another process of the job that waits for it.
*/
#include "attachment.h"
#include "dispatch.h"
#include "login.h"
#include "process_table.h"
#include "record_file.h"
#include "subprocess.h"
#include "terminal.h"
#include "system_text.h"

#include <climsgdef.h>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

SubprocessOptions options_of(const cli::Parsed &command)
{
    SubprocessOptions options;
    options.name = text_of(command, "PROCESS");
    options.symbols = !negated(command, "SYMBOLS");
    options.logical_names = !negated(command, "LOGICAL_NAMES");
    if (has(command, "OUTPUT")) {
        uint32_t status, stv;
        std::string spec;
        options.output = create_output(text_of(command, "OUTPUT"), ".LIS", &status, &stv, &spec);
        if (!options.output)
            throw file_failure(SHARED_OPENOUT, spec, status, stv);
        options.error = options.output;
    }
    return options;
}

/* Commands from a file, as if it were a procedure of level 0. */
void run_file(Session &session, const std::string &name)
{
    std::string spec;
    session.interactive = false;
    session.level().procedure =
        std::make_shared<Procedure>(spec, read_procedure(session, name, &spec));
    session.run();
}

/* Commands of the person at the terminal. */
void run_session(Session &session)
{
    session.run();
    if (session.interactive)
        session.write("  Process " + self().process_name + " logged out at " +
                      time_text(static_cast<int64_t>(now())));
}

bool has_terminal(const Session &session)
{
    return session.interactive && session.foreground && session.terminal->is_terminal() &&
           !session.input;
}

void spawn_verb(Session &session, const cli::Parsed &command)
{
    std::string text = text_of(command, "COMMAND"), file = text_of(command, "INPUT");
    bool wait = !negated(command, "WAIT"), log = !negated(command, "LOG");
    SubprocessOptions options = options_of(command);
    options.foreground = wait;
    if (!wait && file.empty())
        options.input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    std::string prompt = has(command, "PROMPT") ? text_of(command, "PROMPT") : std::string();
    std::string own = self().process_name;
    bool attached = wait && has_terminal(session);
    if (attached)
        share_terminal();
    Subprocess child(session, options, [&](Session &at) {
        if (!prompt.empty())
            at.options.prompt = prompt;
        if (!text.empty())
            at.execute_whole(text);
        if (!file.empty())
            run_file(at, file);
        else if (text.empty())
            run_session(at);
    });
    if (options.input >= 0)
        close(options.input);
    if (log)
        session.inform(CLI$_SPAWNED, {child.name()});
    uint32_t status = SS$_NORMAL;
    if (!wait || attached)
        session.children.push_back(child.process());
    if (!wait)
        return;
    if (attached) {
        give_terminal(session, child.process().pid, [&] {
            if (log && text.empty())
                session.inform(CLI$_ATTACHED, {child.name()});
            child.go();
        });
        bool goes_on = false; /* ATTACH has brought the terminal back */
        for (const ChildProcess &each : session.children)
            goes_on = goes_on || each.host == child.process().host;
        if (!goes_on)
            status = child.ended();
    } else {
        status = child.wait(session);
    }
    if (log)
        session.inform(CLI$_RETURNED, {own});
    session.set_status(status, true);
}

/* A process of this job.  SS$_NONEXPR. */
uint32_t process_named(const std::string &name)
{
    for (const ProcessEntry &each : list_processes()) {
        const ProcessSlot *slot = slot_of(each.identity.pid);
        if (each.identity.process_name == name && slot && slot->job == own_slot().job)
            return each.identity.pid;
    }
    throw Failure(SS$_NONEXPR);
}

void attach_verb(Session &session, const cli::Parsed &command)
{
    uint32_t target;
    if (has(command, "PARENT"))
        target = own_slot().owner;
    else if (has(command, "IDENTIFICATION"))
        target = static_cast<uint32_t>(
            strtoul(text_of(command, "IDENTIFICATION").c_str(), nullptr, 16));
    else if (has(command, "PROCESS"))
        target = process_named(text_of(command, "PROCESS"));
    else
        throw Failure(CLI$_INSFPRM);
    ProcessEntry entry;
    if (!target || !find_process(target, &entry))
        throw Failure(SS$_NONEXPR);
    if (!has_terminal(session) || !waits_for_terminal(target))
        throw Failure(CLI$_REFUSED);
    give_terminal(session, target, [&] { wake_attached(target); });
    session.inform(CLI$_RETURNED, {self().process_name});
}

const VerbRow rows[] = {
    {"SPAWN", spawn_verb, INTERNAL},
    {"ATTACH", attach_verb, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
