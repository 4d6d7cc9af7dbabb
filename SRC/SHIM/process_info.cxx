/*
**  process_info - $GETJPI
**
**  Everything is known at once, so both forms complete before they return.
**  System Services Reference Manual.
*/
#include "event_flags.h"
#include "process_table.h"
#include "shim.h"

#include <jpidef.h>
#include <prvdef.h>
#include <starlet.h>

#include <ctime>

namespace shim {

namespace {

const uint32_t WILDCARD = 0xFF000000;     /* -1 at first, then index of the next row */

std::string padded(std::string text, size_t width)
{
    text.resize(width, ' ');
    return text;
}

uint32_t put_long(const Item &item, uint32_t value)
{
    put_item(item, &value, sizeof value);
    return SS$_NORMAL;
}

uint32_t put_quad(const Item &item, uint64_t value)
{
    put_item(item, &value, sizeof value);
    return SS$_NORMAL;
}

uint32_t put_string(const Item &item, const std::string &text)
{
    put_item(item, text); /* truncated without complaint, as $GETJPI does */
    return SS$_NORMAL;
}

uint32_t cpu_time(const ProcessEntry &entry) /* 10 ms units; of the caller only */
{
    struct timespec used;
    if (entry.identity.pid != self().pid || clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0)
        return 0;
    return static_cast<uint32_t>(used.tv_sec * 100 + used.tv_nsec / 10000000);
}

uint32_t job_type(uint32_t mode)
{
    return mode == JPI$K_INTERACTIVE ? JPI$K_LOCAL : mode;
}

uint32_t answer_privileges(const Item &item, const ProcessEntry &entry)
{
    const ProcessSlot *slot = slot_of(entry.identity.pid);
    switch (item.code) {
    case JPI$_CURPRIV:
        return put_quad(item, entry.identity.current);
    case JPI$_AUTHPRIV:
        return put_quad(item, entry.identity.authorized);
    case JPI$_PROCPRIV:
        return put_quad(item, slot ? slot->permanent.load() : 0);
    case JPI$_IMAGPRIV:
        return put_quad(item, 0); /* no image is installed with privileges */
    }
    trace("sys$getjpi: unknown item %u", item.code);
    return SS$_BADPARAM;
}

uint32_t answer_number(const Item &item, const ProcessEntry &entry)
{
    const Identity &identity = entry.identity;
    switch (item.code) {
    case JPI$_PID:
    case JPI$_MASTER_PID:
        return put_long(item, identity.pid);
    case JPI$_OWNER:
    case JPI$_PRCCNT:
    case JPI$_STS:
        return put_long(item, 0);
    case JPI$_UIC:
        return put_long(item, identity.uic);
    case JPI$_GRP:
        return put_long(item, identity.uic >> 16);
    case JPI$_MEM:
        return put_long(item, identity.uic & 0xffff);
    case JPI$_MODE:
        return put_long(item, identity.mode);
    case JPI$_JOBTYPE:
        return put_long(item, job_type(identity.mode));
    case JPI$_PRI:
    case JPI$_PRIB:
        return put_long(item, 4);
    case JPI$_PROC_INDEX:
        return put_long(item, identity.pid % PROCESS_MAX);
    case JPI$_CPUTIM:
        return put_long(item, cpu_time(entry));
    case JPI$_LOGINTIM:
        return put_quad(item, entry.login_time);
    }
    return answer_privileges(item, entry);
}

uint32_t answer_item(const Item &item, const ProcessEntry &entry)
{
    switch (item.code) {
    case JPI$_USERNAME:
        return put_string(item, padded(entry.identity.user, 12));
    case JPI$_ACCOUNT:
        return put_string(item, padded(entry.identity.user, 8));
    case JPI$_PRCNAM:
        return put_string(item, entry.identity.process_name);
    case JPI$_NODENAME:
        return put_string(item, entry.node);
    case JPI$_TERMINAL:
    case JPI$_CLINAME:
        return put_string(item, "");
    case JPI$_IMAGNAME:
        return put_string(item, entry.image.empty()
                                    ? ""
                                    : "SYS$SYSROOT:[SYSEXE]" + entry.image + ".EXE;1");
    }
    return answer_number(item, entry);
}

/* The next process of this node at or after the row that *context names. */
uint32_t next_process(uint32_t *context, ProcessEntry *entry)
{
    uint32_t first = *context == 0xFFFFFFFF ? 0 : *context & 0xFFFF;
    for (const ProcessEntry &found : list_processes()) {
        const ProcessSlot *slot = slot_of(found.identity.pid);
        uint32_t row = slot ? static_cast<uint32_t>(slot - page().processes) : 0;
        if (!slot || row < first || found.node != node_name())
            continue;
        if (!may_affect(found.identity))
            continue;
        *context = WILDCARD | (row + 1);
        *entry = found;
        return SS$_NORMAL;
    }
    return SS$_NOMOREPROC;
}

/* A process name belongs to a UIC group of this node; 0 when there is none. */
uint32_t pid_of_name(const std::string &name, uint32_t uic)
{
    for (const ProcessEntry &found : list_processes())
        if (found.identity.process_name == name && found.node == node_name() &&
            found.identity.uic >> 16 == uic >> 16)
            return found.identity.pid;
    return 0;
}

uint32_t get_information(unsigned int *pidadr, void *prcnam, void *itmlst)
{
    own_slot();
    std::vector<Item> items;
    uint32_t status = read_items(static_cast<const ILE3 *>(itmlst), &items);
    ProcessEntry entry;
    if (status & 1)
        status = pidadr && (*pidadr & WILDCARD) == WILDCARD
                     ? next_process(pidadr, &entry)
                     : choose_process(pidadr, prcnam, &entry);
    for (size_t i = 0; (status & 1) && i < items.size(); ++i)
        status = answer_item(items[i], entry);
    return status;
}

} // namespace

bool may_affect(const Identity &target)
{
    Identity caller = self();
    if (caller.uic == target.uic || privileged(PRV$M_WORLD))
        return true;
    return caller.uic >> 16 == target.uic >> 16 && privileged(PRV$M_GROUP);
}

uint32_t choose_process(unsigned int *pidadr, void *prcnam, ProcessEntry *entry)
{
    own_slot();
    Identity caller = self();
    uint32_t pid = pidadr ? *pidadr : 0;
    std::string name;
    if (!pid && prcnam) {
        uint32_t status = get_text(static_cast<dsc$descriptor_s *>(prcnam), &name);
        if (!(status & 1))
            return status;
        if (name.empty() || name.size() > 15)
            return SS$_IVLOGNAM;
    } else if (!pid) {
        pid = own_slot().pid.load();
    }
    if (!pid)
        pid = pid_of_name(name, caller.uic);
    if (!pid || !find_process(pid, entry))
        return SS$_NONEXPR;
    if (pid != own_slot().pid.load() && !may_affect(entry->identity))
        return SS$_NOPRIV;
    if (pidadr)
        *pidadr = pid;
    return SS$_NORMAL;
}

} // namespace shim

using namespace shim;

extern "C" {

int sys$getjpi(unsigned int efn, unsigned int *pidadr, void *prcnam, void *itmlst,
               struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm)
{
    SHIM_SERVICE("sys$getjpi");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return complete_request(get_information(pidadr, prcnam, itmlst), efn, iosb, astadr, astprm);
}

int sys$getjpiw(unsigned int efn, unsigned int *pidadr, void *prcnam, void *itmlst,
                struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm)
{
    SHIM_SERVICE("sys$getjpiw");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return complete_request(get_information(pidadr, prcnam, itmlst), efn, iosb, astadr, astprm);
}
}
