/*
**  authorize - AUTHORIZE: the user authorization file and the rights database
**
**  Reading and changing need SYSPRV, as the files' protection has it.  System Management Utilities,
**  AUTHORIZE.
*/
#include "DCL/text_forms.h"
#include "plain_text.h"
#include "rights_store.h"
#include "UTILITIES/AUTHORIZE/user_fields.h"
#include "UTILITIES/utility.h"
#include "shim.h"
#include "system_page.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <prvdef.h>
#include <rmsdef.h>

using namespace shim;
using namespace shim::utility;
using namespace shim::authorize;
using namespace shim::rights;

extern "C" int AUTHORIZE_CLD;

namespace {

bool at_end, users_changed, rights_changed;

std::string hex_value(uint32_t value)
{
    char text[40];
    snprintf(text, sizeof text, value & 0x80000000 ? "%%X%08X" : "[%06o,%06o]",
             value & 0x80000000 ? value : value >> 16, value & 0xffff);
    return text;
}

std::vector<UafRecord> matching(const std::string &pattern)
{
    std::vector<UafRecord> all;
    for (const std::string &name : uaf_list()) {
        UafRecord record;
        if (wild_match(pattern.c_str(), name.c_str()) && (uaf_read(name, &record) & 1))
            all.push_back(record);
    }
    return all;
}

/* DEFAULT, else what AUTHORIZE begins with. */
UafRecord template_record()
{
    UafRecord record;
    if (!(uaf_read("DEFAULT", &record) & 1)) {
        record.device = "SYS$SYSDEVICE:";
        record.directory = "[USER]";
    }
    return record;
}

bool add_record(UafRecord record)
{
    if (record.user.empty() || record.user.size() > uaf_user_max) {
        message('E', "INVUSERNAME", "invalid user name");
        return false;
    }
    uint32_t status = uaf_add(record);
    if (status == RMS$_DUP) {
        message('E', "UAEERR", "invalid user name, user name already exists");
        return false;
    }
    if (!(status & 1)) {
        message('E', "ADDERR", "unable to add record");
        because(status);
        return false;
    }
    users_changed = true;
    message('I', "ADDMSG", "user record successfully added");
    if (!negated("ADD_IDENTIFIER")) {
        rights_changed = true; /* the identifier of a user is the record itself */
        message('I', "RDBADDMSGU", "identifier " + record.user + " value " +
                                       hex_value(record.uic) + " added to rights database");
    }
    return true;
}

void show_identifier(const Identifier &identifier)
{
    char line[120];
    snprintf(line, sizeof line, "  %-32s %s  %s", identifier.name.c_str(),
             hex_value(identifier.value).c_str(), identifier.attributes.c_str());
    std::string text = line;
    say(without_blanks_behind(text));
}

/* /ATTRIBUTES, /VALUE; false: said what is wrong. */
bool take_attributes(Identifier *identifier)
{
    std::string code = value("CODE.IDENTIFIER"), attributes;
    for (const std::string &word : values("ATTRIBUTES"))
        attributes += (attributes.empty() ? "" : ",") + word;
    if (!attributes.empty())
        identifier->attributes = attributes;
    if (!code.empty())
        identifier->value = static_cast<uint32_t>(
            strtoul(code.c_str() + (code[0] == '%' ? 2 : 0), nullptr, code[0] == '%' ? 16 : 10));
    code = value("CODE.UIC");
    if (code.empty() || dcl::read_uic(code, &identifier->value))
        return true;
    message('E', "BADUIC", "invalid UIC \\" + code + "\\");
    return false;
}

const char identifier_heading[] = "  Name                             Value           Attributes";

int no_user()
{
    message('W', "BADSPC", "no user matched specification");
    return SS$_ABORT;
}

} // namespace

extern "C" int UAF_ADD()
{
    UafRecord record = template_record();
    record.user = value("USER");
    record.password_date = ~uint64_t(0);
    return apply_qualifiers(&record) && add_record(record) ? SS$_NORMAL : SS$_ABORT;
}

extern "C" int UAF_COPY()
{
    UafRecord record;
    if (!(uaf_read(value("USER"), &record) & 1))
        return no_user();
    record.user = value("NEW_USER");
    record.last_interactive = record.last_network = 0;
    record.login_failures = 0;
    record.password = record.password2 = 0; /* its hash depends on the name */
    return apply_qualifiers(&record) && add_record(record) ? SS$_NORMAL : SS$_ABORT;
}

extern "C" int UAF_MODIFY()
{
    std::vector<UafRecord> users = matching(value("USER"));
    if (users.empty())
        return no_user();
    for (UafRecord &record : users) {
        if (!apply_qualifiers(&record))
            return SS$_ABORT;
        uint32_t status = uaf_modify(record);
        if (!(status & 1)) {
            message('E', "MODERR", "unable to modify record of " + record.user);
            because(status);
            return SS$_ABORT;
        }
    }
    users_changed = true;
    message('I', "MDFYMSG", "user record(s) updated");
    return SS$_NORMAL;
}

extern "C" int UAF_DEFAULT()
{
    UafRecord record = template_record();
    record.user = "DEFAULT";
    if (!apply_qualifiers(&record))
        return SS$_ABORT;
    uint32_t status = uaf_modify(record);
    if (status == RMS$_RNF)
        status = uaf_add(record);
    users_changed = true;
    message(status & 1 ? 'I' : 'E', "MDFYMSG", "user record(s) updated");
    return SS$_NORMAL;
}

extern "C" int UAF_RENAME()
{
    UafRecord record;
    std::string old = value("USER");
    if (!(uaf_read(old, &record) & 1))
        return no_user();
    record.user = value("NEW_USER");
    record.password = record.password2 = 0;
    uint32_t status = uaf_add(record);
    if (!(status & 1)) {
        message('E', "RENERR", "unable to rename record");
        because(status);
        return SS$_ABORT;
    }
    uaf_remove(old);
    users_changed = true;
    message('I', "RENMSG", "user record renamed");
    message('I', "PWDNCH", "password not changed: a new one is needed under the new name");
    return SS$_NORMAL;
}

extern "C" int UAF_REMOVE()
{
    UafRecord record;
    std::string name = value("USER");
    if (name == "SYSTEM" || name == "DEFAULT") {
        message('E', "REMDEFERR", "the record of " + name + " cannot be removed");
        return SS$_ABORT;
    }
    if (!(uaf_read(name, &record) & 1))
        return no_user();
    uint32_t status = uaf_remove(name);
    if (!(status & 1)) {
        message('E', "REMERR", "unable to remove record");
        because(status);
        return SS$_ABORT;
    }
    users_changed = true;
    message('I', "REMMSG", "record removed from system authorization file");
    for (const Identifier &held : identifiers_of(name))
        identifier_revoke(held.name, name);
    if (present("REMOVE_IDENTIFIER")) {
        rights_changed = true;
        message('I', "RDBREMMSGU", "identifier " + name + " value " + hex_value(record.uic) +
                                       " removed from rights database");
    }
    return SS$_NORMAL;
}

extern "C" int UAF_SHOW()
{
    std::string pattern = value("USER");
    std::vector<UafRecord> users = matching(pattern.empty() ? "*" : pattern);
    if (users.empty())
        return no_user();
    bool wild = pattern.empty() || pattern.find_first_of("*%") != std::string::npos;
    bool brief = present("BRIEF") || (wild && !present("FULL"));
    if (brief) {
        say("");
        say(brief_heading());
        say("");
    }
    for (const UafRecord &record : users) {
        if (brief) {
            say(brief_line(record));
            continue;
        }
        say("");
        for (const std::string &line : full_lines(record))
            say(line);
    }
    return SS$_NORMAL;
}

/* To SYSUAF.LIS in the default directory. */
extern "C" int UAF_LIST()
{
    std::string pattern = value("USER"), path, spec;
    std::vector<UafRecord> users = matching(pattern.empty() ? "*" : pattern);
    if (users.empty())
        return no_user();
    message('I', "LSTMSG1", "writing listing file");
    uint32_t status = host_path("SYSUAF.LIS", "", false, &path, &spec);
    std::ofstream out;
    if (status & 1)
        out.open(path);
    if (!out.is_open()) {
        message('E', "LSTERR", "unable to create listing file");
        return SS$_ABORT;
    }
    if (!present("FULL"))
        out << brief_heading() << "\n\n";
    for (const UafRecord &record : users) {
        if (!present("FULL")) {
            out << brief_line(record) << "\n";
            continue;
        }
        for (const std::string &line : full_lines(record))
            out << line << "\n";
        out << "\n";
    }
    message('I', "LSTMSG2", "listing file SYSUAF.LIS complete");
    return SS$_NORMAL;
}

extern "C" int UAF_ADD_IDENTIFIER()
{
    Identifier identifier;
    identifier.name = value("IDENTIFIER");
    std::string user = value("USER");
    if (!take_attributes(&identifier))
        return SS$_ABORT;
    UafRecord record;
    if (identifier.name.empty() && (uaf_read(user, &record) & 1)) {
        identifier.name = record.user;
        identifier.value = record.uic;
    }
    uint32_t status = identifier.name.empty() ? static_cast<uint32_t>(SS$_BADPARAM)
                                              : identifier_add(&identifier);
    if (!(status & 1)) {
        message('E', "RDBADDERR", "unable to add " + identifier.name + " to rights database");
        because(status);
        return SS$_ABORT;
    }
    rights_changed = true;
    message('I', "RDBADDMSG", "identifier " + identifier.name + " value " +
                                  hex_value(identifier.value) + " added to rights database");
    return SS$_NORMAL;
}

namespace {

int change_identifier(bool has_qualifiers)
{
    std::string name = value("IDENTIFIER"), fresh = value("NAME");
    Identifier known;
    uint32_t status = identifier_get(name, &known);
    if (status & 1) {
        if (!fresh.empty())
            known.name = fresh;
        if (has_qualifiers && !take_attributes(&known))
            return SS$_ABORT;
        status = identifier_modify(name, known);
    }
    if (!(status & 1)) {
        message('E', "RDBMDFYERR", "unable to modify " + name);
        because(status);
        return SS$_ABORT;
    }
    rights_changed = true;
    message('I', "RDBMDFYMSG", "identifier " + name + " modified");
    return SS$_NORMAL;
}

} // namespace

extern "C" int UAF_MODIFY_IDENTIFIER()
{
    return change_identifier(true);
}

extern "C" int UAF_RENAME_IDENTIFIER()
{
    return change_identifier(false);
}

extern "C" int UAF_REMOVE_IDENTIFIER()
{
    std::string name = value("IDENTIFIER");
    Identifier known;
    uint32_t status = identifier_get(name, &known);
    if (status & 1)
        status = identifier_remove(name);
    if (!(status & 1)) {
        message('E', "RDBREMERR", "unable to remove " + name + " from rights database");
        because(status);
        return SS$_ABORT;
    }
    rights_changed = true;
    message('I', "RDBREMMSG", "identifier " + name + " value " + hex_value(known.value) +
                                  " removed from rights database");
    return SS$_NORMAL;
}

extern "C" int UAF_SHOW_IDENTIFIER()
{
    std::string pattern = value("IDENTIFIER");
    bool any = false;
    for (const Identifier &one : identifier_list()) {
        if (!pattern.empty() && !wild_match(pattern.c_str(), one.name.c_str()))
            continue;
        if (!any)
            say(identifier_heading);
        any = true;
        show_identifier(one);
        if (present("FULL"))
            for (const std::string &holder : identifier_holders(one.name))
                say("     Holder  " + holder);
    }
    if (any)
        return SS$_NORMAL;
    message('E', "SHOWERR", "unable to complete SHOW command");
    because(SS$_NOSUCHID);
    return SS$_NOSUCHID;
}

extern "C" int UAF_SHOW_RIGHTS()
{
    std::string user = value("USER");
    say(identifier_heading);
    for (const Identifier &one : identifiers_of(user))
        show_identifier(one);
    return SS$_NORMAL;
}

extern "C" int UAF_GRANT()
{
    UafRecord record;
    std::string name = value("IDENTIFIER"), user = value("USER");
    uint32_t status = uaf_read(user, &record);
    if (status & 1)
        status = identifier_grant(name, user);
    if (!(status & 1)) {
        message('E', "GRANTERR", "unable to grant " + name + " to " + user);
        because(status);
        return SS$_ABORT;
    }
    rights_changed = true;
    message('I', "GRANTMSG", "identifier " + name + " granted to " + user);
    return SS$_NORMAL;
}

extern "C" int UAF_REVOKE()
{
    std::string name = value("IDENTIFIER"), user = value("USER");
    uint32_t status = identifier_revoke(name, user);
    if (!(status & 1)) {
        message('E', "REVOKEERR", "unable to revoke " + name + " from " + user);
        because(status);
        return SS$_ABORT;
    }
    rights_changed = true;
    message('I', "REVOKEMSG", "identifier " + name + " revoked from " + user);
    return SS$_NORMAL;
}

extern "C" int UAF_HELP()
{
    help("SYS$HELP:UAFHELP.HLB", value("KEY"));
    return SS$_NORMAL;
}

extern "C" int UAF_EXIT()
{
    at_end = true;
    return SS$_NORMAL;
}

int main()
{
    set_facility("UAF");
    if (!privileged(PRV$M_SYSPRV | PRV$M_BYPASS)) {
        message('E', "NAOFIL", "unable to open system authorization file (SYSUAF.DAT)");
        because(RMS$_PRV);
        return final_status();
    }
    int status = run(&AUTHORIZE_CLD, "UAF", "UAF> ", [] { return at_end; });
    message('I', users_changed ? "DONEMSG" : "NOMODS",
            users_changed ? "system authorization file modified"
                          : "no modifications made to system authorization file");
    message('I', rights_changed ? "RDBDONEMSG" : "RDBNOMODS",
            rights_changed ? "rights database modified"
                           : "no modifications made to rights database");
    return status;
}
