/*
**  lib_spawn - LIB$SPAWN: a subprocess with the command interpreter does one command
**
**  The subprocess has this process's input and output, its names of the process table (not those of
**  user mode) and its privileges.  Its status comes back through a pipe whose descriptor it finds
**  in SHIM_SPAWN_STATUS.  No other arguments than the command and the completion status yet.
*/
#include "lnm.h"
#include "shim.h"
#include "system_text.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <lib$routines.h>
#include <libdef.h>
#include <psldef.h>
#include <ssdef.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace {

std::string number_entry(const char *name, const char *format, unsigned long long value)
{
    char text[80];
    int used = snprintf(text, sizeof text, "%s=", name);
    snprintf(text + used, sizeof text - size_t(used), format, value);
    return text;
}

/* The process table for the subprocess; what the interpreter makes itself is not among it. */
std::string process_names()
{
    std::string text;
    auto table = shim::lnm::view().process->find(shim::lnm::PROCESS_TABLE);
    if (table == shim::lnm::view().process->end())
        return text;
    for (const auto &name : table->second.names)
        for (const shim::lnm::Entry &entry : name.second) {
            if (entry.mode > PSL$C_SUPER || entry.name.compare(0, 4, "SYS$") == 0 ||
                entry.translations.empty())
                continue;
            text += (text.empty() ? "" : "\n") + entry.name;
            for (size_t i = 0; i < entry.translations.size(); ++i)
                text += (i ? "\t" : "=") + entry.translations[i].text;
        }
    return text;
}

std::vector<std::string> subprocess_environment(int status_pipe)
{
    static const char *const own[] = {"SHIM_PID",     "SHIM_USER",    "SHIM_UIC",    "SHIM_PRIV",
                                      "SHIM_DEFPRIV", "SHIM_PRCNAM",  "SHIM_MODE",   "SHIM_LNM",
                                      "SHIM_COMMAND", "SHIM_FOREIGN", "SHIM_IMAGE"};
    std::vector<std::string> all;
    for (char **entry = environ; *entry; ++entry) {
        std::string text(*entry), name = text.substr(0, text.find('='));
        bool ours = false;
        for (const char *each : own)
            ours = ours || name == each;
        if (!ours)
            all.push_back(text);
    }
    shim::Identity identity = shim::self();
    all.push_back("SHIM_USER=" + identity.user);
    all.push_back(number_entry("SHIM_UIC", "%llx", identity.uic));
    all.push_back(number_entry("SHIM_PRIV", "%llx", identity.authorized));
    all.push_back(number_entry("SHIM_DEFPRIV", "%llx", identity.current));
    all.push_back(number_entry("SHIM_MODE", "%llu", identity.mode));
    all.push_back(number_entry("SHIM_SPAWN_STATUS", "%llu", unsigned(status_pipe)));
    all.push_back("SHIM_LNM=" + process_names());
    return all;
}

std::vector<char *> pointers(std::vector<std::string> &texts)
{
    std::vector<char *> all;
    for (std::string &text : texts)
        all.push_back(&text[0]);
    all.push_back(nullptr);
    return all;
}

/* What the subprocess left in the pipe; SS$_ABORT when it died before. */
uint32_t wait_for(pid_t child, int from)
{
    uint32_t ended = 0;
    char *at = reinterpret_cast<char *>(&ended);
    size_t got = 0;
    while (got < sizeof ended) {
        ssize_t n = read(from, at + got, sizeof ended - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        got += size_t(n);
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return got == sizeof ended ? ended : uint32_t(SS$_ABORT);
}

} // namespace

extern "C" unsigned int lib$spawn(void *command_string, void *input_file, void *output_file,
                                  unsigned int *flags, void *process_name,
                                  unsigned int *process_id, unsigned int *completion_status)
{
    SHIM_SERVICE("lib$spawn");
    std::string command, interpreter;
    if (!command_string || input_file || output_file || (flags && *flags) || process_name ||
        process_id)
        return LIB$_INVARG;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(command_string), &command);
    if (!(status & 1))
        return status;
    status = shim::host_path("SYS$SYSTEM:LOGINOUT.EXE", "", true, &interpreter, nullptr, nullptr);
    if (!(status & 1))
        return LIB$_NOCLI;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0)
        return SS$_EXQUOTA;
    std::vector<std::string> words = {"dcl", command};
    std::vector<std::string> environment = subprocess_environment(ends[1]);
    std::vector<char *> arguments = pointers(words), variables = pointers(environment);
    pid_t child = fork();
    if (child == 0) {
        fcntl(ends[1], F_SETFD, 0);
        execve(interpreter.c_str(), arguments.data(), variables.data());
        _exit(127);
    }
    close(ends[1]);
    uint32_t ended = child < 0 ? uint32_t(SS$_EXQUOTA) : wait_for(child, ends[0]);
    close(ends[0]);
    if (child < 0)
        return ended;
    if (completion_status)
        *completion_status = ended;
    return SS$_NORMAL;
}
