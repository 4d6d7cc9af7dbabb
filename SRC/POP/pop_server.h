/*
**  pop_server - the POP server process: settings, greeting facts, sessions for the engine, TLS
**
**  HP 19.1.1 - 19.1.3, 19.5; spec 8.1, 8.2, 8.7.  One object for the life of the process; create()
**  and refusal() are called by the engine's threads.
*/
#ifndef MAIL_POP_SERVER_H
#define MAIL_POP_SERVER_H

#include "pop_session.h"

#include "VMS/service.h"
#include "VMS/tls.h"

namespace mail {

enum {
    POP_BUSY_READS = 100 /* of a session that is alone: some 50 microseconds, less than a wake-up */
};

class PopServer : public SessionFactory, public PopControl {
public:
    PopServer();
    virtual Session *create(const ServiceClient &client);
    virtual std::string refusal(const ServiceClient &client, ServiceRefusal why);
    virtual void log(const std::string &event, const NetAddress &peer);

    /* Engine parameters from the settings; listeners are the caller's. */
    ServiceParameters parameters();
    /*
    **  Certificate and key, and a listener at POP_SSL_PORT of the address that the service listens
    **  at (HP 19.5).  Without them, or with DISABLE_SSL, the server goes on in clear; the log says
    **  why.  Before the service starts.
    */
    void open_tls(const NetAddress &service, ServiceParameters *parameters);

    /* The service that runs the sessions; outlives it. */
    void attach(Service *service) { service_ = service; }
    virtual ServiceCounts counts();
    virtual void shut_down();

private:
    Status listen_tls(const NetAddress &service, const Settings &settings, int *fd);
    PopContext clear_, secured_;
    PopStats stats_;
    TlsServer tls_;
    Service *service_;
};

/* The level that TCPIP$POP_LOG_LEVEL asks for. */
LogLevel pop_log_level(const Settings &settings);

/* Contradictions in the settings, one sentence each (HP 19.1.6: TOP_HEADERS). */
std::vector<std::string> pop_setting_warnings(const Settings &settings);

/*
**  Mail to the users of TCPIP$POP_POSTMASTER: the server ends with an error.  Trouble with that is
**  logged.
*/
void pop_tell_postmasters(const Settings &settings, const std::string &reason);

} // namespace mail

#endif
