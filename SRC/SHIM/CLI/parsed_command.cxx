#include "parsed_command.h"

#include "command_values.h"

#include <algorithm>
#include <climsgdef.h>
#include <ssdef.h>

namespace shim {
namespace cli {

namespace {

const char magic[] = "SHIM command 1";
const int max_depth = 50; /* of keywords in keywords, when read from elsewhere */

std::vector<std::string> split_path(const std::string &label)
{
    std::vector<std::string> path;
    size_t start = 0;
    for (;;) {
        size_t dot = label.find('.', start);
        path.push_back(label.substr(start, dot - start));
        if (dot == std::string::npos)
            return path;
        start = dot + 1;
    }
}

/* What an entity has on the line: its state, and the values when it is present.
 */
struct Found {
    const Entity *entity = nullptr;
    State state = UNKNOWN;
    std::vector<ParsedValue> values;
};

const KeywordType *keywords_of(const Parsed &parsed, const Entity &entity)
{
    int index = entity.value.keywords;
    if (entity.value.type != TYPE_KEYWORDS || index < 0 ||
        static_cast<size_t>(index) >= parsed.types.size())
        return nullptr;
    return &parsed.types[index];
}

/* A default as its type wants it; what the type refuses stays as it is. */
std::string typed_default(const Entity &entity, const std::string &text)
{
    ScannedValue value;
    std::string converted;
    CommandError error;
    value.text = text;
    return convert_value(entity.value.type, value, &converted, &error) ? converted : text;
}

/* The default text of a VALUE clause, as if it had been written on the line. */
std::vector<ParsedValue> default_values(const Parsed &parsed, const Entity &entity)
{
    std::string text = entity.value.default_text;
    std::vector<ParsedValue> values;
    if (entity.value.list && text.size() > 1 && text[0] == '(' && text[text.size() - 1] == ')')
        text = text.substr(1, text.size() - 2);
    for (size_t start = 0;;) {
        size_t comma = entity.value.list ? text.find(',', start) : std::string::npos;
        ParsedValue value;
        value.by_default = true;
        value.text = typed_default(entity, text.substr(start, comma - start));
        if (const KeywordType *type = keywords_of(parsed, entity))
            for (const Entity &keyword : type->keywords)
                if (keyword.name == value.text)
                    value.keyword = keyword.name;
        value.delimiter = comma == std::string::npos ? 0 : ',';
        values.push_back(value);
        if (comma == std::string::npos)
            return values;
        start = comma + 1;
    }
}

void use_defaults(const Parsed &parsed, Found *found)
{
    if (!found->values.empty())
        return;
    if (found->entity->value.has_default)
        found->values = default_values(parsed, *found->entity);
    else if (const KeywordType *type = keywords_of(parsed, *found->entity))
        for (const Entity &keyword : type->keywords)
            if (keyword.by_default) {
                if (!found->values.empty())
                    found->values.back().delimiter = ',';
                ParsedValue value;
                value.by_default = true;
                value.text = value.keyword = keyword.name;
                found->values.push_back(value);
            }
}

Found find_parameter(const Parsed &parsed, size_t index)
{
    Found found;
    found.entity = &parsed.parameters[index];
    bool given = index < parsed.given.size() && parsed.given[index].given;
    found.state = ABSENT;
    if (given) {
        found.state = PRESENT;
        found.values = parsed.given[index].values;
    } else if (found.entity->by_default || found.entity->value.has_default) {
        found.state = DEFAULTED;
        use_defaults(parsed, &found);
    }
    return found;
}

/* The last mention at the position counts. */
const ParsedQualifier *mention(const Parsed &parsed, int qualifier, const Position *position)
{
    const ParsedQualifier *last = nullptr;
    for (const ParsedQualifier &q : parsed.qualifiers_given)
        if (q.qualifier == qualifier && (!position || q.position == *position))
            last = &q;
    return last;
}

Found find_qualifier(const Parsed &parsed, size_t index, const Position &position)
{
    Found found;
    found.entity = &parsed.qualifiers[index];
    found.state = ABSENT;
    int number = static_cast<int>(index);
    bool at_value = position.parameter >= 0;
    const Position verb = Position();
    const ParsedQualifier *given = nullptr;
    bool local = false;
    if (found.entity->placement == PLACE_GLOBAL) {
        given = mention(parsed, number, nullptr);
    } else {
        if (at_value)
            given = mention(parsed, number, &position);
        local = given != nullptr;
        if (!given && found.entity->placement == PLACE_POSITIONAL)
            given = mention(parsed, number, &verb);
    }
    if (given) {
        if (given->negated)
            found.state = local ? LOCALLY_NEGATED : NEGATED;
        else
            found.state = local ? LOCALLY_PRESENT : PRESENT;
        if (!given->negated) {
            found.values = given->values;
            use_defaults(parsed, &found);
        }
    } else if (found.entity->by_default || (found.entity->in_batch && parsed.batch)) {
        found.state = DEFAULTED;
        use_defaults(parsed, &found);
    }
    return found;
}

bool shown(State state)
{
    return state == PRESENT || state == DEFAULTED || state == LOCALLY_PRESENT;
}

/* A keyword among the values of the entity that holds it. */
Found find_keyword(const Parsed &parsed, const Found &holder, const std::string &label)
{
    Found found;
    const KeywordType *type = keywords_of(parsed, *holder.entity);
    if (!type)
        return found;
    for (const Entity &keyword : type->keywords)
        if (keyword.label == label)
            found.entity = &keyword;
    if (!found.entity)
        return found;
    found.state = ABSENT;
    bool negated = holder.state == NEGATED || holder.state == LOCALLY_NEGATED;
    if (!shown(holder.state) && !negated)
        return found;
    const ParsedValue *last = nullptr;
    for (const ParsedValue &value : holder.values)
        if (value.keyword == found.entity->name)
            last = &value;
    if (negated) {
        found.state = last ? holder.state : ABSENT; /* SET NOCONTROL=Y */
    } else if (last) {
        found.state = last->negated ? NEGATED : last->by_default ? DEFAULTED : holder.state;
        if (last->negated && holder.state == LOCALLY_PRESENT)
            found.state = LOCALLY_NEGATED;
        found.values = last->values;
        if (!last->negated)
            use_defaults(parsed, &found);
    } else if (found.entity->by_default) {
        found.state = DEFAULTED;
        use_defaults(parsed, &found);
    }
    return found;
}

/* A keyword without its path, below one entity: the first that is on the line,
 * else the first. */
void find_below(const Parsed &parsed, const Found &holder, const std::string &label,
                std::vector<const KeywordType *> *seen, Found *best)
{
    const KeywordType *type = keywords_of(parsed, *holder.entity);
    if (!type || std::find(seen->begin(), seen->end(), type) != seen->end())
        return;
    seen->push_back(type);
    Found direct = find_keyword(parsed, holder, label);
    if (direct.entity && (!best->entity || (best->state == ABSENT && direct.state != ABSENT)))
        *best = direct;
    for (const Entity &keyword : type->keywords)
        find_below(parsed, find_keyword(parsed, holder, keyword.label), label, seen, best);
}

Found find_anywhere(const Parsed &parsed, const std::string &label, const Position &position)
{
    Found best;
    std::vector<const KeywordType *> seen;
    for (size_t i = 0; i < parsed.parameters.size(); i++, seen.clear())
        find_below(parsed, find_parameter(parsed, i), label, &seen, &best);
    for (size_t i = 0; i < parsed.qualifiers.size(); i++, seen.clear())
        find_below(parsed, find_qualifier(parsed, i, position), label, &seen, &best);
    return best;
}

Found find(const Parsed &parsed, const std::string &label, const Position &position)
{
    std::vector<std::string> path = split_path(label);
    Found found;
    for (size_t i = 0; i < parsed.parameters.size(); i++)
        if (parsed.parameters[i].label == path[0])
            found = find_parameter(parsed, i);
    for (size_t i = 0; !found.entity && i < parsed.qualifiers.size(); i++)
        if (parsed.qualifiers[i].label == path[0])
            found = find_qualifier(parsed, i, position);
    if (!found.entity)
        found = find_anywhere(parsed, path[0], position);
    for (size_t i = 1; found.entity && i < path.size(); i++)
        found = find_keyword(parsed, found, path[i]);
    return found.entity ? found : Found();
}

void pack_values(const std::vector<ParsedValue> &values, PackWriter *out)
{
    out->number(static_cast<long long>(values.size()));
    for (const ParsedValue &value : values) {
        out->text(value.text);
        out->text(value.keyword);
        out->flag(value.negated);
        out->number(value.delimiter);
        pack_values(value.values, out);
    }
}

/* Too deep: the rest is read as bad. */
bool unpack_values(PackReader *in, int depth, std::vector<ParsedValue> *values)
{
    if (depth > max_depth)
        return false;
    for (size_t n = in->count(); n && !in->bad(); n--) {
        ParsedValue value;
        value.text = in->text();
        value.keyword = in->text();
        value.negated = in->flag();
        value.delimiter = static_cast<char>(in->choice(128));
        if (!unpack_values(in, depth + 1, &value.values))
            return false;
        values->push_back(value);
    }
    return true;
}

void pack_entities(const std::vector<Entity> &list, PackWriter *out)
{
    out->number(static_cast<long long>(list.size()));
    for (const Entity &e : list)
        pack_entity(e, out);
}

void unpack_entities(PackReader *in, std::vector<Entity> *list)
{
    for (size_t n = in->count(); n && !in->bad(); n--)
        list->push_back(unpack_entity(in));
}

uint32_t state_code(State state)
{
    switch (state) {
    case PRESENT:
        return CLI$_PRESENT;
    case NEGATED:
        return CLI$_NEGATED;
    case DEFAULTED:
        return CLI$_DEFAULTED;
    case LOCALLY_PRESENT:
        return CLI$_LOCPRES;
    case LOCALLY_NEGATED:
        return CLI$_LOCNEG;
    case ABSENT:
        return CLI$_ABSENT;
    default:
        return CLI$_ENTNF;
    }
}

} // namespace

State entity_state(const Parsed &parsed, const std::string &label, const Position &position)
{
    return find(parsed, label, position).state;
}

bool is_present(const Parsed &parsed, const std::string &label)
{
    return shown(entity_state(parsed, label));
}

std::vector<ParsedValue> entity_values(const Parsed &parsed, const std::string &label,
                                       const Position &position)
{
    Found found = find(parsed, label, position);
    return shown(found.state) ? found.values : std::vector<ParsedValue>();
}

std::string entity_value(const Parsed &parsed, const std::string &label)
{
    std::vector<ParsedValue> values = entity_values(parsed, label);
    return values.empty() ? std::string() : values[0].text;
}

uint32_t CommandReader::present(const std::string &label) const
{
    return state_code(entity_state(parsed_, label, position_));
}

uint32_t CommandReader::get_value(const std::string &label, std::string *value)
{
    value->clear();
    if (label == "$VERB" || label == "$LINE") {
        *value = label == "$VERB" ? parsed_.verb.substr(0, verb_letters) : parsed_.line;
        return SS$_NORMAL;
    }
    int parameter = -1;
    for (size_t i = 0; i < parsed_.parameters.size(); i++)
        if (parsed_.parameters[i].label == label)
            parameter = static_cast<int>(i);
    /* a parameter's list does not depend on where the reader stands */
    Position from = parameter >= 0 ? Position() : position_;
    Found found = find(parsed_, label, from);
    if (found.state == NEGATED || found.state == LOCALLY_NEGATED)
        return CLI$_NEGATED;
    if (!shown(found.state))
        return state_code(found.state);
    Cursor *cursor = nullptr;
    for (Cursor &c : cursors_)
        if (c.label == label && c.position == from)
            cursor = &c;
    if (!cursor) {
        cursors_.push_back(Cursor{label, from, 0});
        cursor = &cursors_.back();
    }
    if (cursor->next >= found.values.size()) {
        cursor->next = 0; /* the list was read to its end: it can be read again */
        return CLI$_ABSENT;
    }
    const ParsedValue &v = found.values[cursor->next];
    *value = v.text;
    if (parameter >= 0)
        position_ = value_position(parameter, static_cast<int>(cursor->next));
    cursor->next++;
    return v.delimiter == ',' ? CLI$_COMMA : v.delimiter == '+' ? CLI$_CONCAT : SS$_NORMAL;
}

std::string write_parsed(const Parsed &p)
{
    PackWriter out;
    for (const std::string &text :
         {std::string(magic), p.verb, p.line, p.syntax, p.image, p.routine, p.cliroutine})
        out.text(text);
    out.number(static_cast<long long>(p.flags.size()));
    for (const std::string &flag : p.flags)
        out.text(flag);
    out.flag(p.batch);
    pack_entities(p.parameters, &out);
    pack_entities(p.qualifiers, &out);
    out.number(static_cast<long long>(p.types.size()));
    for (const KeywordType &type : p.types)
        pack_type(type, &out);
    out.number(static_cast<long long>(p.given.size()));
    for (const ParsedParameter &parameter : p.given) {
        out.flag(parameter.given);
        pack_values(parameter.values, &out);
    }
    out.number(static_cast<long long>(p.qualifiers_given.size()));
    for (const ParsedQualifier &q : p.qualifiers_given) {
        out.number(q.qualifier);
        out.text(q.typed);
        out.flag(q.negated);
        out.number(q.position.parameter);
        out.number(q.position.element);
        pack_values(q.values, &out);
    }
    return out.result();
}

bool read_parsed(const std::string &text, Parsed *parsed)
{
    PackReader in(text);
    if (in.text() != magic)
        return false;
    Parsed p;
    for (std::string *out : {&p.verb, &p.line, &p.syntax, &p.image, &p.routine, &p.cliroutine})
        *out = in.text();
    for (size_t n = in.count(); n && !in.bad(); n--)
        p.flags.push_back(in.text());
    p.batch = in.flag();
    unpack_entities(&in, &p.parameters);
    unpack_entities(&in, &p.qualifiers);
    for (size_t n = in.count(); n && !in.bad(); n--)
        p.types.push_back(unpack_type(&in));
    for (size_t n = in.count(); n && !in.bad(); n--) {
        ParsedParameter parameter;
        parameter.given = in.flag();
        if (!unpack_values(&in, 0, &parameter.values))
            return false;
        p.given.push_back(parameter);
    }
    for (size_t n = in.count(); n && !in.bad(); n--) {
        ParsedQualifier q;
        q.qualifier = in.choice(p.qualifiers.size());
        q.typed = in.text();
        q.negated = in.flag();
        q.position.parameter = static_cast<int>(in.number());
        q.position.element = static_cast<int>(in.number());
        if (!unpack_values(&in, 0, &q.values))
            return false;
        p.qualifiers_given.push_back(q);
    }
    if (in.bad() || !in.at_end())
        return false;
    *parsed = p;
    return true;
}

} // namespace cli
} // namespace shim
