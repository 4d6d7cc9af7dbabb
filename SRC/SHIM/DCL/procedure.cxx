/*
**  procedure - records to logical lines
*/
#include "procedure.h"

#include "value.h"

namespace shim {
namespace dcl {

size_t behind_parenthesis(const std::string &text, size_t at)
{
    bool quoted = false;
    int depth = 0;
    for (; at < text.size(); ++at) {
        if (text[at] == '"')
            quoted = !quoted;
        else if (!quoted && text[at] == '(')
            ++depth;
        else if (!quoted && text[at] == ')' && --depth == 0)
            return at + 1;
    }
    return text.size();
}

void QuoteScan::step()
{
    if ((*text_)[at_] == '"')
        quoted_ = !quoted_;
    else if (quoted_ && text_->compare(at_, 2, "''") == 0)
        skip_lexical();
    ++at_;
}

/* Quotes and exclamation marks among the arguments are not the string's. */
void QuoteScan::skip_lexical()
{
    const std::string &text = *text_;
    size_t end = at_ + 2;
    if (upper(text.substr(end, 2)) != "F$")
        return;
    while (end < text.size() && is_symbol_character(text[end]))
        ++end;
    end = skip_blanks(text, end);
    if (end < text.size() && text[end] == '(')
        at_ = behind_parenthesis(text, end) - 1;
}

size_t comment_at(const std::string &text)
{
    QuoteScan scan(text);
    for (; scan.at() < text.size(); scan.step())
        if (text[scan.at()] == '!' && !scan.quoted())
            return scan.at();
    return text.size();
}

bool add_record(const std::string &record, LogicalLine *line)
{
    bool first = line->tails.empty();
    bool dollar = !record.empty() && record[0] == '$';
    if (first)
        line->is_command = dollar;
    else
        line->joins.push_back(line->text.size());
    std::string text = dollar ? record.substr(1) : record;
    size_t end = comment_at(text);
    while (end > 0 && is_blank(text[end - 1]))
        --end;
    QuoteScan scan(text);
    while (scan.at() < end)
        scan.step();
    bool more = end > 0 && text[end - 1] == '-' && !scan.quoted();
    if (more)
        --end;
    line->text += text.substr(0, end);
    line->tails.push_back(text.substr(end));
    return more;
}

bool label_of(const std::string &text, std::string *label, size_t *after)
{
    size_t begin = skip_blanks(text, 0), end = begin;
    while (end < text.size() && is_symbol_character(text[end]))
        ++end;
    size_t colon = skip_blanks(text, end);
    if (end == begin || colon >= text.size() || text[colon] != ':' ||
        (colon + 1 < text.size() && (text[colon + 1] == '=' || text[colon + 1] == ':')))
        return false;
    *label = upper(text.substr(begin, end - begin));
    *after = colon + 1;
    return true;
}

std::string verb_of(const std::string &text, size_t at)
{
    std::string verb;
    for (at = skip_blanks(text, at); at < text.size() && verb.size() < 4; ++at) {
        if (!is_symbol_character(text[at]))
            break;
        verb += text[at];
    }
    return upper(verb);
}

void skim(LogicalLine *line)
{
    line->label.clear();
    line->command = 0;
    if (!line->is_command)
        return;
    label_of(line->text, &line->label, &line->command);
    line->command = skip_blanks(line->text, line->command);
    line->verb = verb_of(line->text, line->command);
}

bool opens_block(const std::string &text, size_t at)
{
    for (QuoteScan scan(text, at); scan.at() < text.size(); scan.step()) {
        size_t i = scan.at();
        if (scan.quoted() || is_symbol_character(text[i - (i > at)]) ||
            upper(text.substr(i, 4)) != "THEN" ||
            (i + 4 < text.size() && is_symbol_character(text[i + 4])))
            continue;
        size_t rest = skip_blanks(text, i + 4);
        if (rest >= text.size())
            return true;
        return verb_of(text, rest) == "IF" && opens_block(text, rest + 2);
    }
    return true;
}

std::string deck_end(const std::string &text, size_t at)
{
    size_t slash = text.find('/', at);
    size_t equals = slash == std::string::npos ? slash : text.find_first_of("=:", slash);
    if (equals == std::string::npos)
        return "$EOD";
    size_t begin = skip_blanks(text, equals + 1);
    if (begin < text.size() && text[begin] == '"')
        return text.substr(begin + 1, text.find('"', begin + 1) - begin - 1);
    return upper(trimmed(text.substr(begin)));
}

bool ends_deck(const std::string &record, const std::string &end)
{
    if (end != "$EOD")
        return record.compare(0, end.size(), end) == 0;
    return !record.empty() && record[0] == '$' && verb_of(record, 1) == "EOD";
}

size_t Procedure::behind(const LogicalLine &line) const
{
    if (line.verb != "DECK")
        return line.next;
    std::string end = deck_end(line.text, line.command);
    size_t at = line.next;
    while (at < records_.size() && !ends_deck(records_[at], end))
        ++at;
    return at < records_.size() ? at + 1 : at;
}

Procedure::Procedure(const std::string &spec, std::vector<std::string> records)
    : spec_(spec), records_(std::move(records)), lines_(records_.size()), surveyed_(false)
{
    for (LogicalLine &line : lines_)
        line.next = 0;
}

const LogicalLine &Procedure::line(size_t index)
{
    LogicalLine &line = lines_[index];
    if (line.next)
        return line;
    line.first = index;
    size_t at = index;
    bool more = add_record(records_[at++], &line);
    while (more && line.is_command && at < records_.size())
        more = add_record(records_[at++], &line);
    line.next = at;
    skim(&line);
    return line;
}

void Procedure::survey()
{
    if (surveyed_)
        return;
    surveyed_ = true;
    std::string label;
    int open = -1;
    for (size_t at = 0; at < records_.size();) {
        const LogicalLine &now = line(at);
        if (!now.label.empty())
            label = now.label;
        if (now.verb == "SUBR") {
            subroutines_.push_back(Subroutine{label, at, records_.size(), open});
            open = static_cast<int>(subroutines_.size()) - 1;
        } else if (now.verb == "ENDS" && open >= 0) {
            subroutines_[static_cast<size_t>(open)].end = now.next;
            open = subroutines_[static_cast<size_t>(open)].parent;
        }
        if (!now.verb.empty())
            label.clear();
        at = behind(now);
    }
}

int Procedure::enclosing(size_t record) const
{
    int found = -1;
    for (size_t i = 0; i < subroutines_.size(); ++i)
        if (subroutines_[i].begin <= record && record < subroutines_[i].end)
            found = static_cast<int>(i); /* inner ones come later */
    return found;
}

size_t Procedure::subroutine(const std::string &label, size_t from)
{
    survey();
    for (int scope = enclosing(from);; scope = subroutines_[static_cast<size_t>(scope)].parent) {
        for (const Subroutine &each : subroutines_)
            if (each.label == label && each.parent == scope)
                return lines_[each.begin].next;
        if (scope < 0)
            return std::string::npos;
    }
}

size_t Procedure::subroutine_end(size_t at)
{
    survey();
    for (const Subroutine &each : subroutines_)
        if (each.begin == at)
            return each.end;
    return records_.size();
}

} // namespace dcl
} // namespace shim
