/*
**  run_image - starting an image and what its end means
*/
#include "run_image.h"

#include "dispatch.h"
#include "foreign.h"
#include "interrupt.h"
#include "names.h"
#include "process_table.h"
#include "record_file.h"
#include "service_db.h"
#include "system_page.h"
#include "terminal.h"

#include <cerrno>
#include <climsgdef.h>
#include <fcntl.h>
#include <psldef.h>
#include <rmsdef.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace shim {
namespace dcl {

namespace {

const uint32_t CLI_ACTIMAGE = 3u << 16 | SHARED_ACTIMAGE;

/* A name that only this image has: DEFINE/USER. */
bool user_value(const char *name, std::string *value)
{
    NameAnswer answer;
    if (!translate_name("LNM$PROCESS", name, PSL$C_USER, true, &answer) ||
        answer.mode != PSL$C_USER || answer.values.empty())
        return false;
    *value = answer.values[0].text;
    return true;
}

/* The file that the next image's SYS$OUTPUT or SYS$ERROR goes to. */
std::shared_ptr<Output> redirected(Session &session, const char *name,
                                   const std::shared_ptr<Output> &normal)
{
    std::string value;
    if (!user_value(name, &value))
        return normal;
    uint16_t file = permanent_file(value);
    if (!file)
        file = find_permanent_file(value, PSL$C_USER);
    if (file == PPF_ERROR)
        return session.error;
    if (file)
        return session.output;
    uint32_t status, stv;
    std::string spec;
    std::shared_ptr<Output> made = create_output(value, ".LIS", &status, &stv, &spec);
    if (!made)
        throw file_failure(SHARED_OPENOUT, spec, status, stv);
    return made;
}

/* Data lines of the procedure in memory, and where each ended. */
struct DataLines {
    int fd = -1;
    size_t first = 0;
    std::vector<size_t> next; /* record to be read when so many lines have been taken */
    std::vector<off_t> ends;
    ~DataLines()
    {
        if (fd >= 0)
            close(fd);
    }
    void collect(Session &session)
    {
        fd = memfd_create("SYS$INPUT", MFD_CLOEXEC);
        first = session.level().next;
        std::string text, record;
        while (session.read_data("", &record)) {
            text += record + "\n";
            next.push_back(session.level().next);
            ends.push_back(static_cast<off_t>(text.size()));
        }
        after_ = session.level().next;
        if (fd < 0 || write(fd, text.data(), text.size()) < 0 || lseek(fd, 0, SEEK_SET) < 0)
            throw Failure(SS$_INSFMEM);
    }
    /* The procedure goes on behind the lines that were read. */
    void rewind(Session &session) const
    {
        off_t taken = lseek(fd, 0, SEEK_CUR);
        size_t lines = 0;
        while (lines < ends.size() && ends[lines] <= taken)
            ++lines;
        bool deck = after_ > (next.empty() ? first : next.back());
        if (lines == ends.size() || deck)
            session.level().next = after_;
        else
            session.level().next = lines ? next[lines - 1] : first;
    }

private:
    size_t after_ = 0;
};

/* SYS$INPUT of the image; *owned: to be closed here. */
int input_descriptor(Session &session, DataLines *data, int *owned)
{
    std::string value;
    if (user_value("SYS$INPUT", &value)) {
        uint16_t file = permanent_file(value);
        if (!file)
            file = find_permanent_file(value, PSL$C_SUPER);
        if (file == PPF_COMMAND)
            return session.terminal->in();
        if (!file) {
            uint32_t status;
            std::string spec, path = existing_host_path(value, ".DAT", &status, &spec);
            if (path.empty())
                throw file_failure(SHARED_OPENIN, value, status, 0);
            *owned = open(path.c_str(), O_RDONLY | O_CLOEXEC);
            return *owned;
        }
    }
    if (session.input)
        return session.input->in();
    if (!session.level().procedure)
        return session.terminal->in();
    data->collect(session);
    return data->fd;
}

std::vector<std::string> image_environment(const ImageRun &run, int command_input)
{
    std::vector<std::string> all;
    static const char *const replaced[] = {"SHIM_PID", "SHIM_IMAGE", "SHIM_COMMAND",
                                           "SHIM_FOREIGN", "SHIM_SYSCOMMAND"};
    for (char **entry = environ; *entry; ++entry) {
        std::string text(*entry), name = text.substr(0, text.find('='));
        bool ours = false;
        for (const char *known : replaced)
            ours = ours || name == known;
        if (!ours)
            all.push_back(text);
    }
    char pid[32];
    snprintf(pid, sizeof pid, "SHIM_PID=%x", own_slot().pid.load());
    all.push_back(pid);
    all.push_back("SHIM_IMAGE=" + image_name_of(run.path));
    all.push_back("SHIM_SYSCOMMAND=" + std::to_string(command_input));
    if (!run.command.empty())
        all.push_back("SHIM_COMMAND=" + run.command);
    if (run.is_foreign)
        all.push_back("SHIM_FOREIGN=" + run.foreign);
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

/* In the child: never returns. */
void become_image(const ImageRun &run, int in, int out, int error, int command_input)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* an image ends with its process */
    std::vector<std::string> arguments(1, run.path), names = image_environment(run, command_input);
    arguments.insert(arguments.end(), run.arguments.begin(), run.arguments.end());
    for (int number : {SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE, SIGCHLD})
        ::signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    int keep_in = dup(in), keep_out = dup(out), keep_error = dup(error);
    dup2(keep_in, 0);
    dup2(keep_out, 1);
    dup2(keep_error, 2);
    close(keep_in), close(keep_out), close(keep_error);
    if (command_input > 2)
        fcntl(command_input, F_SETFD, 0);
    execve(run.path.c_str(), pointers(arguments).data(), pointers(names).data());
    _exit(127);
}

/* %SYSTEM-F-ACCVIO and its kin: what the host's signal would have been. */
Failure signal_failure(int number, const ProcessSlot &slot)
{
    char text[80];
    Failure failure(SS$_ACCVIO);
    switch (number) {
    case SIGSEGV:
    case SIGBUS:
        failure.with("04");
        for (uint64_t value : {slot.fault_address.load(), slot.fault_pc.load()}) {
            snprintf(text, sizeof text, "%016llX", static_cast<unsigned long long>(value));
            failure.with(text);
        }
        return failure.with("0000001B");
    case SIGFPE: return Failure(SS$_HPARITH);
    case SIGILL: return Failure(SS$_OPCDEC);
    case SIGABRT: return Failure(SS$_OPCCUS);
    case SIGINT: return Failure(SS$_CONTROLC);
    case SIGTERM: return Failure(SS$_FORCEDEXIT);
    }
    return Failure(SS$_ABORT);
}

void take_status(Session &session, int host_status, const ProcessSlot &slot)
{
    if (WIFSIGNALED(host_status)) {
        Failure failure = signal_failure(WTERMSIG(host_status), slot);
        failure.status |= STS$M_INHIB_MSG;
        session.fail(failure);
        return;
    }
    uint32_t code = static_cast<uint32_t>(WEXITSTATUS(host_status));
    uint32_t status = slot.image_ended.load() ? slot.exit_status.load()
                      : code == 0             ? static_cast<uint32_t>(SS$_NORMAL)
                                              : static_cast<uint32_t>(SS$_ABORT);
    if (!(status & 1) && !(status & STS$M_INHIB_MSG)) {
        session.show(Failure(status));
        status |= STS$M_INHIB_MSG;
    }
    session.set_status(status, true);
}

/* Privileges that INSTALL gave the image are enabled while it runs, and $SETPRV grants them. */
class ImagePrivileges {
public:
    explicit ImagePrivileges(const std::string &path)
        : slot_(own_slot()), authorized_(slot_.authorized.load())
    {
        uint64_t more = known_image_privileges(path);
        slot_.authorized.store(authorized_ | more);
        slot_.current.fetch_or(more);
    }
    ~ImagePrivileges()
    {
        slot_.authorized.store(authorized_);
        set_privileges(slot_.permanent.load());
    }

private:
    ProcessSlot &slot_;
    uint64_t authorized_;
};

int wait_for(pid_t child, int options)
{
    int host_status = 0;
    while (waitpid(child, &host_status, options) < 0 && errno == EINTR)
        ;
    return host_status;
}

/* Gives the terminal to the image while it runs.  Ctrl-Y stops it; throws when it is given up. */
int wait_at_terminal(Session &session, pid_t child)
{
    int terminal = session.terminal->in();
    pid_t own = getpgrp();
    setpgid(child, child);
    tcsetpgrp(terminal, child);
    if (take_interrupt()) /* typed before the image had the terminal */
        kill(-child, SIGTSTP);
    for (;;) {
        int host_status = wait_for(child, WUNTRACED);
        tcsetpgrp(terminal, own);
        if (!WIFSTOPPED(host_status)) {
            session.terminal->set_image_mode();
            /* Ctrl-C before the image had made it Ctrl-Y (image_end.cxx) */
            if (WIFSIGNALED(host_status) && WTERMSIG(host_status) == SIGINT &&
                !goes_on_after_interrupt(session))
                throw Failure();
            return host_status;
        }
        if (!goes_on_after_interrupt(session)) {
            kill(-child, SIGKILL);
            wait_for(child, 0);
            throw Failure();
        }
        tcsetpgrp(terminal, child);
        kill(-child, SIGCONT);
    }
}

} // namespace

ImageScope::ImageScope(Session &session)
    : session_(session), output_(session.output), error_(session.error)
{
    own_output_ = redirected(session, "SYS$OUTPUT", session.output);
    own_error_ = redirected(session, "SYS$ERROR", session.error);
    session.error = own_error_;
    session.output = own_output_;
}

/* Levels that an interrupt ended meanwhile have put back their own. */
ImageScope::~ImageScope()
{
    if (session_.output == own_output_)
        session_.output = output_;
    if (session_.error == own_error_)
        session_.error = error_;
    drop_user_names();
}

std::string image_path(const std::string &name, const std::string &defaults)
{
    std::string path, spec;
    uint32_t status = host_path(name, defaults, true, &path, &spec);
    if (status & 1)
        return path;
    Failure failure(CLI_ACTIMAGE);
    failure.with(name);
    if (status == RMS$_FNF || status == RMS$_DNF) {
        std::string wanted;
        if (!(host_path(name, defaults, false, &path, &wanted) & 1))
            wanted = name;
        failure.also(CLI$_IMAGEFNF).with(wanted.substr(0, wanted.rfind(';') + 1));
    } else {
        failure.also(CLI$_IMGNAME).with(name).also(status);
    }
    throw failure;
}

void run_image(Session &session, const ImageRun &run)
{
    if (access(run.path.c_str(), X_OK) < 0) {
        Failure failure(CLI_ACTIMAGE);
        throw failure.with(image_name_of(run.path)).also(SS$_NOPRIV);
    }
    ImageScope scope(session);
    DataLines data;
    int owned = -1;
    int in = input_descriptor(session, &data, &owned);
    ProcessSlot &slot = own_slot();
    slot.image_ended = 0;
    slot.fault_address = slot.fault_pc = 0;
    ImagePrivileges privileges(run.path);
    bool at_terminal =
        session.interactive && session.foreground && session.terminal->is_terminal();
    HeldForcedExit forced;
    ImageRuns runs;
    pid_t child = forced_exit_pending() ? -1 : fork();
    if (child == 0) {
        if (at_terminal) { /* the parent does it too; now an interrupt is the image's */
            setpgid(0, 0);
            tcsetpgrp(session.terminal->in(), getpgrp());
        }
        become_image(run, in, session.output->fd(), session.error->fd(), session.terminal->in());
    }
    forced.pass_on(child);
    if (owned >= 0)
        close(owned);
    if (child < 0)
        throw Failure(forced_exit_pending() ? SS$_FORCEDEXIT : SS$_EXQUOTA);
    int host_status = at_terminal ? wait_at_terminal(session, child) : wait_for(child, 0);
    if (data.fd >= 0)
        data.rewind(session);
    take_status(session, host_status, slot);
}

/* LIB$GET_FOREIGN and main() of a verb's image get what stands behind the verb, too. */
void run_verb_image(Session &session, const cli::Parsed &command)
{
    ImageRun run;
    size_t behind = command.line.find_first_of(" /");
    run.path = image_path(command.image, "SYS$SYSTEM:.EXE");
    run.command = cli::write_parsed(command);
    run.is_foreign = true;
    if (behind != std::string::npos)
        run.foreign = trimmed(command.line.substr(behind));
    run.arguments = c_arguments(run.foreign);
    run_image(session, run);
}

} // namespace dcl
} // namespace shim
