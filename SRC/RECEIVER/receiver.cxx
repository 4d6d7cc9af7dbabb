/*
**  receiver - sessions of TCPIP$SMTP_RECEIVER and what its engine is told
*/
#include "receiver.h"

#include "CORE/text.h"
#include "MTA/counters.h"
#include "MTA/log.h"
#include "MTA/server_tls.h"
#include "MTA/submit.h"

namespace mail {

enum {
    READ_AHEAD = 128 * 1024, /* bytes that one step of a message is given at most */
    OUTPUT_BOUND = 64 * 1024
};

MessageSink *Receiver::make()
{
    return new Submission;
}

boost::shared_ptr<const RelayPolicy> Receiver::relay_for(const SettingsPtr &settings)
{
    MutexGuard guard(mutex_);
    if (relay_settings_ != settings) {
        relay_.reset(new RelayPolicy(*settings));
        relay_settings_ = settings;
    }
    return relay_;
}

bool receiver_port_listed(const Settings &settings, ParamId list, boost::uint32_t port)
{
    const std::vector<std::string> &ports = settings.items(list);
    for (size_t i = 0; i < ports.size(); ++i) {
        boost::uint32_t number;
        if (text_number(ports[i], 1, 65535, &number) && number == port)
            return true;
    }
    return false;
}

SmtpPort receiver_port(const Settings &settings, boost::uint32_t number, bool secured,
                       bool can_secure)
{
    SmtpPort port;
    port.number = number;
    port.submission = receiver_port_listed(settings, P_SUBMISSION_PORTS, number);
    port.login = receiver_port_listed(settings, P_AUTH_PORTS, number);
    port.secured = secured;
    port.can_secure = can_secure && settings.flag(P_STARTTLS) && !secured;
    return port;
}

Session *Receiver::create(const ServiceClient &client)
{
    SmtpEnvironment environment;
    SpamRules &rules = environment.rules;
    rules.settings = config_current();
    rules.identity = identity_current();
    rules.clients = clients_.get(rules.settings);
    rules.relay = relay_for(rules.settings);
    rules.reject = reject_.get(rules.settings);
    rules.lookups = &spam_lookups();
    environment.sinks = this;
    environment.port =
        receiver_port(*rules.settings, client.local.port, client.secured, can_secure_);
    environment.client_address = net_text(client.peer);
    environment.id = "R" + text_from_number(client.number);
    return new SmtpSession(environment);
}

bool Receiver::open_tls(const Settings &settings, boost::uint32_t port, ServiceListener *listener,
                        ServiceParameters *parameters)
{
    listener->tls = receiver_port_listed(settings, P_TLS_PORTS, port);
    if (!listener->tls && !settings.flag(P_STARTTLS))
        return true;
    can_secure_ = server_tls_load(settings, P_SMTP_CERT_FILE, P_SMTP_KEY_FILE, "", &tls_);
    if (can_secure_)
        parameters->tls = &tls_;
    return can_secure_ || !listener->tls;
}

std::string Receiver::refusal(const ServiceClient &client, ServiceRefusal why)
{
    static const SmtpReplyId replies[] = {RPL_TOO_MANY_SESSIONS, RPL_TOO_MANY_FROM_CLIENT,
                                          RPL_SHUTDOWN, RPL_TOO_MANY_SESSIONS};
    static const char *const reasons[] = {"sessions", "sessions of client", "stopping",
                                          "resources"};
    counter_add(COUNT_SESSIONS_REFUSED, 1);
    LogLine(LOG_WARNING, "", "connection_refused")
        .add("client", net_text(client.peer))
        .add("reason", reasons[why]);
    return smtp_reply_print(smtp_reply_make(replies[why], identity_current()->host()));
}

void Receiver::log(const std::string &event, const NetAddress &peer)
{
    LogLine(LOG_WARNING, "", "engine").add("event", event).add("client", net_text(peer));
}

void receiver_apply_log(const Settings &settings)
{
    LogLevel level = LOG_INFO;
    if (settings.flag(P_SMTP_RECV_TRACE))
        level = LOG_TRACE;
    if (settings.flag(P_SMTP_RECV_DEBUG))
        level = LOG_DEBUG;
    log_set_level(level);
    log_number_lines(settings.flag(P_SMTP_LOG_LINE_NUMBERS));
    log_snapshot(settings.number(P_SMTP_RECV_SNAPSHOT_BLOCKS));
}

ServiceParameters receiver_parameters(const Settings &settings, Receiver *receiver)
{
    ServiceParameters parameters;
    parameters.name = "SMTP";
    parameters.factory = receiver;
    parameters.workers = settings.number(P_RECV_WORKERS);
    parameters.max_sessions = settings.number(P_RECV_SESSIONS);
    parameters.max_per_client = settings.number(P_RECV_SESSIONS_PER_CLIENT);
    parameters.idle_seconds = settings.seconds(P_RECEIVE_TIMEOUT);
    parameters.inactivity_seconds = settings.seconds(P_RECV_INACTIVITY);
    parameters.output_bound = OUTPUT_BOUND;
    parameters.input_bound = READ_AHEAD;
    return parameters;
}

} // namespace mail
