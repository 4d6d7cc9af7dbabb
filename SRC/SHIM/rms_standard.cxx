/*
**  rms_standard - the logical names and directories of the system disk; the default directory
**
**  As STARTUP.COM leaves them: SYS$SYSROOT is the search list of the node's own root SYS0 and of
**  the common root VMS$COMMON, and the system directories are named through it.
*/
#include "rms_spec.h"
#include "shim.h"
#include "system_page.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <lnmdef.h>
#include <mutex>
#include <psldef.h>
#include <rms.h>
#include <starlet.h>
#include <sys/stat.h>

namespace shim {

namespace {

struct Definition {
    const char *name, *first, *second;
    uint32_t attributes; /* of the first translation */
};

const uint32_t ROOT = LNM$M_CONCEALED | LNM$M_TERMINAL;
const Definition DEFINITIONS[] = {
    {"SYS$SYSDEVICE", "DKA0:", 0, ROOT},
    {"SYS$DISK", "SYS$SYSDEVICE:", 0, 0},
    {"SYS$COMMON", "SYS$SYSDEVICE:[VMS$COMMON.]", 0, ROOT},
    {"SYS$SPECIFIC", "SYS$SYSDEVICE:[SYS0.]", 0, ROOT},
    {"SYS$SYSROOT", "SYS$SYSDEVICE:[SYS0.]", "SYS$COMMON:", ROOT},
    {"SYS$SYSTEM", "SYS$SYSROOT:[SYSEXE]", 0, 0},
    {"SYS$MANAGER", "SYS$SYSROOT:[SYSMGR]", 0, 0},
    {"SYS$LIBRARY", "SYS$SYSROOT:[SYSLIB]", 0, 0},
    {"SYS$SHARE", "SYS$SYSROOT:[SYSLIB]", 0, 0},
    {"SYS$MESSAGE", "SYS$SYSROOT:[SYSMSG]", 0, 0},
    {"SYS$HELP", "SYS$SYSROOT:[SYSHLP]", 0, 0},
    {"SYS$UPDATE", "SYS$SYSROOT:[SYSUPD]", 0, 0},
    {"SYS$STARTUP", "SYS$SYSROOT:[SYS$STARTUP]", 0, 0},
    {"SYS$EXAMPLES", "SYS$SYSROOT:[SYSHLP.EXAMPLES]", 0, 0},
};
const char *const DIRECTORIES[] = {"SYSEXE", "SYSMGR", "SYSLIB",      "SYSMSG", "SYSHLP",
                                   "SYSUPD", "SYSERR", "SYS$STARTUP", "SYSHLP/EXAMPLES"};

/* All that $CRELNM gets to see: 32-bit addressable. */
struct Request {
    dsc$descriptor_s table, name;
    ILE3 items[5];
    uint32_t attributes[2];
    char table_text[32], name_text[32], text[2][64];
};

void set_text(dsc$descriptor_s &descriptor, char *buffer, const char *text)
{
    strcpy(buffer, text);
    descriptor.dsc$w_length = static_cast<unsigned short>(strlen(text));
    descriptor.dsc$b_dtype = DSC$K_DTYPE_T;
    descriptor.dsc$b_class = DSC$K_CLASS_S;
    descriptor.dsc$a_pointer = buffer;
}

void set_item(ILE3 &item, unsigned short code, void *buffer, size_t size)
{
    item.ile3$w_length = static_cast<unsigned short>(size);
    item.ile3$w_code = code;
    item.ile3$ps_bufaddr = buffer;
    item.ile3$ps_retlen_addr = 0;
}

uint32_t define(Request &request, const Definition &definition)
{
    const char *texts[2] = {definition.first, definition.second};
    memset(&request, 0, sizeof request);
    set_text(request.table, request.table_text, "LNM$SYSTEM_TABLE");
    set_text(request.name, request.name_text, definition.name);
    request.attributes[0] = definition.attributes;
    unsigned count = 0;
    for (unsigned i = 0; i < 2 && texts[i]; ++i) {
        strcpy(request.text[i], texts[i]);
        set_item(request.items[count++], LNM$_ATTRIBUTES, &request.attributes[i], 4);
        set_item(request.items[count++], LNM$_STRING, request.text[i], strlen(texts[i]));
    }
    unsigned char mode = PSL$C_EXEC;
    return static_cast<uint32_t>(
        sys$crelnm(0, &request.table, &request.name, &mode, request.items));
}

bool make_directory(const std::string &path)
{
    return mkdir(path.c_str(), 0770) == 0 || errno == EEXIST;
}

std::mutex default_mutex;
std::string chosen; /* under default_mutex; empty: as it was at the start */
uint32_t chosen_at; /* directory_changes of the process when it was read from its row */

void forget_default()
{
    chosen.clear();
    chosen_at = 0;
}
RootChange default_change(forget_default);

/* default_mutex is held.  An interpreter or another image of this process may have changed it. */
void read_shared_default()
{
    ProcessSlot &slot = own_slot();
    if (!slot.names_shared.load() || chosen_at == slot.directory_changes.load())
        return;
    SystemLock lock;
    chosen_at = slot.directory_changes.load();
    chosen = slot.directory;
}

/* default_mutex is held. */
void write_shared_default()
{
    ProcessSlot &slot = own_slot();
    SystemLock lock;
    set_field(slot.directory, chosen);
    chosen_at = slot.directory_changes.fetch_add(1) + 1;
}

} // namespace

uint32_t define_standard_logicals()
{
    for (const char *top : {"SYS0", "VMS$COMMON"}) {
        std::string path = root() + "/" + top;
        bool made = make_directory(path);
        for (const char *directory : DIRECTORIES)
            made = made && make_directory(path + "/" + directory);
        if (!made)
            return RMS$_CRE;
    }
    Request *request = static_cast<Request *>(arena_get(sizeof(Request)));
    if (!request)
        return SS$_INSFMEM;
    uint32_t status = SS$_NORMAL;
    for (const Definition &definition : DEFINITIONS)
        if (status & 1)
            status = define(*request, definition);
    arena_free(request, sizeof(Request));
    return status & 1 ? static_cast<uint32_t>(SS$_NORMAL) : status;
}

std::string default_directory()
{
    std::lock_guard<std::mutex> guard(default_mutex);
    read_shared_default();
    if (!chosen.empty())
        return chosen;
    const char *value = getenv("SHIM_DEFAULT");
    return value && *value == '[' ? value : "[000000]";
}

} // namespace shim

extern "C" int sys$setddir(void *newdir, unsigned short *length, void *curdir)
{
    SHIM_SERVICE("sys$setddir");
    using namespace shim;
    std::string text, old = default_directory();
    uint32_t status = RMS$_NORMAL;
    if (newdir && !((status = get_text(static_cast<dsc$descriptor_s *>(newdir), &text)) & 1))
        return static_cast<int>(status);
    rms::Parts parts, base;
    rms::Directory was, now_set;
    if (newdir) {
        status = rms::split_spec(text, &parts);
        if (status & 1 && (!parts.has_directory || !parts.device.empty() || !parts.name.empty()))
            status = RMS$_DIR;
        rms::split_spec(old, &base);
        rms::resolve_directory(base.directory, rms::Directory(), &was);
        if (status & 1)
            status = rms::resolve_directory(parts.directory, was, &now_set);
        if (!(status & 1))
            return static_cast<int>(status);
    }
    if (curdir)
        status = put_text(static_cast<dsc$descriptor_s *>(curdir), old, length);
    if (newdir) {
        std::lock_guard<std::mutex> guard(default_mutex);
        chosen = "[" + rms::format_directory(now_set) + "]";
        write_shared_default();
    }
    return static_cast<int>(status & 1 ? RMS$_NORMAL : status);
}
