/*
**  encode - base64, quoted-printable, hexadecimal: see CORE/encode.h
*/
#include "CORE/encode.h"

#include "CORE/text.h"

namespace mail {

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static void base64_group(const unsigned char *bytes, size_t count, std::string *out)
{
    unsigned b1 = count > 1 ? bytes[1] : 0, b2 = count > 2 ? bytes[2] : 0;
    *out += base64_digits[bytes[0] >> 2];
    *out += base64_digits[((bytes[0] & 3) << 4) | (b1 >> 4)];
    *out += count > 1 ? base64_digits[((b1 & 15) << 2) | (b2 >> 6)] : '=';
    *out += count > 2 ? base64_digits[b2 & 63] : '=';
}

std::string base64_encode(const std::string &bytes)
{
    const unsigned char *p = reinterpret_cast<const unsigned char *>(bytes.c_str());
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (size_t i = 0; i < bytes.size(); i += 3)
        base64_group(p + i, bytes.size() - i < 3 ? bytes.size() - i : 3, &out);
    return out;
}

bool base64_decode(const std::string &text, std::string *bytes)
{
    if (text.size() % 4 != 0)
        return false;
    size_t size = text.size();
    size_t pad = size && text[size - 1] == '=' ? (text[size - 2] == '=' ? 2 : 1) : 0;
    std::string out;
    out.reserve(size / 4 * 3);
    boost::uint32_t bits = 0;
    for (size_t i = 0; i < size; ++i) {
        int value = i < size - pad ? base64_value(text[i]) : 0;
        if (value < 0)
            return false;
        bits = (bits << 6) | static_cast<boost::uint32_t>(value);
        if (i % 4 != 3)
            continue;
        size_t drop = i + 1 == size ? pad : 0;
        if (bits & ((1u << (drop * 8)) - 1))
            return false; // two texts for the same bytes would be
        for (size_t k = 0; k + drop < 3; ++k)
            out += static_cast<char>((bits >> (16 - 8 * k)) & 0xFF);
        bits = 0;
    }
    bytes->swap(out);
    return true;
}

static const char lower_hex[] = "0123456789abcdef";
static const char upper_hex[] = "0123456789ABCDEF";

static int hex_value(char c)
{
    if (text_is_digit(c))
        return c - '0';
    c = text_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string hex_encode(const std::string &bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (size_t i = 0; i < bytes.size(); ++i) {
        unsigned char c = static_cast<unsigned char>(bytes[i]);
        out += lower_hex[c >> 4];
        out += lower_hex[c & 15];
    }
    return out;
}

bool hex_decode(const std::string &text, std::string *bytes)
{
    if (text.size() % 2 != 0)
        return false;
    std::string out;
    for (size_t i = 0; i < text.size(); i += 2) {
        int high = hex_value(text[i]), low = hex_value(text[i + 1]);
        if (high < 0 || low < 0)
            return false;
        out += static_cast<char>(high * 16 + low);
    }
    bytes->swap(out);
    return true;
}

void Base64Encoder::put(std::string *out)
{
    base64_group(held_, count_, out);
    count_ = 0;
    column_ += 4;
    if (column_ == BASE64_LINE) {
        *out += "\r\n";
        column_ = 0;
    }
}

void Base64Encoder::feed(const char *data, size_t size, std::string *out)
{
    for (size_t i = 0; i < size; ++i) {
        held_[count_++] = static_cast<unsigned char>(data[i]);
        if (count_ == 3)
            put(out);
    }
}

void Base64Encoder::finish(std::string *out)
{
    if (count_ != 0)
        put(out);
    if (column_ != 0)
        *out += "\r\n";
    column_ = 0;
}

void Base64Decoder::feed(const char *data, size_t size, std::string *out)
{
    for (size_t i = 0; i < size && !ended_; ++i) {
        int value = base64_value(data[i]);
        if (value < 0) {
            if (data[i] == '=') {
                ended_ = true;
                clean_ = clean_ && count_ >= 2;
            } else if (!text_is_space(data[i])) {
                clean_ = false;
            }
            continue;
        }
        bits_ = (bits_ << 6) | static_cast<boost::uint32_t>(value);
        if (++count_ == 4) {
            *out += static_cast<char>((bits_ >> 16) & 0xFF);
            *out += static_cast<char>((bits_ >> 8) & 0xFF);
            *out += static_cast<char>(bits_ & 0xFF);
            count_ = 0;
        }
    }
    if (ended_ && count_ >= 2) {
        *out += static_cast<char>((bits_ >> (count_ == 2 ? 4 : 10)) & 0xFF);
        if (count_ == 3)
            *out += static_cast<char>((bits_ >> 2) & 0xFF);
        count_ = 0;
    }
}

bool Base64Decoder::finish()
{
    bool good = clean_ && (ended_ || count_ == 0);
    bits_ = 0;
    count_ = 0;
    ended_ = false;
    clean_ = true;
    return good;
}

void QuotedPrintableEncoder::put(unsigned char c, bool encoded, std::string *out)
{
    size_t width = encoded ? 3 : 1;
    if (column_ + width > 75) { // one column stays free for the soft line end
        *out += "=\r\n";
        column_ = 0;
    }
    if (encoded) {
        *out += '=';
        *out += upper_hex[c >> 4];
        *out += upper_hex[c & 15];
    } else {
        *out += static_cast<char>(c);
    }
    column_ += width;
}

void QuotedPrintableEncoder::flush_blank(bool encoded, std::string *out)
{
    if (blank_ != 0)
        put(static_cast<unsigned char>(blank_), encoded, out);
    blank_ = 0;
}

void QuotedPrintableEncoder::feed(const char *data, size_t size, std::string *out)
{
    for (size_t i = 0; i < size; ++i) {
        unsigned char c = static_cast<unsigned char>(data[i]);
        if (cr_) {
            cr_ = false;
            if (c == '\n') {
                flush_blank(true, out);
                *out += "\r\n";
                column_ = 0;
                continue;
            }
            flush_blank(false, out);
            put('\r', true, out);
        }
        if (c == '\r') {
            cr_ = true;
        } else if (c == ' ' || c == '\t') {
            flush_blank(false, out);
            blank_ = static_cast<char>(c);
        } else {
            flush_blank(false, out);
            put(c, c < 0x20 || c >= 0x7F || c == '=', out);
        }
    }
}

void QuotedPrintableEncoder::finish(std::string *out)
{
    if (cr_) {
        flush_blank(false, out);
        put('\r', true, out);
    }
    flush_blank(true, out);
    cr_ = false;
    column_ = 0;
}

/* held_ is empty, a run of blanks, or begins with "=". */
void QuotedPrintableDecoder::step(char c, std::string *out)
{
    if (held_.empty() || held_[0] != '=') {
        if (text_is_blank(c) && held_.size() < QP_HELD) {
            held_ += c;
            return;
        }
        if (c == '\r' || c == '\n') {
            held_.resize(0); // blanks that a transport added (RFC 2045 6.7 (3))
        } else {
            *out += held_;
            held_.resize(0);
        }
        if (c == '=')
            held_ = "=";
        else
            *out += c;
        return;
    }
    char last = held_[held_.size() - 1];
    bool soft = held_.size() == 1 || text_is_space(last); // maybe a soft line end
    if (soft && c == '\n') {
        held_.resize(0);
        return;
    }
    if (soft && last != '\r' && text_is_space(c) && held_.size() < QP_HELD) {
        held_ += c;
        return;
    }
    if (held_.size() == 1 && hex_value(c) >= 0) {
        held_ += c;
        return;
    }
    if (held_.size() == 2 && !soft && hex_value(c) >= 0) {
        *out += static_cast<char>(hex_value(last) * 16 + hex_value(c));
        held_.resize(0);
        return;
    }
    clean_ = false;
    *out += held_;
    held_.resize(0);
    step(c, out); // once: held_ is empty now
}

void QuotedPrintableDecoder::feed(const char *data, size_t size, std::string *out)
{
    for (size_t i = 0; i < size; ++i)
        step(data[i], out);
}

void QuotedPrintableDecoder::finish(std::string *out)
{
    if (held_.size() == 2 && held_[0] == '=' && !text_is_space(held_[1])) {
        clean_ = false;
        *out += held_;
    }
    held_.resize(0);
}

} // namespace mail
