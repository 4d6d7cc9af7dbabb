/*
**  mail_queues - the queues of the mail system: which there are, start and stop
**
**  An execution queue is ours when its processor is the SMTP symbiont, a generic one when its
**  targets are.  Names are TCPIP$SMTP_node_00 (generic) and _01 ... (spec 6.1); QUEUES says how
**  many there should be.
*/
#ifndef MANAGE_MAIL_QUEUES_H
#define MANAGE_MAIL_QUEUES_H

#include <string>
#include <vector>
#include "VMS/queue.h"
#include "config_display.h"

namespace mail {

struct MailQueues {
    std::vector<QueueInfo> execution, generic;
};
Status mail_queues_find(MailQueues *queues);

/* "TCPIP$SMTP_NODE_03"; number 0 is the generic queue. */
std::string mail_queue_name(const std::string &node, boost::uint32_t number);

/* Lines for SHOW CONFIGURATION; without any queue one of what START MAIL would make. */
std::vector<QueueSummary> mail_queues_summary(const MailQueues &queues, const std::string &node,
                                              boost::uint32_t configured);

/*
**  Creates what is missing, starts what is stopped, takes surplus empty queues away.  The user has
**  been told of what failed.
*/
Status mail_queues_start(const std::string &node, boost::uint32_t wanted);
/* This node's: each after its current job. */
Status mail_queues_stop(const std::string &node);

} // namespace mail
#endif
