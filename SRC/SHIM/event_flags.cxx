/*
**  event_flags - $SETEF, $CLREF, $READEF, $WAITFR, $SYNCH
**
**  Local flags only; common event flag clusters are not associated by anybody: SS$_UNASEFC.
*/
#include "event_flags.h"
#include "shim.h"

#include <condition_variable>
#include <efndef.h>
#include <mutex>
#include <starlet.h>

namespace shim {

namespace {

const uint32_t LOCAL_FLAGS = 64, COMMON_FLAGS = 128;

std::mutex flags_mutex;
std::condition_variable flags_changed;
uint64_t flags;

uint64_t bit(uint32_t efn)
{
    return uint64_t(1) << efn;
}

} // namespace

uint32_t check_flag(uint32_t efn)
{
    if (efn < LOCAL_FLAGS || efn == EFN$C_ENF)
        return SS$_NORMAL;
    return efn < COMMON_FLAGS ? SS$_UNASEFC : SS$_ILLEFC;
}

bool set_flag(uint32_t efn)
{
    if (efn >= LOCAL_FLAGS)
        return false;
    std::lock_guard<std::mutex> guard(flags_mutex);
    bool before = (flags & bit(efn)) != 0;
    flags |= bit(efn);
    flags_changed.notify_all();
    return before;
}

bool clear_flag(uint32_t efn)
{
    if (efn >= LOCAL_FLAGS)
        return false;
    std::lock_guard<std::mutex> guard(flags_mutex);
    bool before = (flags & bit(efn)) != 0;
    flags &= ~bit(efn);
    return before;
}

int complete_request(uint32_t status, uint32_t efn, struct _iosb *iosb,
                     void (*astadr)(unsigned long long), unsigned long long astprm)
{
    if (iosb) {
        iosb->iosb$l_dev_depend = 0;
        iosb->iosb$l_getxxi_status = status;
    }
    set_flag(efn);
    if (astadr && (status & 1))
        deliver_ast([astadr, astprm] { astadr(astprm); });
    return static_cast<int>(status);
}

} // namespace shim

using namespace shim;

extern "C" {

int sys$setef(unsigned int efn)
{
    SHIM_SERVICE("sys$setef");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return set_flag(efn) ? SS$_WASSET : SS$_WASCLR;
}

int sys$clref(unsigned int efn)
{
    SHIM_SERVICE("sys$clref");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return clear_flag(efn) ? SS$_WASSET : SS$_WASCLR;
}

int sys$readef(unsigned int efn, unsigned int *state)
{
    SHIM_SERVICE("sys$readef");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    if (!state)
        return SS$_ACCVIO;
    std::lock_guard<std::mutex> guard(flags_mutex);
    bool none = efn >= LOCAL_FLAGS;
    *state = none ? 0 : static_cast<uint32_t>(flags >> (efn & 32));
    return !none && (flags & bit(efn)) ? SS$_WASSET : SS$_WASCLR;
}

int sys$waitfr(unsigned int efn)
{
    SHIM_SERVICE("sys$waitfr");
    uint32_t status = check_flag(efn);
    if (!(status & 1) || efn >= LOCAL_FLAGS)
        return static_cast<int>(status);
    std::unique_lock<std::mutex> guard(flags_mutex);
    flags_changed.wait(guard, [&] { return (flags & bit(efn)) != 0; });
    return SS$_NORMAL;
}

int sys$synch(unsigned int efn, struct _iosb *iosb)
{
    SHIM_SERVICE("sys$synch");
    uint32_t status = check_flag(efn);
    if (!(status & 1) || efn >= LOCAL_FLAGS)
        return static_cast<int>(status);
    std::unique_lock<std::mutex> guard(flags_mutex);
    for (;;) {
        flags_changed.wait(guard, [&] { return (flags & bit(efn)) != 0; });
        if (!iosb || __atomic_load_n(&iosb->iosb$w_status, __ATOMIC_ACQUIRE) != 0)
            return SS$_NORMAL;
        flags &= ~bit(efn); /* set for somebody else */
    }
}
}
