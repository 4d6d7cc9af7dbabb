/*
**  vmsys - main program, command line, command table
*/
#include "vmsys.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <algorithm>
#include <iostream>
#include <fstream>

#include <prvdef.h>
#include <starlet.h>

namespace shim {

static const Verb *const tables[] = {system_verbs, user_verbs, service_verbs,
                                     queue_verbs,  mail_verbs, test_verbs};

std::string Command::option(const std::string &name, const std::string &absent) const
{
    std::map<std::string, std::string>::const_iterator i = options.find(name);
    return i == options.end() ? absent : i->second;
}

bool problem(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("vmsys: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return false;
}

std::string status_text(uint32_t status)
{
    char *low = static_cast<char *>(arena_get(256));
    dsc$descriptor_s *d = static_cast<dsc$descriptor_s *>(arena_get(sizeof(dsc$descriptor_s)));
    d->dsc$w_length = 256;
    d->dsc$b_dtype = DSC$K_DTYPE_T;
    d->dsc$b_class = DSC$K_CLASS_S;
    d->dsc$a_pointer = low;
    unsigned short length = 0;
    sys$getmsg(status, &length, d, 15, 0);
    std::string text(low, length);
    arena_free(low, 256);
    arena_free(d, sizeof *d);
    return text;
}

bool ok(uint32_t status, const std::string &what)
{
    if (status & 1)
        return true;
    return problem("%s: %s", what.c_str(), status_text(status).c_str());
}

std::vector<std::string> split_list(const std::string &text)
{
    std::vector<std::string> parts;
    size_t start = 0;
    while (start <= text.size()) {
        size_t comma = std::min(text.find(',', start), text.size());
        if (comma > start)
            parts.push_back(text.substr(start, comma - start));
        start = comma + 1;
    }
    return parts;
}

bool parse_privileges(const std::string &text, uint64_t *mask)
{
    static const struct {
        const char *name;
        uint64_t bit;
    } table[] = {
        {"CMKRNL", PRV$M_CMKRNL},   {"CMEXEC", PRV$M_CMEXEC},    {"SYSNAM", PRV$M_SYSNAM},
        {"GRPNAM", PRV$M_GRPNAM},   {"DETACH", PRV$M_DETACH},    {"IMPERSONATE", PRV$M_DETACH},
        {"SETPRV", PRV$M_SETPRV},   {"TMPMBX", PRV$M_TMPMBX},    {"WORLD", PRV$M_WORLD},
        {"OPER", PRV$M_OPER},       {"EXQUOTA", PRV$M_EXQUOTA},  {"NETMBX", PRV$M_NETMBX},
        {"SYSPRV", PRV$M_SYSPRV},   {"BYPASS", PRV$M_BYPASS},    {"GRPPRV", PRV$M_GRPPRV},
        {"READALL", PRV$M_READALL}, {"SECURITY", PRV$M_SECURITY}};
    *mask = 0;
    for (const std::string &part : split_list(text)) {
        std::string name = upper(part);
        if (name == "ALL") {
            *mask = ~uint64_t(0);
            continue;
        }
        bool found = false;
        for (const auto &row : table)
            if (name == row.name) {
                *mask |= row.bit;
                found = true;
            }
        if (!found)
            return problem("unknown privilege %s", name.c_str());
    }
    return true;
}

/* Words and quoted strings, as a person types them. */
static std::vector<std::string> tokens(const std::string &line)
{
    std::vector<std::string> out;
    std::string word;
    bool quoted = false, any = false;
    for (char c : line) {
        if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (!quoted && (c == ' ' || c == '\t')) {
            if (any)
                out.push_back(word);
            word.clear();
            any = false;
        } else {
            word += c;
            any = true;
        }
    }
    if (any)
        out.push_back(word);
    return out;
}

static bool is_switch(const std::string &name)
{
    static const char *const switches[] = {"start", "tabs",   "next",        "reset",
                                           "hold",  "server", "forward-only"};
    for (const char *s : switches)
        if (name == s)
            return true;
    return false;
}

static bool run_words(const std::vector<std::string> &words)
{
    Command c;
    for (size_t i = 0; i < words.size(); ++i) {
        if (words[i].compare(0, 2, "--") != 0) {
            c.words.push_back(words[i]);
            continue;
        }
        std::string name = words[i].substr(2);
        if (is_switch(name))
            c.options[name] = "";
        else if (i + 1 < words.size())
            c.options[name] = words[++i];
        else
            return problem("--%s needs a value", name.c_str());
    }
    std::string line;
    for (const std::string &w : c.words)
        line += w + " ";
    for (const Verb *table : tables)
        for (const Verb *v = table; v->words; ++v) {
            std::string verb = std::string(v->words) + " ";
            if (line.compare(0, verb.size(), verb) != 0)
                continue;
            size_t used = size_t(std::count(verb.begin(), verb.end(), ' '));
            c.words.erase(c.words.begin(), c.words.begin() + long(used));
            if (c.words.size() < v->arguments)
                return problem("%s: %s", v->words, v->help);
            return v->handler(c);
        }
    return problem("unknown command: %s(vmsys help lists them)", line.c_str());
}

bool run_line(const std::string &line)
{
    std::vector<std::string> words = tokens(line);
    if (words.empty() || words[0][0] == '!')
        return true;
    return run_words(words);
}

} // namespace shim

static int usage()
{
    puts("usage: VMSROOT=folder vmsys command");
    for (const shim::Verb *table : shim::tables)
        for (const shim::Verb *v = table; v->words; ++v)
            printf("  %-18s %s\n", v->words, v->help);
    printf("  %-18s %s\n", "dcl", "[--user NAME] [command, or @file parameters]: DCL; else a "
                                 "session");
    printf("  %-18s %s\n", "login", "[USER]: a session for who tells name and password");
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "help") == 0)
        return usage();
    if (strcmp(argv[1], "dcl") == 0)
        return shim::run_dcl(argc - 2, argv + 2);
    if (strcmp(argv[1], "login") == 0)
        return shim::run_login(argc > 2 ? argv[2] : nullptr);
    if (strcmp(argv[1], "do") == 0 && argc == 3) {
        std::ifstream file;
        if (strcmp(argv[2], "-") != 0)
            file.open(argv[2]);
        std::istream &in = strcmp(argv[2], "-") == 0 ? std::cin : file;
        std::string line;
        for (int n = 1; std::getline(in, line); ++n)
            if (!shim::run_line(line)) {
                fprintf(stderr, "vmsys: line %d of %s: %s\n", n, argv[2], line.c_str());
                return 1;
            }
        return in.bad() || (&in == &file && !file.is_open()) ? 1 : 0;
    }
    return shim::run_words(std::vector<std::string>(argv + 1, argv + argc)) ? 0 : 1;
}
