/*
**  job - the run of an entry
*/
#include "job.h"

#include "deliver_local.h"
#include "retry.h"

#include "CORE/text.h"
#include "MTA/counters.h"
#include "MTA/log.h"
#include "MTA/log_message.h"
#include "MTA/outheaders.h"
#include "MTA/submit.h"
#include "VMS/thread.h"
#include "VMS/vmstime.h"

namespace mail {

namespace {

const boost::uint16_t ATTEMPTS_MAX = 65535;
const boost::uint32_t ENTER_WAIT_MAX = 60; /* seconds between two tries to enter, at most */
const size_t HEADER_PIECE = 8192;
const boost::uint32_t LOG_LEVEL_FILES = 2; /* TCPIP$SMTP_LOG_LEVEL from which files are shown */
const boost::uint32_t SLICE_MS = 100;      /* a stopped job is noticed after this */
/* the longest of the waits for a locked file: 1, 2, 4 ... milliseconds, a second in all */
const boost::uint32_t LOCKED_WAIT_MAX = 512;

void note(const Outcome &outcome, boost::uint64_t now, ControlCell *cell)
{
    ControlState before = cell->state;
    cell->state = outcome.is_done()     ? CONTROL_SENT
                  : outcome.is_failed() ? CONTROL_FAILED
                                        : CONTROL_UNSENT;
    cell->reported = cell->reported && cell->state == before; /* that was the delay */
    if (cell->attempts < ATTEMPTS_MAX)
        ++cell->attempts;
    cell->attempted = now;
    cell->code = static_cast<boost::uint16_t>(outcome.code());
    const std::string &status = outcome.status();
    size_t field = 0;
    unsigned value = 0;
    for (size_t i = 0; i <= status.size() && field < 3; ++i) {
        if (i == status.size() || status[i] == '.') {
            cell->status[field++] = static_cast<boost::uint8_t>(value);
            value = 0;
        } else if (text_is_digit(status[i])) {
            value = value * 10 + static_cast<unsigned>(status[i] - '0');
        }
    }
    cell->text = outcome.is_done() ? job_report_word(outcome.report()) : outcome.sender_text();
}

} // namespace

void wait_unless_stopped(boost::uint32_t seconds, const StopFlag &stop)
{
    Mutex mutex;
    Condition never;
    boost::uint64_t end = net_milliseconds() + static_cast<boost::uint64_t>(seconds) * 1000;
    MutexGuard guard(mutex);
    while (!stop.stopped() && net_milliseconds() < end)
        never.wait_for(mutex, SLICE_MS);
}

Job::Job(const JobRequest &request, Connections &connections, const StopFlag &stop)
    : request_(request), connections_(connections), stop_(stop), settings_(config_current()),
      identity_(identity_current()), now_(0), next_(0), keep_file_(false)
{
}

/* Who entered the file may be about to close it: its flush went on together with the entry's. */
Outcome Job::open_when_free()
{
    Outcome opened = file_.open(request_.file, true);
    for (boost::uint32_t wait = 1; wait <= LOCKED_WAIT_MAX; wait *= 2) {
        if (!file_.is_locked() || stop_.stopped())
            break;
        thread_sleep(wait);
        opened = file_.open(request_.file, true);
    }
    return opened;
}

/* False: there is nothing to run; *status tells the job controller. */
bool Job::open_file(Status *status)
{
    LogLine(settings_->number(P_SMTP_LOG_LEVEL) >= LOG_LEVEL_FILES ? LOG_INFO : LOG_DEBUG,
            request_.id, "Next Open File")
        .add("file", request_.file);
    Outcome opened = open_when_free();
    if (opened.is_done())
        return true;
    if (opened.is_later()) {
        LogLine(LOG_WARNING, request_.id, "open")
            .add("file", request_.file)
            .add("reason", opened.log_text());
        *status = put_off();
        return false;
    }
    bool damaged = is_damaged();
    LogLine(damaged ? LOG_ERROR : LOG_WARNING, request_.id, damaged ? "damaged" : "gone")
        .add("file", request_.file)
        .add("verdict", control_verdict_name(file_.verdict()))
        .add("reason", opened.log_text());
    /* Gone: another entry has delivered it.  Damaged: the file stays for ANALYZE MAIL. */
    *status = damaged ? Status::failed() : Status();
    return false;
}

/* A file that is not there, or was never finished, reads as SHORT. */
bool Job::is_damaged() const
{
    return file_.verdict() != CONTROL_OK && file_.verdict() != CONTROL_SHORT;
}

void Job::group(std::vector<size_t> *local, DomainRecipients *domains) const
{
    for (size_t i = 0; i < cells_.size(); ++i) {
        if (cells_[i].state != CONTROL_UNSENT)
            continue;
        std::string domain =
            route_domain_of(file_.recipients()[i].address, *settings_, *identity_);
        if (domain.empty())
            local->push_back(i);
        else
            (*domains)[domain].push_back(i);
    }
}

void Job::take(const std::vector<size_t> &recipients, const std::vector<Outcome> &outcomes)
{
    for (size_t i = 0; i < recipients.size(); ++i) {
        size_t r = recipients[i];
        last_[r] = outcomes[i];
        if (outcomes[i].was_tried()) {
            note(outcomes[i], now_, &cells_[r]);
            changed_[r] = true;
        }
        LogLine line(outcomes[i].is_done() ? LOG_INFO : LOG_WARNING, request_.id, "delivery",
                     __FILE__, __LINE__);
        line.add("to", file_.recipients()[r].address)
            .add("result", outcome_name(outcomes[i].kind()));
        if (!outcomes[i].is_done())
            line.add("status", outcomes[i].status()).add("reason", outcomes[i].log_text());
        if (outcomes[i].is_later())
            counter_add(COUNT_DEFERRED, 1);
    }
}

/* What one part of them got is written down before the others may take their time. */
void Job::delivered(const std::vector<size_t> &recipients, const std::vector<Outcome> &outcomes)
{
    take(recipients, outcomes);
    if (recipients.size() < cells_.size())
        write_cells();
}

/* Local recipients first. */
void Job::deliver()
{
    std::vector<size_t> local;
    DomainRecipients domains;
    group(&local, &domains);
    if (!local.empty() && !stop_.stopped()) {
        LocalJob here;
        std::vector<Outcome> outcomes;
        here.settings = settings_;
        here.identity = identity_;
        here.id = request_.id;
        deliver_local(here, file_, local, &outcomes);
        delivered(local, outcomes);
    }
    RemoteJob remote;
    remote.settings = settings_;
    remote.identity = identity_;
    remote.connections = &connections_;
    remote.stop = &stop_;
    remote.id = request_.id;
    deliver_domains(remote, file_, domains, this);
}

/* Recipients that stay open for longer than the maximum interval have failed. */
void Job::give_up_old()
{
    next_ = 0;
    for (size_t i = 0; i < cells_.size(); ++i) {
        if (cells_[i].state != CONTROL_UNSENT)
            continue;
        RetryPlan plan = retry_plan(*settings_, file_.envelope().created, now_, cells_[i].attempts);
        if (!last_[i].was_tried()) { /* it has its attempt first, however old it is */
            plan.give_up = false;
            plan.next = now_ + settings_->seconds(P_SYMB_BUSY_RETRY);
        }
        if (plan.give_up && !stop_.stopped()) {
            std::string text = "not delivered within the time limit; last reason: " +
                               (last_[i].is_later() ? last_[i].sender_text() : cells_[i].text);
            Outcome failed = Outcome::reply(554, "5.4.7", text, text);
            failed.set_remote(last_[i].remote());
            cells_[i].state = CONTROL_FAILED;
            cells_[i].reported = false;
            cells_[i].code = 554;
            cells_[i].status[0] = 5;
            cells_[i].status[1] = 4;
            cells_[i].status[2] = 7;
            last_[i] = failed;
            changed_[i] = true;
        } else if (next_ == 0 || plan.next < next_) {
            next_ = plan.next;
        }
    }
}

bool Job::write_cells()
{
    bool good = true;
    for (size_t i = 0; i < cells_.size(); ++i) {
        if (!changed_[i])
            continue;
        Outcome outcome = file_.update(i, cells_[i], false);
        if (outcome.is_done()) {
            changed_[i] = false;
            continue;
        }
        LogLine(LOG_ERROR, request_.id, "update")
            .add("file", request_.file)
            .add("reason", outcome.log_text());
        good = false;
    }
    return good;
}

Status Job::try_again(boost::uint64_t when)
{
    const std::string *const queues[] = {&request_.queue, &request_.executor};
    for (boost::uint32_t tries = 0, wait = 1;; ++tries) {
        for (size_t i = 0; i < 2; ++i) {
            if (i != 0 && queues[i]->empty())
                continue;
            Outcome outcome = submit_entry(request_.file, request_.user, *queues[i], when, 0);
            if (outcome.is_done()) {
                LogLine(LOG_INFO, request_.id, "again")
                    .add("file", request_.file)
                    .add("queue", *queues[i])
                    .add("after", vmstime_text(vmstime_from_unix(
                                      static_cast<boost::int64_t>(when))));
                return Status();
            }
            /* the operator hears of it once, the log of every round */
            LogLine(tries == 0 ? LOG_ERROR : LOG_WARNING, request_.id, "not_entered")
                .add("file", request_.file)
                .add("reason", outcome.log_text());
        }
        if (stop_.stopped())
            return Status::cancelled();
        wait_unless_stopped(wait, stop_);
        wait = wait * 2 < ENTER_WAIT_MAX ? wait * 2 : ENTER_WAIT_MAX;
    }
}

/*
**  The file goes only when nobody is open and everybody who failed is reported.  One whose text
**  turned out damaged stays, although its sender knows: only a person can tell what it was.
*/
Status Job::conclude()
{
    bool open = false, told = true, all_sent = true;
    for (size_t i = 0; i < cells_.size(); ++i) {
        open = open || cells_[i].state == CONTROL_UNSENT;
        all_sent = all_sent && cells_[i].state == CONTROL_SENT;
    }
    if (!all_sent || reports_due()) {
        write_cells();
        told = send_reports();
        write_cells();
    }
    if (is_damaged()) {
        keep_file_ = true;
        LogLine(LOG_ERROR, request_.id, "damaged")
            .add("file", request_.file)
            .add("verdict", control_verdict_name(file_.verdict()));
    }
    if (!open && told && !keep_file_) {
        Outcome erased = file_.erase();
        if (erased.is_done()) {
            LogLine(LOG_TRACE, request_.id, "erased").add("file", request_.file);
            return Status();
        }
        LogLine(LOG_ERROR, request_.id, "erase")
            .add("file", request_.file)
            .add("reason", erased.log_text());
        return keep_settled();
    }
    bool damaged = is_damaged();
    file_.flush();
    file_.close();
    if (keep_file_ && !open && told)
        return damaged ? Status::failed() : Status();
    boost::uint64_t when = next_;
    if (!told) {
        boost::uint64_t soon = now_ + settings_->seconds(P_INITIAL_INTERVAL);
        when = when == 0 || soon < when ? soon : when;
    }
    return try_again(when);
}

/*
**  The file could not be erased: its cells must say that nothing is left to do before it is tried
**  again, or somebody gets the message twice.
*/
Status Job::keep_settled()
{
    if (!file_.open(request_.file, true).is_done())
        return Status::failed();
    changed_.assign(cells_.size(), true);
    bool written = write_cells() && file_.flush().is_done();
    file_.close();
    boost::uint64_t when = now_ + settings_->seconds(P_INITIAL_INTERVAL);
    return written ? try_again(when) : Status::failed();
}

Status Job::put_off()
{
    return try_again(static_cast<boost::uint64_t>(vmstime_unix_now()) +
                     settings_->seconds(P_SYMB_BUSY_RETRY));
}

void Job::log_headers()
{
    LogLine(LOG_INFO, request_.id, "message")
        .add("id", file_.envelope().message_id)
        .add("from", file_.envelope().sender)
        .add("size", file_.text_size())
        .add("recipients", static_cast<boost::uint32_t>(cells_.size()));
}

/* LOG_LEVEL 2: header and recipients of the file that was worked on (spec 2.1). */
void Job::log_processed()
{
    static const char *const states[] = {"UNSENT", "SENT", "FAILED"};
    if (settings_->number(P_SMTP_LOG_LEVEL) < LOG_LEVEL_FILES)
        return;
    HeaderBlock headers(HEADER_BLOCK_LIMIT);
    std::string piece(HEADER_PIECE, '\0');
    ControlTextReader text(file_);
    size_t got = 1;
    while (got != 0 && !headers.complete() && text.read(&piece[0], piece.size(), &got).is_done())
        headers.feed(piece.data(), got);
    log_message_header(LOG_INFO, request_.id, headers.text(), settings_->flag(P_SMTP_NOSEY));
    for (size_t i = 0; i < cells_.size(); ++i)
        LogLine(LOG_INFO, request_.id, "recipient")
            .add("to", file_.recipients()[i].address)
            .add("state", states[cells_[i].state])
            .add("attempts", static_cast<boost::uint32_t>(cells_[i].attempts));
}

Status Job::run()
{
    Status status;
    if (!settings_->complete() || !identity_->complete()) { /* who we are is not known for sure */
        LogLine(LOG_WARNING, request_.id, "put_off").add("reason", "configuration not read");
        return put_off();
    }
    if (!open_file(&status))
        return status;
    now_ = static_cast<boost::uint64_t>(vmstime_unix_now());
    for (size_t i = 0; i < file_.recipients().size(); ++i)
        cells_.push_back(file_.recipients()[i].cell);
    last_.assign(cells_.size(), Outcome::failed(""));
    changed_.assign(cells_.size(), false);
    log_headers();
    deliver();
    if (stop_.stopped()) {
        write_cells();
        file_.flush();
        file_.close();
        return Status::cancelled();
    }
    now_ = static_cast<boost::uint64_t>(vmstime_unix_now());
    give_up_old();
    log_processed();
    return conclude();
}

} // namespace mail
