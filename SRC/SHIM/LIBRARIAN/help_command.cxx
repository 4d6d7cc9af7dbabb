/*
**  help_command - the command HELP, and LBR$OUTPUT_HELP
*/
#include "help_session.h"
#include "librarian_messages.h"
#include "library_command.h"

#include "CLI/command_values.h"
#include "shim.h"
#include "system_text.h"

#include <climsgdef.h>
#include <cstring>
#include <hlpdef.h>
#include <lbr$routines.h>
#include <lib$routines.h>
#include <rmsdef.h>

namespace shim {

namespace {

using namespace cli;

const char press_return[] = "Press RETURN to continue ... ";

/* Stops after each page of lines; the end of the input there ends the output. */
class Pager {
public:
    Pager(const HelpTerminal &terminal, bool pages) : terminal_(terminal), pages_(pages) {}

    bool put(const std::string &line)
    {
        if (pages_ && terminal_.page > 2 && lines_ + 2 >= terminal_.page) {
            std::string answer;
            lines_ = 0;
            if (!terminal_.output("") || !terminal_.input(press_return, &answer))
                return false;
        }
        lines_++;
        return terminal_.output(line);
    }
    bool ask(const std::string &prompt, std::string *answer)
    {
        lines_ = 0;
        return terminal_.input(prompt, answer);
    }

private:
    const HelpTerminal &terminal_;
    bool pages_;
    size_t lines_ = 0;
};

/* /USERLIBRARY=(PROCESS,...): the tables; all of them without a value. */
std::vector<std::string> user_tables(const Parsed &command)
{
    static const struct {
        const char *keyword, *table;
    } rows[] = {{"PROCESS", "LNM$PROCESS"}, {"GROUP", "LNM$GROUP"}, {"SYSTEM", "LNM$SYSTEM"}};
    std::vector<std::string> tables;
    State state = entity_state(command, "USERLIBRARY");
    if (state == NEGATED || is_present(command, "USERLIBRARY.NONE"))
        return tables;
    bool all =
        entity_values(command, "USERLIBRARY").empty() || is_present(command, "USERLIBRARY.ALL");
    for (const auto &row : rows)
        if (all || is_present(command, std::string("USERLIBRARY.") + row.keyword))
            tables.push_back(row.table);
    return tables;
}

} // namespace

uint32_t help_command(const Parsed &command, const HelpTerminal &terminal,
                      const LibraryDevices &devices)
{
    HelpRequest request;
    std::string library = entity_value(command, "LIBRARY");
    if (!library.empty())
        request.library = library;
    request.more_libraries = default_help_libraries(user_tables(command));
    request.keys = entity_value(command, "KEY");
    request.width = terminal.width;
    request.prompt =
        terminal.interactive && is_present(command, "PROMPT") && !is_present(command, "OUTPUT");
    request.instructions = is_present(command, "INSTRUCTIONS");
    request.list_libraries = is_present(command, "LIBLIST");
    std::string file = entity_value(command, "OUTPUT");
    std::vector<std::string> lines;
    bool pages = request.prompt && entity_state(command, "PAGE") != NEGATED;
    Pager pager(terminal, pages);
    HelpDevices help;
    help.output = [&](const std::string &line) {
        if (file.empty())
            return pager.put(line);
        lines.push_back(line);
        return true;
    };
    help.input = [&](const std::string &prompt, std::string *answer) {
        return pager.ask(prompt, answer);
    };
    FileStatus status = show_help(request, help);
    std::vector<std::string> message;
    uint32_t result = SS$_NORMAL;
    if (status.sts == 0)
        message = message_lines(result = LIBRAR_ILLFMT, {status.file});
    else if (!status.good())
        message = message_lines(result = LIBRAR_OPENIN, {status.file}, &status);
    else if (!file.empty() && !(status = write_records(file, ".LIS", lines)).good())
        message = message_lines(result = LIBRAR_OPENOUT, {status.file}, &status);
    for (const std::string &line : message)
        devices.message(line);
    return result & 1 ? result : result | STS$M_INHIB_MSG;
}

} // namespace shim

namespace {

typedef int (*OutputRoutine)(dsc$descriptor_s *line);
typedef int (*InputRoutine)(dsc$descriptor_s *text, dsc$descriptor_s *prompt,
                            unsigned short *length);
const size_t max_answer = 255;

/* What is handed to the routines of the image. */
struct Exchange {
    dsc$descriptor_s line, prompt;
    unsigned short length;
    char text[1024], prompt_text[256];

    static void set(dsc$descriptor_s *d, char *buffer, size_t room, const std::string &value)
    {
        size_t size = value.size() < room ? value.size() : room;
        memcpy(buffer, value.data(), size);
        d->dsc$w_length = static_cast<unsigned short>(size);
        d->dsc$b_dtype = DSC$K_DTYPE_T;
        d->dsc$b_class = DSC$K_CLASS_S;
        d->dsc$a_pointer = buffer;
    }
};

std::vector<std::string> flagged_tables(unsigned flags)
{
    std::vector<std::string> tables;
    if (flags & HLP$M_PROCESS)
        tables.push_back("LNM$PROCESS");
    if (flags & HLP$M_GROUP)
        tables.push_back("LNM$GROUP");
    if (flags & HLP$M_SYSTEM)
        tables.push_back("LNM$SYSTEM");
    return tables;
}

uint32_t run_session(shim::HelpRequest &request, OutputRoutine output, InputRoutine input)
{
    Exchange *x = static_cast<Exchange *>(shim::arena_get(sizeof(Exchange)));
    if (!x)
        return SS$_INSFMEM;
    uint32_t failed = SS$_NORMAL;
    shim::HelpDevices devices;
    devices.output = [&](const std::string &line) {
        Exchange::set(&x->line, x->text, sizeof x->text, line);
        uint32_t status = static_cast<uint32_t>(output(&x->line));
        if (!(status & 1))
            failed = status;
        return (status & 1) != 0;
    };
    if (input)
        devices.input = [&](const std::string &prompt, std::string *answer) {
            Exchange::set(&x->prompt, x->prompt_text, sizeof x->prompt_text, prompt);
            Exchange::set(&x->line, x->text, max_answer, std::string(max_answer, ' '));
            x->length = 0;
            uint32_t status = static_cast<uint32_t>(input(&x->line, &x->prompt, &x->length));
            if (!(status & 1) && status != RMS$_EOF)
                failed = status;
            answer->assign(x->text, x->length < max_answer ? x->length : max_answer);
            return (status & 1) != 0;
        };
    shim::FileStatus status = shim::show_help(request, devices);
    shim::arena_free(x, sizeof *x);
    if (status.sts == 0)
        return shim::LIBRAR_ILLFMT;
    return status.good() ? failed : status.sts;
}

} // namespace

extern "C" unsigned int lbr$output_help(shim_output_routine output_routine, int *output_width,
                                        void *line_desc, void *library_name, unsigned int *flags,
                                        shim_help_input_routine input_routine)
{
    SHIM_SERVICE("lbr$output_help");
    unsigned wanted = flags ? *flags : HLP$M_PROMPT | HLP$M_PROCESS | HLP$M_GROUP | HLP$M_SYSTEM;
    if (!output_routine.address)
        return LBR$_ILLOUTROU;
    if ((wanted & HLP$M_PROMPT) && !input_routine.address)
        return LBR$_ILLINROU;
    shim::HelpRequest request;
    uint32_t status = SS$_NORMAL;
    if (line_desc)
        status = shim::get_text(static_cast<dsc$descriptor_s *>(line_desc), &request.keys);
    std::string library;
    if ((status & 1) && library_name)
        status = shim::get_text(static_cast<dsc$descriptor_s *>(library_name), &library);
    if (!(status & 1))
        return status;
    if (!library.empty())
        request.library = library;
    request.more_libraries = shim::default_help_libraries(flagged_tables(wanted));
    if (output_width && *output_width > 0)
        request.width = static_cast<size_t>(*output_width);
    request.prompt = (wanted & HLP$M_PROMPT) != 0;
    request.instructions = (wanted & HLP$M_HELP) != 0;
    request.list_libraries = (wanted & HLP$M_LIBLIST) != 0;
    return run_session(request, reinterpret_cast<OutputRoutine>(output_routine.address),
                       reinterpret_cast<InputRoutine>(input_routine.address));
}
