/*
**  file_finder - $PARSE and $SEARCH of one specification
*/
#ifndef SHIM_DCL_FILE_FINDER_H
#define SHIM_DCL_FILE_FINDER_H

#include "low.h"

#include <rms.h>

namespace shim {
namespace dcl {

class FileFinder {
public:
    enum Field { NODE, DEVICE, DIRECTORY, NAME, TYPE, VERSION };
    FileFinder();
    FileFinder(const FileFinder &) = delete;
    FileFinder &operator=(const FileFinder &) = delete;
    /* options: NAM$M_SYNCHK, NAM$M_NOCONCEAL.  RMS's condition. */
    uint32_t begin(const std::string &spec, const std::string &defaults,
                   const std::string &related, unsigned options = 0);
    /* RMS$_NORMAL, RMS$_NMF, RMS$_FNF ... */
    uint32_t next(std::string *found);
    bool wild() const { return nam_->nam$l_fnb & NAM$M_WILDCARD; }
    std::string expanded() const;
    /* Of the name found last, else of the expanded one. */
    std::string field(Field which) const;
    uint32_t stv() const { return fab_->fab$l_stv; }

private:
    Low<FAB> fab_;
    Low<NAM> nam_, related_;
    LowBlock texts_;
    std::string asked_;
    char *put(size_t index, const std::string &text);
};

} // namespace dcl
} // namespace shim

#endif
