/*
**  pop_commands - the command table of POP: verbs, states, arguments, handlers
**
**  RFC 1939, RFC 1460 (LAST), RFC 2449 (CAPA).  The dispatcher and CAPA walk the same table.
*/
#ifndef MAIL_POP_COMMANDS_H
#define MAIL_POP_COMMANDS_H

#include "pop_session.h"

#include <vector>

namespace mail {

struct PopCommandRow {
    PopVerb verb; /* states, arguments and help stand in the grammar's table */
    void (*handler)(PopSession &session, const std::vector<std::string> &arguments);
    const char *capability; /* line of CAPA, or 0 */
};

extern const PopCommandRow pop_command_table[];
extern const size_t pop_command_count;

/* One command line without its line end. */
void pop_dispatch(PopSession &session, const std::string &line);

} // namespace mail

#endif
