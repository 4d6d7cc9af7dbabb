/*
**  system_info - $GETSYI and the SYSGEN parameters
**
**  Parameters have OpenVMS's defaults; lines "NAME value" of VMSROOT/.shim/sysgen override them.
*/
#include "event_flags.h"
#include "process_table.h"
#include "shim.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <starlet.h>
#include <syidef.h>
#include <unistd.h>

namespace shim {

namespace {

const uint32_t NODES_OF_AREA = 1024; /* DECnet's: SCSSYSTEMID is area * 1024 + node */

struct Parameter {
    unsigned short code;
    const char *name;
    uint32_t value;
};

const Parameter parameter_table[] = {
    {SYI$_LGI_RETRY_LIM, "LGI_RETRY_LIM", 3},
    {SYI$_LGI_RETRY_TMO, "LGI_RETRY_TMO", 20},
    {SYI$_LGI_BRK_LIM, "LGI_BRK_LIM", 5},
    {SYI$_LGI_BRK_TMO, "LGI_BRK_TMO", 300},
    {SYI$_LGI_HID_TIM, "LGI_HID_TIM", 300},
    {SYI$_LGI_PWD_TMO, "LGI_PWD_TMO", 30},
    {SYI$_LGI_BRK_TERM, "LGI_BRK_TERM", 1},
    {SYI$_LGI_BRK_DISUSER, "LGI_BRK_DISUSER", 0},
    {SYI$_MAXPROCESSCNT, "MAXPROCESSCNT", PROCESS_MAX},
    {SYI$_MAXSYSGROUP, "MAXSYSGROUP", 8},
    {SYI$_MAXBUF, "MAXBUF", 8192},
    {SYI$_DEFMBXBUFQUO, "DEFMBXBUFQUO", 1056},
    {SYI$_DEFMBXMXMSG, "DEFMBXMXMSG", 256},
    {SYI$_SCSSYSTEMID, "SCSSYSTEMID", 1025},
    {SYI$_CLISYMTBL, "CLISYMTBL", 750},
    {SYI$_MULTITHREAD, "MULTITHREAD", 1},
    {SYI$_ERRORLOGBUFFERS, "ERRORLOGBUFFERS", 16},
};

bool overridden(const char *name, uint32_t *value)
{
    FILE *file = fopen(store_path("sysgen").c_str(), "re");
    if (!file)
        return false;
    char line[200], word[64];
    unsigned found;
    bool result = false;
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "%63s %u", word, &found) == 2 && strcmp(word, name) == 0) {
            *value = found;
            result = true;
        }
    fclose(file);
    return result;
}

/* Pages of 8192 bytes. */
uint32_t memory_pages(int name)
{
    return static_cast<uint32_t>(static_cast<uint64_t>(sysconf(name)) *
                                 static_cast<uint64_t>(sysconf(_SC_PAGESIZE)) / 8192);
}

/* What this system does not have, or has none of. */
const unsigned short nothing_table[] = {
    SYI$_CPU, SYI$_SID, SYI$_XCPU, SYI$_XSID, /* of a VAX */
    SYI$_HW_MODEL, /* as x86-64 answers: in what once was the range of VAXes */
    SYI$_VECTOR_EMULATOR, SYI$_CHARACTER_EMULATED, SYI$_DECIMAL_EMULATED,
    SYI$_CLUSTER_MEMBER, SYI$_NODE_CSID, SYI$_NODE_VOTES, SYI$_NODE_EVOTES, SYI$_NODE_QUORUM,
    SYI$_CLUSTER_VOTES, SYI$_CLUSTER_EVOTES, SYI$_CLUSTER_QUORUM, SYI$_SCS_EXISTS,
    SYI$_GALAXY_MEMBER, SYI$_SWAPFILE_FREE, SYI$_SWAPFILE_PAGE, SYI$_PRIMARY_CPUID};

const struct {
    unsigned short code;
    const char *text;
} text_table[] = {
    {SYI$_VERSION, "V8.4    "},
    {SYI$_HW_NAME, "OpenVMS services on Linux"},
    {SYI$_NODE_SWVERS, "V8.4"},
    {SYI$_NODE_SWTYPE, "VMS "},
    {SYI$_NODE_HWTYPE, "X86E"},
    {SYI$_ARCH_NAME, "x86_64"},
    {SYI$_NODE_HWVERS, "000000000000"},
};

uint32_t answer_item(const Item &item)
{
    for (const Parameter &parameter : parameter_table)
        if (parameter.code == item.code)
            return put_long(item, system_parameter(parameter.name));
    for (const auto &row : text_table)
        if (row.code == item.code)
            return put_string(item, row.text);
    for (unsigned short code : nothing_table)
        if (code == item.code)
            return put_long(item, 0);
    switch (item.code) {
    case SYI$_NODENAME:
    case SYI$_SCSNODE:
        return put_string(item, node_name());
    case SYI$_SYSTEM_RIGHTS:
        return put_string(item, "SYS$NODE_" + node_name());
    case SYI$_NODE_AREA:
        return put_long(item, system_parameter("SCSSYSTEMID") / NODES_OF_AREA);
    case SYI$_NODE_NUMBER:
        return put_long(item, system_parameter("SCSSYSTEMID") % NODES_OF_AREA);
    case SYI$_RAD_MAX_RADS:
        return put_long(item, 1);
    case SYI$_PTES_PER_PAGE:
        return put_long(item, 8192 / 8);
    case SYI$_NODE_SYSTEMID:
        return put_long(item, system_parameter("SCSSYSTEMID"));
    case SYI$_MEMSIZE:
    case SYI$_PHYSICALPAGES:
        return put_long(item, memory_pages(_SC_PHYS_PAGES));
    case SYI$_PAGEFILE_FREE:
        return put_long(item, memory_pages(_SC_AVPHYS_PAGES));
    case SYI$_PAGEFILE_PAGE:
        return put_long(item, memory_pages(_SC_PHYS_PAGES));
    case SYI$_ARCH_TYPE:
        return put_long(item, 4);
    case SYI$_CLUSTER_NODES:
        return put_long(item, 1);
    case SYI$_PAGE_SIZE:
        return put_long(item, 8192);
    case SYI$_AVAILCPU_CNT:
    case SYI$_ACTIVECPU_CNT:
        return put_long(item, static_cast<uint32_t>(sysconf(_SC_NPROCESSORS_ONLN)));
    case SYI$_MAX_CPUS:
    case SYI$_POTENTIALCPU_CNT:
    case SYI$_POWEREDCPU_CNT:
    case SYI$_PRESENTCPU_CNT:
        return put_long(item, static_cast<uint32_t>(sysconf(_SC_NPROCESSORS_CONF)));
    case SYI$_BOOTTIME:
        return put_quad(item, page().boot_time);
    }
    trace("sys$getsyi: unknown item %u", item.code);
    return SS$_BADPARAM;
}

/* *csidadr -1 asks for each node in turn; there is this one. */
uint32_t choose_node(unsigned int *csidadr, void *nodename)
{
    const uint32_t wildcard_done = 0xFFFF0001;
    if (nodename) {
        std::string name;
        uint32_t status = get_text(static_cast<dsc$descriptor_s *>(nodename), &name);
        if (!(status & 1))
            return status;
        name.erase(name.find_last_not_of(' ') + 1);
        return name == node_name() ? SS$_NORMAL : SS$_NOSUCHNODE;
    }
    if (!csidadr || *csidadr == 0)
        return SS$_NORMAL;
    if (*csidadr == wildcard_done)
        return SS$_NOMORENODE;
    if (*csidadr != 0xFFFFFFFF)
        return SS$_NOSUCHNODE;
    *csidadr = wildcard_done;
    return SS$_NORMAL;
}

uint32_t get_information(unsigned int *csidadr, void *nodename, void *itmlst)
{
    std::vector<Item> items;
    uint32_t status = read_items(static_cast<const ILE3 *>(itmlst), &items);
    if (status & 1)
        status = choose_node(csidadr, nodename);
    for (size_t i = 0; (status & 1) && i < items.size(); ++i)
        status = answer_item(items[i]);
    return status;
}

} // namespace

uint32_t system_parameter(const char *name)
{
    uint32_t value = 0;
    if (overridden(name, &value))
        return value;
    for (const Parameter &parameter : parameter_table)
        if (strcmp(parameter.name, name) == 0)
            return parameter.value;
    trace("unknown SYSGEN parameter %s", name);
    return 0;
}

} // namespace shim

using namespace shim;

extern "C" {

int sys$getsyi(unsigned int efn, unsigned int *csidadr, void *nodename, void *itmlst,
               struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm)
{
    SHIM_SERVICE("sys$getsyi");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return complete_request(get_information(csidadr, nodename, itmlst), efn, iosb, astadr, astprm);
}

int sys$getsyiw(unsigned int efn, unsigned int *csidadr, void *nodename, void *itmlst,
                struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm)
{
    SHIM_SERVICE("sys$getsyiw");
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return complete_request(get_information(csidadr, nodename, itmlst), efn, iosb, astadr, astprm);
}
}
