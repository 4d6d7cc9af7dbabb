/*
**  message_scan - what one must know about a message that passes by: see CORE/message_scan.h
*/
#include "CORE/message_scan.h"

#include <string.h>

#include "CORE/text.h"

namespace mail
{

MessageScan::MessageScan()
{
    reset();
}

void MessageScan::reset()
{
    bytes_ = lines_ = longest_ = header_size_ = body_offset_ = header_lines_ = 0;
    line_offset_ = line_size_ = 0;
    eight_bit_ = header_8bit_ = line_8bit_ = nul_ = broken_ = last_cr_ = false;
    any_field_ = open_ = false;
    in_header_ = true;
    head_.resize(0);
    memset(counts_, 0, sizeof counts_);
    fields_.clear();
}

/* Eight bytes at a time: the high bits of a whole word are asked at once. */
static bool has_high_bit(const char *at, const char *end)
{
    const boost::uint64_t high = (static_cast<boost::uint64_t>(0x80808080u) << 32) | 0x80808080u;
    for (; end - at >= 8; at += 8) {
        boost::uint64_t word;
        memcpy(&word, at, 8);
        if (word & high)
            return true;
    }
    for (; at != end; ++at)
        if (static_cast<unsigned char>(*at) >= 0x80)
            return true;
    return false;
}

void MessageScan::feed(const char *data, size_t size)
{
    const char *at = data, *end = data + size;
    if (!eight_bit_)
        eight_bit_ = has_high_bit(data, end);
    if (!nul_)
        nul_ = memchr(data, 0, size) != 0;
    while (at != end) {
        const char *lf = static_cast<const char *>(memchr(at, '\n', end - at));
        const char *stop = lf == 0 ? end : lf + 1;
        if (in_header_)
            header_piece(at, stop);
        line_size_ += stop - at;
        if (lf != 0)
            end_line(lf == at ? last_cr_ : lf[-1] == '\r');
        last_cr_ = stop[-1] == '\r';
        at = stop;
    }
    bytes_ += size;
}

void MessageScan::header_piece(const char *at, const char *end)
{
    if (!line_8bit_)
        line_8bit_ = has_high_bit(at, end);
    if (head_.size() < SCAN_NAME_MAX) {
        size_t room = SCAN_NAME_MAX - head_.size(), size = end - at;
        head_.append(at, size < room ? size : room);
    }
}

void MessageScan::end_line(bool cr)
{
    boost::uint64_t text = line_size_ - (cr ? 2 : 1);
    if (text > longest_)
        longest_ = text;
    ++lines_;
    if (in_header_)
        end_header_line();
    line_offset_ += line_size_;
    line_size_ = 0;
}

void MessageScan::end_header_line()
{
    size_t colon = head_.find(':');
    size_t name = colon == std::string::npos ? 0 : colon;
    while (name != 0 && text_is_blank(head_[name - 1]))
        --name;
    if (head_ == "\r\n" || head_ == "\n") {
        header_lines_ = lines_;
        end_header(line_offset_ + line_size_, false);
    } else if (any_field_ && text_is_blank(head_[0])) {
        header_8bit_ = header_8bit_ || line_8bit_;
    } else if (!text_is_blank(head_[0]) && header_name_is_valid(head_.data(), name)) {
        header_8bit_ = header_8bit_ || line_8bit_;
        start_field(colon);
    } else {
        header_lines_ = lines_ - 1;
        end_header(line_offset_, true);
    }
    line_8bit_ = false;
    head_.resize(0);
}

void MessageScan::start_field(size_t colon)
{
    close_field();
    any_field_ = true;
    size_t name = colon;
    while (text_is_blank(head_[name - 1]))
        --name;
    HeaderId id = known_header_find(head_.data(), name);
    ++counts_[id];
    if (id == HEADER_UNKNOWN || fields_.size() == SCAN_FIELDS_MAX)
        return;
    ScannedField field;
    field.id = id;
    field.offset = line_offset_;
    field.value = line_offset_ + colon + 1;
    field.size = 0;
    fields_.push_back(field);
    open_ = true;
}

void MessageScan::close_field()
{
    if (open_)
        fields_.back().size = line_offset_ - fields_.back().offset;
    open_ = false;
}

void MessageScan::end_header(boost::uint64_t body_offset, bool broken)
{
    close_field();
    in_header_ = false;
    broken_ = broken;
    header_size_ = line_offset_;
    body_offset_ = body_offset;
    std::string().swap(head_);
}

void MessageScan::finish()
{
    if (line_size_ != 0) {
        if (line_size_ > longest_)
            longest_ = line_size_;
        ++lines_;
        if (in_header_)
            end_header_line();
        line_offset_ += line_size_;
        line_size_ = 0;
    }
    if (in_header_) {
        header_lines_ = lines_;
        end_header(line_offset_, false);
    }
}

const ScannedField *MessageScan::field(HeaderId id) const
{
    for (size_t i = 0; i < fields_.size(); ++i)
        if (fields_[i].id == id)
            return &fields_[i];
    return 0;
}

} // namespace mail
