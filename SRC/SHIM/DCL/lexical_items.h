/*
**  lexical_items - rows that say how F$GETJPI, F$GETSYI, F$GETDVI, F$GETQUI show an item
*/
#ifndef SHIM_DCL_LEXICAL_ITEMS_H
#define SHIM_DCL_LEXICAL_ITEMS_H

#include "lexical.h"

#include <cstdint>

namespace shim {
namespace dcl {

enum ItemKind {
    ITEM_TEXT,
    ITEM_NUMBER,
    ITEM_BOOLEAN,    /* "TRUE", "FALSE" */
    ITEM_HEX,        /* a process identification, "" when 0 */
    ITEM_UIC,
    ITEM_TIME,
    ITEM_PRIVILEGES, /* "SYSNAM,TMPMBX" */
    ITEM_NAMED       /* a number shown as its name in `names` */
};

struct ItemRow {
    const char *name;
    unsigned short code;
    ItemKind kind;
    const char *const *names;
};

/* The row; throws CLI$_IVKEYW, CLI$_ABKEYW.  rows end with one without name. */
const ItemRow &find_item(const std::string &word, const ItemRow *rows);
/* text: of ITEM_TEXT; number: of the others. */
Value item_shown(const ItemRow &row, const std::string &text, uint64_t number);
std::string hex8(uint32_t value);

} // namespace dcl
} // namespace shim

#endif
