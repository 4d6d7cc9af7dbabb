/*
**  queue_system - a scratch VMSROOT with job controllers, for the queue tests and the bench
**
**  Starts build/bin/job_control as host processes, waits for what they write and for queue states
**  by polling (bounded), and kills everything at the end.
*/
#ifndef TEST_SHIM_QUEUE_SYSTEM_H
#define TEST_SHIM_QUEUE_SYSTEM_H

#include "shim_root.h"
#include "test_places.h"

#include <rms_spec.h>

#include <jbcmsgdef.h>
#include <queue_client.h>
#include <sjcdef.h>
#include <starlet.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <vector>

/* An item list in 32-bit memory. */
class JobList {
public:
    JobList() : used_(0)
    {
        list_ = static_cast<ILE3 *>(shim::arena_get(SIZE));
        memset(list_, 0, SIZE);
    }
    ~JobList()
    {
        for (auto &one : blocks_)
            shim::arena_free(one.first, one.second);
        shim::arena_free(list_, SIZE);
    }
    JobList &text(unsigned short code, const std::string &value)
    {
        void *block = get(value.size() + 1);
        memcpy(block, value.data(), value.size());
        return add(code, block, value.size());
    }
    JobList &flag(unsigned short code) { return add(code, nullptr, 0); }
    JobList &number(unsigned short code, unsigned value)
    {
        void *block = get(4);
        memcpy(block, &value, 4);
        return add(code, block, 4);
    }
    JobList &quad(unsigned short code, unsigned long long value)
    {
        void *block = get(8);
        memcpy(block, &value, 8);
        return add(code, block, 8);
    }
    void *output(unsigned short code, size_t size)
    {
        void *block = get(size);
        unsigned short *length = static_cast<unsigned short *>(get(2));
        add(code, block, size);
        list_[used_ - 1].ile3$ps_retlen_addr = length;
        lengths_[block] = length;
        return block;
    }
    std::string output_text(void *block)
    {
        return std::string(static_cast<char *>(block), *lengths_[block]);
    }
    ILE3 *list() { return list_; }
    /* The condition: R0 when it is a failure, else the status block's. */
    unsigned send(unsigned short function)
    {
        IOSB iosb;
        unsigned status = static_cast<unsigned>(sys$sndjbcw(128, function, 0, list_, &iosb, 0, 0));
        return status & 1 ? iosb.iosb$l_getxxi_status : status;
    }
    unsigned query(unsigned short function, unsigned *context)
    {
        IOSB iosb;
        unsigned status =
            static_cast<unsigned>(sys$getquiw(128, function, context, list_, &iosb, 0, 0));
        return status & 1 ? iosb.iosb$l_getxxi_status : status;
    }

private:
    static const size_t ITEMS = 64, SIZE = ITEMS * sizeof(ILE3);
    JobList(const JobList &);
    void *get(size_t size)
    {
        void *block = shim::arena_get(size);
        memset(block, 0, size);
        blocks_.push_back(std::make_pair(block, size));
        return block;
    }
    JobList &add(unsigned short code, void *block, size_t size)
    {
        list_[used_].ile3$w_code = code;
        list_[used_].ile3$w_length = static_cast<unsigned short>(size);
        list_[used_++].ile3$ps_bufaddr = block;
        return *this;
    }
    ILE3 *list_;
    size_t used_;
    std::vector<std::pair<void *, size_t>> blocks_;
    std::map<void *, unsigned short *> lengths_;
};

class QueueSystem {
public:
    QueueSystem()
    {
        for (const char *folder : {"/.shim", "/SYS0", "/SYS0/SYSEXE", "/SYS0/SYSMGR",
                                   "/VMS$COMMON", "/VMS$COMMON/SYSEXE", "/SPOOL"})
            mkdir((path() + folder).c_str(), 0755);
        std::string image = path() + "/VMS$COMMON/SYSEXE/TEST_SMB.EXE;1";
        if (symlink((test_bin() + "/test_symbiont").c_str(), image.c_str()) != 0)
            perror("symlink");
        shim::define_standard_logicals();
    }
    ~QueueSystem()
    {
        for (auto &row : controllers_)
            end(row.first, SIGKILL);
    }
    const std::string &path() const { return root_.path(); }
    void start(const std::string &node = "NODEA")
    {
        std::string pid_file = path() + "/.shim/job_control.pid";
        unlink(pid_file.c_str());
        pid_t child = fork();
        if (child == 0) {
            setenv("VMSROOT", path().c_str(), 1);
            setenv("SHIM_NODE", node.c_str(), 1);
            unsetenv("SHIM_PID");
            execl((test_bin() + "/job_control").c_str(), "job_control", nullptr);
            _exit(127);
        }
        controllers_[node] = child;
        until([&] { return access(pid_file.c_str(), F_OK) == 0; });
    }
    void end(const std::string &node, int signal)
    {
        pid_t child = controllers_[node];
        if (child <= 0)
            return;
        controllers_[node] = 0;
        kill(child, signal);
        waitpid(child, nullptr, 0);
    }
    void wait_end(const std::string &node)
    {
        waitpid(controllers_[node], nullptr, 0);
        controllers_[node] = 0;
    }
    pid_t controller(const std::string &node) { return controllers_[node]; }
    /* Polls for at most 10 s. */
    static bool until(const std::function<bool()> &done)
    {
        for (int i = 0; i < 30000; ++i) {
            if (done())
                return true;
            usleep(2000);
        }
        return false;
    }
    std::string file(std::string name)
    {
        for (char &c : name)
            c = static_cast<char>(toupper(c));
        std::ofstream(path() + "/SPOOL/" + name + ";1") << "text\n";
        return "SYS$SYSDEVICE:[SPOOL]" + name + ";1";
    }
    void touch(const std::string &name, const std::string &text = "")
    {
        std::ofstream(path() + "/" + name) << text;
    }
    std::vector<std::string> log()
    {
        std::ifstream in(path() + "/symbiont.log");
        std::vector<std::string> lines;
        for (std::string line; std::getline(in, line);)
            lines.push_back(line);
        return lines;
    }
    /* Lines whose request code is `request` and that hold `part`. */
    size_t logged(unsigned request, const std::string &part = "")
    {
        size_t count = 0;
        for (const std::string &line : log()) {
            std::istringstream words(line);
            unsigned pid, stream, code;
            words >> pid >> stream >> code;
            count += code == request && line.find(part) != std::string::npos;
        }
        return count;
    }
    std::string line_of(unsigned request, const std::string &part)
    {
        for (const std::string &line : log()) {
            std::istringstream words(line);
            unsigned pid, stream, code;
            words >> pid >> stream >> code;
            if (code == request && line.find(part) != std::string::npos)
                return line;
        }
        return "";
    }
    std::string violations()
    {
        std::ifstream in(path() + "/.shim/violations.log");
        return std::string(std::istreambuf_iterator<char>(in), {});
    }
    unsigned make(const std::string &name, bool retain_error = false)
    {
        shim::QueueSetup setup;
        setup.name = name;
        setup.processor = "TEST_SMB";
        setup.node = "NODEA";
        setup.retain_error = retain_error;
        return shim::init_queue(setup);
    }
    /* 0 when the entry was refused; *status then has the condition. */
    unsigned enter(const std::string &queue, const std::string &task, unsigned *status = nullptr,
                   const std::function<void(JobList &)> &more = nullptr)
    {
        JobList list;
        list.text(SJC$_QUEUE, queue).text(SJC$_FILE_SPECIFICATION, file(task + ".TXT"));
        list.text(SJC$_PARAMETER_1, task);
        unsigned *entry = static_cast<unsigned *>(list.output(SJC$_ENTRY_NUMBER_OUTPUT, 4));
        if (more)
            more(list);
        unsigned condition = list.send(SJC$_ENTER_FILE);
        if (status)
            *status = condition;
        return condition & 1 ? *entry : 0;
    }
    std::string queue_state(const std::string &name)
    {
        std::vector<shim::QueueShown> queues;
        shim::show_queues(name, &queues);
        return queues.empty() ? "" : shim::queue_status_text(queues[0].status);
    }
    bool queue_becomes(const std::string &name, const std::string &state)
    {
        return until([&] { return queue_state(name) == state; });
    }
    std::string entry_state(unsigned entry)
    {
        shim::EntryShown shown;
        return shim::show_entry(entry, &shown) & 1 ? shim::entry_status_text(shown.status) : "";
    }
    bool entry_becomes(unsigned entry, const std::string &state)
    {
        return until([&] { return entry_state(entry) == state; });
    }

private:
    ShimRoot root_;
    std::map<std::string, pid_t> controllers_;
};

#endif
