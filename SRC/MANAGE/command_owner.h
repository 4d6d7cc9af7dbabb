/*
**  command_owner - which commands of the language TCPIP are the mail system's
**
**  On a system with TCP/IP Services the vendor's utility has the rest of the language: services,
**  hosts, routes, interfaces.  Ours takes only the mail verbs and hands everything else on.
*/
#ifndef MANAGE_COMMAND_OWNER_H
#define MANAGE_COMMAND_OWNER_H

#include <string>

namespace mail {

enum CommandOwner {
    OWNER_MAIL, /* ours */
    OWNER_VENDOR
};

/*
**  command: a whole line.  Words may be abbreviated, qualifiers may stand anywhere.  A command that
**  could be one of ours is ours: the parser then says what is ambiguous.
*/
CommandOwner command_owner(const std::string &command);

} // namespace mail
#endif
