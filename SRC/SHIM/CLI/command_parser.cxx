#include "command_parser.h"

#include "command_conflict.h"
#include "command_values.h"
#include "system_text.h"

#include <cctype>
#include <climsgdef.h>
#include <map>
#include <rmsdef.h>

namespace shim {
namespace cli {

namespace {

const int max_keyword_depth = 20;
const int max_prompts = 100;  /* empty answers to one command */
const size_t shown_text = 80; /* of the line, in a message */

/* How a word fits a name: in full, as its beginning, or not. */
enum Fit { NO_FIT, BEGINNING, WHOLE };
Fit fit(const std::string &word, const std::string &name)
{
    if (word == name)
        return WHOLE;
    return !word.empty() && name.compare(0, word.size(), word) == 0 ? BEGINNING : NO_FIT;
}

/* The one entity that the word stands for. -1: none, -2: several. */
int match(const std::string &word, const std::vector<Entity> &list)
{
    int found = -1;
    for (size_t i = 0; i < list.size(); i++) {
        Fit f = fit(word, list[i].name);
        if (f == WHOLE)
            return static_cast<int>(i);
        if (f == BEGINNING)
            found = found == -1 ? static_cast<int>(i) : -2;
    }
    return found;
}

bool has_flag(const Definition &d, const char *name)
{
    for (const std::string &flag : d.flags)
        if (flag == name)
            return true;
    return false;
}

class Parser {
public:
    Parser(const Table &table, const std::string &line, const ParseContext &context, Parsed *parsed,
           CommandError *error)
        : table_(table), line_(line), context_(context), out_(*parsed), error_(*error)
    {
    }

    bool run()
    {
        out_ = Parsed();
        out_.batch = context_.batch;
        error_ = CommandError();
        if (line_.size() > max_command)
            return fail(CLI$_BUFOVF, "");
        skip_blanks();
        if (!verb() || !elements())
            return false;
        for (int prompts = 0; missing() >= 0; prompts++)
            if (prompts >= max_prompts || !ask() || !elements())
                return error_.condition ? false : fail(CLI$_INSFPRM, "");
        finish();
        return allowed();
    }

private:
    const Table &table_;
    std::string line_;
    size_t at_ = 0;
    const ParseContext &context_;
    Parsed &out_;
    CommandError &error_;
    const Definition *current_ = nullptr;
    const Definition *parameters_ = nullptr, *qualifiers_ = nullptr, *disallows_ = nullptr;
    Position position_;
    int trigger_ = -1; /* the qualifier given that changes the syntax now */

    bool fail(uint32_t condition, const std::string &text)
    {
        error_.condition = condition;
        error_.text = text;
        return false;
    }
    bool at_end() const { return at_ >= line_.size(); }
    char here() const { return at_end() ? '\0' : line_[at_]; }
    void skip_blanks()
    {
        while (!at_end() && is_blank(line_[at_]))
            at_++;
    }
    /* Takes c, and the blanks before it and behind it. */
    bool take(char c)
    {
        size_t start = at_;
        skip_blanks();
        if (here() != c || at_end()) {
            at_ = start;
            return false;
        }
        at_++;
        skip_blanks();
        return true;
    }
    std::string word(bool hyphen)
    {
        size_t start = at_;
        while (!at_end() && (name_letter(here()) || (hyphen && here() == '-')))
            at_++;
        return upcase(line_.substr(start, at_ - start));
    }
    std::string token(const char *ends = " \t,/=()") const
    {
        size_t end = line_.find_first_of(ends, at_ + 1);
        return upcase(line_.substr(at_, end == std::string::npos ? shown_text : end - at_));
    }

    /* ---- verb and syntax ---- */

    bool verb()
    {
        if (at_end() || !name_letter(here()))
            return fail(CLI$_NOCOMD, at_end() ? "" : token());
        int index = find_verb(table_, word(false), &error_);
        if (index < 0)
            return false;
        out_.verb = table_.verbs[index].name;
        const Definition &d = table_.definitions[table_.verbs[index].definition];
        parameters_ = qualifiers_ = disallows_ = &d;
        return enter(d);
    }

    /* The definition is in force from here on. */
    bool enter(const Definition &d)
    {
        current_ = &d;
        if (!d.image.empty() || !d.routine.empty() || !d.cliroutine.empty()) {
            out_.image = d.image;
            out_.routine = d.routine;
            out_.cliroutine = d.cliroutine;
        }
        if (d.own_parameters)
            parameters_ = &d;
        if (d.own_disallows)
            disallows_ = &d;
        if (!d.own_qualifiers || qualifiers_ == &d)
            return true;
        const std::vector<Entity> &old = qualifiers_->qualifiers;
        std::vector<ParsedQualifier> kept;
        for (size_t i = 0; i < out_.qualifiers_given.size(); i++) {
            ParsedQualifier q = out_.qualifiers_given[i];
            const std::string &name = old[q.qualifier].name;
            q.qualifier = -1;
            for (size_t k = 0; k < d.qualifiers.size(); k++)
                if (d.qualifiers[k].name == name)
                    q.qualifier = static_cast<int>(k);
            if (q.qualifier >= 0)
                kept.push_back(q);
            else if (static_cast<int>(i) != trigger_)
                return fail(CLI$_IVQUAL, q.typed);
        }
        out_.qualifiers_given = kept;
        qualifiers_ = &d;
        return true;
    }

    bool change_syntax(int index) { return index < 0 || enter(table_.definitions[index]); }

    /* ---- parameters ---- */

    bool elements()
    {
        for (skip_blanks(); !at_end(); skip_blanks())
            if (!(here() == '/' ? qualifier() : parameter()))
                return false;
        return true;
    }

    bool parameter()
    {
        size_t index = out_.given.size();
        if (index >= parameters_->parameters.size())
            return fail(CLI$_MAXPARM, token());
        const Entity entity = parameters_->parameters[index];
        out_.given.push_back(ParsedParameter());
        out_.given[index].given = true;
        if (entity.value.type == TYPE_REST_OF_LINE || entity.value.type == TYPE_EXPRESSION)
            return rest_of_line(entity, index);
        bool enclosed = entity.value.list && entity.value.type != TYPE_PARENTHESIZED &&
                        entity.value.type != TYPE_ACL && take('(');
        for (int element = 0;; element++) {
            ParsedValue value;
            if (!one_value(entity, PARAMETER_VALUE, 0, &value))
                return false;
            out_.given[index].values.push_back(value);
            position_ = value_position(static_cast<int>(index), element);
            if (!value_qualifiers())
                return false;
            char delimiter = take(',') ? ',' : take('+') ? '+' : 0;
            if (!delimiter)
                break;
            if (delimiter == ',' && !entity.value.list)
                return fail(CLI$_NOLIST, "," + rest());
            if (delimiter == '+' && (!entity.value.list || !entity.value.concatenate))
                return fail(CLI$_NOCCAT, "+" + rest());
            out_.given[index].values.back().delimiter = delimiter;
        }
        if (enclosed && !take(')'))
            return fail(CLI$_NOPAREN, token());
        return at_delimiter() || fail(CLI$_PARMDEL, token());
    }

    std::string rest() const { return upcase(line_.substr(at_, shown_text)); }
    bool at_delimiter() const { return at_end() || is_blank(here()) || here() == '/'; }

    bool value_qualifiers()
    {
        for (;;) {
            size_t start = at_;
            skip_blanks();
            if (here() != '/' || at_end()) {
                at_ = start;
                return true;
            }
            if (!qualifier())
                return false;
        }
    }

    bool rest_of_line(const Entity &entity, size_t index)
    {
        ParsedValue value;
        std::string text = line_.substr(at_);
        at_ = line_.size();
        position_ = value_position(static_cast<int>(index), 0);
        value.text = compress(text);
        if (entity.value.type == TYPE_EXPRESSION && context_.evaluate &&
            !context_.evaluate(text, &value.text, &error_))
            return false;
        if (value.text.size() > max_element)
            return fail(CLI$_TKNOVF, value.text.substr(0, shown_text));
        out_.given[index].values.push_back(value);
        return true;
    }

    /* ---- qualifiers ---- */

    bool qualifier()
    {
        at_++; /* the slash */
        skip_blanks();
        ParsedQualifier q;
        q.position = position_;
        q.typed = word(true);
        const std::vector<Entity> &list = qualifiers_->qualifiers;
        if (q.typed.empty())
            return fail(CLI$_NOKEYW, "/" + (at_end() ? "" : token()));
        if (list.empty())
            return fail(CLI$_NOQUAL, q.typed);
        if (!find_entity(q.typed, list, CLI$_IVQUAL, &q.qualifier, &q.negated))
            return false;
        const Entity entity = list[q.qualifier];
        if (entity.placement == PLACE_LOCAL && position_.parameter < 0)
            return fail(CLI$_IVQLOC, q.typed);
        size_t number = out_.qualifiers_given.size();
        out_.qualifiers_given.push_back(q);
        trigger_ = static_cast<int>(number);
        std::vector<ParsedValue> values;
        if (!entity_value_part(entity, q.typed, q.negated, 0, &values))
            return false;
        if (number < out_.qualifiers_given.size())
            out_.qualifiers_given[number].values = values;
        char c = here();
        if (!at_delimiter() && c != ',' && c != '+' && c != ')')
            return fail(CLI$_PARMDEL, token());
        bool entered = q.negated || change_syntax(entity.syntax);
        trigger_ = -1;
        return entered;
    }

    /* A qualifier or keyword by its beginning, perhaps with NO in front. */
    bool find_entity(const std::string &typed, const std::vector<Entity> &list, uint32_t unknown,
                     int *index, bool *negated)
    {
        *negated = false;
        *index = match(typed, list);
        if (*index == -1 && typed.size() > 2 && typed.compare(0, 2, "NO") == 0) {
            *index = match(typed.substr(2), list);
            *negated = *index != -1;
        }
        if (*index == -2)
            return fail(CLI$_ABKEYW, typed);
        if (*index == -1)
            return fail(unknown, typed);
        if (*negated && !list[*index].negatable)
            return fail(CLI$_NOTNEG, typed);
        return true;
    }

    /* "=value", ":value", "=(value,value)" behind a qualifier or a keyword. */
    bool entity_value_part(const Entity &entity, const std::string &typed, bool negated, int depth,
                           std::vector<ParsedValue> *values)
    {
        bool given = take('=');
        if (!given && here() == ':' && !at_end()) {
            at_++;
            skip_blanks();
            given = true;
        }
        if (!given) {
            if (entity.value.required && !negated)
                return fail(CLI$_VALREQ, typed);
            return true;
        }
        /* a keyword may have a value also when it is negated */
        if (!entity.value.given || (negated && depth == 0))
            return fail(CLI$_NOVALU, typed);
        return value_list(entity, typed, depth, values);
    }

    bool value_list(const Entity &entity, const std::string &typed, int depth,
                    std::vector<ParsedValue> *values)
    {
        if (depth > max_keyword_depth)
            return fail(CLI$_IVVALU, typed);
        bool enclosed = list_opens(entity.value.type);
        do {
            ParsedValue value;
            if (!one_value(entity, enclosed ? ENCLOSED_VALUE : QUALIFIER_VALUE, depth, &value))
                return false;
            if (value.text.empty() && entity.value.required && !quoted_)
                return fail(CLI$_VALREQ, typed);
            if (!values->empty()) {
                values->back().delimiter = ',';
                if (!entity.value.list)
                    return fail(CLI$_ONEVAL, value.text);
            }
            values->push_back(value);
        } while (enclosed && take(','));
        if (enclosed && !take_close())
            return fail(CLI$_NOPAREN, token());
        return true;
    }

    /* The parenthesis that opens a list is not that of a parenthesized value. */
    bool list_opens(ValueType type)
    {
        if (here() != '(' || at_end())
            return false;
        if (type == TYPE_ACL || type == TYPE_PARENTHESIZED) {
            size_t next = line_.find_first_not_of(" \t", at_ + 1);
            if (next == std::string::npos || line_[next] != '(')
                return false;
        }
        at_++;
        skip_blanks();
        return true;
    }

    /* The blanks behind it stay. */
    bool take_close()
    {
        size_t start = at_;
        skip_blanks();
        if (here() == ')' && !at_end()) {
            at_++;
            return true;
        }
        at_ = start;
        return false;
    }

    /* ---- values ---- */

    enum Place { PARAMETER_VALUE, QUALIFIER_VALUE, ENCLOSED_VALUE };
    bool quoted_ = false; /* the value scanned last was in quotes */

    bool one_value(const Entity &entity, Place place, int depth, ParsedValue *value)
    {
        quoted_ = false;
        ValueType type = entity.value.type;
        if (type == TYPE_KEYWORDS)
            return keyword(entity, depth, value);
        ScannedValue scanned;
        if ((type == TYPE_ACL || type == TYPE_PARENTHESIZED) && here() == '(') {
            if (!scan_parenthesized(line_, &at_, &scanned, &error_))
                return false;
            value->text = scanned.text;
            return true;
        }
        Delimiters ends;
        bool time = type == TYPE_DATETIME || type == TYPE_DELTATIME;
        ends.plus = place == PARAMETER_VALUE && !time && type != TYPE_NUMBER;
        ends.equals = place == PARAMETER_VALUE;
        size_t start = at_;
        if (!scan_value(line_, &at_, type, ends, &scanned, &error_))
            return false;
        quoted_ = scanned.quoted;
        if (at_ == start)
            return empty_value(type, place, value);
        if (place == PARAMETER_VALUE && (here() == '=' || here() == '('))
            return fail(CLI$_PARMDEL, token());
        return convert_value(type, scanned, &value->text, &error_);
    }

    /* Nothing stands where a value belongs: "A,,B", "/Q=", "(". */
    bool empty_value(ValueType type, Place place, ParsedValue *value)
    {
        if (place == PARAMETER_VALUE && (here() == ',' || here() == '+' || at_end()))
            return type == TYPE_ANY || type == TYPE_FILE ||
                   fail(CLI$_NULFIL, at_end() ? "" : token());
        if (place == PARAMETER_VALUE)
            return fail(CLI$_PARMDEL, token());
        if (type != TYPE_ANY && type != TYPE_FILE && type != TYPE_QUOTED_STRING)
            return fail(CLI$_IVVALU, at_end() ? "" : token());
        value->text.clear();
        return true;
    }

    bool keyword(const Entity &entity, int depth, ParsedValue *value)
    {
        const std::vector<Entity> &list = table_.types[entity.value.keywords].keywords;
        size_t start = at_;
        std::string typed = word(true);
        if (typed.empty()) {
            ScannedValue scanned; /* a keyword may be quoted */
            if (here() == '"' && scan_value(line_, &at_, TYPE_ANY, Delimiters(), &scanned, &error_))
                typed = upcase(scanned.text);
            if (typed.empty())
                return fail(CLI$_IVKEYW, at_end() ? "" : token());
        }
        int index;
        if (!find_entity(typed, list, CLI$_IVKEYW, &index, &value->negated)) {
            if (error_.condition == CLI$_IVKEYW) {
                at_ = start;
                error_.text = here() == '"' ? typed : token(" \t,/=():");
            }
            return false;
        }
        const Entity found = list[index];
        value->text = typed;
        value->keyword = found.name;
        return entity_value_part(found, typed, value->negated, depth + 1, &value->values) &&
               change_syntax(found.syntax);
    }

    /* ---- missing parameters ---- */

    int missing() const
    {
        for (size_t i = out_.given.size(); i < parameters_->parameters.size(); i++)
            if (parameters_->parameters[i].value.required)
                return static_cast<int>(i);
        return -1;
    }

    bool ask()
    {
        if (!context_.prompter)
            return fail(CLI$_INSFPRM, "");
        /* what stands before a missing one was given: required ones come first */
        const Entity &entity = parameters_->parameters[out_.given.size()];
        std::string answer;
        uint32_t status = RMS$_EOF;
        if (!context_.prompter("_" + entity.prompt + ": ", &answer, &status))
            return fail(status, "");
        line_ += " " + answer;
        if (line_.size() > max_command)
            return fail(CLI$_BUFOVF, "");
        return true;
    }

    void finish()
    {
        out_.line = compress(line_);
        out_.syntax = current_->name;
        out_.flags = current_->flags;
        out_.parameters = parameters_->parameters;
        out_.qualifiers = qualifiers_->qualifiers;
        std::map<int, int> copied;
        copy_types(&out_.parameters, &copied);
        copy_types(&out_.qualifiers, &copied);
    }

    void copy_types(std::vector<Entity> *list, std::map<int, int> *copied)
    {
        for (Entity &e : *list) {
            e.syntax = -1;
            if (e.value.keywords < 0)
                continue;
            int from = e.value.keywords;
            auto known = copied->find(from);
            if (known != copied->end()) {
                e.value.keywords = known->second;
                continue;
            }
            int to = static_cast<int>(out_.types.size());
            (*copied)[from] = e.value.keywords = to;
            out_.types.push_back(KeywordType());
            KeywordType type = table_.types[from];
            copy_types(&type.keywords, copied);
            out_.types[to] = type;
        }
    }

    bool allowed()
    {
        std::string text;
        return !conflicting(*disallows_, out_, &text) || fail(CLI$_CONFLICT, text);
    }
};

} // namespace

int find_verb(const Table &table, const std::string &typed, CommandError *error)
{
    std::string word = upcase(typed);
    std::string key = word.substr(0, verb_letters);
    int found = -1, preferred = -1;
    for (size_t i = 0; i < table.verbs.size(); i++) {
        switch (fit(key, table.verbs[i].name.substr(0, verb_letters))) {
        case WHOLE:
            return static_cast<int>(i);
        case BEGINNING:
            found = found == -1 ? static_cast<int>(i) : -2;
            if (has_flag(table.definitions[table.verbs[i].definition], "ABBREVIATE"))
                preferred = static_cast<int>(i);
            break;
        case NO_FIT:
            break;
        }
    }
    if (found == -2 && preferred >= 0)
        return preferred;
    if (found >= 0)
        return found;
    error->condition = found == -2 ? CLI$_ABVERB : CLI$_IVVERB;
    error->text = word;
    return -1;
}

bool parse(const Table &table, const std::string &line, const ParseContext &context, Parsed *parsed,
           CommandError *error)
{
    return Parser(table, line, context, parsed, error).run();
}

std::vector<std::string> error_lines(const CommandError &error, const std::string &facility)
{
    Message message;
    find_message(error.condition, &message);
    if (message.facility == "CLI")
        message.facility = facility;
    std::vector<std::string> lines;
    lines.push_back(message_line(error.condition, message, 15, '%'));
    if (!error.text.empty())
        lines.push_back(" \\" + error.text + "\\");
    return lines;
}

} // namespace cli
} // namespace shim
