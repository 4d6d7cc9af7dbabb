/*
**  system_text - results into descriptors, in the manner of the services and of the run-time
*library
*/
#include "system_text.h"
#include "shim.h"

#include <cstring>

#include <libdef.h>

namespace shim
{

uint32_t put_fixed(void *descriptor, const char *text, size_t size, unsigned short *length)
{
    dsc$descriptor_s *d = static_cast<dsc$descriptor_s *>(descriptor);
    if (!d || !low(d) || !low(d->dsc$a_pointer) || (d->dsc$w_length && !d->dsc$a_pointer))
        return SS$_ACCVIO;
    size_t copied = size < d->dsc$w_length ? size : d->dsc$w_length;
    if (copied)
        memcpy(d->dsc$a_pointer, text, copied);
    if (length)
        *length = static_cast<unsigned short>(copied);
    return copied < size ? SS$_BUFFEROVF : SS$_NORMAL;
}

uint32_t put_string(void *descriptor, const std::string &text, unsigned short *length)
{
    dsc$descriptor_s *d = static_cast<dsc$descriptor_s *>(descriptor);
    uint32_t status = put_text(d, text, length);
    if (!(status & 1))
        return status;
    if (d->dsc$b_class != DSC$K_CLASS_D && text.size() < d->dsc$w_length)
        memset(d->dsc$a_pointer + text.size(), ' ', d->dsc$w_length - text.size());
    return status == SS$_BUFFEROVF ? LIB$_STRTRU : SS$_NORMAL;
}

} // namespace shim
