/*
**  lnm - $TRNLNM, $CRELNM, $DELLNM, $CRELNT
**
**  System Services Reference Manual; spec 5.  A translation is one step.  The mode of a new name is
**  the mode asked for when the process has SYSNAM or CMEXEC, else supervisor at best, so that a
**  name of executive mode proves that its maker had the privilege.
*/
#include "lnm.h"
#include "shim.h"
#include "system_page.h"

#include <cstring>
#include <lnmdef.h>
#include <prvdef.h>
#include <psldef.h>
#include <starlet.h>

namespace shim {
namespace lnm {

namespace {

const size_t TRANSLATIONS_MAX = 128;

uint32_t read_name(const void *descriptor, size_t most, uint32_t invalid, std::string *name)
{
    uint32_t status = get_text(static_cast<const dsc$descriptor_s *>(descriptor), name);
    if (!(status & 1))
        return status;
    return name->empty() || name->size() > most ? invalid : static_cast<uint32_t>(SS$_NORMAL);
}

uint32_t read_names(const void *tabnam, const void *lognam, std::string *table, std::string *name)
{
    uint32_t status = read_name(tabnam, LNM$C_TABNAMLEN, SS$_IVLOGTAB, table);
    return status & 1 ? read_name(lognam, LNM$C_NAMLENGTH, SS$_IVLOGNAM, name) : status;
}

unsigned granted_mode(const unsigned char *acmode)
{
    unsigned mode = acmode ? *acmode & 3u : static_cast<unsigned>(PSL$C_USER);
    if (mode < PSL$C_SUPER && !privileged(PRV$M_SYSNAM | PRV$M_CMEXEC))
        mode = PSL$C_SUPER;
    return mode;
}

/* ---- translation ---- */

uint32_t answer_item(const Item &item, const Table &table, const Entry &entry, uint32_t *index)
{
    const Translation *at =
        *index < entry.translations.size() ? &entry.translations[*index] : nullptr;
    switch (static_cast<short>(item.code)) {
    case LNM$_INDEX:
        *index = item.longword();
        return *index < TRANSLATIONS_MAX ? SS$_NORMAL : SS$_BADPARAM;
    case LNM$_STRING:
        return put_item(item, at ? at->text : std::string());
    case LNM$_TABLE:
        return put_item(item, table.name);
    case LNM$_PARENT:
        return put_item(item, table.parent);
    case LNM$_ATTRIBUTES: {
        uint32_t attributes = entry.attributes | (table.attributes & LNM$M_SHAREABLE) |
                              (at ? at->attributes | LNM$M_EXISTS : 0);
        return put_item(item, &attributes, sizeof attributes);
    }
    case LNM$_LENGTH: {
        uint32_t length = at ? static_cast<uint32_t>(at->text.size()) : 0;
        return put_item(item, &length, sizeof length);
    }
    case LNM$_ACMODE: {
        unsigned char mode = static_cast<unsigned char>(entry.mode);
        return put_item(item, &mode, sizeof mode);
    }
    case LNM$_MAX_INDEX: {
        int32_t last = static_cast<int32_t>(entry.translations.size()) - 1;
        return put_item(item, &last, sizeof last);
    }
    }
    trace("sys$trnlnm: unknown item %u", item.code);
    return SS$_BADPARAM;
}

uint32_t answer(const std::vector<Item> &items, const Table &table, const Entry &entry)
{
    uint32_t result = SS$_NORMAL, index = 0;
    for (const Item &item : items) {
        uint32_t status = answer_item(item, table, entry, &index);
        if (!(status & 1))
            return status;
        if (status == SS$_BUFFEROVF)
            result = status;
    }
    return result;
}

/* ---- changes ---- */

bool may_write(const Table &table)
{
    if (!(table.attributes & LNM$M_SHAREABLE) || table.name == own_job_table())
        return true;
    if (privileged(PRV$M_SYSPRV | PRV$M_BYPASS))
        return true;
    if (table.name == SYSTEM_TABLE || table.name == SYSTEM_DIRECTORY)
        return privileged(PRV$M_SYSNAM);
    if (table.name.compare(0, 10, "LNM$GROUP_") == 0)
        return table.name == own_group_table() && privileged(PRV$M_GRPNAM | PRV$M_GRPPRV);
    const unsigned write_denied = 2;
    uint32_t uic = self().uic;
    unsigned shift = uic == table.owner ? 4 : uic >> 16 == table.owner >> 16 ? 8 : 12;
    bool system = uic >> 16 <= 8; /* MAXSYSGROUP */
    return (system && !(table.protection & write_denied)) ||
           !(table.protection >> shift & write_denied);
}

struct Target {
    std::string table;
    bool shared;
};

/* The table that a change goes to: the first of the list. */
uint32_t find_target(const std::string &tabnam, unsigned mode, Target *target)
{
    View &at = view();
    const View::Resolved &found = resolve(at, tabnam, PSL$C_USER);
    if (!(found.status & 1))
        return found.status;
    const Table *table = found.tables.front();
    target->shared = (table->attributes & LNM$M_SHAREABLE) != 0;
    target->table = table->name;
    if (!may_write(*table) || mode < table->mode)
        return SS$_NOPRIV;
    return SS$_NORMAL;
}

uint32_t change_target(const Target &target,
                       const std::function<uint32_t(Tables &, Table &)> &change)
{
    auto with_table = [&](Tables &tables) -> uint32_t {
        Tables::iterator found = tables.find(target.table);
        if (found != tables.end())
            return change(tables, found->second);
        if (target.table != own_job_table() && target.table != own_group_table())
            return SS$_NOLOGTAB;
        return change(tables, add_table(tables, target.table, SYSTEM_DIRECTORY, PSL$C_KERNEL,
                                        LNM$M_SHAREABLE));
    };
    return target.shared ? change_shared(with_table) : change_process(with_table);
}

uint32_t read_translations(const std::vector<Item> &items, Entry *entry)
{
    uint32_t attributes = 0;
    for (const Item &item : items) {
        if (item.code == LNM$_ATTRIBUTES) {
            attributes = item.longword();
            if (attributes & ~static_cast<uint32_t>(LNM$M_CONCEALED | LNM$M_TERMINAL))
                return SS$_BADPARAM;
        } else if (item.code == LNM$_STRING) {
            if (item.length > LNM$C_NAMLENGTH || entry->translations.size() >= TRANSLATIONS_MAX)
                return SS$_BADPARAM;
            entry->translations.push_back(Translation{item.text(), attributes});
        } else {
            trace("sys$crelnm: unknown item %u", item.code);
            return SS$_BADPARAM;
        }
    }
    return SS$_NORMAL;
}

struct NewTable {
    std::string name, parent;
    unsigned mode;
    bool shared, create_if;
    uint16_t protection;
    uint32_t owner;
};

uint32_t create_table(Tables &tables, const NewTable &made)
{
    Tables::iterator old = tables.find(made.name);
    if (!tables.count(made.parent))
        return SS$_PARENT_DEL;
    bool existed = old != tables.end();
    if (existed && old->second.mode < made.mode && !made.create_if)
        return SS$_DUPLNAM;
    if (existed && made.create_if)
        return SS$_NORMAL;
    if (existed)
        drop_table(tables, made.name);
    Table &table = add_table(tables, made.name, made.parent, made.mode,
                             made.shared ? LNM$M_SHAREABLE : 0);
    table.owner = made.owner;
    table.protection = made.protection;
    return existed ? SS$_SUPERSEDE : SS$_LNMCREATED;
}

std::string made_up_name()
{
    static std::atomic<uint32_t> number;
    char text[32];
    snprintf(text, sizeof text, "LNM$%04X%08X", number.fetch_add(1) & 0xffff, self().pid);
    return text;
}

uint32_t find_parent(const void *partab, NewTable *made)
{
    std::string parent;
    uint32_t status = read_name(partab, LNM$C_TABNAMLEN, SS$_IVLOGTAB, &parent);
    if (!(status & 1))
        return status;
    Target target;
    status = find_target(parent, PSL$C_USER, &target);
    made->parent = target.table;
    made->shared = target.shared;
    return status;
}

} // namespace

} // namespace lnm
} // namespace shim

using namespace shim;
using namespace shim::lnm;

extern "C" {

int sys$trnlnm(unsigned int *attr, void *tabnam, void *lognam, unsigned char *acmode, void *itmlst)
{
    SHIM_SERVICE("sys$trnlnm");
    const uint32_t known = LNM$M_CASE_BLIND | LNM$M_INTERLOCKED;
    if (attr && (*attr & ~known))
        return SS$_BADPARAM;
    std::string table_name, name;
    uint32_t status = read_names(tabnam, lognam, &table_name, &name);
    if (!(status & 1))
        return static_cast<int>(status);
    static thread_local std::vector<Item> items;
    status = read_items(static_cast<const ILE3 *>(itmlst), &items);
    if (!(status & 1))
        return static_cast<int>(status);
    unsigned limit = acmode ? *acmode & 3u : static_cast<unsigned>(PSL$C_USER);
    View &at = view();
    const View::Resolved &found = resolve(at, table_name, limit);
    if (!(found.status & 1))
        return static_cast<int>(found.status);
    std::string folded = fold(name);
    bool blind = attr && (*attr & LNM$M_CASE_BLIND);
    for (const Table *table : found.tables)
        if (const Entry *entry = find_entry(*table, name, folded, limit, blind))
            return static_cast<int>(answer(items, *table, *entry));
    return SS$_NOLOGNAM;
}

int sys$crelnm(unsigned int *attr, void *tabnam, void *lognam, unsigned char *acmode, void *itmlst)
{
    SHIM_SERVICE("sys$crelnm");
    if (attr && (*attr & ~static_cast<uint32_t>(LNM$M_CONFINE | LNM$M_NO_ALIAS)))
        return SS$_BADPARAM;
    std::string table_name;
    Entry entry;
    uint32_t status = read_names(tabnam, lognam, &table_name, &entry.name);
    std::vector<Item> items;
    if (status & 1)
        status = read_items(static_cast<const ILE3 *>(itmlst), &items);
    if (status & 1)
        status = read_translations(items, &entry);
    if (!(status & 1))
        return static_cast<int>(status);
    entry.mode = granted_mode(acmode);
    entry.attributes = attr ? *attr : 0;
    Target target;
    status = find_target(table_name, entry.mode, &target);
    if (status & 1)
        status = change_target(target, [&](Tables &, Table &table) {
            return put_entry(table, entry);
        });
    return static_cast<int>(status);
}

int sys$dellnm(void *tabnam, void *lognam, unsigned char *acmode)
{
    SHIM_SERVICE("sys$dellnm");
    std::string table_name, name;
    uint32_t status = lognam ? read_names(tabnam, lognam, &table_name, &name)
                             : read_name(tabnam, LNM$C_TABNAMLEN, SS$_IVLOGTAB, &table_name);
    if (!(status & 1))
        return static_cast<int>(status);
    unsigned mode = granted_mode(acmode);
    Target target;
    status = find_target(table_name, PSL$C_USER, &target);
    if (status & 1)
        status = change_target(target, [&](Tables &tables, Table &table) -> uint32_t {
            size_t dropped = drop_entries(tables, table, name, mode);
            return dropped || name.empty() ? SS$_NORMAL : SS$_NOLOGNAM;
        });
    return static_cast<int>(status);
}

int sys$crelnt(unsigned int *attr, void *resnam, unsigned short *reslen, unsigned int *quota,
               unsigned short *promsk, void *tabnam, void *partab, unsigned char *acmode)
{
    SHIM_SERVICE("sys$crelnt");
    const uint32_t known = LNM$M_CREATE_IF | LNM$M_CONFINE | LNM$M_NO_ALIAS;
    (void)quota; /* no quota is kept */
    if (attr && (*attr & ~known))
        return SS$_BADPARAM;
    NewTable made;
    uint32_t status = SS$_NORMAL;
    if (tabnam)
        status = read_name(tabnam, LNM$C_TABNAMLEN, SS$_IVLOGNAM, &made.name);
    else
        made.name = made_up_name();
    if (status & 1)
        status = find_parent(partab, &made);
    if (!(status & 1))
        return static_cast<int>(status);
    if (made.shared && !privileged(PRV$M_SYSPRV | PRV$M_SYSNAM | PRV$M_BYPASS))
        return SS$_NOPRIV;
    made.name = fold(made.name);
    made.mode = granted_mode(acmode);
    made.create_if = attr && (*attr & LNM$M_CREATE_IF);
    made.protection = promsk ? *promsk : made.shared ? 0xEE00 : 0;
    made.owner = self().uic;
    auto change = [&](Tables &tables) { return create_table(tables, made); };
    status = made.shared ? change_shared(change) : change_process(change);
    if ((status & 1) && resnam) {
        uint32_t put = put_text(static_cast<dsc$descriptor_s *>(resnam), made.name, reslen);
        if (!(put & 1))
            status = put;
    }
    return static_cast<int>(status);
}
}
