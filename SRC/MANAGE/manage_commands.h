/*
**  manage_commands - what the verbs of MANAGE.CLD do
**
**  Each asks the parsed command (VMS/cli) for its parameters and qualifiers, tells the user what
**  there is to tell, and returns the status with which the image ends.
*/
#ifndef MANAGE_MANAGE_COMMANDS_H
#define MANAGE_MANAGE_COMMANDS_H

#include <string>
#include "VMS/status.h"

namespace mail {

/* config_command */
Status show_configuration();
Status set_configuration();
Status set_no_configuration();
/* config_check */
Status analyze_configuration();
/* mail_command */
Status show_mail();
Status send_mail();
Status remove_mail();
Status start_mail();
Status stop_mail();
/* analyze_command */
Status analyze_mail();
/* mx_command */
Status set_mx();
Status set_no_mx();
Status show_mx();
/* host_command */
Status show_host();
/* route_command */
Status show_route();

/* SYSPRV or BYPASS, as Table 18-3 wants it; tells the user when there is neither. */
Status require_system_privilege();
bool has_system_privilege();

} // namespace mail
#endif
