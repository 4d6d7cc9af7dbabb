/*
**  cld_entities - parameters, qualifiers and keywords of a .CLD file
*/
#include "cld_compiler.h"

namespace shim {
namespace cli {

namespace {

const size_t max_prompt = 31, max_string = 255;

const char *const entity_clauses[] = {"BATCH",     "DEFAULT", "LABEL",  "NEGATABLE", "NONNEGATABLE",
                                      "PLACEMENT", "PROMPT",  "SYNTAX", "VALUE"};
const char *const kind_names[] = {"parameter", "qualifier", "keyword"};

} // namespace

void Compiler::parameter(int index, int line)
{
    Entity e;
    if (!name("a parameter name (P1 to P8)", &e.name))
        return;
    EntityReference ref = reference(false, index, PARAMETER);
    entity_body(PARAMETER, &e, &ref);
    Definition &d = table_->definitions[index];
    if (e.name != "P" + std::to_string(d.parameters.size() + 1))
        error(line, "parameter " + e.name + " is out of order: P" +
                        std::to_string(d.parameters.size() + 1) + " was expected");
    if (d.parameters.size() >= max_parameters)
        error(line, "a command has at most " + std::to_string(max_parameters) + " parameters");
    if (!d.parameters.empty()) {
        const Entity &before = d.parameters.back();
        if (e.value.required && !before.value.required)
            error(line, "required parameter " + e.name + " follows an optional one");
    }
    if (d.own_parameters && d.parameters.empty() && ended_by_no(d, PARAMETER))
        error(line, "PARAMETER contradicts NOPARAMETERS");
    d.own_parameters = true;
    check_label(d, e, line);
    ref.index = d.parameters.size();
    d.parameters.push_back(e);
    references_.push_back(ref);
}

bool Compiler::ended_by_no(const Definition &d, EntityKind kind) const
{
    auto syntax = syntaxes_.find(d.name);
    if (syntax == syntaxes_.end() || &table_->definitions[syntax->second] != &d)
        return false;
    return kind == PARAMETER ? d.own_parameters : d.own_qualifiers;
}

void Compiler::qualifier(int index, int line)
{
    Entity e;
    e.negatable = true;
    if (!name("a qualifier name", &e.name))
        return;
    EntityReference ref = reference(false, index, QUALIFIER);
    entity_body(QUALIFIER, &e, &ref);
    Definition &d = table_->definitions[index];
    for (const Entity &other : d.qualifiers)
        if (other.name == e.name)
            error(line, "qualifier " + e.name + " is defined twice");
    if (d.own_qualifiers && d.qualifiers.empty() && ended_by_no(d, QUALIFIER))
        error(line, "QUALIFIER contradicts NOQUALIFIERS");
    d.own_qualifiers = true;
    check_label(d, e, line);
    ref.index = d.qualifiers.size();
    d.qualifiers.push_back(e);
    references_.push_back(ref);
}

void Compiler::check_label(const Definition &d, const Entity &e, int line)
{
    for (const Entity &other : d.parameters)
        if (other.label == e.label)
            error(line, "label " + e.label + " is used twice");
    for (const Entity &other : d.qualifiers)
        if (other.label == e.label && other.name != e.name)
            error(line, "label " + e.label + " is used twice");
}

void Compiler::define_type(const std::string &defined, int line)
{
    int index = static_cast<int>(table_->types.size());
    table_->types.push_back(KeywordType());
    table_->types.back().name = defined;
    if (defined[0] == '$')
        error(line, "names of types that begin with $ are the system's");
    if (!types_.insert(std::make_pair(defined, index)).second)
        error(line, "type " + defined + " is defined twice");
    while (!at_statement()) {
        if (take(','))
            continue;
        if (scan_.peek().is("KEYWORD")) {
            keyword(index, scan_.next().line);
        } else {
            unexpected("KEYWORD");
            if (at_verb_clause())
                scan_.next();
        }
    }
    if (table_->types[index].keywords.empty())
        error(line, "type " + defined + " has no keyword");
}

void Compiler::keyword(int index, int line)
{
    Entity e;
    if (!name("a keyword", &e.name))
        return;
    EntityReference ref = reference(true, index, KEYWORD);
    entity_body(KEYWORD, &e, &ref);
    KeywordType &type = table_->types[index];
    for (const Entity &other : type.keywords)
        if (other.name == e.name || other.label == e.label)
            error(line, "keyword " + e.name + " is defined twice");
    ref.index = type.keywords.size();
    type.keywords.push_back(e);
    references_.push_back(ref);
}

Compiler::EntityReference Compiler::reference(bool of_type, int owner, EntityKind kind)
{
    EntityReference ref;
    ref.of_type = of_type;
    ref.owner = owner;
    ref.kind = kind;
    ref.index = 0;
    ref.syntax.line = ref.type.line = 0;
    return ref;
}

void Compiler::entity_body(EntityKind kind, Entity *e, EntityReference *ref)
{
    e->label = e->name;
    while (scan_.peek().is(',')) {
        scan_.next();
        if (!one_of(scan_.peek(), entity_clauses))
            return; /* the comma was between verb clauses */
        CldToken clause = scan_.next();
        if (!allowed(kind, clause.text)) {
            error(clause.line, clause.text + " is not allowed for a " + kind_names[kind]);
            recover();
            return;
        }
        if (!entity_clause(clause, e, ref))
            return;
    }
    if (one_of(scan_.peek(), entity_clauses))
        unexpected("a comma");
    e->prompt = e->prompt.empty() ? e->label : e->prompt;
}

bool Compiler::allowed(EntityKind kind, const std::string &clause)
{
    if (clause == "PROMPT")
        return kind == PARAMETER;
    if (clause == "BATCH" || clause == "PLACEMENT")
        return kind == QUALIFIER;
    if (clause == "NEGATABLE" || clause == "NONNEGATABLE" || clause == "SYNTAX")
        return kind != PARAMETER;
    return true;
}

bool Compiler::entity_clause(const CldToken &clause, Entity *e, EntityReference *ref)
{
    if (clause.is("BATCH"))
        e->in_batch = true;
    else if (clause.is("DEFAULT"))
        e->by_default = true;
    else if (clause.is("NEGATABLE") || clause.is("NONNEGATABLE"))
        e->negatable = clause.is("NEGATABLE");
    else if (clause.is("LABEL"))
        return expect('=') && name("a label", &e->label);
    else if (clause.is("PROMPT"))
        return expect('=') && text("a prompt", max_prompt, &e->prompt);
    else if (clause.is("SYNTAX"))
        return expect('=') && name("a syntax", &ref->syntax.name, &ref->syntax.line);
    else if (clause.is("PLACEMENT"))
        return expect('=') && placement(e);
    else
        return value(clause.line, e, ref);
    return true;
}

bool Compiler::placement(Entity *e)
{
    const CldToken &token = scan_.peek();
    if (token.is("GLOBAL"))
        e->placement = PLACE_GLOBAL;
    else if (token.is("LOCAL"))
        e->placement = PLACE_LOCAL;
    else if (token.is("POSITIONAL"))
        e->placement = PLACE_POSITIONAL;
    else {
        unexpected("GLOBAL, LOCAL or POSITIONAL");
        return false;
    }
    scan_.next();
    return true;
}

bool Compiler::value(int line, Entity *e, EntityReference *ref)
{
    if (e->value.given)
        error(line, e->name + " has two VALUE clauses");
    e->value.given = true;
    if (!take('('))
        return true;
    do {
        if (!value_clause(e, ref))
            return false;
    } while (take(','));
    if (e->value.required && e->value.has_default)
        error(line, "REQUIRED and DEFAULT exclude each other in the VALUE of " + e->name);
    return expect(')');
}

bool Compiler::value_clause(Entity *e, EntityReference *ref)
{
    CldToken clause = scan_.peek();
    ValueClause &v = e->value;
    if (clause.is("REQUIRED") || clause.is("LIST") || clause.is("CONCATENATE") ||
        clause.is("NOCONCATENATE") || clause.is("IMPCAT")) {
        scan_.next();
        if (clause.is("REQUIRED"))
            v.required = true;
        else if (clause.is("LIST"))
            v.list = true;
        else
            v.concatenate = !clause.is("NOCONCATENATE");
        if (ref->kind != PARAMETER && (clause.is("CONCATENATE") || clause.is("NOCONCATENATE")))
            error(clause.line, clause.text + " is for parameters only");
        return true;
    }
    if (clause.is("DEFAULT")) {
        scan_.next();
        v.has_default = true;
        return expect('=') && text("a default value", max_string, &v.default_text);
    }
    if (clause.is("TYPE")) {
        scan_.next();
        return expect('=') && name("a type", &ref->type.name, &ref->type.line);
    }
    unexpected("REQUIRED, LIST, NOCONCATENATE, DEFAULT or TYPE");
    return false;
}

} // namespace cli
} // namespace shim
