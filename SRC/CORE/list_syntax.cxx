/*
**  list_syntax - lines of distribution lists, names of list files
*/
#include "CORE/list_syntax.h"

#include <set>

#include "CORE/smtp_path.h"
#include "CORE/text.h"

namespace mail {

static void problem(std::vector<ListProblem> *problems, size_t line, const std::string &text)
{
    if (problems->size() >= LIST_PROBLEMS_MAX)
        return;
    ListProblem p;
    p.line = line;
    p.text = text;
    problems->push_back(p);
}

/* 0 when the line is a member, which is added; else what is wrong with it. */
static const char *take_member(const std::string &text, std::set<std::string> *known,
                               std::vector<std::string> *members)
{
    SmtpPath path;
    std::string address = text;
    if (text[0] == '@')
        return "lists do not nest";
    if (text.size() > 2 && text[0] == '<' && text[text.size() - 1] == '>')
        address = text.substr(1, text.size() - 2);
    if (!smtp_mailbox_parse(address, &path) || path.kind == SmtpPath::NONE)
        return "not an SMTP address";
    if (members->size() >= LIST_MEMBERS_MAX)
        return "too many members";
    std::string mailbox = smtp_mailbox_print(path);
    if (known->insert(text_lowered(mailbox)).second)
        members->push_back(mailbox);
    return 0;
}

void list_parse(const std::string &text, std::vector<std::string> *members,
                std::vector<ListProblem> *problems)
{
    std::set<std::string> known;
    size_t number = 0;
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        std::string line = text_trimmed(text.substr(from, to - from));
        ++number;
        if (!line.empty() && text[from] != '!') {
            const char *why = take_member(line, &known, members);
            if (why)
                problem(problems, number, why);
        }
        from = to + 1;
    }
}

static bool is_file_word(const std::string &word)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$_-";
    return word.size() <= LIST_NAME_MAX && word.find_first_not_of(allowed) == std::string::npos &&
           (word.empty() || word[0] != '-');
}

bool list_name_parse(const std::string &local_part, std::string *name)
{
    std::string word = text_uppered(local_part);
    if (word.empty() || !is_file_word(word))
        return false;
    *name = word;
    return true;
}

bool list_file_parse(const std::string &local_part, std::string *logical, std::string *file)
{
    std::string text = text_uppered(local_part);
    size_t colon = text.find(':');
    if (colon == std::string::npos || colon == 0 || !is_file_word(text.substr(0, colon)))
        return false;
    std::string name = text.substr(colon + 1), type;
    size_t point = name.find('.');
    if (point == std::string::npos)
        return false;
    type = name.substr(point + 1);
    name.resize(point);
    if (name.empty() || !is_file_word(name) || !is_file_word(type))
        return false;
    *logical = text.substr(0, colon);
    *file = name + "." + type;
    return true;
}

} // namespace mail
