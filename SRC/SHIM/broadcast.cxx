/*
**  broadcast - $BRKTHRU: messages to terminals
**
**  Every message is kept in VMSROOT/.shim/broadcast.log ("time class=n to=user-or-device: text").
**  Terminals are those of the processes that have one, and the lines "USER DEVICE host-path" of
**  VMSROOT/.shim/terminals, which programs keep that log people in by other ways.
**  spec/vms-api.md 7.4.
*/
#include "process_table.h"
#include "shim.h"
#include "system_text.h"

#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include <brkdef.h>
#include <brkmsgdef.h>
#include <efndef.h>
#include <prvdef.h>
#include <starlet.h>

namespace
{

const size_t max_message = 16350;
const unsigned min_timeout = 4; /* seconds, or 0 */
const unsigned known_flags = 0xff | BRK$M_SCREEN | BRK$M_BOTTOM | BRK$M_NOREFRESH | BRK$M_CLUSTER;

struct Terminal {
    std::string user, device, path;
};

std::vector<Terminal> terminals()
{
    std::vector<Terminal> list;
    FILE *file = fopen(shim::store_path("terminals").c_str(), "re");
    char user[40], device[40], path[300];
    while (file && fscanf(file, "%39s %39s %299s", user, device, path) == 3)
        list.push_back(Terminal{user, device, path});
    if (file)
        fclose(file);
    /* few have one, and to see whether a process lives costs more than all the rest */
    const std::string node = shim::node_name();
    shim::SystemPage &at = shim::page();
    shim::SystemLock lock;
    for (const shim::ProcessSlot &slot : at.processes)
        if (slot.pid.load() && slot.terminal[0] && !slot.owner && node == slot.node &&
            shim::slot_alive(slot))
            list.push_back(Terminal{slot.user, slot.terminal, shim::terminal_path(slot.terminal)});
    return list;
}

bool write_file(const std::string &path, int flags, const std::string &text)
{
    int fd =
        open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags, 0666);
    if (fd < 0)
        return false;
    bool done = write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    close(fd);
    return done;
}

bool class_known(unsigned reqid)
{
    return reqid <= BRK$C_OPCOM || (reqid >= BRK$C_USER1 && reqid <= BRK$C_USER16);
}

/* OPER, or WORLD, for anybody but oneself. */
bool allowed(unsigned sndtyp, const std::string &target, const std::vector<Terminal> &list)
{
    if (shim::privileged(PRV$M_OPER | PRV$M_WORLD))
        return true;
    std::string me = shim::self().user;
    if (sndtyp == BRK$C_USERNAME)
        return target == me;
    if (sndtyp == BRK$C_DEVICE)
        for (const Terminal &terminal : list)
            if (terminal.device == target && terminal.user == me)
                return true;
    return false;
}

bool wanted(unsigned sndtyp, const std::string &target, const Terminal &terminal)
{
    return sndtyp == BRK$C_ALLUSERS || sndtyp == BRK$C_ALLTERMS ||
           (sndtyp == BRK$C_USERNAME ? terminal.user == target : terminal.device == target);
}

std::string one_line(const std::string &text)
{
    std::string line;
    for (unsigned char c : text)
        line += c >= ' ' && c != 0x7f ? static_cast<char>(c) : ' ';
    return line;
}

void send(unsigned sndtyp, const std::string &target, const std::string &text, unsigned reqid,
          unsigned carcon, const std::vector<Terminal> &list, struct brkiosb *result)
{
    std::string line = shim::time_text(static_cast<int64_t>(shim::now())) +
                       " class=" + std::to_string(reqid) +
                       " to=" + (target.empty() ? "*" : target) + ": " + one_line(text) + "\n";
    write_file(shim::store_path("broadcast.log"), O_CREAT, line);
    std::string shown = carcon == ' ' ? "\r\n" + text + "\r\n" : text;
    for (const Terminal &terminal : list) {
        if (!wanted(sndtyp, target, terminal))
            continue;
        if (write_file(terminal.path, 0, shown))
            result->brkiosb$w_success++;
        else
            result->brkiosb$w_timeout++;
    }
}

uint32_t broadcast(void *msgbuf, void *sendto, unsigned sndtyp, unsigned carcon, unsigned flags,
                   unsigned reqid, unsigned timout, struct brkiosb *result)
{
    std::string text, target;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(msgbuf), &text);
    bool named = sndtyp == BRK$C_DEVICE || sndtyp == BRK$C_USERNAME;
    if ((status & 1) && named)
        status = shim::get_text(static_cast<dsc$descriptor_s *>(sendto), &target);
    if (!(status & 1))
        return status;
    if (sndtyp < BRK$C_DEVICE || sndtyp > BRK$C_ALLTERMS || !class_known(reqid) ||
        text.size() > max_message || (flags & ~known_flags) || (named && target.empty()) ||
        (timout && timout < min_timeout))
        return SS$_BADPARAM;
    std::vector<Terminal> list = terminals();
    if (!allowed(sndtyp, target, list))
        return SS$_NOOPER;
    if (sndtyp == BRK$C_DEVICE) {
        bool there = false;
        for (const Terminal &terminal : list)
            there = there || terminal.device == target;
        if (!there)
            return SS$_NOSUCHDEV;
    }
    send(sndtyp, target, text, reqid, carcon, list, result);
    return SS$_NORMAL;
}

/* The message is out when the service returns, so both forms complete at once. */
uint32_t complete(unsigned efn, struct _iosb *iosb, uint32_t status, struct brkiosb result,
                  void (*astadr)(unsigned long long), unsigned long long astprm)
{
    if (!(status & 1))
        return status;
    result.brkiosb$w_status = static_cast<unsigned short>(status);
    if (iosb)
        memcpy(static_cast<void *>(iosb), &result, sizeof result);
    if (efn != EFN$C_ENF)
        sys$setef(efn);
    if (astadr)
        shim::deliver_ast([astadr, astprm] { astadr(astprm); });
    return status;
}

} // namespace

extern "C" int sys$brkthru(unsigned int efn, void *msgbuf, void *sendto, unsigned int sndtyp,
                           struct _iosb *iosb, unsigned int carcon, unsigned int flags,
                           unsigned int reqid, unsigned int timout,
                           void (*astadr)(unsigned long long), unsigned long long astprm)
{
    SHIM_SERVICE("sys$brkthru");
    struct brkiosb result = brkiosb();
    uint32_t status = broadcast(msgbuf, sendto, sndtyp, carcon, flags, reqid, timout, &result);
    return complete(efn, iosb, status, result, astadr, astprm);
}

extern "C" int sys$brkthruw(unsigned int efn, void *msgbuf, void *sendto, unsigned int sndtyp,
                            struct _iosb *iosb, unsigned int carcon, unsigned int flags,
                            unsigned int reqid, unsigned int timout,
                            void (*astadr)(unsigned long long), unsigned long long astprm)
{
    SHIM_SERVICE("sys$brkthruw");
    struct brkiosb result = brkiosb();
    uint32_t status = broadcast(msgbuf, sendto, sndtyp, carcon, flags, reqid, timout, &result);
    return complete(efn, iosb, status, result, astadr, astprm);
}
