/*
**  vmsys_queue - queues and entries: what INITIALIZE, START, STOP, DELETE and SHOW QUEUE will do
**  under DCL
*/
#include "vmsys.h"

#include "queue_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <jbcmsgdef.h>

namespace shim {

namespace {

uint32_t number(const Command &c)
{
    return uint32_t(strtoul(c.words[0].c_str(), 0, 10));
}

/*
**  A queue that exists is left as it is, but started when that was asked: start-up files are run
**  again.
*/
bool init(const Command &c)
{
    QueueSetup q;
    q.name = upper(c.words[0]);
    q.start = c.has("start");
    q.generic = c.has("generic");
    q.targets = split_list(upper(c.option("generic")));
    q.processor = upper(c.option("processor"));
    q.node = upper(c.option("on", q.generic ? "" : node_name()));
    q.autostart_on = split_list(upper(c.option("autostart-on")));
    q.retain_error = c.option("retain") == "error";
    uint32_t status = init_queue(q);
    if (status == JBC$_QEXISTS || status == JBC$_QUENOTSTOP)
        status = q.start ? start_queue(q.name) : uint32_t(JBC$_NORMAL);
    return ok(status, "init queue " + q.name);
}

bool start(const Command &c)
{
    return ok(start_queue(upper(c.words[0])), "start queue " + c.words[0]);
}

bool stop(const Command &c)
{
    return ok(
        stop_queue(upper(c.words[0]), c.has("reset") ? QUEUE_STOP_RESET : QUEUE_STOP_NEXT),
        "stop queue " + c.words[0]);
}

bool remove_queue(const Command &c)
{
    return ok(delete_queue(upper(c.words[0])), "delete queue " + c.words[0]);
}

bool remove_entry(const Command &c)
{
    return ok(delete_entry(number(c)), "delete entry " + c.words[0]);
}
bool hold(const Command &c)
{
    return ok(hold_entry(number(c)), "hold entry " + c.words[0]);
}
bool release(const Command &c)
{
    return ok(release_entry(number(c)), "release entry " + c.words[0]);
}
bool requeue(const Command &c)
{
    return ok(requeue_entry(number(c), c.has("hold")), "requeue entry " + c.words[0]);
}

std::string when(uint64_t time)
{
    char text[32];
    time_t seconds = time_t(to_unix(time));
    struct tm t;
    gmtime_r(&seconds, &t);
    strftime(text, sizeof text, "%d-%b-%Y %H:%M:%S", &t);
    return upper(text);
}

std::string state(const EntryShown &e)
{
    std::string text = entry_status_text(e.status);
    if (!text.empty())
        text[0] = char(toupper(static_cast<unsigned char>(text[0])));
    return text;
}

bool all_entries(std::vector<EntryShown> *entries)
{
    std::vector<QueueShown> queues;
    if (!ok(show_queues("*", &queues), "show entries"))
        return false;
    for (const QueueShown &q : queues) {
        std::vector<EntryShown> some;
        if (show_entries(q.name, &some) & 1)
            entries->insert(entries->end(), some.begin(), some.end());
    }
    return true;
}

bool show_entries_verb(const Command &c)
{
    std::vector<EntryShown> entries;
    if (!all_entries(&entries))
        return false;
    if (!c.has("tabs"))
        printf("  Entry  Jobname                                Username     Status\n\n");
    for (const EntryShown &e : entries) {
        if (c.has("tabs")) {
            printf("%u\t%s\t%s\t%s\t%s\n", e.number, e.queue.c_str(), state(e).c_str(),
                   e.name.c_str(), e.file.c_str());
            continue;
        }
        printf("%7u  %-38.38s %-12s %s%s\n", e.number, e.name.c_str(), e.user.c_str(),
               state(e).c_str(), e.after ? (" until " + when(e.after)).c_str() : "");
    }
    return true;
}

bool show_queue(const Command &c)
{
    std::vector<QueueShown> queues;
    std::string pattern = c.words.empty() ? "*" : upper(c.words[0]);
    if (!ok(show_queues(pattern, &queues), "show queue"))
        return false;
    for (const QueueShown &q : queues) {
        std::string kind = q.targets.empty() ? "Server queue " : "Generic server queue ";
        printf(
            "%s%s, %s%s%s\n", kind.c_str(), q.name.c_str(), queue_status_text(q.status).c_str(),
            q.processor.empty()
                ? ""
                : (", on " + q.node + "::, mounted form DEFAULT, processor " + q.processor).c_str(),
            q.targets.empty() ? ""
                              : (", " + std::to_string(q.targets.size()) + " targets").c_str());
        std::vector<EntryShown> entries;
        if (!(show_entries(q.name, &entries) & 1))
            continue;
        if (!entries.empty())
            printf("\n  Entry  Jobname                                Username     Status\n  ----- "
                   " -------                                --------     ------\n");
        for (const EntryShown &e : entries)
            printf("%7u  %-38.38s %-12s %s%s\n", e.number, e.name.c_str(), e.user.c_str(),
                   state(e).c_str(), e.after ? (" until " + when(e.after)).c_str() : "");
        if (!entries.empty())
            printf("\n");
    }
    return true;
}

} // namespace

const Verb queue_verbs[] = {{"init queue", 1, init,
                             "NAME --processor P [--on NODE --autostart-on NODE::DEV --start] or "
                             "NAME --generic A,B [--start]"},
                            {"start queue", 1, start, "NAME"},
                            {"stop queue", 1, stop, "NAME [--next|--reset]"},
                            {"delete queue", 1, remove_queue, "NAME"},
                            {"delete entry", 1, remove_entry, "number"},
                            {"hold entry", 1, hold, "number"},
                            {"release entry", 1, release, "number: clears hold and time"},
                            {"requeue entry", 1, requeue, "number [--hold]"},
                            {"show entries", 0, show_entries_verb, "[--tabs]: all entries"},
                            {"show queue", 0, show_queue, "[NAME]: queues with their entries"},
                            {0, 0, 0, 0}};

} // namespace shim
