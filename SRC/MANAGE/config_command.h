/*
**  config_command - changing the configuration database
*/
#ifndef MANAGE_CONFIG_COMMAND_H
#define MANAGE_CONFIG_COMMAND_H

#include "MTA/config.h"
#include "MTA/config_store.h"

namespace mail {

/* Sets or (value 0) removes a name; case does not count. */
void config_entries_set(ConfigEntries *entries, const std::string &name, const std::string *value);

} // namespace mail
#endif
