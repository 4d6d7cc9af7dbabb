/*
**  file_ring - chains of open, read and close for the kernel
**
**  A chain stops where it fails, but its close always runs: it alone says that a slot is free.
*/
#include "file_ring.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <liburing.h>

namespace shim {

namespace {

const unsigned STEPS = 3; /* of a chain */
enum Step { STEP_OPEN, STEP_READ, STEP_CLOSE };

io_uring *make_ring()
{
    io_uring *ring = new io_uring;
    int none[RING_FILES];
    std::fill(none, none + RING_FILES, -1);
    /* without IPIs (5.19): what has come from the disk is copied when it is asked for */
    if (io_uring_queue_init(RING_FILES * STEPS, ring, IORING_SETUP_COOP_TASKRUN) != 0 &&
        io_uring_queue_init(RING_FILES * STEPS, ring, 0) != 0) {
        delete ring;
        return nullptr;
    }
    if (io_uring_register_files(ring, none, RING_FILES) == 0)
        return ring;
    io_uring_queue_exit(ring);
    delete ring;
    return nullptr;
}

void set_step(io_uring_sqe *sqe, unsigned slot, Step step)
{
    sqe->user_data = slot * STEPS + step;
}

} // namespace

bool FileRing::refused;

FileRing::FileRing() : ring_(make_ring()), free_count_(RING_FILES)
{
    for (unsigned i = 0; i < RING_FILES; ++i)
        free_[i] = i;
}

FileRing::~FileRing()
{
    if (!ring_)
        return;
    io_uring_queue_exit(ring_);
    delete ring_;
}

unsigned FileRing::read(int directory, const char *name, char *place, size_t room)
{
    const unsigned slot = free_[--free_count_];
    got_[slot] = -ECANCELED;
    io_uring_sqe *sqe = io_uring_get_sqe(ring_);
    io_uring_prep_openat_direct(sqe, directory, name, O_RDONLY, 0, slot);
    io_uring_sqe_set_flags(sqe, IOSQE_IO_LINK);
    set_step(sqe, slot, STEP_OPEN);
    sqe = io_uring_get_sqe(ring_);
    io_uring_prep_read(sqe, static_cast<int>(slot), place, static_cast<unsigned>(room), 0);
    /* hard: a file that is shorter is closed as well */
    io_uring_sqe_set_flags(sqe, IOSQE_FIXED_FILE | IOSQE_IO_HARDLINK);
    set_step(sqe, slot, STEP_READ);
    sqe = io_uring_get_sqe(ring_);
    io_uring_prep_close_direct(sqe, slot);
    set_step(sqe, slot, STEP_CLOSE);
    return slot;
}

void FileRing::submit(bool wait)
{
    while (io_uring_submit_and_wait(ring_, wait ? 1 : 0) == -EINTR) {
    }
}

bool FileRing::next(unsigned *slot, long *got)
{
    io_uring_cqe *cqe;
    while (io_uring_peek_cqe(ring_, &cqe) == 0) {
        const unsigned at = static_cast<unsigned>(cqe->user_data) / STEPS;
        const unsigned step = static_cast<unsigned>(cqe->user_data) % STEPS;
        if (step == STEP_READ || (step == STEP_OPEN && cqe->res < 0))
            got_[at] = cqe->res == -ECANCELED ? got_[at] : cqe->res;
        io_uring_cqe_seen(ring_, cqe);
        if (step != STEP_CLOSE)
            continue;
        free_[free_count_++] = at;
        *slot = at;
        *got = got_[at];
        return true;
    }
    return false;
}

} // namespace shim
