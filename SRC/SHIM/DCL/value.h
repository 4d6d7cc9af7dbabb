/*
**  value - what an expression yields: a string or a signed 32-bit integer
**
**  OpenVMS User's Manual, chapter 12.  Integers wrap around.  A string becomes an integer when its
**  text is one (radix operators included), else 1 when it begins with T or Y, else 0.
*/
#ifndef SHIM_DCL_VALUE_H
#define SHIM_DCL_VALUE_H

#include "plain_text.h"

#include <cstdint>
#include <string>

namespace shim {
namespace dcl {

class Value {
public:
    Value() : integer_(0), is_integer_(false) {}
    Value(const std::string &text) : text_(text), integer_(0), is_integer_(false) {}
    Value(const char *text) : text_(text), integer_(0), is_integer_(false) {}
    Value(int32_t integer) : integer_(integer), is_integer_(true) {}

    bool is_integer() const { return is_integer_; }
    int32_t integer() const; /* converted when it is a string */
    std::string text() const; /* converted when it is an integer */
    bool truth() const { return integer() & 1; }

private:
    std::string text_;
    int32_t integer_;
    bool is_integer_;
};

/* "12", "-12", "%X1F", "%O17", "%D12", blanks around; false when the text is no number. */
bool read_integer(const std::string &text, int32_t *integer);
/* "%X0000002C" */
std::string status_text(uint32_t status);

inline bool is_symbol_start(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '$' || c == '_';
}
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_symbol_character(char c) { return is_symbol_start(c) || is_digit(c); }
inline bool is_blank(char c) { return c == ' ' || c == '\t'; }
size_t skip_blanks(const std::string &text, size_t at);

} // namespace dcl
} // namespace shim

#endif
