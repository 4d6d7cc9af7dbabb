/*
**  config_store - the two files that hold settings
**
**  TCPIP$SMTP.CONF (or SMTP.CONFIG, its older name) in TCPIP$SMTP_COMMON, and
**  the configuration database of SET CONFIGURATION SMTP, TCPIP$SMTP_COMMON:TCPIP$SMTP_CONFIG.DAT,
**  one "NAME=value" record per setting.  The only code that reads or writes them.
*/
#ifndef MTA_CONFIG_STORE_H
#define MTA_CONFIG_STORE_H

#include <string>
#include <utility>
#include <vector>
#include "CORE/conf_syntax.h"
#include "VMS/status.h"

namespace mail {

/* Names and values in the order of the file; names as written there. */
typedef std::vector<std::pair<std::string, std::string> > ConfigEntries;

/*
**  TCPIP$SMTP.CONF, grammar of CORE/conf_syntax.  not_found() when the file is not there: then
**  every setting has its other origins.  *file: name of the one that was read.
*/
Status config_read_conf(std::vector<ConfField> *fields, std::vector<ConfProblem> *problems,
                        std::string *file);
Status config_read_database(ConfigEntries *entries);
/* Writes a new version of the database, durable when DONE.  Needs write access to the directory. */
Status config_write_database(const ConfigEntries &entries);

/*
**  Specification of a file in the SMTP directory: "TCPIP$SMTP_COMMON:name", or
**  SYS$SPECIFIC:[TCPIP$SMTP] where the logical name is not defined (spec 2.2).
*/
std::string config_common_file(const std::string &name);

} // namespace mail
#endif
