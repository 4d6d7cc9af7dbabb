/*  smtp_path: what is read is printed and read again as the same
*/
#include "CORE/smtp_path.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    SmtpPath path, again;
    std::vector<SmtpParameter> parameters;
    std::string back;
    size_t at = 0;
    if (smtp_path_parse(text, text.size() % 32, &at, &path) == PATH_OK) {
        FUZZ_ASSERT(at <= text.size());
        smtp_parameters_parse(text, at, &parameters);
        std::string print = smtp_path_print(path);
        at = 0;
        FUZZ_ASSERT(smtp_path_parse(print, 31, &at, &again) == PATH_OK && at == print.size());
        FUZZ_ASSERT(again.local == path.local || path.kind == SmtpPath::POSTMASTER);
        FUZZ_ASSERT(again.kind == path.kind && again.domain == path.domain);
    }
    FUZZ_ASSERT(at <= text.size() + 600);
    FUZZ_ASSERT(smtp_xtext_decode(smtp_xtext_encode(text), &back) && back == text);
}
