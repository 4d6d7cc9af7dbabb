/*
**  dispatch - verbs of the command table to routines
**
**  A group of verbs is a file VERBS/name.cxx with a table of rows and one VerbGroup; README.TXT
**  tells how to add one.  The row's routine is what the command table calls CLIROUTINE.
*/
#ifndef SHIM_DCL_DISPATCH_H
#define SHIM_DCL_DISPATCH_H

#include "failure.h"
#include "session.h"

#include "CLI/command_parser.h"

namespace shim {
namespace dcl {

const size_t COMMAND_MAX = 4095; /* characters of a command line, continuations included */

typedef void (*VerbRoutine)(Session &session, const cli::Parsed &command);

/* INTERNAL: part of the interpreter.  IMAGE: on VMS an image does it, so names of user mode hold
   for it and vanish behind it. */
enum VerbKind { INTERNAL, IMAGE };

struct VerbRow {
    const char *routine; /* upper case; 0 ends a table */
    VerbRoutine function;
    VerbKind kind;
};

/* One of each group, static. */
class VerbGroup {
public:
    explicit VerbGroup(const VerbRow *rows);
    const VerbRow *rows;
    VerbGroup *next;
};

/* The table of this process: what SET COMMAND changes. */
cli::Table &command_table();
/* A command whose symbols are substituted.  Throws Failure. */
void dispatch(Session &session, const std::string &command);
/* The command's verb is this one, whatever its abbreviation; symbols count. */
bool is_command_of(Session &session, const std::string &command, const char *verb);
/* It can be executed while an image or a procedure is interrupted. */
bool executed_by_interpreter(Session &session, const std::string &command);
/* Parses against the table, asking for what is missing when that is possible. */
void parse_command(Session &session, const std::string &command, cli::Parsed *parsed);
Failure command_failure(const cli::CommandError &error);

/* Shorter words for the routines. */
inline bool has(const cli::Parsed &command, const char *label)
{
    return cli::is_present(command, label);
}
inline bool negated(const cli::Parsed &command, const char *label)
{
    cli::State state = cli::entity_state(command, label);
    return state == cli::NEGATED || state == cli::LOCALLY_NEGATED;
}
inline std::string text_of(const cli::Parsed &command, const char *label)
{
    return cli::entity_value(command, label);
}
std::vector<std::string> texts_of(const cli::Parsed &command, const char *label);
/* A value of type $NUMBER; 0 when there is none. */
int number_of(const cli::Parsed &command, const char *label);
/* A value of type $DELTATIME, below zero. */
int64_t delta_of(const cli::Parsed &command, const char *label);
/* A hexadecimal identification of a process; SHOW-E-INVQUAVAL. */
uint32_t identification_of(const cli::Parsed &command, const char *label);
/* SET NOoption; SET option=(values). */
bool option_negated(const cli::Parsed &command);
std::vector<cli::ParsedValue> option_values(const cli::Parsed &command);

} // namespace dcl
} // namespace shim

#endif
