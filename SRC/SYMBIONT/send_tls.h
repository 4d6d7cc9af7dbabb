/*
**  send_tls - how far TLS must go with a destination
**
**  SEND_TLS for all, SEND_TLS_POLICY for single domains and hosts ("abc.com=VERIFY", ".abc.com" is
**  everything inside; the longest name wins).  RFC 3207: opportunistic by default, because a
**  connection in clear is what mail had before.
*/
#ifndef MAIL_SYMBIONT_SEND_TLS_H
#define MAIL_SYMBIONT_SEND_TLS_H

#include "MTA/config.h"
#include "VMS/tls.h"

#include <string>

namespace mail {

/* In the order of the choices of SEND_TLS. */
enum TlsLevel {
    TLS_OFF,     /* never */
    TLS_MAY,     /* when it is offered and works; else in clear */
    TLS_ENCRYPT, /* mail waits rather than going in clear; the certificate does not count */
    TLS_VERIFY   /* and the certificate is the host's, signed by an authority of SEND_CA_FILE */
};
const char *tls_level_name(TlsLevel level);

/* domain: of the recipients; host: that is connected to. */
TlsLevel tls_level_for(const Settings &settings, const std::string &domain,
                       const std::string &host);

/* Items of SEND_TLS_POLICY that are none, for the log; one text per item. */
void tls_policy_problems(const Settings &settings, std::vector<std::string> *problems);

/*
**  The client's side for that level; lives as long as the process.  Any thread.  Not ok(): the
**  authorities cannot be read, or no file is named for VERIFY (not_found()).
*/
Status tls_client_for(const Settings &settings, TlsLevel level, TlsClient **client);

} // namespace mail

#endif
