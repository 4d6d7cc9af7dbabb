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
} facilities[] = {{FACILITY_CLI, "CLI"}, {FACILITY_COPY, "COPY"}, {FACILITY_TYPE, "TYPE"}};

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
        } else {
            out += next < arguments.size() ? arguments[next] : std::string();
            ++next;
            ++end; /* two letters: !AS, !UL */
        }
        i = end;
    }
    return out;
}

const MessageRow own_rows[] = {
    {RUN_CREPRC, "CREPRC", "process creation failed", 0},
    {RUN_PROC_ID, "PROC_ID", "identification of created process is !AS", 1},
};

bool shared_text(uint32_t code, Message *message)
{
    const char *facility = facility_name(code);
    for (const SharedText &row : shared_texts)
        if (facility && (code & STS$M_MSG_NO) == row.number) {
            *message = Message{facility, row.ident, row.text, 1};
            return true;
        }
    for (const MessageRow &row : own_rows)
        if (((row.code ^ code) & 0x0FFFFFF8) == 0) {
            *message = Message{"RUN", row.ident, row.text, row.fao_count};
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
