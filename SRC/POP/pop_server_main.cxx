/*
**  pop_server_main - TCPIP$POP_SERVER.EXE
**
**  Started by the auxiliary server for the service POP, in account TCPIP$POP, installed with SYSPRV
**  and BYPASS (HP 19.1.1).  SYS$OUTPUT is the service's log file.  Ends when the auxiliary server
**  stops it; a status that is not a success makes the start-up procedure tell the postmaster.
*/
#include "pop_server.h"

#include "VMS/thread.h"

#include <exception>
#include <stdlib.h>

namespace {

void thread_failed(const char *text)
{
    mail::LogLine(mail::LOG_ERROR, "pop", "thread").add("failure", text);
}

int run()
{
    using namespace mail;
    SettingsPtr settings = config_current();
    log_set_level(pop_log_level(*settings));
    thread_set_failure_routine(thread_failed);
    PopServer server;
    ServiceParameters parameters = server.parameters();
    int fd = -1;
    bool listening = false;
    Status status = net_auxiliary_socket(&fd, &listening);
    if (!status.ok()) {
        LogLine(LOG_ERROR, "pop", "start")
            .add("status", status.text())
            .add("hint", "start it by ENABLE SERVICE POP");
        return EXIT_FAILURE;
    }
    if (!settings->complete() || !identity_current()->complete()) {
        LogLine(LOG_ERROR, "pop", "start").add("reason", "the configuration cannot be read now");
        return EXIT_FAILURE; /* the auxiliary server tries again, with growing pauses */
    }
    std::vector<std::string> warnings = pop_setting_warnings(*settings);
    for (size_t i = 0; i < warnings.size(); ++i)
        LogLine(LOG_WARNING, "pop", "setting").add("warning", warnings[i]);
    Service service;
    if (listening)
        parameters.listeners.push_back(ServiceListener(fd));
    status = service.start(parameters);
    if (status.ok() && !listening)
        status = service.adopt(fd);
    if (!status.ok()) {
        LogLine(LOG_ERROR, "pop", "start").add("status", status.text());
        return EXIT_FAILURE;
    }
    LogLine(LOG_INFO, "pop", "start")
        .add("host", identity_current()->host())
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
        mail::LogLine(mail::LOG_ERROR, "pop", "end").add("failure", e.what());
    } catch (...) {
        mail::LogLine(mail::LOG_ERROR, "pop", "end").add("failure", "unknown");
    }
    return EXIT_FAILURE;
}
