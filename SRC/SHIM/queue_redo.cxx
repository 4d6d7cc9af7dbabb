/*
**  queue_redo - logging, keeping and reading back
*/
#include "queue_redo.h"

#include "crash_point.h"
#include "shim.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <unistd.h>

#include <rmsdef.h>

namespace shim {

namespace {

std::string redo_path()
{
    return store_path("queue.redo");
}

} // namespace

bool queue_redo_write(uint16_t function, const std::string &body, JournalTicket *ticket)
{
    RecordJournal *journal = process_journal_if_open();
    if (!journal)
        return false;
    std::string record = process_record(PROCESS_REQUEST);
    record.reserve(record.size() + body.size() + 16);
    journal_put(&record, static_cast<uint64_t>(function));
    journal_put(&record, body);
    return (journal->write(record, ticket) & 1) != 0;
}

bool queue_redo_flush(const JournalTicket &ticket)
{
    RecordJournal *journal = process_journal_if_open();
    if (!journal || !(journal->flush(ticket) & 1))
        return false;
    CRASH_POINT("crash:queue_request_logged");
    return true;
}

bool queue_redo_crowded()
{
    RecordJournal *journal = process_journal_if_open();
    return journal && journal->flushing();
}

void queue_redo_finished(const JournalTicket &ticket)
{
    if (RecordJournal *journal = process_journal_if_open())
        journal->finished(ticket);
}

uint32_t queue_redo_keep(JournalReader *in)
{
    std::string record;
    uint64_t function = in->number();
    std::string body = in->text();
    if (!in->good())
        return SS$_NORMAL;
    journal_put(&record, function);
    journal_put(&record, body);
    std::ofstream out(redo_path(), std::ios::binary | std::ios::app);
    out << record << std::flush; /* the recovery flushes the file system after all of them */
    return out.good() ? SS$_NORMAL : RMS$_WER;
}

std::vector<QueueRequest> queue_redo_read()
{
    std::ifstream file(redo_path(), std::ios::binary);
    std::string all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::vector<QueueRequest> requests;
    JournalReader in(all);
    for (;;) {
        QueueRequest one;
        one.function = static_cast<uint16_t>(in.number());
        one.body = in.text();
        if (!in.good())
            return requests;
        requests.push_back(one);
    }
}

void queue_redo_done()
{
    unlink(redo_path().c_str());
}

} // namespace shim
