/*
**  pop_auth - who a client is: USER, PASS, APOP, AUTH PLAIN, and TLS before it
**
**  HP 19.1.3 (two attempts), 19.1.5 (Table 19-1), Table 19-2 (SECURITY, DISUSERPASS), 19.6 (OPCOM);
**  RFC 1939 7, 2595 4, 4616, 5034; spec 8.1, 8.6.  Every refusal goes one way: counted, logged,
**  told to the operators when the service's log options have REJECT, and answered.  In SECURE all
**  answers read the same and come the same time after the command (POP_REFUSAL_DELAY).
*/
#ifndef MAIL_POP_AUTH_H
#define MAIL_POP_AUTH_H

#include "pop_session.h"

namespace mail {

/* Handlers of pop_commands. */
void pop_do_user(PopSession &session, const std::vector<std::string> &arguments);
void pop_do_pass(PopSession &session, const std::vector<std::string> &arguments);
void pop_do_apop(PopSession &session, const std::vector<std::string> &arguments);
void pop_do_auth(PopSession &session, const std::vector<std::string> &arguments);
void pop_do_stls(PopSession &session, const std::vector<std::string> &arguments);
void pop_do_utf8(PopSession &session, const std::vector<std::string> &arguments);

/* The line that answers the "+" of AUTH: base64, or "*" to cancel. */
void pop_auth_response(PopSession &session, const std::string &line);

/* Capabilities that depend on the state of TLS and on settings, as lines of CAPA. */
std::string pop_auth_capabilities(const PopSession &session);

/* Why a login is refused, for the operators: at most OPCOM_TEXT_MAX bytes, no controls. */
std::string pop_refusal_event(const std::string &user, const std::string &address,
                              const std::string &reason);

} // namespace mail

#endif
