/*
**  batch_job - what a batch job's interpreter gets from the job controller, and gives back
**
**  SHIM_BATCH: number of a descriptor that wants the final $STATUS (4 bytes), then P1 to P8, each
**  behind a TAB.  SHIM_RESTART: the job runs again; the value is what SET RESTART_VALUE left.
*/
#ifndef SHIM_DCL_BATCH_JOB_H
#define SHIM_DCL_BATCH_JOB_H

#include "session.h"

namespace shim {
namespace dcl {

class BatchJob {
public:
    /* Takes the environment's entries away: images do not inherit them. */
    BatchJob();
    bool present() const { return status_to_ >= 0; }
    /* Parameters, $RESTART, verification: before anything is read. */
    void prepare(Session &session) const;
    void end(uint32_t status) const;

private:
    int status_to_;
    bool restarted_;
    std::string restart_value_;
    std::vector<std::string> parameters_;
};

} // namespace dcl
} // namespace shim

#endif
