/*
**  getdvi - $GETDVI of the devices that there are: system disk, null device, terminals, mailboxes
**
**  System Services Reference Manual.  A device name may be a logical name; its translation's device
**  is meant.  Everything is known at once.
*/
#include "event_flags.h"
#include "lnm.h"
#include "process_table.h"
#include "rms_spec.h"
#include "shim.h"

#include <dvidef.h>
#include <lnmdef.h>
#include <psldef.h>
#include <starlet.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>

#include <cstdlib>

namespace shim {

namespace {

enum DeviceKind { DISK, NULL_DEVICE, TERMINAL, MAILBOX };

struct Device {
    DeviceKind kind;
    std::string name; /* "DKA0" */
    uint32_t unit;
};

/* Through logical names to a physical device name without colon. */
uint32_t physical_name(const std::string &given, std::string *name)
{
    std::string at = lnm::fold(given);
    for (unsigned depth = 0; depth <= LNM$C_MAXDEPTH; ++depth) {
        size_t colon = at.find(':');
        at = at.substr(0, colon);
        if (at.empty())
            return SS$_IVDEVNAM;
        if (at[0] == '_') {
            *name = at.substr(1);
            return SS$_NORMAL;
        }
        lnm::View &view = lnm::view();
        const lnm::View::Resolved &tables = lnm::resolve(view, "LNM$FILE_DEV", PSL$C_USER);
        const lnm::Entry *entry = nullptr;
        for (const lnm::Table *table : tables.tables)
            if ((entry = lnm::find_entry(*table, at, at, PSL$C_USER, true)))
                break;
        if (!entry || entry->translations.empty()) {
            *name = at;
            return SS$_NORMAL;
        }
        std::string next = entry->translations[0].text;
        const size_t permanent = 4; /* ESC, NUL and two bytes before the device of an open file */
        at = next.size() > permanent && next[0] == '\x1b' ? next.substr(permanent) : next;
    }
    return SS$_TOOMANYLNAM;
}

uint32_t find_device(const std::string &given, Device *device)
{
    std::string name;
    uint32_t status = physical_name(given, &name);
    if (!(status & 1))
        return status;
    if (name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$_") != std::string::npos)
        return SS$_IVDEVNAM;
    if (name == "SYS$SYSDEVICE" || name == "DKA0" || name == "$1$DKA0") {
        *device = Device{DISK, "DKA0", 0};
        return SS$_NORMAL;
    }
    std::string kind = name.substr(0, 3);
    uint32_t unit = static_cast<uint32_t>(strtoul(name.c_str() + kind.size(), nullptr, 10));
    if (name == "NL" || name == "NLA" || name == "NLA0")
        *device = Device{NULL_DEVICE, "NLA0", 0};
    else if (kind == "FTA" || kind == "TTA" || kind == "OPA")
        *device = Device{TERMINAL, name, unit};
    else if (kind == "MBA")
        *device = Device{MAILBOX, name, unit};
    else
        return SS$_NOSUCHDEV;
    return SS$_NORMAL;
}

uint32_t device_class(const Device &device)
{
    switch (device.kind) {
    case DISK: return DC$_DISK;
    case TERMINAL: return DC$_TERM;
    default: return DC$_MAILBOX;
    }
}

/* Blocks of the host's file system, as far as a longword tells. */
uint32_t blocks(bool available)
{
    struct statvfs st;
    if (statvfs(root().c_str(), &st) < 0)
        return 0;
    uint64_t bytes = (available ? st.f_bavail : st.f_blocks) * static_cast<uint64_t>(st.f_frsize);
    const uint64_t most = 0x7fffffff;
    return static_cast<uint32_t>(bytes / 512 < most ? bytes / 512 : most);
}

uint32_t terminal_width()
{
    struct winsize size;
    return ioctl(0, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

uint32_t answer_text(const Item &item, const Device &device, bool *known)
{
    *known = true;
    switch (item.code) {
    case DVI$_DEVNAM:
    case DVI$_FULLDEVNAM:
    case DVI$_ALLDEVNAM:
    case DVI$_ROOTDEVNAM:
        return put_string(item, "_" + device.name + ":");
    case DVI$_VOLNAM:
        return put_string(item, device.kind == DISK ? "VMSSYS" : "");
    case DVI$_LOGVOLNAM:
        return put_string(item, device.kind == DISK ? "SYS$SYSDEVICE" : "");
    case DVI$_HOST_NAME:
        return put_string(item, node_name());
    case DVI$_HOST_TYPE:
        return put_string(item, "X86E");
    case DVI$_ALT_HOST_NAME:
    case DVI$_ALT_HOST_TYPE:
    case DVI$_MEDIA_NAME:
    case DVI$_MEDIA_TYPE:
    case DVI$_NEXTDEVNAM:
    case DVI$_TT_ACCPORNAM:
    case DVI$_TT_PHYDEVNAM:
        return put_string(item, "");
    case DVI$_DEVICE_TYPE_NAME:
        return put_string(item, device.kind == TERMINAL ? "VT400_Series"
                                : device.kind == DISK   ? "Host device"
                                : device.kind == MAILBOX ? "Mailbox"
                                                         : "Null device");
    }
    *known = false;
    return SS$_NORMAL;
}

/* What no device here is, has or has counted. */
const unsigned short nothing_table[] = {
    DVI$_ALL, DVI$_ALLOCLASS, DVI$_ALT_HOST_AVAIL, DVI$_MULTIPATH, DVI$_QLEN, DVI$_RCK, DVI$_RCT,
    DVI$_RTM, DVI$_SERVED_DEVICE, DVI$_SET_HOST_TERMINAL, DVI$_SHDW_MASTER, DVI$_TT_INSERT,
    DVI$_TT_MODEM, DVI$_TT_NOECHO, DVI$_VOLSETMEM, DVI$_WCK, DVI$_DMT, DVI$_DUA, DVI$_ELG,
    DVI$_ERRCNT, DVI$_FOR, DVI$_GEN, DVI$_NET, DVI$_OPCNT, DVI$_OPR, DVI$_OWNUIC, DVI$_PID,
    DVI$_REFCNT, DVI$_SPL, DVI$_SQD, DVI$_STS, DVI$_SWL, DVI$_REMOTE_DEVICE, DVI$_SHDW_MEMBER,
    DVI$_CONCEALED};

uint32_t answer_item(const Item &item, const Device &device)
{
    bool known, disk = device.kind == DISK, terminal = device.kind == TERMINAL;
    uint32_t status = answer_text(item, device, &known);
    if (known)
        return status;
    for (unsigned short code : nothing_table)
        if (code == item.code)
            return put_long(item, 0);
    switch (item.code) {
    case DVI$_DEVCLASS: return put_long(item, device_class(device));
    case DVI$_DEVTYPE: return put_long(item, 0);
    case DVI$_UNIT: return put_long(item, device.unit);
    case DVI$_DEVBUFSIZ: return put_long(item, terminal ? terminal_width() : 512);
    case DVI$_FREEBLOCKS: return put_long(item, disk ? blocks(true) : 0);
    case DVI$_EXPSIZE:
    case DVI$_MAXBLOCK:
    case DVI$_VOLSIZE: return put_long(item, disk ? blocks(false) : 0);
    case DVI$_CLUSTER: return put_long(item, disk ? 8 : 0);
    case DVI$_VOLCOUNT:
    case DVI$_VOLNUMBER:
    case DVI$_MOUNTCNT:
    case DVI$_MNT:
    case DVI$_TRANSCNT:
    case DVI$_DIR:
    case DVI$_FOD:
    case DVI$_RND: return put_long(item, disk);
    case DVI$_TRM:
    case DVI$_CCL:
    case DVI$_TT_HOSTSYNC:
    case DVI$_TT_LOWER:
    case DVI$_TT_SCOPE:
    case DVI$_TT_WRAP:
    case DVI$_TT_DECCRT:
    case DVI$_TT_ANSICRT:
    case DVI$_TT_EDITING:
    case DVI$_TT_EIGHTBIT: return put_long(item, terminal);
    case DVI$_TT_PAGE: return put_long(item, terminal ? 24 : 0);
    case DVI$_REC: return put_long(item, !disk);
    case DVI$_MBX: return put_long(item, device.kind == MAILBOX);
    case DVI$_AVL:
    case DVI$_HOST_AVAIL:
    case DVI$_HOST_COUNT:
    case DVI$_IDV:
    case DVI$_ODV:
    case DVI$_SHR: return put_long(item, 1);
    }
    trace("sys$getdvi: unknown item %u", item.code);
    return SS$_BADPARAM;
}

uint32_t get_information(unsigned short chan, void *devnam, void *itmlst)
{
    if (chan)
        return SS$_IVCHAN; /* no channels */
    std::string name;
    std::vector<Item> items;
    Device device;
    uint32_t status = get_text(static_cast<dsc$descriptor_s *>(devnam), &name);
    if (status & 1)
        status = read_items(static_cast<const ILE3 *>(itmlst), &items);
    if (status & 1)
        status = find_device(name, &device);
    for (size_t i = 0; (status & 1) && i < items.size(); ++i)
        status = answer_item(items[i], device);
    return status;
}

} // namespace

} // namespace shim

using namespace shim;

extern "C" int sys$getdviw(unsigned int efn, unsigned short chan, void *devnam, void *itmlst,
                           struct _iosb *iosb, void (*astadr)(unsigned long long),
                           unsigned long long astprm, void *nullarg)
{
    SHIM_SERVICE("sys$getdviw");
    (void)nullarg;
    uint32_t status = check_flag(efn);
    if (!(status & 1))
        return static_cast<int>(status);
    return complete_request(get_information(chan, devnam, itmlst), efn, iosb, astadr, astprm);
}
