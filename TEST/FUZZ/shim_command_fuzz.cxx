/*
**  shim_command_fuzz - a .CLD file, a NUL byte, then command lines: each is parsed or refused; what
**  was parsed survives the hand-over to an image, and every label of it can be asked for
*/
#include "CLI/command_parser.h"

#include <stdlib.h>

using namespace shim::cli;

static const char usual[] =
    "DEFINE VERB DO PARAMETER P1,LABEL=A,VALUE(REQUIRED,LIST,TYPE=$FILE) PARAMETER P2,LABEL=B,"
    "VALUE(TYPE=K) QUALIFIER Q,DEFAULT,VALUE(LIST,TYPE=K) QUALIFIER R,PLACEMENT=POSITIONAL,"
    "VALUE(TYPE=$NUMBER) QUALIFIER S,SYNTAX=T,VALUE(TYPE=$DATETIME) QUALIFIER U,PLACEMENT=LOCAL,"
    "VALUE(TYPE=$DELTATIME) QUALIFIER V,VALUE(LIST,TYPE=$ACL) QUALIFIER W,VALUE(TYPE=$UIC) "
    "DISALLOW ANY2(Q,R,S) AND NOT (NEG U OR Q.X) DEFINE SYNTAX T PARAMETER P1,LABEL=C,VALUE("
    "TYPE=$REST_OF_LINE) DEFINE TYPE K KEYWORD X,DEFAULT,NEGATABLE,VALUE(LIST,TYPE=K) KEYWORD Y,"
    "SYNTAX=T,VALUE(TYPE=$PARENTHESIZED_VALUE) KEYWORD Z,VALUE(TYPE=$QUOTED_STRING) "
    "DEFINE VERB EX PARAMETER P1,VALUE(TYPE=$EXPRESSION)";

static void ask(const Parsed &parsed, const std::string &label)
{
    CommandReader reader(parsed);
    std::string value;
    reader.present(label);
    for (int i = 0; i < 5; i++)
        reader.get_value(label, &value);
    if (entity_state(parsed, label) == UNKNOWN)
        abort();
}

static void check(const Table &table, const std::string &line)
{
    Parsed parsed, other;
    CommandError error;
    ParseContext context;
    int asked = 0;
    context.prompter = [&](const std::string &, std::string *answer, uint32_t *) {
        *answer = ++asked > 3 ? "z" : "";
        return asked < 10;
    };
    if (!parse(table, line, context, &parsed, &error)) {
        if (!error.condition)
            abort();
        error_lines(error, "DCL");
        return;
    }
    std::string text = write_parsed(parsed);
    if (!read_parsed(text, &other) || write_parsed(other) != text)
        abort();
    for (const Entity &e : other.parameters)
        ask(other, e.label);
    for (const Entity &e : other.qualifiers) {
        ask(other, e.label);
        if (e.value.keywords >= 0)
            for (const Entity &k : other.types[e.value.keywords].keywords)
                ask(other, e.label + "." + k.label);
    }
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    std::string text(reinterpret_cast<const char *>(data), size), cld = usual;
    size_t end = text.find('\0');
    if (end != std::string::npos) {
        cld = text.substr(0, end);
        text.erase(0, end + 1);
    }
    Table table;
    std::vector<TableError> errors;
    if (!compile_cld(cld, "FUZZ.CLD", &table, &errors))
        return 0;
    for (size_t start = 0; start <= text.size();) {
        size_t stop = text.find('\n', start);
        check(table, text.substr(start, stop - start));
        if (stop == std::string::npos)
            break;
        start = stop + 1;
    }
    Parsed read;
    read_parsed(text, &read);
    return 0;
}
