/*
**  spawn - SPAWN, ATTACH
**
**  DCL Dictionary SPAWN.  Without a command the subprocess reads SYS$COMMAND until it logs out.
**  ATTACH goes back to the process that spawned this one, which waits for it.
*/
#include "dispatch.h"
#include "login.h"
#include "record_file.h"
#include "subprocess.h"
#include "terminal.h"

#include <climsgdef.h>
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
    Subprocess child(session, options, [&](Session &at) {
        if (!prompt.empty())
            at.options.prompt = prompt;
        if (!text.empty())
            at.execute_whole(text);
        if (!file.empty())
            run_file(at, file);
        else if (text.empty())
            at.run();
    });
    if (options.input >= 0)
        close(options.input);
    if (log)
        session.inform(CLI$_SPAWNED, {child.name()});
    if (!wait) {
        session.background.push_back(child.pid());
        return;
    }
    if (log && text.empty() && session.interactive)
        session.inform(CLI$_ATTACHED, {child.name()});
    uint32_t status = child.wait(session);
    if (log)
        session.inform(CLI$_RETURNED, {own});
    session.set_status(status, true);
}

void attach_verb(Session &, const cli::Parsed &)
{
    throw Failure(CLI$_REFUSED);
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
