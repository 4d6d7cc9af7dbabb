/*
**  table_file - command tables in files: SYS$LIBRARY:DCLTABLES.EXE, SET COMMAND/TABLE and /OUTPUT
*/
#ifndef SHIM_CLI_TABLE_FILE_H
#define SHIM_CLI_TABLE_FILE_H

#include "command_table.h"

#include <cstdint>

namespace shim {
namespace cli {

const char system_tables[] = "SYS$LIBRARY:DCLTABLES.EXE";

/* The file's default is SYS$LIBRARY:.EXE.  RMS$_FNF ..., CLI$_INVTAB when it is no table. */
uint32_t load_table(const std::string &file, Table *table);
/* SYS$LIBRARY:DCLTABLES.EXE; where that is missing, DCLTABLES.EXE beside this image. */
uint32_t load_system_tables(Table *table);
/* As a new version; it is complete when it appears. */
uint32_t store_table(const std::string &file, const Table &table);
/* The text of a .CLD file (default .CLD) compiled.  RMS statuses; SS$_NORMAL also when *errors has
   become longer. */
uint32_t load_cld(const std::string &file, Table *table, std::vector<TableError> *errors);

} // namespace cli
} // namespace shim

#endif
