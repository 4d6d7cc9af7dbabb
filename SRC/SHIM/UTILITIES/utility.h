/*
**  utility - what the system's utilities share: commands by CLI$ routines, lines, messages
**
**  A utility is an image with a command table (NAME.CLD, the table's MODULE).  It does what follows
**  its name on the command line, else the lines of SYS$INPUT, until its EXIT routine or the end of
**  the file.  Routines of the table are extern "C" int NAME().
*/
#ifndef SHIM_UTILITY_H
#define SHIM_UTILITY_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim::utility {

bool present(const char *label);  /* by default as well */
bool negated(const char *label);
std::string value(const char *label);
std::vector<std::string> values(const char *label);

void say(const std::string &line); /* to SYS$OUTPUT */
bool ask(const std::string &prompt, std::string *line); /* false: end of the input */
/* "%UAF-I-ADDMSG, text"; lead '-' for what follows.  The worst severity is the image's status. */
void message(char severity, const std::string &ident, const std::string &text, char lead = '%');
/* A system condition, behind a message of ours. */
void because(uint32_t condition);

/* HELP: what a library of SYS$HELP says of these keys; a person is asked for more. */
void help(const std::string &library, const std::string &keys);

/* What the user typed behind the utility's name; empty: nothing. */
std::string command_line();
/* One command of the table: parse and dispatch.  False: there was none, at the end of the input. */
bool do_command(void *table, const std::string &prompt, const std::string *line = nullptr);
/* The whole utility: main's value. */
int run(void *table, const char *facility, const std::string &prompt, bool (*ended)());
int final_status();
void set_facility(const char *facility);

} // namespace shim::utility

#endif
