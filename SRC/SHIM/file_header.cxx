/*
**  file_header - what a file's header says, of files and directories
*/
#include "file_header.h"

#include <cerrno>
#include <fcntl.h>
#include <prvdef.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {

namespace {

const uint64_t CLUSTER = 4, ENTRIES_IN_BLOCK = 16;

class HostFile {
public:
    HostFile(const std::string &path, int flags) : fd_(open(path.c_str(), flags | O_CLOEXEC)) {}
    ~HostFile()
    {
        if (fd_ >= 0)
            close(fd_);
    }
    HostFile(const HostFile &) = delete;
    HostFile &operator=(const HostFile &) = delete;
    int fd() const { return fd_; }

private:
    int fd_;
};

/* What the host calls its size differs from host to host: a directory has the blocks of its
   names. */
uint64_t directory_size(const std::string &path)
{
    std::vector<rms::FileName> files;
    rms::list_directory(path, &files);
    return (1 + files.size() / ENTRIES_IN_BLOCK) * rms::BLOCK;
}

std::string indexed_path_of(const FileHeader &header)
{
    size_t slash = header.path.rfind('/');
    return rms::indexed_path(header.path.substr(0, slash), header.path.substr(slash + 1));
}

uint32_t copy_bytes(const std::string &from, const std::string &to, const std::string &directory,
                    uint32_t *stv)
{
    HostFile in(from, O_RDONLY), out(to, O_WRONLY | O_CREAT | O_TRUNC);
    struct stat about;
    if (in.fd() < 0 || fstat(in.fd(), &about) < 0)
        return rms::file_error(errno, RMS$_ACC, stv);
    if (out.fd() < 0)
        return rms::file_error(errno, RMS$_ACC, stv);
    if (int limited = rms::disk_limit(directory, static_cast<uint64_t>(about.st_size)))
        return rms::file_error(limited, RMS$_WER, stv);
    std::vector<char> buffer(1 << 16);
    for (;;) {
        ssize_t size = read(in.fd(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return rms::file_error(errno, RMS$_RER, stv);
        if (size == 0)
            break;
        for (ssize_t done = 0; done < size;) {
            ssize_t n = write(out.fd(), buffer.data() + done, static_cast<size_t>(size - done));
            if (n < 0 && errno != EINTR)
                return rms::file_error(errno, RMS$_WER, stv);
            done += n > 0 ? n : 0;
        }
    }
    fchmod(out.fd(), about.st_mode & 0777); /* images stay executable */
    return RMS$_NORMAL;
}

} // namespace

uint32_t FileHeader::blocks_allocated() const
{
    return static_cast<uint32_t>((blocks_used() + CLUSTER - 1) / CLUSTER * CLUSTER);
}

uint32_t read_header(const std::string &spec, FileHeader *header)
{
    struct stat about;
    uint32_t status = host_path(spec, "", true, &header->path, &header->spec, &about);
    if (!(status & 1))
        return status;
    if (stat(header->path.c_str(), &about) != 0)
        return RMS$_FNF;
    header->directory = S_ISDIR(about.st_mode);
    rms::read_attributes(-1, header->path, &header->attributes);
    header->id = static_cast<uint64_t>(about.st_ino);
    header->revised = from_unix(about.st_mtim.tv_sec, static_cast<uint32_t>(about.st_mtim.tv_nsec));
    header->created = header->attributes.created ? header->attributes.created : header->revised;
    header->size = static_cast<uint64_t>(about.st_size);
    if (header->directory)
        header->size = directory_size(header->path);
    else if (header->attributes.org == FAB$C_IDX &&
             stat(indexed_path_of(*header).c_str(), &about) == 0)
        header->size = static_cast<uint64_t>(about.st_size);
    return RMS$_NORMAL;
}

uint32_t write_header(const FileHeader &header)
{
    rms::Attributes old;
    rms::read_attributes(-1, header.path, &old);
    bool system = privileged(PRV$M_SYSPRV | PRV$M_BYPASS);
    if (!system && (self().uic != old.uic || header.attributes.uic != old.uic))
        return RMS$_PRV;
    rms::Attributes changed = header.attributes;
    changed.layout = 1;
    changed.created = header.created;
    struct stat before;
    bool known = stat(header.path.c_str(), &before) == 0;
    if (!rms::write_attributes(-1, header.path, changed))
        return RMS$_ATW;
    timespec times[2] = {{0, UTIME_OMIT}, {0, 0}};
    if (header.revised) {
        times[1].tv_sec = static_cast<time_t>(to_unix(header.revised));
        uint64_t whole = from_unix(times[1].tv_sec, 0);
        times[1].tv_nsec = static_cast<int32_t>((header.revised - whole) * 100);
    } else if (known) {
        times[1] = before.st_mtim;
    }
    if (times[1].tv_nsec >= 0 && times[1].tv_nsec < 1000000000)
        utimensat(AT_FDCWD, header.path.c_str(), times, 0);
    return RMS$_NORMAL;
}

uint32_t copy_contents(const FileHeader &from, const FileHeader &to, uint32_t *stv)
{
    std::string directory = to.path.substr(0, to.path.rfind('/'));
    uint32_t status = copy_bytes(from.path, to.path, directory, stv);
    if (!(status & 1) || from.attributes.org != FAB$C_IDX)
        return status;
    std::string old = indexed_path_of(from), made = indexed_path_of(to);
    status = copy_bytes(old, made, directory, stv);
    if (status & 1 && access((old + "-wal").c_str(), F_OK) == 0)
        status = copy_bytes(old + "-wal", made + "-wal", directory, stv);
    return status;
}

uint32_t readable(const FileHeader &header)
{
    return rms::permitted(header.attributes, rms::ACCESS_READ) ? static_cast<uint32_t>(RMS$_NORMAL)
                                                               : static_cast<uint32_t>(RMS$_PRV);
}

} // namespace shim
