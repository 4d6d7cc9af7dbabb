/*
**  block_if - IF, THEN, ELSE, ENDIF
**
**  A branch that is not taken is passed over without substitution, counting nested blocks.  The
**  command of an IF line that ends with THEN, or has none, opens a block; at most 16 are open.
**  DCL Dictionary IF.
*/
#include "expression.h"
#include "session.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

bool is_then(const std::string &text, size_t at)
{
    return upper(text.substr(at, 4)) == "THEN" &&
           (at + 4 >= text.size() || !is_symbol_character(text[at + 4]));
}

/* The block that the rest of a THEN or ELSE line opens. */
bool rest_opens(const LogicalLine &line)
{
    size_t at = skip_blanks(line.text, line.command + 4);
    return verb_of(line.text, at) == "IF" && opens_block(line.text, at + 2);
}

std::string command_text(const std::string &text)
{
    std::string command = trimmed(text);
    if (command.size() > 1 && command[0] == '$' && is_blank(command[1]))
        command = trimmed(command.substr(1));
    return command;
}

} // namespace

void Session::push_frame(size_t record, bool in_else)
{
    if (level().frames.size() >= IF_MAX)
        throw Failure(CLI$_INVIFNEST);
    level().frames.push_back(IfFrame{record, in_else});
}

/* Over lines until the ENDIF of the block, or its ELSE: then *command is what stands behind it.
   depth: blocks already opened within it. */
bool Session::skip_block(bool want_else, unsigned depth, std::string *command)
{
    while (const LogicalLine *line = fetch_line()) {
        if (line->verb == "IF") {
            depth += opens_block(line->text, line->command + 2);
        } else if (line->verb == "THEN") {
            depth += rest_opens(*line);
        } else if (line->verb == "ELSE") {
            if (depth == 0 && want_else) {
                push_frame(level().current, true);
                *command = prepare(*line, skip_blanks(line->text, line->command + 4));
                return true;
            }
            depth += rest_opens(*line);
        } else if (line->verb == "ENDI" && depth-- == 0) {
            return false;
        }
        if (level().procedure)
            level().next = level().procedure->behind(*line);
    }
    return false;
}

/* Commands that direct the flow of blocks; true: done, *command is what is left to execute. */
bool Session::structural(const LogicalLine &line, std::string *command)
{
    Level &at = level();
    command->clear();
    if (at.pending != Level::NONE && !line.verb.empty()) {
        Level::Pending pending = at.pending;
        at.pending = Level::NONE;
        if (line.verb == "THEN" && pending == Level::WAIT_THEN_FALSE) {
            skip_block(true, rest_opens(line), command);
            return true;
        }
        if (line.verb == "THEN") {
            push_frame(at.pending_record, false);
            *command = prepare(line, skip_blanks(line.text, line.command + 4));
            return true;
        }
        throw Failure(CLI$_NOTHEN);
    }
    if (line.verb == "ELSE" && !at.frames.empty() && !at.frames.back().in_else) {
        at.frames.pop_back();
        skip_block(false, rest_opens(line), command);
        return true;
    }
    return false;
}

void Session::if_command(const std::string &rest)
{
    keep_status();
    Expression expression(*this, rest);
    bool truth = expression.evaluate().truth();
    bool end = expression.at_end();
    size_t at = expression.at();
    if (!end && !is_then(rest, at))
        throw Failure(CLI$_NOTHEN);
    std::string action = end ? std::string() : command_text(rest.substr(at + 4));
    if (end) {
        level().pending = truth ? Level::WAIT_THEN_TRUE : Level::WAIT_THEN_FALSE;
        level().pending_record = level().current;
    } else if (action.empty() && truth) {
        push_frame(level().current, false);
    } else if (action.empty()) {
        std::string command;
        if (skip_block(true, 0, &command) && !command.empty())
            run_command(command);
    } else if (truth) {
        keeps_status_ = false;
        run_command(action);
    } else if (verb_of(action, 0) == "IF" && opens_block(action, 2)) {
        std::string command; /* IF a THEN IF b, with a block below */
        skip_block(false, 0, &command);
    }
}

/* Reached without an IF before it. */
void Session::then_command(const std::string &)
{
    throw Failure(CLI$_INVIFNEST);
}

void Session::else_command(const std::string &)
{
    throw Failure(CLI$_INVIFNEST);
}

void Session::endif_command(const std::string &)
{
    if (level().frames.empty())
        throw Failure(CLI$_INVIFNEST);
    level().frames.pop_back();
    keep_status();
}

} // namespace dcl
} // namespace shim
