/*
**  process_table - who this process is
**
**  A VMS process is a row of the process table.  start_process() makes the row and names it in the
**  child's environment (SHIM_PID); whatever the child runs in turn by plain fork and exec belongs
**  to the same VMS process, as the images do that a command procedure runs.  A process without
**  SHIM_PID gets a row of its own: the identity in SHIM_USER, SHIM_UIC, SHIM_PRIV, SHIM_DEFPRIV,
**  SHIM_PRCNAM and SHIM_MODE, or else SYSTEM [1,4], interactive, with all privileges.
*/
#include "process_table.h"
#include "plain_text.h"
#include "shim.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <pthread.h>
#include <unistd.h>

namespace shim {

namespace {

const uint32_t PID_BASE = 0x20200000;
const uint32_t DEFAULT_PRIORITY = 4;
const uint32_t SEQUENCES = 1024;             /* before a row gives the same pid again */

std::mutex own_mutex;
std::atomic<ProcessSlot *> own;
std::atomic<bool> owner;                     /* this host process, not one around it, has the row */
std::atomic<uint64_t> image_current;         /* privileges enabled, this image */
Identity natural;                            /* under own_mutex */
thread_local std::unique_ptr<Identity> persona;
std::mutex node_mutex;
std::string node_in_file;

void forget_process()
{
    node_in_file.clear();
    if (owner.load() && own.load())
        own.load()->pid.store(0);
    own.store(nullptr);
    owner.store(false);
}
RootChange process_change(forget_process);

std::string environment(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

uint64_t hexadecimal(const std::string &text)
{
    return strtoull(text.c_str(), nullptr, 16);
}

} // namespace

/* Under SystemLock.  A free row, or one whose process is dead. */
ProcessSlot *take_row()
{
    SystemPage &at = page();
    ProcessSlot *found = nullptr;
    for (ProcessSlot &slot : at.processes)
        if (slot.pid.load() == 0) {
            found = &slot;
            break;
        }
    for (uint32_t i = 0; !found && i < PROCESS_MAX; ++i)
        if (!slot_alive(at.processes[i]))
            found = &at.processes[i];
    return found;
}

bool name_taken(const std::string &name, uint32_t uic, const std::string &node,
                const ProcessSlot *except)
{
    for (ProcessSlot &slot : page().processes)
        if (slot.pid.load() && &slot != except && name == slot.name &&
            slot.uic >> 16 == uic >> 16 && node == slot.node && slot_alive(slot))
            return true;
    return false;
}

void fill_row(ProcessSlot *slot, const Identity &identity)
{
    SystemPage &at = page();
    if (slot->names_shared.load())
        drop_process_names(slot->pid.load()); /* it was killed */
    slot->pid.store(0);
    slot->names_shared = slot->name_changes = slot->directory_changes = 0;
    slot->image_ended = slot->exit_status = 0;
    set_field(slot->directory, "");
    set_field(slot->terminal, "");
    slot->owner = 0;
    slot->priority = DEFAULT_PRIORITY;
    slot->quotas.given = 0;
    set_field(slot->user, identity.user);
    set_field(slot->name, identity.process_name);
    set_field(slot->node, node_name());
    set_field(slot->image, "");
    set_field(slot->image_path, "");
    slot->uic = identity.uic;
    slot->mode = identity.mode;
    slot->authorized = identity.authorized;
    slot->current = identity.current;
    slot->permanent = identity.current;
    slot->wake = 0;
    slot->forced_exit = 0;
    slot->login_time = now();
    slot->host_pid = 0;
    slot->host_start = 0;
    slot->starter = getpid();
    slot->sequence = (slot->sequence + 1) % SEQUENCES;
    uint32_t index = static_cast<uint32_t>(slot - at.processes);
    slot->job = PID_BASE + slot->sequence * PROCESS_MAX + index + 1;
    slot->pid.store(slot->job);
}

Identity read_row(const ProcessSlot &slot)
{
    Identity identity;
    identity.pid = slot.pid.load();
    identity.user = slot.user;
    identity.uic = slot.uic;
    identity.process_name = slot.name;
    identity.mode = slot.mode;
    identity.authorized = slot.authorized.load();
    identity.current = slot.current.load();
    return identity;
}

std::string free_name(const Identity &identity)
{
    std::string name = identity.process_name.empty() ? identity.user : identity.process_name;
    name = name.substr(0, 15);
    for (unsigned number = 1; name_taken(name, identity.uic, node_name(), nullptr); ++number)
        name = "_FTA" + std::to_string(number) + ":";
    return name;
}

namespace {

Identity environment_identity()
{
    Identity identity;
    identity.pid = 0;
    identity.user = upper(environment("SHIM_USER"));
    bool by_hand = identity.user.empty();
    if (by_hand)
        identity.user = "SYSTEM";
    std::string uic = environment("SHIM_UIC"), privileges = environment("SHIM_PRIV");
    identity.uic = uic.empty() ? (by_hand ? 0x10004 : 0x800080)
                               : static_cast<uint32_t>(hexadecimal(uic));
    identity.authorized = !privileges.empty() ? hexadecimal(privileges)
                          : by_hand           ? ALL_PRIVILEGES
                                              : USER_PRIVILEGES;
    std::string enabled = environment("SHIM_DEFPRIV");
    identity.current = identity.authorized;
    if (!enabled.empty())
        identity.current &= hexadecimal(enabled);
    identity.process_name = environment("SHIM_PRCNAM");
    std::string mode = environment("SHIM_MODE");
    identity.mode = mode.empty() ? (by_hand ? 3u : 0u)
                                 : static_cast<uint32_t>(strtoul(mode.c_str(), nullptr, 10));
    return identity;
}

/* Under SystemLock.  The row that SHIM_PID names: ours, or that of a process around us. */
ProcessSlot *inherited_row()
{
    uint32_t pid = static_cast<uint32_t>(hexadecimal(environment("SHIM_PID")));
    ProcessSlot *slot = pid ? slot_of(pid) : nullptr;
    return slot && slot_alive(*slot) && node_name() == slot->node ? slot : nullptr;
}

void new_process_in_child()
{
    own.store(nullptr);
    owner.store(false);
    own_mutex.unlock();
}

void once_per_process()
{
    static std::once_flag flag;
    std::call_once(flag, [] {
        atexit(leave_system);
        pthread_atfork([] { own_mutex.lock(); }, [] { own_mutex.unlock(); }, new_process_in_child);
    });
}

/* own_mutex is held. */
ProcessSlot *enter_table()
{
    once_per_process();
    std::string path = image_path();
    uint64_t start = host_start_time(getpid());
    SystemLock lock;
    ProcessSlot *slot = inherited_row();
    bool mine = !slot || slot->host_pid.load() == getpid() || slot->host_pid.load() == 0;
    if (!slot) {
        Identity identity = environment_identity();
        identity.process_name = free_name(identity);
        slot = take_row();
        if (!slot) {
            fprintf(stderr, "%%SYSTEM-F-NOSLOT, no PCB available\n");
            _exit(44);
        }
        fill_row(slot, identity);
    }
    if (mine) {
        slot->host_start.store(start);
        slot->host_pid.store(getpid());
    }
    set_field(slot->image, image_name());
    set_field(slot->image_path, path);
    natural = read_row(*slot);
    image_current.store(natural.current);
    owner.store(mine);
    own.store(slot, std::memory_order_release);
    return slot;
}

} // namespace

const std::string &image_path()
{
    static const std::string path = [] {
        char text[4096];
        ssize_t length = readlink("/proc/self/exe", text, sizeof text);
        return std::string(text, length > 0 ? static_cast<size_t>(length) : 0);
    }();
    return path;
}

std::string image_name_of(const std::string &path)
{
    std::string name = upper(path.substr(path.rfind('/') + 1));
    size_t end = name.size() > 4 ? name.rfind(".EXE") : std::string::npos;
    return end == std::string::npos ? name : name.substr(0, end);
}

const std::string &image_name()
{
    static const std::string name = image_name_of(image_path());
    return name;
}

std::string terminal_path(const std::string &name)
{
    size_t digits = name.find_first_of("0123456789");
    return "/dev/pts/" + name.substr(std::min(digits, name.size()), name.find(':') - digits);
}

bool slot_alive(const ProcessSlot &slot)
{
    if (slot.pid.load() == 0)
        return false;
    int host = slot.host_pid.load();
    return host ? host_alive(host, slot.host_start.load()) : host_start_time(slot.starter) != 0;
}

ProcessSlot *slot_of(uint32_t pid)
{
    if (pid <= PID_BASE)
        return nullptr;
    ProcessSlot *slot = &page().processes[(pid - PID_BASE - 1) % PROCESS_MAX];
    return slot->pid.load() == pid ? slot : nullptr;
}

ProcessSlot &own_slot()
{
    ProcessSlot *slot = own.load(std::memory_order_acquire);
    if (slot)
        return *slot;
    page();
    std::lock_guard<std::mutex> guard(own_mutex);
    slot = own.load();
    return slot ? *slot : *enter_table();
}

/* Empty: no file says it. */
static std::string first_node()
{
    std::lock_guard<std::mutex> guard(node_mutex);
    if (node_in_file.empty()) {
        FILE *file = fopen(store_path("node").c_str(), "re");
        char text[64];
        if (file && fgets(text, sizeof text, file))
            node_in_file = upper(std::string(text, strcspn(text, " \t\r\n"))).substr(0, 6);
        if (file)
            fclose(file);
    }
    return node_in_file;
}

std::string node_name()
{
    std::string name = upper(environment("SHIM_NODE"));
    if (name.empty())
        name = first_node();
    return name.empty() ? "NODE" : name.substr(0, 6);
}

std::string node_path(const std::string &name)
{
    std::string first = first_node(), here = node_name();
    return store_path(first.empty() || first == here ? name : name + "." + here);
}

Identity self()
{
    if (persona)
        return *persona;
    own_slot();
    std::lock_guard<std::mutex> guard(own_mutex);
    Identity identity = natural;
    identity.current = image_current.load();
    return identity;
}

void assume_identity(const Identity *identity)
{
    persona.reset(identity ? new Identity(*identity) : nullptr);
}

bool privileged(uint64_t mask)
{
    if (persona)
        return (persona->current & mask) != 0;
    own_slot();
    return (image_current.load(std::memory_order_relaxed) & mask) != 0;
}

void set_privileges(uint64_t current)
{
    if (persona) {
        persona->current = current;
        return;
    }
    ProcessSlot &slot = own_slot();
    image_current.store(current);
    slot.current.store(current);
}

void set_permanent_privileges(uint64_t mask)
{
    own_slot().permanent.store(mask);
}

void leave_system()
{
    ProcessSlot *slot = own.load();
    if (slot && owner.load() && slot->host_pid.load() == getpid()) {
        drop_own_job_table();
        if (slot->names_shared.exchange(0))
            drop_process_names(slot->pid.load());
        slot->pid.store(0);
    }
}

uint64_t permanent_privileges()
{
    return own_slot().permanent.load();
}

void change_uic(uint32_t uic)
{
    ProcessSlot &slot = own_slot();
    std::lock_guard<std::mutex> guard(own_mutex);
    SystemLock lock;
    slot.uic = natural.uic = uic;
}

uint32_t rename_process(const std::string &name)
{
    ProcessSlot &slot = own_slot();
    std::lock_guard<std::mutex> guard(own_mutex);
    SystemLock lock;
    if (!name.empty() && name_taken(name, slot.uic, slot.node, &slot))
        return SS$_DUPLNAM;
    set_field(slot.name, name);
    natural.process_name = name;
    return SS$_NORMAL;
}

namespace {

/* Under SystemLock. */
ProcessEntry read_entry(const ProcessSlot &slot)
{
    ProcessEntry entry;
    entry.identity = read_row(slot);
    entry.host_pid = slot.host_pid.load();
    entry.image = slot.image;
    entry.image_path = slot.image_path;
    entry.node = slot.node;
    entry.login_time = slot.login_time;
    return entry;
}

} // namespace

std::vector<ProcessEntry> list_processes()
{
    std::vector<ProcessEntry> all;
    SystemPage &at = page();
    SystemLock lock;
    for (ProcessSlot &slot : at.processes)
        if (slot_alive(slot))
            all.push_back(read_entry(slot));
    return all;
}

bool find_process(uint32_t pid, ProcessEntry *entry)
{
    page();
    if (owner.load() && own.load() && own.load()->pid.load() == pid) { /* nobody else changes it */
        std::lock_guard<std::mutex> guard(own_mutex);
        *entry = read_entry(*own.load());
        return true;
    }
    SystemLock lock;
    ProcessSlot *slot = slot_of(pid);
    if (!slot || (slot != own.load() && !slot_alive(*slot)))
        return false;
    *entry = read_entry(*slot);
    return true;
}

uint32_t split_process(const std::string &name)
{
    own_slot(); /* the parent's: a forked child begins as a part of its process */
    std::lock_guard<std::mutex> guard(own_mutex);
    SystemLock lock;
    ProcessSlot *parent = own.load();
    Identity identity = read_row(*parent);
    identity.process_name = name.substr(0, 15);
    if (name.empty() || name_taken(identity.process_name, identity.uic, parent->node, nullptr))
        return SS$_DUPLNAM;
    ProcessSlot *slot = take_row();
    if (!slot)
        return SS$_EXQUOTA;
    fill_row(slot, identity);
    slot->permanent = parent->permanent.load();
    slot->owner = parent->pid.load();
    slot->job = parent->job;
    slot->priority = parent->priority;
    slot->quotas = parent->quotas;
    set_field(slot->terminal, parent->terminal);
    set_field(slot->directory, parent->directory);
    slot->host_start.store(host_start_time(getpid()));
    slot->host_pid.store(getpid());
    char pid_text[16];
    snprintf(pid_text, sizeof pid_text, "%x", slot->pid.load());
    setenv("SHIM_PID", pid_text, 1);
    natural = read_row(*slot);
    image_current.store(natural.current);
    owner.store(true);
    own.store(slot, std::memory_order_release);
    return SS$_NORMAL;
}

} // namespace shim
