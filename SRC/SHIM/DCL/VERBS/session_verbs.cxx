/*
**  session_verbs - SET ON, SET VERIFY, SET and SHOW PREFIX, SET and SHOW DEFAULT, WAIT, CONTINUE,
**  LOGOUT, DECK
*/
#include "dispatch.h"
#include "interrupt.h"
#include "low.h"
#include "names.h"
#include "process_state.h"

#include <algorithm>
#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

void set_on(Session &session, const cli::Parsed &command)
{
    session.level().checking = !option_negated(command);
}

void set_verify(Session &session, const cli::Parsed &command)
{
    Options &options = session.options;
    bool on = !option_negated(command);
    std::vector<cli::ParsedValue> kinds = option_values(command);
    if (kinds.empty())
        options.verify_procedure = options.verify_image = on;
    for (const cli::ParsedValue &kind : kinds)
        (kind.keyword == "IMAGE" ? options.verify_image : options.verify_procedure) =
            on != kind.negated;
}

/* An FAO control string of at most 64 characters. */
void set_prefix(Session &session, const cli::Parsed &command)
{
    const size_t most = 64;
    std::string prefix = option_negated(command) ? std::string() : text_of(command, "PREFIX");
    if (prefix.size() > most)
        throw Failure(CLI$_IVVALU, prefix);
    session.options.prefix = prefix;
}

void show_prefix(Session &session, const cli::Parsed &)
{
    session.write("  \"" + session.options.prefix + "\"");
}

void set_default_verb(Session &, const cli::Parsed &command)
{
    std::string where = text_of(command, "DIRECTORY");
    if (!where.empty())
        set_default(where);
}

void show_default(Session &session, const cli::Parsed &)
{
    session.write("  " + default_device_and_directory());
}

void wait_verb(Session &session, const cli::Parsed &command)
{
    session.keep_status();
    const uint64_t piece = 2000000; /* an interrupt is noticed after 0.2 seconds */
    uint64_t end = now() + static_cast<uint64_t>(-delta_of(command, "TIME"));
    while (now() < end && !interrupt_pending() && !forced_exit_pending())
        wait_until(std::min(end, now() + piece));
}

void continue_verb(Session &session, const cli::Parsed &)
{
    session.keep_status();
}

void logout_verb(Session &session, const cli::Parsed &command)
{
    session.keep_status();
    session.full_logout = has(command, "FULL");
    session.log_out();
}

void nothing(Session &session, const cli::Parsed &)
{
    session.keep_status();
}

const VerbRow rows[] = {
    {"SET_ON", set_on, INTERNAL},
    {"SET_VERIFY", set_verify, INTERNAL},
    {"SET_PREFIX", set_prefix, INTERNAL},
    {"SHOW_PREFIX", show_prefix, INTERNAL},
    {"SET_DEFAULT", set_default_verb, INTERNAL},
    {"SHOW_DEFAULT", show_default, INTERNAL},
    {"WAIT", wait_verb, INTERNAL},
    {"CONTINUE", continue_verb, INTERNAL},
    {"LOGOUT", logout_verb, INTERNAL},
    {"DECK", nothing, INTERNAL},
    {"EOD", nothing, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
