/*  address: a list that was understood is printed and understood as the same
*/
#include "CORE/address.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    std::vector<Address> list, again;
    bool good = address_list_parse(text, &list);
    std::string print = address_list_print(list);
    FUZZ_ASSERT(print.find('\n') == std::string::npos && print.find('\r') == std::string::npos);
    if (!good)
        return;
    FUZZ_ASSERT(address_list_parse(print, &again) && again.size() == list.size());
    for (size_t i = 0; i < list.size(); ++i) {
        FUZZ_ASSERT(again[i].kind == list[i].kind);
        FUZZ_ASSERT(address_spec(again[i]) == address_spec(list[i]));
    }
}
