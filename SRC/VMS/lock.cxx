/*
**  lock - $ENQ and $DEQ in exclusive mode
*/
#include "VMS/lock.h"

#include <efndef.h>
#include <lckdef.h>
#include <starlet.h>
#include <unistd.h>

#include "VMS/process.h"
#include "descriptor.h"

namespace mail {

static const size_t NAME_MAX_BYTES = 31;
static const int RELEASE_TRIES = 8;

Status Lock::acquire(const std::string &name, bool wait, bool system)
{
    if (id_ || name.empty() || name.size() > NAME_MAX_BYTES)
        return Status::bad_parameter();
    LowScratch scratch;
    Descriptor resource(scratch, name);
    LKSB *block = static_cast<LKSB *>(scratch.take(sizeof(LKSB)));
    if (!block)
        return Status::no_memory();
    memset(block, 0, sizeof *block);
    unsigned int flags = (wait ? 0 : LCK$M_NOQUEUE) | (system ? LCK$M_SYSTEM : 0);
    boost::uint32_t sts;
    if (system) {
        PrivilegeGuard guard(PRIVILEGE_SYSLCK);
        sts = static_cast<boost::uint32_t>(sys$enqw(EFN$C_ENF, LCK$K_EXMODE, block, flags,
                                                    resource.get(), 0, 0, 0, 0, 0, 0));
    } else {
        sts = static_cast<boost::uint32_t>(sys$enqw(EFN$C_ENF, LCK$K_EXMODE, block, flags,
                                                    resource.get(), 0, 0, 0, 0, 0, 0));
    }
    Status status(sts & 1 ? block->lksb$w_status : sts);
    if (status.ok())
        id_ = block->lksb$l_lkid;
    return status;
}

void Lock::release()
{
    if (!id_)
        return;
    /* A lock that stays behind keeps everybody else out until this process ends: try again. */
    unsigned int wait_ms = 1;
    for (int tries = 0; tries < RELEASE_TRIES && !(sys$deq(id_, 0, 0, 0) & 1); ++tries) {
        usleep(wait_ms * 1000);
        wait_ms *= 2;
    }
    id_ = 0;
}

} // namespace mail
