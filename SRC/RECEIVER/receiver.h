/*
**  receiver - makes SMTP sessions for the connection engine
**
**  Each session gets the settings, identity and relay rules of the moment it begins and keeps them.
*/
#ifndef RECEIVER_RECEIVER_H
#define RECEIVER_RECEIVER_H

#include "VMS/service.h"
#include "VMS/thread.h"
#include "smtp_session.h"

namespace mail {

/* Any worker thread may call it. */
class Receiver : public SessionFactory, public SinkMaker {
public:
    Receiver() {}
    virtual Session *create(const ServiceClient &client);
    virtual std::string refusal(const ServiceClient &client, ServiceRefusal why);
    virtual void log(const std::string &event, const NetAddress &peer);
    virtual MessageSink *make();

private:
    Receiver(const Receiver &);
    Receiver &operator=(const Receiver &);
    boost::shared_ptr<const RelayPolicy> relay_for(const SettingsPtr &settings);
    Mutex mutex_;
    SettingsPtr relay_settings_; /* what relay_ was made of */
    boost::shared_ptr<const RelayPolicy> relay_;
};

/* Log level and sinks as the settings say (spec 2.1). */
void receiver_apply_log(const Settings &settings);
/* What the engine is told; listeners are the caller's. */
ServiceParameters receiver_parameters(const Settings &settings, Receiver *receiver);

} // namespace mail
#endif
