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

bool stranger_on(int fd, off_t at, off_t length = 1)
{
    struct flock lock = flock();
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = at;
    lock.l_len = length;
    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

/* Calls routine(first byte, length) for each run of set bytes until it returns false: one call of
   the host instead of one for each byte. */
template <class Routine> bool each_run(const bool (&bytes)[4], Routine routine)
{
    for (int i = 0; i < 4; ++i) {
        int first = i;
        while (i < 4 && bytes[i])
            ++i;
        if (i > first && !routine(SHARE_BASE + first, static_cast<off_t>(i - first)))
            return false;
    }
    return true;
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
    const bool opposite[4] = {counts[READ_DENIERS], counts[WRITE_DENIERS], counts[READERS],
                              counts[WRITERS]};
    for (unsigned attempt = 0; attempt < ATTEMPTS; ++attempt) {
        auto set = [fd](off_t at, off_t length) { return set_lock(fd, F_RDLCK, at, length); };
        if (!each_run(counts, set))
            return errno != EAGAIN && errno != EACCES; /* no locks on this file system */
        auto free = [fd](off_t at, off_t length) { return !stranger_on(fd, at, length); };
        if (each_run(opposite, free))
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
