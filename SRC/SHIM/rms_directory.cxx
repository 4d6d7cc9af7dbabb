/*
**  rms_directory - names and versions in a directory of the host
**
**  A lookup of the highest version must not list a directory of thousands of messages.  Nearly
**  every file has one version, ;1.  Whoever makes another one leaves a hidden symbolic link
**  ".NAME.TYP;" whose text is that number; it is a hint that two lookups of names prove or
**  refute, and a refuted or missing hint costs a listing.  A file without ";n", put there by a
**  person, counts as version 1.
*/
#include "rms_spec.h"
#include "shim.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <rms.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

bool exists(const std::string &path)
{
    return faccessat(AT_FDCWD, path.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

std::string hint_path(const std::string &directory, const std::string &leaf)
{
    return directory + "/." + leaf + ";";
}

unsigned read_hint(const std::string &directory, const std::string &leaf)
{
    char text[16];
    ssize_t size = readlink(hint_path(directory, leaf).c_str(), text, sizeof text - 1);
    if (size <= 0)
        return 0;
    text[size] = 0;
    return static_cast<unsigned>(strtoul(text, nullptr, 10));
}

std::string versioned(const std::string &directory, const std::string &leaf, unsigned version)
{
    return directory + "/" + leaf + ";" + std::to_string(version);
}

bool split_leaf(const std::string &text, FileName *file)
{
    Parts parts;
    if (!(split_spec(text, &parts) & 1) || !parts.device.empty() || parts.has_directory ||
        is_wild(text) || parts.name + parts.type + parts.version != text)
        return false;
    file->name = parts.name;
    file->type = parts.type;
    file->version = 1;
    if (parts.version.size() > 1)
        file->version = static_cast<unsigned>(std::stoul(parts.version.substr(1)));
    return !parts.version.empty() || !parts.type.empty();
}

bool is_directory_entry(const std::string &directory, const dirent &entry)
{
    if (entry.d_type != DT_UNKNOWN && entry.d_type != DT_LNK)
        return entry.d_type == DT_DIR;
    return is_host_directory(directory + "/" + entry.d_name);
}

bool file_order(const FileName &a, const FileName &b)
{
    if (a.name != b.name)
        return a.name < b.name;
    return a.type != b.type ? a.type < b.type : a.version > b.version;
}

bool take_entry(const std::string &directory, const dirent &entry, FileName *file)
{
    file->host = entry.d_name;
    file->directory = is_directory_entry(directory, entry);
    if (!file->directory)
        return split_leaf(file->host, file);
    if (file->host.find_first_of(".;") != std::string::npos ||
        !split_leaf(file->host + ".DIR", file))
        return false;
    file->version = 1;
    return true;
}

/* From a listing: all versions of a leaf, highest first. */
uint32_t list_versions(const std::string &directory, const std::string &leaf,
                       std::vector<FileName> *versions)
{
    std::vector<FileName> all;
    uint32_t status = list_directory(directory, &all);
    if (!(status & 1))
        return status;
    for (const FileName &file : all)
        if (file.name + file.type == leaf && !file.directory)
            versions->push_back(file);
    return versions->empty() ? static_cast<uint32_t>(RMS$_FNF) : static_cast<uint32_t>(RMS$_NORMAL);
}

/* 0: a listing must tell. */
unsigned probe_highest(const std::string &directory, const std::string &leaf)
{
    unsigned hint = read_hint(directory, leaf);
    unsigned version = hint ? hint : 1;
    bool only = exists(versioned(directory, leaf, version)) &&
                !exists(versioned(directory, leaf, version + 1));
    return only ? version : 0;
}

uint32_t find_numbered(const std::string &directory, const std::string &leaf, unsigned version,
                       FileName *file)
{
    file->version = version;
    file->host = leaf + ";" + std::to_string(version);
    if (exists(directory + "/" + file->host))
        return RMS$_NORMAL;
    file->host = leaf;
    if (version == 1 && exists(directory + "/" + leaf) &&
        !is_host_directory(directory + "/" + leaf))
        return RMS$_NORMAL;
    return is_host_directory(directory) ? RMS$_FNF : RMS$_DNF;
}

uint32_t find_relative(const std::string &directory, const std::string &leaf, int back,
                       FileName *file)
{
    std::vector<FileName> versions;
    uint32_t status = list_versions(directory, leaf, &versions);
    if (!(status & 1))
        return status;
    if (static_cast<size_t>(back) >= versions.size())
        return RMS$_FNF;
    *file = versions[back];
    return RMS$_NORMAL;
}

} // namespace

bool is_host_directory(const std::string &path)
{
    struct stat status;
    return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

uint32_t list_directory(const std::string &host_directory, std::vector<FileName> *files)
{
    struct Closer {
        void operator()(DIR *directory) const { closedir(directory); }
    };
    std::unique_ptr<DIR, Closer> open(opendir(host_directory.c_str()));
    if (!open)
        return errno == ENOENT || errno == ENOTDIR ? RMS$_DNF
               : errno == EACCES                   ? RMS$_PRV
                                                   : RMS$_ACC;
    files->clear();
    while (const dirent *entry = readdir(open.get())) {
        FileName file;
        if (entry->d_name[0] != '.' && take_entry(host_directory, *entry, &file))
            files->push_back(file);
    }
    std::sort(files->begin(), files->end(), file_order);
    return RMS$_NORMAL;
}

uint32_t find_version(const Spec &spec, FileName *file)
{
    std::string directory = spec.host_directory();
    file->name = spec.name;
    file->type = spec.type.empty() ? "." : spec.type;
    file->directory = false;
    std::string leaf = file->name + file->type;
    int version = spec.version.size() < 2 ? 0 : atoi(spec.version.c_str() + 1);
    if (version > 0) {
        uint32_t status = find_numbered(directory, leaf, static_cast<unsigned>(version), file);
        if (status & 1 || file->type != ".DIR")
            return status;
    } else if (version < 0) {
        return find_relative(directory, leaf, -version, file);
    } else if (unsigned highest = probe_highest(directory, leaf)) {
        file->version = highest;
        file->host = leaf + ";" + std::to_string(highest);
        return RMS$_NORMAL;
    }
    if (file->type == ".DIR" && version <= 1 && is_host_directory(directory + "/" + spec.name)) {
        file->directory = true;
        file->version = 1;
        file->host = spec.name;
        return RMS$_NORMAL;
    }
    return version > 0 ? static_cast<uint32_t>(RMS$_FNF) : find_relative(directory, leaf, 0, file);
}

unsigned highest_version(const std::string &host_directory, const std::string &leaf)
{
    if (!read_hint(host_directory, leaf) && !exists(versioned(host_directory, leaf, 1)) &&
        !exists(host_directory + "/" + leaf))
        return 0;
    if (unsigned highest = probe_highest(host_directory, leaf))
        return highest;
    std::vector<FileName> versions;
    uint32_t status = list_versions(host_directory, leaf, &versions);
    return status & 1 ? versions.front().version : 0;
}

void note_version(const std::string &host_directory, const std::string &leaf, unsigned version)
{
    if (version < 2)
        return;
    static std::atomic<unsigned> sequence;
    std::string hint = hint_path(host_directory, leaf);
    std::string scratch = hint + std::to_string(getpid()) + "_" + std::to_string(++sequence);
    if (symlink(std::to_string(version).c_str(), scratch.c_str()) == 0 &&
        rename(scratch.c_str(), hint.c_str()) != 0)
        unlink(scratch.c_str());
}

uint32_t file_error(int host_error, uint32_t other, uint32_t *stv)
{
    *stv = 0;
    switch (host_error) {
    case ENOENT:
        return RMS$_FNF;
    case ENOTDIR:
        return RMS$_DNF;
    case EACCES:
    case EPERM:
    case EROFS:
        *stv = SS$_NOPRIV;
        return RMS$_PRV;
    case ENOSPC:
        *stv = SS$_DEVICEFULL;
        return RMS$_FUL;
    case EDQUOT:
        *stv = SS$_EXDISKQUOTA;
        return RMS$_FUL;
    case EMFILE:
    case ENFILE:
        *stv = SS$_EXQUOTA;
        return RMS$_ACC;
    }
    *stv = SS$_FILACCERR;
    trace("rms: host error %d (%s)", host_error, strerror(host_error));
    return other;
}

} // namespace rms
} // namespace shim
