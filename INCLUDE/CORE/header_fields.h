/*
**  header_fields - header fields: the table of known ones, and a block of them as a list
**
**  RFC 5322 2.2, 3.6.  A field is kept as it came, folds included; it is unfolded on request.
**  For a whole message that only passes by, message_scan finds positions without copying
**  anything.
*/
#ifndef CORE_HEADER_FIELDS_H
#define CORE_HEADER_FIELDS_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum HeaderId {
    HEADER_UNKNOWN,
#define KNOWN_HEADER(id, name, flags, rank) HEADER_##id,
#include "CORE/known_headers.def"
#undef KNOWN_HEADER
    HEADER_ID_COUNT
};

enum HeaderFlag {
    HDR_ONCE = 1,        /* at most one in a message */
    HDR_ADDRESS = 2,     /* its value is an address list */
    HDR_RECIPIENT = 4,
    HDR_SENDER = 8,
    HDR_MIME = 16,
    HDR_RESENT = 32,
    HDR_TRACE = 64,
    HDR_DATE = 128,
    HDR_ID = 256,        /* its value is made of message identifiers */
    HDR_TEXT = 512,      /* unstructured: encoded words anywhere */
    HDR_VMS = 1024       /* its value is a MAIL To: or CC: line */
};

struct KnownHeaderRow {
    HeaderId id;
    const char *name;
    unsigned flags; /* HeaderFlag bits */
    int rank;
};
/* id must not be HEADER_UNKNOWN. */
const KnownHeaderRow &known_header(HeaderId id);
/* Any case, without colon; HEADER_UNKNOWN if there is none. */
HeaderId known_header_find(const char *name, size_t size);
HeaderId known_header_find(const std::string &name);

enum {
    HEADER_NAME_MAX = 998,
    HEADER_LINE_MAX = 998,        /* RFC 5322 2.1.1, without CRLF */
    HEADER_LINE_WISH = 78,
    HEADER_FIELDS_MAX = 10000,
    HEADER_BYTES_MAX = 1048576
};

struct HeaderField {
    HeaderId id;
    std::string name;  /* as written, without the blanks before the colon */
    std::string raw;   /* behind the colon, folds included, without the last line end */
    HeaderField() : id(HEADER_UNKNOWN) {}
};

/* CRLF (or LF) before white space removed, trimmed (RFC 5322 2.2.3). */
std::string header_unfold(const std::string &raw);
/* Is `size` bytes at name a field name: printable ASCII but colon? */
bool header_name_is_valid(const char *name, size_t size);

/*
**  Size of the name of the field that the line begins, without the blanks before its colon
**  (RFC 5322 4.5.8); 0 when the line begins none.
*/
size_t header_name_size(const char *line, size_t size);

/* The fields of one block, in order.  A value; one thread at a time. */
class HeaderFields {
public:
    enum Result {
        OK,
        STRAY, /* a line that is neither a field nor a continuation; the block ends before it */
        TOO_MANY
    };
    HeaderFields() {}
    /*
    **  Replaces the list by that of data, which ends at an empty line or at its end.  *used:
    **  bytes of the block with its empty line.  What was read before a STRAY or TOO_MANY is kept.
    */
    Result parse(const char *data, size_t size, size_t *used);
    Result parse(const std::string &text);

    size_t count() const { return fields_.size(); }
    const HeaderField &field(size_t index) const { return fields_[index]; }
    /* Index of the first such field at or behind `from`; count() if there is none. */
    size_t find(HeaderId id, size_t from) const;
    size_t find(const std::string &name, size_t from) const;
    /* Unfolded value of the first such field; false if there is none. */
    bool value(HeaderId id, std::string *value) const;
    bool value(const std::string &name, std::string *value) const;
    void add(const std::string &name, const std::string &value);
    /* The block as text with CRLF, without the empty line. */
    std::string print() const;

private:
    bool add_line(const char *line, size_t size);
    std::vector<HeaderField> fields_;
};

/*
**  "Name: value" CRLF, folded before white space so that lines stay below HEADER_LINE_WISH columns
**  where the value allows it and never exceed HEADER_LINE_MAX.  Controls in value become blanks: no
**  value can make a second field.
*/
void header_append(const std::string &name, const std::string &value, std::string *text);
std::string header_print(const std::string &name, const std::string &value);

} // namespace mail
#endif
