/*
**  table_file - command tables in files: SYS$LIBRARY:DCLTABLES.EXE, SET COMMAND/TABLE and /OUTPUT
**
**  The file is a text whose lines, put together, are write_table()'s.
*/
#ifndef SHIM_CLI_TABLE_FILE_H
#define SHIM_CLI_TABLE_FILE_H

#include "command_table.h"
#include "text_records.h"

namespace shim {
namespace cli {

const char system_tables[] = "SYS$LIBRARY:DCLTABLES.EXE";

std::vector<std::string> table_lines(const Table &table);
/* The file's default type is .EXE.  sts is CLI$_INVTAB when the file is no table. */
FileStatus load_table(const std::string &file, Table *table);
/* SYS$LIBRARY:DCLTABLES.EXE; where that is missing, DCLTABLES.EXE beside this image. */
uint32_t load_system_tables(Table *table);
/* As a new version. */
FileStatus store_table(const std::string &file, const Table &table);
/* A .CLD file (default .CLD) compiled, and its lines; *errors becomes longer for each mistake. */
FileStatus load_cld(const std::string &file, Table *table, std::vector<TableError> *errors,
                    std::vector<std::string> *lines);

} // namespace cli
} // namespace shim

#endif
