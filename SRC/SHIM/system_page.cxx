/*
**  system_page - creates and maps the page, moves the clock, locks
**
**  The page is made under a temporary name and linked into place, so that nobody maps half of it.
**  Disk space is reserved at once: a full disk must not kill a process that writes to the page.
*/
#include "system_page.h"
#include "shim.h"

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace shim {

namespace {

const uint64_t PAGE_MAGIC = 0x4547415053594d56ULL;
const uint32_t PAGE_VERSION = 3;
const int64_t TICKS_PER_SECOND = 10000000;
const int64_t UNIX_EPOCH = 0x007C95674BEB4000LL; /* 1-JAN-1970 */

std::mutex root_mutex;
std::atomic<const std::string *> root_path;
std::atomic<SystemPage *> the_page;
RootChange *root_changes;

std::mutex system_mutex;
int system_lock_fd = -1;

std::atomic<int> process; /* 0: ask */

[[noreturn]] void die(const char *what, const std::string &detail)
{
    fprintf(stderr, "%%SHIM-F-NOROOT, %s %s\n", what, detail.c_str());
    _exit(44);
}

void set_ofd_lock(int fd, short type)
{
    struct flock lock;
    memset(&lock, 0, sizeof lock);
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    while (fcntl(fd, F_OFD_SETLKW, &lock) < 0 && errno == EINTR)
        ;
}

int32_t host_zone()
{
    time_t now = time(nullptr);
    struct tm local;
    return localtime_r(&now, &local) ? static_cast<int32_t>(local.tm_gmtoff) : 0;
}

/* A new page under a temporary name; 0 or an error number. */
int make_page(const std::string &path)
{
    std::string temporary = path + "." + std::to_string(getpid());
    int fd = open(temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    int error = posix_fallocate(fd, 0, sizeof(SystemPage));
    void *at = error ? MAP_FAILED
                     : mmap(nullptr, sizeof(SystemPage), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at != MAP_FAILED) {
        SystemPage *made = static_cast<SystemPage *>(at);
        made->version = PAGE_VERSION;
        made->size = sizeof(SystemPage);
        made->zone = host_zone();
        struct timespec ts;
        clock_gettime(CLOCK_REALTIME, &ts);
        made->boot_time = static_cast<uint64_t>(
            UNIX_EPOCH + (ts.tv_sec + made->zone) * TICKS_PER_SECOND + ts.tv_nsec / 100);
        made->magic = PAGE_MAGIC;
        munmap(at, sizeof(SystemPage));
        error = rename(temporary.c_str(), path.c_str()) < 0 ? errno : 0;
    }
    if (error)
        unlink(temporary.c_str());
    close(fd);
    return error;
}

bool page_fits(int fd)
{
    struct {
        uint64_t magic;
        uint32_t version, size;
    } head;
    struct stat st;
    return fstat(fd, &st) == 0 && static_cast<uint64_t>(st.st_size) == sizeof(SystemPage) &&
           pread(fd, &head, sizeof head, 0) == static_cast<ssize_t>(sizeof head) &&
           head.magic == PAGE_MAGIC && head.version == PAGE_VERSION &&
           head.size == sizeof(SystemPage);
}

SystemPage *map_page()
{
    std::string directory = root() + "/.shim";
    if (mkdir(directory.c_str(), 0777) < 0 && errno != EEXIST)
        die("cannot make", directory + ": " + strerror(errno));
    std::string path = directory + "/system.page";
    FileLock guard(directory + "/system.create");
    int fd = open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0 || !page_fits(fd)) {
        if (fd >= 0)
            close(fd);
        int error = make_page(path);
        if (error)
            die("cannot make", path + ": " + strerror(error));
        fd = open(path.c_str(), O_RDWR | O_CLOEXEC);
    }
    void *at = MAP_FAILED;
    if (fd >= 0)
        at = mmap(nullptr, sizeof(SystemPage), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED)
        die("cannot map", path + ": " + strerror(errno));
    close(fd);
    return static_cast<SystemPage *>(at);
}

/* A forked child shares the parent's open file, and with it the lock: it opens its own. */
void forget_lock_in_child()
{
    if (system_lock_fd >= 0)
        close(system_lock_fd);
    system_lock_fd = -1;
    process = 0;
    system_mutex.unlock();
}

struct ForkGuard {
    ForkGuard()
    {
        pthread_atfork([] { system_mutex.lock(); }, [] { system_mutex.unlock(); },
                       forget_lock_in_child);
    }
} fork_guard;

} // namespace

RootChange::RootChange(void (*change)()) : routine(change), next(root_changes)
{
    root_changes = this;
}

int host_process()
{
    int known = process.load(std::memory_order_relaxed);
    if (!known)
        process = known = getpid();
    return known;
}

bool has_root()
{
    if (root_path.load(std::memory_order_acquire))
        return true;
    const char *value = getenv("VMSROOT");
    return value && value[0] == '/';
}

const std::string &root()
{
    const std::string *path = root_path.load(std::memory_order_acquire);
    if (path)
        return *path;
    std::lock_guard<std::mutex> guard(root_mutex);
    if (root_path.load())
        return *root_path.load();
    const char *value = getenv("VMSROOT");
    if (!value || value[0] != '/')
        die("the environment has no VMSROOT", "(the absolute path of a system disk)");
    std::string text(value);
    while (text.size() > 1 && text.back() == '/')
        text.pop_back();
    static std::vector<const std::string *> &all = *new std::vector<const std::string *>;
    all.push_back(new std::string(text)); /* earlier roots stay: callers hold references */
    root_path.store(all.back(), std::memory_order_release);
    return *all.back();
}

void change_root(const std::string &path)
{
    for (RootChange *change = root_changes; change; change = change->next)
        change->routine();
    SystemPage *old;
    {
        std::lock_guard<std::mutex> guard(root_mutex);
        std::lock_guard<std::mutex> lock(system_mutex);
        setenv("VMSROOT", path.c_str(), 1);
        old = the_page.exchange(nullptr);
        root_path.store(nullptr);
        if (system_lock_fd >= 0)
            close(system_lock_fd);
        system_lock_fd = -1;
    }
    page();
    if (old) { /* it stays mapped: a thread may wait in it, and is told to look again */
        old->clock_changes.fetch_add(1);
        futex_wake_all(old->clock_changes);
    }
}

std::string store_path(const std::string &name)
{
    page(); /* makes the folder */
    return root() + "/.shim/" + name;
}

SystemPage &page()
{
    SystemPage *at = the_page.load(std::memory_order_acquire);
    if (at)
        return *at;
    root();
    std::lock_guard<std::mutex> guard(root_mutex);
    at = the_page.load();
    if (!at) {
        at = map_page();
        the_page.store(at, std::memory_order_release);
    }
    return *at;
}

SystemPage *page_or_null()
{
    SystemPage *at = the_page.load(std::memory_order_acquire);
    if (at)
        return at;
    return has_root() ? &page() : nullptr;
}

SystemLock::SystemLock()
{
    std::string path = store_path("system.lock");
    system_mutex.lock();
    if (system_lock_fd < 0)
        system_lock_fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (system_lock_fd < 0)
        die("cannot open", path + ": " + strerror(errno));
    set_ofd_lock(system_lock_fd, F_WRLCK);
}

SystemLock::~SystemLock()
{
    set_ofd_lock(system_lock_fd, F_UNLCK);
    system_mutex.unlock();
}

FileLock::FileLock(const std::string &path)
    : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666))
{
    if (fd_ < 0)
        die("cannot open", path + ": " + strerror(errno));
    set_ofd_lock(fd_, F_WRLCK);
}

FileLock::~FileLock()
{
    close(fd_);
}

uint64_t host_start_time(int host_pid)
{
    char path[40], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", host_pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0)
        return 0;
    text[length] = 0;
    char *at = strrchr(text, ')'); /* the name before it may hold anything */
    if (!at || at[1] == 0 || at[2] == 'Z' || at[2] == 'X')
        return 0;
    for (int field = 2; field < 22 && at; ++field)
        at = strchr(at + 1, ' ');
    return at ? strtoull(at + 1, nullptr, 10) + 1 : 0;
}

bool host_alive(int host_pid, uint64_t start)
{
    return host_pid > 0 && start != 0 && host_start_time(host_pid) == start;
}

void futex_wait(std::atomic<uint32_t> &word, uint32_t value, int64_t timeout_ns)
{
    struct timespec limit;
    limit.tv_sec = static_cast<time_t>(timeout_ns / 1000000000);
    limit.tv_nsec = static_cast<long>(timeout_ns % 1000000000);
    syscall(SYS_futex, &word, FUTEX_WAIT, value, timeout_ns < 0 ? nullptr : &limit, nullptr, 0);
}

void futex_wake_all(std::atomic<uint32_t> &word)
{
    syscall(SYS_futex, &word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

uint64_t now()
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    SystemPage *at = page_or_null();
    int64_t offset = at ? at->clock_offset.load(std::memory_order_relaxed) : 0;
    return from_unix(ts.tv_sec, static_cast<uint32_t>(ts.tv_nsec)) + static_cast<uint64_t>(offset);
}

void move_clock(int64_t ticks)
{
    SystemPage &at = page();
    at.clock_offset.fetch_add(ticks);
    at.clock_changes.fetch_add(1);
    futex_wake_all(at.clock_changes);
}

void wait_until(uint64_t time)
{
    SystemPage &at = page();
    for (;;) {
        uint32_t changes = at.clock_changes.load();
        uint64_t moment = now();
        if (moment >= time)
            return;
        uint64_t ticks = time - moment;
        const uint64_t longest = 3600ull * TICKS_PER_SECOND;
        futex_wait(at.clock_changes, changes,
                   static_cast<int64_t>(ticks < longest ? ticks : longest) * 100);
    }
}

int32_t zone_seconds()
{
    SystemPage *at = page_or_null();
    return at ? at->zone.load(std::memory_order_relaxed) : host_zone();
}

uint64_t from_unix(int64_t seconds, uint32_t nanoseconds)
{
    return static_cast<uint64_t>(UNIX_EPOCH + (seconds + zone_seconds()) * TICKS_PER_SECOND +
                                 nanoseconds / 100);
}

int64_t to_unix(uint64_t vms_time)
{
    int64_t ticks = static_cast<int64_t>(vms_time) - UNIX_EPOCH;
    int64_t seconds = ticks / TICKS_PER_SECOND - (ticks % TICKS_PER_SECOND < 0 ? 1 : 0);
    return seconds - zone_seconds();
}

bool wild_match(const char *pattern, const char *text)
{
    auto same = [](char a, char b) {
        return a == '%' || toupper(static_cast<unsigned char>(a)) ==
                               toupper(static_cast<unsigned char>(b));
    };
    const char *star = nullptr, *resume = nullptr;
    while (*text) {
        if (*pattern == '*') {
            star = pattern++;
            resume = text;
        } else if (*pattern && same(*pattern, *text)) {
            ++pattern;
            ++text;
        } else if (star) {
            pattern = star + 1;
            text = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        ++pattern;
    return *pattern == 0;
}

} // namespace shim
