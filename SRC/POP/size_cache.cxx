/*
**  size_cache - one map of mailboxes and its lock
*/
#include "size_cache.h"

#include "VMS/thread.h"

#include <algorithm>
#include <map>

namespace mail {

namespace {

struct Mailbox {
    KnownSizes sizes;
    SettingsPtr settings;
    IdentityPtr identity;
    boost::uint64_t used; /* number of the give() that brought it */
    Mailbox() : used(0) {}
};
typedef std::map<std::string, Mailbox> Mailboxes;

/* Made once and never deleted: no global constructor, no order of destruction. */
struct SizeStore {
    Mutex mutex;
    Mailboxes mailboxes;
    size_t messages;
    boost::uint64_t gives;
    SizeStore() : messages(0), gives(0) {}

    void remove(Mailboxes::iterator which)
    {
        messages -= which->second.sizes.size();
        mailboxes.erase(which);
    }
    Mailboxes::iterator oldest()
    {
        Mailboxes::iterator found = mailboxes.begin();
        for (Mailboxes::iterator i = found; i != mailboxes.end(); ++i)
            if (i->second.used < found->second.used)
                found = i;
        return found;
    }
};

pthread_once_t size_store_once = PTHREAD_ONCE_INIT;
SizeStore *size_store;

void make_size_store()
{
    size_store = new SizeStore;
}

SizeStore &store()
{
    pthread_once(&size_store_once, make_size_store);
    return *size_store;
}

bool earlier(const KnownSize &a, const KnownSize &b)
{
    return a.date < b.date;
}

} // namespace

void SizeCache::take(const std::string &directory, const SettingsPtr &settings,
                     const IdentityPtr &identity, KnownSizes *sizes)
{
    SizeStore &all = store();
    bool same = true;
    sizes->clear();
    {
        MutexGuard guard(all.mutex);
        Mailboxes::iterator found = all.mailboxes.find(directory);
        if (found == all.mailboxes.end())
            return;
        same = found->second.settings == settings && found->second.identity == identity;
        all.messages -= found->second.sizes.size();
        sizes->swap(found->second.sizes);
        all.mailboxes.erase(found);
    }
    for (size_t i = 0; !same && i < sizes->size(); ++i)
        (*sizes)[i].octets = 0;
}

void SizeCache::give(const std::string &directory, const SettingsPtr &settings,
                     const IdentityPtr &identity, KnownSizes *sizes)
{
    KnownSizes(*sizes).swap(*sizes); /* no more room than it needs */
    SizeStore &all = store();
    MutexGuard guard(all.mutex);
    Mailboxes::iterator before = all.mailboxes.find(directory);
    if (before != all.mailboxes.end())
        all.remove(before);
    if (sizes->empty() || sizes->size() > POP_SIZE_CACHE_MAX) {
        sizes->clear();
        return;
    }
    while (all.messages + sizes->size() > POP_SIZE_CACHE_MAX)
        all.remove(all.oldest());
    Mailbox &mailbox = all.mailboxes[directory];
    mailbox.sizes.swap(*sizes);
    mailbox.settings = settings;
    mailbox.identity = identity;
    mailbox.used = ++all.gives;
    all.messages += mailbox.sizes.size();
}

void SizeCache::sort(KnownSizes *sizes)
{
    std::sort(sizes->begin(), sizes->end(), earlier);
}

const KnownSize *SizeCache::find(const KnownSizes &sizes, VmsTime date)
{
    KnownSizes::const_iterator at =
        std::lower_bound(sizes.begin(), sizes.end(), KnownSize(date), earlier);
    return at == sizes.end() || at->date != date ? 0 : &*at;
}

void SizeCache::forget_all()
{
    SizeStore &all = store();
    MutexGuard guard(all.mutex);
    all.mailboxes.clear();
    all.messages = 0;
}

} // namespace mail
