/*
**  command_values - the built-in types: their texts on a command line and what they become
**
**  DCL Dictionary, "Date and Time formats"; Command Definition manual, 1.4.2.
*/
#ifndef SHIM_CLI_COMMAND_VALUES_H
#define SHIM_CLI_COMMAND_VALUES_H

#include "command_parser.h"

namespace shim {
namespace cli {

std::string upcase(const std::string &text);
inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}
/* A-Z a-z 0-9 $ _ */
bool name_letter(char c);

/*
**  An absolute or combination time: [dd-mmm-yyyy][:hh:mm:ss.cc], TODAY, TOMORROW, YESTERDAY, with
**  +delta or -delta behind it or alone.  Omitted fields of the date are today's, of the time 0.
*/
bool absolute_time(const std::string &text, uint64_t now, uint64_t *time);
/* [dddd-][hh:mm:ss.cc]; *time is negative, as VMS writes deltas. */
bool delta_time(const std::string &text, int64_t *time);
/* Decimal, %X, %O or %D, with a sign; 32 bits. */
bool number_value(const std::string &text, int32_t *value);

/* One value of a line, without its quotes when they enclosed it. */
struct ScannedValue {
    std::string text; /* upper case outside quotes */
    bool quoted = false;
};

/* What ends an unquoted value, beside blanks, commas, slashes and the end of the line. */
struct Delimiters {
    bool plus = false, equals = true, parenthesis = true;
};
/*
**  Scans from line[*at].  False: CLI$_DIRECT (unbalanced directory), CLI$_TKNOVF.  An empty value
**  is no error here.
*/
bool scan_value(const std::string &line, size_t *at, ValueType type, const Delimiters &ends,
                ScannedValue *value, CommandError *error);
/* A text in parentheses, which it keeps.  CLI$_NOPAREN. */
bool scan_parenthesized(const std::string &line, size_t *at, ScannedValue *value,
                        CommandError *error);
/* Blanks become one, letters upper case, outside quotes. */
std::string compress(const std::string &text);

/* Checks a value of a built-in type and turns it into what CLI$GET_VALUE gives. */
bool convert_value(ValueType type, const ScannedValue &value, std::string *text,
                   CommandError *error);

} // namespace cli
} // namespace shim

#endif
