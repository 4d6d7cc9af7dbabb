/*  smtp_grammar: no line breaks it, and a good one holds no controls
*/
#include "CORE/smtp_grammar.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    SmtpCommandLine command;
    if (smtp_line_parse(text, &command) != SMTP_LINE_OK)
        return;
    FUZZ_ASSERT(command.verb != SMTP_UNKNOWN);
    FUZZ_ASSERT(command.word == smtp_verb_row(command.verb).name);
    FUZZ_ASSERT(command.argument == text_trimmed(command.argument));
    for (size_t i = 0; i < command.argument.size(); ++i)
        FUZZ_ASSERT(!text_is_control(command.argument[i]) || command.argument[i] == '\t');
}
