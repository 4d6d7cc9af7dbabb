/*
**  host_command - SHOW HOST, and the parts of displays that it has in common with SHOW MX_RECORD
**
**  Shows what the mail system's own resolver finds: hosts file, then DNS (spec 3.9).
*/
#ifndef MANAGE_HOST_COMMAND_H
#define MANAGE_HOST_COMMAND_H

#include <string>
#include "VMS/status.h"

namespace mail {

/* "%TCPIP-W-NORECORD, Information not found" with "-RMS-E-RNF, record not found". */
Status tell_no_record();

/* Columns that begin at 4, 21 and 38, as HP 18.1.5.2 prints them. */
std::string display_columns(const std::string &first, const std::string &second,
                            const std::string &third);
void display_title(const std::string &title);
/* The name server that is asked. */
void display_server();

/* What the local hosts database and BIND have of a host; how many addresses. */
size_t show_host_tables(const std::string &name);

} // namespace mail
#endif
