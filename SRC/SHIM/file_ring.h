/*
**  file_ring - many small files read with few system calls (io_uring)
**
**  Each file is opened, read and closed by the kernel; a batch of them goes with one submit(), and
**  files that lie beside each other on the disk with one transfer.  Where the kernel refuses
**  (before 5.17, seccomp) usable() is false and the caller reads as always.
**
**  Threads: one at a time; what one thread asked for goes on while it sleeps or calls the system.
*/
#ifndef SHIM_FILE_RING_H
#define SHIM_FILE_RING_H

#include <cstddef>
#include <cstdint>

struct io_uring;

namespace shim {

const unsigned RING_FILES = 128; /* at a time */

class FileRing {
public:
    FileRing();
    ~FileRing();
    FileRing(const FileRing &) = delete;
    FileRing &operator=(const FileRing &) = delete;

    bool usable() const { return ring_ != nullptr && !refused; }
    static bool refused; /* for tests: as by a kernel that has no such calls */
    bool full() const { return free_count_ == 0; }
    bool idle() const { return free_count_ == RING_FILES; }
    /*
    **  At most room bytes from the beginning of a file, to place; answers its slot, which next()
    **  tells again.  REQUIRES: usable, not full; name and place stay until then.
    */
    unsigned read(int directory, const char *name, char *place, size_t room);
    /* Starts what was asked for; wait: until one of all is done. */
    void submit(bool wait);
    /* One that is done: bytes, or -errno.  False: none is, for now. */
    bool next(unsigned *slot, long *got);

private:
    struct File {
        char *place;
        unsigned room;
        long got;
    };
    void read_and_close(unsigned slot);
    bool collect();
    bool collect_done();
    void enter(bool wait);
    io_uring *ring_;
    File files_[RING_FILES]; /* by slot, as the kernel's table of them */
    unsigned free_[RING_FILES], free_count_;
    unsigned done_[RING_FILES], done_count_; /* that next() tells of */
    int no_access_time_;                     /* flag of open() */
};

} // namespace shim

#endif
