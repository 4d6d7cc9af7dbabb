/*
**  text_forms - UICs, protections, privileges as text
*/
#include "text_forms.h"

#include "service_db.h"
#include "shim.h"
#include "uaf.h"
#include "value.h"

#include <cstdio>
#include <cstdlib>
#include <prvdef.h>
#include <sys/stat.h>

namespace shim {
namespace dcl {

namespace {

struct Privilege {
    const char *name;
    uint64_t mask;
};
const Privilege privileges[] = {
    {"ACNT", PRV$M_ACNT},         {"ALLSPOOL", PRV$M_ALLSPOOL}, {"ALTPRI", PRV$M_ALTPRI},
    {"AUDIT", PRV$M_AUDIT},       {"BUGCHK", PRV$M_BUGCHK},     {"BYPASS", PRV$M_BYPASS},
    {"CMEXEC", PRV$M_CMEXEC},     {"CMKRNL", PRV$M_CMKRNL},     {"DIAGNOSE", PRV$M_DIAGNOSE},
    {"DOWNGRADE", PRV$M_DOWNGRADE}, {"EXQUOTA", PRV$M_EXQUOTA}, {"GROUP", PRV$M_GROUP},
    {"GRPNAM", PRV$M_GRPNAM},     {"GRPPRV", PRV$M_GRPPRV},     {"IMPERSONATE", PRV$M_IMPERSONATE},
    {"IMPORT", PRV$M_IMPORT},     {"LOG_IO", PRV$M_LOG_IO},     {"MOUNT", PRV$M_MOUNT},
    {"NETMBX", PRV$M_NETMBX},     {"OPER", PRV$M_OPER},         {"PFNMAP", PRV$M_PFNMAP},
    {"PHY_IO", PRV$M_PHY_IO},     {"PRMCEB", PRV$M_PRMCEB},     {"PRMGBL", PRV$M_PRMGBL},
    {"PRMMBX", PRV$M_PRMMBX},     {"PSWAPM", PRV$M_PSWAPM},     {"READALL", PRV$M_READALL},
    {"SECURITY", PRV$M_SECURITY}, {"SETPRV", PRV$M_SETPRV},     {"SHARE", PRV$M_SHARE},
    {"SHMEM", PRV$M_SHMEM},       {"SYSGBL", PRV$M_SYSGBL},     {"SYSLCK", PRV$M_SYSLCK},
    {"SYSNAM", PRV$M_SYSNAM},     {"SYSPRV", PRV$M_SYSPRV},     {"TMPMBX", PRV$M_TMPMBX},
    {"UPGRADE", PRV$M_UPGRADE},   {"VOLPRO", PRV$M_VOLPRO},     {"WORLD", PRV$M_WORLD},
};
const uint64_t EVERY = 0x7fffffffffULL;

bool match_privilege(const std::string &word, uint64_t *mask)
{
    unsigned found = 0;
    if (word == "DETACH") {
        *mask = PRV$M_DETACH;
        return true;
    }
    for (const Privilege &row : privileges) {
        std::string name = row.name;
        if (name.compare(0, word.size(), word) != 0)
            continue;
        *mask = row.mask;
        if (name == word)
            return true;
        ++found;
    }
    return found == 1;
}

} // namespace

std::string uic_text(uint32_t uic)
{
    std::string user;
    if (uaf_user_of_uic(uic, &user))
        return "[" + user + "]";
    char text[32];
    snprintf(text, sizeof text, "[%o,%o]", uic >> 16, uic & 0xffff);
    return text;
}

bool read_uic(const std::string &given, uint32_t *uic)
{
    std::string text = upper(trimmed(given));
    if (text.size() > 1 && text[0] == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    unsigned group, member;
    char rest;
    if (sscanf(text.c_str(), "%o,%o%c", &group, &member, &rest) == 2) {
        *uic = group << 16 | (member & 0xffff);
        return group <= 037776 && member <= 0177776;
    }
    size_t comma = text.find(',');
    UserRecord user;
    if (!(find_user(comma == std::string::npos ? text : text.substr(comma + 1), &user) & 1))
        return false;
    *uic = user.uic;
    return true;
}

std::string protection_text(uint16_t protection)
{
    static const char *const classes[] = {"SYSTEM", "OWNER", "GROUP", "WORLD"};
    std::string text;
    for (int i = 0; i < 4; ++i) {
        text += (i ? ", " : "") + std::string(classes[i]);
        std::string access;
        for (int b = 0; b < 4; ++b)
            if (!(protection >> (4 * i + b) & 1))
                access += "RWED"[b];
        text += access.empty() ? "" : "=" + access;
    }
    return text;
}

std::vector<std::string> privilege_names(uint64_t mask)
{
    std::vector<std::string> names;
    for (const Privilege &row : privileges)
        if (mask & row.mask)
            names.push_back(row.name);
    return names;
}

bool find_privilege(const std::string &given, uint64_t *mask, bool *negated)
{
    std::string word = given;
    *negated = false;
    if (word.size() > 1 && match_privilege(word, mask))
        return true;
    *negated = word.compare(0, 2, "NO") == 0;
    if (*negated)
        word.erase(0, 2);
    if (word == "ALL") {
        *mask = EVERY;
        return true;
    }
    return !word.empty() && match_privilege(word, mask);
}

uint64_t host_file_number(const std::string &spec)
{
    std::string path;
    struct stat st;
    if (!(host_path(spec, "", true, &path, nullptr) & 1) || stat(path.c_str(), &st) < 0)
        return 0;
    return st.st_ino % 16777216;
}

bool is_known_image(const std::string &spec)
{
    return known_image_exists(spec);
}

} // namespace dcl
} // namespace shim
