/*
**  resolver - questions, alias chains, cache
**
**  The cache holds whole answers by type and name, positive and negative; a lookup copies it.  Its
**  object is made on first use: no constructor runs at image start.
*/
#include "VMS/resolver.h"

#include <algorithm>
#include <map>
#include <pthread.h>
#include <string.h>

#include "CORE/dns_codec.h"
#include "CORE/ip_address.h"
#include "VMS/thread.h"
#include "VMS/vmstime.h"
#include "resolver_wire.h"

namespace mail {

/* ---- cache ---- */

struct CacheEntry {
    VmsTime expires;
    boost::uint32_t number; /* age */
    ResolverAnswer answer;
};

struct ResolverCache {
    Mutex mutex;
    std::map<std::string, CacheEntry> entries;
    boost::uint32_t numbers;
    ResolverCache() : numbers(0) {}
};

static pthread_once_t cache_once = PTHREAD_ONCE_INIT;
static ResolverCache *cache;

extern "C" {
static void mail_make_resolver_cache()
{
    cache = new ResolverCache;
}
}

static ResolverCache &the_cache()
{
    pthread_once(&cache_once, mail_make_resolver_cache);
    return *cache;
}

static std::string cache_key(const std::string &name, unsigned type)
{
    return std::string(1, static_cast<char>(type)) + name;
}

static bool cache_find(const std::string &key, ResolverAnswer *answer)
{
    ResolverCache &store = the_cache();
    MutexGuard guard(store.mutex);
    std::map<std::string, CacheEntry>::iterator found = store.entries.find(key);
    if (found == store.entries.end())
        return false;
    if (found->second.expires <= vmstime_now()) {
        store.entries.erase(found);
        return false;
    }
    *answer = found->second.answer;
    return true;
}

/* The oldest tenth goes. REQUIRES: the mutex. */
static void shrink(ResolverCache &store)
{
    std::vector<boost::uint32_t> numbers;
    std::map<std::string, CacheEntry>::iterator i;
    for (i = store.entries.begin(); i != store.entries.end(); ++i)
        numbers.push_back(i->second.number);
    std::vector<boost::uint32_t>::iterator tenth = numbers.begin() + numbers.size() / 10;
    std::nth_element(numbers.begin(), tenth, numbers.end());
    boost::uint32_t limit = *tenth;
    for (i = store.entries.begin(); i != store.entries.end();) {
        if (i->second.number <= limit)
            store.entries.erase(i++);
        else
            ++i;
    }
}

static void cache_keep(const std::string &key, const ResolverAnswer &answer)
{
    boost::uint32_t most =
        answer.result == RESOLVER_FOUND ? RESOLVER_TTL_MAX : RESOLVER_NEGATIVE_MAX;
    boost::uint32_t ttl = answer.ttl < most ? answer.ttl : most;
    if (ttl == 0)
        return;
    CacheEntry entry;
    entry.expires = vmstime_after(ttl);
    entry.answer = answer;
    ResolverCache &store = the_cache();
    MutexGuard guard(store.mutex);
    if (store.entries.size() >= RESOLVER_CACHE_MAX)
        shrink(store);
    entry.number = ++store.numbers;
    store.entries[key] = entry;
}

void resolver_clear_cache()
{
    ResolverCache &store = the_cache();
    MutexGuard guard(store.mutex);
    store.entries.clear();
}

/* ---- questions ---- */

static std::string plain_name(const std::string &name)
{
    std::string plain = name;
    for (size_t i = 0; i < plain.size(); ++i)
        if (plain[i] >= 'A' && plain[i] <= 'Z')
            plain[i] = static_cast<char>(plain[i] - 'A' + 'a');
    if (!plain.empty() && plain[plain.size() - 1] == '.')
        plain.erase(plain.size() - 1);
    return plain;
}

/* The records of the type at the end of the alias chain inside one message; *name moves along. */
static void take_records(const DnsMessage &message, unsigned type, std::string *name,
                         ResolverAnswer *answer)
{
    for (int step = 0; step < RESOLVER_CHAIN_MAX; ++step) {
        bool moved = false;
        for (size_t i = 0; i < message.answers.size(); ++i) {
            const DnsRecord &record = message.answers[i];
            if (record.name != *name)
                continue;
            if (record.type == type)
                answer->records.push_back(record);
            else if (record.type == DNS_CNAME && !moved && type != DNS_CNAME)
                moved = true, *name = record.data;
            else
                continue;
            if (record.ttl < answer->ttl)
                answer->ttl = record.ttl;
            if (moved)
                break;
        }
        if (!moved || !answer->records.empty())
            return;
    }
}

static void interpret(const DnsMessage &message, unsigned type, std::string *name,
                      ResolverAnswer *answer)
{
    const boost::uint32_t negative_default = 60;
    answer->ttl = RESOLVER_TTL_MAX;
    take_records(message, type, name, answer);
    if (!answer->records.empty()) {
        answer->result = RESOLVER_FOUND;
        return;
    }
    answer->result = message.code == DNS_NO_NAME ? RESOLVER_NO_NAME : RESOLVER_NO_DATA;
    answer->ttl = message.has_negative_ttl ? message.negative_ttl : negative_default;
}

static ResolverAnswer no_answer()
{
    ResolverAnswer answer;
    answer.ttl = RESOLVER_FAILED_KEPT;
    return answer;
}

bool resolver_has_servers()
{
    std::vector<NetAddress> servers;
    resolver_servers(&servers);
    return !servers.empty();
}

bool resolver_server(NetAddress *server)
{
    std::vector<NetAddress> servers;
    resolver_servers(&servers);
    if (!servers.empty())
        *server = servers[0];
    return !servers.empty();
}

static ResolverAnswer ask_servers(const std::string &name, unsigned type,
                                  const ResolverOptions &options)
{
    ResolverAnswer answer;
    std::vector<NetAddress> servers = options.servers;
    if (servers.empty())
        resolver_servers(&servers);
    if (servers.empty())
        return answer; /* nobody was asked: nothing to keep */
    std::string current = name;
    for (int chain = 0; chain < RESOLVER_CHAIN_MAX; ++chain) {
        DnsMessage message;
        std::string asked = current;
        if (!resolver_exchange(servers, asked, type, options, &message))
            return no_answer();
        answer = ResolverAnswer();
        interpret(message, type, &current, &answer);
        /* an alias whose target the server did not add: ask for the target */
        if (answer.result != RESOLVER_NO_DATA || current == asked)
            return answer;
    }
    return no_answer();
}

static ResolverAnswer ask(const std::string &given, unsigned type, const ResolverOptions &options)
{
    ResolverAnswer answer;
    std::string name = plain_name(given), unused;
    if (!dns_encode_question(0, name, type, &unused)) {
        answer.result = RESOLVER_NO_NAME; /* no such name can exist */
        return answer;
    }
    std::string key = cache_key(name, type);
    if (options.use_cache && cache_find(key, &answer))
        return answer;
    answer = ask_servers(name, type, options);
    /* who was short of time has not heard that the servers are broken */
    bool late = options.deadline != 0 && net_milliseconds() >= options.deadline;
    if (options.use_cache && !(late && answer.result == RESOLVER_FAILED))
        cache_keep(key, answer);
    return answer;
}

/* ---- typed faces ---- */

ResolverResult resolver_mx(const std::string &name, const ResolverOptions &options,
                           std::vector<MxRecord> *records)
{
    ResolverAnswer answer = ask(name, DNS_MX, options);
    records->clear();
    for (size_t i = 0; i < answer.records.size(); ++i) {
        MxRecord record;
        record.preference = answer.records[i].preference;
        record.host = answer.records[i].data;
        records->push_back(record);
    }
    return answer.result;
}

static void add_addresses(const ResolverAnswer &answer, std::vector<NetAddress> *addresses)
{
    for (size_t i = 0; i < answer.records.size(); ++i) {
        const std::string &data = answer.records[i].data;
        NetAddress address;
        address.family = data.size() == 4 ? 4 : 6;
        memcpy(address.bytes, data.data(), data.size());
        addresses->push_back(address);
    }
}

ResolverResult resolver_addresses(const std::string &name, const ResolverOptions &options,
                                  std::vector<NetAddress> *addresses)
{
    addresses->clear();
    if (hosts_find(name, addresses))
        return RESOLVER_FOUND;
    ResolverAnswer six = ask(name, DNS_AAAA, options), four = ask(name, DNS_A, options);
    add_addresses(six, addresses);
    add_addresses(four, addresses);
    if (!addresses->empty())
        return RESOLVER_FOUND;
    if (six.result == RESOLVER_FAILED || four.result == RESOLVER_FAILED)
        return RESOLVER_FAILED;
    bool no_name = six.result == RESOLVER_NO_NAME || four.result == RESOLVER_NO_NAME;
    return no_name ? RESOLVER_NO_NAME : RESOLVER_NO_DATA;
}

ResolverResult resolver_listed(const std::string &name, const ResolverOptions &options,
                               std::vector<NetAddress> *addresses)
{
    addresses->clear();
    ResolverAnswer four = ask(name, DNS_A, options);
    add_addresses(four, addresses);
    return four.result;
}

ResolverResult resolver_name(const NetAddress &address, const ResolverOptions &options,
                             std::string *name)
{
    IpAddress plain;
    if (!ip_address_from_bytes(reinterpret_cast<const char *>(address.bytes),
                               address.family == 4 ? 4 : address.family == 6 ? 16 : 0, &plain))
        return RESOLVER_NO_NAME;
    if (hosts_name(address, name))
        return RESOLVER_FOUND;
    ResolverAnswer answer = ask(ip_reverse_name(plain), DNS_PTR, options);
    if (answer.result == RESOLVER_FOUND)
        *name = answer.records[0].data;
    return answer.result;
}

ResolverResult resolver_text(const std::string &name, const ResolverOptions &options,
                             std::vector<std::string> *texts)
{
    ResolverAnswer answer = ask(name, DNS_TXT, options);
    texts->clear();
    for (size_t i = 0; i < answer.records.size(); ++i)
        texts->push_back(answer.records[i].data);
    return answer.result;
}

} // namespace mail
