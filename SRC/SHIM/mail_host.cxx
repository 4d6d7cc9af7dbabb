/*
**  mail_host - users, directories, files and signals for callable MAIL
*/
#include "mail_host.h"

#include "mail_text.h"
#include "rms_spec.h"
#include "shim.h"

#include <brkdef.h>
#include <chfdef.h>
#include <mailmsgdef.h>
#include <rms.h>
#include <starlet.h>
#include <uaidef.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <map>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {

/* Links as well where these parts of SHIM are not there: then nothing is signalled or announced. */
void signal(uint32_t condition, const std::vector<uintptr_t> &arguments) __attribute__((weak));
/* lib$signal with its count: longwords after itself. */
int signal_longwords(unsigned count, unsigned condition, ...) __asm__("lib$signal")
    __attribute__((weak));

namespace {

const unsigned SIGNAL_LONGWORDS = 24;   /* passed on; a chain is shorter */
const int64_t PATH_CACHE_NS = 1000000000; /* a logical name may change */
const size_t PATH_CACHE_MAX = 5000;
const unsigned short RECORD_BUFFER = 32767;
const unsigned BROADCAST_SECONDS = 5;

struct CachedPath {
    std::string path;
    int64_t read_at;
};
std::map<std::string, CachedPath> paths;

void drop_paths()
{
    paths.clear();
}
RootChange paths_change(drop_paths);

std::string node;

void drop_node()
{
    node.clear();
}
RootChange node_change(drop_node);


int64_t monotonic()
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &at);
    return at.tv_sec * 1000000000LL + at.tv_nsec;
}

/* A low copy of a block of memory that frees itself. */
class Low {
public:
    explicit Low(size_t size) : at_(arena_get(size)), size_(size)
    {
        if (at_)
            memset(at_, 0, size);
    }
    ~Low()
    {
        if (at_)
            arena_free(at_, size_);
    }
    Low(const Low &) = delete;
    Low &operator=(const Low &) = delete;
    char *bytes() { return static_cast<char *>(at_); }

private:
    void *at_;
    size_t size_;
};

} // namespace

const std::string &mail_node()
{
    if (node.empty())
        node = node_name();
    return node;
}

std::string mail_join_directory(const std::string &login, const std::string &sub)
{
    size_t open = sub.find('['), close = sub.find(']');
    size_t end = login.rfind(']');
    if (open == std::string::npos || close == std::string::npos || end == std::string::npos)
        return login;
    std::string part = sub.substr(open + 1, close - open - 1);
    if (part.empty() || part[0] != '.')
        return login;
    return login.substr(0, end) + part + "]";
}

uint32_t mail_find_user(const std::string &user, MailUser *found)
{
    UserRecord record;
    uint32_t status = find_user(user, &record);
    if (status == RMS$_RNF)
        return MAIL$_NOSUCHUSR;
    if (!(status & 1))
        return MAIL$_UAFGETERR;
    found->user = record.user;
    found->flags = record.flags;
    found->login = record.device + record.directory;
    found->directory = found->login;
    MailProfile profile;
    if (mail_profile_read(user, &profile) & 1)
        found->directory =
            mail_join_directory(found->login, profile.text[MailProfile::SUB_DIRECTORY]);
    return SS$_NORMAL;
}

uint32_t mail_host_directory(const std::string &directory, std::string *path)
{
    int64_t at = monotonic();
    auto known = paths.find(directory);
    if (known != paths.end() && at - known->second.read_at < PATH_CACHE_NS) {
        *path = known->second.path;
        return SS$_NORMAL;
    }
    std::string file;
    uint32_t status = host_path(directory + "MAIL.MAI;1", "", false, &file, nullptr);
    if (!(status & 1))
        return status;
    *path = file.substr(0, file.rfind('/'));
    if (access(path->c_str(), F_OK) != 0)
        return RMS$_DNF;
    if (paths.size() > PATH_CACHE_MAX)
        paths.clear();
    paths[directory] = CachedPath{*path, at};
    return SS$_NORMAL;
}

uint32_t mail_profile_path(std::string *path)
{
    const char *defaults = "SYS$SYSTEM:VMSMAIL_PROFILE.DATA;1";
    uint32_t status = host_path("VMSMAIL_PROFILE", defaults, true, path, nullptr);
    if (status & 1)
        return status;
    return host_path("VMSMAIL_PROFILE", defaults, false, path, nullptr);
}

uint32_t mail_make_directory(const std::string &directory)
{
    std::string file;
    uint32_t status = host_path(directory + "MAIL.MAI;1", "", false, &file, nullptr);
    if (!(status & 1) && status != RMS$_DNF)
        return status;
    if (file.empty()) { /* the directory is not there: ask for the one above it */
        size_t dot = directory.rfind('.'), close = directory.rfind(']');
        if (dot == std::string::npos || close == std::string::npos || dot > close)
            return RMS$_DNF;
        status = host_path(directory.substr(0, dot) + "]MAIL.MAI;1", "", false, &file, nullptr);
        if (!(status & 1))
            return status;
        file =
            file.substr(0, file.rfind('/') + 1) + directory.substr(dot + 1, close - dot - 1) + "/";
    }
    std::string path = file.substr(0, file.rfind('/'));
    return mkdir(path.c_str(), 0770) == 0 || errno == EEXIST ? SS$_NORMAL : RMS$_CRE;
}

/* ---- files ---- */

/* Of a file to be read; the null device has a path, too: MAIL NL: sends an empty text. */
static uint32_t input_path(const std::string &spec, const std::string &defaults, std::string *path,
                           std::string *resultant)
{
    rms::ExpandInput input;
    input.text = spec;
    input.defaults = defaults;
    std::vector<rms::Spec> candidates;
    if (!(rms::expand(input, &candidates) & 1) || candidates.empty() || !candidates[0].is_null())
        return host_path(spec, defaults, true, path, resultant);
    *path = "/dev/null";
    if (resultant)
        *resultant = candidates[0].text(false);
    return RMS$_NORMAL;
}

uint32_t mail_read_file(const std::string &spec, const std::string &defaults,
                        std::vector<std::string> *records, std::string *resultant)
{
    std::string path;
    uint32_t status = input_path(spec, defaults, &path, resultant);
    if (!(status & 1))
        return status;
    Low blocks(sizeof(FAB) + sizeof(RAB) + 16), text(spec.size() + defaults.size() + 1);
    Low buffer(RECORD_BUFFER);
    if (!blocks.bytes() || !text.bytes() || !buffer.bytes())
        return SS$_INSFMEM;
    FAB *fab = new (blocks.bytes()) FAB(cc$rms_fab);
    RAB *rab = new (blocks.bytes() + (sizeof(FAB) + 15) / 16 * 16) RAB(cc$rms_rab);
    memcpy(text.bytes(), spec.data(), spec.size());
    memcpy(text.bytes() + spec.size(), defaults.data(), defaults.size());
    fab->fab$l_fna = text.bytes();
    fab->fab$b_fns = static_cast<unsigned char>(spec.size());
    fab->fab$l_dna = text.bytes() + spec.size();
    fab->fab$b_dns = static_cast<unsigned char>(defaults.size());
    fab->fab$b_fac = FAB$M_GET;
    fab->fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_UPI;
    rab->rab$l_fab = fab;
    rab->rab$l_ubf = buffer.bytes();
    rab->rab$w_usz = RECORD_BUFFER;
    status = static_cast<uint32_t>(sys$open(fab));
    if (!(status & 1))
        return status;
    status = static_cast<uint32_t>(sys$connect(rab));
    while (status & 1) {
        status = static_cast<uint32_t>(sys$get(rab));
        if (status & 1)
            records->push_back(std::string(rab->rab$l_rbf, rab->rab$w_rsz));
    }
    sys$close(fab);
    return status == RMS$_EOF ? static_cast<uint32_t>(SS$_NORMAL) : status;
}

uint32_t mail_read_bytes(const std::string &spec, const std::string &defaults, std::string *bytes,
                         std::string *resultant)
{
    std::string path;
    uint32_t status = input_path(spec, defaults, &path, resultant);
    if (!(status & 1))
        return status;
    int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == EACCES ? RMS$_PRV : RMS$_FNF;
    char block[65536];
    ssize_t size;
    while ((size = read(fd, block, sizeof block)) > 0)
        bytes->append(block, static_cast<size_t>(size));
    close(fd);
    return size == 0 ? static_cast<uint32_t>(SS$_NORMAL) : static_cast<uint32_t>(RMS$_RER);
}

/* ---- terminals ---- */

void mail_announce(const std::string &user, const std::string &from, const std::string &folder,
                   uint64_t date)
{
    std::string text = "New mail on node " + mail_node() + " from " + from;
    if (folder != "NEWMAIL")
        text = "New mail in folder " + folder + " from " + from;
    text += "    (" + mail_format_date(date, true).substr(12, 8) + ")";
    Low low(2 * sizeof(dsc$descriptor_s) + text.size() + user.size());
    if (!low.bytes())
        return;
    dsc$descriptor_s *message = reinterpret_cast<dsc$descriptor_s *>(low.bytes()),
                     *to = message + 1;
    char *at = reinterpret_cast<char *>(message + 2);
    memcpy(at, text.data(), text.size());
    memcpy(at + text.size(), user.data(), user.size());
    *message = {static_cast<unsigned short>(text.size()), DSC$K_DTYPE_T, DSC$K_CLASS_S, at};
    *to = {static_cast<unsigned short>(user.size()), DSC$K_DTYPE_T, DSC$K_CLASS_S,
           at + text.size()};
    uint32_t status = static_cast<uint32_t>(sys$brkthru(0, message, to, BRK$C_USERNAME, nullptr, 32,
                                                        BRK$M_CLUSTER, BRK$C_MAIL,
                                                        BROADCAST_SECONDS, nullptr, 0));
    if (!(status & 1))
        trace("new mail of %s is not announced: %u", user.c_str(), status);
}

/* ---- conditions ---- */

MailCondition::~MailCondition()
{
    for (const Block &block : blocks_)
        arena_free(block.at, block.size);
}

dsc$descriptor_s *MailCondition::text(const std::string &text)
{
    size_t size = sizeof(dsc$descriptor_s) + text.size();
    char *at = static_cast<char *>(arena_get(size));
    if (!at)
        return nullptr;
    blocks_.push_back(Block{at, size});
    dsc$descriptor_s *made = reinterpret_cast<dsc$descriptor_s *>(at);
    *made = {static_cast<unsigned short>(text.size()), DSC$K_DTYPE_T, DSC$K_CLASS_S,
             at + sizeof(dsc$descriptor_s)};
    memcpy(made->dsc$a_pointer, text.data(), text.size());
    return made;
}

void MailCondition::add(uint32_t condition, const std::vector<std::string> &texts)
{
    longwords_.push_back(condition);
    if ((condition >> 16 & 0xfff) == 0)
        return; /* system conditions carry no count */
    longwords_.push_back(static_cast<uint32_t>(texts.size()));
    for (const std::string &one : texts)
        longwords_.push_back(static_cast<uint32_t>(reinterpret_cast<uintptr_t>(text(one))));
}

void MailCondition::add_rms(uint32_t status, uint32_t value)
{
    longwords_.push_back(status);
    longwords_.push_back(value);
}

unsigned int *MailCondition::array()
{
    size_t count = longwords_.size() + 2;
    size_t size = (count + 1) * sizeof(uint32_t);
    uint32_t *at = static_cast<uint32_t *>(arena_get(size));
    if (!at)
        return nullptr;
    blocks_.push_back(Block{at, size});
    at[0] = static_cast<uint32_t>(count);
    std::copy(longwords_.begin(), longwords_.end(), at + 1);
    at[count - 1] = at[count] = 0; /* PC and PSL */
    return at;
}

void MailCondition::signal()
{
    if (longwords_.empty() || !signal_longwords)
        return;
    uintptr_t v[SIGNAL_LONGWORDS] = {0};
    for (size_t i = 0; i < longwords_.size() && i < SIGNAL_LONGWORDS; ++i)
        v[i] = longwords_[i];
    unsigned count = static_cast<unsigned>(std::min<size_t>(longwords_.size(), SIGNAL_LONGWORDS));
    signal_longwords(count, longwords_[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9],
                     v[10], v[11], v[12], v[13], v[14], v[15], v[16], v[17], v[18], v[19], v[20],
                     v[21], v[22], v[23]);
}

} // namespace shim
