#include "table_file.h"

#include "shim.h"
#include "system_page.h"

#include <climsgdef.h>
#include <fstream>
#include <rmsdef.h>

namespace shim {
namespace cli {

namespace {

const char table_defaults[] = ".EXE";
const size_t line_size = 1000; /* well below RMS's longest record */

bool join(const std::vector<std::string> &lines, Table *table)
{
    std::string text;
    for (const std::string &line : lines)
        text += line;
    return read_table(text, table);
}

} // namespace

std::vector<std::string> table_lines(const Table &table)
{
    std::string text = write_table(table);
    std::vector<std::string> lines;
    for (size_t at = 0; at < text.size(); at += line_size)
        lines.push_back(text.substr(at, line_size));
    return lines;
}

FileStatus load_table(const std::string &file, Table *table)
{
    std::vector<std::string> lines;
    FileStatus status = read_records(file, table_defaults, &lines);
    if (status.good() && !join(lines, table))
        status.sts = CLI$_INVTAB;
    return status;
}

uint32_t load_system_tables(Table *table)
{
    uint32_t status = RMS$_FNF;
    if (has_root())
        status = load_table(system_tables, table).sts;
    if ((status & 1) || status == CLI$_INVTAB)
        return status;
    const std::string &image = image_path();
    std::ifstream in(image.substr(0, image.rfind('/') + 1) + "DCLTABLES.EXE");
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return join(lines, table) ? static_cast<uint32_t>(RMS$_NORMAL) : status;
}

FileStatus store_table(const std::string &file, const Table &table)
{
    return write_records(file, table_defaults, table_lines(table));
}

FileStatus load_cld(const std::string &file, Table *table, std::vector<TableError> *errors,
                    std::vector<std::string> *lines)
{
    FileStatus status = read_records(file, ".CLD", lines);
    if (!status.good())
        return status;
    std::string text;
    for (const std::string &line : *lines)
        text += line + "\n";
    compile_cld(text, status.file, table, errors);
    return status;
}

} // namespace cli
} // namespace shim
