/*
**  queue_verbs - INITIALIZE, START, STOP, SET and DELETE of queues; the queue manager
**
**  Qualifiers that have no meaning here (working sets, CPU limits, characteristics) are refused,
**  not ignored.  System Manager's Manual, Managing Queues.
*/
#include "queue_calls.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <cstdlib>
#include <jbcmsgdef.h>
#include <sjcdef.h>

namespace shim {
namespace dcl {

namespace {

const char *const unsupported[] = {"BLOCK_LIMIT", "CHARACTERISTICS", "CPUDEFAULT", "CPUMAXIMUM",
                                   "RAD", "WSDEFAULT", "WSEXTENT", "WSQUOTA"};

bool given(const cli::Parsed &command, const char *label)
{
    return cli::entity_state(command, label) != cli::UNKNOWN && has(command, label);
}

bool given_negated(const cli::Parsed &command, const char *label)
{
    return cli::entity_state(command, label) != cli::UNKNOWN && negated(command, label);
}

void refuse_unsupported(const cli::Parsed &command)
{
    for (const char *label : unsupported)
        if (given(command, label))
            throw Failure(SS$_UNSUPPORTED);
}

/* (S:M,O:D,G:R,W:S): what is not named stays as it was, here the default. */
uint32_t protection_of(const cli::Parsed &command, uint32_t protection)
{
    static const char classes[] = "SOGW", letters[] = "RSMD";
    for (const cli::ParsedValue &value : cli::entity_values(command, "PROTECTION")) {
        const char *which = strchr(classes, value.keyword.empty() ? value.text[0]
                                                                   : value.keyword[0]);
        if (!which)
            throw Failure(CLI$_IVPROT, value.text);
        unsigned shift = static_cast<unsigned>(which - classes) * 4;
        uint32_t granted = 0;
        for (char c : value.values.empty() ? std::string() : value.values[0].text) {
            const char *letter = strchr(letters, c);
            if (!letter || !c)
                throw Failure(CLI$_IVPROT, value.values[0].text);
            granted |= 1u << (letter - letters);
        }
        protection = (protection & ~(15u << shift)) | ((~granted & 15) << shift);
    }
    return protection;
}

/* NODE::DEVICE:, NODE::, DEVICE: */
void put_place(LowItems &items, const std::string &place)
{
    size_t colons = place.find("::");
    std::string device = colons == std::string::npos ? place : place.substr(colons + 2);
    if (colons != std::string::npos)
        items.put(SJC$_SCSNODE_NAME, place.substr(0, colons));
    if (!device.empty())
        items.put(SJC$_DEVICE_NAME, device);
}

void put_texts(LowItems &items, const cli::Parsed &command)
{
    static const struct {
        const char *label;
        unsigned short code, none;
    } rows[] = {{"DESCRIPTION", SJC$_QUEUE_DESCRIPTION, SJC$_NO_QUEUE_DESCRIPTION},
                {"LIBRARY", SJC$_LIBRARY_SPECIFICATION, SJC$_NO_LIBRARY_SPECIFICATION},
                {"PROCESSOR", SJC$_PROCESSOR, SJC$_NO_PROCESSOR},
                {"FORM_MOUNTED", SJC$_FORM_NAME, 0}};
    for (const auto &row : rows) {
        if (given(command, row.label))
            items.put(row.code, text_of(command, row.label));
        else if (given_negated(command, row.label) && row.none)
            flag(items, row.none);
    }
}

void put_numbers(LowItems &items, const cli::Parsed &command)
{
    static const struct {
        const char *label;
        unsigned short code;
    } rows[] = {{"BASE_PRIORITY", SJC$_BASE_PRIORITY}, {"JOB_LIMIT", SJC$_JOB_LIMIT}};
    for (const auto &row : rows)
        if (given(command, row.label))
            items.put(row.code, static_cast<uint32_t>(number_of(command, row.label)));
    uint32_t uic;
    if (given(command, "OWNER_UIC") && read_uic(text_of(command, "OWNER_UIC"), &uic))
        items.put(SJC$_OWNER_UIC, uic);
    if (given(command, "PROTECTION"))
        items.put(SJC$_PROTECTION, protection_of(command, 0xDE7B));
}

void put_attributes(LowItems &items, const cli::Parsed &command)
{
    refuse_unsupported(command);
    put_texts(items, command);
    put_numbers(items, command);
    if (given(command, "ON"))
        put_place(items, text_of(command, "ON"));
    if (given(command, "AUTOSTART_ON"))
        for (const std::string &place : texts_of(command, "AUTOSTART_ON"))
            items.put(SJC$_AUTOSTART_ON, place);
    if (given(command, "GENERIC")) {
        std::vector<std::string> targets = texts_of(command, "GENERIC");
        if (targets.empty())
            flag(items, SJC$_GENERIC_QUEUE);
        for (const std::string &target : targets)
            items.put(SJC$_GENERIC_TARGET, target);
    }
    if (given(command, "RETAIN"))
        flag(items, text_of(command, "RETAIN")[0] == 'E' ? SJC$_RETAIN_ERROR_JOBS
                                                         : SJC$_RETAIN_ALL_JOBS);
    else if (given_negated(command, "RETAIN"))
        flag(items, SJC$_NO_RETAIN_JOBS);
    if (given(command, "OPEN"))
        flag(items, SJC$_OPEN_QUEUE);
    if (given(command, "CLOSE"))
        flag(items, SJC$_CLOSE_QUEUE);
}

void put_queue(LowItems &items, const cli::Parsed &command)
{
    items.put(SJC$_QUEUE, text_of(command, "QUEUE_NAME"));
}

/* A condition that is success but tells something: QUENOTMOD. */
void inform_of(Session &session, uint32_t status)
{
    if (status != JBC$_NORMAL && status != SS$_NORMAL)
        session.inform(status, {});
}

void initialize_queue(Session &session, const cli::Parsed &command)
{
    LowItems items;
    put_queue(items, command);
    std::string device = given(command, "DEVICE") ? text_of(command, "DEVICE") : "";
    if (given(command, "BATCH"))
        flag(items, SJC$_BATCH);
    else if (!device.empty() && device[0] == 'S')
        flag(items, SJC$_SERVER);
    else if (given(command, "TERMINAL") || (!device.empty() && device[0] == 'T'))
        flag(items, SJC$_TERMINAL);
    else
        flag(items, SJC$_PRINTER);
    put_attributes(items, command);
    if (given(command, "START"))
        flag(items, SJC$_CREATE_START);
    inform_of(session, send_to_jbc(SJC$_CREATE_QUEUE, items));
}

/* START/QUEUE takes attributes as well: they are altered first. */
void start_queue(Session &session, const cli::Parsed &command)
{
    LowItems attributes, items, place;
    put_queue(attributes, command);
    put_attributes(attributes, command);
    static const char *const altering[] = {"DESCRIPTION", "LIBRARY", "PROCESSOR", "FORM_MOUNTED",
                                           "BASE_PRIORITY", "JOB_LIMIT", "OWNER_UIC", "PROTECTION",
                                           "GENERIC", "RETAIN", "OPEN", "CLOSE", "AUTOSTART_ON",
                                           "ON"};
    bool any = false;
    for (const char *label : altering)
        any = any || given(command, label) || given_negated(command, label);
    if (any)
        inform_of(session, send_to_jbc(SJC$_ALTER_QUEUE, attributes));
    put_queue(items, command);
    inform_of(session, send_to_jbc(SJC$_START_QUEUE, items));
}

void stop_entry(const cli::Parsed &command)
{
    LowItems items;
    put_queue(items, command);
    if (has(command, "ENTRY"))
        items.put(SJC$_ENTRY_NUMBER,
                  static_cast<uint32_t>(number_of(command, "ENTRY")));
    if (has(command, "REQUEUE")) {
        flag(items, SJC$_REQUEUE);
        if (!text_of(command, "REQUEUE").empty())
            items.put(SJC$_DESTINATION_QUEUE, text_of(command, "REQUEUE"));
        if (has(command, "HOLD"))
            flag(items, SJC$_HOLD);
        if (has(command, "PRIORITY"))
            items.put(SJC$_PRIORITY,
                      static_cast<uint32_t>(number_of(command, "PRIORITY")));
    }
    send_to_jbc(SJC$_ABORT_JOB, items);
}

void stop_queue(Session &, const cli::Parsed &command)
{
    if (has(command, "ABORT") || has(command, "REQUEUE") || has(command, "ENTRY")) {
        stop_entry(command);
        return;
    }
    LowItems items;
    put_queue(items, command);
    send_to_jbc(has(command, "NEXT")    ? SJC$_STOP_QUEUE
                : has(command, "RESET") ? SJC$_RESET_QUEUE
                                        : SJC$_PAUSE_QUEUE,
                items);
}

/* STOP/QUEUES/ON_NODE[=node] */
void stop_queue_on_node(Session &, const cli::Parsed &command)
{
    LowItems items;
    std::string node = text_of(command, "ON_NODE");
    if (!node.empty())
        items.put(SJC$_SCSNODE_NAME, node.substr(0, node.find(':')));
    send_to_jbc(SJC$_STOP_ALL_QUEUES_ON_NODE, items);
}

void delete_queue(Session &session, const cli::Parsed &command)
{
    LowItems items;
    put_queue(items, command);
    send_to_jbc(SJC$_DELETE_QUEUE, items);
    if (has(command, "LOG"))
        session.inform(DELETE_QUEUED, {text_of(command, "QUEUE_NAME")});
}

void set_queue(Session &session, const cli::Parsed &command)
{
    LowItems items;
    put_queue(items, command);
    put_attributes(items, command);
    inform_of(session, send_to_jbc(SJC$_ALTER_QUEUE, items));
}

void start_queue_manager(Session &, const cli::Parsed &)
{
    LowItems items;
    send_to_jbc(SJC$_START_QUEUE_MANAGER, items);
}

void stop_queue_manager(Session &, const cli::Parsed &)
{
    LowItems items;
    send_to_jbc(SJC$_STOP_QUEUE_MANAGER, items);
}

/* Jobs that wait go from one queue to the other. */
void assign_merge(Session &, const cli::Parsed &command)
{
    LowItems items;
    items.put(SJC$_QUEUE, text_of(command, "SOURCE"));
    items.put(SJC$_DESTINATION_QUEUE, text_of(command, "TARGET"));
    send_to_jbc(SJC$_MERGE_QUEUE, items);
}

const VerbRow rows[] = {
    {"ASSIGN_MERGE", assign_merge, IMAGE},
    {"INITIALIZE_QUEUE", initialize_queue, IMAGE},
    {"START_QUEUE", start_queue, IMAGE},
    {"STOP_QUEUE", stop_queue, IMAGE},
    {"STOP_QUEUE_ON_NODE", stop_queue_on_node, IMAGE},
    {"DELETE_QUEUE", delete_queue, IMAGE},
    {"SET_QUEUE", set_queue, IMAGE},
    {"START_QUEUE_MANAGER", start_queue_manager, IMAGE},
    {"STOP_QUEUE_MANAGER", stop_queue_manager, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
