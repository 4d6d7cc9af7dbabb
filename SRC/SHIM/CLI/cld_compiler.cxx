/*
**  cld_compiler - the statements of a .CLD file, and the clauses of a verb
*/
#include "cld_compiler.h"

namespace shim {
namespace cli {

namespace {

const size_t max_image = 63;

const char *const verb_clauses[] = {"CLIFLAGS",  "CLIROUTINE",   "DISALLOW",     "NODISALLOWS",
                                    "IMAGE",     "PARAMETER",    "NOPARAMETERS", "PREFIX",
                                    "QUALIFIER", "NOQUALIFIERS", "ROUTINE",      "SYNONYM"};
const char *const cli_flags[] = {"ABBREVIATE",  "FOREIGN",  "IMMEDIATE", "MCRIGNORE",
                                 "MCROPTDELIM", "MCRPARSE", "NOSTATUS"};

} // namespace

void Compiler::run()
{
    while (scan_.peek().kind != CldToken::END)
        statement();
    resolve_entities();
    resolve_disallows();
}

void Compiler::error(int line, const std::string &text)
{
    TableError e;
    e.file = file_;
    e.line = line;
    e.text = text;
    errors_->push_back(e);
}

void Compiler::unexpected(const std::string &wanted)
{
    const CldToken &token = scan_.peek();
    if (token.kind == CldToken::BAD)
        error(token.line, token.text);
    else if (token.kind == CldToken::END)
        error(token.line, "end of file where " + wanted + " was expected");
    else
        error(token.line, "\"" + token.text + "\" found where " + wanted + " was expected");
    recover();
}

void Compiler::recover()
{
    while (!at_statement() && !at_verb_clause() && !scan_.peek().is("KEYWORD"))
        scan_.next();
}

bool Compiler::at_statement() const
{
    const CldToken &t = scan_.peek();
    return t.kind == CldToken::END || t.is("DEFINE") || t.is("MODULE") || t.is("IDENT");
}

bool Compiler::take(char mark)
{
    if (!scan_.peek().is(mark))
        return false;
    scan_.next();
    return true;
}

bool Compiler::expect(char mark)
{
    if (take(mark))
        return true;
    unexpected(std::string("\"") + mark + "\"");
    return false;
}

bool Compiler::name(const char *what, std::string *out, int *line)
{
    const CldToken &token = scan_.peek();
    if (token.kind != CldToken::WORD) {
        unexpected(what);
        return false;
    }
    if (token.text.size() > max_name)
        error(token.line, std::string(what) + " " + token.text + " is longer than " +
                              std::to_string(max_name) + " characters");
    if (line)
        *line = token.line;
    *out = scan_.next().text;
    return true;
}

bool Compiler::text(const char *what, size_t limit, std::string *out)
{
    CldToken token = scan_.peek();
    if (token.kind != CldToken::STRING && token.kind != CldToken::WORD) {
        unexpected(what);
        return false;
    }
    *out = scan_.next().text;
    return bounded(what, limit, *out, token.line);
}

bool Compiler::specification(const char *what, size_t limit, std::string *out)
{
    CldToken token = scan_.next_specification();
    if (token.kind != CldToken::STRING && token.kind != CldToken::WORD) {
        error(token.line, std::string(what) + " is missing");
        recover();
        return false;
    }
    *out = token.text;
    return bounded(what, limit, *out, token.line);
}

bool Compiler::bounded(const char *what, size_t limit, const std::string &value, int line)
{
    if (value.size() > limit)
        error(line, std::string(what) + " is longer than " + std::to_string(limit) + " characters");
    return true;
}

void Compiler::statement()
{
    CldToken token = scan_.peek();
    if (token.is("MODULE")) {
        scan_.next();
        if (!table_->module.empty())
            error(token.line, "a file has one MODULE statement");
        name("a module name", &table_->module);
    } else if (token.is("IDENT")) {
        scan_.next();
        if (!table_->ident.empty())
            error(token.line, "a file has one IDENT statement");
        specification("the identification", max_name, &table_->ident);
    } else if (token.is("DEFINE")) {
        scan_.next();
        define();
    } else {
        unexpected("DEFINE, IDENT or MODULE");
        while (!at_statement())
            scan_.next(); /* clauses outside a DEFINE */
    }
}

void Compiler::define()
{
    CldToken what = scan_.peek();
    if (!what.is("VERB") && !what.is("SYNTAX") && !what.is("TYPE")) {
        unexpected("VERB, SYNTAX or TYPE");
        return;
    }
    scan_.next();
    std::string defined;
    if (!name("a name", &defined))
        return;
    if (what.is("TYPE"))
        define_type(defined, what.line);
    else
        define_verb(defined, what);
}

void Compiler::add_verb(const std::string &verb, int line)
{
    for (const Verb &other : table_->verbs)
        if (other.name.substr(0, verb_letters) == verb.substr(0, verb_letters))
            error(line, "verb " + verb + " begins with the same " + std::to_string(verb_letters) +
                            " letters as " + other.name);
    table_->verbs.push_back(Verb{verb, static_cast<int>(table_->definitions.size()) - 1});
}

void Compiler::define_verb(const std::string &defined, const CldToken &what)
{
    int index = static_cast<int>(table_->definitions.size());
    table_->definitions.push_back(Definition());
    table_->definitions.back().name = defined;
    if (what.is("VERB")) {
        /* a verb inherits from nothing */
        Definition &d = table_->definitions.back();
        d.own_parameters = d.own_qualifiers = d.own_disallows = true;
        add_verb(defined, what.line);
    } else if (!syntaxes_.insert(std::make_pair(defined, index)).second) {
        error(what.line, "syntax " + defined + " is defined twice");
    }
    while (!at_statement()) {
        if (take(','))
            continue;
        if (at_verb_clause())
            verb_clause(index, what.is("SYNTAX"));
        else
            unexpected("a verb clause"), skip_keyword();
    }
}

void Compiler::skip_keyword()
{
    if (scan_.peek().is("KEYWORD"))
        scan_.next();
}

void Compiler::verb_clause(int index, bool syntax)
{
    CldToken clause = scan_.next();
    Definition &d = table_->definitions[index];
    if (clause.is("PARAMETER"))
        parameter(index, clause.line);
    else if (clause.is("QUALIFIER"))
        qualifier(index, clause.line);
    else if (clause.is("DISALLOW"))
        disallow(index, clause.line);
    else if (clause.is("NOPARAMETERS"))
        none(&d.own_parameters, !d.parameters.empty(), clause);
    else if (clause.is("NOQUALIFIERS"))
        none(&d.own_qualifiers, !d.qualifiers.empty(), clause);
    else if (clause.is("NODISALLOWS"))
        none(&d.own_disallows, !d.disallows.empty(), clause);
    else if (clause.is("SYNONYM"))
        synonym(syntax, clause.line);
    else if (clause.is("CLIFLAGS"))
        flags(&d);
    else
        program(&d, clause);
}

void Compiler::none(bool *own, bool any, const CldToken &clause)
{
    *own = true;
    if (any)
        error(clause.line, clause.text + " contradicts what is defined before it");
}

void Compiler::synonym(bool syntax, int line)
{
    std::string other;
    if (!name("a synonym", &other))
        return;
    if (syntax)
        error(line, "SYNONYM is not allowed in DEFINE SYNTAX");
    else
        add_verb(other, line);
}

void Compiler::flags(Definition *d)
{
    if (!expect('('))
        return;
    do {
        if (!one_of(scan_.peek(), cli_flags)) {
            unexpected("a CLI flag");
            return;
        }
        d->flags.push_back(scan_.next().text);
    } while (take(','));
    expect(')');
}

void Compiler::program(Definition *d, const CldToken &clause)
{
    std::string value;
    if (clause.is("IMAGE")) {
        if (!specification("an image name", max_image, &value))
            return;
    } else if (!text("a name", max_name, &value)) {
        return;
    }
    if (clause.is("PREFIX")) /* of symbol names for images of old: nothing reads it */
        return;
    if (!d->image.empty() || !d->routine.empty() || !d->cliroutine.empty())
        error(clause.line, d->name + " has more than one of IMAGE, ROUTINE and CLIROUTINE");
    (clause.is("IMAGE") ? d->image : clause.is("ROUTINE") ? d->routine : d->cliroutine) = value;
}

bool Compiler::at_verb_clause() const
{
    return one_of(scan_.peek(), verb_clauses);
}

bool compile_cld(const std::string &text, const std::string &file, Table *table,
                 std::vector<TableError> *errors)
{
    *table = Table();
    size_t before = errors->size();
    Compiler(text, file, table, errors).run();
    return errors->size() == before;
}

} // namespace cli
} // namespace shim
