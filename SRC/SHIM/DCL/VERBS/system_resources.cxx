/*
**  system_resources - SHOW DEVICES, MEMORY, CPU, ERROR, NETWORK
**
**  The devices are the system disk, the null device, the console and the terminals of the
**  processes; their particulars are what $GETDVI says, memory and processors what the host says.
*/
#include "dispatch.h"
#include "expression.h"
#include "names.h"
#include "process_table.h"
#include "system_text.h"

#include <cstdio>
#include <psldef.h>
#include <set>
#include <ssdef.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

const unsigned PAGE_BYTES = 8192;

std::string device_item(Session &session, const std::string &device, const char *item)
{
    Expression expression(session, "F$GETDVI(\"" + device + "\",\"" + item + "\")");
    return expression.evaluate().text();
}

/* "DKA0:" ..., in order; the terminals are those of living processes. */
std::vector<std::string> device_names()
{
    std::set<std::string> terminals;
    for (const ProcessEntry &each : list_processes()) {
        const ProcessSlot *slot = slot_of(each.identity.pid);
        if (slot && slot->terminal[0] && each.node == node_name())
            terminals.insert(slot->terminal);
    }
    std::vector<std::string> names = {"DKA0:", "NLA0:", "OPA0:"};
    names.insert(names.end(), terminals.begin(), terminals.end());
    return names;
}

/* What the parameter asks for: a logical name, a device, or the beginning of one. */
std::string wanted_device(const cli::Parsed &command)
{
    std::string name = text_of(command, "DEVICE");
    while (!name.empty() && name.back() == ':')
        name.pop_back();
    NameAnswer answer;
    for (int i = 0; i < 10 && translate_name("LNM$FILE_DEV", name, PSL$C_USER, true, &answer) &&
                    !answer.values.empty();
         ++i)
        name = answer.values[0].text.substr(0, answer.values[0].text.find(':'));
    return name.empty() || name[0] != '_' ? name : name.substr(1);
}

void disk_line(Session &session, const std::string &device)
{
    char line[100];
    snprintf(line, sizeof line, "%-23s %-16s %5s  %-12s %11s %5d %3s", device.c_str(), "Mounted",
             device_item(session, device, "ERRCNT").c_str(),
             device_item(session, device, "VOLNAM").c_str(),
             device_item(session, device, "FREEBLOCKS").c_str(), 1,
             device_item(session, device, "MOUNTCNT").c_str());
    session.write(line);
}

void full_disk(Session &session, const std::string &device)
{
    auto item = [&](const char *name) { return device_item(session, device, name); };
    session.write("");
    session.write("Disk " + device + ", device type " + item("DEVICE_TYPE_NAME") +
                  ", is online, mounted, file-oriented device,");
    session.write("    shareable.");
    session.write("");
    char line[120];
    snprintf(line, sizeof line, "    %-24s%12s    %-24s%12s", "Error count",
             item("ERRCNT").c_str(), "Operations completed", item("OPCNT").c_str());
    session.write(line);
    snprintf(line, sizeof line, "    %-24s%12s    %-24s%12s", "Volume label",
             ("\"" + item("VOLNAM") + "\"").c_str(), "Total blocks", item("MAXBLOCK").c_str());
    session.write(line);
    snprintf(line, sizeof line, "    %-24s%12s    %-24s%12s", "Free blocks",
             item("FREEBLOCKS").c_str(), "Mount count", item("MOUNTCNT").c_str());
    session.write(line);
}

/* A terminal or the null device. */
void full_unit(Session &session, const std::string &device)
{
    auto item = [&](const char *name) { return device_item(session, device, name); };
    bool terminal = item("TRM") == "TRUE";
    session.write("");
    session.write((terminal ? "Terminal " : "Device ") + device + ", device type " +
                  item("DEVICE_TYPE_NAME") + ", is online, record-oriented device,");
    session.write(terminal ? "    carriage control." : "    shareable, mailbox device.");
    session.write("");
    const struct {
        const char *left, *left_item, *right, *right_item;
    } rows[] = {{"Error count", "ERRCNT", "Operations completed", "OPCNT"},
                {"Owner process ID", "PID", "Owner UIC", "OWNUIC"},
                {"Reference count", "REFCNT", "Default buffer size", "DEVBUFSIZ"}};
    char line[120];
    for (const auto &row : rows) {
        std::string value = item(row.left_item);
        snprintf(line, sizeof line, "    %-24s%12s    %-24s%12s", row.left,
                 value.empty() ? "00000000" : value.c_str(), row.right,
                 item(row.right_item).c_str());
        session.write(line);
    }
}

void show_devices(Session &session, const cli::Parsed &command)
{
    std::string wanted = wanted_device(command);
    bool full = has(command, "FULL"), mounted = has(command, "MOUNTED"), any = false;
    bool heads[2] = {false, false};
    for (const std::string &device : device_names()) {
        bool disk = device.compare(0, 2, "DK") == 0;
        if (device.compare(0, wanted.size(), wanted) != 0 || (mounted && !disk))
            continue;
        any = true;
        if (full) {
            (disk ? full_disk : full_unit)(session, device);
            continue;
        }
        if (!heads[disk]) {
            session.write("");
            session.write(disk ? "Device                  Device           Error    Volume         "
                                 "Free  Trans Mnt"
                               : "Device                  Device           Error");
            session.write(disk ? " Name                   Status           Count     Label        "
                                 "Blocks Count Cnt"
                               : " Name                   Status           Count");
            heads[disk] = true;
        }
        if (disk) {
            disk_line(session, device);
        } else {
            char line[80];
            snprintf(line, sizeof line, "%-23s %-16s %5d", device.c_str(), "Online", 0);
            session.write(line);
        }
    }
    if (!any)
        throw Failure(SS$_NOSUCHDEV);
}

unsigned long pages(int name)
{
    return static_cast<unsigned long>(sysconf(name)) *
           (static_cast<unsigned long>(sysconf(_SC_PAGESIZE)) / 1024) / (PAGE_BYTES / 1024);
}

void show_memory(Session &session, const cli::Parsed &)
{
    unsigned long total = pages(_SC_PHYS_PAGES), free = pages(_SC_AVPHYS_PAGES);
    size_t used = list_processes().size();
    char line[120];
    session.write("              System Memory Resources on " +
                  time_text(static_cast<int64_t>(now())));
    session.write("");
    session.write("Physical Memory Usage (pages):     Total        Free      In Use    Modified");
    snprintf(line, sizeof line, "  Main Memory (%7.2fGB)   %12lu%12lu%12lu%12d",
             static_cast<double>(total) * PAGE_BYTES / (1024.0 * 1024 * 1024), total, free,
             total - free, 0);
    session.write(line);
    session.write("");
    session.write("Slot Usage (slots):                Total        Free    Resident     Swapped");
    snprintf(line, sizeof line, "  Process Entry Slots       %12u%12zu%12zu%12d", PROCESS_MAX,
             PROCESS_MAX - used, used, 0);
    session.write(line);
}

void show_cpu(Session &session, const cli::Parsed &)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    std::string range = count > 1 ? "0-" + std::to_string(count - 1) : "0";
    session.write("");
    session.write("System: " + node_name() + ", OpenVMS services on Linux");
    session.write("");
    session.write("CPU ownership sets:");
    session.write("   Active               " + range);
    session.write("   Configure            " + range);
}

void show_error(Session &session, const cli::Parsed &)
{
    session.show_line("%SHOW-S-NOERRORS, no device errors found");
}

void show_network(Session &session, const cli::Parsed &)
{
    std::string host;
    NameAnswer answer;
    for (const char *name : {"TCPIP$INET_HOST", "TCPIP$INET_DOMAIN"})
        if (translate_name("LNM$SYSTEM", name, PSL$C_USER, true, &answer) &&
            !answer.values.empty())
            host += (host.empty() ? "" : ".") + answer.values[0].text;
    if (host.empty()) {
        char name[256] = "";
        gethostname(name, sizeof name - 1);
        host = name;
    }
    session.write("");
    session.write("Product:  TCP/IP        Node:  " + host);
}

const VerbRow rows[] = {
    {"SHOW_DEVICES", show_devices, IMAGE},
    {"SHOW_MEMORY", show_memory, IMAGE},
    {"SHOW_CPU", show_cpu, IMAGE},
    {"SHOW_ERROR", show_error, IMAGE},
    {"SHOW_NETWORK", show_network, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
