/*
**  reject_rules - the lines of SMTP_SERVER_REJECT. and what matches them
*/
#include "CORE/reject_rules.h"

#include "CORE/ip_address.h"
#include "CORE/text.h"

namespace mail {

namespace {

class RejectParser {
public:
    RejectParser(RejectReader &reader, RejectRules *rules) : reader_(reader), rules_(rules) {}
    bool take_file(const std::string &file);

private:
    void take_line(const std::string &line);
    void take_include(const std::string &line);
    void take_header_rule(const std::string &line);
    void take_rule(const std::string &line);
    bool room();
    bool problem(const std::string &text);

    RejectReader &reader_;
    RejectRules *rules_;
    std::vector<std::string> open_; /* full names of the files that are being read */
    RejectPlace place_;
};

/* Always false. */
bool RejectParser::problem(const std::string &text)
{
    if (rules_->problems.size() < REJECT_PROBLEMS_MAX) {
        RejectProblem p;
        p.place = place_;
        p.text = text;
        rules_->problems.push_back(p);
    }
    return false;
}

bool RejectParser::room()
{
    return rules_->rules.size() + rules_->header_rules.size() < REJECT_RULES_MAX ||
           problem("too many rules");
}

bool RejectParser::take_file(const std::string &file)
{
    std::string full = file, text;
    if (open_.size() >= REJECT_DEPTH_MAX || rules_->files.size() >= REJECT_FILES_MAX)
        return problem("too many files: " + file);
    if (!reader_.read(file, &full, &text))
        return problem(file + ": " + text);
    for (size_t i = 0; i < open_.size(); ++i)
        if (text_equal(open_[i], full))
            return problem("includes itself: " + full);
    RejectPlace before = place_;
    open_.push_back(full);
    rules_->files.push_back(full);
    place_.file = full;
    place_.line = 0;
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        ++place_.line;
        take_line(text.substr(from, to - from));
        from = to + 1;
    }
    open_.pop_back();
    place_ = before;
    return true;
}

void RejectParser::take_line(const std::string &line)
{
    if (text_trimmed(line).empty())
        return;
    if (text_begins(line, "#include") && (line.size() == 8 || text_is_space(line[8])))
        take_include(line.substr(8));
    else if (line[0] == ';' || line[0] == '!' || line[0] == '#')
        return;
    else if (line[0] == ':')
        take_header_rule(line);
    else
        take_rule(line);
}

void RejectParser::take_include(const std::string &line)
{
    std::string file = text_trimmed(line);
    if (file.empty())
        problem("#include without a file");
    else
        take_file(file);
}

void RejectParser::take_header_rule(const std::string &line)
{
    RejectHeaderRule rule;
    size_t colon = line.find(':', 1);
    if (colon != std::string::npos) {
        rule.name = text_trimmed(line.substr(1, colon - 1));
        rule.pattern = text_trimmed(line.substr(colon + 1));
    }
    rule.place = place_;
    if (rule.name.empty() || rule.pattern.empty() ||
        !header_name_is_valid(rule.name.data(), rule.name.size()))
        problem("not \":Header: pattern\"");
    else if (room())
        rules_->header_rules.push_back(rule);
}

/* One pair of brackets; "<>" leaves the empty pattern, which only the null sender matches. */
std::string without_brackets(const std::string &word)
{
    if (word.size() >= 2 && word[0] == '<' && word[word.size() - 1] == '>')
        return word.substr(1, word.size() - 2);
    return word;
}

/* A word, or what stands between quotes; false when the quote is not closed. */
bool action_data(const std::string &rest, std::string *data)
{
    std::string text = text_trimmed(rest);
    if (text.empty() || text[0] != '"') {
        size_t at = 0;
        text_next_word(text, &at, data);
        return true;
    }
    size_t end = text.find('"', 1);
    if (end == std::string::npos)
        return false;
    *data = text.substr(1, end - 1);
    return true;
}

void RejectParser::take_rule(const std::string &line)
{
    RejectRule rule;
    std::string words[4] = {"*", "*", "*", "n"}, text = line;
    size_t at = 0;
    if (line[line.size() - 1] == '\r')
        text.resize(text.size() - 1);
    for (size_t i = 0; i < 4; ++i) {
        std::string word;
        if (text_next_word(text, &at, &word))
            words[i] = word;
    }
    rule.from = without_brackets(words[0]);
    rule.ip = words[1];
    rule.to = without_brackets(words[2]);
    rule.place = place_;
    if (!action_data(text.substr(at), &rule.data)) {
        problem("a quotation mark is missing");
        return;
    }
    if (text_has_controls(rule.data)) {
        problem("control characters");
        return;
    }
    if (text_equal(words[3], "n"))
        rule.action = rule.data.empty() ? REJECT_ACCEPT : REJECT_REWRITE;
    else if (text_equal(words[3], "y"))
        rule.action = REJECT_REFUSE;
    else if (text_equal(words[3], "q"))
        rule.action = REJECT_DISCARD;
    else {
        problem("action is not n, y or q: " + text_printable(words[3], 20));
        return;
    }
    if (room())
        rules_->rules.push_back(rule);
}

} // namespace

bool reject_parse(const std::string &file, RejectReader &reader, RejectRules *rules)
{
    *rules = RejectRules();
    return RejectParser(reader, rules).take_file(file);
}

const RejectRule *reject_find(const RejectRules &rules, const std::string &from,
                              const std::string &ip, const std::string &to)
{
    IpAddress address;
    std::string peer = ip_address_parse(ip, &address) ? ip_address_print(address) : ip;
    std::string target = to;
    for (size_t i = 0; i < target.size(); ++i)
        if (target[i] == '%')
            target[i] = '@';
    for (size_t i = 0; i < rules.rules.size(); ++i) {
        const RejectRule &rule = rules.rules[i];
        if (text_match(rule.from, from) && text_match(rule.ip, peer) &&
            text_match(rule.to, target))
            return &rule;
    }
    return 0;
}

const RejectHeaderRule *reject_find_header(const RejectRules &rules, const HeaderFields &fields)
{
    for (size_t i = 0; i < rules.header_rules.size(); ++i) {
        const RejectHeaderRule &rule = rules.header_rules[i];
        for (size_t at = fields.find(rule.name, 0); at < fields.count();
             at = fields.find(rule.name, at + 1))
            if (text_match(rule.pattern, header_unfold(fields.field(at).raw)))
                return &rule;
    }
    return 0;
}

std::string reject_text(const RejectRule &rule, const std::string &from, const std::string &to,
                        const std::string &host)
{
    std::vector<std::string> arguments(3);
    arguments[0] = from;
    arguments[1] = to;
    arguments[2] = host;
    return text_format(rule.data.c_str(), arguments, REJECT_TEXT_MAX);
}

} // namespace mail
