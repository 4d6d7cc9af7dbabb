/*
**  rms_permanent - SYS$INPUT, SYS$OUTPUT, SYS$ERROR, SYS$COMMAND
**
**  Process-permanent files.  Their logical names have an equivalence that begins with ESC, NUL and
**  the number of the file; where nobody defined them the names themselves mean descriptors 0, 1, 2
**  and the one that SHIM_SYSCOMMAND tells.  Records are lines.  A line is taken from a pipe or a
**  terminal byte by byte, so that who reads next finds what follows.
*/
#include "lnm.h"
#include "rms_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <lnmdef.h>
#include <psldef.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

const char *const names[] = {"", "SYS$INPUT", "SYS$OUTPUT", "SYS$ERROR", "SYS$COMMAND"};
const unsigned COMMAND = 4;
const size_t HEADER = 4;

bool plain_name(const std::string &text)
{
    return !text.empty() &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$_") == std::string::npos;
}

const lnm::Entry *find_name(const std::string &name)
{
    lnm::View &at = lnm::view();
    const lnm::View::Resolved &tables = lnm::resolve(at, "LNM$FILE_DEV", PSL$C_USER);
    for (const lnm::Table *table : tables.tables)
        if (const lnm::Entry *entry = lnm::find_entry(*table, name, name, PSL$C_USER, true))
            return entry;
    return nullptr;
}

int descriptor_of(unsigned number)
{
    if (number != COMMAND)
        return static_cast<int>(number) - 1;
    const char *value = getenv("SHIM_SYSCOMMAND");
    return value && *value ? atoi(value) : 0;
}

/* One byte at a time, but from a file. */
ssize_t read_piece(int fd, char *buffer, size_t size)
{
    ssize_t done;
    do
        done = read(fd, buffer, lseek(fd, 0, SEEK_CUR) < 0 ? 1 : size);
    while (done < 0 && errno == EINTR);
    return done;
}

bool read_record(int fd, std::string *line)
{
    char buffer[512];
    line->clear();
    for (;;) {
        ssize_t done = read_piece(fd, buffer, sizeof buffer);
        if (done <= 0)
            return !line->empty();
        const char *end = static_cast<const char *>(
            memchr(buffer, '\n', static_cast<size_t>(done)));
        size_t used = end ? static_cast<size_t>(end - buffer) : static_cast<size_t>(done);
        line->append(buffer, used);
        if (!end)
            continue;
        off_t back = static_cast<off_t>(used) + 1 - done;
        if (back)
            lseek(fd, back, SEEK_CUR);
        return true;
    }
}

} // namespace

unsigned permanent_file(const std::string &spec)
{
    std::string at = lnm::fold(spec);
    for (unsigned depth = 0; depth <= LNM$C_MAXDEPTH; ++depth) {
        if (!at.empty() && at.back() == ':')
            at.pop_back();
        if (!plain_name(at))
            return 0;
        const lnm::Entry *entry = find_name(at);
        if (!entry || entry->translations.empty()) {
            for (unsigned number = 1; number <= COMMAND; ++number)
                if (at == names[number])
                    return number;
            return 0;
        }
        std::string value = entry->translations[0].text;
        if (value.size() >= HEADER && value[0] == '\x1b' && value[1] == '\0') {
            unsigned number = static_cast<unsigned char>(value[2]);
            return value[3] == '\0' && number <= COMMAND ? number : 0;
        }
        at = lnm::fold(value);
    }
    return 0;
}

uint32_t permanent_open(unsigned number, File &file, uint32_t *stv)
{
    file.permanent = number;
    file.fd = fcntl(descriptor_of(number), F_DUPFD_CLOEXEC, 3);
    if (file.fd < 0)
        return file_error(errno, RMS$_ACC, stv);
    file.attributes = default_attributes();
    file.attributes.rfm = FAB$C_VAR;
    file.spec.device = names[number];
    file.spec.physical = "NLA0"; /* nothing of it is on the disk */
    return RMS$_NORMAL;
}

uint32_t permanent_get(Stream &stream, uint32_t *stv)
{
    RAB *rab = stream.rab;
    if (!read_record(stream.file->fd, &stream.scratch))
        return RMS$_EOF;
    if (!rab->rab$l_ubf && !stream.scratch.empty())
        return RMS$_UBF;
    size_t size = std::min<size_t>(stream.scratch.size(), rab->rab$w_usz);
    if (size)
        memcpy(rab->rab$l_ubf, stream.scratch.data(), size);
    rab->rab$l_rbf = rab->rab$l_ubf;
    rab->rab$w_rsz = static_cast<unsigned short>(size);
    if (size == stream.scratch.size())
        return RMS$_NORMAL;
    *stv = static_cast<uint32_t>(stream.scratch.size());
    return RMS$_RTB;
}

uint32_t permanent_put(Stream &stream, uint32_t *stv)
{
    const RAB *rab = stream.rab;
    if (!rab->rab$l_rbf && rab->rab$w_rsz)
        return RMS$_RBF;
    std::string line(rab->rab$w_rsz ? rab->rab$l_rbf : "", rab->rab$w_rsz);
    line += '\n';
    for (size_t done = 0; done < line.size();) {
        ssize_t n = write(stream.file->fd, line.data() + done, line.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return file_error(errno, RMS$_WER, stv);
        done += static_cast<size_t>(n);
    }
    return RMS$_NORMAL;
}

} // namespace rms
} // namespace shim
