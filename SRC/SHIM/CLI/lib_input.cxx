/*
**  lib_input - LIB$GET_INPUT, LIB$GET_COMMAND, LIB$PUT_OUTPUT, LIB$GET_FOREIGN
**
**  The interpreter hands SYS$INPUT and SYS$OUTPUT over as descriptors 0 and 1, SYS$COMMAND as the
**  descriptor whose number is SHIM_SYSCOMMAND when it is another file than SYS$INPUT.  Input is
**  read a byte at a time: what the image leaves belongs to whoever reads next.
*/
#include "lib_input.h"

#include "parsed_command.h"
#include "shim.h"
#include "system_text.h"

#include <cerrno>
#include <cstdlib>
#include <lib$routines.h>
#include <libdef.h>
#include <rmsdef.h>
#include <unistd.h>

namespace shim {

namespace {

const size_t max_line = 32767;

int command_descriptor()
{
    const char *number = getenv("SHIM_SYSCOMMAND");
    return number ? atoi(number) : 0;
}

uint32_t optional_text(void *descriptor, std::string *text)
{
    text->clear();
    return descriptor ? get_text(static_cast<dsc$descriptor_s *>(descriptor), text)
                      : static_cast<uint32_t>(SS$_NORMAL);
}

uint32_t put_line(void *resultant, const std::string &line, unsigned short *length)
{
    uint32_t status = put_string(resultant, line, length);
    return status == LIB$_STRTRU ? static_cast<uint32_t>(LIB$_INPSTRTRU) : status;
}

uint32_t ask(int fd, void *resultant, void *prompt, unsigned short *length)
{
    std::string question, line;
    uint32_t status = optional_text(prompt, &question);
    if (!(status & 1))
        return status;
    status = read_line(fd, question, &line);
    return status & 1 ? put_line(resultant, line, length) : status;
}

} // namespace

bool write_text(int fd, const std::string &text)
{
    for (size_t done = 0; done < text.size();) {
        ssize_t n = write(fd, text.data() + done, text.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += static_cast<size_t>(n);
    }
    return true;
}

uint32_t read_line(int fd, const std::string &prompt, std::string *line)
{
    line->clear();
    if (!prompt.empty() && isatty(fd))
        write_text(1, prompt);
    bool any = false;
    for (;;) {
        char c;
        ssize_t n = read(fd, &c, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0 || c == '\n')
            return n > 0 || any ? RMS$_NORMAL : RMS$_EOF;
        any = true;
        if (line->size() < max_line)
            *line += c;
    }
}

} // namespace shim

extern "C" unsigned int lib$get_input(void *resultant, void *prompt, unsigned short *length)
{
    SHIM_SERVICE("lib$get_input");
    return shim::ask(0, resultant, prompt, length);
}

extern "C" unsigned int lib$get_command(void *resultant, void *prompt, unsigned short *length)
{
    SHIM_SERVICE("lib$get_command");
    return shim::ask(shim::command_descriptor(), resultant, prompt, length);
}

extern "C" unsigned int lib$put_output(void *message)
{
    SHIM_SERVICE("lib$put_output");
    std::string text;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(message), &text);
    if (!(status & 1))
        return status;
    return shim::write_text(1, text + "\n") ? SS$_NORMAL : RMS$_WER;
}

extern "C" unsigned int lib$get_foreign(void *resultant, void *prompt, unsigned short *length,
                                        unsigned int *force_prompt)
{
    SHIM_SERVICE("lib$get_foreign");
    const char *given = getenv(shim::cli::environment_foreign);
    std::string text = given ? given : "";
    bool forced = force_prompt && (*force_prompt & 1);
    if (force_prompt)
        *force_prompt = 1;
    if (forced || (text.empty() && prompt))
        return shim::ask(0, resultant, prompt, length);
    return shim::put_line(resultant, text, length);
}
