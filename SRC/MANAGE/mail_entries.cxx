/*
**  mail_entries - queue entries with their control files
*/
#include "mail_entries.h"

#include <algorithm>
#include "CORE/text.h"
#include "MTA/control_file.h"
#include "MTA/submit.h"
#include "VMS/process.h"
#include "VMS/recfile.h"
#include "mail_queues.h"

namespace mail {

static bool by_number(const QueueEntry &a, const QueueEntry &b)
{
    return a.entry < b.entry;
}

static bool same_number(const QueueEntry &a, const QueueEntry &b)
{
    return a.entry == b.entry;
}

static bool passes(const QueueEntry &entry, const EntryFilter &filter)
{
    return (filter.entry == 0 || filter.entry == entry.entry) &&
           (filter.user.empty() || text_equal(filter.user, entry.user));
}

static Status add_entries(const std::vector<QueueInfo> &queues, const EntryFilter &filter,
                          std::vector<QueueEntry> *entries)
{
    for (size_t i = 0; i < queues.size(); ++i) {
        std::vector<QueueEntry> some;
        Status status = queue_entries(queues[i].name, &some);
        if (!status.ok() && !status.not_found()) /* a queue may have gone meanwhile */
            return status;
        for (size_t e = 0; e < some.size(); ++e)
            if (passes(some[e], filter))
                entries->push_back(some[e]);
    }
    return Status();
}

Status mail_entries_find(const EntryFilter &filter, std::vector<QueueEntry> *entries)
{
    PrivilegeGuard operator_privilege(PRIVILEGE_OPER); /* else only the user's own are shown */
    MailQueues queues;
    std::vector<QueueEntry> found;
    Status status = mail_queues_find(&queues);
    if (status.ok())
        status = add_entries(queues.generic, filter, &found);
    if (status.ok())
        status = add_entries(queues.execution, filter, &found);
    if (!status.ok())
        return status;
    std::sort(found.begin(), found.end(), by_number);
    found.erase(std::unique(found.begin(), found.end(), same_number), found.end());
    entries->swap(found);
    return Status();
}

/* "26-NOV-2026 19:14:05" */
static std::string time_text(VmsTime time)
{
    return time == 0 ? std::string() : vmstime_text(time).substr(0, 20);
}

static std::string unix_text(boost::uint64_t seconds)
{
    return seconds == 0 ? "never"
                        : time_text(vmstime_from_unix(static_cast<boost::int64_t>(seconds)));
}

std::string entry_state_text(const QueueEntry &entry)
{
    switch (entry.state) {
    case ENTRY_PENDING:
        return "Pending";
    case ENTRY_EXECUTING:
        return "Executing";
    case ENTRY_HOLDING:
        return "Holding";
    case ENTRY_TIMED:
        return "Holding until " + time_text(entry.after);
    case ENTRY_RETAINED:
        return (entry.completion & 1) == 0 ? "Retained on error" : "Retained on completion";
    case ENTRY_OTHER:
        break;
    }
    return "Unknown";
}

static std::string padded(const std::string &text, size_t width)
{
    return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

static std::string number_column(boost::uint32_t number)
{
    std::string text = text_from_number(number);
    return text.size() < 7 ? std::string(7 - text.size(), ' ') + text : text;
}

std::vector<std::string> entry_heading()
{
    std::vector<std::string> lines;
    lines.push_back("  Entry  Username      Submitted             State");
    lines.push_back("  -----  --------      ---------             -----");
    return lines;
}

std::string entry_line(const QueueEntry &entry)
{
    return number_column(entry.entry) + "  " + padded(entry.user, 12) + "  " +
           padded(time_text(entry.submitted), 20) + "  " + entry_state_text(entry);
}

EntryMessage entry_message(const QueueEntry &entry)
{
    EntryMessage message;
    ControlFile file;
    message.outcome = file.open(entry.file, false);
    if (message.outcome.is_done()) {
        message.envelope = file.envelope();
        message.recipients = file.recipients();
        message.size = file.text_size();
    }
    return message;
}

static const char *state_name(ControlState state)
{
    static const char *const names[] = {"UNSENT", "SENT", "FAILED"};
    return names[state];
}

static std::string recipient_line(const ControlRecipient &recipient)
{
    const ControlCell &cell = recipient.cell;
    std::string line = "    " + padded(state_name(cell.state), 6) + "  " + recipient.address;
    if (cell.attempts != 0)
        line += ", attempts: " + text_from_number(cell.attempts) +
                ", last: " + unix_text(cell.attempted);
    if (!cell.text.empty())
        line += ", " + text_printable(cell.text, CONTROL_CELL_TEXT);
    return line;
}

static void add_message(const EntryMessage &message, unsigned classes,
                        std::vector<std::string> *lines)
{
    const std::string &sender = message.envelope.sender;
    boost::uint32_t attempts = 0;
    for (size_t i = 0; i < message.recipients.size(); ++i)
        if (message.recipients[i].cell.attempts > attempts)
            attempts = message.recipients[i].cell.attempts;
    lines->push_back("  Created:       " + unix_text(message.envelope.created));
    lines->push_back("  Sender:        " + (sender.empty() ? std::string("<>") : sender));
    lines->push_back("  Size:          " + text_from_number(message.size) + " bytes");
    lines->push_back("  Attempts:      " + text_from_number(attempts));
    lines->push_back("  Recipients:");
    bool any = false;
    for (size_t i = 0; i < message.recipients.size(); ++i)
        if (classes & (1u << message.recipients[i].cell.state)) {
            lines->push_back(recipient_line(message.recipients[i]));
            any = true;
        }
    if (!any)
        lines->push_back("    none of that kind");
}

std::vector<std::string> entry_full(const QueueEntry &entry, const EntryMessage &message,
                                    unsigned classes)
{
    std::vector<std::string> lines;
    lines.push_back(entry_line(entry));
    lines.push_back("  Queue:         " + entry.queue);
    lines.push_back("  Control file:  " + entry.file);
    if (entry.state == ENTRY_TIMED)
        lines.push_back("  Next attempt:  " + time_text(entry.after));
    if (message.outcome.is_done())
        add_message(message, classes, &lines);
    else
        lines.push_back("  Message:       " + message.outcome.log_text());
    return lines;
}

Status entry_send(const QueueEntry &entry, VmsTime after)
{
    if (entry.state == ENTRY_RETAINED) {
        boost::uint32_t number;
        boost::uint64_t when =
            after == 0 ? 0 : static_cast<boost::uint64_t>(vmstime_to_unix(after));
        if (!submit_entry(entry.file, entry.user, "", when, &number).is_done())
            return Status::failed();
        return queue_delete_entry(entry.entry);
    }
    QueueChange change;
    change.set_hold = true;
    change.clear_after = after == 0;
    change.set_after = after != 0;
    change.after = after;
    return queue_change_entry(entry.entry, change);
}

Status entry_remove(const QueueEntry &entry)
{
    Status status = queue_delete_entry(entry.entry);
    if (!status.ok() && !status.not_found())
        return status;
    ControlName name;
    if (!control_name_parse(entry.file, &name))
        return Status(); /* somebody's file that was never ours */
    status = file_erase(entry.file);
    return status.not_found() ? Status() : status;
}

} // namespace mail
