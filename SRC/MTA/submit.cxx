/*
**  submit - control file and queue entry; whatever fails leaves neither
**
**  The entry is made while the file's flush is under way, so that one flush may serve both; until
**  both are on disk the file stays ours, so no run of the entry can open it.  A crash in between
**  leaves a file without an entry, which ANALYZE MAIL enters again, or an entry without a file,
**  whose run ends at once.  The client has not been told 250, so it may send the message again.
*/
#include "MTA/submit.h"

#include "MTA/config.h"
#include "MTA/control_file.h"
#include "MTA/log.h"
#include "VMS/process.h"
#include "VMS/queue.h"
#include "VMS/recfile.h"

namespace mail {

struct Submission::State {
    ControlWriter writer;
    std::string directory, queue;
    boost::uint64_t after;
    State() : after(0) {}
};

Submission::Submission() : state_(new State) {}

Submission::~Submission()
{
    abandon();
}

Outcome Submission::begin(const ControlEnvelope &envelope,
                          const std::vector<ControlRecipient> &recipients)
{
    return state_->writer.begin(envelope, recipients, state_->directory);
}

Outcome Submission::write(const char *data, size_t size)
{
    return state_->writer.write(data, size);
}

/* Whatever is left of a message that the caller must not have been given. */
static void take_back(const SubmitReceipt &r, bool entered)
{
    if (entered)
        queue_delete_entry(r.entry); /* else its run finds the file gone, and ends */
    Status status = r.file.empty() ? Status() : file_erase(r.file);
    if (!status.ok() && !status.not_found())
        LogLine(LOG_ERROR, r.message_id, "orphan").add("file", r.file).add("status", status.text());
}

Outcome Submission::finish(SubmitReceipt *receipt)
{
    SubmitReceipt r;
    r.message_id = state_->writer.envelope().message_id;
    std::string user = state_->writer.envelope().user;
    Outcome outcome = state_->writer.begin_commit(&r.file);
    bool entered = false;
    if (outcome.is_done()) {
        outcome = submit_entry(r.file, user, state_->queue, state_->after, &r.entry);
        entered = outcome.is_done();
    }
    if (entered)
        outcome = state_->writer.end_commit();
    if (!outcome.is_done()) {
        state_->writer.discard();
        take_back(r, entered);
        return outcome;
    }
    *receipt = r;
    return outcome;
}

void Submission::abandon()
{
    state_->writer.discard();
}

const ControlEnvelope &Submission::envelope() const
{
    return state_->writer.envelope();
}

void Submission::set_directory(const std::string &directory)
{
    state_->directory = directory;
}

void Submission::set_queue(const std::string &queue)
{
    state_->queue = queue;
}

void Submission::set_after(boost::uint64_t time)
{
    state_->after = time;
}

Outcome submit_entry(const std::string &file, const std::string &user, const std::string &queue,
                     boost::uint64_t after, boost::uint32_t *entry)
{
    QueueJob job;
    job.queue = queue.empty() ? submit_queue() : queue;
    job.file = file;
    if (user != process_user())
        job.user = user;
    if (after != 0)
        job.after = vmstime_from_unix(static_cast<boost::int64_t>(after));
    Status status = queue_submit(job, entry, 0);
    if (status.ok())
        return Outcome::done();
    std::string log_text = "queue " + job.queue + ": " + status.text();
    if (status.disk_full())
        return Outcome::reply(452, "4.3.1", "Insufficient system storage", log_text);
    return Outcome::reply(451, "4.3.0", "Local error in processing", log_text);
}

std::string submit_queue()
{
    std::string queue = config_current()->text(P_MAIL_QUEUE);
    return queue.empty() ? "TCPIP$SMTP_" + process_node() + "_00" : queue;
}

} // namespace mail
