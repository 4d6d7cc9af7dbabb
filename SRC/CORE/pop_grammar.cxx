/*
**  pop_grammar - POP command lines: see CORE/pop_grammar.h
*/
#include "CORE/pop_grammar.h"

#include "CORE/text.h"

namespace mail {

static const PopVerbRow pop_verb_table[] = {
#define POP_VERB(id, name, least, most, states, help) { POP_##id, name, least, most, states, help },
#include "CORE/pop_verbs.def"
#undef POP_VERB
};

enum { WORD_SHOWN = 32 };

const PopVerbRow &pop_verb_row(PopVerb verb)
{
    return pop_verb_table[verb];
}

PopVerb pop_verb_find(const std::string &word)
{
    for (size_t i = 0; i < POP_VERB_COUNT; ++i)
        if (text_equal(word, pop_verb_table[i].name))
            return pop_verb_table[i].verb;
    return POP_UNKNOWN;
}

static bool has_controls(const std::string &line)
{
    for (size_t i = 0; i < line.size(); ++i)
        if (text_is_control(line[i]) && line[i] != '\t')
            return true;
    return false;
}

PopLineError pop_line_parse(const std::string &line, PopCommandLine *command)
{
    size_t at = 0;
    std::string word;
    *command = PopCommandLine();
    if (text_next_word(line, &at, &word))
        command->word = text_uppered(word.substr(0, WORD_SHOWN));
    command->verb = pop_verb_find(word);
    if (command->verb != POP_PASS && has_controls(line))
        return POP_LINE_CONTROLS;
    if (command->verb == POP_UNKNOWN)
        return POP_LINE_UNKNOWN;
    const PopVerbRow &row = pop_verb_row(command->verb);
    if (row.most == POP_REST) {
        std::string rest = at < line.size() ? line.substr(at + 1) : std::string();
        if (command->verb != POP_PASS)
            rest = text_trimmed(rest);
        if (!rest.empty())
            command->arguments.push_back(rest);
    } else {
        text_words(line.substr(at), &command->arguments);
    }
    int count = static_cast<int>(command->arguments.size());
    return count < row.least || count > row.most ? POP_LINE_ARGUMENTS : POP_LINE_OK;
}

bool pop_message_number(const std::string &text, boost::uint32_t *number)
{
    return text_number(text, 1, 0xFFFFFFFFu, number);
}

} // namespace mail
