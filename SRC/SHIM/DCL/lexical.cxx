/*
**  lexical - finding a lexical function and its arguments
*/
#include "lexical.h"

#include "session.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

const unsigned ARGUMENTS_MAX = 20;

const LexicalRow *const tables[] = {lexical_text,    lexical_time,   lexical_files,
                                    lexical_names,   lexical_process, lexical_system,
                                    lexical_session, lexical_queue};

const LexicalRow *find_row(const std::string &name)
{
    const LexicalRow *found = nullptr;
    for (const LexicalRow *table : tables)
        for (const LexicalRow *row = table; row->name; ++row) {
            if (name == row->name)
                return row;
            if (std::string(row->name).compare(0, name.size(), name) != 0)
                continue;
            if (found)
                throw Failure(CLI$_ABFNAM, name);
            found = row;
        }
    if (!found)
        throw Failure(CLI$_IVFNAM, name);
    return found;
}

LexicalArguments read_arguments(const LexicalRow &row, Expression &at)
{
    LexicalArguments arguments;
    at.take('(');
    if (at.take(')'))
        return arguments;
    for (unsigned i = 0;; ++i) {
        if (i >= ARGUMENTS_MAX)
            throw Failure(CLI$_MAXPARM);
        if (at.take(',')) {
            arguments.add(false, Value());
            continue;
        }
        if (at.take(')')) { /* nothing behind the last comma */
            arguments.add(false, Value());
            return arguments;
        }
        if (at.at_end())
            throw Failure(CLI$_EXPSYN);
        bool name = i < 32 && row.names >> i & 1;
        std::string raw = name ? at.raw_name() : std::string();
        arguments.add(true, raw.empty() ? at.evaluate() : Value(raw));
        if (at.take(')'))
            return arguments;
        if (!at.take(','))
            throw Failure(CLI$_EXPSYN);
    }
}

} // namespace

Value call_lexical(Session &session, const std::string &name, Expression &at)
{
    const LexicalRow *row = find_row(name);
    LexicalArguments arguments = read_arguments(*row, at);
    if (arguments.size() > row->most)
        throw Failure(CLI$_MAXPARM, row->name);
    for (unsigned i = 0; i < row->least; ++i)
        if (!arguments.given(i))
            throw Failure(CLI$_ARGREQ, row->name);
    return row->routine(session, arguments);
}

int find_keyword(const std::string &word, const char *const *keywords)
{
    int found = -1;
    for (int i = 0; keywords[i]; ++i)
        if (word == keywords[i]) /* another one may begin with it */
            return i;
    for (int i = 0; keywords[i]; ++i) {
        std::string full = keywords[i];
        if (word.empty() || full.compare(0, word.size(), word) != 0)
            continue;
        if (found >= 0)
            throw Failure(CLI$_ABKEYW, word);
        found = i;
    }
    if (found < 0)
        throw Failure(CLI$_IVKEYW, word);
    return found;
}

std::vector<std::string> keyword_list(const std::string &text)
{
    std::vector<std::string> list;
    for (size_t at = 0; at <= text.size();) {
        size_t end = text.find(',', at);
        end = end == std::string::npos ? text.size() : end;
        list.push_back(upper(trimmed(text.substr(at, end - at))));
        at = end + 1;
    }
    return list;
}

Failure service_failure(uint32_t status)
{
    return Failure(status);
}

} // namespace dcl
} // namespace shim
