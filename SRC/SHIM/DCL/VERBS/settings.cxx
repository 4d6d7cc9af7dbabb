/*
**  settings - SET of the process and the system: LOGINS, OUTPUT_RATE, PASSWORD, RIGHTS_LIST,
**  RMS_DEFAULT, TIME, UIC, WORKING_SET; SHOW of the same
**
**  A log file is written line by line, so that SET OUTPUT_RATE has nothing to do.  Working sets and
**  RMS's defaults are kept and shown; the host manages memory and buffers by itself.
*/
#include "dispatch.h"
#include "login_limit.h"
#include "low.h"
#include "process_table.h"
#include "text_forms.h"
#include "terminal.h"
#include "uaf.h"

#include "CLI/command_values.h"

#include <climsgdef.h>
#include <cstdio>
#include <cstdlib>
#include <prvdef.h>
#include <rmsdef.h>
#include <ssdef.h>
#include <starlet.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

const uint32_t SET_FACILITY = 119;

/* "%SET-F-IDENT, text", of which $STATUS tells facility and severity alone. */
void refuse(Session &session, const char *ident, const std::string &text)
{
    session.show_line(std::string("%SET-F-") + ident + ", " + text);
    session.set_status(SET_FACILITY << 16 | 0x8000u | STS$K_SEVERE | STS$M_INHIB_MSG, true);
}

void set_logins(Session &session, const cli::Parsed &command)
{
    int limit = login_limit();
    if (has(command, "INTERACTIVE") && !text_of(command, "INTERACTIVE").empty()) {
        if (!privileged(PRV$M_OPER))
            throw Failure(SS$_NOPRIV);
        limit = number_of(command, "INTERACTIVE");
        if (limit < 0)
            throw Failure(CLI$_IVVALU, text_of(command, "INTERACTIVE"));
        if (!set_login_limit(limit))
            throw Failure(SS$_DEVICEFULL);
    }
    if (limit == NO_LOGIN_LIMIT)
        limit = PROCESS_MAX;
    session.show_line("%SET-I-INTSET, login interactive limit = " + std::to_string(limit) +
                      ", current interactive value = " + std::to_string(interactive_logins()));
}

void set_output_rate(Session &, const cli::Parsed &) {}

/* ---- numbers that are kept for SHOW ---- */

struct WorkingSet {
    bool adjust = true;
    int limit = 2000, quota = 4000, extent = 16384;
} working_set;

void set_working_set(Session &session, const cli::Parsed &command)
{
    if (has(command, "LIMIT"))
        working_set.limit = number_of(command, "LIMIT");
    if (has(command, "QUOTA"))
        working_set.quota = number_of(command, "QUOTA");
    if (has(command, "EXTENT"))
        working_set.extent = number_of(command, "EXTENT");
    if (has(command, "ADJUST") || negated(command, "ADJUST"))
        working_set.adjust = has(command, "ADJUST");
    if (has(command, "LOG"))
        session.show_line("%SET-I-NEWLIMS, new working set:  Limit = " +
                          std::to_string(working_set.limit) +
                          "  Quota = " + std::to_string(working_set.quota) +
                          "  Extent = " + std::to_string(working_set.extent));
}

void show_working_set(Session &session, const cli::Parsed &)
{
    char line[120];
    snprintf(line, sizeof line, "  Working Set (pagelets)  /Limit=%d  /Quota=%d  /Extent=%d",
             working_set.limit, working_set.quota, working_set.extent);
    session.write(line);
    session.write(std::string("  Adjustment ") + (working_set.adjust ? "enabled" : "disabled") +
                  "       Authorized Quota=" + std::to_string(working_set.quota) +
                  "  Authorized Extent=" + std::to_string(working_set.extent));
}

struct RmsDefault {
    const char *label;
    int most, value;
};
RmsDefault rms_defaults[] = {{"BLOCK_COUNT", 127, 0},
                             {"BUFFER_COUNT", 255, 0},
                             {"EXTEND_QUANTITY", 65535, 0},
                             {"PROLOG", 3, 0}};

void set_rms_default(Session &, const cli::Parsed &command)
{
    for (RmsDefault &row : rms_defaults) {
        if (!has(command, row.label))
            continue;
        int value = number_of(command, row.label);
        if (value < 0 || value > row.most)
            throw Failure(CLI$_IVVALU, text_of(command, row.label));
        row.value = value;
    }
}

void show_rms_default(Session &session, const cli::Parsed &)
{
    char line[120];
    session.write("          MULTI-  |                MULTIBUFFER COUNTS               | EXTEND");
    session.write("          BLOCK   |  Indexed  Relative            Sequential        | QUANTITY");
    session.write("          COUNT   |                     Disk  Magtape  Unit Record  |");
    snprintf(line, sizeof line,
             "Process   %4d    |  %4d     %4d      %4d     %4d       %4d      | %5d",
             rms_defaults[0].value, rms_defaults[1].value, rms_defaults[1].value,
             rms_defaults[1].value, rms_defaults[1].value, rms_defaults[1].value,
             rms_defaults[2].value);
    session.write(line);
    session.write("System      32    |     0        0         0        0          0      |     0");
}

/* ---- who the process is ---- */

void set_uic(Session &, const cli::Parsed &command)
{
    uint32_t uic;
    if (!read_uic(text_of(command, "UIC"), &uic))
        throw Failure(CLI$_INVUIC, text_of(command, "UIC"));
    if (uic != self().uic && !privileged(PRV$M_CMKRNL))
        throw Failure(SS$_NOPRIV);
    change_uic(uic);
}

void set_time(Session &, const cli::Parsed &command)
{
    std::vector<cli::ParsedValue> values = option_values(command);
    if (values.empty())
        return; /* from the host's clock, which is right already */
    if (!privileged(PRV$M_OPER) || !privileged(PRV$M_LOG_IO))
        throw Failure(SS$_NOPRIV);
    LowText text(values[0].text);
    Low<uint64_t> time;
    uint32_t status = static_cast<uint32_t>(
        sys$bintim(text.descriptor(), reinterpret_cast<struct _generic_64 *>(time.get())));
    if (!(status & 1))
        throw Failure(CLI$_IVATIME, values[0].text);
    move_clock(static_cast<int64_t>(*time.get() - now()));
}

/* ---- SET PASSWORD: asks for the old one and twice for the new one, without echo ---- */

std::string ask(Session &session, const char *prompt)
{
    std::string answer;
    bool echo = session.terminal->echo;
    session.terminal->echo = false;
    bool read = session.read_command_input(prompt, &answer);
    session.terminal->echo = echo;
    if (!read)
        throw Failure(RMS$_EOF);
    return answer;
}

void set_password(Session &session, const cli::Parsed &command)
{
    if (has(command, "SYSTEM") || has(command, "SECONDARY") || has(command, "GENERATE"))
        throw Failure(SS$_UNSUPPORTED);
    UafRecord user;
    uint32_t status = uaf_read(self().user, &user);
    if (!(status & 1))
        throw Failure(status);
    std::string old = ask(session, "Old password: "), fresh = ask(session, "New password: ");
    std::string again = ask(session, "Verification: ");
    if (!uaf_check_password(user, old))
        return refuse(session, "PWDNOTVAL", "old password validation error; password not changed");
    if (fresh != again)
        return refuse(session, "PWDNOTVER",
                      "new password verification error; password not changed");
    if (fresh.size() < user.password_minimum || fresh.size() > uaf_password_max)
        return refuse(session, "INVPWDLEN",
                      "password length must be between " + std::to_string(user.password_minimum) +
                          " and " + std::to_string(uaf_password_max) + " characters");
    status = uaf_set_password(&user, fresh);
    if (status & 1)
        status = uaf_modify(user);
    if (!(status & 1))
        throw Failure(status);
}

const VerbRow rows[] = {
    {"SET_LOGINS", set_logins, IMAGE},
    {"SET_OUTPUT_RATE", set_output_rate, INTERNAL},
    {"SET_WORKING_SET", set_working_set, INTERNAL},
    {"SHOW_WORKING_SET", show_working_set, INTERNAL},
    {"SET_RMS_DEFAULT", set_rms_default, INTERNAL},
    {"SHOW_RMS_DEFAULT", show_rms_default, INTERNAL},
    {"SET_UIC", set_uic, INTERNAL},
    {"SET_TIME", set_time, IMAGE},
    {"SET_PASSWORD", set_password, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
