/*
**  lnm_tables - one set of logical name tables: defaults, entries, modes
*/
#include "lnm.h"
#include "plain_text.h"
#include "shim.h"
#include "system_page.h"

#include <algorithm>
#include <cstdio>
#include <lnmdef.h>
#include <psldef.h>

namespace shim {
namespace lnm {

const char *const PROCESS_DIRECTORY = "LNM$PROCESS_DIRECTORY";
const char *const SYSTEM_DIRECTORY = "LNM$SYSTEM_DIRECTORY";
const char *const PROCESS_TABLE = "LNM$PROCESS_TABLE";
const char *const SYSTEM_TABLE = "LNM$SYSTEM_TABLE";

namespace {

const uint16_t OPEN_TO_ALL = 0;
const uint16_t WORLD_READS = 0xEE00; /* system, owner: all; group, world: read */

void define(Table &table, const char *name, const std::vector<std::string> &values, unsigned mode)
{
    Entry entry;
    entry.name = name;
    entry.mode = mode;
    entry.attributes = 0;
    for (const std::string &value : values)
        entry.translations.push_back(Translation{value, 0});
    put_entry(table, entry);
}

} // namespace

std::string fold(const std::string &text)
{
    return upper(text);
}

std::string own_job_table()
{
    char text[32];
    snprintf(text, sizeof text, "LNM$JOB_%08X", own_slot().job);
    return text;
}

std::string own_group_table()
{
    char text[32];
    snprintf(text, sizeof text, "LNM$GROUP_%06o", (own_slot().uic >> 16) & 0xffff);
    return text;
}

Table &add_table(Tables &tables, const std::string &name, const std::string &parent, unsigned mode,
                 uint32_t attributes)
{
    Table &table = tables[name];
    table.name = name;
    table.parent = parent;
    table.mode = mode;
    table.attributes = attributes;
    table.owner = 0x10004;
    table.protection = attributes & LNM$M_SHAREABLE ? WORLD_READS : OPEN_TO_ALL;
    table.names.clear();
    const char *directory = attributes & LNM$M_SHAREABLE ? SYSTEM_DIRECTORY : PROCESS_DIRECTORY;
    Entry entry;
    entry.name = name;
    entry.mode = mode;
    entry.attributes = LNM$M_TABLE;
    put_entry(tables[directory], entry);
    return tables[name];
}

void drop_table(Tables &tables, const std::string &name)
{
    Tables::iterator found = tables.find(name);
    if (found == tables.end() || name == PROCESS_DIRECTORY || name == SYSTEM_DIRECTORY)
        return;
    const char *directory =
        found->second.attributes & LNM$M_SHAREABLE ? SYSTEM_DIRECTORY : PROCESS_DIRECTORY;
    tables.erase(found);
    tables[directory].names.erase(fold(name));
    std::vector<std::string> below;
    for (const Tables::value_type &other : tables)
        if (other.second.parent == name)
            below.push_back(other.first);
    for (const std::string &child : below)
        drop_table(tables, child);
}

Tables default_shared()
{
    Tables tables;
    add_table(tables, SYSTEM_DIRECTORY, "", PSL$C_KERNEL, LNM$M_SHAREABLE);
    add_table(tables, SYSTEM_TABLE, SYSTEM_DIRECTORY, PSL$C_KERNEL, LNM$M_SHAREABLE);
    Table &directory = tables[SYSTEM_DIRECTORY];
    define(directory, "LNM$FILE_DEV", {"LNM$PROCESS", "LNM$JOB", "LNM$GROUP", "LNM$SYSTEM"},
           PSL$C_EXEC);
    define(directory, "LNM$DCL_LOGICAL", {"LNM$FILE_DEV"}, PSL$C_EXEC);
    define(directory, "LNM$SYSTEM", {SYSTEM_TABLE}, PSL$C_EXEC);
    define(directory, "LNM$DIRECTORIES", {PROCESS_DIRECTORY, SYSTEM_DIRECTORY}, PSL$C_EXEC);
    define(directory, "LNM$PERMANENT_MAILBOX", {"LNM$SYSTEM"}, PSL$C_EXEC);
    define(directory, "LNM$TEMPORARY_MAILBOX", {"LNM$JOB"}, PSL$C_EXEC);
    define(tables[SYSTEM_TABLE], "SYS$TIMEZONE_DIFFERENTIAL", {std::to_string(zone_seconds())},
           PSL$C_EXEC);
    return tables;
}

Tables default_process()
{
    Tables tables;
    add_table(tables, PROCESS_DIRECTORY, "", PSL$C_KERNEL, 0);
    add_table(tables, PROCESS_TABLE, PROCESS_DIRECTORY, PSL$C_KERNEL, 0);
    Table &directory = tables[PROCESS_DIRECTORY];
    define(directory, "LNM$PROCESS", {PROCESS_TABLE}, PSL$C_KERNEL);
    define(directory, "LNM$JOB", {own_job_table()}, PSL$C_KERNEL);
    define(directory, "LNM$GROUP", {own_group_table()}, PSL$C_KERNEL);
    return tables;
}

uint32_t put_entry(Table &table, const Entry &entry)
{
    std::vector<Entry> &same = table.names[fold(entry.name)];
    Entry *old = nullptr;
    for (Entry &other : same) {
        if (other.name != entry.name)
            continue;
        if (other.mode < entry.mode && (other.attributes & LNM$M_NO_ALIAS))
            return SS$_DUPLNAM;
        if (other.mode == entry.mode)
            old = &other;
    }
    uint32_t status = old ? SS$_SUPERSEDE : SS$_NORMAL;
    if (old)
        *old = entry;
    else
        same.push_back(entry);
    if (entry.attributes & LNM$M_NO_ALIAS)
        same.erase(std::remove_if(same.begin(), same.end(),
                                  [&](const Entry &other) {
                                      return other.name == entry.name && other.mode > entry.mode;
                                  }),
                   same.end());
    return status;
}

size_t drop_entries(Tables &tables, Table &table, const std::string &name, unsigned mode)
{
    size_t dropped = 0;
    std::vector<std::string> dead_tables;
    for (auto at = table.names.begin(); at != table.names.end();) {
        std::vector<Entry> &list = at->second;
        for (size_t i = list.size(); i-- > 0;) {
            if (list[i].mode < mode || (!name.empty() && list[i].name != name))
                continue;
            if (list[i].attributes & LNM$M_TABLE)
                dead_tables.push_back(list[i].name);
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
            ++dropped;
        }
        at = list.empty() ? table.names.erase(at) : std::next(at);
    }
    for (const std::string &dead : dead_tables)
        drop_table(tables, dead);
    return dropped;
}

const Entry *find_entry(const Table &table, const std::string &name, const std::string &folded,
                        unsigned limit, bool case_blind)
{
    auto found = table.names.find(folded);
    if (found == table.names.end())
        return nullptr;
    const Entry *best = nullptr;
    for (const Entry &entry : found->second)
        if (entry.mode <= limit && (case_blind || entry.name == name) &&
            (!best || entry.mode > best->mode))
            best = &entry;
    return best;
}

} // namespace lnm
} // namespace shim
