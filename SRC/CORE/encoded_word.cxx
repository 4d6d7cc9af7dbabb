/*
**  encoded_word - RFC 2047 words: see CORE/encoded_word.h
*/
#include "CORE/encoded_word.h"

#include "CORE/encode.h"
#include "CORE/text.h"

namespace mail
{

enum Charset {
    CHARSET_ASCII,
    CHARSET_UTF8,
    CHARSET_LATIN1,
    CHARSET_LATIN9,
    CHARSET_1252,
    CHARSET_MCS
};

static const struct CharsetRow {
    const char *name;
    Charset charset;
} charset_table[] = {
    {"utf-8", CHARSET_UTF8},        {"us-ascii", CHARSET_ASCII}, {"ascii", CHARSET_ASCII},
    {"iso-8859-1", CHARSET_LATIN1}, {"latin1", CHARSET_LATIN1},  {"iso-8859-15", CHARSET_LATIN9},
    {"windows-1252", CHARSET_1252}, {"cp1252", CHARSET_1252},    {"dec-mcs", CHARSET_MCS},
};

static bool charset_find(const std::string &name, Charset *charset)
{
    std::string plain(name, 0, name.find('*')); // language of RFC 2231 5
    for (size_t i = 0; i < sizeof charset_table / sizeof charset_table[0]; ++i)
        if (text_equal(plain, charset_table[i].name)) {
            *charset = charset_table[i].charset;
            return true;
        }
    return false;
}

/* What differs from ISO 8859-1; 0 is "not a character". */
static boost::uint32_t to_unicode(Charset charset, unsigned char c)
{
    static const unsigned short windows[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    static const struct {
        Charset charset;
        unsigned char byte;
        unsigned short character;
    } differences[] = {{CHARSET_LATIN9, 0xA4, 0x20AC}, {CHARSET_LATIN9, 0xA6, 0x0160},
                       {CHARSET_LATIN9, 0xA8, 0x0161}, {CHARSET_LATIN9, 0xB4, 0x017D},
                       {CHARSET_LATIN9, 0xB8, 0x017E}, {CHARSET_LATIN9, 0xBC, 0x0152},
                       {CHARSET_LATIN9, 0xBD, 0x0153}, {CHARSET_LATIN9, 0xBE, 0x0178},
                       {CHARSET_MCS, 0xA8, 0x00A4},    {CHARSET_MCS, 0xD7, 0x0152},
                       {CHARSET_MCS, 0xDD, 0x0178},    {CHARSET_MCS, 0xF7, 0x0153},
                       {CHARSET_MCS, 0xFD, 0x00FF}};
    if (charset == CHARSET_1252 && c >= 0x80 && c < 0xA0)
        return windows[c - 0x80];
    for (size_t i = 0; i < sizeof differences / sizeof differences[0]; ++i)
        if (differences[i].charset == charset && differences[i].byte == c)
            return differences[i].character;
    return charset == CHARSET_ASCII && c >= 0x80 ? 0 : c;
}

static void append_utf8(boost::uint32_t c, std::string *out)
{
    if (c < 0x80) {
        *out += static_cast<char>(c);
    } else if (c < 0x800) {
        *out += static_cast<char>(0xC0 | (c >> 6));
        *out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        *out += static_cast<char>(0xE0 | (c >> 12));
        *out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        *out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

static bool bytes_to_utf8(Charset charset, const std::string &bytes, std::string *out)
{
    if (charset == CHARSET_UTF8) {
        *out += bytes;
        return text_is_utf8(bytes);
    }
    for (size_t i = 0; i < bytes.size(); ++i) {
        boost::uint32_t c = to_unicode(charset, static_cast<unsigned char>(bytes[i]));
        append_utf8(c == 0 ? '?' : c, out);
    }
    return true;
}

static bool decode_q(const std::string &text, std::string *bytes)
{
    for (size_t i = 0; i < text.size(); ++i) {
        std::string byte;
        if (text[i] == '_') {
            *bytes += ' ';
        } else if (text[i] != '=') {
            *bytes += text[i];
        } else if (i + 2 < text.size() && hex_decode(text.substr(i + 1, 2), &byte)) {
            *bytes += byte;
            i += 2;
        } else {
            return false;
        }
    }
    return true;
}

/* Decodes the word at text[at], appends its text; the word's size, or 0 if there is none. */
static size_t decode_word(const std::string &text, size_t at, std::string *out)
{
    if (text.compare(at, 2, "=?") != 0)
        return 0;
    size_t mark = text.find('?', at + 2);
    if (mark == std::string::npos || mark + 2 >= text.size() || text[mark + 2] != '?')
        return 0;
    size_t end = text.find("?=", mark + 3);
    size_t blank = text.find_first_of(" \t\r\n", at);
    Charset charset;
    if (end == std::string::npos || blank < end ||
        !charset_find(text.substr(at + 2, mark - at - 2), &charset))
        return 0;
    std::string coded = text.substr(mark + 3, end - mark - 3), bytes, decoded;
    char encoding = text_lower(text[mark + 1]);
    bool good = encoding == 'b'   ? base64_decode(coded, &bytes)
                : encoding == 'q' ? decode_q(coded, &bytes)
                                  : false;
    if (!good || !bytes_to_utf8(charset, bytes, &decoded))
        return 0;
    for (size_t i = 0; i < decoded.size(); ++i)
        if (text_is_control(decoded[i]))
            decoded[i] = ' '; // a word must not hide a line end
    *out += decoded;
    return end + 2 - at;
}

std::string encoded_word_decode(const std::string &text)
{
    std::string out;
    bool after_word = false;
    for (size_t at = 0; at < text.size();) {
        size_t next = at;
        while (next < text.size() && text_is_space(text[next]))
            ++next;
        std::string word;
        size_t size = next < text.size() ? decode_word(text, next, &word) : 0;
        if (size != 0) {
            if (!after_word)
                out.append(text, at, next - at);
            out += word;
            at = next + size;
            after_word = true;
            continue;
        }
        size_t stop = next < text.size() ? text.find("=?", next + 1) : next;
        size_t white = text.find_first_of(" \t\r\n", next);
        if (white < stop)
            stop = white;
        if (stop == std::string::npos)
            stop = text.size();
        out.append(text, at, stop - at);
        at = stop;
        after_word = false;
    }
    return out;
}

std::string encoded_word_decode_latin1(const std::string &text)
{
    std::string decoded = encoded_word_decode(text), latin1;
    if (!text_is_utf8(decoded))
        return decoded; // raw 8-bit text: taken as Latin-1 already
    text_utf8_to_latin1(decoded, &latin1);
    return latin1;
}

std::string encoded_word_encode(const std::string &text)
{
    if (text_is_ascii(text) && text.find("=?") == std::string::npos)
        return text;
    std::string utf8 = text_is_utf8(text) ? text : text_latin1_to_utf8(text);
    const size_t room = (ENCODED_WORD_MAX - 12) / 4 * 3; // "=?UTF-8?B?" and "?="
    std::string out;
    for (size_t at = 0; at < utf8.size();) {
        size_t size = utf8.size() - at < room ? utf8.size() - at : room;
        while (at + size < utf8.size() &&
               (static_cast<unsigned char>(utf8[at + size]) & 0xC0) == 0x80)
            --size;
        if (!out.empty())
            out += ' ';
        out += "=?UTF-8?B?" + base64_encode(utf8.substr(at, size)) + "?=";
        at += size;
    }
    return out;
}

} // namespace mail
