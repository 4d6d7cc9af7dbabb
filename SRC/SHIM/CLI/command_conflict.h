/*
**  command_conflict - is a command one that its DISALLOW clauses forbid?
**
**  An entity takes part when it is written on the line in its positive form, NEG entity in its
**  negative form; defaults do not take part.
*/
#ifndef SHIM_CLI_COMMAND_CONFLICT_H
#define SHIM_CLI_COMMAND_CONFLICT_H

#include "parsed_command.h"

namespace shim {
namespace cli {

/* *text becomes what was written of that which stands last on the line. */
bool conflicting(const Definition &disallows, const Parsed &parsed, std::string *text);

} // namespace cli
} // namespace shim

#endif
