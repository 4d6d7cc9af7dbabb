/*  header_fields: a printed block reads as the same; no value makes a field
*/
#include "CORE/header_fields.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    HeaderFields fields, again;
    size_t used;
    fields.parse(text.data(), text.size(), &used);
    FUZZ_ASSERT(used <= text.size());
    std::string print = fields.print();
    FUZZ_ASSERT(again.parse(print) == HeaderFields::OK && again.count() == fields.count());
    FUZZ_ASSERT(again.print() == print);
    HeaderFields one;
    FUZZ_ASSERT(one.parse(header_print("X-Fuzz", text)) == HeaderFields::OK && one.count() == 1);
}
