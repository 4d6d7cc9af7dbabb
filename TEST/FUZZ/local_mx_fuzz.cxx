/*  router_parse_mx: only whole lines of the asked destination count, in the file's order, however
**  the file is damaged
*/
#include "CORE/text.h"
#include "MTA/router.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    /* the first word of the text is what is asked for, so that records are found */
    std::vector<std::string> words;
    text_words(text_trimmed(text.substr(0, text.find('\n'))), &words);
    std::string asked = words.empty() ? "a.test" : words[0];

    std::vector<RouteMx> all, again;
    router_parse_mx(text, asked, &all);
    size_t lines = 1;
    for (size_t i = 0; i < text.size(); ++i)
        lines += text[i] == '\n';
    FUZZ_ASSERT(all.size() <= lines);
    for (size_t i = 0; i < all.size(); ++i) {
        FUZZ_ASSERT(!all[i].host.empty() && all[i].host == text_lowered(all[i].host));
        FUZZ_ASSERT(all[i].host.find_first_of(" \t\n") == std::string::npos);
    }
    if (asked[0] == '!')
        FUZZ_ASSERT(all.empty());

    /* what is appended is one record more, unless the text ends within a line */
    std::string more = text + "\n" + asked + " Gate.Test 7\n";
    router_parse_mx(more, asked, &again);
    if (asked[0] == '!')
        return;
    FUZZ_ASSERT(again.size() == all.size() + 1);
    FUZZ_ASSERT(again.back().host == "gate.test" && again.back().preference == 7);
    for (size_t i = 0; i < all.size(); ++i)
        FUZZ_ASSERT(again[i].host == all[i].host && again[i].preference == all[i].preference);
}
