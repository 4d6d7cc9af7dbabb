/*
**  message_scan - what one must know about a message that passes by
**
**  End of the header, hops (Received: lines, RFC 5321 6.3), which known fields are there and where,
**  8-bit bytes, longest line, counts.  Fed piece by piece, copies nothing but the beginning of a
**  header line, works at memory speed.  Same result for every split.
*/
#ifndef CORE_MESSAGE_SCAN_H
#define CORE_MESSAGE_SCAN_H

#include <string>
#include <vector>
#include "CORE/header_fields.h"
#include "boostset.h"

namespace mail {

/* A known header field; positions count from the first byte of the message. */
struct ScannedField {
    HeaderId id;
    boost::uint64_t offset; /* of its name */
    boost::uint64_t value;  /* of the byte behind its colon */
    boost::uint64_t size;   /* of the whole field with its last line end */
};

enum {
    SCAN_FIELDS_MAX = 200, /* positions kept; counts go on */
    SCAN_NAME_MAX = 1000   /* bytes of a header line that are looked at */
};

/* A value; one thread at a time.  Lines end in CRLF or LF. */
class MessageScan {
public:
    MessageScan();
    void feed(const char *data, size_t size);
    /* The message is over: a last line without line end counts. */
    void finish();
    void reset();

    boost::uint64_t bytes() const { return bytes_; }
    boost::uint64_t lines() const { return lines_; }
    boost::uint64_t longest_line() const { return longest_; } /* without its line end */
    bool has_8bit() const { return eight_bit_; }
    bool header_has_8bit() const { return header_8bit_; }
    bool has_nul() const { return nul_; }

    /* False while the header may still go on. */
    bool header_ended() const { return !in_header_; }
    /* Size of the header without the empty line; the body begins at body_offset(). */
    boost::uint64_t header_size() const { return header_size_; }
    boost::uint64_t body_offset() const { return body_offset_; }
    /* Lines in the body, complete or not. */
    boost::uint64_t body_lines() const { return lines_ - header_lines_; }
    /* The header ended with a line that is no field: that line is the first of the body. */
    bool header_is_broken() const { return broken_; }

    unsigned count(HeaderId id) const { return counts_[id]; }
    bool has(HeaderId id) const { return counts_[id] != 0; }
    unsigned hops() const { return counts_[HEADER_RECEIVED]; }
    bool has_mime() const { return has(HEADER_MIME_VERSION); }
    const std::vector<ScannedField> &fields() const { return fields_; }
    /* The first such field; null if there is none (or it lay behind SCAN_FIELDS_MAX). */
    const ScannedField *field(HeaderId id) const;

private:
    void header_piece(const char *at, const char *end);
    void end_line(bool cr);
    void end_header_line();
    void start_field(size_t colon);
    void close_field();
    void end_header(boost::uint64_t body_offset, bool broken);

    boost::uint64_t bytes_, lines_, longest_, header_size_, body_offset_, header_lines_;
    boost::uint64_t line_offset_, line_size_;
    bool eight_bit_, header_8bit_, line_8bit_, nul_, in_header_, broken_, last_cr_;
    bool any_field_;   /* a field was seen, so white space continues it */
    bool open_;        /* fields_.back() is not closed yet */
    std::string head_; /* the beginning of the header line, up to SCAN_NAME_MAX bytes */
    unsigned counts_[HEADER_ID_COUNT];
    std::vector<ScannedField> fields_;
};

} // namespace mail
#endif
