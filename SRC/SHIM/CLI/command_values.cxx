#include "command_values.h"

#include "shim.h"
#include "system_text.h"

#include <cctype>
#include <climsgdef.h>
#include <cstring>

namespace shim {
namespace cli {

namespace {

const int64_t ticks_per_second = 10000000;
const int64_t ticks_per_day = 86400 * ticks_per_second;
const uint16_t max_delta_days = 9999;
const char month_names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool fail(CommandError *error, uint32_t condition, const std::string &text)
{
    error->condition = condition;
    error->text = text;
    return false;
}

/* Takes a time apart; a field that is not written keeps its value. */
struct TimeText {
    const std::string &text;
    size_t at;

    bool end() const { return at >= text.size(); }
    bool take(char c)
    {
        if (end() || text[at] != c)
            return false;
        at++;
        return true;
    }
    /* False: more than `most` digits. */
    bool number(uint16_t *value, size_t most)
    {
        size_t start = at;
        unsigned v = 0;
        while (!end() && digit(text[at]) && at - start <= most)
            v = v * 10 + static_cast<unsigned>(text[at++] - '0');
        if (at > start)
            *value = static_cast<uint16_t>(v);
        return at - start <= most;
    }
    bool month(uint16_t *value)
    {
        if (end() || !isalpha(static_cast<unsigned char>(text[at])))
            return true;
        for (uint16_t m = 0; m < 12; m++)
            if (text.compare(at, 3, month_names + 3 * m, 3) == 0) {
                *value = m + 1;
                at += 3;
                return true;
            }
        return false;
    }
    /* hh:mm:ss.cc, cut anywhere */
    bool clock(uint16_t v[7])
    {
        if (!number(&v[3], 2) || (take(':') && !number(&v[4], 2)) ||
            (take(':') && !number(&v[5], 2)))
            return false;
        size_t start = at + 1;
        if (take('.') && !number(&v[6], 2))
            return false;
        if (start <= at && at - start == 1 && text[start - 1] == '.')
            v[6] = static_cast<uint16_t>(v[6] * 10);
        return end() && v[3] < 24 && v[4] < 60 && v[5] < 60 && v[6] < 100;
    }
};

int64_t clock_ticks(const uint16_t v[7])
{
    return ((v[3] * 60 + v[4]) * 60 + v[5]) * ticks_per_second + v[6] * (ticks_per_second / 100);
}

bool plain_absolute(const std::string &text, uint64_t now, uint64_t *time)
{
    uint64_t midnight = now - now % static_cast<uint64_t>(ticks_per_day);
    if (text == "TODAY" || text == "YESTERDAY" || text == "TOMORROW") {
        *time = midnight;
        if (text != "TODAY")
            *time += static_cast<uint64_t>(text == "TOMORROW" ? ticks_per_day : -ticks_per_day);
        return true;
    }
    uint16_t v[7];
    split_time(static_cast<int64_t>(midnight), v);
    TimeText scan = {text, 0};
    size_t hyphen = text.find('-'), colon = text.find(':');
    if (hyphen != std::string::npos && (colon == std::string::npos || hyphen < colon)) {
        if (!scan.number(&v[2], 2) || !scan.take('-') || !scan.month(&v[1]))
            return false;
        if (scan.take('-') && !scan.number(&v[0], 4))
            return false;
        if (!scan.end() && !scan.take(':') && !scan.take(' '))
            return false;
        while (scan.take(' '))
            ;
    }
    int64_t joined;
    if (text.empty() || !scan.clock(v) || !join_time(v, &joined))
        return false;
    *time = static_cast<uint64_t>(joined);
    return true;
}

/* Where quotes end: behind the closing one, or at the end of the line. */
size_t quoted_end(const std::string &line, size_t at)
{
    for (at++; at < line.size(); at++)
        if (line[at] == '"') {
            if (at + 1 >= line.size() || line[at + 1] != '"')
                return at + 1;
            at++;
        }
    return line.size();
}

std::string unquote(const std::string &text)
{
    std::string out;
    for (size_t i = 1; i < text.size(); i++) {
        if (text[i] == '"') {
            if (i + 1 >= text.size() || text[i + 1] != '"')
                break;
            i++;
        }
        out += text[i];
    }
    return out;
}

bool ends_value(char c, const Delimiters &ends)
{
    return is_blank(c) || c == ',' || c == '/' || (c == '+' && ends.plus) ||
           (c == '=' && ends.equals) || ((c == '(' || c == ')') && ends.parenthesis);
}

bool bounded(const std::string &text, CommandError *error)
{
    return text.size() <= max_element || fail(error, CLI$_TKNOVF, text.substr(0, 80));
}

/* A file's name as the parser sees it; RMS judges the rest when it is used. */
bool file_value(const std::string &text, CommandError *error)
{
    for (char c : text)
        if (static_cast<unsigned char>(c) < ' ')
            return fail(error, CLI$_NULFIL, text);
    return true;
}

bool uic_value(const std::string &text, CommandError *error)
{
    bool brackets = text.size() > 2 && text[0] == '[' && text[text.size() - 1] == ']';
    size_t from = brackets ? 1 : 0, to = brackets ? text.size() - 1 : text.size();
    int commas = 0;
    bool good = from < to;
    for (size_t i = from; i < to; i++) {
        commas += text[i] == ',';
        good = good && (name_letter(text[i]) || (text[i] == ',' && i > from && i + 1 < to) ||
                        text[i] == '*');
    }
    if (!good || commas > (brackets ? 1 : 0))
        return fail(error, CLI$_INVUIC, text);
    return true;
}

} // namespace

std::string upcase(const std::string &text)
{
    std::string out = text;
    for (char &c : out)
        c = static_cast<char>(toupper(static_cast<unsigned char>(c)));
    return out;
}

bool name_letter(char c)
{
    return isalnum(static_cast<unsigned char>(c)) || c == '$' || c == '_';
}

bool delta_time(const std::string &given, int64_t *time)
{
    std::string text = given;
    uint16_t v[7] = {0, 0, 0, 0, 0, 0, 0};
    TimeText scan = {text, 0};
    size_t mark = text.find_first_of("- ");
    if (mark != std::string::npos) {
        if (!scan.number(&v[2], 4) || scan.at != mark)
            return false;
        scan.at = mark + 1;
        while (scan.take(' '))
            ;
    }
    if (text.empty() || !scan.clock(v) || v[2] > max_delta_days)
        return false;
    *time = -(v[2] * ticks_per_day + clock_ticks(v));
    return true;
}

bool absolute_time(const std::string &given, uint64_t now, uint64_t *time)
{
    std::string text = upcase(given);
    size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    if (first == std::string::npos)
        return false;
    text = text.substr(first, last - first + 1);
    int64_t delta;
    if (text[0] == '+' || text[0] == '-') {
        if (!delta_time(text.substr(1), &delta))
            return false;
        *time = text[0] == '+' ? now - delta : now + delta;
        return true;
    }
    if (plain_absolute(text, now, time))
        return true;
    /* a sign inside: the rightmost that leaves a time on both sides */
    for (size_t i = text.size(); i-- > 1;) {
        if ((text[i] == '+' || text[i] == '-') && delta_time(text.substr(i + 1), &delta) &&
            plain_absolute(text.substr(0, i), now, time)) {
            *time = text[i] == '+' ? *time - delta : *time + delta;
            return true;
        }
    }
    return false;
}

bool number_value(const std::string &given, int32_t *value)
{
    std::string text = upcase(given);
    bool minus = !text.empty() && text[0] == '-';
    size_t at = minus || (!text.empty() && text[0] == '+') ? 1 : 0;
    unsigned base = 10;
    if (at + 1 < text.size() && text[at] == '%') {
        char c = text[at + 1];
        base = c == 'X' ? 16 : c == 'O' ? 8 : c == 'D' ? 10 : 0;
        if (!base)
            return false;
        at += 2;
    }
    if (at >= text.size())
        return false;
    uint64_t total = 0;
    for (; at < text.size(); at++) {
        const char digits[] = "0123456789ABCDEF";
        const char *found = strchr(digits, text[at]);
        if (!found || static_cast<unsigned>(found - digits) >= base || total > UINT32_MAX)
            return false;
        total = total * base + static_cast<unsigned>(found - digits);
    }
    if (total > UINT32_MAX || (base == 10 && total > (minus ? 1u << 31 : (1u << 31) - 1)))
        return false;
    uint32_t bits = static_cast<uint32_t>(total);
    *value = static_cast<int32_t>(minus ? 0u - bits : bits);
    return true;
}

std::string compress(const std::string &text)
{
    std::string out;
    for (size_t at = 0; at < text.size();) {
        if (text[at] == '"') {
            size_t end = quoted_end(text, at);
            out += text.substr(at, end - at);
            at = end;
        } else if (is_blank(text[at])) {
            while (at < text.size() && is_blank(text[at]))
                at++;
            if (!out.empty() && at < text.size())
                out += ' ';
        } else {
            out += static_cast<char>(toupper(static_cast<unsigned char>(text[at++])));
        }
    }
    return out;
}

bool scan_value(const std::string &line, size_t *at, ValueType type, const Delimiters &ends,
                ScannedValue *value, CommandError *error)
{
    size_t start = *at, i = start;
    std::string text;
    char open = 0;
    while (i < line.size() && (open || !ends_value(line[i], ends))) {
        char c = line[i];
        if (c == '"') {
            size_t end = quoted_end(line, i);
            text += line.substr(i, end - i);
            i = end;
            continue;
        }
        if (c == '^' && i + 1 < line.size()) { /* an escaped character of an ODS-5 name */
            text += line.substr(i, 2);
            i += 2;
            continue;
        }
        if (open && is_blank(c))
            break;
        if (!open && (c == '[' || (c == '<' && type == TYPE_FILE)))
            open = c;
        else if (open && c == (open == '[' ? ']' : '>'))
            open = 0;
        text += static_cast<char>(toupper(static_cast<unsigned char>(c)));
        i++;
    }
    if (open)
        return fail(error, CLI$_DIRECT, text);
    if (!bounded(text, error))
        return false;
    *at = i;
    value->quoted = !text.empty() && text[0] == '"' && quoted_end(text, 0) == text.size();
    bool keep = type == TYPE_QUOTED_STRING || type == TYPE_ACL;
    value->text = value->quoted && !keep ? unquote(text) : text;
    return true;
}

bool scan_parenthesized(const std::string &line, size_t *at, ScannedValue *value,
                        CommandError *error)
{
    size_t start = *at, i = start;
    int depth = 0;
    while (i < line.size()) {
        char c = line[i];
        if (c == '"') {
            i = quoted_end(line, i);
            continue;
        }
        i++;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0)
            break;
    }
    std::string text = compress(line.substr(start, i - start));
    if (depth != 0)
        return fail(error, CLI$_NOPAREN, text);
    *at = i;
    value->text = text;
    return bounded(text, error);
}

bool convert_value(ValueType type, const ScannedValue &value, std::string *text,
                   CommandError *error)
{
    *text = value.text;
    int32_t number;
    uint64_t time;
    int64_t delta;
    switch (type) {
    case TYPE_NUMBER:
        if (!number_value(value.text, &number))
            return fail(error, CLI$_IVCHAR, value.text);
        *text = std::to_string(number);
        return true;
    case TYPE_DATETIME:
        if (!absolute_time(value.text, shim::now(), &time))
            return fail(error, CLI$_IVATIME, value.text);
        *text = time_text(static_cast<int64_t>(time));
        return true;
    case TYPE_DELTATIME:
        if (!delta_time(value.text, &delta))
            return fail(error, CLI$_IVDTIME, value.text);
        *text = time_text(delta);
        return true;
    case TYPE_FILE:
        return file_value(value.text, error);
    case TYPE_UIC:
        return uic_value(value.text, error);
    default:
        return true;
    }
}

} // namespace cli
} // namespace shim
