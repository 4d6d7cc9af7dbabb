/*
**  send_tls - the client's side of TLS for each level of MTA/tls_policy
*/
#ifndef MAIL_SYMBIONT_SEND_TLS_H
#define MAIL_SYMBIONT_SEND_TLS_H

#include "MTA/tls_policy.h"
#include "VMS/tls.h"

namespace mail {

/*
**  The client's side for that level; lives as long as the process.  Any thread.  Not ok(): the
**  authorities cannot be read, or no file is named for VERIFY (not_found()).
*/
Status tls_client_for(const Settings &settings, TlsLevel level, TlsClient **client);

} // namespace mail

#endif
