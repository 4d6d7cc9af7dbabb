/*
**  dcl_tables_test - the interpreter's own tables: DCLTABLES.EXE of the build
*/
#include "command_support.h"
#include "shim_root.h"

#include "CLI/set_command.h"
#include "CLI/table_file.h"
#include "rms_spec.h"

#include <climsgdef.h>
#include <rmsdef.h>
#include <fstream>
#include <ssdef.h>

using namespace shim::cli;
using shim::read_records;
using shim::write_records;

namespace {

/* Commands as procedures and people write them: the routine they reach, and one entity's values. */
const struct {
    const char *line, *routine, *label, *values;
} good[] = {
    {"APPEND A.DAT,B.DAT C.DAT/NEW_VERSION", "APPEND", "INPUT", "A.DAT,B.DAT"},
    {"ASSIGN/SYSTEM/EXEC/TRANS=(CONC,TERM) DKA0:[X.] FOO", "ASSIGN", "TRANSLATION_ATTRIBUTES",
     "CONCEALED,TERMINAL"},
    {"ASSIGN/MERGE A B", "ASSIGN_MERGE", "SOURCE", "B"},
    {"BACKUP/LOG/INTERCHANGE/BLOCK_SIZE=8192 A.*;,B.C DKA0:[K]MAIL010.A/SAVE_SET", "BACKUP",
     "INPUT", "A.*;,B.C"},
    {"BACKUP/LIST X.BCK/SAVE", "BACKUP", "INPUT", "X.BCK"},
    {"CALL SUB \"a b\" c", "CALL", "ARGUMENTS", "SUB \"a b\" C"},
    {"CC/OBJECT=A.OBJ/NOLIST/DEFINE=(A=1,\"B=\"\"x\"\"\") A.C+B.C", "CC", "DEFINE", "A=1,B=\"x\""},
    {"CLOSE/ERROR=L1 F", "CLOSE", "ERROR", "L1"},
    {"COPY/LOG/PROT=(S:RWED,O:RWED,G,W) []*.*;* [-.X]", "COPY", "PROTECTION",
     "SYSTEM=(RWED),OWNER=(RWED),GROUP,WORLD"},
    {"CREATE/DIRECTORY/PROT=(W:RE)/OWNER=[1,4] SYS$SYSDEVICE:[A.B]", "CREATE_DIRECTORY",
     "OWNER_UIC", "[1,4]"},
    {"CREATE/NAME_TABLE/PARENT=LNM$SYSTEM_DIRECTORY T", "CREATE_NAME_TABLE", "TABLE", "T"},
    {"CREATE/FDL=SYS$INPUT: X.IDX", "CREATE_FDL", "FDL", "SYS$INPUT:"},
    {"CREATE X.TXT", "CREATE", "FILE", "X.TXT"},
    {"CXX/NOLIST/STANDARD=RELAXED/INCLUDE_DIRECTORY=([.INCLUDE],BOOST:)/OBJ=X A", "CXX",
     "INCLUDE_DIRECTORY", "[.INCLUDE],BOOST:"},
    {"CONTINUE", "CONTINUE", "", ""},
    {"C", "CONTINUE", "", ""},
    {"DEASSIGN/TABLE=T/USER X", "DEASSIGN", "TABLE", "T"},
    {"DEFINE/USER/NOLOG SYS$OUTPUT NL:", "DEFINE", "VALUE", "NL:"},
    {"DEFINE/SYS/EXEC/TRANS=CONCEALED A DKA0:[X.],\"Mixed Case\"", "DEFINE", "VALUE",
     "DKA0:[X.],Mixed Case"},
    {"DEFINE/KEY/TERMINATE PF1 \"SHOW USERS\"", "DEFINE_KEY", "EQUIVALENCE", "SHOW USERS"},
    {"DELETE/NOLOG A.B;*,C.D;1", "DELETE", "FILE", "A.B;*,C.D;1"},
    {"DELETEE/ENTRY=(5,6)", "DELETE_ENTRY", "ENTRY", "5,6"},
    {"DELETE/QUEUE X", "DELETE_QUEUE", "QUEUE_NAME", "X"},
    {"DELETE/SYMBOL/GLOBAL/ALL", "DELETE_SYMBOL", "NAME", ""},
    {"DELETE/INTRUSION_RECORD HOST::\"mixed\"", "DELETE_INTRUSION", "SOURCE", "HOST::\"mixed\""},
    {"DIFFERENCES/OUT=NL:/IGNORE=(BLANK_LINES,CASE) A.B C.D", "DIFFERENCES", "IGNORE",
     "BLANK_LINES,CASE"},
    {"DIRECTORY/SIZE=ALL/DATE=MODIFIED/EXC=*.OBJ []", "DIRECTORY", "SIZE", "ALL"},
    {"DIR", "DIRECTORY", "INPUT", ""},
    {"exitt 1+0*F$VERIFY(V)", "EXIT", "STATUS", "1+0*F$VERIFY(V)"},
    {"HELP SET FILE", "HELP", "KEY", "SET FILE"},
    {"HELP/NOPROMPT/LIBRARY=SYS$HELP:X COPY", "HELP", "LIBRARY", "SYS$HELP:X"},
    {"INITIALIZE/QUEUE/START/PROCESSOR=TCPIP$SMTP_SYMBIONT/ON=NODE:: Q/BASE_PRIORITY=4",
     "INITIALIZE_QUEUE", "PROCESSOR", "TCPIP$SMTP_SYMBIONT"},
    {"INIT/QUE/GENERIC=(A,B)/DEVICE=SERVER Q", "INITIALIZE_QUEUE", "GENERIC", "A,B"},
    {"INQUIRE/NOPUNCTUATION X \"What? \"", "INQUIRE", "PROMPT_TEXT", "What? "},
    {"INSTALL ADD SYS$SYSTEM:X.EXE/OPEN/SHARE", "INSTALL", "COMMAND",
     "ADD SYS$SYSTEM:X.EXE/OPEN/SHARE"},
    {"LIBRARY/CREATE/HELP X.HLB Y.HLP", "LIBRARY", "INPUT", "Y.HLP"},
    {"LIBR/REPLACE/OBJECT X.OLB A.OBJ,B", "LIBRARY", "INPUT", "A.OBJ,B"},
    {"LINK/EXE=X.EXE/NOTRACE A,B.OLB/LIB/INCLUDE=(M,N),C.OPT/OPT", "LINK", "FILE", "A,B.OLB,C.OPT"},
    {"LOGOUT/FULL", "LOGOUT", "", ""},
    {"MCR AUTHORIZE ADD X/UIC=[1,2]", "MCR", "COMMAND", "AUTHORIZE ADD X/UIC=[1,2]"},
    {"MESSAGE/OBJECT=X.OBJ X.MSG", "MESSAGE", "OBJECT", "X.OBJ"},
    {"MMS/DESCRIPTION=X.MMS/MACRO=(DBG=1,\"A=b\") ALL", "MMK", "MACRO", "DBG=1,A=b"},
    {"ON WARNING THEN GOTO X", "ON", "CONDITION", "WARNING THEN GOTO X"},
    {"OPEN/READ/SHARE=READ/ERROR=NOFILE F X.DAT", "OPEN", "SHARE", "READ"},
    {"OPEN/APPEND/SHARE F X.DAT", "OPEN", "SHARE", "WRITE"},
    {"PIPE SHOW USERS | SEARCH SYS$INPUT X", "PIPE", "COMMAND", "SHOW USERS | SEARCH SYS$INPUT X"},
    {"PRINT/QUEUE=Q/NOTE=\"A b\"/DELETE A.B,C.D/COPIES=2", "PRINT", "FILE", "A.B,C.D"},
    {"PURGE/KEEP=3/LOG SYS$MANAGER:*.LOG", "PURGE", "KEEP", "3"},
    {"PURGE", "PURGE", "INPUT", ""},
    {"PRODUCT PACKAGE X/PRODUCER=VSI/SOURCE=A.PCSI$DESC/FORMAT=SEQUENTIAL", "PRODUCT", "FUNCTION",
     "PACKAGE"},
    {"READ/END_OF_FILE=DONE/PROMPT=\"What: \" SYS$COMMAND LINE", "READ", "PROMPT", "What: "},
    {"RENAME/NOLOG A.B *.C", "RENAME", "OUTPUT", "*.C"},
    {"RUN X", "RUN", "FILE", "X"},
    {"RUN SYS$SYSTEM:LOGINOUT/DETACHED/INPUT=A.COM/OUTPUT=B.LOG/UIC=[1,4]/PROCESS_NAME=\"X y\"",
     "RUN_PROCESS", "PROCESS_NAME", "X y"},
    {"RUN/PRIV=(SYSPRV,OPER)/DETACHED X", "RUN_PROCESS", "PRIVILEGES", "SYSPRV,OPER"},
    {"SEARCH/NOOUTPUT/EXACT A.B \"foo bar\",baz", "SEARCH", "STRING", "foo bar,BAZ"},
    {"SET NOON", "SET_ON", "OPTION", "NOON"},
    {"SET DEF [X]", "SET_DEFAULT", "DIRECTORY", "[X]"},
    {"SET FILE X.DAT/OWNER=[1,4]/PROT=(S:RWED,W)/ATTRIBUTES=(RFM:FIX,LRL:512)", "SET_FILE",
     "ATTRIBUTES", "RFM=(FIX),LRL=(512)"},
    {"SET FILE/ENTER=A.DIR B.DIR", "SET_FILE", "ENTER", "A.DIR"},
    {"SET PROC/PRIV=(ALL,NOBYPASS)/NAME=\"Abc\"", "SET_PROCESS", "PRIVILEGES", "ALL,NOBYPASS"},
    {"SET PROCESS/PARSE_STYLE=EXTENDED", "SET_PROCESS", "PARSE_STYLE", "EXTENDED"},
    {"SET PROT=(S:RWED,O:RWED,G,W)/DEFAULT", "SET_PROTECTION", "OPTION.PROTECTION",
     "SYSTEM=(RWED),OWNER=(RWED),GROUP,WORLD"},
    {"SET SYMBOL/SCOPE=(NOLOCAL,NOGLOBAL)", "SET_SYMBOL", "SCOPE", "NOLOCAL,NOGLOBAL"},
    {"SET VERIFY=(PROC,NOIMAGE)", "SET_VERIFY", "OPTION.VERIFY", "PROCEDURE,NOIMAGE"},
    {"SET NOVER", "SET_VERIFY", "OPTION.VERIFY", ""},
    {"SET NOCONTROL=Y", "SET_CONTROL", "", ""},
    {"SET MESSAGE/NOFACILITY/NOTEXT", "SET_MESSAGE", "", ""},
    {"SET ENTRY 5/RELEASE/PRIORITY=100", "SET_ENTRY", "ENTRY_NUMBER", "5"},
    {"SET QUEUE/ENTRY=5/NOAFTER Q", "SET_ENTRY", "ENTRY_NUMBER", "5"},
    {"SET QUEUE/JOB_LIMIT=4 Q", "SET_QUEUE", "JOB_LIMIT", "4"},
    {"SET COMMAND/OBJECT=X.OBJ X.CLD", "SET_COMMAND", "OBJECT", "X.OBJ"},
    {"SET COMMAND/TABLE=SYS$LIBRARY:DCLTABLES/OUTPUT=SYS$LIBRARY:DCLTABLES X", "SET_COMMAND",
     "INPUT", "X"},
    {"SET COMMAND/DELETE=(A,B)", "SET_COMMAND", "DELETE", "A,B"},
    {"SET UIC [SMITH]", "SET_UIC", "UIC", "[SMITH]"},
    {"SET PROMPT=\"Ab> \"", "SET_PROMPT", "OPTION.PROMPT", "Ab> "},
    {"SET OUTPUT_RATE=0:0:10", "SET_OUTPUT_RATE", "OPTION.OUTPUT_RATE", "   0 00:00:10.00"},
    {"SET RIGHTS_LIST/ENABLE X", "SET_RIGHTS_LIST", "IDENTIFIER", "X"},
    {"SHOW QUEUE/FULL/ALL TCPIP$*", "SHOW_QUEUE", "QUEUE_NAME", "TCPIP$*"},
    {"SHOW QUEUE/MANAGER", "SHOW_QUEUE_MANAGER", "", ""},
    {"SHOW ENTRY 5/FULL", "SHOW_ENTRY", "ENTRY_NUMBER", "5"},
    {"SHO LOG/TABLE=LNM$PROCESS *", "SHOW_LOGICAL", "NAME", "*"},
    {"SHOW SYMBOL/GLOBAL X*", "SHOW_SYMBOL", "SYMBOL", "X*"},
    {"SHOW TIME", "SHOW_TIME", "", ""},
    {"SHOW PROCESS/PRIV", "SHOW_PROCESS", "", ""},
    {"SHOW SYSTEM/NOPROCESS", "SHOW_SYSTEM", "", ""},
    {"SHOW INTRUSION", "SHOW_INTRUSION", "", ""},
    {"SPAWN/NOWAIT/OUTPUT=X.LOG @Y", "SPAWN", "COMMAND", "@Y"},
    {"START/QUEUE/MANAGER/ON=(A,B)", "START_QUEUE_MANAGER", "ON", "A,B"},
    {"START/QUEUE Q", "START_QUEUE", "QUEUE_NAME", "Q"},
    {"STOP/QUEUE/NEXT Q", "STOP_QUEUE", "QUEUE_NAME", "Q"},
    {"STOP/QUEUE/REQUEUE=X/ENTRY=5 Q", "STOP_QUEUE", "REQUEUE", "X"},
    {"STOP/QUEUE/MANAGER/CLUSTER", "STOP_QUEUE_MANAGER", "", ""},
    {"STOP/ID=2040021B", "STOP", "IDENTIFICATION", "2040021B"},
    {"STOP", "STOP", "PROCESS", ""},
    {"SUBMIT/USER=TCPIP$SMTP/NOPRINT/PARAMETERS=(A,\"b c\")/LOG=X.LOG/QUEUE=SYS$BATCH A.COM",
     "SUBMIT", "PARAMETERS", "A,b c"},
    {"SYNCHRONIZE/ENTRY=5/TIME_OUT=60", "SYNCHRONIZE", "ENTRY", "5"},
    {"TYPE SYS$INPUT", "TYPE", "FILE", "SYS$INPUT"},
    {"WAIT 00:00:10", "WAIT", "TIME", "   0 00:00:10.00"},
    {"WRITE SYS$OUTPUT \"a''b'\", c + \"d\"", "WRITE", "EXPRESSION", "\"a''b'\", C + \"d\""},
    {"WRITE/SYMBOL F X", "WRITE", "EXPRESSION", "X"},
};

const struct {
    const char *line;
    uint32_t condition;
    const char *text;
} bad[] = {
    {"DEFINE/SYSTEM/GROUP A B", CLI$_CONFLICT, "GROUP"},
    {"DELETE/SYMBOL/LOG", CLI$_CONFLICT, ""},
    {"LIBRARY/HELP/TEXT X", CLI$_CONFLICT, "TEXT"},
    {"OPEN/APPEND/WRITE F X", CLI$_CONFLICT, "WRITE"},
    {"SET FOO", CLI$_IVKEYW, "FOO"},
    {"SET P", CLI$_ABKEYW, "P"},
    {"SHOW QUEUE/FOO", CLI$_IVQUAL, "FOO"},
    {"WAIT 10:99", CLI$_IVDTIME, "10:99"},
    {"SUBMIT/AFTER=NEVER X", CLI$_IVATIME, "NEVER"},
    {"SYNCHRONIZE", CLI$_CONFLICT, ""},
    {"PURGE/KEEP=X", CLI$_IVCHAR, "X"},
};

} // namespace

class DclTablesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DclTablesTest);
    CPPUNIT_TEST(test_commands_table);
    CPPUNIT_TEST(test_wrong_commands_table);
    CPPUNIT_TEST(test_verbs_of_the_specification);
    CPPUNIT_TEST(test_table_files);
    CPPUNIT_TEST(test_set_command);
    CPPUNIT_TEST(test_set_command_errors_table);
    CPPUNIT_TEST(test_set_command_object);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;
    Table table_;

public:
    void setUp()
    {
        root_.reset(new ShimRoot);
        CPPUNIT_ASSERT(load_system_tables(&table_) & 1);
    }
    void tearDown() { root_.reset(); }

    void test_commands_table()
    {
        for (const auto &row : good) {
            Parsed parsed = parsed_of(table_, row.line);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.routine),
                                         parsed.image.empty() ? parsed.cliroutine
                                                              : parsed.image);
            if (!*row.label)
                continue;
            CPPUNIT_ASSERT_MESSAGE(row.line, entity_state(parsed, row.label) != UNKNOWN);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.values),
                                         show(entity_values(parsed, row.label)));
        }
    }

    void test_wrong_commands_table()
    {
        for (const auto &row : bad) {
            Parsed parsed;
            CommandError error;
            CPPUNIT_ASSERT_MESSAGE(row.line,
                                   !parse(table_, row.line, ParseContext(), &parsed, &error));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, row.condition, error.condition);
            if (*row.text)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.text), error.text);
        }
    }

    void test_verbs_of_the_specification()
    {
        static const char *const verbs[] = {
            "IF",       "THEN",    "ELSE",        "ENDIF",         "GOTO",    "GOSUB",
            "RETURN",   "CALL",    "SUBROUTINE",  "ENDSUBROUTINE", "ON",      "EXIT",
            "SET",      "SHOW",    "WRITE",       "READ",          "OPEN",    "CLOSE",
            "INQUIRE",  "DEFINE",  "ASSIGN",      "DEASSIGN",      "DELETE",  "COPY",
            "CREATE",   "RENAME",  "PURGE",       "APPEND",        "TYPE",    "DIRECTORY",
            "SEARCH",   "RUN",     "MCR",         "INSTALL",       "WAIT",    "STOP",
            "CONTINUE", "MAIL",    "CC",          "CXX",           "LINK",    "LIBRARY",
            "MACRO",    "MESSAGE", "MMS",         "MMK",           "PRODUCT", "BACKUP",
            "SUBMIT",   "PRINT",   "START",       "INITIALIZE",    "DECK",    "EOD",
            "PIPE",     "SPAWN",   "DIFFERENCES", "ANALYZE",       "LOGIN",   "LOGOUT",
            "HELP",     "RECALL",  "SYNCHRONIZE", "CONVERT",       "EDIT",    "REPLY",
            "REQUEST",  "ATTACH"};
        for (const char *name : verbs) {
            CommandError error;
            int index = find_verb(table_, name, &error);
            CPPUNIT_ASSERT_MESSAGE(name, index >= 0);
            CPPUNIT_ASSERT_EQUAL(std::string(name), table_.verbs[index].name);
        }
    }

    /* SET COMMAND over a process's table; what it says. */
    std::string set(const std::string &line, Table *process)
    {
        std::string text;
        Parsed command = parsed_of(table_, "SET COMMAND" + line);
        uint32_t status =
            set_command(command, process, [&](const std::string &l) { text += l + "|"; });
        CPPUNIT_ASSERT_EQUAL_MESSAGE(line + text, text.empty(), (status & 1) != 0);
        CPPUNIT_ASSERT((status & 1) || (status & STS$M_INHIB_MSG));
        return text;
    }
    void make_files()
    {
        CPPUNIT_ASSERT(shim::define_standard_logicals() & 1);
        CPPUNIT_ASSERT(write_records("[000000]A.CLD", "", {"DEFINE VERB ALPHA IMAGE A"}).good());
        CPPUNIT_ASSERT(write_records("[000000]B.CLD", "",
                                     {"MODULE B", "DEFINE VERB BETA", "  ROUTINE BETA_ROUTINE"})
                           .good());
        CPPUNIT_ASSERT(write_records("[000000]BAD.CLD", "", {"DEFINE VERB C", "FOO"}).good());
    }

    void test_set_command()
    {
        make_files();
        Table process = table_of("DEFINE VERB OLD IMAGE O DEFINE VERB ALPHA IMAGE OLD_A"), other;
        CPPUNIT_ASSERT_EQUAL(std::string(), set(" [000000]A,[000000]B", &process));
        CPPUNIT_ASSERT_EQUAL(std::string("A"), parsed_of(process, "alpha").image);
        CPPUNIT_ASSERT_EQUAL(std::string("O"), parsed_of(process, "old").image);
        CPPUNIT_ASSERT_EQUAL(std::string(), set("/DELETE=OLD/OUTPUT=[000000]T", &process));
        CPPUNIT_ASSERT_EQUAL(size_t(3), process.verbs.size());
        CPPUNIT_ASSERT(load_table("[000000]T", &other).good());
        CPPUNIT_ASSERT_EQUAL(size_t(2), other.verbs.size());
        CPPUNIT_ASSERT_EQUAL(std::string(), set("/DELETE=BETA/TABLE=[000000]T", &process));
        CPPUNIT_ASSERT_EQUAL(size_t(1), process.verbs.size());
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             set("/TABLE=[000000]T/OUTPUT [000000]A/LISTING=[000000]L", &process));
        CPPUNIT_ASSERT(load_table("[000000]T.EXE;2", &other).good());
        std::vector<std::string> lines;
        CPPUNIT_ASSERT(read_records("[000000]L.LIS", "", &lines).good());
        CPPUNIT_ASSERT_EQUAL(std::string("     1  DEFINE VERB ALPHA IMAGE A"), lines[2]);
    }

    void test_set_command_errors_table()
    {
        make_files();
        static const struct {
            const char *line, *message;
        } rows[] = {
            {" [000000]NONE", "%CDU-F-OPENIN, error opening SYS$SYSDEVICE:[000000]NONE.CLD; as "
                              "input|-RMS-E-FNF, file not found|"},
            {" [000000]BAD", "%CDU-E-SYNTAX, SYS$SYSDEVICE:[000000]BAD.CLD;1 line 2: \"FOO\" found "
                             "where a verb clause was expected|"},
            {"/TABLE=[000000]A.CLD [000000]A",
             "%CDU-F-BADTABLE, SYS$SYSDEVICE:[000000]A.CLD;1 is not a command table|"},
            {"/DELETE=NONE", "%CDU-E-NOVERB, verb NONE is not in the command table|"},
            {"/OBJECT [000000]A,[000000]B", "%CDU-F-ONEFILE, /OBJECT takes one file|"},
            {"/OBJECT [000000]A",
             "%CDU-E-SYNTAX, A: a table for an image needs a MODULE statement|%CDU-E-SYNTAX, A: "
             "ALPHA: IMAGE and CLIROUTINE are not allowed in a table for an image|"},
        };
        for (const auto &row : rows) {
            Table process = table_of("DEFINE VERB OLD IMAGE O");
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.message),
                                         set(row.line, &process));
            CPPUNIT_ASSERT_EQUAL(size_t(1), process.verbs.size());
        }
    }

    void test_set_command_object()
    {
        make_files();
        Table process;
        CPPUNIT_ASSERT_EQUAL(std::string(), set("/OBJECT=[000000]OUT [000000]B", &process));
        std::ifstream in(root_->path() + "/OUT.OBJ;1", std::ios::binary);
        std::string object((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        CPPUNIT_ASSERT(object.find("BETA_ROUTINE") != std::string::npos);
        setenv("SHIM_CXX", "false", 1);
        CPPUNIT_ASSERT_EQUAL(std::string("%CDU-F-COMPILER, the host's compiler failed on B|"),
                             set("/OBJECT=[000000]OUT [000000]B", &process));
        unsetenv("SHIM_CXX");
    }

    void test_table_files()
    {
        Table read, user;
        CPPUNIT_ASSERT(!load_table(system_tables, &read).good());
        CPPUNIT_ASSERT(shim::define_standard_logicals() & 1);
        user = table_of("DEFINE VERB MINE IMAGE MINE");
        merge_table(user, &table_);
        CPPUNIT_ASSERT(store_table("[000000]MINE.EXE", table_).good());
        CPPUNIT_ASSERT(store_table("[000000]MINE.EXE", table_).good());
        CPPUNIT_ASSERT(load_table("[000000]MINE.EXE;2", &read).good());
        CPPUNIT_ASSERT(write_records("[000000]BAD.EXE", "", {"no table"}).good());
        CPPUNIT_ASSERT_EQUAL(uint32_t(CLI$_INVTAB), load_table("[000000]BAD", &user).sts);
        CPPUNIT_ASSERT_EQUAL(std::string("MINE"), parsed_of(read, "mine").image);
        CPPUNIT_ASSERT_EQUAL(std::string("COPY"), parsed_of(read, "copy a b").cliroutine);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DclTablesTest);
