/*
**  receiver_main - TCPIP$SMTP_RECEIVER: the SMTP server that the auxiliary server starts
**
**  Runs in the TCPIP$SMTP account.  Given the listening socket (a service with the LISTEN flag) it
**  serves every connection; given a connected one it serves that and ends.  HP 18.1.1.
*/
#include <exception>
#include <stdio.h>
#include <stdlib.h>
#include "MTA/log.h"
#include "VMS/net.h"
#include "receiver.h"

using namespace mail;

enum { STOP_SECONDS = 10 };

static void thread_failed(const char *text)
{
    LogLine(LOG_ERROR, "", "thread").add("exception", text);
}

static Status serve(int fd, bool listening)
{
    log_to_operator(true); /* before the configuration is read: its errors are his */
    SettingsPtr settings = config_current();
    Receiver receiver;
    ServiceParameters parameters = receiver_parameters(*settings, &receiver);
    receiver_apply_log(*settings);
    if (!settings->complete() || !identity_current()->complete()) {
        LogLine(LOG_ERROR, "", "start").add("reason", "the configuration cannot be read now");
        return Status::failed(); /* the auxiliary server tries again, with growing pauses */
    }
    NetAddress address;
    net_local(fd, &address);
    ServiceListener listener(fd);
    if (!receiver.open_tls(*settings, address.port, &listener, &parameters)) {
        LogLine(LOG_ERROR, "", "start")
            .add("port", boost::uint32_t(address.port))
            .add("reason", "a port of TLS_PORTS without a certificate");
        return Status::failed();
    }
    if (listening)
        parameters.listeners.push_back(listener);
    else
        parameters.inactivity_seconds = 1; /* one connection and no further */
    Service service;
    Status status = service.start(parameters);
    if (status.ok() && !listening)
        status = service.adopt(fd, listener.tls);
    if (!status.ok())
        return status;
    LogLine(LOG_INFO, "", "started")
        .add("host", identity_current()->host())
        .add("workers", parameters.workers);
    service.wait();
    service.finish(STOP_SECONDS);
    LogLine(LOG_INFO, "", "stopped").add("connections", service.counts().accepted);
    log_close();
    return Status();
}

int main()
{
    try {
        int fd = -1;
        bool listening = false;
        thread_set_failure_routine(thread_failed);
        Status status = net_auxiliary_socket(&fd, &listening);
        if (status.ok())
            status = serve(fd, listening);
        if (status.ok())
            return EXIT_SUCCESS;
        LogLine(LOG_ERROR, "", "ended").add("status", status.text());
    } catch (const std::exception &failure) {
        fprintf(stderr, "TCPIP$SMTP_RECEIVER: %s\n", failure.what());
    } catch (...) {
        fprintf(stderr, "TCPIP$SMTP_RECEIVER: unknown exception\n");
    }
    return EXIT_FAILURE;
}
