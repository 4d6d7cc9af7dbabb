/*
**  host_tools - the host's compiler and linker for the verbs that build
*/
#include "host_tools.h"

#include "file_list.h"
#include "record_file.h"
#include "session.h"
#include "text_forms.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <rms.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace shim {
namespace dcl {

namespace {

struct Running {
    pid_t pid;
    int output;
    size_t index;
};

int scratch_file(const std::string &text)
{
    char name[] = "/tmp/host_tool_XXXXXX";
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0)
        return -1;
    unlink(name);
    if (!text.empty() && write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        return close(fd), -1;
    lseek(fd, 0, SEEK_SET);
    return fd;
}

bool start(const HostRun &run, Running *running)
{
    int in = scratch_file(run.input), out = scratch_file("");
    std::vector<char *> arguments;
    for (const std::string &each : run.arguments)
        arguments.push_back(const_cast<char *>(each.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, 0);
    posix_spawn_file_actions_adddup2(&files, out, 1);
    posix_spawn_file_actions_adddup2(&files, out, 2);
    bool good =
        in >= 0 && out >= 0 &&
        posix_spawnp(&running->pid, arguments[0], &files, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&files);
    if (in >= 0)
        close(in);
    if (!good && out >= 0)
        close(out);
    running->output = out;
    return good;
}

void show_output(Session &session, int fd)
{
    std::string text;
    char buffer[4096];
    lseek(fd, 0, SEEK_SET);
    for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<size_t>(n));
    close(fd);
    for (size_t at = 0; at < text.size();) {
        size_t end = std::min(text.find('\n', at), text.size());
        session.write(text.substr(at, end - at));
        at = end + 1;
    }
}

int wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 126;
}

bool in_path(const std::string &program)
{
    const char *path = getenv("PATH");
    std::string all = path ? path : "";
    for (size_t at = 0; at <= all.size();) {
        size_t colon = std::min(all.find(':', at), all.size());
        if (access((all.substr(at, colon - at) + "/" + program).c_str(), X_OK) == 0)
            return true;
        at = colon + 1;
    }
    return false;
}

bool newer(const std::string &path, const struct stat &than)
{
    struct stat about;
    return stat(path.c_str(), &about) == 0 && (about.st_mtim.tv_sec > than.st_mtim.tv_sec ||
                                               (about.st_mtim.tv_sec == than.st_mtim.tv_sec &&
                                                about.st_mtim.tv_nsec > than.st_mtim.tv_nsec));
}

} // namespace

std::vector<int> run_host_tools(Session &session, const std::vector<HostRun> &runs)
{
    std::vector<int> answers(runs.size(), 127);
    int32_t processors = static_cast<int32_t>(sysconf(_SC_NPROCESSORS_ONLN));
    std::vector<Running> running;
    size_t next = 0;
    while (next < runs.size() || !running.empty()) {
        while (next < runs.size() &&
               running.size() < static_cast<size_t>(std::max(processors, 1))) {
            Running one = {0, -1, next};
            if (start(runs[next++], &one))
                running.push_back(one);
        }
        if (running.empty())
            continue;
        Running first = running.front();
        running.erase(running.begin());
        answers[first.index] = wait_for(first.pid);
        show_output(session, first.output);
    }
    return answers;
}

std::vector<std::string> host_compiler_words()
{
    const char *chosen = getenv("CXX");
    std::vector<std::string> words;
    if (in_path("ccache"))
        words.push_back("ccache");
    words.push_back(chosen && *chosen ? chosen : "c++");
    return words;
}

std::string include_view(const std::string &host_directory)
{
    uint64_t hash = 14695981039346656037u;
    for (unsigned char c : host_directory)
        hash = (hash ^ c) * 1099511628211u;
    char name[32];
    snprintf(name, sizeof name, "/%016jx", static_cast<uintmax_t>(hash));
    std::string top = root() + "/.shim/include", view = top + name;
    mkdir(top.c_str(), 0770);
    std::vector<rms::FileName> files;
    if (!(rms::list_directory(host_directory, &files) & 1))
        return view;
    struct stat made;
    bool fresh = stat(view.c_str(), &made) == 0 && !newer(host_directory, made);
    mkdir(view.c_str(), 0770);
    std::string last;
    for (const rms::FileName &file : files) {
        std::string path = host_directory + "/" + file.host;
        std::string target = file.directory ? include_view(path) : path;
        std::string leaf = file.directory ? file.name : lower(file.name + file.type);
        if (fresh || leaf == last) /* lower versions come later */
            continue;
        last = leaf;
        std::string scratch = view + "/." + std::to_string(getpid());
        if (symlink(target.c_str(), scratch.c_str()) == 0)
            rename(scratch.c_str(), (view + "/" + leaf).c_str());
    }
    return view;
}

std::string directory_path(const std::string &given, uint32_t *status)
{
    std::string spec = given, path;
    FileFinder finder;
    *status = finder.begin(spec, "", "", NAM$M_SYNCHK);
    if (*status & 1)
        *status = host_path(parts_of(finder.expanded()).place, "", true, &path, nullptr);
    return *status & 1 ? path : std::string();
}

MadeFile make_output(const std::string &name, const std::string &defaults, Facility facility)
{
    RecordFile file;
    MadeFile made;
    file.name(name, defaults);
    file.fab().fab$b_fac = FAB$M_PUT;
    file.fab().fab$b_rfm = FAB$C_FIX;
    file.fab().fab$w_mrs = rms::BLOCK;
    uint32_t status = file.create();
    made.spec = file.spec();
    if (status & 1)
        status = host_path(made.spec, "", true, &made.path, nullptr);
    if (!(status & 1))
        throw file_failure(SHARED_OPENOUT, made.spec, status, file.stv(), facility);
    return made;
}

void finish_output(const MadeFile &made, bool good)
{
    if (!good) {
        unlink(made.path.c_str());
        rms::drop_attributes(made.path);
        return;
    }
    rms::Attributes attributes = rms::default_attributes();
    attributes.layout = 1;
    attributes.rfm = FAB$C_FIX;
    attributes.rat = 0;
    attributes.mrs = rms::BLOCK;
    attributes.form = rms::FORM_RAW;
    attributes.uic = self().uic;
    attributes.protection = rms::default_protection();
    attributes.created = now();
    attributes.revision = 1;
    rms::write_attributes(-1, made.path, attributes);
}

std::string system_headers()
{
    return SHIM_HEADERS;
}

std::string system_library()
{
    char self_path[4096];
    ssize_t size = readlink("/proc/self/exe", self_path, sizeof self_path - 1);
    std::string path(self_path, size > 0 ? static_cast<size_t>(size) : 0);
    path.resize(path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
    return path.substr(0, path.rfind('/')) + "/lib/libvmsshim.so";
}

} // namespace dcl
} // namespace shim
