/*
**  queue_show - $GETQUI: entries and queues
**
**  Each sequence runs on a stream of its own (context -1), so that threads do not disturb one
**  another, and ends with CANCEL_OPERATION.  DISPLAY_JOB shows the jobs of the queue shown before
**  it.
*/
#include "VMS/queue.h"

#include <efndef.h>
#include <jbcmsgdef.h>
#include <quidef.h>
#include <starlet.h>

#include "itemlist.h"

namespace mail {

static const size_t TEXT_MAX = 255;
static const size_t TARGETS_MAX = 124 * 32;

class QueueStream {
public:
    QueueStream() : context_(0xffffffffu) {}
    ~QueueStream()
    {
        if (context_ == 0xffffffffu)
            return;
        LowScratch scratch;
        ItemList<1> none(scratch);
        ask(QUI$_CANCEL_OPERATION, none.list());
    }
    Status ask(unsigned short function, ILE3 *list)
    {
        IOSB iosb;
        Status status(static_cast<boost::uint32_t>(
            sys$getquiw(EFN$C_ENF, function, &context_, list, &iosb, 0, 0)));
        return status.ok() ? Status(iosb.iosb$l_getxxi_status) : status;
    }

private:
    QueueStream(const QueueStream &);
    QueueStream &operator=(const QueueStream &);
    unsigned int context_;
};

static QueueEntryState state_of(boost::uint32_t status)
{
    if (status & QUI$M_JOB_RETAINED)
        return ENTRY_RETAINED;
    if (status & (QUI$M_JOB_EXECUTING | QUI$M_JOB_STARTING | QUI$M_JOB_COMPLETING))
        return ENTRY_EXECUTING;
    if (status & QUI$M_JOB_HOLDING)
        return ENTRY_HOLDING;
    if (status & QUI$M_JOB_TIMED_RELEASE)
        return ENTRY_TIMED;
    return status & QUI$M_JOB_PENDING ? ENTRY_PENDING : ENTRY_OTHER;
}

/* The output items of a job, shared by DISPLAY_JOB and DISPLAY_ENTRY. */
class EntryItems {
public:
    explicit EntryItems(LowScratch &scratch) : items(scratch)
    {
        number_ = items.out(QUI$_ENTRY_NUMBER, 4);
        status_ = items.out(QUI$_JOB_STATUS, 4);
        priority_ = items.out(QUI$_PRIORITY, 4);
        submitted_ = items.out(QUI$_SUBMISSION_TIME, 8);
        after_ = items.out(QUI$_AFTER_TIME, 8);
        condition_ = items.out(QUI$_CONDITION_VECTOR, 12);
        name_ = items.out(QUI$_JOB_NAME, 39);
        queue_ = items.out(QUI$_QUEUE_NAME, 31);
        user_ = items.out(QUI$_USERNAME, 12);
        note_ = items.out(QUI$_NOTE, TEXT_MAX);
        for (int i = 0; i < QUEUE_PARAMETERS; ++i)
            parameter_[i] = items.out(QUI$_PARAMETER_1 + i, TEXT_MAX);
    }
    void store(QueueEntry *entry) const
    {
        entry->entry = items.number(number_);
        entry->state = state_of(items.number(status_));
        entry->priority = items.number(priority_);
        entry->submitted = items.quad(submitted_);
        entry->after = items.quad(after_);
        entry->completion = items.length(condition_) >= 4 ? items.number(condition_) : 0;
        entry->name = items.trimmed(name_);
        entry->queue = items.trimmed(queue_);
        entry->user = items.trimmed(user_);
        entry->note = items.text(note_);
        for (int i = 0; i < QUEUE_PARAMETERS; ++i)
            entry->parameter[i] = items.text(parameter_[i]);
    }
    ItemList<24> items;

private:
    int number_, status_, priority_, submitted_, after_, condition_, name_, queue_, user_, note_;
    int parameter_[QUEUE_PARAMETERS];
};

static void add_file(QueueStream *stream, QueueEntry *entry)
{
    LowScratch scratch;
    ItemList<1> items(scratch);
    int file = items.out(QUI$_FILE_SPECIFICATION, TEXT_MAX);
    if (stream->ask(QUI$_DISPLAY_FILE, items.list()).ok())
        entry->file = items.trimmed(file);
}

Status queue_find_entry(boost::uint32_t entry, QueueEntry *found)
{
    QueueStream stream;
    LowScratch scratch;
    EntryItems fields(scratch);
    fields.items.in_long(QUI$_SEARCH_NUMBER, entry);
    fields.items.in_long(QUI$_SEARCH_FLAGS, QUI$M_SEARCH_WILDCARD); /* keeps the job's context */
    Status status = stream.ask(QUI$_DISPLAY_ENTRY, fields.items.list());
    if (status.end_of_file())
        return Status(JBC$_NOSUCHENT);
    if (!status.ok())
        return status;
    fields.store(found);
    add_file(&stream, found);
    return status;
}

static Status entries_of_queue(QueueStream *stream, std::vector<QueueEntry> *entries)
{
    for (;;) {
        LowScratch scratch;
        EntryItems fields(scratch);
        fields.items.in_long(QUI$_SEARCH_FLAGS, QUI$M_SEARCH_ALL_JOBS);
        Status status = stream->ask(QUI$_DISPLAY_JOB, fields.items.list());
        if (status.end_of_file())
            return Status();
        if (!status.ok())
            return status;
        entries->push_back(QueueEntry());
        fields.store(&entries->back());
        add_file(stream, &entries->back());
    }
}

Status queue_entries(const std::string &queue, std::vector<QueueEntry> *entries)
{
    QueueStream stream;
    std::vector<QueueEntry> found;
    bool any = false;
    Status status;
    while (status.ok()) {
        LowScratch scratch;
        ItemList<3> items(scratch);
        items.in(QUI$_SEARCH_NAME, queue.substr(0, QUEUE_NAME_MAX));
        items.in_long(QUI$_SEARCH_FLAGS, QUI$M_SEARCH_WILDCARD);
        items.out(QUI$_QUEUE_NAME, QUEUE_NAME_MAX);
        status = stream.ask(QUI$_DISPLAY_QUEUE, items.list());
        if (!status.ok())
            break;
        any = true;
        status = entries_of_queue(&stream, &found);
    }
    if (!status.end_of_file())
        return status;
    if (!any)
        return Status(JBC$_NOSUCHQUE);
    entries->swap(found);
    return Status();
}

/* ---- queues ---- */

class QueueItems {
public:
    explicit QueueItems(LowScratch &scratch) : items(scratch)
    {
        name_ = items.out(QUI$_QUEUE_NAME, QUEUE_NAME_MAX);
        processor_ = items.out(QUI$_PROCESSOR, 39);
        node_ = items.out(QUI$_SCSNODE_NAME, 6);
        description_ = items.out(QUI$_QUEUE_DESCRIPTION, TEXT_MAX);
        targets_ = items.out(QUI$_GENERIC_TARGET, TARGETS_MAX);
        status_ = items.out(QUI$_QUEUE_STATUS, 4);
        flags_ = items.out(QUI$_QUEUE_FLAGS, 4);
        executing_ = items.out(QUI$_EXECUTING_JOB_COUNT, 4);
        holding_ = items.out(QUI$_HOLDING_JOB_COUNT, 4);
        pending_ = items.out(QUI$_PENDING_JOB_COUNT, 4);
        timed_ = items.out(QUI$_TIMED_RELEASE_JOB_COUNT, 4);
        retained_ = items.out(QUI$_RETAINED_JOB_COUNT, 4);
    }
    void store(QueueInfo *info) const;
    ItemList<14> items;

private:
    int name_, processor_, node_, description_, targets_, status_, flags_;
    int executing_, holding_, pending_, timed_, retained_;
};

static void split_list(const std::string &text, std::vector<std::string> *parts)
{
    size_t begin = 0;
    while (begin < text.size()) {
        size_t end = text.find(',', begin);
        if (end == std::string::npos)
            end = text.size();
        if (end > begin)
            parts->push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

void QueueItems::store(QueueInfo *info) const
{
    boost::uint32_t status = items.number(status_), flags = items.number(flags_);
    info->name = items.trimmed(name_);
    info->processor = items.trimmed(processor_);
    info->node = items.trimmed(node_);
    info->description = items.text(description_);
    split_list(items.trimmed(targets_), &info->targets);
    info->generic = !info->targets.empty();
    info->server = (flags & QUI$M_QUEUE_SERVER) != 0 || (status & QUI$M_QUEUE_SERVER) != 0;
    info->stopped = (status & QUI$M_QUEUE_STOPPED) != 0;
    info->paused = (status & (QUI$M_QUEUE_PAUSED | QUI$M_QUEUE_PAUSING)) != 0;
    info->stalled = (status & QUI$M_QUEUE_STALLED) != 0;
    info->closed = (status & QUI$M_QUEUE_CLOSED) != 0;
    info->idle = (status & QUI$M_QUEUE_IDLE) != 0;
    info->busy = (status & QUI$M_QUEUE_BUSY) != 0;
    info->starting = (status & QUI$M_QUEUE_STARTING) != 0;
    info->stopping = (status & (QUI$M_QUEUE_STOPPING | QUI$M_QUEUE_STOP_PENDING |
                                QUI$M_QUEUE_RESETTING)) != 0;
    info->executing = items.number(executing_);
    info->holding = items.number(holding_);
    info->pending = items.number(pending_);
    info->timed = items.number(timed_);
    info->retained = items.number(retained_);
}

static Status next_queue(QueueStream *stream, const std::string &name, bool wildcard,
                         QueueInfo *info)
{
    LowScratch scratch;
    QueueItems fields(scratch);
    fields.items.in(QUI$_SEARCH_NAME, name.substr(0, QUEUE_NAME_MAX));
    fields.items.in_long(QUI$_SEARCH_FLAGS, wildcard ? QUI$M_SEARCH_WILDCARD : 0);
    Status status = stream->ask(QUI$_DISPLAY_QUEUE, fields.items.list());
    if (status.ok())
        fields.store(info);
    return status;
}

Status queue_find(const std::string &name, QueueInfo *info)
{
    QueueStream stream;
    Status status = next_queue(&stream, name, false, info);
    return status.end_of_file() ? Status(JBC$_NOSUCHQUE) : status;
}

Status queue_list(const std::string &name, std::vector<QueueInfo> *queues)
{
    QueueStream stream;
    std::vector<QueueInfo> found;
    for (;;) {
        QueueInfo info;
        Status status = next_queue(&stream, name, true, &info);
        if (status.not_found() && found.empty())
            break;
        if (status.end_of_file())
            break;
        if (!status.ok())
            return status;
        found.push_back(info);
    }
    queues->swap(found);
    return Status();
}

} // namespace mail
