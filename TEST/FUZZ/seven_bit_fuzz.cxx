/*  seven_bit: no byte above 127 comes out, whatever the message, and every split gives the same
*/
#include "CORE/seven_bit.h"
#include "fuzz.h"

using namespace mail;

static std::string convert(const std::string &text, bool label, size_t piece)
{
    SevenBitScan scan;
    std::string out;
    for (size_t at = 0; at < text.size(); at += piece)
        scan.feed(text.data() + at, text.size() - at < piece ? text.size() - at : piece);
    scan.finish();
    SevenBitWriter writer(scan, label);
    for (size_t at = 0; at < text.size(); at += piece)
        writer.feed(text.data() + at, text.size() - at < piece ? text.size() - at : piece, &out);
    writer.finish(&out);
    return out;
}

FUZZ(text)
{
    if (text.empty())
        return;
    for (int label = 0; label < 2; ++label) {
        std::string whole = convert(text, label != 0, text.size());
        FUZZ_ASSERT(!has_eight_bit(whole.data(), whole.size()));
        FUZZ_ASSERT(whole == convert(text, label != 0, 3));
    }
}
