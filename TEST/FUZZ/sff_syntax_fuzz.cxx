/*  sff_syntax: envelope lines of Send From File
**
**  What is accepted has a sender and recipients that parse again as themselves; what is not has an
**  error that names a line of the file.
*/
#include "CORE/sff_syntax.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    SffReader reader;
    bool good = true;
    size_t lines = 0;
    for (size_t from = 0; from < text.size() && good; ++lines) {
        size_t to = text.find('\n', from);
        to = to == std::string::npos ? text.size() : to;
        good = reader.feed(text.substr(from, to - from));
        from = to + 1;
    }
    good = good && reader.finish();
    if (!good) {
        FUZZ_ASSERT(reader.error().compare(0, 5, "line ") == 0);
        FUZZ_ASSERT(reader.line() >= 1 && reader.line() <= lines + 1);
        FUZZ_ASSERT(!text_has_controls(reader.error()));
        return;
    }
    SmtpPath path;
    FUZZ_ASSERT(!reader.recipients().empty());
    for (size_t i = 0; i < reader.recipients().size(); ++i) {
        size_t at = 0;
        const std::string &one = reader.recipients()[i];
        FUZZ_ASSERT(smtp_path_parse(one, PATH_NO_DOMAIN | PATH_NO_BRACKETS, &at, &path) == PATH_OK);
        FUZZ_ASSERT(at == one.size() && smtp_mailbox_print(path) == one);
    }
}
