/*
**  mail_queues - the execution queues of TCPIP$SMTP_SYMBIONT and the generic queues before them
*/
#include "mail_queues.h"

#include <algorithm>
#include "CORE/text.h"
#include "MTA/submit.h"
#include "manage_output.h"

namespace mail {

static const char symbiont[] = "TCPIP$SMTP_SYMBIONT";
static const char older_symbiont[] = "UCX$SMTP_SYMBIONT";
static const char prefix[] = "TCPIP$SMTP_";
enum { QUEUES_MAX = 99 };

static bool is_mail_processor(const std::string &processor)
{
    size_t from = processor.find_last_of(":]>");
    std::string name = processor.substr(from == std::string::npos ? 0 : from + 1);
    name = name.substr(0, name.find_first_of(".;"));
    return text_equal(name, symbiont) || text_equal(name, older_symbiont);
}

static bool has_queue(const std::vector<QueueInfo> &queues, const std::string &name)
{
    for (size_t i = 0; i < queues.size(); ++i)
        if (text_equal(queues[i].name, name))
            return true;
    return false;
}

static bool leads_to_mail(const QueueInfo &queue, const std::vector<QueueInfo> &execution)
{
    for (size_t i = 0; i < queue.targets.size(); ++i)
        if (has_queue(execution, queue.targets[i]))
            return true;
    return text_begins(queue.name, prefix);
}

Status mail_queues_find(MailQueues *queues)
{
    std::vector<QueueInfo> all;
    Status status = queue_list("*", &all);
    if (!status.ok())
        return status;
    for (size_t i = 0; i < all.size(); ++i)
        if (!all[i].generic && is_mail_processor(all[i].processor))
            queues->execution.push_back(all[i]);
    for (size_t i = 0; i < all.size(); ++i)
        if (all[i].generic && leads_to_mail(all[i], queues->execution))
            queues->generic.push_back(all[i]);
    return Status();
}

std::string mail_queue_name(const std::string &node, boost::uint32_t number)
{
    return prefix + node + "_" + text_from_number(number, 2);
}

/* "TCPIP$SMTP_NODE_03": NODE and 3; false for other names. */
static bool split_name(const std::string &name, std::string *node, boost::uint32_t *number)
{
    size_t last = name.rfind('_');
    size_t begin = sizeof prefix - 1;
    if (!text_begins(name, prefix) || last == std::string::npos || last < begin)
        return false;
    *node = name.substr(begin, last - begin);
    return text_number(name.substr(last + 1), 0, QUEUES_MAX, number);
}

static std::string node_of(const QueueInfo &queue)
{
    std::string node = queue.node;
    boost::uint32_t number;
    if (node.empty())
        split_name(queue.name, &node, &number);
    return node;
}

static const QueueInfo *find(const std::vector<QueueInfo> &queues, const std::string &name)
{
    for (size_t i = 0; i < queues.size(); ++i)
        if (text_equal(queues[i].name, name))
            return &queues[i];
    return 0;
}

std::vector<QueueSummary> mail_queues_summary(const MailQueues &queues, const std::string &node,
                                              boost::uint32_t configured)
{
    std::vector<QueueSummary> lines;
    for (size_t i = 0; i < queues.generic.size(); ++i) {
        QueueSummary line;
        line.generic = queues.generic[i].name;
        for (size_t t = 0; t < queues.generic[i].targets.size(); ++t) {
            const QueueInfo *target = find(queues.execution, queues.generic[i].targets[t]);
            if (!target)
                continue;
            ++line.queues;
            std::string at = node_of(*target);
            if (std::find(line.nodes.begin(), line.nodes.end(), at) == line.nodes.end())
                line.nodes.push_back(at);
        }
        lines.push_back(line);
    }
    if (lines.empty()) {
        QueueSummary line;
        line.generic = submit_queue();
        line.queues = configured;
        line.nodes.push_back(node);
        lines.push_back(line);
    }
    return lines;
}

/* ---- start ---- */

static Status tell_queue(const std::string &name, const Status &status)
{
    Status told = tell(TCPIPMGT__QUEUEERR, name);
    tell_cause(status);
    return told;
}

static Status start_one(const MailQueues &queues, const std::string &node, const std::string &name)
{
    const QueueInfo *there = find(queues.execution, name);
    Status status;
    if (!there)
        status = queue_create_server(name, symbiont, node, true);
    else if (there->stopped || there->paused || there->stopping)
        status = queue_start(name);
    return status.ok() ? status : tell_queue(name, status);
}

/* Only queues of this node that bear our kind of name, beyond the number that is wanted. */
static bool is_surplus(const QueueInfo &queue, const std::string &node, boost::uint32_t wanted)
{
    std::string at;
    boost::uint32_t number;
    return split_name(queue.name, &at, &number) && text_equal(at, node) && number > wanted;
}

static bool holds_jobs(const QueueInfo &queue)
{
    return queue.executing + queue.holding + queue.pending + queue.timed + queue.retained != 0;
}

/* What the generic queue should lead to: other nodes' queues stay. */
static std::vector<std::string> targets_for(const QueueInfo *generic, const MailQueues &queues,
                                            const std::string &node, boost::uint32_t wanted)
{
    std::vector<std::string> targets;
    for (boost::uint32_t i = 1; i <= wanted; ++i)
        targets.push_back(mail_queue_name(node, i));
    for (size_t i = 0; generic && i < generic->targets.size(); ++i) {
        const std::string &name = generic->targets[i];
        const QueueInfo *target = find(queues.execution, name);
        bool surplus = target && is_surplus(*target, node, wanted) && !holds_jobs(*target);
        if (!surplus && std::find(targets.begin(), targets.end(), name) == targets.end())
            targets.push_back(name);
    }
    return targets;
}

static bool same_targets(std::vector<std::string> a, std::vector<std::string> b)
{
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

/* Only a stopped queue can be given other targets; its entries stay. */
static Status start_generic(const MailQueues &queues, const std::string &node,
                            boost::uint32_t wanted)
{
    std::string name = submit_queue();
    const QueueInfo *there = find(queues.generic, name);
    std::vector<std::string> targets = targets_for(there, queues, node, wanted);
    Status status;
    if (there && same_targets(there->targets, targets)) {
        if (there->stopped || there->paused)
            status = queue_start(name);
        return status.ok() ? status : tell_queue(name, status);
    }
    if (there && !there->stopped)
        status = queue_stop(name, false);
    if (status.ok())
        status = queue_create_generic(name, targets, true);
    return status.ok() ? status : tell_queue(name, status);
}

static Status remove_surplus(const MailQueues &queues, const std::string &node,
                             boost::uint32_t wanted)
{
    Status result;
    for (size_t i = 0; i < queues.execution.size(); ++i) {
        const QueueInfo &queue = queues.execution[i];
        if (!is_surplus(queue, node, wanted))
            continue;
        Status status = queue.stopped ? Status() : queue_stop(queue.name, false);
        QueueInfo now;
        if (status.ok())
            status = queue_find(queue.name, &now);
        if (status.ok() && (holds_jobs(now) || !now.stopped)) {
            tell(TCPIPMGT__NOTSTOPPED, queue.name); /* the next START MAIL takes it away */
            continue;
        }
        if (status.ok())
            status = queue_delete(queue.name);
        if (!status.ok())
            result = tell_queue(queue.name, status);
    }
    return result;
}

Status mail_queues_start(const std::string &node, boost::uint32_t wanted)
{
    MailQueues queues;
    Status status = mail_queues_find(&queues);
    if (!status.ok())
        return tell_queue("*", status);
    Status result;
    for (boost::uint32_t i = 1; i <= wanted; ++i) {
        status = start_one(queues, node, mail_queue_name(node, i));
        if (!status.ok())
            result = status;
    }
    status = start_generic(queues, node, wanted);
    if (!status.ok())
        return status;
    status = remove_surplus(queues, node, wanted);
    return result.ok() ? status : result;
}

/* ---- stop ---- */

Status mail_queues_stop(const std::string &node)
{
    MailQueues queues;
    Status status = mail_queues_find(&queues);
    if (!status.ok())
        return tell_queue("*", status);
    Status result;
    size_t ours = 0;
    for (size_t i = 0; i < queues.generic.size(); ++i) {
        const QueueInfo &queue = queues.generic[i];
        if (!text_equal(queue.name, submit_queue()))
            continue;
        ++ours;
        status = queue.stopped ? Status() : queue_stop(queue.name, false);
        if (!status.ok())
            result = tell_queue(queue.name, status);
    }
    for (size_t i = 0; i < queues.execution.size(); ++i) {
        const QueueInfo &queue = queues.execution[i];
        if (!text_equal(node_of(queue), node))
            continue;
        ++ours;
        status = queue.stopped ? Status() : queue_stop(queue.name, false);
        if (!status.ok())
            result = tell_queue(queue.name, status);
    }
    return ours == 0 ? tell(TCPIPMGT__NOQUEUES) : result;
}

} // namespace mail
