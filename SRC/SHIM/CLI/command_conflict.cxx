#include "command_conflict.h"

namespace shim {
namespace cli {

namespace {

/* Of what takes part, that which stands last on the line; parameters count as
 * before qualifiers. */
struct Last {
    size_t order = 0;
    std::string text;

    bool note(size_t at, const std::string &typed)
    {
        if (at >= order) {
            order = at;
            text = typed;
        }
        return true;
    }
};

class Check {
public:
    explicit Check(const Parsed &parsed) : parsed_(parsed) {}

    bool holds(const Disallow &disallow, int index, Last *last) const
    {
        const Condition &c = disallow.nodes[index];
        switch (c.kind) {
        case Condition::ENTITY:
            return mentioned(c, false, last);
        case Condition::NEG: {
            const Condition &inner = disallow.nodes[c.children[0]];
            return inner.kind == Condition::ENTITY && mentioned(inner, true, last);
        }
        case Condition::NOT: {
            Last ignored;
            return !holds(disallow, c.children[0], &ignored);
        }
        default:
            return enough(disallow, c, last);
        }
    }

private:
    const Parsed &parsed_;

    bool enough(const Disallow &disallow, const Condition &c, Last *last) const
    {
        size_t hold = 0, wanted = c.children.size();
        if (c.kind != Condition::AND)
            wanted = c.kind == Condition::OR ? 1 : 2;
        for (int child : c.children)
            hold += holds(disallow, child, last);
        return hold >= wanted;
    }

    bool mentioned(const Condition &c, bool negative, Last *last) const
    {
        if (c.path.empty() || (!c.definition.empty() && c.definition != parsed_.syntax))
            return false;
        for (size_t i = 0; i < parsed_.given.size() && i < parsed_.parameters.size(); i++)
            if (parsed_.parameters[i].label == c.path[0])
                return parameter(i, c, negative, last);
        bool found = false, known = false;
        for (size_t i = 0; i < parsed_.qualifiers_given.size(); i++) {
            const ParsedQualifier &q = parsed_.qualifiers_given[i];
            const Entity &e = parsed_.qualifiers[q.qualifier];
            size_t order = max_parameters + i;
            if (e.label != c.path[0])
                continue;
            known = true;
            if (c.path.size() == 1)
                found = (q.negated == negative && last->note(order, q.typed)) || found;
            else
                found = keyword(e, q.values, c, 1, negative, order, last) || found;
        }
        return known || has_label(c.path[0]) ? found : somewhere(c, negative, last);
    }

    bool has_label(const std::string &label) const
    {
        for (const std::vector<Entity> *list : {&parsed_.parameters, &parsed_.qualifiers})
            for (const Entity &e : *list)
                if (e.label == label)
                    return true;
        return false;
    }

    /* A keyword without the path to it. */
    bool somewhere(const Condition &c, bool negative, Last *last) const
    {
        bool found = false;
        for (size_t i = 0; i < parsed_.given.size() && i < parsed_.parameters.size(); i++)
            found = below(parsed_.parameters[i], parsed_.given[i].values, c, negative, i, last) ||
                    found;
        for (size_t i = 0; i < parsed_.qualifiers_given.size(); i++) {
            const ParsedQualifier &q = parsed_.qualifiers_given[i];
            found = below(parsed_.qualifiers[q.qualifier], q.values, c, negative,
                          max_parameters + i, last) ||
                    found;
        }
        return found;
    }

    bool below(const Entity &holder, const std::vector<ParsedValue> &values, const Condition &c,
               bool negative, size_t order, Last *last) const
    {
        if (holder.value.keywords < 0)
            return false;
        if (keyword(holder, values, c, 0, negative, order, last))
            return true;
        for (const Entity &e : parsed_.types[holder.value.keywords].keywords)
            for (const ParsedValue &v : values)
                if (v.keyword == e.name && below(e, v.values, c, negative, order, last))
                    return true;
        return false;
    }

    bool parameter(size_t index, const Condition &c, bool negative, Last *last) const
    {
        const ParsedParameter &given = parsed_.given[index];
        if (c.path.size() > 1)
            return keyword(parsed_.parameters[index], given.values, c, 1, negative, index, last);
        return !negative && !given.values.empty() && last->note(index, given.values[0].text);
    }

    bool keyword(const Entity &holder, const std::vector<ParsedValue> &values, const Condition &c,
                 size_t level, bool negative, size_t order, Last *last) const
    {
        if (holder.value.keywords < 0)
            return false;
        for (const Entity &e : parsed_.types[holder.value.keywords].keywords) {
            if (e.label != c.path[level])
                continue;
            for (const ParsedValue &v : values)
                if (v.keyword == e.name &&
                    (level + 1 < c.path.size()
                         ? keyword(e, v.values, c, level + 1, negative, order, last)
                         : v.negated == negative && last->note(order, v.text)))
                    return true;
        }
        return false;
    }
};

} // namespace

bool conflicting(const Definition &disallows, const Parsed &parsed, std::string *text)
{
    Check check(parsed);
    for (const Disallow &disallow : disallows.disallows) {
        Last last;
        if (check.holds(disallow, disallow.top, &last)) {
            *text = last.text;
            return true;
        }
    }
    return false;
}

} // namespace cli
} // namespace shim
