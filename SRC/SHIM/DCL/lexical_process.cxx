/*
**  lexical_process - F$GETJPI, F$PID, F$CONTEXT, F$PROCESS, F$USER, F$MODE, privileges, identifiers
**
**  A context is kept under the name of its symbol, with the conditions that F$CONTEXT added; the
**  first F$PID freezes it.  A symbol that is no context sees every process in turn.
*/
#include "lexical_items.h"
#include "low.h"
#include "process_context.h"
#include "process_rights.h"
#include "process_table.h"
#include "rights_store.h"
#include "session.h"
#include "text_forms.h"
#include "uaf.h"

#include <climsgdef.h>
#include <cstdlib>
#include <jpidef.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

const char *const modes[] = {"OTHER", "NETWORK", "BATCH", "INTERACTIVE", nullptr};
const char *const job_types[] = {"DETACHED", "NETWORK", "BATCH", "LOCAL", "DIALUP", "REMOTE",
                                 nullptr};
const char *const states[] = {"", "COLPG", "MWAIT", "CEF", "PFW", "LEF", "LEFO", "HIB", "HIBO",
                              "SUSP", "SUSPO", "FPG", "COM", "COMO", "CUR", nullptr};
const char *const styles[] = {"TRADITIONAL", "EXTENDED", nullptr};
const char *const lookups[] = {"BLIND", "SENSITIVE", nullptr};

} // namespace

const ItemRow process_items[] = {
    {"ACCOUNT", JPI$_ACCOUNT, ITEM_TEXT, nullptr},
    {"ASTCNT", JPI$_ASTCNT, ITEM_NUMBER, nullptr},
    {"ASTLM", JPI$_ASTLM, ITEM_NUMBER, nullptr},
    {"AUTHPRI", JPI$_AUTHPRI, ITEM_NUMBER, nullptr},
    {"AUTHPRIV", JPI$_AUTHPRIV, ITEM_PRIVILEGES, nullptr},
    {"BIOCNT", JPI$_BIOCNT, ITEM_NUMBER, nullptr},
    {"BIOLM", JPI$_BIOLM, ITEM_NUMBER, nullptr},
    {"BUFIO", JPI$_BUFIO, ITEM_NUMBER, nullptr},
    {"BYTCNT", JPI$_BYTCNT, ITEM_NUMBER, nullptr},
    {"BYTLM", JPI$_BYTLM, ITEM_NUMBER, nullptr},
    {"CASE_LOOKUP_IMAGE", JPI$_CASE_LOOKUP_IMAGE, ITEM_NAMED, lookups},
    {"CASE_LOOKUP_PERM", JPI$_CASE_LOOKUP_PERM, ITEM_NAMED, lookups},
    {"CLINAME", JPI$_CLINAME, ITEM_TEXT, nullptr},
    {"CPULIM", JPI$_CPULIM, ITEM_NUMBER, nullptr},
    {"CPUTIM", JPI$_CPUTIM, ITEM_NUMBER, nullptr},
    {"CREPRC_FLAGS", JPI$_CREPRC_FLAGS, ITEM_NUMBER, nullptr},
    {"CURPRIV", JPI$_CURPRIV, ITEM_PRIVILEGES, nullptr},
    {"DFPFC", JPI$_DFPFC, ITEM_NUMBER, nullptr},
    {"DFWSCNT", JPI$_DFWSCNT, ITEM_NUMBER, nullptr},
    {"DIOCNT", JPI$_DIOCNT, ITEM_NUMBER, nullptr},
    {"DIOLM", JPI$_DIOLM, ITEM_NUMBER, nullptr},
    {"DIRIO", JPI$_DIRIO, ITEM_NUMBER, nullptr},
    {"ENQCNT", JPI$_ENQCNT, ITEM_NUMBER, nullptr},
    {"ENQLM", JPI$_ENQLM, ITEM_NUMBER, nullptr},
    {"FILCNT", JPI$_FILCNT, ITEM_NUMBER, nullptr},
    {"FILLM", JPI$_FILLM, ITEM_NUMBER, nullptr},
    {"GPGCNT", JPI$_GPGCNT, ITEM_NUMBER, nullptr},
    {"GRP", JPI$_GRP, ITEM_NUMBER, nullptr},
    {"IMAGECOUNT", JPI$_IMAGECOUNT, ITEM_NUMBER, nullptr},
    {"IMAGNAME", JPI$_IMAGNAME, ITEM_TEXT, nullptr},
    {"IMAGPRIV", JPI$_IMAGPRIV, ITEM_PRIVILEGES, nullptr},
    {"INITIAL_THREAD_PID", JPI$_INITIAL_THREAD_PID, ITEM_HEX, nullptr},
    {"JOBPRCCNT", JPI$_JOBPRCCNT, ITEM_NUMBER, nullptr},
    {"JOBTYPE", JPI$_JOBTYPE, ITEM_NAMED, job_types},
    {"KRNLTIM", JPI$_KRNLTIM, ITEM_NUMBER, nullptr},
    {"KT_COUNT", JPI$_KT_COUNT, ITEM_NUMBER, nullptr},
    {"LAST_LOGIN_I", JPI$_LAST_LOGIN_I, ITEM_TIME, nullptr},
    {"LAST_LOGIN_N", JPI$_LAST_LOGIN_N, ITEM_TIME, nullptr},
    {"LOGINTIM", JPI$_LOGINTIM, ITEM_TIME, nullptr},
    {"LOGIN_FAILURES", JPI$_LOGIN_FAILURES, ITEM_NUMBER, nullptr},
    {"LOGIN_FLAGS", JPI$_LOGIN_FLAGS, ITEM_NUMBER, nullptr},
    {"MASTER_PID", JPI$_MASTER_PID, ITEM_HEX, nullptr},
    {"MAXDETACH", JPI$_MAXDETACH, ITEM_NUMBER, nullptr},
    {"MAXJOBS", JPI$_MAXJOBS, ITEM_NUMBER, nullptr},
    {"MEM", JPI$_MEM, ITEM_NUMBER, nullptr},
    {"MODE", JPI$_MODE, ITEM_NAMED, modes},
    {"MULTITHREAD", JPI$_MULTITHREAD, ITEM_NUMBER, nullptr},
    {"NODENAME", JPI$_NODENAME, ITEM_TEXT, nullptr},
    {"NODE_CSID", JPI$_NODE_CSID, ITEM_NUMBER, nullptr},
    {"NODE_VERSION", JPI$_NODE_VERSION, ITEM_TEXT, nullptr},
    {"ORG_BYTLM", JPI$_ORG_BYTLM, ITEM_NUMBER, nullptr},
    {"OWNER", JPI$_OWNER, ITEM_HEX, nullptr},
    {"PAGEFLTS", JPI$_PAGEFLTS, ITEM_NUMBER, nullptr},
    {"PAGFILCNT", JPI$_PAGFILCNT, ITEM_NUMBER, nullptr},
    {"PARSE_STYLE_IMAGE", JPI$_PARSE_STYLE_IMAGE, ITEM_NAMED, styles},
    {"PARSE_STYLE_PERM", JPI$_PARSE_STYLE_PERM, ITEM_NAMED, styles},
    {"PGFLQUOTA", JPI$_PGFLQUOTA, ITEM_NUMBER, nullptr},
    {"PID", JPI$_PID, ITEM_HEX, nullptr},
    {"PPGCNT", JPI$_PPGCNT, ITEM_NUMBER, nullptr},
    {"PRCCNT", JPI$_PRCCNT, ITEM_NUMBER, nullptr},
    {"PRCLM", JPI$_PRCLM, ITEM_NUMBER, nullptr},
    {"PRCNAM", JPI$_PRCNAM, ITEM_TEXT, nullptr},
    {"PRI", JPI$_PRI, ITEM_NUMBER, nullptr},
    {"PRIB", JPI$_PRIB, ITEM_NUMBER, nullptr},
    {"PROCPRIV", JPI$_PROCPRIV, ITEM_PRIVILEGES, nullptr},
    {"PROC_INDEX", JPI$_PROC_INDEX, ITEM_NUMBER, nullptr},
    {"SHRFILLM", JPI$_SHRFILLM, ITEM_NUMBER, nullptr},
    {"SITESPEC", JPI$_SITESPEC, ITEM_NUMBER, nullptr},
    {"STATE", JPI$_STATE, ITEM_NAMED, states},
    {"STS", JPI$_STS, ITEM_NUMBER, nullptr},
    {"STS2", JPI$_STS2, ITEM_NUMBER, nullptr},
    {"TABLENAME", JPI$_TABLENAME, ITEM_TEXT, nullptr},
    {"TERMINAL", JPI$_TERMINAL, ITEM_TEXT, nullptr},
    {"THREAD_INDEX", JPI$_THREAD_INDEX, ITEM_NUMBER, nullptr},
    {"TMBU", JPI$_TMBU, ITEM_NUMBER, nullptr},
    {"TQCNT", JPI$_TQCNT, ITEM_NUMBER, nullptr},
    {"TQLM", JPI$_TQLM, ITEM_NUMBER, nullptr},
    {"TT_ACCPORNAM", JPI$_TT_ACCPORNAM, ITEM_TEXT, nullptr},
    {"TT_PHYDEVNAM", JPI$_TT_PHYDEVNAM, ITEM_TEXT, nullptr},
    {"UAF_FLAGS", JPI$_UAF_FLAGS, ITEM_NUMBER, nullptr},
    {"UIC", JPI$_UIC, ITEM_UIC, nullptr},
    {"USERNAME", JPI$_USERNAME, ITEM_TEXT, nullptr},
    {"USERTIM", JPI$_USERTIM, ITEM_NUMBER, nullptr},
    {"VIRTPEAK", JPI$_VIRTPEAK, ITEM_NUMBER, nullptr},
    {"VOLUMES", JPI$_VOLUMES, ITEM_NUMBER, nullptr},
    {"WSAUTH", JPI$_WSAUTH, ITEM_NUMBER, nullptr},
    {"WSEXTENT", JPI$_WSEXTENT, ITEM_NUMBER, nullptr},
    {"WSPEAK", JPI$_WSPEAK, ITEM_NUMBER, nullptr},
    {"WSQUOTA", JPI$_WSQUOTA, ITEM_NUMBER, nullptr},
    {"WSSIZE", JPI$_WSSIZE, ITEM_NUMBER, nullptr},
    {nullptr, 0, ITEM_TEXT, nullptr},
};

bool is_state(const std::string &name)
{
    for (const char *const *state = states; *state; ++state)
        if (**state && name == *state)
            return true;
    return false;
}

Value process_item(uint32_t pid, const ItemRow &row)
{
    const size_t text_size = 255;
    LowItems items;
    size_t at = items.ask(row.code, row.kind == ITEM_TEXT ? text_size : 8);
    unsigned int target = pid;
    uint32_t status =
        static_cast<uint32_t>(sys$getjpiw(0, &target, nullptr, items.list(), nullptr, nullptr, 0));
    if (!(status & 1))
        throw Failure(status);
    if (row.kind == ITEM_TEXT)
        return item_shown(row, items.text(at), 0);
    uint64_t number = items.number(at);
    return item_shown(row, "", row.kind == ITEM_NUMBER ? number & 0xffffffff : number);
}

namespace {

uint32_t read_pid(const Value &value)
{
    if (value.is_integer())
        return static_cast<uint32_t>(value.integer());
    std::string text = trimmed(value.text());
    char *end;
    unsigned long pid = strtoul(text.c_str(), &end, 16);
    if (*end)
        throw Failure(CLI$_IVCHAR, text);
    return static_cast<uint32_t>(pid);
}

/* Names with commas between: the user's, those that the process holds. */
Value rights_item(uint32_t given)
{
    uint32_t pid = given ? given : self().pid;
    std::string names = trimmed(
        process_item(pid, find_item("USERNAME", process_items)).text()); /* checks the access */
    for (const Right &right : process_rights(pid))
        names += "," + right.name;
    return Value(names);
}

Value f_getjpi(Session &, const LexicalArguments &a)
{
    uint32_t pid = a.given(0) ? read_pid(a.value(0)) : 0;
    if (a.keyword(1) == "RIGHTSLIST" || a.keyword(1) == "PROCESS_RIGHTS")
        return rights_item(pid);
    if (a.keyword(1) == "SYSTEM_RIGHTS")
        return Value("SYS$NODE_" + node_name());
    return process_item(pid, find_item(a.keyword(1), process_items));
}

Value f_process(Session &, const LexicalArguments &)
{
    return Value(self().process_name);
}

Value f_user(Session &, const LexicalArguments &)
{
    return Value(uic_text(self().uic));
}

Value f_mode(Session &, const LexicalArguments &)
{
    return Value(modes[self().mode & 3]);
}

/* ---- privileges ---- */

Value f_privilege(Session &, const LexicalArguments &a)
{
    uint64_t now_on = self().current;
    bool all = true;
    for (const std::string &word : keyword_list(a.text(0))) {
        uint64_t mask;
        bool negated;
        if (!find_privilege(word, &mask, &negated))
            throw Failure(CLI$_IVKEYW, word);
        all = all && (negated ? !(now_on & mask) : (now_on & mask) == mask);
    }
    return Value(all ? "TRUE" : "FALSE");
}

uint32_t change_privileges(uint64_t mask, bool on)
{
    struct _generic_64 quad;
    quad.gen64$q_quadword = mask;
    return static_cast<uint32_t>(sys$setprv(on, &quad, 1, nullptr));
}

/* The list as it was, in the form that puts it back. */
Value f_setprv(Session &session, const LexicalArguments &a)
{
    uint64_t before = self().current;
    std::string old;
    uint32_t worst = SS$_NORMAL;
    for (const std::string &word : keyword_list(a.text(0))) {
        uint64_t mask;
        bool negated;
        if (word.empty())
            continue;
        if (!find_privilege(word, &mask, &negated))
            throw Failure(CLI$_IVKEYW, word);
        for (const std::string &name : privilege_names(mask)) {
            uint64_t one;
            bool ignored;
            find_privilege(name, &one, &ignored);
            old += std::string(old.empty() ? "" : ",") + (before & one ? "" : "NO") + name;
        }
        uint32_t status = change_privileges(mask, !negated);
        worst = status == SS$_NORMAL ? worst : status;
    }
    if (worst != SS$_NORMAL)
        session.show(Failure(worst));
    return Value(old);
}

/* ---- identifiers: the users', and those of the rights database ---- */

Value f_identifier(Session &, const LexicalArguments &a)
{
    static const char *const conversions[] = {"NAME_TO_NUMBER", "NUMBER_TO_NAME", nullptr};
    if (find_keyword(a.keyword(1), conversions) == 0) {
        UserRecord user;
        rights::Identifier identifier;
        if (find_user(a.keyword(0), &user) & 1)
            return Value(static_cast<int32_t>(user.uic));
        rights::identifier_get(a.keyword(0), &identifier);
        return Value(static_cast<int32_t>(identifier.value));
    }
    uint32_t value = static_cast<uint32_t>(a.integer(0));
    std::string name;
    if (uaf_user_of_uic(value, &name))
        return Value(name);
    for (const rights::Identifier &each : rights::identifier_list())
        if (each.value == value)
            return Value(each.name);
    return Value("");
}

/* ---- contexts ---- */

Value f_context(Session &session, const LexicalArguments &a)
{
    if (a.keyword(0).empty() || std::string("PROCESS").compare(0, a.keyword(0).size(),
                                                               a.keyword(0)) != 0)
        throw Failure(CLI$_INVCTXTYP);
    std::string symbol = a.keyword(1);
    if (a.keyword(2) == "CANCEL") {
        session.contexts->cancel(symbol);
        return Value("");
    }
    if (!a.given(3) || !a.given(4))
        throw Failure(CLI$_ARGREQ, "F$CONTEXT");
    const ItemRow &row = find_item(a.keyword(2), process_items);
    bool created = session.contexts->add(symbol, row, a.value(3), a.keyword(4));
    if (created)
        session.set_symbol(symbol, Value(hex8(session.contexts->number(symbol))));
    return Value("");
}

Value f_pid(Session &session, const LexicalArguments &a)
{
    std::string symbol = a.keyword(0);
    if (!session.contexts->is_context(symbol)) {
        const Symbol *old = session.find_symbol(symbol);
        bool goes_on = old && session.contexts->goes_on(symbol, old->value.text());
        if (!goes_on)
            session.contexts->begin(symbol);
        session.set_symbol(symbol, Value(session.contexts->mark(symbol)));
    }
    uint32_t pid = session.contexts->next(symbol);
    return Value(pid ? hex8(pid) : std::string());
}

} // namespace

const LexicalRow lexical_process[] = {
    {"F$GETJPI", 2, 2, 0, f_getjpi},
    {"F$PID", 1, 1, 1, f_pid},
    {"F$CONTEXT", 3, 5, 2, f_context},
    {"F$PROCESS", 0, 0, 0, f_process},
    {"F$USER", 0, 0, 0, f_user},
    {"F$MODE", 0, 0, 0, f_mode},
    {"F$PRIVILEGE", 1, 1, 0, f_privilege},
    {"F$SETPRV", 1, 1, 0, f_setprv},
    {"F$IDENTIFIER", 2, 2, 0, f_identifier},
    {nullptr, 0, 0, 0, nullptr},
};

} // namespace dcl
} // namespace shim
