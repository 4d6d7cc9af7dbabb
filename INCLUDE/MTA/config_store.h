/*
**  config_store - the two files that hold settings
**
**  TCPIP$SMTP.CONF (or SMTP.CONFIG, its older name) in TCPIP$SMTP_COMMON, grammar of spec 4.1; and
**  the configuration database of SET CONFIGURATION SMTP, TCPIP$SMTP_COMMON:TCPIP$SMTP_CONFIG.DAT,
**  one "NAME=value" record per setting.  The only code that reads or writes them.
*/
#ifndef MTA_CONFIG_STORE_H
#define MTA_CONFIG_STORE_H

#include <string>
#include <utility>
#include <vector>
#include "VMS/status.h"

namespace mail {

/* Names and values in the order of the file; names as written there. */
typedef std::vector<std::pair<std::string, std::string> > ConfigEntries;

/*
**  Parses TCPIP$SMTP.CONF: "Field: value" from column 1, "!" comments, continuation lines that
**  begin with a TAB, repeated fields are joined with commas.  Lines that are none of these are
**  counted in *bad_lines.  A value holds at most 500 characters per line (the rest is cut), 64 KB
**  in all.
*/
void config_parse_conf(const std::string &text, ConfigEntries *entries, size_t *bad_lines);

/* not_found() when the file is not there: then every setting has its other origins. */
Status config_read_conf(ConfigEntries *entries, size_t *bad_lines);
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
