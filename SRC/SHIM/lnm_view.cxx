/*
**  lnm_view - which tables this process sees, kept up to date without locks
**
**  A change of the shared tables is made under a file lock: read, change, write anew, rename, and
**  only then is the counter of the system page moved.  The counter is in the file too, so that a
**  writer killed between the two leaves nothing behind that the next reader does not put right.
**
**  The process's own tables live in memory, until a command interpreter shares them with its images
**  (share_process_names): then they are a file of the same kind, process.PID, with a counter in the
**  process's row.
*/
#include "lnm.h"
#include "process_table.h"
#include "shim.h"

#include <cstdio>
#include <cstdlib>
#include <lnmdef.h>
#include <psldef.h>
#include <unistd.h>

namespace shim {
namespace lnm {

namespace {

std::mutex state_mutex;                      /* guards the five below */
std::shared_ptr<const Tables> process_set, shared_set;
uint32_t shared_loaded;                      /* counter at which shared_set was read */
uint32_t process_loaded;                     /* the same for process_set, when it is in a file */
bool process_in_file;
std::atomic<uint64_t> process_generation{1}; /* changes with process_set and with the root */
std::atomic<bool> job_table_made;

thread_local View this_view;

void forget_names()
{
    std::lock_guard<std::mutex> guard(state_mutex);
    process_set.reset();
    shared_set.reset();
    process_in_file = false;
    process_generation.fetch_add(1);
    job_table_made.store(false);
}
RootChange names_change(forget_names);

std::string names_path()
{
    return store_path("names");
}

std::string own_names_path(uint32_t pid)
{
    char name[32];
    snprintf(name, sizeof name, "process.%08X", pid);
    return store_path(name);
}

std::string own_lock_path()
{
    return store_path("process.lock");
}

/* "NAME=VALUE[\tVALUE...]\n..." in SHIM_LNM: the process table of a started process. */
void seed(Tables &tables)
{
    const char *text = getenv("SHIM_LNM");
    std::string rest = text ? text : "";
    while (!rest.empty()) {
        std::string line = rest.substr(0, rest.find('\n'));
        rest.erase(0, line.size() + 1);
        size_t equals = line.find('=');
        if (equals == std::string::npos || equals == 0)
            continue;
        Entry entry;
        entry.name = line.substr(0, equals);
        entry.mode = PSL$C_SUPER;
        entry.attributes = 0;
        for (size_t start = equals + 1;;) {
            size_t end = line.find('\t', start);
            entry.translations.push_back(Translation{line.substr(start, end - start), 0});
            if (end == std::string::npos)
                break;
            start = end + 1;
        }
        put_entry(tables[PROCESS_TABLE], entry);
    }
}

std::shared_ptr<const Tables> first_process_set()
{
    Tables tables = default_process();
    seed(tables);
    return std::make_shared<const Tables>(std::move(tables));
}

/* state_mutex is held.  The tables of this process, as they are now. */
void load_own()
{
    ProcessSlot &slot = own_slot();
    if (!slot.names_shared.load()) {
        process_in_file = false; /* a new subprocess goes on with its parent's */
        if (!process_set)
            process_set = first_process_set();
        return;
    }
    uint32_t changes = slot.name_changes.load(std::memory_order_acquire);
    if (process_set && process_in_file && process_loaded == changes)
        return;
    Tables tables;
    uint32_t ignored;
    if (!load_tables(own_names_path(slot.pid.load()), &tables, &ignored))
        tables = default_process();
    process_set = std::make_shared<const Tables>(std::move(tables));
    process_in_file = true;
    process_loaded = changes;
}

/* state_mutex is held. */
bool save_own(const Tables &tables)
{
    ProcessSlot &slot = own_slot();
    uint32_t next = slot.name_changes.load() + 1;
    if (!save_tables(own_names_path(slot.pid.load()), tables, next))
        return false;
    slot.name_changes.store(next, std::memory_order_release);
    return true;
}

/* The shared tables as the file has them, and the counter that belongs to them. */
std::shared_ptr<const Tables> load_shared(uint32_t *generation)
{
    SystemPage &at = page();
    uint32_t before = at.name_changes.load();
    Tables tables;
    uint32_t in_file = 0;
    if (!load_tables(names_path(), &tables, &in_file))
        tables = default_shared();
    /* a writer died before it moved the counter, or the page is new */
    while (in_file > before && !at.name_changes.compare_exchange_weak(before, in_file))
        ;
    *generation = in_file > before ? in_file : before;
    return std::make_shared<const Tables>(std::move(tables));
}

void set_empty(Table *table, const std::string &name)
{
    table->name = name;
    table->parent = SYSTEM_DIRECTORY;
    table->mode = PSL$C_KERNEL;
    table->attributes = LNM$M_SHAREABLE;
    table->owner = 0;
    table->protection = 0;
}

void refresh(View &at)
{
    set_empty(&at.own_job, own_job_table());
    set_empty(&at.own_group, own_group_table());
    for (std::unordered_map<std::string, View::Resolved> &cache : at.resolved)
        cache.clear();
    std::lock_guard<std::mutex> guard(state_mutex);
    load_own();
    if (!shared_set || shared_loaded != page().name_changes.load())
        shared_set = load_shared(&shared_loaded);
    at.process = process_set;
    at.shared = shared_set;
    at.process_generation = process_generation.load();
    at.own_changes = process_in_file ? process_loaded : own_slot().name_changes.load();
    at.shared_generation = shared_loaded;
}

const Table *table_named(const Tables &tables, const std::string &name)
{
    Tables::const_iterator found = tables.find(name);
    return found == tables.end() ? nullptr : &found->second;
}

uint32_t collect(const View &at, const std::string &name, unsigned limit, unsigned depth,
                 std::vector<const Table *> *found)
{
    if (depth > LNM$C_MAXDEPTH)
        return SS$_TOOMANYLNAM;
    std::string folded = fold(name);
    for (const Tables *set : {at.process.get(), at.shared.get()}) {
        const Table *directory =
            table_named(*set, set == at.process.get() ? PROCESS_DIRECTORY : SYSTEM_DIRECTORY);
        const Entry *entry =
            directory ? find_entry(*directory, name, folded, limit, false) : nullptr;
        if (!entry)
            continue;
        if (entry->attributes & LNM$M_TABLE) {
            if (const Table *table = table_named(*set, name))
                found->push_back(table);
            return SS$_NORMAL;
        }
        for (const Translation &translation : entry->translations) {
            uint32_t status = collect(at, translation.text, limit, depth + 1, found);
            if (!(status & 1))
                return status;
        }
        return SS$_NORMAL;
    }
    if (name == at.own_job.name)
        found->push_back(&at.own_job);
    else if (name == at.own_group.name)
        found->push_back(&at.own_group);
    return SS$_NORMAL;
}

/* Job tables of processes that are gone. */
void purge_dead_jobs(Tables &tables)
{
    std::vector<std::string> dead;
    {
        SystemLock lock;
        for (const Tables::value_type &row : tables)
            if (row.first.compare(0, 8, "LNM$JOB_") == 0) {
                const ProcessSlot *slot = slot_of(
                    static_cast<uint32_t>(strtoul(row.first.c_str() + 8, nullptr, 16)));
                if (!slot || !slot_alive(*slot))
                    dead.push_back(row.first);
            }
    }
    for (const std::string &name : dead)
        drop_table(tables, name);
}

} // namespace

View &view()
{
    View &at = this_view;
    if (at.process_generation != process_generation.load(std::memory_order_acquire) ||
        at.own_changes != own_slot().name_changes.load(std::memory_order_acquire) ||
        at.shared_generation != page().name_changes.load(std::memory_order_acquire))
        refresh(at);
    return at;
}

const View::Resolved &resolve(View &at, const std::string &table, unsigned limit)
{
    std::unordered_map<std::string, View::Resolved> &cache = at.resolved[limit & 3];
    auto known = cache.find(table);
    if (known != cache.end())
        return known->second;
    View::Resolved fresh;
    fresh.status = collect(at, table, limit, 0, &fresh.tables);
    if ((fresh.status & 1) && fresh.tables.empty())
        fresh.status = SS$_NOLOGTAB;
    const size_t most = 256; /* names that a program makes up must not fill the memory */
    if (cache.size() >= most)
        cache.clear();
    return cache.emplace(table, std::move(fresh)).first->second;
}

uint32_t change_process(const std::function<uint32_t(Tables &)> &change)
{
    view(); /* the set exists */
    bool in_file = own_slot().names_shared.load() != 0;
    std::unique_ptr<FileLock> lock(in_file ? new FileLock(own_lock_path()) : nullptr);
    std::lock_guard<std::mutex> guard(state_mutex);
    load_own();
    Tables copy(*process_set);
    uint32_t status = change(copy);
    if (!(status & 1))
        return status;
    if (in_file && !save_own(copy))
        return SS$_EXLNMQUOTA;
    process_set = std::make_shared<const Tables>(std::move(copy));
    process_loaded = own_slot().name_changes.load();
    process_generation.fetch_add(1, std::memory_order_release);
    return status;
}

uint32_t change_shared(const std::function<uint32_t(Tables &)> &change)
{
    own_slot();
    FileLock lock(store_path("names.lock"));
    uint32_t generation;
    Tables copy(*load_shared(&generation));
    uint32_t status = change(copy);
    if (!(status & 1))
        return status;
    purge_dead_jobs(copy);
    job_table_made.store(copy.count(own_job_table()) != 0);
    if (!save_tables(names_path(), copy, generation + 1))
        return SS$_EXLNMQUOTA;
    page().name_changes.store(generation + 1, std::memory_order_release);
    return status;
}

} // namespace lnm

void drop_own_job_table()
{
    if (lnm::job_table_made.load() && own_slot().job == own_slot().pid.load())
        lnm::change_shared([](lnm::Tables &tables) {
            lnm::drop_table(tables, lnm::own_job_table());
            return static_cast<uint32_t>(SS$_NORMAL);
        });
}

void share_process_names()
{
    using namespace lnm;
    view();
    ProcessSlot &slot = own_slot();
    FileLock lock(own_lock_path());
    std::lock_guard<std::mutex> guard(state_mutex);
    if (slot.names_shared.load() || !save_own(*process_set))
        return;
    process_in_file = true;
    process_loaded = slot.name_changes.load();
    slot.names_shared.store(1);
    process_generation.fetch_add(1);
}

void drop_user_names()
{
    bool any = false;
    for (const lnm::Tables::value_type &table : *lnm::view().process)
        for (const auto &names : table.second.names)
            for (const lnm::Entry &entry : names.second)
                any = any || entry.mode == PSL$C_USER;
    if (!any)
        return;
    lnm::change_process([](lnm::Tables &tables) {
        std::vector<std::string> all;
        for (const lnm::Tables::value_type &table : tables)
            all.push_back(table.first);
        for (const std::string &name : all) {
            auto found = tables.find(name); /* it may have gone with its parent */
            if (found != tables.end())
                lnm::drop_entries(tables, found->second, "", PSL$C_USER);
        }
        return static_cast<uint32_t>(SS$_NORMAL);
    });
}

void drop_process_names(uint32_t pid)
{
    unlink(lnm::own_names_path(pid).c_str());
}

std::string seed_names(const std::vector<std::vector<std::string>> &names)
{
    std::string text;
    for (const std::vector<std::string> &name : names)
        for (size_t i = 0; i < name.size(); ++i)
            text += (i == 0 ? (text.empty() ? "" : "\n") : i == 1 ? "=" : "\t") + name[i];
    return "SHIM_LNM=" + text;
}

void clear_shared_names()
{
    lnm::change_shared([](lnm::Tables &tables) {
        tables = lnm::default_shared();
        return static_cast<uint32_t>(SS$_NORMAL);
    });
}

} // namespace shim
