/*
**  line_reader - command lines out of a stream of bytes
**
**  RFC 5321 2.3.8, 4.5.3.1; RFC 1939 3.  Fed with whatever arrives, it takes the bytes of one
**  line and no byte more: what a client pipelines behind it stays with the caller, so that DATA
**  or TLS can never swallow or invent a command.
*/
#ifndef CORE_LINE_READER_H
#define CORE_LINE_READER_H

#include <string>
#include "boostset.h"

namespace mail {

enum LinePolicy {
    LINE_CRLF_ONLY, /* only CRLF ends a line; a lone CR or LF is part of it and reported */
    LINE_LF_TOO     /* a lone LF ends a line as well (and is reported); a lone CR is part of it */
};

enum LineFlag {
    LINE_BARE_CR = 1,
    LINE_BARE_LF = 2,
    LINE_HAS_NUL = 4,
    LINE_TOO_LONG = 8 /* line() holds its first bytes; all of it was consumed */
};

/* Not copyable by accident only: it is a plain value.  One thread at a time. */
class LineReader {
public:
    /* limit: most bytes of a line with its line end (SMTP_LINE_MAX, POP_LINE_MAX ...). */
    LineReader(size_t limit, LinePolicy policy);

    /*
    **  Bytes consumed.  When ready() is true afterwards one line is complete and nothing behind it
    **  was taken; while ready() is true nothing is consumed: call next() first.
    */
    size_t feed(const char *data, size_t size);
    bool ready() const { return ready_; }
    /* Without its line end. */
    const std::string &line() const { return line_; }
    /* LineFlag bits of this line. */
    unsigned flags() const { return flags_; }
    /* Forget the line; the memory of a long one is given back. */
    void next();

    /* True when a line was begun but not ended: at the end of a connection that is a cut command.
       */
    bool is_inside() const { return !ready_ && (begun_ || cr_); }
    void set_limit(size_t limit) { limit_ = limit; }

private:
    void take(const char *data, size_t size);
    size_t limit_;
    LinePolicy policy_;
    std::string line_;
    size_t size_;     /* bytes of the line so far, also those not kept */
    unsigned flags_;
    bool ready_, begun_, cr_;
};

enum { LINE_KEEP_CAPACITY = 1024 };

} // namespace mail
#endif
