/*
**  login_limit - how many interactive users the system takes (SET LOGINS, IJOBLIM)
**
**  One number for each node, in VMSROOT/.shim/logins.NODE; STARTUP.COM sets it, SHUTDOWN.COM makes
**  it 0.  Without it there is no limit.  Who has OPER may always log in.
*/
#ifndef SHIM_DCL_LOGIN_LIMIT_H
#define SHIM_DCL_LOGIN_LIMIT_H

namespace shim {
namespace dcl {

const int NO_LOGIN_LIMIT = -1;

int login_limit();
/* False: it cannot be kept. */
bool set_login_limit(int limit);
/* Jobs of this node with a terminal. */
int interactive_logins();

} // namespace dcl
} // namespace shim

#endif
