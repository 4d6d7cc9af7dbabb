/*
**  retry - when a message is tried again and when it is given up
**
**  SET CONFIGURATION SMTP /INTERVAL=(INITIAL, RETRY, MAXIMUM): wait before the second attempt,
**  between later ones, total time (spec 3.2).  Values in, values out.
*/
#ifndef MAIL_SYMBIONT_RETRY_H
#define MAIL_SYMBIONT_RETRY_H

#include "MTA/config.h"

namespace mail {

struct RetryPlan {
    bool give_up;         /* no attempt would come before the maximum interval is over */
    boost::uint64_t next; /* time of the next attempt, seconds since 1970 */
    RetryPlan() : give_up(false), next(0) {}
};

/* created, now: seconds since 1970; attempts: made so far, at least 1. */
RetryPlan retry_plan(const Settings &settings, boost::uint64_t created, boost::uint64_t now,
                     boost::uint32_t attempts);

} // namespace mail

#endif
