/*  line_reader: splits are equal and no byte is lost
*/
#include "CORE/line_reader.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

static std::string lines(const std::string &text, bool whole, LinePolicy policy)
{
    LineReader reader(20, policy);
    std::string result;
    for (size_t at = 0; at < text.size();) {
        at += reader.feed(text.data() + at, whole ? text.size() - at : fuzz_piece(text, at));
        if (!reader.ready())
            continue;
        FUZZ_ASSERT(reader.line().size() <= 20 && text[at - 1] == '\n');
        result += reader.line() + "\n" + text_from_number(reader.flags()) + "\n" +
                  text_from_number(at) + "\n";
        reader.next();
    }
    return result;
}

FUZZ(text)
{
    FUZZ_ASSERT(lines(text, true, LINE_CRLF_ONLY) == lines(text, false, LINE_CRLF_ONLY));
    FUZZ_ASSERT(lines(text, true, LINE_LF_TOO) == lines(text, false, LINE_LF_TOO));
}
