/*
**  librarian_test - help, text and object libraries; LIBRARY, HELP, LBR$OUTPUT_HELP
*/
#include "command_support.h"
#include "system_support.h"
#include "test_places.h"

#include "CLI/table_file.h"
#include "LIBRARIAN/help_session.h"
#include "LIBRARIAN/librarian_messages.h"
#include "LIBRARIAN/library_command.h"
#include "rms_spec.h"

#include <hlpdef.h>
#include <lbr$routines.h>
#include <rmsdef.h>

#include <fstream>

using namespace shim;

namespace {

const char *const help_source[] = {
    "! a comment is left out",
    "1 COPY",
    "",
    "  Creates a new file from one or more existing files.",
    "",
    "2 Parameters",
    "  input-file-spec[,...]",
    "",
    "2 Qualifiers",
    "",
    "/CONFIRM",
    "/NOCONFIRM (default)",
    "  Asks before each file is copied.",
    "/LOG",
    "  Tells of each file.",
    "2 Examples",
    "  $ COPY A.DAT B.DAT",
    "3 More_examples",
    "  $ COPY *.* [X]",
    "1 CONTINUE",
    "  Resumes execution.",
    "1 HELP",
    "  HELP shows text of libraries.",
};

std::vector<std::string> source()
{
    return std::vector<std::string>(help_source,
                                    help_source + sizeof help_source / sizeof *help_source);
}

std::vector<std::string> asked, replies;
std::string written;

int write_line(dsc$descriptor_s *line)
{
    written += std::string(line->dsc$a_pointer, line->dsc$w_length) + "\n";
    return SS$_NORMAL;
}
int refuse_line(dsc$descriptor_s *)
{
    return SS$_ABORT;
}
int read_reply(dsc$descriptor_s *text, dsc$descriptor_s *prompt, unsigned short *length)
{
    asked.push_back(std::string(prompt->dsc$a_pointer, prompt->dsc$w_length));
    if (replies.empty())
        return RMS$_EOF;
    memcpy(text->dsc$a_pointer, replies[0].data(), replies[0].size());
    *length = static_cast<unsigned short>(replies[0].size());
    replies.erase(replies.begin());
    return SS$_NORMAL;
}

} // namespace

class LibrarianTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LibrarianTest);
    CPPUNIT_TEST(test_help_source_mistakes);
    CPPUNIT_TEST(test_help_tree);
    CPPUNIT_TEST(test_library_command);
    CPPUNIT_TEST(test_library_errors_table);
    CPPUNIT_TEST(test_update_keeps_file_and_version);
    CPPUNIT_TEST(test_text_library);
    CPPUNIT_TEST(test_object_library);
    CPPUNIT_TEST(test_damaged_library_is_refused);
    CPPUNIT_TEST(test_help_topic);
    CPPUNIT_TEST(test_help_lookup_table);
    CPPUNIT_TEST(test_help_conversation);
    CPPUNIT_TEST(test_default_libraries);
    CPPUNIT_TEST(test_help_command);
    CPPUNIT_TEST(test_output_help);
    CPPUNIT_TEST(test_help_of_every_verb);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;
    cli::Table table_;
    std::string output_, messages_;

    uint32_t library(const std::string &line)
    {
        output_.clear();
        messages_.clear();
        LibraryDevices devices;
        devices.output = [this](const std::string &l) { output_ += l + "\n"; };
        devices.message = [this](const std::string &l) { messages_ += l + "\n"; };
        return library_command(parsed_of(table_, line), devices);
    }
    void make_help()
    {
        CPPUNIT_ASSERT(write_records("SYS$HELP:HELPLIB.HLP", "", source()).good());
        CPPUNIT_ASSERT_EQUAL(uint32_t(LIBRAR_NORMAL),
                             library("LIBRARY/CREATE/HELP SYS$HELP:HELPLIB SYS$HELP:HELPLIB"));
        CPPUNIT_ASSERT_EQUAL(std::string(), messages_);
    }
    /* What is shown; `answers` are given at prompts, which appear as "[Topic? ]". */
    static std::string help(const std::string &keys, std::vector<std::string> answers,
                            bool instructions = false, const std::string &library = std::string())
    {
        std::string text;
        HelpRequest request;
        request.keys = keys;
        request.prompt = !answers.empty();
        request.instructions = instructions;
        request.more_libraries = default_help_libraries({"LNM$PROCESS"});
        if (!library.empty())
            request.library = library;
        HelpDevices devices;
        devices.output = [&](const std::string &line) {
            text += line + "\n";
            return true;
        };
        devices.input = [&](const std::string &prompt, std::string *answer) {
            text += "[" + prompt + "]\n";
            if (answers.empty())
                return false;
            *answer = answers[0];
            answers.erase(answers.begin());
            return true;
        };
        FileStatus status = show_help(request, devices);
        return status.good() ? text : "status " + std::to_string(status.sts);
    }
    static std::string errors(const std::vector<std::string> &lines)
    {
        std::vector<HelpError> found;
        help_modules(lines, 15, &found);
        std::string text;
        for (const HelpError &e : found)
            text += std::to_string(e.line) + " " + e.text + ";";
        return text;
    }

public:
    void setUp()
    {
        root_.reset(new ShimRoot);
        CPPUNIT_ASSERT(define_standard_logicals() & 1);
        CPPUNIT_ASSERT(cli::load_system_tables(&table_) & 1);
        asked.clear();
        replies.clear();
        written.clear();
    }
    void tearDown() { root_.reset(); }

    void test_help_source_mistakes()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(""), errors({"", "1 A", "text", "2 B", "9text"}));
        CPPUNIT_ASSERT_EQUAL(std::string("1 text before the first topic;"), errors({"x", "1 A"}));
        CPPUNIT_ASSERT_EQUAL(std::string("2 level 3 follows level 1;"), errors({"1 A", "3 B"}));
        CPPUNIT_ASSERT_EQUAL(std::string("1 a level without a key;"), errors({"1 "}));
        CPPUNIT_ASSERT_EQUAL(std::string("1 key ABCDEFGHIJKLMNOP is longer than 15 characters;"),
                             errors({"1 ABCDEFGHIJKLMNOP"}));
    }

    void test_help_tree()
    {
        std::vector<HelpError> found;
        std::vector<Module> modules = help_modules(source(), 31, &found);
        CPPUNIT_ASSERT_EQUAL(size_t(3), modules.size());
        CPPUNIT_ASSERT_EQUAL(std::string("CONTINUE"), modules[1].name);
        HelpTopic copy = help_topic(modules[0]);
        CPPUNIT_ASSERT_EQUAL(size_t(3), copy.topics.size());
        CPPUNIT_ASSERT_EQUAL(size_t(1), copy.text.size());
        CPPUNIT_ASSERT_EQUAL(size_t(2), copy.topics[1].qualifiers.size());
        CPPUNIT_ASSERT_EQUAL(std::string("/CONFIRM"), copy.topics[1].qualifiers[0].key);
        CPPUNIT_ASSERT_EQUAL(size_t(3), copy.topics[1].qualifiers[0].text.size());
        CPPUNIT_ASSERT_EQUAL(std::string("More_examples"), copy.topics[2].topics[0].key);
    }

    void test_library_command()
    {
        make_help();
        CPPUNIT_ASSERT_EQUAL(uint32_t(LIBRAR_NORMAL),
                             library("LIBRARY/HELP/LIST SYS$HELP:HELPLIB"));
        std::string::size_type names = output_.find("\n\n");
        CPPUNIT_ASSERT_EQUAL(std::string("\n\nCONTINUE\nCOPY\nHELP\n"), output_.substr(names));
        CPPUNIT_ASSERT_EQUAL(size_t(0), output_.find("Directory of HELP library "));
        CPPUNIT_ASSERT_EQUAL(uint32_t(LIBRAR_NORMAL),
                             library("LIBR/DELETE=(CONT*,HELP)/LOG SYS$HELP:HELPLIB.HLB"));
        CPPUNIT_ASSERT(messages_.find("%LIBRAR-S-DELETED, module CONTINUE deleted from ") == 0);
        library("LIBR/LIST/FULL SYS$HELP:HELPLIB.HLB");
        CPPUNIT_ASSERT(output_.find("COPY                            Inserted ") !=
                       std::string::npos);
        CPPUNIT_ASSERT(output_.find("CONTINUE") == std::string::npos);
        library("LIBR/HELP/REPLACE/LOG SYS$HELP:HELPLIB SYS$HELP:HELPLIB");
        CPPUNIT_ASSERT(messages_.find("%LIBRAR-S-REPLACED, module COPY replaced in ") == 0);
        CPPUNIT_ASSERT(messages_.find("%LIBRAR-S-INSERTED, module HELP inserted in ") !=
                       std::string::npos);
        library("LIBR/HELP/EXTRACT=CONTINUE/OUTPUT=SYS$OUTPUT SYS$HELP:HELPLIB");
        CPPUNIT_ASSERT_EQUAL(std::string("1 CONTINUE\n  Resumes execution.\n"), output_);
        library("LIBR/HELP/EXTRACT=H*/OUTPUT=[000000]OUT SYS$HELP:HELPLIB");
        std::vector<std::string> lines;
        CPPUNIT_ASSERT(read_records("[000000]OUT.HLP", "", &lines).good());
        CPPUNIT_ASSERT_EQUAL(std::string("1 HELP"), lines[0]);
        library("LIBR/HELP/LIST=[000000]L/ONLY=C* SYS$HELP:HELPLIB");
        CPPUNIT_ASSERT(read_records("[000000]L.LIS", "", &lines).good());
        CPPUNIT_ASSERT_EQUAL(std::string("COPY"), lines.back());
    }

    void test_library_errors_table()
    {
        make_help();
        CPPUNIT_ASSERT(write_records("[000000]BAD.HLP", "", {"1 GOOD", "3 BAD"}).good());
        static const struct {
            const char *line, *message;
        } table[] = {
            {"LIBRARY/HELP/LIST [000000]NONE",
             "%LIBRAR-F-OPENIN, error opening SYS$SYSDEVICE:[000000]NONE.HLB; as "
             "input\n-RMS-E-FNF, file "
             "not found\n"},
            {"LIBRARY/HELP SYS$HELP:HELPLIB [000000]NONE",
             "%LIBRAR-F-OPENIN, error opening SYS$SYSDEVICE:[000000]NONE.HLP; as "
             "input\n-RMS-E-FNF, file "
             "not found\n"},
            {"LIBRARY/HELP/LIST SYS$HELP:HELPLIB.HLP",
             "%LIBRAR-F-ILLFMT, SYS$SYSROOT:[SYSHLP]HELPLIB.HLP;1 has an illegal library format\n"},
            {"LIBRARY/TEXT/LIST SYS$HELP:HELPLIB.HLB",
             "%LIBRAR-F-BADKIND, SYS$SYSROOT:[SYSHLP]HELPLIB.HLB;1 is a library of another kind "
             "than TEXT\n"},
            {"LIBRARY/MACRO/LIST X",
             "%LIBRAR-F-BADKIND, X is a library of another kind than OBJECT, HELP or TEXT\n"},
            {"LIBRARY/HELP SYS$HELP:HELPLIB",
             "%LIBRAR-F-NOTHING, no operation or input file was specified\n"},
            {"LIBRARY/HELP/DELETE=FOO* SYS$HELP:HELPLIB",
             "%LIBRAR-W-NOMTCHFOU, no module matching FOO* found in "
             "SYS$SYSROOT:[SYSHLP]HELPLIB.HLB;1\n"},
            {"LIBRARY/HELP/INSERT SYS$HELP:HELPLIB [000000]BAD",
             "%LIBRAR-E-HELPERR, SYS$SYSDEVICE:[000000]BAD.HLP;1, line 2: level 3 follows level "
             "1\n"},
        };
        for (const auto &row : table) {
            uint32_t status = library(row.line);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.line, std::string(row.message), messages_);
            CPPUNIT_ASSERT_MESSAGE(row.line, !(status & 1) && (status & STS$M_INHIB_MSG));
        }
        library("LIBRARY/HELP/INSERT SYS$HELP:HELPLIB SYS$HELP:HELPLIB");
        CPPUNIT_ASSERT_EQUAL(size_t(0),
                             messages_.find("%LIBRAR-E-DUPMODULE, module COPY is already"));
    }

    void test_update_keeps_file_and_version()
    {
        make_help();
        library("LIBRARY/HELP/DELETE=HELP SYS$HELP:HELPLIB");
        std::vector<std::string> files;
        CPPUNIT_ASSERT(find_files("SYS$HELP:HELPLIB*.*;*", "", &files).good());
        CPPUNIT_ASSERT_EQUAL(size_t(2), files.size());
        CPPUNIT_ASSERT_EQUAL(std::string("HELPLIB.HLB"), name_and_type(files[0]));
        CPPUNIT_ASSERT_EQUAL(std::string(";1"), files[0].substr(files[0].size() - 2));
    }

    void test_text_library()
    {
        CPPUNIT_ASSERT(write_records("[000000]ONE.TXT", "", {"first", "", "1 not a topic"}).good());
        CPPUNIT_ASSERT(write_records("[000000]TWO.TXT", "", {"second"}).good());
        CPPUNIT_ASSERT_EQUAL(
            uint32_t(LIBRAR_NORMAL),
            library("LIBRARY/CREATE/TEXT [000000]T [000000]ONE,TWO/MODULE=Other_name"));
        library("LIBRARY/EXTRACT=*/OUTPUT=SYS$OUTPUT: [000000]T.TLB");
        CPPUNIT_ASSERT_EQUAL(std::string("first\n\n1 not a topic\nsecond\n"), output_);
        library("LIBRARY/LIST [000000]T.TLB");
        CPPUNIT_ASSERT(output_.find("\nONE\nOTHER_NAME\n") != std::string::npos);
    }

    void test_object_library()
    {
        for (const char *name : {"A.OBJ;1", "B.OBJ;3"}) {
            std::ofstream out(root_->path() + "/" + name, std::ios::binary);
            out << "object" << '\0' << name;
        }
        CPPUNIT_ASSERT_EQUAL(uint32_t(LIBRAR_NORMAL),
                             library("LIBRARY/CREATE [000000]X [000000]A,B/LOG"));
        CPPUNIT_ASSERT(messages_.find("%LIBRAR-S-INSERTED, module A inserted in ") == 0);
        library("LIBRARY/LIST [000000]X");
        CPPUNIT_ASSERT(output_.find("\nA\nB\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(uint32_t(LIBRAR_NORMAL), library("LIBRARY/DELETE=A [000000]X"));
        library("LIBRARY/EXTRACT=B/OUTPUT=[000000]C.OBJ [000000]X");
        std::ifstream in(root_->path() + "/C.OBJ;1", std::ios::binary);
        std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        CPPUNIT_ASSERT_EQUAL(std::string("object\0B.OBJ;3", 14), text);
        library("LIBRARY/LIST [000000]X");
        CPPUNIT_ASSERT(output_.find("\nA\n") == std::string::npos);
    }

    void test_damaged_library_is_refused()
    {
        make_help();
        std::vector<std::string> records;
        CPPUNIT_ASSERT(read_records("SYS$HELP:HELPLIB.HLB", "", &records).good());
        for (size_t cut = 0; cut < records.size(); cut++) {
            std::vector<std::string> less(records.begin(), records.begin() + cut);
            CPPUNIT_ASSERT(write_records("[000000]CUT.HLB", "", less).good());
            Library read;
            CPPUNIT_ASSERT_EQUAL(0u, read_library("[000000]CUT.HLB", "", &read).sts);
        }
    }

    void test_help_topic()
    {
        make_help();
        CPPUNIT_ASSERT_EQUAL(std::string("\nCOPY\n\n"
                                         "    Creates a new file from one or more existing files.\n"
                                         "\n  Additional information available:\n\n"
                                         "  Parameters Qualifiers Examples\n"
                                         "  /CONFIRM   /LOG\n"),
                             help("COPY", {}));
        CPPUNIT_ASSERT_EQUAL(
            std::string("\nCOPY\n\n  /LOG\n\n    /LOG\n      Tells of each file.\n"),
            help("COPY/LOG", {}));
        CPPUNIT_ASSERT_EQUAL(
            std::string("\nCOPY\n\n  Qualifiers\n\n    /CONFIRM\n    /NOCONFIRM (default)\n"
                        "      Asks before each file is copied.\n\n    /LOG\n"
                        "      Tells of each file.\n\n    Additional information available:\n\n"
                        "    /CONFIRM   /LOG\n"),
            help("cop qual", {}));
        CPPUNIT_ASSERT_EQUAL(std::string("\n    HELP shows text of libraries.\n"
                                         "\n  Information available:\n\n"
                                         "  CONTINUE   COPY       HELP\n"),
                             help("", {}, true));
    }

    void test_help_lookup_table()
    {
        make_help();
        static const struct {
            const char *keys, *shown;
        } table[] = {
            {"CO", "Creates a new file"},
            {"CO", "Resumes execution"},
            {"*", "HELP shows text"},
            {"copy exam more", "$ COPY *.* [X]"},
            {"COPY EXAMPLES...", "$ COPY *.* [X]"},
            {"COPY...", "$ COPY A.DAT B.DAT"},
            {"%OPY", "Creates a new file"},
            {"FOO BAR", "  Sorry, no documentation on FOO BAR\n\n  Information available:"},
            {"COPY FOO", "  Sorry, no documentation on COPY FOO\n\n  Additional information"},
        };
        for (const auto &row : table)
            CPPUNIT_ASSERT_MESSAGE(std::string(row.keys) + ": " + help(row.keys, {}),
                                   help(row.keys, {}).find(row.shown) != std::string::npos);
        CPPUNIT_ASSERT(help("COPY", {}).find("Tells of each") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("status 98962"), help("X", {}, false, "NONE"));
        CPPUNIT_ASSERT_EQUAL(std::string("status 0"), help("X", {}, false, "SYS$HELP:HELPLIB.HLP"));
    }

    void test_help_conversation()
    {
        make_help();
        std::string text = help("COPY", {"examples", "more", "", "", "", "cont"});
        static const char *const prompts[] = {"[COPY Subtopic? ]", "[COPY Examples Subtopic? ]",
                                              "[COPY Examples Subtopic? ]", "[COPY Subtopic? ]",
                                              "[Topic? ]"};
        size_t at = 0;
        for (const char *prompt : prompts) {
            at = text.find(prompt, at);
            CPPUNIT_ASSERT_MESSAGE(text, at != std::string::npos);
            at++;
        }
        CPPUNIT_ASSERT(text.find("Resumes") == std::string::npos); /* it had ended */
        text = help("", {"cont", "?", "nix"});
        CPPUNIT_ASSERT(text.find("Resumes execution") != std::string::npos);
        CPPUNIT_ASSERT(text.find("Sorry, no documentation on NIX") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("[Topic? ]\n"), text.substr(text.size() - 10));
    }

    void test_default_libraries()
    {
        make_help();
        CPPUNIT_ASSERT(write_records("[000000]MINE.HLP", "", {"1 MINE", " My own text."}).good());
        library("LIBRARY/CREATE/HELP [000000]MINE [000000]MINE");
        LowText table((std::string("LNM$PROCESS"))), name((std::string("HLP$LIBRARY")));
        LowItems items;
        items.add(2 /* LNM$_STRING */, 21, "DKA0:[000000]MINE.HLB");
        CPPUNIT_ASSERT(sys$crelnm(0, table, name, 0, items.list()) & 1);
        CPPUNIT_ASSERT_EQUAL(size_t(1), default_help_libraries({"LNM$PROCESS"}).size());
        CPPUNIT_ASSERT_EQUAL(size_t(0), default_help_libraries({"LNM$SYSTEM"}).size());
        CPPUNIT_ASSERT_EQUAL(std::string("\nMINE\n\n   My own text.\n"), help("MINE", {}));
        CPPUNIT_ASSERT_EQUAL(std::string("\nMINE\n\n   My own text.\n"), help("@MINE MI", {}));
        std::string text = help("", {"@mine", "mine"});
        CPPUNIT_ASSERT(text.find("Additional help libraries available (type @name for topics):\n\n"
                                 "  MINE\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("My own text.") != std::string::npos);
    }

    void test_help_command()
    {
        make_help();
        HelpTerminal terminal;
        std::string text, message;
        int pages = 0;
        terminal.output = [&](const std::string &line) {
            text += line + "\n";
            return true;
        };
        terminal.input = [&](const std::string &prompt, std::string *answer) {
            answer->clear();
            pages += prompt == "Press RETURN to continue ... ";
            return true;
        };
        LibraryDevices devices;
        devices.message = [&](const std::string &line) { message += line + "\n"; };
        cli::Parsed command = parsed_of(table_, "HELP COPY/LOG");
        CPPUNIT_ASSERT_EQUAL(uint32_t(SS$_NORMAL), help_command(command, terminal, devices));
        CPPUNIT_ASSERT(text.find("Tells of each file.") != std::string::npos);
        terminal.interactive = true;
        terminal.page = 6;
        help_command(parsed_of(table_, "HELP COPY"), terminal, devices);
        CPPUNIT_ASSERT(pages >= 1);
        text.clear();
        help_command(parsed_of(table_, "HELP/OUTPUT=[000000]OUT CONTINUE"), terminal, devices);
        CPPUNIT_ASSERT_EQUAL(std::string(), text);
        std::vector<std::string> lines;
        CPPUNIT_ASSERT(read_records("[000000]OUT.LIS", "", &lines).good());
        CPPUNIT_ASSERT_EQUAL(std::string("CONTINUE"), lines[1]);
        uint32_t status = help_command(parsed_of(table_, "HELP/LIBRARY=NONE X"), terminal, devices);
        CPPUNIT_ASSERT_EQUAL(uint32_t(LIBRAR_OPENIN | STS$M_INHIB_MSG), status);
        CPPUNIT_ASSERT_EQUAL(size_t(0), message.find("%LIBRAR-F-OPENIN, error opening "));
    }

    /* The system's own library, as the build makes it: a topic for each verb, no other. */
    void test_help_of_every_verb()
    {
        std::ifstream in(test_bin() + "/HELPLIB.HLB");
        std::vector<std::string> records;
        for (std::string line; std::getline(in, line);)
            records.push_back(line);
        CPPUNIT_ASSERT(write_records("SYS$HELP:HELPLIB.HLB", "", records).good());
        Library help;
        CPPUNIT_ASSERT(read_library("SYS$HELP:HELPLIB.HLB", "", &help).good());
        for (const cli::Verb &verb : table_.verbs)
            CPPUNIT_ASSERT_MESSAGE(verb.name + " has no help", help.find(verb.name) >= 0);
        for (const Module &module : help.modules) {
            cli::CommandError error;
            int verb = cli::find_verb(table_, module.name, &error);
            CPPUNIT_ASSERT_MESSAGE(module.name + " is no verb",
                                   verb >= 0 && table_.verbs[verb].name == module.name);
        }
    }

    void test_output_help()
    {
        make_help();
        LowText keys((std::string("COPY"))), library((std::string("HELPLIB")));
        unsigned flags = 0;
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NORMAL),
                             lbr$output_help(write_line, 0, keys, library, &flags));
        CPPUNIT_ASSERT(written.find("Creates a new file") != std::string::npos);
        flags = HLP$M_PROMPT;
        replies = {"examples"};
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NORMAL),
                             lbr$output_help(write_line, 0, keys, library, &flags, read_reply));
        CPPUNIT_ASSERT_EQUAL(size_t(2), asked.size());
        CPPUNIT_ASSERT_EQUAL(std::string("COPY Subtopic? "), asked[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("COPY Examples Subtopic? "), asked[1]);
        CPPUNIT_ASSERT_EQUAL(unsigned(LBR$_ILLINROU), lbr$output_help(write_line));
        CPPUNIT_ASSERT_EQUAL(unsigned(LBR$_ILLOUTROU), lbr$output_help(0));
        flags = 0;
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_ABORT),
                             lbr$output_help(refuse_line, 0, keys, library, &flags));
        LowText none((std::string("NONE")));
        CPPUNIT_ASSERT_EQUAL(unsigned(RMS$_FNF),
                             lbr$output_help(write_line, 0, keys, none, &flags));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LibrarianTest);
