/*
**  sff_syntax - MAIL, RCPT and DATA lines of a file
*/
#include "CORE/sff_syntax.h"

#include "CORE/smtp_path.h"
#include "CORE/text.h"

namespace mail {

bool SffReader::fail(const std::string &why)
{
    error_ = "line " + text_from_number(static_cast<boost::uint64_t>(line_)) + ": " + why;
    return false;
}

/* "MAIL FROM" with any white space between, then ":"; *rest is what follows. */
static bool take_verb(const std::string &line, const char *verb, const char *word,
                      std::string *rest)
{
    size_t at = 0, colon = line.find(':');
    std::string first, second, more;
    if (colon == std::string::npos)
        return false;
    std::string head = line.substr(0, colon);
    if (!text_next_word(head, &at, &first) || !text_next_word(head, &at, &second) ||
        text_next_word(head, &at, &more) || !text_equal(first, verb) || !text_equal(second, word))
        return false;
    *rest = text_trimmed(line.substr(colon + 1));
    return true;
}

/* One path with or without brackets, and nothing behind it. */
static bool take_path(const std::string &text, unsigned options, SmtpPath *path)
{
    size_t at = 0;
    return smtp_path_parse(text, options | PATH_NO_DOMAIN | PATH_NO_BRACKETS, &at, path) ==
               PATH_OK &&
           text_trimmed(text.substr(at)).empty();
}

bool SffReader::take_sender(const std::string &rest)
{
    SmtpPath path;
    if (have_sender_)
        return fail("a second MAIL FROM");
    if (!recipients_.empty())
        return fail("MAIL FROM must stand before the first RCPT TO");
    if (!take_path(rest, PATH_NULL, &path))
        return fail("not a sender address: " + text_printable(rest, 100));
    have_sender_ = true;
    sender_ = smtp_mailbox_print(path);
    return true;
}

bool SffReader::take_recipient(const std::string &rest)
{
    SmtpPath path;
    if (!have_sender_)
        return fail("RCPT TO before MAIL FROM");
    if (!take_path(rest, 0, &path) || path.kind == SmtpPath::NONE)
        return fail("not a recipient address: " + text_printable(rest, 100));
    if (recipients_.size() >= SFF_RECIPIENTS_MAX)
        return fail("too many recipients");
    std::string mailbox = smtp_mailbox_print(path);
    if (known_.insert(text_lowered(mailbox)).second)
        recipients_.push_back(mailbox); /* who is named twice gets it once */
    return true;
}

bool SffReader::feed(const std::string &given)
{
    std::string line = given, rest;
    ++line_;
    if (in_text_)
        return true;
    if (!line.empty() && line[line.size() - 1] == '\r')
        line.resize(line.size() - 1);
    if (take_verb(line, "MAIL", "FROM", &rest))
        return take_sender(rest);
    if (take_verb(line, "RCPT", "TO", &rest))
        return take_recipient(rest);
    if (!text_equal(text_trimmed(line), "DATA"))
        return fail("not MAIL FROM:<address>, RCPT TO:<address> or DATA: " +
                    text_printable(line, 60));
    if (!have_sender_)
        return fail("DATA before MAIL FROM");
    if (recipients_.empty())
        return fail("DATA before RCPT TO");
    in_text_ = true;
    return true;
}

bool SffReader::finish()
{
    if (in_text_)
        return true;
    ++line_;
    return fail(!have_sender_         ? "the file ends before MAIL FROM"
                : recipients_.empty() ? "the file ends before RCPT TO"
                                      : "the file ends before DATA");
}

} // namespace mail
