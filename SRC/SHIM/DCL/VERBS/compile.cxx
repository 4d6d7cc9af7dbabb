/*
**  compile - CXX, CC, MESSAGE
**
**  CXX compiles with the host's compiler and the flags of the Linux build: C++98, warnings are
**  errors, position independent.  /DEFINE, /UNDEFINE, /INCLUDE_DIRECTORY, /DEBUG, /OPTIMIZE,
**  /OBJECT, /STANDARD are obeyed; STRICT_ANSI also forbids dollars in names.  What has no meaning
**  on the host (/NAMES, /POINTER_SIZE, /REENTRANCY, /PREFIX_LIBRARY_ENTRIES ...) changes nothing.
**
**  MESSAGE makes an object that brings its messages along, as data that the image registers when it
**  starts.
*/
#include "file_list.h"
#include "host_tools.h"

#include <rms.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

struct Source {
    std::string spec, path;
    MadeFile object;
};

void option_words(const cli::Parsed &command, const char *label, const char *option,
                  std::vector<std::string> *words)
{
    for (const cli::ParsedValue &value : cli::entity_values(command, label))
        words->push_back(option + value.text);
}

/* Include directories in the order of the line; one that is missing is an error. */
void include_words(const cli::Parsed &command, std::vector<std::string> *words)
{
    for (const cli::ParsedValue &value : cli::entity_values(command, "INCLUDE_DIRECTORY")) {
        uint32_t status;
        std::string path = directory_path(value.text, &status);
        if (path.empty())
            throw file_failure(SHARED_SEARCHFAIL, value.text, status, 0, FACILITY_CXX);
        words->push_back("-I" + include_view(path));
    }
}

/* /STANDARD of the x86-64 compiler, which is clang's driver underneath: its -std. */
struct Standard {
    const char *keyword, *option;
};
const Standard STANDARDS[] = {{"CXX98", "-std=c++98"}, {"GNU98", "-std=gnu++98"},
                              {"CXX11", "-std=c++11"}, {"GNU11", "-std=gnu++11"},
                              {"CXX14", "-std=c++14"}, {"GNU14", "-std=gnu++14"}};

std::vector<std::string> compiler_words(const cli::Parsed &command)
{
    std::vector<std::string> words = host_compiler_words();
    bool strict = false;
    const char *standard = "-std=c++98";
    for (const cli::ParsedValue &value : cli::entity_values(command, "STANDARD")) {
        strict = strict || upper(value.text) == "STRICT_ANSI";
        for (const Standard &each : STANDARDS)
            standard = upper(value.text) == each.keyword ? each.option : standard;
    }
    words.push_back(standard);
    for (const char *word :
         {"-fPIC", "-fno-strict-aliasing", "-fstack-protector-strong", "-Wall",
          "-Wextra", "-Werror", "-Wno-long-long"})
        words.push_back(word);
    if (strict) {
        words.push_back("-pedantic-errors");
        words.push_back("-fno-dollars-in-identifiers");
    }
    words.push_back(has(command, "DEBUG") ? "-g" : "-g1");
    words.push_back(negated(command, "OPTIMIZE") ? "-O0" : "-O2");
    option_words(command, "DEFINE", "-D", &words);
    option_words(command, "UNDEFINE", "-U", &words);
    include_words(command, &words);
    words.push_back("-isystem");
    words.push_back(system_headers());
    return words;
}

/* /OBJECT=[.OBJ], /OBJECT=X.OBJ; the name is the source's unless it is given. */
std::string object_name(const cli::Parsed &command, const std::string &source)
{
    std::string given = text_of(command, "OBJECT");
    SpecParts parts = parts_of(given);
    return parts.name.empty() ? parts.place + parts_of(source).name + ".OBJ" : given;
}

std::vector<Source> find_sources(const cli::Parsed &command, const char *type, Facility facility)
{
    std::vector<Source> sources;
    FileList files(texts_of(command, "SOURCE"), type);
    std::string found;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        if (answer == FileList::FAILED)
            throw file_failure(SHARED_OPENIN, files.expanded(), files.status(), files.stv(),
                               facility);
        Source source;
        FileHeader header;
        uint32_t status = read_header(found, &header);
        if (status & 1)
            status = readable(header);
        if (!(status & 1))
            throw file_failure(SHARED_OPENIN, found, status, 0, facility);
        source.spec = found;
        source.path = header.path;
        sources.push_back(source);
    }
    return sources;
}

void cxx_verb(Session &session, const cli::Parsed &command)
{
    Outcome outcome(session);
    std::vector<std::string> words = compiler_words(command);
    std::vector<Source> sources = find_sources(command, ".CXX", FACILITY_CXX);
    std::vector<HostRun> runs;
    for (Source &source : sources) {
        HostRun run;
        run.arguments = words;
        run.arguments.push_back("-iquote");
        run.arguments.push_back(include_view(source.path.substr(0, source.path.rfind('/'))));
        run.arguments.insert(run.arguments.end(), {"-x", "c++", "-c", source.path, "-o"});
        if (negated(command, "OBJECT")) {
            run.arguments.push_back("/dev/null");
        } else {
            source.object = make_output(object_name(command, source.spec), ".OBJ", FACILITY_CXX);
            run.arguments.push_back(source.object.path);
        }
        runs.push_back(run);
    }
    std::vector<int> answers = run_host_tools(session, runs);
    for (size_t i = 0; i < sources.size(); ++i) {
        if (!sources[i].object.path.empty())
            finish_output(sources[i].object, answers[i] == 0);
        if (answers[i] == 0)
            continue;
        Failure failure(answers[i] == 127 ? CXX_NOCOMPILER : CXX_ERRORS);
        failure.with(answers[i] == 127 ? words.back() : sources[i].spec);
        failure.status |= STS$M_INHIB_MSG;
        outcome.fail(failure);
    }
    outcome.finish();
}

/* ---- MESSAGE ---- */

void message_verb(Session &session, const cli::Parsed &command)
{
    for (const Source &source : find_sources(command, ".MSG", FACILITY_MESSAGE)) {
        MadeFile object = make_output(object_name(command, source.spec), ".OBJ", FACILITY_MESSAGE);
        std::string made = object.path + ".cxx";
        HostRun run, compile;
        run.arguments = {"python3", SHIM_MESSAGE_COMPILER, "--object", made, "--name", source.spec,
                         source.path};
        compile.arguments = {"c++", "-fPIC", "-c", made, "-o", object.path};
        bool good = run_host_tools(session, {run})[0] == 0 &&
                    run_host_tools(session, {compile})[0] == 0;
        remove(made.c_str());
        finish_output(object, good);
        Failure failure(MESSAGE_ERRORS);
        failure.status |= STS$M_INHIB_MSG;
        if (!good)
            throw failure.with(source.spec);
    }
}

const VerbRow rows[] = {
    {"CXX", cxx_verb, IMAGE},
    {"CC", cxx_verb, IMAGE},
    {"MESSAGE", message_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
