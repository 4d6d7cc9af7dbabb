/*
**  interpreter - reading commands and executing them
**
**  A command is: substitution phase 1, label, assignment or verb; the verb may be a symbol (phase
**  2), a verb of the language below, or one of the command table (dispatch.cxx).
*/
#include "coverage.h"
#include "dispatch.h"
#include "expression.h"
#include "files.h"
#include "foreign.h"
#include "interrupt.h"
#include "session.h"
#include "terminal.h"

#include "system_text.h"

#include <climsgdef.h>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <set>
#include <ssdef.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

bool only_blanks(const std::string &text)
{
    return skip_blanks(text, 0) == text.size();
}

} // namespace

void note_coverage(const std::string &spec, const std::string &label)
{
    static const char *const path = getenv("SHIM_DCL_COVERAGE");
    static std::set<std::string> noted;
    if (!path)
        return;
    std::string line = spec + " " + (label.empty() ? "-" : label) + "\n";
    if (!noted.insert(line).second)
        return;
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd >= 0 && write(fd, line.data(), line.size()) < 0)
        perror(path);
    if (fd >= 0)
        close(fd);
}

namespace {

/* With the terminal, and what it reads, each line is a command. */
LogicalLine from_terminal(Terminal &terminal, const std::string &prompt, bool *end)
{
    LogicalLine line = LogicalLine();
    std::string record;
    *end = !terminal.read_command(prompt, &record);
    if (*end)
        return line;
    if (record.empty() || record[0] != '$')
        record.insert(0, "$");
    while (add_record(record, &line) && terminal.read_command("_" + prompt, &record))
        ;
    skim(&line);
    return line;
}

} // namespace

uint32_t Session::run()
{
    while (step())
        ;
    return status_;
}

/* Data that no image has read. */
void Session::skip_data()
{
    Level &at = level();
    bool said = false;
    while (!at.deck.empty() && at.next < at.procedure->size())
        if (ends_deck(at.procedure->record(at.next++), at.deck))
            at.deck.clear();
    at.deck.clear();
    while (at.next < at.procedure->size() && (at.procedure->record(at.next).empty() ||
                                              at.procedure->record(at.next)[0] != '$')) {
        if (!said && !only_blanks(at.procedure->record(at.next))) {
            said = true;
            show(Failure(CLI$_SKPDAT));
        }
        ++at.next;
    }
}

/* The next line of this level, entered into its label table; 0 at the end. */
const LogicalLine *Session::fetch_line()
{
    Level &at = level();
    if (!at.procedure) {
        bool end;
        typed_ = from_terminal(input ? *input : *terminal, options.prompt, &end);
        typed_.first = ++typed_lines_;
        at.current = typed_.first;
        return end ? nullptr : &typed_;
    }
    skip_data();
    if (at.next >= at.procedure->size())
        return nullptr;
    const LogicalLine &line = at.procedure->line(at.next);
    at.current = line.first;
    at.next = line.next;
    return &line;
}

bool Session::read_data(const std::string &prompt, std::string *record, int seconds)
{
    Level &at = level();
    if (input)
        return input->read_line(prompt, record, seconds);
    if (!at.procedure)
        return read_command_input(prompt, record, seconds);
    if (at.next >= at.procedure->size())
        return false;
    *record = at.procedure->record(at.next);
    bool dollar = !record->empty() && (*record)[0] == '$';
    if (at.deck.empty() && dollar) {
        if (verb_of(*record, 1) != "DECK")
            return false;
        at.deck = deck_end(*record, 1);
        ++at.next;
        return read_data(prompt, record);
    }
    ++at.next;
    if (at.deck.empty() || !ends_deck(*record, at.deck)) {
        if (options.verify_image)
            write(*record);
        return true;
    }
    at.deck.clear();
    return false;
}

bool Session::read_command_input(const std::string &prompt, std::string *record, int seconds)
{
    while (!terminal->read_line(prompt, record, seconds)) {
        if (!terminal->interrupted())
            return false;
        if (!goes_on_after_interrupt(*this))
            throw Failure();
    }
    return true;
}

/* What SET PREFIX puts before a line that is shown; time directives are of the moment. */
std::string Session::verify_prefix() const
{
    return options.prefix.empty() ? options.prefix : format_text(options.prefix, {0, 0, 0, 0});
}

/* Phase 1 on a line from command_at on, with the echo of SET VERIFY. */
std::string Session::prepare(const LogicalLine &line, size_t command_at)
{
    if (line.text.size() > COMMAND_MAX)
        throw Failure(CLI$_BUFOVF);
    if (!level().procedure || !options.verify_procedure) {
        std::string text = substitute(line.text.substr(command_at));
        return text.substr(0, comment_at(text));
    }
    std::vector<size_t> joins;
    for (size_t join : line.joins)
        joins.push_back(join > command_at ? join - command_at : 0);
    std::string text = substitute(line.text.substr(command_at), &joins);
    if (options.verify_procedure) {
        std::string echo = "$" + line.text.substr(0, command_at) + text;
        size_t shift = command_at + 1, begin = 0;
        std::string prefix = verify_prefix();
        for (size_t i = 0; i <= joins.size(); ++i) {
            size_t end = i < joins.size() ? joins[i] + shift : echo.size();
            output->line(prefix + echo.substr(begin, end - begin) + line.tails[i]);
            begin = end;
        }
    }
    return text.substr(0, comment_at(text));
}

/* False: nothing to execute now. */
bool Session::next_command(std::string *command)
{
    const LogicalLine *line = fetch_line();
    if (!line) {
        if (level().procedure && levels.size() > 1)
            pop_level(status_, true);
        else
            end_job();
        return false;
    }
    Level &at = level();
    if (at.procedure)
        note_coverage(at.procedure->spec(), line->label);
    if (!line->label.empty()) {
        if (at.procedure)
            at.labels[line->label] = Label{line->first, at.frames};
        else
            show(Failure(CLI$_NOLBLS, line->label));
    }
    if (structural(*line, command))
        return !command->empty();
    *command = prepare(*line, line->command);
    return !only_blanks(*command);
}

bool Session::step()
{
    std::string command;
    if (forced_exit_pending()) {
        set_status(SS$_FORCEDEXIT, true);
        end_job();
        return false;
    }
    try {
        if (interrupt_pending() && depth() > 0 && interactive)
            goes_on_after_interrupt(*this);
        take_interrupt();
        command.swap(next_action);
        if (!command.empty() || next_command(&command))
            execute(command);
    } catch (const Failure &failure) {
        fail(failure);
        check_condition();
    }
    return !ended_;
}

void Session::execute(const std::string &command)
{
    unsigned levels_before = level_changes_;
    status_set_ = keeps_status_ = false;
    try {
        run_command(command);
        if (!status_set_ && !keeps_status_ && levels_before == level_changes_)
            set_status(SS$_NORMAL, true);
    } catch (const Failure &failure) {
        fail(failure);
    }
    check_condition();
}

void Session::execute_whole(const std::string &command)
{
    size_t before = levels.size();
    try {
        execute(substitute(command));
    } catch (const Failure &failure) {
        fail(failure);
    }
    while (levels.size() > before && !ended_)
        step();
}

/* "$NAME" that somebody has made a command. */
bool Session::starts_with_symbol(const std::string &text)
{
    size_t end = 0;
    while (end < text.size() && is_symbol_character(text[end]))
        ++end;
    return find_symbol(upper(text.substr(0, end)), true) != nullptr;
}

void Session::run_command(const std::string &command)
{
    std::string text = trimmed(command);
    if (text.size() > 1 && text[0] == '$' && (is_blank(text[1]) || !starts_with_symbol(text)))
        text = trimmed(text.substr(1)); /* THEN $ command */
    std::string label;
    size_t behind;
    while (label_of(text, &label, &behind))
        text = trimmed(text.substr(behind));
    if (text.empty())
        keep_status();
    else if (!assign(text))
        run_verb(text);
}

/* Phase 2 on the verb, then the verb. */
void Session::run_verb(const std::string &command)
{
    std::string text = command;
    size_t end = 0;
    while (end < text.size() && is_symbol_character(text[end]))
        ++end;
    const Symbol *symbol = nullptr;
    if (end > 0 && !is_digit(text[0]))
        symbol = find_symbol(upper(text.substr(0, end)), true);
    if (symbol) {
        text = trimmed(symbol->value.text() + text.substr(end));
        if (text.empty())
            return keep_status();
    }
    if (text[0] == '@')
        return enter_procedure(substitute_ampersands(text.substr(1)));
    if (symbol && text[0] == '$')
        return foreign_command(*this, text.substr(1));
    dispatch(*this, text);
}

} // namespace dcl
} // namespace shim
