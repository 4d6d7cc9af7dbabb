/*
**  opcom - $SNDOPR
**
**  OPC$_NOPERATOR has the low bit set: nobody listening is a success by its severity.
*/
#include "VMS/opcom.h"

#include <string.h>

#include <opcdef.h>
#include <starlet.h>

#include "descriptor.h"

namespace mail {

static unsigned int target_mask(OperatorClass operator_class)
{
    if (operator_class == OPERATOR_CENTRAL)
        return OPC$M_NM_CENTRL;
    return operator_class == OPERATOR_SECURITY ? OPC$M_NM_SECURITY : OPC$M_NM_NTWORK;
}

Status operator_send(const std::string &text, OperatorClass operator_class)
{
    OPCDEF request;
    memset(&request, 0, sizeof request);
    request.opc$b_ms_type = OPC$_RQ_RQST;
    request.opc$b_ms_target = target_mask(operator_class) & 0xffffffu;
    size_t size = text.size() > OPCOM_TEXT_MAX ? OPCOM_TEXT_MAX : text.size();
    for (size_t i = 0; i < size; ++i) {
        unsigned char c = static_cast<unsigned char>(text[i]);
        request.opc$l_ms_text[i] = c < 32 || c == 127 ? '.' : text[i];
    }
    std::string message(reinterpret_cast<const char *>(&request), 8 + size);
    LowScratch scratch;
    Descriptor buffer(scratch, message);
    return Status(static_cast<boost::uint32_t>(sys$sndopr(buffer.get(), 0)));
}

} // namespace mail
