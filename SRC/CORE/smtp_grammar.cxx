/*
**  smtp_grammar - SMTP command lines: see CORE/smtp_grammar.h
*/
#include "CORE/smtp_grammar.h"

#include "CORE/text.h"

namespace mail {

static const SmtpVerbRow smtp_verb_table[] = {
#define SMTP_VERB(id, name, argument, flags, syntax, help)                                         \
    { SMTP_##id, name, argument, flags, syntax, help },
#include "CORE/smtp_verbs.def"
#undef SMTP_VERB
};

enum { WORD_SHOWN = 32 };

const SmtpVerbRow &smtp_verb_row(SmtpVerb verb)
{
    return smtp_verb_table[verb];
}

SmtpVerb smtp_verb_find(const std::string &word)
{
    for (size_t i = 0; i < SMTP_VERB_COUNT; ++i)
        if (text_equal(word, smtp_verb_table[i].name))
            return smtp_verb_table[i].verb;
    return SMTP_UNKNOWN;
}

/* Takes "FROM:" or "TO:" off the argument. */
static bool take_prefix(SmtpVerb verb, std::string *argument)
{
    const std::string prefix(verb == SMTP_RCPT ? "TO" : "FROM");
    if (!text_begins(*argument, prefix.c_str()))
        return false;
    size_t at = prefix.size();
    while (at < argument->size() && text_is_blank((*argument)[at]))
        ++at;
    if (at == argument->size() || (*argument)[at] != ':')
        return false;
    *argument = text_trimmed(argument->substr(at + 1));
    return true;
}

SmtpLineError smtp_line_parse(const std::string &line, SmtpCommandLine *command)
{
    size_t at = 0;
    std::string word;
    *command = SmtpCommandLine();
    if (text_next_word(line, &at, &word))
        command->word = text_uppered(word.substr(0, WORD_SHOWN));
    std::string argument = text_trimmed(line.substr(at));
    for (size_t i = 0; i < line.size(); ++i)
        if (text_is_control(line[i]) && line[i] != '\t')
            return SMTP_LINE_CONTROLS;
    command->verb = smtp_verb_find(word);
    if (command->verb == SMTP_UNKNOWN)
        return SMTP_LINE_UNKNOWN;
    bool good = true;
    switch (smtp_verb_row(command->verb).argument) {
    case ARG_NONE:
        good = argument.empty();
        break;
    case ARG_MAY:
        break;
    case ARG_MUST:
        good = !argument.empty();
        break;
    case ARG_PATH:
        good = take_prefix(command->verb, &argument) && !argument.empty();
        break;
    }
    command->argument = argument;
    return good ? SMTP_LINE_OK : SMTP_LINE_ARGUMENT;
}

bool smtp_chunk_parse(const std::string &argument, boost::uint64_t *size, bool *last)
{
    std::vector<std::string> words;
    text_words(argument, &words);
    if (words.empty() || words.size() > 2 || (words.size() == 2 && !text_equal(words[1], "LAST")))
        return false;
    *last = words.size() == 2;
    return text_number64(words[0], 0, ~static_cast<boost::uint64_t>(0), size);
}

} // namespace mail
