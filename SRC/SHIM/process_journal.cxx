/*
**  process_journal - the one journal of a process, and what becomes of its records
*/
#include "process_journal.h"

#include "queue_redo.h"
#include "rms_journal.h"
#include "shim.h"

#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <unistd.h>

namespace shim {

namespace {

std::mutex boot_mutex;
std::string boot_name; /* under boot_mutex */

/* Differs after every start of the host; empty when it cannot be known. */
std::string host_boot()
{
    std::lock_guard<std::mutex> guard(boot_mutex);
    if (!boot_name.empty())
        return boot_name;
    char text[64];
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t size = fd >= 0 ? read(fd, text, sizeof text) : 0;
    if (fd >= 0)
        close(fd);
    boot_name.assign(text, size > 0 ? static_cast<size_t>(size) : 0);
    return boot_name;
}

uint32_t apply(const std::vector<JournalEntry> &entries, uint32_t *files)
{
    const std::string boot = host_boot();
    for (const JournalEntry &entry : entries) {
        JournalReader in(entry.body);
        std::string written_at = in.text();
        uint64_t kind = in.number();
        uint32_t status = SS$_NORMAL;
        if (!in.good() || (!boot.empty() && written_at == boot))
            continue; /* the same boot: the host has it all */
        if (kind == PROCESS_FILE)
            status = rms::restore_file(&in, files);
        else if (kind == PROCESS_REQUEST)
            status = queue_redo_keep(&in);
        if (!(status & 1))
            return status;
    }
    return SS$_NORMAL;
}

JournalKind kind = {"procjrn", PROCESS_JOURNAL_BYTES, PROCESS_RETIRE_MS, apply};

RecordJournal &journal()
{
    static RecordJournal *only = new RecordJournal(kind); /* its thread may outlive statics */
    return *only;
}

void close_at_exit()
{
    process_journal_close();
}
RootChange journal_change(close_at_exit);

} // namespace

RecordJournal *process_journal()
{
    if (!(journal().open() & 1))
        return nullptr;
    static const int registered = atexit(close_at_exit);
    return registered == 0 ? &journal() : nullptr;
}

RecordJournal *process_journal_if_open()
{
    uint64_t device;
    return journal().device(&device) ? &journal() : nullptr;
}

std::string process_record(ProcessRecord of)
{
    std::string body;
    journal_put(&body, host_boot());
    journal_put(&body, static_cast<uint64_t>(of));
    return body;
}

uint32_t process_recover(uint32_t *files)
{
    uint32_t written = 0;
    uint32_t status = journal().recover(&written);
    if (files)
        *files = written;
    return status;
}

void process_journal_close()
{
    journal().close();
}

void pretend_boot(const std::string &name)
{
    std::lock_guard<std::mutex> guard(boot_mutex);
    boot_name = name;
}

void pretend_retire_ms(uint32_t milliseconds)
{
    kind.retire_ms = milliseconds;
}

} // namespace shim
