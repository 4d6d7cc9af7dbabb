#include "library_file.h"

#include "shim.h"

#include <cctype>
#include <cstdlib>

namespace shim {

namespace {

const char magic[] = "SHIM-LIBRARY-1";

const KindRow kinds[] = {
    {LIBRARY_OBJECT, "OBJECT", ".OLB", ".OBJ", 31},
    {LIBRARY_MACRO, "MACRO", ".MLB", ".MAR", 31},
    {LIBRARY_HELP, "HELP", ".HLB", ".HLP", 31},
    {LIBRARY_TEXT, "TEXT", ".TLB", ".TXT", 39},
};

int upper(char c)
{
    return toupper(static_cast<unsigned char>(c));
}

/* <0, 0, >0 as of strcmp, without regard to case. */
int compare(const std::string &a, const std::string &b)
{
    for (size_t i = 0; i < a.size() && i < b.size(); i++)
        if (upper(a[i]) != upper(b[i]))
            return upper(a[i]) - upper(b[i]);
    return a.size() < b.size() ? -1 : a.size() > b.size();
}

std::vector<std::string> words(const std::string &record)
{
    std::vector<std::string> list;
    for (size_t start = 0; start <= record.size();) {
        size_t end = record.find('\t', start);
        list.push_back(record.substr(start, end - start));
        if (end == std::string::npos)
            break;
        start = end + 1;
    }
    return list;
}

uint64_t number(const std::string &text)
{
    return strtoull(text.c_str(), nullptr, 10);
}

bool understand(const std::vector<std::string> &records, Library *library)
{
    std::vector<std::string> head = words(records.empty() ? "" : records[0]);
    if (head.size() != 6 || head[0] != magic)
        return false;
    bool known = false;
    for (const KindRow &row : kinds)
        if (head[1] == row.name) {
            library->kind = row.kind;
            known = true;
        }
    library->key_size = number(head[2]);
    library->created = number(head[3]);
    library->revised = number(head[4]);
    size_t at = 1;
    for (uint64_t n = number(head[5]); known && n; n--) {
        if (at >= records.size())
            return false;
        std::vector<std::string> entry = words(records[at++]);
        uint64_t lines = entry.size() == 3 ? number(entry[2]) : ~uint64_t(0);
        if (lines > records.size() - at)
            return false;
        Module module;
        module.name = entry[0];
        module.inserted = number(entry[1]);
        module.lines.assign(records.begin() + at, records.begin() + at + lines);
        library->modules.push_back(module);
        at += lines;
    }
    return known && at == records.size();
}

} // namespace

std::vector<std::string> library_records(const Library &library)
{
    std::vector<std::string> out;
    out.push_back(std::string(magic) + "\t" + kind_row(library.kind).name + "\t" +
                  std::to_string(library.key_size) + "\t" + std::to_string(library.created) + "\t" +
                  std::to_string(library.revised) + "\t" + std::to_string(library.modules.size()));
    for (const Module &module : library.modules) {
        out.push_back(module.name + "\t" + std::to_string(module.inserted) + "\t" +
                      std::to_string(module.lines.size()));
        out.insert(out.end(), module.lines.begin(), module.lines.end());
    }
    return out;
}

const KindRow &kind_row(LibraryKind kind)
{
    return kinds[kind];
}

int Library::find(const std::string &name) const
{
    for (size_t i = 0; i < modules.size(); i++)
        if (compare(modules[i].name, name) == 0)
            return static_cast<int>(i);
    return -1;
}

bool Library::put(const Module &module)
{
    int known = find(module.name);
    if (known >= 0) {
        modules[known] = module;
        return true;
    }
    size_t at = 0;
    while (at < modules.size() && compare(modules[at].name, module.name) < 0)
        at++;
    modules.insert(modules.begin() + at, module);
    return false;
}

bool Library::remove(const std::string &name)
{
    int known = find(name);
    if (known >= 0)
        modules.erase(modules.begin() + known);
    return known >= 0;
}

FileStatus read_library(const std::string &spec, const std::string &defaults, Library *library)
{
    *library = Library();
    std::vector<std::string> records;
    FileStatus status = read_records(spec, defaults, &records);
    library->file = status.file;
    if (status.good() && !understand(records, library))
        status.sts = 0;
    return status;
}

FileStatus create_library(const std::string &spec, const std::string &defaults, Library *library)
{
    library->created = library->revised = now();
    FileStatus status = write_records(spec, defaults, library_records(*library));
    library->file = status.file;
    return status;
}

FileStatus update_library(Library *library)
{
    library->revised = now();
    return replace_records(library->file, library_records(*library));
}

bool name_matches(const std::string &pattern, const std::string &name)
{
    size_t p = 0, n = 0, star = std::string::npos, back = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            back = n;
        } else if (p < pattern.size() &&
                   (pattern[p] == '%' || upper(pattern[p]) == upper(name[n]))) {
            p++;
            n++;
        } else if (star != std::string::npos) {
            p = star + 1;
            n = ++back;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        p++;
    return p == pattern.size();
}

} // namespace shim
