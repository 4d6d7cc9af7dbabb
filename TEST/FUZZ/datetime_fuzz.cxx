/*  datetime: what is read is a valid date and is printed and read as the same
*/
#include "CORE/datetime.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    DateTime time, again;
    if (datetime_parse(text, &time)) {
        FUZZ_ASSERT(datetime_is_valid(time));
        FUZZ_ASSERT(datetime_parse(datetime_print(time, "X"), &again));
        FUZZ_ASSERT(datetime_to_unix(time) == datetime_to_unix(again));
        if (datetime_from_unix(datetime_to_unix(time), time.zone_minutes, &again))
            FUZZ_ASSERT(datetime_to_unix(time) == datetime_to_unix(again));
    }
    if (datetime_parse_vms(text, &time)) {
        FUZZ_ASSERT(datetime_parse_vms(datetime_print_vms(time), &again));
        FUZZ_ASSERT(datetime_to_unix(time) == datetime_to_unix(again));
    }
}
