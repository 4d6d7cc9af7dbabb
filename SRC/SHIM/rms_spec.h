/*
**  rms_spec - file specifications, private to SHIM's RMS
**
**  A text is split into Parts; expand() applies logical names, defaults and the related name and
**  gives every candidate of the search lists in order.  Disk layout: SYS$SYSDEVICE:[A.B]X.Y;3 is
**  the host's VMSROOT/A/B/X.Y;3, the directory file [A]B.DIR;1 is VMSROOT/A/B.  Names are ODS-2:
**  upper case, A-Z 0-9 $ _ -, 39.39.
*/
#ifndef SHIM_RMS_SPEC_H
#define SHIM_RMS_SPEC_H

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace shim {
namespace rms {

const size_t NAME_MAX_ODS2 = 39;
const size_t SPEC_MAX = 255;
const unsigned VERSION_MAX = 32767;

typedef std::vector<std::string> Directory; /* "A", "*", "...", "-" */

/* What a text says; empty is missing.  type begins with ".", version with ";". */
struct Parts {
    std::string node, device, name, type, version;
    bool has_directory, rooted;  /* "[X]"; "[X.]" */
    Directory root, directory;   /* "[X.][Y]" has both */
    Parts() : has_directory(false), rooted(false) {}
};

/* RMS$_SYN, RMS$_DIR, RMS$_FNM, RMS$_TYP, RMS$_VER, RMS$_DEV; any case, outer spaces dropped. */
uint32_t split_spec(const std::string &text, Parts *parts);
std::string format_directory(const Directory &directory);
bool is_wild(const std::string &text);
/* Applies "-", leading "" (as in [.X]) and "[]" to a base; RMS$_DIR: above the root. */
uint32_t resolve_directory(const Directory &relative, const Directory &base, Directory *result);

/* One candidate, complete but for an empty name, type or version. */
struct Spec {
    std::string device;          /* as shown, without colon: "SYS$SYSROOT" */
    std::string physical;        /* "DKA0" or "NLA0" */
    Directory root, directory;   /* host directory = VMSROOT/root/directory */
    bool concealed;
    std::string name, type, version;
    uint32_t fnb; /* NAM$M_EXP_*, NAM$M_CNCL_DEV, NAM$M_ROOT_DIR, NAM$M_SEARCH_LIST */
    Spec() : concealed(false), fnb(0) {}
    bool is_null() const { return physical == "NLA0"; }
    bool wild() const;
    /* "DEV:[DIR]", with the root shown when not concealed; noconceal: "DKA0:[ROOT.][DIR]" */
    std::string place(bool noconceal) const;
    std::string text(bool noconceal) const { return place(noconceal) + name + type + version; }
    /* Only without wildcards. */
    std::string host_directory() const;
};

struct ExpandInput {
    std::string text, defaults, related;
    bool output;      /* FAB$M_OFP: the related name gives name and type only */
    bool syntax_only; /* the device need not exist */
    ExpandInput() : output(false), syntax_only(false) {}
};
/* At least one candidate on success. RMS$_DEV: no such device; RMS$_LNE: translation loops. */
uint32_t expand(const ExpandInput &input, std::vector<Spec> *candidates);

/* ---- versions (rms_directory.cxx) ---- */

/* Name, type and version of a directory entry; false for what is not ODS-2 (".shim", "x.y"). */
struct FileName {
    std::string name, type; /* type with period */
    unsigned version;
    bool directory;         /* a host directory, shown as NAME.DIR;1 */
    std::string host;       /* entry's name on the host */
};
/* Sorted: name, type, then highest version first.  RMS$_DNF, RMS$_PRV, RMS$_ACC. */
uint32_t list_directory(const std::string &host_directory, std::vector<FileName> *files);
/* The version wanted: ";", ";0" or "" highest, ";-n" n before it, ";n".  RMS$_FNF, RMS$_DNF. */
uint32_t find_version(const Spec &spec, FileName *file);
/* The highest version number there is, 0 when there is none. */
unsigned highest_version(const std::string &host_directory, const std::string &leaf);
/* To be called after version > 1 came into being, so that others find it without listing. */
void note_version(const std::string &host_directory, const std::string &leaf, unsigned version);
bool is_host_directory(const std::string &path);
/* RMS's condition for a host error on a file. */
uint32_t file_error(int host_error, uint32_t other, uint32_t *stv);

} // namespace rms

/* Defines SYS$SYSDEVICE, SYS$SYSROOT, SYS$SYSTEM ... in the system table, executive mode, and makes
   their host directories.  Needs SYSNAM. */
uint32_t define_standard_logicals();
/* "[DIR.SUB]" of this process: $SETDDIR's, else the environment's SHIM_DEFAULT, else "[000000]". */
std::string default_directory();

} // namespace shim

#endif
