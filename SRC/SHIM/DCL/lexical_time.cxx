/*
**  lexical_time - F$TIME, F$CVTIME, F$DELTA_TIME
*/
#include "lexical.h"
#include "session.h"
#include "shim.h"
#include "system_text.h"

#include "CLI/command_values.h"

#include <climsgdef.h>
#include <cstdio>
#include <cstring>

namespace shim {
namespace dcl {

namespace {

const int64_t TICKS_PER_DAY = 864000000000;
const char *const MONTHS[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                              "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, HUNDREDTH };

Value f_time(Session &, const LexicalArguments &)
{
    return Value(time_text(static_cast<int64_t>(now())));
}

int day_of_year(const uint16_t parts[7])
{
    uint16_t first[7] = {parts[YEAR], 1, 1, 0, 0, 0, 0};
    uint16_t day[7] = {parts[YEAR], parts[MONTH], parts[DAY], 0, 0, 0, 0};
    int64_t a = 0, b = 0;
    join_time(first, &a);
    join_time(day, &b);
    return static_cast<int>((b - a) / TICKS_PER_DAY) + 1;
}

std::string weekday(int64_t time)
{
    static const char *const names[] = {"Wednesday", "Thursday", "Friday", "Saturday",
                                        "Sunday",    "Monday",   "Tuesday"};
    return names[time / TICKS_PER_DAY % 7]; /* 17-NOV-1858 was a Wednesday */
}

std::string printed(const char *format, int a, int b = 0, int c = 0)
{
    char text[40];
    snprintf(text, sizeof text, format, a, b, c);
    return text;
}

struct Broken {
    int64_t time;
    uint16_t parts[7];
    std::string format; /* COMPARISON, ABSOLUTE, DELTA */
};

std::string date_of(const Broken &at)
{
    if (at.format == "DELTA")
        return printed("%d", at.parts[DAY]);
    if (at.format == "ABSOLUTE")
        return printed("%d-", at.parts[DAY]) + MONTHS[at.parts[MONTH] - 1] +
               printed("-%d", at.parts[YEAR]);
    return printed("%04d-%02d-%02d", at.parts[YEAR], at.parts[MONTH], at.parts[DAY]);
}

std::string clock_of(const Broken &at)
{
    return printed("%02d:%02d:%02d", at.parts[HOUR], at.parts[MINUTE], at.parts[SECOND]) +
           printed(".%02d", at.parts[HUNDREDTH]);
}

std::string field_of(const Broken &at, int field)
{
    bool comparison = at.format == "COMPARISON";
    switch (field) {
    case 0: return date_of(at) + " " + clock_of(at);
    case 1: return date_of(at);
    case 2: return clock_of(at);
    case 3: return printed(comparison ? "%04d" : "%d", at.parts[YEAR]);
    case 4: return comparison ? printed("%02d", at.parts[MONTH]) : MONTHS[at.parts[MONTH] - 1];
    case 5: return printed(comparison ? "%02d" : "%d", at.parts[DAY]);
    case 6: return printed("%02d", at.parts[HOUR]);
    case 7: return printed("%02d", at.parts[MINUTE]);
    case 8: return printed("%02d", at.parts[SECOND]);
    case 9: return printed("%02d", at.parts[HUNDREDTH]);
    case 10: return weekday(at.time);
    case 11: return printed("%d", day_of_year(at.parts));
    case 12: return printed("%d", (day_of_year(at.parts) - 1) * 24 + at.parts[HOUR] + 1);
    case 13:
        return printed("%d", ((day_of_year(at.parts) - 1) * 24 + at.parts[HOUR]) * 60 +
                                 at.parts[MINUTE] + 1);
    case 14:
        return printed("%d", (((day_of_year(at.parts) - 1) * 24 + at.parts[HOUR]) * 60 +
                              at.parts[MINUTE]) * 60 + at.parts[SECOND] + 1);
    case 15: return printed("%d", at.parts[HOUR] * 60 + at.parts[MINUTE] + 1);
    default:
        return printed("%d", (at.parts[HOUR] * 60 + at.parts[MINUTE]) * 60 + at.parts[SECOND] + 1);
    }
}

/* An absolute, delta or combination time as DCL and $ASCTIM write them. */
int64_t input_time(const std::string &given, bool delta)
{
    std::string text = upper(trimmed(given));
    if (delta) {
        size_t blank = text.find(' ');
        if (blank != std::string::npos)
            text[blank] = '-';
        int64_t time;
        if (!cli::delta_time(text, &time))
            throw Failure(CLI$_IVDTIME, given);
        return time;
    }
    uint64_t time = now();
    if (!text.empty() && !cli::absolute_time(text, now(), &time))
        throw Failure(CLI$_IVATIME, given);
    return static_cast<int64_t>(time);
}

Value f_cvtime(Session &, const LexicalArguments &a)
{
    static const char *const formats[] = {"COMPARISON", "ABSOLUTE", "DELTA", nullptr};
    static const char *const fields[] = {
        "DATETIME",     "DATE",         "TIME",        "YEAR",       "MONTH",        "DAY",
        "HOUR",         "MINUTE",       "SECOND",      "HUNDREDTH",  "WEEKDAY",      "DAYOFYEAR",
        "HOUROFYEAR",   "MINUTEOFYEAR", "SECONDOFYEAR", "MINUTEOFDAY", "SECONDOFDAY", nullptr};
    Broken at;
    at.format = formats[a.keyword(1).empty() ? 0 : find_keyword(a.keyword(1), formats)];
    int field = a.keyword(2).empty() ? 0 : find_keyword(a.keyword(2), fields);
    bool delta = at.format == "DELTA";
    if (delta && (field == 3 || field == 4 || field >= 10))
        throw Failure(CLI$_IVKEYW, a.keyword(2));
    at.time = input_time(a.text(0), delta);
    split_time(at.time, at.parts);
    return Value(field_of(at, field));
}

Value f_delta_time(Session &, const LexicalArguments &a)
{
    static const char *const formats[] = {"ASCTIM", "DCL", nullptr};
    int format = a.keyword(2).empty() ? 0 : find_keyword(a.keyword(2), formats);
    int64_t difference = input_time(a.text(0), false) - input_time(a.text(1), false);
    if (difference > 0)
        throw Failure(CLI$_IVDTIME);
    if (difference == 0)
        difference = -1; /* a delta, of nothing */
    std::string text = time_text(difference);
    if (format == 1) {
        text = trimmed(text);
        text[text.find(' ')] = '-';
    }
    return Value(text);
}

} // namespace

const LexicalRow lexical_time[] = {
    {"F$TIME", 0, 0, 0, f_time},
    {"F$CVTIME", 0, 3, 0, f_cvtime},
    {"F$DELTA_TIME", 2, 3, 0, f_delta_time},
    {nullptr, 0, 0, 0, nullptr},
};

} // namespace dcl
} // namespace shim
