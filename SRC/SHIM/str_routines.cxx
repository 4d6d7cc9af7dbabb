/*
**  str_routines - STR$COPY_DX and STR$FREE1_DX
*/
#include <str$routines.h>

#include "shim.h"

#include <cstring>

extern "C" {

unsigned int str$copy_dx(dsc$descriptor_s *destination, const dsc$descriptor_s *source)
{
    SHIM_SERVICE("str$copy_dx");
    std::string text;
    uint32_t status = shim::get_text(source, &text);
    if (!(status & 1))
        return status;
    unsigned short copied = 0;
    status = shim::put_text(destination, text, &copied);
    if (status == SS$_INSFMEM)
        return STR$_INSVIRMEM;
    if (!(status & 1))
        return status;
    if (destination->dsc$b_class != DSC$K_CLASS_D && copied < destination->dsc$w_length)
        memset(destination->dsc$a_pointer + copied, ' ',
               static_cast<size_t>(destination->dsc$w_length - copied));
    return status == SS$_BUFFEROVF ? static_cast<uint32_t>(STR$_TRU) : STR$_NORMAL;
}

unsigned int str$free1_dx(dsc$descriptor_s *string)
{
    SHIM_SERVICE("str$free1_dx");
    if (!shim::low(string) || !string)
        return SS$_ACCVIO;
    if (string->dsc$b_class != DSC$K_CLASS_D)
        return STR$_ILLSTRCLA;
    return shim::put_text(string, "", nullptr) & 1 ? STR$_NORMAL : STR$_ILLSTRCLA;
}
}
