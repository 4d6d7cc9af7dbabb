/*
**  seven_bit - a message with 8-bit bytes for a host that takes seven bits
**
**  RFC 6152 3 (a client must convert or return), RFC 2045, RFC 2047.  Two passes over the text: the
**  first finds which parts hold 8-bit bytes, the second writes those parts in quoted-printable and
**  leaves every other byte as it came.  8-bit header text becomes encoded words.  Text that is not
**  MIME is labelled as such, or loses the eighth bits (HP's option NOEIGHT_BIT).  Lines end in
**  CRLF; the result is the same for every split of the input.
*/
#ifndef CORE_SEVEN_BIT_H
#define CORE_SEVEN_BIT_H

#include <string>
#include <vector>
#include "CORE/encode.h"
#include "boostset.h"

namespace mail {

enum {
    SEVEN_BIT_HEADER_MAX = 262144, /* of one part; a longer one counts as text */
    SEVEN_BIT_DEPTH_MAX = 50,      /* multiparts inside each other */
    SEVEN_BIT_PARTS_MAX = 100000   /* parts remembered; later ones are taken for 8-bit */
};

/* Walks through headers, parts and delimiters line by line. */
class MimeWalk {
public:
    MimeWalk();
    virtual ~MimeWalk() {}
    void feed(const char *data, size_t size);
    /* The text is over. */
    void finish();

protected:
    enum Kind { LEAF, MULTIPART, MESSAGE };
    /* The header of a part, complete with its empty line if there was one. */
    virtual void header(const std::string &block, Kind kind, size_t part) = 0;
    /* A line of the part's own text, complete; fragment: a piece of a very long one. */
    virtual void line(const char *data, size_t size, size_t part) = 0;
    /* What stands between parts: delimiters, preamble, epilogue. */
    virtual void between(const char *data, size_t size) = 0;
    /* Is the whole a MIME message?  Known when the first header() comes. */
    bool is_mime() const { return mime_; }

private:
    enum State { HEADER, TEXT, OUTSIDE };
    void take_line(const char *data, size_t size);
    bool is_delimiter(const char *data, size_t size, size_t *level, bool *closes) const;
    void end_header();
    void classify(Kind *kind, std::string *boundary) const;
    std::string held_, block_;
    std::vector<std::string> boundaries_;
    State state_;
    size_t part_; /* number of the current part, from 0 */
    bool first_, mime_, message_ended_;
};

/* First pass. */
class SevenBitScan : public MimeWalk {
public:
    SevenBitScan() : any_(false) {}
    bool any() const { return any_; }
    bool is_eight_bit(size_t part) const;

protected:
    virtual void header(const std::string &block, Kind kind, size_t part);
    virtual void line(const char *data, size_t size, size_t part);
    virtual void between(const char *data, size_t size);

private:
    std::vector<bool> parts_;
    bool any_;
};

/* Second pass. */
class SevenBitWriter : public MimeWalk {
public:
    /* label: text that is not MIME becomes MIME of an unknown charset; else its eighth bits go. */
    SevenBitWriter(const SevenBitScan &scan, bool label)
        : scan_(scan), label_(label), encoding_(false), out_(0)
    {
    }
    void feed(const char *data, size_t size, std::string *out);
    void finish(std::string *out);

protected:
    virtual void header(const std::string &block, Kind kind, size_t part);
    virtual void line(const char *data, size_t size, size_t part);
    virtual void between(const char *data, size_t size);

private:
    void end_encoding();
    const SevenBitScan &scan_;
    bool label_;
    QuotedPrintableEncoder encoder_;
    bool encoding_;
    std::string *out_;
};

/* Any byte above 127? */
bool has_eight_bit(const char *data, size_t size);

} // namespace mail
#endif
