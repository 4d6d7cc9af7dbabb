/*
**  deliver_domains - the remote part of a message: several of its domains at a time
**
**  A domain that answers slowly holds up neither the others of the message nor what is to be
**  written down about them.  At most SYMB_SENDERS threads for one message; one domain needs none.
*/
#ifndef MAIL_SYMBIONT_DELIVER_DOMAINS_H
#define MAIL_SYMBIONT_DELIVER_DOMAINS_H

#include "deliver_remote.h"

#include <map>
#include <string>
#include <vector>

namespace mail {

typedef std::map<std::string, std::vector<size_t> > DomainRecipients; /* indices of the file's */

/* Told of each domain as it is done with, in the thread that called deliver_domains(). */
class DomainListener {
public:
    virtual ~DomainListener() {}
    virtual void delivered(const std::vector<size_t> &recipients,
                           const std::vector<Outcome> &outcomes) = 0;
};

/* Returns when all are done with; a stopped job's domains are not tried. */
void deliver_domains(const RemoteJob &job, ControlFile &file, const DomainRecipients &domains,
                     DomainListener *listener);

} // namespace mail

#endif
