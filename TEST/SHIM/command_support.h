/*
**  command_support - tables and commands that go with the test of the room CLI
*/
#ifndef TEST_COMMAND_SUPPORT_H
#define TEST_COMMAND_SUPPORT_H

#include "CLI/command_parser.h"

#include <cppunit/extensions/HelperMacros.h>

/* Compiles a .CLD that has no mistakes. */
inline shim::cli::Table table_of(const std::string &cld)
{
    shim::cli::Table table;
    std::vector<shim::cli::TableError> errors;
    bool good = shim::cli::compile_cld(cld, "TEST.CLD", &table, &errors);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(good ? "" : error_line(errors[0]), true, good);
    return table;
}

/* "FILE line n: text" of every mistake, a line each. */
inline std::string errors_of(const std::string &cld)
{
    shim::cli::Table table;
    std::vector<shim::cli::TableError> errors;
    shim::cli::compile_cld(cld, "T.CLD", &table, &errors);
    std::string text;
    for (const shim::cli::TableError &e : errors)
        text += error_line(e) + "\n";
    return text;
}

/* Values as "A,B+C", keyword values in parentheses, negated ones with NO. */
inline std::string show(const std::vector<shim::cli::ParsedValue> &values)
{
    std::string text;
    for (const shim::cli::ParsedValue &v : values) {
        text += v.keyword.empty() ? v.text : (v.negated ? "NO" : "") + v.keyword;
        if (!v.values.empty())
            text += "=(" + show(v.values) + ")";
        if (v.delimiter)
            text += v.delimiter;
    }
    return text;
}

/* The command, or its error: "IVVERB \FOO\" as DCL's two lines, joined by "|". */
inline std::string parse_error(const shim::cli::Table &table, const std::string &line,
                               shim::cli::Parsed *parsed,
                               const shim::cli::ParseContext &context = shim::cli::ParseContext())
{
    shim::cli::CommandError error;
    if (parse(table, line, context, parsed, &error))
        return std::string();
    std::string text;
    for (const std::string &l : error_lines(error, "DCL"))
        text += (text.empty() ? "" : "|") + l;
    return text;
}

inline shim::cli::Parsed parsed_of(const shim::cli::Table &table, const std::string &line)
{
    shim::cli::Parsed parsed;
    std::string error = parse_error(table, line, &parsed);
    CPPUNIT_ASSERT_EQUAL_MESSAGE(line, std::string(), error);
    return parsed;
}

#endif
