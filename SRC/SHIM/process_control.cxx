/*
**  process_control - $SETPRV, $SETPRN, $HIBER, $WAKE, $SCHDWK, $CREPRC, $DELPRC, $FORCEX
**
**  A wake is a word of the target's row in the system page, so it crosses processes and is kept
**  until it is used.  $FORCEX leaves its code in the row and sends SIGTERM; see exit_handlers.cxx.
*/
#include "process_table.h"
#include "shim.h"

#include <cstring>
#include <fcntl.h>
#include <map>
#include <memory>
#include <pqldef.h>
#include <prcdef.h>
#include <prvdef.h>
#include <signal.h>
#include <starlet.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace shim {

uint32_t host_path(const std::string &spec, const std::string &defaults, bool must_exist,
                   std::string *path, std::string *spec_out, struct stat *about)
    __attribute__((weak));
std::string default_directory();

namespace {

void wake_process(uint32_t pid)
{
    ProcessSlot *slot = slot_of(pid);
    if (!slot)
        return;
    slot->wake.store(1);
    futex_wake_all(slot->wake);
}

/* start_process() makes each process a group: the images of a command procedure end with it. */
void signal_process(int host_pid, int number)
{
    bool group = host_pid != getpid() && getpgid(host_pid) == host_pid;
    kill(group ? -host_pid : host_pid, number);
}

/* ---- scheduled wakes of this process ---- */

std::mutex wakes_mutex;
std::multimap<uint32_t, uint64_t> wakes; /* target, timer */

void schedule_wake(uint32_t pid, uint64_t time, uint64_t repeat)
{
    auto id = std::make_shared<uint64_t>(0);
    std::lock_guard<std::mutex> guard(wakes_mutex);
    *id = start_timer(time, [=] {
        {
            std::lock_guard<std::mutex> inner(wakes_mutex);
            auto range = wakes.equal_range(pid);
            for (auto at = range.first; at != range.second; ++at)
                if (at->second == *id) {
                    wakes.erase(at);
                    break;
                }
        }
        wake_process(pid);
        if (repeat)
            schedule_wake(pid, time + repeat, repeat);
    });
    wakes.emplace(pid, *id);
}

uint32_t text_or_none(void *descriptor, std::string *text)
{
    return descriptor ? get_text(static_cast<dsc$descriptor_s *>(descriptor), text)
                      : static_cast<uint32_t>(SS$_NORMAL);
}

uint32_t open_file(void *descriptor, int flags, int *fd)
{
    std::string spec, path;
    uint32_t status = text_or_none(descriptor, &spec);
    if (!(status & 1) || spec.empty())
        return status;
    if (spec[0] == '/')
        path = spec;
    else if (!&host_path)
        return SS$_NOSUCHFILE;
    else
        status = host_path(spec, ".LOG", flags == O_RDONLY, &path, nullptr, nullptr);
    if (!(status & 1))
        return status;
    *fd = open(path.c_str(), flags | O_CLOEXEC, 0666);
    return *fd < 0 ? SS$_NOSUCHFILE : SS$_NORMAL;
}

/* The interpreter opens SYS$INPUT, SYS$OUTPUT and SYS$ERROR itself, as its user. */
uint32_t name_streams(void *input, void *output, void *error, Start *start)
{
    const struct {
        const char *name;
        void *descriptor;
    } streams[] = {{"SYS$INPUT", input}, {"SYS$OUTPUT", output}, {"SYS$ERROR", error}};
    std::vector<std::vector<std::string>> names;
    for (const auto &stream : streams) {
        std::string text;
        uint32_t status = text_or_none(stream.descriptor, &text);
        if (!(status & 1))
            return status;
        if (!text.empty())
            names.push_back({stream.name, text});
    }
    start->extra.push_back(seed_names(names));
    start->extra.push_back("SHIM_DEFAULT=" + default_directory());
    return SS$_NORMAL;
}

bool is_interpreter(const std::string &image)
{
    size_t at = image.find_last_of(":]/");
    return image.compare(at == std::string::npos ? 0 : at + 1, 8, "LOGINOUT") == 0;
}

uint32_t mode_of(unsigned int stsflg)
{
    return stsflg & PRC$M_NETWRK ? 1 : stsflg & PRC$M_BATCH ? 2 : stsflg & PRC$M_INTER ? 3 : 0;
}

/* A byte with the code and a longword, until PQL$_LISTEND.  Nothing is taken from the creator's
   pooled limits. */
uint32_t read_quotas(const void *list, Start *start)
{
    const unsigned char *at = static_cast<const unsigned char *>(list);
    for (; at && *at != PQL$_LISTEND; at += 1 + sizeof(uint32_t)) {
        if (*at >= PQL$_LENGTH)
            return SS$_IVQUOTAL;
        memcpy(&start->quotas[*at], at + 1, sizeof(uint32_t));
    }
    return SS$_NORMAL;
}

/* Who the new process is. */
uint32_t choose_identity(GENERIC_64 *prvadr, unsigned int uic, unsigned int stsflg, Start *start)
{
    Identity caller = self();
    start->user = caller.user;
    start->uic = uic ? uic : caller.uic;
    start->mode = mode_of(stsflg);
    if (start->uic != caller.uic && !privileged(PRV$M_IMPERSONATE | PRV$M_CMKRNL))
        return SS$_NOPRIV;
    start->privileges = prvadr ? prvadr->gen64$q_quadword : caller.current;
    if (!privileged(PRV$M_SETPRV))
        start->privileges &= caller.authorized; /* silently, as documented */
    return SS$_NORMAL;
}

} // namespace

} // namespace shim

using namespace shim;

extern "C" {

int sys$setprv(char enbflg, struct _generic_64 *prvadr, char prmflg, struct _generic_64 *prvprv)
{
    SHIM_SERVICE("sys$setprv");
    static std::mutex one_at_a_time; /* the mask is read, changed and written */
    std::lock_guard<std::mutex> guard(one_at_a_time);
    Identity caller = self();
    uint64_t before = prmflg & 1 ? permanent_privileges() : caller.current;
    uint32_t status = SS$_NORMAL;
    if (prvadr) {
        uint64_t asked = prvadr->gen64$q_quadword;
        bool any = (caller.authorized | caller.current) & PRV$M_SETPRV;
        uint64_t granted = enbflg & 1 ? asked & (any ? ALL_PRIVILEGES : caller.authorized) : asked;
        if (granted != asked && (enbflg & 1))
            status = SS$_NOTALLPRIV;
        uint64_t now_on = enbflg & 1 ? caller.current | granted : caller.current & ~granted;
        set_privileges(now_on);
        if (prmflg & 1)
            set_permanent_privileges(enbflg & 1 ? before | granted : before & ~granted);
    }
    if (prvprv)
        prvprv->gen64$q_quadword = before;
    return static_cast<int>(status);
}

int sys$setprn(void *prcnam)
{
    SHIM_SERVICE("sys$setprn");
    std::string name;
    uint32_t status = text_or_none(prcnam, &name);
    if (!(status & 1))
        return static_cast<int>(status);
    if (name.size() > 15)
        return SS$_IVLOGNAM;
    return static_cast<int>(rename_process(name));
}

int sys$hiber(void)
{
    SHIM_SERVICE("sys$hiber");
    ProcessSlot &slot = own_slot();
    while (slot.wake.exchange(0) == 0)
        futex_wait(slot.wake, 0, -1);
    return SS$_NORMAL;
}

int sys$wake(unsigned int *pidadr, void *prcnam)
{
    SHIM_SERVICE("sys$wake");
    if (!pidadr && !prcnam) {
        wake_process(own_slot().pid.load());
        return SS$_NORMAL;
    }
    ProcessEntry target;
    uint32_t status = choose_process(pidadr, prcnam, &target);
    if (status & 1)
        wake_process(target.identity.pid);
    return static_cast<int>(status);
}

int sys$schdwk(unsigned int *pidadr, void *prcnam, struct _generic_64 *daytim,
               struct _generic_64 *reptim)
{
    SHIM_SERVICE("sys$schdwk");
    if (!daytim)
        return SS$_ACCVIO;
    int64_t time = static_cast<int64_t>(daytim->gen64$q_quadword);
    int64_t repeat = reptim ? static_cast<int64_t>(reptim->gen64$q_quadword) : 0;
    if (repeat > 0)
        return SS$_IVTIME;
    ProcessEntry target;
    uint32_t status = choose_process(pidadr, prcnam, &target);
    const int64_t shortest = 100000; /* a repeat interval is at least 10 ms */
    if (status & 1)
        schedule_wake(target.identity.pid,
                      time <= 0 ? now() + static_cast<uint64_t>(-time)
                                : static_cast<uint64_t>(time),
                      repeat == 0 ? 0
                                  : static_cast<uint64_t>(-repeat < shortest ? shortest : -repeat));
    return static_cast<int>(status);
}

int sys$canwak(unsigned int *pidadr, void *prcnam)
{
    SHIM_SERVICE("sys$canwak");
    ProcessEntry target;
    uint32_t status = choose_process(pidadr, prcnam, &target);
    if (!(status & 1))
        return static_cast<int>(status);
    std::lock_guard<std::mutex> guard(wakes_mutex);
    auto range = wakes.equal_range(target.identity.pid);
    for (auto at = range.first; at != range.second; ++at)
        cancel_timer(at->second);
    wakes.erase(target.identity.pid);
    return SS$_NORMAL;
}

int sys$creprc(unsigned int *pidadr, void *image, void *input, void *output, void *error,
               struct _generic_64 *prvadr, unsigned int *quota, void *prcnam, unsigned int baspri,
               unsigned int uic, unsigned short mbxunt, unsigned int stsflg, unsigned int *itmlst,
               void *node)
{
    SHIM_SERVICE("sys$creprc");
    if (mbxunt || itmlst || node)
        return SS$_UNSUPPORTED;
    Start start;
    uint32_t status = get_text(static_cast<dsc$descriptor_s *>(image), &start.image);
    if (status & 1)
        status = text_or_none(prcnam, &start.process_name);
    if (!(status & 1))
        return static_cast<int>(status);
    if (start.process_name.size() > 15)
        return SS$_IVLOGNAM;
    start.priority = baspri;
    start.owner = uic || stsflg & PRC$M_DETACH ? 0 : own_slot().pid.load();
    status = read_quotas(quota, &start);
    if (status & 1)
        status = choose_identity(prvadr, uic, stsflg, &start);
    bool interpreter = is_interpreter(start.image);
    if ((status & 1) && interpreter)
        status = name_streams(input, output, error, &start);
    if ((status & 1) && !interpreter)
        status = open_file(input, O_RDONLY, &start.in);
    if ((status & 1) && !interpreter)
        status = open_file(output, O_WRONLY | O_CREAT | O_APPEND, &start.out);
    if ((status & 1) && !interpreter)
        status = open_file(error, O_WRONLY | O_CREAT | O_APPEND, &start.error);
    int host = 0;
    uint32_t pid = 0;
    if (status & 1)
        status = start_process(start, &pid, &host);
    for (int fd : {start.in, start.out, start.error})
        if (fd >= 0)
            close(fd);
    if (!(status & 1))
        return static_cast<int>(status);
    std::thread([host] { waitpid(host, nullptr, 0); }).detach();
    if (pidadr)
        *pidadr = pid;
    return SS$_NORMAL;
}

int sys$delprc(unsigned int *pidadr, void *prcnam)
{
    SHIM_SERVICE("sys$delprc");
    ProcessEntry target;
    uint32_t status = choose_process(pidadr, prcnam, &target);
    if (!(status & 1))
        return static_cast<int>(status);
    if (target.host_pid == getpid())
        leave_system();
    signal_process(target.host_pid, SIGKILL);
    return SS$_NORMAL;
}

int sys$forcex(unsigned int *pidadr, void *prcnam, unsigned int code)
{
    SHIM_SERVICE("sys$forcex");
    ProcessEntry target;
    uint32_t status = choose_process(pidadr, prcnam, &target);
    if (!(status & 1))
        return static_cast<int>(status);
    if (ProcessSlot *slot = slot_of(target.identity.pid))
        slot->forced_exit.store(code ? code : static_cast<uint32_t>(SS$_FORCEDEXIT));
    signal_process(target.host_pid, SIGTERM);
    return SS$_NORMAL;
}
}
