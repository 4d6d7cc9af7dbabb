/*
**  analyze_mail - files without entries, entries without files, files that are damaged
**
**  What is done about each finding depends on /REPAIR and /DELETE, what is said does not.
*/
#include "analyze_mail.h"

#include <stdio.h>
#include <set>
#include "CORE/text.h"
#include "MTA/submit.h"
#include "VMS/process.h"
#include "VMS/recfile.h"
#include "analyze_files.h"
#include "mail_entries.h"
#include "manage_commands.h"
#include "manage_output.h"

namespace mail {

static const char confirm_prompt[] = "        CONFIRM [Y/N/G]: ";

VmsTime analyze_name_time(const std::string &stamp)
{
    static const char *const months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                         "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    boost::uint32_t field[7];
    VmsTime time = 0;
    if (stamp.size() < 14)
        return 0;
    for (size_t i = 0; i < 7; ++i)
        if (!text_number(stamp.substr(i * 2, 2), 0, 99, &field[i]))
            return 0;
    if (field[1] < 1 || field[1] > 12)
        return 0;
    std::string text = text_from_number(field[2], 2) + "-" + months[field[1] - 1] + "-" +
                       (field[0] < 70 ? "20" : "19") + text_from_number(field[0], 2) + " " +
                       text_from_number(field[3], 2) + ":" + text_from_number(field[4], 2) + ":" +
                       text_from_number(field[5], 2) + "." + text_from_number(field[6], 2);
    return vmstime_parse(text, &time) ? time : 0;
}

static bool overlap(const TimeFrame &a, const TimeFrame &b)
{
    return (a.before == 0 || a.before > b.since) && (b.before == 0 || b.before > a.since);
}

/* What is outside of a frame with one bound. */
static void complement(const TimeFrame &frame, TimeFrame *other)
{
    other->since = frame.before;
    other->before = frame.since;
}

bool analyze_settle_frames(AnalyzeOptions *options)
{
    TimeFrame &repair = options->repair, &remove = options->remove;
    if (!repair.on || !remove.on)
        return true;
    if (!repair.is_bounded() && remove.is_bounded())
        complement(remove, &repair);
    else if (!remove.is_bounded() && repair.is_bounded())
        complement(repair, &remove);
    return !overlap(repair, remove);
}

/* ---- the run ---- */

typedef std::multimap<std::string, QueueEntry> EntriesByFile;

class Analysis {
public:
    Analysis(const AnalyzeOptions &options, AnalyzeCounts *counts)
        : options_(options), counts_(*counts), confirmation_(options.confirm, confirm_prompt)
    {
    }
    Status run();

private:
    Status collect();
    void look_at_file(const FoundFile &file);
    void look_at_corrupt(const FoundFile &file, const FileState &state);
    void look_at_lone(const FoundFile &file, const FileState &state);
    void look_at_cells(const FoundFile &file, const FileState &state);
    void look_at_held(const FoundFile &file);
    void look_at_entry(const QueueEntry &entry);
    bool erase(const FoundFile &file);
    void delete_entries(const FoundFile &file);
    void submit(const FoundFile &file, const FileState &state);
    bool has_entry(const FoundFile &file) const
    {
        return entries_.count(analyze_file_key(file.spec)) != 0;
    }
    bool confirmed(const char *solution);
    /* More than submitting what is lost? */
    bool mends(VmsTime made) const { return !options_.lost_only && options_.repair.holds(made); }

    const AnalyzeOptions &options_;
    AnalyzeCounts &counts_;
    Confirmation confirmation_;
    FoundFiles files_;
    EntriesByFile entries_;
};

Status Analysis::collect()
{
    bool own_only = !has_system_privilege();
    Status status = analyze_list_files(options_.user, own_only, &files_, &counts_.access_errors);
    std::vector<QueueEntry> entries;
    EntryFilter filter;
    filter.user = own_only ? options_.user : std::string();
    Status queues = mail_entries_find(filter, &entries);
    for (size_t i = 0; i < entries.size(); ++i)
        entries_.insert(std::make_pair(analyze_file_key(entries[i].file), entries[i]));
    return queues.ok() ? status : queues;
}

/* Without /CONFIRM everything is; with it the solution is shown first. */
bool Analysis::confirmed(const char *solution)
{
    if (!options_.confirm)
        return true;
    say(std::string("Solution: ") + solution);
    return confirmation_.yes();
}

bool Analysis::erase(const FoundFile &file)
{
    Status status = file_erase(file.spec);
    if (status.ok()) {
        ++counts_.files_deleted;
        return true;
    }
    if (!status.not_found()) {
        ++counts_.access_errors;
        tell(TCPIPMGT__FILEERR, file.spec);
        tell_cause(status);
    }
    return status.not_found();
}

void Analysis::delete_entries(const FoundFile &file)
{
    std::pair<EntriesByFile::iterator, EntriesByFile::iterator> range =
        entries_.equal_range(analyze_file_key(file.spec));
    for (EntriesByFile::iterator i = range.first; i != range.second; ++i) {
        Status status = queue_delete_entry(i->second.entry);
        if (status.ok()) {
            ++counts_.entries_deleted;
        } else if (!status.not_found()) {
            tell(TCPIPMGT__ENTRYERR, i->second.entry);
            tell_cause(status);
        }
    }
}

/* Whom it concerns is said as far as the file tells: of its contents nobody will see any more. */
void Analysis::look_at_corrupt(const FoundFile &file, const FileState &state)
{
    VmsTime made = analyze_name_time(file.name.stamp);
    bool paired = has_entry(file);
    ++counts_.corrupt;
    if (!paired) {
        ++counts_.lone_files;
        tell(TCPIPMGT__ANA_NOENTR);
        say(file.spec);
    }
    tell(TCPIPMGT__ANA_CORRUP);
    say(file.spec + ": " + state.reason);
    for (size_t i = 0; i < state.recipients.size(); ++i)
        say("from <" + state.envelope.sender + "> to <" + state.recipients[i].address + ">");
    if (!mends(made) && (paired || !options_.remove.holds(made)))
        return;
    if (!confirmed("Will be deleted"))
        return;
    if (erase(file))
        delete_entries(file);
}

void Analysis::submit(const FoundFile &file, const FileState &state)
{
    boost::uint32_t entry;
    boost::uint64_t after =
        options_.hold == 0 ? 0 : static_cast<boost::uint64_t>(vmstime_to_unix(options_.hold));
    std::string user = state.envelope.user.empty() ? file.name.user : state.envelope.user;
    Outcome outcome = submit_entry(file.spec, user, "", after, &entry);
    if (outcome.is_done()) {
        ++counts_.submitted;
        if (after != 0)
            ++counts_.held;
        return;
    }
    tell(TCPIPMGT__QUEUEERR, submit_queue());
    say("-" + outcome.log_text());
}

void Analysis::look_at_lone(const FoundFile &file, const FileState &state)
{
    VmsTime made = analyze_name_time(file.name.stamp);
    ++counts_.lone_files;
    tell(TCPIPMGT__ANA_NOENTR);
    say(file.spec);
    if (options_.remove.holds(made)) {
        if (confirmed("Will be deleted"))
            erase(file);
    } else if (state.settled) {
        if (mends(made) && confirmed("Everybody has it: will be deleted"))
            erase(file);
    } else if (options_.repair.holds(made)) {
        if (confirmed("Will be submitted to the generic queue"))
            submit(file, state);
    }
}

/*
**  HP 18.9.1, example 1.  Of our files the group of cells is what an inode cell group was: the size
**  that can be read is wrong, the size that it should have takes its place, and who is delivered to
**  twice has lost nothing.
*/
void Analysis::look_at_cells(const FoundFile &file, const FileState &state)
{
    if (!mends(analyze_name_time(file.name.stamp)))
        return;
    boost::uint32_t good, all;
    analyze_bad_group(state.recipients, &good, &all);
    say("%TCPIP-E-ANA_SUP_BADIICGSIZE, Problem: Bad initial inode cell");
    say("group size: " + text_from_number(good));
    say("Solution: Will be replaced by");
    say("default size: " + text_from_number(all));
    if (!confirmation_.yes())
        return;
    Status status = analyze_mend_cells(file);
    if (!status.ok()) {
        ++counts_.access_errors;
        tell(TCPIPMGT__FILEERR, file.spec);
    }
}

/* On hold without a time: somebody has put it aside, or an operator command has. */
void Analysis::look_at_held(const FoundFile &file)
{
    VmsTime made = analyze_name_time(file.name.stamp);
    std::pair<EntriesByFile::iterator, EntriesByFile::iterator> range =
        entries_.equal_range(analyze_file_key(file.spec));
    for (EntriesByFile::iterator i = range.first; i != range.second; ++i) {
        if (i->second.state != ENTRY_HOLDING)
            continue;
        bool remove = options_.remove.holds(made), repair = mends(made);
        if (remove || repair) {
            tell(TCPIPMGT__ANA_HELDMS, i->second.entry);
            say(file.spec);
        }
        if (remove && confirmed("Will be deleted")) {
            if (erase(file))
                delete_entries(file);
            return;
        }
        if (!remove && repair && confirmed("Will be queued again") &&
            entry_send(i->second, options_.hold).ok() && options_.hold == 0)
            continue;
        ++counts_.held;
    }
}

void Analysis::look_at_file(const FoundFile &file)
{
    FileState state = analyze_check_file(file);
    bool paired = has_entry(file);
    switch (state.verdict) {
    case FILE_GONE:
        return;
    case FILE_IN_USE: /* it is being delivered or written */
        if (paired)
            ++counts_.pairs;
        return;
    case FILE_ERROR:
        ++counts_.access_errors;
        tell(TCPIPMGT__FILEERR, file.spec);
        say("-" + state.reason);
        return;
    case FILE_FOREIGN:
        ++counts_.foreign;
        return;
    case FILE_CORRUPT:
        look_at_corrupt(file, state);
        return;
    case FILE_CELLS:
        look_at_cells(file, state);
        break;
    case FILE_GOOD:
        break;
    }
    if (paired) {
        ++counts_.pairs;
        look_at_held(file);
    } else {
        look_at_lone(file, state);
    }
}

/* Its run would find the file gone and complete it; unless nothing runs it. */
void Analysis::look_at_entry(const QueueEntry &entry)
{
    if (files_.count(analyze_file_key(entry.file)) != 0 ||
        (!options_.user.empty() && !text_equal(entry.user, options_.user)) ||
        file_exists(entry.file, ""))
        return;
    QueueEntry now;
    if (!queue_find_entry(entry.entry, &now).ok() || now.state == ENTRY_EXECUTING ||
        now.file != entry.file)
        return;
    ControlName name;
    control_name_parse(entry.file, &name);
    tell(TCPIPMGT__ANA_NOFILE, entry.entry);
    say(entry.file);
    if (!mends(analyze_name_time(name.stamp)) || !confirmed("Will be deleted"))
        return;
    Status status = queue_delete_entry(entry.entry);
    if (status.ok())
        ++counts_.entries_deleted;
    else if (!status.not_found())
        tell(TCPIPMGT__ENTRYERR, entry.entry);
}

Status Analysis::run()
{
    Status status = collect();
    if (!status.ok()) {
        Status told = tell(TCPIPMGT__QUEUEERR, std::string("*"));
        tell_cause(status);
        return told; /* without the entries every file would seem lost */
    }
    for (FoundFiles::const_iterator i = files_.begin(); i != files_.end(); ++i)
        look_at_file(i->second);
    for (EntriesByFile::const_iterator i = entries_.begin(); i != entries_.end(); ++i)
        look_at_entry(i->second);
    return status;
}

Status analyze_run(const AnalyzeOptions &options, AnalyzeCounts *counts)
{
    tell(TCPIPMGT__ANA_RUNING, process_node());
    Status status = Analysis(options, counts).run();
    if (!status.ok())
        return status;
    tell(TCPIPMGT__ANA_COMPLE, process_node());
    tell(TCPIPMGT__ANA_FEPAIR, counts->pairs);
    tell(TCPIPMGT__ANA_DELQEN, counts->entries_deleted);
    tell(TCPIPMGT__ANA_FILNOQ, counts->lone_files);
    tell(TCPIPMGT__ANA_FILHLD, counts->held);
    tell(TCPIPMGT__ANA_FILDEL, counts->files_deleted);
    tell(TCPIPMGT__ANA_SUBFIL, counts->submitted);
    tell(TCPIPMGT__ANA_FILACE, counts->access_errors);
    tell(TCPIPMGT__ANA_NONCFF, counts->foreign);
    tell(TCPIPMGT__ANA_FILCOR, counts->corrupt);
    return status;
}

} // namespace mail
