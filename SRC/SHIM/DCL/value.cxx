/*
**  value - conversions between strings and integers
*/
#include "value.h"

#include <cstdio>

namespace shim {
namespace dcl {

size_t skip_blanks(const std::string &text, size_t at)
{
    while (at < text.size() && is_blank(text[at]))
        ++at;
    return at;
}

std::string status_text(uint32_t status)
{
    char text[16];
    snprintf(text, sizeof text, "%%X%08X", status);
    return text;
}

namespace {

int digit_value(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

} // namespace

bool read_integer(const std::string &given, int32_t *integer)
{
    std::string text = trimmed(given);
    size_t at = 0;
    bool negative = false;
    while (at < text.size() && (text[at] == '+' || text[at] == '-'))
        negative = (text[at++] == '-') != negative;
    int radix = 10;
    if (at + 1 < text.size() && text[at] == '%') {
        char letter = static_cast<char>(text[at + 1] & ~0x20);
        radix = letter == 'X' ? 16 : letter == 'O' ? 8 : letter == 'D' ? 10 : 0;
        at += 2;
    }
    if (!radix || at == text.size())
        return false;
    uint32_t value = 0;
    for (; at < text.size(); ++at) {
        int digit = digit_value(text[at]);
        if (digit >= radix)
            return false;
        value = value * static_cast<uint32_t>(radix) + static_cast<uint32_t>(digit);
    }
    *integer = static_cast<int32_t>(negative ? 0u - value : value);
    return true;
}

int32_t Value::integer() const
{
    if (is_integer_)
        return integer_;
    int32_t value;
    if (read_integer(text_, &value))
        return value;
    char first = text_.empty() ? ' ' : static_cast<char>(text_[0] & ~0x20);
    return first == 'T' || first == 'Y';
}

std::string Value::text() const
{
    return is_integer_ ? std::to_string(integer_) : text_;
}

} // namespace dcl
} // namespace shim
