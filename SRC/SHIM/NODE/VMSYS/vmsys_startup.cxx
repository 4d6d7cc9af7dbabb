/*
**  vmsys_startup - SYS$SYSTEM:STARTUP.COM at boot, SHUTDOWN.COM before the end
*/
#include "vmsys.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jpidef.h>

namespace shim {

namespace {

const uint32_t SYSTEM_UIC = 0x10004;
const uint64_t SYSTEM_PRIVILEGES = 0x7fffffffffULL;

} // namespace

void forget_dead_processes()
{
    std::string folder = store_path(""), prefix = "process.";
    DIR *dir = opendir(folder.c_str());
    if (!dir)
        return;
    while (dirent *e = readdir(dir)) {
        std::string name = e->d_name;
        char *end = 0;
        ProcessEntry entry;
        if (name.compare(0, prefix.size(), prefix) != 0)
            continue;
        unsigned long pid = strtoul(name.c_str() + prefix.size(), &end, 16);
        if (pid && !*end && !find_process(static_cast<uint32_t>(pid), &entry))
            unlink((folder + name).c_str());
    }
    closedir(dir);
}

bool run_system_procedure(const std::string &name, const std::string &process)
{
    std::string spec = "SYS$SYSTEM:" + name + ".COM", path;
    if (!(host_path(spec, "", true, &path, 0) & 1))
        return true; /* a system disk without a command interpreter */
    Start start;
    start.image = "SYS$SYSTEM:LOGINOUT.EXE";
    start.process_name = process;
    start.user = "SYSTEM";
    start.uic = SYSTEM_UIC;
    start.privileges = SYSTEM_PRIVILEGES;
    start.mode = JPI$K_OTHER;
    start.out = STDOUT_FILENO;
    start.extra.push_back(seed_names({{"SYS$INPUT", spec}, {"SYS$OUTPUT", "OPA0:"}}));
    int host = 0, end = 0;
    if (!ok(start_process(start, 0, &host), spec))
        return false;
    while (waitpid(host, &end, 0) < 0 && errno == EINTR)
        ;
    return WIFEXITED(end) || problem("%s ended by signal %d", spec.c_str(), WTERMSIG(end));
}

} // namespace shim
