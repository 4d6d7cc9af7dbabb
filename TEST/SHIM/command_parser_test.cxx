/*
**  command_parser_test - DCL's rules of command lines
*/
#include "command_support.h"

#include <climsgdef.h>
#include <rmsdef.h>
#include <shim.h>
#include <ssdef.h>
#include <system_text.h>

using namespace shim::cli;

namespace {

const char verbs[] = R"CLD(
DEFINE VERB COPY
    IMAGE COPY
    PARAMETER P1, LABEL=INPUT, PROMPT="From", VALUE(REQUIRED, LIST, TYPE=$FILE)
    PARAMETER P2, LABEL=OUTPUT, PROMPT="To", VALUE(REQUIRED, TYPE=$FILE)
    QUALIFIER LOG
    QUALIFIER CONFIRM, DEFAULT
    QUALIFIER CONTIGUOUS, BATCH
    QUALIFIER NOTIFY, NONNEGATABLE
    QUALIFIER ALLOCATION, VALUE(REQUIRED, TYPE=$NUMBER)
    QUALIFIER BEFORE, VALUE(DEFAULT="TODAY")
    QUALIFIER PROTECTION, PLACEMENT=POSITIONAL, VALUE(LIST)
    QUALIFIER READ, PLACEMENT=LOCAL
    QUALIFIER SHARE, VALUE
    DISALLOW LOG AND NOTIFY
    DISALLOW NEG CONFIRM AND SHARE
DEFINE VERB CONTINUE
DEFINE VERB CREATE PARAMETER P1, LABEL=FILE, VALUE(LIST,NOCONCATENATE)
DEFINE VERB ON
DEFINE VERB ONLYONE
DEFINE VERB MCR PARAMETER P1, LABEL=COMMAND, VALUE(TYPE=$REST_OF_LINE)
DEFINE VERB SET
    PARAMETER P1, LABEL=OPTION, PROMPT="What", VALUE(REQUIRED, TYPE=SET_OPTIONS)
DEFINE SYNTAX SET_VERIFY IMAGE SETVERIFY
DEFINE SYNTAX SET_DEFAULT CLIROUTINE SETDEF
    PARAMETER P1, LABEL=OPTION, VALUE(REQUIRED, TYPE=SET_OPTIONS)
    PARAMETER P2, LABEL=DIRECTORY, VALUE(TYPE=$FILE)
DEFINE SYNTAX SET_PROTECTION
    PARAMETER P1, LABEL=OPTION, VALUE(REQUIRED, TYPE=SET_OPTIONS)
    PARAMETER P2, LABEL=FILE, PROMPT="File", VALUE(REQUIRED, LIST)
    QUALIFIER LOG
    DISALLOW WORLD AND GROUP
DEFINE TYPE SET_OPTIONS
    KEYWORD DEFAULT, SYNTAX=SET_DEFAULT
    KEYWORD PROTECTION, SYNTAX=SET_PROTECTION, VALUE(LIST, TYPE=PROT_CLASSES)
    KEYWORD PROCESS
    KEYWORD VERIFY, NEGATABLE, SYNTAX=SET_VERIFY, VALUE(LIST, TYPE=VERIFY_KINDS)
DEFINE TYPE PROT_CLASSES
    KEYWORD SYSTEM, VALUE KEYWORD OWNER, VALUE KEYWORD GROUP, VALUE KEYWORD WORLD, VALUE
DEFINE TYPE VERIFY_KINDS KEYWORD PROCEDURE, DEFAULT, NEGATABLE KEYWORD IMAGE, NEGATABLE
DEFINE VERB DELETE
    PARAMETER P1, LABEL=INPUT, VALUE(REQUIRED,LIST,TYPE=$FILE)
    QUALIFIER LOG
    QUALIFIER CONFIRM
    QUALIFIER ENTRY, SYNTAX=DELETE_ENTRY, VALUE(REQUIRED,LIST,TYPE=$NUMBER)
DEFINE SYNTAX DELETE_ENTRY IMAGE QUEMAN
    NOPARAMETERS
    QUALIFIER LOG
    QUALIFIER ENTRY, NONNEGATABLE, VALUE(REQUIRED,LIST,TYPE=$NUMBER)
DEFINE VERB TYPES
    PARAMETER P1, LABEL=P1, VALUE
    QUALIFIER ACL, VALUE(LIST,TYPE=$ACL)
    QUALIFIER DATE, VALUE(TYPE=$DATETIME)
    QUALIFIER DELTA, VALUE(TYPE=$DELTATIME)
    QUALIFIER FILE, VALUE(LIST,TYPE=$FILE)
    QUALIFIER NUMBER, VALUE(LIST,TYPE=$NUMBER)
    QUALIFIER PAREN, VALUE(TYPE=$PARENTHESIZED_VALUE)
    QUALIFIER QUOTED, VALUE(LIST,TYPE=$QUOTED_STRING)
    QUALIFIER UIC, VALUE(TYPE=$UIC)
    QUALIFIER ANY, VALUE(LIST)
DEFINE VERB EXPRESS PARAMETER P1, LABEL=VALUE, VALUE(TYPE=$EXPRESSION)
)CLD";

const struct {
    const char *line, *error;
} error_rows[] = {
    {"", "%DCL-W-NOCOMD, no command on line - reenter with alphabetic first character"},
    {"*", "%DCL-W-NOCOMD, no command on line - reenter with alphabetic first character| "
          "\\*\\"},
    {"foo/bar", "%DCL-W-IVVERB, unrecognized command verb - check validity and spelling| \\FOO\\"},
    {"co", "%DCL-W-ABVERB, ambiguous command verb - supply more characters| \\CO\\"},
    {"copy a b/foo", "%DCL-W-IVQUAL, unrecognized qualifier - check validity, spelling, "
                     "and placement| \\FOO\\"},
    {"copy a b/logs", "%DCL-W-IVQUAL, unrecognized qualifier - check validity, spelling, "
                      "and placement| \\LOGS\\"},
    {"copy a b/con", "%DCL-W-ABKEYW, ambiguous qualifier or keyword - supply more "
                     "characters| \\CON\\"},
    {"copy a b/nonotify", "%DCL-W-NOTNEG, qualifier or keyword not negatable - remove "
                          "\"NO\" or omit| \\NONOTIFY\\"},
    {"copy a b/log=5", "%DCL-W-NOVALU, value not allowed - remove value specification| \\LOG\\"},
    {"copy a b/noshare=5",
     "%DCL-W-NOVALU, value not allowed - remove value specification| \\NOSHARE\\"},
    {"copy a b/allocation", "%DCL-W-VALREQ, missing qualifier or keyword value - supply "
                            "all required values| \\ALLOCATION\\"},
    {"copy a b/allocation=5x",
     "%DCL-W-IVCHAR, invalid numeric value - check for invalid digits| \\5X\\"},
    {"copy a b/alloc=(5,6)", "%DCL-W-ONEVAL, list of values not allowed - specify only one "
                             "value| \\6\\"},
    {"copy a b/prot=(s,w", "%DCL-W-NOPAREN, value improperly delimited - supply parenthesis"},
    {"copy a b c", "%DCL-W-MAXPARM, too many parameters - reenter command with fewer "
                   "parameters| \\C\\"},
    {"copy a", "%DCL-W-INSFPRM, missing command parameters - supply all required "
               "parameters"},
    {"copy a b,c", "%DCL-W-NOLIST, list of parameter values not allowed - check use of "
                   "comma (,)| \\,C\\"},
    {"create a+b", "%DCL-W-NOCCAT, parameter concatenation not allowed - check use of "
                   "plus (+)| \\+B\\"},
    {"copy a b=c", "%DCL-W-PARMDEL, invalid parameter delimiter - check use of special "
                   "characters| \\=C\\"},
    {"copy a b/", "%DCL-W-NOKEYW, qualifier name is missing - append the name to the "
                  "slash| \\/\\"},
    {"continue/now", "%DCL-W-NOQUAL, qualifiers not allowed - supply only verb and "
                     "parameters| \\NOW\\"},
    {"copy/read a b",
     "%DCL-W-IVQLOC, invalid qualifier location - place after a parameter| \\READ\\"},
    {"copy a b/log/notify", "%DCL-W-CONFLICT, illegal combination of command elements - "
                            "check documentation| \\NOTIFY\\"},
    {"copy a b/noconfirm/share=x",
     "%DCL-W-CONFLICT, illegal combination of command elements - check documentation| "
     "\\SHARE\\"},
    {"copy [a b", "%DCL-W-DIRECT, invalid directory syntax - check brackets and other "
                  "delimiters| \\[A\\"},
    {"set foo", "%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling| \\FOO\\"},
    {"set pro", "%DCL-W-ABKEYW, ambiguous qualifier or keyword - supply more characters| "
                "\\PRO\\"},
    {"set nodefault", "%DCL-W-NOTNEG, qualifier or keyword not negatable - remove \"NO\" "
                      "or omit| \\NODEFAULT\\"},
    {"set prot=(foo:r) x",
     "%DCL-W-IVKEYW, unrecognized keyword - check validity and spelling| \\FOO\\"},
    {"set prot=(w,g) x", "%DCL-W-CONFLICT, illegal combination of command elements - check "
                         "documentation| \\G\\"},
    {"delete/confirm/entry=5", "%DCL-W-IVQUAL, unrecognized qualifier - check validity, "
                               "spelling, and placement| \\CONFIRM\\"},
    {"delete/entry=5 x", "%DCL-W-MAXPARM, too many parameters - reenter command with "
                         "fewer parameters| \\X\\"},
    {"types/date=noon", "%DCL-W-IVATIME, invalid absolute time - use "
                        "DD-MMM-YYYY:HH:MM:SS.CC format| \\NOON\\"},
    {"types/delta=1:75", "%DCL-W-IVDTIME, invalid delta time - use DDDD-HH:MM:SS.CC "
                         "format| \\1:75\\"},
    {"copy a,,b", "%DCL-W-INSFPRM, missing command parameters - supply all required "
                  "parameters"},
};

} // namespace

class CommandParserTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CommandParserTest);
    CPPUNIT_TEST(test_verbs_count_by_four_letters);
    CPPUNIT_TEST(test_errors_table);
    CPPUNIT_TEST(test_parameters);
    CPPUNIT_TEST(test_qualifiers_and_states);
    CPPUNIT_TEST(test_positional_and_local_qualifiers);
    CPPUNIT_TEST(test_keywords_change_syntax);
    CPPUNIT_TEST(test_qualifier_changes_syntax);
    CPPUNIT_TEST(test_types_table);
    CPPUNIT_TEST(test_quotes);
    CPPUNIT_TEST(test_prompts);
    CPPUNIT_TEST(test_expression);
    CPPUNIT_TEST(test_reader_walks_lists);
    CPPUNIT_TEST(test_hand_over);
    CPPUNIT_TEST(test_limits);
    CPPUNIT_TEST_SUITE_END();

    Table table_;

    std::string error(const std::string &line)
    {
        Parsed parsed;
        return parse_error(table_, line, &parsed);
    }
    std::string values(const std::string &line, const std::string &label)
    {
        return show(entity_values(parsed_of(table_, line), label));
    }
    State state(const std::string &line, const std::string &label)
    {
        return entity_state(parsed_of(table_, line), label);
    }

public:
    void setUp() { table_ = table_of(verbs); }

    void test_verbs_count_by_four_letters()
    {
        static const struct {
            const char *line, *verb;
        } table[] = {{"copy a b", "COPY"},     {"COPYXYZ a b", "COPY"},  {"cop a b", "COPY"},
                     {"continue", "CONTINUE"}, {"contact", "CONTINUE"},  {"on", "ON"},
                     {"onl", "ONLYONE"},       {"  cont  ", "CONTINUE"}, {"creatures x", "CREATE"}};
        for (const auto &row : table)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.verb),
                                         parsed_of(table_, row.line).verb);
    }

    void test_errors_table()
    {
        for (const auto &row : error_rows)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.error), error(row.line));
    }

    void test_parameters()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("A.B;3,[X,Y]C+D"),
                             values("copy a.b;3 , [x,y]c+d e", "INPUT"));
        CPPUNIT_ASSERT_EQUAL(std::string("E"), values("copy a,b e", "OUTPUT"));
        CPPUNIT_ASSERT_EQUAL(std::string("NODE\"user secret\"::DUA0:[A.B]C.D"),
                             values("copy node\"user secret\"::dua0:[a.b]c.d e", "INPUT"));
        CPPUNIT_ASSERT_EQUAL(std::string("<A,B>C"), values("copy <a,b>c e", "INPUT"));
        CPPUNIT_ASSERT_EQUAL(std::string("A^ B^,C"), values("copy A^ b^,c e", "INPUT"));
        CPPUNIT_ASSERT_EQUAL(std::string("AUTHORIZE ADD \"a  b\" X"),
                             values("mcr authorize   add \"a  b\"  x", "COMMAND"));
        CPPUNIT_ASSERT_EQUAL(ABSENT, state("mcr", "COMMAND"));
        CPPUNIT_ASSERT_EQUAL(UNKNOWN, state("mcr", "FOO"));
        CPPUNIT_ASSERT_EQUAL(std::string("COPY/LOG A,B C"),
                             parsed_of(table_, "copy/log  a,b\tc ").line);
    }

    void test_qualifiers_and_states()
    {
        static const struct {
            const char *line, *label;
            State state;
            const char *values;
        } table[] = {
            {"copy a b", "LOG", ABSENT, ""},
            {"copy a b/log", "LOG", PRESENT, ""},
            {"copy/log a b", "LOG", PRESENT, ""},
            {"copy/log a b /nolog", "LOG", NEGATED, ""},
            {"copy/nolog a b /log", "LOG", PRESENT, ""},
            {"copy a b", "CONFIRM", DEFAULTED, ""},
            {"copy a b/noconf", "CONFIRM", NEGATED, ""},
            {"copy a b", "CONTIGUOUS", ABSENT, ""},
            {"copy a b/not", "NOTIFY", PRESENT, ""},
            {"copy a b/bef", "BEFORE", PRESENT, "TODAY"},
            {"copy a b/bef=x", "BEFORE", PRESENT, "X"},
            {"copy a b", "BEFORE", ABSENT, ""},
            {"copy a b/allocation = %X1F", "ALLOCATION", PRESENT, "31"},
            {"copy a b/all:7/log", "ALLOCATION", PRESENT, "7"},
            {"copy/prot=( a , b:c ) a b", "PROTECTION", PRESENT, "A,B:C"},
            {"copy/share=\"Mixed \"\"q\"\"\" a b", "SHARE", PRESENT, "Mixed \"q\""},
        };
        for (const auto &row : table) {
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, row.state, state(row.line, row.label));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.values),
                                         values(row.line, row.label));
        }
        ParseContext context;
        context.batch = true;
        Parsed parsed;
        CPPUNIT_ASSERT_EQUAL(std::string(), parse_error(table_, "copy a b", &parsed, context));
        CPPUNIT_ASSERT_EQUAL(DEFAULTED, entity_state(parsed, "CONTIGUOUS"));
    }

    void test_positional_and_local_qualifiers()
    {
        Parsed p = parsed_of(table_, "copy/prot=v a/prot=x,b/noprot/read c");
        CPPUNIT_ASSERT_EQUAL(std::string("V"), show(entity_values(p, "PROTECTION")));
        CPPUNIT_ASSERT_EQUAL(LOCALLY_PRESENT, entity_state(p, "PROTECTION", value_position(0, 0)));
        CPPUNIT_ASSERT_EQUAL(std::string("X"),
                             show(entity_values(p, "PROTECTION", value_position(0, 0))));
        CPPUNIT_ASSERT_EQUAL(LOCALLY_NEGATED, entity_state(p, "PROTECTION", value_position(0, 1)));
        CPPUNIT_ASSERT_EQUAL(PRESENT, entity_state(p, "PROTECTION", value_position(1, 0)));
        CPPUNIT_ASSERT_EQUAL(ABSENT, entity_state(p, "READ"));
        CPPUNIT_ASSERT_EQUAL(LOCALLY_PRESENT, entity_state(p, "READ", value_position(0, 1)));
        CPPUNIT_ASSERT_EQUAL(ABSENT, entity_state(p, "READ", value_position(1, 0)));
        CommandReader reader(p);
        std::string value;
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_PRESENT), reader.present("PROTECTION"));
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_COMMA), reader.get_value("INPUT", &value));
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_LOCPRES), reader.present("PROTECTION"));
        CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_NORMAL), reader.get_value("PROTECTION", &value));
        CPPUNIT_ASSERT_EQUAL(std::string("X"), value);
        CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_NORMAL), reader.get_value("INPUT", &value));
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_LOCNEG), reader.present("PROTECTION"));
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_NEGATED), reader.get_value("PROTECTION", &value));
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_LOCPRES), reader.present("READ"));
    }

    void test_keywords_change_syntax()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("SETDEF"), parsed_of(table_, "set def [x]").cliroutine);
        CPPUNIT_ASSERT_EQUAL(std::string("[X]"), values("set default [x]", "DIRECTORY"));
        CPPUNIT_ASSERT_EQUAL(std::string("SETVERIFY"), parsed_of(table_, "set noverify").image);
        CPPUNIT_ASSERT_EQUAL(NEGATED, state("set noverify", "OPTION.VERIFY"));
        CPPUNIT_ASSERT_EQUAL(PRESENT, state("set veri", "OPTION.VERIFY"));
        CPPUNIT_ASSERT_EQUAL(DEFAULTED, state("set veri", "OPTION.VERIFY.PROCEDURE"));
        CPPUNIT_ASSERT_EQUAL(ABSENT, state("set veri", "OPTION.VERIFY.IMAGE"));
        CPPUNIT_ASSERT_EQUAL(NEGATED,
                             state("set verify=(noproc,image)", "OPTION.VERIFY.PROCEDURE"));
        CPPUNIT_ASSERT_EQUAL(PRESENT, state("set verify=(noproc,image)", "OPTION.VERIFY.IMAGE"));
        CPPUNIT_ASSERT_EQUAL(UNKNOWN, state("set verify", "OPTION.VERIFY.FOO"));
        CPPUNIT_ASSERT_EQUAL(NEGATED, state("set noverify=image", "OPTION.VERIFY"));
        CPPUNIT_ASSERT_EQUAL(NEGATED, state("set noverify=image", "OPTION.VERIFY.IMAGE"));
        CPPUNIT_ASSERT_EQUAL(ABSENT, state("set noverify=image", "OPTION.VERIFY.PROCEDURE"));
        Parsed p = parsed_of(table_, "set protection=(s:rwed,own=rw,w) a.dat,b.dat /log");
        CPPUNIT_ASSERT_EQUAL(std::string("RWED"), entity_value(p, "OPTION.PROTECTION.SYSTEM"));
        CPPUNIT_ASSERT_EQUAL(std::string("RW"), entity_value(p, "OPTION.PROTECTION.OWNER"));
        CPPUNIT_ASSERT_EQUAL(PRESENT, entity_state(p, "OPTION.PROTECTION.WORLD"));
        CPPUNIT_ASSERT_EQUAL(std::string("RW"), entity_value(p, "OWNER"));
        CPPUNIT_ASSERT_EQUAL(PRESENT, entity_state(p, "PROTECTION.WORLD"));
        CPPUNIT_ASSERT_EQUAL(ABSENT, entity_state(p, "GROUP"));
        CPPUNIT_ASSERT_EQUAL(UNKNOWN, entity_state(p, "NOBODY"));
        CPPUNIT_ASSERT_EQUAL(ABSENT, entity_state(p, "OPTION.PROTECTION.GROUP"));
        CPPUNIT_ASSERT_EQUAL(std::string("A.DAT,B.DAT"), show(entity_values(p, "FILE")));
        CPPUNIT_ASSERT_EQUAL(PRESENT, entity_state(p, "LOG"));
    }

    void test_qualifier_changes_syntax()
    {
        Parsed p = parsed_of(table_, "delete/log/entry=(5,6)");
        CPPUNIT_ASSERT_EQUAL(std::string("QUEMAN"), p.image);
        CPPUNIT_ASSERT_EQUAL(std::string("DELETE_ENTRY"), p.syntax);
        CPPUNIT_ASSERT_EQUAL(std::string("5,6"), show(entity_values(p, "ENTRY")));
        CPPUNIT_ASSERT_EQUAL(PRESENT, entity_state(p, "LOG"));
        CPPUNIT_ASSERT_EQUAL(std::string("DELETE"), parsed_of(table_, "delete/log x").syntax);
    }

    void test_types_table()
    {
        static const struct {
            const char *line, *label, *value;
        } table[] = {
            {"types/acl=(identifier=[a,b],access=read)", "ACL", "(IDENTIFIER=[A,B],ACCESS=READ)"},
            {"types/acl=((identifier=a) , (identifier=\"b c\"))", "ACL",
             "(IDENTIFIER=A),(IDENTIFIER=\"b c\")"},
            {"types/delta=2-10:30", "DELTA", "   2 10:30:00.00"},
            {"types/delta=:5", "DELTA", "   0 00:05:00.00"},
            {"types/delta=\"1 2:3:4.5\"", "DELTA", "   1 02:03:04.50"},
            {"types/date=3-jan-2026:10:30", "DATE", " 3-JAN-2026 10:30:00.00"},
            {"types/date=\"31-DEC-2026 23:59:59.99\"", "DATE", "31-DEC-2026 23:59:59.99"},
            {"types/date=1-jan-2026+2-1:00", "DATE", " 3-JAN-2026 01:00:00.00"},
            {"types/date=1-jan-2026-0:1", "DATE", "31-DEC-2025 23:59:00.00"},
            {"types/file=([a,b]c.d,\"X y\")", "FILE", "[A,B]C.D,X y"},
            {"types/number=(10,-3,%XFF,%O17,+4)", "NUMBER", "10,-3,255,15,4"},
            {"types/paren=(a, (b c))", "PAREN", "(A, (B C))"},
            {"types/quoted=(\"a \"\"b\",c)", "QUOTED", "\"a \"\"b\",C"},
            {"types/uic=[1,4]", "UIC", "[1,4]"},
            {"types/uic=smith", "UIC", "SMITH"},
            {"types/any=(a=b,\"c=d\")", "ANY", "A=B,c=d"},
            {"types \"no end", "P1", "no end"},
            {"types \"/log\"", "P1", "/log"},
        };
        for (const auto &row : table)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.value),
                                         values(row.line, row.label));
        uint64_t day = 864000000000ULL, midnight = shim::now() / day * day;
        CPPUNIT_ASSERT_EQUAL(shim::time_text(static_cast<int64_t>(midnight + day)),
                             values("types/date=tomorrow", "DATE"));
        CPPUNIT_ASSERT_EQUAL(shim::time_text(static_cast<int64_t>(midnight - day / 24)),
                             values("types/date=today-1:", "DATE"));
        CPPUNIT_ASSERT_EQUAL(shim::time_text(static_cast<int64_t>(midnight + day / 2)),
                             values("types/date=12", "DATE"));
    }

    void test_quotes()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("Ab  \"c"), values("types \"Ab  \"\"c\"", "P1"));
        CPPUNIT_ASSERT_EQUAL(std::string(""), values("types \"\"", "P1"));
        CPPUNIT_ASSERT_EQUAL(PRESENT, state("types \"\"", "P1"));
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"a@b\""), values("types smtp%\"a@b\"", "P1"));
    }

    void test_prompts()
    {
        std::vector<std::string> prompts;
        std::vector<std::string> answers;
        ParseContext context;
        context.prompter = [&](const std::string &prompt, std::string *answer, uint32_t *status) {
            prompts.push_back(prompt);
            if (answers.empty()) {
                *status = RMS$_EOF;
                return false;
            }
            *answer = answers.front();
            answers.erase(answers.begin());
            return true;
        };
        answers = {"a.b/prot=x", "", "c.d/log"};
        Parsed p;
        CPPUNIT_ASSERT_EQUAL(std::string(), parse_error(table_, "copy", &p, context));
        CPPUNIT_ASSERT_EQUAL(size_t(3), prompts.size());
        CPPUNIT_ASSERT_EQUAL(std::string("_From: "), prompts[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("_To: "), prompts[1]);
        CPPUNIT_ASSERT_EQUAL(std::string("_To: "), prompts[2]);
        CPPUNIT_ASSERT_EQUAL(std::string("C.D"), show(entity_values(p, "OUTPUT")));
        CPPUNIT_ASSERT_EQUAL(PRESENT, entity_state(p, "LOG"));
        answers = {"prot=w:r"};
        CommandError error;
        CPPUNIT_ASSERT(!parse(table_, "set", context, &p, &error));
        CPPUNIT_ASSERT_EQUAL(uint32_t(RMS$_EOF), error.condition);
        CPPUNIT_ASSERT_EQUAL(std::string("_What: "), prompts[3]);
        CPPUNIT_ASSERT_EQUAL(std::string("_File: "), prompts[4]);
    }

    void test_expression()
    {
        ParseContext context;
        context.evaluate = [](const std::string &text, std::string *value, CommandError *) {
            *value = "<" + text + ">";
            return true;
        };
        Parsed p;
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             parse_error(table_, "express 1+0*f$verify(v)", &p, context));
        CPPUNIT_ASSERT_EQUAL(std::string("<1+0*f$verify(v)>"), entity_value(p, "VALUE"));
        context.evaluate = [](const std::string &text, std::string *, CommandError *error) {
            error->condition = CLI$_EXPSYN;
            error->text = text;
            return false;
        };
        CPPUNIT_ASSERT_EQUAL(std::string("%DCL-W-EXPSYN, invalid expression syntax - check "
                                         "operators and operands| \\1+\\"),
                             parse_error(table_, "express 1+", &p, context));
    }

    void test_reader_walks_lists()
    {
        CommandReader reader(parsed_of(table_, "copy a,b+c d/prot=(x,y)"));
        std::string v;
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_COMMA), reader.get_value("INPUT", &v));
        CPPUNIT_ASSERT_EQUAL(std::string("A"), v);
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_CONCAT), reader.get_value("INPUT", &v));
        CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_NORMAL), reader.get_value("INPUT", &v));
        CPPUNIT_ASSERT_EQUAL(std::string("C"), v);
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_ABSENT), reader.get_value("INPUT", &v));
        CPPUNIT_ASSERT_EQUAL(std::string(""), v);
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_COMMA), reader.get_value("INPUT", &v));
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_ENTNF), reader.get_value("FOO", &v));
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_ENTNF), reader.present("FOO"));
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_DEFAULTED), reader.present("CONFIRM"));
        CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_NORMAL), reader.get_value("$VERB", &v));
        CPPUNIT_ASSERT_EQUAL(std::string("COPY"), v);
        CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_NORMAL), reader.get_value("$LINE", &v));
        CPPUNIT_ASSERT_EQUAL(std::string("COPY A,B+C D/PROT=(X,Y)"), v);
    }

    void test_hand_over()
    {
        Parsed p = parsed_of(table_, "set protection=(s:rwed,own=rw,w) a.dat,\"b.dat\" /log"), q;
        std::string text = write_parsed(p);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, text.find('\0'));
        CPPUNIT_ASSERT(read_parsed(text, &q));
        CPPUNIT_ASSERT_EQUAL(text, write_parsed(q));
        CPPUNIT_ASSERT_EQUAL(std::string("RWED"), entity_value(q, "OPTION.PROTECTION.SYSTEM"));
        CPPUNIT_ASSERT_EQUAL(UNKNOWN, entity_state(q, "OPTION.PROTECTION.FOO"));
        for (size_t i = 0; i < text.size(); i++)
            CPPUNIT_ASSERT(!read_parsed(text.substr(0, i), &q));
    }

    void test_limits()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("%DCL-W-BUFOVF, command buffer overflow - shorten "
                                         "expression or command line"),
                             error("copy a " + std::string(max_command, 'b')));
        CPPUNIT_ASSERT_EQUAL(std::string(), error("copy a " + std::string(max_element, 'b')));
        CPPUNIT_ASSERT_EQUAL(std::string("%DCL-W-TKNOVF, command element is too long - shorten| "
                                         "\\") +
                                 std::string(80, 'B') + "\\",
                             error("copy a " + std::string(max_element + 1, 'b')));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CommandParserTest);
