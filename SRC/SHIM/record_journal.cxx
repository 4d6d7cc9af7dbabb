/*
**  record_journal - slots, halves, the shared flush, retiring, recovery
*/
#include "record_journal.h"

#include "shim.h"

#include <rmsdef.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <thread>
#include <unistd.h>

namespace shim {

namespace {

typedef std::chrono::steady_clock Clock;

const uint32_t MAGIC = 0x324a4d56;  /* "VMJ2" */
const uint32_t RECORD_MAX = 0x7fffffff;
const uint64_t ZERO_STEP_MIN = 64 * 1024, ZERO_STEP_MAX = 1024 * 1024;
const int RETRY_MS = 1000;          /* after a flush of the file system that failed */

struct Head {
    uint32_t magic, size;           /* of the whole record */
    uint64_t journal;
    int64_t number;
    uint64_t check;                 /* of the body and of the fields above */
};

/* Finds torn writes, not forgers.  The same whatever parts the body comes in. */
class Checksum {
public:
    explicit Checksum(const Head &head)
        : sum_((head.journal ^ static_cast<uint64_t>(head.number) * K) + head.size), kept_(0)
    {
    }
    void add(const char *data, size_t size)
    {
        while (kept_ && kept_ < 8 && size) {
            tail_[kept_++] = *data++;
            --size;
        }
        uint64_t sum = sum_;
        if (kept_ == 8) {
            sum = mixed(sum, tail_);
            kept_ = 0;
        }
        for (; size >= 8; data += 8, size -= 8)
            sum = mixed(sum, data);
        sum_ = sum;
        if (size) /* the tail is empty then */
            memcpy(tail_, data, kept_ = size);
    }
    uint64_t value()
    {
        uint64_t word = kept_;
        memcpy(reinterpret_cast<char *>(&word) + 1, tail_, kept_);
        uint64_t sum = (sum_ ^ word) * K;
        return sum ^ sum >> 32;
    }

private:
    static const uint64_t K = 0x9e3779b97f4a7c15ULL;
    static uint64_t mixed(uint64_t sum, const char *data)
    {
        uint64_t word;
        memcpy(&word, data, 8);
        sum = (sum ^ word) * K;
        return sum ^ sum >> 29;
    }
    uint64_t sum_;
    char tail_[8]; /* the first kept_ bytes of a word */
    size_t kept_;
};

uint64_t checksum(const Head &head, const std::string &first,
                  const std::string &second = std::string())
{
    Checksum sum(head);
    sum.add(first.data(), first.size());
    sum.add(second.data(), second.size());
    return sum.value();
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

bool write_record(int fd, const Head &head, const std::string &first, const std::string &second,
                  uint64_t offset)
{
    struct iovec parts[3];
    parts[0].iov_base = const_cast<Head *>(&head);
    parts[0].iov_len = sizeof head;
    parts[1].iov_base = const_cast<char *>(first.data());
    parts[1].iov_len = first.size();
    parts[2].iov_base = const_cast<char *>(second.data());
    parts[2].iov_len = second.size();
    ssize_t did = pwritev(fd, parts, second.empty() ? 2 : 3, static_cast<off_t>(offset));
    if (did == static_cast<ssize_t>(head.size))
        return true;
    return write_at(fd, reinterpret_cast<const char *>(&head), sizeof head, offset) &&
           write_at(fd, first.data(), first.size(), offset + sizeof head) &&
           write_at(fd, second.data(), second.size(), offset + sizeof head + first.size());
}

bool empty_file(int fd)
{
    const char zeros[sizeof(Head)] = "";
    return write_at(fd, zeros, sizeof zeros, 0);
}

uint32_t write_error()
{
    return errno == ENOSPC ? RMS$_FUL : errno == EDQUOT ? SS$_EXDISKQUOTA : RMS$_WER;
}

/* ---- reading a half ---- */

bool read_head(int fd, uint64_t at, Head *head)
{
    return pread(fd, head, sizeof *head, static_cast<off_t>(at)) ==
               static_cast<ssize_t>(sizeof *head) &&
           head->magic == MAGIC && head->size >= sizeof *head && head->size <= RECORD_MAX;
}

/* Its identification, 0 when it is empty. */
uint64_t journal_of(int fd)
{
    Head head;
    return fd >= 0 && read_head(fd, 0, &head) && head.number == 1 ? head.journal : 0;
}

/* The good records from the start on. */
void read_half(int fd, std::vector<JournalEntry> *entries)
{
    const uint64_t journal = journal_of(fd);
    uint64_t at = 0;
    JournalEntry entry = {journal, 0, std::string()};
    Head head;
    while (journal && read_head(fd, at, &head) && head.journal == journal &&
           head.number == entry.number + 1) {
        entry.number = head.number;
        entry.body.resize(head.size - sizeof head);
        ssize_t size = pread(fd, &entry.body[0], entry.body.size(),
                             static_cast<off_t>(at + sizeof head));
        if (size != static_cast<ssize_t>(entry.body.size()) ||
            head.check != checksum(head, entry.body))
            return;
        entries->push_back(entry);
        at += head.size;
    }
}

/* ---- slots ---- */

std::string half_path(const JournalKind &kind, uint32_t slot, char half)
{
    char name[16];
    snprintf(name, sizeof name, "/%03X.%c", slot, half);
    return store_path(kind.folder) + name;
}

int open_half(const JournalKind &kind, uint32_t slot, char half, bool create)
{
    return open(half_path(kind, slot, half).c_str(),
                O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0660);
}

/* Half A with its lock, or -1: in use, or there is no such slot. */
int lock_slot(const JournalKind &kind, uint32_t slot, bool create)
{
    int fd = open_half(kind, slot, 'A', create);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        errno = EWOULDBLOCK;
        fd = -1;
    }
    return fd;
}

/* The half belongs to nobody else while this runs. */
uint32_t recover_half(const JournalKind &kind, int fd, uint32_t *records)
{
    std::vector<JournalEntry> entries;
    read_half(fd, &entries);
    if (entries.empty())
        return SS$_NORMAL;
    uint32_t status = kind.apply(entries, records);
    if (!(status & 1))
        return status;
    return syncfs(fd) == 0 && empty_file(fd) ? SS$_NORMAL : RMS$_WER;
}

/* Both halves of a slot whose lock we hold on `first`, the older one before the other. */
uint32_t recover_slot(const JournalKind &kind, uint32_t slot, int first, uint32_t *records)
{
    int second = open_half(kind, slot, 'B', false);
    uint64_t of_first = journal_of(first), of_second = journal_of(second);
    bool swap = of_second && of_second < of_first;
    uint32_t status = recover_half(kind, swap ? second : first, records);
    if ((status & 1) && second >= 0)
        status = recover_half(kind, swap ? first : second, records);
    if (second >= 0)
        close(second);
    return status;
}

enum HalfState { HALF_EMPTY, HALF_CURRENT, HALF_RETIRING };

struct Half {
    int fd;
    HalfState state;
    uint64_t journal, used, flushed, zeroed; /* bytes */
    int64_t number;
    unsigned unfinished;  /* records between write() and finished() */
    bool flushing;        /* a thread makes the flush that the others wait for */
    bool broken;          /* a flush failed: it takes no more records */
    Clock::time_point first; /* when its first record came */
    Half()
        : fd(-1), state(HALF_EMPTY), journal(0), used(0), flushed(0), zeroed(0), number(0),
          unfinished(0), flushing(false), broken(false)
    {
    }
};

/* So that [used, end) are blocks of the file already. */
bool make_room(Half *half, uint64_t end)
{
    while (half->zeroed < end) {
        uint64_t step = half->zeroed;
        step = step < ZERO_STEP_MIN ? ZERO_STEP_MIN : step > ZERO_STEP_MAX ? ZERO_STEP_MAX : step;
        std::string zeros(static_cast<size_t>(step), '\0');
        if (!write_at(half->fd, zeros.data(), zeros.size(), half->zeroed))
            return false;
        half->zeroed += step;
    }
    return true;
}

} // namespace

struct RecordJournal::State {
    const JournalKind &kind;
    const int owner;
    uint32_t slot;
    uint64_t device;
    std::mutex mutex;                /* of all that follows */
    std::condition_variable changed; /* flushed, broken, a half has become empty */
    std::thread keeper;              /* retires halves; started by the first that needs it */
    std::condition_variable keeping; /* for it: something to retire, a first record, stopping */
    State *closed_before;            /* closed states stay: a thread may still wait in one */
    bool stopping, cannot_retire;
    int current;
    Half halves[2];

    explicit State(const JournalKind &of)
        : kind(of), owner(host_process()), slot(0), device(0), closed_before(nullptr),
          stopping(false), cannot_retire(false), current(0)
    {
    }
    ~State() { close_files(); }
    void close_files();
    bool take(uint32_t number, int first);
    void start_over(Half *half);
    void begin_retiring(std::unique_lock<std::mutex> &lock);
    bool change_half(std::unique_lock<std::mutex> &lock);
    void keep();
    void retire(std::unique_lock<std::mutex> &lock, Half *half);
    bool due(const Half &half) const;
};

/* ---- this process's slot ---- */

void RecordJournal::State::close_files()
{
    for (Half &half : halves) {
        if (half.fd >= 0)
            ::close(half.fd);
        half.fd = -1;
    }
}

void RecordJournal::State::start_over(Half *half)
{
    static std::atomic<uint64_t> last;
    uint64_t stamp = now(), before = last.load();
    do {
        if (stamp <= before)
            stamp = before + 1;
    } while (!last.compare_exchange_weak(before, stamp));
    half->journal = (stamp << 8 | (slot & 255)) & 0x7fffffffffffffffULL;
    half->used = half->flushed = 0;
    half->number = 0;
    half->broken = false;
}

bool RecordJournal::State::take(uint32_t number, int first)
{
    slot = number;
    halves[0].fd = first;
    halves[1].fd = open_half(kind, number, 'B', true);
    for (Half &half : halves) {
        struct stat info;
        if (half.fd < 0 || fstat(half.fd, &info) != 0)
            return false;
        half.zeroed = static_cast<uint64_t>(info.st_size);
        device = static_cast<uint64_t>(info.st_dev);
        start_over(&half);
    }
    halves[0].state = HALF_CURRENT;
    return true;
}

RecordJournal::State *RecordJournal::own() const
{
    State *at = state_.load(std::memory_order_acquire);
    return at && at->owner == host_process() ? at : nullptr;
}

uint32_t RecordJournal::open()
{
    if (own())
        return SS$_NORMAL;
    static std::mutex making;
    std::lock_guard<std::mutex> guard(making);
    if (own())
        return SS$_NORMAL;
    state_.store(nullptr); /* a parent's: its thread and its locks are not ours */
    uint32_t records = 0, status = recover(&records);
    for (uint32_t slot = 0; (status & 1) && slot < JOURNAL_SLOTS; ++slot) {
        int fd = lock_slot(kind_, slot, true);
        if (fd < 0 && errno != EWOULDBLOCK)
            return RMS$_CRE;
        if (fd < 0)
            continue;
        std::unique_ptr<State> made(new State(kind_));
        bool taken = made->take(slot, fd);
        status = recover_slot(kind_, slot, fd, &records);
        if (!(status & 1) || !taken)
            return (status & 1) ? static_cast<uint32_t>(RMS$_CRE) : status;
        state_.store(made.release(), std::memory_order_release);
        return SS$_NORMAL;
    }
    return (status & 1) ? static_cast<uint32_t>(SS$_EXQUOTA) : status;
}

uint32_t RecordJournal::slot() const
{
    State *at = own();
    return at ? at->slot : 0;
}

bool RecordJournal::device(uint64_t *number) const
{
    State *at = own();
    if (at)
        *number = at->device;
    return at != nullptr;
}

/* ---- records ---- */

/* The current half goes to the keeper, the empty one takes its place. */
void RecordJournal::State::begin_retiring(std::unique_lock<std::mutex> &)
{
    halves[current].state = HALF_RETIRING;
    current = 1 - current;
    start_over(&halves[current]);
    halves[current].state = HALF_CURRENT;
    keeping.notify_all();
}

bool RecordJournal::State::change_half(std::unique_lock<std::mutex> &lock)
{
    if (!keeper.joinable())
        keeper = std::thread(&State::keep, this);
    const int full = current;
    changed.wait(lock, [this, full] {
        return current != full || halves[1 - full].state == HALF_EMPTY || cannot_retire;
    });
    if (current == full && halves[1 - full].state != HALF_EMPTY) {
        errno = EIO;
        return false;
    }
    if (current == full)
        begin_retiring(lock);
    return true;
}

uint32_t RecordJournal::write(const std::string &first, const std::string &second,
                              JournalTicket *ticket)
{
    State *at = own();
    const size_t most = RECORD_MAX - sizeof(Head);
    if (!at || first.size() > most || second.size() > most - first.size())
        return RMS$_WER;
    std::unique_lock<std::mutex> lock(at->mutex);
    while (at->halves[at->current].used >= kind_.bytes || at->halves[at->current].broken)
        if (!at->change_half(lock))
            return RMS$_WER;
    Half *half = &at->halves[at->current];
    Head head;
    head.magic = MAGIC;
    head.size = static_cast<uint32_t>(sizeof head + first.size() + second.size());
    head.journal = half->journal;
    head.number = half->number + 1;
    head.check = checksum(head, first, second);
    if (!make_room(half, half->used + head.size) ||
        !write_record(half->fd, head, first, second, half->used))
        return write_error();
    if (half->number++ == 0) {
        half->first = Clock::now();
        if (kind_.retire_ms && !at->keeper.joinable())
            at->keeper = std::thread(&State::keep, at);
        else if (kind_.retire_ms)
            at->keeping.notify_all();
    }
    half->used += head.size;
    half->unfinished++;
    ticket->half = at->current;
    ticket->end = half->used;
    ticket->journal = head.journal;
    ticket->number = head.number;
    return SS$_NORMAL;
}

uint32_t RecordJournal::flush(const JournalTicket &ticket)
{
    State *at = own();
    if (!at)
        return RMS$_WER;
    Half *half = &at->halves[ticket.half];
    std::unique_lock<std::mutex> lock(at->mutex);
    while (half->flushed < ticket.end && !half->broken) {
        if (half->flushing) {
            at->changed.wait(lock);
            continue;
        }
        half->flushing = true;
        const uint64_t end = half->used;
        const int fd = half->fd;
        lock.unlock();
        bool good = fdatasync(fd) == 0;
        lock.lock();
        half->flushing = false;
        half->broken = half->broken || !good;
        if (good)
            half->flushed = end;
        at->changed.notify_all();
    }
    return half->flushed >= ticket.end ? SS$_NORMAL : RMS$_WER;
}

bool RecordJournal::flushing() const
{
    State *at = own();
    if (!at)
        return false;
    std::lock_guard<std::mutex> lock(at->mutex);
    return at->halves[at->current].flushing;
}

void RecordJournal::finished(const JournalTicket &ticket)
{
    State *at = own();
    if (!at)
        return;
    std::lock_guard<std::mutex> lock(at->mutex);
    Half &half = at->halves[ticket.half];
    if (--half.unfinished == 0 && half.state == HALF_RETIRING)
        at->keeping.notify_all();
}

/* ---- retiring ---- */

bool RecordJournal::State::due(const Half &half) const
{
    return kind.retire_ms && half.number > 0 && halves[1 - current].state == HALF_EMPTY &&
           Clock::now() >= half.first + std::chrono::milliseconds(kind.retire_ms);
}

void RecordJournal::State::retire(std::unique_lock<std::mutex> &lock, Half *half)
{
    keeping.wait(lock, [half] { return half->unfinished == 0; });
    lock.unlock();
    bool good = syncfs(half->fd) == 0;
    /* what is not emptied must not be mistaken for fresh after the next crash */
    if (good && kind.retire_ms)
        good = empty_file(half->fd) && fdatasync(half->fd) == 0;
    lock.lock();
    cannot_retire = !good;
    if (good)
        half->state = HALF_EMPTY;
    changed.notify_all();
    if (!good)
        keeping.wait_for(lock, std::chrono::milliseconds(RETRY_MS), [this] { return stopping; });
}

void RecordJournal::State::keep()
{
    std::unique_lock<std::mutex> lock(mutex);
    while (!stopping) {
        Half *retiring = nullptr;
        for (Half &half : halves)
            if (half.state == HALF_RETIRING)
                retiring = &half;
        const Half &now_used = halves[current];
        if (retiring)
            retire(lock, retiring);
        else if (due(now_used))
            begin_retiring(lock);
        else if (kind.retire_ms && now_used.number > 0)
            keeping.wait_until(lock, now_used.first + std::chrono::milliseconds(kind.retire_ms));
        else
            keeping.wait(lock);
    }
}

void RecordJournal::close()
{
    State *at = own();
    if (!at)
        return;
    {
        std::lock_guard<std::mutex> lock(at->mutex);
        at->stopping = true;
        at->keeping.notify_all();
    }
    if (at->keeper.joinable())
        at->keeper.join();
    bool used = false;
    for (const Half &half : at->halves)
        used = used || half.number > 0 || half.state == HALF_RETIRING;
    bool flushed = !used || syncfs(at->halves[0].fd) == 0;
    for (const Half &half : at->halves)
        if (used && flushed && !(empty_file(half.fd) && fdatasync(half.fd) == 0))
            trace("%s %u cannot be emptied", kind_.folder, at->slot);
    static std::atomic<State *> closed;
    state_.store(nullptr);
    std::lock_guard<std::mutex> lock(at->mutex);
    at->close_files(); /* who comes too late is told so by flush() */
    at->closed_before = closed.exchange(at);
}

uint32_t RecordJournal::recover(uint32_t *records)
{
    mkdir(store_path(kind_.folder).c_str(), 0770);
    for (uint32_t slot = 0; slot < JOURNAL_SLOTS; ++slot) {
        int fd = lock_slot(kind_, slot, false);
        if (fd < 0 && errno == EWOULDBLOCK)
            continue;
        if (fd < 0)
            break; /* slots are taken from below and never removed */
        uint32_t status = recover_slot(kind_, slot, fd, records);
        ::close(fd);
        if (!(status & 1))
            return status;
    }
    return SS$_NORMAL;
}

} // namespace shim
