/*
**  encode - base64, quoted-printable and hexadecimal
**
**  RFC 2045 6.7 and 6.8, RFC 4648.  Whole texts by functions, bodies by classes that are fed
**  piece by piece and give the same bytes for every split.  Decoders never guess: what is not of
**  the alphabet is skipped (MIME bodies) or refused (the strict functions), as each one says.
*/
#ifndef CORE_ENCODE_H
#define CORE_ENCODE_H

#include <string>
#include "boostset.h"

namespace mail {

/* One line, padded. */
std::string base64_encode(const std::string &bytes);
/* Strict: the alphabet, correct padding, zero spare bits, nothing else (SASL, RFC 2047 words). */
bool base64_decode(const std::string &text, std::string *bytes);

/* Lower-case digits; decode takes both cases and an even count. */
std::string hex_encode(const std::string &bytes);
bool hex_decode(const std::string &text, std::string *bytes);

/* Lines of 76 characters with CRLF.  finish() writes the rest and a CRLF, and starts anew. */
class Base64Encoder {
public:
    Base64Encoder() : count_(0), column_(0) {}
    void feed(const char *data, size_t size, std::string *out);
    void finish(std::string *out);

private:
    void put(std::string *out);
    unsigned char held_[3];
    size_t count_, column_;
};

/* Lenient, for bodies: other bytes are skipped, '=' ends the data (RFC 2045 6.8). */
class Base64Decoder {
public:
    Base64Decoder() : bits_(0), count_(0), ended_(false), clean_(true) {}
    void feed(const char *data, size_t size, std::string *out);
    /* False when bytes outside the alphabet (other than white space) or a cut group were seen. */
    bool finish();

private:
    boost::uint32_t bits_;
    int count_;
    bool ended_, clean_;
};

/*
**  CRLF in the input is a line end and stays one; every other CR or LF is encoded.  Output lines
**  are at most 76 characters.  finish() writes what is held back and starts anew.
*/
class QuotedPrintableEncoder {
public:
    QuotedPrintableEncoder() : column_(0), blank_(0), cr_(false) {}
    void feed(const char *data, size_t size, std::string *out);
    void finish(std::string *out);

private:
    void put(unsigned char c, bool encoded, std::string *out);
    void flush_blank(bool encoded, std::string *out);
    size_t column_;
    char blank_; /* a blank or tab that may turn out to be the last of its line */
    bool cr_;
};

/* Lenient: a malformed "=xx" stays as it is and clean() turns false. */
class QuotedPrintableDecoder {
public:
    QuotedPrintableDecoder() : clean_(true) {}
    void feed(const char *data, size_t size, std::string *out);
    void finish(std::string *out);
    bool clean() const { return clean_; }

private:
    void step(char c, std::string *out);
    std::string held_; /* "=", "=X" or blanks that may end a line; bounded by QP_HELD */
    bool clean_;
};

enum { QP_HELD = 998, BASE64_LINE = 76 };

} // namespace mail
#endif
