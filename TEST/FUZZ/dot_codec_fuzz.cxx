/*  dot_codec: splits are equal, CRLF.CRLF alone ends, what was encoded decodes
*/
#include "CORE/dot_codec.h"
#include "fuzz.h"

using namespace mail;

static void decode_splits(const std::string &text, const DotOptions &options)
{
    DotDecoder whole(options), pieces(options);
    std::string a, b;
    size_t used = whole.feed(text.data(), text.size(), &a), at = 0;
    while (at < text.size()) {
        size_t size = fuzz_piece(text, at), taken = pieces.feed(text.data() + at, size, &b);
        at += taken;
        if (taken < size)
            break;
    }
    FUZZ_ASSERT(used == at && a == b);
    FUZZ_ASSERT(whole.state() == pieces.state() && whole.reason() == pieces.reason());
    FUZZ_ASSERT(whole.size() == pieces.size() && whole.lines() == pieces.lines());
    std::string end = "\r\n" + text.substr(0, used);
    bool ended = end.size() >= 5 && end.compare(end.size() - 5, 5, "\r\n.\r\n") == 0;
    FUZZ_ASSERT((whole.state() == DOT_DONE) == ended);
}

static void chunk_splits(const std::string &text, const DotOptions &options)
{
    ChunkDecoder whole(options), pieces(options);
    std::string a, b;
    whole.feed(text.data(), text.size(), &a);
    for (size_t at = 0, size; at < text.size(); at += size) {
        size = fuzz_piece(text, at);
        pieces.feed(text.data() + at, size, &b);
    }
    whole.finish(&a);
    pieces.finish(&b);
    FUZZ_ASSERT(a == b && whole.reason() == pieces.reason() && whole.size() == pieces.size());
    bool line_end = a.size() >= 2 && a.compare(a.size() - 2, 2, "\r\n") == 0;
    FUZZ_ASSERT(whole.reason() != DOT_GOOD || a.empty() || line_end);
}

FUZZ(text)
{
    DotOptions options;
    decode_splits(text, options);
    chunk_splits(text, options);
    options.accept_unix_lf = true;
    options.max_size = text.size() / 2;
    decode_splits(text, options);
    chunk_splits(text, options);
    DotEncoder encoder;
    std::string wire, wire2, back;
    encoder.feed(text.data(), text.size(), &wire);
    encoder.finish(&wire);
    encoder.reset();
    for (size_t at = 0, size; at < text.size(); at += size) {
        size = fuzz_piece(text, at);
        encoder.feed(text.data() + at, size, &wire2);
    }
    encoder.finish(&wire2);
    FUZZ_ASSERT(wire == wire2);
    DotOptions any;
    any.accept_nul = true;
    DotDecoder decoder(any);
    FUZZ_ASSERT(decoder.feed(wire.data(), wire.size(), &back) == wire.size());
    FUZZ_ASSERT(decoder.state() == DOT_DONE && decoder.reason() == DOT_GOOD);
    FUZZ_ASSERT(back.size() == encoder.size());
}
