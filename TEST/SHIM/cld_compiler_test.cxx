/*
**  cld_compiler_test - the language of .CLD files (Command Definition manual)
*/
#include "command_support.h"

using namespace shim::cli;

namespace {

const char whole_language[] = R"CLD(
! a comment
MODULE TEST_TABLES          ! names the object module
IDENT "V1.0-2"
DEFINE VERB FETCH
    IMAGE "SYS$SYSTEM:FETCH.EXE"
    SYNONYM GRAB
    CLIFLAGS (NOSTATUS)
    PARAMETER P1, LABEL=SOURCE, PROMPT="From where",
        VALUE (REQUIRED, LIST, NOCONCATENATE, TYPE=$FILE)
    PARAMETER P2, LABEL=TARGET, VALUE(DEFAULT="[]*.*;*", TYPE=$OUTFILE)
    QUALIFIER LOG, DEFAULT
    QUALIFIER AFTER, NONNEGATABLE, VALUE(REQUIRED, TYPE=$DATETIME)
    QUALIFIER NOTIFY, BATCH, LABEL=TELL, PLACEMENT=POSITIONAL
    QUALIFIER HOW, VALUE(LIST, TYPE=HOW_TYPES), PLACEMENT=GLOBAL -
        , SYNTAX=FETCH_HOW
    QUALIFIER TEXT, VALUE(TYPE=$QUOTED_STRING), PLACEMENT=LOCAL
    DISALLOW LOG AND (NEG TELL OR NOT AFTER) OR ANY2(HOW.FAST, HOW.SLOW, <FETCH_HOW>LOG)
DEFINE SYNTAX FETCH_HOW
    ROUTINE FETCH_FAST
    NOPARAMETERS
    QUALIFIER LOG
    NODISALLOWS
DEFINE TYPE HOW_TYPES
    KEYWORD FAST, DEFAULT, NEGATABLE
    KEYWORD SLOW, LABEL=GENTLY, VALUE(TYPE=$NUMBER, DEFAULT="7")
)CLD";

const struct {
    const char *cld, *error;
} mistakes[] = {
    {"DEFINE VERB", "T.CLD line 1: end of file where a name was expected\n"},
    {"FOO", "T.CLD line 1: \"FOO\" found where DEFINE, IDENT or MODULE was expected\n"},
    {"IMAGE \"X\"", "T.CLD line 1: \"IMAGE\" found where DEFINE, IDENT or MODULE was expected\n"},
    {"DEFINE VERB A\nIMAGE \"FOO", "T.CLD line 2: an image name is missing\n"},
    {"DEFINE VERB A\n\nPARAMETER P2",
     "T.CLD line 3: parameter P2 is out of order: P1 was expected\n"},
    {"DEFINE VERB A PARAMETER P1, FOO=3",
     "T.CLD line 1: \"FOO\" found where a verb clause was expected\n"},
    {"DEFINE VERB A PARAMETER P1, NEGATABLE",
     "T.CLD line 1: NEGATABLE is not allowed for a parameter\n"},
    {"DEFINE VERB A QUALIFIER Q, PROMPT=\"X\"",
     "T.CLD line 1: PROMPT is not allowed for a qualifier\n"},
    {"DEFINE VERB A QUALIFIER Q NEGATABLE",
     "T.CLD line 1: \"NEGATABLE\" found where a comma was expected\n"},
    {"DEFINE VERB A QUALIFIER Q, VALUE(SOMETIMES)",
     "T.CLD line 1: \"SOMETIMES\" found where REQUIRED, LIST, NOCONCATENATE, DEFAULT or "
     "TYPE was expected\n"},
    {"DEFINE VERB A QUALIFIER Q, VALUE(REQUIRED,DEFAULT=\"X\")",
     "T.CLD line 1: REQUIRED and DEFAULT exclude each other in the VALUE of Q\n"},
    {"DEFINE VERB A QUALIFIER Q, VALUE(TYPE=$FOO)", "T.CLD line 1: type $FOO is not defined\n"},
    {"DEFINE VERB A\nQUALIFIER Q, SYNTAX=S", "T.CLD line 2: syntax S is not defined\n"},
    {"DEFINE VERB A QUALIFIER Q QUALIFIER Q", "T.CLD line 1: qualifier Q is defined twice\n"},
    {"DEFINE VERB A PARAMETER P1, LABEL=Q QUALIFIER Q", "T.CLD line 1: label Q is used twice\n"},
    {"DEFINE VERB ABCDE DEFINE VERB ABCDX",
     "T.CLD line 1: verb ABCDX begins with the same 4 letters as ABCDE\n"},
    {"DEFINE VERB A IMAGE \"X\" ROUTINE Y",
     "T.CLD line 1: A has more than one of IMAGE, ROUTINE and CLIROUTINE\n"},
    {"DEFINE SYNTAX A SYNONYM B", "T.CLD line 1: SYNONYM is not allowed in DEFINE SYNTAX\n"},
    {"DEFINE SYNTAX A NOPARAMETERS PARAMETER P1",
     "T.CLD line 1: PARAMETER contradicts NOPARAMETERS\n"},
    {"DEFINE SYNTAX A QUALIFIER Q NOQUALIFIERS",
     "T.CLD line 1: NOQUALIFIERS contradicts what is defined before it\n"},
    {"DEFINE SYNTAX A DEFINE SYNTAX A", "T.CLD line 1: syntax A is defined twice\n"},
    {"DEFINE TYPE T", "T.CLD line 1: type T has no keyword\n"},
    {"DEFINE TYPE $T KEYWORD K",
     "T.CLD line 1: names of types that begin with $ are the system's\n"},
    {"DEFINE TYPE T KEYWORD K KEYWORD K", "T.CLD line 1: keyword K is defined twice\n"},
    {"DEFINE VERB A\nQUALIFIER Q\nDISALLOW Q AND R",
     "T.CLD line 3: DISALLOW names an entity that is not defined: R\n"},
    {"DEFINE VERB A QUALIFIER Q DISALLOW Q.K",
     "T.CLD line 1: DISALLOW names an entity that is not defined: Q.K\n"},
    {"DEFINE VERB A QUALIFIER Q DISALLOW <S>Q",
     "T.CLD line 1: DISALLOW names an entity that is not defined: <S>Q\n"},
    {"DEFINE VERB A QUALIFIER Q DISALLOW NEG (Q AND Q)",
     "T.CLD line 1: NEG is followed by an entity\n"},
    {"DEFINE VERB A QUALIFIER Q DISALLOW (Q",
     "T.CLD line 1: end of file where \")\" was expected\n"},
    {"DEFINE VERB A PARAMETER P1, VALUE(TYPE=$REST_OF_LINE) PARAMETER P2",
     "T.CLD line 1: no parameter may follow one of type $REST_OF_LINE\n"},
    {"DEFINE VERB A PARAMETER P1 PARAMETER P2, VALUE(REQUIRED)",
     "T.CLD line 1: required parameter P2 follows an optional one\n"},
    {"MODULE A MODULE B", "T.CLD line 1: a file has one MODULE statement\n"},
    {"DEFINE VERB ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456",
     "T.CLD line 1: a name ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456 is longer than 31 "
     "characters\n"},
    {"DEFINE VERB A QUALIFIER Q, PLACEMENT=HERE",
     "T.CLD line 1: \"HERE\" found where GLOBAL, LOCAL or POSITIONAL was expected\n"},
    {"DEFINE VERB A CLIFLAGS(WRONG)",
     "T.CLD line 1: \"WRONG\" found where a CLI flag was expected\n"},
};

} // namespace

class CldCompilerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CldCompilerTest);
    CPPUNIT_TEST(test_the_whole_language);
    CPPUNIT_TEST(test_mistakes_table);
    CPPUNIT_TEST(test_one_mistake_hides_no_other);
    CPPUNIT_TEST(test_table_is_written_and_read);
    CPPUNIT_TEST(test_damaged_table_is_refused);
    CPPUNIT_TEST(test_merge_and_delete);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_the_whole_language()
    {
        std::string text(whole_language);
        text.replace(text.find("HOW.SLOW"), 8, "HOW.GENTLY");
        Table t = table_of(text);
        CPPUNIT_ASSERT_EQUAL(std::string("TEST_TABLES"), t.module);
        CPPUNIT_ASSERT_EQUAL(std::string("V1.0-2"), t.ident);
        CPPUNIT_ASSERT_EQUAL(size_t(2), t.verbs.size());
        CPPUNIT_ASSERT_EQUAL(std::string("GRAB"), t.verbs[1].name);
        CPPUNIT_ASSERT_EQUAL(t.verbs[0].definition, t.verbs[1].definition);
        const Definition &d = t.definitions[t.verbs[0].definition];
        CPPUNIT_ASSERT_EQUAL(std::string("SYS$SYSTEM:FETCH.EXE"), d.image);
        CPPUNIT_ASSERT_EQUAL(std::string("NOSTATUS"), d.flags[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("From where"), d.parameters[0].prompt);
        const ValueClause &source = d.parameters[0].value;
        CPPUNIT_ASSERT(source.required && source.list && !source.concatenate);
        CPPUNIT_ASSERT_EQUAL(TYPE_FILE, source.type);
        CPPUNIT_ASSERT_EQUAL(std::string("[]*.*;*"), d.parameters[1].value.default_text);
        CPPUNIT_ASSERT_EQUAL(std::string("TARGET"), d.parameters[1].prompt);
        CPPUNIT_ASSERT(d.qualifiers[0].by_default && d.qualifiers[0].negatable);
        CPPUNIT_ASSERT(!d.qualifiers[1].negatable);
        CPPUNIT_ASSERT_EQUAL(std::string("TELL"), d.qualifiers[2].label);
        CPPUNIT_ASSERT(d.qualifiers[2].in_batch);
        CPPUNIT_ASSERT_EQUAL(PLACE_POSITIONAL, d.qualifiers[2].placement);
        const Entity &how = d.qualifiers[3];
        CPPUNIT_ASSERT_EQUAL(std::string("FETCH_HOW"), t.definitions[how.syntax].name);
        const KeywordType &type = t.types[how.value.keywords];
        CPPUNIT_ASSERT_EQUAL(std::string("HOW_TYPES"), type.name);
        CPPUNIT_ASSERT(type.keywords[0].by_default && type.keywords[0].negatable);
        CPPUNIT_ASSERT(!type.keywords[1].negatable);
        CPPUNIT_ASSERT_EQUAL(PLACE_LOCAL, d.qualifiers[4].placement);
        CPPUNIT_ASSERT_EQUAL(size_t(1), d.disallows.size());
        const Definition &s = t.definitions[how.syntax];
        CPPUNIT_ASSERT(s.own_parameters && s.own_qualifiers && s.own_disallows);
        CPPUNIT_ASSERT_EQUAL(std::string("FETCH_FAST"), s.routine);
        CPPUNIT_ASSERT_EQUAL(std::string("FETCH_FAST"), table_routines(t)[0]);
    }

    void test_mistakes_table()
    {
        for (const auto &row : mistakes)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.cld, std::string(row.error), errors_of(row.cld));
    }

    void test_one_mistake_hides_no_other()
    {
        CPPUNIT_ASSERT_EQUAL(
            std::string("T.CLD line 2: \"=\" found where a verb clause was expected\n"
                        "T.CLD line 4: syntax NONE is not defined\n"),
            errors_of("DEFINE VERB A\nQUALIFIER B = 3\nDEFINE VERB C\nQUALIFIER D, SYNTAX=NONE\n"));
    }

    void test_table_is_written_and_read()
    {
        Table t, read;
        std::vector<TableError> errors;
        compile_cld(whole_language, "T", &t, &errors);
        std::string text = write_table(t);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find('\0'));
        CPPUNIT_ASSERT(read_table(text, &read));
        CPPUNIT_ASSERT_EQUAL(text, write_table(read));
    }

    void test_damaged_table_is_refused()
    {
        Table t, read;
        std::vector<TableError> errors;
        compile_cld(whole_language, "T", &t, &errors);
        std::string text = write_table(t);
        for (size_t i = 0; i < text.size(); i++)
            CPPUNIT_ASSERT(!read_table(text.substr(0, i), &read));
        CPPUNIT_ASSERT(!read_table(text + "1 ", &read));
        CPPUNIT_ASSERT(!read_table("", &read));
        /* numbers out of range are found, or change nothing that breaks a parse */
        for (size_t i = 0; i < text.size(); i++) {
            std::string other = text;
            other[i] = '9';
            if (read_table(other, &read))
                write_table(read);
        }
    }

    void test_merge_and_delete()
    {
        Table t = table_of("DEFINE VERB ONE PARAMETER P1, VALUE(TYPE=T) DEFINE VERB TWODAYS "
                           "DEFINE TYPE T KEYWORD OLD, SYNTAX=S DEFINE SYNTAX S IMAGE OLDIMAGE");
        merge_table(table_of("DEFINE VERB TWODOGS IMAGE NEW PARAMETER P1, VALUE(TYPE=T) "
                             "DEFINE VERB THREE DEFINE TYPE T KEYWORD FRESH"),
                    &t);
        CPPUNIT_ASSERT_EQUAL(size_t(3), t.verbs.size());
        CPPUNIT_ASSERT_EQUAL(std::string("TWODOGS"), t.verbs[1].name);
        CPPUNIT_ASSERT_EQUAL(std::string("OLDIMAGE"), parsed_of(t, "one old").image);
        CPPUNIT_ASSERT_EQUAL(std::string("NEW"), parsed_of(t, "twod fresh").image);
        CPPUNIT_ASSERT(!delete_verb("FOUR", &t));
        CPPUNIT_ASSERT(delete_verb("ONE", &t));
        CPPUNIT_ASSERT_EQUAL(size_t(2), t.verbs.size());
        CPPUNIT_ASSERT_EQUAL(size_t(1), t.types.size());
        CPPUNIT_ASSERT_EQUAL(size_t(2), t.definitions.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CldCompilerTest);
