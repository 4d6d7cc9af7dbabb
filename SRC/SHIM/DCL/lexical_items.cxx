/*
**  lexical_items - items of $GETxxx as strings and integers
*/
#include "lexical_items.h"

#include "system_text.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <cstdio>

namespace shim {
namespace dcl {

const ItemRow &find_item(const std::string &word, const ItemRow *rows)
{
    const ItemRow *found = nullptr;
    for (const ItemRow *row = rows; row->name; ++row) {
        std::string name = row->name;
        if (name == word)
            return *row;
        if (word.empty() || name.compare(0, word.size(), word) != 0)
            continue;
        if (found)
            throw Failure(CLI$_ABKEYW, word);
        found = row;
    }
    if (!found)
        throw Failure(CLI$_IVKEYW, word);
    return *found;
}

std::string hex8(uint32_t value)
{
    char text[16];
    snprintf(text, sizeof text, "%08X", value);
    return text;
}

Value item_shown(const ItemRow &row, const std::string &text, uint64_t number)
{
    std::string list;
    switch (row.kind) {
    case ITEM_TEXT:
        return Value(text);
    case ITEM_BOOLEAN:
        return Value(number ? "TRUE" : "FALSE");
    case ITEM_HEX:
        return Value(number ? hex8(static_cast<uint32_t>(number)) : std::string());
    case ITEM_UIC:
        return Value(uic_text(static_cast<uint32_t>(number)));
    case ITEM_TIME:
        return Value(number ? time_text(static_cast<int64_t>(number)) : std::string());
    case ITEM_PRIVILEGES:
        for (const std::string &name : privilege_names(number))
            list += (list.empty() ? "" : ",") + name;
        return Value(list);
    case ITEM_NAMED:
        for (uint64_t i = 0; row.names[i]; ++i)
            if (i == number)
                return Value(row.names[i]);
        return Value("");
    default:
        return Value(static_cast<int32_t>(number));
    }
}

} // namespace dcl
} // namespace shim
