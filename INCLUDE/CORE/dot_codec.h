/*
**  dot_codec - message text on the wire: dot stuffing, line ends, end of data
**
**  The only code that knows what ends a message: CRLF "." CRLF, and nothing that looks like it
**  (RFC 5321 4.1.1.4, 4.5.2; HP 18.1.1; TW ACCEPT_UNIX_LF).  Works in runs, not bytes: 10 MiB
**  messages pass at memory speed.  Same result for every split of the input.
*/
#ifndef CORE_DOT_CODEC_H
#define CORE_DOT_CODEC_H

#include <string>
#include "boostset.h"

namespace mail {

enum DotState {
    DOT_MORE, /* the end was not seen yet */
    DOT_DONE, /* the end was seen and consumed; the message is good only if reason() is DOT_GOOD */
    DOT_BAD   /* lone CR or LF: answer and close, for nobody knows what the client meant */
};

enum DotReason {
    DOT_GOOD,
    DOT_LONE_CR,
    DOT_LONE_LF,
    DOT_NUL,     /* a NUL byte; the rest is swallowed up to the end */
    DOT_TOO_BIG  /* more than the limit; the rest is swallowed up to the end */
};
/* "lone CR in message" ...: for logs */
const char *dot_reason_name(DotReason reason);

struct DotOptions {
    /* A lone LF is read as CRLF (TW ACCEPT_UNIX_LF).  LF.LF, LF.CRLF and CRLF.LF never end a
       message: that "." is text. */
    bool accept_unix_lf;
    bool accept_nul;          /* pass NUL bytes on instead of refusing the message */
    boost::uint64_t max_size; /* decoded bytes, 0 = no limit */
    DotOptions() : accept_unix_lf(false), accept_nul(false), max_size(0) {}
};

/* Wire to text.  A value; one thread at a time.  Starts as if behind a CRLF. */
class DotDecoder {
public:
    explicit DotDecoder(const DotOptions &options = DotOptions());

    /*
    **  Bytes consumed; decoded text is appended to *text (CRLF lines, unstuffed; "" for an empty
    **  message).  In DOT_DONE and DOT_BAD nothing is consumed any more: what follows in data is not
    **  part of the message.  After a DOT_NUL or DOT_TOO_BIG nothing is appended any more.
    */
    size_t feed(const char *data, size_t size, std::string *text);
    DotState state() const { return state_; }
    DotReason reason() const { return reason_; }
    boost::uint64_t size() const { return size_; }   /* decoded bytes, also those not appended */
    boost::uint64_t lines() const { return lines_; } /* decoded line ends */
    /* Ready for the next message, same options. */
    void reset();

private:
    enum Step { STEP_START, STEP_TEXT, STEP_CR, STEP_DOT, STEP_DOT_CR };
    const char *run(const char *at, const char *end, std::string *text);
    bool step(char c, std::string *text);
    bool lone_lf(std::string *text);
    void keep(const char *data, size_t size, std::string *text);
    void line_end(bool real, std::string *text);
    bool refuse(DotReason reason);
    DotOptions options_;
    DotState state_;
    DotReason reason_;
    Step step_;
    bool after_crlf_; /* the line before this one ended with a real CRLF */
    boost::uint64_t size_, lines_;
};

/*
**  BDAT (RFC 3030): the end is told by counts, so nothing is stuffed and a lone CR or LF hides no
**  end; it is wrong all the same, for the text goes on by DATA.  A value; one thread at a time.
*/
class ChunkDecoder {
public:
    explicit ChunkDecoder(const DotOptions &options = DotOptions());

    /* Takes all of it.  Once reason() is not DOT_GOOD nothing is appended any more. */
    void feed(const char *data, size_t size, std::string *text);
    /* Behind the last chunk: a last line without line end gets one. */
    void finish(std::string *text);
    DotReason reason() const { return reason_; }
    boost::uint64_t size() const { return size_; } /* bytes fed */

private:
    void lines(const char *data, size_t size, std::string *text);
    void put(const char *data, size_t size, std::string *text);
    DotOptions options_;
    DotReason reason_;
    bool cr_, start_; /* behind a CR; at the start of a line */
    boost::uint64_t size_;
};

/*
**  Text to wire.  Lines that begin with "." get another one; CRLF, a lone LF and a lone CR all
**  leave as CRLF, so that no reader, however lenient, can see an end of data inside.  One thread
**  at a time.
*/
class DotEncoder {
public:
    DotEncoder() : start_(true), cr_(false), size_(0) {}
    void feed(const char *data, size_t size, std::string *wire);
    /* Completes a last line without line end and writes ".CRLF"; call reset() for the next text. */
    void finish(std::string *wire);
    /* The same without the final ".CRLF": for bodies whose end is told otherwise (BDAT, files). */
    void finish_text(std::string *wire);
    /* Bytes written by feed and finish_text that are not stuffing: the octets a POP client counts.
       */
    boost::uint64_t size() const { return size_; }
    void reset() { *this = DotEncoder(); }

private:
    const char *run(const char *at, const char *end, std::string *wire);
    void put(const char *data, size_t size, std::string *wire);
    bool start_, cr_;
    boost::uint64_t size_;
};

} // namespace mail
#endif
