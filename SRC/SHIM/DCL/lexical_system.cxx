/*
**  lexical_system - F$GETSYI, F$CSID, F$GETDVI, F$DEVICE, F$MESSAGE
*/
#include "lexical_items.h"
#include "low.h"
#include "process_table.h"
#include "session.h"
#include "system_text.h"

#include <climsgdef.h>
#include <dvidef.h>
#include <starlet.h>
#include <syidef.h>

namespace shim {
namespace dcl {

namespace {

const ItemRow system_items[] = {
    {"ACTIVECPU_CNT", SYI$_ACTIVECPU_CNT, ITEM_NUMBER, nullptr},
    {"ARCH_NAME", SYI$_ARCH_NAME, ITEM_TEXT, nullptr},
    {"ARCH_TYPE", SYI$_ARCH_TYPE, ITEM_NUMBER, nullptr},
    {"AVAILCPU_CNT", SYI$_AVAILCPU_CNT, ITEM_NUMBER, nullptr},
    {"BOOTTIME", SYI$_BOOTTIME, ITEM_TIME, nullptr},
    {"CHARACTER_EMULATED", SYI$_CHARACTER_EMULATED, ITEM_BOOLEAN, nullptr},
    {"CLISYMTBL", SYI$_CLISYMTBL, ITEM_NUMBER, nullptr},
    {"CLUSTER_EVOTES", SYI$_CLUSTER_EVOTES, ITEM_NUMBER, nullptr},
    {"CLUSTER_MEMBER", SYI$_CLUSTER_MEMBER, ITEM_BOOLEAN, nullptr},
    {"CLUSTER_NODES", SYI$_CLUSTER_NODES, ITEM_NUMBER, nullptr},
    {"CLUSTER_QUORUM", SYI$_CLUSTER_QUORUM, ITEM_NUMBER, nullptr},
    {"CLUSTER_VOTES", SYI$_CLUSTER_VOTES, ITEM_NUMBER, nullptr},
    {"CPU", SYI$_CPU, ITEM_NUMBER, nullptr},
    {"DECIMAL_EMULATED", SYI$_DECIMAL_EMULATED, ITEM_BOOLEAN, nullptr},
    {"DEFMBXBUFQUO", SYI$_DEFMBXBUFQUO, ITEM_NUMBER, nullptr},
    {"DEFMBXMXMSG", SYI$_DEFMBXMXMSG, ITEM_NUMBER, nullptr},
    {"ERRORLOGBUFFERS", SYI$_ERRORLOGBUFFERS, ITEM_NUMBER, nullptr},
    {"GALAXY_MEMBER", SYI$_GALAXY_MEMBER, ITEM_NUMBER, nullptr},
    {"HW_MODEL", SYI$_HW_MODEL, ITEM_NUMBER, nullptr},
    {"HW_NAME", SYI$_HW_NAME, ITEM_TEXT, nullptr},
    {"LGI_BRK_DISUSER", SYI$_LGI_BRK_DISUSER, ITEM_NUMBER, nullptr},
    {"LGI_BRK_LIM", SYI$_LGI_BRK_LIM, ITEM_NUMBER, nullptr},
    {"LGI_BRK_TERM", SYI$_LGI_BRK_TERM, ITEM_NUMBER, nullptr},
    {"LGI_BRK_TMO", SYI$_LGI_BRK_TMO, ITEM_NUMBER, nullptr},
    {"LGI_HID_TIM", SYI$_LGI_HID_TIM, ITEM_NUMBER, nullptr},
    {"LGI_PWD_TMO", SYI$_LGI_PWD_TMO, ITEM_NUMBER, nullptr},
    {"LGI_RETRY_LIM", SYI$_LGI_RETRY_LIM, ITEM_NUMBER, nullptr},
    {"LGI_RETRY_TMO", SYI$_LGI_RETRY_TMO, ITEM_NUMBER, nullptr},
    {"MAXBUF", SYI$_MAXBUF, ITEM_NUMBER, nullptr},
    {"MAXPROCESSCNT", SYI$_MAXPROCESSCNT, ITEM_NUMBER, nullptr},
    {"MAXSYSGROUP", SYI$_MAXSYSGROUP, ITEM_NUMBER, nullptr},
    {"MAX_CPUS", SYI$_MAX_CPUS, ITEM_NUMBER, nullptr},
    {"MEMSIZE", SYI$_MEMSIZE, ITEM_NUMBER, nullptr},
    {"MULTITHREAD", SYI$_MULTITHREAD, ITEM_NUMBER, nullptr},
    {"NODENAME", SYI$_NODENAME, ITEM_TEXT, nullptr},
    {"NODE_AREA", SYI$_NODE_AREA, ITEM_NUMBER, nullptr},
    {"NODE_CSID", SYI$_NODE_CSID, ITEM_NUMBER, nullptr},
    {"NODE_EVOTES", SYI$_NODE_EVOTES, ITEM_NUMBER, nullptr},
    {"NODE_HWTYPE", SYI$_NODE_HWTYPE, ITEM_TEXT, nullptr},
    {"NODE_HWVERS", SYI$_NODE_HWVERS, ITEM_TEXT, nullptr},
    {"NODE_NUMBER", SYI$_NODE_NUMBER, ITEM_NUMBER, nullptr},
    {"NODE_QUORUM", SYI$_NODE_QUORUM, ITEM_NUMBER, nullptr},
    {"NODE_SWTYPE", SYI$_NODE_SWTYPE, ITEM_TEXT, nullptr},
    {"NODE_SWVERS", SYI$_NODE_SWVERS, ITEM_TEXT, nullptr},
    {"NODE_SYSTEMID", SYI$_NODE_SYSTEMID, ITEM_NUMBER, nullptr},
    {"NODE_VOTES", SYI$_NODE_VOTES, ITEM_NUMBER, nullptr},
    {"PAGEFILE_FREE", SYI$_PAGEFILE_FREE, ITEM_NUMBER, nullptr},
    {"PAGEFILE_PAGE", SYI$_PAGEFILE_PAGE, ITEM_NUMBER, nullptr},
    {"PAGE_SIZE", SYI$_PAGE_SIZE, ITEM_NUMBER, nullptr},
    {"PHYSICALPAGES", SYI$_PHYSICALPAGES, ITEM_NUMBER, nullptr},
    {"POTENTIALCPU_CNT", SYI$_POTENTIALCPU_CNT, ITEM_NUMBER, nullptr},
    {"POWEREDCPU_CNT", SYI$_POWEREDCPU_CNT, ITEM_NUMBER, nullptr},
    {"PRESENTCPU_CNT", SYI$_PRESENTCPU_CNT, ITEM_NUMBER, nullptr},
    {"PRIMARY_CPUID", SYI$_PRIMARY_CPUID, ITEM_NUMBER, nullptr},
    {"PTES_PER_PAGE", SYI$_PTES_PER_PAGE, ITEM_NUMBER, nullptr},
    {"RAD_MAX_RADS", SYI$_RAD_MAX_RADS, ITEM_NUMBER, nullptr},
    {"SCSNODE", SYI$_SCSNODE, ITEM_TEXT, nullptr},
    {"SCSSYSTEMID", SYI$_SCSSYSTEMID, ITEM_NUMBER, nullptr},
    {"SCS_EXISTS", SYI$_SCS_EXISTS, ITEM_BOOLEAN, nullptr},
    {"SID", SYI$_SID, ITEM_NUMBER, nullptr},
    {"SWAPFILE_FREE", SYI$_SWAPFILE_FREE, ITEM_NUMBER, nullptr},
    {"SWAPFILE_PAGE", SYI$_SWAPFILE_PAGE, ITEM_NUMBER, nullptr},
    {"SYSTEM_RIGHTS", SYI$_SYSTEM_RIGHTS, ITEM_TEXT, nullptr},
    {"VECTOR_EMULATOR", SYI$_VECTOR_EMULATOR, ITEM_BOOLEAN, nullptr},
    {"VERSION", SYI$_VERSION, ITEM_TEXT, nullptr},
    {"XCPU", SYI$_XCPU, ITEM_NUMBER, nullptr},
    {"XSID", SYI$_XSID, ITEM_NUMBER, nullptr},
    {nullptr, 0, ITEM_TEXT, nullptr},
};

Value f_getsyi(Session &, const LexicalArguments &a)
{
    const size_t text_size = 255;
    const ItemRow &row = find_item(a.keyword(0), system_items);
    LowItems items;
    size_t at = items.ask(row.code, row.kind == ITEM_TEXT ? text_size : 8);
    std::string node = a.keyword(1);
    LowText low_node(node);
    uint32_t status = static_cast<uint32_t>(
        sys$getsyiw(0, nullptr, node.empty() ? nullptr : low_node.descriptor(), items.list(),
                    nullptr, nullptr, 0));
    if (!(status & 1))
        throw Failure(status);
    return row.kind == ITEM_TEXT
               ? item_shown(row, items.text(at), 0)
               : item_shown(row, "",
                            row.kind == ITEM_TIME ? items.number(at)
                                                  : items.number(at) & 0xffffffff);
}

/* One node: its identification is 0, as in a system that is no member of a cluster. */
Value f_csid(Session &session, const LexicalArguments &a)
{
    std::string symbol = a.keyword(0);
    const Symbol *old = session.find_symbol(symbol);
    if (old && old->value.text() == "00000001")
        return Value("");
    session.set_symbol(symbol, Value("00000001"));
    return Value("00000000");
}

const ItemRow device_items[] = {
    {"ALL", DVI$_ALL, ITEM_BOOLEAN, nullptr},
    {"ALLDEVNAM", DVI$_ALLDEVNAM, ITEM_TEXT, nullptr},
    {"ALLOCLASS", DVI$_ALLOCLASS, ITEM_NUMBER, nullptr},
    {"ALT_HOST_AVAIL", DVI$_ALT_HOST_AVAIL, ITEM_BOOLEAN, nullptr},
    {"ALT_HOST_NAME", DVI$_ALT_HOST_NAME, ITEM_TEXT, nullptr},
    {"ALT_HOST_TYPE", DVI$_ALT_HOST_TYPE, ITEM_TEXT, nullptr},
    {"AVL", DVI$_AVL, ITEM_BOOLEAN, nullptr},
    {"CCL", DVI$_CCL, ITEM_BOOLEAN, nullptr},
    {"CLUSTER", DVI$_CLUSTER, ITEM_NUMBER, nullptr},
    {"CONCEALED", DVI$_CONCEALED, ITEM_BOOLEAN, nullptr},
    {"DEVBUFSIZ", DVI$_DEVBUFSIZ, ITEM_NUMBER, nullptr},
    {"DEVCLASS", DVI$_DEVCLASS, ITEM_NUMBER, nullptr},
    {"DEVICE_TYPE_NAME", DVI$_DEVICE_TYPE_NAME, ITEM_TEXT, nullptr},
    {"DEVNAM", DVI$_DEVNAM, ITEM_TEXT, nullptr},
    {"DEVTYPE", DVI$_DEVTYPE, ITEM_NUMBER, nullptr},
    {"DIR", DVI$_DIR, ITEM_BOOLEAN, nullptr},
    {"DMT", DVI$_DMT, ITEM_BOOLEAN, nullptr},
    {"DUA", DVI$_DUA, ITEM_BOOLEAN, nullptr},
    {"ELG", DVI$_ELG, ITEM_BOOLEAN, nullptr},
    {"ERRCNT", DVI$_ERRCNT, ITEM_NUMBER, nullptr},
    {"EXPSIZE", DVI$_EXPSIZE, ITEM_NUMBER, nullptr},
    {"FOD", DVI$_FOD, ITEM_BOOLEAN, nullptr},
    {"FOR", DVI$_FOR, ITEM_BOOLEAN, nullptr},
    {"FREEBLOCKS", DVI$_FREEBLOCKS, ITEM_NUMBER, nullptr},
    {"FULLDEVNAM", DVI$_FULLDEVNAM, ITEM_TEXT, nullptr},
    {"GEN", DVI$_GEN, ITEM_BOOLEAN, nullptr},
    {"HOST_AVAIL", DVI$_HOST_AVAIL, ITEM_BOOLEAN, nullptr},
    {"HOST_COUNT", DVI$_HOST_COUNT, ITEM_NUMBER, nullptr},
    {"HOST_NAME", DVI$_HOST_NAME, ITEM_TEXT, nullptr},
    {"HOST_TYPE", DVI$_HOST_TYPE, ITEM_TEXT, nullptr},
    {"IDV", DVI$_IDV, ITEM_BOOLEAN, nullptr},
    {"LOGVOLNAM", DVI$_LOGVOLNAM, ITEM_TEXT, nullptr},
    {"MAXBLOCK", DVI$_MAXBLOCK, ITEM_NUMBER, nullptr},
    {"MBX", DVI$_MBX, ITEM_BOOLEAN, nullptr},
    {"MEDIA_NAME", DVI$_MEDIA_NAME, ITEM_TEXT, nullptr},
    {"MEDIA_TYPE", DVI$_MEDIA_TYPE, ITEM_TEXT, nullptr},
    {"MNT", DVI$_MNT, ITEM_BOOLEAN, nullptr},
    {"MOUNTCNT", DVI$_MOUNTCNT, ITEM_NUMBER, nullptr},
    {"MULTIPATH", DVI$_MULTIPATH, ITEM_BOOLEAN, nullptr},
    {"NET", DVI$_NET, ITEM_BOOLEAN, nullptr},
    {"NEXTDEVNAM", DVI$_NEXTDEVNAM, ITEM_TEXT, nullptr},
    {"ODV", DVI$_ODV, ITEM_BOOLEAN, nullptr},
    {"OPCNT", DVI$_OPCNT, ITEM_NUMBER, nullptr},
    {"OPR", DVI$_OPR, ITEM_BOOLEAN, nullptr},
    {"OWNUIC", DVI$_OWNUIC, ITEM_UIC, nullptr},
    {"PID", DVI$_PID, ITEM_HEX, nullptr},
    {"QLEN", DVI$_QLEN, ITEM_NUMBER, nullptr},
    {"RCK", DVI$_RCK, ITEM_BOOLEAN, nullptr},
    {"RCT", DVI$_RCT, ITEM_BOOLEAN, nullptr},
    {"REC", DVI$_REC, ITEM_BOOLEAN, nullptr},
    {"REFCNT", DVI$_REFCNT, ITEM_NUMBER, nullptr},
    {"REMOTE_DEVICE", DVI$_REMOTE_DEVICE, ITEM_BOOLEAN, nullptr},
    {"RND", DVI$_RND, ITEM_BOOLEAN, nullptr},
    {"ROOTDEVNAM", DVI$_ROOTDEVNAM, ITEM_TEXT, nullptr},
    {"RTM", DVI$_RTM, ITEM_BOOLEAN, nullptr},
    {"SERVED_DEVICE", DVI$_SERVED_DEVICE, ITEM_BOOLEAN, nullptr},
    {"SET_HOST_TERMINAL", DVI$_SET_HOST_TERMINAL, ITEM_BOOLEAN, nullptr},
    {"SHDW_MASTER", DVI$_SHDW_MASTER, ITEM_BOOLEAN, nullptr},
    {"SHDW_MEMBER", DVI$_SHDW_MEMBER, ITEM_BOOLEAN, nullptr},
    {"SHR", DVI$_SHR, ITEM_BOOLEAN, nullptr},
    {"SPL", DVI$_SPL, ITEM_BOOLEAN, nullptr},
    {"SQD", DVI$_SQD, ITEM_BOOLEAN, nullptr},
    {"STS", DVI$_STS, ITEM_NUMBER, nullptr},
    {"SWL", DVI$_SWL, ITEM_BOOLEAN, nullptr},
    {"TRANSCNT", DVI$_TRANSCNT, ITEM_NUMBER, nullptr},
    {"TRM", DVI$_TRM, ITEM_BOOLEAN, nullptr},
    {"TT_ACCPORNAM", DVI$_TT_ACCPORNAM, ITEM_TEXT, nullptr},
    {"TT_ANSICRT", DVI$_TT_ANSICRT, ITEM_BOOLEAN, nullptr},
    {"TT_DECCRT", DVI$_TT_DECCRT, ITEM_BOOLEAN, nullptr},
    {"TT_EDITING", DVI$_TT_EDITING, ITEM_BOOLEAN, nullptr},
    {"TT_EIGHTBIT", DVI$_TT_EIGHTBIT, ITEM_BOOLEAN, nullptr},
    {"TT_HOSTSYNC", DVI$_TT_HOSTSYNC, ITEM_BOOLEAN, nullptr},
    {"TT_INSERT", DVI$_TT_INSERT, ITEM_BOOLEAN, nullptr},
    {"TT_LOWER", DVI$_TT_LOWER, ITEM_BOOLEAN, nullptr},
    {"TT_MODEM", DVI$_TT_MODEM, ITEM_BOOLEAN, nullptr},
    {"TT_NOECHO", DVI$_TT_NOECHO, ITEM_BOOLEAN, nullptr},
    {"TT_PAGE", DVI$_TT_PAGE, ITEM_NUMBER, nullptr},
    {"TT_PHYDEVNAM", DVI$_TT_PHYDEVNAM, ITEM_TEXT, nullptr},
    {"TT_SCOPE", DVI$_TT_SCOPE, ITEM_BOOLEAN, nullptr},
    {"TT_WRAP", DVI$_TT_WRAP, ITEM_BOOLEAN, nullptr},
    {"UNIT", DVI$_UNIT, ITEM_NUMBER, nullptr},
    {"VOLCOUNT", DVI$_VOLCOUNT, ITEM_NUMBER, nullptr},
    {"VOLNAM", DVI$_VOLNAM, ITEM_TEXT, nullptr},
    {"VOLNUMBER", DVI$_VOLNUMBER, ITEM_NUMBER, nullptr},
    {"VOLSETMEM", DVI$_VOLSETMEM, ITEM_BOOLEAN, nullptr},
    {"VOLSIZE", DVI$_VOLSIZE, ITEM_NUMBER, nullptr},
    {"WCK", DVI$_WCK, ITEM_BOOLEAN, nullptr},
    {nullptr, 0, ITEM_TEXT, nullptr},
};

const ItemRow exists_row = {"EXISTS", DVI$_UNIT, ITEM_BOOLEAN, nullptr};

Value f_getdvi(Session &, const LexicalArguments &a)
{
    const size_t text_size = 255;
    bool exists = a.keyword(1) == "EXISTS";
    const ItemRow &row = exists ? exists_row : find_item(a.keyword(1), device_items);
    LowItems items;
    size_t at = items.ask(row.code, row.kind == ITEM_TEXT ? text_size : 4);
    LowText device(trimmed(a.text(0)));
    uint32_t status = static_cast<uint32_t>(sys$getdviw(0, 0, device.descriptor(), items.list(),
                                                        nullptr, nullptr, 0, nullptr));
    if (exists)
        return Value(status & 1 ? "TRUE" : "FALSE");
    if (!(status & 1))
        throw Failure(status);
    return item_shown(row, items.text(at), items.number(at));
}

/* One device of each call, then "". */
Value f_device(Session &session, const LexicalArguments &a)
{
    static const char *const devices[] = {"_DKA0:", "_NLA0:"};
    std::string pattern = a.keyword(0).empty() ? "*" : a.keyword(0);
    std::string kind = a.keyword(1);
    for (size_t &at = session.device_search; at < 2;) {
        std::string name = devices[at++];
        bool disk = name == "_DKA0:";
        if (!kind.empty() && (kind == "DISK") != disk)
            continue;
        if (wild_match(pattern.c_str(), name.c_str()) ||
            wild_match(pattern.c_str(), name.substr(1).c_str()) ||
            wild_match(pattern.c_str(), name.substr(1, name.size() - 2).c_str()))
            return Value(name);
    }
    session.device_search = 0;
    return Value("");
}

Value f_message(Session &, const LexicalArguments &a)
{
    static const char *const parts[] = {"FACILITY", "SEVERITY", "IDENT", "TEXT", nullptr};
    uint32_t code = static_cast<uint32_t>(a.integer(0));
    unsigned flags = 0;
    static const unsigned bits[] = {8, 4, 2, 1}; /* as of $GETMSG */
    if (!a.keyword(1).empty())
        for (const std::string &word : keyword_list(a.text(1)))
            flags |= bits[find_keyword(word, parts)];
    Message message;
    find_message(code, &message);
    return Value(message_line(code, message, flags ? flags : 15, '%'));
}

} // namespace

const LexicalRow lexical_system[] = {
    {"F$GETSYI", 1, 3, 0, f_getsyi},
    {"F$CSID", 1, 1, 1, f_csid},
    {"F$GETDVI", 2, 2, 0, f_getdvi},
    {"F$DEVICE", 0, 4, 0, f_device},
    {"F$MESSAGE", 1, 2, 0, f_message},
    {nullptr, 0, 0, 0, nullptr},
};

} // namespace dcl
} // namespace shim
