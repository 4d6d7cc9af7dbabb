/*
**  system_page - the memory that all processes of one VMSROOT share
**
**  VMSROOT/.shim/system.page, mapped by every process: the clock offset, change counters, the
**  process table, faults and usage counts of services, and the lock table.  Single words are atomic
**  and read without a lock; everything else is changed and read under SystemLock, which the host
**  frees when its holder dies.  Fixed-size types only: 32-bit and 64-bit processes share it.
*/
#ifndef SHIM_SYSTEM_PAGE_H
#define SHIM_SYSTEM_PAGE_H

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace shim {

const uint32_t PROCESS_MAX = 1024;  /* MAXPROCESSCNT */
const uint32_t FAULT_MAX = 64;
const uint32_t USAGE_MAX = 4096;    /* (image, service) pairs */
const uint32_t LOCK_MAX = 8192;     /* locks granted or waiting */
const uint32_t QUOTA_MAX = 15;      /* PQL$_LENGTH */

/* Limits that $CREPRC gave a process, by PQL$_ code; the others are the user's. */
struct QuotaTable {
    uint32_t given;                 /* bit of each code that is there */
    uint32_t limits[QUOTA_MAX];
};

struct ProcessSlot {
    std::atomic<uint32_t> pid;      /* 0: free */
    std::atomic<int32_t> host_pid;  /* 0: being started by `starter` */
    std::atomic<uint64_t> host_start;
    std::atomic<uint64_t> authorized, current, permanent;
    std::atomic<uint32_t> wake;     /* $WAKE is pending; a futex */
    std::atomic<uint32_t> forced_exit; /* status given to $FORCEX */
    /* of the image that a command interpreter runs in this process; see image_end.cxx */
    std::atomic<uint32_t> image_ended; /* exit_status is valid */
    std::atomic<uint32_t> exit_status;
    std::atomic<uint64_t> fault_address, fault_pc;
    /* a command interpreter and its images share logical names (lnm_view.cxx) and the default
       directory (rms_standard.cxx) */
    std::atomic<uint32_t> names_shared;
    std::atomic<uint32_t> name_changes, directory_changes;
    uint64_t login_time;
    uint32_t uic, mode, sequence;
    uint32_t owner;                 /* pid of the process that spawned it, 0 */
    uint32_t job;                   /* pid of the process that the job began with */
    uint32_t priority;              /* base priority */
    int32_t starter;
    QuotaTable quotas;
    char user[16], name[16], node[8], image[40], image_path[256];
    char terminal[16]; /* "FTA3:", empty: none */
    char directory[256]; /* default, "[A.B]"; empty: as it was at the start */
};

struct FaultSlot {
    char pattern[40], service[32];  /* empty service: free row */
    std::atomic<uint32_t> nth, count, status, seen, forced;
};

struct UsageSlot {
    char image[40], service[32];    /* empty service: free row */
    std::atomic<uint64_t> calls;
};

/* One lock.  The rows of a resource all carry its value block. */
struct LockSlot {
    uint32_t id;                    /* 0: free */
    uint32_t sequence;
    int32_t host_pid;
    uint32_t granted, requested;    /* modes; granted LOCK_NONE: new and waiting */
    std::atomic<uint32_t> settled;  /* 0: waiting; else the status of the request; a futex */
    uint64_t host_start, order;
    char resource[40];              /* scope and name, see lock_manager.cxx */
    uint32_t value_valid;
    unsigned char value[16];
};

struct SystemPage {
    uint64_t magic;
    uint32_t version, size;
    std::atomic<int64_t> clock_offset;      /* ticks added to the host's clock */
    std::atomic<uint32_t> clock_changes;    /* a futex */
    std::atomic<uint32_t> name_changes;     /* logical names shared by processes */
    std::atomic<uint32_t> faults_armed;     /* rows in use */
    std::atomic<int32_t> zone;              /* seconds east of Greenwich */
    uint64_t lock_order;
    uint32_t locks_used;                    /* rows at and after this one are free */
    std::atomic<uint32_t> disk_limits;      /* changes of rms::set_disk_limits(); 0: none yet */
    uint64_t boot_time;
    ProcessSlot processes[PROCESS_MAX];
    FaultSlot faults[FAULT_MAX];
    UsageSlot usage[USAGE_MAX];
    LockSlot locks[LOCK_MAX];
};

/* The page of this process's VMSROOT; ends the process when there is none. */
SystemPage &page();
/* The same, or 0 when VMSROOT is not set. */
SystemPage *page_or_null();

/* Excludes every other thread of every process of this VMSROOT; not recursive; held briefly. */
class SystemLock {
public:
    SystemLock();
    ~SystemLock();
    SystemLock(const SystemLock &) = delete;
    SystemLock &operator=(const SystemLock &) = delete;
};

/* An advisory lock on a small file of .shim: threads and processes exclude one another. */
class FileLock {
public:
    explicit FileLock(const std::string &path);
    ~FileLock();
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    int fd_;
};

/* Host processes: the start time tells a process from a later one with the same number. */
uint64_t host_start_time(int host_pid);  /* 0 when there is no such process, or only its remains */
bool host_alive(int host_pid, uint64_t start);

/* Futexes in the page.  wait: until *word != value, a wake or the time-out (< 0: none). */
void futex_wait(std::atomic<uint32_t> &word, uint32_t value, int64_t timeout_ns);
void futex_wake_all(std::atomic<uint32_t> &word);

/* Copies text into a fixed field, truncated, always terminated. */
template <size_t N> void set_field(char (&field)[N], const std::string &text)
{
    size_t length = text.copy(field, N - 1);
    for (size_t i = length; i < N; ++i)
        field[i] = 0;
}

/* * matches any run, % one character; case does not matter. */
bool wild_match(const char *pattern, const char *text);

/* Of this process, from process_table.cxx.  Empty and 0 before registration can be done. */
const std::string &image_name();            /* "TCPIP$SMTP_RECEIVER" */
const std::string &image_path();            /* host path */
ProcessSlot &own_slot();                    /* registers the process when that is still to do */
bool slot_alive(const ProcessSlot &slot);   /* call under SystemLock */

} // namespace shim

#endif
