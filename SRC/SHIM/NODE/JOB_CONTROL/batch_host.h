/*
**  batch_host - the processes of this node's batch jobs
**
**  START_TASK makes a process BATCH_n of the job's user: the command interpreter, mode batch, the
**  account's privileges, SYS$INPUT the job's files in order, SYS$OUTPUT the log file (by default
**  the job's name in the account's directory, type .LOG).  P1 to P8 and the restart value go by the
**  environment, the final $STATUS comes back by a pipe (SRC/SHIM/DCL/README.TXT).  Requests are
**  done in flush(), behind the commit that they depend on; ends are reported in sweep().
*/
#ifndef SHIM_BATCH_HOST_H
#define SHIM_BATCH_HOST_H

#include "symbiont_host.h"

namespace shim::job_control {

class BatchHost {
public:
    explicit BatchHost(StreamEvents *events) : events_(events), last_number_(0) {}
    ~BatchHost() { kill_all(); }
    void to_job(uint32_t queue, uint16_t request, const std::string &items);
    void flush();
    void sweep();          /* after a child's end */
    void kill_all();       /* at once; not reported */
    bool empty() const { return jobs_.empty() && requests_.empty(); }

private:
    struct Job {
        uint32_t queue, entry;
        int host_pid, status_pipe;
        std::string log;   /* as it was made; empty: none */
    };
    struct Request {
        uint32_t queue;
        uint16_t code;
        std::string items;
    };
    void start(const Request &request);
    uint32_t make_process(const std::string &items, Job *job, uint32_t *vms_pid);
    void report_end(const Job &job, uint32_t status);
    StreamEvents *events_;
    unsigned last_number_;
    std::vector<Job> jobs_;
    std::vector<Request> requests_;
    std::vector<std::pair<Job, uint32_t>> failed_;
};

} // namespace shim::job_control

#endif
