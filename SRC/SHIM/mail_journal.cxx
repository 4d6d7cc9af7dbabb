/*
**  mail_journal - writing records, applying them, recovery
*/
#include "mail_journal.h"

#include "crash_point.h"
#include "mail_host.h"
#include "mail_journal_record.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace shim {

namespace {

const uint64_t ZERO_STEP_MIN = 64 * 1024, ZERO_STEP_MAX = 1024 * 1024;

struct JournalFile {
    int fd;
    uint64_t journal, used, zeroed; /* bytes */
    int64_t number;
    std::atomic<bool> flushing;
    std::thread flusher;
    JournalFile() : fd(-1), journal(0), used(0), zeroed(0), number(0), flushing(false) {}
};

struct Journal {
    pid_t owner;
    uint32_t slot;
    int current;
    uint64_t last_date;
    JournalFile files[2];
};

Journal *own; /* of this process; 0: none yet */

std::string journal_directory()
{
    return store_path("mailjrn");
}

std::string journal_path(uint32_t slot, char half)
{
    char name[16];
    snprintf(name, sizeof name, "/%03X.%c", slot, half);
    return journal_directory() + name;
}

bool write_at(int fd, const char *data, size_t size, uint64_t offset)
{
    while (size) {
        ssize_t did = pwrite(fd, data, size, static_cast<off_t>(offset));
        if (did < 0 && errno == EINTR)
            continue;
        if (did <= 0)
            return false;
        data += did;
        offset += static_cast<uint64_t>(did);
        size -= static_cast<size_t>(did);
    }
    return true;
}

/* Everything of the file system that holds VMSROOT: mail files, external files, directories. */
bool flush_system(int fd)
{
    return syncfs(fd) == 0;
}

void start_over(JournalFile *file)
{
    static uint64_t last;
    uint64_t stamp = now();
    last = stamp > last ? stamp : last + 1;
    file->journal = last << 8 | (own->slot & 255);
    file->journal &= 0x7fffffffffffffffULL;
    file->used = 0;
    file->number = 0;
}

void wait_flushed(JournalFile *file)
{
    if (file->flusher.joinable())
        file->flusher.join();
}

/* ---- recovery ---- */

uint32_t apply_record(const JournalRecord &record, bool cancelled_all,
                      const std::vector<uint32_t> &cancelled)
{
    std::string external;
    for (uint32_t i = 0; i < record.directories.size(); ++i) {
        bool skip = cancelled_all;
        for (uint32_t number : cancelled)
            skip = skip || number == i;
        std::shared_ptr<MailStore> store;
        if (skip || !(MailStore::open(record.directories[i], true, &store) & 1))
            continue;
        const int64_t journal = static_cast<int64_t>(record.journal);
        if (store->applied(journal) >= record.number) {
            if (mail_is_external(record.draft.body->size(), record.draft.flags))
                store->restore_external(record.draft);
        } else {
            uint32_t status = store->append(record.draft, journal, record.number, &external);
            if (!(status & 1))
                return status;
        }
    }
    return SS$_NORMAL;
}

/* The file belongs to nobody else while this runs. */
uint32_t recover_file(int fd, uint32_t *records)
{
    JournalScan scan(fd);
    std::vector<JournalRecord> all;
    JournalRecord record;
    while (scan.next(&record))
        all.push_back(record);
    for (size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind != JournalRecord::MESSAGE)
            continue;
        std::vector<uint32_t> cancelled;
        if (i + 1 < all.size() && all[i + 1].kind == JournalRecord::CANCEL)
            cancelled = all[i + 1].cancelled;
        uint32_t status = apply_record(all[i], false, cancelled);
        if (!(status & 1))
            return status;
        ++*records;
    }
    if (all.empty())
        return SS$_NORMAL;
    const char zeros[64] = "";
    if (!flush_system(fd) || !write_at(fd, zeros, sizeof zeros, 0))
        return MAIL$_WRITEERR;
    return SS$_NORMAL;
}

int open_half(uint32_t slot, char half, bool create)
{
    return open(journal_path(slot, half).c_str(), O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0),
                0660);
}

/* Both halves of a slot whose lock we hold on `first`. */
uint32_t recover_slot(uint32_t slot, int first, uint32_t *records)
{
    int second = open_half(slot, 'B', false);
    JournalScan a(first), b(second);
    uint64_t first_journal = a.journal(), second_journal = b.journal();
    bool swap = second >= 0 && second_journal && second_journal < first_journal;
    uint32_t status = recover_file(swap ? second : first, records);
    if ((status & 1) && second >= 0)
        status = recover_file(swap ? first : second, records);
    if (second >= 0)
        close(second);
    return status;
}

/* The lock on half A, or -1: in use, or there is no such slot. */
int lock_slot(uint32_t slot, bool create)
{
    int fd = open_half(slot, 'A', create);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* ---- this process's journal ---- */

/* After a fork the parent's files and thread are not ours. */
void drop_after_fork()
{
    if (own && own->owner != mail_process()) {
        for (JournalFile &file : own->files) {
            if (file.fd >= 0)
                close(file.fd);
            if (file.flusher.joinable())
                file.flusher.detach();
        }
        own = nullptr; /* the thread's object may not be destroyed */
    }
}

uint32_t open_journal()
{
    drop_after_fork();
    if (own)
        return SS$_NORMAL;
    uint32_t records = 0, status = mail_recover(&records);
    if (!(status & 1))
        return status;
    for (uint32_t slot = 0; slot < MAIL_JOURNAL_SLOTS; ++slot) {
        int fd = lock_slot(slot, true);
        if (fd < 0 && errno != EWOULDBLOCK)
            return MAIL$_OPENOUT;
        if (fd < 0)
            continue;
        status = recover_slot(slot, fd, &records);
        int second = (status & 1) ? open_half(slot, 'B', true) : -1;
        if (second < 0) {
            close(fd);
            return (status & 1) ? static_cast<uint32_t>(MAIL$_OPENOUT) : status;
        }
        own = new Journal();
        own->owner = mail_process();
        own->slot = slot;
        own->files[0].fd = fd;
        own->files[1].fd = second;
        for (JournalFile &file : own->files) {
            struct stat info;
            file.zeroed = fstat(file.fd, &info) == 0 ? static_cast<uint64_t>(info.st_size) : 0;
            start_over(&file);
        }
        return SS$_NORMAL;
    }
    return MAIL$_NOMORECTX;
}

/* So that [used, end) are blocks of the file already. */
bool make_room(JournalFile *file, uint64_t end)
{
    while (file->zeroed < end) {
        uint64_t step = file->zeroed;
        step = step < ZERO_STEP_MIN ? ZERO_STEP_MIN : step > ZERO_STEP_MAX ? ZERO_STEP_MAX : step;
        std::string zeros(static_cast<size_t>(step), '\0');
        if (!write_at(file->fd, zeros.data(), zeros.size(), file->zeroed))
            return false;
        file->zeroed += step;
    }
    return true;
}

JournalFile *current_file()
{
    JournalFile *file = &own->files[own->current];
    if (file->used < MAIL_JOURNAL_BYTES)
        return file;
    wait_flushed(&own->files[1 - own->current]);
    int fd = file->fd;
    JournalFile *full = file;
    full->flushing = true;
    full->flusher = std::thread([full, fd]() {
        if (flush_system(fd))
            full->flushing = false;
    });
    own->current = 1 - own->current;
    file = &own->files[own->current];
    if (file->flushing && flush_system(file->fd)) /* the thread's flush had failed */
        file->flushing = false;
    start_over(file);
    return file;
}

uint32_t write_record(JournalFile *file, const std::string &record)
{
    if (!make_room(file, file->used + record.size()) ||
        !write_at(file->fd, record.data(), record.size(), file->used))
        return errno == ENOSPC ? RMS$_FUL : errno == EDQUOT ? SS$_EXDISKQUOTA : MAIL$_WRITEERR;
    CRASH_POINT("crash:mail_journal_written");
    if (fdatasync(file->fd) != 0)
        return MAIL$_WRITEERR;
    CRASH_POINT("crash:mail_journal_flushed");
    file->used += record.size();
    file->number++;
    return SS$_NORMAL;
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

} // namespace

uint32_t mail_recover(uint32_t *records)
{
    uint32_t found = 0;
    mkdir(journal_directory().c_str(), 0770);
    for (uint32_t slot = 0; slot < MAIL_JOURNAL_SLOTS; ++slot) {
        if (access(journal_path(slot, 'A').c_str(), F_OK) != 0)
            break; /* slots are taken from below and never removed */
        int fd = lock_slot(slot, false);
        if (fd < 0)
            continue;
        uint32_t status = recover_slot(slot, fd, &found);
        close(fd);
        if (!(status & 1))
            return status;
    }
    if (records)
        *records = found;
    return SS$_NORMAL;
}

uint64_t mail_fresh_date()
{
    if (!(open_journal() & 1))
        return now();
    uint64_t date = (now() & ~255ULL) | own->slot;
    if (date <= own->last_date)
        date = own->last_date + 256;
    own->last_date = date;
    return date;
}

uint32_t mail_deliver(const MailDraft &draft, std::vector<MailTarget> *targets)
{
    uint32_t status = open_journal();
    if (!(status & 1))
        return status;
    static bool registered;
    if (!registered && atexit(close_at_exit) == 0)
        registered = true;
    JournalFile *file = current_file();
    std::vector<std::string> directories;
    for (const MailTarget &target : *targets)
        directories.push_back(target.directory);
    status = write_record(file, pack_message(file->journal, file->number + 1, draft, directories));
    if (!(status & 1))
        return status;
    const int64_t journal = static_cast<int64_t>(file->journal), number = file->number;
    std::string external;
    std::vector<uint32_t> refused;
    for (uint32_t i = 0; i < targets->size(); ++i) {
        MailTarget &target = (*targets)[i];
        std::shared_ptr<MailStore> store;
        target.status = MailStore::open(target.directory, true, &store);
        if (target.status & 1)
            target.status = store->append(draft, journal, number, &external);
        if (!(target.status & 1))
            refused.push_back(i);
        CRASH_POINT("crash:mail_applied_one");
    }
    if (!refused.empty())
        status = write_record(file, pack_cancel(file->journal, file->number + 1, refused));
    CRASH_POINT("crash:mail_applied_all");
    return status;
}

void mail_journal_close()
{
    if (!own || own->owner != mail_process())
        return;
    bool used = false;
    for (JournalFile &file : own->files) {
        wait_flushed(&file);
        used = used || file.used > 0;
    }
    const char zeros[64] = "";
    bool flushed = !used || flush_system(own->files[0].fd);
    for (JournalFile &file : own->files)
        if (flushed && used && !write_at(file.fd, zeros, sizeof zeros, 0))
            trace("mail journal %u cannot be emptied", own->slot);
    for (JournalFile &file : own->files)
        close(file.fd);
    delete own;
    own = nullptr;
}

} // namespace shim
