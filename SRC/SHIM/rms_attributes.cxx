/*
**  rms_attributes - what VMS keeps in a file header and the host does not: format, owner,
**  protection
**
**  The host's permissions are not used: all processes of a VMSROOT are the same host user, and the
**  protection S:O:G:W is checked here against the thread's persona.
*/
#include "rms_file.h"
#include "system_page.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <mutex>
#include <prvdef.h>
#include <sstream>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

const char *const NAME = "user.rms";
const char *const VERSIONS = "user.versions";
const uint32_t SYSTEM_UIC = 1u << 16 | 4;
const uint32_t SYSTEM_GROUP_MAX = 8; /* MAXSYSGROUP */
const uint16_t FOREIGN_PROTECTION = 0xaa00; /* S:RWED,O:RWED,G:RE,W:RE */

std::atomic<bool> beside; /* this file system has no extended attributes */

std::string beside_path(const std::string &path)
{
    size_t slash = path.rfind('/');
    return path.substr(0, slash + 1) + ".attributes_" + path.substr(slash + 1);
}

bool read_beside(const std::string &path, Attributes *attributes)
{
    int fd = open(beside_path(path).c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool whole =
        read(fd, attributes, sizeof *attributes) == static_cast<ssize_t>(sizeof *attributes);
    close(fd);
    return whole;
}

bool write_beside(const std::string &path, const Attributes &attributes)
{
    int fd = open(beside_path(path).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    if (fd < 0)
        return false;
    bool whole =
        write(fd, &attributes, sizeof attributes) == static_cast<ssize_t>(sizeof attributes);
    close(fd);
    return whole;
}

struct Limit {
    std::string pattern;
    int error;
    uint64_t size;
};

std::mutex limits_mutex;
std::vector<Limit> limits;             /* under limits_mutex */
std::atomic<uint32_t> limits_loaded;   /* the page's disk_limits that they belong to */

void forget_limits()
{
    limits_loaded.store(0);
    beside.store(false);
}
RootChange limits_change(forget_limits);

std::string limits_path()
{
    return root() + "/.shim/disk_limit";
}

/* limits_mutex is held. */
void load_limits()
{
    limits.clear();
    std::ifstream in(limits_path());
    std::string line;
    while (std::getline(in, line)) {
        std::istringstream words(line);
        Limit limit = {"", ENOSPC, 0};
        std::string kind;
        if (!(words >> limit.pattern >> kind))
            continue;
        limit.error = kind == "quota" ? EDQUOT : ENOSPC;
        words >> limit.size;
        limits.push_back(limit);
    }
}

} // namespace

Attributes default_attributes()
{
    Attributes attributes = Attributes();
    attributes.rfm = FAB$C_STMLF;
    attributes.rat = FAB$M_CR;
    attributes.uic = SYSTEM_UIC;
    attributes.protection = FOREIGN_PROTECTION;
    return attributes;
}

void read_attributes(int fd, const std::string &path, Attributes *attributes)
{
    ssize_t size = fd >= 0 ? fgetxattr(fd, NAME, attributes, sizeof *attributes)
                           : getxattr(path.c_str(), NAME, attributes, sizeof *attributes);
    if (size == static_cast<ssize_t>(sizeof *attributes) && attributes->layout == 1)
        return;
    if (size < 0 && errno == EOPNOTSUPP) {
        beside.store(true);
        if (read_beside(path, attributes) && attributes->layout == 1)
            return;
    }
    *attributes = default_attributes();
}

bool write_attributes(int fd, const std::string &path, const Attributes &attributes)
{
    int failed = fd >= 0 ? fsetxattr(fd, NAME, &attributes, sizeof attributes, 0)
                         : setxattr(path.c_str(), NAME, &attributes, sizeof attributes, 0);
    if (!failed)
        return true;
    if (errno != EOPNOTSUPP)
        return false;
    beside.store(true);
    return write_beside(path, attributes);
}

void move_attributes(const std::string &from, const std::string &to)
{
    if (beside.load())
        rename(beside_path(from).c_str(), beside_path(to).c_str());
}

void drop_attributes(const std::string &path)
{
    if (beside.load())
        unlink(beside_path(path).c_str());
}

unsigned version_limit(const std::string &directory)
{
    char text[8] = "";
    ssize_t size = getxattr(directory.c_str(), VERSIONS, text, sizeof text - 1);
    return size > 0 ? static_cast<unsigned>(strtoul(text, nullptr, 10)) : 0;
}

bool set_version_limit(const std::string &directory, unsigned limit)
{
    std::string text = std::to_string(limit);
    return setxattr(directory.c_str(), VERSIONS, text.data(), text.size(), 0) == 0;
}

uint16_t default_protection()
{
    const char *value = getenv("SHIM_PROTECTION");
    return value ? static_cast<uint16_t>(strtoul(value, nullptr, 16)) : DEFAULT_PROTECTION;
}

void set_default_protection(uint16_t protection)
{
    char text[8];
    snprintf(text, sizeof text, "%04x", protection);
    setenv("SHIM_PROTECTION", text, 1);
}

bool permitted(const Attributes &attributes, unsigned wanted)
{
    uint64_t all = PRV$M_BYPASS;
    if (!(wanted & ~(ACCESS_READ | ACCESS_EXECUTE)))
        all |= PRV$M_READALL;
    if (privileged(all))
        return true;
    unsigned granted = ~attributes.protection >> 12 & 15; /* world */
    uint32_t uic = self().uic;
    bool group = uic >> 16 == attributes.uic >> 16;
    if (group)
        granted |= ~attributes.protection >> 8 & 15;
    if (uic == attributes.uic)
        granted |= ~attributes.protection >> 4 & 15;
    if (uic >> 16 <= SYSTEM_GROUP_MAX || privileged(PRV$M_SYSPRV) ||
        (group && privileged(PRV$M_GRPPRV)))
        granted |= ~attributes.protection & 15;
    return (wanted & ~granted) == 0;
}

bool directory_permitted(const std::string &path, unsigned wanted)
{
    if (privileged(PRV$M_BYPASS | PRV$M_SYSPRV))
        return true;
    Attributes attributes;
    read_attributes(-1, path, &attributes);
    return attributes.layout == 0 || permitted(attributes, wanted);
}

void set_disk_limits(const std::string &lines)
{
    SystemPage &at = page();
    std::ofstream(limits_path()) << lines;
    if (!lines.empty() || at.disk_limits.load() != 0)
        at.disk_limits.fetch_add(1);
}

bool disk_limited()
{
    return page().disk_limits.load(std::memory_order_relaxed) != 0;
}

int disk_limit(const std::string &directory, uint64_t new_size)
{
    uint32_t version = page().disk_limits.load(std::memory_order_acquire);
    if (version == 0)
        return 0;
    std::lock_guard<std::mutex> guard(limits_mutex);
    if (limits_loaded.load() != version) {
        load_limits();
        limits_loaded.store(version);
    }
    std::string below = directory.size() > root().size() ? directory.substr(root().size() + 1) : "";
    for (const Limit &limit : limits)
        if (new_size > limit.size && wild_match(limit.pattern.c_str(), below.c_str()))
            return limit.error;
    return 0;
}

} // namespace rms
} // namespace shim
