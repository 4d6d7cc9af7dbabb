/*
**  mail_entries - the mail that waits in the queues: which of it a command means, and how it shows
*/
#ifndef MANAGE_MAIL_ENTRIES_H
#define MANAGE_MAIL_ENTRIES_H

#include <string>
#include <vector>
#include "CORE/control_codec.h"
#include "MTA/outcome.h"
#include "VMS/queue.h"

namespace mail {

/* Whose entries: all, of a user, one by its number. */
struct EntryFilter {
    std::string user;      /* upper case; "" any */
    boost::uint32_t entry; /* 0 any */
    EntryFilter() : entry(0) {}
};

/*
**  The entries of all mail queues that pass, in the order of their numbers; none is no error.
*/
Status mail_entries_find(const EntryFilter &filter, std::vector<QueueEntry> *entries);

/* "Executing", "Pending", "Holding", "Holding until 26-NOV-2026 19:14", "Retained on error" */
std::string entry_state_text(const QueueEntry &entry);

/* Which recipients SHOW MAIL/FULL lists: bits. */
enum RecipientClass {
    RECIPIENTS_UNSENT = 1,
    RECIPIENTS_SENT = 2,
    RECIPIENTS_FAILED = 4,
    RECIPIENTS_ALL = 7
};

/* Heading and line of the brief list. */
std::vector<std::string> entry_heading();
std::string entry_line(const QueueEntry &entry);

/* What a control file holds, when it can be read. */
struct EntryMessage {
    Outcome outcome; /* of opening the file */
    ControlEnvelope envelope;
    std::vector<ControlRecipient> recipients;
    boost::uint64_t size;
    EntryMessage() : size(0) {}
};
EntryMessage entry_message(const QueueEntry &entry);
std::vector<std::string> entry_full(const QueueEntry &entry, const EntryMessage &message,
                                    unsigned classes);

/* Lets an entry run at once, or at a time (0: at once).  A retained one is entered anew. */
Status entry_send(const QueueEntry &entry, VmsTime after);
/* Deletes the entry, then its control file. */
Status entry_remove(const QueueEntry &entry);

} // namespace mail
#endif
