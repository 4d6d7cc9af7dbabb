/*
**  condition_frames - the call stack, for condition handling
**
**  Private to condition*.cxx.
*/
#ifndef SHIM_CONDITION_FRAMES_H
#define SHIM_CONDITION_FRAMES_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace shim
{

struct Frame {
    uintptr_t cfa;  /* canonical frame address: the caller's stack pointer after the return */
    uintptr_t sp;   /* its own stack pointer where it made the call */
    uintptr_t code; /* start of the routine */
};

/* The frames whose stack pointer is at or above sp, innermost first; at most max of them. */
void walk_frames(uintptr_t sp, std::vector<Frame> *frames, size_t max = 1000);

/* Removes the frames inside target, with their destructors, and lets its call return value. */
[[noreturn]] void unwind_to(const Frame &target, uintptr_t value);

} // namespace shim

#endif
