/*
**  cli - the command language of an image: its command table, lines to and from its user, help
**
**  A table is what SET COMMAND/OBJECT makes of a .CLD file, named by the file's MODULE and declared
**  as `extern "C" int NAME`.  The command that was parsed last is the one that is asked; labels are
**  those of the table ("GATEWAY.ALTERNATE" for keywords).  Main thread only.
**  spec/vms-api.md 7.6, spec/vms-build.md.
*/
#ifndef MAIL_VMS_CLI_H
#define MAIL_VMS_CLI_H

#include "VMS/status.h"

#include <vector>

namespace mail {

const size_t CLI_LINE_MAX = 4095;   /* longest command, and longest line that is asked for */
const size_t CLI_VALUE_MAX = 1024;  /* longest value of a parameter or qualifier */

/* What stands behind the foreign command's verb; empty when nothing does. */
Status cli_foreign(std::string *text);
/* A line of SYS$INPUT; the prompt is shown to a terminal.  end_of_file() at its end. */
Status cli_read(const std::string &prompt, std::string *line);
/* A line to SYS$OUTPUT. */
Status cli_print(const std::string &line);

/*
**  Parses one command; what it lacks is asked for.  What is wrong with it has been told to the user
**  when this fails, and the status says so (Status::was_told()).
*/
Status cli_parse(const void *table, const std::string &command);
/* Calls the ROUTINE of the command; its value. */
Status cli_dispatch();

enum CliPresence {
    CLI_IS_ABSENT,
    CLI_IS_PRESENT,
    CLI_IS_NEGATED,
    CLI_IS_DEFAULTED /* not given, present by default */
};
CliPresence cli_presence(const std::string &label);
/* Given, or present by default. */
bool cli_given(const std::string &label);
/* The next value of the label; false when there is none (any more). */
bool cli_value(const std::string &label, std::string *value);
void cli_values(const std::string &label, std::vector<std::string> *values);

/* Shows help on the topics; ask: and goes on asking for more. */
Status cli_help(const std::string &topics, const std::string &library, bool ask);

/* Has a command of the command interpreter done by a subprocess; its status. */
Status cli_spawn(const std::string &command);

} // namespace mail

#endif
