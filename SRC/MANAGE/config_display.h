/*
**  config_display - how SHOW CONFIGURATION SMTP prints the settings (spec 3.3)
*/
#ifndef MANAGE_CONFIG_DISPLAY_H
#define MANAGE_CONFIG_DISPLAY_H

#include <string>
#include <vector>
#include "MTA/config.h"
#include "MTA/identity.h"

namespace mail {

/* One line of the queues at the end. */
struct QueueSummary {
    std::string generic;
    boost::uint32_t queues;
    std::vector<std::string> nodes;
    QueueSummary() : queues(0) {}
};

/* HP's layout; then, when there is such a thing, what other places than the database have set. */
std::vector<std::string> config_display(const Settings &settings, const Identity &identity,
                                        const std::vector<QueueSummary> &queues);
/* Every setting of SMTP with its value and its origin, one line each. */
std::vector<std::string> config_display_all(const Settings &settings);

/* "not defined", "ON", "0 00:30:00.00", "a, b" */
std::string config_value_text(const Settings &settings, ParamId id);
/* "default", "configuration database", "logical name TCPIP$SMTP_NO_MX", ... */
std::string config_origin_text(const Settings &settings, ParamId id);

} // namespace mail
#endif
