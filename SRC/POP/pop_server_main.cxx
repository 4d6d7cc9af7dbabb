/*
**  pop_server_main - TCPIP$POP_SERVER.EXE
**
**  Started by the auxiliary server for the service POP, in account TCPIP$POP, installed with SYSPRV
**  and BYPASS (HP 19.1.1).  SYS$OUTPUT is the service's log file.  Ends when the auxiliary server
**  stops it.  When it ends with an error it writes to the users of TCPIP$POP_POSTMASTER.
*/
#include "pop_server.h"

#include "VMS/process.h"
#include "VMS/thread.h"

#include <exception>
#include <stdlib.h>

namespace {

void thread_failed(const char *text)
{
    mail::LogLine(mail::LOG_ERROR, "pop", "thread").add("failure", text);
}

/* The end that somebody has to look at. */
int failed(const std::string &reason)
{
    using namespace mail;
    LogLine(LOG_ERROR, "pop", "end").add("failure", reason);
    pop_tell_postmasters(*config_current(), reason);
    return EXIT_FAILURE;
}

void log_settings(const mail::Settings &settings)
{
    using namespace mail;
    std::vector<std::string> warnings = pop_setting_warnings(settings);
    for (size_t i = 0; i < warnings.size(); ++i)
        LogLine(LOG_WARNING, "pop", "setting").add("warning", warnings[i]);
}

int run()
{
    using namespace mail;
    process_privileges_off();
    SettingsPtr settings = config_current();
    log_set_level(pop_log_level(*settings));
    if (settings->defined(P_POP_LOG_FILE) && !log_open(settings->text(P_POP_LOG_FILE)))
        LogLine(LOG_WARNING, "pop", "log").add("not_opened", settings->text(P_POP_LOG_FILE));
    thread_set_failure_routine(thread_failed);
    log_settings(*settings);
    PopServer server;
    ServiceParameters parameters = server.parameters();
    int fd = -1;
    bool listening = false;
    Status status = net_auxiliary_socket(&fd, &listening);
    if (!status.ok())
        return failed(status.text() + "; start it by ENABLE SERVICE POP");
    if (!settings->complete() || !identity_current()->complete()) {
        LogLine(LOG_ERROR, "pop", "start").add("reason", "the configuration cannot be read now");
        return EXIT_FAILURE; /* the auxiliary server tries again, after growing pauses */
    }
    Service service;
    server.attach(&service);
    if (listening) {
        NetAddress address;
        net_local(fd, &address);
        parameters.listeners.push_back(ServiceListener(fd));
        server.open_tls(address, &parameters);
    }
    status = service.start(parameters);
    if (status.ok() && !listening)
        status = service.adopt(fd);
    if (!status.ok())
        return failed(status.text());
    LogLine(LOG_INFO, "pop", "start")
        .add("host", identity_current()->host())
        .add("personality", settings->text(P_POP_PERSONALITY))
        .add("threads", parameters.workers);
    service.wait();
    service.finish(30);
    LogLine(LOG_INFO, "pop", "stop");
    return EXIT_SUCCESS;
}

} // namespace

int main()
{
    try {
        return run();
    } catch (const std::exception &e) {
        return failed(e.what());
    } catch (...) {
        return failed("unknown exception");
    }
}
