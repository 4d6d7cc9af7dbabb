/*  smtp_reply: splits are equal, a good reply is printed and read again
*/
#include "CORE/smtp_reply.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    SmtpReplyReader whole, pieces, again;
    size_t used = whole.feed(text.data(), text.size()), at = 0;
    while (at < text.size() && pieces.state() == SmtpReplyReader::MORE)
        at += pieces.feed(text.data() + at, fuzz_piece(text, at));
    FUZZ_ASSERT(used == at && whole.state() == pieces.state());
    if (whole.state() != SmtpReplyReader::READY)
        return;
    FUZZ_ASSERT(whole.reply().lines == pieces.reply().lines);
    FUZZ_ASSERT(!text_has_controls(smtp_reply_one_line(whole.reply())));
    std::string print = smtp_reply_print(whole.reply());
    FUZZ_ASSERT(again.feed(print.data(), print.size()) == print.size());
    FUZZ_ASSERT(again.state() == SmtpReplyReader::READY && again.code() == whole.code());
    FUZZ_ASSERT(again.reply().lines.size() == whole.reply().lines.size());
}
