/*
**  rms_share - FAC against SHR, and record locks, by locks of open file descriptions
**
**  Every opening has its own description, so the host's locks exclude threads and processes
**  alike and vanish with their holder.  Far behind any data there are four bytes: readers,
**  writers, those who deny reading, those who deny writing.  Each is locked shared by those it
**  counts; an opener that finds a stranger on the opposite byte is refused.  Two that come at
**  the same instant may both see each other; then one tries again.
*/
#include "rms_file.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

const off_t SHARE_BASE = static_cast<off_t>(0x6000000000000000LL);
const off_t RECORD_BASE = static_cast<off_t>(0x4000000000000000LL);
enum { READERS, WRITERS, READ_DENIERS, WRITE_DENIERS };
const unsigned ATTEMPTS = 4;

bool set_lock(int fd, short type, off_t at, off_t length)
{
    struct flock lock = flock();
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = at;
    lock.l_len = length;
    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

bool stranger_on(int fd, off_t at)
{
    struct flock lock = flock();
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = at;
    lock.l_len = 1;
    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

} // namespace

bool share_lock(int fd, unsigned fac, unsigned shr)
{
    const unsigned writing = FAB$M_PUT | FAB$M_DEL | FAB$M_UPD | FAB$M_TRN;
    if (shr & FAB$M_UPI)
        shr |= writing | FAB$M_SHRGET;
    if (shr & FAB$M_NIL)
        shr = 0;
    bool counts[4];
    counts[WRITERS] = (fac & writing) != 0;
    counts[READERS] = (fac & FAB$M_GET) != 0 || !counts[WRITERS];
    counts[READ_DENIERS] = !(shr & FAB$M_SHRGET);
    counts[WRITE_DENIERS] = !(shr & (FAB$M_SHRPUT | FAB$M_SHRUPD | FAB$M_SHRDEL));
    const int opposite[4] = {READ_DENIERS, WRITE_DENIERS, READERS, WRITERS};
    for (unsigned attempt = 0; attempt < ATTEMPTS; ++attempt) {
        bool conflict = false;
        for (int i = 0; i < 4; ++i)
            if (counts[i] && !set_lock(fd, F_RDLCK, SHARE_BASE + i, 1))
                return errno != EAGAIN && errno != EACCES; /* no locks on this file system */
        for (int i = 0; i < 4 && !conflict; ++i)
            conflict = counts[i] && stranger_on(fd, SHARE_BASE + opposite[i]);
        if (!conflict)
            return true;
        set_lock(fd, F_UNLCK, SHARE_BASE, 4);
        usleep(50 *
               (1 + (static_cast<unsigned>(getpid()) * 7 + static_cast<unsigned>(fd) * 13) % 8));
    }
    return false;
}

bool share_denied(int fd)
{
    return stranger_on(fd, SHARE_BASE + WRITE_DENIERS);
}

bool record_lock(int fd, uint64_t record, bool exclusive)
{
    return set_lock(fd, exclusive ? F_WRLCK : F_RDLCK,
                    RECORD_BASE + static_cast<off_t>(record), 1);
}

void record_unlock(int fd, uint64_t record)
{
    set_lock(fd, F_UNLCK, RECORD_BASE + static_cast<off_t>(record), 1);
}

} // namespace rms
} // namespace shim
