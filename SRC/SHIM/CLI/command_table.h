/*
**  command_table - command tables: what SET COMMAND makes of a .CLD file
**
**  A Table owns verbs, definitions (of verbs and of syntaxes) and types; references between them
**  are indexes, so that tables can be copied, merged and written to a file.  Names and labels are
**  upper case.  The file of a table (SYS$LIBRARY:DCLTABLES.EXE, an image's compiled-in table) is
**  write_table()'s text.
**
**  Source: Command Definition, Librarian, and Message Utilities manual, chapter 1.
**  Threads: a const Table may be read by any number of threads.
*/
#ifndef SHIM_CLI_COMMAND_TABLE_H
#define SHIM_CLI_COMMAND_TABLE_H

#include <string>
#include <vector>

namespace shim {
namespace cli {

const size_t max_name = 31;      /* characters of a verb, label, keyword, type */
const size_t max_parameters = 8; /* P1 to P8 */
const size_t verb_letters = 4;   /* only these of a verb count */

/* The types that need no DEFINE TYPE. */
enum ValueType {
    TYPE_ANY, /* no TYPE clause */
    TYPE_ACL,
    TYPE_DATETIME,
    TYPE_DELTATIME,
    TYPE_EXPRESSION,
    TYPE_FILE, /* $FILE, $INFILE, $OUTFILE */
    TYPE_NUMBER,
    TYPE_PARENTHESIZED,
    TYPE_QUOTED_STRING,
    TYPE_REST_OF_LINE,
    TYPE_UIC,
    TYPE_KEYWORDS /* ValueClause::keywords */
};

struct ValueClause {
    bool given = false; /* VALUE: the entity takes a value */
    bool required = false, list = false, concatenate = true;
    bool has_default = false;
    std::string default_text;
    ValueType type = TYPE_ANY;
    int keywords = -1; /* index into Table::types */
};

enum Placement { PLACE_GLOBAL, PLACE_LOCAL, PLACE_POSITIONAL };

/* A parameter, a qualifier or a keyword. */
struct Entity {
    std::string name;  /* "P1", "LOG" */
    std::string label; /* what CLI$ routines call it: LABEL=, else the name */
    std::string prompt;
    bool by_default = false, in_batch = false, negatable = false;
    Placement placement = PLACE_GLOBAL;
    int syntax = -1; /* index into Table::definitions */
    ValueClause value;
};

/* A node of a DISALLOW expression; children are indexes into Disallow::nodes. */
struct Condition {
    enum Kind { ENTITY, AND, OR, NOT, NEG, ANY2 } kind = ENTITY;
    std::string definition;        /* <definition> before the path, or nothing */
    std::vector<std::string> path; /* label, keyword labels */
    std::vector<int> children;
};
struct Disallow {
    std::vector<Condition> nodes;
    int top = -1;
};

/* DEFINE VERB or DEFINE SYNTAX. */
struct Definition {
    std::string name;
    std::string image, routine, cliroutine; /* at most one is given */
    /* given, or NOPARAMETERS ...: what was not given is that of the definition left */
    bool own_parameters = false, own_qualifiers = false, own_disallows = false;
    std::vector<Entity> parameters, qualifiers;
    std::vector<Disallow> disallows;
    std::vector<std::string> flags; /* CLIFLAGS */
};

struct KeywordType {
    std::string name;
    std::vector<Entity> keywords;
};

struct Verb {
    std::string name;
    int definition = -1;
};

struct Table {
    std::string module, ident;
    std::vector<Verb> verbs; /* synonyms have the same definition */
    std::vector<Definition> definitions;
    std::vector<KeywordType> types;
};

struct TableError {
    std::string file;
    int line = 0; /* from 1; 0: the file as a whole */
    std::string text;
};
/* "FILE.CLD line 3: text". */
std::string error_line(const TableError &error);

/*
**  Compiles the text of a .CLD file.  False when errors were found (all of them are reported);
**  *table then is what could be understood.
*/
bool compile_cld(const std::string &text, const std::string &file, Table *table,
                 std::vector<TableError> *errors);

/* Verbs of `from` are added to *to, or replace those that share their first four letters. */
void merge_table(const Table &from, Table *to);
/* SET COMMAND/DELETE: by first four letters.  False when there is no such verb. */
bool delete_verb(const std::string &name, Table *table);
/* The routines that the table refers to, each once, in order of appearance. */
std::vector<std::string> table_routines(const Table &table);

/* No byte of the result is NUL.  read_table() is false when the text is no table. */
std::string write_table(const Table &table);
bool read_table(const std::string &text, Table *table);

/* "$FILE" to TYPE_FILE; TYPE_ANY when there is no such built-in type. */
ValueType built_in_type(const std::string &name);

/* ---- for the modules of this room ---- */

/* A stream of numbers and strings without NUL bytes: command tables, parsed commands. */
class PackWriter {
public:
    void number(long long value);
    void text(const std::string &value); /* NUL bytes are dropped */
    void flag(bool value) { number(value); }
    const std::string &result() const { return out_; }

private:
    std::string out_;
};
class PackReader {
public:
    explicit PackReader(const std::string &text) : in_(text), at_(0), bad_(false) {}
    long long number();
    std::string text();
    bool flag() { return number() != 0; }
    /* A number of elements to read: bounded by what is left. */
    size_t count();
    int choice(size_t size); /* 0 to size-1 */
    bool bad() const { return bad_; }
    bool at_end() const { return at_ == in_.size(); }

private:
    const std::string &in_;
    size_t at_;
    bool bad_;
};
void pack_entity(const Entity &entity, PackWriter *out);
Entity unpack_entity(PackReader *in);
void pack_type(const KeywordType &type, PackWriter *out);
KeywordType unpack_type(PackReader *in);

} // namespace cli
} // namespace shim

#endif
