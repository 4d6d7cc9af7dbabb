/*
**  foreign - commands that name an image
**
**  The text behind the image name becomes upper case outside quotes, one blank for several, as
**  LIB$GET_FOREIGN gives it (parse style TRADITIONAL).
*/
#include "foreign.h"

#include "expression.h"
#include "run_image.h"
#include "session.h"

#include "CLI/command_values.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

void foreign_command(Session &session, const std::string &command)
{
    size_t at = skip_blanks(command, 0), begin = at;
    while (at < command.size() && !is_blank(command[at]) && command[at] != '/')
        ++at;
    std::string image = upper(command.substr(begin, at - begin));
    if (image.empty())
        throw Failure(CLI$_NULFIL);
    ImageRun run;
    run.path = image_path(image, "SYS$SYSTEM:.EXE");
    run.is_foreign = true;
    run.foreign = cli::compress(trimmed(session.substitute_ampersands(command.substr(at))));
    run.arguments = c_arguments(command.substr(at));
    run_image(session, run);
}

std::vector<std::string> c_arguments(const std::string &text)
{
    std::vector<std::string> arguments;
    for (size_t at = skip_blanks(text, 0); at < text.size(); at = skip_blanks(text, at)) {
        std::string argument;
        while (at < text.size() && !is_blank(text[at])) {
            char c = text[at];
            if (c == '"')
                argument += read_quoted(text, &at);
            else
                argument += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c, ++at;
        }
        arguments.push_back(argument);
    }
    return arguments;
}

} // namespace dcl
} // namespace shim
