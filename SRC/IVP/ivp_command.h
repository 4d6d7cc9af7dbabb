/*
**  ivp_command - what TCPIP$MAIL_IVP is asked to do, and doing it
**
**  TCPIP$MAIL_IVP.COM sends a file by MAIL; this image collects it by POP and compares.  Words:
**  address and port of the POP server, user, password, subject, the file that was sent, seconds to
**  wait for its arrival.
*/
#ifndef MAIL_IVP_IVP_COMMAND_H
#define MAIL_IVP_IVP_COMMAND_H

#include "MTA/config.h"
#include "VMS/net.h"

namespace mail {

const boost::uint32_t IVP_SECONDS_MAX = 3600;
const boost::uint32_t IVP_ANSWER_SECONDS = 30; /* the server's time for one answer */
const boost::uint32_t IVP_POLL_MS = 500;       /* between two sessions while nothing has come */

struct IvpCommand {
    NetAddress server;
    std::string user, password, subject, file;
    boost::uint32_t seconds;
    bool tls; /* from the first byte */
    IvpCommand() : seconds(0), tls(false) {}
};

extern const char ivp_usage[]; /* a line with \n */

/* words: without the image's name.  False: not a command; the usage is to be shown. */
bool ivp_parse(const std::vector<std::string> &words, IvpCommand *command);

/* Where clients without TLS are refused, TCPIP$POP_SSL_PORT is asked, not the service's port. */
void ivp_apply(const Settings &settings, IvpCommand *command);

/* True: the message has come and is what was sent.  Otherwise *problem is a message:
   "%TCPIP-E-ident, text". */
bool ivp_run(const IvpCommand &command, std::string *problem);

} // namespace mail

#endif
