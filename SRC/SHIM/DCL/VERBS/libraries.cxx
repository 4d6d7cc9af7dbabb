/*
**  libraries - SET COMMAND, HELP, LIBRARY
*/
#include "dispatch.h"
#include "run_image.h"

#include "CLI/set_command.h"
#include "LIBRARIAN/library_command.h"

namespace shim {
namespace dcl {

namespace {

void set_command_verb(Session &session, const cli::Parsed &command)
{
    cli::Parsed copy = command; /* the table that it came from may change */
    uint32_t status =
        cli::set_command(copy, &command_table(),
                         [&](const std::string &line) { session.show_line(line); });
    session.set_status(status, true);
}

LibraryDevices devices_of(Session &session)
{
    LibraryDevices devices;
    devices.output = [&session](const std::string &line) { session.write(line); };
    devices.message = [&session](const std::string &line) { session.show_line(line); };
    return devices;
}

void library_verb(Session &session, const cli::Parsed &command)
{
    session.set_status(library_command(command, devices_of(session)), true);
}

void help_verb(Session &session, const cli::Parsed &command)
{
    HelpTerminal terminal;
    terminal.interactive = !session.terminal_name().empty() && session.interactive;
    terminal.output = [&session](const std::string &line) {
        session.write(line);
        return true;
    };
    terminal.input = [&session](const std::string &prompt, std::string *answer) {
        return session.read_command_input(prompt, answer);
    };
    session.set_status(help_command(command, terminal, devices_of(session)), true);
}

const VerbRow rows[] = {
    {"SET_COMMAND", set_command_verb, IMAGE},
    {"HELP", help_verb, IMAGE},
    {"LIBRARY", library_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
