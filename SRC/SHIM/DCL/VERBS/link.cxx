/*
**  link - LINK, CXXLINK
**
**  Objects, object libraries, shareable images and options files, to an image of the host.  A
**  shareable image exports exactly its symbol vector.  IDENTIFICATION, NAME and whether traceback
**  is wanted go into the section .vms_image.  Services are found without being named, as on VMS.
*/
#include "file_list.h"
#include "host_tools.h"
#include "record_file.h"

#include <cstdlib>
#include <rms.h>
#include <stsdef.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

const size_t IDENT_MAX = 15, IMAGE_NAME_MAX = 39;

enum InputKind { INPUT_OBJECT, INPUT_LIBRARY, INPUT_SHAREABLE, INPUT_OPTIONS };

class Linker {
public:
    Linker(Session &session, const cli::Parsed &command)
        : session_(session), command_(command), shareable_(has_anywhere(command, "SHAREABLE"))
    {
    }
    void run();

private:
    Session &session_;
    const cli::Parsed &command_;
    bool shareable_;
    std::vector<std::string> objects_, libraries_, vector_;
    std::string first_, ident_, name_;

    void input(const std::string &spec, InputKind kind);
    void options(const std::string &spec);
    void option_line(const std::string &line);
    void file_option(const std::string &line);
    void universal_symbols(const std::string &list);
    std::string version_script() const;
    std::vector<std::string> words(const std::string &output, const std::string &script) const;
    void stamp(const std::string &path);
    MadeFile output() const;
};

/* Names of services and symbols are lower case on the host, as in the sources. */
Failure link_failure(OwnMessage message, const std::string &text)
{
    Failure failure(message);
    failure.status |= STS$M_INHIB_MSG;
    return failure.with(text);
}

void Linker::input(const std::string &spec, InputKind kind)
{
    static const char *const types[] = {".OBJ", ".OLB", ".EXE", ".OPT"};
    FileFinder finder;
    FileHeader header;
    uint32_t status = finder.begin(spec, types[kind], "", NAM$M_SYNCHK);
    if (status & 1 && finder.wild())
        status = RMS$_WLD;
    std::string expanded = finder.expanded();
    if (status & 1)
        status = read_header(expanded, &header);
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, expanded, status, finder.stv(), FACILITY_LINK);
    if (first_.empty() && kind != INPUT_OPTIONS)
        first_ = parts_of(header.spec).name;
    if (kind == INPUT_OPTIONS)
        return options(header.spec);
    char real[4096];
    std::string path = realpath(header.path.c_str(), real) ? real : header.path;
    (kind == INPUT_OBJECT ? objects_ : libraries_).push_back(path);
}

/* Lines go on behind a hyphen; "!" begins a comment. */
void Linker::options(const std::string &spec)
{
    RecordFile file;
    file.name(spec, "");
    file.fab().fab$b_fac = FAB$M_GET;
    uint32_t status = file.open();
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, spec, status, file.stv(), FACILITY_LINK);
    std::string record, line;
    while (file.get(&record) & 1) {
        line += trimmed(record.substr(0, record.find('!')));
        if (!line.empty() && line.back() == '-') {
            line.pop_back();
            continue;
        }
        if (!line.empty())
            option_line(line);
        line.clear();
    }
    if (!line.empty())
        throw link_failure(LINK_BADOPTION, line);
}

std::string unquoted(const std::string &text)
{
    return text.size() > 1 && text[0] == '"' ? text.substr(1, text.size() - 2) : text;
}

void Linker::option_line(const std::string &line)
{
    static const char *const ignored[] = {"GSMATCH", "CASE_SENSITIVE", "PSECT_ATTR", "COLLECT",
                                          "CLUSTER", "STACK",          "IOSEGMENT",  "DZRO_MIN"};
    size_t equals = line.find('='), slash = line.find('/');
    if (equals == std::string::npos || slash < equals)
        return file_option(line);
    std::string word = upper(trimmed(line.substr(0, equals))),
                value = trimmed(line.substr(equals + 1));
    auto is = [&](const char *full) {
        return word.size() >= 3 && std::string(full).compare(0, word.size(), word) == 0;
    };
    if (is("IDENTIFICATION")) {
        ident_ = unquoted(value);
        if (ident_.size() > IDENT_MAX)
            throw link_failure(LINK_BADIDENT, ident_);
    } else if (is("NAME")) {
        name_ = unquoted(value);
        if (name_.size() > IMAGE_NAME_MAX)
            throw link_failure(LINK_BADIDENT, name_);
    } else if (is("SYMBOL_VECTOR")) {
        universal_symbols(value);
    } else {
        for (const char *each : ignored)
            if (is(each))
                return;
        throw link_failure(LINK_BADOPTION, line);
    }
}

void Linker::file_option(const std::string &line)
{
    for (size_t at = 0; at < line.size();) {
        size_t comma = std::min(line.find(',', at), line.size());
        std::string item = trimmed(line.substr(at, comma - at));
        size_t slash = std::min(item.find('/'), item.size());
        std::string qualifier = upper(item.substr(slash));
        InputKind kind = INPUT_OBJECT;
        if (qualifier.size() > 1 &&
            std::string("/SHAREABLE").compare(0, qualifier.size(), qualifier) == 0)
            kind = INPUT_SHAREABLE;
        else if (qualifier.size() > 1 &&
                 std::string("/LIBRARY").compare(0, qualifier.size(), qualifier) == 0)
            kind = INPUT_LIBRARY;
        else if (!qualifier.empty())
            throw link_failure(LINK_BADOPTION, line);
        if (slash)
            input(item.substr(0, slash), kind);
        at = comma + 1;
    }
}

/* "(NAME=PROCEDURE, ALIAS/NAME=DATA)" */
void Linker::universal_symbols(const std::string &list)
{
    std::string text = list;
    if (text.size() < 2 || text[0] != '(' || text.back() != ')')
        throw link_failure(LINK_BADOPTION, list);
    text = text.substr(1, text.size() - 2);
    for (size_t at = 0; at <= text.size();) {
        size_t comma = std::min(text.find(',', at), text.size());
        std::string item = trimmed(text.substr(at, comma - at));
        size_t equals = item.find('=');
        std::string kind =
            equals == std::string::npos ? "" : upper(trimmed(item.substr(equals + 1)));
        std::string symbol = trimmed(item.substr(0, equals));
        size_t slash = symbol.find('/');
        if (slash != std::string::npos)
            symbol.erase(0, slash + 1);
        if (kind != "PROCEDURE" && kind != "DATA")
            throw link_failure(LINK_BADOPTION, item);
        vector_.push_back(symbol);
        at = comma + 1;
    }
}

std::string Linker::version_script() const
{
    std::string text = "{ global:\n";
    for (const std::string &each : vector_)
        text += "    \"" + each + "\";\n    \"" + lower(each) + "\";\n";
    return text + "  local: *;\n};\n";
}

std::vector<std::string> Linker::words(const std::string &output, const std::string &script) const
{
    std::string library = system_library();
    std::vector<std::string> all = {"c++", "-o", output};
    if (shareable_) {
        all.insert(all.end(), {"-shared", "-Wl,--version-script=" + script});
        for (const std::string &each : vector_)
            all.push_back("-Wl,-u," + lower(each));
    }
    all.push_back("-Wl,--no-undefined");
    all.insert(all.end(), objects_.begin(), objects_.end());
    all.push_back("-Wl,--start-group");
    all.insert(all.end(), libraries_.begin(), libraries_.end());
    all.push_back("-Wl,--end-group");
    all.insert(all.end(),
               {library, "-lpthread", "-Wl,-rpath," + library.substr(0, library.rfind('/'))});
    if (negated(command_, "TRACEBACK") && !has(command_, "DEBUG"))
        all.push_back("-Wl,--strip-debug");
    return all;
}

/* What ANALYZE/IMAGE would show. */
void Linker::stamp(const std::string &path)
{
    std::string text = path + ".ident";
    if (FILE *file = fopen(text.c_str(), "we")) {
        fprintf(file, "NAME=%s\nIDENT=%s\nTRACEBACK=%d\n", name_.c_str(), ident_.c_str(),
                !negated(command_, "TRACEBACK"));
        fclose(file);
        HostRun run;
        run.arguments = {"objcopy", "--add-section", ".vms_image=" + text, path};
        run_host_tools(session_, {run});
    }
    remove(text.c_str());
}

MadeFile Linker::output() const
{
    std::string name = text_of(command_, shareable_ ? "SHAREABLE" : "EXECUTABLE");
    for (const cli::ParsedValue &value : values_anywhere(command_, "SHAREABLE"))
        name = shareable_ ? value.text : name;
    return make_output(name.empty() ? first_ : name, ".EXE", FACILITY_LINK);
}

void Linker::run()
{
    std::vector<cli::ParsedValue> files = cli::entity_values(command_, "FILE");
    for (size_t i = 0; i < files.size(); ++i) {
        cli::Position at = cli::value_position(0, static_cast<int>(i));
        auto behind = [&](const char *label) {
            for (const cli::ParsedQualifier &each : command_.qualifiers_given)
                if (each.position == at &&
                    command_.qualifiers[static_cast<size_t>(each.qualifier)].label == label)
                    return true;
            return false;
        };
        input(files[i].text, behind("OPTIONS")     ? INPUT_OPTIONS
                             : behind("LIBRARY")   ? INPUT_LIBRARY
                             : behind("SHAREABLE") ? INPUT_SHAREABLE
                                                   : INPUT_OBJECT);
    }
    MadeFile made = output();
    std::string script = made.path + ".vector";
    if (FILE *file = shareable_ ? fopen(script.c_str(), "we") : nullptr) {
        fputs(version_script().c_str(), file);
        fclose(file);
    }
    HostRun run;
    run.arguments = words(made.path, script);
    if (name_.empty())
        name_ = parts_of(made.spec).name;
    bool good = run_host_tools(session_, {run})[0] == 0;
    remove(script.c_str());
    if (good)
        stamp(made.path);
    finish_output(made, good);
    if (!good)
        throw link_failure(LINK_ERRORS, made.spec);
}

void link_verb(Session &session, const cli::Parsed &command)
{
    Linker(session, command).run();
}

const VerbRow rows[] = {
    {"LINK", link_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
