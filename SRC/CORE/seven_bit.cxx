/*
**  seven_bit - from 8 bits to quoted-printable, part by part
*/
#include "CORE/seven_bit.h"

#include "CORE/encoded_word.h"
#include "CORE/header_fields.h"
#include "CORE/text.h"

#include <string.h>

namespace mail {

enum { LINE_HELD_MAX = 65536 }; /* a longer line is passed on in pieces: no delimiter */

bool has_eight_bit(const char *data, size_t size)
{
    unsigned char bits = 0;
    for (size_t i = 0; i < size; ++i)
        bits = static_cast<unsigned char>(bits | static_cast<unsigned char>(data[i]));
    return (bits & 0x80) != 0;
}

/* ---- walking ---- */

MimeWalk::MimeWalk()
    : state_(HEADER), part_(0), first_(true), mime_(false), message_ended_(false)
{
}

void MimeWalk::feed(const char *data, size_t size)
{
    while (size != 0) {
        const char *end = static_cast<const char *>(memchr(data, '\n', size));
        size_t used = end ? static_cast<size_t>(end - data) + 1 : size;
        if (end && held_.empty()) {
            take_line(data, used);
        } else {
            held_.append(data, used);
            if (end || held_.size() >= LINE_HELD_MAX) {
                std::string whole;
                whole.swap(held_);
                take_line(whole.data(), whole.size());
            }
        }
        data += used;
        size -= used;
    }
}

void MimeWalk::finish()
{
    std::string whole;
    whole.swap(held_);
    if (!whole.empty())
        take_line(whole.data(), whole.size());
    if (state_ == HEADER)
        end_header();
}

/* "--boundary", "--boundary--", with blanks behind (RFC 2046 5.1.1); the innermost wins. */
bool MimeWalk::is_delimiter(const char *data, size_t size, size_t *level, bool *closes) const
{
    if (size < 3 || data[0] != '-' || data[1] != '-')
        return false;
    while (size > 2 && text_is_space(data[size - 1]))
        --size;
    for (size_t i = boundaries_.size(); i > 0; --i) {
        const std::string &b = boundaries_[i - 1];
        if (size < b.size() + 2 || memcmp(data + 2, b.data(), b.size()) != 0)
            continue;
        size_t rest = size - 2 - b.size();
        *closes = rest == 2 && data[size - 1] == '-' && data[size - 2] == '-';
        if (rest != 0 && !*closes)
            continue;
        *level = i - 1;
        return true;
    }
    return false;
}

void MimeWalk::take_line(const char *data, size_t size)
{
    size_t level = 0;
    bool closes = false;
    if (is_delimiter(data, size, &level, &closes)) {
        if (state_ == HEADER)
            end_header();
        boundaries_.resize(closes ? level : level + 1);
        between(data, size);
        state_ = closes ? OUTSIDE : HEADER;
        return;
    }
    if (state_ == OUTSIDE) {
        between(data, size);
    } else if (state_ == TEXT) {
        line(data, size, part_);
    } else {
        block_.append(data, size);
        bool empty = size == 1 || (size == 2 && data[0] == '\r');
        if (empty || block_.size() > SEVEN_BIT_HEADER_MAX)
            end_header();
    }
}

/* The value of a parameter of a structured field; quotes are taken off. */
static std::string parameter(const std::string &value, const char *name)
{
    for (size_t at = value.find(';'); at != std::string::npos; at = value.find(';', at)) {
        ++at;
        while (at < value.size() && text_is_space(value[at]))
            ++at;
        size_t equal = value.find('=', at);
        if (equal == std::string::npos)
            break;
        bool wanted = text_equal(text_trimmed(value.substr(at, equal - at)), name);
        std::string found;
        at = equal + 1;
        while (at < value.size() && text_is_blank(value[at]))
            ++at;
        if (at < value.size() && value[at] == '"') {
            for (++at; at < value.size() && value[at] != '"'; ++at) {
                if (value[at] == '\\' && at + 1 < value.size())
                    ++at;
                found += value[at];
            }
        } else {
            while (at < value.size() && value[at] != ';' && !text_is_space(value[at]))
                found += value[at++];
        }
        if (wanted)
            return found;
    }
    return std::string();
}

void MimeWalk::classify(Kind *kind, std::string *boundary) const
{
    HeaderFields fields;
    std::string value;
    fields.parse(block_);
    *kind = LEAF;
    if (!fields.value(HEADER_CONTENT_TYPE, &value))
        return;
    std::string type = text_lowered(text_trimmed(value.substr(0, value.find(';'))));
    if (type.compare(0, 10, "multipart/") == 0) {
        *boundary = parameter(value, "boundary");
        if (!boundary->empty() && boundaries_.size() < SEVEN_BIT_DEPTH_MAX)
            *kind = MULTIPART;
    } else if (type == "message/rfc822" && boundaries_.size() < SEVEN_BIT_DEPTH_MAX) {
        *kind = MESSAGE;
    }
}

void MimeWalk::end_header()
{
    Kind kind = LEAF;
    std::string boundary, block;
    if (first_) {
        HeaderFields fields;
        std::string value;
        fields.parse(block_);
        mime_ = fields.value(HEADER_MIME_VERSION, &value);
        first_ = false;
    } else {
        ++part_;
    }
    if (mime_)
        classify(&kind, &boundary);
    block.swap(block_);
    if (kind == MULTIPART)
        boundaries_.push_back(boundary);
    state_ = kind == MULTIPART ? OUTSIDE : kind == MESSAGE ? HEADER : TEXT;
    header(block, kind, part_);
}

/* ---- first pass ---- */

bool SevenBitScan::is_eight_bit(size_t part) const
{
    return part >= SEVEN_BIT_PARTS_MAX || (part < parts_.size() && parts_[part]);
}

void SevenBitScan::header(const std::string &block, Kind, size_t part)
{
    if (part < SEVEN_BIT_PARTS_MAX && parts_.size() <= part)
        parts_.resize(part + 1, false);
    any_ = any_ || has_eight_bit(block.data(), block.size());
}

void SevenBitScan::line(const char *data, size_t size, size_t part)
{
    if (!has_eight_bit(data, size))
        return;
    any_ = true;
    if (part < parts_.size())
        parts_[part] = true;
}

void SevenBitScan::between(const char *data, size_t size)
{
    any_ = any_ || has_eight_bit(data, size);
}

/* ---- second pass ---- */

static void clear_bits(const char *data, size_t size, std::string *out)
{
    for (size_t i = 0; i < size; ++i)
        *out += static_cast<char>(data[i] & 0x7F);
}

/* A field with 8-bit bytes: words in text, question marks elsewhere. */
static std::string plain_field(const HeaderField &field)
{
    std::string value = header_unfold(field.raw);
    bool text = field.id == HEADER_UNKNOWN || (known_header(field.id).flags & HDR_TEXT) != 0;
    if (text)
        return header_print(field.name, encoded_word_encode(value));
    for (size_t i = 0; i < value.size(); ++i)
        if (static_cast<unsigned char>(value[i]) >= 0x80)
            value[i] = '?';
    return header_print(field.name, value);
}

static std::string kept_field(const HeaderField &field)
{
    std::string line = field.name + ":" + field.raw + "\r\n";
    return has_eight_bit(line.data(), line.size()) ? plain_field(field) : line;
}

void SevenBitWriter::end_encoding()
{
    if (encoding_)
        encoder_.finish(out_);
    encoding_ = false;
}

/* Does the encoding have to be said anew? */
static bool wrong_encoding(const HeaderField &field, bool eight)
{
    if (field.id != HEADER_CONTENT_TRANSFER_ENCODING)
        return false;
    std::string how = text_lowered(header_unfold(field.raw));
    return eight || how == "8bit" || how == "binary";
}

void SevenBitWriter::header(const std::string &block, Kind kind, size_t part)
{
    HeaderFields fields;
    size_t used = 0;
    end_encoding();
    bool eight = kind == LEAF && scan_.is_eight_bit(part);
    if ((!is_mime() && !label_) ||
        fields.parse(block.data(), block.size(), &used) != HeaderFields::OK) {
        clear_bits(block.data(), block.size(), out_); /* or no header that anybody could read */
        return;
    }
    bool same = !eight && !has_eight_bit(block.data(), block.size());
    for (size_t i = 0; i < fields.count() && same; ++i)
        same = !wrong_encoding(fields.field(i), eight);
    if (same) {
        *out_ += block;
        return;
    }
    for (size_t i = 0; i < fields.count(); ++i)
        if (!wrong_encoding(fields.field(i), eight))
            *out_ += kept_field(fields.field(i));
    if (eight && !is_mime())
        *out_ += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n";
    if (eight)
        *out_ += "Content-Transfer-Encoding: quoted-printable\r\n";
    encoding_ = eight;
    if (text_ends(block, "\n\r\n") || text_ends(block, "\n\n") || block == "\r\n" || block == "\n")
        *out_ += "\r\n";
}

void SevenBitWriter::line(const char *data, size_t size, size_t)
{
    if (encoding_)
        encoder_.feed(data, size, out_);
    else
        clear_bits(data, size, out_);
}

void SevenBitWriter::between(const char *data, size_t size)
{
    end_encoding();
    clear_bits(data, size, out_);
}

void SevenBitWriter::feed(const char *data, size_t size, std::string *out)
{
    out_ = out;
    MimeWalk::feed(data, size);
}

void SevenBitWriter::finish(std::string *out)
{
    out_ = out;
    MimeWalk::finish();
    end_encoding();
}

} // namespace mail
