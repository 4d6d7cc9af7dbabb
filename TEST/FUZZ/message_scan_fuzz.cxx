/*  message_scan: the same answer for every split
*/
#include "CORE/message_scan.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    MessageScan whole, pieces;
    whole.feed(text.data(), text.size());
    whole.finish();
    for (size_t at = 0, size; at < text.size(); at += size) {
        size = fuzz_piece(text, at);
        pieces.feed(text.data() + at, size);
    }
    pieces.finish();
    FUZZ_ASSERT(whole.bytes() == text.size() && pieces.bytes() == text.size());
    FUZZ_ASSERT(whole.lines() == pieces.lines());
    FUZZ_ASSERT(whole.longest_line() == pieces.longest_line());
    FUZZ_ASSERT(whole.header_size() == pieces.header_size());
    FUZZ_ASSERT(whole.body_offset() == pieces.body_offset());
    FUZZ_ASSERT(whole.body_offset() <= text.size());
    FUZZ_ASSERT(whole.header_has_8bit() == pieces.header_has_8bit());
    FUZZ_ASSERT(whole.header_is_broken() == pieces.header_is_broken());
    FUZZ_ASSERT(whole.fields().size() == pieces.fields().size());
    for (size_t i = 0; i < whole.fields().size(); ++i) {
        FUZZ_ASSERT(whole.fields()[i].offset == pieces.fields()[i].offset);
        FUZZ_ASSERT(whole.fields()[i].size == pieces.fields()[i].size);
        FUZZ_ASSERT(whole.fields()[i].offset + whole.fields()[i].size <= text.size());
    }
}
