/*
**  shim_cld_fuzz - any text as a .CLD file: it is compiled or refused, and what was understood
**  survives being written and read
*/
#include "CLI/command_table.h"

#include <stdlib.h>

using namespace shim::cli;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    std::string text(reinterpret_cast<const char *>(data), size);
    Table table, read;
    std::vector<TableError> errors;
    bool good = compile_cld(text, "FUZZ.CLD", &table, &errors);
    if (good != errors.empty())
        abort();
    for (const TableError &e : errors)
        if (e.line < 1 || e.text.empty())
            abort();
    std::string written = write_table(table);
    if (!read_table(written, &read) || write_table(read) != written)
        abort();
    read_table(text, &read);
    merge_table(table, &read);
    if (!table.verbs.empty() && !delete_verb(table.verbs[0].name, &read))
        abort();
    return 0;
}
