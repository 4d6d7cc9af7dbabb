/*
**  logical_names - DEFINE, ASSIGN, DEASSIGN, CREATE/NAME_TABLE
**
**  SYS$OUTPUT and SYS$ERROR that become names of a file in the process table are opened at once and
**  written until they are deassigned; DEFINE/USER leaves that to the next image.  DCL Dictionary.
*/
#include "dispatch.h"
#include "low.h"
#include "names.h"

#include <climsgdef.h>
#include <lnmdef.h>
#include <psldef.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

std::string table_of(const cli::Parsed &command)
{
    if (has(command, "TABLE"))
        return upper(text_of(command, "TABLE"));
    for (const char *name : {"SYSTEM", "GROUP", "JOB"})
        if (has(command, name))
            return std::string("LNM$") + name;
    return "LNM$PROCESS";
}

unsigned mode_of(const cli::Parsed &command)
{
    return has(command, "EXECUTIVE_MODE") ? PSL$C_EXEC
           : has(command, "USER_MODE")    ? PSL$C_USER
                                          : PSL$C_SUPER;
}

uint32_t attribute_bits(const std::vector<std::string> &words)
{
    uint32_t bits = 0;
    for (const std::string &word : words)
        bits |= word == "CONCEALED"  ? LNM$M_CONCEALED
                : word == "TERMINAL" ? LNM$M_TERMINAL
                : word == "CONFINE"  ? LNM$M_CONFINE
                : word == "NO_ALIAS" ? LNM$M_NO_ALIAS
                                     : 0;
    return bits;
}

/* The translations with their own attributes. */
std::vector<NameValue> values_of(const cli::Parsed &command, int parameter)
{
    std::vector<NameValue> values;
    for (const cli::ParsedValue &each : cli::entity_values(command, "VALUE")) {
        int element = static_cast<int>(values.size());
        std::vector<std::string> words;
        for (const cli::ParsedValue &word :
             cli::entity_values(command, "TRANSLATION_ATTRIBUTES",
                                cli::value_position(parameter, element)))
            words.push_back(word.text);
        values.push_back(NameValue{each.text, attribute_bits(words)});
    }
    return values;
}

/* A process-permanent stream: 1 SYS$OUTPUT, 2 SYS$ERROR. */
int stream_of(const std::string &name, const std::string &table, unsigned mode)
{
    if (table != "LNM$PROCESS" && table != "LNM$PROCESS_TABLE")
        return 0;
    if (mode == PSL$C_USER)
        return 0;
    return name == "SYS$OUTPUT" ? 1 : name == "SYS$ERROR" ? 2 : 0;
}

/* The value that the name gets once its file is open. */
std::string open_stream(Session &session, int stream, const std::string &value)
{
    bool is_error = stream == 2;
    uint16_t file = find_permanent_file(value, PSL$C_SUPER);
    if (file == PPF_ERROR || file == PPF_OUTPUT || file == PPF_COMMAND) {
        session.redirect(is_error, file == PPF_ERROR ? session.error : session.output);
        return value;
    }
    uint32_t status, stv;
    std::string spec;
    std::shared_ptr<Output> to = create_output(value, ".LIS", &status, &stv, &spec);
    if (!to)
        throw file_failure(SHARED_OPENOUT, spec, status, stv);
    session.redirect(is_error, to);
    return permanent_value(is_error ? PPF_ERROR : PPF_OUTPUT, to->device());
}

void define(Session &session, const cli::Parsed &command, const std::string &name, int parameter)
{
    std::string table = table_of(command);
    unsigned mode = mode_of(command);
    std::vector<NameValue> values = values_of(command, parameter);
    int stream = stream_of(name, table, mode);
    if (stream && !values.empty())
        values[0].text = open_stream(session, stream, values[0].text);
    uint32_t status = create_name(table, name, mode,
                                  attribute_bits(texts_of(command, "NAME_ATTRIBUTES")), values);
    if (!(status & 1))
        throw Failure(status);
    if (status == SS$_SUPERSEDE && !negated(command, "LOG"))
        session.inform(CLI$_SUPERSEDE, {name});
}

void define_verb(Session &session, const cli::Parsed &command)
{
    define(session, command, text_of(command, "NAME"), 1);
}

void assign_verb(Session &session, const cli::Parsed &command)
{
    std::string name = text_of(command, "NAME");
    if (name.size() > 1 && name.back() == ':')
        name.pop_back();
    define(session, command, name, 0);
}

void deassign_verb(Session &session, const cli::Parsed &command)
{
    std::string name = text_of(command, "NAME"), table = table_of(command);
    unsigned mode = mode_of(command);
    bool all = has(command, "ALL");
    if (name.empty() != all)
        throw Failure(all ? CLI$_CONFLICT : CLI$_INSFPRM);
    if (name.size() > 1 && name.back() == ':')
        name.pop_back();
    uint32_t status = delete_name(table, name, mode);
    if (!(status & 1))
        throw Failure(status);
    for (bool is_error : {false, true})
        if (stream_of(all ? (is_error ? "SYS$ERROR" : "SYS$OUTPUT") : name, table, mode) ==
            (is_error ? 2 : 1))
            while (session.restore(is_error))
                ;
}

void create_name_table(Session &session, const cli::Parsed &command)
{
    std::string name = upper(text_of(command, "TABLE"));
    std::string parent = has(command, "PARENT_TABLE") ? upper(text_of(command, "PARENT_TABLE"))
                                                      : "LNM$PROCESS_DIRECTORY";
    std::vector<std::string> words = texts_of(command, "ATTRIBUTES");
    bool supersede = false;
    for (const std::string &word : words)
        supersede = supersede || word == "SUPERSEDE";
    unsigned int attributes =
        attribute_bits(words) | (supersede ? 0u : static_cast<unsigned>(LNM$M_CREATE_IF));
    LowText low_name(name), low_parent(parent);
    unsigned char mode = static_cast<unsigned char>(mode_of(command));
    uint32_t status = static_cast<uint32_t>(
        sys$crelnt(&attributes, nullptr, nullptr, nullptr, nullptr, low_name.descriptor(),
                   low_parent.descriptor(), &mode));
    if (!(status & 1))
        throw Failure(status);
    if (status == SS$_SUPERSEDE && !negated(command, "LOG"))
        session.inform(CLI$_TABSUPER, {name});
    else if (status == SS$_NORMAL && !negated(command, "LOG"))
        session.inform(CLI$_TABEXIST, {name});
}

const VerbRow rows[] = {
    {"DEFINE", define_verb, INTERNAL},
    {"ASSIGN", assign_verb, INTERNAL},
    {"DEASSIGN", deassign_verb, INTERNAL},
    {"CREATE_NAME_TABLE", create_name_table, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
