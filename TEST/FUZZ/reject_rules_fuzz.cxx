/*  reject_rules: a reject file that may include itself in every way, against one envelope
**
**  It must end, count every line once, and no text of a rule may be more than one line of a reply.
*/
#include "CORE/reject_rules.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

/* "#include a" .. "#include p": pieces of the input; everything else cannot be read. */
class PieceReader : public RejectReader {
public:
    explicit PieceReader(const std::string &text) : text_(text) {}
    virtual bool read(const std::string &file, std::string *full, std::string *text)
    {
        *full = file;
        if (file.size() != 1 || file[0] < 'a' || file[0] > 'p') {
            *text = "no such file";
            return false;
        }
        size_t piece = static_cast<size_t>(file[0] - 'a') * text_.size() / 16;
        *text = text_.substr(piece);
        return true;
    }

private:
    std::string text_;
};

FUZZ(text)
{
    PieceReader reader(text);
    RejectRules rules;
    FUZZ_ASSERT(reject_parse("a", reader, &rules));
    FUZZ_ASSERT(rules.rules.size() + rules.header_rules.size() <= REJECT_RULES_MAX);
    FUZZ_ASSERT(rules.files.size() <= REJECT_FILES_MAX &&
                rules.problems.size() <= REJECT_PROBLEMS_MAX);
    static const char *const senders[] = {"", "bob", "a@example.com"};
    for (size_t i = 0; i < 3; ++i) {
        const RejectRule *rule = reject_find(rules, senders[i], "10.0.0.5", "joe%x@example.com");
        if (!rule)
            continue;
        std::string said = reject_text(*rule, senders[i], "joe%x@example.com", "host.example");
        FUZZ_ASSERT(!text_has_controls(said) && said.size() <= REJECT_TEXT_MAX);
        FUZZ_ASSERT(rule->place.line != 0 && !rule->place.file.empty());
    }
    HeaderFields fields;
    fields.parse("Subject: an offer\r\nMessage-ID: <1@example.com>\r\n");
    reject_find_header(rules, fields);
}
