/*
**  command_table - merging, deleting, writing and reading command tables
*/
#include "command_table.h"

#include <cstdint>
#include <cstdlib>
#include <map>

namespace shim {
namespace cli {

namespace {

const char magic[] = "SHIM command table 1";

struct TypeName {
    const char *name;
    ValueType type;
};
const TypeName type_names[] = {
    {"$ACL", TYPE_ACL},
    {"$DATETIME", TYPE_DATETIME},
    {"$DELTATIME", TYPE_DELTATIME},
    {"$EXPRESSION", TYPE_EXPRESSION},
    {"$FILE", TYPE_FILE},
    {"$INFILE", TYPE_FILE},
    {"$OUTFILE", TYPE_FILE},
    {"$NUMBER", TYPE_NUMBER},
    {"$PARENTHESIZED_VALUE", TYPE_PARENTHESIZED},
    {"$QUOTED_STRING", TYPE_QUOTED_STRING},
    {"$REST_OF_LINE", TYPE_REST_OF_LINE},
    {"$UIC", TYPE_UIC},
};

std::string letters(const std::string &verb)
{
    return verb.substr(0, verb_letters);
}

/* Copies what a verb needs from one table to another: definitions and types, each once. */
class Copier {
public:
    Copier(const Table &from, Table *to) : from_(from), to_(to) {}

    int definition(int index)
    {
        if (index < 0)
            return -1;
        auto known = definitions_.find(index);
        if (known != definitions_.end())
            return known->second;
        int copy = static_cast<int>(to_->definitions.size());
        definitions_[index] = copy;
        to_->definitions.push_back(from_.definitions[index]);
        /* entities may refer to one another in circles: fix the copy after it has its number */
        Definition fixed = from_.definitions[index];
        entities(&fixed.parameters);
        entities(&fixed.qualifiers);
        to_->definitions[copy] = fixed;
        return copy;
    }

private:
    const Table &from_;
    Table *to_;
    std::map<int, int> definitions_, types_;

    void entities(std::vector<Entity> *list)
    {
        for (Entity &e : *list) {
            e.syntax = definition(e.syntax);
            e.value.keywords = type(e.value.keywords);
        }
    }

    int type(int index)
    {
        if (index < 0)
            return -1;
        auto known = types_.find(index);
        if (known != types_.end())
            return known->second;
        int copy = static_cast<int>(to_->types.size());
        types_[index] = copy;
        to_->types.push_back(from_.types[index]);
        KeywordType fixed = from_.types[index];
        entities(&fixed.keywords);
        to_->types[copy] = fixed;
        return copy;
    }
};

void pack_entities(const std::vector<Entity> &list, PackWriter *out)
{
    out->number(static_cast<long long>(list.size()));
    for (const Entity &e : list)
        pack_entity(e, out);
}

std::vector<Entity> unpack_entities(PackReader *in)
{
    std::vector<Entity> list;
    for (size_t n = in->count(); n && !in->bad(); n--)
        list.push_back(unpack_entity(in));
    return list;
}

void pack_disallow(const Disallow &disallow, PackWriter *out)
{
    out->number(disallow.top);
    out->number(static_cast<long long>(disallow.nodes.size()));
    for (const Condition &node : disallow.nodes) {
        out->number(node.kind);
        out->text(node.definition);
        out->number(static_cast<long long>(node.path.size()));
        for (const std::string &label : node.path)
            out->text(label);
        out->number(static_cast<long long>(node.children.size()));
        for (int child : node.children)
            out->number(child);
    }
}

Disallow unpack_disallow(PackReader *in)
{
    Disallow disallow;
    disallow.top = static_cast<int>(in->number());
    for (size_t n = in->count(); n && !in->bad(); n--) {
        Condition node;
        node.kind = static_cast<Condition::Kind>(in->choice(Condition::ANY2 + 1));
        node.definition = in->text();
        for (size_t k = in->count(); k && !in->bad(); k--)
            node.path.push_back(in->text());
        for (size_t k = in->count(); k && !in->bad(); k--)
            node.children.push_back(static_cast<int>(in->number()));
        disallow.nodes.push_back(node);
    }
    return disallow;
}

void pack_definition(const Definition &d, PackWriter *out)
{
    out->text(d.name);
    out->text(d.image);
    out->text(d.routine);
    out->text(d.cliroutine);
    out->flag(d.own_parameters);
    out->flag(d.own_qualifiers);
    out->flag(d.own_disallows);
    pack_entities(d.parameters, out);
    pack_entities(d.qualifiers, out);
    out->number(static_cast<long long>(d.disallows.size()));
    for (const Disallow &disallow : d.disallows)
        pack_disallow(disallow, out);
    out->number(static_cast<long long>(d.flags.size()));
    for (const std::string &flag : d.flags)
        out->text(flag);
}

Definition unpack_definition(PackReader *in)
{
    Definition d;
    d.name = in->text();
    d.image = in->text();
    d.routine = in->text();
    d.cliroutine = in->text();
    d.own_parameters = in->flag();
    d.own_qualifiers = in->flag();
    d.own_disallows = in->flag();
    d.parameters = unpack_entities(in);
    d.qualifiers = unpack_entities(in);
    for (size_t n = in->count(); n && !in->bad(); n--)
        d.disallows.push_back(unpack_disallow(in));
    for (size_t n = in->count(); n && !in->bad(); n--)
        d.flags.push_back(in->text());
    return d;
}

bool valid_index(int index, size_t size)
{
    return index >= -1 && index < static_cast<int>(size);
}

bool valid_entities(const std::vector<Entity> &list, const Table &table)
{
    for (const Entity &e : list)
        if (!valid_index(e.syntax, table.definitions.size()) ||
            !valid_index(e.value.keywords, table.types.size()) ||
            (e.value.type == TYPE_KEYWORDS && e.value.keywords < 0))
            return false;
    return true;
}

/* A node may refer to nodes made before it only, as the compiler makes them: no circles. */
bool valid_disallow(const Disallow &disallow)
{
    if (disallow.top < 0 || !valid_index(disallow.top, disallow.nodes.size()))
        return false;
    for (size_t i = 0; i < disallow.nodes.size(); i++)
        for (int child : disallow.nodes[i].children)
            if (child < 0 || child >= static_cast<int>(i))
                return false;
    return true;
}

/* What was read from a file is not believed. */
bool valid(const Table &table)
{
    for (const Verb &verb : table.verbs)
        if (verb.definition < 0 || !valid_index(verb.definition, table.definitions.size()))
            return false;
    for (const Definition &d : table.definitions) {
        if (!valid_entities(d.parameters, table) || !valid_entities(d.qualifiers, table))
            return false;
        for (const Disallow &disallow : d.disallows)
            if (!valid_disallow(disallow))
                return false;
    }
    for (const KeywordType &type : table.types)
        if (!valid_entities(type.keywords, table))
            return false;
    return true;
}

} // namespace

ValueType built_in_type(const std::string &name)
{
    for (const TypeName &row : type_names)
        if (name == row.name)
            return row.type;
    return TYPE_ANY;
}

std::string error_line(const TableError &error)
{
    if (error.line == 0)
        return error.file + ": " + error.text;
    return error.file + " line " + std::to_string(error.line) + ": " + error.text;
}

void merge_table(const Table &from, Table *to)
{
    Table merged;
    merged.module = to->module;
    merged.ident = to->ident;
    Copier old(*to, &merged), fresh(from, &merged);
    for (const Verb &verb : to->verbs) {
        bool replaced = false;
        for (const Verb &newer : from.verbs)
            replaced = replaced || letters(newer.name) == letters(verb.name);
        if (!replaced)
            merged.verbs.push_back(Verb{verb.name, old.definition(verb.definition)});
    }
    for (const Verb &verb : from.verbs)
        merged.verbs.push_back(Verb{verb.name, fresh.definition(verb.definition)});
    *to = merged;
}

bool delete_verb(const std::string &name, Table *table)
{
    Table rest;
    rest.module = table->module;
    rest.ident = table->ident;
    Copier copier(*table, &rest);
    bool found = false;
    for (const Verb &verb : table->verbs) {
        if (letters(verb.name) == letters(name))
            found = true;
        else
            rest.verbs.push_back(Verb{verb.name, copier.definition(verb.definition)});
    }
    if (found)
        *table = rest;
    return found;
}

std::vector<std::string> table_routines(const Table &table)
{
    std::vector<std::string> list;
    for (const Definition &d : table.definitions) {
        bool known = d.routine.empty();
        for (const std::string &name : list)
            known = known || name == d.routine;
        if (!known)
            list.push_back(d.routine);
    }
    return list;
}

void PackWriter::number(long long value)
{
    out_ += std::to_string(value);
    out_ += ' ';
}

void PackWriter::text(const std::string &value)
{
    std::string clean;
    for (char c : value)
        if (c)
            clean += c;
    number(static_cast<long long>(clean.size()));
    out_ += clean;
}

long long PackReader::number()
{
    const long long bound = 1LL << 40;
    bool minus = at_ < in_.size() && in_[at_] == '-';
    size_t at = minus ? at_ + 1 : at_;
    long long value = 0;
    bool any = false;
    for (; at < in_.size() && in_[at] >= '0' && in_[at] <= '9' && value < bound; at++) {
        value = value * 10 + (in_[at] - '0');
        any = true;
    }
    if (bad_ || !any || at >= in_.size() || in_[at] != ' ') {
        bad_ = true;
        return 0;
    }
    at_ = at + 1;
    return minus ? -value : value;
}

std::string PackReader::text()
{
    long long size = number();
    if (bad_ || size < 0 || size > static_cast<long long>(in_.size() - at_)) {
        bad_ = true;
        return std::string();
    }
    std::string value = in_.substr(at_, static_cast<size_t>(size));
    at_ += static_cast<size_t>(size);
    return value;
}

size_t PackReader::count()
{
    long long value = number();
    if (value < 0 || value > static_cast<long long>(in_.size() - at_))
        bad_ = true;
    return bad_ ? 0 : static_cast<size_t>(value);
}

int PackReader::choice(size_t size)
{
    long long value = number();
    if (value < 0 || value >= static_cast<long long>(size)) {
        bad_ = true;
        return 0;
    }
    return static_cast<int>(value);
}

void pack_entity(const Entity &e, PackWriter *out)
{
    out->text(e.name);
    out->text(e.label);
    out->text(e.prompt);
    out->flag(e.by_default);
    out->flag(e.in_batch);
    out->flag(e.negatable);
    out->number(e.placement);
    out->number(e.syntax);
    out->flag(e.value.given);
    out->flag(e.value.required);
    out->flag(e.value.list);
    out->flag(e.value.concatenate);
    out->flag(e.value.has_default);
    out->text(e.value.default_text);
    out->number(e.value.type);
    out->number(e.value.keywords);
}

Entity unpack_entity(PackReader *in)
{
    Entity e;
    e.name = in->text();
    e.label = in->text();
    e.prompt = in->text();
    e.by_default = in->flag();
    e.in_batch = in->flag();
    e.negatable = in->flag();
    e.placement = static_cast<Placement>(in->choice(PLACE_POSITIONAL + 1));
    e.syntax = static_cast<int>(in->number());
    e.value.given = in->flag();
    e.value.required = in->flag();
    e.value.list = in->flag();
    e.value.concatenate = in->flag();
    e.value.has_default = in->flag();
    e.value.default_text = in->text();
    e.value.type = static_cast<ValueType>(in->choice(TYPE_KEYWORDS + 1));
    e.value.keywords = static_cast<int>(in->number());
    return e;
}

void pack_type(const KeywordType &type, PackWriter *out)
{
    out->text(type.name);
    pack_entities(type.keywords, out);
}

KeywordType unpack_type(PackReader *in)
{
    KeywordType type;
    type.name = in->text();
    type.keywords = unpack_entities(in);
    return type;
}

std::string write_table(const Table &table)
{
    PackWriter out;
    out.text(magic);
    out.text(table.module);
    out.text(table.ident);
    out.number(static_cast<long long>(table.verbs.size()));
    for (const Verb &verb : table.verbs) {
        out.text(verb.name);
        out.number(verb.definition);
    }
    out.number(static_cast<long long>(table.definitions.size()));
    for (const Definition &definition : table.definitions)
        pack_definition(definition, &out);
    out.number(static_cast<long long>(table.types.size()));
    for (const KeywordType &type : table.types)
        pack_type(type, &out);
    return out.result();
}

bool read_table(const std::string &text, Table *table)
{
    PackReader in(text);
    if (in.text() != magic)
        return false;
    Table read;
    read.module = in.text();
    read.ident = in.text();
    for (size_t n = in.count(); n && !in.bad(); n--) {
        Verb verb;
        verb.name = in.text();
        verb.definition = static_cast<int>(in.number());
        read.verbs.push_back(verb);
    }
    for (size_t n = in.count(); n && !in.bad(); n--)
        read.definitions.push_back(unpack_definition(&in));
    for (size_t n = in.count(); n && !in.bad(); n--)
        read.types.push_back(unpack_type(&in));
    if (in.bad() || !in.at_end() || !valid(read))
        return false;
    *table = read;
    return true;
}

} // namespace cli
} // namespace shim
