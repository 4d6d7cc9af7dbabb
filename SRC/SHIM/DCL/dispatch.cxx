/*
**  dispatch - verbs of the command table to routines
*/
#include "dispatch.h"

#include "foreign.h"
#include "run_image.h"
#include "terminal.h"

#include "CLI/command_values.h"
#include "CLI/table_file.h"

#include <climsgdef.h>
#include <cstdlib>
#include <cstring>
#include <rmsdef.h>
#include <unordered_map>

namespace shim {
namespace dcl {

namespace {

VerbGroup *first_group;

const VerbRow *find_routine(const std::string &name)
{
    static auto *rows = new std::unordered_map<std::string, const VerbRow *>;
    if (rows->empty())
        for (VerbGroup *group = first_group; group; group = group->next)
            for (const VerbRow *row = group->rows; row->routine; ++row)
                (*rows)[row->routine] = row;
    auto found = rows->find(name);
    return found == rows->end() ? nullptr : found->second;
}

/* The commands of the language, by the name of their verb. */
typedef void (Session::*LanguageRoutine)(const std::string &rest);
struct LanguageRow {
    const char *verb;
    LanguageRoutine routine;
};
const LanguageRow language[] = {
    {"IF", &Session::if_command},       {"THEN", &Session::then_command},
    {"ELSE", &Session::else_command},   {"ENDIF", &Session::endif_command},
    {"GOTO", &Session::goto_command},   {"GOSUB", &Session::gosub_command},
    {"RETURN", &Session::return_command}, {"CALL", &Session::call_command},
    {"SUBROUTINE", &Session::subroutine_command}, {"ENDSUBROUTINE", &Session::exit_command},
    {"ON", &Session::on_command},       {"EXIT", &Session::exit_command},
};

const LanguageRow *find_language(const std::string &verb)
{
    for (const LanguageRow &row : language)
        if (verb == row.verb)
            return &row;
    return nullptr;
}

/* SHOW ... /OUTPUT=file: what the command writes goes there. */
class ShowOutput {
public:
    ShowOutput(Session &session, const VerbRow &row, const cli::Parsed &command)
        : session_(session)
    {
        if (strncmp(row.routine, "SHOW_", 5) != 0 || text_of(command, "OUTPUT").empty())
            return;
        uint32_t status = 0, stv = 0;
        std::string spec, name = text_of(command, "OUTPUT");
        std::shared_ptr<Output> to = create_output(name, "SHOW.LIS", &status, &stv, &spec);
        if (!to)
            throw file_failure(SHARED_OPENOUT, spec, status, stv);
        before_ = session.output;
        session.output = to;
    }
    ~ShowOutput()
    {
        if (before_)
            session_.output = before_;
    }
    ShowOutput(const ShowOutput &) = delete;
    ShowOutput &operator=(const ShowOutput &) = delete;

private:
    Session &session_;
    std::shared_ptr<Output> before_; /* 0: nothing is redirected */
};

void run_routine(Session &session, const VerbRow &row, const cli::Parsed &command)
{
    if (row.kind == INTERNAL) {
        ShowOutput output(session, row, command);
        return row.function(session, command);
    }
    ImageScope scope(session);
    ShowOutput output(session, row, command);
    row.function(session, command);
}

} // namespace

VerbGroup::VerbGroup(const VerbRow *of) : rows(of), next(first_group)
{
    first_group = this;
}

cli::Table &command_table()
{
    static cli::Table *table = nullptr;
    if (!table) {
        table = new cli::Table;
        uint32_t status = cli::load_system_tables(table);
        if (!(status & 1))
            throw Failure(status);
    }
    return *table;
}

Failure command_failure(const cli::CommandError &error)
{
    return error.text.empty() ? Failure(error.condition) : Failure(error.condition, error.text);
}

int number_of(const cli::Parsed &command, const char *label)
{
    return atoi(text_of(command, label).c_str());
}

int64_t delta_of(const cli::Parsed &command, const char *label)
{
    std::string text = trimmed(text_of(command, label)); /* "0 00:00:10.00" */
    size_t blank = text.find(' ');
    if (blank != std::string::npos)
        text[blank] = '-';
    int64_t delta = 0;
    if (!cli::delta_time(text, &delta))
        throw Failure(CLI$_IVDTIME, text_of(command, label));
    return delta;
}

uint32_t identification_of(const cli::Parsed &command, const char *label)
{
    std::string text = text_of(command, label);
    if (text.empty() || text.size() > 8 ||
        text.find_first_not_of("0123456789ABCDEFabcdef") != std::string::npos)
        throw Failure(SHOW_INVQUAVAL).with(text).with(label);
    return static_cast<uint32_t>(strtoul(text.c_str(), nullptr, 16));
}

bool option_negated(const cli::Parsed &command)
{
    std::vector<cli::ParsedValue> given = cli::entity_values(command, "OPTION");
    return !given.empty() && given[0].negated;
}

std::vector<cli::ParsedValue> option_values(const cli::Parsed &command)
{
    std::vector<cli::ParsedValue> given = cli::entity_values(command, "OPTION");
    return given.empty() ? given : given[0].values;
}

std::vector<std::string> texts_of(const cli::Parsed &command, const char *label)
{
    std::vector<std::string> texts;
    for (const cli::ParsedValue &value : cli::entity_values(command, label))
        texts.push_back(value.text);
    return texts;
}

void parse_command(Session &session, const std::string &command, cli::Parsed *parsed)
{
    cli::ParseContext context;
    if (session.at_terminal() && session.interactive)
        context.prompter = [&](const std::string &prompt, std::string *answer, uint32_t *status) {
            bool good = session.terminal->read_line(prompt, answer);
            *status = good ? 1u : static_cast<uint32_t>(RMS$_EOF);
            return good;
        };
    cli::CommandError error;
    /* expressions and segments of PIPE see to their ampersands themselves */
    bool expression = verb_of(command, 0) == "WRIT" || verb_of(command, 0) == "PIPE";
    if (!cli::parse(command_table(),
                    expression ? command : session.substitute_ampersands(command), context, parsed,
                    &error))
        throw command_failure(error);
}

namespace {

/* The verb's name, after phase 2; empty: it is no verb. */
std::string verb_name(Session &session, const std::string &command)
{
    std::string text = trimmed(command);
    size_t end = 0;
    while (end < text.size() && is_symbol_character(text[end]))
        ++end;
    std::string word = upper(text.substr(0, end));
    const Symbol *symbol = word.empty() ? nullptr : session.find_symbol(word, true);
    if (symbol) {
        text = trimmed(symbol->value.text());
        for (end = 0; end < text.size() && is_symbol_character(text[end]);)
            ++end;
        word = upper(text.substr(0, end));
    }
    cli::CommandError error;
    int verb = word.empty() ? -1 : cli::find_verb(command_table(), word, &error);
    return verb < 0 ? std::string() : command_table().verbs[static_cast<size_t>(verb)].name;
}

} // namespace

bool is_command_of(Session &session, const std::string &command, const char *verb)
{
    return verb_name(session, command) == verb;
}

bool executed_by_interpreter(Session &session, const std::string &command)
{
    size_t equals = command.find('='), end = skip_blanks(command, 0);
    while (end < command.size() && (is_symbol_character(command[end]) || command[end] == '*'))
        ++end;
    end = skip_blanks(command, end);
    if (equals != std::string::npos && (end == equals || (end + 1 == equals &&
                                                          command[end] == ':')))
        return true; /* an assignment */
    std::string name = verb_name(session, command);
    for (const char *other : {"RUN", "MCR", "PIPE", "LOGOUT", "EXIT"})
        if (name == other)
            return false;
    if (name.empty() || find_language(name))
        return false;
    cli::Parsed parsed;
    cli::CommandError error;
    if (!cli::parse(command_table(), trimmed(command), cli::ParseContext(), &parsed, &error))
        return true; /* its message is all that it does */
    if (name == "STOP" && trimmed(command).find_first_of(" \t/") == std::string::npos)
        return false; /* without a process: what was interrupted */
    const VerbRow *row = find_routine(parsed.cliroutine);
    return row && row->kind == INTERNAL;
}

void dispatch(Session &session, const std::string &command)
{
    size_t end = 0;
    while (end < command.size() && is_symbol_character(command[end]))
        ++end;
    if (end == 0)
        throw Failure(CLI$_NOCOMD, command.substr(0, command.find_first_of(" \t")));
    std::string word = upper(command.substr(0, end));
    cli::CommandError error;
    int verb = cli::find_verb(command_table(), word, &error);
    if (verb < 0)
        throw command_failure(error);
    const std::string &name = command_table().verbs[static_cast<size_t>(verb)].name;
    if (const LanguageRow *row = find_language(name))
        return (session.*row->routine)(command.substr(end));
    cli::Parsed parsed;
    parse_command(session, command, &parsed);
    if (!parsed.image.empty())
        return run_verb_image(session, parsed);
    const VerbRow *row = find_routine(parsed.cliroutine);
    if (!row)
        throw Failure(CLI$_INVROUT);
    run_routine(session, *row, parsed);
}

} // namespace dcl
} // namespace shim
