/*
**  intrusion - $SCAN_INTRUSION, $SHOW_INTRUSION, $DELETE_INTRUSION
**
**  The database is memory shared by all processes of the VMSROOT (.shim/intrusion.map) and follows
*the
**  movable clock.  A source is a suspect from its first failure; each failure moves its end by
**  LGI_BRK_TMO; above LGI_BRK_LIM failures it is an intruder for LGI_HID_TIM times 1 to 1.5, and
*then
**  even the right password does not help.  spec/vms-api.md 4.5; Guide to System Security.
*/
#include "shim.h"
#include "system_page.h"
#include "system_text.h"
#include "uaf_fields.h"

#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include <ciadef.h>
#include <jpidef.h>
#include <prvdef.h>
#include <secsrvmsgdef.h>
#include <starlet.h>
#include <uaidef.h>

namespace shim
{
uint32_t system_parameter(const char *name); /* shim.h has it with $GETSYI */
}

namespace
{

const size_t entry_max = 2048;
const size_t source_size = 236;
const uint64_t ticks_per_second = 10000000;

struct Entry {
    uint32_t count; /* failures; 0: free */
    uint16_t type;  /* CIA$M_NETWORK ... and INTRUDER or SUSPECT */
    uint16_t source_length;
    uint64_t expiry;
    char source[source_size];
};

struct Database {
    std::atomic<uint32_t> used; /* entries, living or expired */
    uint32_t high;              /* no entry in use from here on */
    Entry entries[entry_max];
};

std::atomic<Database *> database;
void forget_database()
{
    database.store(nullptr); /* stays mapped: the address space of a test is large enough */
}
shim::RootChange database_change(forget_database);

Database *map_database()
{
    Database *at = database.load(std::memory_order_acquire);
    if (at)
        return at;
    int fd = open(shim::store_path("intrusion.map").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    void *mapped = MAP_FAILED;
    if (fd >= 0 && posix_fallocate(fd, 0, sizeof(Database)) == 0)
        mapped = mmap(nullptr, sizeof(Database), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd >= 0)
        close(fd);
    if (mapped == MAP_FAILED)
        return nullptr;
    Database *fresh = static_cast<Database *>(mapped);
    if (!database.compare_exchange_strong(at, fresh))
        munmap(mapped, sizeof(Database));
    return database.load();
}

struct Source {
    std::string key; /* "NODE::USER", "TERMINAL:USER", "TERMINAL" or "USER" */
    uint16_t type;
};

std::string key_of(const Entry &entry)
{
    return std::string(entry.source, entry.source_length);
}

void remove_entry(Database *db, Entry *entry)
{
    entry->count = 0;
    db->used--;
}

/* Under the lock.  Expired entries go when they are met. */
Entry *find_entry(Database *db, const Source &source)
{
    uint64_t now = shim::now();
    for (size_t i = 0; i < db->high; i++) {
        Entry &entry = db->entries[i];
        if (entry.count && entry.expiry <= now)
            remove_entry(db, &entry);
        const uint16_t kinds = CIA$M_NETWORK | CIA$M_TERM_USER | CIA$M_TERMINAL | CIA$M_USERNAME;
        if (entry.count && (entry.type & kinds) == source.type && key_of(entry) == source.key)
            return &entry;
    }
    return nullptr;
}

/* A free entry, else the one that would expire first. */
Entry *new_entry(Database *db, const Source &source)
{
    Entry *chosen = nullptr;
    for (size_t i = 0; i < entry_max; i++) {
        Entry &entry = db->entries[i];
        if (entry.count && chosen && entry.expiry >= chosen->expiry)
            continue;
        chosen = &entry;
        if (!entry.count) {
            db->high = db->high > i ? db->high : static_cast<uint32_t>(i + 1);
            db->used++;
            break;
        }
    }
    chosen->count = 0;
    chosen->type = source.type | CIA$M_SUSPECT;
    chosen->source_length = static_cast<uint16_t>(source.key.size());
    memcpy(chosen->source, source.key.data(), source.key.size());
    chosen->expiry = shim::now();
    return chosen;
}

uint64_t evasion_ticks()
{
    uint16_t random = 0;
    if (getrandom(&random, sizeof random, 0) < 0)
        random = 0;
    uint64_t base = shim::system_parameter("LGI_HID_TIM") * ticks_per_second;
    return base + base * random / (2 * 65536);
}

/* True when this failure made the source an intruder. */
bool record_failure(Entry *entry)
{
    entry->count++;
    if (entry->type & CIA$M_INTRUDER)
        return false;
    entry->expiry += shim::system_parameter("LGI_BRK_TMO") * ticks_per_second;
    if (entry->count <= shim::system_parameter("LGI_BRK_LIM"))
        return false;
    entry->type = (entry->type & ~CIA$M_SUSPECT) | CIA$M_INTRUDER;
    entry->expiry = shim::now() + evasion_ticks();
    return true;
}

void report_intruder(const Source &source, const std::string &user, unsigned flags)
{
    if ((flags & CIA$M_REAL_USERNAME) && shim::system_parameter("LGI_BRK_DISUSER"))
        shim::uaf_update(user, [](shim::UafRecord *record) -> uint32_t {
            record->flags |= UAI$M_DISACNT;
            return SS$_NORMAL;
        });
    if (!(flags & CIA$M_NOAUDIT))
        shim::operator_message("AUDIT$SERVER", "Security alarm (SECURITY) on " + shim::node_name() +
                                                   "\nAuditable event:  Break-in detected" +
                                                   "\nUsername:         " + user +
                                                   "\nSource:           " + source.key);
}

uint32_t text_of(void *descriptor, std::string *text)
{
    text->clear();
    return descriptor ? shim::get_text(static_cast<dsc$descriptor_s *>(descriptor), text)
                      : SS$_NORMAL;
}

/* failed_user is a descriptor, or an item list that holds the name. */
uint32_t failed_name(void *failed_user, unsigned flags, std::string *user)
{
    if (!(flags & CIA$M_ITEMLIST))
        return text_of(failed_user, user);
    std::vector<shim::Item> items;
    uint32_t status = shim::read_items(static_cast<const ILE3 *>(failed_user), &items);
    for (size_t i = 0; i < items.size() && (status & 1); i++) {
        if (items[i].code == CIA$_FAILED_USERNAME)
            *user = items[i].text();
        else if (items[i].code != CIA$_SCSNODE && items[i].code != CIA$_USER_DATA)
            status = SS$_BADPARAM;
    }
    return status;
}

uint32_t make_source(unsigned job_type, const std::string &user, const std::string &terminal,
                     const std::string &node, const std::string &remote_user, Source *source)
{
    if (job_type > JPI$K_REMOTE)
        return SECSRV$_BADJOBTYPE;
    if (node.size() > CIA$K_SOURCE_NODE_MAX_LENGTH)
        return SECSRV$_BADNODENAMELEN;
    if (remote_user.size() > CIA$K_USER_STRING_MAX_LENGTH)
        return SECSRV$_BADREMUSERLEN;
    if (job_type == JPI$K_NETWORK || job_type == JPI$K_REMOTE) {
        if (node.empty() || remote_user.empty())
            return SECSRV$_INSUFINFO;
        source->type = CIA$M_NETWORK;
        source->key = node + "::" + remote_user;
    } else if (!terminal.empty() && shim::system_parameter("LGI_BRK_TERM")) {
        source->type = user.empty() ? CIA$M_TERMINAL : CIA$M_TERM_USER;
        source->key = user.empty() ? terminal : terminal + ":" + user;
    } else {
        if (user.empty())
            return SECSRV$_INSUFINFO;
        source->type = CIA$M_USERNAME;
        source->key = user;
    }
    /* the end tells sources apart better than the middle of a long node name */
    if (source->key.size() > source_size)
        source->key = source->key.substr(source->key.size() - source_size);
    return SS$_NORMAL;
}

uint32_t scan(uint32_t logfail, const Source &source, const std::string &user, unsigned flags)
{
    Database *db = map_database();
    if (!db)
        return SECSRV$_SERVERNOTACTIVE;
    if ((logfail & 1) && db->used.load() == 0)
        return SS$_NORMAL;
    bool became;
    uint32_t type;
    {
        shim::FileLock lock(shim::store_path("intrusion.lock"));
        Entry *entry = find_entry(db, source);
        if (logfail & 1)
            return entry && (entry->type & CIA$M_INTRUDER) ? SECSRV$_INTRUDER : SS$_NORMAL;
        if (!entry)
            entry = new_entry(db, source);
        became = record_failure(entry);
        type = entry->type;
    }
    if (became)
        report_intruder(source, user, flags);
    return type & CIA$M_INTRUDER ? SECSRV$_INTRUDER : SECSRV$_SUSPECT;
}

bool shown(const Entry &entry, unsigned flags, const std::string &criteria, uint64_t now)
{
    if (!entry.count || entry.expiry <= now)
        return false;
    bool intruder = entry.type & CIA$M_INTRUDER;
    unsigned filter = flags & (CIA$M_INTRUDERS | CIA$M_SUSPECTS);
    if (filter && !(filter & (intruder ? CIA$M_INTRUDERS : CIA$M_SUSPECTS)))
        return false;
    return shim::wild_match(criteria.c_str(), key_of(entry).c_str());
}

} // namespace

extern "C" int sys$scan_intrusion(unsigned int logfail_status, void *failed_user,
                                  unsigned int job_type, void *source_terminal, void *source_node,
                                  void *source_user, void *source_addr, void *failed_password,
                                  void *parent_user, unsigned int, unsigned int flags)
{
    SHIM_SERVICE("sys$scan_intrusion");
    const unsigned known = CIA$M_IGNORE_RETURN | CIA$M_SECONDARY_PASSWORD | CIA$M_NOAUDIT |
                           CIA$M_REAL_USERNAME | CIA$M_ITEMLIST;
    if (flags & ~known)
        return SS$_BADPARAM;
    std::string user, terminal, node, remote_user, unused;
    uint32_t status = failed_name(failed_user, flags, &user);
    void *const texts[] = {source_terminal, source_node,     source_user,
                           source_addr,     failed_password, parent_user};
    std::string *const targets[] = {&terminal, &node, &remote_user, &unused, &unused, &unused};
    for (int i = 0; i < 6 && (status & 1); i++)
        status = text_of(texts[i], targets[i]);
    if (!(status & 1))
        return status;
    if (!shim::privileged(PRV$M_SECURITY))
        return SS$_NOSECURITY;
    Source source;
    status = make_source(job_type, user, terminal, node, remote_user, &source);
    if (status & 1)
        status = scan(logfail_status, source, user, flags);
    return flags & CIA$M_IGNORE_RETURN ? SS$_NORMAL : status;
}

extern "C" int sys$show_intrusion(void *user_criteria, void *intruder, unsigned short *intruder_len,
                                  void *breakin_block, unsigned int flags, unsigned int *context)
{
    SHIM_SERVICE("sys$show_intrusion");
    std::string criteria;
    uint32_t status = text_of(user_criteria, &criteria);
    if (!(status & 1))
        return status;
    if (!context || !intruder || criteria.empty())
        return SS$_BADPARAM;
    if (!shim::privileged(PRV$M_SECURITY))
        return SS$_NOSECURITY;
    Database *db = map_database();
    if (!db)
        return SECSRV$_SERVERNOTACTIVE;
    shim::FileLock lock(shim::store_path("intrusion.lock"));
    uint64_t now = shim::now();
    for (size_t i = *context; i < db->high; i++) {
        const Entry &entry = db->entries[i];
        if (!shown(entry, flags, criteria, now))
            continue;
        *context = static_cast<unsigned>(i + 1);
        cia$breakin_block block = {entry.type, 0, entry.count, entry.expiry};
        if (breakin_block)
            memcpy(breakin_block, &block, sizeof block);
        return shim::put_fixed(intruder, entry.source, entry.source_length, intruder_len);
    }
    if (*context)
        return SS$_NOMOREITEMS;
    return db->used.load() ? SECSRV$_NOSUCHINTRUDER : SECSRV$_CIADBEMPTY;
}

extern "C" int sys$delete_intrusion(void *user_criteria, unsigned int flags)
{
    SHIM_SERVICE("sys$delete_intrusion");
    std::string criteria;
    uint32_t status = text_of(user_criteria, &criteria);
    if (!(status & 1))
        return status;
    if (criteria.empty() || (flags & ~CIA$M_IGNORE_RETURN))
        return SS$_BADPARAM;
    if (!shim::privileged(PRV$M_SECURITY))
        return SS$_NOSECURITY;
    Database *db = map_database();
    if (!db)
        return SECSRV$_SERVERNOTACTIVE;
    shim::FileLock lock(shim::store_path("intrusion.lock"));
    uint64_t now = shim::now();
    unsigned removed = 0;
    for (size_t i = 0; i < db->high; i++) {
        if (!shown(db->entries[i], 0, criteria, now))
            continue;
        remove_entry(db, &db->entries[i]);
        removed++;
    }
    return removed ? SS$_NORMAL : SECSRV$_NOSUCHINTRUDER;
}
