/*
**  user_fields - one table of numbers, one of flags, one of kinds of access; the rest by hand
*/
#include "UTILITIES/AUTHORIZE/user_fields.h"

#include "DCL/text_forms.h"
#include "UTILITIES/utility.h"
#include "plain_text.h"
#include "shim.h"
#include "system_text.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <starlet.h>
#include <uaidef.h>

#include "DCL/low.h"

namespace shim::authorize {

using namespace utility;

namespace {

const int64_t DAY = 864000000000LL;

struct NumberField {
    const char *qualifier, *shown;
    size_t offset, size;
};
#define FIELD(qualifier, shown, member)                                                            \
    {qualifier, shown, offsetof(UafRecord, member), sizeof UafRecord().member}
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
const NumberField number_fields[] = {
    FIELD("MAXJOBS", "Maxjobs", jobs),         FIELD("FILLM", "Fillm", files),
    FIELD("BYTLM", "Bytlm", bytes),            FIELD("MAXACCTJOBS", "Maxacctjobs", account_jobs),
    FIELD("SHRFILLM", "Shrfillm", shared_files), FIELD("PBYTLM", "Pbytlm", paged_bytes),
    FIELD("MAXDETACH", "Maxdetach", detached), FIELD("BIOLM", "BIOlm", buffered_io),
    FIELD("JTQUOTA", "JTquota", job_table),    FIELD("PRCLM", "Prclm", subprocesses),
    FIELD("DIOLM", "DIOlm", direct_io),        FIELD("WSDEFAULT", "WSdef", working_set_default),
    FIELD("PRIORITY", "Prio", priority),       FIELD("ASTLM", "ASTlm", asts),
    FIELD("WSQUOTA", "WSquo", working_set),    FIELD("QUEPRIO", "Queprio", queue_priority),
    FIELD("TQELM", "TQElm", timer_entries),    FIELD("WSEXTENT", "WSextent", working_set_extent),
    FIELD("CPUTIME", "CPU", cpu_time),         FIELD("ENQLM", "Enqlm", locks),
    FIELD("PGFLQUOTA", "Pgflquo", page_file),
    FIELD("PWDMINIMUM", "", password_minimum),
};
const size_t SHOWN_NUMBERS = 21;

uint64_t get_number(const UafRecord &record, const NumberField &field)
{
    uint64_t value = 0;
    memcpy(&value, reinterpret_cast<const char *>(&record) + field.offset, field.size);
    return value;
}

bool put_number(UafRecord *record, const NumberField &field, const std::string &text)
{
    uint64_t number = strtoull(text.c_str(), nullptr, 10);
    if (field.size < 8 && number >> (8 * field.size)) {
        message('E', "VALTOOBIG",
                "value " + text + " of /" + field.qualifier + " is too big for its field");
        return false;
    }
    memcpy(reinterpret_cast<char *>(record) + field.offset, &number, field.size);
    return true;
}

struct FlagName {
    const char *name, *shown;
    uint32_t bit;
};
const FlagName flag_names[] = {
    {"AUDIT", "Audit", UAI$M_AUDIT},
    {"AUTOLOGIN", "Autologin", UAI$M_AUTOLOGIN},
    {"CAPTIVE", "Captive", UAI$M_CAPTIVE},
    {"DEFCLI", "DefCLI", UAI$M_DEFCLI},
    {"DISCTLY", "DisCtlY", UAI$M_DISCTLY},
    {"DISFORCE_PWD_CHANGE", "DisForce_Pwd_Change", UAI$M_DISFORCE_PWD_CHANGE},
    {"DISIMAGE", "DisImage", UAI$M_DISIMAGE},
    {"DISMAIL", "DisMail", UAI$M_NOMAIL},
    {"DISNEWMAIL", "DisNewMail", UAI$M_DISMAIL},
    {"DISPWDDIC", "DisPwdDic", UAI$M_DISPWDDIC},
    {"DISPWDHIS", "DisPwdHis", UAI$M_DISPWDHIS},
    {"DISRECONNECT", "DisReconnect", UAI$M_DISRECONNECT},
    {"DISREPORT", "DisReport", UAI$M_DISREPORT},
    {"DISUSER", "DisUser", UAI$M_DISACNT},
    {"DISWELCOME", "DisWelcome", UAI$M_DISWELCOM},
    {"EXTAUTH", "ExtAuth", UAI$M_EXTAUTH},
    {"GENPWD", "GenPwd", UAI$M_GENPWD},
    {"LOCKPWD", "LockPwd", UAI$M_LOCKPWD},
    {"PWDMIX", "PwdMix", UAI$M_PWDMIX},
    {"PWD_EXPIRED", "Pwd_Expired", UAI$M_PWD_EXPIRED},
    {"RESTRICTED", "Restricted", UAI$M_RESTRICTED},
    {"VMSAUTH", "VMSAuth", UAI$M_VMSAUTH},
};

bool apply_flags(UafRecord *record)
{
    for (const std::string &given : values("FLAGS")) {
        bool off = false, found = false;
        for (int pass = 0; pass < 2 && !found; ++pass) {
            std::string word = pass ? given.substr(std::min<size_t>(2, given.size())) : given;
            off = pass == 1;
            if (pass && given.compare(0, 2, "NO") != 0)
                break;
            unsigned matches = 0;
            uint32_t bit = 0;
            for (const FlagName &row : flag_names) {
                if (std::string(row.name).compare(0, word.size(), word) != 0)
                    continue;
                bit = row.bit;
                matches = word == row.name ? 1 : matches + 1;
                if (word == row.name)
                    break;
            }
            if ((found = matches == 1))
                record->flags = off ? record->flags & ~bit : record->flags | bit;
        }
        if (!found) {
            message('W', "IVKEYW", "unrecognized keyword \\" + given + "\\");
            return false;
        }
    }
    return true;
}

bool apply_privileges(const char *label, uint64_t *mask)
{
    for (const std::string &word : values(label)) {
        uint64_t one;
        bool off;
        if (!dcl::find_privilege(word, &one, &off)) {
            message('W', "IVKEYW", "unrecognized keyword \\" + word + "\\");
            return false;
        }
        *mask = off ? *mask & ~one : *mask | one;
    }
    return true;
}

/* Row of UafRecord::access; the first group of kinds is all of them. */
struct AccessKind {
    const char *qualifier;
    unsigned first, last;
};
const AccessKind access_kinds[] = {{"ACCESS", 0, 4}, {"NETWORK", 0, 0}, {"BATCH", 1, 1},
                                   {"LOCAL", 2, 2},  {"DIALUP", 3, 3},  {"REMOTE", 4, 4},
                                   {"INTERACTIVE", 2, 4}};

/* Whole days only: hours are refused, not ignored. */
bool apply_access(UafRecord *record)
{
    for (const AccessKind &kind : access_kinds) {
        bool off = negated(kind.qualifier);
        if (!off && !present(kind.qualifier))
            continue;
        if (!values(kind.qualifier).empty()) {
            message('E', "UNSUPPORTED", std::string("hours of /") + kind.qualifier +
                                            " are not supported");
            return false;
        }
        for (unsigned row = kind.first; row <= kind.last; ++row)
            for (unsigned day = 0; day < 2; ++day)
                memset(record->access[row * 2 + day], off ? 0xff : 0, 3);
    }
    return true;
}

bool apply_password(UafRecord *record)
{
    if (negated("PASSWORD")) {
        record->password = record->password2 = 0;
        return true;
    }
    std::vector<std::string> words = values("PASSWORD");
    if (words.empty())
        return true;
    uint32_t status = words[0].size() < record->password_minimum
                          ? static_cast<uint32_t>(SS$_BADPARAM)
                          : uaf_set_password(record, words[0]);
    if (!(status & 1)) {
        message('E', "PWDLEN", "password must be between " +
                                   std::to_string(record->password_minimum) + " and " +
                                   std::to_string(uaf_password_max) + " characters");
        return false;
    }
    if (present("PWDEXPIRED") || !negated("PWDEXPIRED"))
        record->password_date = ~uint64_t(0); /* as AUTHORIZE: to be changed at login */
    return true;
}

bool apply_times(UafRecord *record)
{
    struct _generic_64 time;
    if (negated("EXPIRATION"))
        record->expiration = 0;
    else if (present("EXPIRATION")) {
        dcl::LowText text(value("EXPIRATION"));
        if (!(sys$bintim(text.descriptor(), &time) & 1))
            return false;
        record->expiration = time.gen64$q_quadword;
    }
    if (negated("PWDLIFETIME"))
        record->password_lifetime = 0;
    else if (present("PWDLIFETIME")) {
        std::string given = value("PWDLIFETIME");
        size_t dash = given.find('-');
        if (dash != std::string::npos)
            given[dash] = ' ';
        dcl::LowText text(given.find(' ') == std::string::npos ? given + " 00:00" : given);
        if (!(sys$bintim(text.descriptor(), &time) & 1)) {
            message('W', "IVDELTA", "invalid delta time \\" + given + "\\");
            return false;
        }
        record->password_lifetime = static_cast<int64_t>(time.gen64$q_quadword);
    }
    return true;
}

bool apply_texts(UafRecord *record)
{
    const struct {
        const char *qualifier;
        std::string UafRecord::*member;
        size_t most;
    } rows[] = {{"ACCOUNT", &UafRecord::account, 8},       {"OWNER", &UafRecord::owner, 31},
                {"DEVICE", &UafRecord::device, 31},        {"DIRECTORY", &UafRecord::directory, 63},
                {"LGICMD", &UafRecord::login_command, 63}, {"CLI", &UafRecord::cli, 31},
                {"CLITABLES", &UafRecord::cli_tables, 31}};
    for (const auto &row : rows) {
        if (present(row.qualifier))
            record->*row.member = value(row.qualifier);
        else if (std::string(row.qualifier) == "LGICMD" && negated(row.qualifier))
            record->login_command.clear();
        if ((record->*row.member).size() > row.most) {
            message('E', "VALTOOBIG", std::string("value of /") + row.qualifier + " is too long");
            return false;
        }
    }
    if (!record->device.empty() && record->device.back() != ':')
        record->device += ':';
    if (!record->directory.empty() && record->directory[0] != '[')
        record->directory = "[" + record->directory + "]";
    uint32_t uic;
    if (!present("UIC"))
        return true;
    if (!dcl::read_uic(value("UIC"), &uic)) {
        message('E', "BADUIC", "invalid UIC \\" + value("UIC") + "\\");
        return false;
    }
    record->uic = uic;
    return true;
}

std::string days_text(uint8_t prime, bool wanted)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    std::string text;
    for (unsigned i = 0; i < 7; ++i)
        text += ((prime >> i & 1) == 0) == wanted ? std::string(" ") + names[i] : "    ";
    return text;
}

std::string time_or(uint64_t time, const char *none)
{
    return time ? time_text(static_cast<int64_t>(time)).substr(0, 17) : none;
}

void add_access(const UafRecord &record, std::vector<std::string> *lines)
{
    static const char *const names[] = {"Network:", "Batch:", "Local:", "Dialup:", "Remote:"};
    bool any = false;
    for (const auto &row : record.access)
        any = any || row[0] || row[1] || row[2];
    if (!any) {
        lines->push_back("No access restrictions");
        return;
    }
    lines->push_back("Primary   000000000011111111112222  Secondary 000000000011111111112222");
    lines->push_back("Day Hours 012345678901234567890123  Day Hours 012345678901234567890123");
    for (unsigned kind = 0; kind < 5; ++kind) {
        std::string line = std::string(names[kind]) + std::string(10 - strlen(names[kind]), ' ');
        for (unsigned day = 0; day < 2; ++day) {
            const uint8_t *bits = record.access[kind * 2 + day];
            bool none = bits[0] == 0xff && bits[1] == 0xff && bits[2] == 0xff;
            bool full = !bits[0] && !bits[1] && !bits[2];
            line += none   ? "-----  No access  ------"
                    : full ? "##### Full access ######"
                           : "##### Some access ######";
            if (day == 0)
                line += "            ";
        }
        lines->push_back(line);
    }
}

void add_privileges(const char *title, uint64_t mask, std::vector<std::string> *lines)
{
    lines->push_back(title);
    std::string line = " ";
    for (const std::string &name : dcl::privilege_names(mask)) {
        char text[16];
        snprintf(text, sizeof text, " %-12s", name.c_str());
        if (line.size() > 66) {
            lines->push_back(without_blanks_behind(line));
            line = " ";
        }
        line += text;
    }
    lines->push_back(without_blanks_behind(line));
}

} // namespace

bool apply_qualifiers(UafRecord *record)
{
    for (const NumberField &field : number_fields)
        if (present(field.qualifier) && !put_number(record, field, value(field.qualifier)))
            return false;
    if (present("GENERATE_PASSWORD")) {
        message('E', "UNSUPPORTED", "passwords are not generated here");
        return false;
    }
    uint64_t authorized = record->authorized, defaults = record->privileges;
    if (!apply_texts(record) || !apply_flags(record) || !apply_access(record) ||
        !apply_times(record) || !apply_password(record) ||
        !apply_privileges("PRIVILEGES", &authorized) ||
        !apply_privileges("DEFPRIVILEGES", &defaults))
        return false;
    record->authorized = authorized;
    record->privileges = defaults;
    return true;
}

std::vector<std::string> full_lines(const UafRecord &r)
{
    char line[160];
    std::vector<std::string> all;
    auto add = [&] {
        std::string text = line;
        all.push_back(without_blanks_behind(text));
    };
    snprintf(line, sizeof line, "Username: %-32s Owner:  %s", r.user.c_str(), r.owner.c_str());
    add();
    snprintf(line, sizeof line, "Account:  %-32s UIC:    [%o,%o] (%s)", r.account.c_str(),
             r.uic >> 16, r.uic & 0xffff, dcl::uic_text(r.uic).c_str());
    add();
    snprintf(line, sizeof line, "CLI:      %-32s Tables: %s", r.cli.c_str(), r.cli_tables.c_str());
    add();
    all.push_back("Default:  " + r.device + r.directory);
    all.push_back("LGICMD:   " + r.login_command);
    if (!r.login_command.empty() || !all.back().empty())
        all.back() = without_blanks_behind(all.back());
    std::string flags = "Flags: ";
    for (const FlagName &row : flag_names)
        if (r.flags & row.bit)
            flags += std::string(" ") + row.shown;
    all.push_back(without_blanks_behind(flags));
    all.push_back("Primary days:  " + days_text(r.prime_days, true));
    all.push_back("Secondary days:" + days_text(r.prime_days, false));
    all[all.size() - 2].erase(all[all.size() - 2].find_last_not_of(' ') + 1);
    add_access(r, &all);
    snprintf(line, sizeof line, "Expiration: %18s    Pwdminimum: %2u   Login Fails: %5u",
             time_or(r.expiration, "(none)").c_str(), r.password_minimum, r.login_failures);
    add();
    std::string life = "(none)";
    if (r.password_lifetime) {
        snprintf(line, sizeof line, "%d 00:00", static_cast<int>(-r.password_lifetime / DAY));
        life = line;
    }
    snprintf(line, sizeof line, "Pwdlifetime: %17s    Pwdchange: %18s", life.c_str(),
             r.password_date == ~uint64_t(0) ? "(pre-expired)"
                                             : time_or(r.password_date, "(none)").c_str());
    add();
    snprintf(line, sizeof line, "Last Login: %18s (interactive), %18s (non-interactive)",
             time_or(r.last_interactive, "(none)").c_str(),
             time_or(r.last_network, "(none)").c_str());
    add();
    static const int widths[] = {11, 9, 9};
    std::string row;
    for (size_t i = 0; i < SHOWN_NUMBERS; ++i) {
        const NumberField &field = number_fields[i];
        uint64_t number = get_number(r, field);
        std::string name = std::string(field.shown) + ":", shown = std::to_string(number);
        if (name == "CPU:" && number == 0)
            shown = "(none)";
        snprintf(line, sizeof line, "%-*s %9s  ", widths[i % 3] + 1, name.c_str(), shown.c_str());
        row += line;
        if (i % 3 == 2) {
            all.push_back(without_blanks_behind(row));
            row.clear();
        }
    }
    add_privileges("Authorized Privileges:", r.authorized, &all);
    add_privileges("Default Privileges:", r.privileges, &all);
    return all;
}

std::string brief_heading()
{
    return "       Owner         Username           UIC       Account  Privs Pri Directory";
}

std::string brief_line(const UafRecord &r)
{
    char line[160], uic[32];
    snprintf(uic, sizeof uic, "[%o,%o]", r.uic >> 16, r.uic & 0xffff);
    const uint64_t normal = 0x108000; /* TMPMBX, NETMBX */
    const char *class_of = (r.authorized & ~normal) == 0 ? "Normal"
                           : (r.authorized & 0x2000000ULL) && (r.authorized & 1) ? "All"
                                                                                   : "System";
    snprintf(line, sizeof line, "%-20s %-12s %-17s %-8s %-6s %2u %s%s", r.owner.c_str(),
             r.user.c_str(), uic, r.account.c_str(), class_of, r.priority,
             r.flags & UAI$M_DISACNT ? "Disuser" : r.device.c_str(),
             r.flags & UAI$M_DISACNT ? "" : r.directory.c_str());
    return line;
}

} // namespace shim::authorize
