/*
**  server_tls - a server's certificate and key, as its parameters name them
*/
#include "MTA/server_tls.h"

#include "MTA/log.h"

namespace mail {

TlsFiles server_tls_files(const Settings &settings, ParamId certificate, ParamId key)
{
    TlsFiles files;
    files.certificate = settings.text(certificate);
    files.certificate_defaults = param_row(certificate).def;
    files.key = settings.text(key);
    files.key_defaults = param_row(key).def;
    return files;
}

bool server_tls_load(const Settings &settings, ParamId certificate, ParamId key,
                     const std::string &where, TlsServer *tls)
{
    TlsReport report;
    if (!tls->load(server_tls_files(settings, certificate, key), &report).ok()) {
        LogLine(LOG_WARNING, where, "tls")
            .add("state", "not available, serving in clear only")
            .add("reason", report.problem);
        return false;
    }
    for (size_t i = 0; i < report.warnings.size(); ++i)
        LogLine(LOG_WARNING, where, "tls").add("warning", report.warnings[i]);
    LogLine(LOG_INFO, where, "tls").add("certificate", report.certificate);
    return true;
}

} // namespace mail
