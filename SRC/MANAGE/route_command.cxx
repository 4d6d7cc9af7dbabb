/*
**  route_command - SHOW ROUTE address: why mail for an address goes where it goes
**
**  The router's own explanation, asked of the same settings, databases and name servers as when
**  mail is sent (HP 18.1.5).
*/
#include "MTA/config.h"
#include "MTA/identity.h"
#include "MTA/router.h"
#include "VMS/cli.h"
#include "manage_commands.h"
#include "manage_output.h"
#include "mx_command.h"

namespace mail {

Status show_route()
{
    std::string address;
    cli_value("ADDRESS", &address);
    address = mx_name(address); /* DCL has made capitals of it; the local MX database minds */
    std::vector<std::string> steps = route_explain_address(
        address, *config_current(), *identity_current(), router_services());
    for (size_t i = 0; i < steps.size(); ++i)
        say(steps[i]);
    return Status();
}

} // namespace mail
