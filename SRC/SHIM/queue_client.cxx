/*
**  queue_client - one request per command, one search per display
**
**  Goes past the item lists of $SNDJBC and $GETQUI: C++ values need no 32-bit memory.
*/
#include "queue_client.h"
#include "queue_connection.h"
#include "shim.h"

#include <jbcmsgdef.h>
#include <quidef.h>
#include <sjcdef.h>

namespace shim {

namespace {

const uint32_t AHEAD = 64;

uint32_t ask(uint16_t operation, uint16_t function, const std::string &rest, QueueAnswer *answer)
{
    WireWriter body;
    queue_caller().write(&body);
    body.raw(rest);
    uint32_t status = queue_ask(operation, function, body.data(), answer);
    return status & 1 ? answer->status : status;
}

uint32_t command(uint16_t function, const std::string &items)
{
    QueueAnswer answer;
    return ask(QUEUE_SNDJBC, function, items, &answer);
}

uint32_t queue_command(uint16_t function, const std::string &name)
{
    std::string items;
    add_item(&items, SJC$_QUEUE, queue_name_of(name));
    return command(function, items);
}

uint32_t entry_command(uint16_t function, uint32_t entry, const std::vector<uint16_t> &flags)
{
    std::string items;
    add_long(&items, SJC$_ENTRY_NUMBER, entry);
    for (uint16_t flag : flags)
        add_item(&items, flag, std::string());
    return command(function, items);
}

/* Every object that a search finds; most 0: all. */
uint32_t collect(uint16_t function, QueueQuery query, uint32_t most,
                 std::vector<std::string> *found)
{
    uint32_t status;
    query.most = AHEAD;
    do {
        WireWriter body;
        QueueAnswer answer;
        query.write(&body);
        status = ask(QUEUE_GETQUI, function, body.data(), &answer);
        ItemReader reader(answer.items);
        uint16_t code;
        std::string object;
        while ((status & 1) && reader.next(&code, &object)) {
            found->push_back(object);
            uint16_t inner;
            std::string value;
            ItemReader parts(object);
            while (parts.next(&inner, &value))
                if (inner == QUEUE_ITEM_CURSOR)
                    query.cursor = value;
        }
    } while ((status & 1) && (most == 0 || found->size() < most));
    bool end = status == JBC$_NOMOREQUE || status == JBC$_NOMOREJOB || status == JBC$_NOMOREENT;
    return end ? static_cast<uint32_t>(JBC$_NORMAL) : status;
}

std::string text(const std::string &object, uint16_t code)
{
    std::string value;
    find_item(object, code, &value);
    return value;
}

uint32_t number(const std::string &object, uint16_t code)
{
    return static_cast<uint32_t>(wire_number(text(object, code)));
}

std::vector<std::string> split(const std::string &list)
{
    std::vector<std::string> parts;
    size_t at = 0;
    while (at < list.size()) {
        size_t comma = list.find(',', at);
        parts.push_back(list.substr(at, comma - at));
        at = comma == std::string::npos ? list.size() : comma + 1;
    }
    return parts;
}

EntryShown entry_of(const std::string &object)
{
    EntryShown entry;
    std::string file;
    find_item(object, QUEUE_ITEM_FILE, &file);
    entry.number = number(object, QUI$_ENTRY_NUMBER);
    entry.status = number(object, QUI$_JOB_STATUS);
    entry.priority = number(object, QUI$_PRIORITY);
    entry.uic = number(object, QUI$_UIC);
    entry.condition = number(object, QUI$_CONDITION_VECTOR);
    entry.submitted = wire_number(text(object, QUI$_SUBMISSION_TIME));
    entry.after = wire_number(text(object, QUI$_AFTER_TIME));
    entry.name = text(object, QUI$_JOB_NAME);
    entry.queue = text(object, QUI$_QUEUE_NAME);
    entry.user = text(object, QUI$_USERNAME);
    entry.note = text(object, QUI$_NOTE);
    entry.file = text(file, QUI$_FILE_SPECIFICATION);
    for (uint16_t i = 0; i < 8; ++i)
        entry.parameters[i] = text(object, static_cast<uint16_t>(QUI$_PARAMETER_1 + i));
    return entry;
}

struct StatusText {
    uint32_t bit;
    const char *text;
};

std::string first_text(uint32_t status, const StatusText *row)
{
    while (row->bit && !(status & row->bit))
        ++row;
    return row->text;
}

} // namespace

uint32_t init_queue(const QueueSetup &setup)
{
    std::string items;
    add_item(&items, SJC$_QUEUE, queue_name_of(setup.name));
    add_item(&items, SJC$_SERVER, std::string());
    if (setup.generic)
        add_item(&items, SJC$_GENERIC_QUEUE, std::string());
    if (setup.start)
        add_item(&items, SJC$_CREATE_START, std::string());
    if (setup.retain_all)
        add_item(&items, SJC$_RETAIN_ALL_JOBS, std::string());
    if (setup.retain_error)
        add_item(&items, SJC$_RETAIN_ERROR_JOBS, std::string());
    const std::pair<uint16_t, const std::string *> texts[] = {
        {SJC$_PROCESSOR, &setup.processor}, {SJC$_SCSNODE_NAME, &setup.node},
        {SJC$_DEVICE_NAME, &setup.device}, {SJC$_QUEUE_DESCRIPTION, &setup.description},
        {SJC$_LIBRARY_SPECIFICATION, &setup.library},
        {SJC$_JOB_RESET_MODULES, &setup.reset_modules}};
    for (const auto &row : texts)
        if (!row.second->empty())
            add_item(&items, row.first, *row.second);
    for (const std::string &target : setup.targets)
        add_item(&items, SJC$_GENERIC_TARGET, target);
    for (const std::string &place : setup.autostart_on)
        add_item(&items, SJC$_AUTOSTART_ON, place);
    return command(SJC$_CREATE_QUEUE, items);
}

uint32_t init_generic(const std::string &name, const std::vector<std::string> &targets, bool start)
{
    QueueSetup setup;
    setup.name = name;
    setup.targets = targets;
    setup.generic = true;
    setup.start = start;
    return init_queue(setup);
}

uint32_t start_queue(const std::string &name)
{
    return queue_command(SJC$_START_QUEUE, name);
}

uint32_t stop_queue(const std::string &name, QueueStop how)
{
    return queue_command(how == QUEUE_STOP_RESET   ? SJC$_RESET_QUEUE
                         : how == QUEUE_STOP_PAUSE ? SJC$_PAUSE_QUEUE
                                                   : SJC$_STOP_QUEUE,
                         name);
}

uint32_t delete_queue(const std::string &name)
{
    return queue_command(SJC$_DELETE_QUEUE, name);
}

uint32_t delete_entry(uint32_t entry)
{
    return entry_command(SJC$_DELETE_JOB, entry, {});
}

uint32_t hold_entry(uint32_t entry)
{
    return entry_command(SJC$_ALTER_JOB, entry, {SJC$_HOLD});
}

uint32_t release_entry(uint32_t entry)
{
    return entry_command(SJC$_ALTER_JOB, entry, {SJC$_NO_HOLD, SJC$_NO_AFTER_TIME});
}

uint32_t requeue_entry(uint32_t entry, bool hold)
{
    std::vector<uint16_t> flags(1, SJC$_REQUEUE);
    if (hold)
        flags.push_back(SJC$_HOLD);
    return entry_command(SJC$_ABORT_JOB, entry, flags);
}

uint32_t show_queues(const std::string &pattern, std::vector<QueueShown> *queues)
{
    std::vector<std::string> objects;
    QueueQuery query;
    query.name = queue_name_of(pattern);
    bool wild = query.name.find_first_of("*%") != std::string::npos;
    uint32_t status = collect(QUI$_DISPLAY_QUEUE, query, wild ? 0 : 1, &objects);
    for (const std::string &object : objects) {
        QueueShown queue;
        queue.name = text(object, QUI$_QUEUE_NAME);
        queue.processor = text(object, QUI$_PROCESSOR);
        queue.node = text(object, QUI$_SCSNODE_NAME);
        queue.device = text(object, QUI$_DEVICE_NAME);
        queue.description = text(object, QUI$_QUEUE_DESCRIPTION);
        queue.targets = split(text(object, QUI$_GENERIC_TARGET));
        queue.status = number(object, QUI$_QUEUE_STATUS);
        queue.flags = number(object, QUI$_QUEUE_FLAGS);
        queue.executing = number(object, QUI$_EXECUTING_JOB_COUNT);
        queue.pending = number(object, QUI$_PENDING_JOB_COUNT);
        queue.timed = number(object, QUI$_TIMED_RELEASE_JOB_COUNT);
        queue.holding = number(object, QUI$_HOLDING_JOB_COUNT);
        queue.retained = number(object, QUI$_RETAINED_JOB_COUNT);
        queues->push_back(queue);
    }
    return status;
}

uint32_t show_entries(const std::string &queue, std::vector<EntryShown> *entries)
{
    std::vector<std::string> objects;
    QueueQuery query;
    query.queue = queue_name_of(queue);
    uint32_t status = collect(QUI$_DISPLAY_JOB, query, 0, &objects);
    for (const std::string &object : objects)
        entries->push_back(entry_of(object));
    return status;
}

uint32_t show_entry(uint32_t number, EntryShown *entry)
{
    std::vector<std::string> objects;
    QueueQuery query;
    query.number = number;
    uint32_t status = collect(QUI$_DISPLAY_ENTRY, query, 1, &objects);
    if (!objects.empty())
        *entry = entry_of(objects[0]);
    return status;
}

std::string queue_status_text(uint32_t status)
{
    static const StatusText status_table[] = {
        {QUI$M_QUEUE_STOPPED, "stopped"}, {QUI$M_QUEUE_STARTING, "starting"},
        {QUI$M_QUEUE_STOPPING, "stopping"}, {QUI$M_QUEUE_RESETTING, "resetting"},
        {QUI$M_QUEUE_PAUSED, "paused"}, {QUI$M_QUEUE_PAUSING, "pausing"},
        {QUI$M_QUEUE_STALLED, "stalled"}, {QUI$M_QUEUE_BUSY, "busy"},
        {QUI$M_QUEUE_IDLE, "idle"}, {0, "unknown"}};
    return first_text(status, status_table);
}

std::string entry_status_text(uint32_t status)
{
    static const StatusText status_table[] = {
        {QUI$M_JOB_ABORTING, "aborting"}, {QUI$M_JOB_EXECUTING, "executing"},
        {QUI$M_JOB_HOLDING, "holding"}, {QUI$M_JOB_TIMED_RELEASE, "holding until"},
        {QUI$M_JOB_RETAINED, "retained"}, {QUI$M_JOB_PENDING, "pending"},
        {QUI$M_JOB_INCOMPLETE, "open"}, {0, "unknown"}};
    return first_text(status, status_table);
}

} // namespace shim
