/*
**  size_cache - what is known of texts that were read before
**
**  Callable MAIL tells a message's size in records only, so exact octets cost one reading of the
**  text; they are kept by the process, and a second session of the same user needs no reading.
*/
#ifndef MAIL_POP_SIZE_CACHE_H
#define MAIL_POP_SIZE_CACHE_H

#include "pop_message.h"

#include <vector>

namespace mail {

enum { POP_SIZE_CACHE_MAX = 200000 }; /* messages; then the mailboxes used longest ago go */

/* One message; MAIL has no two of the same date in one file, and never changes a text. */
struct KnownSize {
    VmsTime date;
    PopTextFacts facts;
    boost::uint32_t octets; /* of the whole message; 0: not known under these settings */
    bool fixed;             /* no name was looked up for the octets */
    KnownSize() : date(0), octets(0), fixed(false) {}
    explicit KnownSize(VmsTime d) : date(d), octets(0), fixed(false) {}
};
typedef std::vector<KnownSize> KnownSizes;

/*
**  The sizes of each mailbox, which has one session at a time: they are taken out when it begins
**  and given back when it ends.  Any thread.  The size of the whole message depends on settings
**  and identity too: it is forgotten when they change, the facts of the text stay.
*/
class SizeCache {
public:
    /* In order of date.  Empty when nothing is known. */
    static void take(const std::string &directory, const SettingsPtr &settings,
                     const IdentityPtr &identity, KnownSizes *sizes);
    /* In order of date; *sizes is empty then. */
    static void give(const std::string &directory, const SettingsPtr &settings,
                     const IdentityPtr &identity, KnownSizes *sizes);
    /* Puts them in order of date. */
    static void sort(KnownSizes *sizes);
    /* 0 when the message is not among them.  sizes: in order of date. */
    static const KnownSize *find(const KnownSizes &sizes, VmsTime date);
    static void forget_all();
};

} // namespace mail

#endif
