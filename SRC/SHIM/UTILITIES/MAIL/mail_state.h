/*
**  mail_state - the conversation: the mail file, and which message is current
*/
#ifndef SHIM_MAIL_STATE_H
#define SHIM_MAIL_STATE_H

#include "UTILITIES/MAIL/mailbox.h"
#include "plain_text.h"

namespace shim::mail {

extern Mailbox box;
extern uint32_t current;

/* Shows the condition's message. */
uint32_t complain(uint32_t status);
/* An address without the personal name behind it. */
std::string without_name(const std::string &address);
int send_from_command_line(); /* mail_sending.cxx */
/* SELECT; nothing has been read. */
uint32_t select_folder(const std::string &folder, const Selection &selection);
/* A folder is selected, MAIL when none was, and holds messages; false: said so. */
bool selected();
/* Shows it; it is the current one. */
void read_message(uint32_t number);
/* /ALL; with listed: "3", "1-4", "2,5", "CURRENT", "LAST" of MESSAGES; nothing: the current one.
   Empty: said so. */
std::vector<uint32_t> numbers_given(bool listed);

} // namespace shim::mail

#endif
