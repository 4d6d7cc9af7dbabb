/*
**  backup - BACKUP: files to a save set and back, to other files, and compared
**
**  Which operation it is follows from where /SAVE_SET stands, /LIST and /COMPARE.  Output
**  directory: [X] all files there; [X...] with the directories that "..." of the input stood for;
**  [*...] where they were; asterisks of the name are the input's.
*/
#include "file_list.h"
#include "record_file.h"
#include "save_set.h"
#include "text_forms.h"

#include "CLI/command_values.h"
#include "system_page.h"
#include "system_text.h"

#include <cerrno>
#include <climsgdef.h>
#include <prvdef.h>
#include <rms.h>
#include <ssdef.h>
#include <starlet.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

const int32_t BLOCK_SIZE_MIN = 2048, BLOCK_SIZE_MAX = 65535;

/* The elements of "[A.B]", without those of "[000000]". */
std::vector<std::string> elements_of(const std::string &directory)
{
    std::vector<std::string> list;
    std::string text = directory.substr(1, directory.size() - 2);
    for (size_t at = 0; at <= text.size();) {
        size_t dot = std::min(text.find('.', at), text.size());
        if (dot > at && text.substr(at, dot - at) != "000000")
            list.push_back(text.substr(at, dot - at));
        at = dot + 1;
    }
    return list;
}

std::string directory_text(const std::vector<std::string> &elements)
{
    std::string text;
    for (const std::string &each : elements)
        text += (text.empty() ? "" : ".") + each;
    return "[" + (text.empty() ? "000000" : text) + "]";
}

/* How many elements of a directory specification stand before its wildcards. */
uint32_t fixed_depth(const std::string &expanded)
{
    SpecParts parts = parts_of(expanded);
    std::string directory = parts.place.substr(parts.place.find(':') + 1);
    size_t wild = directory.find("...");
    bool tree = wild != std::string::npos;
    std::vector<std::string> fixed =
        elements_of(tree ? directory.substr(0, wild) + "]" : directory);
    uint32_t depth = 0;
    while (depth < fixed.size() && fixed[depth].find_first_of("*%") == std::string::npos)
        ++depth;
    return depth;
}

class Backup {
public:
    Backup(Session &session, const cli::Parsed &command);
    void run();

private:
    Session &session_;
    const cli::Parsed &command_;
    Outcome outcome_;
    Selection selection_;
    Confirmation confirmation_;
    std::vector<std::string> inputs_, select_;
    std::string output_;
    bool log_, owner_;

    typedef void (Backup::*Sink)(SavedFile &file, const std::string &spec);
    bool set_behind(int parameter) const;
    void save();
    void add_to_set(SavedFile &file, const std::string &spec);
    void from_files(Sink sink);
    void from_set(Sink sink);
    void store(SavedFile &file, const std::string &spec);
    void compare(SavedFile &file, const std::string &spec);
    void list_entry(SavedFile &file, const std::string &spec);
    bool destination(const SavedFile &file, std::string *spec);
    bool make_place(const std::string &spec);
    bool selected(const SavedFile &file) const;
    void summary_lines(const SaveSummary &summary, const std::string &spec);
    void read_set(SaveSetReader *reader, const std::string &spec, Sink sink);
    void erase_inputs();
    void opened_badly(SharedMessage message, const std::string &spec, uint32_t sts, uint32_t stv)
    {
        outcome_.fail(file_failure(message, spec, sts, stv, FACILITY_BACKUP));
    }
    void fail(uint32_t code, const std::vector<std::string> &arguments)
    {
        Failure failure(code);
        failure.parts[0].arguments = arguments;
        failure.status |= STS$M_INHIB_MSG;
        outcome_.fail(failure);
    }

    SaveSetWriter *writer_ = nullptr;
    std::shared_ptr<Output> listing_;
    bool full_ = false;
    uint64_t files_ = 0, blocks_ = 0;
    std::vector<std::string> done_; /* /DELETE: what was saved */
};

Backup::Backup(Session &session, const cli::Parsed &command)
    : session_(session), command_(command), outcome_(session), selection_(command),
      confirmation_(session, command), inputs_(texts_of(command, "INPUT")),
      select_(texts_of(command, "SELECT")), output_(text_of(command, "OUTPUT")),
      log_(has(command, "LOG")), owner_(false)
{
    for (const char *label : {"BY_OWNER", "OWNER_UIC"})
        for (const cli::ParsedValue &value : values_anywhere(command, label))
            owner_ = owner_ || value.keyword == "ORIGINAL";
    owner_ = owner_ || has(command, "IMAGE");
    for (const char *label : {"PHYSICAL", "JOURNAL", "DATA_FORMAT"})
        if (has(command, label))
            throw Failure(SS$_UNSUPPORTED);
}

bool Backup::set_behind(int parameter) const
{
    for (const cli::ParsedQualifier &each : command_.qualifiers_given)
        if (command_.qualifiers[static_cast<size_t>(each.qualifier)].name == "SAVE_SET" &&
            each.position.parameter == parameter)
            return true;
    return false;
}

/* ---- the input: files ---- */

void Backup::from_files(Sink sink)
{
    FileList files(inputs_, "*.*;*");
    std::string found;
    uint64_t before = files_;
    for (FileList::Answer answer;
         !confirmation_.quit() && (answer = files.next(&found)) != FileList::END;) {
        FileHeader header;
        if (answer == FileList::FAILED) {
            if (files.status() == RMS$_FNF && files.wild())
                fail(BACKUP_NOFILES, {files.expanded()});
            else
                opened_badly(SHARED_OPENIN, files.expanded(), files.status(), files.stv());
            continue;
        }
        if (selection_.excluded(found) || !(read_header(found, &header) & 1) ||
            !selection_.wants(header))
            continue;
        header.spec = found;
        SavedFile file;
        RecordFile held;
        uint32_t status = RMS$_NORMAL;
        if (!header.directory && !has(command_, "IGNORE")) {
            held.name(found, "");
            held.fab().fab$b_fac = FAB$M_GET | FAB$M_BRO;
            held.fab().fab$b_shr = FAB$M_SHRGET;
            status = held.open();
            if (status == RMS$_ACC) /* a linked image */
                status = RMS$_NORMAL;
        }
        if (status & 1)
            status = load_file(header, &file);
        file.depth = fixed_depth(files.expanded());
        if (!(status & 1))
            opened_badly(SHARED_OPENIN, found, status, held.stv());
        else if (selected(file) && confirmation_.asks("BACKUP " + found))
            (this->*sink)(file, found);
    }
    if (files_ == before && outcome_.good())
        fail(BACKUP_NOFILES, {inputs_[0]});
}

/* /SELECT, for save sets mostly: "[A...]*.TXT", "X.Y" in any directory. */
bool Backup::selected(const SavedFile &file) const
{
    if (select_.empty())
        return true;
    SpecParts parts = parts_of(file.name);
    for (const std::string &each : select_) {
        SpecParts wanted = parts_of(upper(each));
        std::string place = wanted.place.substr(wanted.place.find(':') + 1);
        size_t tree = place.find("...");
        bool there = place.empty() || wild_match(place.c_str(), parts.place.c_str());
        if (tree != std::string::npos) {
            std::string top = place.substr(0, tree);
            there = top == "[" || top == "[*" || parts.place == top + "]" ||
                    parts.place.compare(0, tree + 1, top + ".") == 0;
        }
        if (there &&
            wild_match(wanted.name.empty() ? "*" : wanted.name.c_str(), parts.name.c_str()) &&
            wild_match(wanted.type.empty() ? ".*" : wanted.type.c_str(), parts.type.c_str()) &&
            (wanted.version.size() < 2 ||
             wild_match(wanted.version.c_str(), parts.version.c_str())))
            return true;
    }
    return false;
}

/* ---- the input: a save set ---- */

void Backup::read_set(SaveSetReader *reader, const std::string &spec, Sink sink)
{
    SavedFile file;
    SaveSetReader::Answer answer = SaveSetReader::END;
    while (!confirmation_.quit() && (answer = reader->next(&file)) == SaveSetReader::ENTRY) {
        std::string name = "SYS$SYSDEVICE:" + file.name;
        FileHeader header;
        header.created = file.created;
        header.revised = file.revised;
        header.attributes = file.attributes;
        if (selected(file) && !selection_.excluded(name) && selection_.wants(header) &&
            confirmation_.asks("BACKUP " + file.name))
            (this->*sink)(file, file.name);
    }
    if (answer == SaveSetReader::DAMAGED)
        fail(BACKUP_BADSAVESET, {spec, number_text(reader->at())});
}

void Backup::from_set(Sink sink)
{
    FileHeader header;
    SaveSummary summary;
    SaveSetReader reader;
    std::string expanded, path;
    uint32_t status = host_path(inputs_[0], ".BCK", true, &path, &expanded);
    if (!(status & 1)) {
        FileFinder finder;
        finder.begin(inputs_[0], ".BCK", "", NAM$M_SYNCHK);
        return opened_badly(SHARED_OPENIN, finder.expanded(), status, 0);
    }
    read_header(expanded, &header);
    if (!(readable(header) & 1))
        return opened_badly(SHARED_OPENIN, expanded, RMS$_PRV, SS$_NOPRIV);
    if (!reader.begin(path, &summary))
        return fail(BACKUP_NOTSAVESET, {expanded});
    if (listing_)
        summary_lines(summary, expanded);
    read_set(&reader, expanded, sink);
    if (listing_) {
        listing_->line("");
        listing_->line("Total of " + number_text(files_) + (files_ == 1 ? " file, " : " files, ") +
                       number_text(blocks_) + (blocks_ == 1 ? " block" : " blocks"));
        listing_->line("End of save set");
    }
}

void Backup::summary_lines(const SaveSummary &summary, const std::string &spec)
{
    char uic[32];
    snprintf(uic, sizeof uic, "[%06o,%06o]", summary.uic >> 16, summary.uic & 0xffff);
    SpecParts parts = parts_of(spec);
    const struct {
        const char *head;
        std::string text;
    } rows[] = {
        {"Save set:          ", parts.name + parts.type},
        {"Written by:        ", summary.written_by},
        {"UIC:               ", uic},
        {"Date:              ", time_text(static_cast<int64_t>(summary.date))},
        {"Command:           ", summary.command},
        {"Node name:         ", "_" + summary.node + "::"},
        {"Block size:        ", number_text(summary.block_size)},
        {"Comment:           ", summary.comment},
    };
    listing_->line("Listing of save set(s)");
    listing_->line("");
    for (const auto &row : rows)
        if (!row.text.empty())
            listing_->line(row.head + row.text);
    listing_->line("");
}

void Backup::list_entry(SavedFile &file, const std::string &spec)
{
    std::string name = spec, blocks = number_text(file.blocks());
    name.append(std::max<size_t>(1, name.size() < 52 ? 52 - name.size() : 1), ' ');
    listing_->line(name + std::string(blocks.size() < 8 ? 8 - blocks.size() : 0, ' ') + blocks +
                   "  " + time_text(static_cast<int64_t>(file.created)).substr(0, 17));
    if (full_) {
        listing_->line("    Owner: " + uic_text(file.attributes.uic) +
                       "  Revised: " + time_text(static_cast<int64_t>(file.revised)) + " (" +
                       number_text(file.attributes.revision) + ")");
        listing_->line("    Protection: (" + protection_text(file.attributes.protection) + ")");
    }
    ++files_;
    blocks_ += file.blocks();
}

/* ---- the output: a save set ---- */

void Backup::add_to_set(SavedFile &file, const std::string &spec)
{
    ++files_;
    if (!writer_->add(file)) {
        uint32_t stv = 0, status = rms::file_error(errno, RMS$_WER, &stv);
        return opened_badly(SHARED_WRITEERR, output_, status, stv);
    }
    done_.push_back(spec);
    if (log_)
        session_.inform(BACKUP_COPIED, {spec});
}

/* A save set that is not whole is deleted. */
void Backup::save()
{
    SaveSummary summary;
    int32_t size = static_cast<int32_t>(summary.block_size);
    if (has(command_, "BLOCK_SIZE") &&
        (!cli::number_value(text_of(command_, "BLOCK_SIZE"), &size) || size < BLOCK_SIZE_MIN ||
         size > BLOCK_SIZE_MAX))
        throw Failure(CLI$_IVVALU, text_of(command_, "BLOCK_SIZE"));
    summary.block_size = static_cast<uint32_t>((size + 511) / 512 * 512);
    summary.written_by = self().user;
    summary.uic = self().uic;
    summary.node = node_name();
    summary.command = command_.line;
    summary.comment = text_of(command_, "COMMENT");
    summary.date = now();
    RecordFile set;
    set.name(output_, ".BCK");
    set.fab().fab$b_fac = FAB$M_PUT;
    set.fab().fab$b_rfm = FAB$C_FIX;
    set.fab().fab$w_mrs = static_cast<unsigned short>(std::min(summary.block_size, 32256u));
    set.fab().fab$l_fop |= has(command_, "REPLACE") || has(command_, "OVERLAY") ? FAB$M_SUP : 0;
    uint32_t status = set.create();
    if (!(status & 1))
        return opened_badly(SHARED_OPENOUT, set.spec(), status, set.stv());
    output_ = set.spec();
    std::string path;
    SaveSetWriter writer;
    host_path(output_, "", true, &path, nullptr);
    writer_ = &writer;
    if (writer.begin(path, summary))
        from_files(&Backup::add_to_set);
    if (!writer.end()) {
        uint32_t stv = 0;
        status = rms::file_error(errno, RMS$_WER, &stv);
        opened_badly(SHARED_WRITEERR, output_, status, stv);
        set.fab().fab$l_fop |= FAB$M_DLT;
    }
    if (!files_)
        set.fab().fab$l_fop |= FAB$M_DLT;
    set.close();
    if (outcome_.good() && has(command_, "VERIFY") && files_) {
        std::vector<std::string> inputs = inputs_;
        inputs_.assign(1, output_);
        from_set(&Backup::compare);
        inputs_ = inputs;
    }
    erase_inputs();
}

void Backup::erase_inputs()
{
    if (!has(command_, "DELETE") || !outcome_.good())
        return;
    for (const std::string &spec : done_) {
        RecordFile file;
        file.name(spec, "");
        uint32_t status = static_cast<uint32_t>(sys$erase(&file.fab()));
        if (!(status & 1))
            opened_badly(SHARED_FILNOTDEL, spec, status, file.fab().fab$l_stv);
    }
}

/* ---- the output: files ---- */

bool Backup::destination(const SavedFile &file, std::string *spec)
{
    SpecParts in = parts_of(file.name), out;
    FileFinder finder;
    uint32_t status = finder.begin(output_, "*.*;*", "", NAM$M_SYNCHK);
    if (status & 1)
        status = output_name(output_, "SYS$SYSDEVICE:" + file.name, &out);
    if (!(status & 1))
        return opened_badly(SHARED_OPENOUT, output_, status, 0), false;
    std::string place = parts_of(finder.expanded()).place;
    size_t colon = place.find(':') + 1, tree = place.find("...");
    std::string device = place.substr(0, colon), directory = place.substr(colon);
    std::vector<std::string> was = elements_of(in.place);
    if (directory == "[*...]" || directory == "[*]") {
        directory = directory_text(was);
    } else if (tree != std::string::npos) {
        std::vector<std::string> to = elements_of(place.substr(colon, tree - colon) + "]");
        for (size_t i = std::min<size_t>(file.depth, was.size()); i < was.size(); ++i)
            to.push_back(was[i]);
        directory = directory_text(to);
    }
    std::string version = parts_of(output_).version.size() > 1 ? out.version : in.version;
    if (has(command_, "NEW_VERSION"))
        version.clear();
    *spec = device + directory + out.name + out.type + version;
    return true;
}

bool Backup::make_place(const std::string &spec)
{
    std::string place = parts_of(spec).place, path;
    if (host_path(place, "", true, &path, nullptr) & 1)
        return true;
    rms::ExpandInput input;
    std::vector<rms::Spec> candidates;
    input.text = place;
    uint32_t status = rms::expand(input, &candidates);
    if (status & 1)
        status = rms::make_directories(candidates.front(), self().uic, rms::default_protection());
    if (!(status & 1))
        return opened_badly(SHARED_OPENOUT, place, status, 0), false;
    if (log_)
        session_.inform(BACKUP_CREDIR, {place});
    return true;
}

void Backup::store(SavedFile &file, const std::string &)
{
    std::string spec, path, made;
    uint32_t stv = 0, status = RMS$_NORMAL;
    ++files_;
    if (!destination(file, &spec) || !make_place(spec))
        return;
    if (file.directory) { /* the directory of files that are there, or an empty one */
        SpecParts parts = parts_of(spec);
        std::string below = parts.place.substr(0, parts.place.size() - 1) + "." + parts.name + "]";
        size_t root = below.find("[000000.");
        if (root != std::string::npos)
            below.erase(root + 1, 7);
        if (!make_place(below + "X.Y;1") || !(host_path(below, "", true, &path, nullptr) & 1))
            return;
        store_file(file, path, owner_, &stv);
        return;
    }
    RecordFile out;
    out.name(spec, "");
    out.fab().fab$b_fac = FAB$M_PUT;
    out.fab().fab$l_fop |= has(command_, "REPLACE") || has(command_, "OVERLAY") ? FAB$M_SUP : 0;
    status = out.create();
    made = out.spec();
    if (!(status & 1))
        return opened_badly(SHARED_OPENOUT, made, status, out.stv());
    status = host_path(made, "", true, &path, nullptr);
    if (status & 1)
        status = store_file(file, path, owner_, &stv);
    if (!(status & 1)) {
        opened_badly(SHARED_WRITEERR, made, status, stv);
        out.fab().fab$l_fop |= FAB$M_DLT;
    }
    out.close();
    if (status & 1 && log_)
        session_.inform(BACKUP_CREATED, {made});
}

void Backup::compare(SavedFile &file, const std::string &spec)
{
    std::string other = "SYS$SYSDEVICE:" + file.name;
    FileHeader header;
    SavedFile there;
    ++files_;
    bool given = !output_.empty() && has(command_, "COMPARE");
    if (file.directory || (given && !destination(file, &other)))
        return;
    uint32_t status = read_header(other, &header);
    if (status & 1)
        status = load_file(header, &there);
    if (!(status & 1))
        return opened_badly(SHARED_OPENIN, other, status, 0);
    if (there.contents != file.contents || there.beside != file.beside) {
        size_t at = 0, size = std::min(there.contents.size(), file.contents.size());
        while (at < size && there.contents[at] == file.contents[at])
            ++at;
        fail(BACKUP_VERIFYERR, {number_text(at / 512 + 1), other});
    } else if (log_) {
        session_.inform(BACKUP_COMPARED, {spec});
    }
}

void Backup::run()
{
    bool from_saveset = set_behind(0), to_saveset = set_behind(1);
    if (has(command_, "LIST") && output_.empty()) {
        std::string name = text_of(command_, "LIST"), spec;
        uint32_t status, stv;
        full_ = has(command_, "FULL");
        listing_ = name.empty() ? session_.output
                                : create_output(name, "BACKUP.LIS", &status, &stv, &spec);
        if (!listing_)
            throw file_failure(SHARED_OPENOUT, spec, status, stv, FACILITY_BACKUP);
        from_set(&Backup::list_entry);
    } else if (has(command_, "COMPARE") && !output_.empty()) {
        from_saveset ? from_set(&Backup::compare) : from_files(&Backup::compare);
    } else if (output_.empty()) {
        throw Failure(CLI$_INSFPRM);
    } else if (to_saveset) {
        save();
    } else if (from_saveset) {
        from_set(&Backup::store);
    } else {
        from_files(&Backup::store);
    }
    outcome_.finish();
}

void backup_verb(Session &session, const cli::Parsed &command)
{
    Backup(session, command).run();
}

const VerbRow rows[] = {
    {"BACKUP", backup_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
