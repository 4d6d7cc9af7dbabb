/*
**  cdu - the Command Definition Utility for builds on the host
**
**  cdu --check FILE.CLD ...           compiles them, reports mistakes
**  cdu --source OUT.cxx FILE.CLD      a table for an image (SET COMMAND/OBJECT)
**  cdu --tables OUT FILE.CLD ...      a table for the interpreter, all files merged in order
**  cdu --commands FILE.CLD ...        parses the commands of its input by these tables, one a line;
**                                     "number message" for each that is wrong
**  Exit status 1 after mistakes, which go to standard error as "FILE line n: text"; nothing is
**  written then.
*/
#include "CLI/command_parser.h"
#include "CLI/image_table.h"
#include "CLI/table_file.h"

#include <cstdio>
#include <climsgdef.h>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

using namespace shim::cli;

namespace {

bool read_file(const std::string &path, std::string *text)
{
    std::ifstream in(path, std::ios::binary);
    text->assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    return in.is_open() && !in.bad();
}

/* Leaves an unchanged file alone, so that nothing is built again for it. */
bool write_file(const std::string &path, const std::string &text)
{
    std::string old;
    if (read_file(path, &old) && old == text)
        return true;
    std::ofstream out(path + ".new", std::ios::binary);
    out << text;
    out.close();
    return out.good() && rename((path + ".new").c_str(), path.c_str()) == 0;
}

int report(const std::vector<TableError> &errors)
{
    for (const TableError &error : errors)
        fprintf(stderr, "%s\n", error_line(error).c_str());
    return errors.empty() ? 0 : 1;
}

/* Missing parameters are no matter: a symbol may stand for them. */
int check_commands(const Table &table)
{
    int status = 0, number = 0;
    for (std::string line; std::getline(std::cin, line);) {
        Parsed parsed;
        CommandError error;
        ++number;
        if (line.empty() || parse(table, line, ParseContext(), &parsed, &error) ||
            error.condition == CLI$_INSFPRM)
            continue;
        std::string text;
        for (const std::string &each : error_lines(error, "DCL"))
            text += " " + each;
        printf("%d%s\n", number, text.c_str());
        status = 1;
    }
    return status;
}

int usage()
{
    fprintf(stderr, "usage: cdu --check FILE.CLD ... | --source OUT.cxx FILE.CLD | "
                    "--tables OUT FILE.CLD ... | --commands FILE.CLD ...\n");
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    std::string mode = argc > 1 ? argv[1] : "";
    int first = mode == "--check" || mode == "--commands" ? 2 : 3;
    if ((mode != "--check" && mode != "--source" && mode != "--tables" && mode != "--commands") ||
        first >= argc || (mode == "--source" && argc != 4))
        return usage();
    Table all;
    std::vector<TableError> errors;
    std::string base;
    for (int i = first; i < argc; i++) {
        std::string text;
        if (!read_file(argv[i], &text)) {
            fprintf(stderr, "cdu: cannot read %s\n", argv[i]);
            return 1;
        }
        const char *slash = strrchr(argv[i], '/');
        base = slash ? slash + 1 : argv[i];
        Table table;
        compile_cld(text, base, &table, &errors);
        if (mode == "--source")
            all = table;
        else
            merge_table(table, &all);
    }
    std::string out;
    if (errors.empty() && mode == "--source")
        table_source(all, base, &out, &errors);
    if (!errors.empty() || mode == "--check")
        return report(errors);
    if (mode == "--commands")
        return check_commands(all);
    if (mode == "--tables")
        for (const std::string &line : table_lines(all))
            out += line + "\n";
    if (!write_file(argv[2], out)) {
        fprintf(stderr, "cdu: cannot write %s\n", argv[2]);
        return 1;
    }
    return 0;
}
