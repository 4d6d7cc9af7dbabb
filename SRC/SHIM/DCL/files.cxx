/*
**  files - the files that OPEN opened
*/
#include "files.h"

#include "names.h"

#include <rmsdef.h>

namespace shim {
namespace dcl {

uint16_t Files::add(std::unique_ptr<Entry> entry)
{
    do
        last_ = last_ < PPF_FIRST || last_ == 0xffff ? static_cast<uint16_t>(PPF_FIRST)
                                                     : static_cast<uint16_t>(last_ + 1);
    while (files_.count(last_));
    files_[last_] = std::move(entry);
    return last_;
}

Files::Entry *Files::find(uint16_t number)
{
    auto found = files_.find(number);
    return found == files_.end() ? nullptr : found->second.get();
}

uint32_t Files::close(uint16_t number, uint32_t *stv)
{
    auto found = files_.find(number);
    if (found == files_.end())
        return RMS$_IFI;
    uint32_t status = found->second->file.close();
    *stv = found->second->file.stv();
    files_.erase(found);
    return status;
}

} // namespace dcl
} // namespace shim
