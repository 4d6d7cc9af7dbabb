/*
**  mail_command - SHOW MAIL, SEND MAIL, REMOVE MAIL, START MAIL, STOP MAIL (spec 3.4 to 3.7)
*/
#include "CORE/text.h"
#include "MTA/config.h"
#include "VMS/cli.h"
#include "VMS/process.h"
#include "mail_entries.h"
#include "mail_queues.h"
#include "manage_commands.h"
#include "manage_output.h"

namespace mail {

bool has_system_privilege()
{
    return process_has(PRIVILEGE_SYSPRV) || process_has(PRIVILEGE_BYPASS);
}

Status require_system_privilege()
{
    return has_system_privilege() ? Status()
                                  : tell(TCPIPMGT__NOPRIV, std::string("SYSPRV or BYPASS"));
}

/*
**  The user parameter and /ENTRY.  Who has no privilege sees and touches his own mail only; naming
**  somebody else is refused, not answered with nothing.
*/
static Status filter_of_command(EntryFilter *filter)
{
    std::string user, number;
    if (cli_value("USER", &user))
        filter->user = text_uppered_mcs(user);
    if (cli_value("ENTRY", &number))
        text_number(number, 1, 0xFFFFFFFFu, &filter->entry);
    if (has_system_privilege())
        return Status();
    std::string own = process_user();
    if (!filter->user.empty() && !text_equal(filter->user, own))
        return require_system_privilege();
    filter->user = own;
    return Status();
}

static Status find_entries(std::vector<QueueEntry> *entries, EntryFilter *filter)
{
    Status status = filter_of_command(filter);
    if (!status.ok())
        return status;
    status = mail_entries_find(*filter, entries);
    if (status.ok())
        return status;
    Status told = tell(TCPIPMGT__QUEUEERR, std::string("*"));
    tell_cause(status);
    return told;
}

static Status tell_none(const EntryFilter &filter)
{
    return filter.entry != 0 ? tell(TCPIPMGT__NOENTRY, filter.entry) : tell(TCPIPMGT__NOMAIL);
}

/* ---- SHOW MAIL ---- */

static unsigned classes_of_command()
{
    std::vector<std::string> words;
    unsigned classes = 0;
    cli_values("RECIPIENT", &words);
    if (words.empty() || cli_given("RECIPIENT.ALL"))
        return RECIPIENTS_ALL;
    if (cli_given("RECIPIENT.FAILED"))
        classes |= RECIPIENTS_FAILED;
    if (cli_given("RECIPIENT.SENT"))
        classes |= RECIPIENTS_SENT;
    if (cli_given("RECIPIENT.UNSENT"))
        classes |= RECIPIENTS_UNSENT;
    return classes;
}

Status show_mail()
{
    std::vector<QueueEntry> entries;
    EntryFilter filter;
    Status status = find_entries(&entries, &filter);
    if (!status.ok())
        return status;
    if (entries.empty())
        return tell_none(filter);
    bool full = cli_given("FULL");
    unsigned classes = full ? classes_of_command() : 0;
    std::vector<std::string> lines = entry_heading();
    for (size_t i = 0; i < entries.size(); ++i) {
        std::vector<std::string> more;
        if (full) {
            lines.push_back("");
            more = entry_full(entries[i], entry_message(entries[i]), classes);
        } else {
            more.push_back(entry_line(entries[i]));
        }
        lines.insert(lines.end(), more.begin(), more.end());
    }
    for (size_t i = 0; i < lines.size(); ++i)
        say(lines[i]);
    return Status();
}

/* ---- SEND MAIL, REMOVE MAIL ---- */

/* With /ENTRY nobody is asked, without it everybody is; /[NO]CONFIRM says otherwise. */
static bool is_asking(const EntryFilter &filter)
{
    CliPresence presence = cli_presence("CONFIRM");
    return presence == CLI_IS_ABSENT ? filter.entry == 0 : presence == CLI_IS_PRESENT;
}

static Status tell_entry(const QueueEntry &entry, const Status &status)
{
    if (status.locked())
        return tell(TCPIPMGT__BUSYENTRY, entry.entry);
    Status told = tell(TCPIPMGT__ENTRYERR, entry.entry);
    tell_cause(status);
    return told;
}

class EntryWork {
public:
    virtual ~EntryWork() {}
    virtual Status run(const QueueEntry &entry) = 0;
};

static Status work_on_entries(EntryWork *work)
{
    std::vector<QueueEntry> entries;
    EntryFilter filter;
    Status status = find_entries(&entries, &filter);
    if (!status.ok())
        return status;
    if (entries.empty())
        return tell_none(filter);
    bool asking = is_asking(filter);
    Confirmation confirmation(asking, "CONFIRM [Y/N/G]: ");
    Status result;
    for (size_t i = 0; i < entries.size() && !confirmation.ended(); ++i) {
        if (entries[i].state == ENTRY_EXECUTING) {
            result = tell(TCPIPMGT__BUSYENTRY, entries[i].entry);
            continue;
        }
        if (asking)
            say(entry_line(entries[i]));
        if (!confirmation.yes())
            continue;
        status = work->run(entries[i]);
        if (!status.ok() && !status.not_found()) /* gone meanwhile: it has been delivered */
            result = tell_entry(entries[i], status);
    }
    return result;
}

class SendWork : public EntryWork {
public:
    explicit SendWork(VmsTime after) : after_(after) {}
    virtual Status run(const QueueEntry &entry) { return entry_send(entry, after_); }

private:
    VmsTime after_;
};

class RemoveWork : public EntryWork {
public:
    virtual Status run(const QueueEntry &entry) { return entry_remove(entry); }
};

Status send_mail()
{
    std::string text;
    VmsTime after = 0;
    if (cli_value("AFTER", &text) && !vmstime_parse(text, &after))
        return tell(TCPIPMGT__IVTIME, text_one_line(text, 80));
    SendWork work(after);
    return work_on_entries(&work);
}

Status remove_mail()
{
    RemoveWork work;
    return work_on_entries(&work);
}

/* ---- START MAIL, STOP MAIL ---- */

Status start_mail()
{
    Status status = require_system_privilege();
    return status.ok() ? mail_queues_start(process_node(), config_read()->number(P_QUEUES))
                       : status;
}

Status stop_mail()
{
    Status status = require_system_privilege();
    return status.ok() ? mail_queues_stop(process_node()) : status;
}

} // namespace mail
