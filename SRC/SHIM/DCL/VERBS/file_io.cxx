/*
**  file_io - OPEN, READ, WRITE, CLOSE, INQUIRE
**
**  A file's logical name is in the process table, supervisor mode.  /ERROR takes the place of the
**  message and of the ON action, /END_OF_FILE the same at the end of the file.  DCL Dictionary.
*/
#include "dispatch.h"
#include "expression.h"
#include "files.h"
#include "names.h"
#include "terminal.h"

#include <climsgdef.h>
#include <cstdlib>
#include <psldef.h>
#include <rmsdef.h>

namespace shim {
namespace dcl {

namespace {

const size_t READ_MAX = 2048, WRITE_MAX = 1024, WRITE_SYMBOL_MAX = 2048, LITERAL_MAX = 255;

/* The error goes to the label of /ERROR, or is thrown. */
void branch_or_fail(Session &session, const cli::Parsed &command, const Failure &failure,
                    bool end_of_file = false)
{
    std::string label;
    if (end_of_file && has(command, "END_OF_FILE"))
        label = text_of(command, "END_OF_FILE");
    else if (has(command, "ERROR"))
        label = text_of(command, "ERROR");
    if (label.empty())
        throw failure;
    session.set_status(failure.status, true);
    session.forget_condition();
    session.goto_label(label, CLI$_USGOTO);
}

std::string logical_name(const cli::Parsed &command)
{
    std::string name = upper(text_of(command, "NAME"));
    if (!name.empty() && name.back() == ':')
        name.pop_back();
    return name;
}

/* ---- OPEN, CLOSE ---- */

unsigned sharing(const cli::Parsed &command, bool reads_only)
{
    if (!has(command, "SHARE"))
        return reads_only ? FAB$M_SHRGET : FAB$M_NIL;
    std::string how = text_of(command, "SHARE");
    if (how == "READ")
        return FAB$M_SHRGET;
    if (how == "NONE")
        return FAB$M_NIL;
    return FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD | FAB$M_SHRDEL;
}

Failure open_entry(Files::Entry *entry, const cli::Parsed &command, bool *good)
{
    bool append = has(command, "APPEND"), writes = has(command, "WRITE") || append;
    bool reads = has(command, "READ") || !writes;
    bool creates = writes && !reads && !append;
    entry->reads = reads;
    entry->writes = writes;
    RecordFile &file = entry->file;
    FAB &fab = file.fab();
    file.name(text_of(command, "FILE"), ".DAT");
    fab.fab$b_fac = static_cast<unsigned char>(
        (reads || append ? FAB$M_GET : 0) | (writes ? FAB$M_PUT : 0) |
        (writes && !append && reads ? FAB$M_UPD | FAB$M_DEL : 0));
    fab.fab$b_shr = static_cast<unsigned char>(sharing(command, !writes));
    file.rab().rab$l_rhb = file.fixed_control();
    uint32_t status;
    if (creates) {
        fab.fab$b_rfm = FAB$C_VFC;
        fab.fab$b_fsz = 2;
        fab.fab$b_rat = FAB$M_PRN;
        status = file.create();
    } else {
        if (append)
            file.rab().rab$l_rop |= RAB$M_EOF;
        status = file.open();
    }
    *good = status & 1;
    return file_failure(creates ? SHARED_OPENOUT : SHARED_OPENIN, file.spec(), status, file.stv());
}

void open_verb(Session &session, const cli::Parsed &command)
{
    std::string name = logical_name(command);
    uint16_t number = find_permanent_file(name, PSL$C_SUPER);
    if (number && (number < PPF_FIRST || session.files->find(number)))
        return; /* it is open already */
    number = find_permanent_file(text_of(command, "FILE"), PSL$C_SUPER);
    if (!number) {
        std::unique_ptr<Files::Entry> entry(new Files::Entry);
        bool good = false;
        Failure failure = open_entry(entry.get(), command, &good);
        if (!good)
            return branch_or_fail(session, command, failure);
        number = session.files->add(std::move(entry));
    }
    uint32_t status = create_name("LNM$PROCESS_TABLE", name, PSL$C_SUPER, 0,
                                  {NameValue{permanent_value(number, "_DKA0:"), 0}});
    if (!(status & 1)) {
        uint32_t stv;
        session.files->close(number, &stv);
        branch_or_fail(session, command, Failure(status));
    }
}

void close_verb(Session &session, const cli::Parsed &command)
{
    std::string name = logical_name(command);
    uint16_t number = find_permanent_file(name, PSL$C_SUPER);
    if (!number && negated(command, "LOG"))
        return;
    if (!number)
        return branch_or_fail(session, command, Failure(CLI$_UNDFIL, name));
    delete_name("LNM$PROCESS_TABLE", name, PSL$C_SUPER);
    if (number < PPF_FIRST)
        return;
    uint32_t stv = 0, status = session.files->close(number, &stv);
    if (!(status & 1))
        branch_or_fail(session, command, file_failure(SHARED_CLOSEOUT, name, status, stv));
}

/* ---- READ ---- */

uint32_t match_of(const cli::Parsed &command)
{
    std::string match = text_of(command, "MATCH");
    return match == "GE" ? RAB$M_KGE : match == "GT" ? RAB$M_KGT : 0;
}

uint32_t read_file(RecordFile &file, const cli::Parsed &command, std::string *record)
{
    if (has(command, "KEY"))
        file.by_key(text_of(command, "KEY"),
                    static_cast<unsigned>(number_of(command, "INDEX")),
                    match_of(command));
    file.rab().rab$l_rop &= ~static_cast<uint32_t>(RAB$M_NLK | RAB$M_RRL);
    if (negated(command, "LOCK"))
        file.rab().rab$l_rop |= RAB$M_NLK | RAB$M_RRL;
    uint32_t status = file.get(record);
    file.sequential();
    if ((status & 1) && record->size() > READ_MAX)
        status = RMS$_RTB;
    if ((status & 1) && has(command, "DELETE"))
        status = file.erase();
    return status;
}

void read_verb(Session &session, const cli::Parsed &command)
{
    std::string name = text_of(command, "NAME"), symbol = text_of(command, "SYMBOL"), record;
    uint16_t number = find_permanent_file(name, PSL$C_SUPER);
    std::string prompt = has(command, "PROMPT") ? text_of(command, "PROMPT") : "Data: ";
    uint32_t status = RMS$_NORMAL, stv = 0;
    if (number == PPF_INPUT || number == PPF_COMMAND) {
        int seconds = has(command, "TIME_OUT") ? number_of(command, "TIME_OUT") : -1;
        bool good = number == PPF_INPUT ? session.read_data(prompt, &record, seconds)
                                        : session.read_command_input(prompt, &record, seconds);
        if (!good)
            status = session.terminal->timed_out() ? RMS$_TMO : RMS$_EOF;
    } else if (Files::Entry *entry = session.files->find(number)) {
        status = entry->reads ? read_file(entry->file, command, &record)
                              : static_cast<uint32_t>(RMS$_FAC);
        stv = entry->file.stv();
    } else {
        return branch_or_fail(session, command, Failure(CLI$_UNDFIL, logical_name(command)));
    }
    if (status & 1)
        return session.set_symbol(upper(symbol), Value(record));
    Failure failure(status);
    if (status != RMS$_EOF && stv > 1)
        failure.also(stv);
    branch_or_fail(session, command, failure, status == RMS$_EOF);
}

/* ---- WRITE ---- */

void check_literals(const std::string &text)
{
    for (size_t at = text.find('"'); at < text.size(); at = text.find('"', at))
        if (read_quoted(text, &at).size() > LITERAL_MAX)
            throw Failure(CLI$_TKNOVF);
}

std::string expression_list(Session &session, const std::string &text)
{
    std::string record;
    Expression expression(session, text);
    do
        record += expression.evaluate().text();
    while (expression.take(','));
    if (!expression.at_end())
        throw Failure(CLI$_EXPSYN, upper(text.substr(expression.at())));
    return record;
}

/* False: there is no such file. */
bool put_record(Session &session, uint16_t number, const std::string &record, bool update,
                uint32_t *status, uint32_t *stv)
{
    *status = RMS$_NORMAL;
    *stv = 0;
    if (number == PPF_OUTPUT || number == PPF_COMMAND) {
        session.write(record);
    } else if (number == PPF_ERROR) {
        session.error->line(record);
    } else if (Files::Entry *entry = session.files->find(number)) {
        *status = !entry->writes ? static_cast<uint32_t>(RMS$_FAC)
                  : update       ? entry->file.update(record)
                                 : entry->file.put(record);
        *stv = entry->file.stv();
    } else {
        return false;
    }
    return true;
}

void write_verb(Session &session, const cli::Parsed &command)
{
    std::string name = text_of(command, "NAME"), text = text_of(command, "EXPRESSION");
    check_literals(text);
    std::string record = expression_list(session, text);
    if (record.size() > (has(command, "SYMBOL") ? WRITE_SYMBOL_MAX : WRITE_MAX))
        throw Failure(CLI$_BUFOVF);
    uint16_t number = find_permanent_file(name, PSL$C_SUPER);
    uint32_t status, stv;
    if (!put_record(session, number, record, has(command, "UPDATE"), &status, &stv))
        return branch_or_fail(session, command, Failure(CLI$_UNDFIL, logical_name(command)));
    if (status & 1)
        return;
    Failure failure(status);
    if (stv > 1)
        failure.also(stv);
    branch_or_fail(session, command, failure);
}

/* ---- INQUIRE ---- */

/* The answer as if it stood behind :=, symbols substituted. */
void inquire_verb(Session &session, const cli::Parsed &command)
{
    std::string symbol = upper(text_of(command, "SYMBOL"));
    std::string prompt = has(command, "PROMPT_TEXT") ? text_of(command, "PROMPT_TEXT") : symbol;
    if (!negated(command, "PUNCTUATION"))
        prompt += ": ";
    std::string answer;
    bool good = session.interactive ? session.read_command_input(prompt, &answer)
                                    : session.read_data(prompt, &answer);
    if (!good)
        answer.clear();
    session.set_symbol(symbol, 0, Value(assigned_string(session.substitute(answer))),
                       has(command, "GLOBAL"));
}

const VerbRow rows[] = {
    {"OPEN", open_verb, INTERNAL},
    {"CLOSE", close_verb, INTERNAL},
    {"READ", read_verb, INTERNAL},
    {"WRITE", write_verb, INTERNAL},
    {"INQUIRE", inquire_verb, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
