/*
**  process_info - $GETJPI
**
**  Everything is known at once, so both forms complete before they return.
**  System Services Reference Manual.
*/
#include "event_flags.h"
#include "process_table.h"
#include "shim.h"
#include "uaf.h"

#include <jpidef.h>
#include <pqldef.h>
#include <prvdef.h>
#include <starlet.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <unistd.h>

namespace shim {

namespace {

const uint32_t WILDCARD = 0xFF000000;     /* -1 at first, then index of the next row */

std::string padded(std::string text, size_t width)
{
    text.resize(width, ' ');
    return text;
}

/* What the host tells of a process: state, page faults, CPU time in 10 ms. */
struct HostFigures {
    char state;
    unsigned long faults, major_faults, user, system;
};

HostFigures host_figures(const ProcessEntry &entry)
{
    HostFigures found = {'S', 0, 0, 0, 0};
    FILE *file = fopen(("/proc/" + std::to_string(entry.host_pid) + "/stat").c_str(), "re");
    if (!file)
        return found;
    char line[1024];
    const char *after = fgets(line, sizeof line, file) ? strrchr(line, ')') : nullptr;
    fclose(file);
    if (after)
        sscanf(after + 1, " %c %*d %*d %*d %*d %*d %*u %lu %*u %lu %*u %lu %lu", &found.state,
               &found.faults, &found.major_faults, &found.user, &found.system);
    return found;
}

/* The number behind "name:" in a file of the host's about the process; 0 without it. */
uint32_t host_number(const ProcessEntry &entry, const char *file, const std::string &name)
{
    FILE *from = fopen(("/proc/" + std::to_string(entry.host_pid) + "/" + file).c_str(), "re");
    if (!from)
        return 0;
    char line[256];
    unsigned long value = 0;
    while (fgets(line, sizeof line, from))
        if (name.compare(0, name.size(), line, name.size()) == 0 && line[name.size()] == ':') {
            value = strtoul(line + name.size() + 1, nullptr, 10);
            break;
        }
    fclose(from);
    return static_cast<uint32_t>(value);
}

uint32_t hundredths(unsigned long ticks)
{
    return static_cast<uint32_t>(ticks * 100 / static_cast<unsigned long>(sysconf(_SC_CLK_TCK)));
}

/* What the process has used.  Memory in pagelets; a buffered transfer is a wait of the host's
   process, as in the accounting of LOGOUT/FULL; a direct one is a block.  False: another item. */
bool host_amount(unsigned short code, const ProcessEntry &entry, uint32_t *value)
{
    const uint32_t pagelets = 2, block = 512; /* of a kilobyte; bytes */
    auto memory = [&](const char *name) { return host_number(entry, "status", name) * pagelets; };
    switch (code) {
    case JPI$_BUFIO: *value = host_number(entry, "status", "voluntary_ctxt_switches"); return true;
    case JPI$_DIRIO:
        *value = host_number(entry, "io", "read_bytes") / block +
                 host_number(entry, "io", "write_bytes") / block;
        return true;
    case JPI$_GPGCNT: *value = memory("RssFile") + memory("RssShmem"); return true;
    case JPI$_PPGCNT: *value = memory("RssAnon"); return true;
    case JPI$_KRNLTIM: *value = hundredths(host_figures(entry).system); return true;
    case JPI$_USERTIM: *value = hundredths(host_figures(entry).user); return true;
    case JPI$_VIRTPEAK: *value = memory("VmPeak"); return true;
    case JPI$_WSPEAK: *value = memory("VmHWM"); return true;
    }
    return false;
}

uint32_t cpu_time(const ProcessEntry &entry)
{
    struct timespec used;
    HostFigures host = host_figures(entry);
    if (entry.identity.pid != self().pid || clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0)
        return hundredths(host.user + host.system);
    return static_cast<uint32_t>(used.tv_sec * 100 + used.tv_nsec / 10000000);
}

uint32_t scheduling_state(const ProcessEntry &entry)
{
    if (entry.identity.pid == self().pid)
        return SCH$C_CUR;
    switch (host_figures(entry).state) {
    case 'R': return SCH$C_COM;
    case 'T': return SCH$C_SUSP;
    }
    return SCH$C_LEF;
}

/* Items that come from the user's authorization record; false: not one of them.  What is in use is
   not counted: the remaining amount is the limit. */
bool authorized_amount(unsigned short code, const UafRecord &user, uint32_t *value)
{
    switch (code) {
    case JPI$_ASTCNT: case JPI$_ASTLM: *value = user.asts; return true;
    case JPI$_BIOCNT: case JPI$_BIOLM: *value = user.buffered_io; return true;
    case JPI$_BYTCNT: case JPI$_BYTLM: case JPI$_ORG_BYTLM: *value = user.bytes; return true;
    case JPI$_DIOCNT: case JPI$_DIOLM: *value = user.direct_io; return true;
    case JPI$_ENQCNT: case JPI$_ENQLM: *value = user.locks; return true;
    case JPI$_FILCNT: case JPI$_FILLM: *value = user.files; return true;
    case JPI$_TQCNT: case JPI$_TQLM: *value = user.timer_entries; return true;
    case JPI$_PAGFILCNT: case JPI$_PGFLQUOTA: *value = user.page_file; return true;
    case JPI$_PRCLM: *value = user.subprocesses; return true;
    case JPI$_CPULIM: *value = user.cpu_time; return true;
    case JPI$_MAXDETACH: *value = user.detached; return true;
    case JPI$_MAXJOBS: *value = user.jobs; return true;
    case JPI$_SHRFILLM: *value = user.shared_files; return true;
    case JPI$_UAF_FLAGS: *value = user.flags; return true;
    case JPI$_LOGIN_FAILURES: *value = user.login_failures; return true;
    case JPI$_DFWSCNT: case JPI$_WSSIZE: *value = user.working_set_default; return true;
    case JPI$_WSAUTH: case JPI$_WSQUOTA: *value = user.working_set; return true;
    case JPI$_WSEXTENT: *value = user.working_set_extent; return true;
    case JPI$_AUTHPRI: *value = user.priority; return true;
    }
    return false;
}

/* The limit that $CREPRC gave the process; false: none, or another item. */
bool given_amount(unsigned short code, const ProcessSlot *slot, uint32_t *value)
{
    static const struct {
        unsigned short items[2];
        uint32_t quota;
    } rows[] = {
        {{JPI$_ASTCNT, JPI$_ASTLM}, PQL$_ASTLM},     {{JPI$_BIOCNT, JPI$_BIOLM}, PQL$_BIOLM},
        {{JPI$_BYTCNT, JPI$_BYTLM}, PQL$_BYTLM},     {{JPI$_DIOCNT, JPI$_DIOLM}, PQL$_DIOLM},
        {{JPI$_ENQCNT, JPI$_ENQLM}, PQL$_ENQLM},     {{JPI$_FILCNT, JPI$_FILLM}, PQL$_FILLM},
        {{JPI$_TQCNT, JPI$_TQLM}, PQL$_TQELM},       {{JPI$_PRCLM, 0}, PQL$_PRCLM},
        {{JPI$_ORG_BYTLM, 0}, PQL$_BYTLM},
        {{JPI$_PAGFILCNT, JPI$_PGFLQUOTA}, PQL$_PGFLQUOTA},
        {{JPI$_DFWSCNT, JPI$_WSSIZE}, PQL$_WSDEFAULT},
        {{JPI$_WSAUTH, JPI$_WSQUOTA}, PQL$_WSQUOTA},
        {{JPI$_WSEXTENT, 0}, PQL$_WSEXTENT},         {{JPI$_CPULIM, 0}, PQL$_CPULM},
    };
    for (const auto &row : rows)
        if (row.items[0] == code || row.items[1] == code) {
            *value = slot ? slot->quotas.limits[row.quota] : 0;
            return slot && slot->quotas.given & 1u << row.quota;
        }
    return false;
}

uint32_t job_type(uint32_t mode)
{
    return mode == JPI$K_INTERACTIVE ? JPI$K_LOCAL : mode;
}

std::string terminal_of(const ProcessEntry &entry)
{
    const ProcessSlot *slot = slot_of(entry.identity.pid);
    return slot ? slot->terminal : "";
}

/* A command interpreter runs the process. */
bool interpreted(const ProcessEntry &entry)
{
    const ProcessSlot *slot = slot_of(entry.identity.pid);
    return slot && slot->names_shared.load();
}

uint32_t count_owned(uint32_t pid)
{
    uint32_t count = 0;
    for (const ProcessEntry &other : list_processes()) {
        const ProcessSlot *slot = slot_of(other.identity.pid);
        count += slot && slot->owner == pid;
    }
    return count;
}

uint32_t master_of(uint32_t pid)
{
    const ProcessSlot *slot = slot_of(pid);
    for (unsigned depth = 0; slot && slot->owner && slot_of(slot->owner) && depth < 64; ++depth)
        slot = slot_of(slot->owner);
    return slot ? slot->pid.load() : pid;
}

uint32_t answer_privileges(const Item &item, const ProcessEntry &entry)
{
    const ProcessSlot *slot = slot_of(entry.identity.pid);
    switch (item.code) {
    case JPI$_CURPRIV:
        return put_quad(item, entry.identity.current);
    case JPI$_AUTHPRIV:
        return put_quad(item, entry.identity.authorized);
    case JPI$_PROCPRIV:
        return put_quad(item, slot ? slot->permanent.load() : 0);
    case JPI$_IMAGPRIV:
        return put_quad(item, 0); /* no image is installed with privileges */
    }
    UafRecord user;
    uint32_t amount;
    bool known = uaf_read(entry.identity.user, &user) & 1;
    if (given_amount(item.code, slot, &amount) || authorized_amount(item.code, user, &amount))
        return put_long(item, amount);
    if (item.code == JPI$_LAST_LOGIN_I)
        return put_quad(item, known ? user.last_interactive : 0);
    if (item.code == JPI$_LAST_LOGIN_N)
        return put_quad(item, known ? user.last_network : 0);
    trace("sys$getjpi: unknown item %u", item.code);
    return SS$_BADPARAM;
}

uint32_t answer_figure(const Item &item, const ProcessEntry &entry)
{
    const ProcessSlot *slot = slot_of(entry.identity.pid);
    switch (item.code) {
    case JPI$_STATE:
        return put_long(item, scheduling_state(entry));
    case JPI$_PAGEFLTS:
        return put_long(item, static_cast<uint32_t>(host_figures(entry).faults +
                                                    host_figures(entry).major_faults));
    case JPI$_PRI:
    case JPI$_PRIB:
        return put_long(item, slot ? slot->priority : 4);
    case JPI$_OWNER:
        return put_long(item, slot ? slot->owner : 0);
    case JPI$_PRCCNT:
    case JPI$_JOBPRCCNT:
        return put_long(item, count_owned(entry.identity.pid));
    case JPI$_MASTER_PID:
        return put_long(item, master_of(entry.identity.pid));
    case JPI$_DFPFC:
        return put_long(item, 64); /* SYSGEN's PFCDEFAULT */
    case JPI$_KT_COUNT:
        return put_long(item, 1);
    case JPI$_CASE_LOOKUP_PERM: /* BLIND */
    case JPI$_CASE_LOOKUP_IMAGE:
    case JPI$_CREPRC_FLAGS:
    case JPI$_STS2:
    case JPI$_THREAD_INDEX:
    case JPI$_VOLUMES:
    case JPI$_IMAGECOUNT:
    case JPI$_LOGIN_FLAGS:
    case JPI$_MULTITHREAD:
    case JPI$_NODE_CSID:
    case JPI$_PARSE_STYLE_PERM: /* TRADITIONAL */
    case JPI$_PARSE_STYLE_IMAGE:
    case JPI$_SITESPEC:
    case JPI$_STS:
    case JPI$_TMBU:
        return put_long(item, 0);
    }
    uint32_t amount;
    return host_amount(item.code, entry, &amount) ? put_long(item, amount)
                                                  : answer_privileges(item, entry);
}

uint32_t answer_number(const Item &item, const ProcessEntry &entry)
{
    const Identity &identity = entry.identity;
    switch (item.code) {
    case JPI$_PID:
    case JPI$_INITIAL_THREAD_PID:
        return put_long(item, identity.pid);
    case JPI$_UIC:
        return put_long(item, identity.uic);
    case JPI$_GRP:
        return put_long(item, identity.uic >> 16);
    case JPI$_MEM:
        return put_long(item, identity.uic & 0xffff);
    case JPI$_MODE:
        return put_long(item, identity.mode);
    case JPI$_JOBTYPE:
        return put_long(item, job_type(identity.mode));
    case JPI$_PROC_INDEX:
        return put_long(item, identity.pid % PROCESS_MAX);
    case JPI$_CPUTIM:
        return put_long(item, cpu_time(entry));
    case JPI$_LOGINTIM:
        return put_quad(item, entry.login_time);
    }
    return answer_figure(item, entry);
}

uint32_t answer_item(const Item &item, const ProcessEntry &entry)
{
    switch (item.code) {
    case JPI$_USERNAME:
        return put_string(item, padded(entry.identity.user, 12));
    case JPI$_ACCOUNT:
        return put_string(item, padded(entry.identity.user, 8));
    case JPI$_PRCNAM:
        return put_string(item, entry.identity.process_name);
    case JPI$_NODENAME:
        return put_string(item, entry.node);
    case JPI$_TERMINAL:
    case JPI$_TT_PHYDEVNAM:
        return put_string(item, terminal_of(entry));
    case JPI$_CLINAME:
        return put_string(item, interpreted(entry) ? "DCL" : "");
    case JPI$_TABLENAME:
        return put_string(item, interpreted(entry) ? "SYS$LIBRARY:DCLTABLES.EXE" : "");
    case JPI$_TT_ACCPORNAM:
        return put_string(item, "");
    case JPI$_NODE_VERSION:
        return put_string(item, "V8.4");
    case JPI$_IMAGNAME:
        return put_string(item, entry.image.empty()
                                    ? ""
                                    : "SYS$SYSROOT:[SYSEXE]" + entry.image + ".EXE;1");
    }
    return answer_number(item, entry);
}

/* The next process of this node at or after the row that *context names. */
uint32_t next_process(uint32_t *context, ProcessEntry *entry)
{
    uint32_t first = *context == 0xFFFFFFFF ? 0 : *context & 0xFFFF;
    for (const ProcessEntry &found : list_processes()) {
        const ProcessSlot *slot = slot_of(found.identity.pid);
        uint32_t row = slot ? static_cast<uint32_t>(slot - page().processes) : 0;
        if (!slot || row < first || found.node != node_name())
            continue;
        if (!may_affect(found.identity))
            continue;
        *context = WILDCARD | (row + 1);
        *entry = found;
        return SS$_NORMAL;
    }
    return SS$_NOMOREPROC;
}

/* A process name belongs to a UIC group of this node; 0 when there is none. */
uint32_t pid_of_name(const std::string &name, uint32_t uic)
{
    for (const ProcessEntry &found : list_processes())
        if (found.identity.process_name == name && found.node == node_name() &&
            found.identity.uic >> 16 == uic >> 16)
            return found.identity.pid;
    return 0;
}

uint32_t get_information(unsigned int *pidadr, void *prcnam, void *itmlst)
{
    own_slot();
    std::vector<Item> items;
    uint32_t status = read_items(static_cast<const ILE3 *>(itmlst), &items);
    ProcessEntry entry;
    if (status & 1)
        status = pidadr && (*pidadr & WILDCARD) == WILDCARD
                     ? next_process(pidadr, &entry)
                     : choose_process(pidadr, prcnam, &entry);
    for (size_t i = 0; (status & 1) && i < items.size(); ++i)
        status = answer_item(items[i], entry);
    return status;
}

} // namespace

bool may_affect(const Identity &target)
{
    Identity caller = self();
    if (caller.uic == target.uic || privileged(PRV$M_WORLD))
        return true;
    return caller.uic >> 16 == target.uic >> 16 && privileged(PRV$M_GROUP);
}

uint32_t choose_process(unsigned int *pidadr, void *prcnam, ProcessEntry *entry)
{
    own_slot();
    Identity caller = self();
    uint32_t pid = pidadr ? *pidadr : 0;
    std::string name;
    if (!pid && prcnam) {
        uint32_t status = get_text(static_cast<dsc$descriptor_s *>(prcnam), &name);
        if (!(status & 1))
            return status;
        if (name.empty() || name.size() > 15)
            return SS$_IVLOGNAM;
    } else if (!pid) {
        pid = own_slot().pid.load();
    }
    if (!pid)
        pid = pid_of_name(name, caller.uic);
    if (!pid || !find_process(pid, entry))
        return SS$_NONEXPR;
    if (pid != own_slot().pid.load() && !may_affect(entry->identity))
        return SS$_NOPRIV;
    if (pidadr)
        *pidadr = pid;
    return SS$_NORMAL;
}

} // namespace shim

using namespace shim;

extern "C" {

int sys$getjpi(unsigned int efn, unsigned int *pidadr, void *prcnam, void *itmlst,
               struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm)
{
    SHIM_SERVICE("sys$getjpi");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return complete_request(get_information(pidadr, prcnam, itmlst), efn, iosb, astadr, astprm);
}

int sys$getjpiw(unsigned int efn, unsigned int *pidadr, void *prcnam, void *itmlst,
                struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm)
{
    SHIM_SERVICE("sys$getjpiw");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return complete_request(get_information(pidadr, prcnam, itmlst), efn, iosb, astadr, astprm);
}
}
