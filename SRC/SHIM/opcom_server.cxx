/*
**  opcom_server - $SNDOPR and the operator's log file
**
**  SYS$MANAGER:OPERATOR.LOG is VMSROOT/VMS$COMMON/SYSMGR/OPERATOR.LOG;1, one write per message, so
**  that messages of several processes never mix.  Terminals of REPLY/ENABLE see them too: the lines
**  "PID MASK" of VMSROOT/.shim/operators.  Nobody answers requests: one that wants a reply is
**  logged and answered OPC$_NOPERATOR, as VMS does without operator.  spec/vms-api.md 7.4.
*/
#include "process_table.h"
#include "shim.h"
#include "system_text.h"

#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <opcdef.h>
#include <prvdef.h>
#include <starlet.h>

namespace
{

const size_t header_size = 8;
const uint32_t all_classes = 0xffffff;

/* Lines end with LF in the log, whatever the sender used; other controls show as dots. */
std::string log_text(const std::string &text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); i++) {
        unsigned char c = text[i];
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
            continue;
        out += c == '\n' || c == '\t' || (c >= ' ' && c != 0x7f) ? static_cast<char>(c) : '.';
    }
    return out;
}

int open_log()
{
    std::string path = shim::root();
    for (const char *part : {"/VMS$COMMON", "/SYSMGR"}) {
        path += part;
        mkdir(path.c_str(), 0777);
    }
    return open((path + "/OPERATOR.LOG;1").c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
                0666);
}

/* Nothing waits for a terminal that is held. */
void tell_operators(const std::string &record, uint32_t classes)
{
    FILE *file = fopen(shim::store_path("operators").c_str(), "re");
    if (!file)
        return;
    std::string shown = "\r\n";
    for (char c : record)
        shown += c == '\n' ? std::string("\r\n") : std::string(1, c);
    unsigned pid, mask;
    while (fscanf(file, "%x %x", &pid, &mask) == 2) {
        shim::ProcessEntry entry;
        const shim::ProcessSlot *slot = shim::slot_of(pid);
        if (!(mask & classes) || !slot || !slot->terminal[0] || !shim::find_process(pid, &entry))
            continue;
        int fd = open(shim::terminal_path(slot->terminal).c_str(),
                      O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        if (fd >= 0 && write(fd, shown.data(), shown.size()) < 0)
            shim::trace("an operator's terminal takes nothing");
        if (fd >= 0)
            close(fd);
    }
    fclose(file);
}

void append(const std::string &heading, const std::string &text, uint32_t classes)
{
    std::string record = "%%%%%%%%%%%  OPCOM  " +
                         shim::time_text(static_cast<int64_t>(shim::now())) + "  %%%%%%%%%%%\n" +
                         heading + "\n" + log_text(text) + "\n\n";
    int fd = open_log();
    if (fd < 0 || write(fd, record.data(), record.size()) != static_cast<ssize_t>(record.size()))
        shim::trace("OPERATOR.LOG cannot be written");
    if (fd >= 0)
        close(fd);
    tell_operators(record, classes);
}

uint32_t request(uint32_t id, const std::string &text, bool reply, uint32_t classes)
{
    shim::Identity me = shim::self();
    std::string from = "user " + me.user + " on " + shim::node_name();
    if (reply)
        append("Request " + std::to_string(id) + ", from " + from, text, classes);
    else
        append("Message from " + from, text, classes);
    return reply ? OPC$_NOPERATOR : SS$_NORMAL;
}

} // namespace

namespace shim
{

void operator_message(const std::string &from_user, const std::string &text)
{
    append("Message from user " + from_user + " on " + node_name(), text, OPC$M_NM_NTWORK);
}

} // namespace shim

extern "C" int sys$sndopr(void *msgbuf, unsigned short chan)
{
    SHIM_SERVICE("sys$sndopr");
    std::string message;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(msgbuf), &message);
    if (!(status & 1))
        return status;
    if (message.size() < header_size || message.size() > header_size + OPC$S_MS_OTEXT)
        return SS$_BADPARAM;
    uint32_t word, id;
    memcpy(&word, message.data(), sizeof word);
    memcpy(&id, message.data() + 4, sizeof id);
    uint32_t type = word & 0xff, classes = word >> 8 & all_classes;
    std::string text = message.substr(header_size);
    switch (type) {
    case OPC$_RQ_RQST:
        return classes ? request(id, text, chan != 0, classes) : SS$_BADPARAM;
    case OPC$_RQ_SECURITY:
        return shim::privileged(PRV$M_SECURITY) ? request(id, text, false, OPC$M_NM_SECURITY)
                                                    : SS$_NOSECURITY;
    case OPC$_RQ_TERME:
    case OPC$_RQ_LOGI:
    case OPC$_RQ_REPLY:
    case OPC$_RQ_CANCEL:
    case OPC$_RQ_STATUS:
        shim::trace("sys$sndopr: request type %u is not done here", type);
        return shim::privileged(PRV$M_OPER) ? SS$_UNSUPPORTED : SS$_NOOPER;
    default:
        return SS$_BADPARAM;
    }
}
