/*
**  ivp_main - TCPIP$MAIL_IVP.EXE, for TCPIP$MAIL_IVP.COM; what main gives back is $STATUS
*/
#include "ivp_command.h"

#include "MTA/log.h"

#include <exception>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    try {
        mail::log_hold(); /* what it has to say is one message */
        mail::IvpCommand command;
        std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
        std::string problem;
        if (!mail::ivp_parse(words, &command)) {
            fputs(mail::ivp_usage, stdout);
            return EXIT_FAILURE;
        }
        mail::ivp_apply(*mail::config_current(), &command);
        if (mail::ivp_run(command, &problem))
            return EXIT_SUCCESS;
        fputs((problem + "\n").c_str(), stdout);
    } catch (const std::exception &e) {
        fputs((std::string("%TCPIP-E-IVPFAILED, ") + e.what() + "\n").c_str(), stdout);
    }
    return EXIT_FAILURE;
}
