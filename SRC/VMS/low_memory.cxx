/*
**  low_memory - a pool of scratch areas from LIB$GET_VM
**
**  Areas are kept for ever in a list threaded through themselves: as many exist as calls have
**  ever been under way at once.  The list's mutex is initialised statically, because an AST-free
**  call may come before any constructor has run (MAILSHR is activated inside MAIL).
*/
#include "low_memory.h"

#include <pthread.h>
#include <string.h>

#include <lib$routines.h>

namespace mail {

struct FreeArea {
    FreeArea *next;
};

static pthread_mutex_t pool_mutex = PTHREAD_MUTEX_INITIALIZER;
static FreeArea *pool = 0;

void *low_get(size_t size)
{
    int bytes = static_cast<int>(size);
    boost::uint32_t address = 0;
    if (!(lib$get_vm(&bytes, &address) & 1))
        return 0;
    return reinterpret_cast<void *>(static_cast<size_t>(address));
}

void low_free(void *block, size_t size)
{
    if (!block)
        return;
    int bytes = static_cast<int>(size);
    boost::uint32_t address =
        static_cast<boost::uint32_t>(reinterpret_cast<size_t>(block));
    lib$free_vm(&bytes, &address);
}

LowScratch::LowScratch() : area_(0), used_(0)
{
    pthread_mutex_lock(&pool_mutex);
    if (pool) {
        area_ = reinterpret_cast<char *>(pool);
        pool = pool->next;
    }
    pthread_mutex_unlock(&pool_mutex);
    if (!area_)
        area_ = static_cast<char *>(low_get(LOW_SCRATCH_SIZE));
}

LowScratch::~LowScratch()
{
    if (!area_)
        return;
    FreeArea *free_area = reinterpret_cast<FreeArea *>(area_);
    pthread_mutex_lock(&pool_mutex);
    free_area->next = pool;
    pool = free_area;
    pthread_mutex_unlock(&pool_mutex);
}

void *LowScratch::take(size_t size)
{
    size_t rounded = (size + 15) & ~static_cast<size_t>(15);
    if (!area_ || rounded > LOW_SCRATCH_SIZE - used_)
        return 0;
    void *place = area_ + used_;
    used_ += rounded;
    return place;
}

} // namespace mail
