/*
**  size_cache - what is known of texts that were read before
**
**  Callable MAIL tells a message's size in records only, so exact octets cost one reading of the
**  text; they are kept by the process, and a second session of the same user needs no reading.
*/
#ifndef MAIL_POP_SIZE_CACHE_H
#define MAIL_POP_SIZE_CACHE_H

#include "pop_message.h"

namespace mail {

enum { POP_SIZE_CACHE_MAX = 200000 }; /* messages; then all are forgotten */

/*
**  Keys name directory and message; any thread.  The size of the whole message depends on settings
**  and identity too: it is forgotten when they change.
*/
class SizeCache {
public:
    /* From here on sizes are for these; called when a drop is opened. */
    static void use(const SettingsPtr &settings, const IdentityPtr &identity);
    static bool find(const std::string &key, PopTextFacts *facts);
    static void keep(const std::string &key, const PopTextFacts &facts);
    static bool find_size(const std::string &key, boost::uint32_t *octets);
    static void keep_size(const std::string &key, boost::uint32_t octets);
    static void forget_all();
};

} // namespace mail

#endif
