/*
**  image_table - a command table inside an image: what SET COMMAND/OBJECT makes
**
**  table_source() is a C++ source; its object defines one symbol, the table's MODULE name in upper
**  case, and refers to the table's ROUTINEs by the names that the .CLD file gives (upper case,
**  unless they are in quotes there).
*/
#ifndef SHIM_CLI_IMAGE_TABLE_H
#define SHIM_CLI_IMAGE_TABLE_H

#include "command_table.h"

#include <cstdint>

namespace shim {
namespace cli {

/* The generated source repeats these two. */
const uint32_t image_table_magic = 0x4C424154;
struct ImageRoutine {
    const char *name;
    int (*address)();
};
struct ImageTable {
    uint32_t magic;
    uint32_t size;      /* bytes of `packed` */
    const char *packed; /* write_table() */
    const ImageRoutine *routines;
    uint32_t routine_count;
};

/* Mistakes: no MODULE, an IMAGE or CLIROUTINE clause. */
bool table_source(const Table &table, const std::string &file, std::string *source,
                  std::vector<TableError> *errors);

} // namespace cli
} // namespace shim

#endif
