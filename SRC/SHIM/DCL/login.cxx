/*
**  login - what LOGINOUT does
**
**  Login procedures are the file that SYS$SYLOGIN names, else SYS$MANAGER:SYLOGIN.COM, then the
**  user's own, the field LGICMD of the authorization record, else LOGIN.COM in SYS$LOGIN.  One that
**  is not there is none.  User's Manual 1, Guide to System Security 3.
*/
#include "login.h"

#include "mail_profile.h"
#include "names.h"
#include "process_state.h"
#include "process_table.h"
#include "record_file.h"
#include "system_text.h"
#include "text_forms.h"
#include "uaf.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <jpidef.h>
#include <lnmdef.h>
#include <psldef.h>
#include <rmsdef.h>
#include <sys/resource.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

void define(const char *table, const char *name, const std::string &value)
{
    create_name(table, name, PSL$C_EXEC, 0, {NameValue{value, 0}});
}

bool file_exists(const std::string &name, std::string *spec)
{
    uint32_t status;
    return !existing_host_path(name, ".COM", &status, spec).empty();
}

/* One procedure, as a command of level 0. */
void run_procedure(Session &session, const std::string &name)
{
    std::string spec;
    if (file_exists(name, &spec))
        session.execute_whole("@" + spec);
}

std::string last_login(uint64_t time)
{
    if (!time)
        return "none";
    static const char *const days[] = {"Wednesday", "Thursday", "Friday", "Saturday",
                                       "Sunday",    "Monday",   "Tuesday"};
    const uint64_t ticks_per_day = 864000000000ULL;
    return std::string(days[time / ticks_per_day % 7]) + ", " +
           time_text(static_cast<int64_t>(time)).substr(0, 17);
}

} // namespace

void set_up_process(Session &session)
{
    Identity identity = self();
    UafRecord user;
    bool known = uaf_read(identity.user, &user) & 1;
    std::string device = known && !user.device.empty() ? user.device : "SYS$SYSDEVICE:";
    std::string directory = known && !user.directory.empty() ? user.directory
                            : identity.user == "SYSTEM"      ? "[SYS0.SYSMGR]"
                                                             : "[000000]";
    define("LNM$JOB", "SYS$LOGIN", device + directory);
    define("LNM$JOB", "SYS$LOGIN_DEVICE", device);
    define("LNM$JOB", "SYS$SCRATCH", device + directory);
    define("LNM$PROCESS_TABLE", "SYS$DISK", device);
    const char *given = getenv("SHIM_DEFAULT");
    if (!given || !*given) {
        try {
            set_default(device + directory);
        } catch (const Failure &failure) {
            session.show(failure);
        }
    }
    if (session.terminal_name().empty())
        return;
    SystemLock lock;
    set_field(own_slot().terminal, session.terminal_name());
}

void greet(Session &session)
{
    NameAnswer welcome;
    std::string text = "\tWelcome to OpenVMS services on Linux, Version V8.4, on node " +
                       node_name();
    if (translate_name("LNM$SYSTEM", "SYS$WELCOME", PSL$C_USER, true, &welcome) &&
        !welcome.values.empty())
        text = welcome.values[0].text;
    if (!text.empty() && text[0] == '@') {
        std::string spec;
        try {
            for (const std::string &line : read_procedure(session, text.substr(1), &spec))
                session.write(line);
        } catch (const Failure &) { /* a message that is not there is none */
        }
    } else {
        session.write(text);
    }
    UafRecord user;
    if (!(uaf_read(self().user, &user) & 1))
        return;
    if (user.last_interactive)
        session.write("    Last interactive login on " + last_login(user.last_interactive));
    if (user.last_network)
        session.write("    Last non-interactive login on " + last_login(user.last_network));
    user.last_interactive = now();
    uaf_modify(user);
    uint32_t mail = mail_new_messages(user.user);
    if (mail)
        session.write("    You have " + std::to_string(mail) + " new Mail message" +
                      (mail == 1 ? "." : "s."));
}

void run_login_procedures(Session &session)
{
    NameAnswer site;
    std::string name = "SYS$MANAGER:SYLOGIN.COM";
    if (translate_name("LNM$SYSTEM", "SYS$SYLOGIN", PSL$C_EXEC, true, &site))
        name = "SYS$SYLOGIN";
    run_procedure(session, name);
    UafRecord user;
    if (session.ended() || !(uaf_read(self().user, &user) & 1))
        return;
    run_procedure(session, user.login_command.empty() ? "SYS$LOGIN:LOGIN.COM"
                                                      : user.login_command);
}

void say_goodbye(Session &session, bool full)
{
    Identity identity = self();
    bool job = identity.mode != JPI$K_INTERACTIVE;
    char line[132];
    std::string time = time_text(static_cast<int64_t>(now()));
    snprintf(line, sizeof line, "  %-12s %s at %s", identity.user.c_str(),
             job ? "job terminated" : "logged out", time.c_str());
    session.write(line);
    if (!full && !job)
        return;
    struct rusage mine, images;
    getrusage(RUSAGE_SELF, &mine);
    getrusage(RUSAGE_CHILDREN, &images);
    int64_t used = (mine.ru_utime.tv_sec + mine.ru_stime.tv_sec + images.ru_utime.tv_sec +
                    images.ru_stime.tv_sec) * 10000000LL +
                   (mine.ru_utime.tv_usec + mine.ru_stime.tv_usec + images.ru_utime.tv_usec +
                    images.ru_stime.tv_usec) * 10LL;
    ProcessEntry entry;
    int64_t elapsed = find_process(identity.pid, &entry)
                          ? static_cast<int64_t>(now() - entry.login_time)
                          : 0;
    session.write("");
    session.write("  Accounting information:");
    snprintf(line, sizeof line,
             "  Buffered I/O count:      %12ld      Peak working set size: %10ld",
             mine.ru_nvcsw + images.ru_nvcsw, std::max(mine.ru_maxrss, images.ru_maxrss) * 2);
    session.write(line);
    snprintf(line, sizeof line,
             "  Direct I/O count:        %12ld      Mounted volumes:       %10d",
             mine.ru_oublock + mine.ru_inblock + images.ru_oublock + images.ru_inblock, 0);
    session.write(line);
    snprintf(line, sizeof line, "  Page faults:             %12ld",
             mine.ru_minflt + images.ru_minflt);
    session.write(line);
    snprintf(line, sizeof line, "  Charged CPU time: %19s      Elapsed time: %19s",
             time_text(used ? -used : -1).c_str(), time_text(elapsed ? -elapsed : -1).c_str());
    session.write(line);
}

std::string control_t_line(const Session &session)
{
    if (!session.options.control_t)
        return std::string();
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    int64_t cpu = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 10000000LL +
                  (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 10LL;
    char line[132];
    snprintf(line, sizeof line, "%s::%s %s (DCL) CPU=%s PF=%ld IO=%ld MEM=%ld",
             node_name().c_str(), self().process_name.c_str(),
             time_text(static_cast<int64_t>(now()), true).substr(0, 8).c_str(),
             time_text(cpu ? -cpu : -1).substr(5).c_str(), used.ru_minflt, used.ru_nvcsw,
             used.ru_maxrss / 8);
    return line;
}

namespace {

/* The values of SYS$INPUT and its kin that $CREPRC or the job controller gave; at least one. */
std::vector<std::string> stream_names(const char *stream)
{
    NameAnswer answer;
    std::vector<std::string> names;
    if (translate_name("LNM$PROCESS", stream, PSL$C_USER, true, &answer))
        for (const NameValue &value : answer.values)
            names.push_back(value.text);
    if (names.empty())
        names.push_back("NLA0:");
    return names;
}

/* Commands come from this file now, as those of level 0. */
uint32_t begin_file(Session &session, const std::string &name)
{
    try {
        std::string spec;
        std::vector<std::string> records;
        if (name != "NLA0:")
            records = read_procedure(session, name, &spec);
        session.level().begin(std::make_shared<Procedure>(spec, std::move(records)));
    } catch (const Failure &failure) {
        session.fail(failure);
        return failure.status;
    }
    return SS$_NORMAL;
}

} // namespace

uint32_t open_job_streams(Session &session, std::vector<std::string> *further)
{
    std::vector<std::string> inputs = stream_names("SYS$INPUT");
    std::string output = stream_names("SYS$OUTPUT")[0], error = stream_names("SYS$ERROR")[0], spec;
    for (const char *stream : {"SYS$INPUT", "SYS$OUTPUT", "SYS$ERROR"})
        delete_name("LNM$PROCESS", stream, PSL$C_SUPER);
    uint32_t status, stv;
    if (output == "OPA0:")
        session.output = std::make_shared<Output>(STDOUT_FILENO, "_OPA0:", false);
    else
        session.output = create_output(output, ".LOG", &status, &stv, &spec);
    if (!session.output)
        return status;
    session.error = session.output;
    if (error != "NLA0:" && error != output)
        session.error = create_output(error, ".LOG", &status, &stv, &spec);
    if (!session.error)
        return status;
    further->assign(inputs.begin() + 1, inputs.end());
    return begin_file(session, inputs[0]);
}

void run_job_files(Session &session, const std::vector<std::string> &further)
{
    session.run();
    for (const std::string &name : further) {
        if (!(session.status() & 1) || session.logged_out())
            return;
        session.reopen_job();
        if (begin_file(session, name) & 1)
            session.run();
    }
}

} // namespace dcl
} // namespace shim
