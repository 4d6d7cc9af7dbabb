/*
**  tls_policy - how far TLS must go with a destination
**
**  SEND_TLS for all, SEND_TLS_POLICY for single domains and hosts ("abc.com=VERIFY", ".abc.com" is
**  everything inside; the longest name wins).  RFC 3207: opportunistic by default, because a
**  connection in clear is what mail had before.
*/
#ifndef MTA_TLS_POLICY_H
#define MTA_TLS_POLICY_H

#include "MTA/config.h"

#include <string>
#include <vector>

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

/* Whether SEND_TLS or an item of SEND_TLS_POLICY asks for that level. */
bool tls_level_used(const Settings &settings, TlsLevel level);

/* Items of SEND_TLS_POLICY that are none; one text per item, which says what counts instead. */
void tls_policy_problems(const Settings &settings, std::vector<std::string> *problems);

} // namespace mail

#endif
