/*
**  substitution - phases 1 and 2 of symbol substitution
**
**  Phase 1, from left to right: 'name' outside quotes is replaced and scanned again from the first
**  character put in; ''name' inside quotes is replaced once.  The closing apostrophe may be missing
**  where another character ends the name.  name may be a lexical function, or &symbol, whose value
**  names the symbol.  What is undefined is nothing.  A comment is left alone.
**  Phase 2: &name at the head of an element becomes a quoted string, once.
**  OpenVMS User's Manual 12.12, 12.13.
*/
#include "expression.h"
#include "session.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

const size_t LINE_MAX_EXPANDED = 8192;
const unsigned REPLACEMENTS_MAX = 10000; /* 'x' whose value is 'x' would never end */

class PhaseOne {
public:
    PhaseOne(Session &session, const std::string &text, std::vector<size_t> *joins)
        : session_(session), text_(text), joins_(joins), at_(0), quoted_(false), replaced_(0)
    {
    }
    std::string run()
    {
        while (at_ < text_.size()) {
            char c = text_[at_];
            if (c == '"')
                quoted_ = !quoted_;
            else if (c == '!' && !quoted_)
                break;
            if (c != '\'' || (quoted_ && text_[at_ + 1] != '\''))
                ++at_;
            else
                replace();
        }
        if (text_.size() > LINE_MAX_EXPANDED)
            throw Failure(CLI$_BUFOVF);
        return text_;
    }

private:
    Session &session_;
    std::string text_;
    std::vector<size_t> *joins_;
    size_t at_;
    bool quoted_;
    unsigned replaced_;

    void replace()
    {
        size_t begin = at_ + (quoted_ ? 2 : 1), end = begin;
        bool indirect = begin < text_.size() && text_[begin] == '&';
        size_t name_at = begin + indirect;
        end = name_at;
        while (end < text_.size() && is_symbol_character(text_[end]))
            ++end;
        std::string name = upper(text_.substr(name_at, end - name_at)), value;
        if (name.compare(0, 2, "F$") == 0 && text_[skip_blanks(text_, end)] == '(')
            end = lexical(name_at, end, &value);
        else
            value = symbol_text(name, indirect);
        if (end < text_.size() && text_[end] == '\'')
            ++end;
        put(end, value);
    }

    size_t lexical(size_t name_at, size_t end, std::string *value)
    {
        size_t after = behind_parenthesis(text_, skip_blanks(text_, end));
        std::string call = text_.substr(name_at, after - name_at);
        if (call.find('\'') != std::string::npos)
            call = PhaseOne(session_, call, nullptr).run();
        Expression expression(session_, call);
        *value = expression.evaluate().text();
        return after;
    }

    std::string symbol_text(const std::string &name, bool indirect)
    {
        const Symbol *symbol = session_.find_symbol(name);
        if (symbol && indirect)
            symbol = session_.find_symbol(upper(trimmed(symbol->value.text())));
        return symbol ? symbol->value.text() : std::string();
    }

    void put(size_t end, const std::string &value)
    {
        if (++replaced_ > REPLACEMENTS_MAX ||
            text_.size() + value.size() > 2 * LINE_MAX_EXPANDED)
            throw Failure(CLI$_BUFOVF);
        if (joins_)
            for (size_t &join : *joins_)
                if (join >= end)
                    join = join - (end - at_) + value.size();
        text_.replace(at_, end - at_, value);
        if (quoted_)
            at_ += value.size();
    }
};

} // namespace

std::string Session::substitute(const std::string &text, std::vector<size_t> *joins)
{
    if (text.find('\'') == std::string::npos)
        return text;
    return PhaseOne(*this, text, joins).run();
}

std::string Session::substitute_ampersands(const std::string &text)
{
    std::string out;
    bool quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        quoted = quoted != (c == '"');
        char before = i ? text[i - 1] : ' ';
        bool heads = !quoted && c == '&' && i + 1 < text.size() && is_symbol_start(text[i + 1]) &&
                     (is_blank(before) || before == ',' || before == '=' || before == '(' ||
                      before == ':' || before == '+' || before == '/');
        if (!heads) {
            out += c;
            continue;
        }
        size_t end = i + 1;
        while (end < text.size() && is_symbol_character(text[end]))
            ++end;
        const Symbol *symbol = find_symbol(upper(text.substr(i + 1, end - i - 1)));
        std::string value = symbol ? symbol->value.text() : std::string();
        if (before == '/') {
            out += value; /* a qualifier cannot stand in quotes */
        } else {
            out += '"';
            for (char v : value)
                out += v == '"' ? std::string("\"\"") : std::string(1, v);
            out += '"';
        }
        i = end - 1;
    }
    return out;
}

} // namespace dcl
} // namespace shim
