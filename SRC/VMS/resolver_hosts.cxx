/*
**  resolver_hosts - the local hosts file
**
**  Read whole and kept; looked at again after LOOK_SECONDS of the movable clock.  No file: no
**  hosts.  A file that cannot be read now leaves what was read before.
*/
#include "VMS/resolver.h"

#include <pthread.h>

#include "VMS/recfile.h"
#include "VMS/thread.h"
#include "VMS/vmstime.h"

namespace mail {

static const boost::uint32_t LOOK_SECONDS = 30;
static const size_t HOSTS_FILE_MAX = 4 * 1024 * 1024;

struct HostRow {
    NetAddress address;
    std::vector<std::string> names; /* the first is the official one */
};

struct HostsTable {
    Mutex mutex;
    VmsTime next_look;
    std::vector<HostRow> rows;
    bool known; /* the file has been read, or there was none */
    HostsTable() : next_look(0), known(false) {}
};

static pthread_once_t hosts_once = PTHREAD_ONCE_INIT;
static HostsTable *hosts;

extern "C" {
static void mail_make_hosts_table()
{
    hosts = new HostsTable;
}
}

static std::string next_word(const std::string &line, size_t *at)
{
    size_t begin = line.find_first_not_of(" \t", *at);
    if (begin == std::string::npos || line[begin] == '!' || line[begin] == '#') {
        *at = line.size();
        return std::string();
    }
    size_t end = line.find_first_of(" \t!#", begin);
    if (end == std::string::npos)
        end = line.size();
    *at = end;
    return line.substr(begin, end - begin);
}

static std::string lower_case(const std::string &text)
{
    std::string lower = text;
    for (size_t i = 0; i < lower.size(); ++i)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = static_cast<char>(lower[i] - 'A' + 'a');
    return lower;
}

static void read_line(const std::string &line, std::vector<HostRow> *rows)
{
    size_t at = 0;
    HostRow row;
    if (!net_parse_address(next_word(line, &at), &row.address))
        return;
    for (std::string name = next_word(line, &at); !name.empty(); name = next_word(line, &at))
        row.names.push_back(lower_case(name));
    if (!row.names.empty())
        rows->push_back(row);
}

/* REQUIRES: the mutex. */
static void look_again(HostsTable &table)
{
    VmsTime now = vmstime_now();
    if (now < table.next_look)
        return;
    table.next_look = now + static_cast<VmsTime>(LOOK_SECONDS) * VMSTIME_UNITS_PER_SECOND;
    std::string text;
    std::vector<HostRow> rows;
    Status status = file_read_text("SYS$SYSTEM:TCPIP$HOSTS.TXT", "", HOSTS_FILE_MAX, "\n", &text);
    if (!status.ok() && !status.not_found())
        return;
    size_t begin = 0;
    for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
        read_line(text.substr(begin, end - begin), &rows);
        begin = end + 1;
    }
    table.rows.swap(rows);
    table.known = true;
}

bool hosts_find(const std::string &name, std::vector<NetAddress> *addresses, bool *known)
{
    pthread_once(&hosts_once, mail_make_hosts_table);
    std::string wanted = lower_case(name);
    if (!wanted.empty() && wanted[wanted.size() - 1] == '.')
        wanted.erase(wanted.size() - 1);
    bool found = false;
    MutexGuard guard(hosts->mutex);
    look_again(*hosts);
    for (size_t i = 0; i < hosts->rows.size(); ++i) {
        const HostRow &row = hosts->rows[i];
        for (size_t n = 0; n < row.names.size(); ++n) {
            if (row.names[n] != wanted)
                continue;
            addresses->push_back(row.address);
            found = true;
            break;
        }
    }
    if (known)
        *known = hosts->known;
    return found;
}

bool hosts_name(const NetAddress &address, std::string *name)
{
    pthread_once(&hosts_once, mail_make_hosts_table);
    MutexGuard guard(hosts->mutex);
    look_again(*hosts);
    for (size_t i = 0; i < hosts->rows.size(); ++i) {
        if (!hosts->rows[i].address.same_host(address))
            continue;
        *name = hosts->rows[i].names[0];
        return true;
    }
    return false;
}

} // namespace mail
