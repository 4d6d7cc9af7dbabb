/*
**  cli - CLI$DCL_PARSE and its questions, LIB$ input and output, LBR$OUTPUT_HELP, LIB$SPAWN
**
**  The parser signals what is wrong; the default handler shows it, so the status that is returned
**  carries STS$M_INHIB_MSG: nobody shows it again.
*/
#include "VMS/cli.h"

#include <cli$routines.h>
#include <climsgdef.h>
#include <hlpdef.h>
#include <lbr$routines.h>
#include <lib$routines.h>
#include <libdef.h>
#include <ssdef.h>
#include <stsdef.h>

#include "descriptor.h"

namespace mail {

static const boost::uint32_t CLI_FACILITY = 3;

Status cli_foreign(std::string *text)
{
    LowScratch scratch;
    Descriptor line(scratch, CLI_LINE_MAX);
    unsigned short length = 0;
    Status status(lib$get_foreign(line.get(), 0, &length, 0));
    if (status.ok())
        *text = line.text(length);
    return status;
}

Status cli_read(const std::string &prompt, std::string *text)
{
    LowScratch scratch;
    Descriptor line(scratch, CLI_LINE_MAX), question(scratch, prompt);
    unsigned short length = 0;
    Status status(lib$get_input(line.get(), question.get(), &length));
    if (status.ok())
        *text = line.text(length);
    return status;
}

Status cli_print(const std::string &text)
{
    LowScratch scratch;
    Descriptor line(scratch, text.substr(0, CLI_LINE_MAX));
    return Status(lib$put_output(line.get()));
}

Status cli_parse(const void *table, const std::string &command)
{
    LowScratch scratch;
    Descriptor line(scratch, command.substr(0, CLI_LINE_MAX));
    boost::uint32_t sts =
        cli$dcl_parse(line.get(), const_cast<void *>(table), lib$get_input, lib$get_input, 0);
    bool signalled = (sts & 1) == 0 && (sts & STS$M_FAC_NO) >> 16 == CLI_FACILITY;
    return Status(signalled ? sts | STS$M_INHIB_MSG : sts);
}

Status cli_dispatch()
{
    return Status(cli$dispatch(0));
}

CliPresence cli_presence(const std::string &label)
{
    LowScratch scratch;
    Descriptor text(scratch, label);
    switch (cli$present(text.get())) {
    case CLI$_PRESENT:
    case CLI$_LOCPRES:
        return CLI_IS_PRESENT;
    case CLI$_NEGATED:
    case CLI$_LOCNEG:
        return CLI_IS_NEGATED;
    case CLI$_DEFAULTED:
        return CLI_IS_DEFAULTED;
    }
    return CLI_IS_ABSENT;
}

bool cli_given(const std::string &label)
{
    CliPresence presence = cli_presence(label);
    return presence == CLI_IS_PRESENT || presence == CLI_IS_DEFAULTED;
}

bool cli_value(const std::string &label, std::string *value)
{
    LowScratch scratch;
    Descriptor text(scratch, label), answer(scratch, CLI_VALUE_MAX);
    unsigned short length = 0;
    if (!(cli$get_value(text.get(), answer.get(), &length) & 1))
        return false;
    *value = answer.text(length);
    return true;
}

void cli_values(const std::string &label, std::vector<std::string> *values)
{
    std::string value;
    while (cli_value(label, &value))
        values->push_back(value);
}

Status cli_help(const std::string &topics, const std::string &library, bool ask)
{
    LowScratch scratch;
    Descriptor line(scratch, topics), file(scratch, library);
    boost::uint32_t *flags = scratch.take_value(boost::uint32_t(ask ? HLP$M_PROMPT : 0));
    if (!flags)
        return Status(SS$_INSFMEM);
    if (!ask)
        return Status(lbr$output_help(lib$put_output, 0, line.get(), file.get(), flags, 0));
    return Status(
        lbr$output_help(lib$put_output, 0, line.get(), file.get(), flags, lib$get_input));
}

Status cli_spawn(const std::string &command)
{
    LowScratch scratch;
    Descriptor line(scratch, command.substr(0, CLI_LINE_MAX));
    boost::uint32_t *ended = scratch.take_value(boost::uint32_t(SS$_NORMAL));
    if (!ended)
        return Status(SS$_INSFMEM);
    Status status(lib$spawn(line.get(), 0, 0, 0, 0, 0, ended));
    return status.ok() ? Status(*ended) : status;
}

} // namespace mail
