/*
**  counters - what a server has done since it started
**
**  Named by the rows of counters.def; printed by management and by XTND STATS.  Any thread; a read
**  is a snapshot of single counters, not of all at one moment.
*/
#ifndef MTA_COUNTERS_H
#define MTA_COUNTERS_H

#include "boostset.h"

namespace mail {

enum CounterId {
#define COUNTER(id, help) COUNT_##id,
#include "MTA/counters.def"
#undef COUNTER
    COUNT_OF_COUNTERS
};

void counter_add(CounterId id, boost::uint32_t amount);
boost::uint64_t counter_read(CounterId id);
const char *counter_help(CounterId id);
void counters_clear();

} // namespace mail
#endif
