/*
**  vmsys_system - create, boot, shutdown, status; logical names, images, the clock
*/
#include "vmsys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <memory>

#include "mail_tool.h"
#include "rms_journal.h"
#include "service_db.h"
#include "uaf.h"

#include <jpidef.h>
#include <lnmdef.h>
#include <psldef.h>
#include <starlet.h>

namespace shim {

namespace {

const int READY_SECONDS = 10, STOP_SECONDS = 30;

struct SystemProcess {
    const char *program, *pid_file;
};
/* Started in this order, stopped in the other. */
const SystemProcess system_processes[] = {{"job_control", "job_control.pid"},
                                          {"inetacp", "inetacp.pid"}};

std::string folder_of_tools()
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    std::string text(path, n > 0 ? size_t(n) : 0);
    return text.substr(0, text.find_last_of('/'));
}

std::string pid_path(const SystemProcess &p)
{
    return node_path(p.pid_file);
}

/* The first node to boot from the disk gives it its name, before anything else asks for it. */
bool name_disk()
{
    int fd = open(store_path("node").c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return errno == EEXIST || problem("%s: %s", store_path("node").c_str(), strerror(errno));
    std::string line = node_name() + "\n";
    bool written = write(fd, line.data(), line.size()) == ssize_t(line.size());
    close(fd);
    return written || problem("%s: %s", store_path("node").c_str(), strerror(errno));
}

/*
**  A pid file outlives a process that was killed: its number may belong to a corpse or to somebody
**  else.
*/
bool is_alive(int pid, const char *program)
{
    std::string proc = "/proc/" + std::to_string(pid);
    char exe[4096];
    ssize_t n = readlink((proc + "/exe").c_str(), exe, sizeof exe);
    std::string path(exe, n > 0 ? size_t(n) : 0);
    return path.substr(path.find_last_of('/') + 1).compare(0, strlen(program), program) == 0;
}

int running(const SystemProcess &p)
{
    int pid = 0;
    if (FILE *f = fopen(pid_path(p).c_str(), "r")) {
        if (fscanf(f, "%d", &pid) != 1)
            pid = 0;
        fclose(f);
    }
    return pid > 0 && is_alive(pid, p.program) ? pid : 0;
}

bool make_folder(const std::string &path)
{
    return mkdir(path.c_str(), 0755) == 0 || errno == EEXIST ||
           problem("%s: %s", path.c_str(), strerror(errno));
}

/*
**  What of the build's folder belongs to the system disk.  The first row that matches counts.  An
**  image is a link, since it is the same file; what RMS reads is a copy, for RMS knows no links.
*/
struct SystemFile {
    const char *file;   /* wildcards */
    const char *name;   /* on the disk; 0: the same */
    const char *folder;
    bool copied;
};
const SystemFile system_files[] = {
    {"dcl", "LOGINOUT.EXE", "SYSEXE", false},  /* what makes processes runs it by this name */
    {"ucp", "TCPIP$UCP.EXE", "SYSEXE", false}, /* the utility of the network software */
    {"DCLTABLES.EXE", nullptr, "SYSLIB", true},
    {"*MAILSHR*.EXE", nullptr, "SYSLIB", false},
    {"*.EXE", nullptr, "SYSEXE", false},
    {"*.HLB", nullptr, "SYSHLP", true},
    {"VMSINSTAL.COM", nullptr, "SYSUPD", true},
    {"*.COM", nullptr, "SYSEXE", true}, /* STARTUP, SHUTDOWN: SRC/SHIM/DCL/SYSTEM */
};

const SystemFile *system_file(const std::string &file)
{
    for (const SystemFile &row : system_files)
        if (fnmatch(row.file, file.c_str(), 0) == 0)
            return &row;
    return nullptr;
}

bool copy_file(const std::string &from, const std::string &to)
{
    std::ifstream in(from.c_str(), std::ios::binary);
    std::ofstream out(to.c_str(), std::ios::binary);
    out << in.rdbuf();
    out.close();
    return in && out;
}

/* The file becomes version 1 there. */
bool provide_file(const std::string &folder, const std::string &file, const SystemFile &row)
{
    std::string from = folder + "/" + file;
    std::string name = row.name ? row.name : file;
    std::string to = root() + "/VMS$COMMON/" + row.folder + "/" + name + ";1";
    unlink(to.c_str());
    return (row.copied ? copy_file(from, to) : symlink(from.c_str(), to.c_str()) == 0) ||
           problem("%s: %s", to.c_str(), strerror(errno));
}

bool provide_images(const std::string &folder)
{
    DIR *dir = opendir(folder.c_str());
    if (!dir)
        return problem("%s: %s", folder.c_str(), strerror(errno));
    bool good = true;
    while (dirent *e = readdir(dir))
        if (const SystemFile *row = system_file(e->d_name))
            good = provide_file(folder, e->d_name, *row) && good;
    closedir(dir);
    return good;
}

std::string absolute_path(const std::string &path)
{
    std::unique_ptr<char, void (*)(void *)> real(realpath(path.c_str(), nullptr), free);
    return real ? real.get() : path;
}

bool create(const Command &c)
{
    static const char *const folders[] = {"",
                                          "/.shim",
                                          "/SYS0",
                                          "/SYS0/SYSMGR",
                                          "/SYS0/SYSEXE",
                                          "/VMS$COMMON",
                                          "/VMS$COMMON/SYSEXE",
                                          "/VMS$COMMON/SYSLIB",
                                          "/VMS$COMMON/SYSMGR",
                                          "/VMS$COMMON/SYSHLP",
                                          "/VMS$COMMON/SYSMSG",
                                          "/VMS$COMMON/SYS$STARTUP",
                                          "/VMS$COMMON/SYSUPD"};
    for (const char *f : folders)
        if (!make_folder(root() + f))
            return false;
    std::string images = absolute_path(c.option("images", folder_of_tools()));
    return provide_images(images) &&
           (!(define_standard_logicals() & 1) ? problem("no standard logical names") : true);
}

/* Starts program detached from this process; true when its pid file shows it ready. */
bool start_system_process(const SystemProcess &p)
{
    if (running(p))
        return true;
    unlink(pid_path(p).c_str());
    std::string program = folder_of_tools() + "/" + p.program;
    pid_t child = fork();
    if (child < 0)
        return problem("fork: %s", strerror(errno));
    if (child == 0) {
        setsid();
        int in = open("/dev/null", O_RDONLY);
        int out = open(node_path(std::string(p.program) + ".log").c_str(),
                       O_WRONLY | O_CREAT | O_APPEND, 0644);
        dup2(in, 0);
        dup2(out, 1);
        dup2(out, 2);
        for (int fd = 3; fd < 256; ++fd)
            close(fd);
        setenv("SHIM_USER", "SYSTEM", 1);
        setenv("SHIM_MODE", "0", 1); /* nobody's session */
        setenv("SHIM_PRCNAM", strcmp(p.program, "inetacp") == 0 ? "TCPIP$INETACP" : "JOB_CONTROL",
               1);
        execl(program.c_str(), program.c_str(), static_cast<char *>(0));
        _exit(127);
    }
    for (int i = 0; i < READY_SECONDS * 100; ++i) {
        if (running(p))
            return true;
        int status;
        if (waitpid(child, &status, WNOHANG) == child)
            return problem("%s ended at once (see %s)", p.program,
                           node_path(std::string(p.program) + ".log").c_str());
        usleep(10000);
    }
    return problem("%s does not get ready", p.program);
}

bool boot(const Command &)
{
    if (!(define_standard_logicals() & 1))
        return problem("no standard logical names: is %s a system disk (vmsys create)?",
                       root().c_str());
    if (!name_disk() || !ok(process_recover(), "recovering new files") ||
        !ok(mail_recover(), "recovering mail files"))
        return false;
    forget_dead_processes();
    printf("\n    OpenVMS services on Linux, Version V8.4, node %s\n\n", node_name().c_str());
    fflush(stdout);
    for (const SystemProcess &p : system_processes)
        if (!start_system_process(p))
            return false;
    bool good = run_system_procedure("STARTUP", "STARTUP");
    /* what SET CONFIGURATION ENABLE SERVICE enabled, now that the names are there */
    std::string answer;
    return ask_auxiliary("START", &answer) && good;
}

/* Jobs that go on without a person: detached, batch, network. */
void stop_jobs()
{
    for (const ProcessEntry &each : list_processes())
        if (each.node == node_name() && each.identity.pid != self().pid &&
            each.identity.mode != JPI$K_INTERACTIVE && kill(-each.host_pid, SIGKILL) != 0)
            kill(each.host_pid, SIGKILL);
}

bool shutdown(const Command &)
{
    bool good = true;
    if (running(system_processes[0]))
        good = run_system_procedure("SHUTDOWN", "SHUTDOWN");
    for (size_t i = sizeof system_processes / sizeof system_processes[0]; i-- > 0;) {
        int pid = running(system_processes[i]);
        if (!pid)
            continue;
        kill(pid, SIGTERM);
        int waits = 0;
        while (is_alive(pid, system_processes[i].program) && waits++ < STOP_SECONDS * 100)
            usleep(10000);
        if (is_alive(pid, system_processes[i].program)) {
            kill(pid, SIGKILL);
            good = problem("%s had to be killed", system_processes[i].program);
        }
    }
    stop_jobs();
    return good;
}

bool status(const Command &)
{
    printf("Node %s, system disk %s\n", node_name().c_str(), root().c_str());
    bool all = true;
    for (const SystemProcess &p : system_processes) {
        int pid = running(p);
        printf("%-12s %s\n", p.program, pid ? "running" : "not running");
        all = all && pid;
    }
    std::string answer;
    if (ask_auxiliary("SHOW", &answer))
        fputs(answer.c_str(), stdout);
    return all;
}

struct LowText {
    dsc$descriptor_s *d;
    explicit LowText(const std::string &text)
        : d(static_cast<dsc$descriptor_s *>(arena_get(sizeof *d))), size_(text.size() + 1)
    {
        d->dsc$b_dtype = DSC$K_DTYPE_T;
        d->dsc$b_class = DSC$K_CLASS_S;
        d->dsc$w_length = uint16_t(text.size());
        d->dsc$a_pointer = static_cast<char *>(arena_get(size_));
        memcpy(d->dsc$a_pointer, text.data(), text.size());
    }
    ~LowText()
    {
        arena_free(d->dsc$a_pointer, size_);
        arena_free(d, sizeof *d);
    }
    LowText(const LowText &) = delete;

private:
    size_t size_;
};

bool define(const Command &c)
{
    std::vector<std::string> values =
        c.has("single") ? std::vector<std::string>(1, c.words[1]) : split_list(c.words[1]);
    /* a comma inside brackets or quotes belongs to the value: [3655,1] */
    if (c.words[1].find('[') != std::string::npos && c.words[1].find("],") == std::string::npos)
        values.assign(1, c.words[1]);
    LowText table(upper(c.option("table", "LNM$SYSTEM_TABLE"))), name(c.words[0]);
    ILE3 *list = static_cast<ILE3 *>(arena_get(sizeof(ILE3) * (values.size() + 1)));
    memset(list, 0, sizeof(ILE3) * (values.size() + 1));
    std::vector<LowText *> low;
    for (size_t i = 0; i < values.size(); ++i) {
        low.push_back(new LowText(values[i]));
        list[i].ile3$w_length = low[i]->d->dsc$w_length;
        list[i].ile3$w_code = LNM$_STRING;
        list[i].ile3$ps_bufaddr = low[i]->d->dsc$a_pointer;
    }
    unsigned char mode = PSL$C_EXEC;
    uint32_t st = sys$crelnm(0, table.d, name.d, &mode, list);
    for (LowText *t : low)
        delete t;
    arena_free(list, sizeof(ILE3) * (values.size() + 1));
    return ok(st, "define " + c.words[0]);
}

bool deassign(const Command &c)
{
    LowText table(upper(c.option("table", "LNM$SYSTEM_TABLE"))), name(c.words[0]);
    unsigned char mode = PSL$C_EXEC;
    return ok(sys$dellnm(table.d, name.d, &mode), "deassign " + c.words[0]);
}

bool show_logical(const Command &c)
{
    LowText table("LNM$FILE_DEV"), name(c.words[0]);
    char *buffer = static_cast<char *>(arena_get(256));
    int *number = static_cast<int *>(arena_get(16));
    ILE3 *list = static_cast<ILE3 *>(arena_get(sizeof(ILE3) * 4));
    memset(list, 0, sizeof(ILE3) * 4);
    int most = 0;
    bool good = true;
    for (int i = 0; i <= most && good; ++i) {
        unsigned short *length = reinterpret_cast<unsigned short *>(number + 2);
        number[0] = i;
        list[0] = {4, LNM$_INDEX, number, 0};
        list[1] = {255, LNM$_STRING, buffer, length};
        list[2] = {4, LNM$_MAX_INDEX, number + 1, 0};
        good = ok(sys$trnlnm(0, table.d, name.d, 0, list), "show logical " + c.words[0]);
        if (good)
            printf("%s%.*s\n", i ? "        " : "", *length, buffer);
        most = good ? number[1] : 0;
    }
    arena_free(buffer, 256);
    arena_free(number, 16);
    arena_free(list, sizeof(ILE3) * 4);
    return good;
}

bool install(const Command &c)
{
    uint64_t mask;
    if (!parse_privileges(c.option("privileges"), &mask))
        return false;
    known_image_put(c.words[0], mask);
    return true;
}

/* A VMS delta time "0 00:30:00" forward; "-0 00:30:00" back. */
bool clock_command(const Command &c)
{
    std::string text = c.words[0] + (c.words.size() > 1 ? " " + c.words[1] : "");
    bool back = text[0] == '-';
    unsigned days = 0, hours = 0, minutes = 0;
    double seconds = 0;
    if (sscanf(text.c_str() + (back ? 1 : 0), "%u %u:%u:%lf", &days, &hours, &minutes, &seconds) <
        3)
        return problem("clock: a delta time like \"0 00:30:00\"");
    int64_t ticks = int64_t((((days * 24.0 + hours) * 60 + minutes) * 60 + seconds) * 10000000.0);
    move_clock(back ? -ticks : ticks);
    return true;
}

} // namespace

const Verb system_verbs[] = {
    {"create", 0, create, "[--images folder]: an empty system disk in VMSROOT with these images"},
    {"boot", 0, boot, "start job controller and auxiliary server, run SYS$SYSTEM:STARTUP.COM"},
    {"shutdown", 0, shutdown,
     "run SYS$SYSTEM:SHUTDOWN.COM, stop them, their symbionts, services and jobs"},
    {"status", 0, status, "what runs"},
    {"define", 2, define,
     "NAME value[,value...] [--table T]: a logical name, system table, executive mode"},
    {"deassign", 1, deassign, "NAME [--table T]"},
    {"show logical", 1, show_logical, "NAME"},
    {"install", 1, install, "IMAGE --privileges A,B: a known image"},
    {"clock", 1, clock_command, "delta time: moves the clock of this system"},
    {0, 0, 0, 0}};

} // namespace shim
