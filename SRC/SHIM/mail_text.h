/*
**  mail_text - the records of a message body
**
**  A body is a run of records as in an RMS file of variable records: a word with the length (low
**  byte first), the bytes, a pad byte when the length is odd.  Bodies in MAIL.MAI, in the journal
**  and in external files all have this shape; a foreign message's external file holds plain
**  bytes.
*/
#ifndef SHIM_MAIL_TEXT_H
#define SHIM_MAIL_TEXT_H

#include "plain_text.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace shim {

const size_t MAIL_RECORD_MAX = 65535;

/* Large steps: memory that is only reserved costs nothing, moving a large body much. */
inline void make_body_room(std::string *body, size_t more)
{
    const size_t SMALL = 64 * 1024, STEP = 4;
    if (body->capacity() - body->size() < more && body->capacity() >= SMALL)
        body->reserve(body->capacity() * STEP + more);
}

inline void add_record(std::string *body, const char *data, size_t size)
{
    make_body_room(body, size + 3);
    const char head[2] = {static_cast<char>(size & 255), static_cast<char>(size >> 8)};
    body->append(head, 2);
    body->append(data, size);
    if (size & 1)
        body->push_back('\0');
}

/* Walks over a body that lies elsewhere. */
class RecordReader {
public:
    RecordReader() : at_(nullptr), end_(nullptr) {}
    RecordReader(const char *data, size_t size) : at_(data), end_(data + size) {}
    /* False at the end, or where a damaged body stops. */
    bool next(const char **data, size_t *size)
    {
        if (end_ - at_ < 2)
            return false;
        size_t length = static_cast<unsigned char>(at_[0]) |
                        static_cast<size_t>(static_cast<unsigned char>(at_[1])) << 8;
        if (static_cast<size_t>(end_ - at_) - 2 < length)
            return false;
        *data = at_ + 2;
        *size = length;
        at_ += 2 + length + (length & 1);
        if (at_ > end_)
            at_ = end_;
        return true;
    }

private:
    const char *at_, *end_;
};

/* "21-NOV-2026 08:45:42.10"; trailing parts may be missing; TODAY, YESTERDAY, TOMORROW. */
bool mail_parse_date(const std::string &text, uint64_t *date);
/* seconds false: "21-NOV-2026 08:45", a day below 10 has a leading blank. */
std::string mail_format_date(uint64_t date, bool seconds);

} // namespace shim

#endif
