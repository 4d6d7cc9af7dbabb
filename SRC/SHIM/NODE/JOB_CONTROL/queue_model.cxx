/*
**  queue_model - the sets that hold queues and entries, and their stored form
**
**  place() is the only way an entry changes rank or queue, so sets, counts and timers agree.
*/
#include "queue_model.h"
#include "queue_wire.h"

#include <cstring>

namespace shim::job_control {

namespace {

const uint32_t STORE_FORMAT = 1;

uint64_t timer_of(const Entry &entry)
{
    if (entry.rank == JOB_TIMED)
        return entry.after;
    return entry.rank == JOB_RETAINED ? entry.retain_until : 0;
}

} // namespace

Entry::Entry()
    : number(0), uic(0), pid(0), priority(DEFAULT_PRIORITY), copies(1), condition(0),
      request_flags(0), order(0), submitted(0), after(0), ended(0), retain_until(0),
      rank(JOB_PENDING), hold(false), restart(true), notify(false), restarting(false),
      retain(false), retain_error(false), saved(false), dirty(false), log_null(false),
      log_delete(false), log_spool(false), entered(nullptr), queue(nullptr), file(0), copy(0),
      job_copy(0), end(END_COMPLETE), stop_condition(0),
      requeue_hold(false), requeue_to(nullptr), owner_link(-1)
{
}

std::string Entry::text(uint16_t code) const
{
    std::string value;
    find_item(items, code, &value);
    return value;
}

void Entry::set_text(uint16_t code, const std::string &value)
{
    std::string kept, data;
    ItemReader reader(items);
    uint16_t found;
    while (reader.next(&found, &data))
        if (found != code)
            add_item(&kept, found, data);
    if (!value.empty())
        add_item(&kept, code, value);
    items.swap(kept);
}

std::string Entry::encode() const
{
    WireWriter to;
    to.longword(STORE_FORMAT);
    for (uint32_t value : {uic, pid, priority, copies, condition, static_cast<uint32_t>(rank)})
        to.longword(value);
    for (uint64_t value : {order, submitted, after, ended, retain_until})
        to.quadword(value);
    to.longword((hold ? 1u : 0) | (restart ? 2u : 0) | (notify ? 4u : 0) | (restarting ? 8u : 0) |
                (retain ? 16u : 0) | (retain_error ? 32u : 0) | (log_null ? 64u : 0) |
                (log_delete ? 128u : 0) | (log_spool ? 256u : 0));
    to.text(entered->name);
    to.text(rank == JOB_RETAINED || rank == JOB_EXECUTING ? queue->name : entered->name);
    to.text(items);
    to.text(checkpoint);
    to.longword(static_cast<uint32_t>(files.size()));
    for (const JobFile &one : files) {
        to.text(one.spec);
        to.text(one.identification);
        to.longword(one.copies);
        to.longword(one.remove);
    }
    return to.data();
}

bool Entry::decode(const std::string &body, std::string *entered_name, std::string *queue_name)
{
    WireReader from(body);
    if (from.longword() != STORE_FORMAT)
        return false;
    uic = from.longword();
    pid = from.longword();
    priority = from.longword();
    copies = from.longword();
    condition = from.longword();
    rank = static_cast<JobRank>(from.longword());
    order = from.quadword();
    submitted = from.quadword();
    after = from.quadword();
    ended = from.quadword();
    retain_until = from.quadword();
    uint32_t bits = from.longword();
    hold = bits & 1;
    restart = bits & 2;
    notify = bits & 4;
    restarting = bits & 8;
    retain = bits & 16;
    retain_error = bits & 32;
    log_null = bits & 64;
    log_delete = bits & 128;
    log_spool = bits & 256;
    *entered_name = from.text();
    *queue_name = from.text();
    items = from.text();
    checkpoint = from.text();
    uint32_t count = from.longword();
    for (uint32_t i = 0; i < count && from.ok(); ++i) {
        JobFile one;
        one.spec = from.text();
        one.identification = from.text();
        one.copies = from.longword();
        one.remove = from.longword() != 0;
        files.push_back(one);
    }
    return from.ok() && rank <= JOB_OPEN && priority <= 255;
}

Queue::Queue()
    : id(0), protection(DEFAULT_PROTECTION), owner(0x10004), priority(DEFAULT_PRIORITY),
      job_limit(1), base_priority(4), generic(false), server(false), printer(false),
      terminal(false),
      retain_all(false), retain_error(false), closed(false), disabled(false), autostart(false),
      batch(false), wanted(false), run(RUN_STOPPED), pause(PAUSE_NONE), stop_next(false),
      task_begun(false),
      stop_sent(false), device_status(0), failures(0), active(nullptr), next_target(0)
{
    memset(counts, 0, sizeof counts);
}

bool Queue::idle() const
{
    if (batch)
        return !generic && run == RUN_IDLE && pause == PAUSE_NONE && !stop_next &&
               counts[JOB_EXECUTING] < job_limit;
    return !generic && run == RUN_IDLE && !active && pause == PAUSE_NONE && !stop_next &&
           (device_status & (16 | 128)) == 0; /* SMBMSG$M_STALLED, SMBMSG$M_UNAVAILABLE */
}

std::string Queue::encode() const
{
    WireWriter to;
    to.longword(STORE_FORMAT);
    for (uint32_t value : {id, protection, owner, priority, job_limit})
        to.longword(value);
    const bool bits[] = {generic, server, printer, terminal, retain_all,
                         retain_error, closed, disabled, autostart, wanted, batch};
    uint32_t mask = 0;
    for (size_t i = 0; i < sizeof bits / sizeof bits[0]; ++i)
        mask |= bits[i] ? 1u << i : 0;
    to.longword(mask);
    for (const std::string *value : {&name, &processor, &node, &device, &description, &library,
                                     &reset_modules, &form})
        to.text(*value);
    for (const std::vector<std::string> *list : {&autostart_on, &targets}) {
        to.longword(static_cast<uint32_t>(list->size()));
        for (const std::string &value : *list)
            to.text(value);
    }
    to.longword(base_priority);
    return to.data();
}

bool Queue::decode(const std::string &body)
{
    WireReader from(body);
    if (from.longword() != STORE_FORMAT)
        return false;
    for (uint32_t *value : {&id, &protection, &owner, &priority, &job_limit})
        *value = from.longword();
    uint32_t mask = from.longword(), bit = 1;
    for (bool *value : {&generic, &server, &printer, &terminal, &retain_all, &retain_error, &closed,
                        &disabled, &autostart, &wanted, &batch}) {
        *value = (mask & bit) != 0;
        bit <<= 1;
    }
    for (std::string *value : {&name, &processor, &node, &device, &description, &library,
                               &reset_modules, &form})
        *value = from.text();
    for (std::vector<std::string> *list : {&autostart_on, &targets}) {
        uint32_t count = from.longword();
        for (uint32_t i = 0; i < count && from.ok(); ++i)
            list->push_back(from.text());
    }
    if (!from.at_end()) /* databases of before batch queues end here */
        base_priority = from.longword();
    return from.ok();
}

QueueModel::QueueModel() : next_order(1), last_number(0), last_queue(0) {}

Queue *QueueModel::find_queue(const std::string &name)
{
    auto at = queues.find(name);
    return at == queues.end() ? nullptr : at->second.get();
}

Queue *QueueModel::queue_by_id(uint32_t id)
{
    auto at = by_id_.find(id);
    return at == by_id_.end() ? nullptr : at->second;
}

Entry *QueueModel::find_entry(uint32_t number)
{
    auto at = entries.find(number);
    return at == entries.end() ? nullptr : at->second.get();
}

Queue *QueueModel::add_queue(std::unique_ptr<Queue> queue)
{
    Queue *added = queue.get();
    if (added->id == 0)
        added->id = ++last_queue;
    else if (added->id > last_queue)
        last_queue = added->id;
    by_id_[added->id] = added;
    queues[added->name] = std::move(queue);
    return added;
}

void QueueModel::remove_queue(Queue *queue)
{
    by_id_.erase(queue->id);
    queues.erase(queue->name);
    link_targets();
}

void QueueModel::link_targets()
{
    for (auto &row : queues) {
        row.second->target_queues.clear();
        row.second->sources.clear();
    }
    for (auto &row : queues)
        for (const std::string &name : row.second->targets)
            if (Queue *target = find_queue(name)) {
                row.second->target_queues.push_back(target);
                target->sources.push_back(row.second.get());
            }
}

uint32_t QueueModel::free_number()
{
    do
        last_number = last_number >= ENTRY_NUMBER_MAX ? 1 : last_number + 1;
    while (entries.count(last_number));
    return last_number;
}

void QueueModel::take_out(Entry *entry)
{
    entry->queue->jobs.erase(entry->key());
    --entry->queue->counts[entry->rank];
    if (uint64_t time = timer_of(*entry))
        timed.erase(std::make_pair(time, entry->number));
}

void QueueModel::put_in(Entry *entry)
{
    entry->queue->jobs[entry->key()] = entry;
    ++entry->queue->counts[entry->rank];
    if (uint64_t time = timer_of(*entry))
        timed.insert(std::make_pair(time, entry->number));
}

Entry *QueueModel::add_entry(std::unique_ptr<Entry> entry)
{
    Entry *added = entry.get();
    if (added->order == 0)
        added->order = next_order++;
    else if (added->order >= next_order)
        next_order = added->order + 1;
    put_in(added);
    /* numbers ascend but for the wrap: the hint makes it O(1) */
    entries.emplace_hint(entries.end(), added->number, std::move(entry));
    return added;
}

void QueueModel::remove_entry(Entry *entry)
{
    take_out(entry);
    entries.erase(entry->number);
}

void QueueModel::place(Entry *entry, JobRank rank, Queue *queue)
{
    take_out(entry);
    entry->rank = rank;
    entry->queue = queue;
    put_in(entry);
}

Entry *QueueModel::first_pending(Queue *queue)
{
    auto at = queue->jobs.lower_bound(JobKey{JOB_PENDING, 0, 0});
    return at == queue->jobs.end() || at->second->rank != JOB_PENDING ? nullptr : at->second;
}

Entry *QueueModel::next_for(Queue *queue)
{
    Entry *best = first_pending(queue);
    for (Queue *source : queue->sources) {
        if (!source->wanted)
            continue;
        Entry *entry = first_pending(source);
        if (entry && (!best || entry->key() < best->key()))
            best = entry;
    }
    return best;
}

} // namespace shim::job_control
