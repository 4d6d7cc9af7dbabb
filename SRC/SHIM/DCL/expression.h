/*
**  expression - DCL expressions, evaluated as they are read
**
**  Precedence: * / 6, + - 5, comparisons 4, .NOT. 3, .AND. 2, .OR. 1; equal ones from left to
**  right.  The expression ends where no operator follows; at() tells where.  Throws Failure:
**  CLI$_UNDSYM, CLI$_EXPSYN, CLI$_IVOPER, CLI$_IVCHAR, what lexical functions say.
*/
#ifndef SHIM_DCL_EXPRESSION_H
#define SHIM_DCL_EXPRESSION_H

#include "value.h"

namespace shim {
namespace dcl {

class Session;

class Expression {
public:
    Expression(Session &session, const std::string &text, size_t at = 0)
        : session_(session), text_(text), at_(at), depth_(0)
    {
    }
    /* What stands at at(); the rest is the caller's. */
    Value evaluate() { return binary(1); }
    /* All of the text: CLI$_EXPSYN when something is left over. */
    Value evaluate_all();
    size_t at() const { return at_; }
    /* A name that is not to be evaluated, upper case; empty: none there. */
    std::string raw_name();
    /* Skips blanks; true and past it when the character comes next. */
    bool take(char c);
    bool at_end();

private:
    Session &session_;
    const std::string text_;
    size_t at_;
    unsigned depth_;

    Value binary(int level);
    Value operand();
    Value number();
    Value radix_number();
    Value quoted();
    Value named();
    Value indirect();
    int operator_here(std::string *name, size_t *end);
    std::string word_at(size_t at) const;
};

/* "string" with doubled quotes undone; *at is moved behind the closing quote. */
std::string read_quoted(const std::string &text, size_t *at);

} // namespace dcl
} // namespace shim

#endif
