#include "table_file.h"

#include "shim.h"
#include "system_page.h"

#include <climsgdef.h>
#include <fstream>
#include <iterator>
#include <rmsdef.h>
#include <unistd.h>

namespace shim {
namespace cli {

namespace {

bool read_host_file(const std::string &path, std::string *text)
{
    std::ifstream in(path, std::ios::binary);
    text->assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    return in.is_open() && !in.bad();
}

uint32_t table_at(const std::string &path, Table *table)
{
    std::string text;
    if (!read_host_file(path, &text))
        return RMS$_PRV;
    return read_table(text, table) ? SS$_NORMAL : CLI$_INVTAB;
}

} // namespace

uint32_t load_table(const std::string &file, Table *table)
{
    std::string path;
    uint32_t status = host_path(file, "SYS$LIBRARY:.EXE", true, &path, nullptr);
    return status & 1 ? table_at(path, table) : status;
}

uint32_t load_system_tables(Table *table)
{
    uint32_t status = has_root() ? load_table(system_tables, table) : uint32_t(RMS$_FNF);
    if ((status & 1) || status == CLI$_INVTAB)
        return status;
    const std::string &image = image_path();
    uint32_t beside = table_at(image.substr(0, image.rfind('/') + 1) + "DCLTABLES.EXE", table);
    return beside & 1 ? beside : status;
}

uint32_t store_table(const std::string &file, const Table &table)
{
    std::string path;
    uint32_t status = host_path(file, "SYS$LIBRARY:.EXE", false, &path, nullptr);
    if (!(status & 1))
        return status;
    std::string fresh = store_path("table." + std::to_string(getpid()));
    std::ofstream out(fresh, std::ios::binary);
    out << write_table(table);
    out.close();
    if (out.good() && rename(fresh.c_str(), path.c_str()) == 0)
        return SS$_NORMAL;
    unlink(fresh.c_str());
    return RMS$_CRE;
}

uint32_t load_cld(const std::string &file, Table *table, std::vector<TableError> *errors)
{
    std::string path, spec, text;
    uint32_t status = host_path(file, ".CLD", true, &path, &spec);
    if (!(status & 1))
        return status;
    if (!read_host_file(path, &text))
        return RMS$_PRV;
    compile_cld(text, spec, table, errors);
    return SS$_NORMAL;
}

} // namespace cli
} // namespace shim
