/*
**  command_parser - a command line and a command table to a parsed command, by DCL's rules
**
**  Verbs count by their first four letters; qualifiers and keywords may be cut as long as they stay
**  unique.  Text outside quotes becomes upper case; quotes that enclose a value are removed, unless
**  its type is $QUOTED_STRING.  Symbols are substituted, comments and continuations gone before.
**  Parse style TRADITIONAL.
**
**  Decisions: a keyword changes the syntax also when it is negated (SET NOVERIFY), a qualifier does
**  not.  Qualifiers met before a syntax change are looked up again by name in the new syntax; one
**  that it does not have is CLI$_IVQUAL.
*/
#ifndef SHIM_CLI_COMMAND_PARSER_H
#define SHIM_CLI_COMMAND_PARSER_H

#include "parsed_command.h"

#include <functional>

namespace shim {
namespace cli {

const size_t max_command = 4095; /* CLI$_BUFOVF */
const size_t max_element = 4000; /* CLI$_TKNOVF */

struct CommandError {
    uint32_t condition = 0; /* CLI$_IVVERB ...; a prompter's own status */
    std::string text;       /* what goes between backslashes; may be empty */
};

/* The lines that DCL shows: "%DCL-W-IVVERB, ..." and " \FOO\".  Images see facility "CLI". */
std::vector<std::string> error_lines(const CommandError &error, const std::string &facility);

struct ParseContext {
    /*
    **  Asks for a missing parameter; prompt is "_File: ".  False: *status is what parse() shall
    **  report (RMS$_EOF).  Without a prompter a missing parameter is CLI$_INSFPRM.
    */
    std::function<bool(const std::string &prompt, std::string *answer, uint32_t *status)> prompter;
    /* The value of a $EXPRESSION.  Without it the expression's text is the value. */
    std::function<bool(const std::string &expression, std::string *value, CommandError *error)>
        evaluate;
    bool batch = false;
};

/* False: *error says why.  An empty line is CLI$_NOCOMD. */
bool parse(const Table &table, const std::string &line, const ParseContext &context, Parsed *parsed,
           CommandError *error);

/* The verb that the line begins with; -1 and *error when there is none, or several. */
int find_verb(const Table &table, const std::string &word, CommandError *error);

} // namespace cli
} // namespace shim

#endif
