/*
**  mail_state - the conversation: the mail file, and which message is current
*/
#ifndef SHIM_MAIL_STATE_H
#define SHIM_MAIL_STATE_H

#include "UTILITIES/MAIL/mailbox.h"

namespace shim::mail {

extern Mailbox box;
extern uint32_t current;

} // namespace shim::mail

#endif
