/*
**  system_report - SHOW SYSTEM, SHOW USERS
*/
#include "dispatch.h"
#include "process_context.h"
#include "process_table.h"
#include "system_text.h"
#include "text_forms.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <jpidef.h>
#include <map>
#include <set>

namespace shim {
namespace dcl {

namespace {

std::string item_text(uint32_t pid, const char *name)
{
    try {
        return process_item(pid, find_item(name, process_items)).text();
    } catch (const Failure &) {
        return std::string(); /* ended meanwhile */
    }
}

/* Of a qualifier's label: 0 unless given, so that several select the union. */
bool kind_wanted(const cli::Parsed &command, const ProcessEntry &entry)
{
    const ProcessSlot *slot = slot_of(entry.identity.pid);
    const struct {
        const char *label;
        bool is;
    } kinds[] = {{"BATCH", entry.identity.mode == JPI$K_BATCH},
                 {"NETWORK", entry.identity.mode == JPI$K_NETWORK},
                 {"INTERACTIVE", entry.identity.mode == JPI$K_INTERACTIVE},
                 {"SUBPROCESS", slot && slot->owner}};
    bool any = false, matches = false;
    for (const auto &kind : kinds) {
        if (negated(command, kind.label) && kind.is)
            return false;
        any = any || has(command, kind.label);
        matches = matches || (has(command, kind.label) && kind.is);
    }
    return !any || matches;
}

/* /CLUSTER: all; /NODE=(name ...): these, SS$_NOSUCHNODE; else this one. */
std::vector<std::string> nodes_of(const cli::Parsed &command)
{
    std::vector<std::string> all = {node_name()}, chosen;
    for (const ProcessEntry &entry : list_processes())
        if (std::find(all.begin(), all.end(), entry.node) == all.end())
            all.push_back(entry.node);
    if (has(command, "CLUSTER"))
        return all;
    for (const std::string &name : texts_of(command, "NODE")) {
        if (std::find(all.begin(), all.end(), upper(name)) == all.end())
            throw Failure(SS$_NOSUCHNODE);
        chosen.push_back(upper(name));
    }
    return chosen.empty() ? std::vector<std::string>(1, node_name()) : chosen;
}

/* Values that the table cannot check. */
void check_values(const cli::Parsed &command)
{
    uint32_t uic;
    std::string owner = text_of(command, "OWNER_UIC"), state = text_of(command, "STATE");
    if (!owner.empty() && !read_uic(owner, &uic))
        throw Failure(SHOW_INVQUAVAL).with(owner).with("OWNER_UIC");
    if (!state.empty() && !is_state(state))
        throw Failure(SHOW_INVQUAVAL).with(state).with("STATE");
    if (has(command, "IDENTIFICATION"))
        identification_of(command, "IDENTIFICATION");
}

bool wanted(const cli::Parsed &command, const ProcessEntry &entry)
{
    const Identity &identity = entry.identity;
    std::string pattern = text_of(command, "PROCESS");
    if (!pattern.empty() && !wild_match(pattern.c_str(), identity.process_name.c_str()))
        return false;
    uint32_t uic;
    if (has(command, "OWNER_UIC") && read_uic(text_of(command, "OWNER_UIC"), &uic) &&
        uic != identity.uic)
        return false;
    if (has(command, "IDENTIFICATION") &&
        identification_of(command, "IDENTIFICATION") != identity.pid)
        return false;
    if (has(command, "STATE") &&
        text_of(command, "STATE") != item_text(identity.pid, "STATE"))
        return false;
    return kind_wanted(command, entry);
}

char kind_letter(const ProcessEntry &entry)
{
    const ProcessSlot *slot = slot_of(entry.identity.pid);
    if (slot && slot->owner)
        return 'S';
    return entry.identity.mode == JPI$K_BATCH ? 'B' : entry.identity.mode == JPI$K_NETWORK ? 'N'
                                                                                            : ' ';
}

int item_number(uint32_t pid, const char *name)
{
    return atoi(item_text(pid, name).c_str());
}

void show_node(Session &session, const cli::Parsed &command, const std::string &node)
{
    const int page_size = 16; /* pagelets */
    char line[160];
    int64_t uptime = static_cast<int64_t>(now() - page().boot_time);
    if (!negated(command, "HEADING")) {
        snprintf(line, sizeof line, "OpenVMS V8.4  on node %s  %s   Uptime  %s", node.c_str(),
                 time_text(static_cast<int64_t>(now())).c_str(),
                 trimmed(time_text(uptime > 0 ? -uptime : -1)).substr(0, 10).c_str());
        session.write(line);
        session.write("  Pid    Process Name    State  Pri      I/O       CPU       Page flts  "
                      "Pages");
    }
    for (const ProcessEntry &entry : list_processes()) {
        if (entry.node != node || !wanted(command, entry))
            continue;
        uint32_t pid = entry.identity.pid;
        int64_t cpu = atoll(item_text(pid, "CPUTIM").c_str()) * 100000;
        snprintf(line, sizeof line, "%08X %-15s %-5s%5d%9d%16s%10s%7d  %c", pid,
                 entry.identity.process_name.c_str(), item_text(pid, "STATE").c_str(),
                 item_number(pid, "PRI"), item_number(pid, "BUFIO") + item_number(pid, "DIRIO"),
                 time_text(cpu ? -cpu : -1).c_str(), item_text(pid, "PAGEFLTS").c_str(),
                 (item_number(pid, "PPGCNT") + item_number(pid, "GPGCNT")) / page_size,
                 kind_letter(entry));
        session.write(line);
        if (has(command, "FULL"))
            session.write("         " + uic_text(entry.identity.uic));
    }
}

void show_system(Session &session, const cli::Parsed &command)
{
    check_values(command);
    for (const std::string &node : nodes_of(command))
        show_node(session, command, node);
}

struct Counts {
    int interactive = 0, subprocess = 0, batch = 0, network = 0;
};

std::string count_text(int count)
{
    return count ? std::to_string(count) : std::string();
}

/* SHOW USERS counts interactive users, subprocesses and batch jobs; services only by /NETWORK. */
bool counted(const cli::Parsed &command, const ProcessEntry &entry,
             const std::vector<std::string> &nodes)
{
    const ProcessSlot *slot = slot_of(entry.identity.pid);
    std::string pattern = text_of(command, "USER_NAME");
    bool kind = (slot && slot->owner) || entry.identity.mode == JPI$K_INTERACTIVE ||
                entry.identity.mode == JPI$K_BATCH ||
                (entry.identity.mode == JPI$K_NETWORK && has(command, "NETWORK"));
    return kind && std::find(nodes.begin(), nodes.end(), entry.node) != nodes.end() &&
           kind_wanted(command, entry) &&
           (pattern.empty() || wild_match((pattern + "*").c_str(), entry.identity.user.c_str()));
}

void show_user_processes(Session &session, const std::vector<ProcessEntry> &processes)
{
    char line[132];
    for (const ProcessEntry &entry : processes) {
        snprintf(line, sizeof line, " %-12s %-6s %-15s %08X  %s", entry.identity.user.c_str(),
                 entry.node.c_str(), entry.identity.process_name.c_str(), entry.identity.pid,
                 item_text(entry.identity.pid, "TERMINAL").c_str());
        session.write(without_blanks_behind(line));
    }
}

void show_users(Session &session, const cli::Parsed &command)
{
    std::vector<std::string> nodes = nodes_of(command);
    std::map<std::pair<std::string, std::string>, Counts> rows; /* user, node */
    std::set<std::string> users;
    std::vector<ProcessEntry> processes;
    for (const ProcessEntry &entry : list_processes()) {
        if (!counted(command, entry, nodes))
            continue;
        const ProcessSlot *slot = slot_of(entry.identity.pid);
        users.insert(entry.identity.user);
        Counts &at = rows[std::make_pair(entry.identity.user, entry.node)];
        ++(slot && slot->owner                          ? at.subprocess
           : entry.identity.mode == JPI$K_INTERACTIVE ? at.interactive
           : entry.identity.mode == JPI$K_BATCH       ? at.batch
                                                      : at.network);
        processes.push_back(entry);
    }
    bool full = has(command, "FULL"), network = has(command, "NETWORK");
    char line[132];
    if (!negated(command, "HEADING")) {
        session.write("      OpenVMS User Processes at " +
                      time_text(static_cast<int64_t>(now())));
        snprintf(line, sizeof line, "    Total number of users = %zu,  number of processes = %zu",
                 users.size(), processes.size());
        session.write(line);
        session.write("");
        session.write(full ? " Username     Node   Process Name    PID       Terminal"
                           : " Username     Node     Interactive  Subprocess   Batch" +
                                 std::string(network ? "   Network" : ""));
    }
    if (full)
        return show_user_processes(session, processes);
    for (const auto &row : rows) {
        const Counts &at = row.second;
        snprintf(line, sizeof line, " %-12s %-6s%12s%12s%8s%10s", row.first.first.c_str(),
                 row.first.second.c_str(), count_text(at.interactive).c_str(),
                 count_text(at.subprocess).c_str(), count_text(at.batch).c_str(),
                 count_text(at.network).c_str());
        session.write(without_blanks_behind(line));
    }
}

const VerbRow rows[] = {
    {"SHOW_SYSTEM", show_system, IMAGE},
    {"SHOW_USERS", show_users, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
