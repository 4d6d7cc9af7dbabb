/*
**  lib_input - lines of terminals and files, for SHIM's own modules
*/
#ifndef SHIM_CLI_LIB_INPUT_H
#define SHIM_CLI_LIB_INPUT_H

#include <cstdint>
#include <string>

namespace shim {

/* All of the text; false when the descriptor does not take it. */
bool write_text(int fd, const std::string &text);
/* One line without its end.  The prompt is shown when fd is a terminal.  RMS$_EOF. */
uint32_t read_line(int fd, const std::string &prompt, std::string *line);

} // namespace shim

#endif
