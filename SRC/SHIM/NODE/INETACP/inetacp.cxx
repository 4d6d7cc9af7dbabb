/*
**  inetacp - the auxiliary server of the small VMS
**
**  Listens for the enabled services of the services database and starts a service's process as its
**  account when a connection comes.  A LISTEN service is given the listening socket and accepts
**  by itself: its first process is started by the command ENABLE, and one that failed is replaced,
**  because it may listen elsewhere too.  Any other service is given one connection.  At most LIMIT
**  processes a service; a process that dies at once is restarted with growing pauses.  Commands
**  come on VMSROOT/.shim/inetacp.sock; START, at the end of the system's startup, enables what the
**  database has enabled for every boot.
**
**  The service's file is an image, or a command procedure (type .COM) that LOGINOUT runs as a job
**  of mode NETWORK; what is given to the process reaches the images that the procedure runs.
*/
#include "inetacp.h"
#include "plain_text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <prvdef.h>

namespace shim {

namespace {

const int BACKLOG = 1024;             /* connections that may wait for a process to start */
const int64_t CROWDED_MS = 200;       /* still readable after this: one more process */
const int64_t QUICK_DEATH_MS = 2000;  /* a life shorter than this is a failed start */
const int64_t LONGEST_PAUSE_MS = 60000;
const int STOP_SECONDS = 10;          /* then a process is killed */

int64_t monotonic_ms()
{
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1000000;
}

int listen_on(const ServiceRecord &r, std::string *error)
{
    sockaddr_in6 v6 = {};
    sockaddr_in v4 = {};
    const sockaddr *address;
    socklen_t size;
    if (inet_pton(AF_INET6, r.address.c_str(), &v6.sin6_addr) == 1) {
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(uint16_t(r.port));
        address = reinterpret_cast<sockaddr *>(&v6);
        size = sizeof v6;
    } else if (inet_pton(AF_INET, r.address.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(uint16_t(r.port));
        address = reinterpret_cast<sockaddr *>(&v4);
        size = sizeof v4;
    } else {
        *error = "not an address: " + r.address;
        return -1;
    }
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int one = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (fd < 0 || bind(fd, address, size) != 0 || listen(fd, BACKLOG) != 0) {
        *error = std::string("port ") + std::to_string(r.port) + ": " + strerror(errno);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    return fd;
}

/* "TCPIP$SMTP_RECV_RUN" and "COM" of a specification. */
void split_name(const std::string &spec, std::string *name, std::string *type)
{
    std::string file = spec.substr(spec.find_last_of(":]/") + 1);
    file = file.substr(0, file.find(';'));
    size_t dot = std::min(file.find('.'), file.size());
    *name = file.substr(0, dot);
    *type = upper(file.substr(std::min(dot + 1, file.size())));
}

/* Without one of its own, a procedure's log is its account's, an image's is the manager's. */
std::string log_of(const ServiceRecord &r, bool procedure)
{
    std::string name, type;
    split_name(r.file, &name, &type);
    return !r.log_file.empty() ? r.log_file
                               : (procedure ? "SYS$LOGIN:" : "SYS$MANAGER:") + name + ".LOG";
}

/* SYS$OUTPUT of an image: a new version of the service's log file. */
int open_log(const ServiceRecord &r)
{
    std::string path;
    if (!(host_path(log_of(r, false), "", false, &path, 0) & 1))
        return -1;
    return open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

bool is_procedure(const ServiceRecord &r)
{
    std::string name, type;
    split_name(r.file, &name, &type);
    return type == "COM";
}

/* All that the process runs: with a procedure, the interpreter and its image. */
void signal_process(int host_pid, int number)
{
    if (kill(-host_pid, number) != 0)
        kill(host_pid, number);
}

/* Image or procedure, SYS$OUTPUT and the names that the process begins with. */
void choose_file(const ServiceRecord &r, int socket, Start *s)
{
    std::vector<std::vector<std::string>> names = {
        {"TCPIP$SERVICE_LOG_OPTIONS", r.rules.log_rejects ? "REJECT" : "NOREJECT"},
        {"SYS$NET", "_BG" + std::to_string(socket) + ":"}};
    if (is_procedure(r)) {
        s->image = "SYS$SYSTEM:LOGINOUT.EXE";
        names.push_back({"SYS$INPUT", r.file});
        names.push_back({"SYS$OUTPUT", log_of(r, true)});
    } else {
        s->image = r.file;
        s->privileges |= known_image_privileges(r.file);
        s->enabled |= s->privileges;
        s->out = open_log(r);
    }
    s->extra.push_back(seed_names(names));
}

} // namespace

std::string Auxiliary::enable(const std::string &name)
{
    ServiceRecord record;
    if (!service_get(name, &record))
        return "%TCPIP-E-NOSERVICE, service " + name + " is not in the services database";
    if (services_.count(record.name))
        return "";
    std::string error;
    int fd = listen_on(record, &error);
    if (fd < 0)
        return "%TCPIP-E-SERVERROR, service " + name + ": " + error;
    Active &a = services_[record.name];
    a.record = record;
    a.listener = fd;
    return "";
}

std::string Auxiliary::disable(const std::string &name)
{
    std::map<std::string, Active>::iterator i = services_.find(name);
    if (i == services_.end())
        return "%TCPIP-E-NOSERVICE, service " + name + " is not enabled";
    for (const Process &p : i->second.processes) {
        signal_process(p.host_pid, SIGTERM);
        stopping_.push_back(p);
    }
    /* the processes hold the socket too: a client that comes now is refused, not left waiting */
    shutdown(i->second.listener, SHUT_RDWR);
    close(i->second.listener);
    services_.erase(i);
    return "";
}

bool Auxiliary::start(Active &a, int socket)
{
    const ServiceRecord &r = a.record;
    UserRecord user;
    std::string problem;
    if (!(find_user(r.user, &user) & 1)) {
        problem = "no account " + r.user;
    } else {
        Start s;
        s.process_name = r.process_name;
        if (!a.processes.empty())
            s.process_name = r.process_name.substr(0, 12) + "_" + std::to_string(++a.serial % 100);
        s.user = user.user;
        s.uic = user.uic;
        s.privileges = user.privileges;
        s.enabled = user.default_privileges;
        s.mode = 1; /* JPI$K_NETWORK */
        choose_file(r, socket, &s);
        s.keep.push_back(socket);
        s.extra.push_back("SHIM_SYSNET=" + std::to_string(socket));
        s.extra.push_back("SHIM_SERVICE=" + r.name);
        s.extra.push_back("SHIM_INACTIVITY=" + std::to_string(r.inactivity));
        if (r.listen)
            s.extra.push_back("SHIM_SYSNET_RULES=" + r.rules.encode());
        Process p;
        p.started_ms = monotonic_ms();
        uint32_t vms_pid, status = start_process(s, &vms_pid, &p.host_pid);
        if (s.out >= 0)
            close(s.out);
        if (status & 1) {
            a.processes.push_back(p);
            a.peak = std::max(a.peak, a.processes.size());
            ++a.total;
            return true;
        }
        problem = r.file + " cannot be started, status " + std::to_string(status);
    }
    operator_message("INTERnet", "Service " + r.name + ": " + problem);
    failed_start(a);
    return false;
}

void Auxiliary::failed_start(Active &a)
{
    a.pause_ms = std::min(a.pause_ms ? a.pause_ms * 2 : 1000, LONGEST_PAUSE_MS);
    a.not_before_ms = monotonic_ms() + a.pause_ms;
    a.start_now = a.record.listen && a.processes.empty(); /* again, then */
}

/* Not a LISTEN service: one connection, one process. */
void Auxiliary::hand_over(Active &a)
{
    sockaddr_storage peer;
    socklen_t size = sizeof peer;
    int fd = ::accept4(a.listener, reinterpret_cast<sockaddr *>(&peer), &size, SOCK_CLOEXEC);
    if (fd < 0)
        return;
    char text[INET6_ADDRSTRLEN] = "";
    if (peer.ss_family == AF_INET)
        inet_ntop(AF_INET, &reinterpret_cast<sockaddr_in &>(peer).sin_addr, text, sizeof text);
    else
        inet_ntop(AF_INET6, &reinterpret_cast<sockaddr_in6 &>(peer).sin6_addr, text, sizeof text);
    bool admitted = a.record.rules.admits(text) && a.processes.size() < size_t(a.record.limit);
    if (!admitted) {
        std::string line = a.record.rules.reject_message + "\r\n";
        if (line.size() > 2)
            (void)!send(fd, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (a.record.rules.log_rejects)
            operator_message("INTERnet", "Service " + a.record.name + ": connection from " + text +
                                             " rejected");
    } else {
        start(a, fd);
    }
    close(fd);
}

void Auxiliary::readable(Active &a)
{
    if (!a.record.listen) {
        hand_over(a);
        return;
    }
    if (a.processes.size() < size_t(a.record.limit))
        start(a, a.listener);
    /* The process accepts from now on; look again later whether one process is enough. */
    a.not_before_ms = std::max(a.not_before_ms, monotonic_ms() + CROWDED_MS);
    a.look_ms = a.not_before_ms;
}

void Auxiliary::child_ended(int pid, int status)
{
    for (size_t i = 0; i < stopping_.size(); ++i)
        if (stopping_[i].host_pid == pid) {
            stopping_.erase(stopping_.begin() + i);
            return;
        }
    for (auto &entry : services_) {
        Active &a = entry.second;
        for (size_t i = 0; i < a.processes.size(); ++i) {
            if (a.processes[i].host_pid != pid)
                continue;
            bool bad = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
            if (bad)
                operator_message("INTERnet",
                                 "Service " + entry.first + ": process ended " +
                                     (WIFSIGNALED(status)
                                          ? "by signal " + std::to_string(WTERMSIG(status))
                                          : "with status " + std::to_string(WEXITSTATUS(status))));
            if (bad && monotonic_ms() - a.processes[i].started_ms < QUICK_DEATH_MS)
                failed_start(a);
            else
                a.pause_ms = a.not_before_ms = 0;
            a.processes.erase(a.processes.begin() + i);
            a.start_now = bad && a.record.listen && a.processes.empty();
            return;
        }
    }
}

std::string Auxiliary::show() const
{
    std::string out;
    for (const auto &e : services_) {
        const Active &a = e.second;
        out += e.first + " " + std::to_string(a.record.port) + " active " +
               std::to_string(a.processes.size()) + " peak " + std::to_string(a.peak) + " total " +
               std::to_string(a.total) + " pids";
        for (const Process &p : a.processes)
            out += " " + std::to_string(p.host_pid);
        out += "\n";
    }
    return out;
}

std::string Auxiliary::command(const std::string &line)
{
    size_t space = line.find(' ');
    std::string verb = line.substr(0, space),
                name = space == std::string::npos ? "" : line.substr(space + 1);
    if (verb == "ENABLE") {
        std::string error = enable(name);
        auto a = services_.find(name);
        if (a != services_.end()) /* at boot the names that an image translates are not there yet */
            a->second.start_now = a->second.record.listen && a->second.processes.empty();
        return error;
    }
    if (verb == "DISABLE")
        return disable(name);
    if (verb == "START") {
        start_enabled();
        return "";
    }
    if (verb == "SHOW")
        return show();
    return "%TCPIP-E-IVCOMMAND, " + verb;
}

void Auxiliary::serve_command(int listener)
{
    int fd = ::accept4(listener, 0, 0, SOCK_CLOEXEC);
    if (fd < 0)
        return;
    timeval limit = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char line[256];
    ssize_t n = recv(fd, line, sizeof line, 0);
    if (n > 0) {
        std::string text(line, size_t(n));
        text.erase(text.find_last_not_of("\r\n") + 1);
        std::string answer = command(text);
        (void)!send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
    close(fd);
}

void Auxiliary::start_enabled()
{
    for (const ServiceRecord &r : service_list()) {
        if (!r.enabled)
            continue;
        std::string error = enable(r.name);
        if (!error.empty())
            operator_message("INTERnet", error);
    }
}

/* One turn: waits for a connection, a command, the end of a child or the time to look again. */
void Auxiliary::turn(int control, int wakeup)
{
    std::vector<pollfd> fds;
    std::vector<std::string> names;
    fds.push_back({control, POLLIN, 0});
    fds.push_back({wakeup, POLLIN, 0});
    int64_t now_ms = monotonic_ms(), next = -1;
    for (auto &e : services_) {
        Active &a = e.second;
        bool full = a.record.listen && a.processes.size() >= size_t(a.record.limit);
        if (full)
            continue;
        if (a.not_before_ms > now_ms) {
            next = next < 0 ? a.not_before_ms : std::min(next, a.not_before_ms);
            continue;
        }
        if (a.start_now) {
            a.start_now = false;
            if (a.processes.empty())
                start(a, a.listener);
            next = now_ms; /* look at all of them again */
            continue;
        }
        if (a.record.listen && !a.processes.empty() && a.look_ms) {
            /* readable a moment ago: only a connection that still waits means crowded */
            pollfd p = {a.listener, POLLIN, 0};
            a.look_ms = 0;
            if (poll(&p, 1, 0) == 1) {
                readable(a);
                continue;
            }
        }
        fds.push_back({a.listener, POLLIN, 0});
        names.push_back(e.first);
    }
    int wait = next < 0 ? -1 : int(std::max<int64_t>(next - now_ms, 1));
    if (poll(&fds[0], fds.size(), wait) <= 0)
        return;
    if (fds[0].revents)
        serve_command(control);
    for (size_t i = 2; i < fds.size(); ++i) {
        auto a = services_.find(names[i - 2]);
        if (!fds[i].revents || a == services_.end())
            continue;
        if (a->second.record.listen && !a->second.processes.empty()) {
            a->second.look_ms = a->second.not_before_ms = monotonic_ms() + CROWDED_MS;
            continue;
        }
        readable(a->second);
    }
}

void Auxiliary::stop()
{
    while (!services_.empty())
        disable(services_.begin()->first);
    for (int tenth = 0; !stopping_.empty() && tenth < STOP_SECONDS * 10; ++tenth) {
        int status, pid;
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
            child_ended(pid, status);
        if (!stopping_.empty())
            poll(0, 0, 100);
    }
    for (const Process &p : stopping_)
        signal_process(p.host_pid, SIGKILL);
}

} // namespace shim

static int wakeup_pipe[2];
static volatile sig_atomic_t stop_asked;

static void on_signal(int number)
{
    int saved = errno;
    if (number == SIGTERM || number == SIGINT)
        stop_asked = 1;
    (void)!write(wakeup_pipe[1], "", 1);
    errno = saved;
}

static int control_socket(const std::string &path)
{
    sockaddr_un a = {};
    a.sun_family = AF_UNIX;
    if (path.size() >= sizeof a.sun_path)
        return -1;
    memcpy(a.sun_path, path.c_str(), path.size());
    unlink(path.c_str());
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr *>(&a), sizeof a) != 0 || listen(fd, 16) != 0)
        return -1;
    return fd;
}

int main()
{
    if (pipe2(wakeup_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return 1;
    struct sigaction action = {};
    action.sa_handler = on_signal;
    sigaction(SIGTERM, &action, 0);
    sigaction(SIGINT, &action, 0);
    sigaction(SIGCHLD, &action, 0);
    signal(SIGPIPE, SIG_IGN);
    int control = control_socket(shim::node_path("inetacp.sock"));
    if (control < 0) {
        fprintf(stderr, "inetacp: no control socket below %s\n", shim::root().c_str());
        return 1;
    }
    shim::Auxiliary auxiliary;
    std::string pid_file = shim::node_path("inetacp.pid");
    if (FILE *f = fopen(pid_file.c_str(), "w")) {
        fprintf(f, "%d\n", int(getpid()));
        fclose(f);
    }
    while (!stop_asked) {
        auxiliary.turn(control, wakeup_pipe[0]);
        char sink[64];
        while (read(wakeup_pipe[0], sink, sizeof sink) > 0)
            ;
        int status, pid;
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
            auxiliary.child_ended(pid, status);
    }
    auxiliary.stop();
    unlink(pid_file.c_str());
    return 0;
}
