/*
**  librarian_messages - conditions of the facility LIBRAR
**
**  Its number is public, the numbers of its messages are ours; OPENIN and its like are the shared
**  messages.
*/
#ifndef SHIM_LIBRARIAN_MESSAGES_H
#define SHIM_LIBRARIAN_MESSAGES_H

#include "text_records.h"

namespace shim {

const uint32_t LIBRAR_FACILITY = 134u << 16;
const uint32_t LIBRAR_OWN = LIBRAR_FACILITY | 0x8000;
enum : uint32_t {
    LIBRAR_OPENIN = LIBRAR_FACILITY | 0x1098 | 4,
    LIBRAR_OPENOUT = LIBRAR_FACILITY | 0x10a0 | 4,
    LIBRAR_READERR = LIBRAR_FACILITY | 0x10b0 | 2,
    LIBRAR_WRITEERR = LIBRAR_FACILITY | 0x10d0 | 4,
    LIBRAR_NORMAL = LIBRAR_OWN | 1 << 3 | 1,
    LIBRAR_INSERTED = LIBRAR_OWN | 2 << 3 | 1,
    LIBRAR_REPLACED = LIBRAR_OWN | 3 << 3 | 1,
    LIBRAR_DELETED = LIBRAR_OWN | 4 << 3 | 1,
    LIBRAR_EXTRACTED = LIBRAR_OWN | 5 << 3 | 1,
    LIBRAR_CREATED = LIBRAR_OWN | 6 << 3 | 1,
    LIBRAR_DUPMODULE = LIBRAR_OWN | 7 << 3 | 2,
    LIBRAR_NOMTCHFOU = LIBRAR_OWN | 8 << 3 | 0,
    LIBRAR_ILLFMT = LIBRAR_OWN | 9 << 3 | 4,
    LIBRAR_BADKIND = LIBRAR_OWN | 10 << 3 | 4,
    LIBRAR_NOTHING = LIBRAR_OWN | 11 << 3 | 4,
    LIBRAR_HELPERR = LIBRAR_OWN | 12 << 3 | 2,
    LIBRAR_NAMTOOLNG = LIBRAR_OWN | 13 << 3 | 2,
    LIBRAR_HOSTTOOL = LIBRAR_OWN | 14 << 3 | 4
};

} // namespace shim

#endif
