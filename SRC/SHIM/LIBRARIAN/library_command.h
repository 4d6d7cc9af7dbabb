/*
**  library_command - the commands LIBRARY and HELP
**
**  Both take the command as the interpreter has parsed it (DCL/TABLES: BUILD.CLD, PROCESS.CLD).
**  LIBRARY keeps help and text libraries in files of our own (library_file.h), object libraries in
**  archives of the host's ar, which its linker reads; macro libraries are refused.
*/
#ifndef SHIM_LIBRARIAN_COMMAND_H
#define SHIM_LIBRARIAN_COMMAND_H

#include "CLI/parsed_command.h"

#include <functional>

namespace shim {

struct LibraryDevices {
    /* A line for SYS$OUTPUT: a listing, an extracted module. */
    std::function<void(const std::string &line)> output;
    /* A message, line by line. */
    std::function<void(const std::string &line)> message;
};
/* The worst status; its message has been shown (STS$M_INHIB_MSG is set). */
uint32_t library_command(const cli::Parsed &command, const LibraryDevices &devices);

struct HelpTerminal {
    std::function<bool(const std::string &line)> output;
    std::function<bool(const std::string &prompt, std::string *answer)> input;
    bool interactive = false; /* prompts and pages */
    size_t width = 80, page = 24;
};
uint32_t help_command(const cli::Parsed &command, const HelpTerminal &terminal,
                      const LibraryDevices &devices);

} // namespace shim

#endif
