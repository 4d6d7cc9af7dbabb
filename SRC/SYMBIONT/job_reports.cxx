/*
**  job_reports - which recipients of a run are to be reported, and how
**
**  A cell's `reported` says: about the state that it has now, the sender was told.  Cells are
**  written before and after, so that a crash in between tells somebody twice at worst.
*/
#include "job.h"

#include "CORE/text.h"
#include "MTA/log.h"

#include <string.h>

namespace mail {

/* In the order of Outcome::Report. */
static const char *const report_words[] = {"", "delivered", "relayed", "expanded"};
static const ReportAction report_actions[] = {REPORT_FAILED, REPORT_DELIVERED, REPORT_RELAYED,
                                              REPORT_EXPANDED};

const char *job_report_word(Outcome::Report report)
{
    return report_words[report];
}

static ReportRecipient report_row(const ControlRecipient &recipient, const ControlCell &cell,
                                  const Outcome &last)
{
    ReportRecipient row;
    row.address = recipient.address;
    row.original = recipient.original;
    row.code = cell.code;
    row.attempted = cell.attempted;
    row.status = text_from_number(cell.status[0]) + "." + text_from_number(cell.status[1]) + "." +
                 text_from_number(cell.status[2]);
    if (cell.state == CONTROL_SENT)
        return row;
    /* not tried in this run (its report had to wait): the cell knows the beginning of the reason */
    row.diagnostic = last.sender_text().empty() ? cell.text : last.sender_text();
    row.remote = last.remote();
    return row;
}

/* Has something happened to the recipient of which nobody was told yet? */
bool Job::report_due(size_t index, ReportAction *action) const
{
    const ControlCell &cell = cells_[index];
    if (cell.reported)
        return false;
    if (cell.state == CONTROL_FAILED) {
        *action = REPORT_FAILED;
        return true;
    }
    const ControlRecipient &recipient = file_.recipients()[index];
    if (cell.state == CONTROL_UNSENT) {
        *action = REPORT_DELAYED;
        boost::uint64_t due =
            file_.envelope().created + settings_->seconds(P_DELAY_REPORT_TIME);
        return cell.attempts != 0 && now_ >= due &&
               bounce_wanted(file_.envelope(), recipient, *action, *settings_);
    }
    for (size_t i = 1; i < sizeof report_words / sizeof *report_words; ++i) {
        if (cell.text != report_words[i])
            continue;
        *action = report_actions[i];
        return bounce_wanted(file_.envelope(), recipient, *action, *settings_);
    }
    return false;
}

bool Job::reports_due() const
{
    ReportAction action;
    for (size_t i = 0; i < cells_.size(); ++i)
        if (report_due(i, &action))
            return true;
    return false;
}

void Job::collect_reports(JobReports *reports)
{
    for (size_t i = 0; i < cells_.size(); ++i) {
        ReportAction action;
        if (!report_due(i, &action))
            continue;
        const ControlRecipient &recipient = file_.recipients()[i];
        if (!bounce_wanted(file_.envelope(), recipient, action, *settings_)) {
            LogLine(LOG_INFO, request_.id, "not_reported").add("to", recipient.address);
            cells_[i].reported = changed_[i] = true;
            continue;
        }
        BounceTarget target = bounce_target(file_.envelope(), recipient.address, *identity_);
        if (target == BOUNCE_NOBODY) {
            keep_file_ = true;
            LogLine(LOG_ERROR, request_.id, "lost_mail")
                .add("file", request_.file)
                .add("to", recipient.address)
                .add("reason", last_[i].log_text());
            continue;
        }
        reports->rows[action][target].push_back(report_row(recipient, cells_[i], last_[i]));
        reports->indices[action][target].push_back(i);
    }
}

/*
**  One report per action to the sender, or to the postmaster; false when a report has to wait for
**  the next run.
*/
bool Job::send_reports()
{
    JobReports reports;
    bool all_told = true;
    collect_reports(&reports);
    for (int action = 0; action < REPORT_ACTIONS; ++action) {
        for (int target = BOUNCE_SENDER; target <= BOUNCE_POSTMASTER; ++target) {
            const std::vector<size_t> &indices = reports.indices[action][target];
            if (indices.empty())
                continue;
            Outcome outcome = bounce_send(file_, static_cast<BounceTarget>(target),
                                          static_cast<ReportAction>(action),
                                          reports.rows[action][target], settings_, identity_,
                                          request_.id);
            all_told = all_told && outcome.is_done();
            for (size_t k = 0; k < indices.size() && outcome.is_done(); ++k)
                cells_[indices[k]].reported = changed_[indices[k]] = true;
        }
    }
    return all_told;
}

} // namespace mail
