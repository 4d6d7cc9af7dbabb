/*
**  queue_calls - $SNDJBC and $GETQUI for the verbs and F$GETQUI
**
**  A status is that of the service, else the condition of the I/O status block.
*/
#ifndef SHIM_DCL_QUEUE_CALLS_H
#define SHIM_DCL_QUEUE_CALLS_H

#include "dispatch.h"
#include "low.h"

#include <quidef.h>

namespace shim {
namespace dcl {

/* $SNDJBCW; throws Failure when the condition is none of success. */
uint32_t send_to_jbc(unsigned short function, LowItems &items);
uint32_t try_send_to_jbc(unsigned short function, LowItems &items);

void flag(LowItems &items, unsigned short code);
/* An absolute time of a command, as SJC$_AFTER_TIME and its kin want it. */
void put_time(LowItems &items, unsigned short code, const std::string &text);

struct QueueAnswers {
    std::string name, processor, node, device, description, library, targets, autostart_on, form;
    uint32_t status, flags, owner, protection, job_limit, base_priority;
    uint32_t executing, pending, timed, holding, retained;
    bool is(uint32_t flag) const { return (flags & flag) != 0; }
    bool server() const { return (status & QUI$M_QUEUE_SERVER) != 0; }
};
struct JobAnswers {
    std::string name, user, queue, note, log, restart_queue, parameters[8];
    uint32_t number, status, flags, priority, condition, pid, copies;
    uint64_t submitted, after, completed, retain_until;
};
struct FileAnswers {
    std::string spec;
    uint32_t status, flags;
};

/* One stream of $GETQUI: queues, their jobs, their files; or entries.  Cancelled at the end. */
class QueueSearch {
public:
    QueueSearch() : context_(-1) {}
    ~QueueSearch();
    QueueSearch(const QueueSearch &) = delete;
    QueueSearch &operator=(const QueueSearch &) = delete;
    /* JBC$_NORMAL, or why there is none (more). */
    uint32_t queue(const std::string &pattern, uint32_t flags, QueueAnswers *answers);
    uint32_t job(uint32_t flags, const std::string &user, JobAnswers *answers);
    uint32_t entry(uint32_t flags, uint32_t number, const std::string &name,
                   const std::string &user, JobAnswers *answers);
    uint32_t file(FileAnswers *answers);
    uint32_t ask(unsigned short function, LowItems &items);

private:
    uint32_t job_of(unsigned short function, LowItems &items, JobAnswers *answers);
    int context_;
};

} // namespace dcl
} // namespace shim

#endif
