/*
**  rms_open - $OPEN, $CREATE, $CLOSE, $DISPLAY, $EXTEND
**
**  A new file is made under its final name, exclusively, so that two creators get two versions.
**  The host holds exactly the bytes written; nothing is flushed here (starlet_rms.h tells what is).
*/
#include "rms_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <prvdef.h>
#include <starlet.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

const unsigned WRITING = FAB$M_PUT | FAB$M_UPD | FAB$M_DEL | FAB$M_TRN;
const unsigned CREATE_ATTEMPTS = 100;
const unsigned ALLOCATE_MIN = 128; /* blocks: smaller requests are left to the writes */

struct Answer {
    uint32_t status, stv;
};

void set_access(const FAB *fab, bool creating, File *file)
{
    file->fac = fab->fab$b_fac;
    if (!(file->fac & (WRITING | FAB$M_GET)))
        file->fac |= creating ? FAB$M_PUT : FAB$M_GET;
    file->shr = fab->fab$b_shr;
    if (!file->shr && !(file->fac & WRITING))
        file->shr = FAB$M_SHRGET;
}

/* ---- open ---- */

Answer open_found(const FAB *fab, File &file, bool creating)
{
    Answer answer = {RMS$_NORMAL, 0};
    set_access(fab, creating, &file);
    bool null = file.spec.is_null();
    std::string path = null ? "/dev/null" : file.path();
    int flags = (file.writes() ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW;
    file.fd = ::open(path.c_str(), flags);
    if (file.fd < 0) {
        answer.status = file_error(errno, RMS$_ACC, &answer.stv);
        return answer;
    }
    if (null) {
        file.attributes = default_attributes();
        return answer;
    }
    read_attributes(file.fd, path, &file.attributes);
    unsigned wanted = (file.writes() ? ACCESS_WRITE : 0) |
                      (file.fac & FAB$M_GET ? ACCESS_READ : 0);
    if (file.fac & FAB$M_EXE)
        wanted = ACCESS_EXECUTE;
    if (!permitted(file.attributes, wanted))
        return {RMS$_PRV, SS$_NOPRIV};
    if (!share_lock(file.fd, file.fac, file.shr))
        return {RMS$_FLK, 0};
    if (file.attributes.org == FAB$C_IDX && !(file.fac & FAB$M_BIO))
        answer.status = indexed_open(file, fab, &answer.stv);
    return answer;
}

/* A specification with a version names one file, which needs no look at the others. */
bool open_numbered(const FAB *fab, File &file, bool creating, Answer *answer)
{
    Spec &spec = file.spec;
    int version = spec.version.size() < 2 ? 0 : atoi(spec.version.c_str() + 1);
    if (version <= 0 || spec.type.empty() || spec.type == ".DIR")
        return false;
    file.directory = spec.host_directory();
    spec.version = ";" + std::to_string(version);
    file.host = spec.name + spec.type + spec.version;
    *answer = open_found(fab, file, creating);
    return answer->status != RMS$_FNF && answer->status != RMS$_DNF;
}

/* The first candidate where the file is. */
Answer find_and_open(const FAB *fab, const std::vector<Spec> &candidates, File &file, bool creating)
{
    Answer answer = {RMS$_FNF, 0};
    for (const Spec &candidate : candidates) {
        if (candidate.wild())
            return {RMS$_WLD, 0};
        file.spec = candidate;
        if (candidate.is_null())
            return open_found(fab, file, creating);
        if (candidate.name.empty() && candidate.type.empty())
            return {RMS$_FNM, 0};
        if (open_numbered(fab, file, creating, &answer))
            return answer;
        FileName found;
        answer = {find_version(candidate, &found), 0};
        if (!(answer.status & 1))
            continue;
        if (found.directory)
            return {RMS$_ACC, SS$_FILACCERR};
        file.directory = candidate.host_directory();
        file.host = found.host;
        file.spec.type = found.type;
        file.spec.version = ";" + std::to_string(found.version);
        return open_found(fab, file, creating);
    }
    return answer;
}

/* ---- create ---- */

uint8_t storage_form(const Attributes &attributes, const FAB *fab)
{
    if (fab->fab$b_fac & FAB$M_BIO)
        return FORM_RAW;
    if (attributes.rfm == FAB$C_STMLF)
        return FORM_TEXT;
    if (attributes.rfm == FAB$C_VAR)
        return attributes.rat & FAB$M_CR ? FORM_TEXT : FORM_COUNTED;
    if (attributes.rfm != FAB$C_VFC)
        return FORM_RAW;
    return attributes.rat & FAB$M_PRN && attributes.fsz == 2 ? FORM_TEXT : FORM_COUNTED;
}

uint32_t new_attributes(const FAB *fab, Attributes *attributes)
{
    *attributes = Attributes();
    attributes->layout = 1;
    attributes->org = fab->fab$b_org;
    attributes->rfm = fab->fab$b_rfm;
    attributes->rat = fab->fab$b_rat;
    attributes->mrs = fab->fab$w_mrs;
    attributes->fsz = fab->fab$b_rfm == FAB$C_VFC && !fab->fab$b_fsz ? 2 : fab->fab$b_fsz;
    attributes->protection = default_protection();
    attributes->created = now();
    attributes->revision = 1;
    attributes->form = storage_form(*attributes, fab);
    for (const XABHEAD *xab = static_cast<const XABHEAD *>(fab->fab$l_xab); xab;
         xab = static_cast<const XABHEAD *>(xab->xab$l_nxt)) {
        if (xab->xab$b_cod == XAB$C_PRO) {
            const XABPRO *pro = reinterpret_cast<const XABPRO *>(xab);
            if (pro->xab$w_pro != 0xffff)
                attributes->protection = pro->xab$w_pro;
            attributes->uic = pro->xab$l_uic;
        } else if (xab->xab$b_cod == XAB$C_DAT) {
            uint64_t date = reinterpret_cast<const XABDAT *>(xab)->xab$q_cdt.gen64$q_quadword;
            attributes->created = date ? date : attributes->created;
        }
    }
    uint32_t own = self().uic;
    if (!attributes->uic)
        attributes->uic = own;
    if (attributes->uic != own && !privileged(PRV$M_SYSPRV | PRV$M_BYPASS))
        return RMS$_PRV;
    if (attributes->org != FAB$C_SEQ && attributes->org != FAB$C_IDX)
        return RMS$_ORG;
    if (attributes->rfm > FAB$C_STMCR)
        return RMS$_RFM;
    return attributes->rfm == FAB$C_FIX && !attributes->mrs ? RMS$_MRS : RMS$_NORMAL;
}

/* A file of the next free version, or of the version asked for. */
Answer make_entry(const FAB *fab, File &file)
{
    Spec &spec = file.spec;
    Answer answer = {RMS$_NORMAL, 0};
    if (int limited = disk_limit(file.directory, 1)) {
        answer.status = file_error(limited, RMS$_CRE, &answer.stv);
        return answer;
    }
    std::string leaf = spec.name + spec.type;
    bool given = spec.version.size() > 1 && spec.version != ";0";
    unsigned version = given ? static_cast<unsigned>(atoi(spec.version.c_str() + 1))
                             : highest_version(file.directory, leaf) + 1;
    for (unsigned attempt = 0; attempt < CREATE_ATTEMPTS && version <= VERSION_MAX; ++attempt) {
        file.host = leaf + ";" + std::to_string(version);
        file.fd = ::open(file.path().c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
        if (file.fd >= 0) {
            file.fresh = true;
            spec.version = ";" + std::to_string(version);
            note_version(file.directory, leaf, version);
            return answer;
        }
        if (errno == ENOENT)
            return {RMS$_DNF, 0};
        if (errno != EEXIST) {
            answer.status = file_error(errno, RMS$_CRE, &answer.stv);
            return answer;
        }
        if (given && !(fab->fab$l_fop & FAB$M_SUP))
            return {RMS$_FEX, 0};
        if (given) {
            answer.status = RMS$_SUPERSEDE;
            FileName old = {spec.name, spec.type, version, false, file.host};
            uint32_t status = erase_file(spec, old, &answer.stv);
            if (!(status & 1))
                return {status, answer.stv};
        } else {
            version = std::max(version, highest_version(file.directory, leaf)) + 1;
        }
    }
    return {static_cast<uint32_t>(version > VERSION_MAX ? RMS$_VER : RMS$_CRE), 0};
}

Answer allocate(const FAB *fab, File &file)
{
    Answer answer = {RMS$_NORMAL, 0};
    if (fab->fab$l_alq < ALLOCATE_MIN)
        return answer;
    uint64_t size = static_cast<uint64_t>(fab->fab$l_alq) * BLOCK;
    int error = disk_limit(file.directory, size);
    if (!error && fallocate(file.fd, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size)) != 0)
        error = errno == EOPNOTSUPP ? 0 : errno;
    if (error)
        answer.status = file_error(error, RMS$_EXT, &answer.stv);
    return answer;
}

Answer set_up_new(const FAB *fab, File &file)
{
    if (!write_attributes(file.fd, file.path(), file.attributes)) {
        Answer answer = {0, 0};
        answer.status = file_error(errno, RMS$_CRE, &answer.stv);
        return answer;
    }
    if (!share_lock(file.fd, file.fac, file.shr))
        return {RMS$_FLK, 0};
    Answer answer = allocate(fab, file);
    if (answer.status & 1 && file.attributes.org == FAB$C_IDX)
        answer.status = indexed_create(file, fab, &answer.stv);
    return answer;
}

/* The directory's version limit: the oldest versions go. */
uint32_t purge_versions(const File &file)
{
    unsigned limit = version_limit(file.directory), kept = 0;
    std::vector<FileName> all;
    uint32_t status = RMS$_NORMAL, stv;
    if (!limit || !(list_directory(file.directory, &all) & 1))
        return status;
    for (const FileName &other : all)
        if (other.name == file.spec.name && other.type == file.spec.type && !other.directory &&
            ++kept > limit && erase_file(file.spec, other, &stv) & 1)
            status = RMS$_FILEPURGED;
    return status;
}

Answer create_new(const FAB *fab, const Spec &spec, File &file)
{
    file.spec = spec;
    if (spec.wild())
        return {RMS$_WLD, 0};
    if (spec.is_null())
        return open_found(fab, file, true);
    if (spec.name.empty() && spec.type.empty())
        return {RMS$_FNM, 0};
    if (spec.type.empty())
        file.spec.type = ".";
    file.directory = spec.host_directory();
    uint32_t status = new_attributes(fab, &file.attributes);
    if (!(status & 1))
        return {status, 0};
    set_access(fab, true, &file);
    if (!directory_permitted(file.directory, ACCESS_WRITE))
        return {RMS$_PRV, SS$_NOPRIV};
    Answer made = make_entry(fab, file);
    if (!(made.status & 1))
        return made;
    Answer answer = set_up_new(fab, file);
    if (!(answer.status & 1)) {
        unlink(file.path().c_str());
        drop_attributes(file.path());
        return answer;
    }
    if (made.status == RMS$_NORMAL && atoi(file.spec.version.c_str() + 1) > 1)
        made.status = purge_versions(file);
    return made;
}

Answer enter(FAB *fab, std::unique_ptr<File> &file, Answer answer)
{
    if (!(answer.status & 1))
        return answer;
    file->fab = fab;
    file->erase_at_close = (fab->fab$l_fop & (FAB$M_DLT | FAB$M_TMD)) != 0;
    if (!add_file(file.get()))
        return {RMS$_DME, 0};
    fab->fab$w_ifi = file->ifi;
    fab->fab$b_fac = static_cast<unsigned char>(file->fac);
    describe(*file, fab);
    file.release();
    return answer;
}

/* The expanded name is there, also when the file is not. */
uint32_t candidates_of(FAB *fab, std::vector<Spec> *candidates)
{
    NAM *nam = fab->fab$l_nam;
    uint32_t status = fab_candidates(fab, nam ? nam->nam$l_rlf : 0, candidates);
    if ((status & 1) && nam)
        fill_expanded(nam, candidates->front());
    return status;
}

/* True: the name is that of a process-permanent file, and *answer says whether it is open. */
bool open_permanent(FAB *fab, std::unique_ptr<File> &file, bool creating, Answer *answer)
{
    if (!fab->fab$l_fna || !fab->fab$b_fns)
        return false;
    unsigned number = permanent_file(std::string(fab->fab$l_fna, fab->fab$b_fns));
    if (!number)
        return false;
    *answer = {RMS$_NORMAL, 0};
    set_access(fab, creating, file.get());
    answer->status = permanent_open(number, *file, &answer->stv);
    *answer = enter(fab, file, *answer);
    return true;
}

Answer do_open(FAB *fab)
{
    std::vector<Spec> candidates;
    std::unique_ptr<File> file(new File);
    Answer permanent;
    if (open_permanent(fab, file, false, &permanent))
        return permanent;
    uint32_t status = candidates_of(fab, &candidates);
    if (!(status & 1))
        return {status, 0};
    return enter(fab, file, find_and_open(fab, candidates, *file, false));
}

Answer do_create(FAB *fab)
{
    std::vector<Spec> candidates;
    std::unique_ptr<File> file(new File);
    Answer permanent;
    if (open_permanent(fab, file, true, &permanent))
        return permanent;
    uint32_t status = candidates_of(fab, &candidates);
    if (!(status & 1))
        return {status, 0};
    if (fab->fab$l_fop & FAB$M_CIF) {
        Answer answer = find_and_open(fab, candidates, *file, true);
        if (answer.status != RMS$_FNF)
            return enter(fab, file, answer);
        file.reset(new File);
    }
    Answer answer = create_new(fab, candidates.front(), *file);
    if (answer.status == RMS$_NORMAL && (fab->fab$l_fop & FAB$M_CIF))
        answer.status = RMS$_CREATED;
    return enter(fab, file, answer);
}

/* ---- close ---- */

/* Owner and protection that $CLOSE is to leave. */
uint32_t change_protection(const FAB *fab, File &file)
{
    for (const XABHEAD *xab = static_cast<const XABHEAD *>(fab->fab$l_xab); xab;
         xab = static_cast<const XABHEAD *>(xab->xab$l_nxt)) {
        const XABPRO *pro = reinterpret_cast<const XABPRO *>(xab);
        if (xab->xab$b_cod != XAB$C_PRO || !file.writes() || pro->xab$w_pro == 0xffff ||
            (pro->xab$w_pro == file.attributes.protection && pro->xab$l_uic == file.attributes.uic))
            continue;
        bool owner = self().uic == file.attributes.uic && pro->xab$l_uic == file.attributes.uic;
        if (!owner && !privileged(PRV$M_SYSPRV | PRV$M_BYPASS))
            return RMS$_PRV;
        Attributes changed = file.attributes.layout ? file.attributes : default_attributes();
        changed.layout = 1;
        changed.protection = pro->xab$w_pro;
        changed.uic = pro->xab$l_uic;
        if (!write_attributes(file.fd, file.path(), changed))
            return RMS$_ATW;
    }
    return RMS$_NORMAL;
}

Answer do_close(FAB *fab)
{
    std::unique_ptr<File> file(file_of(fab));
    if (!file)
        return {RMS$_IFI, 0};
    Answer answer = {RMS$_NORMAL, 0};
    const bool erase = file->erase_at_close || (fab->fab$l_fop & FAB$M_DLT);
    for (Stream *stream : file->streams) {
        Answer written = {RMS$_NORMAL, 0};
        written.status = end_flush(*stream, !erase, &written.stv);
        if (written.status & 1)
            written.status = write_out(*stream, &written.stv);
        stream->rab->rab$w_isi = 0;
        if (!(written.status & 1))
            answer = written;
    }
    if (answer.status & 1)
        answer.status = change_protection(fab, *file);
    fab->fab$w_ifi = 0;
    if (erase && !file->spec.is_null())
        answer.status = erase_open(*file, &answer.stv);
    return answer;
}

Answer do_extend(FAB *fab)
{
    File *file = file_of(fab);
    if (!file)
        return {RMS$_IFI, 0};
    if (!file->writes())
        return {RMS$_FAC, 0};
    uint64_t size = file_size(*file) + static_cast<uint64_t>(fab->fab$l_alq) * BLOCK;
    int error = disk_limit(file->directory, size);
    if (!error && fallocate(file->fd, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size)) != 0)
        error = errno == EOPNOTSUPP ? 0 : errno;
    Answer answer = {RMS$_NORMAL, 0};
    if (error)
        answer.status = file_error(error, RMS$_EXT, &answer.stv);
    return answer;
}

int run(void *block, Answer (*routine)(FAB *), bool must_be_closed)
{
    FAB *fab = static_cast<FAB *>(block);
    uint32_t status = check_fab(fab);
    if (!(status & 1))
        return static_cast<int>(status);
    if (must_be_closed && file_of(fab))
        return finish_fab(fab, RMS$_IFI);
    Answer answer = routine(fab);
    return finish_fab(fab, answer.status, answer.stv);
}

Answer do_display(FAB *fab)
{
    File *file = file_of(fab);
    if (!file)
        return {RMS$_IFI, 0};
    describe(*file, fab);
    return {RMS$_NORMAL, 0};
}

} // namespace

} // namespace rms
} // namespace shim

using namespace shim::rms;

extern "C" int sys$open(void *fab)
{
    SHIM_SERVICE("sys$open");
    return run(fab, do_open, true);
}

extern "C" int sys$create(void *fab)
{
    SHIM_SERVICE("sys$create");
    return run(fab, do_create, true);
}

extern "C" int sys$close(void *fab)
{
    static shim::Service service("sys$close");
    uint32_t forced;
    const bool fails = shim::service_enter(service, &forced);
    const int status = run(fab, do_close, false); /* whatever it answers, the file is closed */
    return fails ? static_cast<int>(forced) : status;
}

extern "C" int sys$display(void *fab)
{
    SHIM_SERVICE("sys$display");
    return run(fab, do_display, false);
}

extern "C" int sys$extend(void *fab)
{
    SHIM_SERVICE("sys$extend");
    return run(fab, do_extend, false);
}
