/*
**  output - SYS$OUTPUT
*/
#include "output.h"

#include "record_file.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <rmsdef.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
namespace dcl {

Output::~Output()
{
    if (close_)
        close(fd_);
}

bool Output::raw(const std::string &text)
{
    for (size_t done = 0; done < text.size();) {
        ssize_t n = write(fd_, text.data() + done, text.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        done += static_cast<size_t>(n);
    }
    return true;
}

bool Output::same_file(const Output &other) const
{
    struct stat a, b;
    return fd_ == other.fd_ || (fstat(fd_, &a) == 0 && fstat(other.fd_, &b) == 0 &&
                                a.st_dev == b.st_dev && a.st_ino == b.st_ino);
}

std::string device_of(int fd)
{
    struct stat st;
    char name[64];
    if (fstat(fd, &st) < 0)
        return "_NLA0:";
    if (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode))
        return "_MBA" + std::to_string(st.st_ino % 10000) + ":";
    if (S_ISREG(st.st_mode))
        return "_DKA0:";
    if (ttyname_r(fd, name, sizeof name) != 0)
        return "_NLA0:";
    std::string text(name);
    size_t digits = text.find_last_not_of("0123456789") + 1;
    return "_FTA" + (digits < text.size() ? text.substr(digits) : std::string("0")) + ":";
}

std::shared_ptr<Output> create_output(const std::string &name, const std::string &defaults,
                                      uint32_t *status, uint32_t *stv, std::string *spec)
{
    RecordFile file;
    file.name(name, defaults);
    file.fab().fab$b_fac = FAB$M_PUT;
    file.fab().fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD;
    file.fab().fab$b_rat = FAB$M_CR;
    *status = file.create();
    *stv = file.stv();
    *spec = file.spec();
    if (!(*status & 1))
        return nullptr;
    file.close();
    std::string path;
    bool null = spec->compare(0, 4, "_NLA") == 0;
    *status = null ? static_cast<uint32_t>(RMS$_NORMAL)
                   : host_path(*spec, "", true, &path, nullptr);
    if (!(*status & 1))
        return nullptr;
    int fd = open(null ? "/dev/null" : path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0) {
        *status = RMS$_ACC;
        return nullptr;
    }
    return std::make_shared<Output>(fd, device_of(fd), true);
}

} // namespace dcl
} // namespace shim
