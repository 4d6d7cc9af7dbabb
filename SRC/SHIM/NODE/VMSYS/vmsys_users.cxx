/*
**  vmsys_users - accounts: what AUTHORIZE will do under DCL
*/
#include "vmsys.h"

#include "uaf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <rmsdef.h>
#include <uaidef.h>

namespace shim {

namespace {

const uint32_t FIRST_GROUP = 0200; /* octal, as AUTHORIZE shows it: ordinary users */

struct FlagName {
    const char *name;
    uint32_t bit;
};
/* Keywords as AUTHORIZE has them: DISMAIL is the bit NOMAIL (spec/vms-api.md 4.1). */
const FlagName flag_names[] = {{"DISUSER", UAI$M_DISACNT},        {"DISMAIL", UAI$M_NOMAIL},
                               {"DISNEWMAIL", UAI$M_DISMAIL},     {"RESTRICTED", UAI$M_RESTRICTED},
                               {"CAPTIVE", UAI$M_CAPTIVE},        {"PWDMIX", UAI$M_PWDMIX},
                               {"PWD_EXPIRED", UAI$M_PWD_EXPIRED}};

bool parse_flags(const std::string &text, uint32_t *flags)
{
    for (const std::string &part : split_list(text)) {
        std::string name = upper(part);
        bool off = name.compare(0, 2, "NO") == 0;
        if (off)
            name.erase(0, 2);
        bool found = false;
        for (const FlagName &f : flag_names)
            if (name == f.name) {
                *flags = off ? *flags & ~f.bit : *flags | f.bit;
                found = true;
            }
        if (!found)
            return problem("unknown flag %s", part.c_str());
    }
    return true;
}

bool parse_uic(const std::string &text, uint32_t *uic)
{
    unsigned group, member;
    if (sscanf(text.c_str(), "[%o,%o]", &group, &member) != 2 || group > 037776 || member > 0177776)
        return problem("a UIC looks like [200,1]");
    *uic = group << 16 | member;
    return true;
}

/* "SYS$SYSDEVICE:[SMITH]" */
bool parse_directory(const std::string &text, UafRecord *record)
{
    size_t colon = text.find(':');
    if (colon == std::string::npos || text.find('[') != colon + 1)
        return problem("a directory looks like SYS$SYSDEVICE:[SMITH]");
    record->device = text.substr(0, colon + 1);
    record->directory = text.substr(colon + 1);
    return true;
}

/* The login directory on the host; SYS$SPECIFIC is the first root of the system disk. */
bool make_directory(const UafRecord &record)
{
    std::string path = root();
    if (record.device == "SYS$SPECIFIC:")
        path += "/SYS0";
    else if (record.device == "SYS$COMMON:")
        path += "/VMS$COMMON";
    std::string names = record.directory.substr(1, record.directory.size() - 2);
    size_t start = 0;
    while (start <= names.size()) {
        size_t dot = std::min(names.find('.', start), names.size());
        path += "/" + names.substr(start, dot - start);
        if (mkdir(path.c_str(), 0755) != 0 && errno != EEXIST)
            return problem("%s: %s", path.c_str(), strerror(errno));
        start = dot + 1;
    }
    return true;
}

uint32_t free_uic()
{
    std::string user;
    for (uint32_t member = 1;; ++member)
        if (!uaf_user_of_uic(FIRST_GROUP << 16 | member, &user))
            return FIRST_GROUP << 16 | member;
}

bool apply(const Command &c, UafRecord *r)
{
    if (c.has("uic") && !parse_uic(c.option("uic"), &r->uic))
        return false;
    if (c.has("directory") && !parse_directory(c.option("directory"), r))
        return false;
    if (c.has("flags") && !parse_flags(c.option("flags"), &r->flags))
        return false;
    if (c.has("owner"))
        r->owner = c.option("owner");
    if (c.has("privileges")) {
        if (!parse_privileges(c.option("privileges"), &r->authorized))
            return false;
        r->privileges = r->authorized;
    }
    return !c.has("password") || ok(uaf_set_password(r, c.option("password")), "password");
}

/* Adds the account, or changes it when there is one: start-up files may be run again. */
bool add_user(const Command &c)
{
    UafRecord r;
    std::string name = upper(c.words[0]);
    bool known = uaf_read(name, &r) & 1;
    if (!known) {
        r = UafRecord();
        r.user = name;
        r.flags &= ~uint32_t(UAI$M_DISACNT);
        r.uic = name == "SYSTEM" ? 1 << 16 | 4 : free_uic();
        r.device = "SYS$SYSDEVICE:";
        r.directory = "[" + name + "]";
        r.owner = name;
        if (name == "SYSTEM")
            r.authorized = r.privileges = ~uint64_t(0);
    }
    if (!apply(c, &r) || !make_directory(r))
        return false;
    return ok(known ? uaf_modify(r) : uaf_add(r), "add user " + name);
}

bool set_user(const Command &c)
{
    UafRecord r;
    std::string name = upper(c.words[0]);
    return ok(uaf_read(name, &r), "user " + name) && apply(c, &r) &&
           ok(uaf_modify(r), "set user " + name);
}

bool remove_user(const Command &c)
{
    return ok(uaf_remove(upper(c.words[0])), "remove user " + c.words[0]);
}

bool show_users(const Command &)
{
    printf("Username     UIC          Default directory                Flags\n");
    for (const std::string &name : uaf_list()) {
        UafRecord r;
        if (!(uaf_read(name, &r) & 1))
            continue;
        char uic[32];
        snprintf(uic, sizeof uic, "[%o,%o]", r.uic >> 16, r.uic & 0xFFFF);
        std::string flags;
        for (const FlagName &f : flag_names)
            if (r.flags & f.bit)
                flags += std::string(" ") + f.name;
        printf("%-12s %-12s %-32s%s\n", name.c_str(), uic, (r.device + r.directory).c_str(),
               flags.c_str());
    }
    return true;
}

} // namespace

const Verb user_verbs[] = {
    {"add user", 1, add_user,
     "NAME [--password p --uic [g,m] --directory dev:[dir] --privileges A,B --flags A,B --owner "
     "text]"},
    {"set user", 1, set_user, "NAME, the same options; a flag is cleared by NOflag"},
    {"remove user", 1, remove_user, "NAME"},
    {"show users", 0, show_users, "all accounts"},
    {0, 0, 0, 0}};

} // namespace shim
