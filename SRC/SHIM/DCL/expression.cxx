/*
**  expression - DCL expressions
**
**  + and - work on strings when both operands are strings, else on integers.  .EQ. and its kin
**  compare integers, .EQS. and its kin strings.  Logical operators work on all 32 bits.  Division
**  by zero gives the dividend, as the DIVL3 instruction did.
*/
#include "expression.h"

#include "lexical.h"
#include "session.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

const unsigned NESTING_MAX = 200;

enum Operator {
    OP_NONE, OP_OR, OP_AND, OP_NOT, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE,
    OP_EQS, OP_NES, OP_LTS, OP_LES, OP_GTS, OP_GES, OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE
};
struct OperatorRow {
    const char *name;
    Operator code;
    int level;
};
const int LEVEL_NOT = 3;
const OperatorRow operators[] = {
    {"OR", OP_OR, 1},   {"AND", OP_AND, 2}, {"NOT", OP_NOT, LEVEL_NOT}, {"EQ", OP_EQ, 4},
    {"NE", OP_NE, 4},   {"LT", OP_LT, 4},   {"LE", OP_LE, 4},           {"GT", OP_GT, 4},
    {"GE", OP_GE, 4},   {"EQS", OP_EQS, 4}, {"NES", OP_NES, 4},         {"LTS", OP_LTS, 4},
    {"LES", OP_LES, 4}, {"GTS", OP_GTS, 4}, {"GES", OP_GES, 4},
};

int level_of(Operator code)
{
    if (code == OP_ADD || code == OP_SUBTRACT)
        return 5;
    if (code == OP_MULTIPLY || code == OP_DIVIDE)
        return 6;
    for (const OperatorRow &row : operators)
        if (row.code == code)
            return row.level;
    return 0;
}

int32_t wrap(uint32_t value)
{
    return static_cast<int32_t>(value);
}

int32_t divide(int32_t a, int32_t b)
{
    if (b == 0)
        return a;
    return b == -1 ? wrap(0u - static_cast<uint32_t>(a)) : a / b;
}

/* The first occurrence of b is taken out of a. */
std::string reduce(const std::string &a, const std::string &b)
{
    size_t at = b.empty() ? std::string::npos : a.find(b);
    return at == std::string::npos ? a : a.substr(0, at) + a.substr(at + b.size());
}

bool compare_strings(Operator code, const std::string &a, const std::string &b)
{
    int order = a.compare(b); /* as unsigned characters */
    switch (code) {
    case OP_EQS: return order == 0;
    case OP_NES: return order != 0;
    case OP_LTS: return order < 0;
    case OP_LES: return order <= 0;
    case OP_GTS: return order > 0;
    default: return order >= 0;
    }
}

Value apply(Operator code, const Value &a, const Value &b)
{
    if (code >= OP_EQS && code <= OP_GES)
        return Value(static_cast<int32_t>(compare_strings(code, a.text(), b.text())));
    bool strings = !a.is_integer() && !b.is_integer();
    if (code == OP_ADD && strings) {
        std::string sum = a.text() + b.text();
        if (sum.size() > SYMBOL_VALUE_MAX)
            throw Failure(CLI$_RSLOVF);
        return Value(sum);
    }
    if (code == OP_SUBTRACT && strings)
        return Value(reduce(a.text(), b.text()));
    int32_t x = a.integer(), y = b.integer();
    uint32_t ux = static_cast<uint32_t>(x), uy = static_cast<uint32_t>(y);
    switch (code) {
    case OP_ADD: return Value(wrap(ux + uy));
    case OP_SUBTRACT: return Value(wrap(ux - uy));
    case OP_MULTIPLY: return Value(wrap(ux * uy));
    case OP_DIVIDE: return Value(divide(x, y));
    case OP_OR: return Value(wrap(ux | uy));
    case OP_AND: return Value(wrap(ux & uy));
    case OP_EQ: return Value(static_cast<int32_t>(x == y));
    case OP_NE: return Value(static_cast<int32_t>(x != y));
    case OP_LT: return Value(static_cast<int32_t>(x < y));
    case OP_LE: return Value(static_cast<int32_t>(x <= y));
    case OP_GT: return Value(static_cast<int32_t>(x > y));
    default: return Value(static_cast<int32_t>(x >= y));
    }
}

} // namespace

std::string read_quoted(const std::string &text, size_t *at)
{
    std::string value;
    for (++*at; *at < text.size(); ++*at) {
        if (text[*at] != '"') {
            value += text[*at];
        } else if (*at + 1 < text.size() && text[*at + 1] == '"') {
            value += '"';
            ++*at;
        } else {
            ++*at;
            break;
        }
    }
    return value;
}

std::string Expression::word_at(size_t at) const
{
    size_t end = at;
    while (end < text_.size() && is_symbol_character(text_[end]))
        ++end;
    return end > at ? text_.substr(at, end - at) : text_.substr(at, 1);
}

bool Expression::take(char c)
{
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size() || text_[at_] != c)
        return false;
    ++at_;
    return true;
}

bool Expression::at_end()
{
    at_ = skip_blanks(text_, at_);
    return at_ >= text_.size() || text_[at_] == '!';
}

std::string Expression::raw_name()
{
    at_ = skip_blanks(text_, at_);
    size_t begin = at_;
    while (at_ < text_.size() && is_symbol_character(text_[at_]))
        ++at_;
    return upper(text_.substr(begin, at_ - begin));
}

Value Expression::evaluate_all()
{
    Value value = evaluate();
    if (!at_end())
        throw Failure(CLI$_EXPSYN, upper(word_at(at_)));
    return value;
}

/* Its code, OP_NONE when none stands here.  *end is behind it. */
int Expression::operator_here(std::string *name, size_t *end)
{
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size())
        return OP_NONE;
    *end = at_ + 1;
    switch (text_[at_]) {
    case '+': return OP_ADD;
    case '-': return OP_SUBTRACT;
    case '*': return OP_MULTIPLY;
    case '/': return OP_DIVIDE;
    case '.': break;
    default: return OP_NONE;
    }
    size_t stop = at_ + 1;
    while (stop < text_.size() && is_symbol_start(text_[stop]))
        ++stop;
    *name = upper(text_.substr(at_ + 1, stop - at_ - 1));
    bool closed = stop < text_.size() && text_[stop] == '.';
    *end = stop + closed;
    for (const OperatorRow &row : operators)
        if (closed && *name == row.name)
            return row.code;
    throw Failure(CLI$_IVOPER, "." + *name + (closed ? "." : ""));
}

Value Expression::binary(int level)
{
    std::string name;
    size_t end;
    if (level == LEVEL_NOT) {
        at_ = skip_blanks(text_, at_);
        if (at_ < text_.size() && text_[at_] == '.' && operator_here(&name, &end) == OP_NOT) {
            at_ = end;
            if (++depth_ > NESTING_MAX)
                throw Failure(CLI$_COMPLX);
            Value operand = binary(LEVEL_NOT);
            --depth_;
            return Value(~operand.integer());
        }
        return binary(level + 1);
    }
    if (level > 6)
        return operand();
    Value left = binary(level + 1);
    for (;;) {
        Operator code = static_cast<Operator>(operator_here(&name, &end));
        if (code == OP_NONE || level_of(code) != level)
            return left;
        at_ = end;
        Value right = binary(level + 1);
        left = apply(code, left, right);
    }
}

Value Expression::operand()
{
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size()) {
        std::string whole = trimmed(text_);
        throw Failure(CLI$_EXPSYN, whole.empty() ? whole : upper(whole.substr(whole.size() - 1)));
    }
    char c = text_[at_];
    if (c == '"')
        return quoted();
    if (is_digit(c))
        return number();
    if (c == '%')
        return radix_number();
    if (c == '&')
        return indirect();
    if (is_symbol_start(c))
        return named();
    if (++depth_ > NESTING_MAX)
        throw Failure(CLI$_COMPLX);
    Value value;
    if (c == '(') {
        ++at_;
        value = binary(1);
        if (!take(')'))
            throw Failure(CLI$_EXPSYN, at_ < text_.size() ? upper(word_at(at_)) : "");
    } else if (c == '-' || c == '+') {
        ++at_;
        int32_t integer = operand().integer();
        value = Value(c == '-' ? wrap(0u - static_cast<uint32_t>(integer)) : integer);
    } else if (c == '.') {
        std::string name;
        size_t end;
        if (operator_here(&name, &end) != OP_NOT)
            throw Failure(CLI$_EXPSYN, "." + name + ".");
        at_ = end;
        value = Value(~binary(LEVEL_NOT).integer());
    } else {
        throw Failure(CLI$_EXPSYN, std::string(1, c));
    }
    --depth_;
    return value;
}

Value Expression::number()
{
    std::string word = word_at(at_);
    int32_t integer;
    if (!read_integer(word, &integer))
        throw Failure(CLI$_IVCHAR, upper(word));
    at_ += word.size();
    return Value(integer);
}

Value Expression::radix_number()
{
    std::string word = "%";
    if (at_ + 1 < text_.size() && is_symbol_character(text_[at_ + 1]))
        word += word_at(at_ + 1);
    int32_t integer;
    if (!read_integer(word, &integer))
        throw Failure(CLI$_IVCHAR, upper(word));
    at_ += word.size();
    return Value(integer);
}

Value Expression::quoted()
{
    return Value(read_quoted(text_, &at_));
}

Value Expression::named()
{
    size_t begin = at_;
    std::string name = raw_name();
    if (name.compare(0, 2, "F$") == 0 && skip_blanks(text_, at_) < text_.size() &&
        text_[skip_blanks(text_, at_)] == '(')
        return call_lexical(session_, name, *this);
    const Symbol *symbol = session_.find_symbol(name);
    if (!symbol) {
        at_ = begin;
        throw Failure(CLI$_UNDSYM, name);
    }
    return symbol->value;
}

/* &name: the symbol that name's value names, when it names one; else the value itself. */
Value Expression::indirect()
{
    ++at_;
    std::string name = raw_name();
    const Symbol *symbol = session_.find_symbol(name);
    if (!symbol)
        throw Failure(CLI$_UNDSYM, name);
    Expression inner(session_, symbol->value.text());
    inner.depth_ = depth_ + 1;
    if (inner.depth_ > NESTING_MAX)
        throw Failure(CLI$_COMPLX);
    return inner.evaluate_all();
}

} // namespace dcl
} // namespace shim
