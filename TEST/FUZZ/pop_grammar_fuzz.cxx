/*  pop_grammar: no line breaks it, and arguments are within the row's numbers
*/
#include "CORE/pop_grammar.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    PopCommandLine command;
    if (pop_line_parse(text, &command) != POP_LINE_OK)
        return;
    const PopVerbRow &row = pop_verb_row(command.verb);
    int count = static_cast<int>(command.arguments.size());
    FUZZ_ASSERT(count >= row.least && count <= row.most);
    for (int i = 0; i < count; ++i)
        FUZZ_ASSERT(!command.arguments[static_cast<size_t>(i)].empty());
}
