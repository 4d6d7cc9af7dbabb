/*
**  process_report - SHOW PROCESS, SHOW STATUS, SHOW TIME
**
**  DCL Dictionary SHOW PROCESS; the default is the short report, a qualifier chooses another.
*/
#include "dispatch.h"
#include "lexical_items.h"
#include "low.h"
#include "process_context.h"
#include "process_rights.h"
#include "process_state.h"
#include "process_table.h"
#include "system_text.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

const size_t PRIVILEGE_COLUMNS = 6;

std::string form(const char *format, ...) __attribute__((format(printf, 1, 2)));
std::string form(const char *format, ...)
{
    char text[256];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return text;
}

Value item(uint32_t pid, const char *name)
{
    return process_item(pid, find_item(name, process_items));
}

std::string time_now()
{
    return time_text(static_cast<int64_t>(now()));
}

/* Hundredths of seconds as a delta time. */
std::string delta_text(int64_t hundredths)
{
    const int64_t ticks = 100000;
    return time_text(hundredths ? -hundredths * ticks : -1);
}

/* The process of a name or identification; throws SS$_NONEXPR, SS$_NOPRIV. */
uint32_t chosen(const cli::Parsed &command)
{
    unsigned int pid = 0;
    std::unique_ptr<LowText> name;
    if (has(command, "IDENTIFICATION"))
        pid = identification_of(command, "IDENTIFICATION");
    else if (has(command, "PROCESS_NAME"))
        name.reset(new LowText(text_of(command, "PROCESS_NAME")));
    ProcessEntry entry;
    uint32_t status = choose_process(&pid, name ? name->descriptor() : nullptr, &entry);
    if (!(status & 1))
        throw Failure(status);
    return entry.identity.pid;
}

void show_heading(Session &session, uint32_t pid)
{
    std::string user = trimmed(item(pid, "USERNAME").text());
    session.write("");
    session.write(form("%s   User: %-16s Process ID:   %08X", time_now().c_str(), user.c_str(),
                       pid));
    session.write(form("%26sNode: %-16s Process name: \"%s\"", "",
                       item(pid, "NODENAME").text().c_str(), item(pid, "PRCNAM").text().c_str()));
    session.write("");
}

void show_brief(Session &session, uint32_t pid)
{
    session.write("Terminal:           " + item(pid, "TERMINAL").text());
    session.write("User Identifier:    " + item(pid, "UIC").text());
    session.write("Base priority:      " + item(pid, "PRIB").text());
    session.write("Default file spec:  " +
                  (pid == self().pid ? default_device_and_directory() : "Not available"));
    session.write("Number of Kthreads: 1");
}

struct Meaning {
    const char *name, *text;
};
const Meaning meanings[] = {
    {"ACNT", "may suppress accounting messages"},
    {"ALLSPOOL", "may allocate spooled device"},
    {"ALTPRI", "may set any priority value"},
    {"AUDIT", "may direct audit to system security audit log"},
    {"BUGCHK", "may make bug check log entries"},
    {"BYPASS", "may bypass all object access controls"},
    {"CMEXEC", "may change mode to exec"},
    {"CMKRNL", "may change mode to kernel"},
    {"DIAGNOSE", "may diagnose devices"},
    {"DOWNGRADE", "may downgrade object secrecy"},
    {"EXQUOTA", "may exceed disk quota"},
    {"GROUP", "may affect other processes in same group"},
    {"GRPNAM", "may insert in group logical name table"},
    {"GRPPRV", "may access group objects via system protection"},
    {"IMPERSONATE", "may impersonate another user"},
    {"IMPORT", "may set classification for unlabeled object"},
    {"LOG_IO", "may do logical i/o"},
    {"MOUNT", "may execute mount acp function"},
    {"NETMBX", "may create network device"},
    {"OPER", "may perform operator functions"},
    {"PFNMAP", "may map to specific physical pages"},
    {"PHY_IO", "may do physical i/o"},
    {"PRMCEB", "may create permanent common event clusters"},
    {"PRMGBL", "may create permanent global sections"},
    {"PRMMBX", "may create permanent mailbox"},
    {"PSWAPM", "may change process swap mode"},
    {"READALL", "may read anything as the owner"},
    {"SECURITY", "may perform security administration functions"},
    {"SETPRV", "may set any privilege bit"},
    {"SHARE", "may assign channels to non-shared devices"},
    {"SHMEM", "may create/delete objects in shared memory"},
    {"SYSGBL", "may create system wide global sections"},
    {"SYSLCK", "may lock system wide resources"},
    {"SYSNAM", "may insert in system logical name table"},
    {"SYSPRV", "may access objects via system protection"},
    {"TMPMBX", "may create temporary mailbox"},
    {"UPGRADE", "may upgrade object integrity"},
    {"VOLPRO", "may override volume protection"},
    {"WORLD", "may affect other processes in the world"},
};

void show_rights(Session &session, uint32_t pid)
{
    session.write("Process rights:");
    session.write(" " + trimmed(item(pid, "USERNAME").text()));
    for (const Right &right : process_rights(pid)) {
        std::string attributes = right.attributes;
        for (char &c : attributes)
            c = c == ',' ? ' ' : static_cast<char>(c | 0x20);
        session.write(attributes.empty() ? " " + right.name
                                         : form(" %-32s %s", right.name.c_str(),
                                                attributes.c_str()));
    }
    session.write("");
    session.write("System rights:");
    session.write(" SYS$NODE_" + node_name());
}

void show_privileges(Session &session, uint32_t pid)
{
    session.write("Authorized privileges:");
    std::string line;
    size_t columns = 0;
    for (const std::string &name : keyword_list(item(pid, "AUTHPRIV").text())) {
        line += form(" %-12s", name.c_str());
        if (++columns % PRIVILEGE_COLUMNS == 0) {
            session.write(without_blanks_behind(line));
            line.clear();
        }
    }
    if (!line.empty())
        session.write(without_blanks_behind(line));
    session.write("");
    session.write("Process privileges:");
    for (const std::string &name : keyword_list(item(pid, "CURPRIV").text()))
        for (const Meaning &row : meanings)
            if (name == row.name)
                session.write(form(" %-20s %s", row.name, row.text));
    session.write("");
    show_rights(session, pid);
}

void show_quotas(Session &session, uint32_t pid)
{
    std::string limit = item(pid, "CPULIM").text();
    session.write("Process Quotas:");
    session.write(" Account name: " + item(pid, "ACCOUNT").text());
    session.write(form(" CPU limit:                      %8s  Direct I/O limit:  %8s",
                       limit == "0" ? "Infinite" : limit.c_str(),
                       item(pid, "DIOLM").text().c_str()));
    const struct {
        const char *left, *left_item, *right, *right_item;
    } rows[] = {
        {"Buffered I/O byte count quota:", "BYTCNT", "Buffered I/O limit:", "BIOLM"},
        {"Timer queue entry quota:", "TQCNT", "Open file quota:", "FILCNT"},
        {"Paging file quota:", "PAGFILCNT", "Subprocess quota:", "PRCLM"},
        {"Default page fault cluster:", "DFPFC", "AST quota:", "ASTCNT"},
        {"Enqueue quota:", "ENQCNT", "Shared file limit:", "SHRFILLM"},
        {"Max detached processes:", "MAXDETACH", "Max active jobs:", "MAXJOBS"},
    };
    for (const auto &row : rows)
        session.write(form(" %-30s%10s  %-19s%8s", row.left,
                           item(pid, row.left_item).text().c_str(), row.right,
                           item(pid, row.right_item).text().c_str()));
}

void show_accounting(Session &session, uint32_t pid)
{
    const struct {
        const char *left, *left_item, *right, *right_item;
    } rows[] = {
        {"Buffered I/O count:", "BUFIO", "Peak working set size:", "WSPEAK"},
        {"Direct I/O count:", "DIRIO", "Peak virtual size:", "VIRTPEAK"},
        {"Page faults:", "PAGEFLTS", "Mounted volumes:", "VOLUMES"},
    };
    session.write("Accounting information:");
    for (const auto &row : rows)
        session.write(form(" %-19s%10s  %-22s%11s", row.left,
                           item(pid, row.left_item).text().c_str(), row.right,
                           item(pid, row.right_item).text().c_str()));
    session.write(form(" %-19s%10s", "Images activated:",
                       item(pid, "IMAGECOUNT").text().c_str()));
    session.write(form(" %-24s", "Elapsed CPU time:") + delta_text(item(pid, "CPUTIM").integer()));
    ProcessEntry entry;
    int64_t connected = find_process(pid, &entry)
                            ? static_cast<int64_t>(now() - entry.login_time) / 100000
                            : 0;
    session.write(form(" %-24s", "Connect time:") + delta_text(connected));
}

void list_tree(uint32_t pid, const std::string &lead, std::vector<std::string> *lines)
{
    ProcessEntry entry;
    if (!find_process(pid, &entry))
        return;
    lines->push_back(lead + entry.identity.process_name + (pid == self().pid ? " (*)" : ""));
    for (const ProcessEntry &other : list_processes()) {
        const ProcessSlot *slot = slot_of(other.identity.pid);
        if (slot && slot->owner == pid)
            list_tree(other.identity.pid, lead + "  ", lines);
    }
}

void show_subprocesses(Session &session, uint32_t pid)
{
    std::vector<std::string> lines;
    const ProcessSlot *slot = slot_of(pid);
    list_tree(slot ? slot->job : pid, "  ", &lines);
    session.write(lines.size() == 1 ? "There is 1 process in this job:"
                                    : form("There are %zu processes in this job:", lines.size()));
    session.write("");
    for (const std::string &line : lines)
        session.write(line);
}

void show_process(Session &session, const cli::Parsed &command)
{
    uint32_t pid = chosen(command);
    const struct {
        const char *label;
        void (*routine)(Session &, uint32_t);
    } reports[] = {{"QUOTAS", show_quotas},
                   {"ACCOUNTING", show_accounting},
                   {"PRIVILEGES", show_privileges},
                   {"RIGHTS_LIST", show_rights},
                   {"SUBPROCESSES", show_subprocesses}};
    bool all = has(command, "ALL"), some = false;
    show_heading(session, pid);
    if (all)
        show_brief(session, pid);
    for (const auto &report : reports)
        if ((all && report.routine != show_rights) || has(command, report.label)) {
            if (all || some)
                session.write("");
            report.routine(session, pid);
            some = true;
        }
    if (!all && !some)
        show_brief(session, pid);
}

void show_status(Session &session, const cli::Parsed &)
{
    session.keep_status();
    uint32_t pid = self().pid;
    session.write("  Status on  " + time_now() + "     Elapsed CPU : " +
                  delta_text(item(pid, "CPUTIM").integer()));
    session.write(form("  Buff. I/O : %8s    Cur. ws. :   %8s    Open files :  %8d",
                       item(pid, "BUFIO").text().c_str(), item(pid, "WSSIZE").text().c_str(), 0));
    session.write(form("  Dir. I/O :  %8s    Phys. Mem. : %8s    Page Faults : %8s",
                       item(pid, "DIRIO").text().c_str(), item(pid, "PPGCNT").text().c_str(),
                       item(pid, "PAGEFLTS").text().c_str()));
}

void show_time(Session &session, const cli::Parsed &)
{
    const size_t to_seconds = 20;
    session.write("  " + time_now().substr(0, to_seconds));
}

const VerbRow rows[] = {
    {"SHOW_PROCESS", show_process, IMAGE},
    {"SHOW_STATUS", show_status, INTERNAL},
    {"SHOW_TIME", show_time, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
