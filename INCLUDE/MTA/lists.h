/*
**  lists - distribution lists of this system: finds and reads them
**
**  Spec 6.4: name.DIS in TCPIP$SMTP_COMMON or SYS$SPECIFIC:[TCPIP$SMTP]; "LOGICAL:FILE."@host where
**  LIST_FILE_LOGICALS has the logical name and the system table defines it, because the address
**  comes from anybody.  Any thread.
*/
#ifndef MTA_LISTS_H
#define MTA_LISTS_H

#include <string>
#include <vector>
#include "CORE/list_syntax.h"
#include "MTA/config.h"
#include "VMS/status.h"

namespace mail {

/* local_part: without quotes, any case.  True: *file is the specification of the list. */
bool list_find(const std::string &local_part, const Settings &settings, std::string *file);

/* The members; problems (may be 0) are lines that do not count. */
Status list_read(const std::string &file, std::vector<std::string> *members,
                 std::vector<ListProblem> *problems);

} // namespace mail
#endif
