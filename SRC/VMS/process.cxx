/*
**  process - $GETJPI, $GETSYI, $SETPRV, $HIBER, $WAKE, $DCLEXH
**
**  Privileges are counted per process: two threads that need SYSPRV at once must not switch it off
**  under each other.  SS$_NOTALLPRIV has the low bit set and means refused here.
*/
#include "VMS/process.h"

#include <pthread.h>

#include <efndef.h>
#include <jpidef.h>
#include <prvdef.h>
#include <ssdef.h>
#include <starlet.h>
#include <syidef.h>
#include <unistd.h>

#include "descriptor.h"
#include "itemlist.h"

namespace mail {

static const unsigned int NO_HIBERNATION_MS = 50;

static std::string job_item(int code, size_t size, boost::uint32_t *number)
{
    LowScratch scratch;
    ItemList<1> items(scratch);
    int item = items.out(code, size);
    IOSB iosb;
    int sts = sys$getjpiw(EFN$C_ENF, 0, 0, items.list(), &iosb, 0, 0);
    if (!(sts & 1) || !(iosb.iosb$l_getxxi_status & 1))
        return std::string();
    if (number)
        *number = items.number(item);
    return items.trimmed(item);
}

static Status system_item(int code, size_t size, std::string *text, boost::uint32_t *number)
{
    LowScratch scratch;
    ItemList<1> items(scratch);
    int item = items.out(code, size);
    IOSB iosb;
    Status status(
        static_cast<boost::uint32_t>(sys$getsyiw(EFN$C_ENF, 0, 0, items.list(), &iosb, 0, 0)));
    if (status.ok())
        status = Status(iosb.iosb$l_getxxi_status);
    if (status.ok() && text)
        *text = items.trimmed(item);
    if (status.ok() && number)
        *number = items.number(item);
    return status;
}

boost::uint32_t process_pid()
{
    boost::uint32_t pid = 0;
    job_item(JPI$_PID, 4, &pid);
    return pid;
}

std::string process_user()
{
    return job_item(JPI$_USERNAME, 12, 0);
}

boost::uint32_t process_uic()
{
    boost::uint32_t uic = 0;
    job_item(JPI$_UIC, 4, &uic);
    return uic;
}

boost::uint32_t process_cpu_time()
{
    boost::uint32_t hundredths = 0;
    job_item(JPI$_CPUTIM, 4, &hundredths);
    return hundredths;
}

std::string process_name()
{
    return job_item(JPI$_PRCNAM, 15, 0);
}

std::string process_node()
{
    std::string node;
    system_item(SYI$_SCSNODE, 8, &node, 0);
    if (node.empty())
        system_item(SYI$_NODENAME, 8, &node, 0);
    return node;
}

/* Neither changes while the process lives, and every message of ours has them in a line. */
static pthread_once_t system_once = PTHREAD_ONCE_INIT;
static std::string *system_text;

extern "C" {
static void find_system(void)
{
    std::string version, architecture, text = "OpenVMS";
    system_item(SYI$_VERSION, 8, &version, 0);
    system_item(SYI$_ARCH_NAME, 16, &architecture, 0);
    if (!version.empty())
        text += " " + version;
    if (!architecture.empty())
        text += " " + architecture;
    system_text = new std::string(text);
}
}

std::string process_system()
{
    pthread_once(&system_once, find_system);
    return *system_text;
}

bool process_is_network()
{
    boost::uint32_t mode = 0;
    job_item(JPI$_MODE, 4, &mode);
    return mode == JPI$K_NETWORK;
}

Status process_set_name(const std::string &name)
{
    LowScratch scratch;
    Descriptor text(scratch, name.substr(0, 15));
    return Status(static_cast<boost::uint32_t>(sys$setprn(text.get())));
}

Status process_system_parameter(SystemParameter parameter, boost::uint32_t *value)
{
    static const int code_table[] = {SYI$_LGI_BRK_LIM, SYI$_LGI_BRK_TMO, SYI$_LGI_HID_TIM};
    return system_item(code_table[parameter], 4, 0, value);
}

void process_hibernate()
{
    /* it does not fail on a sound system; a loop around it must not turn into a busy one */
    if (!(sys$hiber() & 1))
        usleep(NO_HIBERNATION_MS * 1000);
}

void process_wake()
{
    sys$wake(0, 0);
}

/* ---- exit handlers ---- */

/* The block that $DCLEXH links into its list; it must stay where it is. */
struct ExitBlock {
    void *link;
    void (*handler)(unsigned int *status, ExitBlock *block);
    unsigned int arguments;
    unsigned int *status_address;
    ExitBlock *self;
    unsigned int status;
    void (*routine)(void *);
    void *argument;
};

static const int EXIT_HANDLERS_MAX = 16;
static ExitBlock exit_blocks[EXIT_HANDLERS_MAX];
static int exit_count = 0;
static pthread_mutex_t exit_mutex = PTHREAD_MUTEX_INITIALIZER;

extern "C" {
static void mail_exit_handler(unsigned int *, ExitBlock *block)
{
    try {
        block->routine(block->argument);
    } catch (...) {
        /* the image is ending: nobody is left to be told */
    }
}
}

Status process_at_exit(void (*routine)(void *), void *argument)
{
    pthread_mutex_lock(&exit_mutex);
    ExitBlock *block = exit_count < EXIT_HANDLERS_MAX ? &exit_blocks[exit_count++] : 0;
    pthread_mutex_unlock(&exit_mutex);
    if (!block)
        return Status(SS$_EXQUOTA);
    block->handler = mail_exit_handler;
    block->arguments = 2;
    block->status_address = &block->status;
    block->self = block;
    block->routine = routine;
    block->argument = argument;
    return Status(static_cast<boost::uint32_t>(sys$dclexh(block)));
}

/* ---- privileges ---- */

static const boost::uint64_t one = 1;
static const int privilege_bit_table[PRIVILEGE_COUNT] = {28, 29, 18, 2, 0, 38, 19, 30, 16, 35};

struct PrivilegeUse {
    int holders;
    bool was_on; /* enabled before the first holder: stays on after the last */
};
static PrivilegeUse privilege_uses[PRIVILEGE_COUNT];
static pthread_mutex_t privilege_mutex = PTHREAD_MUTEX_INITIALIZER;

static Status set_privilege(Privilege privilege, bool enable, bool *was_on)
{
    GENERIC_64 mask, before;
    mask.gen64$q_quadword = one << privilege_bit_table[privilege];
    before.gen64$q_quadword = 0;
    Status status(static_cast<boost::uint32_t>(sys$setprv(enable ? 1 : 0, &mask, 0, &before)));
    if (was_on)
        *was_on = (before.gen64$q_quadword & mask.gen64$q_quadword) != 0;
    return status.sts() == SS$_NOTALLPRIV ? Status(SS$_NOPRIV) : status;
}

Status process_privileges_off()
{
    Status result;
    pthread_mutex_lock(&privilege_mutex);
    for (int i = 0; i < PRIVILEGE_COUNT; ++i) {
        if (privilege_uses[i].holders)
            continue;
        Status status = set_privilege(static_cast<Privilege>(i), false, 0);
        if (!status.ok())
            result = status;
    }
    pthread_mutex_unlock(&privilege_mutex);
    return result;
}

bool process_has(Privilege privilege)
{
    LowScratch scratch;
    ItemList<1> items(scratch);
    int item = items.out(JPI$_PROCPRIV, 8);
    IOSB iosb;
    int sts = sys$getjpiw(EFN$C_ENF, 0, 0, items.list(), &iosb, 0, 0);
    return (sts & 1) != 0 && (iosb.iosb$l_getxxi_status & 1) != 0 &&
           (items.quad(item) & (one << privilege_bit_table[privilege])) != 0;
}

PrivilegeGuard::PrivilegeGuard(Privilege privilege) : privilege_(privilege)
{
    pthread_mutex_lock(&privilege_mutex);
    PrivilegeUse &use = privilege_uses[privilege];
    if (use.holders == 0)
        status_ = set_privilege(privilege, true, &use.was_on);
    if (status_.ok())
        ++use.holders;
    pthread_mutex_unlock(&privilege_mutex);
}

PrivilegeGuard::~PrivilegeGuard()
{
    if (!status_.ok())
        return;
    pthread_mutex_lock(&privilege_mutex);
    PrivilegeUse &use = privilege_uses[privilege_];
    if (--use.holders == 0 && !use.was_on)
        set_privilege(privilege_, false, 0);
    pthread_mutex_unlock(&privilege_mutex);
}

} // namespace mail
