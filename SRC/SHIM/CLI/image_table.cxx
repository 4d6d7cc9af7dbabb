#include "image_table.h"

#include <cctype>
#include <cstdio>

namespace shim {
namespace cli {

namespace {

const size_t literal_width = 72;

/* String literals, one after another. */
std::string literals(const std::string &text)
{
    std::string out, line;
    for (size_t i = 0; i < text.size(); i++) {
        unsigned char c = static_cast<unsigned char>(text[i]);
        char escaped[8];
        if (c == '"' || c == '\\' || c == '?') {
            snprintf(escaped, sizeof escaped, "\\%c", c);
            line += escaped;
        } else if (isprint(c)) {
            line += text[i];
        } else {
            snprintf(escaped, sizeof escaped, "\\%03o", c);
            line += escaped;
        }
        if (line.size() >= literal_width || i + 1 == text.size()) {
            out += "    \"" + line + "\"\n";
            line.clear();
        }
    }
    return out;
}

void refuse(const std::string &file, const std::string &text, std::vector<TableError> *errors)
{
    TableError error;
    error.file = file;
    error.text = text;
    errors->push_back(error);
}

} // namespace

bool table_source(const Table &table, const std::string &file, std::string *source,
                  std::vector<TableError> *errors)
{
    size_t before = errors->size();
    if (table.module.empty())
        refuse(file, "a table for an image needs a MODULE statement", errors);
    for (const Definition &d : table.definitions)
        if (!d.image.empty() || !d.cliroutine.empty())
            refuse(file, d.name + ": IMAGE and CLIROUTINE are not allowed in a table for an image",
                   errors);
    if (errors->size() > before)
        return false;
    std::vector<std::string> routines = table_routines(table);
    std::string packed = write_table(table), declared, listed;
    for (const std::string &name : routines) {
        declared += "int " + name + "();\n";
        listed += "    {\"" + name + "\", " + name + "},\n";
    }
    *source = "/* " + file +
              ": made by the Command Definition Utility, do not edit. */\n"
              "extern \"C\" {\n" +
              declared +
              "struct shim_routine {\n    const char *name;\n    int (*address)();\n};\n"
              "struct shim_table {\n    unsigned magic, size;\n    const char *packed;\n"
              "    const shim_routine *routines;\n    unsigned routine_count;\n};\n"
              "static const char packed[] =\n" +
              literals(packed) +
              "    ;\n"
              "static const shim_routine routines[] = {\n" +
              listed +
              "    {0, 0}};\n"
              "extern const shim_table " +
              table.module +
              ";\n"
              "const shim_table " +
              table.module + " = {\n    " + std::to_string(image_table_magic) + "u, " +
              std::to_string(packed.size()) + ", packed, routines, " +
              std::to_string(routines.size()) + "};\n}\n";
    return true;
}

} // namespace cli
} // namespace shim
