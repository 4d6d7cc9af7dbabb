/*
**  terminal_verbs - RECALL, SET TERMINAL, SHOW TERMINAL
*/
#include "dispatch.h"
#include "process_table.h"
#include "record_file.h"
#include "terminal.h"

#include <climsgdef.h>
#include <cstdio>
#include <cstdlib>

namespace shim {
namespace dcl {

namespace {

void recall_all(Session &session)
{
    const Recall &recall = session.terminal->recall;
    for (size_t i = 1; i <= recall.size(); ++i) {
        char number[16];
        snprintf(number, sizeof number, "%3zu ", i);
        session.write(number + recall.line(i));
    }
}

void recall_verb(Session &session, const cli::Parsed &command)
{
    session.keep_status();
    Recall &recall = session.terminal->recall;
    if (has(command, "ERASE"))
        return recall.clear();
    if (has(command, "INPUT")) {
        std::string spec;
        for (const std::string &line : read_procedure(session, text_of(command, "INPUT"), &spec))
            recall.add(line);
        return;
    }
    if (has(command, "ALL") || has(command, "OUTPUT"))
        return recall_all(session);
    std::string which = text_of(command, "COMMAND");
    int32_t number = 1;
    bool counted = which.empty() || read_integer(which, &number);
    size_t at = counted ? static_cast<size_t>(number) : recall.find(which);
    if (at < 1 || at > recall.size())
        throw Failure(CLI$_IVVALU, which);
    session.terminal->preload(recall.line(at));
}

void set_terminal(Session &session, const cli::Parsed &command)
{
    if (has(command, "INSERT"))
        session.terminal->insert = true;
    if (has(command, "OVERSTRIKE"))
        session.terminal->insert = false;
    if (has(command, "ECHO") || negated(command, "ECHO"))
        session.terminal->echo = has(command, "ECHO");
    session.terminal->set_image_mode();
}

void show_terminal(Session &session, const cli::Parsed &)
{
    std::string name = session.terminal_name();
    if (name.empty())
        throw Failure(SS$_NOSUCHDEV);
    Terminal &terminal = *session.terminal;
    session.write("Terminal: _" + name + "     Device_Type: VT400_Series  Owner: " +
                  self().process_name);
    session.write("");
    session.write("Terminal Characteristics:");
    session.write(std::string("   Interactive        ") + (terminal.echo ? "Echo   " : "No Echo") +
                  "            Type_ahead         Line Editing");
    session.write(std::string("   ") + (terminal.insert ? "Insert editing" : "Overstrike editing"));
}

const VerbRow rows[] = {
    {"RECALL", recall_verb, INTERNAL},
    {"SET_TERMINAL", set_terminal, IMAGE},
    {"SHOW_TERMINAL", show_terminal, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
