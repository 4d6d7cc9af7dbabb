/*
**  file_ring - open, then read and close, by the kernel
**
**  The reads of a batch are asked for together, when all that can be opened is: only so do files
**  that lie beside each other come with one transfer.  A slot is free when its close has run.
*/
#include "file_ring.h"

#include "shim.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <liburing.h>

namespace shim {

namespace {

enum Step { STEP_OPEN, STEP_READ, STEP_CLOSE };
const unsigned STEPS = 3, MOST_STEPS = 2; /* of a file; of those at a time */

/* The last feature that is needed came before this one; and a kernel may let no ring be entered. */
bool works(io_uring *ring)
{
    int none[RING_FILES];
    std::fill(none, none + RING_FILES, -1);
    if (!(ring->features & IORING_FEAT_CQE_SKIP) ||
        io_uring_register_files(ring, none, RING_FILES) != 0)
        return false;
    io_uring_prep_nop(io_uring_get_sqe(ring));
    io_uring_cqe *done;
    if (io_uring_submit_and_wait(ring, 1) != 1 || io_uring_peek_cqe(ring, &done) != 0)
        return false;
    io_uring_cqe_seen(ring, done);
    return true;
}

io_uring *make_ring()
{
    io_uring *ring = new io_uring;
    /* without IPIs (5.19): what has come from the disk is copied when it is asked for */
    if (io_uring_queue_init(RING_FILES * MOST_STEPS, ring, IORING_SETUP_COOP_TASKRUN) != 0 &&
        io_uring_queue_init(RING_FILES * MOST_STEPS, ring, 0) != 0) {
        delete ring;
        return nullptr;
    }
    if (works(ring))
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

FileRing::FileRing()
    : ring_(make_ring()), free_count_(RING_FILES), done_count_(0), no_access_time_(O_NOATIME)
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
    files_[slot] = File{place, static_cast<unsigned>(room), 0};
    io_uring_sqe *sqe = io_uring_get_sqe(ring_);
    io_uring_prep_openat_direct(sqe, directory, name, O_RDONLY | no_access_time_, 0, slot);
    set_step(sqe, slot, STEP_OPEN);
    return slot;
}

void FileRing::read_and_close(unsigned slot)
{
    io_uring_sqe *sqe = io_uring_get_sqe(ring_);
    io_uring_prep_read(sqe, static_cast<int>(slot), files_[slot].place, files_[slot].room, 0);
    /* hard: a file that is shorter is closed as well */
    io_uring_sqe_set_flags(sqe, IOSQE_FIXED_FILE | IOSQE_IO_HARDLINK);
    set_step(sqe, slot, STEP_READ);
    sqe = io_uring_get_sqe(ring_);
    io_uring_prep_close_direct(sqe, slot);
    set_step(sqe, slot, STEP_CLOSE);
}

/* Takes what the kernel has done so far; true: there are files to read now. */
bool FileRing::collect()
{
    bool opened = false;
    io_uring_cqe *cqe;
    while (io_uring_peek_cqe(ring_, &cqe) == 0) {
        const unsigned slot = static_cast<unsigned>(cqe->user_data) / STEPS;
        const unsigned step = static_cast<unsigned>(cqe->user_data) % STEPS;
        const int result = cqe->res;
        io_uring_cqe_seen(ring_, cqe);
        if (step != STEP_CLOSE)
            files_[slot].got = result;
        if (step == STEP_OPEN && result >= 0) {
            read_and_close(slot);
            opened = true;
        } else if (step != STEP_READ) {
            done_[done_count_++] = slot;
            if (result == -EPERM)
                no_access_time_ = 0; /* somebody else's files: from the next one on */
        }
    }
    return opened;
}

void FileRing::enter(bool wait)
{
    int status;
    do
        status = io_uring_submit_and_wait(ring_, wait ? 1 : 0);
    while (status == -EINTR || status == -EAGAIN);
    if (status < 0) { /* the kernel has our buffers: there is no way back */
        violation("io_uring_enter fails with %d", status);
        abort();
    }
}

void FileRing::submit(bool wait)
{
    enter(false);
    if (collect())
        enter(false);
    while (wait && !collect_done()) {
        enter(true);
        if (collect())
            enter(false);
    }
}

/* Is there one for next(), or nothing to wait for? */
bool FileRing::collect_done()
{
    if (done_count_ == 0 && collect())
        enter(false);
    return done_count_ != 0 || idle();
}

bool FileRing::next(unsigned *slot, long *got)
{
    if (done_count_ == 0 && collect())
        enter(false);
    if (done_count_ == 0)
        return false;
    *slot = done_[--done_count_];
    *got = files_[*slot].got;
    free_[free_count_++] = *slot;
    return true;
}

} // namespace shim
