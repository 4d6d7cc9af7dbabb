/*
**  shim - what SHIM's own modules share.  The product never sees this header.
**
**  Every documented service is an extern "C" function that begins with
**      SHIM_SERVICE("sys$trnlnm");
**  which counts the call, traces it, and returns the forced status if a test has set one.
**
**  Memory: what VMS declares with 32-bit pointers (descriptors, item lists, RMS blocks and the
**  buffers they point to) must be low(), else the service answers SS$_ACCVIO.  Plain arguments
**  passed by reference may lie anywhere.
**
**  Threads: everything here may be called by any thread.
*/
#ifndef SHIM_SHIM_H
#define SHIM_SHIM_H

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <descrip.h>
#include <iledef.h>
#include <iosbdef.h>
#include <ssdef.h>
#include <stsdef.h>

struct stat;

namespace shim {

/* ---- the service table (service_table.cxx) ---- */

/* One per service, in the service's own static storage; constant-initialised, so no guard. */
struct Service {
    const char *name;
    /* Calls by this image, shared by all its processes; 0 until the first call. */
    std::atomic<std::atomic<uint64_t> *> counter;
    Service *next;
    constexpr explicit Service(const char *service_name)
        : name(service_name), counter(nullptr), next(nullptr) {}
};

/* True when a fault is armed for this call; *status is what the caller must be given. */
bool service_enter(Service &service, uint32_t *status);

/* A forced "status" that ends the process as kill -9 does: tests of crash points. */
const uint32_t FAULT_KILL = 0x4B494C4C;

#define SHIM_SERVICE(NAME)                                                                         \
    static shim::Service shim_service_(NAME);                                                      \
    uint32_t shim_forced_;                                                                         \
    if (shim::service_enter(shim_service_, &shim_forced_))                                         \
        return static_cast<int>(shim_forced_)

/* For services that report through an IOSB as well: the forced status goes to R0. */

/*
**  Faults for tests.  A row forces `status` on calls number nth .. nth+count-1 (1 is the next one;
**  count 0: for ever) of `service` made by processes whose image or process name matches `pattern`
**  (* and %).  Rows live in the system page: they are seen by all processes at once, and calls are
**  counted over all of them.  SHIM_FAULT="PATTERN:service:nth:count:status;..." is the same for one
**  process and its children, each counting its own calls.
*/
struct Fault {
    std::string pattern, service;
    uint32_t nth, count, status;
    uint32_t seen, forced; /* matching calls, and how many of them were forced */
};
bool arm_fault(const Fault &fault); /* false: table full or a name too long */
std::vector<Fault> list_faults();
void clear_faults();
struct Usage {
    std::string image, service;
    uint64_t calls;
};
std::vector<Usage> list_usage(); /* which image called which service since clear_usage() */
void clear_usage();


void trace(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
**  A breach of contract that VMS would punish later (a symbiont that writes to SYS$OUTPUT, callable
**  MAIL entered by two threads, a context used after its end, an unknown item code).  Goes to the
**  trace, to OPERATOR.LOG and to VMSROOT/.shim/violations.log; tests assert that file is empty.
*/
void violation(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- memory (arena.cxx) ---- */

inline bool low(const void *address)
{
    return (static_cast<uint64_t>(reinterpret_cast<uintptr_t>(address)) >> 32) == 0;
}
void *arena_get(size_t size); /* 32-bit addressable, 16-aligned; 0 when exhausted */
void arena_free(void *block, size_t size);

/* ---- arguments (arguments.cxx) ---- */

/* The text of a descriptor; SS$_ACCVIO when the descriptor or its text is not low. */
uint32_t get_text(const dsc$descriptor_s *descriptor, std::string *text);
/* Class S: truncates (SS$_BUFFEROVF) and does not pad; class D: reallocates.  *length may be 0. */
uint32_t put_text(dsc$descriptor_s *descriptor, const std::string &text, unsigned short *length);

struct Item {
    unsigned short length, code;
    void *buffer;
    unsigned short *retlen;
    std::string text() const { return std::string(static_cast<const char *>(buffer), length); }
    uint32_t longword() const;   /* zero-extended from 1, 2 or 4 bytes */
    uint64_t quadword() const;
};
/* Checks that list, buffers and return-length addresses are low. */
uint32_t read_items(const ILE3 *list, std::vector<Item> *items);
/* Copies what fits, sets the return length; SS$_BUFFEROVF when it did not fit. */
uint32_t put_item(const Item &item, const void *data, size_t size);
inline uint32_t put_item(const Item &item, const std::string &text)
{
    return put_item(item, text.data(), text.size());
}
/* Answers of the information services, which cut off what does not fit without complaint. */
inline uint32_t put_long(const Item &item, uint32_t value)
{
    put_item(item, &value, sizeof value);
    return SS$_NORMAL;
}
inline uint32_t put_quad(const Item &item, uint64_t value)
{
    put_item(item, &value, sizeof value);
    return SS$_NORMAL;
}
inline uint32_t put_string(const Item &item, const std::string &text)
{
    put_item(item, text);
    return SS$_NORMAL;
}

/* ---- the system and this process (system_page.cxx, process_table.cxx) ---- */

/* VMSROOT of the environment, an absolute host path; without it the process ends. */
const std::string &root();
bool has_root(); /* false where root() would end the process */
/*
**  For tests and system programs: continue in another VMSROOT, forgetting what is known of this
**  one.  No other thread may be inside a service.  Modules that cache anything of a root register a
**  routine that drops it (once, from static storage).
*/
void change_root(const std::string &path);
struct RootChange {
    explicit RootChange(void (*routine)()); /* static storage only */
    void (*routine)();
    RootChange *next;
};
/* VMSROOT/.shim/NAME: stores, sockets, logs of SHIM itself. */
std::string store_path(const std::string &name);
/* This node: SCSNODE, upper case, at most 6 characters.  SHIM_NODE, else the first word of
   VMSROOT/.shim/node, else "NODE". */
std::string node_name();
/* store_path(), for what each node has for itself: the first node to boot from the disk, which the
   file "node" names, has NAME, another one that shares it NAME.NODE. */
std::string node_path(const std::string &name);
/* A SYSGEN parameter ("LGI_BRK_LIM", "MAXSYSGROUP" ...): VMSROOT/.shim/sysgen, else its default. */
uint32_t system_parameter(const char *name);

/* getpid() without a system call each time. */
int host_process();

/* VMS time, 100 ns units since 17-NOV-1858, moved by the clock offset of this VMSROOT. */
uint64_t now();
/* Changes when somebody moves the clock: a waiter with a deadline polls this at least every 200 ms,
   or sleeps with wait_until(). */
void move_clock(int64_t ticks); /* adds to the offset; wakes every waiter */
/* Sleeps until now() >= time, following the clock when it is moved. */
void wait_until(uint64_t time);
/* Between UTC (Unix) and local time (VMS), zone_seconds() east of Greenwich: one per VMSROOT. */
uint64_t from_unix(int64_t seconds, uint32_t nanoseconds);
int64_t to_unix(uint64_t vms_time);
int32_t zone_seconds();

struct Identity {
    uint32_t pid;            /* VMS process identification */
    std::string user;        /* upper case, no padding */
    uint32_t uic;            /* group << 16 | member */
    std::string process_name;
    uint32_t mode;           /* JPI$K_OTHER 0, NETWORK 1, BATCH 2, INTERACTIVE 3 */
    uint64_t authorized, current; /* privilege masks */
};
Identity self(); /* of this thread: its persona when it has assumed one */
/* A persona for this thread ($PERSONA_ASSUME); 0: back to the natural one.  Copied. */
void assume_identity(const Identity *identity);
/* Any of the privileges in mask enabled for this thread's persona. */
bool privileged(uint64_t mask);

/*
**  Starts a host process in this VMSROOT under a VMS identity.  image: VMS file specification or
**  host path of an executable.  The child gets `in` as fd 0, `out` as fd 1 and fd 2, and
**  environment entries `extra` ("NAME=value").  Returns SS$_NORMAL and the VMS pid and host pid.
*/
struct Start {
    std::string image, process_name, user;
    uint32_t uic;
    uint64_t privileges;      /* authorised */
    uint64_t enabled;         /* of these, enabled at the start; all unless set */
    uint32_t mode;
    std::vector<std::string> arguments, extra;
    int in, out;              /* -1: /dev/null */
    int error;                /* -1: as out */
    uint32_t owner;           /* pid of the process whose subprocess it is; 0: detached */
    uint32_t priority;        /* base priority; 0: the default */
    std::vector<int> keep;    /* other descriptors that the child inherits */
    std::map<uint32_t, uint32_t> quotas; /* by PQL$_ code; the others are the user's */
    Start() : uic(0), privileges(0), enabled(~uint64_t(0)), mode(0), in(-1), out(-1), error(-1),
        owner(0), priority(0) {}
};
/* SS$_DUPLNAM, SS$_NOSUCHFILE, SS$_NOPRIV (not executable), SS$_EXQUOTA.  The caller reaps
   host_pid. */
uint32_t start_process(const Start &start, uint32_t *vms_pid, int *host_pid);

/*
**  In a forked child: it becomes a subprocess of its own, with its parent's identity and job and a
**  copy of its logical names.  SS$_DUPLNAM, SS$_EXQUOTA.
*/
uint32_t split_process(const std::string &name);

struct ProcessEntry {
    Identity identity;
    int host_pid;
    std::string image, node;  /* image: file name without type, upper case */
    std::string image_path;   /* host path */
    uint64_t login_time;
};
/* Every living process of this VMSROOT, all nodes, in order of pid. */
std::vector<ProcessEntry> list_processes();
bool find_process(uint32_t pid, ProcessEntry *entry);

/* ---- logical names (lnm*.cxx); the services are in starlet.h ---- */

/*
**  For Start::extra: the child's process table.  Each row is {name, value, value ...}.
**  Supervisor mode.
*/
std::string seed_names(const std::vector<std::vector<std::string>> &names);
/* For a command interpreter: images that run in this process (SHIM_PID) see and change its process
   tables and its default directory from now on. */
void share_process_names();
/* Image rundown: names of user mode in the process's tables. */
void drop_user_names();
/* At boot: the shared tables as a new system has them. */
void clear_shared_names();

/* ---- ASTs (ast.cxx) ---- */

/* Queues fn(arg) for the process's AST thread: one at a time, held back by sys$setast(0). */
void deliver_ast(const std::function<void()> &routine);
/* Calls routine on the AST thread whenever fd is readable, until it returns false. */
void watch_fd(int fd, const std::function<bool()> &routine);
/* Calls routine on the AST thread when now() reaches time; returns an id for cancel_timer. */
uint64_t start_timer(uint64_t time, const std::function<void()> &routine);
bool cancel_timer(uint64_t id);

/* ---- files (rms_spec.cxx) ---- */

/*
**  VMS file specification to the host path of one file or directory.  Logical names, rooted and
**  concealed devices, defaults are applied; the version is resolved (highest when missing).
**  must_exist: RMS$_FNF / RMS$_DNF when it does not; otherwise the path a new version would get.
**  spec_out, when not 0, is the resultant specification DEV:[DIR]NAME.TYP;VER; about, when not 0
**  and must_exist, what stat() says of the file.
*/
uint32_t host_path(const std::string &spec, const std::string &defaults, bool must_exist,
                   std::string *path, std::string *spec_out, struct stat *about = nullptr);

/* ---- operator (opcom_server.cxx) ---- */

/* Appends to OPERATOR.LOG in OPCOM's format. */
void operator_message(const std::string &from_user, const std::string &text);

/* ---- user file (uaf_store.cxx) ---- */

struct UserRecord {
    std::string user, device, directory; /* "SYS$SYSDEVICE:" "[SMITH]" */
    uint32_t uic, flags;
    uint64_t privileges, default_privileges;
};
/* RMS$_RNF when there is no such user. */
uint32_t find_user(const std::string &user, UserRecord *record);

/* ---- signalling (condition.cxx) ---- */

/* lib$signal for SHIM's own use: code and its FAO arguments. */
void signal(uint32_t condition, const std::vector<uintptr_t> &arguments);

} // namespace shim

#endif
