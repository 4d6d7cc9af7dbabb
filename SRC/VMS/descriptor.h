/*
**  descriptor - string descriptors in 32-bit memory
**
**  Texts are copied into the scratch area of the call; results are read back with text().
**  Dynamic strings (class D) are for the SMB$ routines, which allocate themselves.
*/
#ifndef MAIL_DESCRIPTOR_H
#define MAIL_DESCRIPTOR_H

#include "low_memory.h"

#include <string.h>

#include <descrip.h>
#include <str$routines.h>

namespace mail {

class Descriptor {
public:
    /* An input text; longer than 65535 is cut. */
    Descriptor(LowScratch &scratch, const std::string &text)
    {
        size_t size = text.size() > 65535 ? 65535 : text.size();
        make(scratch, size);
        if (place_ && place_->dsc$a_pointer && size)
            memcpy(place_->dsc$a_pointer, text.data(), size);
    }
    /* An output buffer of that many bytes. */
    Descriptor(LowScratch &scratch, size_t size) { make(scratch, size); }

    dsc$descriptor_s *get() { return place_; }
    std::string text(size_t length) const
    {
        if (!place_ || !place_->dsc$a_pointer)
            return std::string();
        return std::string(place_->dsc$a_pointer, length);
    }

private:
    Descriptor(const Descriptor &);
    Descriptor &operator=(const Descriptor &);
    void make(LowScratch &scratch, size_t size)
    {
        place_ = static_cast<dsc$descriptor_s *>(scratch.take(sizeof(dsc$descriptor_s)));
        if (!place_)
            return;
        place_->dsc$w_length = static_cast<unsigned short>(size);
        place_->dsc$b_dtype = DSC$K_DTYPE_T;
        place_->dsc$b_class = DSC$K_CLASS_S;
        place_->dsc$a_pointer = static_cast<char *>(scratch.take(size ? size : 1));
    }
    dsc$descriptor_s *place_;
};

} // namespace mail

#endif
