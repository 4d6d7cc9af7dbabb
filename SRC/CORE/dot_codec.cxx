/*
**  dot_codec - message text on the wire: see CORE/dot_codec.h
**
**  run() passes whole lines by memchr; only what is unusual at the edges of a line (dots, line ends
**  that are cut by the end of a buffer, lone CR or LF) goes through step() byte by byte.
*/
#include "CORE/dot_codec.h"

#include <string.h>

namespace mail {

const char *dot_reason_name(DotReason reason)
{
    switch (reason) {
    case DOT_GOOD:
        return "good";
    case DOT_LONE_CR:
        return "lone CR in message";
    case DOT_LONE_LF:
        return "lone LF in message";
    case DOT_NUL:
        return "NUL in message";
    case DOT_TOO_BIG:
        break;
    }
    return "message too big";
}

static const char *find(const char *at, char c, const char *end)
{
    return static_cast<const char *>(memchr(at, c, end - at));
}

DotDecoder::DotDecoder(const DotOptions &options) : options_(options)
{
    reset();
}

void DotDecoder::reset()
{
    state_ = DOT_MORE;
    reason_ = DOT_GOOD;
    step_ = STEP_START;
    after_crlf_ = true;
    size_ = 0;
    lines_ = 0;
}

size_t DotDecoder::feed(const char *data, size_t size, std::string *text)
{
    const char *at = data, *end = data + size;
    while (at != end && state_ == DOT_MORE) {
        if (step_ == STEP_START || step_ == STEP_TEXT)
            at = run(at, end, text);
        if (at != end && step(*at, text))
            ++at;
    }
    return at - data;
}

/* Takes text and whole CRLF lines, up to the first byte that step() must look at. */
const char *DotDecoder::run(const char *at, const char *end, std::string *text)
{
    const char *line = at;
    while (line != end && !(step_ == STEP_START && *line == '.')) {
        const char *lf = find(line, '\n', end);
        const char *stop = lf == 0 ? end : lf;
        if (lf != 0 && lf != line && lf[-1] == '\r')
            --stop;
        const char *cr = find(line, '\r', stop);
        if (cr != 0)
            stop = cr;
        if (stop != line)
            step_ = STEP_TEXT;
        if (lf == 0 || stop + 1 != lf) {
            line = stop;
            break;
        }
        line = lf + 1;
        ++lines_;
        step_ = STEP_START;
        after_crlf_ = true;
    }
    if (line != at)
        keep(at, line - at, text);
    return line;
}

/* False when c was refused and stays unconsumed. */
bool DotDecoder::step(char c, std::string *text)
{
    switch (step_) {
    case STEP_START:
    case STEP_TEXT:
        if (c == '\n')
            return lone_lf(text);
        if (c == '\r')
            step_ = STEP_CR;
        else
            step_ = STEP_DOT; // run() stops nowhere else
        return true;
    case STEP_CR:
        if (c != '\n')
            return refuse(DOT_LONE_CR);
        line_end(true, text);
        return true;
    case STEP_DOT:
        if (c == '\r') {
            step_ = STEP_DOT_CR;
            return true;
        }
        if (c == '\n') {
            if (options_.accept_unix_lf)
                keep(".", 1, text);
            return lone_lf(text);
        }
        keep(&c, 1, text);
        step_ = STEP_TEXT;
        return true;
    case STEP_DOT_CR:
        break;
    }
    if (c != '\n')
        return refuse(DOT_LONE_CR);
    if (after_crlf_) {
        state_ = DOT_DONE;
    } else {
        keep(".", 1, text); // behind a lone LF a period is text, or one could smuggle messages
        line_end(true, text);
    }
    return true;
}

bool DotDecoder::lone_lf(std::string *text)
{
    if (!options_.accept_unix_lf)
        return refuse(DOT_LONE_LF);
    line_end(false, text);
    return true;
}

void DotDecoder::line_end(bool real, std::string *text)
{
    keep("\r\n", 2, text);
    ++lines_;
    step_ = STEP_START;
    after_crlf_ = real;
}

void DotDecoder::keep(const char *data, size_t size, std::string *text)
{
    boost::uint64_t before = size_;
    size_ += size;
    if (reason_ != DOT_GOOD)
        return;
    DotReason reason = DOT_GOOD;
    if (options_.max_size != 0 && size_ > options_.max_size) {
        size = static_cast<size_t>(options_.max_size - before);
        reason = DOT_TOO_BIG;
    }
    if (!options_.accept_nul) {
        const char *nul = find(data, 0, data + size);
        if (nul != 0) {
            size = nul - data;
            reason = DOT_NUL;
        }
    }
    text->append(data, size);
    reason_ = reason;
}

bool DotDecoder::refuse(DotReason reason)
{
    state_ = DOT_BAD;
    reason_ = reason;
    return false;
}

void DotEncoder::put(const char *data, size_t size, std::string *wire)
{
    wire->append(data, size);
    size_ += size;
}

void DotEncoder::feed(const char *data, size_t size, std::string *wire)
{
    const char *at = data, *end = data + size;
    while (at != end) {
        if (cr_) {
            put("\r\n", 2, wire);
            cr_ = false;
            start_ = true;
            if (*at == '\n')
                ++at;
            continue;
        }
        if (start_ && *at == '.')
            *wire += '.';
        at = run(at, end, wire);
    }
}

/* Writes up to the next line that begins with a period, or the next lone CR or LF. */
const char *DotEncoder::run(const char *at, const char *end, std::string *wire)
{
    const char *line = at;
    do {
        const char *lf = find(line, '\n', end);
        const char *stop = lf == 0 ? end : lf;
        if (lf != 0 && lf != line && lf[-1] == '\r')
            --stop;
        const char *cr = find(line, '\r', stop);
        if (cr != 0)
            stop = cr;
        if (lf == 0 || stop + 1 != lf) {
            put(at, stop - at, wire);
            start_ = start_ && stop == line;
            if (stop == end)
                return end;
            cr_ = *stop == '\r';
            if (!cr_) {
                put("\r\n", 2, wire);
                start_ = true;
            }
            return stop + 1;
        }
        line = lf + 1;
        start_ = true;
    } while (line != end && *line != '.');
    put(at, line - at, wire);
    return line;
}

void DotEncoder::finish_text(std::string *wire)
{
    if (cr_ || !start_)
        put("\r\n", 2, wire);
    cr_ = false;
    start_ = true;
}

void DotEncoder::finish(std::string *wire)
{
    finish_text(wire);
    *wire += ".\r\n";
}

/* ---- chunks ---- */

ChunkDecoder::ChunkDecoder(const DotOptions &options)
    : options_(options), reason_(DOT_GOOD), cr_(false), start_(true), size_(0)
{
}

void ChunkDecoder::put(const char *data, size_t size, std::string *text)
{
    if (reason_ == DOT_GOOD)
        text->append(data, size);
}

void ChunkDecoder::feed(const char *data, size_t size, std::string *text)
{
    boost::uint64_t room = options_.max_size > size_ ? options_.max_size - size_ : 0;
    bool too_big = options_.max_size != 0 && size > room;
    size_ += size;
    lines(data, too_big ? static_cast<size_t>(room) : size, text);
    if (too_big && reason_ == DOT_GOOD)
        reason_ = DOT_TOO_BIG;
}

void ChunkDecoder::lines(const char *data, size_t size, std::string *text)
{
    const char *end = data + size;
    for (const char *at = data; at < end && reason_ == DOT_GOOD;) {
        const char *run = at;
        if (*at == '\n') {
            if (!cr_ && !options_.accept_unix_lf)
                reason_ = DOT_LONE_LF;
            put("\r\n", 2, text);
            cr_ = false;
            start_ = true;
            ++at;
        } else if (cr_) {
            reason_ = DOT_LONE_CR;
        } else if (*at == '\r') {
            cr_ = true;
            ++at;
        } else if (*at == '\0' && !options_.accept_nul) {
            reason_ = DOT_NUL;
        } else {
            while (at < end && *at != '\r' && *at != '\n' && *at != '\0')
                ++at;
            at += at == run; /* a NUL that may pass */
            put(run, static_cast<size_t>(at - run), text);
            start_ = false;
        }
    }
}

void ChunkDecoder::finish(std::string *text)
{
    if (cr_ && reason_ == DOT_GOOD)
        reason_ = DOT_LONE_CR;
    if (!start_)
        put("\r\n", 2, text);
    start_ = true;
}

} // namespace mail
