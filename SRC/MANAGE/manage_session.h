/*
**  manage_session - the utility: one command, or the prompt TCPIP> until EXIT
*/
#ifndef MANAGE_MANAGE_SESSION_H
#define MANAGE_MANAGE_SESSION_H

#include <string>
#include "VMS/status.h"

namespace mail {

/* One line: parsed and done here, or handed on. */
Status manage_command(const std::string &line);

/* What the image does: the command of its command line, or commands from SYS$INPUT. */
Status manage_session();

/* The image of the vendor's utility: SYS$SYSTEM:TCPIP$UCP.EXE. */
bool manage_has_vendor();

/* EXIT was given. */
bool manage_is_ending();

} // namespace mail
#endif
