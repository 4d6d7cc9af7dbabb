/*
**  shim_help_fuzz - any text as a .HLP file: no line of its topics is lost or invented
*/
#include "LIBRARIAN/help_text.h"

#include <stdlib.h>

using namespace shim;

static size_t lines_of(const HelpTopic &topic)
{
    size_t n = topic.text.size();
    for (const HelpTopic &t : topic.topics)
        n += 1 + lines_of(t);
    for (const HelpTopic &q : topic.qualifiers)
        n += lines_of(q);
    return n;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    std::vector<std::string> lines(1);
    for (size_t i = 0; i < size; i++)
        if (data[i] == '\n')
            lines.push_back(std::string());
        else
            lines.back() += static_cast<char>(data[i]);
    std::vector<HelpError> errors;
    std::vector<Module> modules = help_modules(lines, 31, &errors);
    size_t kept = 0;
    for (const Module &module : modules) {
        kept += module.lines.size();
        HelpTopic topic = help_topic(module);
        if (module.lines.empty() || 1 + lines_of(topic) > module.lines.size())
            abort();
    }
    if (kept > lines.size())
        abort();
    for (const HelpError &e : errors)
        if (e.line < 1 || e.line > static_cast<int>(lines.size()))
            abort();
    return 0;
}
