/*
**  session - what a new command interpreter begins with
*/
#include "session.h"

#include "files.h"
#include "names.h"
#include "process_context.h"
#include "terminal.h"

#include <psldef.h>
#include <unistd.h>

namespace shim {
namespace dcl {

Session::Session()
    : output(std::make_shared<Output>(STDOUT_FILENO, device_of(STDOUT_FILENO), false)),
      error(std::make_shared<Output>(STDERR_FILENO, device_of(STDERR_FILENO), false)),
      files(new Files), terminal(new Terminal(STDIN_FILENO, STDOUT_FILENO)),
      contexts(new ProcessContexts)
{
    levels.push_back(std::unique_ptr<Level>(new Level));
}

Session::~Session() {}

std::string Session::terminal_name() const
{
    return terminal->is_terminal() ? device_of(terminal->in()).substr(1) : std::string();
}

void Session::define_permanent_files()
{
    std::string command = device_of(terminal->in());
    std::string input_device = input ? device_of(input->in()) : command;
    const struct {
        const char *name;
        PermanentFile file;
        std::string device;
    } names[] = {{"SYS$INPUT", PPF_INPUT, input_device},
                 {"SYS$COMMAND", PPF_COMMAND, command},
                 {"SYS$OUTPUT", PPF_OUTPUT, output->device()},
                 {"SYS$ERROR", PPF_ERROR, error->device()}};
    for (const auto &each : names)
        create_name("LNM$PROCESS_TABLE", each.name, PSL$C_EXEC, 0,
                    {NameValue{permanent_value(each.file, each.device), 0}});
}

void Session::leave_to(size_t depth)
{
    while (levels.size() > depth + 1) {
        if (level().outer_output)
            output = level().outer_output;
        levels.pop_back();
        ++level_changes_;
    }
}

void Session::stop_procedures()
{
    leave_to(0);
    if (!interactive)
        end_job();
}

void Session::redirect(bool is_error, const std::shared_ptr<Output> &to)
{
    std::shared_ptr<Output> &at = is_error ? error : output;
    redirected_[is_error].push_back(at);
    at = to;
}

bool Session::restore(bool is_error)
{
    if (redirected_[is_error].empty())
        return false;
    (is_error ? error : output) = redirected_[is_error].back();
    redirected_[is_error].pop_back();
    return true;
}

std::string Session::context_type(const std::string &symbol)
{
    return contexts->type(symbol);
}

} // namespace dcl
} // namespace shim
