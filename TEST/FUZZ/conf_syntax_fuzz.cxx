/*  conf_syntax: TCPIP$SMTP.CONF, and what its values become
**
**  No line of the file may get lost without a word: every field or problem has a line of the file,
**  no value is longer than the limit, and every value that params takes prints and parses alike.
*/
#include "CORE/conf_syntax.h"
#include "CORE/params.h"
#include "fuzz.h"

using namespace mail;

static bool is_list(const std::string &field)
{
    ParamId id = param_find_field(field);
    return id != P_COUNT && param_row(id).type == PARAM_LIST;
}

static size_t lines_of(const std::string &text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.size(); ++i)
        lines += text[i] == '\n';
    return lines;
}

static void check_field(const ConfField &field, size_t lines)
{
    FUZZ_ASSERT(field.line >= 1 && field.line <= lines && !field.name.empty());
    FUZZ_ASSERT(field.value.size() <= (field.is_list ? size_t(CONF_FIELD_MAX)
                                                     : size_t(CONF_VALUE_MAX)));
    ParamId id = param_find_field(field.name);
    FUZZ_ASSERT(field.is_list == is_list(field.name));
    for (size_t i = 0; i < field.items.size(); ++i)
        FUZZ_ASSERT(field.items[i].line >= field.line && field.items[i].line <= lines &&
                    !field.items[i].text.empty());
    ParamValue value, again;
    if (id == P_COUNT || !param_parse(id, field.value, &value, 0))
        return;
    FUZZ_ASSERT(param_parse(id, value.text, &again, 0));
    FUZZ_ASSERT(value.number == again.number && value.flag == again.flag &&
                value.items == again.items);
    const ParamRow &row = param_row(id);
    if (value.defined && (row.type == PARAM_COUNT || row.type == PARAM_INTERVAL))
        FUZZ_ASSERT(value.number >= row.least && value.number <= row.most);
    for (size_t i = 0; i < value.items.size(); ++i)
        FUZZ_ASSERT(param_item_reason(id, value.items[i]) == 0);
}

FUZZ(text)
{
    std::vector<ConfField> fields;
    std::vector<ConfProblem> problems;
    conf_parse(text, is_list, &fields, &problems);
    size_t lines = lines_of(text);
    for (size_t i = 0; i < fields.size(); ++i)
        check_field(fields[i], lines);
    FUZZ_ASSERT(problems.size() <= CONF_PROBLEMS_MAX);
    for (size_t i = 0; i < problems.size(); ++i)
        FUZZ_ASSERT(problems[i].line >= 1 && problems[i].line <= lines);
}
