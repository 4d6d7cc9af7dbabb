/*
**  pop_grammar - POP command lines: verb, arguments, limits
**
**  RFC 1939 3, RFC 2449 4; HP 19.1.2.  The verbs are rows of pop_verbs.def; the server's
**  dispatcher, its HELP and CAPA walk the same rows.  Pure functions.
*/
#ifndef CORE_POP_GRAMMAR_H
#define CORE_POP_GRAMMAR_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum {
    POP_LINE_MAX = 255,     /* RFC 2449 4: command with CRLF */
    POP_AUTH_LINE_MAX = 12288 /* RFC 5034 4: a SASL response line */
};

enum PopState { POP_AUTH_STATE = 1, POP_TRANSACTION_STATE = 2 };
enum { POP_REST = 100 };

enum PopVerb {
#define POP_VERB(id, name, least, most, states, help) POP_##id,
#include "CORE/pop_verbs.def"
#undef POP_VERB
    POP_VERB_COUNT,
    POP_UNKNOWN = POP_VERB_COUNT
};

struct PopVerbRow {
    PopVerb verb;
    const char *name;
    int least, most;   /* number of arguments; POP_REST: the rest of the line */
    unsigned states;   /* PopState bits */
    const char *help;
};
const PopVerbRow &pop_verb_row(PopVerb verb);
PopVerb pop_verb_find(const std::string &word);

enum PopLineError {
    POP_LINE_OK,
    POP_LINE_UNKNOWN,
    POP_LINE_CONTROLS, /* controls outside of a password */
    POP_LINE_ARGUMENTS /* too few or too many */
};

struct PopCommandLine {
    PopVerb verb;
    std::string word; /* upper case, at most 32 bytes; for the log */
    std::vector<std::string> arguments;
    PopCommandLine() : verb(POP_UNKNOWN) {}
};

/* line: without its line end.  One blank separates PASS from the password: further blanks belong
   to it. */
PopLineError pop_line_parse(const std::string &line, PopCommandLine *command);

/* A message number 1 to 4294967295; false for everything else. */
bool pop_message_number(const std::string &text, boost::uint32_t *number);

} // namespace mail
#endif
