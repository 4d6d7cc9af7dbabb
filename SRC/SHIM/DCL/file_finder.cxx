/*
**  file_finder - $PARSE and $SEARCH of one specification
*/
#include "file_finder.h"

#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

const size_t TEXT = 256;
enum { AT_SPEC, AT_DEFAULTS, AT_RELATED, AT_EXPANDED, AT_RESULTANT, TEXTS };

} // namespace

FileFinder::FileFinder() : texts_(TEXTS * TEXT)
{
    *fab_ = cc$rms_fab;
    *nam_ = cc$rms_nam;
    *related_ = cc$rms_nam;
    fab_->fab$l_nam = nam_.get();
    nam_->nam$l_esa = put(AT_EXPANDED, "");
    nam_->nam$b_ess = NAM$C_MAXRSS;
    nam_->nam$l_rsa = put(AT_RESULTANT, "");
    nam_->nam$b_rss = NAM$C_MAXRSS;
}

char *FileFinder::put(size_t index, const std::string &text)
{
    char *at = texts_.as<char>() + index * TEXT;
    memcpy(at, text.data(), text.size());
    return at;
}

uint32_t FileFinder::begin(const std::string &spec, const std::string &defaults,
                           const std::string &related, unsigned options)
{
    asked_ = spec;
    if (spec.size() > NAM$C_MAXRSS || defaults.size() > NAM$C_MAXRSS ||
        related.size() > NAM$C_MAXRSS)
        return RMS$_SYN;
    fab_->fab$l_fna = put(AT_SPEC, spec);
    fab_->fab$b_fns = static_cast<unsigned char>(spec.size());
    fab_->fab$l_dna = put(AT_DEFAULTS, defaults);
    fab_->fab$b_dns = static_cast<unsigned char>(defaults.size());
    related_->nam$l_rsa = put(AT_RELATED, related);
    related_->nam$b_rsl = static_cast<unsigned char>(related.size());
    nam_->nam$l_rlf = related.empty() ? nullptr : related_.get();
    nam_->nam$b_nop = static_cast<unsigned char>(options);
    return static_cast<uint32_t>(sys$parse(fab_.get()));
}

uint32_t FileFinder::next(std::string *found)
{
    uint32_t status = static_cast<uint32_t>(sys$search(fab_.get()));
    if (status & 1)
        found->assign(nam_->nam$l_rsa, nam_->nam$b_rsl);
    return status;
}

std::string FileFinder::expanded() const
{
    return nam_->nam$b_esl ? std::string(nam_->nam$l_esa, nam_->nam$b_esl) : asked_;
}

std::string FileFinder::field(Field which) const
{
    const NAM &nam = *nam_;
    switch (which) {
    case NODE: return std::string(nam.nam$l_node, nam.nam$b_node);
    case DEVICE: return std::string(nam.nam$l_dev, nam.nam$b_dev);
    case DIRECTORY: return std::string(nam.nam$l_dir, nam.nam$b_dir);
    case NAME: return std::string(nam.nam$l_name, nam.nam$b_name);
    case TYPE: return std::string(nam.nam$l_type, nam.nam$b_type);
    default: return std::string(nam.nam$l_ver, nam.nam$b_ver);
    }
}

} // namespace dcl
} // namespace shim
