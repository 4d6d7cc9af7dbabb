/*
**  retry - the plan for what is still open
*/
#include "retry.h"

namespace mail {

RetryPlan retry_plan(const Settings &settings, boost::uint64_t created, boost::uint64_t now,
                     boost::uint32_t attempts)
{
    RetryPlan plan;
    boost::uint32_t wait = settings.seconds(attempts <= 1 ? P_INITIAL_INTERVAL : P_RETRY_INTERVAL);
    boost::uint64_t last = created + settings.seconds(P_MAXIMUM_INTERVAL);
    plan.next = now + wait;
    if (now >= last)
        plan.give_up = true;
    else if (plan.next > last)
        plan.next = last; /* one attempt at the very end, so that MAXIMUM is what it says */
    return plan;
}

} // namespace mail
