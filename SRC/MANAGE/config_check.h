/*
**  config_check - ANALYZE CONFIGURATION: settings that contradict one another or the system
**
**  Each rule of the table says one thing in words, with the command or field that would mend it.
**  Nothing is changed.
*/
#ifndef MANAGE_CONFIG_CHECK_H
#define MANAGE_CONFIG_CHECK_H

#include <string>
#include <vector>
#include "MTA/config.h"
#include "MTA/identity.h"

namespace mail {

typedef std::vector<std::string> Findings;

/* What the settings say among themselves. */
void config_check_settings(const Settings &settings, const Identity &identity, Findings *findings);
/* What they say about files, users, queues and name servers of this system. */
void config_check_system(const Settings &settings, const Identity &identity, Findings *findings);

} // namespace mail
#endif
