/*
**  cld_compiler - the class behind compile_cld()
**
**  Two passes: the statements are read into definitions whose references are names; then the names
**  are looked up, so that a syntax or type may be defined after its use.  A mistake is reported,
**  and reading goes on where the next clause or statement begins.
**  Command Definition, Librarian, and Message Utilities manual, 1.4 and "CDU File Statements".
*/
#ifndef SHIM_CLI_CLD_COMPILER_H
#define SHIM_CLI_CLD_COMPILER_H

#include "cld_scanner.h"
#include "command_table.h"

#include <map>

namespace shim {
namespace cli {

template <size_t N> bool one_of(const CldToken &token, const char *const (&list)[N])
{
    if (token.kind != CldToken::WORD)
        return false;
    for (const char *word : list)
        if (token.text == word)
            return true;
    return false;
}

class Compiler {
public:
    Compiler(const std::string &text, const std::string &file, Table *table,
             std::vector<TableError> *errors)
        : scan_(text), file_(file), table_(table), errors_(errors)
    {
    }

    void run();

private:
    enum EntityKind { PARAMETER, QUALIFIER, KEYWORD };
    /* A reference by name, until all definitions are known. */
    struct Reference {
        std::string name;
        int line;
    };
    struct EntityReference {
        bool of_type; /* else of a definition */
        int owner;    /* index into definitions or types */
        EntityKind kind;
        size_t index;
        Reference syntax, type;
    };
    CldScanner scan_;
    std::string file_;
    Table *table_;
    std::vector<TableError> *errors_;
    std::map<std::string, int> syntaxes_, types_;
    std::vector<EntityReference> references_;
    std::vector<std::pair<int, int> > disallow_lines_; /* definition, line */

    void error(int line, const std::string &text);

    /* Reports the token, and skips to where a statement or a clause begins. */
    void unexpected(const std::string &wanted);
    void recover();
    bool at_statement() const;
    bool at_verb_clause() const;
    bool take(char mark);
    bool expect(char mark);
    bool name(const char *what, std::string *out, int *line = nullptr);
    /* A string in quotes, or one word. */
    bool text(const char *what, size_t limit, std::string *out);
    bool specification(const char *what, size_t limit, std::string *out);
    bool bounded(const char *what, size_t limit, const std::string &value, int line);
    void statement();
    void define();
    void add_verb(const std::string &verb, int line);
    void define_verb(const std::string &defined, const CldToken &what);
    void skip_keyword();
    void verb_clause(int index, bool syntax);
    void none(bool *own, bool any, const CldToken &clause);
    void synonym(bool syntax, int line);
    void flags(Definition *d);
    void program(Definition *d, const CldToken &clause);
    void parameter(int index, int line);

    /* NOPARAMETERS or NOQUALIFIERS in a DEFINE SYNTAX; a verb owns its lists from the beginning. */
    bool ended_by_no(const Definition &d, EntityKind kind) const;
    void qualifier(int index, int line);
    void check_label(const Definition &d, const Entity &e, int line);
    void define_type(const std::string &defined, int line);
    void keyword(int index, int line);
    EntityReference reference(bool of_type, int owner, EntityKind kind);
    void entity_body(EntityKind kind, Entity *e, EntityReference *ref);
    static bool allowed(EntityKind kind, const std::string &clause);
    bool entity_clause(const CldToken &clause, Entity *e, EntityReference *ref);
    bool placement(Entity *e);
    bool value(int line, Entity *e, EntityReference *ref);
    bool value_clause(Entity *e, EntityReference *ref);
    void disallow(int index, int line);
    int node(Disallow *d, Condition::Kind kind, const std::vector<int> &children);
    int join(Disallow *d, Condition::Kind kind, const std::vector<int> &children);
    int or_expression(Disallow *d, int depth);
    int and_expression(Disallow *d, int depth);
    int operand(Disallow *d, int depth);
    int any2(Disallow *d, int depth);
    int entity(Disallow *d);
    Entity &referring(const EntityReference &ref);
    void resolve_entities();
    void resolve_type(const EntityReference &ref, Entity *e);

    /* Every definition that may be in force when this one is: itself, and those it is reached
       from when it inherits. */
    void sources(int index, std::vector<int> *list) const;
    bool uses_type(const Definition &d, int type) const;
    bool known(int definition, const Condition &c) const;
    bool known_below(const Entity &e, const std::vector<std::string> &path) const;
    bool known_keywords(const Entity &e, const std::vector<std::string> &path, size_t at) const;
    void resolve_disallows();
};

} // namespace cli
} // namespace shim

#endif
