/*  encode: coders and decoders undo each other; splits are equal
*/
#include "CORE/encode.h"
#include "CORE/encoded_word.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

template <class Coder> static std::string coded(const std::string &text, bool whole)
{
    Coder coder;
    std::string out;
    for (size_t at = 0, size; at < text.size(); at += size) {
        size = whole ? text.size() : fuzz_piece(text, at);
        coder.feed(text.data() + at, size, &out);
    }
    coder.finish(&out);
    return out;
}

/* Base64Decoder's finish() has no output. */
static std::string base64_body(const std::string &text, bool whole)
{
    Base64Decoder decoder;
    std::string out;
    for (size_t at = 0, size; at < text.size(); at += size) {
        size = whole ? text.size() : fuzz_piece(text, at);
        decoder.feed(text.data() + at, size, &out);
    }
    decoder.finish();
    return out;
}

FUZZ(text)
{
    std::string back;
    FUZZ_ASSERT(base64_decode(base64_encode(text), &back) && back == text);
    FUZZ_ASSERT(hex_decode(hex_encode(text), &back) && back == text);
    if (base64_decode(text, &back))
        FUZZ_ASSERT(base64_encode(back) == text);
    FUZZ_ASSERT(base64_body(text, true) == base64_body(text, false));
    FUZZ_ASSERT(base64_body(coded<Base64Encoder>(text, false), false) == text);
    typedef QuotedPrintableEncoder Qe;
    typedef QuotedPrintableDecoder Qd;
    FUZZ_ASSERT(coded<Qd>(text, true) == coded<Qd>(text, false));
    FUZZ_ASSERT(coded<Qe>(text, true) == coded<Qe>(text, false));
    FUZZ_ASSERT(coded<Qd>(coded<Qe>(text, false), false) == text);
    encoded_word_decode(text);
    if (text_is_utf8(text) && !text_has_controls(text))
        FUZZ_ASSERT(encoded_word_decode(encoded_word_encode(text)) == text);
}
