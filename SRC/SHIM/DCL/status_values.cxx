/*
**  status_values - $STATUS, messages, ON actions
**
**  A status whose message was shown is not shown again when the procedure ends.  ON fires once;
**  then ON ERROR THEN EXIT holds again.  User's Manual 14.10, DCL Dictionary ON.
*/
#include "session.h"

#include <ssdef.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

/* 0 success or information, 1 warning, 2 error, 3 severe */
unsigned rank_of(uint32_t status)
{
    if (status & 1)
        return 0;
    switch (status & STS$M_SEVERITY) {
    case STS$K_WARNING: return 1;
    case STS$K_ERROR: return 2;
    }
    return 3;
}

} // namespace

void Session::set_status(uint32_t status, bool shown)
{
    status_ = status;
    status_shown_ = shown;
    status_set_ = unchecked_ = true;
}

void Session::show(const Failure &failure)
{
    for (const std::string &line : message_lines(failure, options.message))
        show_line(line);
}

void Session::show_line(const std::string &line)
{
    error->line(line);
    if (!error->same_file(*output))
        output->line(line);
}

void Session::fail(const Failure &failure)
{
    show(failure);
    if (failure.status)
        set_status(failure.status, true);
}

void Session::inform(uint32_t code, const std::vector<std::string> &arguments)
{
    Failure message(code);
    message.parts[0].arguments = arguments;
    show(message);
}

void Session::check_condition()
{
    if (!unchecked_)
        return;
    unchecked_ = false;
    Level &at = level();
    unsigned rank = rank_of(status_);
    if ((depth() == 0 && interactive) || !at.checking || rank == 0 || rank < at.on.rank)
        return;
    std::string action = at.on.action;
    at.on = OnAction();
    if (action.empty())
        exit_level(status_, status_shown_);
    else
        execute(action);
}

} // namespace dcl
} // namespace shim
