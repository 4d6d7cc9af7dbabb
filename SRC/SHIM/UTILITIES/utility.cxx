/*
**  utility - the loop of a utility and its messages
*/
#include "UTILITIES/utility.h"

#include "DCL/low.h"
#include "LIBRARIAN/help_session.h"
#include "LIBRARIAN/library_file.h"
#include "system_text.h"

#include <cli$routines.h>
#include <climsgdef.h>
#include <cstdlib>
#include <lib$routines.h>
#include <rmsdef.h>
#include <stsdef.h>
#include <unistd.h>

namespace shim::utility {

namespace {

using dcl::LowText;

const size_t LINE_SIZE = 4095;
const char *facility_name = "CLI";
uint32_t worst = SS$_NORMAL;

uint32_t rank(uint32_t severity)
{
    return severity == STS$K_SEVERE ? 3 : severity == STS$K_ERROR ? 2
                                          : severity == STS$K_WARNING ? 1
                                                                      : 0;
}

void note(uint32_t status)
{
    if (rank(status & STS$M_SEVERITY) > rank(worst & STS$M_SEVERITY))
        worst = status | STS$M_INHIB_MSG;
}

} // namespace

bool present(const char *label)
{
    LowText text{std::string(label)};
    uint32_t state = cli$present(text.descriptor());
    return (state & 1) != 0;
}

bool negated(const char *label)
{
    LowText text{std::string(label)};
    uint32_t state = cli$present(text.descriptor());
    return state == CLI$_NEGATED || state == CLI$_LOCNEG;
}

std::vector<std::string> values(const char *label)
{
    LowText text{std::string(label)}, buffer(LINE_SIZE);
    std::vector<std::string> all;
    unsigned short length = 0;
    while (cli$get_value(text.descriptor(), buffer.descriptor(), &length) & 1)
        all.push_back(buffer.text(length));
    return all;
}

std::string value(const char *label)
{
    std::vector<std::string> all = values(label);
    return all.empty() ? std::string() : all[0];
}

void say(const std::string &line)
{
    LowText text(line);
    lib$put_output(text.descriptor());
}

bool ask(const std::string &prompt, std::string *line)
{
    LowText question(prompt), buffer(LINE_SIZE);
    unsigned short length = 0;
    uint32_t status = lib$get_input(buffer.descriptor(), question.descriptor(), &length);
    if (!(status & 1))
        return false;
    *line = buffer.text(length);
    return true;
}

void set_facility(const char *facility)
{
    facility_name = facility;
}

void message(char severity, const std::string &ident, const std::string &text, char lead)
{
    static const char letters[] = "WSEIF";
    for (uint32_t i = 0; letters[i]; ++i)
        if (letters[i] == severity && lead == '%')
            note(i | STS$K_SEVERE << 16); /* its severity counts; the rest says nothing */
    write_lines({std::string(1, lead) + facility_name + "-" + severity + "-" + ident + ", " + text},
                severity == 'S' || severity == 'I' ? SS$_NORMAL : SS$_ABORT);
}

void because(uint32_t condition)
{
    Message known;
    find_message(condition, &known);
    std::string line = message_line(condition, known, 15, '-');
    write_lines({line}, condition);
}

std::string command_line()
{
    if (getenv("SHIM_COMMAND"))
        return value("COMMAND");
    LowText buffer(LINE_SIZE);
    unsigned short length = 0;
    return lib$get_foreign(buffer.descriptor(), nullptr, &length) & 1 ? buffer.text(length)
                                                                       : std::string();
}

bool do_command(void *table, const std::string &prompt, const std::string *line)
{
    LowText question(prompt), given(line ? *line : std::string());
    auto input = [](void *text, void *asked, unsigned short *length) {
        return static_cast<int>(lib$get_input(text, asked, length));
    };
    int (*routine)(void *, void *, unsigned short *) = input;
    uint32_t status = cli$dcl_parse(line ? given.descriptor() : nullptr, table, routine, routine,
                                    question.descriptor());
    if (status == RMS$_EOF)
        return false;
    if (status == CLI$_NORMAL)
        status = cli$dispatch();
    else if (status != CLI$_NOCOMD)
        note(status);
    return true;
}

int run(void *table, const char *facility, const std::string &prompt, bool (*ended)())
{
    set_facility(facility);
    std::string line = command_line();
    if (!line.empty())
        do_command(table, prompt, &line);
    else
        while (!ended() && do_command(table, prompt))
            ;
    return final_status();
}

void help(const std::string &library, const std::string &keys)
{
    HelpRequest request;
    request.library = library;
    request.keys = keys;
    request.prompt = isatty(STDIN_FILENO);
    request.instructions = false;
    HelpDevices devices;
    devices.output = [](const std::string &line) {
        say(line);
        return true;
    };
    devices.input = [](const std::string &prompt, std::string *answer) {
        return ask(prompt, answer);
    };
    FileStatus status = show_help(request, devices);
    if (!status.good())
        message('E', "OPENIN", "error opening " + library + " as input");
}

int final_status()
{
    return static_cast<int>(worst);
}

} // namespace shim::utility
