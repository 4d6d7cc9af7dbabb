/*
**  process_start - starting a host process as a VMS process
*/
#include "plain_text.h"
#include "process_table.h"
#include "shim.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

extern char **environ;

namespace shim {

uint32_t host_path(const std::string &spec, const std::string &defaults, bool must_exist,
                   std::string *path, std::string *spec_out, struct stat *about)
    __attribute__((weak));

namespace {

uint32_t image_file(const std::string &image, std::string *path)
{
    if (!image.empty() && image[0] == '/') {
        *path = image;
        return SS$_NORMAL;
    }
    if (!&host_path)
        return SS$_NOSUCHFILE;
    uint32_t status = host_path(image, "SYS$SYSTEM:.EXE", true, path, nullptr, nullptr);
    return status & 1 ? static_cast<uint32_t>(SS$_NORMAL) : status;
}

std::string hex_text(const char *name, uint64_t value)
{
    char text[64];
    snprintf(text, sizeof text, "%s=%llx", name, static_cast<unsigned long long>(value));
    return text;
}

std::vector<std::string> child_environment(const Start &start, uint32_t pid)
{
    static const char *const own_names[] = {
        "SHIM_PID",  "SHIM_USER",   "SHIM_UIC",          "SHIM_PRIV", "SHIM_DEFPRIV", "SHIM_PRCNAM",
        "SHIM_MODE", "SHIM_SYSNET", "SHIM_SYSNET_RULES", "SHIM_LNM",  "VMSROOT",
        "SHIM_COMMAND", "SHIM_FOREIGN", "SHIM_SYSCOMMAND"};
    std::vector<std::string> all;
    for (char **entry = environ; *entry; ++entry) {
        std::string text(*entry), name = text.substr(0, text.find('='));
        bool ours = false;
        for (const char *known : own_names)
            ours = ours || name == known;
        for (const std::string &given : start.extra)
            ours = ours || given.compare(0, name.size() + 1, name + "=") == 0;
        if (!ours)
            all.push_back(text);
    }
    all.push_back("VMSROOT=" + root());
    all.push_back("SHIM_USER=" + start.user);
    all.push_back("SHIM_PRCNAM=" + start.process_name);
    all.push_back("SHIM_MODE=" + std::to_string(start.mode));
    all.push_back(hex_text("SHIM_UIC", start.uic));
    all.push_back(hex_text("SHIM_PRIV", start.privileges));
    all.push_back(hex_text("SHIM_DEFPRIV", start.privileges & start.enabled));
    all.push_back(hex_text("SHIM_PID", pid));
    all.insert(all.end(), start.extra.begin(), start.extra.end());
    return all;
}

uint32_t spawn_status(int error)
{
    switch (error) {
    case 0:
        return SS$_NORMAL;
    case ENOENT:
    case ENOTDIR:
        return SS$_NOSUCHFILE;
    case EACCES:
    case EPERM:
        return SS$_NOPRIV;
    case EAGAIN:
    case ENOMEM:
        return SS$_EXQUOTA;
    }
    trace("start_process: %s", strerror(error));
    return SS$_ABORT;
}

std::vector<char *> pointers(std::vector<std::string> &texts)
{
    std::vector<char *> all;
    for (std::string &text : texts)
        all.push_back(&text[0]);
    all.push_back(nullptr);
    return all;
}

int spawn(const Start &start, const std::string &path, uint32_t vms_pid, pid_t *child)
{
    std::vector<std::string> arguments(1, path), environment = child_environment(start, vms_pid);
    arguments.insert(arguments.end(), start.arguments.begin(), start.arguments.end());
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    if (start.in >= 0)
        posix_spawn_file_actions_adddup2(&files, start.in, 0);
    else
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    if (start.out >= 0)
        posix_spawn_file_actions_adddup2(&files, start.out, 1);
    else
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, start.error >= 0 ? start.error : 1, 2);
    for (int fd : start.keep)
        posix_spawn_file_actions_adddup2(&files, fd, fd); /* clears close-on-exec */
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    for (int number : {SIGPIPE, SIGTERM, SIGINT, SIGHUP, SIGCHLD})
        sigaddset(&defaults, number);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETSID);
    int error = posix_spawn(child, path.c_str(), &files, &attributes, pointers(arguments).data(),
                            pointers(environment).data());
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return error;
}

} // namespace

uint32_t start_process(const Start &given, uint32_t *vms_pid, int *host_pid)
{
    Start start = given;
    start.user = upper(start.user);
    std::string path;
    uint32_t status = image_file(start.image, &path);
    if (!(status & 1))
        return status;
    if (access(path.c_str(), X_OK) < 0)
        return spawn_status(errno);
    Identity identity;
    identity.user = start.user;
    identity.uic = start.uic;
    identity.mode = start.mode;
    identity.authorized = start.privileges;
    identity.current = start.privileges & start.enabled;
    identity.process_name = start.process_name.substr(0, 15);
    SystemLock lock; /* the child waits here until its row is complete */
    if (!identity.process_name.empty() &&
        name_taken(identity.process_name, identity.uic, node_name(), nullptr))
        return SS$_DUPLNAM;
    if (identity.process_name.empty())
        identity.process_name = free_name(identity);
    ProcessSlot *slot = take_row();
    if (!slot)
        return SS$_EXQUOTA;
    fill_row(slot, identity);
    uint32_t pid = slot->pid.load();
    pid_t child;
    status = spawn_status(spawn(start, path, pid, &child));
    if (!(status & 1)) {
        slot->pid.store(0);
        return status;
    }
    slot->host_start.store(host_start_time(child));
    slot->host_pid.store(child);
    slot->owner = start.owner;
    if (const ProcessSlot *above = start.owner ? slot_of(start.owner) : nullptr)
        slot->job = above->job;
    if (start.priority)
        slot->priority = start.priority;
    for (const auto &quota : start.quotas) {
        slot->quotas.limits[quota.first] = quota.second;
        slot->quotas.given |= 1u << quota.first;
    }
    set_field(slot->image, image_name_of(path));
    set_field(slot->image_path, path);
    if (vms_pid)
        *vms_pid = pid;
    if (host_pid)
        *host_pid = child;
    return SS$_NORMAL;
}

} // namespace shim
