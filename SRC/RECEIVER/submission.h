/*
**  submission - what users who have logged in may send (RFC 6409)
**
**  SUBMISSION_FROM: OFF, ENVELOPE (MAIL FROM must be an address of the user) or HEADER (From: and
**  Sender: too). An address is the user's when its domain is ours and its local part leads to him:
**  as his name or by MAIL's SET FORWARD/USER.
*/
#ifndef RECEIVER_SUBMISSION_H
#define RECEIVER_SUBMISSION_H

#include <string>
#include "CORE/smtp_path.h"
#include "MTA/config.h"
#include "MTA/identity.h"
#include "MTA/outheaders.h"

namespace mail {

/* user: as SYSUAF has it, upper case. */
bool submission_owns(const std::string &user, const std::string &local, const std::string &domain,
                     const Identity &identity);
/* <> is everybody's. */
bool submission_may_send_as(const std::string &user, const SmtpPath &sender,
                            const Settings &settings, const Identity &identity);
/* False: *address is one of From: or Sender: that is not his. */
bool submission_header_is_good(const std::string &user, const HeaderBlock &header,
                               const Settings &settings, const Identity &identity,
                               std::string *address);

} // namespace mail
#endif
