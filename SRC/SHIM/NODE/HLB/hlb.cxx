/*
**  hlb - makes a help library on the host: LIBRARY/CREATE/HELP for builds
**
**  hlb OUT.HLB FILE.HLP ...    Exit status 1 after mistakes, which go to standard error as
**  "FILE line n: text"; nothing is written then.
*/
#include "LIBRARIAN/help_text.h"

#include <cstdio>
#include <cstring>
#include <fstream>

using namespace shim;

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: hlb OUT.HLB FILE.HLP ...\n");
        return 2;
    }
    Library library;
    library.kind = LIBRARY_HELP;
    library.key_size = kind_row(LIBRARY_HELP).key_size;
    bool good = true;
    for (int i = 2; i < argc; i++) {
        std::ifstream in(argv[i]);
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);)
            lines.push_back(line);
        const char *slash = strrchr(argv[i], '/');
        const char *name = slash ? slash + 1 : argv[i];
        if (lines.empty())
            good = fprintf(stderr, "%s: cannot be read, or is empty\n", argv[i]) < 0;
        std::vector<HelpError> errors;
        for (const Module &module : help_modules(lines, library.key_size, &errors))
            if (library.put(module))
                errors.push_back(HelpError{0, "topic " + module.name + " is defined twice"});
        for (const HelpError &e : errors)
            good = fprintf(stderr, "%s line %d: %s\n", name, e.line, e.text.c_str()) < 0;
    }
    if (!good)
        return 1;
    std::string fresh = std::string(argv[1]) + ".new";
    std::ofstream out(fresh);
    for (const std::string &record : library_records(library))
        out << record << '\n';
    out.close();
    if (!out.good() || rename(fresh.c_str(), argv[1]) != 0) {
        fprintf(stderr, "hlb: cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
