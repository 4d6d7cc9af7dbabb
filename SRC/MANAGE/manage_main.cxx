/*
**  manage_main - TCPIP$SMTP_MANAGE: the commands of HP 18.4 for people
**
**  TCPIP :== $SYS$SYSTEM:TCPIP$SMTP_MANAGE makes the verb; with a command behind it that is done,
**  without one the utility prompts.
*/
#include "manage_output.h"
#include "manage_session.h"

#include <exception>
#include "MTA/log.h"

int main()
{
    using namespace mail;
    try {
        log_hold(); /* what the lower rooms would log is said by the commands */
        Status status = manage_session();
        return static_cast<int>(status.sts());
    } catch (const std::exception &failure) {
        say(std::string("TCPIP$SMTP_MANAGE: ") + failure.what());
    } catch (...) {
        say("TCPIP$SMTP_MANAGE: unknown exception");
    }
    return static_cast<int>(Status::failed().sts());
}
