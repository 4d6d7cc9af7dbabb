/*
**  lock_manager - $ENQ, $DEQ: the lock manager of one VMSROOT
**
**  Locks are rows of the system page.  A resource is its name and its scope: the whole system
**  (LCK$M_SYSTEM, needs SYSLCK) or the UIC group.  Who gives a lock up grants those that wait, in
**  their order; who waits looks every half second for holders that have died.  A lock belongs to
**  the host process.  Left out: parent locks and blocking ASTs (SS$_UNSUPPORTED); of deadlocks only
**  that of two conversions is found.
*/
#include "event_flags.h"
#include "shim.h"
#include "system_page.h"

#include <algorithm>
#include <cstring>
#include <lckdef.h>
#include <prvdef.h>
#include <starlet.h>
#include <thread>
#include <unistd.h>

namespace shim {

namespace {

const uint32_t LOCK_NONE = 0xff;
const int64_t LOOK_FOR_DEAD_NS = 500000000;
const size_t RESOURCE_MAX = 31;

/* compatible[requested][granted] */
const bool compatible[6][6] = {
    {true, true, true, true, true, true},       /* NL */
    {true, true, true, true, true, false},      /* CR */
    {true, true, true, false, false, false},    /* CW */
    {true, true, false, true, false, false},    /* PR */
    {true, true, false, false, false, false},   /* PW */
    {true, false, false, false, false, false},  /* EX */
};

uint64_t own_start()
{
    static std::atomic<uint64_t> start;
    static std::atomic<int> pid;
    if (pid.load() != getpid()) {
        start.store(host_start_time(getpid()));
        pid.store(getpid());
    }
    return start.load();
}

/* Everything below is called under SystemLock. */

bool is_own(const LockSlot &row)
{
    return row.id && row.host_pid == getpid() && row.host_start == own_start();
}

LockSlot *row_of(uint32_t id)
{
    uint32_t index = (id & 0xffff) - 1;
    LockSlot *row = index < LOCK_MAX ? &page().locks[index] : nullptr;
    return row && row->id == id && is_own(*row) ? row : nullptr;
}

std::vector<LockSlot *> rows_of(const char *resource)
{
    std::vector<LockSlot *> rows;
    SystemPage &at = page();
    for (uint32_t i = 0; i < at.locks_used; ++i)
        if (at.locks[i].id && strcmp(at.locks[i].resource, resource) == 0)
            rows.push_back(&at.locks[i]);
    std::sort(rows.begin(), rows.end(),
              [](const LockSlot *a, const LockSlot *b) { return a->order < b->order; });
    return rows;
}

void free_row(LockSlot *row)
{
    SystemPage &at = page();
    row->id = 0;
    while (at.locks_used && at.locks[at.locks_used - 1].id == 0)
        --at.locks_used;
}

LockSlot *new_row(const std::string &resource, uint32_t mode)
{
    SystemPage &at = page();
    uint32_t index = 0;
    while (index < LOCK_MAX && at.locks[index].id)
        ++index;
    if (index == LOCK_MAX)
        return nullptr;
    at.locks_used = std::max(at.locks_used, index + 1);
    LockSlot *row = &at.locks[index];
    row->sequence = (row->sequence + 1) & 0x7fff;
    row->id = row->sequence << 16 | (index + 1);
    row->host_pid = getpid();
    row->host_start = own_start();
    row->granted = LOCK_NONE;
    row->requested = mode;
    row->settled = 0;
    row->order = ++at.lock_order;
    row->value_valid = 1;
    memset(row->value, 0, sizeof row->value);
    set_field(row->resource, resource);
    for (const LockSlot *other : rows_of(row->resource))
        if (other != row) {
            memcpy(row->value, other->value, sizeof row->value);
            row->value_valid = other->value_valid;
            break;
        }
    return row;
}

void set_value(const char *resource, const unsigned char *value)
{
    for (LockSlot *row : rows_of(resource)) {
        row->value_valid = value != nullptr;
        if (value)
            memcpy(row->value, value, sizeof row->value);
    }
}

bool writes_value(uint32_t mode)
{
    return mode == LCK$K_PWMODE || mode == LCK$K_EXMODE;
}

bool is_waiting(const LockSlot &row)
{
    return row.settled.load() == 0;
}

bool grantable(const LockSlot &row, const std::vector<LockSlot *> &rows)
{
    for (const LockSlot *other : rows)
        if (other != &row && other->granted != LOCK_NONE &&
            !compatible[row.requested][other->granted])
            return false;
    return true;
}

void settle(LockSlot *row, uint32_t status)
{
    row->settled.store(status);
    futex_wake_all(row->settled);
}

void grant(LockSlot *row)
{
    row->granted = row->requested;
    settle(row, SS$_NORMAL);
}

/* Conversions first, then new locks; in each order no further than the first that must wait. */
void grant_waiting(const std::vector<LockSlot *> &rows)
{
    for (int conversions = 1; conversions >= 0; --conversions)
        for (LockSlot *row : rows) {
            if (!is_waiting(*row) || (row->granted != LOCK_NONE) != (conversions == 1))
                continue;
            if (!grantable(*row, rows))
                return;
            grant(row);
        }
}

void drop_dead(const char *resource)
{
    bool dropped = false;
    for (LockSlot *row : rows_of(resource)) {
        if (is_own(*row) || host_alive(row->host_pid, row->host_start))
            continue;
        if (row->granted != LOCK_NONE && writes_value(row->granted))
            set_value(resource, nullptr);
        free_row(row);
        dropped = true;
    }
    if (dropped)
        grant_waiting(rows_of(resource));
}

/* Grants at once, or leaves the row waiting.  new_lock: those that wait already go first. */
bool try_grant(LockSlot *row, bool new_lock)
{
    for (int pass = 0; pass < 2; ++pass) {
        std::vector<LockSlot *> rows = rows_of(row->resource);
        bool first = true;
        for (const LockSlot *other : rows)
            first = first && (other == row || !is_waiting(*other));
        if ((first || !new_lock || row->requested == LCK$K_NLMODE) && grantable(*row, rows)) {
            grant(row);
            return true;
        }
        if (pass == 0)
            drop_dead(row->resource);
        if (!is_waiting(*row))
            return true;
    }
    return false;
}

/* Two holders that each wait for the other to give way. */
bool conversion_deadlock(const LockSlot &row)
{
    for (const LockSlot *other : rows_of(row.resource))
        if (other != &row && is_waiting(*other) && other->granted != LOCK_NONE &&
            !compatible[row.requested][other->granted] &&
            !compatible[other->requested][row.granted])
            return true;
    return false;
}

uint32_t resource_name(void *resnam, unsigned int flags, std::string *resource)
{
    std::string name;
    uint32_t status = get_text(static_cast<dsc$descriptor_s *>(resnam), &name);
    if (!(status & 1))
        return status;
    if (name.empty() || name.size() > RESOURCE_MAX)
        return SS$_IVBUFLEN;
    if (name.find('\0') != std::string::npos)
        return SS$_BADPARAM;
    if (flags & LCK$M_SYSTEM) {
        if (!privileged(PRV$M_SYSLCK))
            return SS$_NOSYSLCK;
        *resource = "S" + name;
    } else {
        char scope[8];
        snprintf(scope, sizeof scope, "G%04x", self().uic >> 16 & 0xffff);
        *resource = scope + name;
    }
    return SS$_NORMAL;
}

struct Request {
    LKSB *lksb;
    uint32_t flags, id;
};

/* The request has its answer: tell the caller what is in the row. */
uint32_t finish(const Request &request, uint32_t status)
{
    SystemLock lock;
    LockSlot *row = row_of(request.id);
    if (row && status == SS$_ABORT && row->granted == LOCK_NONE) {
        free_row(row);
    } else if (row && (status & 1) && (request.flags & LCK$M_VALBLK)) {
        memcpy(request.lksb->lksb$b_valblk, row->value, sizeof row->value);
        if (!row->value_valid)
            status = SS$_VALNOTVALID;
    }
    __atomic_store_n(&request.lksb->lksb$w_status, static_cast<unsigned short>(status),
                     __ATOMIC_RELEASE);
    return status;
}

uint32_t wait_for(const Request &request)
{
    LockSlot &row = page().locks[(request.id & 0xffff) - 1];
    for (;;) {
        uint32_t status = row.settled.load();
        if (status)
            return finish(request, status);
        futex_wait(row.settled, 0, LOOK_FOR_DEAD_NS);
        if (row.settled.load() == 0) {
            SystemLock lock;
            LockSlot *waiting = row_of(request.id);
            if (!waiting)
                break; /* another thread has dequeued it */
            drop_dead(waiting->resource);
        }
    }
    return finish(request, SS$_ABORT);
}

/* A new lock: queued or granted.  *done when there is nothing to wait for. */
uint32_t request_new(uint32_t mode, const std::string &resource, Request *request, bool *done)
{
    SystemLock lock;
    LockSlot *row = new_row(resource, mode);
    if (!row)
        return SS$_EXENQLM;
    *done = try_grant(row, true);
    if (!*done && (request->flags & LCK$M_NOQUEUE)) {
        free_row(row);
        return SS$_NOTQUEUED;
    }
    request->id = row->id;
    __atomic_store_n(&request->lksb->lksb$l_lkid, row->id, __ATOMIC_RELEASE);
    return SS$_NORMAL;
}

uint32_t request_conversion(uint32_t mode, Request *request, bool *done)
{
    SystemLock lock;
    LockSlot *row = row_of(request->lksb->lksb$l_lkid);
    if (!row)
        return SS$_IVLOCKID;
    if (row->granted == LOCK_NONE || is_waiting(*row))
        return SS$_CVTUNGRANT;
    request->id = row->id;
    uint32_t before = row->granted;
    row->requested = mode;
    row->settled.store(0);
    row->order = ++page().lock_order;
    *done = try_grant(row, false);
    if (*done) {
        if ((request->flags & LCK$M_VALBLK) && writes_value(before))
            set_value(row->resource, request->lksb->lksb$b_valblk);
        grant_waiting(rows_of(row->resource));
        return SS$_NORMAL;
    }
    bool deadlock = !(request->flags & LCK$M_NOQUEUE) && conversion_deadlock(*row);
    if (!deadlock && !(request->flags & LCK$M_NOQUEUE))
        return SS$_NORMAL;
    row->requested = before;
    row->settled.store(SS$_NORMAL);
    return deadlock ? SS$_DEADLOCK : SS$_NOTQUEUED;
}

struct Completion {
    uint32_t efn;
    void (*astadr)(unsigned long long);
    unsigned long long astprm;
    void operator()() const
    {
        set_flag(efn);
        if (astadr) {
            auto routine = astadr;
            auto parameter = astprm;
            deliver_ast([routine, parameter] { routine(parameter); });
        }
    }
};

int enqueue(uint32_t mode, Request request, void *resnam, const Completion &completion, bool wait)
{
    std::string resource;
    bool done = false;
    uint32_t status = SS$_NORMAL;
    own_slot();
    request.lksb->lksb$w_status = 0;
    if (request.flags & LCK$M_CONVERT) {
        status = request_conversion(mode, &request, &done);
    } else {
        status = resource_name(resnam, request.flags, &resource);
        if (status & 1)
            status = request_new(mode, resource, &request, &done);
    }
    if (!(status & 1)) {
        request.lksb->lksb$w_status = static_cast<unsigned short>(status);
        return static_cast<int>(status);
    }
    if (done && (request.flags & LCK$M_SYNCSTS)) {
        finish(request, SS$_NORMAL);
        return SS$_SYNCH;
    }
    if (wait || done) {
        wait_for(request);
        completion();
    } else {
        std::thread([request, completion] {
            wait_for(request);
            completion();
        }).detach();
    }
    return SS$_NORMAL;
}

int check_and_enqueue(unsigned int efn, unsigned int lkmode, LKSB *lksb, unsigned int flags,
                      void *resnam, unsigned int parid, void (*astadr)(unsigned long long),
                      unsigned long long astprm, void (*blkastadr)(unsigned long long), bool wait)
{
    const uint32_t known = LCK$M_VALBLK | LCK$M_CONVERT | LCK$M_NOQUEUE | LCK$M_SYNCSTS |
                           LCK$M_SYSTEM | LCK$M_NOQUOTA;
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    if (!lksb)
        return SS$_ACCVIO;
    if (lkmode > LCK$K_EXMODE || (flags & ~known))
        return SS$_BADPARAM;
    if (parid || blkastadr)
        return SS$_UNSUPPORTED;
    clear_flag(efn);
    return enqueue(lkmode, Request{lksb, flags, 0}, resnam, Completion{efn, astadr, astprm}, wait);
}

uint32_t cancel_request(LockSlot *row)
{
    if (!is_waiting(*row))
        return SS$_CANCELGRANT;
    if (row->granted == LOCK_NONE) {
        settle(row, SS$_ABORT);
        return SS$_NORMAL;
    }
    row->requested = row->granted;
    settle(row, SS$_CANCEL);
    grant_waiting(rows_of(row->resource));
    return SS$_NORMAL;
}

void release(LockSlot *row, const void *value)
{
    char resource[sizeof row->resource];
    memcpy(resource, row->resource, sizeof resource);
    if (row->granted != LOCK_NONE && writes_value(row->granted) && value)
        set_value(resource, static_cast<const unsigned char *>(value));
    if (row->granted == LOCK_NONE && is_waiting(*row))
        settle(row, SS$_ABORT); /* its waiter frees the row */
    else
        free_row(row);
    grant_waiting(rows_of(resource));
}

void release_all()
{
    SystemPage &at = page();
    for (uint32_t i = 0; i < at.locks_used; ++i)
        if (is_own(at.locks[i]))
            release(&at.locks[i], nullptr);
}

} // namespace

} // namespace shim

using namespace shim;

extern "C" {

int sys$enq(unsigned int efn, unsigned int lkmode, struct _lksb *lksb, unsigned int flags,
            void *resnam, unsigned int parid, void (*astadr)(unsigned long long),
            unsigned long long astprm, void (*blkastadr)(unsigned long long), unsigned int acmode,
            unsigned int rsdm_id)
{
    SHIM_SERVICE("sys$enq");
    (void)acmode, (void)rsdm_id;
    return check_and_enqueue(efn, lkmode, lksb, flags, resnam, parid, astadr, astprm, blkastadr,
                             false);
}

int sys$enqw(unsigned int efn, unsigned int lkmode, struct _lksb *lksb, unsigned int flags,
             void *resnam, unsigned int parid, void (*astadr)(unsigned long long),
             unsigned long long astprm, void (*blkastadr)(unsigned long long), unsigned int acmode,
             unsigned int rsdm_id)
{
    SHIM_SERVICE("sys$enqw");
    (void)acmode, (void)rsdm_id;
    return check_and_enqueue(efn, lkmode, lksb, flags, resnam, parid, astadr, astprm, blkastadr,
                             true);
}

int sys$deq(unsigned int lkid, void *valblk, unsigned int acmode, unsigned int flags)
{
    SHIM_SERVICE("sys$deq");
    (void)acmode;
    if (flags & ~static_cast<uint32_t>(LCK$M_DEQALL | LCK$M_CANCEL | LCK$M_INVVALBLK))
        return SS$_BADPARAM;
    SystemLock lock;
    if ((flags & LCK$M_DEQALL) && lkid == 0) {
        release_all();
        return SS$_NORMAL;
    }
    LockSlot *row = row_of(lkid);
    if (!row)
        return SS$_IVLOCKID;
    if (flags & LCK$M_CANCEL)
        return static_cast<int>(cancel_request(row));
    if ((flags & LCK$M_INVVALBLK) && row->granted != LOCK_NONE && writes_value(row->granted))
        set_value(row->resource, nullptr);
    release(row, valblk);
    return SS$_NORMAL;
}
}
