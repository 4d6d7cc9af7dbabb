/*
**  pop_server - what the engine asks the POP server
*/
#include "pop_server.h"

#include "pop_headers.h"

#include "MTA/counters.h"
#include "MTA/outheaders.h"

#include <stdio.h>

namespace mail {

namespace {

const boost::uint32_t for_ever = 31536000; /* seconds: LINK_IDLE_TIMEOUT of 0 */

std::string since_text()
{
    VmsTimeFields f;
    char text[40];
    if (!vmstime_fields(vmstime_now(), &f))
        return "";
    snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", f.year, f.month, f.day, f.hour,
             f.minute, f.second);
    return text;
}

} // namespace

LogLevel pop_log_level(const Settings &settings)
{
    static const LogLevel levels[] = {LOG_ERROR, LOG_INFO, LOG_TRACE, LOG_DEBUG};
    boost::uint32_t choice = settings.number(P_POP_LOG_LEVEL);
    return choice < sizeof levels / sizeof levels[0] ? levels[choice] : LOG_INFO;
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
    return warnings;
}

PopServer::PopServer()
{
    clear_.version = product_version();
    clear_.up_since = since_text();
    clear_.may_cleartext = !config_current()->flag(P_POP_DISABLE_CLEARTEXT);
    secured_ = clear_;
    secured_.secured = true;
}

Session *PopServer::create(const ServiceClient &client)
{
    counter_add(COUNT_SESSIONS, 1);
    return new PopSession(client.secured ? secured_ : clear_, client.number, net_text(client.peer));
}

std::string PopServer::refusal(const ServiceClient &, ServiceRefusal)
{
    return pop_reply(SAY_TOO_MANY_SESSIONS);
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
    p.input_bound = POP_CHUNK;
    return p;
}

} // namespace mail
