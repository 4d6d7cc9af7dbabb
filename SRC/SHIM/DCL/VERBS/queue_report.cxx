/*
**  queue_report - SHOW QUEUE, SHOW ENTRY, SHOW QUEUE/MANAGER
**
**  One's own jobs, unless /ALL_JOBS is given.  Layouts: DCL Dictionary, SHOW QUEUE, SHOW ENTRY;
**  TW Configuring Mail Queues.
*/
#include "output.h"
#include "queue_calls.h"
#include "system_text.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <cstdio>
#include <cstdlib>
#include <jbcmsgdef.h>
#include <sys/stat.h>

namespace shim {
namespace dcl {

namespace {

const size_t LINE_MAX = 78;
const size_t NAME_WIDTH = 15;

const char *kind_of(const QueueAnswers &queue)
{
    return queue.flags & QUI$M_QUEUE_BATCH      ? "batch"
                        : queue.server()                     ? "server"
                        : queue.flags & QUI$M_QUEUE_TERMINAL ? "terminal"
                                                             : "printer";
}

/* "idle", "stopped, autostart inactive", "busy, closed" */
std::string state_of(const QueueAnswers &queue)
{
    static const struct {
        uint32_t bit;
        const char *text;
    } rows[] = {{QUI$M_QUEUE_STALLED, "stalled"},     {QUI$M_QUEUE_UNAVAILABLE, "unavailable"},
                {QUI$M_QUEUE_PAUSING, "pausing"},     {QUI$M_QUEUE_PAUSED, "paused"},
                {QUI$M_QUEUE_RESUMING, "resuming"},   {QUI$M_QUEUE_STOP_PENDING, "stop pending"},
                {QUI$M_QUEUE_STOPPING, "stopping"},   {QUI$M_QUEUE_RESETTING, "resetting"},
                {QUI$M_QUEUE_STARTING, "starting"},   {QUI$M_QUEUE_STOPPED, "stopped"},
                {QUI$M_QUEUE_AVAILABLE, "available"}, {QUI$M_QUEUE_BUSY, "busy"},
                {QUI$M_QUEUE_IDLE, "idle"}};
    std::string text;
    for (const auto &row : rows)
        if (queue.status & row.bit) {
            text = row.text;
            break;
        }
    if (queue.status & QUI$M_QUEUE_CLOSED)
        text += (text.empty() ? "" : ", ") + std::string("closed");
    if (queue.status & QUI$M_QUEUE_AUTOSTART_INACTIVE)
        text += ", autostart inactive";
    return text;
}

std::string heading(const QueueAnswers &queue)
{
    std::string kind = kind_of(queue), state = state_of(queue), text;
    if (queue.flags & QUI$M_QUEUE_GENERIC) {
        text = "Generic " + kind + " queue " + queue.name;
        return state == "idle" ? text : text + ", " + state;
    }
    kind[0] = static_cast<char>(kind[0] - 'a' + 'A');
    text = kind + " queue " + queue.name + ", " + state;
    if (!queue.node.empty())
        text += ", on " + queue.node + "::" + queue.device;
    if (!(queue.flags & QUI$M_QUEUE_BATCH))
        text += ", mounted form " + (queue.form.empty() ? "DEFAULT" : queue.form);
    return text;
}

std::string protection_of(uint32_t denied)
{
    static const char classes[] = "SOGW", letters[] = "RSMD";
    std::string text = "(";
    for (unsigned i = 0; i < 4; ++i) {
        text += (i ? "," : "") + std::string(1, classes[i]);
        std::string granted;
        for (unsigned bit = 0; bit < 4; ++bit)
            if (!(denied >> (i * 4 + bit) & 1))
                granted += letters[bit];
        if (!granted.empty())
            text += ":" + granted;
    }
    return text + ")";
}

std::vector<std::string> attributes_of(const QueueAnswers &queue)
{
    std::vector<std::string> all;
    bool generic = queue.flags & QUI$M_QUEUE_GENERIC, batch = queue.flags & QUI$M_QUEUE_BATCH;
    if (!queue.autostart_on.empty())
        all.push_back("/AUTOSTART_ON=(" + queue.autostart_on + ")");
    if (!generic)
        all.push_back("/BASE_PRIORITY=" + std::to_string(queue.base_priority));
    if (!generic && !batch)
        all.push_back("/DEFAULT=(FEED,FORM=DEFAULT)");
    if (!queue.description.empty())
        all.push_back("/DESCRIPTION=\"" + queue.description + "\"");
    if (generic)
        all.push_back("/GENERIC=(" + queue.targets + ")");
    if (batch && !generic)
        all.push_back("/JOB_LIMIT=" + std::to_string(queue.job_limit));
    if (!queue.library.empty())
        all.push_back("/LIBRARY=" + queue.library);
    all.push_back("/OWNER=" + uic_text(queue.owner));
    if (!queue.processor.empty())
        all.push_back("/PROCESSOR=" + queue.processor);
    all.push_back("/PROTECTION=" + protection_of(queue.protection));
    if (queue.flags & QUI$M_QUEUE_RETAIN_ALL)
        all.push_back("/RETAIN=ALL");
    if (queue.flags & QUI$M_QUEUE_RETAIN_ERROR)
        all.push_back("/RETAIN=ERROR");
    return all;
}

void write_wrapped(Session &session, const std::string &indent,
                   const std::vector<std::string> &words)
{
    std::string line = indent;
    for (const std::string &word : words) {
        if (line.size() > indent.size() && line.size() + 1 + word.size() > LINE_MAX) {
            session.write(line);
            line = indent;
        }
        line += (line.size() > indent.size() ? " " : "") + word;
    }
    if (line.size() > indent.size())
        session.write(line);
}

/* "21-NOV-2026 10:00" */
std::string minute_text(uint64_t time)
{
    return time_text(static_cast<int64_t>(time)).substr(0, 17);
}

std::string job_state(const JobAnswers &job, const std::string &kind)
{
    if (job.status & QUI$M_JOB_ABORTING)
        return "Aborting";
    if (job.status & QUI$M_JOB_EXECUTING)
        return kind == "batch" ? "Executing" : kind == "server" ? "Processing" : "Printing";
    if (job.status & QUI$M_JOB_TIMED_RELEASE)
        return "Holding until " + minute_text(job.after);
    if (job.status & QUI$M_JOB_HOLDING)
        return "Holding";
    if (job.status & QUI$M_JOB_RETAINED) {
        if (job.retain_until)
            return "Retained until " + minute_text(job.retain_until);
        return job.condition & 1 || !job.condition ? "Retained on completion"
                                                   : "Retained on error";
    }
    return job.status & QUI$M_JOB_INCOMPLETE ? "Open" : "Pending";
}

/* Blocks of the job's files, as PRINT counted them. */
uint32_t blocks_of(const std::vector<FileAnswers> &files)
{
    uint64_t blocks = 0;
    for (const FileAnswers &file : files) {
        std::string path;
        struct stat about;
        if (host_path(file.spec, "", true, &path, nullptr, &about) & 1)
            blocks += (static_cast<uint64_t>(about.st_size) + 511) / 512;
    }
    return static_cast<uint32_t>(blocks);
}

void job_heading(Session &session, bool blocks)
{
    session.write(std::string("  Entry  Jobname         Username    ") +
                  (blocks ? " Blocks  Status" : " Status"));
    session.write(std::string("  -----  -------         --------    ") +
                  (blocks ? " ------  ------" : " ------"));
}

std::vector<std::string> job_attributes(const JobAnswers &job, const std::string &kind)
{
    std::vector<std::string> all;
    all.push_back("Submitted " + minute_text(job.submitted));
    if (job.copies > 1)
        all.push_back("/COPIES=" + std::to_string(job.copies));
    if (kind != "batch")
        all.push_back("/FORM=DEFAULT");
    if (kind == "batch" && !(job.flags & QUI$M_JOB_LOG_DELETE))
        all.push_back("/KEEP");
    if (kind == "batch" && job.flags & QUI$M_JOB_LOG_NULL)
        all.push_back("/NOLOG");
    else if (!job.log.empty())
        all.push_back("/LOG=" + job.log);
    if (!job.note.empty())
        all.push_back("/NOTE=\"" + job.note + "\"");
    if (job.flags & QUI$M_JOB_NOTIFY)
        all.push_back("/NOTIFY");
    std::string parameters;
    for (const std::string &one : job.parameters)
        parameters += one.empty() ? "" : (parameters.empty() ? "\"" : ",\"") + one + "\"";
    if (!parameters.empty())
        all.push_back("/PARAM=(" + parameters + ")");
    if (kind == "batch" && !(job.flags & QUI$M_JOB_LOG_SPOOL))
        all.push_back("/NOPRINTER");
    all.push_back("/PRIORITY=" + std::to_string(job.priority));
    if (kind == "batch" && job.flags & QUI$M_JOB_RESTART)
        all.push_back("/RESTART");
    return all;
}

struct Style {
    bool full, files, blocks;
};

void show_job(Session &session, QueueSearch &search, const JobAnswers &job,
              const std::string &kind, const Style &style)
{
    std::vector<FileAnswers> files;
    FileAnswers file;
    if (style.full || style.files || style.blocks)
        while (search.file(&file) & 1)
            files.push_back(file);
    char line[160];
    std::string name = job.name;
    if (name.size() > NAME_WIDTH) { /* a line of its own */
        snprintf(line, sizeof line, "%7u  %s", job.number, name.c_str());
        session.write(line);
        snprintf(line, sizeof line, "%24s %-12s", "", job.user.c_str());
    } else {
        snprintf(line, sizeof line, "%7u  %-15s %-12s", job.number, name.c_str(),
                 job.user.c_str());
    }
    std::string text = line;
    if (style.blocks) {
        snprintf(line, sizeof line, "%7s ",
                 kind == "batch" ? "" : std::to_string(blocks_of(files)).c_str());
        text += line;
    }
    session.write(text + " " + job_state(job, kind));
    if (job.status & QUI$M_JOB_RETAINED && !(job.condition & 1) && job.condition)
        for (const std::string &each : message_lines(Failure(job.condition), MessageFields()))
            session.write("         " + each);
    if (style.full) {
        if (job.status & QUI$M_JOB_RETAINED)
            session.write("         Completed " + minute_text(job.completed) + " on queue " +
                          job.queue);
        write_wrapped(session, "         ", job_attributes(job, kind));
    }
    if (style.full || style.files)
        for (const FileAnswers &each : files)
            session.write("         File: " + each.spec +
                          (each.flags & QUI$M_FILE_DELETE ? " /DELETE" : "") +
                          (each.status & QUI$M_FILE_EXECUTING
                               ? kind == "batch" ? " (executing)" : " (printing)"
                               : ""));
}

uint32_t kind_flags(const cli::Parsed &command)
{
    uint32_t flags = has(command, "BATCH") ? QUI$M_SEARCH_BATCH : 0;
    if (has(command, "GENERIC"))
        flags |= QUI$M_SEARCH_GENERIC;
    std::vector<std::string> devices = texts_of(command, "DEVICE");
    if (has(command, "DEVICE") && devices.empty())
        flags |= QUI$M_SEARCH_PRINTER | QUI$M_SEARCH_SERVER | QUI$M_SEARCH_TERMINAL;
    for (const std::string &device : devices)
        flags |= device[0] == 'P'   ? QUI$M_SEARCH_PRINTER
                 : device[0] == 'S' ? QUI$M_SEARCH_SERVER
                                    : QUI$M_SEARCH_TERMINAL;
    return flags;
}

uint32_t status_flags(const cli::Parsed &command)
{
    uint32_t flags = 0;
    for (const std::string &state : texts_of(command, "BY_JOB_STATUS"))
        flags |= state[0] == 'E'   ? QUI$M_SEARCH_EXECUTING_JOBS
                 : state[0] == 'H' ? QUI$M_SEARCH_HOLDING_JOBS
                 : state[0] == 'P' ? QUI$M_SEARCH_PENDING_JOBS
                 : state[0] == 'R' ? QUI$M_SEARCH_RETAINED_JOBS
                                   : QUI$M_SEARCH_TIMED_RELEASE_JOBS;
    return flags;
}

void show_summary(Session &session, const QueueAnswers &queue)
{
    const struct {
        uint32_t count;
        const char *text;
    } rows[] = {{queue.executing, "executing"},
                {queue.pending, "pending"},
                {queue.timed, "timed release"},
                {queue.holding, "holding"},
                {queue.retained, "retained"}};
    std::string text;
    for (const auto &row : rows)
        if (row.count)
            text += (text.empty() ? "" : ", ") + std::to_string(row.count) + " " + row.text;
    session.write("  Job summary: " + (text.empty() ? "idle" : text));
}

void show_queue(Session &session, const cli::Parsed &command)
{
    std::string name = has(command, "QUEUE_NAME") ? text_of(command, "QUEUE_NAME") : "*";
    bool wild = name.find_first_of("*%") != std::string::npos;
    Style style = {has(command, "FULL"), has(command, "FILES"), false};
    uint32_t jobs = status_flags(command);
    if (has(command, "ALL_JOBS") || jobs)
        jobs |= QUI$M_SEARCH_ALL_JOBS;
    QueueSearch search;
    QueueAnswers queue;
    uint32_t status;
    bool any = false;
    while ((status = search.queue(name, kind_flags(command), &queue)) & 1) {
        JobAnswers job;
        bool first = true;
        if (any)
            session.write("");
        any = true;
        std::string kind = kind_of(queue);
        style.blocks = kind != "batch";
        session.write(heading(queue));
        if (style.full)
            write_wrapped(session, "  ", attributes_of(queue));
        if (has(command, "SUMMARY")) {
            show_summary(session, queue);
            continue;
        }
        while (search.job(jobs, "", &job) & 1) {
            if (first) {
                session.write("");
                job_heading(session, style.blocks);
            }
            first = false;
            show_job(session, search, job, kind, style);
        }
        if (!wild)
            break;
    }
    if (!any)
        throw Failure(wild && status == JBC$_NOMOREQUE ? static_cast<uint32_t>(JBC$_NOSUCHQUE)
                                                       : status);
}

void show_found_entry(Session &session, QueueSearch &search, const JobAnswers &job,
                      const Style &style)
{
    QueueSearch queues;
    QueueAnswers queue;
    std::string kind = "printer", where;
    if (queues.queue(job.queue, 0, &queue) & 1) {
        kind = kind_of(queue);
        std::string state = queue.flags & QUI$M_QUEUE_GENERIC ? "generic" : state_of(queue);
        where = "         On " + state + " " + kind + " queue " + job.queue;
    }
    show_job(session, search, job, kind, style);
    session.write(where);
}

void show_entry(Session &session, const cli::Parsed &command)
{
    std::vector<std::string> wanted = texts_of(command, "ENTRY_NUMBER");
    if (wanted.empty())
        wanted.push_back("");
    Style style = {has(command, "FULL"), has(command, "FILES"), true};
    uint32_t flags = status_flags(command) | kind_flags(command);
    std::string user = text_of(command, "USER_NAME");
    bool any = false;
    for (const std::string &each : wanted) {
        uint32_t number = static_cast<uint32_t>(strtoul(each.c_str(), nullptr, 10));
        QueueSearch search;
        JobAnswers job;
        bool found = false;
        uint32_t all = number || !user.empty() ? QUI$M_SEARCH_ALL_JOBS : 0;
        while (search.entry(flags | all, number, number ? "" : each, user, &job) & 1) {
            if (!any)
                job_heading(session, style.blocks);
            any = found = true;
            show_found_entry(session, search, job, style);
        }
        if (!found && !each.empty())
            throw Failure(JBC$_NOSUCHENT);
    }
    if (!any)
        throw Failure(JBC$_NOSUCHENT);
}

void show_queue_manager(Session &session, const cli::Parsed &command)
{
    QueueSearch search;
    LowItems items;
    size_t name = items.ask(QUI$_MANAGER_NAME, 31), state = items.ask(QUI$_MANAGER_STATUS, 4);
    size_t node = items.ask(QUI$_SCSNODE_NAME, 15);
    uint32_t status = search.ask(QUI$_DISPLAY_MANAGER, items);
    if (!(status & 1))
        throw Failure(status);
    bool running = items.number(state) & QUI$M_MANAGER_RUNNING;
    session.write("Queue manager " + items.text(name) + (running ? ", running" : ", stopped") +
                  ", on " + items.text(node) + "::");
    if (has(command, "FULL"))
        session.write("  /ON=(*)");
}

void show_form_setup(Session &session, const LowItems &items, const size_t *at)
{
    std::string line = "    /LENGTH=" + std::to_string(items.number(at[0])) + " /MARGIN=(BOTTOM=" +
                       std::to_string(items.number(at[1])) + ") /STOCK=" + items.text(at[2]);
    if (items.number(at[3]) & QUI$M_FORM_TRUNCATE)
        line += " /TRUNCATE";
    session.write(line + " /WIDTH=" + std::to_string(items.number(at[4])));
}

void show_forms(Session &session, const cli::Parsed &command)
{
    const size_t text_size = 255;
    std::string pattern = text_of(command, "NAME");
    QueueSearch search;
    for (bool any = false;; any = true) {
        LowItems items;
        items.put(QUI$_SEARCH_NAME, pattern.empty() ? "*" : pattern);
        items.put(QUI$_SEARCH_FLAGS, static_cast<uint32_t>(QUI$M_SEARCH_WILDCARD));
        size_t name = items.ask(QUI$_FORM_NAME, text_size);
        size_t number = items.ask(QUI$_FORM_NUMBER, sizeof(uint32_t));
        size_t description = items.ask(QUI$_FORM_DESCRIPTION, text_size);
        const size_t setup[] = {items.ask(QUI$_FORM_LENGTH, 4),
                                items.ask(QUI$_FORM_MARGIN_BOTTOM, 4),
                                items.ask(QUI$_FORM_STOCK, text_size),
                                items.ask(QUI$_FORM_FLAGS, 4), items.ask(QUI$_FORM_WIDTH, 4)};
        uint32_t status = search.ask(QUI$_DISPLAY_FORM, items);
        if (status == JBC$_NOMOREFORM && any)
            return;
        if (!(status & 1))
            throw Failure(status);
        if (!any) {
            session.write("Form name                            Number   Description");
            session.write("---------                            ------   -----------");
        }
        std::string stock = has(command, "FULL") ? " (stock=" + items.text(setup[2]) + ")" : "";
        char line[2 * text_size];
        snprintf(line, sizeof line, "%-36s %6u   %s", (items.text(name) + stock).c_str(),
                 static_cast<unsigned>(items.number(number)), items.text(description).c_str());
        session.write(line);
        if (has(command, "FULL"))
            show_form_setup(session, items, setup);
    }
}

void show_characteristics(Session &, const cli::Parsed &command)
{
    std::string pattern = text_of(command, "NAME");
    QueueSearch search;
    LowItems items;
    items.put(QUI$_SEARCH_NAME, pattern.empty() ? "*" : pattern);
    items.put(QUI$_SEARCH_FLAGS, static_cast<uint32_t>(QUI$M_SEARCH_WILDCARD));
    throw Failure(search.ask(QUI$_DISPLAY_CHARACTERISTIC, items)); /* there is none */
}

const VerbRow rows[] = {
    {"SHOW_QUEUE_FORM", show_forms, IMAGE},
    {"SHOW_QUEUE_CHARACTERISTICS", show_characteristics, IMAGE},
    {"SHOW_QUEUE", show_queue, IMAGE},
    {"SHOW_ENTRY", show_entry, IMAGE},
    {"SHOW_QUEUE_MANAGER", show_queue_manager, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
