/*
**  size_cache - one map and its lock
*/
#include "size_cache.h"

#include "VMS/thread.h"

#include <map>

namespace mail {

namespace {

struct Sized {
    PopTextFacts facts;
    boost::uint32_t octets; /* of the whole message; 0: not known under these settings */
    Sized() : octets(0) {}
};

/* Made once and never deleted: no global constructor, no order of destruction. */
struct SizeStore {
    Mutex mutex;
    std::map<std::string, Sized> sizes;
    SettingsPtr settings;
    IdentityPtr identity;
};

pthread_once_t size_store_once = PTHREAD_ONCE_INIT;
SizeStore *size_store;

void make_size_store()
{
    size_store = new SizeStore;
}

SizeStore &sizes()
{
    pthread_once(&size_store_once, make_size_store);
    return *size_store;
}

} // namespace

void SizeCache::use(const SettingsPtr &settings, const IdentityPtr &identity)
{
    SizeStore &store = sizes();
    MutexGuard guard(store.mutex);
    if (store.settings == settings && store.identity == identity)
        return;
    store.settings = settings;
    store.identity = identity;
    for (std::map<std::string, Sized>::iterator i = store.sizes.begin(); i != store.sizes.end();
         ++i)
        i->second.octets = 0;
}

bool SizeCache::find(const std::string &key, PopTextFacts *facts)
{
    SizeStore &store = sizes();
    MutexGuard guard(store.mutex);
    std::map<std::string, Sized>::const_iterator i = store.sizes.find(key);
    if (i == store.sizes.end())
        return false;
    *facts = i->second.facts;
    return true;
}

void SizeCache::keep(const std::string &key, const PopTextFacts &facts)
{
    SizeStore &store = sizes();
    MutexGuard guard(store.mutex);
    if (store.sizes.size() >= POP_SIZE_CACHE_MAX)
        store.sizes.clear();
    store.sizes[key].facts = facts;
}

bool SizeCache::find_size(const std::string &key, boost::uint32_t *octets)
{
    SizeStore &store = sizes();
    MutexGuard guard(store.mutex);
    std::map<std::string, Sized>::const_iterator i = store.sizes.find(key);
    if (i == store.sizes.end() || i->second.octets == 0)
        return false;
    *octets = i->second.octets;
    return true;
}

void SizeCache::keep_size(const std::string &key, boost::uint32_t octets)
{
    SizeStore &store = sizes();
    MutexGuard guard(store.mutex);
    std::map<std::string, Sized>::iterator i = store.sizes.find(key);
    if (i != store.sizes.end())
        i->second.octets = octets;
}

void SizeCache::forget_all()
{
    SizeStore &store = sizes();
    MutexGuard guard(store.mutex);
    store.sizes.clear();
}

} // namespace mail
