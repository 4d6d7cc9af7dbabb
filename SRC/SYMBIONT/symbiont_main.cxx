/*
**  symbiont_main - TCPIP$SMTP_SYMBIONT.EXE
**
**  Started by the job controller for the queues TCPIP$SMTP_node_nn.  SYS$OUTPUT is the job
**  controller's mailbox, so the log goes to its file from the first line on and nothing is ever
**  written elsewhere.  What main gives back is the process's final status.
*/
#include "symbiont.h"

#include "MTA/config.h"
#include "MTA/identity.h"
#include "MTA/log.h"
#include "VMS/smb.h"

#include <exception>
#include <stdlib.h>

namespace {

void thread_failed(const char *text)
{
    mail::LogLine(mail::LOG_ERROR, "symbiont", "thread").add("failure", text);
}

int run()
{
    using namespace mail;
    log_hold();
    log_to_operator(true);
    SettingsPtr settings = config_current();
    const std::string &log_file = settings->text(P_LOG_FILE);
    if (settings->defined(P_LOG_FILE) && !log_open(log_file)) /* /NOLOG: nothing is written */
        LogLine(LOG_ERROR, "symbiont", "log").add("cannot_open", log_file);
    log_set_level(symbiont_log_level(*settings));
    log_number_lines(settings->flag(P_SMTP_LOG_LINE_NUMBERS));
    log_snapshot(settings->number(P_SMTP_SYMB_SNAPSHOT_BLOCKS));
    thread_set_failure_routine(thread_failed);
    IdentityPtr identity = identity_current();
    LogLine(LOG_TRACE, "symbiont", "initialise")
        .add("host", identity->host())
        .add("domain", identity->mail_domain())
        .add("log_level", settings->number(P_SMTP_LOG_LEVEL))
        .add("complete", settings->complete() && identity->complete() ? "yes" : "no");
    boost::uint32_t streams = settings->number(P_SYMB_STREAMS);
    Status status = smb_initialise(streams < SMB_STREAMS_MAX ? streams : SMB_STREAMS_MAX);
    LogLine(status.ok() ? LOG_INFO : LOG_ERROR, "symbiont", "start")
        .add("streams", streams)
        .add("status", status.ok() ? std::string("ok") : status.text());
    if (!status.ok())
        return EXIT_FAILURE;
    {
        Symbiont symbiont;
        symbiont.run();
    }
    bool lost = smb_is_lost();
    if (lost)
        LogLine(LOG_ERROR, "symbiont", "stop").add("failure", "no line to the job controller");
    else
        LogLine(LOG_INFO, "symbiont", "stop");
    log_close();
    return lost ? EXIT_FAILURE : EXIT_SUCCESS;
}

} // namespace

int main()
{
    try {
        return run();
    } catch (const std::exception &e) {
        mail::LogLine(mail::LOG_ERROR, "symbiont", "end").add("failure", e.what());
    } catch (...) {
        mail::LogLine(mail::LOG_ERROR, "symbiont", "end").add("failure", "unknown");
    }
    return EXIT_FAILURE;
}
