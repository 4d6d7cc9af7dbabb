/*
**  show_logical - SHOW LOGICAL, SHOW TRANSLATION
**
**  SHOW LOGICAL name shows every table's entry, then what the translations translate to, with the
**  level in front.  Without a name whole tables, in the order of LNM$DCL_LOGICAL.
*/
#include "dispatch.h"
#include "names.h"

#include "lnm.h"
#include "system_page.h"

#include <lnmdef.h>
#include <map>
#include <psldef.h>

namespace shim {
namespace dcl {

namespace {

const unsigned LEVELS_MAX = 10;

struct What {
    bool full;
    unsigned mode; /* outermost that is shown */
};

std::string mode_text(unsigned mode)
{
    static const char *const names[] = {"kernel", "exec", "super", "user"};
    return names[mode & 3];
}

std::string attribute_text(const lnm::Translation &translation)
{
    std::string text;
    if (translation.attributes & LNM$M_CONCEALED)
        text = "concealed";
    if (translation.attributes & LNM$M_TERMINAL)
        text += text.empty() ? "terminal" : ",terminal";
    return text.empty() ? text : " [" + text + "]";
}

void show_entry(Session &session, const lnm::Entry &entry, const What &what,
                const std::string &lead, const std::string &table)
{
    std::string line = lead + "\"" + entry.name + "\"";
    if (what.full) {
        line += " [" + mode_text(entry.mode);
        if (entry.attributes & LNM$M_CONFINE)
            line += ",confine";
        if (entry.attributes & LNM$M_NO_ALIAS)
            line += ",no_alias";
        line += "]";
    }
    bool first = true;
    for (const lnm::Translation &each : entry.translations) {
        std::string value = "= \"" + shown_value(each.text) + "\"";
        if (what.full)
            value += attribute_text(each);
        if (first && !table.empty())
            value += " (" + table + ")";
        session.write(first ? line + " " + value : "\t" + value);
        first = false;
    }
    if (first)
        session.write(line + (entry.attributes & LNM$M_TABLE ? " [table]" : "") +
                      (table.empty() ? "" : " (" + table + ")"));
}

/* Entries of a name in a table, innermost mode last; without /FULL only the outermost. */
std::vector<const lnm::Entry *> entries_of(const lnm::Table &table, const std::string &pattern,
                                           const What &what)
{
    std::map<std::string, const lnm::Entry *> sorted;
    for (const auto &names : table.names)
        for (const lnm::Entry &entry : names.second) {
            if (entry.mode > what.mode || !wild_match(pattern.c_str(), entry.name.c_str()))
                continue;
            std::string key = entry.name + '\0' + static_cast<char>('9' - entry.mode);
            if (!what.full) {
                const lnm::Entry *&kept = sorted[entry.name];
                if (!kept || kept->mode < entry.mode)
                    kept = &entry;
            } else {
                sorted[key] = &entry;
            }
        }
    std::vector<const lnm::Entry *> list;
    for (const auto &each : sorted)
        list.push_back(each.second);
    return list;
}

std::vector<std::string> tables_of(const cli::Parsed &command, bool named)
{
    std::vector<std::string> tables;
    if (has(command, "TABLE"))
        for (const std::string &name : texts_of(command, "TABLE"))
            tables.push_back(upper(name));
    for (const char *name : {"PROCESS", "JOB", "GROUP", "SYSTEM"})
        if (has(command, name))
            tables.push_back(std::string("LNM$") + name);
    if (tables.empty())
        tables.push_back("LNM$DCL_LOGICAL");
    (void)named;
    return tables;
}

std::vector<const lnm::Table *> resolved(const std::vector<std::string> &names)
{
    std::vector<const lnm::Table *> list;
    lnm::View &at = lnm::view();
    for (const std::string &name : names) {
        const lnm::View::Resolved &found = lnm::resolve(at, name, PSL$C_USER);
        if (!(found.status & 1))
            throw Failure(found.status);
        list.insert(list.end(), found.tables.begin(), found.tables.end());
    }
    return list;
}

/* The device or the lone name of a translation, which may be a logical name again. */
std::string next_name(const std::string &value)
{
    std::string text = value.substr(0, value.find(':'));
    bool plain = !text.empty() && text[0] != '_';
    for (char c : text)
        plain = plain && is_symbol_character(c);
    return plain ? text : std::string();
}

/* True when the name was found somewhere. */
bool show_name(Session &session, const std::vector<const lnm::Table *> &tables,
               const std::string &pattern, const What &what, unsigned level)
{
    bool found = false;
    std::vector<std::string> below;
    for (const lnm::Table *table : tables)
        for (const lnm::Entry *entry : entries_of(*table, pattern, what)) {
            std::string lead = level ? std::to_string(level) + "  " : "   ";
            show_entry(session, *entry, what, lead, table->name);
            found = true;
            for (const lnm::Translation &each : entry->translations)
                if (!permanent_file(each.text))
                    below.push_back(next_name(each.text));
        }
    if (level + 1 < LEVELS_MAX && pattern.find_first_of("*%") == std::string::npos)
        for (const std::string &name : below)
            if (!name.empty() && name != pattern)
                show_name(session, tables, name, what, level + 1);
    return found;
}

void show_table(Session &session, const lnm::Table &table, const What &what)
{
    session.write("");
    session.write("(" + table.name + ")");
    std::vector<const lnm::Entry *> entries = entries_of(table, "*", what);
    if (!entries.empty())
        session.write("");
    for (const lnm::Entry *entry : entries)
        show_entry(session, *entry, what, "  ", "");
}

unsigned shown_mode(const cli::Parsed &command)
{
    std::string word = text_of(command, "ACCESS_MODE");
    return word == "KERNEL_MODE" ? PSL$C_KERNEL : word == "EXECUTIVE_MODE" ? PSL$C_EXEC
           : word == "SUPERVISOR_MODE" ? PSL$C_SUPER : PSL$C_USER;
}

void show_logical(Session &session, const cli::Parsed &command)
{
    What what = {has(command, "FULL"), shown_mode(command)};
    std::vector<std::string> names = texts_of(command, "NAME");
    std::vector<const lnm::Table *> tables = resolved(tables_of(command, !names.empty()));
    if (names.empty()) {
        for (const lnm::Table *table : tables)
            show_table(session, *table, what);
        return;
    }
    for (std::string name : names) {
        if (name.size() > 1 && name.back() == ':')
            name.pop_back();
        if (!show_name(session, tables, name, what, 0))
            session.write("%SHOW-S-NOTRAN, no translation for logical name " + name);
    }
}

void show_translation(Session &session, const cli::Parsed &command)
{
    std::string name = text_of(command, "NAME");
    std::string table = has(command, "TABLE") ? upper(text_of(command, "TABLE"))
                                              : std::string("LNM$DCL_LOGICAL");
    NameAnswer answer;
    if (!translate_name(table, name, PSL$C_USER, true, &answer) || answer.values.empty()) {
        session.write("%SHOW-S-NOTRAN, no translation for logical name " + name);
        return;
    }
    session.write("  " + name + " = \"" + shown_value(answer.values[0].text) + "\" (" +
                  answer.table + ")");
}

const VerbRow rows[] = {
    {"SHOW_LOGICAL", show_logical, IMAGE},
    {"SHOW_TRANSLATION", show_translation, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
