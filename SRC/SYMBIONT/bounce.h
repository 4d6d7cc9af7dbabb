/*
**  bounce - telling the sender, or the postmaster, what became of mail
**
**  RFC 3464 reports, as RFC 3461 wants them; HP 18.2.2, 18.9, spec 6.8.  Never answers the null
**  sender with a message to it: the failure of such a message goes to the postmaster, and when that
**  is who could not be reached, the control file stays where it is ("lost mail", ANALYZE MAIL).
*/
#ifndef MAIL_SYMBIONT_BOUNCE_H
#define MAIL_SYMBIONT_BOUNCE_H

#include "MTA/config.h"
#include "MTA/control_file.h"
#include "MTA/identity.h"
#include "MTA/outheaders.h"

#include <vector>

namespace mail {

enum BounceTarget {
    BOUNCE_SENDER,     /* the envelope sender */
    BOUNCE_POSTMASTER, /* the message had a null sender */
    BOUNCE_NOBODY      /* a message to the postmaster failed: keep the control file */
};

/* Who is told that `failed` (address of one recipient that failed) was not reached. */
BounceTarget bounce_target(const ControlEnvelope &envelope, const std::string &failed,
                           const Identity &identity);

/* What is wished (RFC 3461 4.1); a sender who said nothing hears of failures. */
bool bounce_wanted(const ControlEnvelope &envelope, const ControlRecipient &recipient,
                   ReportAction action, const Settings &settings);

/*
**  Writes and submits one report about these recipients; of a failure told to the sender the
**  postmaster gets a copy if POSTMASTER_COPIES says so.  DONE: the report is committed.  LATER:
**  try again with the message's next run; nothing is lost because the cells still say unreported.
*/
Outcome bounce_send(ControlFile &file, BounceTarget target, ReportAction action,
                    const std::vector<ReportRecipient> &recipients, const SettingsPtr &settings,
                    const IdentityPtr &identity, const std::string &id);

} // namespace mail

#endif
