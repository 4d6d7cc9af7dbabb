/*
**  job - one run of a queue entry: deliver what is open, note it, report failures, plan the rest
**
**  The control file is the memory of a message; the queue entry only says "look at it".  Order, so
**  that a crash at any point loses nothing (INTERNALS.TXT): deliver; write cells; report failures;
**  mark them reported; enter the next try or erase the file; complete the task.  A second run of
**  the same file finds it gone or its recipients settled.
*/
#ifndef MAIL_SYMBIONT_JOB_H
#define MAIL_SYMBIONT_JOB_H

#include "bounce.h"
#include "deliver_domains.h"

#include "MTA/control_file.h"
#include "MTA/identity.h"

#include <string>
#include <vector>

namespace mail {

/* Recipients of the reports of one run, by action and target. */
struct JobReports {
    std::vector<ReportRecipient> rows[REPORT_ACTIONS][2];
    std::vector<size_t> indices[REPORT_ACTIONS][2];
};

/* What a cell says of a success that may have to be reported: "delivered" ..., or "". */
const char *job_report_word(Outcome::Report report);

struct JobRequest {
    std::string file;  /* full specification of the control file */
    std::string id;    /* "entry-123" for the log */
    std::string user;  /* who owns the entry */
    std::string queue; /* where the entry was entered: the generic queue */
    std::string executor; /* the queue that runs it, where it is entered when that one refuses */
};

class Job : private DomainListener {
public:
    Job(const JobRequest &request, Connections &connections, const StopFlag &stop);

    /*
    **  Ok: the entry is done with (delivered, reported, or entered again).  Not ok: the entry's job
    **  could not be ended in order; the status goes to the job controller.  While the next try can
    **  be entered nowhere this does not return unless it is stopped: the entry that runs is the
    **  only one that the message has, and whatever ends the process puts it back.
    */
    Status run();
    /* Without looking at the file: enters it again for soon. */
    Status put_off();

private:
    Outcome open_when_free();
    bool open_file(Status *status);
    bool is_damaged() const;
    void group(std::vector<size_t> *local, DomainRecipients *domains) const;
    void deliver();
    virtual void delivered(const std::vector<size_t> &recipients,
                           const std::vector<Outcome> &outcomes);
    void take(const std::vector<size_t> &recipients, const std::vector<Outcome> &outcomes);
    void give_up_old();
    bool write_cells();
    bool report_due(size_t index, ReportAction *action) const;
    bool reports_due() const;
    void collect_reports(JobReports *reports);
    bool send_reports();
    Status conclude();
    Status keep_settled();
    Status try_again(boost::uint64_t when);
    void log_headers();
    void log_processed();

    JobRequest request_;
    Connections &connections_;
    const StopFlag &stop_;
    SettingsPtr settings_;
    IdentityPtr identity_;
    ControlFile file_;
    std::vector<ControlCell> cells_;
    std::vector<Outcome> last_; /* the last word about each recipient of this run */
    std::vector<bool> changed_;
    boost::uint64_t now_, next_;
    bool keep_file_; /* lost mail: nobody is left to be told; or a damaged text */
};

/* Up to that many seconds, or until stop says so. */
void wait_unless_stopped(boost::uint32_t seconds, const StopFlag &stop);

} // namespace mail

#endif
