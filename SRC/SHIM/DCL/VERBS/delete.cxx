/*
**  delete - DELETE, PURGE
*/
#include "file_list.h"

#include "CLI/command_values.h"

#include <climsgdef.h>
#include <rms.h>
#include <starlet.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

class Eraser {
public:
    Eraser(Session &session, const cli::Parsed &command, Facility facility)
        : outcome(session), session_(session), facility_(facility), selection_(command),
          confirmation_(session, command), log_(has(command, "LOG")),
          total_(has(command, "GRAND_TOTAL")), files_(0), blocks_(0)
    {
    }
    /* Deletes it when the qualifiers want it. */
    void file(const std::string &spec);
    void finish();
    bool quit() const { return confirmation_.quit(); }
    uint64_t files() const { return files_; }
    bool log() const { return log_; }
    Outcome outcome;

private:
    Session &session_;
    Facility facility_;
    Selection selection_;
    Confirmation confirmation_;
    bool log_, total_;
    uint64_t files_, blocks_;
};

uint32_t erase(const std::string &spec, uint32_t *stv)
{
    LowBlock name(NAM$C_MAXRSS + 1);
    Low<FAB> fab;
    *fab = cc$rms_fab;
    spec.copy(name.as<char>(), NAM$C_MAXRSS);
    fab->fab$l_fna = name.as<char>();
    fab->fab$b_fns = static_cast<unsigned char>(std::min<size_t>(spec.size(), NAM$C_MAXRSS));
    uint32_t status = static_cast<uint32_t>(sys$erase(fab.get()));
    *stv = fab->fab$l_stv;
    return status;
}

void Eraser::file(const std::string &spec)
{
    FileHeader header;
    if (selection_.excluded(spec) || !(read_header(spec, &header) & 1) || !selection_.wants(header))
        return;
    if (!confirmation_.asks((facility_ == FACILITY_PURGE ? "PURGE " : "DELETE ") + spec))
        return;
    uint32_t stv = 0, status = erase(spec, &stv);
    if (!(status & 1)) {
        Failure failure = file_failure(SHARED_FILNOTDEL, spec, status, stv, facility_);
        failure.set_severity(STS$K_WARNING);
        return outcome.fail(failure);
    }
    ++files_;
    blocks_ += header.blocks_used();
    SharedMessage message = facility_ == FACILITY_PURGE ? SHARED_FILPURG : SHARED_FILDEL;
    if (log_)
        session_.inform(shared_code(facility_, message, 3),
                        {spec, number_text(header.blocks_used())});
}

void Eraser::finish()
{
    if (total_ || (log_ && files_ > 1))
        session_.inform(shared_code(facility_, SHARED_TOTAL, 3),
                        {number_text(files_), number_text(blocks_)});
    outcome.finish();
}

Failure search_failure(const FileList &files, Facility facility)
{
    Failure failure =
        file_failure(SHARED_SEARCHFAIL, files.expanded(), files.status(), files.stv(), facility);
    failure.set_severity(STS$K_WARNING);
    return failure;
}

/* ---- DELETE ---- */

/* Files first, then the directories that they were in, from below. */
void delete_tree(Eraser *eraser, FileList *files)
{
    std::string found;
    std::vector<std::string> directories, others;
    for (FileList::Answer answer; (answer = files->next(&found)) != FileList::END;)
        if (answer == FileList::FAILED)
            eraser->outcome.fail(search_failure(*files, FACILITY_DELETE));
        else
            (parts_of(found).type == ".DIR" ? directories : others).push_back(found);
    for (const std::string &each : others)
        if (!eraser->quit())
            eraser->file(each);
    for (size_t i = directories.size(); i-- > 0 && !eraser->quit();)
        eraser->file(directories[i]);
}

void delete_verb(Session &session, const cli::Parsed &command)
{
    std::vector<std::string> specs = texts_of(command, "FILE");
    Eraser eraser(session, command, FACILITY_DELETE);
    FileList files(specs, "");
    std::string found;
    for (const std::string &spec : specs)
        if (spec.find(';') == std::string::npos && !has(command, "TREE")) {
            Failure failure(shared_code(FACILITY_DELETE, SHARED_DELVER, 2));
            failure.status |= STS$M_INHIB_MSG;
            throw failure;
        }
    if (has(command, "TREE"))
        delete_tree(&eraser, &files);
    else
        for (FileList::Answer answer;
             !eraser.quit() && (answer = files.next(&found)) != FileList::END;)
            if (answer == FileList::FAILED)
                eraser.outcome.fail(search_failure(files, FACILITY_DELETE));
            else
                eraser.file(found);
    eraser.finish();
}

/* ---- PURGE ---- */

void purge_verb(Session &session, const cli::Parsed &command)
{
    int32_t keep = 1;
    if (has(command, "KEEP") && (!cli::number_value(text_of(command, "KEEP"), &keep) || keep < 1))
        throw Failure(CLI$_IVVALU, text_of(command, "KEEP"));
    std::vector<std::string> specs = texts_of(command, "INPUT");
    for (const std::string &spec : specs)
        if (!parts_of(spec).version.empty()) {
            Failure failure(shared_code(FACILITY_PURGE, SHARED_PURGEVER, 2));
            failure.status |= STS$M_INHIB_MSG;
            throw failure;
        }
    Eraser eraser(session, command, FACILITY_PURGE);
    FileList files(specs, "*.*;*");
    std::string found, same;
    int32_t versions = 0;
    for (FileList::Answer answer;
         !eraser.quit() && (answer = files.next(&found)) != FileList::END;) {
        if (answer == FileList::FAILED) {
            if (files.status() != RMS$_FNF)
                eraser.outcome.fail(search_failure(files, FACILITY_PURGE));
            continue;
        }
        std::string name = found.substr(0, found.rfind(';'));
        versions = name == same ? versions + 1 : 1;
        same = name;
        if (versions > keep)
            eraser.file(found);
    }
    if (!eraser.files() && eraser.log() && eraser.outcome.good()) {
        std::string what = files.expanded();
        session.inform(shared_code(FACILITY_PURGE, SHARED_NOFILPURG, 3),
                       {what.substr(0, what.rfind(';'))});
    }
    eraser.finish();
}

const VerbRow rows[] = {
    {"DELETE", delete_verb, IMAGE},
    {"PURGE", purge_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
