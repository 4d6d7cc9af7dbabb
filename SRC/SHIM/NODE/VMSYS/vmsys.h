/*
**  vmsys - the tool that makes the small VMS, and a way into it
**
**  A command line is words and options: `vmsys add user SMITH --password sesame`.  Handlers print
**  to standard output and return false after printing what is wrong to standard error.
*/
#ifndef SHIM_VMSYS_H
#define SHIM_VMSYS_H

#include "plain_text.h"
#include "shim.h"

#include <map>
#include <string>
#include <vector>

namespace shim {

struct Command {
    std::vector<std::string> words;
    std::map<std::string, std::string> options;
    bool has(const std::string &name) const { return options.count(name) != 0; }
    std::string option(const std::string &name, const std::string &absent = "") const;
};

struct Verb {
    const char *words; /* "add user" */
    size_t arguments;  /* words that must follow */
    bool (*handler)(const Command &);
    const char *help;
};

extern const Verb system_verbs[], user_verbs[], service_verbs[], queue_verbs[], mail_verbs[],
    test_verbs[];

bool problem(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Prints the status in words when it is not a success. */
bool ok(uint32_t status, const std::string &what);
std::string status_text(uint32_t status);
bool run_line(const std::string &line);
std::vector<std::string> split_list(const std::string &text);
/* "TMPMBX,NETMBX" or "ALL" to a mask; false for an unknown name. */
bool parse_privileges(const std::string &text, uint64_t *mask);
/* vmsys dcl ...: does not return when all is well. */
int run_dcl(int argc, char **argv);
/* vmsys login: asks for name (user 0) and password, at most LGI_RETRY_LIM times. */
int run_login(const char *user);
/* SYS$SYSTEM:name.COM as a job of SYSTEM whose output is ours, waits for its end.  The procedure's
   status is no matter: a system boots although a product does not start. */
bool run_system_procedure(const std::string &name, const std::string &process);
/* Names of processes that were killed. */
void forget_dead_processes();

} // namespace shim

#endif
