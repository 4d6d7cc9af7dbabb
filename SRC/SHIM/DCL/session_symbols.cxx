/*
**  session_symbols - which symbol a name means at this moment
**
**  The tables of the levels from the innermost outwards, then the global one; SET SYMBOL/SCOPE of a
**  level hides what is outside it.  $STATUS, $SEVERITY and $RESTART are always there.
*/
#include "session.h"

#include <climsgdef.h>
#include <cstdio>

namespace shim {
namespace dcl {

namespace {

const size_t TABLE_BYTES = 750 * 512; /* CLISYMTBL of SYSGEN, in pagelets */

} // namespace

const Symbol *Session::special_symbol(const std::string &name)
{
    if (name == "$STATUS")
        special_.value = Value(status_text(status_));
    else if (name == "$SEVERITY")
        special_.value = Value(std::to_string(status_ & 7));
    else if (name == "$RESTART")
        special_.value = Value(options.restart ? "TRUE" : "FALSE");
    else
        return nullptr;
    special_.minimum = name.size();
    return &special_;
}

const Symbol *Session::find_symbol(const std::string &name, bool verb, bool *is_global,
                                   std::string *full)
{
    if (is_global)
        *is_global = false;
    bool global_seen = true;
    for (size_t i = levels.size(); i-- > 0;) {
        Level &at = *levels[i];
        const Symbol *found = at.symbols.find(name, full);
        if (found)
            return found;
        global_seen = global_seen && (verb ? at.verbs_global : at.sees_global);
        if (!(verb ? at.verbs_outer : at.sees_outer))
            break;
    }
    for (const std::unique_ptr<Level> &at : levels)
        global_seen = global_seen && (verb ? at->verbs_global : at->sees_global);
    if (is_global)
        *is_global = true;
    const Symbol *found = global_seen ? global.find(name, full) : nullptr;
    if (!found && name[0] == '$' && (found = special_symbol(name)) && full)
        *full = name;
    return found;
}

void Session::set_symbol(const std::string &name, size_t minimum, const Value &value,
                         bool is_global)
{
    if (name.size() > SYMBOL_NAME_MAX)
        throw Failure(CLI$_SYMTOOLNG, name);
    if (special_symbol(name))
        throw Failure(CLI$_PERMSYM, name);
    if (!value.is_integer() && value.text().size() > SYMBOL_VALUE_MAX)
        throw Failure(CLI$_TKNOVF);
    size_t bytes = global.bytes() + value.text().size();
    for (const std::unique_ptr<Level> &at : levels)
        bytes += at->symbols.bytes();
    if (bytes > TABLE_BYTES)
        throw Failure(CLI$_SYMOVF);
    if (!(is_global ? global : level().symbols).put(name, minimum, value))
        throw Failure(CLI$_ABSYMD, name);
}

std::string symbol_line(const std::string &name, const Symbol &symbol, bool global)
{
    std::string shown = name;
    if (symbol.minimum < name.size())
        shown.insert(symbol.minimum, "*");
    std::string line = "  " + shown + (global ? " == " : " = ");
    if (!symbol.value.is_integer())
        return line + "\"" + symbol.value.text() + "\"";
    char numbers[80];
    uint32_t bits = static_cast<uint32_t>(symbol.value.integer());
    snprintf(numbers, sizeof numbers, "%d   Hex = %08X  Octal = %011o", symbol.value.integer(),
             bits, bits);
    return line + numbers;
}

} // namespace dcl
} // namespace shim
