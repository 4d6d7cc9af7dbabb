/*  vms_address: no line breaks it; wrapping is undone by unwrapping
*/
#include "CORE/vms_address.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    VmsAddress address = vms_address_parse(text);
    std::vector<std::string> elements;
    vms_address_split(text, &elements);
    vms_address_generic(text, "host");
    if (address.kind == VmsAddress::FOREIGN)
        FUZZ_ASSERT(!address.address.empty() && !address.transport.empty());
    std::string back;
    if (!text.empty() && text.find(VMS_CENT) == std::string::npos) {
        FUZZ_ASSERT(vms_address_unwrap(vms_address_wrap(text), &back, 0));
        FUZZ_ASSERT(back == text);
    }
}
