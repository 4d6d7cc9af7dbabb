/*
**  lnm - logical name tables, private to lnm*.cxx
**
**  Tables are held in immutable sets: the shared ones (system, groups, jobs, shareable tables that
**  were created) come from VMSROOT/.shim/names, the process's own live in memory.  Every thread
**  keeps a view of both; two loads of a counter tell that it still holds, so a translation takes no
**  lock.
*/
#ifndef SHIM_LNM_H
#define SHIM_LNM_H

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace shim {
namespace lnm {

struct Translation {
    std::string text;
    uint32_t attributes; /* LNM$M_CONCEALED, LNM$M_TERMINAL */
};

/* One name in one access mode. */
struct Entry {
    std::string name;
    unsigned mode;
    uint32_t attributes; /* LNM$M_NO_ALIAS, LNM$M_CONFINE, LNM$M_TABLE */
    std::vector<Translation> translations;
};

struct Table {
    std::string name, parent;
    unsigned mode;
    uint32_t attributes; /* LNM$M_SHAREABLE */
    uint32_t owner;      /* UIC */
    uint16_t protection; /* four nibbles, system first; a set bit denies R W C D */
    std::unordered_map<std::string, std::vector<Entry>> names; /* by name in upper case */
};

typedef std::map<std::string, Table> Tables;

/* "abc" -> "ABC" */
std::string fold(const std::string &text);

extern const char *const PROCESS_DIRECTORY;
extern const char *const SYSTEM_DIRECTORY;
extern const char *const PROCESS_TABLE;
extern const char *const SYSTEM_TABLE;
std::string own_job_table();
std::string own_group_table();

/* ---- one set of tables (lnm_tables.cxx) ---- */

Tables default_shared();
Tables default_process();
Table &add_table(Tables &tables, const std::string &name, const std::string &parent, unsigned mode,
                 uint32_t attributes);
/* With all tables below it, and its name in its directory. */
void drop_table(Tables &tables, const std::string &name);
/* SS$_NORMAL, SS$_SUPERSEDE or SS$_DUPLNAM. */
uint32_t put_entry(Table &table, const Entry &entry);
/* name empty: all.  Entries of mode and outer modes; how many there were. */
size_t drop_entries(Tables &tables, Table &table, const std::string &name, unsigned mode);
/* Outermost entry of a mode not outer than limit; 0 when there is none. */
const Entry *find_entry(const Table &table, const std::string &name, const std::string &folded,
                        unsigned limit, bool case_blind);

/* ---- all that this process sees (lnm_view.cxx) ---- */

struct View {
    std::shared_ptr<const Tables> process, shared;
    uint64_t process_generation;
    uint32_t own_changes;      /* of a process whose names are shared with its images */
    uint32_t shared_generation;
    Table own_job, own_group; /* empty: what these are until something is put into them */
    struct Resolved {
        uint32_t status; /* SS$_NORMAL, SS$_NOLOGTAB, SS$_TOOMANYLNAM */
        std::vector<const Table *> tables;
    };
    std::unordered_map<std::string, Resolved> resolved[4]; /* by table name, a map for each mode */
};

/* This thread's view, brought up to date. */
View &view();
/* The tables that a table name stands for. */
const View::Resolved &resolve(View &at, const std::string &table, unsigned limit);
/* Runs change on a copy of the set; if that succeeds, the copy becomes the current one. */
uint32_t change_process(const std::function<uint32_t(Tables &)> &change);
uint32_t change_shared(const std::function<uint32_t(Tables &)> &change);

/* ---- the file (lnm_store.cxx) ---- */

/* False: no file, or not a whole one. */
bool load_tables(const std::string &path, Tables *tables, uint32_t *generation);
/* Written under a temporary name and renamed. */
bool save_tables(const std::string &path, const Tables &tables, uint32_t generation);

} // namespace lnm
} // namespace shim

#endif
