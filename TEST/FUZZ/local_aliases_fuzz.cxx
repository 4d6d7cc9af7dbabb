/*  identity_parse_aliases: every line is a comment, a name of ours or counted; no name is more than
**  a word, and a second reading changes nothing
*/
#include "CORE/text.h"
#include "MTA/identity.h"
#include "fuzz.h"

using namespace mail;

/* A line as the file's reader understands it: without blanks and CR around it. */
static std::string bare(const std::string &line)
{
    static const char around[] = " \t\r";
    size_t begin = line.find_first_not_of(around);
    if (begin == std::string::npos)
        return "";
    return line.substr(begin, line.find_last_not_of(around) - begin + 1);
}

FUZZ(text)
{
    Identity identity;
    identity.set_host("node.vms.test", "vms.test", "NODE");
    size_t left_out = identity_parse_aliases(text, &identity), lines = 0;
    FUZZ_ASSERT(identity.alias_count() <= 255);
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        std::string name = bare(text.substr(from, to - from));
        from = to + 1;
        if (name.empty() || name[0] == '!')
            continue;
        ++lines;
        if (left_out == 0)
            FUZZ_ASSERT(name.size() <= 64 && identity.is_local(name));
    }
    FUZZ_ASSERT(left_out <= lines && identity.alias_count() + left_out <= lines);
    FUZZ_ASSERT(lines == 0 || identity.alias_count() + left_out > 0);

    size_t count = identity.alias_count();
    if (count < 255)
        FUZZ_ASSERT(identity_parse_aliases(text, &identity) == left_out);
    FUZZ_ASSERT(identity.alias_count() >= count && identity.is_local("node.vms.test"));
}
