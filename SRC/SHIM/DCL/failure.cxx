/*
**  failure - message lines of conditions
**
**  The facility of a CLI condition is shown as DCL in the first line.
*/
#include "failure.h"

#include "system_text.h"

#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

const struct {
    Facility number;
    const char *name;
} facilities[] = {{FACILITY_CLI, "CLI"},       {FACILITY_COPY, "COPY"},
                  {FACILITY_DIFF, "DIFF"},     {FACILITY_TYPE, "TYPE"},
                  {FACILITY_CREATE, "CREATE"}, {FACILITY_DELETE, "DELETE"},
                  {FACILITY_DIRECT, "DIRECT"}, {FACILITY_RENAME, "RENAME"},
                  {FACILITY_PURGE, "PURGE"},   {FACILITY_SET, "SET"},
                  {FACILITY_APPEND, "APPEND"}, {FACILITY_BACKUP, "BACKUP"},
                  {FACILITY_CXX, "CXX"},
                  {FACILITY_LINK, "LINK"},     {FACILITY_MESSAGE, "MESSAGE"},
                  {FACILITY_FDL, "FDL"},       {FACILITY_SORT, "SORT"},
                  {FACILITY_CONVERT, "CONV"},  {FACILITY_DUMP, "DUMP"},
                  {FACILITY_ANALYZE, "ANALYZE"}, {FACILITY_CHECKSUM, "CHECKSUM"},
                  {FACILITY_UNLOCK, "UNLOCK"},
                  {FACILITY_SEARCH, "SEARCH"}, {FACILITY_PRINT, "PRINT"},
                  {FACILITY_SHOW, "SHOW"},     {FACILITY_SUBMIT, "SUBMIT"}};

const char *facility_name(uint32_t code)
{
    for (const auto &row : facilities)
        if ((code >> 16 & 0xfff) == row.number)
            return row.name;
    return nullptr;
}

struct SharedText {
    uint32_t number;
    const char *ident, *text;
};
const SharedText shared_texts[] = {
    {SHARED_APPENDEDB, "APPENDED", "!AS appended to !AS (!UL block!%S)"},
    {SHARED_APPENDEDR, "APPENDED", "!AS appended to !AS (!UL record!%S)"},
    {SHARED_COPIEDB, "COPIED", "!AS copied to !AS (!UL block!%S)"},
    {SHARED_COPIEDR, "COPIED", "!AS copied to !AS (!UL record!%S)"},
    {SHARED_CREATED, "CREATED", "!AS created"},
    {SHARED_NEWFILES, "NEWFILES", "!UL file!%S created"},
    {SHARED_REPLACED, "REPLACED", "!AS being replaced"},
    {SHARED_HIGHVER, "HIGHVER", "higher version of !AS already exists"},
    {SHARED_NOTCOPIED, "NOTCOPIED", "!AS not copied"},
    {SHARED_INCOMPAT, "INCOMPAT", "!AS (input) and !AS (output) have incompatible attributes"},
    {SHARED_FILNOTDEL, "FILNOTDEL", "error deleting !AS"},
    {SHARED_DELVER, "DELVER", "explicit version number or wild card required"},
    {SHARED_PURGEVER, "PURGEVER", "version numbers not permitted"},
    {SHARED_NOFILPURG, "NOFILPURG", "no files purged for !AS"},
    {SHARED_EXISTS, "EXISTS", "!AS already exists"},
    {SHARED_RENAMED, "RENAMED", "!AS renamed to !AS"},
    {SHARED_PROTECTED, "PROTECTED", "!AS protection changed to !AS"},
    {SHARED_DIRNOTCRE, "DIRNOTCRE", "!AS directory file not created"},
    {SHARED_ILLDIRCOPY, "ILLDIRCOPY", "illegal to copy directory !AS"},
    {SHARED_TOTAL, "TOTAL", "!UL file!%S deleted (!UL block!%S)"},
    {SHARED_FILPURG, "FILPURG", "!AS deleted (!UL block!%S)"},
    {SHARED_FILDEL, "FILDEL", "!AS deleted (!UL block!%S)"},
    {SHARED_NOFILES, "NOFILES", "no files found"},
    {SHARED_CLOSEIN, "CLOSEIN", "error closing !AS as input"},
    {SHARED_CLOSEOUT, "CLOSEOUT", "error closing !AS as output"},
    {SHARED_OPENIN, "OPENIN", "error opening !AS as input"},
    {SHARED_OPENOUT, "OPENOUT", "error opening !AS as output"},
    {SHARED_READERR, "READERR", "error reading !AS"},
    {SHARED_WRITEERR, "WRITEERR", "error writing !AS"},
    {SHARED_SEARCHFAIL, "SEARCHFAIL", "error searching for !AS"},
    {SHARED_ACTIMAGE, "ACTIMAGE", "error activating image !AS"},
};

/* Each FAO directive gives way to the next argument; !/ and !_ stay what they are. */
std::string put_arguments(const std::string &control, const std::vector<std::string> &arguments)
{
    std::string out;
    size_t next = 0;
    for (size_t i = 0; i < control.size(); ++i) {
        if (control[i] != '!' || i + 1 == control.size()) {
            out += control[i];
            continue;
        }
        size_t end = i + 1;
        while (end < control.size() && control[end] >= '0' && control[end] <= '9')
            ++end;
        if (control[end] == '!') {
            out += '!';
        } else if (control[end] == '%') { /* !%S: the plural of the number just shown */
            out += next && arguments[next - 1] == "1" ? "" : "s";
            ++end;
        } else {
            out += next < arguments.size() ? arguments[next] : std::string();
            ++next;
            ++end; /* two letters: !AS, !UL */
        }
        i = end;
    }
    return out;
}

struct OwnText {
    uint32_t code;
    const char *facility, *ident, *text;
};
const OwnText own_texts[] = {
    {RUN_CREPRC, "RUN", "CREPRC", "process creation failed"},
    {RUN_PROC_ID, "RUN", "PROC_ID", "identification of created process is !AS"},
    {SHOW_INVQUAVAL, "SHOW", "INVQUAVAL", "value '!AS' invalid for /!AS qualifier"},
    {BACKUP_COPIED, "BACKUP", "COPIED", "copied !AS"},
    {BACKUP_CREATED, "BACKUP", "CREATED", "created !AS"},
    {BACKUP_CREDIR, "BACKUP", "CREDIR", "created directory !AS"},
    {BACKUP_NOFILES, "BACKUP", "NOFILES", "no files selected from !AS"},
    {BACKUP_NOTSAVESET, "BACKUP", "NOTSAVESET", "!AS is not a BACKUP save set"},
    {BACKUP_BADSAVESET, "BACKUP", "BADSAVESET", "save set !AS is damaged at byte !AS"},
    {BACKUP_VERIFYERR, "BACKUP", "VERIFYERR", "verification error for block !AS of !AS"},
    {BACKUP_COMPARED, "BACKUP", "COMPARED", "compared !AS"},
    {CXX_ERRORS, "CXX", "ERRORS", "errors detected in the compilation of !AS"},
    {CXX_NOCOMPILER, "CXX", "NOCOMPILER", "!AS cannot be run on the host"},
    {LINK_ERRORS, "LINK", "ERRORS", "!AS not created"},
    {LINK_BADOPTION, "LINK", "BADOPTION", "option line not understood: !AS"},
    {LINK_BADIDENT, "LINK", "BADIDENT", "image name or identification is too long: !AS"},
    {LINK_UNDSYM, "LINK", "UNDSYM", "undefined universal symbol !AS"},
    {MESSAGE_ERRORS, "MESSAGE", "ERRORS", "errors in !AS, no object created"},
    {FDL_SYNTAX, "FDL", "SYNTAX", "line not understood: !AS"},
    {SORT_BADKEY, "SORT", "BADKEY", "invalid key: !AS"},
    {CONVERT_RECORD, "CONV", "RECORD", "record !AS of !AS is left out"},
    {UNLOCK_UNLOCKED, "UNLOCK", "UNLOCKED", "!AS unlocked"},
    {DIFF_FILAREDIF, "DIFF", "FILAREDIF", "files are different"},
    {DIFF_FILAREIDE, "DIFF", "FILAREIDE", "files are identical"},
    {SEARCH_NOMATCHES, "SEARCH", "NOMATCHES", "no strings matched"},
    {SET_MODIFIED, "SET", "MODIFIED", "!AS modified"},
    {SET_NOTSET, "SET", "NOTSET", "error modifying !AS"},
    {SUBMIT_CREJOB, "SUBMIT", "CREJOB", "error creating job"},
    {PRINT_CREJOB, "PRINT", "CREJOB", "error creating job"},
    {DELETE_QUEUED, "DELETE", "DELETED", "queue !AS deleted"},
    {DELETE_DELETED_ENTRY, "DELETE", "DELETED", "entry !AS deleted"},
};

bool shared_text(uint32_t code, Message *message)
{
    const char *facility = facility_name(code);
    for (const SharedText &row : shared_texts)
        if (facility && (code & STS$M_MSG_NO) == row.number) {
            *message = Message{facility, row.ident, row.text, 1};
            return true;
        }
    for (const OwnText &row : own_texts)
        if (((row.code ^ code) & 0x0FFFFFF8) == 0) {
            *message = Message{row.facility, row.ident, row.text, 0};
            return true;
        }
    return false;
}

} // namespace

Failure file_failure(SharedMessage message, const std::string &file, uint32_t sts, uint32_t stv,
                     Facility facility)
{
    Failure failure(static_cast<uint32_t>(facility) << 16 | message | (sts & STS$M_SEVERITY));
    failure.with(file);
    failure.also(sts);
    if (stv > 1 && stv != sts)
        failure.also(stv);
    failure.status = facility == FACILITY_CLI ? sts : failure.status | STS$M_INHIB_MSG;
    return failure;
}

std::string message_text(const MessagePart &part, const MessageFields &fields, char lead)
{
    static const char severities[] = "WSEIF???";
    Message message;
    if (!shared_text(part.code, &message))
        find_message(part.code, &message);
    std::string head;
    if (fields.facility)
        head += message.facility == "CLI" && lead == '%' ? "DCL" : message.facility;
    if (fields.severity)
        head += (head.empty() ? "" : "-") + std::string(1, severities[part.code & 7]);
    if (fields.identification)
        head += (head.empty() ? "" : "-") + message.ident;
    if (!head.empty())
        head = lead + head;
    if (!fields.text)
        return head;
    return (head.empty() ? "" : head + ", ") + put_arguments(message.text, part.arguments);
}

std::vector<std::string> message_lines(const Failure &failure, const MessageFields &fields)
{
    std::vector<std::string> lines;
    for (const MessagePart &part : failure.parts) {
        if (part.code & STS$M_INHIB_MSG)
            continue;
        std::string line = message_text(part, fields, &part == &failure.parts[0] ? '%' : '-');
        if (!line.empty())
            lines.push_back(line);
    }
    if (failure.has_text && !lines.empty() && fields.text)
        lines.push_back(" \\" + failure.text + "\\");
    return lines;
}

} // namespace dcl
} // namespace shim
