/*
**  cld_disallow - DISALLOW expressions of a .CLD file, and what its names refer to
*/
#include "cld_compiler.h"

#include <algorithm>

namespace shim {
namespace cli {

namespace {

const int max_nesting = 100; /* of parentheses in a DISALLOW */

} // namespace

void Compiler::disallow(int index, int line)
{
    Disallow expression;
    expression.top = or_expression(&expression, 0);
    Definition &d = table_->definitions[index];
    d.own_disallows = true;
    if (expression.top < 0)
        return;
    d.disallows.push_back(expression);
    disallow_lines_.push_back(std::make_pair(index, line));
}

int Compiler::node(Disallow *d, Condition::Kind kind, const std::vector<int> &children)
{
    Condition c;
    c.kind = kind;
    c.children = children;
    d->nodes.push_back(c);
    return static_cast<int>(d->nodes.size()) - 1;
}

int Compiler::or_expression(Disallow *d, int depth)
{
    std::vector<int> children(1, and_expression(d, depth));
    while (children.back() >= 0 && scan_.peek().is("OR")) {
        scan_.next();
        children.push_back(and_expression(d, depth));
    }
    return join(d, Condition::OR, children);
}

int Compiler::and_expression(Disallow *d, int depth)
{
    std::vector<int> children(1, operand(d, depth));
    while (children.back() >= 0 && scan_.peek().is("AND")) {
        scan_.next();
        children.push_back(operand(d, depth));
    }
    return join(d, Condition::AND, children);
}

/* One child needs no node; -1 when the last one could not be read. */
int Compiler::join(Disallow *d, Condition::Kind kind, const std::vector<int> &children)
{
    return children.size() == 1 || children.back() < 0 ? children.back() : node(d, kind, children);
}

int Compiler::operand(Disallow *d, int depth)
{
    if (depth > max_nesting) {
        unexpected("a simpler expression");
        return -1;
    }
    CldToken token = scan_.peek();
    if (token.is("NOT") || token.is("NEG")) {
        scan_.next();
        int child = operand(d, depth + 1);
        if (child < 0)
            return -1;
        if (token.is("NEG") && d->nodes[child].kind != Condition::ENTITY)
            error(token.line, "NEG is followed by an entity");
        return node(d, token.is("NOT") ? Condition::NOT : Condition::NEG, {child});
    }
    if (token.is("ANY2")) {
        scan_.next();
        return any2(d, depth);
    }
    if (take('(')) {
        int inner = or_expression(d, depth + 1);
        return inner < 0 || !expect(')') ? -1 : inner;
    }
    return entity(d);
}

int Compiler::any2(Disallow *d, int depth)
{
    if (!expect('('))
        return -1;
    std::vector<int> children;
    do {
        children.push_back(or_expression(d, depth + 1));
        if (children.back() < 0)
            return -1;
    } while (take(','));
    return expect(')') ? node(d, Condition::ANY2, children) : -1;
}

int Compiler::entity(Disallow *d)
{
    Condition c;
    if (take('<')) {
        if (!name("a definition", &c.definition) || !expect('>'))
            return -1;
    }
    do {
        std::string label;
        if (!name("an entity", &label))
            return -1;
        c.path.push_back(label);
    } while (take('.'));
    d->nodes.push_back(c);
    return static_cast<int>(d->nodes.size()) - 1;
}

Entity &Compiler::referring(const EntityReference &ref)
{
    if (ref.of_type)
        return table_->types[ref.owner].keywords[ref.index];
    Definition &d = table_->definitions[ref.owner];
    return ref.kind == PARAMETER ? d.parameters[ref.index] : d.qualifiers[ref.index];
}

void Compiler::resolve_entities()
{
    for (const EntityReference &ref : references_) {
        Entity &e = referring(ref);
        if (!ref.syntax.name.empty()) {
            auto found = syntaxes_.find(ref.syntax.name);
            if (found == syntaxes_.end())
                error(ref.syntax.line, "syntax " + ref.syntax.name + " is not defined");
            else
                e.syntax = found->second;
        }
        if (!ref.type.name.empty())
            resolve_type(ref, &e);
    }
}

void Compiler::resolve_type(const EntityReference &ref, Entity *e)
{
    e->value.type = built_in_type(ref.type.name);
    if (e->value.type == TYPE_REST_OF_LINE && ref.kind != PARAMETER)
        error(ref.type.line, "$REST_OF_LINE is for parameters only");
    else if (e->value.type == TYPE_REST_OF_LINE &&
             ref.index + 1 < table_->definitions[ref.owner].parameters.size())
        error(ref.type.line, "no parameter may follow one of type $REST_OF_LINE");
    if (e->value.type != TYPE_ANY)
        return;
    auto found = types_.find(ref.type.name);
    if (found == types_.end()) {
        error(ref.type.line, "type " + ref.type.name + " is not defined");
        return;
    }
    e->value.type = TYPE_KEYWORDS;
    e->value.keywords = found->second;
}

void Compiler::sources(int index, std::vector<int> *list) const
{
    for (int known : *list)
        if (known == index)
            return;
    list->push_back(index);
    const Definition &d = table_->definitions[index];
    if (d.own_parameters && d.own_qualifiers)
        return;
    for (const EntityReference &ref : references_)
        if (!ref.syntax.name.empty() && ref.syntax.name == d.name)
            for (size_t i = 0; i < table_->definitions.size(); i++)
                if (!ref.of_type ? static_cast<int>(i) == ref.owner
                                 : uses_type(table_->definitions[i], ref.owner))
                    sources(static_cast<int>(i), list);
}

bool Compiler::uses_type(const Definition &d, int type) const
{
    for (const std::vector<Entity> *list : {&d.parameters, &d.qualifiers})
        for (const Entity &e : *list)
            if (e.value.keywords == type)
                return true;
    return false;
}

bool Compiler::known(int definition, const Condition &c) const
{
    std::vector<int> list;
    if (c.definition.empty()) {
        sources(definition, &list);
    } else {
        for (size_t i = 0; i < table_->definitions.size(); i++)
            if (table_->definitions[i].name == c.definition)
                list.push_back(static_cast<int>(i));
    }
    for (int index : list) {
        const Definition &d = table_->definitions[index];
        for (const std::vector<Entity> *entities : {&d.parameters, &d.qualifiers})
            for (const Entity &e : *entities)
                if ((e.label == c.path[0] && known_keywords(e, c.path, 1)) ||
                    known_below(e, c.path))
                    return true;
    }
    return false;
}

/* A keyword may be named without the path to it. */
bool Compiler::known_below(const Entity &e, const std::vector<std::string> &path) const
{
    std::vector<int> types(1, e.value.keywords);
    for (size_t i = 0; i < types.size(); i++) {
        if (types[i] < 0)
            continue;
        for (const Entity &k : table_->types[types[i]].keywords) {
            if (k.label == path[0] && known_keywords(k, path, 1))
                return true;
            if (std::find(types.begin(), types.end(), k.value.keywords) == types.end())
                types.push_back(k.value.keywords);
        }
    }
    return false;
}

bool Compiler::known_keywords(const Entity &e, const std::vector<std::string> &path,
                              size_t at) const
{
    if (at == path.size())
        return true;
    if (e.value.keywords < 0)
        return false;
    for (const Entity &k : table_->types[e.value.keywords].keywords)
        if (k.label == path[at] && known_keywords(k, path, at + 1))
            return true;
    return false;
}

void Compiler::resolve_disallows()
{
    std::map<int, size_t> next;
    for (const auto &row : disallow_lines_) {
        const Disallow &d = table_->definitions[row.first].disallows[next[row.first]++];
        for (const Condition &c : d.nodes)
            if (c.kind == Condition::ENTITY && !known(row.first, c)) {
                std::string path = c.definition.empty() ? "" : "<" + c.definition + ">";
                for (size_t i = 0; i < c.path.size(); i++)
                    path += (i ? "." : "") + c.path[i];
                error(row.second, "DISALLOW names an entity that is not defined: " + path);
            }
    }
}

} // namespace cli
} // namespace shim
