/*
**  condition - signals and handlers
**
**  A handler belongs to a routine's frame, told by its canonical frame address and its code; when
*the
**  frame is gone the handler is dead, with or without lib$revert.  A signal walks the stack by
*means
**  of the C++ unwinder, which also runs the destructors when sys$unwind removes frames.  Each
*thread
**  has its own handlers.  spec/vms-api.md 7.5; Programming Concepts manual, condition handling.
*/
#include "shim.h"
#include "condition_frames.h"
#include "system_text.h"

#include <cstdarg>
#include <cstring>

#include <lib$routines.h>
#include <libdef.h>
#include <starlet.h>

#undef lib$signal
#undef lib$stop
#undef lib$match_cond

namespace
{

using shim::Frame;

const size_t max_signal = 64;    /* longwords of a signal array */
const size_t max_handlers = 256; /* established at once by one thread */
const size_t trailing = 2;       /* PC and PSL */
const int last_chance_depth = -3;

struct Established {
    shim_handler_t handler;
    uintptr_t frame; /* CFA of the routine */
    uintptr_t code;  /* its start */
};

/* One signal being handled: handlers up to `limit` are not called for signals inside. */
struct Active {
    uintptr_t dispatcher; /* stack address of the dispatch */
    uintptr_t limit;      /* CFA of the establisher whose handler runs */
    int depth;            /* its number of frames above the signal */
    bool unwinding;
    int target; /* frame number to unwind to */
    Active *outer;
};

struct ThreadState {
    std::vector<Established> handlers; /* innermost last */
    Active *active = nullptr;
};
thread_local ThreadState state;

/* Forgets the handlers of routines that have returned: frames below the caller's. */
void drop_dead(uintptr_t frame, uintptr_t code)
{
    while (!state.handlers.empty()) {
        const Established &top = state.handlers.back();
        if (top.frame > frame || (top.frame == frame && top.code == code))
            break;
        state.handlers.pop_back();
    }
}

/*
**  The frame of lib$establish's caller, which a loop asks for again and again: from the same call,
**  on the same path, it is as large as it was, so it need not be walked to.  place: where
**  lib$establish will return to.
*/
struct KnownCaller {
    const void *place;
    uintptr_t above;  /* from lib$establish's frame address to its caller's */
    const void *path; /* where the caller will return to */
    uintptr_t code;
};
const size_t known_callers = 16;
thread_local KnownCaller known[known_callers];

/* When the path is another one it reads some word of the caller's stack: no overflow. */
__attribute__((no_sanitize("address"))) const void *return_of(uintptr_t cfa)
{
    return reinterpret_cast<const void *const *>(cfa)[-1];
}

bool caller_frame(uintptr_t own, const void *place, Frame *frame)
{
    KnownCaller &row = known[reinterpret_cast<uintptr_t>(place) / 4 % known_callers];
    if (row.place == place && return_of(own + row.above) == row.path) {
        frame->cfa = own + row.above;
        frame->code = row.code;
        return true;
    }
    std::vector<Frame> frames;
    shim::walk_frames(own, &frames, 1);
    if (frames.empty())
        return false;
    *frame = frames[0];
    if (frame->cfa != ~uintptr_t(0))
        row = KnownCaller{place, frame->cfa - own, return_of(frame->cfa), frame->code};
    return true;
}

const Established *handler_of(const Frame &frame)
{
    for (size_t i = state.handlers.size(); i-- > 0;)
        if (state.handlers[i].frame == frame.cfa && state.handlers[i].code == frame.code)
            return &state.handlers[i];
    return nullptr;
}

/* Between a running handler and its establisher: VMS does not search there again. */
bool hidden(uintptr_t cfa)
{
    for (const Active *a = state.active; a; a = a->outer)
        if (cfa > a->dispatcher && cfa <= a->limit)
            return true;
    return false;
}

struct Signal {
    uint32_t vector[max_signal + trailing + 1]; /* count, condition, arguments, PC, PSL */
    chf$mech_array mechanism;

    chf$signal_array *array() { return reinterpret_cast<chf$signal_array *>(vector); }
};

/* Calls the frames' handlers with SS$_UNWIND, and forgets them. */
void announce_unwind(const std::vector<Frame> &frames, int target)
{
    for (int i = 0; i < target; i++) {
        const Established *found = handler_of(frames[i]);
        if (!found)
            continue;
        shim_handler_t handler = found->handler;
        Signal notice = Signal();
        notice.vector[0] = 1 + trailing;
        notice.vector[1] = SS$_UNWIND;
        notice.mechanism.chf$is_mch_depth = i;
        notice.mechanism.chf$ph_mch_sig_addr = notice.array();
        handler(notice.array(), &notice.mechanism);
    }
    uintptr_t kept = frames[target].cfa;
    while (!state.handlers.empty() && state.handlers.back().frame < kept)
        state.handlers.pop_back();
}

/* Does not return when the handler asked for an unwind. */
uint32_t call_handler(const Established &established, int depth, const std::vector<Frame> &frames,
                      Signal *signal)
{
    Active active = {
        reinterpret_cast<uintptr_t>(&active), established.frame, depth, false, 0, state.active};
    signal->mechanism.chf$ph_mch_frame = reinterpret_cast<void *>(established.frame);
    signal->mechanism.chf$is_mch_depth = depth;
    state.active = &active;
    uint32_t answer = established.handler(signal->array(), &signal->mechanism);
    state.active = active.outer;
    if (!active.unwinding)
        return answer;
    if (active.target < 0 || static_cast<size_t>(active.target) >= frames.size())
        return SS$_RESIGNAL; /* deeper than the stack: sys$unwind has said so */
    announce_unwind(frames, active.target);
    for (const Active *a = state.active; a && a->dispatcher < frames[active.target].cfa;
         a = a->outer)
        state.active = a->outer;
    shim::unwind_to(frames[active.target],
                    static_cast<uintptr_t>(signal->mechanism.chf$ih_mch_savr0));
}

/* The system's own handler: message; end of the image when severe. */
void last_chance(Signal *signal, bool stop)
{
    std::vector<std::string> lines;
    shim::vector_lines(signal->vector + 1, signal->vector[0] - trailing, 15, "", &lines);
    shim::write_lines(lines, signal->vector[1]);
    uint32_t code = signal->vector[1];
    if (stop || (code & STS$M_SEVERITY) == STS$K_SEVERE)
        sys$exit(code | STS$M_INHIB_MSG);
}

void attempted_continue()
{
    uint32_t vector[1] = {LIB$_ATTCONSTO};
    std::vector<std::string> lines;
    shim::vector_lines(vector, 1, 15, "", &lines);
    shim::write_lines(lines, vector[0]);
    sys$exit((LIB$_ATTCONSTO & ~STS$M_SEVERITY) | STS$K_SEVERE | STS$M_INHIB_MSG);
}

/* Frames: of the routine that signals (0), its caller (1), ... */
__attribute__((noinline)) void dispatch(Signal *signal, bool stop, uintptr_t above)
{
    std::vector<Frame> frames;
    shim::walk_frames(above, &frames);
    signal->mechanism.chf$ph_mch_sig_addr = signal->array();
    signal->mechanism.chf$ih_mch_savr0 = signal->vector[1];
    for (size_t i = 0; i < frames.size(); i++) {
        if (state.handlers.empty())
            break;
        const Established *found = hidden(frames[i].cfa) ? nullptr : handler_of(frames[i]);
        if (!found)
            continue;
        Established established = *found;
        if (!(call_handler(established, static_cast<int>(i), frames, signal) & 1))
            continue;
        if (stop)
            attempted_continue();
        return;
    }
    signal->mechanism.chf$is_mch_depth = last_chance_depth;
    last_chance(signal, stop);
}

void fill(Signal *signal, uint32_t count, uint32_t condition, va_list list)
{
    memset(signal, 0, sizeof *signal);
    if (count > max_signal - 1)
        count = max_signal - 1;
    signal->vector[0] = count + trailing;
    signal->vector[1] = condition;
    for (uint32_t i = 1; i < count; i++)
        signal->vector[i + 1] = static_cast<uint32_t>(va_arg(list, uintptr_t));
}

/* Conditions match in facility and message number. */
bool same_condition(uint32_t a, uint32_t b)
{
    const uint32_t mask = STS$M_FAC_NO | STS$M_MSG_NO;
    return (a & mask) == (b & mask);
}

} // namespace

extern "C" int lib$signal(unsigned int count, unsigned int condition, ...)
{
    SHIM_SERVICE("lib$signal");
    Signal signal;
    va_list list;
    va_start(list, condition);
    fill(&signal, count, condition, list);
    va_end(list);
    dispatch(&signal, false, reinterpret_cast<uintptr_t>(__builtin_dwarf_cfa()));
    return SS$_NORMAL;
}

extern "C" int lib$stop(unsigned int count, unsigned int condition, ...)
{
    SHIM_SERVICE("lib$stop");
    Signal signal;
    va_list list;
    va_start(list, condition);
    fill(&signal, count, (condition & ~STS$M_SEVERITY) | STS$K_SEVERE, list);
    va_end(list);
    dispatch(&signal, true, reinterpret_cast<uintptr_t>(__builtin_dwarf_cfa()));
    return SS$_NORMAL;
}

extern "C" shim_handler_t lib$establish(shim_handler_t handler)
{
    static shim::Service service("lib$establish");
    uint32_t forced;
    shim::service_enter(service, &forced); /* counted; it has no status to force */
    Frame frame = Frame();
    if (!caller_frame(reinterpret_cast<uintptr_t>(__builtin_dwarf_cfa()),
                      __builtin_return_address(0), &frame))
        return nullptr;
    drop_dead(frame.cfa, frame.code);
    shim_handler_t old = nullptr;
    if (!state.handlers.empty() && state.handlers.back().frame == frame.cfa) {
        old = state.handlers.back().handler;
        state.handlers.pop_back();
    }
    if (handler && state.handlers.size() < max_handlers)
        state.handlers.push_back(Established{handler, frame.cfa, frame.code});
    return old;
}

extern "C" shim_handler_t lib$revert(void)
{
    static shim::Service service("lib$revert");
    uint32_t forced;
    shim::service_enter(service, &forced);
    std::vector<Frame> frames;
    shim::walk_frames(reinterpret_cast<uintptr_t>(__builtin_dwarf_cfa()), &frames, 1);
    if (frames.empty())
        return nullptr;
    drop_dead(frames[0].cfa, frames[0].code);
    if (state.handlers.empty() || state.handlers.back().frame != frames[0].cfa)
        return nullptr;
    shim_handler_t old = state.handlers.back().handler;
    state.handlers.pop_back();
    return old;
}

extern "C" int sys$unwind(int *depadr, void *newpc)
{
    SHIM_SERVICE("sys$unwind");
    if (!state.active)
        return SS$_NOSIGNAL;
    if (newpc)
        return SS$_UNSUPPORTED;
    /* number of frames to remove, counted from the routine that signalled */
    state.active->target = depadr ? *depadr : state.active->depth + 1;
    state.active->unwinding = true;
    return SS$_NORMAL;
}

extern "C" int lib$sig_to_ret(chf$signal_array *sigargs, chf$mech_array *mechargs)
{
    SHIM_SERVICE("lib$sig_to_ret");
    uint32_t condition = sigargs->chf$l_sig_name;
    if (same_condition(condition, SS$_UNWIND))
        return SS$_NORMAL;
    mechargs->chf$ih_mch_savr0 = condition;
    return sys$unwind(nullptr, nullptr);
}

extern "C" int lib$match_cond(unsigned int count, unsigned int *condition, ...)
{
    SHIM_SERVICE("lib$match_cond");
    va_list list;
    va_start(list, condition);
    int match = 0;
    for (unsigned i = 1; i < count && !match; i++)
        if (same_condition(*condition, *va_arg(list, unsigned *)))
            match = static_cast<int>(i);
    va_end(list);
    return match;
}

namespace shim
{

void signal(uint32_t condition, const std::vector<uintptr_t> &arguments)
{
    Signal sent = Signal();
    bool counted = (condition & STS$M_FAC_NO) >> 16 > 1;
    uint32_t *at = sent.vector + 1;
    *at++ = condition;
    if (counted)
        *at++ = static_cast<uint32_t>(arguments.size());
    for (size_t i = 0; i < arguments.size() && at < sent.vector + max_signal; i++)
        *at++ = static_cast<uint32_t>(arguments[i]);
    sent.vector[0] = static_cast<uint32_t>(at - sent.vector - 1 + trailing);
    dispatch(&sent, false, reinterpret_cast<uintptr_t>(__builtin_dwarf_cfa()));
}

} // namespace shim
