/*
**  command_owner - the table of mail verbs
*/
#include "command_owner.h"

#include <vector>
#include "CORE/text.h"

namespace mail {

struct OwnerRow {
    const char *words[3];
    CommandOwner owner;
};

/* The longest rows first: the first that matches decides. */
static const OwnerRow owner_table[] = {
    {{"SET", "CONFIGURATION", "SMTP"}, OWNER_MAIL},
    {{"SET", "CONFIGURATION", "NOSMTP"}, OWNER_MAIL},
    {{"SHOW", "CONFIGURATION", "SMTP"}, OWNER_MAIL},
    {{"ANALYZE", "CONFIGURATION", 0}, OWNER_MAIL},
    {{"ANALYZE", "MAIL", 0}, OWNER_MAIL},
    {{"REMOVE", "MAIL", 0}, OWNER_MAIL},
    {{"SEND", "MAIL", 0}, OWNER_MAIL},
    {{"SET", "MX_RECORDS", 0}, OWNER_MAIL},
    {{"SET", "NOMX_RECORDS", 0}, OWNER_MAIL},
    {{"SHOW", "MAIL", 0}, OWNER_MAIL},
    {{"SHOW", "MX_RECORDS", 0}, OWNER_MAIL},
    {{"SHOW", "ROUTE", "*@*"}, OWNER_MAIL}, /* a route of mail; others are the network's */
    {{"START", "MAIL", 0}, OWNER_MAIL},
    {{"STOP", "MAIL", 0}, OWNER_MAIL},
    {{"SHOW", "HOST", "*"}, OWNER_MAIL}, /* as the mail system's resolver finds it */
    {{"HELP", 0, 0}, OWNER_MAIL},
    {{"EXIT", 0, 0}, OWNER_MAIL},
    {{"QUIT", 0, 0}, OWNER_MAIL},
};

/* The words of the line without its qualifiers and their values. */
static void words_of(const std::string &command, std::vector<std::string> *words)
{
    bool quoted = false, in_qualifier = false;
    int depth = 0;
    std::string word;
    for (size_t i = 0; i <= command.size(); ++i) {
        char c = i < command.size() ? command[i] : ' ';
        if (c == '"')
            quoted = !quoted;
        bool plain = !quoted || i == command.size();
        if (plain && c == '!')
            i = command.size() - 1; /* the rest is a comment */
        if (plain && c == '(')
            ++depth;
        if (plain && c == ')' && depth > 0)
            --depth;
        bool ends = plain && depth == 0 && (text_is_blank(c) || c == '/' || c == '!');
        if (!ends) {
            if (!in_qualifier)
                word += c;
            continue;
        }
        if (!word.empty())
            words->push_back(word);
        word.clear();
        in_qualifier = c == '/';
    }
}

/* "SH" for SHOW; the table's word may also be longer than what is typed is short. */
static bool abbreviates(const std::string &typed, const char *word)
{
    std::string whole = word;
    if (whole == "*")
        return true;
    if (whole == "*@*")
        return typed.find('@') != std::string::npos;
    return typed.size() <= whole.size() && text_equal(typed, whole.substr(0, typed.size()));
}

static bool matches(const OwnerRow &row, const std::vector<std::string> &words)
{
    for (size_t i = 0; i < 3 && row.words[i]; ++i)
        if (i >= words.size() || !abbreviates(words[i], row.words[i]))
            return false;
    return true;
}

CommandOwner command_owner(const std::string &command)
{
    std::vector<std::string> words;
    words_of(command, &words);
    for (size_t i = 0; i < sizeof owner_table / sizeof *owner_table; ++i)
        if (matches(owner_table[i], words))
            return owner_table[i].owner;
    return OWNER_VENDOR;
}

} // namespace mail
