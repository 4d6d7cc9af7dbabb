/*
**  expand - recipients of ours whose mail goes on to other addresses
**
**  Members of a distribution list (spec 6.4), and users whose SET FORWARD leads, perhaps over other
**  users, to an SMTP address (HP 18.2.2, spec 6.8).  The message goes on as it came, in a control
**  file of its own with one more Received: line, so that MIME stays intact and loops end at
**  HOP_COUNT_MAXIMUM.  Forwarding to users and DECnet addresses is MAIL's own business.
*/
#ifndef MAIL_SYMBIONT_EXPAND_H
#define MAIL_SYMBIONT_EXPAND_H

#include "MTA/aliases.h"
#include "MTA/config.h"
#include "MTA/control_file.h"
#include "MTA/identity.h"

#include <string>
#include <vector>

namespace mail {

struct Onward {
    std::string name;                    /* list file, or the user who forwards */
    bool list;
    std::vector<std::string> recipients; /* mailboxes */
    Onward() : list(false) {}
};

/*
**  Does mail for this user (answer of alias_resolve) go on?  DONE: *onward tells where to; no
**  recipients: it stays here.  LATER: the list or a user cannot be read now.  FAILED: an empty
**  list, or users who forward to each other.
*/
Outcome expand_find(const LocalUser &user, const Settings &settings, const Identity &identity,
                    Onward *onward);

/*
**  Submits the message for onward->recipients in the name of recipient `index`.  Reports: one
**  address takes over what the sender wanted to hear (RFC 3461 5.2.7.1); for lists the wish for
**  success ends here (5.2.7.3).
*/
Outcome expand_send(ControlFile &file, size_t index, const Onward &onward,
                    const Settings &settings, const Identity &identity, const std::string &id);

} // namespace mail

#endif
