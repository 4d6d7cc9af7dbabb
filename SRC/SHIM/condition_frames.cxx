/*
**  condition_frames - walks and cuts the call stack with the C++ run-time's unwinder
**
**  A forced unwind runs the destructors of the frames that go.  At the target the saved registers
*are
**  loaded as if the call that it had made returned: x86-64 and i386.
*/
#include "condition_frames.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unwind.h>

extern "C" void __asan_handle_no_return(void) __attribute__((weak));

namespace shim
{

namespace
{

struct Walk {
    uintptr_t lowest;
    std::vector<Frame> *frames;
    size_t max;
    bool open; /* the last frame's cfa is not known yet */
};

_Unwind_Reason_Code visit(struct _Unwind_Context *context, void *argument)
{
    Walk *walk = static_cast<Walk *>(argument);
    uintptr_t sp = static_cast<uintptr_t>(_Unwind_GetCFA(context));
    if (walk->open) {
        walk->frames->back().cfa = sp;
        walk->open = false;
        if (walk->frames->size() >= walk->max)
            return _URC_END_OF_STACK;
    }
    if (sp < walk->lowest)
        return _URC_NO_REASON;
    Frame frame = {0, sp, static_cast<uintptr_t>(_Unwind_GetRegionStart(context))};
    walk->frames->push_back(frame);
    walk->open = true;
    return _URC_NO_REASON;
}

#if defined(__x86_64__)
enum { saved_count = 6 };
const int saved_numbers[saved_count] = {3, 6, 12, 13, 14, 15}; /* rbx rbp r12-r15 */
#elif defined(__i386__)
enum { saved_count = 4 };
const int saved_numbers[saved_count] = {3, 5, 6, 7}; /* ebx ebp esi edi */
#else
#error "sys$unwind needs the registers of this machine"
#endif

struct Resume {
    uintptr_t saved[saved_count];
    uintptr_t sp, pc, value;
};

struct Cut {
    uintptr_t sp;
    Resume resume;
};
thread_local Cut cut;
thread_local struct _Unwind_Exception exception_object;

[[noreturn]] void resume(const Resume *at)
{
    if (&__asan_handle_no_return)
        __asan_handle_no_return();
#if defined(__x86_64__)
    asm volatile("movq 0(%0), %%rbx\n\tmovq 8(%0), %%rbp\n\tmovq 16(%0), %%r12\n\t"
                 "movq 24(%0), %%r13\n\tmovq 32(%0), %%r14\n\tmovq 40(%0), %%r15\n\t"
                 "movq 48(%0), %%rsp\n\tmovq 56(%0), %%rcx\n\tmovq 64(%0), %%rax\n\t"
                 "jmp *%%rcx"
                 :
                 : "D"(at)
                 : "memory");
#else
    asm volatile("movl 0(%0), %%ebx\n\tmovl 4(%0), %%ebp\n\tmovl 8(%0), %%esi\n\t"
                 "movl 12(%0), %%edi\n\tmovl 16(%0), %%esp\n\tmovl 20(%0), %%ecx\n\t"
                 "movl 24(%0), %%eax\n\tjmp *%%ecx"
                 :
                 : "d"(at)
                 : "memory");
#endif
    __builtin_unreachable();
}

_Unwind_Reason_Code stop_at(int, _Unwind_Action actions, _Unwind_Exception_Class,
                            struct _Unwind_Exception *, struct _Unwind_Context *context, void *)
{
    if (static_cast<uintptr_t>(_Unwind_GetCFA(context)) < cut.sp) {
        if (!(actions & _UA_END_OF_STACK))
            return _URC_NO_REASON;
        fputs("%SHIM-F-UNWIND, the stack ended before the target of sys$unwind\n", stderr);
        abort();
    }
    for (int i = 0; i < saved_count; i++)
        cut.resume.saved[i] = static_cast<uintptr_t>(_Unwind_GetGR(context, saved_numbers[i]));
    cut.resume.sp = cut.sp;
    cut.resume.pc = static_cast<uintptr_t>(_Unwind_GetIP(context));
    resume(&cut.resume);
}

} // namespace

void walk_frames(uintptr_t sp, std::vector<Frame> *frames, size_t max)
{
    Walk walk = {sp, frames, max, false};
    frames->clear();
    _Unwind_Backtrace(visit, &walk);
    if (walk.open)
        frames->back().cfa = ~uintptr_t(0);
}

void unwind_to(const Frame &target, uintptr_t value)
{
    cut.sp = target.sp;
    cut.resume.value = value;
    memset(&exception_object, 0, sizeof exception_object);
    _Unwind_ForcedUnwind(&exception_object, stop_at, 0);
    fputs("%SHIM-F-UNWIND, the stack cannot be unwound\n", stderr);
    abort();
}

} // namespace shim
