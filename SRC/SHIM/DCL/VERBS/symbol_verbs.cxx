/*
**  symbol_verbs - SHOW SYMBOL, DELETE/SYMBOL, SET SYMBOL
*/
#include "dispatch.h"

#include "system_page.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

bool is_wild(const std::string &name)
{
    return name.find_first_of("*%") != std::string::npos;
}

size_t show_table(Session &session, const SymbolTable &table, const std::string &pattern,
                  bool global)
{
    size_t shown = 0;
    for (const auto &each : table.all())
        if (wild_match(pattern.c_str(), each.first.c_str())) {
            session.write(symbol_line(each.first, each.second, global));
            ++shown;
        }
    return shown;
}

size_t show_special(Session &session, const std::string &pattern)
{
    size_t shown = 0;
    for (const char *name : {"$RESTART", "$SEVERITY", "$STATUS"})
        if (wild_match(pattern.c_str(), name)) {
            session.write(symbol_line(name, *session.find_symbol(name), true));
            ++shown;
        }
    return shown;
}

void show_symbol(Session &session, const cli::Parsed &command)
{
    session.keep_status();
    bool all = has(command, "ALL"), global = has(command, "GLOBAL"), local = has(command, "LOCAL");
    std::string name = upper(text_of(command, "SYMBOL"));
    if (name.empty() && !all)
        throw Failure(CLI$_INSFPRM);
    if (all || is_wild(name)) {
        std::string pattern = name.empty() ? "*" : name;
        size_t shown = 0;
        if (!global)
            shown += show_table(session, session.level().symbols, pattern, false);
        if (global || (!local && is_wild(name)))
            shown += show_special(session, pattern) +
                     show_table(session, session.global, pattern, true);
        if (!shown && !all)
            throw Failure(CLI$_UNDSYM, name);
        return;
    }
    bool is_global = true;
    std::string full;
    const Symbol *symbol = nullptr;
    if (global)
        symbol = session.global.find(name, &full);
    else
        symbol = session.find_symbol(name, false, &is_global, &full);
    if (local && is_global)
        symbol = nullptr;
    if (!symbol)
        throw Failure(CLI$_UNDSYM, name);
    session.write(symbol_line(full, *symbol, is_global));
}

void delete_symbol(Session &session, const cli::Parsed &command)
{
    bool global = has(command, "GLOBAL");
    SymbolTable &table = global ? session.global : session.level().symbols;
    if (has(command, "ALL")) {
        table.clear();
        return;
    }
    std::string name = upper(text_of(command, "NAME"));
    if (name.empty())
        throw Failure(CLI$_INSFPRM);
    std::string full;
    if (!table.find(name, &full))
        throw Failure(CLI$_UNDSYM, name);
    table.erase(full);
    if (has(command, "LOG"))
        session.inform(CLI$_DELSYM, {full});
}

void set_symbol(Session &session, const cli::Parsed &command)
{
    session.keep_status();
    Level &at = session.level();
    bool general = has(command, "GENERAL"), verb = has(command, "VERB");
    bool both = has(command, "ALL") || general == verb;
    for (const cli::ParsedValue &word : cli::entity_values(command, "SCOPE")) {
        bool off = word.negated, local = word.keyword == "LOCAL";
        if (both || general)
            (local ? at.sees_outer : at.sees_global) = !off;
        if (both || verb)
            (local ? at.verbs_outer : at.verbs_global) = !off;
    }
}

const VerbRow rows[] = {
    {"SHOW_SYMBOL", show_symbol, INTERNAL},
    {"DELETE_SYMBOL", delete_symbol, INTERNAL},
    {"SET_SYMBOL", set_symbol, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
