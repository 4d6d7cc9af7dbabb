/*
**  copy - COPY, APPEND
**
**  A file is copied as it is, with its format, its creation date and what an indexed file has
**  beside it.  Further files into the same output, and APPEND, go by records; then both must have
**  the same format.  An input that others may write is refused, as by RMS.
*/
#include "file_list.h"
#include "names.h"
#include "record_file.h"

#include <psldef.h>
#include <rms.h>
#include <starlet.h>
#include <stsdef.h>
#include <sys/stat.h>
#include <xabdatdef.h>
#include <xabprodef.h>

namespace shim {
namespace dcl {

namespace {

class Copier {
public:
    Copier(Session &session, const cli::Parsed &command, Facility facility);
    void run();

private:
    Session &session_;
    const cli::Parsed &command_;
    Facility facility_;
    Outcome outcome_;
    Selection selection_;
    Confirmation confirmation_;
    std::string output_; /* as asked for */
    bool log_, replace_, to_screen_, one_output_;
    std::string made_; /* the output that further files are appended to */
    unsigned copied_, appended_;

    bool wanted(const std::string &spec, FileHeader *header);
    void file(const std::string &spec);
    void copy(const FileHeader &from);
    void copy_into(const FileHeader &from, RecordFile &to, const std::string &spec);
    void append(const FileHeader &from);
    void show(const FileHeader &from);
    void from_terminal();
    void empty_file();
    bool create(const FileHeader &from, const SpecParts &name, RecordFile *to);
    std::string target(const SpecParts &to, const std::string &from) const;
    bool fixed_output() const;
    bool find_old_output(const std::string &first);
    void opened_badly(SharedMessage message, const std::string &spec, uint32_t sts, uint32_t stv)
    {
        outcome_.fail(file_failure(message, spec, sts, stv, facility_));
    }
    void copied(SharedMessage message, const std::string &from, const std::string &to,
                uint64_t count)
    {
        if (log_)
            session_.inform(shared_code(facility_, message, 1), {from, to, number_text(count)});
    }
};

Copier::Copier(Session &session, const cli::Parsed &command, Facility facility)
    : session_(session), command_(command), facility_(facility), outcome_(session),
      selection_(command), confirmation_(session, command), output_(text_of(command, "OUTPUT")),
      log_(has(command, "LOG")), replace_(has_anywhere(command, "REPLACE")), to_screen_(false),
      one_output_(false), copied_(0), appended_(0)
{
    uint16_t permanent = find_permanent_file(output_, PSL$C_USER);
    to_screen_ = permanent == PPF_OUTPUT || permanent == PPF_ERROR;
    one_output_ = facility == FACILITY_APPEND || has(command, "CONCATENATE") ||
                  (!negated(command, "CONCATENATE") && fixed_output());
}

/* The output has a name of its own, so that all input goes into one file. */
bool Copier::fixed_output() const
{
    FileFinder finder;
    if (!(finder.begin(output_, "", "", NAM$M_SYNCHK) & 1))
        return false;
    SpecParts parts = parts_of(finder.expanded());
    return !parts.name.empty() &&
           (parts.name + parts.type + parts.version).find('*') == std::string::npos;
}

bool Copier::wanted(const std::string &spec, FileHeader *header)
{
    if (selection_.excluded(spec))
        return false;
    uint32_t status = read_header(spec, header);
    if (!(status & 1))
        return opened_badly(SHARED_OPENIN, spec, status, 0), false;
    if (!selection_.wants(*header))
        return false;
    if (header->directory) {
        Failure failure(shared_code(facility_, SHARED_ILLDIRCOPY, STS$K_WARNING));
        failure.status |= STS$M_INHIB_MSG;
        return outcome_.fail(failure.with(spec)), false;
    }
    return confirmation_.asks((facility_ == FACILITY_APPEND ? "APPEND " : "COPY ") + spec);
}

/* Held open while it is copied, so that nobody writes to it; a linked image cannot be. */
uint32_t hold(RecordFile &file, const FileHeader &header)
{
    struct stat about;
    if (!(readable(header) & 1))
        return RMS$_PRV;
    if (lstat(header.path.c_str(), &about) == 0 && S_ISLNK(about.st_mode))
        return RMS$_NORMAL;
    file.name(header.spec, "");
    file.fab().fab$b_fac = FAB$M_GET | FAB$M_BRO;
    file.fab().fab$b_shr = FAB$M_SHRGET;
    return file.open();
}

std::string Copier::target(const SpecParts &to, const std::string &from) const
{
    std::string name = to.place + to.name + to.type, path;
    if (!to.version.empty())
        return name + to.version;
    bool there = host_path(name, "", true, &path, nullptr) & 1;
    return there && !replace_ ? name : name + parts_of(from).version;
}

bool Copier::create(const FileHeader &from, const SpecParts &name, RecordFile *to)
{
    Low<XABPRO> protection;
    Low<XABDAT> dates;
    *protection = cc$rms_xabpro;
    *dates = cc$rms_xabdat;
    protection->xab$w_pro = 0xffff;
    protection->xab$l_nxt = dates.get();
    dates->xab$q_cdt.gen64$q_quadword = from.created;
    FileHeader old;
    std::string spec = target(name, from.spec);
    bool exists = read_header(spec, &old) & 1;
    if (read_header(name.place + name.name + name.type, &old) & 1)
        protection->xab$w_pro = old.attributes.protection;
    if (has_anywhere(command_, "PROTECTION"))
        protection->xab$w_pro =
            protection_of(values_anywhere(command_, "PROTECTION"), rms::default_protection());
    if (exists && replace_ && read_header(spec, &old) & 1 && log_)
        session_.inform(shared_code(facility_, SHARED_REPLACED, 3), {old.spec});
    to->name(spec, "");
    to->fab().fab$b_fac = FAB$M_PUT | FAB$M_GET;
    to->fab().fab$b_shr = FAB$M_NIL;
    to->fab().fab$b_rfm = FAB$C_VAR;
    to->fab().fab$b_rat = FAB$M_CR;
    to->fab().fab$l_fop |= replace_ ? FAB$M_SUP : 0;
    to->fab().fab$l_xab = protection.get();
    uint32_t status = to->create();
    to->fab().fab$l_xab = nullptr;
    if (!(status & 1))
        opened_badly(SHARED_OPENOUT, to->spec(), status, to->stv());
    return status & 1;
}

void Copier::copy_into(const FileHeader &from, RecordFile &to, const std::string &spec)
{
    FileHeader made;
    uint32_t stv = 0, status = read_header(spec, &made);
    if (status & 1) {
        rms::Attributes attributes = from.attributes;
        attributes.layout = 1;
        attributes.uic = made.attributes.uic;
        attributes.protection = made.attributes.protection;
        attributes.created = from.created;
        attributes.revision = 1;
        rms::write_attributes(-1, made.path, attributes);
        status = copy_contents(from, made, &stv);
    }
    if (!(status & 1)) {
        opened_badly(SHARED_WRITEERR, spec, status, stv);
        to.fab().fab$l_fop |= FAB$M_DLT;
    }
    to.close();
    if (!(status & 1))
        return;
    ++copied_;
    copied(SHARED_COPIEDB, from.spec, spec, from.blocks_used());
}

void Copier::copy(const FileHeader &from)
{
    RecordFile in, to;
    uint32_t status = hold(in, from);
    if (!(status & 1))
        return opened_badly(SHARED_OPENIN, from.spec, status, in.stv());
    SpecParts name;
    status = output_name(output_, from.spec, &name);
    if (!(status & 1))
        return opened_badly(SHARED_OPENOUT, output_, status, 0);
    if (!create(from, name, &to))
        return;
    std::string spec = to.spec();
    made_ = one_output_ ? spec : "";
    copy_into(from, to, spec);
    FileHeader highest;
    if (!name.version.empty() && read_header(name.place + name.name + name.type, &highest) & 1 &&
        highest.spec != spec) {
        Failure failure(shared_code(facility_, SHARED_HIGHVER, STS$K_WARNING));
        failure.status |= STS$M_INHIB_MSG;
        outcome_.fail(failure.with(spec));
    }
}

bool same_format(const RecordFile &a, const RecordFile &b)
{
    return a.fab().fab$b_org == b.fab().fab$b_org && a.fab().fab$b_rfm == b.fab().fab$b_rfm &&
           a.fab().fab$b_fsz == b.fab().fab$b_fsz;
}

void Copier::append(const FileHeader &from)
{
    RecordFile in, to;
    in.name(from.spec, "");
    in.fab().fab$b_fac = FAB$M_GET;
    in.fab().fab$b_shr = FAB$M_SHRGET;
    uint32_t status = in.open();
    if (!(status & 1))
        return opened_badly(SHARED_OPENIN, from.spec, status, in.stv());
    to.name(made_, "");
    to.fab().fab$b_fac = FAB$M_GET | FAB$M_PUT;
    to.rab().rab$l_rop |= RAB$M_EOF;
    status = to.open();
    if (!(status & 1))
        return opened_badly(SHARED_OPENOUT, made_, status, to.stv());
    if (!same_format(in, to)) {
        Failure failure(shared_code(facility_, SHARED_INCOMPAT, STS$K_WARNING));
        failure.status |= STS$M_INHIB_MSG;
        return outcome_.fail(failure.with(in.spec()).with(to.spec()));
    }
    in.rab().rab$l_rhb = in.fixed_control();
    to.rab().rab$l_rhb = to.fixed_control();
    std::string record;
    uint64_t records = 0;
    while ((status = in.get(&record)) & 1 && (status = to.put(record)) & 1)
        ++records;
    if (status != RMS$_EOF)
        return opened_badly(SHARED_WRITEERR, made_, status, to.stv());
    status = to.close();
    if (!(status & 1))
        return opened_badly(SHARED_CLOSEOUT, made_, status, to.stv());
    ++appended_;
    copied(SHARED_APPENDEDR, from.spec, made_, records);
}

/* To SYS$OUTPUT. */
void Copier::show(const FileHeader &from)
{
    RecordFile in;
    in.name(from.spec, "");
    in.fab().fab$b_fac = FAB$M_GET;
    in.fab().fab$b_shr = FAB$M_SHRGET;
    uint32_t status = in.open();
    if (!(status & 1))
        return opened_badly(SHARED_OPENIN, from.spec, status, in.stv());
    std::string record;
    while (in.get(&record) & 1)
        session_.write(record);
}

void Copier::from_terminal()
{
    RecordFile to;
    FileHeader none;
    none.spec = "SYS$INPUT.;1";
    none.created = now();
    SpecParts name;
    std::string record;
    uint32_t status = output_name(output_, none.spec, &name);
    if (to_screen_) {
        while (session_.read_data("", &record))
            session_.write(record);
        return;
    }
    if (!(status & 1))
        return opened_badly(SHARED_OPENOUT, output_, status, 0);
    if (!create(none, name, &to))
        return;
    uint64_t records = 0;
    while (session_.read_data("", &record)) {
        if (!((status = to.put(record)) & 1))
            return opened_badly(SHARED_WRITEERR, to.spec(), status, to.stv());
        ++records;
    }
    std::string spec = to.spec();
    to.close();
    ++copied_;
    copied(SHARED_COPIEDR, "SYS$INPUT:", spec, records);
}

/* From NL: */
void Copier::empty_file()
{
    RecordFile to;
    FileHeader none;
    none.spec = "_NLA0:[].;1";
    none.created = now();
    SpecParts name;
    uint32_t status = output_name(output_, none.spec, &name);
    if (status & 1 && name.name.empty())
        status = RMS$_FNM;
    if (!(status & 1))
        return opened_badly(SHARED_OPENOUT, output_, status, 0);
    if (!create(none, name, &to))
        return;
    std::string spec = to.spec();
    to.close();
    ++copied_;
    copied(SHARED_COPIEDR, "_NLA0:", spec, 0);
}

void Copier::file(const std::string &spec)
{
    FileHeader header;
    if (!wanted(spec, &header))
        return;
    header.spec = spec;
    if (to_screen_)
        show(header);
    else if (!made_.empty())
        append(header);
    else
        copy(header);
}

/* The file that APPEND works on; with /NEW_VERSION it may be missing. */
bool Copier::find_old_output(const std::string &first)
{
    SpecParts name;
    FileHeader old;
    uint32_t status = output_name(output_, first, &name);
    std::string spec = name.place + name.name + name.type + name.version;
    if (status & 1)
        status = read_header(spec, &old);
    if (status & 1)
        made_ = old.spec;
    else if (status != RMS$_FNF || !has(command_, "NEW_VERSION"))
        return opened_badly(SHARED_OPENOUT, spec, status, 0), false;
    return true;
}

bool is_null_device(const std::string &spec)
{
    FileFinder finder;
    return finder.begin(spec, "", "", NAM$M_SYNCHK) & 1 &&
           finder.expanded().compare(0, 4, "_NLA") == 0;
}

void Copier::run()
{
    std::vector<std::string> inputs = texts_of(command_, "INPUT");
    uint16_t permanent = find_permanent_file(inputs[0], PSL$C_USER);
    if (inputs.size() == 1 && (permanent == PPF_INPUT || permanent == PPF_COMMAND)) {
        from_terminal();
        return outcome_.finish();
    }
    if (inputs.size() == 1 && is_null_device(inputs[0])) {
        empty_file();
        return outcome_.finish();
    }
    FileList files(inputs, "");
    std::string found;
    bool first = facility_ == FACILITY_APPEND;
    for (FileList::Answer answer;
         !confirmation_.quit() && (answer = files.next(&found)) != FileList::END;) {
        if (answer == FileList::FAILED) {
            opened_badly(SHARED_OPENIN, files.expanded(), files.status(), files.stv());
            continue;
        }
        if (first && !find_old_output(found))
            break;
        first = false;
        file(found);
    }
    if (log_ && copied_ > 1)
        session_.inform(shared_code(facility_, SHARED_NEWFILES, 1), {number_text(copied_)});
    outcome_.finish();
}

void copy_verb(Session &session, const cli::Parsed &command)
{
    Copier(session, command, FACILITY_COPY).run();
}

void append_verb(Session &session, const cli::Parsed &command)
{
    Copier(session, command, FACILITY_APPEND).run();
}

const VerbRow rows[] = {
    {"COPY", copy_verb, IMAGE},
    {"APPEND", append_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
