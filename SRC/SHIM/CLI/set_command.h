/*
**  set_command - SET COMMAND: the Command Definition Utility as the interpreter runs it
**
**  SET COMMAND file[,...]     verbs are added to, or replaced in, the process's table
**  /TABLE=file                another table is changed instead; it becomes the process's
**  /OUTPUT=file               the result is written there, the process's table stays
**  /DELETE=(verb,...)         verbs are taken out
**  /OBJECT[=file] file        the table of an image, compiled by the host's C++ compiler
**  /LISTING[=file]            the lines of the files with their mistakes
**
**  Nothing is changed when a file has a mistake.
*/
#ifndef SHIM_CLI_SET_COMMAND_H
#define SHIM_CLI_SET_COMMAND_H

#include "parsed_command.h"

#include <functional>

namespace shim {
namespace cli {

/* *process is the table of this process.  Messages, line by line, have facility CDU.  Returns a
   success, or the worst condition with STS$M_INHIB_MSG. */
uint32_t set_command(const Parsed &command, Table *process,
                     const std::function<void(const std::string &line)> &message);

/* Host command that compiles generated sources; the environment's SHIM_CXX goes before it. */
const char host_compiler[] = "c++";

} // namespace cli
} // namespace shim

#endif
