/*
**  levels - entering and leaving procedures: @, CALL, EXIT
**
**  DCL Dictionary @, CALL, EXIT; User's Manual 13.6, 13.8.
*/
#include "coverage.h"
#include "expression.h"
#include "record_file.h"
#include "session.h"

#include <climsgdef.h>
#include <ssdef.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

const size_t PARAMETERS_MAX = 8;

/* One element up to an unquoted blank; text outside quotes becomes upper case. */
std::string next_element(const std::string &text, size_t *at)
{
    std::string element;
    while (*at < text.size() && !is_blank(text[*at])) {
        if (text[*at] == '"')
            element += read_quoted(text, at);
        else
            element += upper(text.substr((*at)++, 1));
    }
    return element;
}

/* "/OUTPUT=file" at the head of text. */
bool take_output(const std::string &text, size_t *at, std::string *file)
{
    size_t from = skip_blanks(text, *at);
    if (from >= text.size() || text[from] != '/')
        return false;
    size_t end = from + 1;
    while (end < text.size() && is_symbol_character(text[end]))
        ++end;
    std::string name = upper(text.substr(from + 1, end - from - 1));
    if (name.empty() || std::string("OUTPUT").compare(0, name.size(), name) != 0)
        throw Failure(CLI$_IVQUAL, name);
    end = skip_blanks(text, end);
    if (end >= text.size() || (text[end] != '=' && text[end] != ':'))
        throw Failure(CLI$_VALREQ, name);
    *at = skip_blanks(text, end + 1);
    *file = next_element(text, at);
    return true;
}

} // namespace

std::vector<std::string> split_parameters(const std::string &text)
{
    std::vector<std::string> parameters;
    for (size_t at = skip_blanks(text, 0); at < text.size(); at = skip_blanks(text, at))
        parameters.push_back(next_element(text, &at));
    if (parameters.size() > PARAMETERS_MAX)
        throw Failure(CLI$_DEFOVF);
    return parameters;
}

Level &Session::push_level(const std::shared_ptr<Procedure> &procedure,
                           const std::vector<std::string> &parameters)
{
    if (levels.size() > LEVEL_MAX)
        throw Failure(CLI$_STKOVF);
    levels.push_back(std::unique_ptr<Level>(new Level));
    ++level_changes_;
    Level &made = level();
    made.procedure = procedure;
    set_parameters(parameters);
    return made;
}

void Session::set_parameters(const std::vector<std::string> &parameters)
{
    for (size_t i = 0; i < PARAMETERS_MAX; ++i)
        set_symbol("P" + std::to_string(i + 1),
                   Value(i < parameters.size() ? parameters[i] : std::string()));
}

void Session::exit_level(uint32_t exit_status, bool shown)
{
    if (levels.size() > 1) {
        pop_level(exit_status, shown);
        return;
    }
    set_status(exit_status, shown);
    if (!shown && !(exit_status & (STS$M_SUCCESS | STS$M_INHIB_MSG))) {
        show(Failure(exit_status));
        status_shown_ = true;
    }
    if (!interactive)
        end_job();
}

void Session::pop_level(uint32_t exit_status, bool shown)
{
    if (level().outer_output)
        output = level().outer_output;
    levels.pop_back();
    ++level_changes_;
    if (levels.size() == 1 && !shown && !(exit_status & (STS$M_SUCCESS | STS$M_INHIB_MSG))) {
        show(Failure(exit_status));
        shown = true;
    }
    set_status(exit_status, shown);
    check_condition();
}

void Session::enter_procedure(const std::string &command)
{
    size_t at = skip_blanks(command, 0);
    std::string name;
    while (at < command.size() && !is_blank(command[at]) && command[at] != '/') {
        if (command[at] == '"')
            name += read_quoted(command, &at);
        else
            name += upper(command.substr(at++, 1));
    }
    std::string output_name;
    bool redirected = take_output(command, &at, &output_name);
    std::vector<std::string> parameters = split_parameters(command.substr(at));
    std::string spec;
    std::vector<std::string> records = read_procedure(*this, name, &spec);
    std::shared_ptr<Output> target;
    if (redirected) {
        uint32_t status = 0, stv = 0;
        std::string shown;
        target = create_output(output_name, ".LIS", &status, &stv, &shown);
        if (!target)
            throw file_failure(SHARED_OPENOUT, shown, status, stv);
    }
    push_level(std::make_shared<Procedure>(spec, std::move(records)), parameters);
    if (target) {
        level().outer_output = output;
        output = target;
    }
}

void Session::call_command(const std::string &given)
{
    std::string rest = substitute_ampersands(given);
    size_t at = 0;
    std::string output_name;
    bool redirected = take_output(rest, &at, &output_name);
    at = skip_blanks(rest, at);
    size_t begin = at;
    while (at < rest.size() && is_symbol_character(rest[at]))
        ++at;
    std::string label = upper(rest.substr(begin, at - begin));
    if (label.empty())
        throw Failure(CLI$_INSFPRM);
    if (at < rest.size() && !is_blank(rest[at]))
        throw Failure(CLI$_PARMDEL, rest.substr(at, 1));
    std::vector<std::string> parameters = split_parameters(rest.substr(at));
    std::shared_ptr<Procedure> procedure = level().procedure;
    if (!procedure)
        throw Failure(CLI$_INVCALL);
    size_t first = procedure->subroutine(label, level().current);
    if (first == std::string::npos) {
        level().next = procedure->size();
        throw Failure(CLI$_USCALL, label);
    }
    std::shared_ptr<Output> target;
    if (redirected) {
        uint32_t status = 0, stv = 0;
        std::string shown;
        target = create_output(output_name, ".LIS", &status, &stv, &shown);
        if (!target)
            throw file_failure(SHARED_OPENOUT, shown, status, stv);
    }
    note_coverage(procedure->spec(), label);
    Level &made = push_level(procedure, parameters);
    made.called = true;
    made.next = first;
    if (target) {
        made.outer_output = output;
        output = target;
    }
}

void Session::exit_command(const std::string &rest)
{
    uint32_t exit_status = status_;
    bool shown = status_shown_;
    if (skip_blanks(rest, 0) < rest.size()) {
        Expression expression(*this, rest);
        exit_status = static_cast<uint32_t>(expression.evaluate_all().integer());
        shown = false;
    }
    exit_level(exit_status, shown);
}

} // namespace dcl
} // namespace shim
