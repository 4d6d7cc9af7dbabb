/*
**  deliver_remote - one message to the recipients of one domain on other hosts
**
**  RFC 5321 5.1: hosts in order of preference, each host's addresses, until one takes the mail; HP
**  18.1.5, /ADDRESS_RETRIES.  A temporary answer about a recipient is final for this run; a host
**  that cannot be reached or greets with a refusal hands over to the next.  A destination that
**  keeps as many streams busy as it may have is not asked: the outcome was not tried.
*/
#ifndef MAIL_SYMBIONT_DELIVER_REMOTE_H
#define MAIL_SYMBIONT_DELIVER_REMOTE_H

#include "connections.h"
#include "message_text.h"

#include "MTA/control_file.h"
#include "MTA/identity.h"
#include "MTA/router.h"

namespace mail {

struct RemoteJob {
    SettingsPtr settings;
    IdentityPtr identity;
    Connections *connections;
    const StopFlag *stop;
    std::string id; /* for the log */
};

/*
**  recipients: indices into file.recipients(), all of the route's domain.  (*outcomes)[k] is for
**  recipients[k].  Of the file its envelope, its recipients' addresses and its text are read, so
**  that several domains may be delivered to at once.
*/
void deliver_remote(const RemoteJob &job, ControlFile &file, const Route &route,
                    const std::vector<size_t> &recipients, std::vector<Outcome> *outcomes);

} // namespace mail

#endif
