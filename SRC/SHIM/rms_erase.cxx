/*
**  rms_erase - $ERASE, $RENAME; making directories
**
**  $RENAME flushes the file (its journal knows it by the old name only), is one rename of the host
**  that replaces nothing, and flushes the new directory; the host's journal commits the old entry's
**  removal with it.  $ERASE flushes nothing: a
**  message deleted twice is harmless.
*/
#include "rms_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <starlet.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

const unsigned RENAME_ATTEMPTS = 100;
const char *const SUFFIXES[] = {"", "-wal", "-shm"};

/* What its removal takes along: an indexed file's records; a mail file's logs, which somebody may
   have open.  RMS did not make a mail file, so it never has the attributes of plain blocks. */
bool is_indexed(const Attributes &attributes)
{
    return attributes.org == FAB$C_IDX;
}

bool may_have_logs(const Attributes &attributes)
{
    return attributes.rfm != FAB$C_UDF;
}

uint32_t delete_allowed(const std::string &path, Attributes *found = nullptr)
{
    int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    uint32_t stv;
    if (fd < 0)
        return errno == ELOOP ? static_cast<uint32_t>(RMS$_NORMAL)
                              : file_error(errno, RMS$_ACC, &stv);
    Attributes attributes;
    read_attributes(fd, path, &attributes);
    if (found)
        *found = attributes;
    uint32_t status = !permitted(attributes, ACCESS_DELETE) ? RMS$_PRV
                      : share_denied(fd)                    ? RMS$_FLK
                                                            : RMS$_NORMAL;
    close(fd);
    return status;
}

uint32_t remove_entry(const std::string &directory, const std::string &host,
                      const Attributes &attributes, uint32_t *stv)
{
    std::string path = directory + "/" + host;
    if (unlink(path.c_str()) != 0)
        return file_error(errno, RMS$_RMV, stv);
    drop_attributes(path);
    for (const char *suffix : {"-wal", "-shm"})
        if (may_have_logs(attributes))
            unlink((path + suffix).c_str());
    for (const char *suffix : SUFFIXES)
        if (!is_indexed(attributes) ||
            unlink((indexed_path(directory, host) + suffix).c_str()) != 0)
            break;
    return RMS$_NORMAL;
}

/* Only hints of versions are left in it. */
bool remove_hints(const std::string &path)
{
    DIR *directory = opendir(path.c_str());
    if (!directory)
        return false;
    bool empty = true;
    while (const dirent *entry = readdir(directory))
        if (entry->d_name[0] != '.')
            empty = false;
    rewinddir(directory);
    while (const dirent *entry = empty ? readdir(directory) : nullptr)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(directory), entry->d_name, 0);
    closedir(directory);
    return empty;
}

uint32_t erase_directory(const std::string &path, uint32_t *stv)
{
    if (!directory_permitted(path, ACCESS_DELETE))
        return *stv = SS$_NOPRIV, RMS$_PRV;
    if (remove_hints(path) && rmdir(path.c_str()) == 0)
        return RMS$_NORMAL;
    *stv = SS$_DIRNOTEMPTY;
    return RMS$_MKD;
}

void move_indexed(const std::string &from, const std::string &to)
{
    for (const char *suffix : SUFFIXES)
        rename((from + suffix).c_str(), (to + suffix).c_str());
}

uint32_t erase(FAB *fab, uint32_t *stv)
{
    NAM *nam = fab->fab$l_nam;
    std::vector<Spec> candidates;
    uint32_t status = fab_candidates(fab, nam ? nam->nam$l_rlf : 0, &candidates);
    for (size_t i = 0; status & 1 && i < candidates.size(); ++i) {
        Spec &spec = candidates[i];
        if (spec.wild())
            return RMS$_WLD;
        FileName file;
        uint32_t found = find_version(spec, &file);
        if (!(found & 1)) {
            if (i + 1 == candidates.size())
                return found;
            continue;
        }
        spec.type = file.type;
        spec.version = ";" + std::to_string(file.version);
        status = erase_file(spec, file, stv);
        if (status & 1 && nam) {
            fill_expanded(nam, spec);
            return fill_resultant(nam, spec);
        }
        return status;
    }
    return status;
}

/* ---- rename ---- */

bool rename_new(const std::string &from, const std::string &to)
{
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    return link(from.c_str(), to.c_str()) == 0 && unlink(from.c_str()) == 0;
}

bool flush_path(const std::string &path, int flags)
{
    int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | flags);
    bool done = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return done;
}

uint32_t move_entry(const Spec &from, const FileName &file, Spec *to, uint32_t *stv)
{
    std::string old_directory = from.host_directory(), directory = to->host_directory();
    std::string leaf = to->name + to->type;
    if (!is_host_directory(directory))
        return RMS$_DNF;
    if (!directory_permitted(directory, ACCESS_WRITE))
        return *stv = SS$_NOPRIV, RMS$_PRV;
    bool given = to->version.size() > 1 && to->version != ";0";
    unsigned version = given ? static_cast<unsigned>(std::stoul(to->version.substr(1)))
                             : highest_version(directory, leaf) + 1;
    std::string old_path = old_directory + "/" + file.host, host;
    struct stat about;
    if (lstat(old_path.c_str(), &about) == 0 && S_ISREG(about.st_mode) && !flush_path(old_path, 0))
        return RMS$_WER;
    for (unsigned attempt = 0;; ++attempt) {
        if (version > VERSION_MAX)
            return RMS$_VER;
        host = file.directory ? to->name : leaf + ";" + std::to_string(version);
        if (rename_new(old_path, directory + "/" + host))
            break;
        if (errno != EEXIST)
            return file_error(errno, RMS$_ENT, stv);
        if (given || file.directory || attempt == RENAME_ATTEMPTS)
            return RMS$_FEX;
        version = std::max(version, highest_version(directory, leaf)) + 1;
    }
    note_version(directory, leaf, version);
    move_attributes(old_path, directory + "/" + host);
    move_indexed(indexed_path(old_directory, file.host), indexed_path(directory, host));
    to->version = ";" + std::to_string(version);
    return flush_path(directory, O_DIRECTORY) ? RMS$_NORMAL : RMS$_WER;
}

uint32_t old_name(const FAB *fab, Spec *spec, FileName *file)
{
    std::vector<Spec> candidates;
    uint32_t status =
        fab_candidates(fab, fab->fab$l_nam ? fab->fab$l_nam->nam$l_rlf : 0, &candidates);
    if (!(status & 1))
        return status;
    for (const Spec &candidate : candidates) {
        if (candidate.wild())
            return RMS$_WLD;
        status = find_version(candidate, file);
        if (status & 1) {
            *spec = candidate;
            spec->type = file->type;
            spec->version = ";" + std::to_string(file->version);
            break;
        }
    }
    return status;
}

uint32_t rename_file(FAB *old_fab, FAB *new_fab, uint32_t *stv)
{
    Spec from;
    FileName file;
    uint32_t status = old_name(old_fab, &from, &file);
    if (status & 1 && !file.directory)
        status = delete_allowed(from.host_directory() + "/" + file.host);
    if (!(status & 1))
        return status;
    ExpandInput input;
    input.text.assign(new_fab->fab$l_fna ? new_fab->fab$l_fna : "", new_fab->fab$b_fns);
    if (new_fab->fab$l_dna)
        input.defaults.assign(new_fab->fab$l_dna, new_fab->fab$b_dns);
    input.related = from.text(false);
    std::vector<Spec> candidates;
    status = expand(input, &candidates);
    if (!(status & 1))
        return status;
    Spec &to = candidates.front();
    if (to.wild())
        return RMS$_WLD;
    if (to.type.empty())
        to.type = ".";
    status = move_entry(from, file, &to, stv);
    if (status & 1 && old_fab->fab$l_nam)
        fill_resultant(old_fab->fab$l_nam, from);
    if (status & 1 && new_fab->fab$l_nam) {
        fill_expanded(new_fab->fab$l_nam, to);
        fill_resultant(new_fab->fab$l_nam, to);
    }
    return status;
}

} // namespace

uint32_t erase_file(const Spec &spec, const FileName &file, uint32_t *stv)
{
    std::string directory = spec.host_directory(), path = directory + "/" + file.host;
    if (file.directory)
        return erase_directory(path, stv);
    Attributes attributes = default_attributes();
    uint32_t status = delete_allowed(path, &attributes);
    if (!(status & 1))
        return *stv = status == RMS$_PRV ? SS$_NOPRIV : 0, status;
    return remove_entry(directory, file.host, attributes, stv);
}

uint32_t erase_open(File &file, uint32_t *stv)
{
    if (!permitted(file.attributes, ACCESS_DELETE))
        return *stv = SS$_NOPRIV, RMS$_PRV;
    bool alone = !(file.shr & ~FAB$M_NIL) || (file.shr & FAB$M_NIL);
    if (!alone && share_denied(file.fd))
        return RMS$_FLK;
    file.indexed.reset();
    return remove_entry(file.directory, file.host, file.attributes, stv);
}

uint32_t make_directories(const Spec &spec, uint32_t uic, uint16_t protection)
{
    uint32_t result = SS$_NORMAL;
    std::string path = root();
    Directory whole = spec.root;
    whole.insert(whole.end(), spec.directory.begin(), spec.directory.end());
    for (const std::string &element : whole) {
        std::string parent = path;
        path += "/" + element;
        if (is_host_directory(path))
            continue;
        uint32_t stv;
        if (!directory_permitted(parent, ACCESS_WRITE))
            return RMS$_PRV;
        if (mkdir(path.c_str(), 0770) != 0 && errno != EEXIST)
            return file_error(errno, RMS$_CRE, &stv);
        Attributes attributes = default_attributes();
        attributes.layout = 1;
        attributes.uic = uic;
        attributes.protection = protection;
        attributes.created = now();
        write_attributes(-1, path, attributes);
        if (unsigned limit = version_limit(parent))
            set_version_limit(path, limit);
        result = SS$_CREATED;
    }
    return result;
}

} // namespace rms
} // namespace shim

using namespace shim::rms;

extern "C" int sys$erase(void *block)
{
    SHIM_SERVICE("sys$erase");
    FAB *fab = static_cast<FAB *>(block);
    uint32_t status = check_fab(fab), stv = 0;
    if (!(status & 1))
        return static_cast<int>(status);
    if (file_of(fab))
        return finish_fab(fab, RMS$_IFI);
    status = erase(fab, &stv);
    return finish_fab(fab, status, stv);
}

extern "C" int sys$rename(void *oldfab, void *, void *, void *newfab)
{
    SHIM_SERVICE("sys$rename");
    FAB *from = static_cast<FAB *>(oldfab), *to = static_cast<FAB *>(newfab);
    uint32_t status = check_fab(from), stv = 0;
    if (status & 1)
        status = check_fab(to);
    if (!(status & 1))
        return static_cast<int>(status);
    if (file_of(from) || file_of(to))
        return finish_fab(from, RMS$_IFI);
    status = rename_file(from, to, &stv);
    return finish_fab(from, status, stv);
}
