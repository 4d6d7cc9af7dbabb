/*
**  attachment - which process of a job has the terminal: SPAWN, ATTACH
**
**  The others wait.  A process that ends gives the terminal to its parent, as LOGOUT does; when one
**  is killed that waits, and the terminal is with a subprocess of it, its parent has it too.
**  DCL Dictionary SPAWN, ATTACH, LOGOUT.  One thread.
*/
#ifndef SHIM_DCL_ATTACHMENT_H
#define SHIM_DCL_ATTACHMENT_H

#include "session.h"

namespace shim {
namespace dcl {

/* Before a process makes a subprocess with which it shares the terminal.  SS$_INSFMEM. */
void share_terminal();
/* Waits for the terminal, which that process may take. */
bool waits_for_terminal(uint32_t pid);
/* The terminal is that process's; `begin` tells it so.  Returns when this process has it again.
   Subprocesses that end meanwhile leave session.children. */
void give_terminal(Session &session, uint32_t pid, const std::function<void()> &begin);
/* Tells a process that waits. */
void wake_attached(uint32_t pid);
/* Host processes that have ended leave session.children. */
void reap_children(Session &session);

} // namespace dcl
} // namespace shim

#endif
