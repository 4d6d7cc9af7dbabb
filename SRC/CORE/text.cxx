/*
**  text - small work on byte strings: see CORE/text.h
**
**  No <ctype.h>: its answers depend on the locale and on the sign of char.
*/
#include "CORE/text.h"

#include <string.h>

namespace mail {

char text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

char text_upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

std::string text_lowered(const std::string &text)
{
    std::string result(text);
    for (size_t i = 0; i < result.size(); ++i)
        result[i] = text_lower(result[i]);
    return result;
}

std::string text_uppered(const std::string &text)
{
    std::string result(text);
    for (size_t i = 0; i < result.size(); ++i)
        result[i] = text_upper(result[i]);
    return result;
}

std::string text_uppered_mcs(const std::string &text)
{
    std::string result(text);
    for (size_t i = 0; i < result.size(); ++i) {
        unsigned char c = static_cast<unsigned char>(result[i]);
        if (c >= 0xE0 && c <= 0xFE && c != 0xF7)
            result[i] = static_cast<char>(c - 0x20);
        else
            result[i] = text_upper(result[i]);
    }
    return result;
}

bool text_equal(const std::string &a, const std::string &b)
{
    return a.size() == b.size() && text_compare(a, b) == 0;
}

int text_compare(const std::string &a, const std::string &b)
{
    size_t common = a.size() < b.size() ? a.size() : b.size();
    for (size_t i = 0; i < common; ++i) {
        unsigned char x = static_cast<unsigned char>(text_lower(a[i]));
        unsigned char y = static_cast<unsigned char>(text_lower(b[i]));
        if (x != y)
            return x < y ? -1 : 1;
    }
    if (a.size() == b.size())
        return 0;
    return a.size() < b.size() ? -1 : 1;
}

static bool same_bytes(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; ++i)
        if (text_lower(a[i]) != text_lower(b[i]))
            return false;
    return true;
}

bool text_begins(const std::string &text, const char *prefix)
{
    size_t size = strlen(prefix);
    return text.size() >= size && same_bytes(text.c_str(), prefix, size);
}

bool text_ends(const std::string &text, const char *suffix)
{
    size_t size = strlen(suffix);
    return text.size() >= size && same_bytes(text.c_str() + text.size() - size, suffix, size);
}

bool text_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool text_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool text_is_alpha(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool text_is_control(char c)
{
    unsigned char u = static_cast<unsigned char>(c);
    return u < 0x20 || u == 0x7F;
}

std::string text_trimmed(const std::string &text)
{
    size_t begin = 0, end = text.size();
    while (begin < end && text_is_space(text[begin]))
        ++begin;
    while (end > begin && text_is_space(text[end - 1]))
        --end;
    return text.substr(begin, end - begin);
}

void text_split(const std::string &text, char separator, std::vector<std::string> *pieces)
{
    pieces->clear();
    if (text.empty())
        return;
    size_t begin = 0;
    for (;;) {
        size_t end = text.find(separator, begin);
        if (end == std::string::npos) {
            pieces->push_back(text_trimmed(text.substr(begin)));
            return;
        }
        pieces->push_back(text_trimmed(text.substr(begin, end - begin)));
        begin = end + 1;
    }
}

void text_words(const std::string &text, std::vector<std::string> *words)
{
    words->clear();
    std::string word;
    for (size_t at = 0; text_next_word(text, &at, &word);)
        words->push_back(word);
}

bool text_next_word(const std::string &text, size_t *at, std::string *word)
{
    size_t begin = *at;
    while (begin < text.size() && text_is_blank(text[begin]))
        ++begin;
    size_t end = begin;
    while (end < text.size() && !text_is_blank(text[end]))
        ++end;
    *at = end;
    if (end == begin)
        return false;
    word->assign(text, begin, end - begin);
    return true;
}

bool text_number64(const std::string &text, boost::uint64_t least, boost::uint64_t most,
                   boost::uint64_t *value)
{
    if (text.empty())
        return false;
    const boost::uint64_t top = ~static_cast<boost::uint64_t>(0);
    boost::uint64_t result = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        if (!text_is_digit(text[i]))
            return false;
        unsigned digit = static_cast<unsigned>(text[i] - '0');
        if (result > (top - digit) / 10)
            return false;
        result = result * 10 + digit;
    }
    if (result < least || result > most)
        return false;
    *value = result;
    return true;
}

bool text_number(const std::string &text, boost::uint32_t least, boost::uint32_t most,
                 boost::uint32_t *value)
{
    boost::uint64_t wide;
    if (!text_number64(text, least, most, &wide))
        return false;
    *value = static_cast<boost::uint32_t>(wide);
    return true;
}

std::string text_from_number(boost::uint64_t value)
{
    return text_from_number(value, 1);
}

std::string text_from_number(boost::uint64_t value, size_t width)
{
    std::string result;
    text_append_number(value, width, &result);
    return result;
}

void text_append_number(boost::uint64_t value, size_t width, std::string *text)
{
    char digits[20];
    const size_t room = sizeof digits;
    size_t at = room;
    do {
        digits[--at] = static_cast<char>('0' + static_cast<int>(value % 10));
        value /= 10;
    } while (value != 0);
    if (width > room - at)
        text->append(width - (room - at), '0');
    text->append(digits + at, room - at);
}

bool text_match(const std::string &pattern, const std::string &text)
{
    size_t p = 0, t = 0, star = std::string::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() &&
                   (pattern[p] == '%' || text_lower(pattern[p]) == text_lower(text[t]))) {
            ++p;
            ++t;
        } else if (star != std::string::npos) {
            p = star + 1;
            t = ++resume; // only the last star need ever take more
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

static void append_argument(const std::string &argument, size_t precision, std::string *result)
{
    for (size_t i = 0, kept = 0; i < argument.size() && kept < precision; ++i) {
        if (text_is_control(argument[i]))
            continue;
        *result += argument[i];
        ++kept;
    }
}

/* Reads "s" or ".Ns" behind a percent sign; its size, or 0 when it is neither. */
static size_t read_directive(const char *at, size_t *precision)
{
    *precision = std::string::npos;
    if (at[0] == 's')
        return 1;
    if (at[0] != '.')
        return 0;
    size_t i = 1, number = 0;
    for (; text_is_digit(at[i]) && i < 8; ++i)
        number = number * 10 + static_cast<size_t>(at[i] - '0');
    if (at[i] != 's')
        return 0;
    *precision = number;
    return i + 1;
}

std::string text_format(const char *format, const std::vector<std::string> &arguments,
                        size_t limit)
{
    std::string result;
    size_t next = 0;
    for (const char *at = format; *at != 0 && result.size() < limit;) {
        if (*at != '%') {
            result += *at++;
            continue;
        }
        size_t precision, size = read_directive(at + 1, &precision);
        if (size != 0) {
            if (next < arguments.size())
                append_argument(arguments[next], precision, &result);
            ++next;
            at += 1 + size;
        } else {
            result += '%';
            at += at[1] == '%' ? 2 : 1;
        }
    }
    if (result.size() > limit)
        result.resize(limit);
    return result;
}

std::string text_printable(const std::string &text, size_t limit)
{
    static const char digits[] = "0123456789abcdef";
    std::string result;
    size_t size = text.size() < limit ? text.size() : limit;
    result.reserve(size + 8);
    for (size_t i = 0; i < size; ++i) {
        unsigned char c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != 0x7F && c != '\\') {
            result += text[i];
        } else {
            result += '\\';
            if (c >= 16)
                result += digits[c >> 4]; // CRLF is "\d\a" in HP's traces
            result += digits[c & 15];
        }
    }
    if (size < text.size())
        result += "...";
    return result;
}

std::string text_one_line(const std::string &text, size_t limit)
{
    std::string result(text);
    for (size_t i = 0; i < result.size(); ++i)
        if (text_is_control(result[i]))
            result[i] = ' ';
    result = text_trimmed(result);
    if (result.size() > limit)
        result.resize(limit);
    return result;
}

bool text_is_ascii(const std::string &text)
{
    for (size_t i = 0; i < text.size(); ++i)
        if (static_cast<unsigned char>(text[i]) >= 0x80)
            return false;
    return true;
}

bool text_has_controls(const std::string &text)
{
    for (size_t i = 0; i < text.size(); ++i)
        if (text_is_control(text[i]))
            return true;
    return false;
}

/* One character at text[*at]; false when it is not well-formed. */
static bool next_utf8(const std::string &text, size_t *at, boost::uint32_t *character)
{
    static const boost::uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char c = static_cast<unsigned char>(text[*at]);
    size_t size = c < 0x80 ? 1 : c < 0xC0 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF8 ? 4 : 0;
    if (size == 0 || text.size() - *at < size)
        return false;
    boost::uint32_t value = size == 1 ? c : c & (0x7Fu >> size);
    for (size_t i = 1; i < size; ++i) {
        unsigned char more = static_cast<unsigned char>(text[*at + i]);
        if ((more & 0xC0) != 0x80)
            return false;
        value = (value << 6) | (more & 0x3Fu);
    }
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return false;
    *at += size;
    *character = value;
    return true;
}

bool text_is_utf8(const std::string &text)
{
    boost::uint32_t character;
    for (size_t at = 0; at < text.size();)
        if (!next_utf8(text, &at, &character))
            return false;
    return true;
}

std::string text_latin1_to_utf8(const std::string &text)
{
    std::string result;
    result.reserve(text.size() + text.size() / 8);
    for (size_t i = 0; i < text.size(); ++i) {
        unsigned char c = static_cast<unsigned char>(text[i]);
        if (c < 0x80) {
            result += text[i];
        } else {
            result += static_cast<char>(0xC0 | (c >> 6));
            result += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return result;
}

bool text_utf8_to_latin1(const std::string &text, std::string *latin1)
{
    bool exact = true;
    std::string result;
    for (size_t at = 0; at < text.size();) {
        boost::uint32_t character;
        if (!next_utf8(text, &at, &character)) {
            character = '?';
            ++at;
            exact = false;
        } else if (character > 0xFF) {
            character = '?';
            exact = false;
        }
        result += static_cast<char>(character);
    }
    latin1->swap(result);
    return exact;
}

} // namespace mail
