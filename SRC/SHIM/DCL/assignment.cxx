/*
**  assignment - name = expression, name := string, and their overlays
**
**  DCL Dictionary, assignment statements; User's Manual 12.6.
*/
#include "expression.h"
#include "session.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

/* What stands left of the right side. */
struct Target {
    std::string name;    /* upper case */
    size_t minimum;      /* of NAME with an asterisk; 0 */
    size_t bracket;      /* offset of "[", npos */
    bool string, global; /* :=, == */
    size_t right;
};

bool read_target(const std::string &text, Target *target)
{
    size_t at = 0;
    target->minimum = 0;
    if (text.empty() || !is_symbol_start(text[0]))
        return false;
    for (; at < text.size() && (is_symbol_character(text[at]) || text[at] == '*'); ++at) {
        if (text[at] != '*')
            target->name += text[at];
        else if (target->minimum)
            return false;
        else
            target->minimum = target->name.size();
    }
    target->name = upper(target->name);
    at = skip_blanks(text, at);
    target->bracket = std::string::npos;
    if (at < text.size() && text[at] == '[') {
        target->bracket = at;
        size_t close = text.find(']', at);
        if (close == std::string::npos)
            return false;
        at = skip_blanks(text, close + 1);
    }
    target->string = at < text.size() && text[at] == ':';
    at += target->string;
    if (at >= text.size() || text[at] != '=')
        return false;
    target->global = at + 1 < text.size() && text[at + 1] == '=';
    target->right = at + 1 + target->global;
    return true;
}

const int32_t BITS_MAX = 32, BIT_POSITION_MAX = 6152;

std::string overlay_bits(const std::string &bytes, int32_t position, int32_t size, uint32_t value)
{
    std::string out = bytes;
    size_t needed = static_cast<size_t>(position + size + 7) / 8;
    if (out.size() < needed)
        out.resize(needed, '\0');
    for (int32_t i = 0; i < size; ++i) {
        size_t at = static_cast<size_t>(position + i);
        unsigned char bit = static_cast<unsigned char>(1u << at % 8);
        unsigned char byte = static_cast<unsigned char>(out[at / 8]);
        byte = value >> i & 1 ? byte | bit : byte & static_cast<unsigned char>(~bit);
        out[at / 8] = static_cast<char>(byte);
    }
    return out;
}

Value overlay_integer(int32_t old, int32_t position, int32_t size, uint32_t value)
{
    std::string bytes(4, '\0');
    for (int i = 0; i < 4; ++i)
        bytes[static_cast<size_t>(i)] = static_cast<char>(static_cast<uint32_t>(old) >> 8 * i);
    bytes = overlay_bits(bytes, position, size, value);
    uint32_t result = 0;
    for (size_t i = 4; i-- > 0;)
        result = result << 8 | static_cast<unsigned char>(bytes[i]);
    return Value(static_cast<int32_t>(result));
}

} // namespace

/* Outside quotes upper case and one blank for several; quotes around the whole are removed. */
std::string assigned_string(const std::string &given)
{
    std::string text = trimmed(given), out;
    if (!text.empty() && text[0] == '"') {
        size_t at = 0;
        std::string whole = read_quoted(text, &at);
        if (at >= text.size())
            return whole;
    }
    bool quoted = false;
    for (char c : text) {
        quoted = quoted != (c == '"');
        if (!quoted && is_blank(c)) {
            if (!out.empty() && out.back() != ' ')
                out += ' ';
        } else {
            out += quoted ? c : upper(std::string(1, c))[0];
        }
    }
    return out;
}

/* name[position,size] = bits; name[offset,size] := characters */
void Session::overlay(const std::string &name, bool numeric, const std::string &command,
                      size_t bracket, const std::string &right, bool is_global)
{
    Expression field(*this, command, bracket + 1);
    int32_t position = field.evaluate().integer();
    if (!field.take(','))
        throw Failure(CLI$_EXPSYN);
    int32_t size = field.evaluate().integer();
    if (!field.take(']'))
        throw Failure(CLI$_EXPSYN);
    const Symbol *symbol = is_global ? global.find(name) : level().symbols.find(name);
    Value old = symbol ? symbol->value : Value("");
    if (numeric) {
        if (position < 0 || position > BIT_POSITION_MAX || size < 1 || size > BITS_MAX)
            throw Failure(CLI$_INVRANGE);
        Expression expression(*this, right);
        uint32_t bits = static_cast<uint32_t>(expression.evaluate_all().integer());
        if (old.is_integer() && position + size > 32)
            throw Failure(CLI$_INVRANGE);
        Value result = old.is_integer() ? overlay_integer(old.integer(), position, size, bits)
                                        : Value(overlay_bits(old.text(), position, size, bits));
        return set_symbol(name, 0, result, is_global);
    }
    const int32_t most = static_cast<int32_t>(SYMBOL_VALUE_MAX);
    if (position < 0 || size < 1 || position > most || size > most - position)
        throw Failure(CLI$_INVRANGE);
    std::string text = old.text(), put = assigned_string(right);
    size_t offset = static_cast<size_t>(position), width = static_cast<size_t>(size);
    put.resize(width, ' ');
    if (text.size() < offset + width)
        text.resize(offset + width, ' ');
    set_symbol(name, 0, Value(text.replace(offset, width, put)), is_global);
}

/* False: the command is no assignment. */
bool Session::assign(const std::string &command)
{
    Target target;
    if (!read_target(command, &target))
        return false;
    std::string right = command.substr(target.right);
    if (target.bracket != std::string::npos) {
        overlay(target.name, !target.string, command, target.bracket, right, target.global);
    } else if (target.string) {
        set_symbol(target.name, target.minimum, Value(assigned_string(right)), target.global);
    } else {
        Expression expression(*this, right);
        set_symbol(target.name, target.minimum, expression.evaluate_all(), target.global);
    }
    return true;
}

} // namespace dcl
} // namespace shim
