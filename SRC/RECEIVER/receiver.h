/*
**  receiver - makes SMTP sessions for the connection engine
**
**  Each session gets the settings, identity and rules of the moment it begins and keeps them.
*/
#ifndef RECEIVER_RECEIVER_H
#define RECEIVER_RECEIVER_H

#include "VMS/service.h"
#include "VMS/thread.h"
#include "VMS/tls.h"
#include "smtp_session.h"

namespace mail {

/* Any worker thread may call it. */
class Receiver : public SessionFactory, public SinkMaker {
public:
    Receiver() : clients_(spam_lookups()), can_secure_(false) {}
    virtual Session *create(const ServiceClient &client);
    virtual std::string refusal(const ServiceClient &client, ServiceRefusal why);
    virtual void log(const std::string &event, const NetAddress &peer);
    virtual MessageSink *make();
    /*
    **  Before the service starts: loads the certificate when STARTTLS is to be offered, or when
    **  `listener`, whose service has that port, is one of TLS_PORTS.  False: it is, and there is no
    **  TLS, so that nobody could be served.
    */
    bool open_tls(const Settings &settings, boost::uint32_t port, ServiceListener *listener,
                  ServiceParameters *parameters);

private:
    Receiver(const Receiver &);
    Receiver &operator=(const Receiver &);
    boost::shared_ptr<const RelayPolicy> relay_for(const SettingsPtr &settings);
    ClientListsKeeper clients_;
    RejectKeeper reject_;
    bool can_secure_; /* a certificate is loaded */
    TlsServer tls_;
    Mutex mutex_;
    SettingsPtr relay_settings_; /* what relay_ was made of */
    boost::shared_ptr<const RelayPolicy> relay_;
};

/* Is the port in the list of port numbers? */
bool receiver_port_listed(const Settings &settings, ParamId list, boost::uint32_t port);
/* What the settings make of a port. */
SmtpPort receiver_port(const Settings &settings, boost::uint32_t number, bool secured,
                       bool can_secure);
/* Log level and sinks as the settings say (spec 2.1). */
void receiver_apply_log(const Settings &settings);
/* What the engine is told; listeners are the caller's. */
ServiceParameters receiver_parameters(const Settings &settings, Receiver *receiver);

} // namespace mail
#endif
