/*
**  shim_queue_bench - entries per second through $SNDJBC and a symbiont, and CPU per entry
**
**  shim_queue_bench [folder] [threads] [entries] [held]: makes a VMSROOT below folder (/tmp),
**  starts the job controller, puts `held` entries aside, then has `threads` threads enter `entries`
**  in all; its own program is the symbiont, which completes each task at once.  Prints; judges
**  nothing.
*/
#include <rms_spec.h>
#include <shim.h>

#include <jbcmsgdef.h>
#include <queue_client.h>
#include <sjcdef.h>
#include <smb$routines.h>
#include <smbdef.h>
#include <starlet.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

double seconds()
{
    using namespace std::chrono;
    return duration<double>(steady_clock::now().time_since_epoch()).count();
}

/* User and system time of a host process, in seconds. */
double cpu_of(int pid)
{
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string word;
    double ticks = 0;
    for (int i = 1; i <= 15 && in >> word; ++i)
        if (i >= 14)
            ticks += atof(word.c_str());
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void obey()
{
    static dsc$descriptor_s *message = nullptr;
    if (!message) {
        message = static_cast<dsc$descriptor_s *>(shim::arena_get(sizeof *message));
        memset(message, 0, sizeof *message);
        message->dsc$b_dtype = DSC$K_DTYPE_T;
        message->dsc$b_class = DSC$K_CLASS_D;
    }
    unsigned stream, request, complete = SMBMSG$K_TASK_COMPLETE, device = SMBMSG$M_SERVER;
    if (!(smb$read_message(&stream, message, &request) & 1))
        return;
    smb$send_to_jobctl(&stream, &request, nullptr, nullptr,
                       request == SMBMSG$K_START_STREAM ? &device : nullptr, nullptr);
    if (request == SMBMSG$K_START_TASK)
        smb$send_to_jobctl(&stream, &complete, nullptr, nullptr, nullptr, nullptr);
}

int symbiont()
{
    const unsigned level = SMBMSG$K_STRUCTURE_LEVEL, streams = 32;
    if (!(smb$initialize(&level, obey, &streams) & 1))
        return 2;
    for (;;)
        pause();
}

struct Items {
    ILE3 list[8];
    char queue[32], file[64], text[64];
    unsigned entry;
};

void put(ILE3 *item, unsigned code, void *block, size_t size)
{
    item->ile3$w_code = static_cast<unsigned short>(code);
    item->ile3$w_length = static_cast<unsigned short>(size);
    item->ile3$ps_bufaddr = block;
}

unsigned enter(unsigned count, bool hold)
{
    Items *at = static_cast<Items *>(shim::arena_get(sizeof(Items)));
    memset(at, 0, sizeof *at);
    strcpy(at->queue, "BENCH");
    strcpy(at->file, "SYS$SYSDEVICE:[SPOOL]A.TXT;1");
    strcpy(at->text, "a parameter of usual length");
    put(&at->list[0], SJC$_QUEUE, at->queue, strlen(at->queue));
    put(&at->list[1], SJC$_FILE_SPECIFICATION, at->file, strlen(at->file));
    put(&at->list[2], SJC$_PARAMETER_1, at->text, strlen(at->text));
    put(&at->list[3], SJC$_ENTRY_NUMBER_OUTPUT, &at->entry, 4);
    if (hold)
        put(&at->list[4], SJC$_HOLD, nullptr, 0);
    unsigned good = 0;
    for (unsigned i = 0; i < count; ++i) {
        IOSB iosb;
        int status = sys$sndjbcw(128, SJC$_ENTER_FILE, 0, at->list, &iosb, 0, 0);
        good += (status & 1) && (iosb.iosb$l_getxxi_status & 1);
    }
    shim::arena_free(at, sizeof *at);
    return good;
}

unsigned enter_by_threads(unsigned threads, unsigned entries, bool hold)
{
    std::vector<std::thread> all;
    std::atomic<unsigned> good(0);
    for (unsigned i = 0; i < threads; ++i)
        all.emplace_back([&] { good += enter(entries / threads, hold); });
    for (std::thread &one : all)
        one.join();
    return good;
}

/* Queued and not held; 0 when all has been executed. */
unsigned left()
{
    std::vector<shim::QueueShown> queues;
    shim::show_queues("*", &queues);
    unsigned sum = 0;
    for (const shim::QueueShown &queue : queues)
        sum += queue.pending + queue.executing;
    return sum;
}

int start_controller(const std::string &root, const std::string &tools)
{
    pid_t child = fork();
    if (child == 0) {
        setenv("VMSROOT", root.c_str(), 1);
        execl((tools + "/job_control").c_str(), "job_control", nullptr);
        _exit(127);
    }
    while (access((root + "/.shim/job_control.pid").c_str(), F_OK) != 0)
        usleep(1000);
    return child;
}

} // namespace

int main(int argc, char **argv)
{
    if (getenv("SHIM_SMB"))
        return symbiont();
    std::string folder = argc > 1 ? argv[1] : "/tmp";
    unsigned threads = argc > 2 ? static_cast<unsigned>(atoi(argv[2])) : 10;
    unsigned entries = argc > 3 ? static_cast<unsigned>(atoi(argv[3])) : 50000;
    unsigned held = argc > 4 ? static_cast<unsigned>(atoi(argv[4])) : 0;
    std::string path = folder + "/queuebenchXXXXXX";
    if (!mkdtemp(&path[0]))
        return 1;
    shim::change_root(path);
    for (const char *name : {"/.shim", "/SYS0", "/SYS0/SYSEXE", "/SYS0/SYSMGR", "/VMS$COMMON",
                             "/VMS$COMMON/SYSEXE", "/SPOOL"})
        mkdir((path + name).c_str(), 0755);
    char self[4096] = "";
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0 ||
        symlink(self, (path + "/VMS$COMMON/SYSEXE/BENCH_SMB.EXE;1").c_str()) != 0)
        return 1;
    std::ofstream(path + "/SPOOL/A.TXT;1") << "text\n";
    shim::define_standard_logicals();
    std::string tools = std::string(self).substr(0, std::string(self).rfind('/'));
    int controller = start_controller(path, tools);
    std::vector<std::string> targets;
    for (int i = 0; i < 10; ++i) {
        shim::QueueSetup setup;
        setup.name = "BENCH_" + std::to_string(i);
        setup.processor = "BENCH_SMB";
        shim::init_queue(setup);
        targets.push_back(setup.name);
    }
    shim::init_generic("BENCH", targets, true);
    double began = seconds();
    if (held) {
        unsigned aside = enter_by_threads(threads, held, true);
        printf("%u entries held in %.2f s\n", aside, seconds() - began);
    }
    double cpu = cpu_of(controller), own = cpu_of(getpid());
    began = seconds();
    unsigned good = enter_by_threads(threads, entries, false);
    double entered = seconds() - began;
    while (left())
        usleep(1000);
    double done = seconds() - began;
    cpu = cpu_of(controller) - cpu;
    own = cpu_of(getpid()) - own;
    printf("%u entries, %u threads, %u held: entered %.0f/s, completed %.0f/s, CPU per entry: "
           "controller %.1f us, client %.1f us\n",
           good, threads, held, good / entered, good / done, cpu / good * 1e6, own / good * 1e6);
    kill(controller, SIGTERM);
    waitpid(controller, nullptr, 0);
    return system(("rm -rf '" + path + "'").c_str());
}
