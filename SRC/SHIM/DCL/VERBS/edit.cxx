/*
**  edit - EDIT: an editor of the host on a file of records
**
**  The logical name SHIM$EDITOR is the host's command, else VISUAL, EDITOR, or the first of nano
**  and vi that there is.  The editor gets a copy in lines; when it has changed them a new version
**  is made, with the record format of the one before.
*/
#include "fdl.h"
#include "file_list.h"
#include "names.h"
#include "run_image.h"

#include <climsgdef.h>
#include <cstdlib>
#include <fstream>
#include <psldef.h>
#include <rms.h>
#include <ssdef.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

std::string editor_command()
{
    NameAnswer name;
    if (translate_name("LNM$DCL_LOGICAL", "SHIM$EDITOR", PSL$C_USER, true, &name) &&
        !name.values.empty())
        return name.values[0].text;
    for (const char *variable : {"VISUAL", "EDITOR"})
        if (const char *text = getenv(variable))
            return text;
    for (const char *path : {"/usr/bin/nano", "/usr/bin/vi"})
        if (access(path, X_OK) == 0)
            return path;
    throw Failure(SS$_UNSUPPORTED);
}

/* Beside nothing of VMS's: in the host's directory for such files, gone at the end. */
class Copy {
public:
    Copy() : folder_("/tmp/edit_XXXXXX")
    {
        if (!mkdtemp(&folder_[0]))
            throw Failure(SS$_DEVICEFULL);
        path_ = folder_ + "/text.txt";
    }
    ~Copy()
    {
        unlink(path_.c_str());
        rmdir(folder_.c_str());
    }
    Copy(const Copy &) = delete;
    Copy &operator=(const Copy &) = delete;
    const std::string &path() const { return path_; }
    void write(const std::vector<std::string> &lines) const
    {
        std::ofstream out(path_);
        for (const std::string &line : lines)
            out << line << '\n';
    }
    std::vector<std::string> read() const
    {
        std::vector<std::string> lines;
        std::ifstream in(path_);
        for (std::string line; std::getline(in, line);)
            lines.push_back(line);
        return lines;
    }

private:
    std::string folder_, path_;
};

/* False: there is no such file; *like: its record format. */
bool read_records(const std::string &name, std::string *spec, Fdl *like,
                  std::vector<std::string> *lines)
{
    RecordFile file;
    uint32_t status = file.open_to_read(name);
    *spec = file.spec();
    if (status == RMS$_FNF)
        return false;
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, file.spec(), status, file.stv());
    if (file.fab().fab$b_org != FAB$C_SEQ)
        throw file_failure(SHARED_OPENIN, file.spec(), RMS$_ORG, 0);
    like->rfm = file.fab().fab$b_rfm;
    like->rat = file.fab().fab$b_rat;
    like->size = file.fab().fab$b_rfm == FAB$C_FIX ? file.fab().fab$w_mrs : 0;
    like->control_size = file.fab().fab$b_fsz ? file.fab().fab$b_fsz : 2;
    std::string record;
    while ((status = file.get(&record)) & 1)
        lines->push_back(record);
    if (status != RMS$_EOF)
        throw file_failure(SHARED_READERR, file.spec(), status, file.stv());
    return true;
}

std::string write_records(const std::string &name, const std::string &defaults, const Fdl &like,
                          const std::vector<std::string> &lines)
{
    RecordFile file;
    FdlKeys attributes(like, &file);
    file.name(name, defaults);
    file.fab().fab$b_fac = FAB$M_PUT;
    uint32_t status = file.create();
    if (!(status & 1))
        throw file_failure(SHARED_OPENOUT, file.spec(), status, file.stv());
    std::string spec = file.spec();
    for (const std::string &line : lines)
        if (!((status = file.put(line)) & 1))
            throw file_failure(SHARED_WRITEERR, spec, status, file.stv());
    status = file.close();
    if (!(status & 1))
        throw file_failure(SHARED_CLOSEOUT, spec, status, file.stv());
    return spec;
}

void edit_verb(Session &session, const cli::Parsed &command)
{
    std::string name = text_of(command, "FILE"), spec;
    std::vector<std::string> before;
    Fdl like;
    if (name.empty())
        throw Failure(CLI$_INSFPRM);
    bool exists = read_records(name, &spec, &like, &before);
    if (!exists && negated(command, "CREATE"))
        throw file_failure(SHARED_OPENIN, spec, RMS$_FNF, 0);
    Copy copy;
    copy.write(before);
    ImageRun run;
    run.path = "/bin/sh";
    run.arguments = {"-c", editor_command() + " \"$1\"", "edit", copy.path()};
    run_image(session, run);
    if (!(session.status() & 1) || has(command, "READ_ONLY"))
        return;
    std::vector<std::string> after = copy.read();
    if (after == before && (exists || after.empty()) && !has(command, "OUTPUT"))
        return;
    std::string output = has(command, "OUTPUT") ? text_of(command, "OUTPUT") : name;
    std::string made =
        write_records(output, exists ? spec.substr(0, spec.rfind(';')) : "", like, after);
    session.write(made + " " + number_text(after.size()) +
                  (after.size() == 1 ? " line" : " lines"));
}

const VerbRow rows[] = {
    {"EDIT", edit_verb, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
