#include "command_conflict.h"

namespace shim {
namespace cli {

namespace {

class Check {
public:
    explicit Check(const Parsed &parsed) : parsed_(parsed) {}

    bool holds(const Disallow &disallow, int index, std::string *text) const
    {
        const Condition &c = disallow.nodes[index];
        switch (c.kind) {
        case Condition::ENTITY:
            return mentioned(c, false, text);
        case Condition::NEG: {
            const Condition &inner = disallow.nodes[c.children[0]];
            return inner.kind == Condition::ENTITY && mentioned(inner, true, text);
        }
        case Condition::NOT: {
            std::string ignored;
            return !holds(disallow, c.children[0], &ignored);
        }
        default:
            return enough(disallow, c, text);
        }
    }

private:
    const Parsed &parsed_;

    bool enough(const Disallow &disallow, const Condition &c, std::string *text) const
    {
        size_t hold = 0, wanted = c.children.size();
        if (c.kind != Condition::AND)
            wanted = c.kind == Condition::OR ? 1 : 2;
        for (int child : c.children)
            hold += holds(disallow, child, text);
        return hold >= wanted;
    }

    static bool note(const std::string &typed, std::string *text)
    {
        *text = typed;
        return true;
    }

    bool mentioned(const Condition &c, bool negative, std::string *text) const
    {
        if (c.path.empty() || (!c.definition.empty() && c.definition != parsed_.syntax))
            return false;
        for (size_t i = 0; i < parsed_.given.size() && i < parsed_.parameters.size(); i++)
            if (parsed_.parameters[i].label == c.path[0])
                return parameter(parsed_.parameters[i], parsed_.given[i], c, negative, text);
        bool found = false;
        for (const ParsedQualifier &q : parsed_.qualifiers_given) {
            const Entity &e = parsed_.qualifiers[q.qualifier];
            if (e.label != c.path[0])
                continue;
            if (c.path.size() == 1)
                found = (q.negated == negative && note(q.typed, text)) || found;
            else
                found = keyword(e, q.values, c, 1, negative, text) || found;
        }
        return found;
    }

    bool parameter(const Entity &e, const ParsedParameter &given, const Condition &c, bool negative,
                   std::string *text) const
    {
        if (c.path.size() > 1)
            return keyword(e, given.values, c, 1, negative, text);
        return !negative && !given.values.empty() && note(given.values[0].text, text);
    }

    bool keyword(const Entity &holder, const std::vector<ParsedValue> &values, const Condition &c,
                 size_t level, bool negative, std::string *text) const
    {
        if (holder.value.keywords < 0)
            return false;
        for (const Entity &e : parsed_.types[holder.value.keywords].keywords) {
            if (e.label != c.path[level])
                continue;
            for (const ParsedValue &v : values)
                if (v.keyword == e.name &&
                    (level + 1 < c.path.size() ? keyword(e, v.values, c, level + 1, negative, text)
                                               : v.negated == negative && note(v.text, text)))
                    return true;
        }
        return false;
    }
};

} // namespace

bool conflicting(const Definition &disallows, const Parsed &parsed, std::string *text)
{
    Check check(parsed);
    for (const Disallow &disallow : disallows.disallows)
        if (check.holds(disallow, disallow.top, text))
            return true;
    return false;
}

} // namespace cli
} // namespace shim
