/*
**  operator_verbs - REPLY, REQUEST
**
**  REPLY/ENABLE makes the terminal an operator's until REPLY/DISABLE or logout; REPLY "text" speaks
**  to terminals by $BRKTHRU; REQUEST speaks to operators by $SNDOPR.  Nobody answers requests here,
**  so /TO, /ABORT and /PENDING find none.
*/
#include "dispatch.h"
#include "low.h"
#include "process_table.h"
#include "system_text.h"
#include "text_forms.h"

#include <brkdef.h>
#include <climsgdef.h>
#include <cstdio>
#include <efndef.h>
#include <map>
#include <opcdef.h>
#include <prvdef.h>
#include <ssdef.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

const struct {
    const char *name;
    uint32_t mask;
} classes[] = {{"CENTRAL", OPC$M_NM_CENTRL},   {"PRINTER", OPC$M_NM_PRINT},
               {"TAPES", OPC$M_NM_TAPES},      {"DISKS", OPC$M_NM_DISKS},
               {"DEVICES", OPC$M_NM_DEVICE},   {"CARDS", OPC$M_NM_CARDS},
               {"NETWORK", OPC$M_NM_NTWORK},   {"CLUSTER", OPC$M_NM_CLUSTER},
               {"SECURITY", OPC$M_NM_SECURITY}, {"LICENSE", OPC$M_NM_LICENSE},
               {"SOFTWARE", OPC$M_NM_SOFTWARE}, {"OPER1", OPC$M_NM_OPER1},
               {"OPER2", OPC$M_NM_OPER2},      {"OPER3", OPC$M_NM_OPER3},
               {"OPER4", OPC$M_NM_OPER4},      {"OPER5", OPC$M_NM_OPER5},
               {"OPER6", OPC$M_NM_OPER6},      {"OPER7", OPC$M_NM_OPER7},
               {"OPER8", OPC$M_NM_OPER8},      {"OPER9", OPC$M_NM_OPER9},
               {"OPER10", OPC$M_NM_OPER10},    {"OPER11", OPC$M_NM_OPER11},
               {"OPER12", OPC$M_NM_OPER12}};
const uint32_t ALL_CLASSES = 0xffffff;

uint32_t class_mask(const std::vector<std::string> &words)
{
    uint32_t mask = 0;
    for (const std::string &word : words) {
        size_t found = 0;
        uint32_t one = 0;
        for (const auto &row : classes)
            if (word == row.name) {
                one = row.mask;
                found = 1;
                break;
            } else if (!word.empty() && std::string(row.name).compare(0, word.size(), word) == 0) {
                one = row.mask;
                ++found;
            }
        if (found != 1)
            throw Failure(found ? CLI$_ABKEYW : CLI$_IVKEYW, word);
        mask |= one;
    }
    return mask ? mask : ALL_CLASSES;
}

/* ---- the operators' terminals: lines "PID MASK" of VMSROOT/.shim/operators ---- */

typedef std::map<uint32_t, uint32_t> Operators;

/* Those that are still here. */
Operators read_operators()
{
    Operators all;
    FILE *file = fopen(store_path("operators").c_str(), "re");
    unsigned pid, mask;
    ProcessEntry entry;
    while (file && fscanf(file, "%x %x", &pid, &mask) == 2)
        if (find_process(pid, &entry))
            all[pid] = mask;
    if (file)
        fclose(file);
    return all;
}

void write_operators(const Operators &all)
{
    std::string path = store_path("operators"), fresh = path + ".new";
    FILE *file = fopen(fresh.c_str(), "we");
    if (!file)
        throw Failure(SS$_DEVICEFULL);
    for (const auto &each : all)
        fprintf(file, "%x %x\n", each.first, each.second);
    if (fclose(file) != 0 || rename(fresh.c_str(), path.c_str()) != 0)
        throw Failure(SS$_DEVICEFULL);
}

void change_operator(Session &session, uint32_t mask, bool enable)
{
    if (!privileged(PRV$M_OPER))
        throw Failure(SS$_NOOPER);
    if (session.terminal_name().empty())
        throw Failure(SS$_NOSUCHDEV);
    uint32_t now_on;
    {
        FileLock lock(store_path("operators.lock"));
        Operators all = read_operators();
        uint32_t &mine = all[self().pid];
        mine = enable ? mine | mask : mine & ~mask;
        now_on = mine;
        if (!mine)
            all.erase(self().pid);
        write_operators(all);
    }
    session.write("%%%%%%%%%%%  OPCOM  " + time_text(static_cast<int64_t>(now())) +
                  "  %%%%%%%%%%%");
    session.write("Operator _" + session.terminal_name() +
                  (now_on ? " has been enabled, username " : " has been disabled, username ") +
                  self().user);
}

void show_status(Session &session)
{
    uint32_t mask = 0;
    for (const auto &each : read_operators())
        if (each.first == self().pid)
            mask = each.second;
    session.write("Operator status for operator _" + session.terminal_name());
    std::string line;
    for (const auto &row : classes)
        if (mask & row.mask)
            line += (line.empty() ? "" : ", ") + std::string(row.name);
    session.write(line.empty() ? "None" : line);
}

/* ---- messages to terminals ---- */

void broadcast(const std::string &text, unsigned kind, const std::string &target)
{
    LowText message(text), to(target);
    Low<struct _iosb> result;
    uint32_t status = static_cast<uint32_t>(
        sys$brkthruw(EFN$C_ENF, message.descriptor(), to.descriptor(), kind, result.get(), ' ', 0,
                     BRK$C_GENERAL, 4, nullptr, 0));
    if (!(status & 1))
        throw Failure(status);
}

void send_to_terminals(Session &session, const cli::Parsed &command)
{
    std::string where = session.terminal_name();
    std::string text = "Reply received on " + node_name() + " from user " + self().user +
                       (where.empty() ? "" : " at terminal _" + where) + "   " +
                       time_text(static_cast<int64_t>(now())).substr(12, 8) + "\r\n" +
                       (has(command, "URGENT") ? "URGENT - " : "") + text_of(command, "MESSAGE");
    if (has(command, "BELL") || has(command, "URGENT"))
        text += '\a';
    if (has(command, "USERNAME") && !text_of(command, "USERNAME").empty()) {
        for (const std::string &user : texts_of(command, "USERNAME"))
            broadcast(text, BRK$C_USERNAME, user);
    } else if (has(command, "TERMINAL")) {
        for (const std::string &name : texts_of(command, "TERMINAL"))
            broadcast(text, BRK$C_DEVICE, name.back() == ':' ? name : name + ":");
    } else {
        broadcast(text, has(command, "ALL") ? BRK$C_ALLTERMS : BRK$C_ALLUSERS, "");
    }
}

void reply_verb(Session &session, const cli::Parsed &command)
{
    for (const char *label : {"ABORT", "PENDING", "TO", "LOG"})
        if (has(command, label))
            throw Failure(SS$_UNSUPPORTED);
    if (has(command, "ENABLE"))
        return change_operator(session, class_mask(texts_of(command, "ENABLE")), true);
    if (has(command, "DISABLE"))
        return change_operator(session, class_mask(texts_of(command, "DISABLE")), false);
    if (has(command, "STATUS"))
        return show_status(session);
    if (text_of(command, "MESSAGE").empty())
        throw Failure(CLI$_INSFPRM);
    send_to_terminals(session, command);
}

void request_verb(Session &session, const cli::Parsed &command)
{
    std::string text = text_of(command, "MESSAGE");
    if (text.size() > OPC$S_MS_OTEXT)
        throw Failure(CLI$_TKNOVF);
    uint32_t mask = has(command, "TO") ? class_mask(texts_of(command, "TO"))
                                       : static_cast<uint32_t>(OPC$M_NM_CENTRL);
    uint32_t head = OPC$_RQ_RQST | mask << 8, id = has(command, "REPLY") ? self().pid & 0xffff : 0;
    std::string message(reinterpret_cast<const char *>(&head), sizeof head);
    message.append(reinterpret_cast<const char *>(&id), sizeof id);
    LowText low(message + text);
    uint32_t status =
        static_cast<uint32_t>(sys$sndopr(low.descriptor(), has(command, "REPLY") ? 1 : 0));
    if (!(status & 1))
        throw Failure(status);
    if (status != SS$_NORMAL)
        session.inform(status, {});
}

const VerbRow rows[] = {
    {"REPLY", reply_verb, IMAGE},
    {"REQUEST", request_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
