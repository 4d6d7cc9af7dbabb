/*
**  low_memory - the 32-bit addressable memory that item lists and descriptors live in
**
**  x86-64 C++ has 64-bit pointers, the structures of the services have 32-bit ones (spec/vms-api.md
**  9.1), so whatever they point to comes from LIB$GET_VM.  A call borrows one scratch area from a
**  pool, carves its list, descriptors and buffers from it, and gives it back: no allocation in
**  the steady state.  Any thread; an area belongs to one call.
*/
#ifndef MAIL_LOW_MEMORY_H
#define MAIL_LOW_MEMORY_H

#include "VMS/status.h"

#include <stddef.h>

namespace mail {

const size_t LOW_SCRATCH_SIZE = 8192;

/* 0 when the 32-bit space is exhausted. */
void *low_get(size_t size);
void low_free(void *block, size_t size);

class LowScratch {
public:
    LowScratch();
    ~LowScratch();
    /* 16-aligned bytes, valid until the object ends. Too much for one area is a program error: it
       is answered with 0, and the service will answer SS$_ACCVIO. */
    void *take(size_t size);
    template <class T> T *take_value(const T &value)
    {
        T *place = static_cast<T *>(take(sizeof(T)));
        if (place)
            *place = value;
        return place;
    }

private:
    LowScratch(const LowScratch &);
    LowScratch &operator=(const LowScratch &);
    char *area_;
    size_t used_;
};

} // namespace mail

#endif
