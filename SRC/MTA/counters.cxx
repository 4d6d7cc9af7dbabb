/*
**  counters - one lock over a few numbers: they change a few times per message, never per byte
*/
#include "MTA/counters.h"

#include <pthread.h>

namespace mail {

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static boost::uint64_t values[COUNT_OF_COUNTERS];

static const char *const help_table[] = {
#define COUNTER(id, help) help,
#include "MTA/counters.def"
#undef COUNTER
};

void counter_add(CounterId id, boost::uint32_t amount)
{
    pthread_mutex_lock(&mutex);
    values[id] += amount;
    pthread_mutex_unlock(&mutex);
}

boost::uint64_t counter_read(CounterId id)
{
    pthread_mutex_lock(&mutex);
    boost::uint64_t value = values[id];
    pthread_mutex_unlock(&mutex);
    return value;
}

const char *counter_help(CounterId id)
{
    return help_table[id];
}

void counters_clear()
{
    pthread_mutex_lock(&mutex);
    for (int i = 0; i < COUNT_OF_COUNTERS; ++i)
        values[i] = 0;
    pthread_mutex_unlock(&mutex);
}

} // namespace mail
