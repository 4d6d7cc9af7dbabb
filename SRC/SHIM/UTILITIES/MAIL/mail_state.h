/*
**  mail_state - the conversation: the mail file, and which message is current
*/
#ifndef SHIM_MAIL_STATE_H
#define SHIM_MAIL_STATE_H

#include "UTILITIES/MAIL/mailbox.h"

namespace shim::mail {

extern Mailbox box;
extern uint32_t current;

/* Shows the condition's message. */
uint32_t complain(uint32_t status);
std::string upper_text(std::string text);
/* An address without the personal name behind it. */
std::string without_name(const std::string &address);
int send_from_command_line(); /* mail_sending.cxx */

} // namespace shim::mail

#endif
