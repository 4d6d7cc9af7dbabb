/*
**  pop_server - what the engine asks the POP server
*/
#include "pop_server.h"

#include "pop_headers.h"
#include "pop_xtnd.h"

#include "MTA/counters.h"
#include "MTA/outheaders.h"
#include "MTA/server_tls.h"
#include "VMS/mailsend.h"
#include "VMS/process.h"

namespace mail {

namespace {

const boost::uint32_t for_ever = 31536000; /* seconds: LINK_IDLE_TIMEOUT of 0 */

const int tls_backlog = 1024;

} // namespace

LogLevel pop_log_level(const Settings &settings)
{
    return pop_level_of_choice(settings.number(P_POP_LOG_LEVEL));
}

std::vector<std::string> pop_setting_warnings(const Settings &settings)
{
    std::vector<std::string> warnings;
    if (settings.flag(P_POP_IGNORE_MAIL11_HEADERS) && !pop_headers_on_top(settings))
        warnings.push_back("TCPIP$POP_IGNORE_MAIL11_HEADERS is not obeyed because the SMTP option "
                           "TOP_HEADERS is not set");
    if (settings.flag(P_POP_DISABLE_CLEARTEXT) && settings.flag(P_POP_DISABLE_SSL))
        warnings.push_back(
            "TCPIP$POP_DISABLE_CLEARTEXT and TCPIP$POP_DISABLE_SSL together leave no "
            "way to fetch mail");
    if (settings.flag(P_POP_DISUSERPASS) && !settings.flag(P_POP_APOP))
        warnings.push_back("TCPIP$POP_DISUSERPASS without APOP leaves no way to log in");
    return warnings;
}

static Status send_to_postmasters(const std::vector<std::string> &users, const std::string &reason)
{
    MailSender sender;
    Status status = sender.begin();
    if (status.ok())
        status = sender.set_subject("POP server on " + process_node() + " ended with an error");
    for (size_t i = 0; i < users.size(); ++i)
        sender.add_address(users[i]); /* a refused one is among the addressees */
    if (status.ok())
        status = sender.add_record(reason);
    if (status.ok())
        status = sender.send();
    for (size_t i = 0; i < sender.addressees().size(); ++i)
        if (!sender.addressees()[i].delivered)
            LogLine(LOG_ERROR, "pop", "postmaster")
                .add("user", sender.addressees()[i].address)
                .add("status", sender.addressees()[i].status.text());
    if (status.ok())
        sender.end();
    else
        sender.abort();
    return status;
}

void pop_tell_postmasters(const Settings &settings, const std::string &reason)
{
    const std::vector<std::string> &users = settings.items(P_POP_POSTMASTER);
    if (users.empty())
        return;
    Status status = send_to_postmasters(users, reason);
    if (!status.ok())
        LogLine(LOG_ERROR, "pop", "postmaster").add("status", status.text());
}

PopServer::PopServer() : service_(0)
{
    clear_.version = product_version();
    clear_.up_since = pop_time_text(vmstime_now());
    clear_.stats = &stats_;
    clear_.control = this;
    clear_.may_cleartext = !config_current()->flag(P_POP_DISABLE_CLEARTEXT);
    secured_ = clear_;
    secured_.secured = true;
}

Session *PopServer::create(const ServiceClient &client)
{
    counter_add(COUNT_SESSIONS, 1);
    return new PopSession(client.secured ? secured_ : clear_, client.number, net_text(client.peer));
}

std::string PopServer::refusal(const ServiceClient &, ServiceRefusal why)
{
    return pop_reply(why == REFUSAL_STOPPING ? SAY_STOPPING : SAY_TOO_MANY_SESSIONS);
}

void PopServer::log(const std::string &event, const NetAddress &peer)
{
    LogLine(LOG_WARNING, "pop", "engine")
        .add("event", event)
        .add("client", net_endpoint_text(peer));
}

ServiceParameters PopServer::parameters()
{
    SettingsPtr settings = config_current();
    ServiceParameters p;
    p.name = "POP";
    p.factory = this;
    p.workers = settings->number(P_POP_MAXIMUM_THREADS);
    p.max_sessions = settings->number(P_POP_SESSIONS);
    p.max_per_client = settings->number(P_POP_SESSIONS_PER_CLIENT);
    boost::uint32_t idle = settings->seconds(P_POP_LINK_IDLE_TIMEOUT);
    p.idle_seconds = idle != 0 ? idle : for_ever;
    p.handshake_seconds = settings->seconds(P_POP_HANDSHAKE_TIMEOUT);
    p.inactivity_seconds = settings->seconds(P_POP_INACTIVITY);
    p.send_buffer = settings->number(P_POP_SNDBUF);
    p.input_bound = POP_CHUNK;
    p.busy_reads = POP_BUSY_READS;
    return p;
}

/* A port below 1024 is for who has SYSPRV. */
Status PopServer::listen_tls(const NetAddress &service, const Settings &settings, int *fd)
{
    NetAddress address = service;
    address.port = static_cast<unsigned short>(settings.number(P_POP_SSL_PORT));
    PrivilegeGuard guard(PRIVILEGE_SYSPRV);
    return net_listen(address, tls_backlog, fd);
}

void PopServer::open_tls(const NetAddress &service, ServiceParameters *parameters)
{
    SettingsPtr settings = config_current();
    if (settings->flag(P_POP_DISABLE_SSL)) {
        LogLine(LOG_INFO, "pop", "tls").add("state", "disabled by TCPIP$POP_DISABLE_SSL");
        return;
    }
    if (!server_tls_load(*settings, P_POP_CERT_FILE, P_POP_KEY_FILE, "pop", &tls_)) {
        if (settings->flag(P_POP_DISABLE_CLEARTEXT))
            LogLine(LOG_ERROR, "pop", "tls").add("state", "no client can be served");
        return;
    }
    parameters->tls = &tls_;
    clear_.tls_available = secured_.tls_available = true;
    int fd = -1;
    Status status = listen_tls(service, *settings, &fd);
    if (!status.ok()) {
        LogLine(LOG_ERROR, "pop", "tls")
            .add("port", settings->number(P_POP_SSL_PORT))
            .add("status", status.text());
        return;
    }
    ServiceListener listener(fd);
    listener.tls = true;
    parameters->listeners.push_back(listener);
    parameters->inactivity_seconds = 0; /* nobody else would open the port again */
    LogLine(LOG_INFO, "pop", "tls")
        .add("port", settings->number(P_POP_SSL_PORT));
}

ServiceCounts PopServer::counts()
{
    return service_ ? service_->counts() : ServiceCounts();
}

void PopServer::shut_down()
{
    if (service_)
        service_->drain();
}

} // namespace mail
