/*
**  control_flow - GOTO, GOSUB, RETURN, SUBROUTINE, ON
**
**  Labels are entered into the level's table as they are read.  GOTO takes the table's label, that
**  is the one read last; else it searches forward, entering what it passes.  A label inside an IF
**  block or a subroutine that the GOTO is not in cannot be its target.  When there is none the
**  level stands at its end.  DCL Dictionary GOTO, GOSUB, ON; User's Manual 14.
*/
#include "expression.h"
#include "session.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

/* Every block around the label is around the place of the GOTO too. */
bool reachable(const Label &label, const IfFrames &from)
{
    if (label.frames.size() > from.size())
        return false;
    for (size_t i = 0; i < label.frames.size(); ++i)
        if (!(label.frames[i] == from[i]))
            return false;
    return true;
}

/* How the blocks change when a line is passed. */
void pass(const LogicalLine &line, IfFrames *frames)
{
    size_t at = line.command;
    std::string verb = line.verb;
    if (verb == "ELSE" || verb == "THEN") {
        if (verb == "ELSE" && !frames->empty())
            frames->back().in_else = true;
        at = skip_blanks(line.text, at + 4);
        verb = verb_of(line.text, at);
    }
    if (verb == "ENDI" && !frames->empty())
        frames->pop_back();
    else if (verb == "IF" && opens_block(line.text, at + 2))
        frames->push_back(IfFrame{line.first, false});
}

std::string label_name(const std::string &rest)
{
    std::string label = upper(trimmed(rest));
    if (label.empty())
        throw Failure(CLI$_INSFPRM);
    if (label.back() == ':')
        label.pop_back();
    for (char c : label)
        if (!is_symbol_character(c))
            throw Failure(is_blank(c) ? CLI$_MAXPARM : CLI$_PARMDEL, std::string(1, c));
    return label;
}

} // namespace

bool Session::find_forward(const std::string &label, Label *found)
{
    Level &at = level();
    IfFrames frames = at.frames;
    for (size_t record = at.next; record < at.procedure->size();) {
        const LogicalLine &line = at.procedure->line(record);
        if (line.verb == "ENDS" && at.called)
            return false;
        if (!line.label.empty()) {
            Label passed = {line.first, frames};
            at.labels[line.label] = passed;
            if (line.label == label && reachable(passed, at.frames)) {
                *found = passed;
                return true;
            }
        }
        record = at.procedure->behind(line);
        if (line.verb == "SUBR")
            record = at.procedure->subroutine_end(line.first);
        else
            pass(line, &frames);
    }
    return false;
}

void Session::goto_label(const std::string &label, uint32_t missing)
{
    Level &at = level();
    if (!at.procedure)
        throw Failure(missing, label);
    auto known = at.labels.find(label);
    Label target;
    if (known != at.labels.end() && reachable(known->second, at.frames)) {
        target = known->second;
    } else if (!find_forward(label, &target)) {
        at.next = at.procedure->size();
        at.frames.clear();
        throw Failure(missing, label);
    }
    at.next = target.record;
    at.frames = target.frames;
    at.pending = Level::NONE;
}

void Session::goto_command(const std::string &rest)
{
    keep_status();
    goto_label(label_name(rest), CLI$_USGOTO);
}

void Session::gosub_command(const std::string &rest)
{
    Level &at = level();
    std::string label = label_name(rest);
    if (at.gosubs.size() >= GOSUB_MAX)
        throw Failure(CLI$_GOSUBMAX);
    Gosub back = {at.next, at.frames};
    goto_label(label, CLI$_USGOSUB);
    at.gosubs.push_back(back);
}

void Session::return_command(const std::string &rest)
{
    Level &at = level();
    if (at.gosubs.empty())
        throw Failure(CLI$_INVGOSUB);
    if (skip_blanks(rest, 0) < rest.size()) {
        Expression expression(*this, rest);
        set_status(static_cast<uint32_t>(expression.evaluate_all().integer()), false);
    } else {
        keep_status();
    }
    at.next = at.gosubs.back().next;
    at.frames = at.gosubs.back().frames;
    at.gosubs.pop_back();
}

/* Reached without CALL: the subroutine is passed over. */
void Session::subroutine_command(const std::string &)
{
    Level &at = level();
    if (!at.procedure)
        throw Failure(CLI$_INVCALL);
    at.next = at.procedure->subroutine_end(at.current);
    keep_status();
}

void Session::on_command(const std::string &rest)
{
    size_t at = skip_blanks(rest, 0), end = at;
    while (end < rest.size() && is_symbol_character(rest[end]))
        ++end;
    std::string condition = upper(rest.substr(at, end - at));
    at = skip_blanks(rest, end);
    if (condition.empty())
        throw Failure(CLI$_INSFPRM);
    static const struct {
        const char *name;
        unsigned rank;
    } conditions[] = {{"WARNING", 1}, {"ERROR", 2}, {"SEVERE_ERROR", 3}, {"CONTROL_Y", 0}};
    const auto *found = conditions;
    for (; found != conditions + 4; ++found)
        if (std::string(found->name).compare(0, condition.size(), condition) == 0)
            break;
    if (found == conditions + 4)
        throw Failure(CLI$_IVKEYW, condition);
    if (upper(rest.substr(at, 4)) != "THEN" ||
        (at + 4 < rest.size() && is_symbol_character(rest[at + 4])))
        throw Failure(CLI$_NOTHEN);
    std::string action = trimmed(rest.substr(at + 4));
    if (action.size() > 1 && action[0] == '$' && is_blank(action[1]))
        action = trimmed(action.substr(1));
    if (action.empty())
        throw Failure(CLI$_NOTHEN);
    if (found->rank == 0) {
        level().control_y = action;
    } else {
        level().on.rank = found->rank;
        level().on.action = action;
    }
}

} // namespace dcl
} // namespace shim
