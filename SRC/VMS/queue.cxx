/*
**  queue - $SNDJBC: entries and queues
**
**  The result of a request is in the I/O status block; R0 says only that it was taken.  The file is
**  looked up in the caller's context, so the caller enables what its directory needs.
*/
#include "VMS/queue.h"

#include <efndef.h>
#include <jbcmsgdef.h>
#include <sjcdef.h>
#include <starlet.h>

#include "VMS/process.h"
#include "itemlist.h"

namespace mail {

static const size_t TEXT_MAX = 255;
static const size_t TARGETS_MAX = 124; /* of $SNDJBC; 99 fit our names */

typedef ItemList<24> RequestItems;
typedef ItemList<128> GenericItems;

template <class Items> static Status request(unsigned short function, Items &items)
{
    IOSB iosb;
    Status status(static_cast<boost::uint32_t>(
        sys$sndjbcw(EFN$C_ENF, function, 0, items.list(), &iosb, 0, 0)));
    return status.ok() ? Status(iosb.iosb$l_getxxi_status) : status;
}

Status queue_submit(const QueueJob &job, boost::uint32_t *entry, std::string *text)
{
    LowScratch scratch;
    RequestItems items(scratch);
    items.in(SJC$_QUEUE, job.queue.substr(0, QUEUE_NAME_MAX));
    items.in(SJC$_FILE_SPECIFICATION, job.file.substr(0, TEXT_MAX));
    if (!job.name.empty())
        items.in(SJC$_JOB_NAME, job.name.substr(0, QUEUE_JOB_NAME_MAX));
    if (!job.note.empty())
        items.in(SJC$_NOTE, job.note.substr(0, QUEUE_NOTE_MAX));
    for (int i = 0; i < QUEUE_PARAMETERS; ++i)
        if (!job.parameter[i].empty())
            items.in(SJC$_PARAMETER_1 + i, job.parameter[i].substr(0, TEXT_MAX));
    if (!job.user.empty())
        items.in(SJC$_USERNAME, job.user);
    if (job.after)
        items.in_quad(SJC$_AFTER_TIME, job.after);
    if (job.priority)
        items.in_long(SJC$_PRIORITY, job.priority);
    if (job.hold)
        items.flag(SJC$_HOLD);
    items.flag(SJC$_RESTART);
    items.flag(job.delete_file ? SJC$_DELETE_FILE : SJC$_NO_DELETE_FILE);
    int number = items.out(SJC$_ENTRY_NUMBER_OUTPUT, 4);
    int state = text ? items.out(SJC$_JOB_STATUS_OUTPUT, TEXT_MAX) : 0;
    Status status;
    if (job.user.empty()) {
        status = request(SJC$_ENTER_FILE, items);
    } else {
        PrivilegeGuard guard(PRIVILEGE_CMKRNL);
        status = request(SJC$_ENTER_FILE, items);
    }
    if (status.ok() && entry)
        *entry = items.number(number);
    if (status.ok() && text)
        *text = items.text(state);
    return status;
}

Status queue_change_entry(boost::uint32_t entry, const QueueChange &change)
{
    LowScratch scratch;
    RequestItems items(scratch);
    items.in_long(SJC$_ENTRY_NUMBER, entry);
    if (change.set_after)
        items.in_quad(SJC$_AFTER_TIME, change.after);
    else if (change.clear_after)
        items.flag(SJC$_NO_AFTER_TIME);
    if (change.set_hold)
        items.flag(change.hold ? SJC$_HOLD : SJC$_NO_HOLD);
    if (change.set_note)
        items.in(SJC$_NOTE, change.note.substr(0, QUEUE_NOTE_MAX));
    if (!change.move_to_queue.empty())
        items.in(SJC$_DESTINATION_QUEUE, change.move_to_queue.substr(0, QUEUE_NAME_MAX));
    PrivilegeGuard guard(PRIVILEGE_OPER);
    return request(SJC$_ALTER_JOB, items);
}

Status queue_release_entry(boost::uint32_t entry)
{
    QueueChange change;
    change.set_hold = true;
    change.clear_after = true;
    return queue_change_entry(entry, change);
}

Status queue_delete_entry(boost::uint32_t entry)
{
    LowScratch scratch;
    RequestItems items(scratch);
    items.in_long(SJC$_ENTRY_NUMBER, entry);
    PrivilegeGuard guard(PRIVILEGE_OPER);
    return request(SJC$_DELETE_JOB, items);
}

Status queue_requeue_entry(const std::string &queue, boost::uint32_t entry, bool hold)
{
    LowScratch scratch;
    RequestItems items(scratch);
    items.in(SJC$_QUEUE, queue.substr(0, QUEUE_NAME_MAX));
    items.in_long(SJC$_ENTRY_NUMBER, entry);
    items.flag(SJC$_REQUEUE);
    if (hold)
        items.flag(SJC$_HOLD);
    PrivilegeGuard guard(PRIVILEGE_OPER);
    return request(SJC$_ABORT_JOB, items);
}

/* ---- queues ---- */

Status queue_create_server(const std::string &name, const std::string &processor,
                           const std::string &node, bool start)
{
    LowScratch scratch;
    RequestItems items(scratch);
    items.in(SJC$_QUEUE, name.substr(0, QUEUE_NAME_MAX));
    items.in(SJC$_PROCESSOR, processor);
    items.flag(SJC$_SERVER);
    if (!node.empty())
        items.in(SJC$_SCSNODE_NAME, node);
    items.flag(SJC$_RETAIN_ERROR_JOBS);
    if (start)
        items.flag(SJC$_CREATE_START);
    PrivilegeGuard guard(PRIVILEGE_OPER);
    return request(SJC$_CREATE_QUEUE, items);
}

Status queue_create_generic(const std::string &name, const std::vector<std::string> &targets,
                            bool start)
{
    if (targets.empty() || targets.size() > TARGETS_MAX)
        return Status::bad_parameter();
    LowScratch scratch;
    GenericItems items(scratch);
    items.in(SJC$_QUEUE, name.substr(0, QUEUE_NAME_MAX));
    items.flag(SJC$_GENERIC_QUEUE);
    for (size_t i = 0; i < targets.size(); ++i)
        items.in(SJC$_GENERIC_TARGET, targets[i].substr(0, QUEUE_NAME_MAX));
    items.flag(SJC$_SERVER);
    if (start)
        items.flag(SJC$_CREATE_START);
    PrivilegeGuard guard(PRIVILEGE_OPER);
    return request(SJC$_CREATE_QUEUE, items);
}

static Status queue_request(const std::string &name, unsigned short function)
{
    LowScratch scratch;
    RequestItems items(scratch);
    items.in(SJC$_QUEUE, name.substr(0, QUEUE_NAME_MAX));
    PrivilegeGuard guard(PRIVILEGE_OPER);
    return request(function, items);
}

Status queue_start(const std::string &name)
{
    return queue_request(name, SJC$_START_QUEUE);
}

Status queue_stop(const std::string &name, bool reset)
{
    return queue_request(name, reset ? SJC$_RESET_QUEUE : SJC$_STOP_QUEUE);
}

Status queue_delete(const std::string &name)
{
    return queue_request(name, SJC$_DELETE_QUEUE);
}

} // namespace mail
