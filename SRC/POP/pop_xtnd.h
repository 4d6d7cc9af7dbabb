/*
**  pop_xtnd - XTND CLIENT, LOGLEVEL, STATS, SHUTDOWN (HP 19.6, Table 19-3)
**
**  The manual has no rule about who may give them; what concerns all clients needs an account that
**  is authorized for OPER.  Anybody may ask for the statistics, and sees of the current users
**  himself only, unless he is an operator.
*/
#ifndef MAIL_POP_XTND_H
#define MAIL_POP_XTND_H

#include "pop_session.h"

namespace mail {

/* arguments[0]: what stands behind XTND. */
void pop_do_xtnd(PopSession &session, const std::vector<std::string> &arguments);

/* The words of TCPIP$POP_LOG_LEVEL. */
std::string pop_level_name(LogLevel level);
/* An abbreviation will do; false when there is no such level. */
bool pop_level_find(const std::string &text, LogLevel *level);
LogLevel pop_level_of_choice(boost::uint32_t choice);

} // namespace mail

#endif
