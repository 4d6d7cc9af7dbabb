/*
**  rms_spec - logical names, defaults and search lists applied to a file specification
**
**  Iterative translation to a depth of 10 (spec 5, 7.7): a device name, or a name that stands
**  alone, is a logical name if one is defined in LNM$FILE_DEV.  Each translation of a search
**  list makes a candidate of its own.  CONCEALED: the logical name stays the device that is
**  shown; a translation [X.] is a root; TERMINAL ends the translation.  SYS$SYSDEVICE needs no
**  definition.
*/
#include "rms_spec.h"
#include "lnm.h"
#include "shim.h"

#include <cstdlib>
#include <lnmdef.h>
#include <mutex>
#include <psldef.h>
#include <rms.h>
#include <sys/stat.h>

namespace shim {
namespace rms {

namespace {

const unsigned DEPTH_MAX = LNM$C_MAXDEPTH;
const char *const PHYSICAL = "DKA0";

/* A specification on its way: what has been found so far, outermost first. */
struct Work {
    Parts parts;
    Directory root;
    std::string shown;  /* concealed device name */
    uint32_t fnb;
    Work() : fnb(0) {}
};

struct Translations {
    bool found;
    std::vector<lnm::Translation> list;
};

Translations translate(const std::string &name)
{
    Translations result = {false, {}};
    lnm::View &at = lnm::view();
    const lnm::View::Resolved &tables = lnm::resolve(at, "LNM$FILE_DEV", PSL$C_USER);
    if (!(tables.status & 1))
        return result;
    for (const lnm::Table *table : tables.tables) {
        const lnm::Entry *entry = lnm::find_entry(*table, name, name, PSL$C_USER, true);
        if (entry && !entry->translations.empty()) {
            result.found = true;
            result.list = entry->translations;
            return result;
        }
    }
    return result;
}

std::string plain_device(const std::string &device)
{
    std::string name = device[0] == '_' ? device.substr(1) : device;
    if (name == "SYS$SYSDEVICE" || name == PHYSICAL || name == "DKA0$" || name == "$1$DKA0")
        return PHYSICAL;
    if (name == "NL" || name == "NLA0" || name == "NLA")
        return "NLA0";
    return std::string();
}

void fill(std::string &to, const std::string &from)
{
    if (to.empty())
        to = from;
}

uint32_t finish(const Work &work, bool syntax_only, std::vector<Work> *out)
{
    if (!work.parts.device.empty() && plain_device(work.parts.device).empty() && !syntax_only)
        return RMS$_DEV;
    out->push_back(work);
    return RMS$_NORMAL;
}

/* Puts the equivalence in the place of the logical name. */
uint32_t apply(const Work &work, bool lone_name, const std::string &logical,
               const lnm::Translation &translation, Work *next)
{
    Parts equal;
    uint32_t status = split_spec(translation.text, &equal);
    if (!(status & 1))
        return status;
    *next = work;
    if (lone_name)
        next->parts.name.clear();
    next->parts.device = equal.device;
    if (equal.rooted) {
        Directory root = equal.root;
        root.insert(root.end(), equal.directory.begin(), equal.directory.end());
        if (root.size() == 1 && root[0] == "000000")
            root.clear();
        root.insert(root.end(), next->root.begin(), next->root.end());
        next->root = root;
        next->fnb |= NAM$M_ROOT_DIR;
    } else if (equal.has_directory) {
        if (!next->parts.has_directory) {
            next->parts.has_directory = true;
            next->parts.directory = equal.directory;
        }
        next->root.insert(next->root.begin(), equal.root.begin(), equal.root.end());
    }
    fill(next->parts.name, equal.name);
    fill(next->parts.type, equal.type);
    fill(next->parts.version, equal.version);
    if (translation.attributes & LNM$M_CONCEALED) {
        fill(next->shown, logical);
        next->fnb |= NAM$M_CNCL_DEV;
    }
    return RMS$_NORMAL;
}

uint32_t translate_all(const Work &work, unsigned depth, bool syntax_only, std::vector<Work> *out)
{
    const Parts &parts = work.parts;
    bool lone_name = parts.device.empty() && !parts.has_directory && parts.type.empty() &&
                     parts.version.empty() && !parts.name.empty() && !is_wild(parts.name);
    const std::string &logical = lone_name ? parts.name : parts.device;
    if (logical.empty() || logical[0] == '_')
        return finish(work, syntax_only, out);
    Translations found = translate(logical);
    if (!found.found)
        return finish(work, syntax_only, out);
    if (depth >= DEPTH_MAX)
        return RMS$_LNE;
    uint32_t status = RMS$_DEV;
    size_t before = out->size();
    for (const lnm::Translation &translation : found.list) {
        Work next;
        status = apply(work, lone_name, logical, translation, &next);
        if (!(status & 1))
            return status;
        if (found.list.size() > 1)
            next.fnb |= NAM$M_SEARCH_LIST;
        bool last = (translation.attributes & LNM$M_TERMINAL) &&
                    (next.parts.device.empty() || !plain_device(next.parts.device).empty() ||
                     next.parts.device[0] == '_');
        status = last ? finish(next, syntax_only, out)
                      : translate_all(next, depth + 1, syntax_only, out);
        if (status == RMS$_LNE)
            return status;
    }
    return out->size() > before ? static_cast<uint32_t>(RMS$_NORMAL) : status;
}

/* Gives works without a device the device, root and directory that `text` stands for. */
uint32_t add_device(const std::string &text, bool syntax_only, std::vector<Work> *works)
{
    std::vector<Work> result;
    for (const Work &work : *works) {
        if (!work.parts.device.empty()) {
            result.push_back(work);
            continue;
        }
        Work next = work;
        next.parts.device = text;
        uint32_t status = translate_all(next, 0, syntax_only, &result);
        if (!(status & 1))
            return status;
    }
    works->swap(result);
    return RMS$_NORMAL;
}

/* What the default and the related text supply. */
uint32_t add_default(const std::string &text, bool names_only, bool version, bool syntax_only,
                     Directory *base, std::vector<Work> *works)
{
    Parts parts;
    uint32_t status = split_spec(text, &parts);
    if (!(status & 1))
        return status == RMS$_SYN ? static_cast<uint32_t>(RMS$_DNA) : status;
    if (!names_only) {
        if (parts.has_directory && base->empty())
            *base = parts.directory;
        if (!parts.device.empty()) {
            if (parts.has_directory)
                for (Work &work : *works)
                    if (work.parts.device.empty() && !work.parts.has_directory) {
                        work.parts.has_directory = true;
                        work.parts.directory = parts.directory;
                        if (!parts.root.empty())
                            work.root = parts.root;
                    }
            status = add_device(parts.device, syntax_only, works);
            if (!(status & 1))
                return status;
        }
    }
    for (Work &work : *works) {
        if (!names_only && parts.has_directory && !work.parts.has_directory) {
            work.parts.has_directory = true;
            work.parts.directory = parts.directory;
        }
        fill(work.parts.name, parts.name);
        fill(work.parts.type, parts.type);
        if (version)
            fill(work.parts.version, parts.version);
    }
    return RMS$_NORMAL;
}

uint32_t explicit_bits(const Parts &parts)
{
    return (parts.name.empty() ? 0u : NAM$M_EXP_NAME) | (parts.type.empty() ? 0u : NAM$M_EXP_TYPE) |
           (parts.version.empty() ? 0u : NAM$M_EXP_VER) |
           (parts.has_directory ? NAM$M_EXP_DIR : 0u) | (parts.device.empty() ? 0u : NAM$M_EXP_DEV);
}

uint32_t complete(const Work &work, const Directory &base, uint32_t bits, Spec *spec)
{
    spec->root = work.root;
    if (!work.parts.root.empty()) {
        spec->root.insert(spec->root.end(), work.parts.root.begin(), work.parts.root.end());
    }
    if (spec->root.size() == 1 && spec->root[0] == "000000")
        spec->root.clear();
    uint32_t status = resolve_directory(
        work.parts.has_directory ? work.parts.directory : Directory(1), base, &spec->directory);
    if (!(status & 1))
        return status;
    std::string plain = plain_device(work.parts.device);
    spec->physical = plain.empty() ? work.parts.device : plain;
    spec->concealed = !work.shown.empty() || spec->root.empty();
    spec->device = work.shown.empty() ? (plain == PHYSICAL ? "SYS$SYSDEVICE" : work.parts.device)
                                      : work.shown;
    spec->name = work.parts.name;
    spec->type = work.parts.type;
    spec->version = work.parts.version;
    spec->fnb = work.fnb | bits;
    return spec->text(false).size() > SPEC_MAX ? RMS$_SYN : RMS$_NORMAL;
}

Directory process_directory()
{
    Parts parts;
    Directory result;
    split_spec(default_directory(), &parts);
    resolve_directory(parts.directory, Directory(), &result);
    return result;
}

} // namespace

uint32_t expand(const ExpandInput &input, std::vector<Spec> *candidates)
{
    Work first;
    uint32_t status = split_spec(input.text, &first.parts);
    if (!(status & 1))
        return status;
    uint32_t bits = explicit_bits(first.parts);
    std::vector<Work> works;
    Directory base;
    status = translate_all(first, 0, input.syntax_only, &works);
    if (status & 1)
        status = add_default(input.defaults, false, true, input.syntax_only, &base, &works);
    if (status & 1)
        status = add_default(input.related, input.output, false, input.syntax_only, &base, &works);
    if (status & 1) {
        bool disk = translate("SYS$DISK").found;
        status = add_device(disk ? "SYS$DISK" : "SYS$SYSDEVICE", input.syntax_only, &works);
    }
    if (!(status & 1))
        return status;
    Directory own = process_directory(), whole;
    status = resolve_directory(base.empty() ? Directory(1) : base, own, &whole);
    candidates->clear();
    for (const Work &work : works) {
        Spec spec;
        if (status & 1)
            status = complete(work, whole, bits, &spec);
        if (!(status & 1))
            return status;
        candidates->push_back(spec);
    }
    return RMS$_NORMAL;
}

} // namespace rms

namespace {

uint32_t new_path(rms::Spec &spec, std::string *path)
{
    std::string directory = spec.host_directory();
    if (!rms::is_host_directory(directory))
        return RMS$_DNF;
    if (spec.type.empty())
        spec.type = ".";
    std::string leaf = spec.name + spec.type;
    if (spec.version.size() < 2 || spec.version == ";0")
        spec.version = ";" + std::to_string(rms::highest_version(directory, leaf) + 1);
    *path = directory + "/" + leaf + spec.version;
    return RMS$_NORMAL;
}

/* With a version and `about` the host is asked once. */
uint32_t old_path(rms::Spec &spec, std::string *path, struct stat *about)
{
    rms::FileName file;
    int version = spec.version.size() < 2 ? 0 : atoi(spec.version.c_str() + 1);
    if (about && version > 0 && !spec.type.empty() && spec.type != ".DIR") {
        spec.version = ";" + std::to_string(version);
        *path = spec.host_directory() + "/" + spec.name + spec.type + spec.version;
        if (stat(path->c_str(), about) == 0)
            return RMS$_NORMAL;
    }
    uint32_t status = rms::find_version(spec, &file);
    if (!(status & 1))
        return status;
    spec.type = file.type;
    spec.version = ";" + std::to_string(file.version);
    *path = spec.host_directory() + "/" + file.host;
    return about && stat(path->c_str(), about) != 0 ? RMS$_FNF : RMS$_NORMAL;
}

} // namespace

uint32_t host_path(const std::string &spec, const std::string &defaults, bool must_exist,
                   std::string *path, std::string *spec_out, struct stat *about)
{
    rms::ExpandInput input;
    input.text = spec;
    input.defaults = defaults;
    std::vector<rms::Spec> candidates;
    uint32_t status = rms::expand(input, &candidates);
    if (!(status & 1))
        return status;
    for (rms::Spec &each : candidates) {
        if (each.wild())
            return RMS$_WLD;
        if (each.name.empty() && each.type.empty()) {
            *path = each.host_directory();
            status = !must_exist || rms::is_host_directory(*path) ? RMS$_NORMAL : RMS$_DNF;
        } else {
            status = must_exist ? old_path(each, path, about) : new_path(each, path);
        }
        if (status & 1) {
            if (spec_out)
                *spec_out = each.text(false);
            return RMS$_NORMAL;
        }
    }
    return status;
}

} // namespace shim
