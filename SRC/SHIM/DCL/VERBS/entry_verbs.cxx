/*
**  entry_verbs - SUBMIT, PRINT, SET ENTRY, DELETE/ENTRY, SYNCHRONIZE, SET RESTART_VALUE
**
**  One command makes one job, however many files it names; $ENTRY is its number.
*/
#include "file_finder.h"
#include "queue_calls.h"
#include "uaf.h"

#include <climsgdef.h>
#include <cstdlib>
#include <jbcmsgdef.h>
#include <rmsdef.h>
#include <sjcdef.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

const size_t STATUS_SIZE = 255;
const int PARAMETERS = 8;
const useconds_t LOOK_US = 20000; /* between looks at an entry that is waited for a limited time */

bool given(const cli::Parsed &command, const char *label)
{
    return cli::entity_state(command, label) != cli::UNKNOWN && has(command, label);
}

bool given_negated(const cli::Parsed &command, const char *label)
{
    return cli::entity_state(command, label) != cli::UNKNOWN && negated(command, label);
}

void put_number(LowItems &items, const cli::Parsed &command, const char *label,
                unsigned short code)
{
    if (given(command, label))
        items.put(code, static_cast<uint32_t>(strtoul(text_of(command, label).c_str(), 0, 10)));
}

/* Qualifiers that are an item, or its negation. */
void put_switches(LowItems &items, const cli::Parsed &command)
{
    static const struct {
        const char *label;
        unsigned short on, off;
    } rows[] = {{"HOLD", SJC$_HOLD, SJC$_NO_HOLD},
                {"NOTIFY", SJC$_NOTIFY, SJC$_NO_NOTIFY},
                {"RESTART", SJC$_RESTART, SJC$_NO_RESTART},
                {"KEEP", SJC$_NO_LOG_DELETE, SJC$_LOG_DELETE},
                {"AFTER", 0, SJC$_NO_AFTER_TIME},
                {"NOTE", 0, SJC$_NO_NOTE},
                {"PARAMETERS", 0, SJC$_NO_PARAMETERS}};
    for (const auto &row : rows) {
        if (row.on && given(command, row.label))
            flag(items, row.on);
        if (row.off && given_negated(command, row.label))
            flag(items, row.off);
    }
}

void put_retention(LowItems &items, const cli::Parsed &command)
{
    std::vector<cli::ParsedValue> values = cli::entity_values(command, "RETAIN");
    if (given_negated(command, "RETAIN"))
        flag(items, SJC$_JOB_DEFAULT_RETAIN);
    if (values.empty())
        return;
    switch (values[0].keyword.empty() ? values[0].text[0] : values[0].keyword[0]) {
    case 'A':
        flag(items, SJC$_JOB_RETAIN);
        break;
    case 'E':
        flag(items, SJC$_JOB_ERROR_RETAIN);
        break;
    case 'D':
        flag(items, SJC$_JOB_DEFAULT_RETAIN);
        break;
    default:
        put_time(items, SJC$_JOB_RETAIN_TIME,
                 values[0].values.empty() ? std::string() : values[0].values[0].text);
    }
}

/* What SUBMIT, PRINT and SET ENTRY have in common. */
void put_job(LowItems &items, const cli::Parsed &command)
{
    put_switches(items, command);
    if (given(command, "AFTER"))
        put_time(items, SJC$_AFTER_TIME, text_of(command, "AFTER"));
    if (given(command, "NAME"))
        items.put(SJC$_JOB_NAME, text_of(command, "NAME"));
    if (given(command, "NOTE"))
        items.put(SJC$_NOTE, text_of(command, "NOTE"));
    if (given(command, "FORM"))
        items.put(SJC$_FORM_NAME, text_of(command, "FORM"));
    put_number(items, command, "PRIORITY", SJC$_PRIORITY);
    put_number(items, command, "JOB_COUNT", SJC$_JOB_COPIES);
    std::vector<std::string> parameters = texts_of(command, "PARAMETERS");
    if (parameters.size() > PARAMETERS)
        throw Failure(CLI$_MAXPARM, parameters[PARAMETERS]);
    for (size_t i = 0; i < parameters.size(); ++i)
        items.put(static_cast<unsigned short>(SJC$_PARAMETER_1 + i), parameters[i]);
    put_retention(items, command);
    if (given(command, "LOG_FILE") && !text_of(command, "LOG_FILE").empty())
        items.put(SJC$_LOG_SPECIFICATION, text_of(command, "LOG_FILE"));
    if (given_negated(command, "LOG_FILE"))
        flag(items, SJC$_NO_LOG_SPECIFICATION);
    if (given_negated(command, "PRINTER")) {
        flag(items, SJC$_NO_LOG_SPOOL);
        if (!given_negated(command, "KEEP"))
            flag(items, SJC$_NO_LOG_DELETE);
    } else if (given(command, "PRINTER")) {
        flag(items, SJC$_LOG_SPOOL);
        items.put(SJC$_LOG_QUEUE, text_of(command, "PRINTER"));
    }
}

/* /USER: CMKRNL, which the queue manager checks. */
void put_user(LowItems &items, const cli::Parsed &command)
{
    if (!given(command, "USER"))
        return;
    UafRecord user;
    uint32_t status = uaf_read(text_of(command, "USER"), &user);
    if (!(status & 1))
        throw Failure(SUBMIT_CREJOB).also(status);
    items.put(SJC$_USERNAME, user.user);
    items.put(SJC$_UIC, user.uic);
    if (!user.account.empty())
        items.put(SJC$_ACCOUNT_NAME, user.account);
}

struct FileOfJob {
    std::string spec;
    bool remove;
    uint32_t copies;
};

std::vector<FileOfJob> files_of(const cli::Parsed &command, const char *defaults, bool print)
{
    std::vector<FileOfJob> files;
    std::vector<cli::ParsedValue> values = cli::entity_values(command, "FILE");
    for (size_t i = 0; i < values.size(); ++i) {
        cli::Position here = cli::value_position(0, static_cast<int>(i));
        cli::State removing = cli::entity_state(command, "DELETE", here);
        FileOfJob one;
        one.remove = removing == cli::PRESENT || removing == cli::LOCALLY_PRESENT;
        std::vector<cli::ParsedValue> copies;
        if (print)
            copies = cli::entity_values(command, "COPIES", here);
        one.copies = copies.empty() ? 1 : static_cast<uint32_t>(atoi(copies[0].text.c_str()));
        FileFinder finder;
        uint32_t status = finder.begin(values[i].text, defaults,
                                       files.empty() ? std::string() : files.back().spec);
        bool any = false;
        while ((status & 1) && ((status = finder.next(&one.spec)) & 1)) {
            files.push_back(one);
            any = true;
            if (!finder.wild())
                break;
        }
        if (!any) {
            Failure failure =
                file_failure(SHARED_OPENIN, finder.expanded().empty() ? values[i].text
                                                                        : finder.expanded(),
                               status == RMS$_NMF ? static_cast<uint32_t>(RMS$_FNF) : status,
                               finder.stv(), print ? FACILITY_PRINT : FACILITY_SUBMIT);
            failure.set_severity(STS$K_SEVERE);
            throw failure;
        }
    }
    return files;
}

void put_file(LowItems &items, const FileOfJob &file)
{
    items.put(SJC$_FILE_SPECIFICATION, file.spec);
    if (file.remove)
        flag(items, SJC$_DELETE_FILE);
    if (file.copies > 1)
        items.put(SJC$_FILE_COPIES, file.copies);
}

Failure job_failure(uint32_t status, bool print)
{
    return Failure(print ? PRINT_CREJOB : SUBMIT_CREJOB).also(status);
}

/* Why an entry waits, as PRINT and SUBMIT tell it. */
void show_pending_reason(Session &session, const std::string &status, uint32_t number)
{
    if (status.size() < 8 || status.substr(status.size() - 8) != " pending")
        return;
    QueueSearch entries, queues;
    JobAnswers job;
    QueueAnswers queue;
    if (!(entries.entry(QUI$M_SEARCH_ALL_JOBS, number, "", "", &job) & 1) ||
        !(queues.queue(job.queue, 0, &queue) & 1))
        return;
    bool stopped = queue.status & (QUI$M_QUEUE_STOPPED | QUI$M_QUEUE_STOPPING);
    session.write("       pending status caused by queue " +
                  std::string(stopped ? "stopped" : "busy") + " state");
}

void enter(Session &session, const cli::Parsed &command, bool print)
{
    if (given(command, "REMOTE"))
        throw Failure(SS$_UNSUPPORTED);
    std::vector<FileOfJob> files = files_of(command, print ? ".LIS" : ".COM", print);
    LowItems job;
    std::string queue = given(command, "QUEUE")    ? text_of(command, "QUEUE")
                        : given(command, "DEVICE") ? text_of(command, "DEVICE")
                        : print                    ? "SYS$PRINT"
                                                   : "SYS$BATCH";
    job.put(SJC$_QUEUE, queue);
    put_job(job, command);
    put_user(job, command);
    LowItems last;
    bool single = files.size() == 1;
    LowItems &answer = single ? job : last;
    uint32_t status = JBC$_NORMAL;
    if (single) {
        put_file(job, files[0]);
    } else {
        status = try_send_to_jbc(SJC$_CREATE_JOB, job);
        for (size_t i = 0; i < files.size() && (status & 1); ++i) {
            LowItems file;
            put_file(file, files[i]);
            status = try_send_to_jbc(SJC$_ADD_FILE, file);
        }
    }
    size_t number = answer.ask(SJC$_ENTRY_NUMBER_OUTPUT, 4);
    size_t text = answer.ask(SJC$_JOB_STATUS_OUTPUT, STATUS_SIZE);
    if (status & 1)
        status = try_send_to_jbc(single ? SJC$_ENTER_FILE : SJC$_CLOSE_JOB, answer);
    if (!(status & 1))
        throw job_failure(status, print);
    uint32_t entry = static_cast<uint32_t>(answer.number(number));
    session.set_symbol("$ENTRY", Value(std::to_string(entry)));
    if (negated(command, "IDENTIFY"))
        return;
    session.write(answer.text(text));
    show_pending_reason(session, answer.text(text), entry);
}

void submit(Session &session, const cli::Parsed &command)
{
    enter(session, command, false);
}

void print(Session &session, const cli::Parsed &command)
{
    enter(session, command, true);
}

std::vector<uint32_t> entries_of(const cli::Parsed &command, const char *label)
{
    std::vector<uint32_t> numbers;
    for (const std::string &text : texts_of(command, label))
        numbers.push_back(static_cast<uint32_t>(strtoul(text.c_str(), nullptr, 10)));
    return numbers;
}

void set_entry(Session &, const cli::Parsed &command)
{
    for (uint32_t number : entries_of(command, "ENTRY_NUMBER")) {
        LowItems items;
        items.put(SJC$_ENTRY_NUMBER, number);
        put_job(items, command);
        if (given(command, "RELEASE")) {
            flag(items, SJC$_NO_HOLD);
            flag(items, SJC$_NO_AFTER_TIME);
        }
        if (given(command, "REQUEUE"))
            items.put(SJC$_DESTINATION_QUEUE, text_of(command, "REQUEUE"));
        uint32_t status = try_send_to_jbc(SJC$_ALTER_JOB, items);
        if (!(status & 1))
            throw Failure(static_cast<uint32_t>(FACILITY_SET) << 16 | SHARED_SEARCHFAIL)
                .with(std::to_string(number))
                .also(status);
    }
}

void delete_entry(Session &session, const cli::Parsed &command)
{
    Failure last(0);
    for (uint32_t number : entries_of(command, "ENTRY")) {
        LowItems items;
        items.put(SJC$_ENTRY_NUMBER, number);
        if (has(command, "QUEUE_NAME"))
            items.put(SJC$_QUEUE, text_of(command, "QUEUE_NAME"));
        uint32_t status = try_send_to_jbc(SJC$_DELETE_JOB, items);
        if (status & 1) {
            if (has(command, "LOG"))
                session.inform(DELETE_DELETED_ENTRY, {std::to_string(number)});
            continue;
        }
        if (last.status)
            session.show(last);
        last = Failure(static_cast<uint32_t>(FACILITY_DELETE) << 16 | SHARED_SEARCHFAIL)
                   .with(std::to_string(number))
                   .also(status);
    }
    if (last.status)
        throw last;
}

/* By name: the user's own entries, in one queue or in all. */
uint32_t find_entry(const cli::Parsed &command)
{
    if (has(command, "ENTRY"))
        return static_cast<uint32_t>(strtoul(text_of(command, "ENTRY").c_str(), nullptr, 10));
    QueueSearch search;
    JobAnswers job;
    std::string queue = text_of(command, "QUEUE");
    uint32_t status;
    while ((status = search.entry(0, 0, text_of(command, "JOB_NAME"), "", &job)) & 1)
        if (queue.empty() || queue == job.queue || queue == job.restart_queue)
            return job.number;
    throw Failure(JBC$_NOSUCHJOB);
}

/* Waits a limited time: the job ends unseen, so its status stays unknown. */
void look_at(uint32_t number, uint64_t seconds)
{
    const uint64_t TICKS = 10000000;
    uint64_t until = now() + seconds * TICKS;
    for (;;) {
        QueueSearch search;
        JobAnswers job;
        if (!(search.entry(QUI$M_SEARCH_ALL_JOBS, number, "", "", &job) & 1) ||
            (job.status & QUI$M_JOB_RETAINED))
            return;
        if (now() >= until)
            throw Failure(SS$_TIMEOUT);
        usleep(LOOK_US);
    }
}

void synchronize(Session &session, const cli::Parsed &command)
{
    uint32_t number = find_entry(command);
    if (has(command, "TIME_OUT"))
        look_at(number, strtoull(text_of(command, "TIME_OUT").c_str(), nullptr, 10));
    LowItems items;
    items.put(SJC$_ENTRY_NUMBER, number);
    uint32_t status = try_send_to_jbc(SJC$_SYNCHRONIZE_JOB, items);
    if (has(command, "TIME_OUT") && status == JBC$_NOSUCHENT)
        return;
    const uint32_t INHIBIT = 0x10000000;
    if (status & INHIBIT)
        session.set_status(status, true);
    else if (!(status & 1))
        throw Failure(status);
}

/* What BATCH$RESTART will be when this job has to run again. */
void set_restart_value(Session &, const cli::Parsed &command)
{
    const size_t most = 255;
    std::string value = option_values(command).at(0).text;
    if (value.size() > most)
        throw Failure(CLI$_IVVALU, value);
    LowItems items;
    items.put(SJC$_CHECKPOINT_DATA, value);
    send_to_jbc(SJC$_BATCH_CHECKPOINT, items);
}

const VerbRow rows[] = {
    {"SUBMIT", submit, IMAGE},
    {"PRINT", print, IMAGE},
    {"SET_ENTRY", set_entry, IMAGE},
    {"DELETE_ENTRY", delete_entry, IMAGE},
    {"SYNCHRONIZE", synchronize, IMAGE},
    {"SET_RESTART_VALUE", set_restart_value, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
