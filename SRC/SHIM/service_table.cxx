/*
**  service_table - every call of a service passes here: count, trace, force
**
**  With tracing off and no fault armed a call costs one add and three loads.  A service's counter
**  lives in the system page, one row for each pair of image and service, so that a test can list
**  what an image used and then force each of those to fail.
*/
#include "shim.h"
#include "system_page.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <signal.h>
#include <unistd.h>

namespace shim {

/* Linked without OPCOM, SHIM's base reports to its own files only. */
void operator_message(const std::string &from_user, const std::string &text) __attribute__((weak));

namespace {

struct OwnFault {
    Fault row;
    std::atomic<uint32_t> seen;
};

std::mutex table_mutex;
Service *services;                        /* those that this process has called */
std::atomic<int> trace_fd{-2};            /* -2: SHIM_TRACE not yet looked at; -1: off */
std::atomic<int> own_fault_count{-1};     /* -1: SHIM_FAULT not yet looked at */
std::vector<std::unique_ptr<OwnFault>> own_faults;

void forget_counters()
{
    std::lock_guard<std::mutex> guard(table_mutex);
    while (services) {
        services->counter.store(nullptr);
        services = services->next;
    }
}
RootChange counters_change(forget_counters);

std::vector<std::string> split(const std::string &text, char at)
{
    std::vector<std::string> parts;
    size_t start = 0;
    for (;;) {
        size_t end = text.find(at, start);
        parts.push_back(text.substr(start, end - start));
        if (end == std::string::npos)
            return parts;
        start = end + 1;
    }
}

/* "PATTERN:service:nth:count:status;..." */
void read_own_faults()
{
    const char *value = getenv("SHIM_FAULT");
    std::lock_guard<std::mutex> guard(table_mutex);
    if (own_fault_count.load() >= 0)
        return;
    for (const std::string &text : split(value ? value : "", ';')) {
        std::vector<std::string> part = split(text, ':');
        if (part.size() != 5)
            continue;
        std::unique_ptr<OwnFault> fault(new OwnFault());
        fault->row.pattern = part[0];
        fault->row.service = part[1];
        fault->row.nth = static_cast<uint32_t>(strtoul(part[2].c_str(), nullptr, 0));
        fault->row.count = static_cast<uint32_t>(strtoul(part[3].c_str(), nullptr, 0));
        fault->row.status = static_cast<uint32_t>(strtoul(part[4].c_str(), nullptr, 0));
        own_faults.push_back(std::move(fault));
    }
    own_fault_count.store(static_cast<int>(own_faults.size()), std::memory_order_release);
}

int open_trace()
{
    const char *path = getenv("SHIM_TRACE");
    int fd = path && *path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
    int expected = -2;
    if (!trace_fd.compare_exchange_strong(expected, fd < 0 ? -1 : fd) && fd >= 0)
        close(fd);
    return trace_fd.load();
}

int trace_file()
{
    int fd = trace_fd.load(std::memory_order_relaxed);
    return fd == -2 ? open_trace() : fd;
}

/* The row of (this image, service), claimed when there is none; 0 when the table is full. */
std::atomic<uint64_t> *usage_row(const char *service)
{
    SystemPage &at = page();
    const std::string &image = image_name();
    SystemLock lock;
    for (uint32_t i = 0; i < USAGE_MAX; ++i) {
        UsageSlot &row = at.usage[i];
        if (row.service[0] == 0) {
            set_field(row.image, image);
            set_field(row.service, service);
            return &row.calls;
        }
        if (strcmp(row.service, service) == 0 && image.compare(0, 39, row.image) == 0)
            return &row.calls;
    }
    return nullptr;
}

/* First call of a service: finds its counter. */
void enlist(Service &service)
{
    std::atomic<uint64_t> *row = has_root() ? usage_row(service.name) : nullptr;
    std::lock_guard<std::mutex> guard(table_mutex);
    if (service.counter.load())
        return;
    if (!row)
        row = new std::atomic<uint64_t>(0); /* lives as long as the service */
    service.next = services;
    services = &service;
    service.counter.store(row, std::memory_order_release);
}

bool within(uint32_t call, uint32_t nth, uint32_t count)
{
    return call >= nth && (count == 0 || call - nth < count);
}

/* Registers the process: never under SystemLock. */
std::string own_name()
{
    return has_root() ? self().process_name : "";
}

bool matches_self(const char *pattern, const std::string &process_name)
{
    return wild_match(pattern, image_name().c_str()) || wild_match(pattern, process_name.c_str());
}

bool forced_here(const char *service, uint32_t *status)
{
    for (const std::unique_ptr<OwnFault> &fault : own_faults) {
        if (fault->row.service != service || !matches_self(fault->row.pattern.c_str(), own_name()))
            continue;
        if (within(fault->seen.fetch_add(1) + 1, fault->row.nth, fault->row.count)) {
            *status = fault->row.status;
            return true;
        }
    }
    return false;
}

bool forced_everywhere(SystemPage &at, const char *service, uint32_t *status)
{
    std::string name = own_name();
    SystemLock lock;
    for (FaultSlot &row : at.faults) {
        if (strcmp(row.service, service) != 0 || !matches_self(row.pattern, name))
            continue;
        if (within(row.seen.fetch_add(1) + 1, row.nth, row.count)) {
            row.forced.fetch_add(1);
            *status = row.status;
            return true;
        }
    }
    return false;
}

/* Tracing is on, a fault is armed, or this is the first call. */
bool enter_slowly(Service &service, uint32_t *status)
{
    if (!service.counter.load(std::memory_order_acquire)) {
        if (own_fault_count.load() < 0)
            read_own_faults();
        enlist(service);
        service.counter.load()->fetch_add(1, std::memory_order_relaxed);
    }
    bool forced = own_fault_count.load() > 0 && forced_here(service.name, status);
    SystemPage *at = page_or_null();
    if (!forced && at && at->faults_armed.load() > 0)
        forced = forced_everywhere(*at, service.name, status);
    if (forced && *status == FAULT_KILL)
        kill(getpid(), SIGKILL); /* a crash point: nothing of this call happens */
    if (forced)
        trace("%s forced to %u", service.name, *status);
    else if (trace_file() >= 0)
        trace("%s", service.name);
    return forced;
}

void append_line(int fd, const char *format, va_list arguments)
{
    char line[1200];
    uint64_t time = now();
    int length = snprintf(line, sizeof line, "%llu.%07llu %s %d ",
                          static_cast<unsigned long long>(time / 10000000),
                          static_cast<unsigned long long>(time % 10000000), image_name().c_str(),
                          static_cast<int>(getpid()));
    int more = vsnprintf(line + length, sizeof line - length - 1, format, arguments);
    length += more < 0 ? 0 : more;
    if (length > static_cast<int>(sizeof line) - 2)
        length = sizeof line - 2;
    line[length++] = '\n';
    if (write(fd, line, static_cast<size_t>(length)) < 0)
        return; /* a trace that cannot be written must not fail the service */
}

} // namespace

bool service_enter(Service &service, uint32_t *status)
{
    std::atomic<uint64_t> *counter = service.counter.load(std::memory_order_acquire);
    if (!counter)
        return enter_slowly(service, status);
    counter->fetch_add(1, std::memory_order_relaxed);
    SystemPage *at = page_or_null();
    if (own_fault_count.load(std::memory_order_relaxed) == 0 &&
        trace_fd.load(std::memory_order_relaxed) == -1 &&
        (!at || at->faults_armed.load(std::memory_order_relaxed) == 0))
        return false;
    return enter_slowly(service, status);
}

void trace(const char *format, ...)
{
    int fd = trace_file();
    if (fd < 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    append_line(fd, format, arguments);
    va_end(arguments);
}

void violation(const char *format, ...)
{
    char text[1000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    trace("VIOLATION %s", text);
    if (!has_root())
        return;
    int fd = open(store_path("violations.log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                  0666);
    if (fd >= 0) {
        std::string line = image_name() + ": " + text + "\n";
        if (write(fd, line.data(), line.size()) < 0)
            trace("violations.log cannot be written");
        close(fd);
    }
    static thread_local bool reporting; /* the operator's own path may be at fault */
    if (&operator_message && !reporting) {
        reporting = true;
        operator_message(self().user, std::string("SHIM: ") + text);
        reporting = false;
    }
}

bool arm_fault(const Fault &fault)
{
    SystemPage &at = page();
    if (fault.pattern.size() >= sizeof at.faults[0].pattern || fault.service.empty() ||
        fault.service.size() >= sizeof at.faults[0].service)
        return false;
    SystemLock lock;
    for (FaultSlot &row : at.faults) {
        if (row.service[0])
            continue;
        row.nth = fault.nth;
        row.count = fault.count;
        row.status = fault.status;
        row.seen = 0;
        row.forced = 0;
        set_field(row.pattern, fault.pattern);
        set_field(row.service, fault.service);
        at.faults_armed.fetch_add(1);
        return true;
    }
    return false;
}

std::vector<Fault> list_faults()
{
    std::vector<Fault> faults;
    SystemPage &at = page();
    SystemLock lock;
    for (FaultSlot &row : at.faults)
        if (row.service[0])
            faults.push_back(Fault{row.pattern, row.service, row.nth, row.count, row.status,
                                   row.seen, row.forced});
    return faults;
}

void clear_faults()
{
    SystemPage &at = page();
    SystemLock lock;
    at.faults_armed = 0;
    for (FaultSlot &row : at.faults)
        row.service[0] = 0;
}

std::vector<Usage> list_usage()
{
    std::vector<Usage> all;
    SystemPage &at = page();
    SystemLock lock;
    for (UsageSlot &row : at.usage)
        if (row.service[0] && row.calls.load() > 0)
            all.push_back(Usage{row.image, row.service, row.calls.load()});
    return all;
}

void clear_usage()
{
    for (UsageSlot &row : page().usage)
        row.calls.store(0); /* rows stay claimed: processes point at them */
}

} // namespace shim
