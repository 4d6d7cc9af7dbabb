/*
**  conf_syntax - TCPIP$SMTP.CONF line by line
*/
#include "CORE/conf_syntax.h"

#include "CORE/text.h"

namespace mail {

namespace {

class ConfParser {
public:
    ConfParser(bool (*is_list)(const std::string &), std::vector<ConfField> *fields,
               std::vector<ConfProblem> *problems)
        : is_list_(is_list), fields_(fields), problems_(problems), line_(0), current_(0),
          state_(NO_FIELD)
    {
    }
    void take_line(const std::string &line);

private:
    /* What a continuation line would continue. */
    enum State { NO_FIELD, BAD_FIELD, SINGLE_FIELD, LIST_FIELD };
    void take_field(const std::string &line, size_t colon);
    void take_continuation(const std::string &value);
    void add_items(const std::string &value);
    bool fits(const std::string &value);
    void problem(const std::string &text);

    bool (*is_list_)(const std::string &);
    std::vector<ConfField> *fields_;
    std::vector<ConfProblem> *problems_;
    size_t line_, current_; /* current_: index of the field of LIST_FIELD */
    State state_;
};

void ConfParser::problem(const std::string &text)
{
    if (problems_->size() >= CONF_PROBLEMS_MAX)
        return;
    ConfProblem p;
    p.line = line_;
    p.text = text;
    problems_->push_back(p);
}

bool ConfParser::fits(const std::string &value)
{
    if (value.size() <= CONF_VALUE_MAX)
        return true;
    problem("value is longer than " + text_from_number(CONF_VALUE_MAX) + " characters");
    return false;
}

void ConfParser::add_items(const std::string &value)
{
    std::vector<std::string> pieces;
    ConfField &field = (*fields_)[current_];
    text_split(value, ',', &pieces);
    for (size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].empty())
            continue; /* the comma that ends a line whose list goes on */
        if (field.value.size() + pieces[i].size() + 1 > CONF_FIELD_MAX) {
            problem(field.name + ": list is too long");
            return;
        }
        ConfItem item;
        item.text = pieces[i];
        item.line = line_;
        field.items.push_back(item);
        field.value += (field.value.empty() ? "" : ",") + pieces[i];
    }
}

void ConfParser::take_field(const std::string &line, size_t colon)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  "-_";
    std::string name = text_trimmed(line.substr(0, colon));
    std::string value = text_trimmed(line.substr(colon + 1));
    state_ = BAD_FIELD;
    if (name.empty() || name.find_first_not_of(allowed) != std::string::npos) {
        problem("not the name of a field before the colon");
        return;
    }
    bool list = is_list_(name);
    if (!fits(value) && !list)
        return;
    for (current_ = 0; current_ < fields_->size(); ++current_)
        if (text_equal((*fields_)[current_].name, name))
            break;
    if (current_ == fields_->size()) {
        fields_->push_back(ConfField());
        fields_->back().name = name;
        fields_->back().is_list = list;
        fields_->back().line = line_;
    } else if (!list)
        problem(name + ": replaces the value of line " +
                text_from_number((*fields_)[current_].line));
    state_ = list ? LIST_FIELD : SINGLE_FIELD;
    if (list) {
        if (value.size() <= CONF_VALUE_MAX)
            add_items(value);
        return;
    }
    (*fields_)[current_].value = value;
    (*fields_)[current_].line = line_;
}

void ConfParser::take_continuation(const std::string &value)
{
    if (state_ == NO_FIELD)
        problem("continuation line without a field before it");
    else if (state_ == SINGLE_FIELD)
        problem("continuation line, but " + (*fields_)[current_].name + " is not a list");
    else if (state_ == LIST_FIELD && fits(value))
        add_items(value);
}

void ConfParser::take_line(const std::string &line)
{
    ++line_;
    std::string text = text_trimmed(line);
    if (text.empty() || line[0] == '!')
        return;
    if (line[0] == '\t') {
        take_continuation(text);
        return;
    }
    size_t colon = line.find(':');
    if (line[0] != ' ' && colon != std::string::npos) {
        take_field(line, colon);
        return;
    }
    state_ = BAD_FIELD;
    problem(line[0] == ' ' ? "a field begins in column 1, a continuation line with a TAB"
                           : "no colon behind the name of a field");
}

} // namespace

void conf_parse(const std::string &text, bool (*is_list)(const std::string &field),
                std::vector<ConfField> *fields, std::vector<ConfProblem> *problems)
{
    ConfParser parser(is_list, fields, problems);
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        parser.take_line(text.substr(from, to - from));
        from = to + 1;
    }
}

} // namespace mail
