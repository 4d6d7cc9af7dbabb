/*
**  batch_job - the interpreter's side of a batch job
*/
#include "batch_job.h"

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace shim {
namespace dcl {

BatchJob::BatchJob() : status_to_(-1), restarted_(false)
{
    const char *given = getenv("SHIM_BATCH"), *restart = getenv("SHIM_RESTART");
    restarted_ = restart != nullptr;
    restart_value_ = restart ? restart : "";
    if (given) {
        std::string text = given;
        status_to_ = atoi(given);
        fcntl(status_to_, F_SETFD, FD_CLOEXEC);
        for (size_t at = text.find('\t'); at != std::string::npos;) {
            size_t next = text.find('\t', at + 1);
            parameters_.push_back(text.substr(at + 1, next == std::string::npos
                                                          ? std::string::npos
                                                          : next - at - 1));
            at = next;
        }
    }
    unsetenv("SHIM_BATCH");
    unsetenv("SHIM_RESTART");
}

void BatchJob::prepare(Session &session) const
{
    if (!present())
        return;
    for (size_t i = 0; i < parameters_.size(); ++i)
        session.set_symbol("P" + std::to_string(i + 1), Value(parameters_[i]));
    session.options.verify_procedure = session.options.verify_image = true;
    session.options.restart = restarted_;
    if (restarted_)
        session.set_symbol("BATCH$RESTART", 0, Value(restart_value_), true);
}

void BatchJob::end(uint32_t status) const
{
    if (present() && write(status_to_, &status, sizeof status) != sizeof status)
        _exit(1); /* the job controller has gone, and the job with it */
}

} // namespace dcl
} // namespace shim
