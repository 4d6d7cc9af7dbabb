/*
**  mail_journal - writing records, applying them, recovery
*/
#include "mail_journal.h"

#include "crash_point.h"
#include "mail_journal_record.h"
#include "record_journal.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>

#include <cstdlib>
#include <map>

namespace shim {

namespace {

/* ---- recovery ---- */

uint32_t apply_record(const MailRecord &record, const JournalEntry &entry,
                      const std::vector<uint32_t> &cancelled)
{
    std::string external;
    for (uint32_t i = 0; i < record.directories.size(); ++i) {
        bool skip = false;
        for (uint32_t number : cancelled)
            skip = skip || number == i;
        std::shared_ptr<MailStore> store;
        if (skip || !(MailStore::open(record.directories[i], true, &store) & 1))
            continue;
        const int64_t journal = static_cast<int64_t>(entry.journal);
        if (store->applied(journal) >= entry.number) {
            if (mail_is_external(record.draft.body->size(), record.draft.flags))
                store->restore_external(record.draft);
        } else {
            uint32_t status = store->append(record.draft, journal, entry.number, &external);
            if (!(status & 1))
                return status;
        }
    }
    return SS$_NORMAL;
}

uint32_t apply_all(const std::vector<JournalEntry> &entries, uint32_t *records)
{
    std::map<int64_t, std::vector<uint32_t>> cancelled;
    MailRecord record;
    for (const JournalEntry &entry : entries)
        if (unpack_record(entry.body, &record) && record.kind == MailRecord::CANCEL)
            cancelled[record.about] = record.cancelled;
    for (const JournalEntry &entry : entries) {
        if (!unpack_record(entry.body, &record) || record.kind != MailRecord::MESSAGE)
            continue;
        uint32_t status = apply_record(record, entry, cancelled[entry.number]);
        if (!(status & 1))
            return status;
        ++*records;
    }
    return SS$_NORMAL;
}

/* ---- this process's journal ---- */

const JournalKind kind = {"mailjrn", MAIL_JOURNAL_BYTES, 0, apply_all};

RecordJournal &journal()
{
    static RecordJournal *only = new RecordJournal(kind); /* its thread may outlive statics */
    return *only;
}

/* As MAIL reports it. */
uint32_t mail_status(uint32_t status)
{
    return status == RMS$_WER     ? MAIL$_WRITEERR
           : status == RMS$_CRE   ? MAIL$_OPENOUT
           : status == SS$_EXQUOTA ? static_cast<uint32_t>(MAIL$_NOMORECTX)
                                  : status;
}

uint32_t open_journal()
{
    return mail_status(journal().open());
}

uint32_t write_record(const std::string &first, const std::string &text, MailDelivery *delivery)
{
    JournalTicket ticket;
    uint32_t status = mail_status(journal().write(first, text, &ticket));
    if (!(status & 1))
        return status;
    delivery->push_back(ticket);
    CRASH_POINT("crash:mail_journal_written");
    return status;
}

void close_at_exit()
{
    mail_journal_close();
}
void close_for_change()
{
    mail_journal_close();
}
RootChange journal_change(close_for_change);

void apply(const MailDraft &draft, const JournalTicket &ticket, std::vector<MailTarget> *targets,
           std::vector<uint32_t> *refused)
{
    std::string external;
    for (uint32_t i = 0; i < targets->size(); ++i) {
        MailTarget &target = (*targets)[i];
        std::shared_ptr<MailStore> store;
        target.status = MailStore::open(target.directory, true, &store);
        if (target.status & 1)
            target.status = store->append(draft, static_cast<int64_t>(ticket.journal),
                                          ticket.number, &external);
        if (!(target.status & 1))
            refused->push_back(i);
        CRASH_POINT("crash:mail_applied_one");
    }
}

} // namespace

uint32_t mail_recover(uint32_t *records)
{
    uint32_t found = 0;
    uint32_t status = mail_status(journal().recover(&found));
    if (records)
        *records = found;
    return status;
}

uint64_t mail_fresh_date()
{
    static uint64_t last;
    if (!(open_journal() & 1))
        return now();
    uint64_t date = (now() & ~255ULL) | (journal().slot() & 255);
    if (date <= last)
        date = last + 256;
    last = date;
    return date;
}

uint32_t mail_deliver(const MailDraft &draft, std::vector<MailTarget> *targets,
                      MailDelivery *delivery)
{
    uint32_t status = open_journal();
    if (!(status & 1))
        return status;
    static bool registered;
    if (!registered && atexit(close_at_exit) == 0)
        registered = true;
    std::vector<std::string> directories;
    for (const MailTarget &target : *targets)
        directories.push_back(target.directory);
    status = write_record(pack_message(draft, directories), *draft.body, delivery);
    if (!(status & 1))
        return status;
    std::vector<uint32_t> refused;
    const JournalTicket ticket = delivery->back();
    MailStore::create_missing(directories);
    apply(draft, ticket, targets, &refused);
    if (!refused.empty())
        status = write_record(pack_cancel(ticket.number, refused), std::string(), delivery);
    CRASH_POINT("crash:mail_applied_all");
    return status;
}

uint32_t mail_deliver_end(MailDelivery *delivery)
{
    uint32_t status = SS$_NORMAL;
    for (const JournalTicket &ticket : *delivery) {
        uint32_t flushed = mail_status(journal().flush(ticket));
        if (!(flushed & 1))
            status = flushed;
        journal().finished(ticket);
    }
    if (!delivery->empty())
        CRASH_POINT("crash:mail_journal_flushed");
    delivery->clear();
    return status;
}

void mail_journal_close()
{
    journal().close();
}

} // namespace shim
