/*
**  line_reader - command lines out of a stream of bytes: see CORE/line_reader.h
*/
#include "CORE/line_reader.h"

#include <string.h>

namespace mail {

LineReader::LineReader(size_t limit, LinePolicy policy)
    : limit_(limit), policy_(policy), size_(0), flags_(0), ready_(false), begun_(false), cr_(false)
{
}

/* Bytes without LF that belong to the line; a CR at their end waits in cr_. */
void LineReader::take(const char *data, size_t size)
{
    if (size == 0)
        return;
    begun_ = true;
    if (memchr(data, 0, size) != 0)
        flags_ |= LINE_HAS_NUL;
    size_ += size;
    if (line_.size() < limit_) {
        size_t room = limit_ - line_.size();
        line_.append(data, size < room ? size : room);
    }
}

size_t LineReader::feed(const char *data, size_t size)
{
    const char *at = data, *end = data + size;
    while (at != end && !ready_) {
        if (cr_) {
            cr_ = false;
            if (*at == '\n') {
                ++at;
                size_ += 2;
                ready_ = true;
                break;
            }
            flags_ |= LINE_BARE_CR;
            take("\r", 1);
        }
        const char *lf = static_cast<const char *>(memchr(at, '\n', end - at));
        const char *stop = lf != 0 ? lf : end;
        const char *cr = static_cast<const char *>(memchr(at, '\r', stop - at));
        if (cr != 0) {
            take(at, cr - at);
            cr_ = true;
            at = cr + 1;
        } else {
            take(at, stop - at);
            at = stop;
            if (lf != 0) {
                ++at;
                flags_ |= LINE_BARE_LF;
                if (policy_ == LINE_LF_TOO) {
                    ++size_;
                    ready_ = true;
                } else {
                    take("\n", 1);
                }
            }
        }
    }
    if (ready_ && size_ > limit_)
        flags_ |= LINE_TOO_LONG;
    return at - data;
}

void LineReader::next()
{
    if (line_.capacity() > LINE_KEEP_CAPACITY)
        std::string().swap(line_);
    line_.resize(0);
    size_ = 0;
    flags_ = 0;
    ready_ = begun_ = cr_ = false;
}

} // namespace mail
