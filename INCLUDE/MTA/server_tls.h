/*
**  server_tls - a server's certificate and key, as its parameters name them
**
**  The defaults of the two parameters complete partial specifications (HP 19.5.4).  Once, before
**  the service starts; one thread.
*/
#ifndef MTA_SERVER_TLS_H
#define MTA_SERVER_TLS_H

#include "MTA/config.h"
#include "VMS/tls.h"

namespace mail {

TlsFiles server_tls_files(const Settings &settings, ParamId certificate, ParamId key);
/*
**  False: there is no TLS; the log (lines "tls" of `where`) says why, naming the file.  What is
**  only doubtful (a key that others can read ...) is logged as a warning.
*/
bool server_tls_load(const Settings &settings, ParamId certificate, ParamId key,
                     const std::string &where, TlsServer *tls);

} // namespace mail
#endif
