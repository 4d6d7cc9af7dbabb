/*
**  cli_routines_test - CLI$ routines over a table made by SET COMMAND/OBJECT; LIB$GET_INPUT and
**  LIB$GET_FOREIGN
*/
#include "command_support.h"
#include "system_support.h"

#include "CLI/image_table.h"

#include <cli$routines.h>
#include <climsgdef.h>
#include <lib$routines.h>
#include <rmsdef.h>
#include <sys/wait.h>

extern "C" int TEST_VERBS;

namespace {

/* What the handler below has seen. */
std::vector<uint32_t> signalled;
std::string shown;
unsigned long long dispatched;
std::vector<std::string> answers;
std::vector<std::string> prompts;

int note_text(void *line, unsigned long long)
{
    dsc$descriptor_s *d = static_cast<dsc$descriptor_s *>(line);
    shown += std::string(d->dsc$a_pointer, d->dsc$w_length) + "|";
    return 0;
}

int note_signal(chf$signal_array *signal, chf$mech_array *)
{
    if (signal->chf$l_sig_name == SS$_UNWIND)
        return SS$_RESIGNAL;
    signalled.push_back(signal->chf$l_sig_name);
    uint32_t *low = static_cast<uint32_t *>(shim::arena_get(256));
    memcpy(low, signal, 4 * (signal->chf$l_sig_args + 1));
    low[0] -= 2; /* without PC and PSL */
    sys$putmsg(low, note_text, 0, 0);
    shim::arena_free(low, 256);
    return SS$_CONTINUE;
}

int answer(dsc$descriptor_s *text, dsc$descriptor_s *prompt, unsigned short *length)
{
    prompts.push_back(std::string(prompt->dsc$a_pointer, prompt->dsc$w_length));
    if (answers.empty())
        return RMS$_EOF;
    std::string next = answers.front();
    answers.erase(answers.begin());
    memcpy(text->dsc$a_pointer, next.data(), next.size());
    *length = static_cast<unsigned short>(next.size());
    return SS$_NORMAL;
}

unsigned parse_line(const char *line)
{
    lib$establish(note_signal);
    LowText command((std::string(line)));
    return cli$dcl_parse(command, &TEST_VERBS);
}

unsigned present(const char *label)
{
    lib$establish(note_signal);
    LowText text((std::string(label)));
    return cli$present(text);
}

/* "value status" */
std::string value(const char *label)
{
    lib$establish(note_signal);
    LowText text((std::string(label))), out(80);
    unsigned short length = 0;
    unsigned status = cli$get_value(text, out, &length);
    return out.text(length) + " " + std::to_string(status);
}

std::string with(const char *text, unsigned status)
{
    return std::string(text) + " " + std::to_string(status);
}

} // namespace

extern "C" int TEST_ADD(unsigned long long argument)
{
    dispatched = argument;
    return 1234567;
}
extern "C" int TEST_EXIT()
{
    return SS$_ABORT;
}

class CliRoutinesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CliRoutinesTest);
    CPPUNIT_TEST(test_parse_and_ask);
    CPPUNIT_TEST(test_errors_are_signalled_and_returned);
    CPPUNIT_TEST(test_unknown_label_is_fatal);
    CPPUNIT_TEST(test_dispatch);
    CPPUNIT_TEST(test_prompts);
    CPPUNIT_TEST(test_what_is_no_table);
    CPPUNIT_TEST(test_hand_over_from_the_interpreter);
    CPPUNIT_TEST(test_table_source_mistakes);
    CPPUNIT_TEST(test_get_input);
    CPPUNIT_TEST(test_get_foreign);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

public:
    void setUp()
    {
        root_.reset(new ShimRoot);
        signalled.clear();
        shown.clear();
        answers.clear();
        prompts.clear();
        dispatched = 0;
    }
    void tearDown() { root_.reset(); }

    void test_parse_and_ask()
    {
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_NORMAL),
                             parse_line("add a,b/count=%X10 /how=(nofast,slow:2) ! comment"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_PRESENT), present("ITEMS"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_DEFAULTED), present("LOG"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_ABSENT), present("COUNT"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_NEGATED), present("HOW.FAST"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_PRESENT), present("HOW.SLOW"));
        CPPUNIT_ASSERT_EQUAL(with("2", SS$_NORMAL), value("HOW.SLOW"));
        CPPUNIT_ASSERT_EQUAL(with("A", CLI$_COMMA), value("ITEMS"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_ABSENT), present("COUNT"));
        CPPUNIT_ASSERT_EQUAL(with("B", SS$_NORMAL), value("ITEMS"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_LOCPRES), present("COUNT"));
        CPPUNIT_ASSERT_EQUAL(with("16", SS$_NORMAL), value("COUNT"));
        CPPUNIT_ASSERT_EQUAL(with("", CLI$_ABSENT), value("ITEMS"));
        CPPUNIT_ASSERT_EQUAL(with("ADD", SS$_NORMAL), value("$VERB"));
        CPPUNIT_ASSERT_EQUAL(with("", CLI$_NEGATED), value("HOW.FAST"));
        CPPUNIT_ASSERT_EQUAL(size_t(0), signalled.size());
    }

    void test_errors_are_signalled_and_returned()
    {
        static const struct {
            const char *line;
            unsigned status;
            const char *text;
        } table[] = {
            {"foo", CLI$_IVVERB,
             "%CLI-W-IVVERB, unrecognized command verb - check validity and spelling\r\n \\FOO\\|"},
            {"add", CLI$_INSFPRM,
             "%CLI-W-INSFPRM, missing command parameters - supply all required parameters|"},
            {"add x/foo", CLI$_IVQUAL,
             "%CLI-W-IVQUAL, unrecognized qualifier - check validity, spelling, and placement\r\n "
             "\\FOO\\|"},
            {"", CLI$_NOCOMD, ""},
            {"   ! only a comment", CLI$_NOCOMD, ""},
        };
        for (const auto &row : table) {
            shown.clear();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, row.status, parse_line(row.line));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.text), shown);
        }
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_ABSENT), present("ITEMS"));
    }

    void test_unknown_label_is_fatal()
    {
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_NORMAL), parse_line("add x"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_SYNTAX), present("FOO"));
        CPPUNIT_ASSERT_EQUAL(std::string("%CLI-F-SYNTAX, error parsing 'FOO'|-CLI-E-ENTNF, "
                                         "specified entity not found in command tables|"),
                             shown);
        CPPUNIT_ASSERT_EQUAL(with("", CLI$_SYNTAX), value("items"));
    }

    void test_dispatch()
    {
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_NORMAL), parse_line("add x"));
        CPPUNIT_ASSERT_EQUAL(1234567u, cli$dispatch(99));
        CPPUNIT_ASSERT_EQUAL(99ull, dispatched);
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_NORMAL), parse_line("exit"));
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_ABORT), cli$dispatch());
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_NORMAL), parse_line("nothing"));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_INVROUT), dispatch_with_handler());
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_INVROUT), signalled.back());
    }
    static unsigned dispatch_with_handler()
    {
        lib$establish(note_signal);
        return cli$dispatch();
    }

    void test_prompts()
    {
        LowText prompt((std::string("UTIL> ")));
        answers = {"add -", "/note=\"a ! -\" - ! more", "", "one,two"};
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_NORMAL),
                             cli$dcl_parse(0, &TEST_VERBS, answer, answer, prompt));
        CPPUNIT_ASSERT_EQUAL(std::string("UTIL> "), prompts[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("_UTIL> "), prompts[1]);
        CPPUNIT_ASSERT_EQUAL(std::string("_UTIL> "), prompts[2]);
        CPPUNIT_ASSERT_EQUAL(std::string("_Item: "), prompts[3]);
        CPPUNIT_ASSERT_EQUAL(with("\"a ! -\"", SS$_NORMAL), value("NOTE"));
        CPPUNIT_ASSERT_EQUAL(with("ONE", CLI$_COMMA), value("ITEMS"));
        CPPUNIT_ASSERT_EQUAL(unsigned(RMS$_EOF),
                             cli$dcl_parse(0, &TEST_VERBS, answer, answer, prompt));
        answers = {"add"};
        CPPUNIT_ASSERT_EQUAL(unsigned(RMS$_EOF),
                             cli$dcl_parse(0, &TEST_VERBS, answer, answer, prompt));
        CPPUNIT_ASSERT_EQUAL(size_t(0), signalled.size());
    }

    void test_what_is_no_table()
    {
        int nothing[16] = {0};
        LowText command((std::string("add x")));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_INVTAB), cli$dcl_parse(command, nothing));
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_INVTAB), cli$dcl_parse(command, 0));
        std::string high("add x");
        dsc$descriptor_s d = {5, DSC$K_DTYPE_T, DSC$K_CLASS_S, &high[0]};
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_ACCVIO), cli$dcl_parse(&d, &TEST_VERBS));
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_ACCVIO), cli$present(&d));
    }

    /* In a process that has not parsed anything, as an image that the interpreter runs. */
    void test_hand_over_from_the_interpreter()
    {
        shim::cli::Table table =
            table_of("DEFINE VERB SHOUT PARAMETER P1, LABEL=WORD, VALUE(LIST) QUALIFIER LOUD");
        std::string text = write_parsed(parsed_of(table, "shout a,\"b\"/loud"));
        pid_t child = fork();
        if (child == 0) {
            setenv(shim::cli::environment_command, text.c_str(), 1);
            execl("/proc/self/exe", "shim_test", "test_inherited_command", static_cast<char *>(0));
            _exit(99);
        }
        int status = -1;
        waitpid(child, &status, 0);
        CPPUNIT_ASSERT_EQUAL(0, status);
    }

    void test_table_source_mistakes()
    {
        std::vector<shim::cli::TableError> errors;
        std::string source;
        CPPUNIT_ASSERT(!table_source(table_of("DEFINE VERB A IMAGE X"), "T", &source, &errors));
        CPPUNIT_ASSERT_EQUAL(size_t(2), errors.size());
        CPPUNIT_ASSERT_EQUAL(std::string("T: a table for an image needs a MODULE statement"),
                             error_line(errors[0]));
        CPPUNIT_ASSERT_EQUAL(std::string("T: A: IMAGE and CLIROUTINE are not allowed in a table "
                                         "for an image"),
                             error_line(errors[1]));
    }

    /* Descriptor 0 reads the text. */
    static int from_text(const std::string &text)
    {
        int ends[2], saved = dup(0);
        CPPUNIT_ASSERT_EQUAL(0, pipe(ends));
        CPPUNIT_ASSERT_EQUAL(ssize_t(text.size()), write(ends[1], text.data(), text.size()));
        close(ends[1]);
        dup2(ends[0], 0);
        close(ends[0]);
        return saved;
    }

    void test_get_input()
    {
        int saved = from_text("one\n\nlast");
        LowText out(5), small(2);
        unsigned short length = 99;
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NORMAL), lib$get_input(out, 0, &length));
        CPPUNIT_ASSERT_EQUAL(std::string("one  "), out.text(5));
        CPPUNIT_ASSERT_EQUAL(3, int(length));
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NORMAL), lib$get_command(out, 0, &length));
        CPPUNIT_ASSERT_EQUAL(0, int(length));
        CPPUNIT_ASSERT_EQUAL(unsigned(LIB$_INPSTRTRU), lib$get_input(small));
        CPPUNIT_ASSERT_EQUAL(std::string("la"), small.text(2));
        CPPUNIT_ASSERT_EQUAL(unsigned(RMS$_EOF), lib$get_input(out));
        dup2(saved, 0);
        close(saved);
    }

    void test_get_foreign()
    {
        LowText out(20), prompt((std::string("What: ")));
        unsigned short length = 0;
        unsigned flag = 0;
        setenv(shim::cli::environment_foreign, "/FOO \"Bar\"", 1);
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NORMAL), lib$get_foreign(out, prompt, &length, &flag));
        CPPUNIT_ASSERT_EQUAL(std::string("/FOO \"Bar\""), out.text(length));
        CPPUNIT_ASSERT_EQUAL(1u, flag);
        int saved = from_text("typed\n");
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NORMAL), lib$get_foreign(out, prompt, &length, &flag));
        CPPUNIT_ASSERT_EQUAL(std::string("typed"), out.text(length));
        unsetenv(shim::cli::environment_foreign);
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NORMAL), lib$get_foreign(out, 0, &length));
        CPPUNIT_ASSERT_EQUAL(0, int(length));
        CPPUNIT_ASSERT_EQUAL(unsigned(RMS$_EOF), lib$get_foreign(out, prompt, &length));
        dup2(saved, 0);
        close(saved);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CliRoutinesTest);

/* Runs in a child only: SHIM_COMMAND holds "shout a,"b"/loud". */
class InheritedCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InheritedCommandTest);
    CPPUNIT_TEST(test_inherited_command);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_inherited_command()
    {
        if (!getenv(shim::cli::environment_command))
            return;
        ShimRoot root;
        CPPUNIT_ASSERT_EQUAL(unsigned(CLI$_PRESENT), present("LOUD"));
        CPPUNIT_ASSERT_EQUAL(with("A", CLI$_COMMA), value("WORD"));
        CPPUNIT_ASSERT_EQUAL(with("b", SS$_NORMAL), value("WORD"));
        CPPUNIT_ASSERT_EQUAL(with("SHOU", SS$_NORMAL), value("$VERB"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InheritedCommandTest);
