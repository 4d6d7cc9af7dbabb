/*
**  accounting - SJC$_WRITE_ACCOUNTING: records of type USER
**
**  SYS$MANAGER:ACCOUNTNG.DAT is VMSROOT/VMS$COMMON/SYSMGR/ACCOUNTNG.DAT;1: text here, a record a
**  line "time USER node user pid message", one write each.  Nobody needs a privilege.  No program
**  of ours reads the file, so the packets of ACRDEF are not imitated.
*/
#include "queue_manager.h"
#include "shim.h"
#include "system_text.h"

#include <cstdio>
#include <fcntl.h>
#include <jbcmsgdef.h>
#include <sjcdef.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim::job_control {

uint32_t QueueManager::write_accounting(const JobItems &items)
{
    if (!items.has(SJC$_ACCOUNTING_MESSAGE))
        return JBC$_MISREQPAR;
    std::string path = root();
    for (const char *part : {"/VMS$COMMON", "/SYSMGR"}) {
        path += part;
        mkdir(path.c_str(), 0777);
    }
    char pid[16];
    snprintf(pid, sizeof pid, "%08X", caller_.pid);
    std::string record = time_text(static_cast<int64_t>(now())) + " USER " + caller_.node + " " +
                         caller_.user + " " + pid + " ";
    for (char c : items.text(SJC$_ACCOUNTING_MESSAGE))
        record += static_cast<unsigned char>(c) < ' ' ? '.' : c;
    record += "\n";
    int fd = open((path + "/ACCOUNTNG.DAT;1").c_str(),
                  O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    bool written = fd >= 0 && write(fd, record.data(), record.size()) ==
                                  static_cast<ssize_t>(record.size());
    if (fd >= 0)
        close(fd);
    return written ? JBC$_NORMAL : JBC$_INTERNALERROR;
}

} // namespace shim::job_control
