/*
**  pop_server - the POP server process: settings, greeting facts, sessions for the engine
**
**  HP 19.1.1 - 19.1.3; spec 8.1, 8.2.  One object for the life of the process; create() and
**  refusal() are called by the engine's threads.
*/
#ifndef MAIL_POP_SERVER_H
#define MAIL_POP_SERVER_H

#include "pop_session.h"

#include "VMS/service.h"

namespace mail {

class PopServer : public SessionFactory {
public:
    PopServer();
    virtual Session *create(const ServiceClient &client);
    virtual std::string refusal(const ServiceClient &client, ServiceRefusal why);
    virtual void log(const std::string &event, const NetAddress &peer);

    /* Engine parameters from the settings; listeners are the caller's. */
    ServiceParameters parameters();

private:
    PopContext clear_, secured_;
};

/* The level that TCPIP$POP_LOG_LEVEL asks for. */
LogLevel pop_log_level(const Settings &settings);

/* Contradictions in the settings, one sentence each (HP 19.1.6: TOP_HEADERS). */
std::vector<std::string> pop_setting_warnings(const Settings &settings);

} // namespace mail

#endif
