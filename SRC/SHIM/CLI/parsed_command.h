/*
**  parsed_command - what a command line says, once it is parsed
**
**  A Parsed command carries the entities that its syntax knows, so that a label that does not exist
**  can be told from one that is absent, and needs no table any more.  Labels are written exactly as
**  in the table, keywords as paths: "OPTIONS.LOG", or alone when no label hides them.
**
**  Hand-over to an image: the interpreter puts write_parsed() into the environment of the process
**  that runs the image, name SHIM_COMMAND; CLI$PRESENT and CLI$GET_VALUE answer from it until the
**  image calls CLI$DCL_PARSE.  A foreign command has no SHIM_COMMAND; the text after the verb,
**  foreign or not, is SHIM_FOREIGN (LIB$GET_FOREIGN).
**
**  Threads: a const Parsed may be read by any thread; a CommandReader belongs to one.
*/
#ifndef SHIM_CLI_PARSED_COMMAND_H
#define SHIM_CLI_PARSED_COMMAND_H

#include "command_table.h"

#include <cstdint>

namespace shim {
namespace cli {

struct ParsedValue {
    std::string text;    /* as CLI$GET_VALUE gives it */
    std::string keyword; /* the keyword's full name, when the type is one of keywords */
    bool negated = false, by_default = false;
    char delimiter = 0;              /* what follows it: ',' '+' or nothing */
    std::vector<ParsedValue> values; /* of the keyword */
};

/* Where a qualifier stands: behind the verb, or behind value `element` of parameter `parameter`. */
struct Position {
    int parameter = -1, element = -1;
    bool operator==(const Position &o) const
    {
        return parameter == o.parameter && element == o.element;
    }
};

struct ParsedQualifier {
    int qualifier = -1; /* index into Parsed::qualifiers */
    std::string typed;  /* as it was written, upper case: "NOLOG" */
    bool negated = false;
    std::vector<ParsedValue> values;
    Position position;
};

struct ParsedParameter {
    bool given = false;
    std::vector<ParsedValue> values;
};

struct Parsed {
    std::string verb;                       /* full name, as in the table */
    std::string line;                       /* compressed, upper case outside quotes: "$LINE" */
    std::string syntax;                     /* name of the definition that was arrived at */
    std::string image, routine, cliroutine; /* at most one is given */
    std::vector<std::string> flags;
    bool batch = false;                         /* BATCH qualifiers are present by default */
    std::vector<Entity> parameters, qualifiers; /* their `syntax` means nothing here */
    std::vector<KeywordType> types;
    std::vector<ParsedParameter> given;            /* by parameter; may be shorter */
    std::vector<ParsedQualifier> qualifiers_given; /* in order of the line */
};

enum State {
    UNKNOWN, /* no such entity: CLI$_ENTNF */
    ABSENT,
    PRESENT,
    NEGATED,
    DEFAULTED,
    LOCALLY_PRESENT,
    LOCALLY_NEGATED
};

/* The state as seen from one position of the line; the default is the command as a whole. */
State entity_state(const Parsed &parsed, const std::string &label,
                   const Position &position = Position());
/* PRESENT, DEFAULTED or LOCALLY_PRESENT. */
bool is_present(const Parsed &parsed, const std::string &label);
/* All values, defaults included; nothing when absent or negated. */
std::vector<ParsedValue> entity_values(const Parsed &parsed, const std::string &label,
                                       const Position &position = Position());
/* The first value, or nothing. */
std::string entity_value(const Parsed &parsed, const std::string &label);
/* Positions of a parameter's values, for the qualifiers behind each. */
inline Position value_position(int parameter, int element)
{
    Position p;
    p.parameter = parameter;
    p.element = element;
    return p;
}

/* CLI$PRESENT and CLI$GET_VALUE: remembers how far each list was read and where it stands. */
class CommandReader {
public:
    explicit CommandReader(const Parsed &parsed) : parsed_(parsed) {}
    /* CLI$_PRESENT, NEGATED, DEFAULTED, LOCPRES, LOCNEG, ABSENT, ENTNF. */
    uint32_t present(const std::string &label) const;
    /* SS$_NORMAL (last value), CLI$_COMMA, CLI$_CONCAT, ABSENT, NEGATED, ENTNF. */
    uint32_t get_value(const std::string &label, std::string *value);

private:
    struct Cursor {
        std::string label;
        Position position;
        size_t next;
    };
    Parsed parsed_;
    Position position_;
    std::vector<Cursor> cursors_;
};

std::string write_parsed(const Parsed &parsed);
bool read_parsed(const std::string &text, Parsed *parsed);

const char environment_command[] = "SHIM_COMMAND";
const char environment_foreign[] = "SHIM_FOREIGN";

} // namespace cli
} // namespace shim

#endif
