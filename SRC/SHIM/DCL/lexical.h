/*
**  lexical - lexical functions
**
**  A row of the table: name, arguments, which of them are names that are not evaluated, routine.
**  Names may be abbreviated where they stay unique.  DCL Dictionary, Lexical Functions.
*/
#ifndef SHIM_DCL_LEXICAL_H
#define SHIM_DCL_LEXICAL_H

#include "expression.h"
#include "failure.h"

#include <vector>

namespace shim {
namespace dcl {

class Session;

/* What stands between the parentheses. */
class LexicalArguments {
public:
    size_t size() const { return values_.size(); }
    bool given(size_t i) const { return i < values_.size() && given_[i]; }
    std::string text(size_t i) const { return given(i) ? values_[i].text() : std::string(); }
    /* Upper case, outer blanks gone: for keywords and item names. */
    std::string keyword(size_t i) const { return upper(trimmed(text(i))); }
    int32_t integer(size_t i) const { return given(i) ? values_[i].integer() : 0; }
    const Value &value(size_t i) const { return values_[i]; }
    void add(bool is_given, const Value &value)
    {
        given_.push_back(is_given);
        values_.push_back(value);
    }

private:
    std::vector<Value> values_;
    std::vector<bool> given_;
};

typedef Value (*LexicalRoutine)(Session &session, const LexicalArguments &arguments);

struct LexicalRow {
    const char *name; /* "F$CVTIME" */
    unsigned least, most;
    unsigned names;   /* bit i: argument i is a symbol name */
    LexicalRoutine routine;
};

/* The tables of lexical_*.cxx, each ended by a row without name. */
extern const LexicalRow lexical_text[], lexical_time[], lexical_files[], lexical_names[],
    lexical_process[], lexical_system[], lexical_session[], lexical_queue[];

/* name is what stands before the parenthesis, upper case; `at` stands at that parenthesis. */
Value call_lexical(Session &session, const std::string &name, Expression &at);

/* A keyword that may be cut as long as it is unique; throws CLI$_IVKEYW, CLI$_ABKEYW.  keywords
   ends with 0.  Its index. */
int find_keyword(const std::string &word, const char *const *keywords);
/* "A,B ,C": upper case, trimmed. */
std::vector<std::string> keyword_list(const std::string &text);
/* Of conditions that functions meet; facility and severity as they come. */
Failure service_failure(uint32_t status);

} // namespace dcl
} // namespace shim

#endif
